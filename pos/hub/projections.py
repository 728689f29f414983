"""Add entries up into sales, lines, tenders and taxes; park what cannot be, and refuse nothing."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from msgspec import MsgspecError, Struct, json, structs
from sqlalchemy import Connection, Engine, Table, delete, exists, func, select
from sqlalchemy.exc import DataError, IntegrityError

from pos.domain.entry import JournalEntry
from pos.hub import schema
from pos.hub.bodies import (
    Unprojectable,
    read_approval,
    read_cash,
    read_closing,
    read_correction,
    read_refund,
    read_return,
    read_sale,
)
from pos.hub.database import Row, insert_all, reading, writing
from pos.hub.signatures import kept_faults

REASON_MAX = 200
"""Characters of a reason that are kept."""
_PAGE = 500
_ENTRY_FIELDS = ("epoch", "seq", "id", "at", "kind", "version", "body", "prev", "hash")

_NO_FAULTS: Mapping[int, str] = {}

Rows = Mapping[Table, Sequence[Row]]


@dataclass(frozen=True, slots=True)
class Reprojected:
    """How many entries were folded again, and how many of them are parked now."""

    entries: int
    parked: int


def project(
    connection: Connection, till: Row, batch: Sequence[JournalEntry], at: str, faults: Mapping[int, str] = _NO_FAULTS
) -> None:
    """Write what entries of one till mean into the tables, within the caller's transaction.

    Args:
        till: the first columns of each row, ``store`` and ``till``.
        at: now, in journal UTC text; kept with what is parked.
        faults: why entries are to be parked whatever they say, by seq.
    """
    folded, refused = _fold_all(told_once(connection, till, [entry for entry in batch if entry.seq not in faults]))
    refused += [(entry, faults[entry.seq]) for entry in batch if entry.seq in faults]
    try:
        with connection.begin_nested():
            _insert_all(connection, till, (rows for _, rows in folded))
    except (IntegrityError, DataError):
        refused += _project_one_by_one(connection, till, folded)
    if refused:
        insert_all(connection, schema.parked, [_parked_row(till, entry, reason, at) for entry, reason in refused])


class _Body(Struct):
    adopted: str = ""


def told_once(connection: Connection, till: Row, batch: Sequence[JournalEntry]) -> list[JournalEntry]:
    """Leave out what tells again, after a till was made again, a happening that was added up already."""
    origins = {entry.seq: origin for entry in batch if entry.epoch > 1 and (origin := _origin(entry))}
    if not origins:
        return list(batch)
    kept, parked = schema.entries.c, schema.parked
    same = [kept[name] == parked.c[name] for name in ("store", "till", "epoch", "seq")]
    query = select(kept.hash).filter_by(**till).where(kept.hash.in_(set(origins.values())))
    counted = set(connection.scalars(query.where(~exists().where(*same))))
    return [entry for entry in batch if origins.get(entry.seq) not in counted]


def _origin(entry: JournalEntry) -> str:
    if b'"adopted":' not in entry.body:
        return ""
    try:
        return json.decode(entry.body, type=_Body).adopted
    except (MsgspecError, UnicodeDecodeError):  # what cannot be read is parked when it is folded
        return ""


def reproject(engine: Engine, at: str) -> Reprojected:
    """Empty the projections and fold every journal again, one till per transaction; intake goes on meanwhile."""
    heads = schema.till_heads.c
    with reading(engine) as connection:
        tills = connection.execute(select(heads.store, heads.till).distinct()).mappings().all()
    for till in tills:
        _reproject_till(engine, dict(till), at)
    with reading(engine) as connection:
        count = connection.scalar(select(func.count()).select_from(schema.entries))
        parked = connection.scalar(select(func.count()).select_from(schema.parked))
    return Reprojected(count or 0, parked or 0)


def _reproject_till(engine: Engine, till: Row, at: str) -> None:
    heads = schema.till_heads.c
    with writing(engine) as connection:
        # The same lock as the intake of a batch, so that no entry is folded twice or missed.
        query = select(heads.epoch, heads.seq).filter_by(**till).order_by(heads.epoch).with_for_update()
        epochs = connection.execute(query).all()
        for table in schema.PROJECTED:
            connection.execute(delete(table).filter_by(**till))
        for epoch, last in epochs:
            for after in range(0, last, _PAGE):
                faults = kept_faults(connection, till, epoch, after, after + _PAGE)
                project(connection, till, _entries(connection, till, epoch, after), at, faults)


def _entries(connection: Connection, till: Row, epoch: int, after: int) -> list[JournalEntry]:
    kept = schema.entries.c
    columns = [kept[each] for each in _ENTRY_FIELDS]
    query = select(*columns).filter_by(**till, epoch=epoch).where(kept.seq.between(after + 1, after + _PAGE))
    name = f"{till['store']}-{till['till']}"
    return [JournalEntry(name, *row) for row in connection.execute(query.order_by(kept.seq))]


Folded = list[tuple[JournalEntry, Rows]]
Unfolded = list[tuple[JournalEntry, str]]


def _fold_all(batch: Iterable[JournalEntry]) -> tuple[Folded, Unfolded]:
    folded: Folded = []
    refused: Unfolded = []
    for entry in batch:
        try:
            folded.append((entry, fold(entry)))
        except Unprojectable as reason:
            refused.append((entry, str(reason)))
    return folded, refused


def _project_one_by_one(connection: Connection, till: Row, folded: Folded) -> Unfolded:
    refused: Unfolded = []
    for entry, rows in folded:
        try:
            with connection.begin_nested():
                _insert_all(connection, till, [rows])
        except (IntegrityError, DataError) as reason:
            refused.append((entry, f"contradicts what is kept: {reason.orig}"))
    return refused


def _insert_all(connection: Connection, till: Row, many: Iterable[Rows]) -> None:
    gathered: dict[Table, list[Row]] = defaultdict(list)
    for rows in many:
        for table, each in rows.items():
            gathered[table] += [till | row for row in each]
    for table, each in gathered.items():
        insert_all(connection, table, each)


def _parked_row(till: Row, entry: JournalEntry, reason: str, at: str) -> Row:
    # PostgreSQL's messages end with a second line of detail that SQLite does not have.
    reason = reason.splitlines()[0][:REASON_MAX]
    return {
        **till, "epoch": entry.epoch, "seq": entry.seq, "kind": entry.kind, "version": entry.version,
        "reason": reason, "parked_at": at,
    }  # fmt: skip


def fold(entry: JournalEntry) -> Rows:
    """Return the rows an entry means, without its store and till.

    Raises:
        Unprojectable: the kind or version is unknown, the body is not of that shape, or its sums disagree.
    """
    known = _FOLDS.get((entry.kind, entry.version))
    if known is None:
        raise Unprojectable(f"unknown kind {entry.kind} version {entry.version}")
    return known(entry)


def _fold_sale(entry: JournalEntry) -> Rows:
    sale = read_sale(entry.body, entry.version)
    key = {"sale_id": sale.sale_id}
    head = structs.asdict(sale) | {"epoch": entry.epoch, "seq": entry.seq}
    head["coupons"] = json.encode(sale.coupons).decode()
    for part in ("lines", "tenders", "taxes"):
        del head[part]
    rows: dict[Table, list[Row]] = {
        schema.sales: [head],
        schema.sale_lines: [key | _without(structs.asdict(line), "reductions") for line in sale.lines],
        schema.sale_reductions: [
            key | {"line_no": line.line_no, "place": place} | structs.asdict(each)
            for line in sale.lines
            for place, each in enumerate(line.reductions, 1)
        ],
        schema.tenders: [key | {"tender_no": n} | structs.asdict(tender) for n, tender in enumerate(sale.tenders, 1)],
        schema.sale_taxes: [key | structs.asdict(tax) for tax in sale.taxes],
    }
    return {table: each for table, each in rows.items() if each}


def _without(row: Row, name: str) -> Row:
    return {key: value for key, value in row.items() if key != name}


def _fold_refund(entry: JournalEntry) -> Rows:
    return {schema.refunds: [structs.asdict(read_refund(entry.body)) | {"epoch": entry.epoch, "seq": entry.seq}]}


def _fold_return(entry: JournalEntry) -> Rows:
    made = read_return(entry.body)
    key = {"return_id": made.return_id}
    head = structs.asdict(made) | {"epoch": entry.epoch, "seq": entry.seq}
    by_word = [each for each in made.paybacks if each.way == "back" and each.kind in {"cash", "bank_card"}]
    head["cash_fen"] = sum(each.amount_fen for each in by_word)
    for part in ("lines", "paybacks", "taxes"):
        del head[part]
    lines = [key | {"place": place} | structs.asdict(line) for place, line in enumerate(made.lines, 1)]
    backs = [key | {"refund_id": each.refund_id} for each in made.paybacks if each.refund_id]
    rows: dict[Table, list[Row]] = {schema.returns: [head], schema.return_lines: lines, schema.return_refunds: backs}
    return {table: each for table, each in rows.items() if each}


def _fold_closing(entry: JournalEntry) -> Rows:
    row = _without(structs.asdict(read_closing(entry.body)), "count")
    return {schema.closings: [row | {"epoch": entry.epoch, "seq": entry.seq}]}


def _fold_cash(entry: JournalEntry) -> Rows:
    row = structs.asdict(read_cash(entry.body)) | {"kind": entry.kind}
    return {schema.cash_moves: [row | {"epoch": entry.epoch, "seq": entry.seq}]}


def _fold_correction(entry: JournalEntry) -> Rows:
    row = structs.asdict(read_correction(entry.body))
    return {schema.tender_corrections: [row | {"epoch": entry.epoch, "seq": entry.seq}]}


def _fold_approval(entry: JournalEntry) -> Rows:
    row = structs.asdict(read_approval(entry.body))
    return {schema.approvals: [row | {"epoch": entry.epoch, "seq": entry.seq}]}


_PAYMENT_STEPS = tuple(f"payment.{step}" for step in ("started", "settled", "cancelling", "dead"))
_KEPT_ONLY = (
    "shift.opened",
    "shift.closed",
    *_PAYMENT_STEPS,
    "orphan.cancelled",
    "epoch.begun",
    "staff.changed",
    "approval.tried",
    "approval.refused",
    "cart.suspended",
    "cart.resumed",
    "cart.discarded",
    "cart.voided",
    "day.closed",
)


def _fold_nothing(_entry: JournalEntry) -> Rows:
    return {}


_FOLDS: Mapping[tuple[str, int], Callable[[JournalEntry], Rows]] = {
    **dict.fromkeys([("sale.completed", 1), ("sale.completed", 2)], _fold_sale),
    **dict.fromkeys([(f"refund.{step}", 1) for step in ("started", "done", "refused", "in_cash")], _fold_refund),
    ("return.completed", 1): _fold_return,
    ("shift.closed", 2): _fold_closing,
    **dict.fromkeys([(f"cash.{step}", 1) for step in ("in", "out", "drop", "opened")], _fold_cash),
    ("tender.corrected", 1): _fold_correction,
    ("approval.given", 1): _fold_approval,
    **dict.fromkeys([(kind, 1) for kind in _KEPT_ONLY], _fold_nothing),
    **dict.fromkeys([(kind, 2) for kind in _PAYMENT_STEPS], _fold_nothing),
}
"""What each known kind and version means."""

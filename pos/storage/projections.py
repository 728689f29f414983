"""Tables that are folds of the journal: written with each entry, and equal when rebuilt from it."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import pysqlite3.dbapi2 as sqlite
from sqlite_utils import Database
from sqlite_utils.db import NotFoundError

from pos.domain import approval, correction, facts, suspended
from pos.domain.cash import CashKind
from pos.domain.entry import JournalEntry
from pos.domain.money import Money
from pos.domain.return_facts import RETURN_COMPLETED
from pos.domain.sale import BY_WORD, TenderKind, receipt_epoch
from pos.storage import daybook, journal, returns, shifts
from pos.storage.database import transaction
from pos.storage.journal import Fact, Identity

Body = dict[str, Any]

TABLES = (
    "tenders", "sale_reductions", "sale_lines", "sales", "shifts", "attempts", "refunds", "returns", "totals", "stock",
    "approvals", "cash_moves", "tender_corrections",
    *daybook.TABLES,
)  # fmt: skip
"""The projected tables, children first."""


NOT_FOLDABLE = (KeyError, ValueError, TypeError, AttributeError, NotFoundError, sqlite.IntegrityError)
"""What folding raises over entries that no till of ours has written."""


def record(db: Database, identity: Identity, fact: Fact) -> JournalEntry:
    """Append a fact and project it; only inside a transaction, so both or neither."""
    entry = journal.append(db, identity, fact)
    project(db, entry)
    return entry


def rebuild(db: Database, identity: Identity) -> int:
    """Empty the projections, fold the whole journal again, and return how many happenings it told.

    Only inside a transaction.
    """
    assert db.conn.in_transaction
    for table in TABLES:
        db.execute(f"DELETE FROM {table}")  # noqa: S608  (a constant)
    count = 0
    for entry in journal.history(db, identity.name):
        project(db, entry)
        count += 1
    return count


def differences(db: Database, till: str, fresh: Database) -> Iterator[tuple[str, str]]:
    """Give (table, key of the row) wherever the tables are not what the journal folds to.

    Args:
        fresh: an empty till's file, which is filled with the fold.

    Raises:
        any of ``NOT_FOLDABLE``: the journal does not fold.
    """
    with transaction(fresh):
        for entry in journal.history(db, till):
            project(fresh, entry)
    for table in reversed(TABLES):
        keys = [column.name for column in db.table(table).columns if column.is_pk] or ["rowid"]
        query = f"SELECT * FROM {table} ORDER BY {', '.join(keys)}"  # noqa: S608  (our own names)
        places = [index for index, column in enumerate(db.table(table).columns) if column.name in keys]
        ours, folded = ({_key(row, places): row for row in each.execute(query)} for each in (db, fresh))
        for key in sorted(ours.keys() | folded.keys()):
            if ours.get(key) != folded.get(key):
                yield table, key


def _key(row: Sequence[Any], places: Sequence[int]) -> str:
    return " ".join(str(row[place]) for place in places)


def project(db: Database, entry: JournalEntry) -> None:
    """Write what an entry means into the tables."""
    body = entry.facts
    of_entry = {"entry_hash": entry.hash, "entry_epoch": entry.epoch, "entry_kind": entry.kind}
    _PROJECT[entry.kind](db, {**body, **of_entry})
    daybook.count(db, entry, body)


_NO_COLUMNS = frozenset({"entry_hash", "entry_epoch", "entry_kind", "adopted"})


def _shift_opened(db: Database, body: Body) -> None:
    row = {"id": body["shift_id"], "epoch": body["entry_epoch"]}
    _insert(db, "shifts", [row | {k: body[k] for k in ("cashier", "business_day", "opened_at", "float_fen")}])


def _shift_closed(db: Database, body: Body) -> None:
    """Keep the count, the number, and, since version 2, the figures as they were."""
    epoch = body["entry_epoch"]
    row = {k: body[k] for k in ("closed_at", "counted_fen", "expected_fen")}
    row |= {"epoch": epoch, "z_no": body.get("z_no") or shifts.next_z_no(db, epoch)}
    told = {k: body[k] for k in ("count", "figures", "left") if k in body}
    row |= {"told": json.dumps(told, ensure_ascii=False, sort_keys=True) if told else ""}
    db.table("shifts").update(body["shift_id"], row)


def _sale_completed(db: Database, body: Body) -> None:
    body = facts.sale_told(body)
    row = {"id": body["sale_id"], "epoch": receipt_epoch(body["receipt_no"])} | {key: body[key] for key in _SALE_KEPT}
    _insert(db, "sales", [row | {"coupons": coupons_text(body["coupons"])}])
    _insert_lines(db, body)
    tenders = enumerate(body["tenders"], 1)
    _insert(db, "tenders", [{"sale_id": body["sale_id"], "tender_no": number, **tender} for number, tender in tenders])
    _add_up(db, body)
    _move_stock(db, [(line["sku"], -line["quantity"]) for line in body["lines"]])


def _move_stock(db: Database, moved: Sequence[tuple[str, int]]) -> None:
    db.conn.executemany(
        "INSERT INTO stock (sku, moved) VALUES (?, ?) ON CONFLICT (sku) DO UPDATE SET moved = moved + excluded.moved",
        moved,
    )


_SALE_KEPT = (
    "receipt_no", "counter", "business_day", "shift_id", "cashier", "completed_at", "total_fen", "entry_hash",
    "rounding_fen", "rules_version", "member", "member_level",
)  # fmt: skip


def coupons_text(coupons: Sequence[str]) -> str:
    """Return a sale's coupons as their column has them."""
    return json.dumps(list(coupons), ensure_ascii=False)


def _insert_lines(db: Database, body: Body) -> None:
    key = {"sale_id": body["sale_id"]}
    lines = [key | {name: line[name] for name in line if name != "reductions"} for line in body["lines"]]
    _insert(db, "sale_lines", lines)
    taken = [
        key | {"line_no": line["line_no"], "place": place, **each}
        for line in body["lines"]
        for place, each in enumerate(line["reductions"], 1)
    ]
    _insert(db, "sale_reductions", taken)


def _insert(db: Database, table: str, rows: Sequence[Body]) -> None:
    """Insert rows that have the same names; a sale of twelve lines is put down five times as fast as one by one."""
    if rows:
        names = list(rows[0])
        marks = ",".join("?" * len(names))
        db.conn.executemany(
            f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})",  # noqa: S608  (our own names)
            [[row[name] for name in names] for row in rows],
        )


def _add_up(db: Database, body: Body) -> None:
    parts = [("sale", body["total_fen"]), ("tax", sum(tax["tax_fen"] for tax in body["taxes"]))]
    parts += [(tender["kind"], tender["amount_fen"]) for tender in body["tenders"]]
    taken = sum(each["amount_fen"] for line in body["lines"] for each in line["reductions"])
    parts += [(kind, fen) for kind, fen in (("discount", taken), ("rounding", body["rounding_fen"])) if fen]
    kept = [each["amount_fen"] for each in body["tenders"] if each["kind"] == "cash" and not each["attempt_id"]]
    for kind, amount in parts + [("drawer", fen) for fen in kept]:
        _add(db, body, kind, amount)


def _add(db: Database, body: Body, kind: str, amount_fen: int, *, count: int = 1) -> None:
    db.execute(
        "INSERT INTO totals (business_day, shift_id, kind, count, amount_fen) VALUES (?,?,?,?,?)"
        " ON CONFLICT (business_day, shift_id, kind)"
        " DO UPDATE SET count = count + excluded.count, amount_fen = amount_fen + excluded.amount_fen",
        [body["business_day"], body["shift_id"], kind, count, amount_fen],
    )


def _attempt_moved(db: Database, body: Body) -> None:
    """Keep the attempt; a part in cash is in the drawer of the shift that took it, whenever its sale is done."""
    _upsert(db, "attempts", _as_row(body, "attempt_id"))
    moved = {facts.PAYMENT_SETTLED: 1, facts.PAYMENT_DEAD: -1}.get(body["entry_kind"], 0)
    shift = shifts.find_open_shift(db) if moved and body.get("kind") == "cash" else None
    if shift:
        of = {"business_day": shift.business_day.isoformat(), "shift_id": shift.id}
        _add(db, of, "drawer", moved * body["amount_fen"])


def _cash_moved(db: Database, body: Body) -> None:
    kind, amount = CashKind(body["entry_kind"]), body["amount_fen"]
    db.table("cash_moves").insert({"kind": kind.value} | _columns(body))
    _add(db, body, kind.total, amount)
    if amount:
        _add(db, body, "drawer", kind.moved(Money(amount)).fen)


def _tender_corrected(db: Database, body: Body) -> None:
    """Move the amount from one kind to the other; the drawer of a shift that is closed stays as it was counted."""
    db.table("tender_corrections").insert(_columns(body))
    amount = body["amount_fen"]
    _add(db, body, body["was"], -amount, count=-1)
    _add(db, body, body["now"], amount)
    if body["shift_id"] == body["sale_shift_id"] and "cash" in {body["was"], body["now"]}:
        _add(db, body, "drawer", amount if body["now"] == "cash" else -amount)


def _columns(body: Body) -> Body:
    return {name: body[name] for name in body if name not in _NO_COLUMNS}


def _refund_moved(db: Database, body: Body) -> None:
    _upsert(db, "refunds", _as_row(body, "refund_id"))


def _upsert(db: Database, table: str, row: Body) -> None:
    names = list(row)
    later = ", ".join(f"{name} = excluded.{name}" for name in names if name != "id")
    db.execute(
        f"INSERT INTO {table} ({', '.join(names)}) VALUES ({','.join('?' * len(names))})"  # noqa: S608  (our own names)
        f" ON CONFLICT (id) DO UPDATE SET {later}",
        list(row.values()),
    )


def _as_row(body: Body, key: str) -> Body:
    return {"id": body[key]} | {name: value for name, value in _columns(body).items() if name != key}


def _refund_done(db: Database, body: Body) -> None:
    """A refund counts once the money went, in the shift and on the day it was asked for."""
    _refund_moved(db, body)
    _add(db, body, "refund", body["amount_fen"])


def _refund_in_cash(db: Database, body: Body) -> None:
    """What a gateway refused for good counts when the drawer gives it, in that shift."""
    _refund_done(db, body)
    _add(db, body, "cash_back", body["amount_fen"])
    _add(db, body, "drawer", -body["amount_fen"])


def _return_completed(db: Database, body: Body) -> None:
    _insert(db, "returns", [returns.row_of(body)])
    for kind, fen in returned_totals(body):
        _add(db, body, kind, fen)
        if kind == "cash_back":
            _add(db, body, "drawer", -fen)
    _move_stock(db, [(line["sku"], line["quantity"]) for line in body["lines"]])


def returned_totals(body: Mapping[str, Any]) -> list[tuple[str, int]]:
    """Return what a return adds to the totals; what goes back through a gateway counts once it went."""
    given = [each for each in body["paybacks"] if each["way"] == "back" and each["kind"] in BY_WORD]
    cash = sum(each["amount_fen"] for each in given if each["kind"] == TenderKind.CASH)
    some = [("return_tax", sum(each["tax_fen"] for each in body["taxes"])), ("return_rounding", body["rounding_fen"])]
    some += [("cash_back", cash), ("refund", sum(each["amount_fen"] for each in given))]
    return [("return", body["total_fen"]), *((kind, fen) for kind, fen in some if fen)]


def _approval_given(db: Database, body: Body) -> None:
    db.table("approvals").insert(_columns(body))


def _nothing(_db: Database, _body: Body) -> None:
    """The journal alone keeps it."""


_PROJECT: dict[str, Callable[[Database, Body], None]] = {
    facts.SHIFT_OPENED: _shift_opened,
    facts.SHIFT_CLOSED: _shift_closed,
    facts.SALE_COMPLETED: _sale_completed,
    facts.PAYMENT_STARTED: _attempt_moved,
    facts.PAYMENT_SETTLED: _attempt_moved,
    facts.PAYMENT_CANCELLING: _attempt_moved,
    facts.PAYMENT_DEAD: _attempt_moved,
    facts.REFUND_STARTED: _refund_moved,
    facts.REFUND_DONE: _refund_done,
    facts.REFUND_REFUSED: _refund_moved,
    facts.REFUND_IN_CASH: _refund_in_cash,
    RETURN_COMPLETED: _return_completed,
    facts.ORPHAN_CANCELLED: _nothing,
    facts.EPOCH_BEGUN: _nothing,
    facts.STAFF_CHANGED: _nothing,
    **dict.fromkeys(CashKind, _cash_moved),
    correction.TENDER_CORRECTED: _tender_corrected,
    approval.APPROVAL_TRIED: _nothing,
    approval.APPROVAL_GIVEN: _approval_given,
    approval.APPROVAL_REFUSED: _nothing,
    suspended.CART_SUSPENDED: _nothing,
    suspended.CART_RESUMED: _nothing,
    suspended.CART_DISCARDED: _nothing,
    facts.CART_VOIDED: _nothing,
    facts.DAY_CLOSED: _nothing,
}

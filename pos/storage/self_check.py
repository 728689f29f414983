"""Self check: what the disk gives back is held against the journal before it reaches a receipt or the hub.

Pages and indices by SQLite, each entry by its hash, and each row of the tables by the entry it was folded from.
Staff and prices are in no journal, and are not covered.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pos.domain import facts
from pos.domain.cash import CashKind
from pos.domain.correction import TENDER_CORRECTED
from pos.domain.entry import GENESIS, JournalEntry
from pos.domain.errors import DatabaseDamaged, JournalBroken
from pos.domain.money import Money
from pos.domain.return_facts import RETURN_COMPLETED
from pos.domain.sale import receipt_epoch
from pos.storage import journal, returns
from pos.storage.database import Database, database_path, told_as_ours
from pos.storage.journal import Identity
from pos.storage.migrations import till_steps
from pos.storage.projections import coupons_text, returned_totals

RECENT = 1_000
"""Entries that are compared with the tables when the till starts: a quarter of a second."""
_SMALL_BYTES = 64 * 1024 * 1024

Body = Mapping[str, Any]


def check_recent(db: Database, identity: Identity) -> None:
    """Check the last ``RECENT`` entries against the tables, and all pages and indices of a file below 64 MiB.

    Raises:
        DatabaseDamaged, JournalBroken: the first thing that is not as it was written.
    """
    path = Path(database_path(db))
    with told_as_ours(path):
        if path.stat().st_size <= _SMALL_BYTES:
            _check_pages(db)
        _check_shape(db)
        top, _ = journal.head(db, identity.epoch)
        journal.verify(db, identity, last=RECENT)
        _check_marks(db, identity)
        after = max(0, top - RECENT)
        is_whole = after == 0 and identity.epoch == 1
        recent = journal.entries(db, identity.name, identity.epoch, after=after)
        _compare(db, journal.told_once(db, recent), is_whole=is_whole)


def check_all(db: Database, identity: Identity) -> int:
    """Check everything, and return how many entries there are over all epochs.

    Raises:
        DatabaseDamaged, JournalBroken: the first thing that is not as it was written.
    """
    with told_as_ours(Path(database_path(db))):
        _check_pages(db)
        _check_shape(db)
        epochs = [Identity(identity.store, identity.till, epoch) for epoch in range(1, identity.epoch + 1)]
        count = sum(journal.verify(db, each) for each in epochs)
        _check_marks(db, identity)
        _compare(db, journal.history(db, identity.name), is_whole=True)
    return count


@dataclass(slots=True)
class _Told:
    """What entries say of the tables: the last word on each thing, and what they add up to."""

    last: dict[tuple[str, str], Body] = field(default_factory=dict)
    opened: dict[str, Body] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)
    totals: dict[tuple[str, str, str], list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    stock: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    shift: Body = field(default_factory=dict)

    def take(self, entry: JournalEntry) -> None:
        """Take the next entry."""
        body = _as_kept(entry)
        kind = entry.kind.partition(".")[0]
        if entry.kind == facts.SHIFT_OPENED:
            self.opened[body["shift_id"]] = self.shift = body
        elif entry.kind == facts.SHIFT_CLOSED:
            self.closed.add(body["shift_id"])
            self.shift = {}
        if key := body.get(_KEYS.get(kind, "")):
            self.last[kind, key] = body
        self._add_up(entry.kind, body)

    def _add_up(self, kind: str, body: Body) -> None:
        if kind == facts.SALE_COMPLETED:
            self._add_sale(body)
        elif kind in {facts.REFUND_DONE, facts.REFUND_IN_CASH}:
            self._add(body, "refund", body["amount_fen"])
            in_cash = body["amount_fen"] if kind == facts.REFUND_IN_CASH else 0
            self._add_some(body, "cash_back", in_cash)
            self._add_some(body, "drawer", -in_cash)
        elif kind in _PARTS_MOVED and body.get("kind") == "cash" and self.shift:
            self._add(self.shift, "drawer", _PARTS_MOVED[kind] * body["amount_fen"])
        elif kind.startswith("cash."):
            cash, amount = CashKind(kind), Money(body["amount_fen"])
            self._add(body, cash.total, amount.fen)
            self._add_some(body, "drawer", cash.moved(amount).fen)
        elif kind == TENDER_CORRECTED:
            self._correct(body)
        elif kind == RETURN_COMPLETED:
            self._take_return(body)

    def _add_sale(self, body: Body) -> None:
        self._add(body, "sale", body["total_fen"])
        self._add(body, "tax", sum(tax["tax_fen"] for tax in body["taxes"]))
        for tender in body["tenders"]:
            self._add(body, tender["kind"], tender["amount_fen"])
            if tender["kind"] == "cash" and not tender["attempt_id"]:
                self._add(body, "drawer", tender["amount_fen"])
        self._add_some(body, "discount", sum(each["amount_fen"] for each in _reductions(body)))
        self._add_some(body, "rounding", body["rounding_fen"])
        for line in body["lines"]:
            self.stock[line["sku"]] -= line["quantity"]

    def _take_return(self, body: Body) -> None:
        for kind, fen in returned_totals(body):
            self._add(body, kind, fen)
            if kind == "cash_back":
                self._add(body, "drawer", -fen)
        for line in body["lines"]:
            self.stock[line["sku"]] += line["quantity"]

    def _correct(self, body: Body) -> None:
        fen = body["amount_fen"]
        self._add(body, body["was"], -fen, count=-1)
        self._add(body, body["now"], fen)
        if body["shift_id"] == body["sale_shift_id"] and "cash" in {body["was"], body["now"]}:
            self._add(body, "drawer", fen if body["now"] == "cash" else -fen)

    def _add_some(self, body: Body, kind: str, fen: int) -> None:
        if fen:
            self._add(body, kind, fen)

    def _add(self, body: Body, kind: str, fen: int, *, count: int = 1) -> None:
        total = self.totals[body["business_day"], body["shift_id"], kind]
        total[0], total[1] = total[0] + count, total[1] + fen


_PARTS_MOVED = {facts.PAYMENT_SETTLED: 1, facts.PAYMENT_DEAD: -1}


def _as_kept(entry: JournalEntry) -> Body:
    """Return an entry's body with what its row holds beside it."""
    body: dict[str, Any] = {**entry.facts, "entry_hash": entry.hash}
    if entry.kind == facts.SALE_COMPLETED:
        told = facts.sale_told(body)
        return told | {"epoch": receipt_epoch(told["receipt_no"]), "coupons": coupons_text(told["coupons"])}
    return body | returns.row_of(body) if entry.kind == RETURN_COMPLETED else body


def _reductions(body: Body) -> list[Body]:
    return [each for line in body["lines"] for each in line["reductions"]]


_KEYS = {"sale": "sale_id", "payment": "attempt_id", "refund": "refund_id", "return": "return_id", "shift": "shift_id",
         "cash": "cash_id", "tender": "correction_id", "approval": "approval_id"}  # fmt: skip


def _compare(db: Database, entries: Iterable[JournalEntry], *, is_whole: bool) -> None:
    told = _Told()
    for entry in entries:
        told.take(entry)
    for (kind, key), body in told.last.items():
        _check(db, _says_the_same(db, kind, key, body), f"{kind} {key}")
    for key, body in told.opened.items():
        _check(db, _says_the_same(db, "shift", key, body), f"shift {key}")
        _check(db, key in told.closed or _is_open(db, key), f"end of shift {key}")
        _check(db, _totals_of(db, key) == _of_shift(told.totals, key), f"totals of shift {key}")
    if is_whole:
        counts = {table: db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in _TABLES}  # noqa: S608
        found = {table: sum(each == kind for each, _ in told.last) for table, kind in _TABLES.items()}
        _check(db, counts == found, f"rows {counts}")
        _check(db, dict(db.execute("SELECT sku, moved FROM stock").fetchall()) == told.stock, "stock")


_TABLES = {"sales": "sale", "attempts": "payment", "refunds": "refund", "returns": "return", "shifts": "shift",
           "cash_moves": "cash", "tender_corrections": "tender", "approvals": "approval"}  # fmt: skip
_OWN_KEYS = {"cash_moves", "tender_corrections", "approvals"}
"""Tables whose key has the name it has in the body."""
_PARTS = {"lines": ("sale_lines", "line_no"), "tenders": ("tenders", "tender_no")}
"""The lists in a sale's body, and the table each is in."""


def _says_the_same(db: Database, kind: str, key: str, body: Body) -> bool:
    """Whether the rows hold what an entry says; a body of an older version says less than a row can hold."""
    table = next(name for name, each in _TABLES.items() if each == kind)
    column = _KEYS[kind] if table in _OWN_KEYS else "id"
    row = next(iter(db.query(f"SELECT * FROM {table} WHERE {column} = ?", [key])), None)  # noqa: S608  (constants)
    if row is None or any(row[name] != body[name] for name in row.keys() & body.keys()):
        return False
    return kind != "sale" or all(_parts(db, name, key) == body[name] for name in _PARTS)


def _parts(db: Database, name: str, sale_id: str) -> list[dict[str, Any]]:
    """Return the rows of a sale's list as its body has them: without what is only the table's."""
    table, order = _PARTS[name]
    own = {"sale_id", "tender_no"}
    rows = db.query(f"SELECT * FROM {table} WHERE sale_id = ? ORDER BY {order}", [sale_id])  # noqa: S608  (constants)
    parts: list[dict[str, Any]] = [
        {column: value for column, value in row.items() if column not in own} for row in rows
    ]
    if name == "lines":
        taken = list(db.query("SELECT * FROM sale_reductions WHERE sale_id = ? ORDER BY line_no, place", [sale_id]))
        for line in parts:
            line["reductions"] = [
                {column: each[column] for column in ("rule", "kind", "name", "amount_fen")}
                for each in taken
                if each["line_no"] == line["line_no"]
            ]
    return parts


def _is_open(db: Database, shift_id: str) -> bool:
    row = db.execute("SELECT closed_at, counted_fen, expected_fen FROM shifts WHERE id = ?", [shift_id]).fetchone()
    return bool(row == (None, None, None))


def _totals_of(db: Database, shift_id: str) -> dict[tuple[str, str, str], list[int]]:
    rows = db.execute(
        "SELECT business_day, shift_id, kind, count, amount_fen FROM totals WHERE shift_id = ?", [shift_id]
    )
    return {(row[0], row[1], row[2]): [row[3], row[4]] for row in rows}


def _of_shift(totals: Mapping[tuple[str, str, str], list[int]], shift_id: str) -> dict[tuple[str, str, str], list[int]]:
    return {key: total for key, total in totals.items() if key[1] == shift_id}


def _check_pages(db: Database) -> None:
    verdict = db.execute("PRAGMA integrity_check(1)").fetchone()[0]
    _check(db, verdict == "ok", verdict)


def _check_shape(db: Database) -> None:
    """Check that tables, indices and triggers are as the migrations make them, or a trigger may guard nothing."""
    fresh = Database(memory=True)
    with closing(fresh.conn):
        till_steps.apply(fresh)
        _check(db, _shape(db) == _shape(fresh), "the shape of its tables")


def _shape(db: Database) -> set[tuple[str, ...]]:
    return set(db.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall())


def _check_marks(db: Database, identity: Identity) -> None:
    """Check that what the hub acknowledged is ours, and that no entry is of an epoch that is not."""
    for epoch, seq, told in db.execute("SELECT epoch, seq, hash FROM acknowledged").fetchall():
        if told != (journal.hash_at(db, epoch, seq) if seq else GENESIS):
            raise JournalBroken(seq=seq, reason="acknowledged otherwise")
    epochs = db.execute("SELECT min(epoch), max(epoch) FROM journal").fetchone()
    _check(db, epochs == (None, None) or 1 <= epochs[0] <= epochs[1] <= identity.epoch, f"epochs {epochs}")


def _check(db: Database, is_well: bool, what: str) -> None:  # noqa: FBT001  (a verdict)
    if not is_well:
        raise DatabaseDamaged(path=database_path(db), reason=f"not as it was written: {what}")

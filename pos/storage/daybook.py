"""The day book: each entry that a manager's figures are made of, added up in the transaction that writes it.

A row for each sale, refund and return; tallies by person; goods by day; what is unusual. All are folds of the journal,
so a change of the fold (``FOLD``) empties them and folds again when the till opens.
"""

import logging
from datetime import date, datetime
from typing import Any

import pysqlite3.dbapi2 as sqlite
from sqlite_utils import Database

from pos.clock import BEIJING
from pos.domain import facts
from pos.domain.daybook import PAUSE_S, Tally, week_of
from pos.domain.entry import JournalEntry, parse_utc
from pos.domain.money import divide_half_up
from pos.storage import journal, unusual

Body = dict[str, Any]
_log = logging.getLogger(__name__)

FOLD = 2
"""Of what the functions below make of an entry; raise it with every change of them."""
TABLES = (
    "daybook",
    "tallies",
    "goods_days",
    "goods_weeks",
    "goods_names",
    "return_refunds",
    "shift_paces",
    "unsold",
    "unusual",
    "day_closes",
)


def count(db: Database, entry: JournalEntry, body: Body | None = None) -> None:
    """Add an entry up; of a kind nobody here knows nothing is made.

    A fault in here stops no sale: nothing of the entry is added up, and the book is not whole from then on.

    Args:
        body: the entry's facts, where they are read already.
    """
    db.execute("SAVEPOINT daybook")
    try:
        _fold(db, entry, entry.facts if body is None else body)
    except sqlite.OperationalError:  # the disk's word, not a fault of ours: the entry itself is not written
        raise
    except Exception:  # noqa: BLE001  (figures can be made again, a sale cannot)
        _log.exception("day book: entry %s of epoch %s is left out", entry.seq, entry.epoch)
        db.execute("ROLLBACK TO daybook")
        db.execute("UPDATE daybook_fold SET fold = -abs(fold)")
    db.execute("RELEASE daybook")


def _fold(db: Database, entry: JournalEntry, body: Body) -> None:
    fold = _FOLDS.get(entry.kind)
    if fold:
        fold(db, entry, body)
    unusual.note(db, entry, body)


def catch_up(db: Database, till: str) -> bool:
    """Fold the whole journal if that was never done, or otherwise; only inside a transaction.

    Returns whether it had to be.
    """
    assert db.conn.in_transaction
    if is_caught_up(db):
        return False
    for table in TABLES:
        db.execute(f"DELETE FROM {table}")  # noqa: S608  (a constant)
    db.execute("INSERT INTO daybook_fold VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET fold = excluded.fold", [FOLD])
    for entry in journal.history(db, till):
        count(db, entry)
    return True


def is_caught_up(db: Database) -> bool:
    """Whether the tables hold what this program makes of the journal."""
    return _made_by(db) in {FOLD, -FOLD}


def is_whole(db: Database) -> bool:
    """Whether no entry had to be left out."""
    return _made_by(db) == FOLD


def _made_by(db: Database) -> int:
    """Return the fold that made the tables, below zero when an entry was left out, 0 when nothing was made yet."""
    row = db.execute("SELECT fold FROM daybook_fold").fetchone()
    return row[0] if row else 0


def shop_hour(at: datetime) -> int:
    """Return the hour of the day in the shop."""
    return at.astimezone(BEIJING).hour


def _sale(db: Database, entry: JournalEntry, told: Body) -> None:
    body = facts.sale_told(told)
    lines = body["lines"]
    units = sum(_units(line) for line in lines)
    costs = [(line["amount_fen"], line["cost_fen"]) for line in lines if line["cost_fen"] is not None]
    row = {
        "kind": "sale", "total_fen": body["total_fen"], "units": units,
        "gross_fen": sum(line["gross_fen"] for line in lines),
        "discount_fen": sum(each["amount_fen"] for line in lines for each in line["reductions"]),
        "costed_fen": sum(amount for amount, _ in costs), "cost_fen": sum(cost for _, cost in costs),
        "is_member": int(bool(body["member"])),
    }  # fmt: skip
    _write(db, entry, body | {"at": body["completed_at"]}, row)
    _tally(db, body, Tally.SALE, body["total_fen"])
    _tally(db, body, Tally.UNITS, 0, count=units)
    _pace(db, body, units)
    _sell_goods(db, body, 1)
    db.execute("DELETE FROM unsold WHERE sale_id = ?", [body["sale_id"]])
    for kind, given in unusual.given_by_hand(lines):
        _tally(db, body, Tally(kind), given)


def _units(line: Body) -> int:
    return int(line["quantity"]) if line["unit"] == "piece" else 1


def _pace(db: Database, body: Body, units: int) -> None:
    """Count what was sold between the end of the sale before in this shift and the end of this one."""
    row = db.execute("SELECT ended_at FROM shift_paces WHERE shift_id = ?", [body["shift_id"]]).fetchone()
    if row:
        gap = int((parse_utc(body["completed_at"]) - parse_utc(row[0])).total_seconds())
        if 0 < gap <= PAUSE_S:
            _tally(db, body, Tally.PACED, gap, count=units)
    db.execute(
        "INSERT INTO shift_paces VALUES (?, ?) ON CONFLICT (shift_id) DO UPDATE SET ended_at = excluded.ended_at",
        [body["shift_id"], body["completed_at"]],
    )


def _refund(db: Database, entry: JournalEntry, body: Body) -> None:
    """A refund counts once the money went, on the day it was asked for; one that a return told of counts there."""
    if unusual.is_of_return(db, body):
        return
    _write(db, entry, body | {"at": body["changed_at"]}, {"kind": "refund", "total_fen": body["amount_fen"]})
    _tally(db, body, Tally.REFUND, body["amount_fen"])


def _return(db: Database, entry: JournalEntry, body: Body) -> None:
    costs = [(line["amount_fen"], cost) for line in body["lines"] if (cost := _cost_back(db, body, line)) is not None]
    row = {"kind": "return", "total_fen": body["total_fen"], "costed_fen": sum(amount for amount, _ in costs),
           "cost_fen": sum(cost for _, cost in costs)}  # fmt: skip
    _write(db, entry, body | {"at": body["completed_at"]}, row)
    _tally(db, body, Tally.RETURN, body["total_fen"])
    _sell_goods(db, body, -1)
    for each in body["paybacks"]:
        if each.get("refund_id"):
            db.execute("INSERT OR IGNORE INTO return_refunds VALUES (?,?)", [each["refund_id"], body["return_id"]])


def _cost_back(db: Database, body: Body, line: Body) -> int | None:
    """Return what goods that come back had cost, by their share of the line they were sold on."""
    row = db.execute(
        "SELECT cost_fen, quantity FROM sale_lines WHERE sale_id = ? AND line_no = ?",
        [body["sale_id"], line["sale_line_no"]],
    ).fetchone()
    return divide_half_up(row[0] * line["quantity"], row[1]) if row and row[0] is not None else None


def _settled(db: Database, _entry: JournalEntry, body: Body) -> None:
    """Money is here; until its sale is, somebody may have to look."""
    if not db.execute("SELECT 1 FROM sales WHERE id = ?", [body["sale_id"]]).fetchone():
        db.execute("INSERT OR REPLACE INTO unsold VALUES (?, ?)", [body["attempt_id"], body["sale_id"]])


def _unsettled(db: Database, _entry: JournalEntry, body: Body) -> None:
    db.execute("DELETE FROM unsold WHERE attempt_id = ?", [body["attempt_id"]])


def _void(db: Database, _entry: JournalEntry, body: Body) -> None:
    _tally(db, body, Tally.VOID, body["total_fen"])


def _cash(db: Database, entry: JournalEntry, body: Body) -> None:
    _tally(db, body, _CASH[entry.kind], body["amount_fen"])


def _shift_closed(db: Database, _entry: JournalEntry, body: Body) -> None:
    _tally(db, body, Tally.OVER_SHORT, body["counted_fen"] - body["expected_fen"])


def _day_closed(db: Database, entry: JournalEntry, body: Body) -> None:
    db.execute(
        "INSERT OR IGNORE INTO day_closes VALUES (?,?,?,?,?,?,?)",
        [body["business_day"], body["day_no"], body["closed_at"], body["cashier"], entry.epoch, entry.seq,
         entry.body.decode()],
    )  # fmt: skip


_CASH = {
    "cash.in": Tally.CASH_IN, "cash.out": Tally.CASH_OUT, "cash.drop": Tally.CASH_DROP, "cash.opened": Tally.NO_SALE,
}  # fmt: skip
_FOLDS = {
    "sale.completed": _sale,
    **dict.fromkeys(("refund.done", "refund.in_cash"), _refund),
    "return.completed": _return,
    "payment.settled": _settled,
    **dict.fromkeys(("payment.cancelling", "payment.dead"), _unsettled),
    "cart.voided": _void,
    "shift.closed": _shift_closed,
    "day.closed": _day_closed,
    **dict.fromkeys(_CASH, _cash),
}

_ROW = {"total_fen": 0, "units": 0, "gross_fen": 0, "discount_fen": 0, "costed_fen": 0, "cost_fen": 0, "is_member": 0}


def _write(db: Database, entry: JournalEntry, body: Body, row: Body) -> None:
    whole = _ROW | row
    db.execute(
        "INSERT INTO daybook (business_day, at, epoch, seq, hour, cashier, shift_id, kind, total_fen, units, gross_fen,"
        " discount_fen, costed_fen, cost_fen, is_member) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        [body["business_day"], body["at"], entry.epoch, entry.seq, shop_hour(parse_utc(body["at"])), body["cashier"],
         body["shift_id"], *(whole[name] for name in ("kind", *_ROW))],
    )  # fmt: skip


def _tally(db: Database, body: Body, tally: Tally, amount_fen: int, *, count: int = 1) -> None:
    db.execute(
        "INSERT INTO tallies VALUES (?,?,?,?,?) ON CONFLICT (business_day, cashier, tally)"
        " DO UPDATE SET count = count + excluded.count, amount = amount + excluded.amount",
        [body["business_day"], body["cashier"], tally.value, count, amount_fen],
    )


def _sell_goods(db: Database, body: Body, sign: int) -> None:
    lines, day = body["lines"], body["business_day"]
    sold = [(line["sku"], sign * line["quantity"], sign * line["amount_fen"]) for line in lines]
    for table, first, key in (
        ("goods_days", "business_day", day),
        ("goods_weeks", "monday", week_of(date.fromisoformat(day)).isoformat()),
    ):
        db.conn.executemany(
            f"INSERT INTO {table} VALUES (?,?,?,?) ON CONFLICT ({first}, sku)"  # noqa: S608  (constants)
            " DO UPDATE SET quantity = quantity + excluded.quantity, amount_fen = amount_fen + excluded.amount_fen",
            [(key, *each) for each in sold],
        )
    db.conn.executemany(
        "INSERT INTO goods_names VALUES (?,?,?,?) ON CONFLICT (sku) DO UPDATE SET name = excluded.name,"
        " unit = excluded.unit, department = CASE WHEN excluded.department = '' THEN department"
        " ELSE excluded.department END",
        [(line["sku"], line["name"], line["unit"], line.get("department", "")) for line in lines],
    )

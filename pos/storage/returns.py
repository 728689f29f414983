"""Returns as they were made."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlite_utils import Database

from pos.domain.entry import canonical
from pos.domain.return_facts import return_from
from pos.domain.returns import Return
from pos.domain.sale import receipt_epoch

_KEPT = (
    "return_no", "counter", "sale_id", "receipt_no", "business_day", "shift_id", "cashier", "approver", "completed_at",
    "total_fen", "exchange_sale_id", "entry_hash",
)  # fmt: skip


def row_of(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return the row that keeps a ``return.completed``; what the journal says of the entry is among its names."""
    told = {name: body[name] for name in body if not name.startswith("entry_")}
    kept = {name: body[name] for name in _KEPT}
    return {
        "id": body["return_id"],
        "epoch": receipt_epoch(body["return_no"]),
        **kept,
        "body": canonical(told).decode(),
    }


def find_return(db: Database, return_id: str) -> Return | None:
    """Return a return by its id."""
    found = _returns(db, "id = ?", [return_id])
    return found[0] if found else None


def has_number(db: Database, return_no: str) -> bool:
    """Whether a return has this number."""
    return db.execute("SELECT 1 FROM returns WHERE return_no = ?", [return_no]).fetchone() is not None


def list_of_receipt(db: Database, receipt_no: str) -> list[Return]:
    """Return what this till took back of a sale, oldest first."""
    return _returns(db, "receipt_no = ? ORDER BY rowid", [receipt_no])


def find_of_exchange(db: Database, sale_id: str) -> Return | None:
    """Return the return whose goods paid for a sale."""
    found = _returns(db, "exchange_sale_id = ? AND exchange_sale_id <> ''", [sale_id])
    return found[0] if found else None


def last_returns(db: Database, limit: int) -> list[Return]:
    """Return the last returns, latest first."""
    return _returns(db, "1 ORDER BY rowid DESC LIMIT ?", [limit])


def list_of_shift(db: Database, shift_id: str) -> list[Return]:
    """Return the returns of a shift, in order."""
    return _returns(db, "shift_id = ? ORDER BY rowid", [shift_id])


def list_of_day(db: Database, business_day: date) -> list[Return]:
    """Return the returns of a business day, in order."""
    return _returns(db, "business_day = ? ORDER BY rowid", [business_day.isoformat()])


def next_counter(db: Database, business_day: date, epoch: int = 1) -> int:
    """Return the counter of the day's next return; dense from 1 in each epoch."""
    query = "SELECT max(counter) FROM returns WHERE epoch = ? AND business_day = ?"
    return 1 + int(db.execute(query, [epoch, business_day.isoformat()]).fetchone()[0] or 0)


def _returns(db: Database, where: str, values: list[str | int]) -> list[Return]:
    query = f"SELECT body, entry_hash FROM returns WHERE {where}"  # noqa: S608  (a constant of this module)
    rows = db.query(query, values)
    return [return_from(json.loads(row["body"]), entry_hash=row["entry_hash"]) for row in rows]

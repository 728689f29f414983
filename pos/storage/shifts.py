"""Shifts as they stand."""

from datetime import date
from typing import Any

from sqlite_utils import Database

from pos.domain.entry import parse_utc
from pos.domain.money import Money
from pos.domain.shift import Shift


def find_open_shift(db: Database) -> Shift | None:
    """Return the shift that is open at this till."""
    rows = list(db.query("SELECT * FROM shifts WHERE closed_at IS NULL"))
    return _shift(rows[0]) if rows else None


def list_of_days(db: Database, since: date, until: date) -> list[Shift]:
    """Return the shifts of days, both included, in the order they were opened."""
    rows = db.query(
        "SELECT * FROM shifts WHERE business_day BETWEEN ? AND ? ORDER BY business_day, rowid",
        [since.isoformat(), until.isoformat()],
    )
    return [_shift(row) for row in rows]


def _shift(row: dict[str, Any]) -> Shift:
    return Shift(
        id=row["id"],
        cashier=row["cashier"],
        business_day=date.fromisoformat(row["business_day"]),
        opened_at=parse_utc(row["opened_at"]),
        opening_float=Money(row["float_fen"]),
        closed_at=parse_utc(row["closed_at"]) if row["closed_at"] else None,
        counted=_money(row["counted_fen"]),
        expected=_money(row["expected_fen"]),
    )


def _money(fen: int | None) -> Money | None:
    return None if fen is None else Money(fen)

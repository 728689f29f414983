"""Shifts as they stand."""

import json
from datetime import date
from typing import Any

from sqlite_utils import Database

from pos.domain.entry import parse_utc
from pos.domain.money import Money
from pos.domain.shift import Shift, ShiftReport, report_from


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


def find_closed(db: Database, shift_id: str) -> tuple[Shift, ShiftReport | None]:
    """Return a closed shift and what it was closed with; None for what an older program closed."""
    (row,) = db.query("SELECT * FROM shifts WHERE id = ? AND closed_at IS NOT NULL", [shift_id])
    shift = _shift(row)
    return shift, report_from(shift, json.loads(row["told"])) if row["told"] else None


def list_closed(db: Database, limit: int, cashier: str = "") -> list[Shift]:
    """Return the shifts closed last, latest first: everybody's, or one cashier's."""
    # By their numbers, not by the clock, which may have been wrong.
    rows = db.query(
        "SELECT * FROM shifts WHERE z_no IS NOT NULL AND ? IN ('', cashier) ORDER BY epoch DESC, z_no DESC LIMIT ?",
        [cashier, limit],
    )
    return [_shift(row) for row in rows]


def next_z_no(db: Database, epoch: int) -> int:
    """Return the number the next closed shift gets; dense from 1 in each epoch."""
    return 1 + int(db.execute("SELECT max(z_no) FROM shifts WHERE epoch = ?", [epoch]).fetchone()[0] or 0)


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
        epoch=row["epoch"],
        z_no=row["z_no"],
    )


def _money(fen: int | None) -> Money | None:
    return None if fen is None else Money(fen)

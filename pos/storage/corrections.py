"""Corrections of tenders."""

from datetime import date

from sqlite_utils import Database

from pos.domain.correction import Correction, correction_from


def list_of_shift(db: Database, shift_id: str) -> list[Correction]:
    """Return the corrections made in a shift, in order."""
    rows = db.query("SELECT * FROM tender_corrections WHERE shift_id = ? ORDER BY rowid", [shift_id])
    return [correction_from(row) for row in rows]


def list_of_day(db: Database, day: date) -> list[Correction]:
    """Return the corrections made on a business day, in order."""
    rows = db.query("SELECT * FROM tender_corrections WHERE business_day = ? ORDER BY rowid", [day.isoformat()])
    return [correction_from(row) for row in rows]


def kinds_of_sale(db: Database, sale_id: str) -> dict[int, str]:
    """Return what tenders of a sale were corrected to, by their number; the last word counts."""
    query = "SELECT tender_no, now FROM tender_corrections WHERE sale_id = ? ORDER BY rowid"
    return dict(db.execute(query, [sale_id]).fetchall())

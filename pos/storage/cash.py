"""Cash that moved besides sales."""

from sqlite_utils import Database

from pos.domain.cash import CashMove, cash_from


def list_of_shift(db: Database, shift_id: str) -> list[CashMove]:
    """Return what moved in a shift, in order."""
    return [
        cash_from(row) for row in db.query("SELECT * FROM cash_moves WHERE shift_id = ? ORDER BY rowid", [shift_id])
    ]

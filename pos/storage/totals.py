"""Totals: the one source of every figure a drawer, a report or a manager reads."""

from dataclasses import dataclass
from datetime import date

from sqlite_utils import Database

from pos.domain.money import ZERO, Money


@dataclass(frozen=True, slots=True)
class Total:
    """How many, and how much."""

    count: int
    amount: Money


NOTHING = Total(0, ZERO)


def totals_of_day(db: Database, business_day: date) -> dict[str, Total]:
    """Return a day's totals by kind: ``sale``, ``tax``, ``discount``, ``rounding``, and each tender's.

    Of what came back: ``return`` is what its customers got for it, ``return_tax`` and ``return_rounding`` are undone
    with it; ``refund`` is money that went, ``cash_back`` what of it the drawer gave.
    What moved in drawers besides: ``cash_in``, ``cash_out``, ``cash_drop``, ``no_sale``. ``drawer`` is what of all that
    cash is there now.
    """
    return _totals(db, "business_day = ?", business_day.isoformat())


def totals_of_shift(db: Database, shift_id: str) -> dict[str, Total]:
    """Return a shift's totals by kind, as ``totals_of_day`` has them."""
    return _totals(db, "shift_id = ?", shift_id)


def _totals(db: Database, where: str, value: str) -> dict[str, Total]:
    rows = db.execute(
        f"SELECT kind, sum(count), sum(amount_fen) FROM totals WHERE {where} GROUP BY kind",  # noqa: S608  (a constant)
        [value],
    )
    return {kind: Total(count, Money(amount)) for kind, count, amount in rows}

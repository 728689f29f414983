"""Shift: a drawer in one person's hands, from float to count."""

from dataclasses import dataclass
from datetime import date, datetime

from pos.domain.money import Money


@dataclass(frozen=True, slots=True)
class Shift:
    """A shift of one cashier; open until ``closed_at``.

    Attributes:
        business_day: the trading day all its sales belong to.
        opening_float: cash in the drawer at the start.
        counted: cash found at the end; None while open.
        expected: float + cash kept, as the till reckons; None while open.
    """

    id: str
    cashier: str
    business_day: date
    opened_at: datetime
    opening_float: Money
    closed_at: datetime | None = None
    counted: Money | None = None
    expected: Money | None = None

    @property
    def is_open(self) -> bool:
        """Whether sales may still join it."""
        return self.closed_at is None

    @property
    def difference(self) -> Money | None:
        """Counted less expected: negative is short; None while open."""
        if self.counted is None or self.expected is None:
            return None
        return self.counted - self.expected

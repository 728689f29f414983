"""Day book: what a manager reads of a day, in whole numbers; rates come as permille or hundredths, None without a base.

What each figure is, in one line each and two languages: docs/figures.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from pos.domain.money import ZERO, Money, divide_half_up

FLAT_PERMILLE = 10
"""A change of one percent or less is no trend."""


class Tally(StrEnum):
    """What is counted by person and day."""

    SALE = "sale"
    UNITS = "units"
    PACED = "paced"
    """Units and seconds of the sales that followed another within ``PAUSE_S``."""
    REFUND = "refund"
    RETURN = "return"
    VOID = "void"
    PRICE = "price"
    DISCOUNT = "discount"
    NO_SALE = "no_sale"
    CASH_IN = "cash_in"
    CASH_OUT = "cash_out"
    CASH_DROP = "cash_drop"
    OVER_SHORT = "over_short"


PAUSE_S = 300
"""Nobody was served for longer than this: it was no part of serving."""


def week_of(day: date) -> date:
    """Return the Monday on or before a day."""
    return day - timedelta(day.weekday())


@dataclass(frozen=True, slots=True)
class DayFigures:
    """A day's trade, or a part of it.

    Attributes:
        sold: what the sales came to, tax included, less the cash rounding.
        backs, back: refunds and returns, and what they came to.
        units: pieces; a weighed line is one.
        gross, discount: before anything was taken off, and what was.
        member_sales: sales to a member.
        costed, cost: goods whose cost is known, at what they were sold for and at what they cost; returns taken off.
    """

    sales: int = 0
    sold: Money = ZERO
    backs: int = 0
    back: Money = ZERO
    units: int = 0
    gross: Money = ZERO
    discount: Money = ZERO
    member_sales: int = 0
    costed: Money = ZERO
    cost: Money = ZERO

    @property
    def net(self) -> Money:
        """Sold less what went back."""
        return self.sold - self.back

    @property
    def average(self) -> Money | None:
        """Sold by sale."""
        return Money(divide_half_up(self.sold.fen, self.sales)) if self.sales else None

    @property
    def units_per_sale(self) -> int | None:
        """In hundredths."""
        return divide_half_up(self.units * 100, self.sales) if self.sales else None

    @property
    def discount_rate(self) -> int | None:
        """Discount by gross, in permille."""
        return permille(self.discount.fen, self.gross.fen)

    @property
    def member_share(self) -> int | None:
        """Sales to members by sales, in permille."""
        return permille(self.member_sales, self.sales)

    @property
    def margin(self) -> Money | None:
        """What is left above cost, of goods whose cost is known; None when none is."""
        return self.costed - self.cost if self.costed or self.cost else None

    @property
    def margin_rate(self) -> int | None:
        """Margin by what those goods were sold for, in permille."""
        return permille(self.costed.fen - self.cost.fen, self.costed.fen)


def permille(part: int, whole: int) -> int | None:
    """Return a part in thousandths of the whole; None of nothing."""
    return divide_half_up(part * 1000, whole) if whole > 0 else None


@dataclass(frozen=True, slots=True)
class Change:
    """A figure beside what it was.

    Attributes:
        permille: up or down by so much; None where there was nothing before, so nothing to compare with.
    """

    now: int
    before: int
    permille: int | None

    @property
    def is_flat(self) -> bool:
        """Whether it is too little to be called a trend."""
        return self.permille is not None and abs(self.permille) <= FLAT_PERMILLE


def change(now: int | None, before: int | None) -> Change | None:
    """Hold a figure against what it was; None where there is no figure now."""
    if now is None:
        return None
    was = before or 0
    return Change(now, was, permille(now - was, was))


@dataclass(frozen=True, slots=True)
class Norm:
    """What is usual in this store: the middle of many days of its people, and how far the half of them is from it."""

    median: int
    mad: int
    samples: int

    def is_far(self, value: int, events: int) -> bool:
        """Whether a rate lies beyond three deviations above the middle, in a normal spread; a signal, not proof.

        Args:
            events: how often it was done; a few times are chance, however few the sales were.
        """
        return events >= EVENTS_MIN and (value - self.median) * 10_000 > 3 * 14_826 * max(self.mad, 1)


def norm_of(values: Sequence[int]) -> Norm | None:
    """Return the middle of values and their spread; None of fewer than ``SAMPLES_MIN``."""
    if len(values) < SAMPLES_MIN:
        return None
    median = middle(values)
    return Norm(median, middle([abs(each - median) for each in values]), len(values))


SAMPLES_MIN = 5
EVENTS_MIN = 5
"""One void among six sales is a rate far above what is usual, and tells nothing."""


def middle(values: Sequence[int]) -> int:
    """Return the median, of an even number the lower of the two."""
    return sorted(values)[(len(values) - 1) // 2]

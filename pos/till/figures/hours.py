"""Hours: when the day's money came, beside the same weekday last week."""

from dataclasses import dataclass
from datetime import date

from pos.domain.money import ZERO, Money
from pos.domain.staff import Act, By
from pos.storage import daybook, figures
from pos.till import allowed
from pos.till.figures.today import WEEK, trading_day
from pos.till.till import Till


@dataclass(frozen=True, slots=True)
class Hour:
    """An hour of the day in the shop; ``before`` are last week's, the ghost.

    Attributes:
        is_running: whether it is not over yet.
    """

    hour: int
    sales: int
    net: Money
    sales_before: int
    net_before: Money
    is_running: bool


def hours(till: Till, day: date, *, by: By) -> tuple[Hour, ...]:
    """Return the hours from the first to the last in which anything happened on either day; the day's running one too.

    A business day that went past midnight has its last hours at the end.
    """
    allowed.require(till, Act.SEE_FIGURES, by)
    now, before = figures.hours(till.db, day), figures.hours(till.db, day - WEEK)
    running = daybook.shop_hour(till.clock.now()) if day == trading_day(till) else None
    return tuple(_hour(hour, now, before, running) for hour in _in_order({*now, *before, *_some(running)}))


FIRST_HOUR = 5
"""Whatever is earlier belongs to the night before."""


def _some(hour: int | None) -> set[int]:
    return set() if hour is None else {hour}


def _in_order(found: set[int]) -> list[int]:
    """Return every hour between the first and the last, the night after the day."""
    places = [(hour - FIRST_HOUR) % 24 for hour in found]
    return [(place + FIRST_HOUR) % 24 for place in range(min(places), max(places) + 1)] if places else []


def _hour(hour: int, now: dict[int, tuple[int, int]], before: dict[int, tuple[int, int]], running: int | None) -> Hour:
    nothing = (0, ZERO.fen)
    sales, net = now.get(hour, nothing)
    sales_before, net_before = before.get(hour, nothing)
    return Hour(hour, sales, Money(net), sales_before, Money(net_before), hour == running)

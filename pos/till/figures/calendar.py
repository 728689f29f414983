"""Calendar: the last 7 or 28 days, each with what kind of day it was; a holiday is no bad Tuesday."""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from pos.domain.daybook import Tally
from pos.domain.holidays import DayKind, Holidays, read_holidays
from pos.domain.money import Money
from pos.domain.staff import Act, By
from pos.storage import figures
from pos.till import allowed
from pos.till.till import Till

HOLIDAYS = Path(__file__).parents[3] / "assets" / "calendar" / "china.json"


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day.

    Attributes:
        name, name_en: of the holiday it belongs to; empty on others.
        is_known: whether days worked instead of it are published for its year.
        is_closed: whether a manager has closed it.
    """

    day: date
    sales: int
    net: Money
    kind: DayKind
    name: str
    name_en: str
    is_known: bool
    is_closed: bool


def calendar(till: Till, last: date, days: int = 28, *, by: By) -> tuple[CalendarDay, ...]:
    """Return so many days, the last one given, oldest first."""
    allowed.require(till, Act.SEE_FIGURES, by)
    first = last - timedelta(days=days - 1)
    found = {first + timedelta(days=place): [0, 0] for place in range(days)}
    for day, _, tally, count, fen in figures.tallies(till.db, first, last):
        if tally is Tally.SALE:
            found[day][0] += count
            found[day][1] += fen
        elif tally in (Tally.REFUND, Tally.RETURN):
            found[day][1] -= fen
    closed = figures.closed_days(till.db, first, last)
    return tuple(_day(day, sales, net, is_closed=day in closed) for day, (sales, net) in found.items())


@cache
def china() -> Holidays:
    """Return the holidays of China that are known."""
    return read_holidays(json.loads(HOLIDAYS.read_bytes()))


def _day(day: date, sales: int, net: int, *, is_closed: bool) -> CalendarDay:
    holidays = china()
    name = holidays.name(day)
    return CalendarDay(day, sales, Money(net), holidays.kind(day), *name, day.year in holidays.published, is_closed)

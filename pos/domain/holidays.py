"""Holidays: which days a country rests on, and which weekend days it works on instead; read from a list as data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any


class DayKind(StrEnum):
    """What kind of day it is for most customers."""

    WORKDAY = "workday"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    SWAPPED = "swapped"
    """A weekend day that is worked because a holiday was made longer (调休)."""


@dataclass(frozen=True, slots=True)
class Holidays:
    """The list.

    Attributes:
        names: of the holiday that a day off, or a day worked instead, belongs to, as (Chinese, English).
        published: years whose days worked instead are published; of others only the statutory days are known.
    """

    off: Mapping[date, tuple[str, str]] = field(default_factory=dict)
    worked: Mapping[date, tuple[str, str]] = field(default_factory=dict)
    published: frozenset[int] = frozenset()

    def kind(self, day: date) -> DayKind:
        """Return what kind of day it is."""
        if day in self.off:
            return DayKind.HOLIDAY
        if day in self.worked:
            return DayKind.SWAPPED
        return DayKind.WEEKEND if day.isoweekday() > 5 else DayKind.WORKDAY

    def name(self, day: date) -> tuple[str, str]:
        """Return the holiday's name in Chinese and English; empty on any other day."""
        return self.off.get(day) or self.worked.get(day) or ("", "")


def read_holidays(years: Sequence[Mapping[str, Any]]) -> Holidays:
    """Read ``assets/calendar/china.json``."""
    off: dict[date, tuple[str, str]] = {}
    worked: dict[date, tuple[str, str]] = {}
    for year in years:
        for each in year["holidays"]:
            name = (each["zh"], each["en"])
            first, last = (date.fromisoformat(day) for day in (each["first"], each["last"]))
            days = [date.fromordinal(number) for number in range(first.toordinal(), last.toordinal() + 1)]
            off |= dict.fromkeys(days, name)
            worked |= dict.fromkeys((date.fromisoformat(day) for day in each["worked"]), name)
    return Holidays(off, worked, frozenset(year["year"] for year in years if year["is_published"]))

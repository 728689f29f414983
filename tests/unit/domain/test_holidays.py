"""The calendar knows on which days China rests, and on which weekend days it works instead."""

from datetime import date, timedelta

import pytest

from pos.domain.holidays import DayKind
from pos.till.figures.calendar import china


@pytest.mark.parametrize(
    ("day", "kind", "name"),
    [  # the State Council's notice for 2026, of 4 November 2025
        ("2026-01-04", DayKind.SWAPPED, "元旦"),
        ("2026-02-14", DayKind.SWAPPED, "春节"),
        ("2026-02-15", DayKind.HOLIDAY, "春节"),
        ("2026-02-23", DayKind.HOLIDAY, "春节"),
        ("2026-02-24", DayKind.WORKDAY, ""),
        ("2026-05-09", DayKind.SWAPPED, "劳动节"),
        ("2026-10-07", DayKind.HOLIDAY, "国庆节"),
        ("2026-10-10", DayKind.SWAPPED, "国庆节"),
        ("2026-11-28", DayKind.WEEKEND, ""),
        ("2027-02-06", DayKind.HOLIDAY, "春节"),
    ],
)
def test_a_day_is_what_the_notice_says(day: str, kind: DayKind, name: str) -> None:
    assert china().kind(date.fromisoformat(day)) is kind
    assert china().name(date.fromisoformat(day))[0] == name


def test_a_year_has_as_many_days_off_as_published() -> None:
    """In 2026 3 + 9 + 3 + 5 + 3 + 3 + 7, and 6 weekend days worked; 13 statutory days in 2027 (law of 2024)."""
    year = [date(2026, 1, 1) + timedelta(days=place) for place in range(730)]
    kinds = [(day.year, china().kind(day)) for day in year]
    assert kinds.count((2026, DayKind.HOLIDAY)) == 33
    assert kinds.count((2026, DayKind.SWAPPED)) == 6
    assert kinds.count((2027, DayKind.HOLIDAY)) == 13
    assert china().published == {2026}


def test_a_worked_day_is_always_a_day_of_a_weekend() -> None:
    assert all(day.isoweekday() > 5 for day in china().worked)

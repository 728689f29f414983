"""A shift is open until it is counted."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from pos.domain.money import Money
from pos.domain.shift import Shift

OPENED = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
SHIFT = Shift("s1", "1001", date(2026, 11, 23), OPENED, Money(50_000))


def closed(counted: Money) -> Shift:
    return replace(SHIFT, closed_at=OPENED + timedelta(hours=8), counted=counted, expected=Money(123_456))


def test_a_shift_without_an_end_is_open_and_has_no_difference() -> None:
    assert SHIFT.is_open
    assert SHIFT.difference is None


@pytest.mark.parametrize(("counted", "difference"), [(123_456, 0), (123_400, -56), (123_500, 44), (0, -123_456)])
def test_a_counted_shift_tells_what_is_short_or_over(counted: int, difference: int) -> None:
    shift = closed(Money(counted))
    assert not shift.is_open
    assert shift.difference == Money(difference)


def test_a_half_told_count_has_no_difference() -> None:
    assert replace(closed(Money(1)), expected=None).difference is None
    assert replace(closed(Money(1)), counted=None).difference is None

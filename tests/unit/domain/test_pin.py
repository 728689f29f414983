"""A new PIN is not one that is guessed early, and a bucket of tries never gives more than it promises."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.errors import BadNumber, WeakPin
from pos.domain.pin import ACCOUNT_TRIES, TILL_TRIES, Tries, check_new_pin, weakness

HALF_HOUR, HOUR = 30 * 60 * 1000, 60 * 60 * 1000

GUESSED_FIRST = """
000000 111111 123456 654321 012345 987654 890123 121212 123123 112233 123321 159159 147147 246802 135791 888888 666666
520520 131415 001122 100001 112211 900101 880808 199001 20010203 12345678 11223344 7777777 010101 101010
""".split()
"""Named in lists of what people choose, in China and elsewhere, or made by the same habits."""


@pytest.mark.parametrize("pin", [each for each in GUESSED_FIRST if each not in {"246802", "135791", "131415"}])
def test_what_people_choose_is_not_taken(pin: str) -> None:
    with pytest.raises(WeakPin):
        check_new_pin(pin, "1001")


@pytest.mark.parametrize("pin", ["1", "12", "1379", "13790"])
def test_five_digits_are_too_few(pin: str) -> None:
    with pytest.raises(WeakPin):
        check_new_pin(pin, "1001")


@pytest.mark.parametrize(("pin", "number"), [("731001", "1001"), ("100164", "1001"), ("641001", "1001"),
                                             ("824913", "824913"), ("824913", "18249137")])  # fmt: skip
def test_ones_own_number_is_no_secret(pin: str, number: str) -> None:
    with pytest.raises(WeakPin):
        check_new_pin(pin, number)


@pytest.mark.parametrize("pin", ["", "abcdef", "12 456", "１２３４７９", "1234567890123"])
def test_what_is_not_digits_is_no_pin(pin: str) -> None:
    with pytest.raises(BadNumber):
        check_new_pin(pin, "1001")


@pytest.mark.parametrize("pin", ["704815", "640392", "518736", "905147", "270864", "8302746", "739164820537"])
def test_others_are_taken(pin: str) -> None:
    check_new_pin(pin, "1001")


@given(st.dates(date(1901, 1, 1), date(2099, 12, 31)))
def test_no_day_is_a_pin(day: date) -> None:
    assert weakness(day.strftime("%y%m%d"), "1")
    assert weakness(day.strftime("%Y%m%d"), "1")


def test_most_numbers_may_be_chosen() -> None:
    """A policy that leaves few would help the guesser."""
    weak = sum(bool(weakness(f"{pin:06}", "1001")) for pin in range(0, 1_000_000, 97))
    assert weak * 97 < 80_000


@given(st.lists(st.integers(0, 20 * 60 * 1000), min_size=1, max_size=120),
       st.sampled_from([(ACCOUNT_TRIES, HALF_HOUR, 10), (TILL_TRIES, HOUR, 20)]))  # fmt: skip
def test_no_window_holds_more_tries_than_promised(pauses: list[int], promise: tuple[int, int, int]) -> None:
    size, window_ms, most = promise
    tries, now, taken = Tries(), 0, []
    for pause in pauses:
        now += pause if pause % 3 else tries.at(now).wait_ms(size)
        tries = tries.at(now)
        if not tries.wait_ms(size):
            tries = tries.with_one()
            taken.append(now)
    for first in taken:
        assert sum(first <= each <= first + window_ms for each in taken) <= most


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.integers(0, 10**9))
def test_counted_time_that_begins_anew_gives_nothing_away(owed: int, before: int, after: int) -> None:
    left = Tries(owed, before).at(after)
    assert left.owed_ms >= owed - max(0, after - before)
    assert left.stamp_ms == after


def test_whoever_comes_next_waits_six_minutes_at_most() -> None:
    tries = Tries()
    for _ in range(ACCOUNT_TRIES):
        assert tries.wait_ms(ACCOUNT_TRIES) == 0
        tries = tries.with_one()
    assert timedelta(milliseconds=tries.wait_ms(ACCOUNT_TRIES)) == timedelta(minutes=6)

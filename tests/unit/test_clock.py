"""Time is UTC inside and Beijing at the door; ids sort by the moment they were made."""

import time
import uuid
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pos.clock import BEIJING, RandomIds, SystemClock, shop_day, uuid7

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

millis = st.integers(1_577_836_800_000, 4_102_444_800_000)  # the years 2020 to 2099
chance = st.binary(min_size=10, max_size=10)


def moment(ms: int) -> datetime:
    return EPOCH + timedelta(milliseconds=ms)


def test_the_example_of_the_rfc_comes_out() -> None:
    """RFC 9562, appendix A.6: 2022-02-22 14:22:22 GMT-05:00, rand_a 0xCC3, rand_b 0x18C4DC0C0C07398F."""
    at = datetime(2022, 2, 22, 14, 22, 22, tzinfo=timezone(timedelta(hours=-5)))
    assert int(at.timestamp() * 1000) == 0x017F22E279B0
    random = bytes.fromhex("0CC3" + "18C4DC0C0C07398F")
    assert uuid7(at, random) == "017F22E2-79B0-7CC3-98C4-DC0C0C07398F".lower()


@given(millis, chance)
@example(2_147_595_001_923, bytes(10))  # 2038: as a float it was a millisecond less
def test_an_id_holds_the_millisecond_the_version_and_the_variant(ms: int, random: bytes) -> None:
    made = uuid.UUID(uuid7(moment(ms), random))
    assert made.int >> 80 == ms
    assert made.version == 7
    assert made.variant == uuid.RFC_4122


@given(millis, chance)
def test_an_id_holds_all_the_chance_there_is_room_for(ms: int, random: bytes) -> None:
    bits = uuid.UUID(uuid7(moment(ms), random)).int
    given_bits = int.from_bytes(random, "big")
    assert (bits >> 64) & 0xFFF == (given_bits >> 64) & 0xFFF
    assert bits & (2**62 - 1) == given_bits & (2**62 - 1)


@given(millis, st.integers(1, 10**9), chance, chance)
def test_ids_sort_by_the_moment_they_were_made(ms: int, later_ms: int, first: bytes, second: bytes) -> None:
    assert uuid7(moment(ms), first) < uuid7(moment(ms + later_ms), second)


def test_a_thousand_ids_of_one_moment_are_a_thousand() -> None:
    at = moment(1_763_870_706_789)
    assert len({RandomIds().new(at) for _ in range(1000)}) == 1000
    assert uuid.UUID(RandomIds().new(at)).version == 7


def test_the_machine_tells_utc_to_the_millisecond() -> None:
    before = datetime.now(UTC) - timedelta(milliseconds=1)
    now = SystemClock().now()
    assert before <= now <= datetime.now(UTC)
    assert now.tzinfo is UTC
    assert now.microsecond % 1000 == 0


def test_waiting_is_counted_on_a_clock_that_never_jumps() -> None:
    before = time.monotonic()
    assert before <= SystemClock().monotonic() <= time.monotonic()


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2026, 1, 31, 15, 59, 59, 999_000, tzinfo=UTC), date(2026, 1, 31)),
        (datetime(2026, 1, 31, 16, 0, tzinfo=UTC), date(2026, 2, 1)),
        (datetime(2025, 12, 31, 16, 0, tzinfo=UTC), date(2026, 1, 1)),
        (datetime(2026, 7, 1, 0, 0, tzinfo=BEIJING), date(2026, 7, 1)),
    ],
)
def test_the_day_changes_at_midnight_in_the_shop(at: datetime, day: date) -> None:
    assert shop_day(at) == day


def test_shop_time_is_eight_hours_ahead_in_every_season() -> None:
    for month in range(1, 13):
        assert datetime(2026, month, 1, tzinfo=BEIJING).utcoffset() == timedelta(hours=8)

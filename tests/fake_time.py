"""Stand-ins for time: a clock and ids that do as they are told."""

import itertools
from datetime import UTC, datetime, timedelta

from pos.clock import uuid7

MORNING = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
"""Ten in the morning of 23 November 2026 in the shop."""


class FakeClock:
    """A clock that stands still until it is told to go on."""

    def __init__(self, start: datetime = MORNING) -> None:
        self._now, self._monotonic = start, 1000.0

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return self._monotonic

    def advance(self, seconds: float) -> None:
        """Let this much time pass."""
        self._now += timedelta(seconds=seconds)
        self._monotonic += seconds

    def set(self, at: datetime) -> None:
        """Jump to a moment, as a clock does that is set by hand."""
        self._now = at


class CountingIds:
    """UUIDv7 whose random part counts up, so that a run can be repeated; threads may share it."""

    def __init__(self, first: int = 1) -> None:
        self._count = itertools.count(first)

    def new(self, at: datetime) -> str:
        return uuid7(at, next(self._count).to_bytes(10, "big"))

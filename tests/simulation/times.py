"""Time: one true time for the world, and the wall clock of each till, which somebody may set."""

from datetime import datetime, timedelta

from tests.fake_time import MORNING


class TrueTime:
    """The world's time; it goes on only when it is told to."""

    def __init__(self) -> None:
        self._now, self._monotonic = MORNING, 1000.0

    def now(self) -> datetime:
        """The moment, in UTC."""
        return self._now

    def monotonic(self) -> float:
        """Seconds that never jump."""
        return self._monotonic

    def advance(self, seconds: float) -> None:
        """Let time pass, in whole milliseconds."""
        millis = round(seconds * 1000)
        self._now += timedelta(milliseconds=millis)
        self._monotonic += millis / 1000


class WallClock:
    """A till's clock: true but for an offset that somebody sets; its seconds never jump."""

    def __init__(self, true: TrueTime) -> None:
        self._true, self.offset = true, timedelta()

    def now(self) -> datetime:
        """The moment as this till believes it."""
        return self._true.now() + self.offset

    def monotonic(self) -> float:
        """Seconds that never jump."""
        return self._true.monotonic()

"""Time and ids, handed in so that tests and simulations own them."""

import os
import time
import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Protocol

from pos.domain.shop_time import BEIJING as BEIJING  # noqa: PLC0414  (others name the zone by us)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Clock(Protocol):
    """Where the time comes from."""

    def now(self) -> datetime:
        """The moment, in UTC."""

    def monotonic(self) -> float:
        """Seconds that never jump; for waiting and timeouts."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """The moment, in UTC, to the millisecond that the journal keeps."""
        now = datetime.now(UTC)
        return now.replace(microsecond=now.microsecond // 1000 * 1000)

    def monotonic(self) -> float:
        """Seconds that never jump."""
        return time.monotonic()


class Ids(Protocol):
    """Where ids come from."""

    def new(self, at: datetime) -> str:
        """A UUIDv7 for this moment."""


class RandomIds:
    """UUIDv7 from the system's random source (RFC 9562, section 5.7)."""

    def new(self, at: datetime) -> str:
        """A UUIDv7 for this moment."""
        return uuid7(at, os.urandom(10))


def uuid7(at: datetime, random: bytes) -> str:
    """Return the UUIDv7 of a moment and ten random bytes (RFC 9562, section 5.7)."""
    millis = (at - _EPOCH) // timedelta(milliseconds=1)
    raw = bytearray(millis.to_bytes(6, "big") + random)
    raw[6] = (raw[6] & 0x0F) | 0x70
    raw[8] = (raw[8] & 0x3F) | 0x80
    return str(uuid.UUID(bytes=bytes(raw)))


def shop_day(at: datetime) -> date:
    """Return the calendar day in the shop."""
    return at.astimezone(BEIJING).date()

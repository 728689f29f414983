"""Scale: the one that stands beside the till, read on a thread of its own; lost and found by itself.

Two ways of speaking. ``continuous``: ``ST,GS,+  0.750kg`` several times a second; A&D's instruction manuals (AD-4329,
EK-L) and those of many others, CAS among them. ``toledo``: the till sends ``W``, the scale answers STX, the weight in
kilograms and CR, or STX, ``?``, a byte of bits and CR (Mettler-Toledo 8217, as in the Viva's service manual).
"""

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum
from threading import Event, Thread
from typing import Protocol

from pos.clock import Clock
from pos.device.serial_line import LOOK_AGAIN_S, SerialLine, open_line
from pos.domain.errors import ScaleBelowZero, ScaleLost, ScaleOverloaded, ScaleSilent, ScaleUnstable
from pos.domain.weight import Weight
from pos.settings import ScaleSettings

_log = logging.getLogger(__name__)

FRESH_S = 1.0
"""A weight older than this is none; continuous scales speak five to ten times a second."""
ASK_EVERY_S = 0.15
LONGEST_FRAME = 64
"""Bytes; the longest in use has 24."""


class Trouble(Enum):
    """What a scale says in place of a weight."""

    MOVING = ScaleUnstable
    BELOW_ZERO = ScaleBelowZero
    OVERLOAD = ScaleOverloaded


class Scale(Protocol):
    """Whoever weighs."""

    def weigh(self) -> Weight:
        """Return what the scale shows now, steady or not.

        Raises:
            ScaleLost, ScaleSilent: it cannot be asked, or does not answer.
            ScaleUnstable, ScaleBelowZero, ScaleOverloaded: it says so, and tells no weight.
        """


@dataclass(frozen=True, slots=True)
class Speech:
    """How a scale speaks.

    Attributes:
        ask: what makes it answer; nothing for one that speaks by itself.
        frame: one whole answer.
        read: what an answer says; None for one that is no weight, such as a tare.
    """

    ask: bytes
    frame: re.Pattern[bytes]
    read: Callable[[re.Match[bytes]], Weight | Trouble | None]
    is_seven_even: bool = False


def _read_continuous(frame: re.Match[bytes]) -> Weight | Trouble | None:
    state = frame["state"]
    if state in {b"OL", b"UL"}:
        return Trouble.OVERLOAD if state == b"OL" else Trouble.BELOW_ZERO
    if frame["number"] is None:
        return None
    number = (frame["sign"] + frame["number"]).decode()
    return Weight(_grams(number, 1000 if frame["unit"] == b"kg" else 1), is_stable=state == b"ST")


def _read_toledo(frame: re.Match[bytes]) -> Weight | Trouble | None:
    if frame["number"] is not None:
        return Weight(_grams(frame["number"].decode(), 1000), is_stable=True)
    bits = frame["bits"][0]
    if bits & 2:
        return Trouble.OVERLOAD
    if bits & 4:
        return Trouble.BELOW_ZERO
    return Trouble.MOVING if bits & 1 else None


def _grams(number: str, of_one: int) -> int:
    return int((Decimal(number) * of_one).to_integral_value(ROUND_HALF_UP))


SPEECHES = {
    "continuous": Speech(
        b"",
        re.compile(
            rb"(?P<state>ST|US|OL|UL),"
            rb"(?:(?:(?:GS|NT|G |N ),?)? *(?P<sign>[+-]?) *(?P<number>[0-9]{1,8}(?:\.[0-9]{1,6})?),? *(?P<unit>kg|g)"
            rb"|[^\r\n]*) *\r\n"
        ),
        _read_continuous,
    ),
    "toledo": Speech(
        b"W",
        re.compile(rb"\x02 *(?:(?P<number>[0-9]{1,3}\.[0-9]{1,4})N?|\?(?P<bits>[\x00-\x7f]))\r"),
        _read_toledo,
        is_seven_even=True,
    ),
}


@dataclass(frozen=True, slots=True)
class _Said:
    what: Weight | Trouble
    at: float


class SerialScale:
    """A scale on a serial line.

    Args:
        told: called on the reading thread after everything the scale says, and when it is lost or found.
        look_again_s: how often a line that was lost is looked for.
    """

    def __init__(
        self,
        settings: ScaleSettings,
        clock: Clock,
        told: Callable[[], None] = lambda: None,
        *,
        look_again_s: float = LOOK_AGAIN_S,
    ) -> None:
        self._settings, self._clock, self._told = settings, clock, told
        self._speech = SPEECHES[settings.protocol]
        self._look_again_s = look_again_s
        self._said: _Said | None = None
        self._lost_because = "not opened yet"
        self._closing = Event()
        self._thread = Thread(target=self._work, name="scale", daemon=True)
        self._thread.start()

    def weigh(self) -> Weight:
        """Return what the scale shows now, steady or not; see ``Scale``."""
        said = self._said
        if self._lost_because:
            raise ScaleLost(port=self._settings.port, reason=self._lost_because)
        if said is None or self._clock.monotonic() - said.at > FRESH_S:
            raise ScaleSilent(port=self._settings.port, seconds=FRESH_S)
        if isinstance(said.what, Trouble):
            raise said.what.value
        return said.what

    def close(self) -> None:
        """Stop reading and let go of the line."""
        self._closing.set()
        self._thread.join()

    def _work(self) -> None:
        while not self._closing.is_set():
            try:
                self._follow(
                    open_line(self._settings.port, self._settings.baud, is_seven_even=self._speech.is_seven_even)
                )
            except OSError as reason:
                self._lose(str(reason))
                self._closing.wait(self._look_again_s)

    def _lose(self, reason: str) -> None:
        if not self._lost_because:
            _log.warning("the scale at %s is lost: %s", self._settings.port, reason)
        self._lost_because, self._said = reason or "lost", None
        self._told()

    def _follow(self, line: SerialLine) -> None:
        """Read until the line is lost or the till closes."""
        _log.info("the scale at %s is there", self._settings.port)
        self._lost_because = ""
        self._told()
        heard = b""
        try:
            while not self._closing.is_set():
                if self._speech.ask:
                    self._closing.wait(ASK_EVERY_S)
                    line.write(self._speech.ask)
                heard = self._take(heard + line.read(1) + line.read(line.in_waiting))
        finally:
            line.close()

    def _take(self, heard: bytes) -> bytes:
        """Take every whole answer, and return the rest."""
        end = 0
        for frame in self._speech.frame.finditer(heard):
            end = frame.end()
            what = self._speech.read(frame)
            if what is not None:
                self._said = _Said(what, self._clock.monotonic())
                self._told()
        return heard[end:][-LONGEST_FRAME:]


def open_scale(settings: ScaleSettings, clock: Clock, told: Callable[[], None] = lambda: None) -> SerialScale | None:
    """Begin to read the scale that is set up; None when there is none."""
    return SerialScale(settings, clock, told) if settings.port else None

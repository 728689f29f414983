"""Pole: a display of eight digits on a pole (LED8), with a lamp for what the number is.

``ESC s n`` lights a lamp, ``ESC Q A`` digits ``CR`` shows a number, ``FF`` clears: the command set that such displays
share with CD5220.
"""

import logging
from enum import IntEnum
from threading import Condition, Thread

from pos.device.serial_line import LOOK_AGAIN_S, Writing, open_writing
from pos.domain.errors import PoleLost
from pos.domain.money import Money
from pos.settings import PoleSettings

_log = logging.getLogger(__name__)

CLEAR = b"\x0c"
_LOST = b"lost"
LARGEST = Money(99_999_999)
"""Eight digits, two of them behind the point."""


class Lamp(IntEnum):
    """What a number is."""

    PRICE = 1
    TOTAL = 2
    RECEIVED = 3
    CHANGE = 4


def frame(lamp: Lamp, amount: Money) -> bytes:
    """Return the bytes that show an amount; one without room clears the display, as none beats a wrong one."""
    if not 0 <= amount.fen <= LARGEST.fen:
        return CLEAR
    return f"\x1bs{lamp.value}\x1bQA{amount.yuan}\r".encode("ascii")


class Pole:
    """A pole display; who shows something never waits for it, and only the newest is shown.

    Args:
        look_again_s: how often a display that was lost is looked for.
    """

    def __init__(self, settings: PoleSettings, *, look_again_s: float = LOOK_AGAIN_S) -> None:
        self._settings, self._look_again_s = settings, look_again_s
        self._line: Writing | None = None
        self._wanted, self._shown = CLEAR, b""
        self._is_closing = False
        self._change = Condition()
        self._thread = Thread(target=self._work, name="pole", daemon=True)
        self._thread.start()

    def show(self, lamp: Lamp, amount: Money) -> None:
        """Show an amount."""
        self._want(frame(lamp, amount))

    def clear(self) -> None:
        """Show nothing."""
        self._want(CLEAR)

    @property
    def trouble(self) -> PoleLost | None:
        """Why nobody reads it now; None while it shows what it should."""
        return PoleLost(port=self._settings.port) if self._shown == _LOST else None

    def close(self) -> None:
        """Clear the display and let go of it."""
        with self._change:
            self._wanted, self._is_closing = CLEAR, True
            self._change.notify()
        self._thread.join()

    def _want(self, wanted: bytes) -> None:
        with self._change:
            self._wanted = wanted
            self._change.notify()

    def _work(self) -> None:
        is_closing = False
        while not is_closing:
            with self._change:
                self._change.wait_for(lambda: self._wanted != self._shown or self._is_closing)
                wanted, is_closing = self._wanted, self._is_closing
            if self._send(wanted):
                self._shown = wanted
            elif not is_closing:
                self._wait_to_look_again()
        if self._line:
            self._line.close()

    def _wait_to_look_again(self) -> None:
        with self._change:
            self._change.wait_for(lambda: self._is_closing, self._look_again_s)

    def _send(self, wanted: bytes) -> bool:
        try:
            self._line = self._line or open_writing(self._settings.port, self._settings.baud)
            self._line.write(wanted)
        except OSError as reason:
            self._lose(reason)
            return False
        return True

    def _lose(self, reason: OSError) -> None:
        if self._line or not self._shown:
            _log.warning("the pole display at %s is lost: %s", self._settings.port, reason)
        if self._line:
            self._line.close()
        self._line, self._shown = None, _LOST


def open_pole(settings: PoleSettings) -> Pole | None:
    """Open the display that is set up; None when there is none."""
    return Pole(settings) if settings.port else None

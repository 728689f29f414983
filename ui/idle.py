"""Idle: a till that nobody has touched for a while locks itself; the cart stays, and money under way is left alone."""

from PySide6.QtCore import QObject

from ui.counter import Counter
from ui.stage import Stage
from ui.timers import timer


class IdleLock(QObject):
    """Locks the counter so long after the last touch, scan or change of its stage.

    Args:
        after_ms: 0 for never.
    """

    def __init__(self, counter: Counter, after_ms: int) -> None:
        super().__init__()
        self._counter, self._is_on = counter, after_ms > 0
        self._locking = timer(self, after_ms, self._lock, once=True)
        counter.basket.scanned.connect(lambda _is_good: self.wait_anew())
        counter.stage_changed.connect(lambda _stage: self.wait_anew())

    def wait_anew(self) -> None:
        """Note that somebody is there."""
        if self._is_on:
            self._locking.start()

    def _lock(self) -> None:
        is_paying = self._counter.stage.is_paying and self._counter.stage is not Stage.MONEY_HERE
        if is_paying or self._counter.hold.is_on:
            self.wait_anew()
        elif self._counter.stage is not Stage.SIGN_IN:
            self._counter.sign_out()

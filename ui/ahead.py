"""Ahead: what the start left for later is done while nobody touches the till, a little at a time."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject

from ui.counter import Counter
from ui.timers import timer

QUIET_MS = 1_500
"""So long after the last touch, scan or change of stage nobody is waiting for anything."""
BETWEEN_MS = 50
"""Between two steps, for whatever else the till has to do."""


def make_one(of: object, names: Iterable[str]) -> bool:
    """Make the first of something's cached properties that is not there yet; False when all are."""
    name = next((each for each in names if each not in vars(of)), None)
    if name is not None:
        getattr(of, name)
    return name is not None


class Ahead(QObject):
    """Takes its steps one by one once the till is quiet; what somebody asks for sooner is made when they do.

    Args:
        steps: each does a little and says whether there was anything to do.
    """

    def __init__(self, counter: Counter, *steps: Callable[[], bool]) -> None:
        super().__init__()
        self._counter, self._steps = counter, steps
        self._waiting = timer(self, QUIET_MS, self._take_step, once=True)
        counter.basket.scanned.connect(lambda _is_good: self.wait_anew())
        counter.stage_changed.connect(lambda _stage: self.wait_anew())

    def wait_anew(self) -> None:
        """Note that somebody is there."""
        self._waiting.start(QUIET_MS)

    def stop(self) -> None:
        """Leave the rest to whoever asks for it."""
        self._waiting.stop()

    def _take_step(self) -> None:
        if self._counter.stage.is_paying:
            self.wait_anew()
        elif any(step() for step in self._steps):
            self._waiting.start(BETWEEN_MS)

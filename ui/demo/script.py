"""Script: run a play of steps on the screen's own event loop, waiting for what must come true.

A play is a generator that yields conditions; the next step runs once the condition holds.
"""

from collections.abc import Callable, Generator

from PySide6.QtCore import QObject, QTimer, Signal

from pos.domain.errors import PosError

Play = Generator["Until", None, None]

LOOK_EVERY_MS = 30


class DemoStuck(PosError):
    """The play waited for ``what`` and it never came."""

    code = "P-900"


class Until:
    """A condition that must come true within ``seconds``."""

    def __init__(self, what: str, is_true: Callable[[], bool], seconds: float = 30) -> None:
        self.what, self.is_true, self.looks_left = what, is_true, int(seconds * 1000 / LOOK_EVERY_MS)


class Script(QObject):
    """Plays a generator to its end; ``finished`` carries None or the PosError that stopped it."""

    finished = Signal(object)

    def __init__(self, play: Play) -> None:
        super().__init__()
        self._play = play
        self._until: Until | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        """Begin."""
        self._timer.start()

    def _look(self) -> None:
        if self._until and not self._until.is_true():
            self._until.looks_left -= 1
            if self._until.looks_left <= 0:
                self._end(DemoStuck(what=self._until.what))
            return
        try:
            self._until = next(self._play)
        except StopIteration:
            self._end(None)
        except PosError as error:
            self._end(error)
        except Exception as error:
            self._end(DemoStuck(what=repr(error)))
            raise

    def _end(self, error: PosError | None) -> None:
        self._timer.stop()
        self._play.close()
        self.finished.emit(error)

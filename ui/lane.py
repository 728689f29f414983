"""Lane: one thread that does one thing after another, and answers on the screen's thread.

The order of tasks is the order of their coming, so the data needs no locks.
"""

import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from pos.domain.errors import PosError

_log = logging.getLogger(__name__)


class Closeable(Protocol):
    """What a lane works with: made and let go of on the lane's own thread."""

    def close(self) -> None:
        """Let go of it."""


C = TypeVar("C", bound=Closeable)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Task:
    do: Callable[[Any], Any]
    then: Callable[[Any], None]
    failed: Callable[[PosError], None]


class _Answers(QObject):
    """Brings answers over; it lives on the screen's thread, so its slots run there."""

    came = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self.came.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def _deliver(self, give: Callable[[Any], None], answer: object) -> None:
        give(answer)


class Lane(Generic[C]):
    """A thread with a context of its own, such as a Till with its connection.

    Args:
        make: opens the context, on the lane's thread, when the first task comes; again after it failed.
        on_bug: told of what is no PosError, on the screen's thread; the lane lives on.
    """

    def __init__(self, make: Callable[[], C], name: str, on_bug: Callable[[Exception], None] | None = None) -> None:
        self._make, self._on_bug = make, on_bug or (lambda _error: None)
        self._answers = _Answers()
        self._tasks: queue.SimpleQueue[_Task | None] = queue.SimpleQueue()
        self._context: C | None = None
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._thread.start()

    def run(self, task: Callable[[C], T], then: Callable[[T], None], failed: Callable[[PosError], None]) -> None:
        """Do a task after those that came before; ``then`` or ``failed`` is called on the screen's thread."""
        self._tasks.put(_Task(task, then, failed))

    def close(self) -> None:
        """Finish what was asked for, then end; answers not yet given are dropped: who asked may be gone."""
        self._tasks.put(None)
        self._thread.join()
        shiboken6.delete(self._answers)

    def _work(self) -> None:
        while (task := self._tasks.get()) is not None:
            self._do(task)
        if self._context is not None:
            self._context.close()

    def _do(self, task: _Task) -> None:
        try:
            if self._context is None:
                self._context = self._make()
            answer = task.do(self._context)
        except PosError as error:
            self._answers.came.emit(task.failed, error)
        except Exception as error:  # noqa: BLE001  (a bug is logged whole and told; the lane lives on)
            _log.exception("a bug on lane %s", self._thread.name)
            self._answers.came.emit(self._on_bug, error)
            self._answers.came.emit(task.failed, Bug(reason=type(error).__name__))
        else:
            self._answers.came.emit(task.then, answer)


class Bug(PosError):
    """Something in the program itself went wrong (``reason``); it is in the log, and nothing is half done."""

    code = "P-999"

"""Waiting: one answer that is still to come from a lane, to a page that must be there then."""

from collections.abc import Callable
from typing import TypeVar

from pos.domain.errors import PosError
from pos.till.till import Till
from ui.lane import Lane

T = TypeVar("T")
Failed = Callable[[PosError], None]


class Waiting:
    """Counts what is asked and not answered yet."""

    def __init__(self) -> None:
        self._count = 0

    @property
    def is_busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._count > 0

    def run(self, lane: Lane[Till], task: Callable[[Till], T], then: Callable[[T], None], failed: Failed) -> None:
        """Do a task on a lane."""
        self._count += 1

        def answered(found: T) -> None:
            self._count -= 1
            then(found)

        def refused(error: PosError) -> None:
            self._count -= 1
            failed(error)

        lane.run(task, answered, refused)

"""A film passes at its own pace, whatever else the machine has to do."""

from collections.abc import Callable

import numpy as np
import pytest

from pos.scan.film import UNPACKED_S, played
from pos.scan.frame import Frame

FRAMES = [np.full((2, 2, 3), number, np.uint8) for number in range(10)]


class Worker:
    """Somebody who is at work for so many seconds a look, on a clock of their own."""

    def __init__(self, takes_s: float) -> None:
        """Take how long a look lasts."""
        self.takes_s, self.spent, self.looked_at = takes_s, 0.0, list[int]()

    def look(self, frame: Frame, at: float) -> float:
        """Work on a frame, and return its time."""
        self.spent += self.takes_s
        self.looked_at.append(int(frame[0, 0, 0]))
        return at

    @property
    def busy(self) -> Callable[[], float]:
        """How long the work took so far."""
        return lambda: self.spent


def test_who_is_quicker_than_the_film_looks_at_every_frame_when_it_comes() -> None:
    worker = Worker(0.02)
    looks = list(played(worker.look, enumerate(FRAMES), 30, worker.busy))
    assert worker.looked_at == list(range(10))
    assert [look.what for look in looks] == pytest.approx([number / 30 for number in range(10)])
    assert looks[3].until == pytest.approx(3 / 30 + 0.02 + UNPACKED_S)


def test_who_is_slower_takes_the_newest_frame_and_misses_what_passed_meanwhile() -> None:
    """A look of 95 ms and 5 before it: three frames of 30 a second pass."""
    worker = Worker(0.095)
    looks = list(played(worker.look, enumerate(FRAMES), 30, worker.busy))
    assert worker.looked_at == [0, 3, 6, 9]
    assert [look.until for look in looks] == pytest.approx([0.1, 0.2, 0.3, 0.4])


def test_where_there_is_no_frame_time_goes_on() -> None:
    worker = Worker(0)
    assert [look.what for look in played(worker.look, [(1, FRAMES[1])], 10, worker.busy)] == [pytest.approx(0.1)]

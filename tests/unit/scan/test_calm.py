"""A calm counter costs a trickle; whatever moves ends that at once."""

import numpy as np
import pytest

from pos.scan.camera import FramesSource
from pos.scan.frame import Frame
from pos.scan.report import Hint, Hooks, Mark, Preview
from pos.scan.scanner import Scanner
from pos.scan.seen import Seen, Symbology
from pos.scan.watch import CALM_AFTER_S, CALM_LOOK_EVERY_S, LOOK_EVERY_S, SETTLED_S, Watch
from tests.fake_time import FakeClock

LABEL = ((100, 100), (290, 100), (290, 220), (100, 220))


class Counter:
    """A watch whose camera thread is the test, on a clock that moves when the test says so."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.shown: list[Preview] = []
        scanner = Scanner(None, on_code=print)
        hooks = Hooks(print, self.shown.append, print, print)
        self.watch = Watch(FramesSource("drawn", list), scanner._eye, hooks, self.clock)
        self.steady = scanner._eye.steady

    def show(self, seconds: float, level: int = 120) -> None:
        """Let seconds of frames of one level go by."""
        for turn in range(round(seconds * 30)):
            self.clock.advance(1 / 30)
            self.watch._show(_frame(level, turn), self.clock.monotonic())

    @property
    def rest_s(self) -> float:
        """How long the watch rests now."""
        return self.watch._rest_s(self.clock.monotonic())


def _frame(level: int, turn: int) -> Frame:
    frame = np.full((360, 640, 3), level, np.uint8)
    frame[turn % 360, turn % 7] += 4  # a live sensor
    return frame


@pytest.fixture
def counter() -> Counter:
    """A counter before a watch whose clock is ours."""
    return Counter()


def test_a_calm_counter_is_looked_at_three_times_a_second(counter: Counter) -> None:
    counter.show(CALM_AFTER_S - 0.2)
    assert counter.rest_s == pytest.approx(LOOK_EVERY_S)
    counter.show(0.4)
    assert counter.rest_s == pytest.approx(CALM_LOOK_EVERY_S)


def test_movement_wakes_the_reading_thread_at_once(counter: Counter) -> None:
    counter.show(CALM_AFTER_S + 0.2)
    counter.watch._woken.clear()
    counter.show(1)
    assert not counter.watch._woken.is_set()
    counter.show(1 / 10, level=160)
    assert counter.watch._woken.is_set()
    assert counter.rest_s == 0
    counter.show(SETTLED_S, level=160)
    assert counter.rest_s == pytest.approx(LOOK_EVERY_S)


def test_something_brought_is_looked_at_at_once_though_the_counter_was_not_calm(counter: Counter) -> None:
    counter.show(1)
    counter.watch._woken.clear()
    counter.show(0.3)
    assert not counter.watch._woken.is_set()
    counter.show(1 / 30, level=160)
    assert counter.watch._woken.is_set(), "what comes does not wait for the next look in turn"


def test_a_calm_counter_is_shown_ten_times_a_second_and_thirty_times_once_something_moves(counter: Counter) -> None:
    counter.show(CALM_AFTER_S + 0.2)
    counter.shown.clear()
    counter.show(2)
    assert 19 <= len(counter.shown) <= 21
    counter.shown.clear()
    counter.show(1, level=160)
    assert 27 <= len(counter.shown) <= 31


def test_while_a_code_is_in_sight_the_counter_is_not_calm(counter: Counter) -> None:
    counter.show(CALM_AFTER_S + 0.2)
    counter.watch._marks = counter.clock.monotonic(), [Mark(LABEL, is_counted=True)]
    assert counter.rest_s == pytest.approx(LOOK_EVERY_S)
    counter.show(CALM_AFTER_S + 0.2)
    assert counter.rest_s == pytest.approx(CALM_LOOK_EVERY_S)


def test_what_is_undecided_is_looked_at_without_rest(counter: Counter) -> None:
    counter.show(CALM_AFTER_S + 0.2)
    counter.steady.note([Seen("6901234567892", Symbology.EAN13, LABEL, "zxing")], counter.clock.monotonic())
    assert counter.rest_s == 0


def test_the_hint_comes_with_the_preview(counter: Counter) -> None:
    counter.show(4, level=10)
    hints = [preview.hint for preview in counter.shown]
    assert (hints[0], hints[-1]) == (Hint.NONE, Hint.MORE_LIGHT)


def test_a_driver_that_gives_the_same_picture_again_and_again_is_told(counter: Counter) -> None:
    for _ in range(7 * 30):
        counter.clock.advance(1 / 30)
        counter.watch._show(_frame(120, 0), counter.clock.monotonic())
    assert counter.shown[-1].hint is Hint.FROZEN

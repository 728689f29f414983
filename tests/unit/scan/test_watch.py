"""Pace: a film at its own speed, on a clock handed in."""

import pytest

from pos.scan.watch import Pace


class Time:
    """A clock that moves only when somebody waits or works."""

    def __init__(self) -> None:
        self.now = 50.0
        self.waited: list[float] = []

    def monotonic(self) -> float:
        return self.now

    def wait(self, seconds: float) -> None:
        self.waited.append(seconds)
        self.now += seconds


def test_frames_are_due_one_after_the_other_from_the_first() -> None:
    time = Time()
    pace = Pace(time.monotonic, time.wait)
    shown = [pace.keep(25) for _ in range(5)]
    assert shown == pytest.approx([50.0, 50.04, 50.08, 50.12, 50.16])


def test_work_between_frames_does_not_slow_the_film() -> None:
    time = Time()
    pace = Pace(time.monotonic, time.wait)
    shown = []
    for _ in range(5):
        shown.append(pace.keep(25))
        time.now += 0.03
    assert shown == pytest.approx([50.0, 50.04, 50.08, 50.12, 50.16])


def test_a_short_hold_up_is_made_good() -> None:
    time = Time()
    pace = Pace(time.monotonic, time.wait)
    pace.keep(25)
    time.now += 0.1
    shown = [pace.keep(25) for _ in range(4)]
    assert shown == pytest.approx([50.1, 50.1, 50.12, 50.16])


def test_after_a_long_hold_up_the_film_goes_on_without_hurry() -> None:
    time = Time()
    pace = Pace(time.monotonic, time.wait)
    pace.keep(25)
    time.now += 60
    shown = [pace.keep(25) for _ in range(3)]
    assert shown == pytest.approx([110.0, 110.04, 110.08])


def test_a_camera_sets_its_own_pace() -> None:
    time = Time()
    pace = Pace(time.monotonic, time.wait)
    assert [pace.keep(0) for _ in range(100)] == [50.0] * 100
    assert time.waited == []

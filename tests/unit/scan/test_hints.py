"""What a person is told about lamp, lens and driver: late enough to be true, and without flicker."""

from collections.abc import Callable, Iterator
from itertools import islice

import numpy as np
import pytest

from pos.sandbox import scene
from pos.scan.camera import reduced
from pos.scan.frame import Frame
from pos.scan.hints import Hints, sharpness_of
from pos.scan.opencv import load
from pos.scan.report import Hint

FULL_HD = 1920, 1080


class Person:
    """Somebody who looks at the screen five times a second."""

    def __init__(self) -> None:
        self.hints = Hints()
        self.at = 100.0

    def watch(self, seconds: float, draw: Callable[[], Frame], *, is_still: bool = True) -> list[Hint]:
        """What is told, each change of it once."""
        told = [self.hints.hint]
        for _ in range(round(seconds * 5)):
            frame = draw()
            hint = self.hints.note(frame, reduced(frame, 640), self.at, is_still=is_still)
            told += [hint] if hint is not told[-1] else []
            self.at += 0.2
        return told[1:]


@pytest.fixture
def person() -> Person:
    """Somebody before the camera."""
    return Person()


@pytest.fixture(scope="module")
def label() -> Frame:
    """A package under the camera, at rest."""
    act = scene.show_product("6901234567892", 10, "GREEN TEA")
    return next(islice(scene.frames(scene.Scene([act]), size=FULL_HD), 20, None))


def alive(picture: Frame) -> Callable[[], Frame]:
    """The picture as a live sensor gives it: never twice the same."""
    turns: Iterator[int] = iter(range(10**6))

    def draw() -> Frame:
        frame = picture.copy()
        frame[next(turns) % len(frame), :3] ^= 0x3F
        return frame

    return draw


def flat(level: int) -> Frame:
    """A frame of one gray."""
    return np.full((270, 480, 3), level, np.uint8)


def smeared(picture: Frame, spread: float) -> Frame:
    """A picture through a dirty lens."""
    return np.asarray(load().GaussianBlur(picture, (0, 0), spread))


def test_nothing_is_told_of_a_good_picture(person: Person, label: Frame) -> None:
    assert person.watch(8, alive(label)) == []


def test_a_dark_picture_asks_for_light_and_no_more_once_there_is_light(person: Person) -> None:
    assert person.watch(1.5, alive(flat(12))) == []
    assert person.watch(2, alive(flat(12))) == [Hint.MORE_LIGHT]
    assert person.watch(3, alive(flat(90))) == [Hint.NONE]


def test_a_black_mat_under_a_lamp_is_not_dark(person: Person) -> None:
    assert person.watch(6, alive(flat(57))) == []


def test_a_shadow_that_passes_is_not_told(person: Person) -> None:
    for _ in range(4):
        assert person.watch(1.5, alive(flat(12))) == []
        assert person.watch(0.6, alive(flat(90))) == []


def test_light_at_the_limit_does_not_make_the_hint_flicker(person: Person) -> None:
    person.watch(4, alive(flat(30)))
    for level in (39, 41, 45, 49, 41, 39) * 3:
        assert person.watch(0.7, alive(flat(level))) == []


def test_a_black_camera_is_dark_and_not_frozen(person: Person) -> None:
    assert person.watch(12, lambda: flat(0)) == [Hint.MORE_LIGHT]


def test_a_picture_that_does_not_change_by_one_pixel_is_frozen_until_it_does(person: Person, label: Frame) -> None:
    assert person.watch(4.5, lambda: label) == []
    assert person.watch(2, lambda: label) == [Hint.FROZEN]
    assert person.watch(1, alive(label)) == [Hint.NONE]


def test_a_lens_out_of_focus_wants_cleaning_until_it_is_sharp(person: Person, label: Frame) -> None:
    dirty = alive(smeared(label, 6))
    assert person.watch(3.5, dirty) == []
    assert person.watch(2, dirty) == [Hint.CLEAN_LENS]
    assert person.watch(2.5, alive(label)) == [Hint.NONE]


def test_what_moves_says_nothing_about_the_lens(person: Person, label: Frame) -> None:
    assert person.watch(8, alive(smeared(label, 6)), is_still=False) == []


def test_an_empty_counter_says_nothing_about_the_lens(person: Person) -> None:
    counter = next(scene.frames(scene.Scene([scene.empty(1)]), size=FULL_HD))
    assert sharpness_of(counter[..., 1]) is None
    assert person.watch(8, alive(counter)) == []


def test_sharpness_falls_as_the_lens_goes_out_of_focus(label: Frame) -> None:
    told = [sharpness_of(smeared(label, spread)[..., 1]) or 0.0 for spread in (0.5, 1.5, 3, 6)]
    assert told == sorted(told, reverse=True)
    assert told[0] > 0.8
    assert told[-1] < 0.35


@pytest.mark.parametrize("shape", [(1, 1920, 3), (1080, 1, 3), (2, 2, 3)])
def test_a_sliver_of_a_picture_is_no_trouble(person: Person, shape: tuple[int, ...]) -> None:
    assert Hint.CLEAN_LENS not in person.watch(6, lambda: np.full(shape, 90, np.uint8))

"""Anything that moves is seen; noise and a still counter are not."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from pos.sandbox import scene
from pos.scan.camera import reduced
from pos.scan.frame import Frame
from pos.scan.motion import Motion
from pos.scan.opencv import load


@lru_cache
def grain(noise: int) -> NDArray[np.int16]:
    """A sensor's grain, the same each time."""
    return np.rint(np.random.default_rng(1).normal(0, noise, (1080, 1920, 1))).astype(np.int16)


def counter(noise: int = 0, turn: int = 0) -> Frame:
    """An empty counter; each turn has the sensor's noise at another place."""
    bare = np.full((1080, 1920, 1), 120, np.int16)
    noisy = bare + np.roll(grain(noise), 7 * turn, (0, 1)) if noise else bare
    return np.repeat(noisy.clip(0, 255).astype(np.uint8), 3, axis=2)


def note(motion: Motion, frame: Frame, at: float) -> bool:
    """Show the motion a frame as the watch does, and return whether it moved."""
    return motion.note(reduced(frame, 640), at)


def test_the_first_picture_is_movement() -> None:
    motion = Motion()
    assert note(motion, counter(), 5.0)
    assert motion.moved_at == 5.0


def test_the_noise_of_a_dim_sensor_is_not_movement() -> None:
    motion = Motion()
    note(motion, counter(12), 0)
    assert not any(note(motion, counter(12, turn), turn) for turn in range(1, 6))
    assert motion.moved_at == 0


def test_an_empty_counter_as_a_camera_sees_it_is_still_and_goods_that_come_are_not() -> None:
    film = scene.frames(scene.Scene([scene.empty(1), scene.show_product("6901234567892", 1)]))
    motion = Motion()
    moved = [turn for turn, frame in enumerate(film) if note(motion, frame, turn)]
    assert moved[:2] == [0, 31]  # the first frame, and the second of the goods: in the first they are out of view


def test_a_centimetre_of_something_in_any_corner_is_movement() -> None:
    for top, left in ((0, 0), (0, 1856), (1016, 0), (1016, 1856), (500, 900)):
        motion = Motion()
        note(motion, counter(5), 0)
        frame = counter(5, 1)
        frame[top : top + 64, left : left + 64] = 150
        assert note(motion, frame, 1)


def test_what_creeps_counts_in_the_end() -> None:
    motion = Motion()
    label = scene.show_product("6901234567892", 60)
    still = list(scene.frames(scene.Scene([label]), fps=1, size=(640, 360)))[30]
    note(motion, still, 0)
    shift = load().warpAffine
    crept = [shift(still, np.array([[1, 0, pixels / 4], [0, 1, 0]]), (640, 360)) for pixels in range(1, 13)]
    assert any(motion.note(frame, 1) for frame in crept)


def test_another_size_of_picture_is_movement() -> None:
    motion = Motion()
    motion.note(np.zeros((360, 640, 3), np.uint8), 0)
    assert motion.note(np.zeros((480, 640, 3), np.uint8), 1)


def test_a_picture_of_one_pixel_is_a_picture() -> None:
    motion = Motion()
    motion.note(np.zeros((1, 1, 3), np.uint8), 0)
    assert not motion.note(np.zeros((1, 1, 3), np.uint8), 1)

"""The drawn counter: quick to draw, plain to read, the same for the same seed."""

import time
from pathlib import Path

import numpy as np
import pytest
import zxingcpp
from pyzbar import pyzbar

from pos.domain.errors import VideoNotWritten
from pos.sandbox.scene import Act, Scene, empty, frames, show_phone, show_product, write_video
from pos.scan.frame import Frame
from pos.scan.opencv import load

TEA = "6901234567892"
PAYMENT = "287612345678901234"


def drawn(*acts: Act, seed: int = 0, size: tuple[int, int] = (1280, 720)) -> list[Frame]:
    """A scene's frames."""
    return list(frames(Scene(acts), 30, size, seed))


def read_by_zxing(frame: Frame) -> set[str]:
    """What zxing reads in a frame."""
    return {barcode.text for barcode in zxingcpp.read_barcodes(frame)}


def read_by_zbar(frame: Frame) -> set[str]:
    """What zbar reads in a frame."""
    return {symbol.data.decode() for symbol in pyzbar.decode(frame)}


def test_a_scene_is_as_long_as_its_acts() -> None:
    scene = Scene([show_product(TEA, 1.0), empty(0.5), show_phone(PAYMENT, 1.5)])
    assert scene.seconds == 3.0
    shot = list(frames(scene, fps=10, size=(640, 360)))
    assert len(shot) == 30
    assert {(each.shape, each.dtype.name, each.flags.c_contiguous) for each in shot} == {((360, 640, 3), "uint8", True)}


def test_each_frame_is_one_of_its_own() -> None:
    shot = drawn(empty(0.2), show_product(TEA, 0.4))
    shot[0][:] = 0
    assert shot[1].mean() > 20
    assert not np.array_equal(shot[1], shot[2])


def test_the_same_seed_draws_the_same_and_another_seed_another_scene() -> None:
    acts = show_product(TEA, 0.5), show_phone(PAYMENT, 0.5)
    first, again, other = (drawn(*acts, seed=seed) for seed in (1, 1, 2))
    assert all(np.array_equal(one, two) for one, two in zip(first, again, strict=True))
    assert not np.array_equal(first[8], other[8])


@pytest.mark.parametrize("seed", range(4))
def test_goods_at_rest_are_read_by_zxing_and_by_zbar(seed: int) -> None:
    at_rest = drawn(show_product(TEA, 1.2), seed=seed)[13:23:2]
    by_zxing = sum(read_by_zxing(frame) == {TEA} for frame in at_rest)
    by_zbar = sum(read_by_zbar(frame) == {TEA} for frame in at_rest)
    assert by_zxing >= 4
    assert by_zbar >= 4


def test_a_phone_at_rest_shows_its_code_in_bars_and_as_a_square() -> None:
    frame = drawn(show_phone(PAYMENT, 1.5))[22]
    read = zxingcpp.read_barcodes(frame)
    assert {(each.format.name, each.text) for each in read} == {("Code128", PAYMENT), ("QRCode", PAYMENT)}


def test_a_payment_code_of_letters_is_shown_as_a_square() -> None:
    face = "fp" + "0123456789abcdefghijklmnopqrstuvw"
    assert read_by_zxing(drawn(show_phone(face, 1.5))[22]) == {face}


def test_an_empty_counter_shows_no_code() -> None:
    for frame in drawn(empty(0.1)):
        assert read_by_zxing(frame) == set()
        assert read_by_zbar(frame) == set()


def test_goods_come_from_outside_the_picture_and_leave_it() -> None:
    bare = drawn(empty(0.1))[0].astype(int)
    shot = drawn(show_product(TEA, 1.5))
    covered = [int((np.abs(frame.astype(int) - bare).max(axis=2) > 60).sum()) for frame in shot]
    assert covered[0] < covered[22] / 3
    assert covered[-1] < covered[22] / 3


def test_a_name_is_printed_and_chinese_does_not_become_question_marks() -> None:
    named = drawn(show_product(TEA, 1.0, "LONGJING TEA"))[15]
    chinese = drawn(show_product(TEA, 1.0, "龙井茶"))[15]
    nameless = drawn(show_product(TEA, 1.0))[15]
    assert not np.array_equal(named, nameless)
    assert np.array_equal(chinese, nameless)


def test_an_act_does_not_tell_its_payment_code() -> None:
    assert PAYMENT not in repr(Scene([show_phone(PAYMENT, 1.0)]))


def test_a_film_of_three_seconds_is_written_in_less_and_plays_back(tmp_path: Path) -> None:
    path = tmp_path / "film.avi"
    began = time.process_time()
    write_video(path, frames(Scene([show_product(TEA, 3.0)])), fps=30)
    assert time.process_time() - began < 3.0
    capture = load().VideoCapture(str(path))
    read = [capture.read()[1] for _ in range(90)]
    assert not capture.read()[0]
    assert capture.get(load().CAP_PROP_FPS) == pytest.approx(30)
    assert read_by_zxing(read[45]) == {TEA}


def test_a_film_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(VideoNotWritten, match="nowhere"):
        write_video(tmp_path / "nowhere" / "film.avi", frames(Scene([empty(0.1)])))


def test_only_real_numbers_are_drawn() -> None:
    with pytest.raises(AssertionError):
        show_product("6901234567893", 1.0)

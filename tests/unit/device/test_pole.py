"""A pole display on a real pseudo-terminal: the newest number, the right lamp, and nobody waits for it.

The commands are those of the LED8 displays: ESC s 1..4 price, total, received, change; ESC Q A digits CR.
"""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.device.pole import CLEAR, Lamp, Pole, frame, open_pole
from pos.domain.money import Money
from pos.settings import PoleSettings
from tests.serial_devices import PluggedIn


def until(is_so: Callable[[], bool]) -> None:
    """Look again and again, on a thread that has nothing else to do."""
    ends = time.monotonic() + 20
    while not is_so():
        assert time.monotonic() < ends, "it never came to be so"


@pytest.mark.parametrize(
    ("lamp", "fen", "sent"),
    [
        (Lamp.PRICE, 250, b"\x1bs1\x1bQA2.50\r"),
        (Lamp.TOTAL, 1280, b"\x1bs2\x1bQA12.80\r"),
        (Lamp.RECEIVED, 10_000, b"\x1bs3\x1bQA100.00\r"),
        (Lamp.CHANGE, 0, b"\x1bs4\x1bQA0.00\r"),
        (Lamp.TOTAL, 99_999_999, b"\x1bs2\x1bQA999999.99\r"),
        (Lamp.TOTAL, 100_000_000, CLEAR),
        (Lamp.TOTAL, -1, CLEAR),
    ],
)
def test_an_amount_is_shown_with_its_lamp_or_not_at_all(lamp: Lamp, fen: int, sent: bytes) -> None:
    assert frame(lamp, Money(fen)) == sent


@given(st.integers(0, 99_999_999), st.sampled_from(Lamp))
def test_a_number_never_has_more_digits_than_the_display(fen: int, lamp: Lamp) -> None:
    digits = frame(lamp, Money(fen)).removeprefix(f"\x1bs{lamp.value}\x1bQA".encode()).removesuffix(b"\r")
    assert len(digits.replace(b".", b"")) <= 8
    assert round(float(digits) * 100) == fen


def test_the_display_is_cleared_at_the_start_and_at_the_end(tmp_path: Path) -> None:
    device = PluggedIn(tmp_path / "ttyPole")
    pole = Pole(PoleSettings(str(device.port)))
    assert device.hear(1) == CLEAR
    pole.show(Lamp.TOTAL, Money(1280))
    assert device.hear(12) == b"\x1bs2\x1bQA12.80\r"
    pole.show(Lamp.CHANGE, Money(720))
    assert device.hear(11) == b"\x1bs4\x1bQA7.20\r"
    pole.close()
    assert device.hear(1) == CLEAR
    device.close()


def test_a_display_that_comes_late_shows_the_newest_number(tmp_path: Path) -> None:
    device = PluggedIn(tmp_path / "ttyPole")
    device.pull_out()
    pole = Pole(PoleSettings(str(device.port)), look_again_s=0.01)
    for fen in (100, 200, 1280):
        pole.show(Lamp.TOTAL, Money(fen))
    device.plug_in()
    assert device.hear_until(b"\x1bs2\x1bQA12.80\r")
    pole.close()
    assert device.hear(1) == CLEAR, "nothing older comes after it"
    device.close()


def test_a_display_that_was_pulled_out_is_found_again(tmp_path: Path) -> None:
    device = PluggedIn(tmp_path / "ttyPole")
    pole = Pole(PoleSettings(str(device.port)), look_again_s=0.01)
    assert device.hear(1) == CLEAR
    assert pole.trouble is None
    device.pull_out()
    pole.show(Lamp.TOTAL, Money(1280))
    until(lambda: pole.trouble is not None)
    device.plug_in()
    assert device.hear_until(b"\x1bs2\x1bQA12.80\r")
    until(lambda: pole.trouble is None)
    pole.close()
    device.close()


def test_a_display_may_be_behind_a_file(tmp_path: Path) -> None:
    file = tmp_path / "pole"
    file.touch()
    pole = Pole(PoleSettings(str(file)))
    pole.show(Lamp.TOTAL, Money(1280))
    pole.close()
    assert file.read_bytes().endswith(CLEAR)


def test_without_a_display_nothing_is_opened_and_a_till_can_close(tmp_path: Path) -> None:
    assert open_pole(PoleSettings()) is None
    Pole(PoleSettings(str(tmp_path / "nowhere"))).close()

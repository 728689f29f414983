"""A scale on a real pseudo-terminal, read by the real library: steady or not, too much, gone, and back again.

The frames are those of the makers' manuals: A&D AD-4329 ("ST,GS,+0012.34kg"), A&D EK-L ("ST,+00123.4  g"), Tiger TI-02P
("ST,GS   1.250,kg"), Dini Argeo LTP ("01ST,GS,     0.0,kg"); Mettler-Toledo 8217: STX, weight, CR or STX, ?, bits, CR.
"""

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.device.scale import SPEECHES, SerialScale, Trouble, open_scale
from pos.domain.errors import (
    DeviceError,
    ScaleBelowZero,
    ScaleLost,
    ScaleOverloaded,
    ScaleSilent,
    ScaleUnstable,
)
from pos.domain.weight import Weight, settled
from pos.settings import ScaleSettings
from tests.fake_time import FakeClock
from tests.serial_devices import AskedScale, PluggedIn

LONG_S = 10.0
"""For threads to do what they do in milliseconds; a test that waits this long has failed."""


class Watched:
    """A scale that is being read, and a way to wait for what it makes of what was said."""

    def __init__(self, port: Path, protocol: str = "continuous") -> None:
        self.clock = FakeClock()
        self._told = Event()
        settings = ScaleSettings(str(port), 9600, "toledo" if protocol == "toledo" else "continuous")
        self.scale = SerialScale(settings, self.clock, self._told.set, look_again_s=0.01)

    def shows(self) -> Weight | type[DeviceError]:
        try:
            return self.scale.weigh()
        except DeviceError as error:
            return type(error)

    def comes_to_show(self, wanted: Weight | type[DeviceError]) -> bool:
        while self.shows() != wanted:
            self._told.clear()
            if self.shows() != wanted and not self._told.wait(LONG_S):
                return False
        return True


@pytest.fixture
def device(tmp_path: Path) -> Iterator[PluggedIn]:
    device = PluggedIn(tmp_path / "ttyScale")
    yield device
    device.close()


@pytest.fixture
def watched(device: PluggedIn) -> Iterator[Watched]:
    watched = Watched(device.port)
    assert watched.comes_to_show(ScaleSilent), "the line is there, and nothing was said yet"
    yield watched
    watched.scale.close()


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (b"ST,GS,+  0.750kg\r\n", Weight(750, is_stable=True)),
        (b"US,GS,+  0.751kg\r\n", Weight(751, is_stable=False)),
        (b"ST,NT,+0012.34kg\r\n", Weight(12_340, is_stable=True)),
        (b"ST,+00123.4  g\r\n", Weight(123, is_stable=True)),
        (b"ST,GS   1.250,kg\r\n", Weight(1250, is_stable=True)),
        (b"01ST,GS,     0.0,kg\r\n", Weight(0, is_stable=True)),
        (b"ST,GS,-  0.020kg\r\n", Weight(-20, is_stable=True)),
        (b"OL,GS,+       kg\r\n", ScaleOverloaded),
        (b"OL,+9999999E+19\r\n", ScaleOverloaded),
        (b"UL,GS,   -.-- kg\r\n", ScaleBelowZero),
        (b"0.1kg\r\nrubbish\xff\r\nST,GS,+  0.750kg\r\n", Weight(750, is_stable=True)),
        (b"ST,GS,+  0.100kg\r\nUS,GS,+  0.300kg\r\nST,GS,+  0.400kg\r\n", Weight(400, is_stable=True)),
    ],
)
def test_what_a_scale_says_by_itself_is_understood(
    device: PluggedIn, watched: Watched, said: bytes, shown: Weight | type[DeviceError]
) -> None:
    device.say(said)
    assert watched.comes_to_show(shown)


def test_an_answer_in_pieces_counts_when_it_is_whole(device: PluggedIn, watched: Watched) -> None:
    device.say(b"ST,GS,+  0.4")
    device.say(b"00kg\r")
    device.say(b"\n")
    assert watched.comes_to_show(Weight(400, is_stable=True))


@pytest.mark.parametrize("said", [b"ST,GS,+  1.650lb\r\n", b"ST,TR,+  0.020kg\r\n", b"QT,+00012345PC\r\n"])
def test_pounds_pieces_and_tares_are_no_weight(device: PluggedIn, watched: Watched, said: bytes) -> None:
    device.say(b"ST,GS,+  0.400kg\r\n")
    assert watched.comes_to_show(Weight(400, is_stable=True))
    watched.clock.advance(2)
    device.say(said + b"US,GS,+  0.500kg\r\n")
    assert watched.comes_to_show(Weight(500, is_stable=False))
    assert SPEECHES["continuous"].read(next(SPEECHES["continuous"].frame.finditer(b"ST" + said[2:]))) is None


def test_an_old_weight_is_none(device: PluggedIn, watched: Watched) -> None:
    device.say(b"ST,GS,+  0.750kg\r\n")
    assert watched.comes_to_show(Weight(750, is_stable=True))
    watched.clock.advance(0.9)
    assert watched.shows() == Weight(750, is_stable=True)
    watched.clock.advance(0.2)
    assert watched.shows() is ScaleSilent


def test_a_scale_that_was_pulled_out_is_said_to_be_lost_and_found_when_it_is_back(
    device: PluggedIn, watched: Watched
) -> None:
    device.say(b"ST,GS,+  0.750kg\r\n")
    assert watched.comes_to_show(Weight(750, is_stable=True))
    device.pull_out()
    assert watched.comes_to_show(ScaleLost), "no weight of before is sold by"
    device.plug_in()
    assert watched.comes_to_show(ScaleSilent)
    device.say(b"ST,GS,+  0.320kg\r\n")
    assert watched.comes_to_show(Weight(320, is_stable=True))


def test_a_scale_that_is_not_there_stops_nothing(tmp_path: Path) -> None:
    watched = Watched(tmp_path / "nowhere")
    assert watched.comes_to_show(ScaleLost)
    watched.scale.close()
    assert open_scale(ScaleSettings(), FakeClock()) is None


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        (b"\x020.750\r", Weight(750, is_stable=True)),
        (b"\x02 12.345N\r", Weight(12_345, is_stable=True)),
        (b"\x02?\x01\r", ScaleUnstable),
        (b"\x02?\x02\r", ScaleOverloaded),
        (b"\x02?\x04\r", ScaleBelowZero),
        (b"\x02?\x0d\r", ScaleBelowZero),
        (b"\x02?\x03\r", ScaleOverloaded),
    ],
)
def test_a_scale_that_is_asked_is_understood(tmp_path: Path, answer: bytes, shown: Weight | type[DeviceError]) -> None:
    device = AskedScale(tmp_path / "ttyScale")
    device.answer = answer
    watched = Watched(device.port, "toledo")
    try:
        assert watched.comes_to_show(shown)
        device.answer = b"\x020.500\r"
        assert watched.comes_to_show(Weight(500, is_stable=True))
        assert settled(watched.scale.weigh()) == 500
    finally:
        watched.scale.close()
        device.close()


@given(grams=st.integers(-9_999, 99_999), is_stable=st.booleans(), unit=st.sampled_from(["kg", "g"]))
def test_every_weight_is_read_to_the_gram(*, grams: int, is_stable: bool, unit: str) -> None:
    speech = SPEECHES["continuous"]
    sign = "-" if grams < 0 else "+"
    number = f"{abs(grams) // 1000}.{abs(grams) % 1000:03d}" if unit == "kg" else str(abs(grams))
    said = f"{'ST' if is_stable else 'US'},GS,{sign}{number:>7}{unit:>2}\r\n".encode()
    assert [speech.read(found) for found in speech.frame.finditer(said)] == [Weight(grams, is_stable)]


@given(st.binary(max_size=200), st.sampled_from(sorted(SPEECHES)))
def test_no_noise_on_the_line_makes_the_reader_fall(noise: bytes, protocol: str) -> None:
    speech = SPEECHES[protocol]
    for found in speech.frame.finditer(b"ST,GS," + noise + b"\r\n\x02?" + noise + b"\r"):
        assert isinstance(speech.read(found), Weight | Trouble | None)

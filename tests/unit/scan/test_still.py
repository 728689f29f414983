"""One picture, read as well as it can be."""

import numpy as np
import pytest

from pos.scan.ballot import Ballot
from pos.scan.decode import Decoder
from pos.scan.frame import Gray
from pos.scan.seen import Seen, Symbology
from pos.scan.still import look_into_doubted, read_still
from tests.unit.scan.drawn import KINDS, blurred, drawn, laid, noisy

DECODER = Decoder()
NUMBER = "6901234567892"


def texts(gray: Gray) -> list[tuple[str, Symbology]]:
    """What was seen, without where."""
    return [(seen.text, seen.symbology) for seen in read_still(DECODER, gray)]


@pytest.mark.parametrize(
    ("kind", "given", "symbology"),
    [
        (KINDS.EAN13, "6901234567892", Symbology.EAN13),
        (KINDS.EAN8, "96385074", Symbology.EAN8),
        (KINDS.UPCA, "012345678905", Symbology.UPCA),
        (KINDS.Code128, "287612345678901234", Symbology.CODE128),
        (KINDS.Code39, "GUITAI-17", Symbology.CODE39),
        (KINDS.ITF, "16901234567899", Symbology.ITF),
        (KINDS.DataBarOmni, "0106901234567892", Symbology.DATABAR),
        (KINDS.DataBarLtd, "0100012345678905", Symbology.DATABAR_LIMITED),
        (KINDS.DataBarExp, "[01]06901234567892[3103]001250", Symbology.DATABAR_EXPANDED),
        (KINDS.QRCode, "https://example.com/01/06901234567892", Symbology.QR),
        (KINDS.DataMatrix, "0106901234567892", Symbology.DATA_MATRIX),
    ],
)
def test_each_kind_is_read(kind: KINDS, given: str, symbology: Symbology) -> None:
    assert texts(laid(drawn(kind, given))) == [(given.replace("[", "").replace("]", ""), symbology)]


def test_a_upc_e_is_the_number_it_stands_for() -> None:
    # GS1 General Specifications 5.2.2.4: 0 123456 5 stands for 0 12345 00006 5.
    assert texts(laid(drawn(KINDS.UPCE, "01234565"))) == [("012345000065", Symbology.UPCE)]


@pytest.mark.parametrize("degrees", [0, 33, 45, 90, 160])
def test_a_label_is_read_at_every_angle(degrees: float) -> None:
    assert texts(laid(drawn(KINDS.Code128, "TEA-17"), degrees=degrees)) == [("TEA-17", Symbology.CODE128)]


def test_a_label_out_of_focus_in_poor_light_is_read() -> None:
    gray = noisy(blurred(laid(drawn(KINDS.EAN13, NUMBER), degrees=3, scale=2 / 3), 1.5), 6)
    assert texts(gray) == [(NUMBER, Symbology.EAN13)]


def test_a_code_128_that_no_library_reads_is_read() -> None:
    gray = noisy(blurred(laid(drawn(KINDS.Code128, "21-0042-A", scale=4), degrees=3, scale=0.6), 2.0), 2)
    assert texts(gray) == [("21-0042-A", Symbology.CODE128)]


def test_what_one_library_says_of_a_upc_e_is_weighed_where_it_lies_also_beside_stronger_bars() -> None:
    gray = laid(drawn(KINDS.UPCE, "04965802", scale=4), scale=0.6)
    gray = np.asarray(gray * 0.2 + 120, np.uint8)
    gray[:200] = np.repeat(np.arange(128) % 2 * 255, 10)
    assert _weighed(gray, said="049000006582") == ["049000006582"]
    assert _weighed(gray, said="049000006599") == []


def _weighed(gray: Gray, said: str) -> list[str]:
    ballot = Ballot()
    place = ((570, 340), (710, 340), (710, 380), (570, 380))
    ballot.cast([Seen(said, Symbology.UPCE, place, "zbar")] * 3)
    look_into_doubted(gray, ballot)
    return [seen.text for seen in ballot.believed()]


def test_a_basket_is_read_in_reading_order() -> None:
    frame = np.full((720, 1280), 200, np.uint8)
    numbers = ["6901234567892", "4006381333931", "5901234123457", "9780201379624"]
    for place, number in enumerate(numbers):
        label = drawn(KINDS.EAN13, number, 2)
        top, left = 100 + 300 * (place // 2), 200 + 500 * (place % 2)
        frame[top : top + label.shape[0], left : left + label.shape[1]] = label
    assert [text for text, _ in texts(frame)] == numbers


@pytest.mark.parametrize("size", [(1, 1), (1, 1920), (7, 9), (15, 400), (16, 16), (300, 17)])
def test_pictures_of_any_size_give_nothing_and_no_crash(size: tuple[int, int]) -> None:
    assert texts(np.random.default_rng(1).integers(0, 256, size, np.uint8)) == []

"""Code 128 and UPC-E that no library reads, spelled from what their characters look like; drawn by zxing's writer."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.scan.alphabet import CODE128
from pos.scan.characters import Line, read_row, seen_as, wave
from pos.scan.fits import Fits
from pos.scan.frame import Gray
from pos.scan.likely import averaged, bands_of
from pos.scan.region import find_regions, straighten
from pos.scan.row import Row
from pos.scan.seen import Kinds, Symbology
from pos.scan.spelled import is_sure, spelled_seen, together
from pos.scan.zbar import Zbar
from pos.scan.zxing import Zxing
from tests.unit.scan.drawn import KINDS, blurred, drawn, laid, noisy

LABEL = "21-0042-A"
VALUES = (104, 18, 17, 13, 99, 0, 42, 100, 13, 33, 90)
"""21-, then 0042 as two pairs, then -A: 104+18+2*17+3*13+4*99+5*0+6*42+7*100+8*13+9*33 = 1944; 1944 mod 103 = 90."""


def spelled(gray: Gray) -> set[tuple[str, Symbology, bool]]:
    """Return what is spelled at each place of a picture."""
    regions = find_regions(gray)
    found = [one for region in regions for one in spelled_seen(straighten(gray, region, height_max=120), region)]
    assert all(one.library == "likely" for one in found)
    return {(one.text, one.symbology, one.is_gs1) for one in found}


@pytest.mark.parametrize("degrees", [3, 184])
def test_a_code_128_out_of_focus_is_read_that_no_library_reads(degrees: float) -> None:
    gray = noisy(blurred(laid(drawn(KINDS.Code128, LABEL, scale=4), degrees=degrees, scale=0.6), 2.0), 2)
    assert Zxing().read(gray, Kinds.BARS) == Zbar().read(gray, Kinds.BARS) == []
    assert spelled(gray) == {(LABEL, Symbology.CODE128, False)}


def test_a_upc_e_out_of_focus_is_read_that_no_library_reads() -> None:
    gray = noisy(blurred(laid(drawn(KINDS.UPCE, "04965802", scale=4), degrees=3, scale=0.6), 2.2), 2)
    assert Zxing().read(gray, Kinds.BARS) == Zbar().read(gray, Kinds.BARS) == []
    assert spelled(gray) == {("049000006582", Symbology.UPCE, False)}


@settings(max_examples=4, deadline=None)
@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=3, max_size=12), st.floats(0.5, 4.0))
def test_every_text_is_read_as_it_was_written(text: str, blur: float) -> None:
    assert {each for each, _, _ in spelled(blurred(laid(drawn(KINDS.Code128, text)), blur))} <= {text}


@pytest.mark.parametrize("kind", [KINDS.EAN13, KINDS.Code39, KINDS.ITF])
def test_other_bars_spell_nothing(kind: KINDS) -> None:
    assert spelled(blurred(laid(drawn(kind, "6901234567892" if kind is KINDS.EAN13 else "12345678901231")), 1)) == set()


@pytest.mark.parametrize("seed", range(2))
def test_stripes_spell_nothing(seed: int) -> None:
    widths = np.random.default_rng(seed).integers(2, 9, 80)
    row = np.repeat(np.arange(80) % 2 * 200, widths).astype(np.uint8)
    frame = np.full((720, 1280), 220, np.uint8)
    frame[300:420, 400 : 400 + len(row)] = row
    assert spelled(blurred(frame, 1.2)) == set()


def test_characters_no_further_from_the_next_than_what_is_unexplained_are_not_sure() -> None:
    drawn_look, fit = wave(VALUES, 3, CODE128), Fits(np.zeros(1), np.ones(1), np.zeros(1))
    sure = []
    for noise in (0.01, 0.04, 0.1):
        look = drawn_look + np.random.default_rng(1).normal(0, noise, len(drawn_look)).astype(np.float32)
        line = seen_as(look, Line(VALUES, 0, 0, fit, is_turned=False, blur=3, look=look), CODE128)
        sure.append(is_sure(line, CODE128))
    assert sure == [True, True, False]


def test_bands_that_say_something_else_than_the_whole_are_not_believed() -> None:
    known, _ = _line_and_bands("12345678")
    other, bands = _line_and_bands("12945678")
    assert together(bands, known, CODE128) is None
    assert together(bands[:1] * 2, other, CODE128) is None, "too few"
    assert is_sure(together(bands, other, CODE128), CODE128)


def test_a_row_of_characters_begins_with_a_start() -> None:
    look = wave((18, *VALUES[1:]), 1, CODE128)
    fit = Fits(np.zeros(1), np.ones(1), np.zeros(1))
    line = seen_as(look, Line(VALUES, 0, 0, fit, is_turned=False, blur=1, look=look), CODE128)
    assert line.values[0] in CODE128.first
    assert line.values[1:] == VALUES[1:]


def _line_and_bands(text: str) -> tuple[Line, list[Row]]:
    gray = blurred(laid(drawn(KINDS.Code128, text)), 1.5)
    strip = straighten(gray, find_regions(gray)[0], height_max=120)
    line = read_row(averaged(strip.pixels, 0), strip.bars, CODE128)
    assert line
    return line, bands_of(strip.pixels)

"""Numbers that no library reads, asked for by likeliness; drawn by zxing's writer."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.domain.code import check_digit
from pos.scan.likely import Guess, _Fits, likely_seen, read_strip
from pos.scan.pattern import Number, cheapest, digit_costs, wave
from pos.scan.region import find_regions, straighten
from pos.scan.seen import Gray, Kinds, Symbology
from pos.scan.zbar import Zbar
from pos.scan.zxing import Zxing
from tests.unit.scan.drawn import KINDS, blurred, drawn, laid, noisy

NUMBER = "6901234567892"


def read(gray: Gray) -> set[str]:
    strips = [straighten(gray, region, height_max=120) for region in find_regions(gray) if region.is_like_bars]
    return {number for strip in strips if (number := read_strip(strip))}


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 999_999_999_999))
def test_every_number_is_read_as_it_was_drawn(number: int) -> None:
    digits = f"{number:012d}"
    digits += check_digit(digits)
    assert read(blurred(laid(drawn(KINDS.EAN13, digits), degrees=4, scale=0.7), 1.0)) <= {digits}


def test_a_label_out_of_focus_is_read_that_no_library_reads() -> None:
    gray = noisy(blurred(laid(drawn(KINDS.EAN13, NUMBER), degrees=3, scale=2 / 3), 1.6), 4)
    assert Zxing().read(gray, Kinds.BARS) == Zbar().read(gray, Kinds.BARS) == []
    assert read(gray) == {NUMBER}


@pytest.mark.parametrize("number", [NUMBER, "4006381333931", "5901234123457", "9780201379624"])
@pytest.mark.parametrize("darkest", [1.0, 0.35])
def test_a_blur_of_a_whole_module_is_read_in_even_light_and_uneven(number: str, darkest: float) -> None:
    gray = noisy(blurred(laid(drawn(KINDS.EAN13, number), degrees=3, scale=2 / 3), 2.0), 4)
    lit = np.asarray(gray * np.linspace(darkest, 1, gray.shape[1]), np.uint8)
    assert read(lit) == {number}


def test_a_number_no_further_from_the_next_than_what_is_unexplained_is_not_sure() -> None:
    fit = _Fits(np.zeros(1), np.ones(1), np.zeros(1))
    sure = [
        Guess(Number(NUMBER, cost, 0.04), fit, is_turned=False, blur=0, light=None).is_sure
        for cost in (0.0003, 0.009, 0.011, 0.02)
    ]
    assert sure == [True, True, False, False]
    assert not Guess(Number("6901234567893", 0.0003, 0.04), fit, is_turned=False, blur=0, light=None).is_sure


def test_the_cheapest_number_is_the_one_that_was_drawn_and_stands_alone() -> None:
    left, right = digit_costs(wave("5901234123457", 3)[None])
    found = cheapest(left[3, :, :, 0], right[3, :, :, 0])
    assert (found.digits, found.cost < 0.003, found.margin > 0.03) == ("5901234123457", True, True)


def test_a_label_upside_down_is_read() -> None:
    assert read(blurred(laid(drawn(KINDS.EAN13, NUMBER), degrees=183, scale=0.7), 1)) == {NUMBER}


@pytest.mark.parametrize("kind", [KINDS.Code128, KINDS.Code39, KINDS.ITF])
def test_other_bars_are_no_ean(kind: KINDS) -> None:
    assert read(blurred(laid(drawn(kind, "12345678901231")), 1)) == set()


@pytest.mark.parametrize("seed", range(5))
def test_stripes_are_no_ean(seed: int) -> None:
    widths = np.random.default_rng(seed).integers(2, 9, 80)
    row = np.repeat(np.arange(80) % 2 * 200, widths).astype(np.uint8)
    frame = np.full((720, 1280), 220, np.uint8)
    frame[300:420, 400 : 400 + len(row)] = row
    assert read(blurred(frame, 1.2)) == set()


def test_a_number_with_a_zero_in_front_is_a_upc_a() -> None:
    region = find_regions(laid(drawn(KINDS.EAN13, NUMBER)))[0]
    (seen,) = likely_seen("0012345678905", region)
    assert (seen.text, seen.symbology) == ("012345678905", Symbology.UPCA)
    assert likely_seen(None, region) == []

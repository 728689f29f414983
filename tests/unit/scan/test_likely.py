"""Numbers that no library reads, asked for by likeliness; drawn by zxing's writer."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.domain.code import check_digit
from pos.scan.likely import likely_seen, read_strip
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

"""Places where bars may lie."""

import math

import numpy as np
import pytest

from pos.scan.region import COARSE, FINE, MEDIUM, find_regions, region_at, straighten, variants
from pos.scan.seen import Kinds
from pos.scan.zxing import Zxing
from tests.unit.scan.drawn import KINDS, beside_a_sharp_one, drawn, laid, swiped

NUMBER = "6901234567892"


@pytest.mark.parametrize("degrees", [0, 20, 37, 45, 70, 90, 135, 200, 315])
def test_a_label_is_found_and_laid_level_whichever_way_it_lies(degrees: float) -> None:
    frame = laid(drawn(KINDS.EAN13, NUMBER), degrees=degrees, at=(700, 300))
    (region,) = [region for region in find_regions(frame) if region.is_like_bars]
    assert math.dist(region.middle, (700, 300)) < 20
    strip = straighten(frame, region)
    read = [one for pixels in variants(strip) for one in Zxing().read(pixels, Kinds.BARS, is_level=True)]
    assert {one.text for one in read} == {NUMBER}


def test_what_is_read_on_a_strip_is_placed_on_the_frame() -> None:
    frame = laid(drawn(KINDS.EAN13, NUMBER), degrees=30, at=(500, 400))
    strip = straighten(frame, find_regions(frame)[0])
    (seen,) = Zxing().read(strip.pixels, Kinds.BARS, is_level=True)
    xs, ys = zip(*strip.on_frame(seen.corners), strict=True)
    assert math.dist((sum(xs) / 4, sum(ys) / 4), (500, 400)) < 25


def test_a_label_that_fills_the_frame_is_found_by_the_coarse_sieve() -> None:
    small = laid(drawn(KINDS.EAN13, NUMBER), at=(640, 360))[290:430, 470:810]
    assert any(region.is_like_bars for region in find_regions(np.ascontiguousarray(small), COARSE))


def test_a_label_on_other_bars_is_a_place_of_its_own() -> None:
    frame = laid(drawn(KINDS.EAN13, NUMBER), degrees=10, at=(500, 400))
    grille = np.random.default_rng(4).integers(2, 9, 60)
    row = np.repeat(np.arange(60) % 2 * 160 + 40, grille).astype(np.uint8)
    frame[440:560, 560 : 560 + len(row)] = row
    strips = [straighten(frame, region) for region in find_regions(frame, most=12) if region.is_like_bars]
    assert NUMBER in {one.text for strip in strips for one in Zxing().read(strip.pixels, Kinds.BARS, is_level=True)}


@pytest.mark.parametrize("size", [(16, 16), (16, 1920), (720, 1280)])
def test_an_empty_frame_has_no_places(size: tuple[int, int]) -> None:
    assert find_regions(np.full(size, 128, np.uint8)) == []


@pytest.mark.parametrize("degrees", [0, 20, 80, 100, 160])
def test_the_place_of_corners_is_laid_level_too(degrees: float) -> None:
    frame = laid(drawn(KINDS.EAN13, NUMBER), degrees=degrees, at=(700, 300))
    (found,) = [region for region in find_regions(frame) if region.is_like_bars]
    region = region_at(found.corners)
    assert math.dist(region.middle, found.middle) < 2
    assert (region.length, region.height) == pytest.approx((found.length, found.height), abs=3)
    assert math.sin(region.angle - found.angle) == pytest.approx(0, abs=0.05)


def test_dim_bars_beside_strong_ones_are_found_by_another_sieve_and_strong_ones_not_twice() -> None:
    frame = swiped(NUMBER, at=(400, 500))
    fine, both = find_regions(frame, FINE, most=9), find_regions(frame, FINE, MEDIUM, most=9)
    (stripes,) = [region.middle for region in fine if region.length > 150]
    assert stripes == pytest.approx((850, 140), abs=20)
    first, second = [region.middle for region in both if region.length > 150]
    assert first == stripes
    assert math.dist(second, (400, 500)) < 30


def test_a_label_out_of_focus_is_found_beside_a_sharp_one_that_is_left_out() -> None:
    frame = beside_a_sharp_one(NUMBER)
    (sharp,) = find_regions(frame, FINE, MEDIUM, most=9)
    (dim,) = find_regions(frame, FINE, MEDIUM, most=9, but=[sharp])
    assert math.dist(sharp.middle, (300, 360)) < 20
    assert math.dist(dim.middle, (900, 360)) < 20

"""Numbers that no library reads, asked for by likeliness; drawn by zxing's writer."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.domain.code import check_digit
from pos.scan.chain import wave
from pos.scan.fits import Fits
from pos.scan.frame import Gray
from pos.scan.guess import Effort, Guess, guess_row, seen_as
from pos.scan.likely import (
    CERTAIN,
    CERTAIN_COST_MAX,
    FLOWING,
    GLANCE,
    SURENESS_MIN,
    THOROUGH,
    averaged,
    is_sure,
    likely_seen,
    read_strip,
)
from pos.scan.pattern import BLURS, SAMPLES, Number
from pos.scan.region import find_regions, straighten
from pos.scan.seen import AGREED_VOTES, CERTAIN_VOTES, Kinds, Symbology
from pos.scan.zbar import Zbar
from pos.scan.zxing import Zxing
from tests.unit.scan.drawn import KINDS, blurred, drawn, laid, noisy, smeared

NUMBER = "6901234567892"


def read(gray: Gray, effort: Effort = GLANCE) -> set[str]:
    """What the likely reader makes of a picture."""
    strips = [straighten(gray, region, height_max=120) for region in find_regions(gray) if region.is_like_bars]
    return {digits for strip in strips if (digits := digits_of(read_strip(strip, effort)))}


def guess_of(number: str, noise: float = 0.0) -> Guess:
    """What a drawn number looks most like, a little out of focus and with noise of this sigma."""
    look = wave(number, 4) + np.random.default_rng(1).normal(0, noise, SAMPLES).astype(np.float32)
    fit = Fits(np.zeros(1), np.ones(1), np.zeros(1))
    return seen_as(look, Guess(Number(number, 0), fit, is_turned=False, blur=4, look=look))


def votes_of(guess: Guess) -> int:
    """What a guess counts in one look."""
    region = find_regions(laid(drawn(KINDS.EAN13, NUMBER)))[0]
    (seen,) = likely_seen(guess, region)
    return seen.votes


def seen_anyway(gray: Gray) -> Guess | None:
    """What the only strip of a picture looks most like, sure or not."""
    strip = straighten(gray, find_regions(gray)[0], height_max=120)
    return guess_row(averaged(strip.pixels, 0), strip.bars, THOROUGH, 99)


def digits_of(guess: Guess | None) -> str | None:
    """What was read."""
    return guess.number.digits if guess else None


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


@pytest.mark.parametrize("number", [NUMBER, "4006381333931", "0012345678905"])
def test_a_blur_in_which_bars_flow_together_is_read(number: str) -> None:
    """1.5 modules: a digit of the standard reaches over its neighbours there, and no library reads at half of it."""
    gray = noisy(blurred(laid(drawn(KINDS.EAN13, number), degrees=3, scale=2 / 3), 3.0), 2)
    assert read(gray, THOROUGH) == {number}


@pytest.mark.parametrize("number", [NUMBER, "4006381333931", "0012345678905"])
@pytest.mark.parametrize("modules", [3, 4])
def test_a_label_swiped_past_is_read_though_it_moved_by_modules_while_the_shutter_was_open(
    number: str, modules: int
) -> None:
    gray = noisy(smeared(blurred(laid(drawn(KINDS.EAN13, number)), 0.8), 3 * modules), 3)
    assert Zxing().read(gray, Kinds.BARS) == Zbar().read(gray, Kinds.BARS) == []
    assert read(gray) == {number}


def test_a_label_that_slants_in_its_strip_is_read_from_its_bands() -> None:
    region = replace(find_regions(blurred(laid(drawn(KINDS.EAN13, NUMBER), scale=0.7), 1.2))[0], angle=0.06)
    strip = straighten(blurred(laid(drawn(KINDS.EAN13, NUMBER), scale=0.7), 1.2), region, height_max=120)
    assert digits_of(read_strip(strip, THOROUGH)) == NUMBER


def test_a_lamp_on_half_of_the_bands_costs_no_digit() -> None:
    gray = blurred(laid(drawn(KINDS.EAN13, NUMBER), scale=0.7), 1.2)
    region = find_regions(gray)[0]
    strip = straighten(gray, region, height_max=120)
    height, width = strip.pixels.shape
    strip.pixels[: height // 2, width // 3 : width // 2] = 255
    assert digits_of(read_strip(strip, THOROUGH)) == NUMBER


def test_a_number_no_further_from_the_next_than_what_is_unexplained_is_not_sure() -> None:
    assert [is_sure(guess_of(NUMBER, noise)) for noise in (0.01, 0.05, 0.2)] == [True, True, False]


@pytest.mark.parametrize("blur", range(len(BLURS)))
def test_more_is_asked_for_where_bars_flow_together(blur: int) -> None:
    """Sigma in modules of focus and smear together; a smear's is its length over the root of twelve."""
    sigma = math.hypot(BLURS[blur].focus, BLURS[blur].smear / math.sqrt(12))
    assert (blur in FLOWING) is (sigma > (0.85 if BLURS[blur].smear else 1.2))


def test_a_check_digit_that_does_not_come_out_right_is_never_sure() -> None:
    assert not is_sure(guess_of("6901234567893"))


def test_only_a_number_four_times_as_sure_as_it_must_be_and_near_needs_no_second_look() -> None:
    near = guess_of(NUMBER, 0.01)
    assert near.sureness > CERTAIN * SURENESS_MIN > guess_of(NUMBER, 0.07).sureness > SURENESS_MIN
    assert votes_of(near) == CERTAIN_VOTES
    assert votes_of(guess_of(NUMBER, 0.07)) == AGREED_VOTES
    far = replace(near, number=Number(NUMBER, 2 * CERTAIN_COST_MAX))
    vars(far)["sureness"] = near.sureness  # as two digits printed over each other come to
    assert votes_of(far) == AGREED_VOTES


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


def test_stripes_of_one_width_are_no_number() -> None:
    """Twenty of them differ least from 0555555555555, whose check digit is right."""
    frame = np.full((360, 640), 190, np.uint8)
    frame[120:240, 261:378] -= (np.arange(117) % 6 < 3).astype(np.uint8) * 90
    guesses = [seen_anyway(noisy(blurred(frame, sigma), 2)) for sigma in (1.2, 1.32, 1.5)]
    assert any(guess and guess.number.digits == "0555555555555" for guess in guesses)
    assert not any(guess and is_sure(guess) for guess in guesses)


def test_a_number_with_a_zero_in_front_is_a_upc_a() -> None:
    region = find_regions(laid(drawn(KINDS.EAN13, NUMBER)))[0]
    (seen,) = likely_seen(guess_of("0012345678905"), region)
    assert (seen.text, seen.symbology) == ("012345678905", Symbology.UPCA)
    assert likely_seen(None, region) == []

"""The nearest number and the next, against numbers tried one by one."""

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.domain.code import check_digit
from pos.scan.chain import margin, nearest, neighbours, wave
from pos.scan.pattern import BLURS, PER_MODULE, SAMPLES, Floats, least_costs

WIDEST = len(BLURS) - 1


def checked(number: int) -> str:
    """Digits with their check digit."""
    digits = f"{number:012d}"
    return digits + check_digit(digits)


def cost(look: Floats, digits: str, blur: int) -> float:
    """How much a number differs from a look, by definition."""
    return float(((look - wave(digits, blur)) ** 2).sum()) / (7 * PER_MODULE)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 999_999_999_999), st.integers(0, WIDEST))
def test_every_number_is_nearest_to_its_own_look_at_every_blur(number: int, blur: int) -> None:
    digits = checked(number)
    found = nearest(wave(digits, blur), blur)
    assert found.digits == digits
    assert found.cost < 1e-5


@pytest.mark.parametrize("blur", [1, 4, WIDEST])
def test_the_next_number_costs_no_more_than_any_that_differs_in_two_digits(blur: int) -> None:
    digits = "5901234123457"
    look = wave(digits, blur) + np.random.default_rng(3).normal(0, 0.02, SAMPLES).astype(np.float32)
    others = []
    for (one, other), (first, second) in product(combinations(range(13), 2), product("0123456789", repeat=2)):
        changed = [*digits]
        changed[one], changed[other] = first, second
        others.append("".join(changed))
    right = {number for number in others if number != digits and check_digit(number[:12]) == number[12]}
    best = min(cost(look, number, blur) for number in right) - cost(look, digits, blur)
    assert 0 < margin(look, blur, digits) <= best + 1e-4
    assert margin(look, blur, digits) > 0.5 * best


def test_a_look_is_of_black_and_white_modules_as_the_standard_draws_them() -> None:
    """GS1 General Specifications, section 5.2: 6901234567892 begins 101 0001011 (9, right-hand even side: G)."""
    sharp = wave("6901234567892", 0).reshape(-1, PER_MODULE).mean(1) > 0.5
    modules = "".join("01"[bool(dark)] for dark in sharp)
    assert modules[:2] == modules[-2:] == "00"
    assert modules[2:5] == modules[-5:-2] == "101"
    assert modules[5:12] == "0001011"
    assert modules[47:52] == "01010"


def test_digits_cost_nothing_once_what_their_neighbours_bring_is_taken_off() -> None:
    digits, blur = "4006381333931", WIDEST
    looks = np.stack([wave(digits, blur), wave(digits, blur) - neighbours(digits, blur)])
    (whole,) = least_costs(looks, range(blur, blur + 1))
    assert whole[1] < 1e-4 < whole[0]

"""Pattern: how the 95 modules of an EAN-13 look out of focus, what each digit costs, and which number costs least."""

from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

MODULES = 95
"""Of an EAN-13 (GS1 General Specifications, section 5.2)."""
PER_MODULE = 4
"""Samples of each."""
MARGIN = 2
"""White modules at each end that a look takes in as well."""
SAMPLES = (MODULES + 2 * MARGIN) * PER_MODULE
"""Of a look at a whole number."""


class Blur(NamedTuple):
    """How bars flow together, in modules.

    Attributes:
        focus: sigma of what the lens does.
        smear: over which they moved while the shutter was open.
    """

    focus: float
    smear: float = 0.0


BLURS = (
    *map(Blur, (0.25, 0.45, 0.65, 0.85, 1.05, 1.3, 1.5, 1.7)),
    *(Blur(0.4, smear) for smear in (2.5, 3.0, 3.5, 4.0)),
)  # fmt: skip
SMEARED = 8
"""The first of them that is a smear; those are not next to the others."""
ODD = ("0001101", "0011001", "0010011", "0111101", "0100011", "0110001", "0101111", "0111011", "0110111", "0001011")
RIGHT = tuple("".join("10"[int(bit)] for bit in digit) for digit in ODD)
EVEN = tuple(digit[::-1] for digit in RIGHT)
_PARITIES = ("LLLLLL", "LLGLGG", "LLGGLG", "LLGGGL", "LGLLGG", "LGGLLG", "LGGGLL", "LGLGLG", "LGLGGL", "LGGLGL")
"""Which of the left digits are even (G) tells the first digit (section 5.2.1.2.1)."""
IS_EVEN = np.array([[kind == "G" for kind in parity] for parity in _PARITIES])
Floats = NDArray[np.floating[Any]]
_GUARD_BLURS = (0, 2, 3, 4, 6, 9)
"""Those that guards are asked for."""


@dataclass(frozen=True, slots=True)
class _Shapes:
    """How digits and guards look at each blur: rows of ``PER_MODULE`` samples a module."""

    left: Floats
    right: Floats
    guards: Floats


@dataclass(frozen=True, slots=True)
class Number:
    """The number that costs least.

    Attributes:
        cost: mean squared difference of a digit.
    """

    digits: str
    cost: float


def least_costs(looks: Floats, blurs: range = range(len(BLURS))) -> Floats:
    """Return what the best digits cost together: blurs x looks."""
    costs: Floats = _half_costs(looks, 3, _shapes().left, blurs) + _half_costs(looks, 50, _shapes().right, blurs)
    return costs


def guard_costs(looks: Floats) -> Floats:
    """Return how much guards, five modules each, differ from how they should look at the blur that suits them best.

    Args:
        looks: of each the start, the middle and the end, one after another.
    """
    shapes = _shapes().guards
    costs = (shapes**2).sum(1) + looks @ (-2 * shapes.T)
    least: Floats = (costs.min(1) + _squares(looks)) / (5 * PER_MODULE)
    return least


def standing_alone(place: int, blur: int) -> Floats:
    """Return what ``digit_costs`` takes each shape of a digit for, in the samples of a whole look."""
    shapes = _shapes().left[blur] if place < 45 else _shapes().right[blur]
    whole = np.zeros((len(shapes), SAMPLES), np.float32)
    whole[:, (MARGIN + place) * PER_MODULE :][:, : 7 * PER_MODULE] = shapes
    return whole


def _half_costs(looks: Floats, first: int, shapes: Floats, blurs: range) -> Floats:
    """Return what the best digits of one half cost together.

    The longest axis is last, where numpy is quickest; one blur follows another, so that what they work on stays small.
    """
    per_digit = 7 * PER_MODULE
    begin = (MARGIN + first) * PER_MODULE
    digits = looks[:, begin : begin + 6 * per_digit]
    parts = np.ascontiguousarray(digits.reshape(len(looks), 6, per_digit).transpose(1, 2, 0))
    best = [((shapes[blur] ** 2).sum(1)[:, None] - 2 * shapes[blur] @ parts).min(1).sum(0) for blur in blurs]
    costs: Floats = (np.array(best) + _squares(digits)) / per_digit
    return costs


def _squares(looks: Floats) -> Floats:
    sums: Floats = np.einsum("ij,ij->i", looks, looks)
    return sums


@cache
def _shapes() -> _Shapes:
    left = [[_digit(bits, blur, before=1, after=0) for bits in (*ODD, *EVEN)] for blur in BLURS]
    right = [[_digit(bits, blur, before=0, after=1) for bits in RIGHT] for blur in BLURS]
    guards = np.array([_guards(BLURS[blur]) for blur in _GUARD_BLURS])
    return _Shapes(np.array(left, np.float32), np.array(right, np.float32), guards)


def _digit(bits: str, blur: Blur, *, before: int, after: int) -> Floats:
    """Return a digit's samples, with what borders on it: unknown but for the nearest module."""
    modules = np.array([0.5, 0.5, before, *map(int, bits), after, 0.5, 0.5])
    return blurred(modules, blur)[3 * PER_MODULE : 10 * PER_MODULE]


def _guards(blur: Blur) -> Floats:
    """Return five modules at the start (two of them white), in the middle and at the end."""
    start = np.array([0, 0, 0, 0, 0, 1, 0, 1, 0, 0.5])
    middle = np.array([0.5, 0.5, 1, 0, 1, 0, 1, 0, 1, 0.5, 0.5])
    end = np.array([0.5, 0, 1, 0, 1, 0, 0, 0, 0, 0])
    cuts = ((start, 3), (middle, 3), (end, 2))
    return np.concatenate([blurred(modules, blur)[at * PER_MODULE : (at + 5) * PER_MODULE] for modules, at in cuts])


def blurred(modules: Floats, blur: Blur) -> Floats:
    """Return the samples of modules from 0 (white) to 1 (black), each in the same blur; beyond them it goes on."""
    samples = np.repeat(modules.astype(float), PER_MODULE)
    kernel = _kernel(blur)
    reach = len(kernel) // 2
    smooth: Floats = np.convolve(np.pad(samples, reach, mode="edge"), kernel, "valid")
    return smooth.astype(np.float32)


@cache
def _kernel(blur: Blur) -> Floats:
    """Return what a blur makes of a point: samples, their sum 1."""
    reach = int(np.ceil((3 * blur.focus + blur.smear / 2) * PER_MODULE))
    places = np.arange(-reach, reach + 1)
    kernel = np.exp(-0.5 * (places / (blur.focus * PER_MODULE)) ** 2)
    if blur.smear:
        kernel = np.convolve(kernel, np.clip((blur.smear * PER_MODULE + 1) / 2 - np.abs(places), 0, 1), "same")
    whole: Floats = kernel / kernel.sum()
    return whole

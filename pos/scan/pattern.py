"""Pattern: how the 95 modules of an EAN-13 look out of focus, what each digit costs, and which number costs least."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

MODULES = 95
"""Of an EAN-13 (GS1 General Specifications, section 5.2)."""
_QUIET = 7
"""White modules at each end that a blur may reach into."""

PER_MODULE = 4
"""Samples of each."""
_BLURS = (0.25, 0.45, 0.65, 0.85, 1.05, 1.3)
"""In modules."""
_ODD = ("0001101", "0011001", "0010011", "0111101", "0100011", "0110001", "0101111", "0111011", "0110111", "0001011")
_RIGHT = tuple("".join("10"[int(bit)] for bit in digit) for digit in _ODD)
_EVEN = tuple(digit[::-1] for digit in _RIGHT)
_PARITIES = ("LLLLLL", "LLGLGG", "LLGGLG", "LLGGGL", "LGLLGG", "LGGLLG", "LGGGLL", "LGLGLG", "LGLGGL", "LGGLGL")
"""Which of the left digits are even (G) tells the first digit (section 5.2.1.2.1)."""
_IS_EVEN = np.array([[kind == "G" for kind in parity] for parity in _PARITIES])
Floats = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class _Shapes:
    """How digits and guards look at each blur: rows of ``PER_MODULE`` samples a module."""

    left: Floats
    right: Floats
    guards: tuple[tuple[Floats, Floats, Floats], ...]


@dataclass(frozen=True, slots=True)
class Number:
    """The number that costs least.

    Attributes:
        cost: mean squared difference of a digit.
        margin: how much more the next best costs.
    """

    digits: str
    cost: float
    margin: float


def digit_costs(looks: Floats) -> tuple[Floats, Floats]:
    """Return what each digit costs, of the left half and the right: blurs x places x digits x looks."""
    return _half_costs(looks, 3, _shapes().left), _half_costs(looks, 50, _shapes().right)


def guard_costs(looks: tuple[Floats, Floats, Floats]) -> Floats:
    """Return how much guards, five modules each, differ from how they should look at the blur that suits them best."""
    shapes = [_shapes().guards[blur] for blur in (0, 2, 3, 4)]
    costs = [sum(((look - part) ** 2).mean(1) for look, part in zip(looks, shape, strict=True)) for shape in shapes]
    least: Floats = np.min(np.array(costs), axis=0)
    return least


def cheapest(left: Floats, right: Floats) -> Number:
    """Return the number that costs least, under the parities there are.

    Args:
        left: what each digit, odd and even, costs at each place.
        right: the same for the right half.
    """
    odd, even = left[:, :10], left[:, 10:]
    sides = np.where(_IS_EVEN, even.min(1), odd.min(1)).sum(1)
    first, second = np.argsort(sides)[:2]
    table = np.vstack([np.where(_IS_EVEN[first][:, None], even, odd), right])
    two = np.sort(table, 1)
    gaps = np.sort(two[:, 1] - two[:, 0])
    margin = min(float(gaps[0] + gaps[1]), float(sides[second] - sides[first]))
    return Number(f"{first}{''.join(map(str, table.argmin(1)))}", float(two[:, 0].sum()) / 12, margin)


def wave(digits: str, blur: int) -> Floats:
    """Return the samples of a whole number, from 0 (white) to 1 (black)."""
    parity = _PARITIES[int(digits[0])]
    left = "".join(
        (_ODD if kind == "L" else _EVEN)[int(digit)] for kind, digit in zip(parity, digits[1:7], strict=True)
    )
    right = "".join(_RIGHT[int(digit)] for digit in digits[7:])
    modules = np.array([int(bit) for bit in f"101{left}01010{right}101"], np.float32)
    whole: Floats = modules @ _reach_of_modules(blur)
    return whole


def _half_costs(looks: Floats, first: int, shapes: Floats) -> Floats:
    """Return blurs x places x digits x looks.

    The longest axis is last, where numpy is quickest; products stay so small that they are not spread over threads,
    which would wait for each other for longer than they work.
    """
    per_digit = 7 * PER_MODULE
    begin = first * PER_MODULE
    digits = looks[:, begin : begin + 6 * per_digit].reshape(len(looks), 6, per_digit)
    parts = np.ascontiguousarray(digits.transpose(1, 2, 0))
    costs: Floats = (parts**2).sum(1)[:, None] + (shapes**2).sum(2)[:, None, :, None] - 2 * shapes[:, None] @ parts
    return costs / per_digit


@cache
def _reach_of_modules(blur: int) -> Floats:
    """Return what each module adds to each sample."""
    margin = _QUIET * PER_MODULE
    ones = np.eye(MODULES + 2 * _QUIET)[_QUIET:-_QUIET]
    return np.array([_blurred(one, _BLURS[blur])[margin:-margin] for one in ones], np.float32)


@cache
def _shapes() -> _Shapes:
    left = [[_digit(bits, blur, before=1, after=0) for bits in (*_ODD, *_EVEN)] for blur in _BLURS]
    right = [[_digit(bits, blur, before=0, after=1) for bits in _RIGHT] for blur in _BLURS]
    return _Shapes(np.array(left, np.float32), np.array(right, np.float32), tuple(_guards(blur) for blur in _BLURS))


def _digit(bits: str, blur: float, *, before: int, after: int) -> Floats:
    """Return a digit's samples, with what borders on it: unknown but for the nearest module."""
    modules = np.array([0.5, 0.5, before, *map(int, bits), after, 0.5, 0.5])
    return _blurred(modules, blur)[3 * PER_MODULE : 10 * PER_MODULE]


def _guards(blur: float) -> tuple[Floats, Floats, Floats]:
    """Return five modules at the start (two of them white), in the middle and at the end."""
    start = np.array([0, 0, 0, 0, 0, 1, 0, 1, 0, 0.5])
    middle = np.array([0.5, 0.5, 1, 0, 1, 0, 1, 0, 1, 0.5, 0.5])
    end = np.array([0.5, 0, 1, 0, 1, 0, 0, 0, 0, 0])
    cuts = ((start, 3), (middle, 3), (end, 2))
    found = [_blurred(modules, blur)[at * PER_MODULE : (at + 5) * PER_MODULE] for modules, at in cuts]
    return found[0], found[1], found[2]


def _blurred(modules: Floats, blur: float) -> Floats:
    samples = np.repeat(modules.astype(float), PER_MODULE)
    reach = int(np.ceil(3 * blur * PER_MODULE))
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / (blur * PER_MODULE)) ** 2)
    smooth: Floats = np.convolve(np.pad(samples, reach, mode="edge"), kernel / kernel.sum(), "valid")
    return smooth.astype(np.float32)

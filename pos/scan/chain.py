"""Chain: which number is nearest to a look, when a blur lets each digit reach into the next.

A blur adds up: the look of a number is the sum of what its digits and guards give, so what two neighbours do to each
other is known beforehand for all of them. Then the nearest of all numbers follows from twelve short steps, not from
trying them (Viterbi); carrying the check sum along tells how near the next number with a right check digit comes.
"""

from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from pos.scan.pattern import (
    BLURS,
    EVEN,
    IS_EVEN,
    MARGIN,
    MODULES,
    ODD,
    PER_MODULE,
    RIGHT,
    Floats,
    Number,
    blurred,
    standing_alone,
)

DIGITS = 12
"""Drawn with bars; the first of the 13 is told by which of the others are even."""

_QUIET = 8
_WEIGHTS = (3, 1) * 6


@dataclass(frozen=True, slots=True)
class _Parts:
    """What the parts of a number give to a look at one blur.

    Attributes:
        guards: those that are the same in every number.
        shapes: at each place of a digit, of each of its shapes; twenty of each left digit, then ten of each right one.
        own: what each of these costs by itself.
        alone: what ``digit_costs`` takes the shapes for, which knows only the nearest module beside each.
        pairs: what digits of neighbouring places cost together; places x digit x first digits x next.
    """

    guards: Floats
    shapes: Floats
    own: Floats
    alone: Floats
    pairs: Floats


def nearest(look: Floats, blur: int) -> Number:
    """Return the number nearest to a look from 0 (white) to 1 (black), whatever its check digit."""
    own, rest = _own_costs(look, blur)
    pairs = _parts(blur).pairs
    onward = _onward(own, pairs)
    first = int(onward[-1].min(1).argmin())
    digits = [int(onward[-1][first].argmin())]
    for place in range(DIGITS - 2, -1, -1):
        digits.insert(0, int((onward[place][first] + pairs[place, :, first, digits[0]]).argmin()))
    cost = (rest + float(onward[-1][first].min())) / _SCALE / DIGITS
    return Number(f"{first}{''.join(map(str, digits))}", cost)


def prepare() -> None:
    """Reckon now what the first look at each blur would wait for: 0.2 s of one core."""
    for blur in range(len(BLURS)):
        _parts(blur)


def margin(look: Floats, blur: int, digits: str) -> float:
    """Return how much more the next number with a right check digit costs than the nearest."""
    own, _ = _own_costs(look, blur)
    pairs = _parts(blur).pairs
    least = _onward(own, pairs)[-1].min(1)
    following = np.inf
    for first in np.argsort(least).tolist():
        if least[first] >= following:
            break
        others = list(map(int, digits[1:])) if first == int(digits[0]) else [-1] * DIGITS
        following = min(following, _next_checked(own[:, first], pairs[:, :, first], first, others))
    return (following - float(least.min())) / _SCALE


def wave(digits: str, blur: int) -> Floats:
    """Return the look of a whole number."""
    parts = _parts(blur)
    whole: Floats = parts.guards + parts.shapes[_shapes_of(digits)].sum(0)
    return whole


def neighbours(digits: str, blur: int) -> Floats:
    """Return what a blur brings into each digit from those beside it, beyond what ``digit_costs`` knows."""
    apart = wave(digits, blur) - _parts(blur).alone[_shapes_of(digits)].sum(0)
    apart[: (MARGIN + 3) * PER_MODULE] = apart[-(MARGIN + 3) * PER_MODULE :] = 0
    apart[(MARGIN + 45) * PER_MODULE : (MARGIN + 50) * PER_MODULE] = 0
    return apart


def _shapes_of(digits: str) -> NDArray[np.int_]:
    first, *others = map(int, digits)
    return _SHAPE[range(DIGITS), first, others]


def _onward(own: Floats, pairs: Floats) -> list[Floats]:
    """Return the least that first digits x digit cost up to each place."""
    onward = [own[0]]
    for place in range(1, DIGITS):
        onward.append(np.minimum.reduce(onward[-1].T[:, :, None] + pairs[place - 1]) + own[place])
    return onward


def _next_checked(own: Floats, pairs: Floats, first: int, others: list[int]) -> float:
    """Return the least cost of another number with this first digit and a right check digit.

    Costs are digit x sum so far x whether it differs so far.
    """
    costs = np.full((10, 10, 2), np.inf, np.float32)
    costs[_DOWN[:, 0], (first + 3 * _DOWN[:, 0]) % 10, 1] = own[0]
    costs[others[0]] = costs[others[0], :, ::-1] if others[0] >= 0 else costs[others[0]]
    for place in range(1, DIGITS):
        onward = (costs[:, None] + pairs[place - 1][..., None, None]).min(0) + own[place][:, None, None]
        moved = onward[_DOWN, (_ACROSS - _WEIGHTS[place] * _DOWN) % 10]
        costs = np.full_like(moved, np.inf)
        costs[..., 1] = moved.min(2)
        if others[place] >= 0:
            costs[others[place]] = moved[others[place]]
    return float(costs[:, 0, 1].min())


def _own_costs(look: Floats, blur: int) -> tuple[Floats, float]:
    """Return what each digit costs at each place for each first digit, and what is not explained without digits."""
    parts = _parts(blur)
    rest = look - parts.guards
    costs = parts.own - 2 * parts.shapes @ rest
    return costs[_SHAPE], float(rest @ rest)


_SCALE = 7 * PER_MODULE
"""Samples of a digit: costs are told as its mean squared difference."""
_DOWN, _ACROSS = np.ogrid[:10, :10]
_PLACES = [3 + 7 * place for place in range(6)] + [50 + 7 * place for place in range(6)]
_SHAPE = np.array([
    [20 * place + 10 * IS_EVEN[first, place] + np.arange(10) for first in range(10)] for place in range(6)
] + [[120 + 10 * place + np.arange(10)] * 10 for place in range(6)])  # fmt: skip
"""For each place of a digit, first digit and digit: which of the shapes it has."""


@cache
def _parts(blur: int) -> _Parts:
    guards = _given("101", 0, blur) + _given("01010", 45, blur) + _given("101", 92, blur)
    shapes = np.array([_given(bits, place, blur) for place in _PLACES for bits in _bits(place)], np.float32)
    alone = np.vstack([standing_alone(place, blur) for place in _PLACES])
    both = 2 * shapes @ shapes.T
    pairs = np.array([both[one.T[:, :, None], other] for one, other in pairwise(_SHAPE)])
    return _Parts(guards.astype(np.float32), shapes, (shapes**2).sum(1), alone, pairs)


def _bits(place: int) -> tuple[str, ...]:
    return (*ODD, *EVEN) if place < 45 else RIGHT


def _given(bits: str, where: int, blur: int) -> Floats:
    """Return what black modules, from one place on, give to the samples of a look."""
    modules = np.zeros(MODULES + 2 * _QUIET)
    modules[_QUIET + where : _QUIET + where + len(bits)] = [int(bit) for bit in bits]
    outside = (_QUIET - MARGIN) * PER_MODULE
    return blurred(modules, BLURS[blur])[outside:-outside]

"""Guess: what one averaged row of bars looks most like, asked again and again with the light that follows from it."""

import math
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

import numpy as np

from pos.domain.code import is_checked
from pos.scan.chain import margin, nearest, neighbours, wave
from pos.scan.fits import Fits, around, first_fits, powers_of
from pos.scan.pattern import BLURS, MARGIN, MODULES, PER_MODULE, SMEARED, Floats, Number, least_costs
from pos.scan.row import Row, flattened

COST_MIN = 0.0005
"""No number is taken to be nearer to a row than this: lenses and papers are not as even as our drawing."""

_REACHES = (0.11, 0.7)
"""Shares of a row within which black and white are first looked for: in uneven light, and where it is blurred."""
_FIRST_BLURS = range(1, len(BLURS), 2)
"""Those that are looked for first; what comes of each is asked for its neighbours, too."""
_TURNS = 5
GAIN_MIN = 8
"""Steps of gray between black and white, below which nothing is to be seen."""
_SHARES = (np.arange(-MARGIN * PER_MODULE, (MODULES + MARGIN) * PER_MODULE) + 0.5) / (MODULES * PER_MODULE)
_POWERS = powers_of(_SHARES)
_ALONG = 2 * _SHARES.astype(np.float32) - 1
_LIGHTS = np.stack([np.ones_like(_ALONG), _ALONG, _ALONG**2])


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is tried.

    Attributes:
        rows: which averaged rows: the whole label is 0, its bands follow.
        taken: ways the pattern may lie in each that are asked again with the light that follows.
        kept: those of them that are followed to the end.
        first_max: what the digits of a way may differ, by their mean square, before it is asked again.
        asked_max: the same before it is followed.
    """

    rows: tuple[int, ...]
    taken: int
    kept: int
    first_max: float = math.inf
    asked_max: float = math.inf


@dataclass(frozen=True)
class Guess:
    """The number a row looks most like.

    Attributes:
        fit: how the pattern lies in the row.
        is_turned: it is read from right to left.
        look: the row along the pattern, from 0 (white) to 1 (black).
    """

    number: Number
    fit: Fits = field(compare=False, repr=False)
    is_turned: bool
    blur: int
    look: Floats = field(compare=False, repr=False)

    @cached_property
    def sureness(self) -> float:
        """How many times a digit's cost the next number costs more; 0 when the check digit is not right by itself."""
        cost, digits = self.number.cost, self.number.digits
        return margin(self.look, self.blur, digits) / max(cost, COST_MIN) if is_checked(digits) else 0.0

    @property
    def rank(self) -> tuple[float, float]:
        """What puts the best first."""
        return -self.sureness, self.number.cost


def guess_row(row: Row, bars: float, effort: Effort, enough: float) -> Guess | None:
    """Return what one averaged row looks most like; None when nothing in it begins and ends like an EAN-13.

    Args:
        bars: how many samples of the row are taken to be bars.
        enough: the sureness at which nothing more is tried.
    """
    found: list[Guess] = []
    for reach in _REACHES:
        first = _first_guesses(flattened(row, reach), bars, effort.taken)
        near = [guess for guess in first if guess.number.cost < effort.first_max]
        asked = [again for guess in near if (again := _asked_again(row, guess, 0)) is not None]
        asked = [guess for guess in asked if guess.number.cost < effort.asked_max]
        asked.sort(key=lambda guess: guess.number.cost)
        found += [_followed(row, guess) for guess in asked[: effort.kept]]
        if any(guess.sureness > enough for guess in found):
            break
    return min(found, key=lambda guess: guess.rank, default=None)


def laid(row: Row, guess: Guess, steps: tuple[float, ...]) -> Guess | None:
    """Return how the number of a guess lies best in a row, near where it was; None where it can hardly be seen.

    Args:
        steps: modules by which its ends are moved, one after another.
    """
    for step in steps:
        near = around(guess.fit, np.array([-step, 0, step]), np.array([-0.03, 0, 0.03]) * step)
        looks = _looks(row, near, is_turned=guess.is_turned)
        drawn = [_drawn(guess.number.digits, blur).nearest(looks) for blur in blurs_about(guess.blur)]
        best = min(drawn, key=lambda each: each.left)
        if best.look is None:
            return None
        guess = Guess(guess.number, near.at([best.place]), guess.is_turned, best.blur, best.look)
    return guess


def seen_as(look: Floats, guess: Guess) -> Guess:
    """Return the number a look is nearest to, at about the blur of a guess."""
    numbers = [(nearest(look, blur), blur) for blur in blurs_about(guess.blur)]
    number, blur = min(numbers, key=lambda each: each[0].cost)
    return replace(guess, number=number, blur=blur, look=look)


def blurs_about(blur: int) -> range:
    """Return a blur and those next to it."""
    first, end = (0, SMEARED) if blur < SMEARED else (SMEARED, len(BLURS))
    return range(max(blur - 1, first), min(blur + 2, end))


def _first_guesses(flat: Row, bars: float, most: int) -> list[Guess]:
    """Return what a flattened row looks like, the best first; each lies elsewhere."""
    fits = first_fits(flat, bars)
    if fits is None:
        return []
    looks = np.vstack([_looks(flat, fits, is_turned=turned) for turned in (False, True)])
    costs = least_costs(looks, _FIRST_BLURS)
    taken: list[Guess] = []
    for place in np.argsort(costs.min(0)).tolist():
        turned, at = divmod(place, len(fits.begins))
        fit, blur = fits.at([at]), _FIRST_BLURS[int(costs[:, place].argmin())]
        if not any(_is_near(fit, other, is_turned=bool(turned)) for other in taken):
            taken.append(Guess(nearest(looks[place], blur), fit, bool(turned), blur, looks[place]))
        if len(taken) == most:
            break
    return taken


def _followed(row: Row, guess: Guess) -> Guess:
    """Return where a guess leads when it is asked again until it says the same."""
    for turn in range(1, _TURNS):
        again = _asked_again(row, guess, turn)
        if again is None:
            return guess
        is_still = turn > 1 and again.number.digits == guess.number.digits
        guess = again
        if is_still:
            break
    for steps in ((0.2, 0.1), (0.1, 0.05)):
        lain = laid(row, guess, steps)
        if lain is None:
            return guess
        guess = replace(lain, number=nearest(lain.look, lain.blur))
        if guess.number.digits == lain.number.digits:
            break
    return guess


def _asked_again(row: Row, guess: Guess, turn: int) -> Guess | None:
    """Return what a row looks like near a guess in the light that follows from it; None where nothing is to be seen."""
    digits, step = guess.number.digits, max(0.45 / (turn + 1), 0.1)
    by = _drawn(digits, guess.blur).shares(_looks(row, guess.fit, is_turned=guess.is_turned))[0]
    near = around(guess.fit, np.array([-step, 0, step]), np.array([-0.03, 0, 0.03]) / (turn + 1))
    looks = _in_even_light(_looks(row, near, is_turned=guess.is_turned), by)
    if looks is None:
        return None
    blurs = blurs_about(guess.blur)
    costs = least_costs(looks - neighbours(digits, guess.blur), blurs)
    which, place = np.unravel_index(int(costs.argmin()), costs.shape)
    look, blur = looks[place], blurs[int(which)]
    return Guess(nearest(look, blur), near.at([place]), guess.is_turned, blur, look)


@dataclass(frozen=True, slots=True)
class _Explained:
    """The look that is explained best: what is left of it, which it is, at which blur, and the same in even light."""

    left: float
    place: int
    blur: int
    look: Floats | None


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A number at one blur in any light: what a row can look like where it lies.

    Attributes:
        terms: white, then black, each even, rising and bent along the label.
        inverse: of what each two of them have in common.
    """

    blur: int
    terms: Floats
    inverse: Floats

    def shares(self, looks: Floats) -> Floats:
        """Return how much of each term explains each look best."""
        shares: Floats = (looks @ self.terms) @ self.inverse
        return shares

    def nearest(self, looks: Floats) -> _Explained:
        """Return which of some looks it explains best."""
        by = self.shares(looks)
        left = ((looks - by @ self.terms.T) ** 2).sum(1) / np.maximum(by[:, 3], 1) ** 2
        place = int(left.argmin())
        return _Explained(float(left[place]), place, self.blur, _in_even_light(looks[place], by[place]))


@lru_cache(maxsize=64)
def _drawn(digits: str, blur: int) -> _Drawn:
    terms = np.vstack([_LIGHTS, _LIGHTS * wave(digits, blur)]).T
    return _Drawn(blur, terms, np.linalg.inv(terms.T @ terms))


def _in_even_light(looks: Floats, by: Floats) -> Floats | None:
    """Return looks from 0 (white) to 1 (black), or None where there is hardly a difference."""
    span = by[3:] @ _LIGHTS
    return (looks - by[:3] @ _LIGHTS) / span if span.min() > GAIN_MIN else None


def _is_near(fit: Fits, other: Guess, *, is_turned: bool) -> bool:
    moved = abs(fit.begins[0] - other.fit.begins[0]) + abs(fit.ends[0] - other.fit.ends[0])
    return is_turned is other.is_turned and bool(moved < other.fit.modules[0])


def _looks(row: Row, fits: Fits, *, is_turned: bool) -> Floats:
    """Return a row's samples where the pattern lies, for each fit."""
    looks = row.at(fits.places(_POWERS))
    return looks[:, ::-1] if is_turned else looks

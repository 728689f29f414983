"""Likely: read an EAN-13 or UPC-A that no library reads, by asking which number would look most like it.

Libraries first decide what is black and what is white; where a code is small, out of focus or moving, that is where
they lose it. Here nothing is decided before the end: the pattern of 95 modules is laid over the averaged rows (start,
end, a bend and a blur), and each digit costs what it differs from them. From the number that costs least follows how
black and how white the label is along its way, better than from its darkest and lightest points, which a blur never
lets thin bars reach; so the rows are asked again with that. The number counts only when its check digit is right by
itself, the next best is far beyond what is left unexplained, and two bands of the label say the same.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pos.domain.code import is_checked
from pos.scan.opencv import load
from pos.scan.pattern import MODULES, PER_MODULE, Floats, Number, cheapest, digit_costs, guard_costs, wave
from pos.scan.region import Region, Strip
from pos.scan.seen import Seen, Symbology

COST_MAX = 0.027
"""Mean squared difference a digit may have, of bars from 0 to 1; what is wrong fails by margin or check digit first."""
MARGIN_MIN = 0.02
"""What the next best number must cost more; two digits of it must differ to keep its check digit."""
SURENESS_MIN = 4.0
"""How many times a digit's cost that must be; of wrong numbers with a right check digit no band came to 1.6."""
BANDS = 4
AGREE = 2
"""Bands of one label that must say the same number."""
HOPE_COST, HOPE_MARGIN = 0.04, 0.005
"""What the whole label must come to, or its bands are not looked at: most places hold no EAN."""

_BENDS = np.array([-0.08, -0.04, 0.0, 0.04, 0.08])
_STEPS = np.array([-0.9, -0.45, 0, 0.45, 0.9])
"""Modules by which an end of the pattern may lie beside where it was first thought to."""

_REACHES = (0.11, 0.7)
"""Shares of a profile within which black and white are first looked for: in uneven light, and where it is blurred."""
_TAKEN = 2
"""Ways the pattern may lie that are asked again with the black and white that follow from their number."""
_WORTH = 0.04
"""What a digit may cost for that."""
_TURNS = 4
_GAIN_MIN = 8
"""Steps of gray between black and white, below which nothing is to be seen."""
_ALONG = np.linspace(-1, 1, MODULES * PER_MODULE, dtype=np.float32)


@dataclass(frozen=True, slots=True)
class _Fits:
    """Ways the pattern may lie: where it begins and ends, in samples of a profile, and how much it bends."""

    begins: Floats
    ends: Floats
    bends: Floats

    def at(self, where: Any) -> "_Fits":  # noqa: ANN401  (whatever picks from an array)
        return _Fits(self.begins[where], self.ends[where], self.bends[where])

    @property
    def modules(self) -> Floats:
        """The width of a module in each."""
        return (self.ends - self.begins) / MODULES

    def places(self, shares: Floats) -> Floats:
        """Return where shares of the pattern's length lie in each."""
        bent = shares[None] + self.bends[:, None] * (shares * (1 - shares))[None]
        return self.begins[:, None] + (self.ends - self.begins)[:, None] * bent


@dataclass(frozen=True, slots=True)
class _Light:
    """How light white is along the pattern, and how much darker black; gray, dark is high."""

    white: Floats
    span: Floats


@dataclass(frozen=True, slots=True)
class Guess:
    """The number a profile looks most like.

    Attributes:
        fit: how the pattern lies in the profile.
        is_turned: it is read from right to left.
        light: what black and white were taken to be; None where the profile was flattened beforehand.
    """

    number: Number
    fit: _Fits = field(compare=False, repr=False)
    is_turned: bool
    blur: int
    light: _Light | None = field(compare=False, repr=False)

    @property
    def is_near(self) -> bool:
        """Whether it is worth looking further."""
        return self.number.cost < HOPE_COST and self.number.margin > HOPE_MARGIN

    @property
    def is_sure(self) -> bool:
        """Whether it is near enough, alone, and has the right check digit without having been made to."""
        cost, margin = self.number.cost, self.number.margin
        is_alone = margin > MARGIN_MIN and margin > SURENESS_MIN * cost
        return cost < COST_MAX and is_alone and is_checked(self.number.digits)


def read_strip(strip: Strip) -> str | None:
    """Return the 13 digits of a straightened region, or None when it is not beyond doubt."""
    found: dict[str, int] = defaultdict(int)
    known: Guess | None = None
    for profile in _profiles(strip.pixels):
        guess = guess_profile(profile, strip.bars, known)
        if guess is not None:
            known = guess if guess.is_near else known
            found[guess.number.digits] += guess.is_sure
        if known is None or (guess and found[guess.number.digits] >= AGREE):
            break
    sure = {digits: count for digits, count in found.items() if count}
    agreed = [digits for digits, count in sure.items() if count >= AGREE]
    return agreed[0] if agreed and len(sure) == 1 else None


def likely_seen(number: str | None, region: Region) -> list[Seen]:
    """Return what ``likely`` read of a region; nothing when it read nothing."""
    if number is None:
        return []
    text, symbology = (number[1:], Symbology.UPCA) if number[0] == "0" else (number, Symbology.EAN13)
    return [Seen(text, symbology, region.corners, "likely")]


def guess_profile(profile: Floats, bars: float, known: Guess | None = None) -> Guess | None:
    """Return what one averaged row looks most like; None when nothing in it begins and ends like an EAN-13.

    Args:
        known: what another row of the label looks like: in this one the pattern is not far from there.
    """
    row = load().GaussianBlur(255 - profile.astype(np.float32).reshape(1, -1), (0, 0), 0.8)
    if known:
        return _relit(row, known, turns=2)
    best: Guess | None = None
    for reach in _REACHES:
        for guess in _guesses(row, _flattened(row, reach), bars):
            if guess.is_sure:
                return guess
            best = guess if best is None or guess.number.cost < best.number.cost else best
    return best


def _guesses(row: Floats, flat: Floats, bars: float) -> Iterator[Guess]:
    """Give what a flattened row looks like, the best first; each then asked again with its own light."""
    fits = _first_fits(flat, bars)
    if fits is None:
        return
    for turn in (0, 1):
        fits = _refined(fits, digit_costs(_looks(flat, fits)), turn)
    costs = digit_costs(_looks(flat, fits))
    taken: list[Guess] = []
    for place in np.argsort(_whole(costs).min(0)).tolist():
        guess = _picked(costs, place, fits)
        if all(_is_elsewhere(guess, other) for other in taken):
            taken.append(guess)
            yield guess
            if guess.number.cost > _WORTH:
                return
            yield _relit(row, guess, _TURNS)
        if len(taken) == _TAKEN:
            return


def _relit(row: Floats, guess: Guess, turns: int) -> Guess:
    """Return what a row looks like when black and white follow from a guess; and so on from the next."""
    for turn in range(turns):
        light = guess.light if guess.light and not turn else _light(row, guess)
        if light is None:
            return guess
        step = max(0.45 / (turn + 1), 0.1)
        near, _ = _around(guess.fit, np.array([-step, 0, step]), np.array([-0.015, 0, 0.015]) / (turn + 1))
        looks = _looks(row, near)[guess.is_turned * len(near.begins) :][: len(near.begins)]
        costs = digit_costs((looks - light.white) / light.span)
        best = _picked(costs, int(_whole(costs).min(0).argmin()), near)
        again = Guess(best.number, best.fit, guess.is_turned, best.blur, light)
        is_still = turn > 1 and again.number.digits == guess.number.digits
        if is_still and again.number.cost > 0.9 * guess.number.cost:
            return min(guess, again, key=lambda each: each.number.cost)
        guess = again
    return guess


def _light(row: Floats, guess: Guess) -> _Light | None:
    """Return the black and white, slowly changing along the label, that bring a number nearest to a row."""
    look = _looks(row, guess.fit)[int(guess.is_turned)]
    bars = wave(guess.number.digits, guess.blur)
    terms = np.stack([np.ones_like(_ALONG), _ALONG, _ALONG**2, bars, bars * _ALONG], 1)
    by = np.linalg.solve(terms.T @ terms + 1e-3 * np.eye(5), terms.T @ look).astype(np.float32)
    span = by[3] + by[4] * _ALONG
    return _Light(by[0] + by[1] * _ALONG + by[2] * _ALONG**2, span) if span.min() > _GAIN_MIN else None


def _picked(costs: tuple[Floats, Floats], place: int, fits: _Fits) -> Guess:
    """Return the guess of one fit; those from the second half on are read backwards."""
    left, right = costs
    at_place = left[..., place], right[..., place]
    blur = int(_whole(at_place).argmin())
    turned, at = divmod(place, len(fits.begins))
    return Guess(cheapest(at_place[0][blur], at_place[1][blur]), fits.at([at]), bool(turned), blur, None)


def _is_elsewhere(one: Guess, other: Guess) -> bool:
    moved = abs(one.fit.begins[0] - other.fit.begins[0]) + abs(one.fit.ends[0] - other.fit.ends[0])
    return one.is_turned is not other.is_turned or bool(moved >= one.fit.modules[0])


def _whole(costs: tuple[Floats, Floats]) -> Floats:
    """Return what the best digits cost together, for each blur and fit."""
    left, right = costs
    whole: Floats = left.min(2).sum(1) + right.min(2).sum(1)
    return whole


def _looks(row: Floats, fits: _Fits) -> Floats:
    """Return a row's samples where the pattern lies: for each fit read forwards, then for each backwards."""
    shares = (np.arange(MODULES * PER_MODULE) + 0.5) / (MODULES * PER_MODULE)
    looks = _sampled(row, fits.places(shares))
    return np.vstack([looks, looks[:, ::-1]])


def _profiles(pixels: NDArray[np.uint8]) -> list[Floats]:
    height = pixels.shape[0]
    whole = pixels[height // 6 : height - height // 6 + 1].mean(0)
    edges = [
        (int(height * (band + 0.3) / (BANDS + 0.6)), int(height * (band + 1.3) / (BANDS + 0.6)))
        for band in range(BANDS)
    ]
    return [whole, *(pixels[top : bottom + 1].mean(0) for top, bottom in edges)]


def _flattened(row: Floats, share: float) -> Floats:
    """Return a row from 0 (white) to 1 (black), each the lightest and darkest within a share of its length."""
    cv2 = load()
    reach = max(9, int(row.size * share)) | 1
    window = np.ones((1, reach), np.uint8)
    high = cv2.blur(cv2.dilate(row, window), (reach, 1))
    low = cv2.blur(cv2.erode(row, window), (reach, 1))
    flat: Floats = (row - low) / np.maximum(high - low, 12)
    return flat


def _first_fits(flat: Floats, bars: float) -> _Fits | None:
    """Return ways the pattern may lie, by edges that could be its first and last and by how its guards then look."""
    begins, ends = _edges(flat.ravel())
    if len(begins) < 2 or len(ends) < 2:
        return None
    first, last = (each.ravel() for each in np.meshgrid(begins + 0.5, ends + 0.5, indexing="ij"))
    module = (last - first) / MODULES
    can_be = (module > max(1.2, bars * 0.70 / MODULES)) & (module < bars * 1.10 / MODULES)
    first, last = first[can_be], last[can_be]
    if not len(first):
        return None
    fits = _Fits(np.repeat(first, len(_BENDS)), np.repeat(last, len(_BENDS)), np.tile(_BENDS, len(first)))
    chosen = fits.at(_spread(fits, _guard_costs(flat, fits)))
    near, owner = _around(chosen, _STEPS, np.array([-0.03, 0, 0.03]))
    costs = _guard_costs(flat, near)
    kept = np.concatenate(
        [np.flatnonzero(owner == one)[np.argsort(costs[owner == one])[:4]] for one in range(len(chosen.begins))]
    )
    return near.at(kept[np.argsort(costs[kept])[:60]])


def _edges(flat: Floats) -> tuple[Floats, Floats]:
    """Return places where white turns black, from the left, and black white, from the right."""
    begins: list[int] = []
    ends: list[int] = []
    for level in (0.3, 0.55):
        above = flat >= level
        begins += np.flatnonzero(~above[:-1] & above[1:])[:12].tolist()
        ends += np.flatnonzero(above[:-1] & ~above[1:])[-12:].tolist()
    return np.unique(begins), np.unique(ends)


def _spread(fits: _Fits, costs: Floats, most: int = 16) -> list[int]:
    """Return the best fits that do not nearly coincide."""
    chosen: list[int] = []
    left = np.argsort(costs)
    while left.size and len(chosen) < most:
        best = int(left[0])
        chosen.append(best)
        away = np.abs(fits.begins[left] - fits.begins[best]) + np.abs(fits.ends[left] - fits.ends[best])
        left = left[away > 0.8 * fits.modules[left]]
    return chosen


def _around(fits: _Fits, steps: Floats, bends: Floats) -> tuple[_Fits, NDArray[np.int_]]:
    """Return fits a little beside each, steps in modules, and which of them each came from."""
    moves = np.array(list(product(steps, steps, bends)))
    owner = np.repeat(np.arange(len(fits.begins)), len(moves))
    moved = np.tile(moves, (len(fits.begins), 1))
    module = fits.modules[owner]
    return _Fits(
        fits.begins[owner] + moved[:, 0] * module, fits.ends[owner] + moved[:, 1] * module,
        fits.bends[owner] + moved[:, 2],
    ), owner  # fmt: skip


def _refined(fits: _Fits, costs: tuple[Floats, Floats], turn: int) -> _Fits:
    """Return fits round the best two."""
    order = (np.argsort(_whole(costs).min(0))[:12] % len(fits.begins)).tolist()
    best = list(dict.fromkeys(order))[:2]
    step = 0.35 / (turn + 1)
    near, _ = _around(fits.at(best), np.array([-step, 0, step]), np.array([-0.012, 0, 0.012]) / (turn + 1))
    return near


def _guard_costs(flat: Floats, fits: _Fits) -> Floats:
    five = (np.arange(5 * PER_MODULE) + 0.5) / PER_MODULE
    start, middle, end = (
        _sampled(flat, fits.places(shares))
        for shares in ((five - 2) / MODULES, (45 + five) / MODULES, (92 + five) / MODULES)
    )
    return guard_costs((start, middle, end))


def _sampled(flat: Floats, places: Floats) -> Floats:
    """Return a profile at places between its samples; nothing outside it."""
    across = places.astype(np.float32)
    values: Floats = load().remap(flat, across, np.zeros_like(across), load().INTER_LINEAR)
    return values

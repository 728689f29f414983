"""Likely: read an EAN-13 or UPC-A that no library reads, by asking which number would look most like it.

Libraries first decide what is black and what is white; where a code is small, out of focus or moving, that is where
they lose it. Here nothing is decided before the end: the pattern of 95 modules is laid over the averaged rows (start,
end, a bend and a blur), and each digit costs what it differs from them. The number with the least cost counts only when
its check digit is right by itself, no other is near, and two bands of the label say the same.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pos.domain.code import is_checked
from pos.scan.opencv import load
from pos.scan.region import Region, Strip
from pos.scan.seen import Seen, Symbology

MODULES = 95
"""Of an EAN-13 (GS1 General Specifications, section 5.2)."""
COST_MAX = 0.027
"""Mean squared difference a digit may have, of bars from 0 to 1; what is wrong fails by margin or check digit first."""
MARGIN_MIN = 0.03
"""What the next best number must cost more; two digits of it must differ to keep its check digit."""
BANDS = 4
AGREE = 2
"""Bands of one label that must say the same number."""
HOPE_COST, HOPE_MARGIN = 0.04, 0.005
"""What the whole label must come to, or its bands are not looked at: most places hold no EAN."""

_PER_MODULE = 4
_BLURS = (0.25, 0.45, 0.65, 0.85, 1.05, 1.3)
"""In modules."""
_ODD = ("0001101", "0011001", "0010011", "0111101", "0100011", "0110001", "0101111", "0111011", "0110111", "0001011")
_RIGHT = tuple("".join("10"[int(bit)] for bit in digit) for digit in _ODD)
_EVEN = tuple(digit[::-1] for digit in _RIGHT)
_PARITIES = ("LLLLLL", "LLGLGG", "LLGGLG", "LLGGGL", "LGLLGG", "LGGLLG", "LGGGLL", "LGLGLG", "LGLGGL", "LGGLGL")
"""Which of the left digits are even (G) tells the first digit (section 5.2.1.2.1)."""
_BENDS = np.array([-0.08, -0.04, 0.0, 0.04, 0.08])
_STEPS = np.array([-0.9, -0.45, 0, 0.45, 0.9])
"""Modules by which an end of the pattern may lie beside where it was first thought to."""

Floats = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class _Shapes:
    """How digits and guards look at each blur: rows of ``_PER_MODULE`` samples a module."""

    left: Floats
    right: Floats
    guards: tuple[tuple[Floats, Floats, Floats], ...]


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
class Guess:
    """The number a profile looks most like.

    Attributes:
        cost: mean squared difference of a digit.
        margin: how much more the next best costs.
        fit: how the pattern lies in the profile.
    """

    digits: str
    cost: float
    margin: float
    fit: _Fits = field(compare=False, repr=False)

    @property
    def is_near(self) -> bool:
        """Whether it is worth looking further."""
        return self.cost < HOPE_COST and self.margin > HOPE_MARGIN

    @property
    def is_sure(self) -> bool:
        """Whether it is near enough, alone, and has the right check digit without having been made to."""
        return self.cost < COST_MAX and self.margin > MARGIN_MIN and is_checked(self.digits)


def read_strip(strip: Strip) -> str | None:
    """Return the 13 digits of a straightened region, or None when it is not beyond doubt."""
    found: dict[str, int] = defaultdict(int)
    fit: _Fits | None = None
    for profile in _profiles(strip.pixels):
        guess = guess_profile(profile, strip.bars, fit)
        if guess is not None:
            fit = guess.fit if guess.is_near else fit
            found[guess.digits] += guess.is_sure
        if fit is None or (guess and found[guess.digits] >= AGREE):
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


def guess_profile(profile: Floats, bars: float, known: _Fits | None = None) -> Guess | None:
    """Return what one averaged row looks most like; None when nothing in it begins and ends like an EAN-13.

    Args:
        known: how the pattern lies in another row of the label: in this one it is not far from there.
    """
    flat = _flattened(profile)
    fits = _around(known, _STEPS, np.zeros(1))[0] if known else _first_fits(flat, bars)
    if fits is None:
        return None
    for turn in (0,) if known else (0, 1):
        costs = _costs(flat, fits)
        fits = _refined(fits, costs, turn)
    left, right = _costs(flat, fits)
    whole = left.min(3).sum(1) + right.min(3).sum(1)
    best, blur = np.unravel_index(int(whole.argmin()), whole.shape)
    place = [int(best) % len(fits.begins)]
    return _solved(left[best, :, blur], right[best, :, blur], fits.at(place))


def _profiles(pixels: NDArray[np.uint8]) -> list[Floats]:
    height = pixels.shape[0]
    whole = pixels[height // 6 : height - height // 6 + 1].mean(0)
    edges = [
        (int(height * (band + 0.3) / (BANDS + 0.6)), int(height * (band + 1.3) / (BANDS + 0.6)))
        for band in range(BANDS)
    ]
    return [whole, *(pixels[top : bottom + 1].mean(0) for top, bottom in edges)]


def _flattened(profile: Floats) -> Floats:
    """Return a profile from 0 (white) to 1 (black), whatever the light does along it."""
    cv2 = load()
    row = cv2.GaussianBlur(255 - profile.astype(np.float32).reshape(1, -1), (0, 0), 0.8)
    reach = max(9, int(row.size * 12 / 110)) | 1
    window = np.ones((1, reach), np.uint8)
    high = cv2.blur(cv2.dilate(row, window), (reach, 1))
    low = cv2.blur(cv2.erode(row, window), (reach, 1))
    flat: Floats = ((row - low) / np.maximum(high - low, 12)).ravel()
    return flat


def _first_fits(flat: Floats, bars: float) -> _Fits | None:
    """Return ways the pattern may lie, by edges that could be its first and last and by how its guards then look."""
    begins, ends = _edges(flat)
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
    left, right = costs
    whole = (left.min(3).sum(1) + right.min(3).sum(1)).min(1)
    order = (np.argsort(whole)[:12] % len(fits.begins)).tolist()
    best = list(dict.fromkeys(order))[:2]
    step = 0.35 / (turn + 1)
    near, _ = _around(fits.at(best), np.array([-step, 0, step]), np.array([-0.012, 0, 0.012]) / (turn + 1))
    return near


def _guard_costs(flat: Floats, fits: _Fits) -> Floats:
    five = (np.arange(5 * _PER_MODULE) + 0.5) / _PER_MODULE
    looks = [
        _sampled(flat, fits.places(shares))
        for shares in ((five - 2) / MODULES, (45 + five) / MODULES, (92 + five) / MODULES)
    ]
    shapes = [_shapes().guards[blur] for blur in (0, 2, 3, 4)]
    costs = [sum(((look - part) ** 2).mean(1) for look, part in zip(looks, shape, strict=True)) for shape in shapes]
    least: Floats = np.min(np.array(costs), axis=0)
    return least


def _costs(flat: Floats, fits: _Fits) -> tuple[Floats, Floats]:
    """Return what each digit costs at each place and blur, for each fit read forwards and then backwards."""
    shares = (np.arange(MODULES * _PER_MODULE) + 0.5) / (MODULES * _PER_MODULE)
    looks = _sampled(flat, fits.places(shares))
    both = np.vstack([looks, looks[:, ::-1]])
    return _half_costs(both, 3, _shapes().left), _half_costs(both, 50, _shapes().right)


def _half_costs(looks: Floats, first: int, shapes: Floats) -> Floats:
    per_digit = 7 * _PER_MODULE
    begin = first * _PER_MODULE
    digits = looks[:, begin : begin + 6 * per_digit].reshape(len(looks), 6, per_digit)
    flat = shapes.reshape(-1, per_digit)
    costs = (digits**2).sum(2)[..., None] + (flat**2).sum(1) - 2 * digits @ flat.T
    return (costs / per_digit).reshape(len(looks), 6, len(_BLURS), shapes.shape[1])


def _solved(left: Floats, right: Floats, fit: _Fits) -> Guess:
    """Return the number that costs least, under the parities there are."""
    ranked = []
    for first, parity in enumerate(_PARITIES):
        rows = [left[place, :10] if kind == "L" else left[place, 10:] for place, kind in enumerate(parity)]
        table = np.vstack([*rows, *right])
        ranked.append((float(table.min(1).sum()), first, table))
    ranked.sort(key=lambda each: each[0])
    cost, first, table = ranked[0]
    two = np.sort(table, 1)
    gaps = np.sort(two[:, 1] - two[:, 0])
    margin = min(float(gaps[0] + gaps[1]), ranked[1][0] - cost)
    digits = f"{first}{''.join(map(str, table.argmin(1)))}"
    return Guess(digits, cost / 12, margin, fit)


def _sampled(flat: Floats, places: Floats) -> Floats:
    """Return a profile at places between its samples; nothing outside it."""
    across = places.astype(np.float32)
    values: Floats = load().remap(flat.reshape(1, -1), across, np.zeros_like(across), load().INTER_LINEAR)
    return values


@cache
def _shapes() -> _Shapes:
    left = [[_digit(bits, blur, before=1, after=0) for bits in (*_ODD, *_EVEN)] for blur in _BLURS]
    right = [[_digit(bits, blur, before=0, after=1) for bits in _RIGHT] for blur in _BLURS]
    return _Shapes(np.array(left, np.float32), np.array(right, np.float32), tuple(_guards(blur) for blur in _BLURS))


def _digit(bits: str, blur: float, *, before: int, after: int) -> Floats:
    """Return a digit's samples, with what borders on it: unknown but for the nearest module."""
    modules = np.array([0.5, 0.5, before, *map(int, bits), after, 0.5, 0.5])
    return _blurred(modules, blur)[3 * _PER_MODULE : 10 * _PER_MODULE]


def _guards(blur: float) -> tuple[Floats, Floats, Floats]:
    """Return five modules at the start (two of them white), in the middle and at the end."""
    start = np.array([0, 0, 0, 0, 0, 1, 0, 1, 0, 0.5])
    middle = np.array([0.5, 0.5, 1, 0, 1, 0, 1, 0, 1, 0.5, 0.5])
    end = np.array([0.5, 0, 1, 0, 1, 0, 0, 0, 0, 0])
    cuts = ((start, 3), (middle, 3), (end, 2))
    found = [_blurred(modules, blur)[at * _PER_MODULE : (at + 5) * _PER_MODULE] for modules, at in cuts]
    return found[0], found[1], found[2]


def _blurred(modules: Floats, blur: float) -> Floats:
    samples = np.repeat(modules.astype(float), _PER_MODULE)
    reach = int(np.ceil(3 * blur * _PER_MODULE))
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / (blur * _PER_MODULE)) ** 2)
    smooth: Floats = np.convolve(np.pad(samples, reach, mode="edge"), kernel / kernel.sum(), "valid")
    return smooth.astype(np.float32)

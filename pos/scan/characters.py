"""Characters: what one averaged row of a code looks most like, whose characters follow each other (``alphabet``).

Where it begins and ends and how many characters it has is tried; then the nearest of all sequences follows from each
place in turn (Viterbi), and from that the light, in which the row is asked again.
"""

from functools import cache, lru_cache
from itertools import product
from typing import NamedTuple

import numpy as np

from pos.scan.alphabet import Alphabet
from pos.scan.fits import Fits, around, edges, powers_of
from pos.scan.guess import COST_MIN, GAIN_MIN, blurs_about
from pos.scan.pattern import BLURS, MARGIN, MODULES, PER_MODULE, Floats, blurred
from pos.scan.row import Row, flattened

_REACH = 6
"""Modules that a character reaches beyond its own at the largest blur."""
_OUT = _REACH * PER_MODULE
_FLATTENED = (0.11, 0.7)
"""Shares of a row within which black and white are first looked for: in uneven light, and where it is blurred."""
_FIRST_BLURS = (1, 3, 5)
_MODULE_MIN = 1.2
_ENDS, _ASKED, _KEPT = 2, 14, 3
"""Ways it may lie: of each number of characters; asked once; followed to the end."""
_STEPS = (0.5, 0.25, 0.25, 0.12, 0.12, 0.06)
"""Modules by which its ends are moved."""


class Line(NamedTuple):
    """What a row looks most like.

    Attributes:
        values: its characters.
        cost: mean squared difference of a character, of bars from 0 to 1.
        margin: how much more the next sequence costs, whatever its check; 0 while nobody asked.
        fit: how it lies in the row.
        is_turned: it is read from right to left.
        look: the row along it, from 0 (white) to 1 (black).
    """

    values: tuple[int, ...]
    cost: float
    margin: float
    fit: Fits
    is_turned: bool
    blur: int
    look: Floats

    @property
    def sureness(self) -> float:
        """How many times a character's cost the next sequence costs more."""
        return self.margin / max(self.cost, COST_MIN)


def read_row(row: Row, bars: float, alphabet: Alphabet) -> Line | None:
    """Return what a row looks most like; None when nothing in it begins and ends like this code.

    Args:
        bars: how many samples of the row are taken to be bars.
    """
    first = [line for reach in _FLATTENED for line in _first(flattened(row, reach), bars, alphabet)]
    first.sort(key=lambda line: line.cost)
    followed = [_followed(row, line, alphabet) for line in first[:_KEPT]]
    return min((line for line in followed if line), key=lambda line: line.cost, default=None)


def moved(row: Row, line: Line, step: float, alphabet: Alphabet) -> Line | None:
    """Return how the characters of a line lie best in a row, an end moved by a step at most; None without a light."""
    modules = alphabet.modules(len(line.values))
    steps = np.array([-step, 0, step]) * MODULES / modules
    near = around(line.fit, steps, 0.03 * steps)
    looks = row.at(near.places(powers_of(_shares(modules, is_turned=line.is_turned))))
    along = np.linspace(-1, 1, looks.shape[1], dtype=np.float32)
    lights = np.stack([np.ones_like(along), along, along**2])
    found = [(*_explained(looks, np.vstack([lights, lights * wave(line.values, b, alphabet)]).T), b)
             for b in blurs_about(line.blur)]  # fmt: skip
    _, place, by, blur = min(found, key=lambda each: each[0])
    span = by[3:] @ lights
    if span.min() < GAIN_MIN:
        return None
    return line._replace(fit=near.at([place]), blur=blur, look=(looks[place] - by[:3] @ lights) / span)


def seen_as(look: Floats, line: Line, alphabet: Alphabet) -> Line:
    """Return the sequence a look is nearest to, at about the blur of a line, and how near the next one comes."""
    asked = [_nearest(look, line, blur, alphabet, with_margin=True) for blur in blurs_about(line.blur)]
    return min(asked, key=lambda each: each.cost)


def wave(values: tuple[int, ...], blur: int, alphabet: Alphabet) -> Floats:
    """Return the look of a sequence."""
    whole = _ends(alphabet, len(values), blur).copy()
    shapes = _shapes(alphabet, blur)[0]
    for place, value in enumerate(values):
        whole[_at(alphabet, place)] += shapes[value]
    return whole[_OUT:-_OUT]


def _first(flat: Row, bars: float, alphabet: Alphabet) -> list[Line]:
    """Return what a flattened row looks like, of all numbers of characters, by how it begins and ends."""
    begins, ends = (each.ravel() for each in np.meshgrid(*edges(flat.values.ravel()), indexing="ij"))
    wide, least = ends - begins, (0.8 if len(alphabet.counts) > 1 else 0.55) * bars
    found: list[tuple[float, Line]] = []
    for count, is_turned in product(alphabet.counts, (False, True)):
        can_be = (wide > max(_MODULE_MIN * alphabet.modules(count), least)) & (wide < 1.1 * bars)
        if not can_be.any():
            continue
        shares = _shares(alphabet.modules(count), is_turned=is_turned)
        fits = Fits(begins[can_be] + 0.5, ends[can_be] + 0.5, np.zeros(int(can_be.sum())))
        both = [flat.at(fits.places(powers_of(part))) for part in _end_shares(shares, alphabet)]
        costs = np.array([_ends_cost(both, count, blur, alphabet) for blur in _FIRST_BLURS])
        for place in np.argsort(costs.min(0))[:_ENDS].tolist():
            blur = _FIRST_BLURS[int(costs[:, place].argmin())]
            fit = fits.at([place])
            look = flat.at(fit.places(powers_of(shares)))[0]
            found.append((float(costs[:, place].min()), Line((0,) * count, 0, 0, fit, is_turned, blur, look)))
    found.sort(key=lambda each: each[0])
    return [_nearest(line.look, line, line.blur, alphabet) for _, line in found[:_ASKED]]


def _followed(row: Row, line: Line, alphabet: Alphabet) -> Line | None:
    for step in _STEPS:
        again = moved(row, line, step, alphabet)
        if again is None:
            return None
        line = _nearest(again.look, again, again.blur, alphabet)
    return seen_as(line.look, line, alphabet)


def _nearest(look: Floats, line: Line, blur: int, alphabet: Alphabet, *, with_margin: bool = False) -> Line:
    """Return the sequence nearest to a look, of as many characters as a line has."""
    count, scale = len(line.values), alphabet.width * PER_MODULE
    own, rest = _own_costs(look, count, blur, alphabet)
    pairs = _shapes(alphabet, blur)[2]
    onward, before = [own[0]], []
    for place in range(1, count):
        costs = onward[-1][:, None] + pairs
        before.append(costs.argmin(0))
        onward.append(costs.min(0) + own[place])
    values = [int(onward[-1].argmin())]
    for each in reversed(before):
        values.insert(0, int(each[values[0]]))
    cost = (rest + float(onward[-1].min())) / scale / count
    margin = _margin(own, onward, pairs, values) / scale if with_margin else 0.0
    return line._replace(values=tuple(values), cost=cost, margin=margin, blur=blur, look=look)


def _margin(own: Floats, onward: list[Floats], pairs: Floats, values: list[int]) -> float:
    """Return how much more the next sequence costs than the nearest: the least with another character somewhere."""
    following, after = np.inf, np.zeros(len(pairs))
    for place in range(len(values) - 1, -1, -1):
        through = onward[place] + after
        through[values[place]] = np.inf
        following = min(following, float(through.min()))
        after = (pairs + (own[place] + after)).min(1)
    return following - float(onward[-1].min())


def _own_costs(look: Floats, count: int, blur: int, alphabet: Alphabet) -> tuple[Floats, float]:
    """Return what each character costs at each place, and what is not explained without any."""
    ends, (shapes, own, _) = _ends(alphabet, count, blur), _shapes(alphabet, blur)
    rest = np.zeros_like(ends)
    rest[_OUT:-_OUT] = look - ends[_OUT:-_OUT]
    costs = np.stack([own - 2 * shapes @ rest[_at(alphabet, place)] for place in range(count)])
    costs[alphabet.forbidden(count)] = np.inf
    return costs, float(rest @ rest)


def _ends_cost(looks: list[Floats], count: int, blur: int, alphabet: Alphabet) -> Floats:
    """Return how much looks differ from how this code begins and ends."""
    begin, end = looks
    drawn = _ends(alphabet, count, blur)[_OUT:-_OUT]
    cost: Floats = ((end - drawn[-end.shape[1] :]) ** 2).sum(1)
    wide = begin.shape[1]
    if alphabet.head:
        return cost + ((begin - drawn[:wide]) ** 2).sum(1)
    starts = _shapes(alphabet, blur)[0][alphabet.first, _OUT - MARGIN * PER_MODULE :][:, :wide]
    return cost + ((begin[:, None] - starts) ** 2).sum(2).min(1)


def _end_shares(shares: Floats, alphabet: Alphabet) -> tuple[Floats, Floats]:
    """Return where the first modules of a code lie, and the last; the next character reaches into half a module."""
    first = len(alphabet.head) * PER_MODULE or alphabet.width * PER_MODULE - 2
    return shares[: MARGIN * PER_MODULE + first], shares[-(MARGIN + len(alphabet.tail)) * PER_MODULE :]


def _explained(looks: Floats, terms: Floats) -> tuple[float, int, Floats]:
    """Return what is left of the look that terms explain best, which it is, and how much of each term is in it."""
    by = looks @ terms @ np.linalg.inv(terms.T @ terms)
    left = ((looks - by @ terms.T) ** 2).sum(1) / np.maximum(by[:, 3], 1) ** 2
    place = int(left.argmin())
    return float(left[place]), place, by[place]


@lru_cache(maxsize=256)
def _shares(modules: int, *, is_turned: bool) -> Floats:
    """Return where the samples of a look lie, as shares of the way from end to end."""
    shares = (np.arange(-MARGIN * PER_MODULE, (modules + MARGIN) * PER_MODULE) + 0.5) / (modules * PER_MODULE)
    return shares[::-1] if is_turned else shares


def _at(alphabet: Alphabet, place: int) -> slice:
    """Return where a character lies in a look with ``_OUT`` more at each end, with what it gives to its neighbours."""
    begin = (MARGIN + len(alphabet.head) + place * alphabet.width) * PER_MODULE
    return slice(begin, begin + (alphabet.width + 2 * _REACH) * PER_MODULE)


@cache
def _shapes(alphabet: Alphabet, blur: int) -> tuple[Floats, Floats, Floats]:
    """Return the characters at one blur, what each costs by itself, and what each two cost that follow each other."""
    shapes = np.array([_given(bits, blur) for bits in alphabet.shapes], np.float32)
    step = alphabet.width * PER_MODULE
    return shapes, (shapes**2).sum(1), 2 * shapes[:, step:] @ shapes[:, :-step].T


@lru_cache(maxsize=256)
def _ends(alphabet: Alphabet, count: int, blur: int) -> Floats:
    """Return what is the same in all sequences of so many characters, with ``_OUT`` more at each end."""
    modules = alphabet.modules(count)
    whole = np.zeros((modules + 2 * MARGIN + 2 * _REACH) * PER_MODULE, np.float32)
    for bits, at in ((alphabet.head, 0), (alphabet.tail, modules - len(alphabet.tail))):
        given = _given(bits, blur)
        begin = (MARGIN + at) * PER_MODULE
        whole[begin : begin + len(given)] += given
    return whole


def _given(bits: str, blur: int) -> Floats:
    """Return what black modules give to the samples where they lie and to ``_REACH`` modules beside them."""
    return blurred(np.array([0] * _REACH + [int(bit) for bit in bits] + [0] * _REACH, float), BLURS[blur])

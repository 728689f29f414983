"""Takes: each way in which one rule may take pieces off the piles and make them cheaper."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, combinations_with_replacement, product
from math import comb
from typing import NamedTuple

from pos.domain.money import share_out
from pos.domain.pricing_piles import Pile
from pos.domain.promotion_in_force import Saving
from pos.domain.promotion_rule import Together

FIELD_BITS = 40
"""A sum of fen fits: a total is at most 10^10."""


Way = list[tuple[int, Sequence[int]]]
"""For each part of a rule, how many pieces it takes, and the piles they may come from."""
Uses = tuple[tuple[int, int], ...]
"""Piles in their order, each with how many of its pieces."""


class Take(NamedTuple):
    """One use of a rule: its place in the book, how many pieces of which piles it binds, what it saves, and its label.

    A label is the saving in its highest field and, below it, for each zone the price of touched pieces and the saving
    on them; so the labels of takes add up as one whole number, and the greater label saves more.
    """

    rule: int
    uses: Uses
    saving: int
    label: int

    def fens(self, piles: Sequence[Pile]) -> Iterable[tuple[int, int, int]]:
        """Return what comes off the pieces, by their prices: of a pile, so much off each of so many."""
        if len(self.uses) == 1:
            [(place, pieces)] = self.uses
            fen, more = divmod(self.saving, pieces)
            rest = (place, fen, pieces - more)
            return ((place, fen + 1, more), rest) if more else (rest,)
        places = places_of(self.uses)
        shares = share_out(self.saving, [piles[place].price for place in places])
        return [(place, fen, 1) for place, fen in zip(places, shares, strict=True)]


_take = partial(tuple.__new__, Take)
"""Makes a take from its fields, at half the time that its name takes: a long cart tries hundreds."""


class Labels:
    """How labels are made for these piles, and read."""

    def __init__(self, piles: Sequence[Pile], zones: Sequence[int | None], sums: Sequence[int]) -> None:
        self._prices = [pile.price for pile in piles]
        self._sums = sums
        self._top = 2 * len(sums) * FIELD_BITS
        touched = {zone: 1 << 2 * zone * FIELD_BITS for zone in range(len(sums))}
        self._touched = [0 if zone is None else touched[zone] for zone in zones]
        saved = {each: (1 << self._top) + (each << FIELD_BITS) for each in (0, *touched.values())}
        self._saved = [saved[each] for each in self._touched]

    def of(self, uses: Uses, saving: int) -> int:
        """Return the label of a take that saves so much on these pieces together."""
        first, touched = uses[0][0], self._touched
        if len({touched[place] for place, _ in uses}) == 1:
            cost = sum([self._prices[place] * pieces for place, pieces in uses])
            return touched[first] * cost + self._saved[first] * saving
        places = places_of(uses)
        shares = share_out(saving, [self._prices[place] for place in places])
        return sum([self.of_piece(place, fen) for place, fen in zip(places, shares, strict=True)])

    def of_piece(self, place: int, saving: int) -> int:
        """Return the label of a take of one piece."""
        return self._touched[place] * self._prices[place] + self._saved[place] * saving

    def saving(self, label: int) -> int:
        """Return what a label saves."""
        return label >> self._top

    def under(self, label: int, loss: int) -> int:
        """Return the least label that saves at most ``loss`` less than this one."""
        return max(0, (label >> self._top) - loss) << self._top

    def pots(self, label: int) -> list[int]:
        """Return what is left in the two pots of each zone."""
        pots = []
        mask = (1 << FIELD_BITS) - 1
        for zone, whole in enumerate(self._sums):
            touched = label >> 2 * zone * FIELD_BITS & mask
            pots += [whole - touched, touched - (label >> (2 * zone + 1) * FIELD_BITS & mask)]
        return pots


class Takes:
    """The takes that the rules allow on these piles.

    Attributes:
        prices: what one piece of each pile costs.
    """

    def __init__(self, piles: Sequence[Pile], labels: Labels) -> None:
        self.prices = [pile.price for pile in piles]
        self._pieces = [pile.pieces for pile in piles]
        self._labels = labels

    def of_one(self, place: int, saving: Saving) -> Take:
        """Return the take of a single piece of a pile."""
        fen, rule = saving
        return _take((rule, ((place, 1),), fen, self._labels.of_piece(place, fen)))

    def together(self, rule: int, does: Together, way: Way, least: Mapping[int, int]) -> Iterator[Take]:
        """Yield every take that binds pieces of these piles and saves more than ``least`` of each piece it binds."""
        seen: set[tuple[Uses, int]] = set()
        for picked in product(*[combinations_with_replacement(places, count) for count, places in way]):
            uses = uses_of(sorted(chain(*picked)))
            if any(pieces > self._pieces[place] for place, pieces in uses):
                continue
            saving = self.saving(does, picked)
            if saving > sum([least.get(place, 0) * pieces for place, pieces in uses]) and (uses, saving) not in seen:
                seen.add((uses, saving))
                yield self.bind(rule, uses, saving)

    def saving(self, does: Together, picked: Sequence[Sequence[int]]) -> int:
        """Return what comes off pieces of these piles, part by part."""
        return does.saving([[self.prices[place] for place in part] for part in picked])

    def bind(self, rule: int, uses: Uses, saving: int) -> Take:
        """Return the take that binds these pieces."""
        return _take((rule, uses, saving, self._labels.of(uses, saving)))


def uses_of(places: Sequence[int]) -> Uses:
    """Return pieces of these piles, which stand in their order, pile by pile."""
    uses: dict[int, int] = {}
    for place in places:
        uses[place] = uses.get(place, 0) + 1
    return tuple(uses.items())


def places_of(uses: Uses) -> list[int]:
    """Return the pile of each piece."""
    return [place for place, pieces in uses for _ in range(pieces)]


def ways_to_pick(way: Way) -> int:
    """Return how many takes there may be."""
    ways = 1
    for count, places in way:
        ways *= comb(len(places) + count - 1, count)
    return ways


def ways_of(does: Together, among: Sequence[int], piles: Sequence[Pile]) -> list[Way]:
    """Return the piles each part may take from, for each product apart where all must be one.

    Args:
        among: the piles of loose pieces that the rule touches.
    """
    parts = does.parts
    if does.is_same:
        skus: dict[str, list[int]] = {}
        for place in among:
            skus.setdefault(piles[place].sku, []).append(place)
        found: list[Way] = [[(parts[0].count, places)] for _, places in sorted(skus.items())]
    elif len(parts) == 1:
        found = [[(parts[0].count, among)]]
    else:
        found = [[(part.count, [place for place in among if part.scope.holds(piles[place].sku, piles[place].category)])
                  for part in parts]]  # fmt: skip
    return [way for way in found if _suffices(way, piles)]


def _suffices(way: Way, piles: Sequence[Pile]) -> bool:
    return all(sum([piles[place].pieces for place in places]) >= count for count, places in way)

"""Takes: each way in which one rule may take pieces off the piles and make them cheaper."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations_with_replacement, product
from math import comb, prod
from typing import NamedTuple

from pos.domain.money import share_out
from pos.domain.pricing_piles import Pile
from pos.domain.promotion_in_force import Saving
from pos.domain.promotion_rule import Together

FIELD_BITS = 40
"""A sum of fen fits: a total is at most 10^10."""


Way = list[Sequence[int]]
"""For each part of a rule, the piles its pieces may come from."""


class Take(NamedTuple):
    """One use of a rule: its place in the book, how many pieces of which piles it binds, what it saves, and its label.

    A label is the saving in its highest field and, below it, for each zone the price of touched pieces and the saving
    on them; so the labels of takes add up as one whole number, and the greater label saves more.
    """

    rule: int
    uses: tuple[tuple[int, int], ...]
    saving: int
    label: int

    def fens(self, piles: Sequence[Pile]) -> Iterable[tuple[int, int]]:
        """Return what comes off each piece, by their prices."""
        if self.uses[0][1] == len(self.uses) == 1:
            return ((self.uses[0][0], self.saving),)
        places = [place for place, pieces in self.uses for _ in range(pieces)]
        return zip(places, share_out(self.saving, [piles[place].price for place in places]), strict=True)


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

    def of(self, places: Sequence[int], saving: int) -> int:
        """Return the label of a take that saves so much on these pieces together."""
        touched, prices = self._touched, [self._prices[place] for place in places]
        if len({touched[place] for place in places}) == 1:
            return touched[places[0]] * sum(prices) + self._saved[places[0]] * saving
        return sum([self.of_piece(place, fen) for place, fen in zip(places, share_out(saving, prices), strict=True)])

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
        return Take(rule, ((place, 1),), fen, self._labels.of_piece(place, fen))

    def together(self, rule: int, does: Together, way: Way, least: Mapping[int, int]) -> Iterator[Take]:
        """Yield every take that binds pieces of these piles and saves more than ``least`` of each piece it binds."""
        seen: set[tuple[tuple[int, ...], int]] = set()
        parts = [combinations_with_replacement(places, part.count)
                 for part, places in zip(does.parts, way, strict=True)]  # fmt: skip
        for picked in product(*parts):
            places = tuple(sorted(chain(*picked)))
            saving = self.saving(does, picked)
            if saving <= sum([least.get(place, 0) for place in places]) or (places, saving) in seen:
                continue
            seen.add((places, saving))
            take = self.bind(rule, places, saving)
            if all(pieces <= self._pieces[place] for place, pieces in take.uses):
                yield take

    def saving(self, does: Together, picked: Sequence[Sequence[int]]) -> int:
        """Return what comes off pieces of these piles, part by part."""
        return does.saving([[self.prices[place] for place in part] for part in picked])

    def bind(self, rule: int, places: Sequence[int], saving: int) -> Take:
        """Return the take that binds pieces of these piles, in their order."""
        uses: dict[int, int] = {}
        for place in places:
            uses[place] = uses.get(place, 0) + 1
        return Take(rule, tuple(uses.items()), saving, self._labels.of(places, saving))


def ways_to_pick(does: Together, way: Way) -> int:
    """Return how many takes there may be."""
    return prod(comb(len(places) + part.count - 1, part.count)
                for part, places in zip(does.parts, way, strict=True))  # fmt: skip


def ways_of(does: Together, among: Sequence[int], piles: Sequence[Pile]) -> list[Way]:
    """Return the piles each part may take from, for each product apart where all must be one.

    Args:
        among: the piles of loose pieces that the rule touches.
    """
    if does.is_same:
        skus: dict[str, list[int]] = {}
        for place in among:
            skus.setdefault(piles[place].sku, []).append(place)
        found: list[Way] = [[places] for _, places in sorted(skus.items())]
    elif len(does.parts) == 1:
        found = [[among]]
    else:
        found = [[[place for place in among if part.scope.holds(piles[place].sku, piles[place].category)]
                  for part in does.parts]]  # fmt: skip
    return [way for way in found if _suffices(does, way, piles)]


def _suffices(does: Together, way: Way, piles: Sequence[Pile]) -> bool:
    for part, places in zip(does.parts, way, strict=True):
        if sum([piles[place].pieces for place in places]) < part.count:
            return False
    return True

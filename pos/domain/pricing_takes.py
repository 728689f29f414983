"""Takes: each way in which one rule may take pieces off the piles and make them cheaper."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement, product
from math import comb, prod

from pos.domain.money import share_out
from pos.domain.pricing_piles import Pile
from pos.domain.promotion_rule import Each, Rule, Together

FIELD_BITS = 40
"""A sum of fen fits: a total is at most 10^10."""


Way = list[list[int]]
"""For each part of a rule, the piles its pieces may come from."""


@dataclass(frozen=True, slots=True)
class Take:
    """One use of a rule: the pieces it binds, what comes off each of them, and its label.

    A label is the saving in its highest field and, below it, for each zone the price of touched pieces and the saving
    on them; so the labels of takes add up as one whole number, and the greater label saves more.
    """

    rule: Rule
    uses: tuple[tuple[int, int], ...]
    fens: tuple[tuple[int, int], ...]
    label: int


class Labels:
    """How labels are made for these piles, and read."""

    def __init__(self, piles: Sequence[Pile], zones: Sequence[int | None], sums: Sequence[int]) -> None:
        self._prices = [pile.price for pile in piles]
        self._sums = sums
        self._top = 2 * len(sums) * FIELD_BITS
        self._touched = [0 if zone is None else 1 << 2 * zone * FIELD_BITS for zone in zones]
        self._saved = [(1 << self._top) + (touched << FIELD_BITS) for touched in self._touched]

    def of(self, fens: Sequence[tuple[int, int]]) -> int:
        """Return the label of a take from what comes off each of its pieces."""
        return sum(self._touched[pile] * self._prices[pile] + self._saved[pile] * fen for pile, fen in fens)

    def of_piece(self, pile: int) -> tuple[int, int]:
        """Return the label of touching one piece of a pile, and of each fen saved on it."""
        return self._touched[pile] * self._prices[pile], self._saved[pile]

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
    """The takes that the rules allow on these piles."""

    def __init__(self, piles: Sequence[Pile], labels: Labels) -> None:
        self._piles = piles
        self._labels = labels

    def of_one(self, place: int, rules: Sequence[Rule]) -> tuple[Take, ...]:
        """Return the takes of single pieces of one pile, the best first, like ones once."""
        pile = self._piles[place]
        found: dict[int, Rule] = {}
        for rule in rules:
            if isinstance(rule.does, Each) and rule.does.scope.holds(pile.sku, pile.category):
                found.setdefault(rule.does.cut.saving(pile.price, pile.one), rule)
        fens = sorted((fen for fen in found if fen), reverse=True)
        touched, saved = self._labels.of_piece(place)
        return tuple(Take(found[fen], ((place, 1),), ((place, fen),), touched + saved * fen) for fen in fens)

    def ways(self, does: Together, among: Sequence[int]) -> list[Way]:
        """Return the piles each part may take from, for each product apart where all must be one."""
        loose = [(place, self._piles[place]) for place in among if self._piles[place].is_loose]
        parts = [[place for place, pile in loose if part.scope.holds(pile.sku, pile.category)] for part in does.parts]
        found = [parts]
        if does.is_same:
            skus = sorted({self._piles[place].sku for place in parts[0]})
            found = [[[place for place in parts[0] if self._piles[place].sku == sku]] for sku in skus]
        return [way for way in found if self._suffices(does, way)]

    def _suffices(self, does: Together, way: Way) -> bool:
        return all(sum(self._piles[place].count for place in places) >= part.count
                   for part, places in zip(does.parts, way, strict=True))  # fmt: skip

    def together(self, rule: Rule, does: Together, way: Way) -> Iterator[Take]:
        """Yield every take that binds pieces of these piles."""
        seen: set[tuple[tuple[int, ...], int]] = set()
        parts = [combinations_with_replacement(places, part.count)
                 for part, places in zip(does.parts, way, strict=True)]  # fmt: skip
        for picked in product(*parts):
            places = sorted(place for part in picked for place in part)
            take = self.bind(rule, does, picked)
            if take and (tuple(places), self._labels.saving(take.label)) not in seen:
                seen.add((tuple(places), self._labels.saving(take.label)))
                yield take

    def bind(self, rule: Rule, does: Together, picked: Sequence[Sequence[int]]) -> Take | None:
        """Return the take of these pieces, part by part; None when they are not there or nothing comes off."""
        places = sorted(place for part in picked for place in part)
        if any(self._piles[place].count < pieces for place, pieces in Counter(places).items()):
            return None
        saving = does.saving([[self._piles[place].price for place in part] for part in picked])
        return self._take(rule, places, saving) if saving > 0 else None

    def _take(self, rule: Rule, places: list[int], saving: int) -> Take:
        parts = share_out(saving, [self._piles[place].price for place in places])
        fens = tuple(zip(places, parts, strict=True))
        return Take(rule, tuple(Counter(places).items()), fens, self._labels.of(fens))


def ways_to_pick(does: Together, way: Way) -> int:
    """Return how many takes there may be."""
    return prod(comb(len(places) + part.count - 1, part.count)
                for part, places in zip(does.parts, way, strict=True))  # fmt: skip

"""Likely: a good plan for a cluster that is too large to go through, or too plain."""

from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple

from pos.domain.pricing_clusters import Bond, Cluster
from pos.domain.pricing_search import Plan
from pos.domain.pricing_takes import Takes, Way


def plain_plan(cluster: Cluster, takes: Takes) -> Plan:
    """Bind the pieces of one pile by one rule as often as it can, if it saves more than single takes do."""
    [bond], [place], [pieces], [singles] = cluster.bonds, cluster.piles, cluster.counts, cluster.singles
    picked = [[place] * part.count for part in bond.does.parts]
    bound = sum(map(len, picked))
    saving = takes.saving(bond.does, picked)
    times = pieces // bound if saving > bound * (singles[0][0] if singles else 0) else 0
    left = pieces - times * bound
    found = [(takes.bind(bond.rule, ((place, bound),), saving), times)] if times else []
    return [*found, (takes.of_one(place, singles[0]), left)] if singles and left else found


def likely_plan(cluster: Cluster, takes: Takes) -> Plan:
    """Bind pieces where that gains most over the best takes of single pieces, again and again; then take those."""
    greedy = _Greedy(cluster, takes.prices)
    found: Plan = []
    while (pick := greedy.best()).gain:
        take = takes.bind(pick.bond.rule, tuple(sorted(pick.uses.items())), pick.saving)
        found.append((take, greedy.use(take.uses)))
    left = zip(cluster.piles, cluster.singles, greedy.left(), strict=True)
    return found + [(takes.of_one(place, singles[0]), pieces) for place, singles, pieces in left if singles and pieces]


class _Pick(NamedTuple):
    """Pieces that a bond may bind.

    Attributes:
        saving: what comes off them together.
        gain: how much more that is than single takes save; 0 when it is less, or when there are too few pieces.
        uses: how many pieces of which piles.
    """

    bond: Bond
    saving: int = 0
    gain: int = 0
    uses: Mapping[int, int] = {}


class _Greedy:
    """What is left of a cluster, and for each bond, in each order, the pieces it would bind next."""

    def __init__(self, cluster: Cluster, prices: Sequence[int]) -> None:
        self._left = dict(zip(cluster.piles, cluster.counts, strict=True))
        self._price = prices
        self._single = {place: singles[0][0] if singles else 0
                        for place, singles in zip(cluster.piles, cluster.singles, strict=True)}  # fmt: skip
        self._kept = {place: prices[place] - single for place, single in self._single.items()}
        self._orders = [order for bond in cluster.bonds for order in self._orders_of(bond)]
        self._picks = [self._pick(bond, order) for bond, order in self._orders]

    def left(self) -> list[int]:
        """Return what is left of each pile."""
        return list(self._left.values())

    def best(self) -> _Pick:
        """Return the pick that gains most, of like ones the first rule's."""
        return max(self._picks, key=attrgetter("gain"))

    def use(self, uses: Sequence[tuple[int, int]]) -> int:
        """Take these pieces away as often as they are there, and return how often."""
        left = self._left
        times = min([left[place] // pieces for place, pieces in uses])
        for place, pieces in uses:
            left[place] -= pieces * times
        for number, pick in enumerate(self._picks):
            for place, _ in uses:
                if left[place] < pick.uses.get(place, 0):  # until then it would pick the same
                    self._picks[number] = self._pick(*self._orders[number])
                    break
        return times

    def _orders_of(self, bond: Bond) -> list[tuple[Bond, Way]]:
        """Return two orders in which a bond may pick: the dearest first, and first where single takes leave most.

        What is only bought to make something else cheaper comes first where single takes save least. Piles stand in
        the order of their prices.
        """
        bought = len(bond.way) - 1 if bond.does.total_fen is None else 0
        first: Way = [(count, sorted(places, key=self._single.__getitem__)) for count, places in bond.way[:bought]]
        rest = bond.way[bought:]
        spared: Way = [(count, sorted(places, key=self._kept.__getitem__, reverse=True)) for count, places in rest]
        return [(bond, first + rest)] if spared == rest else [(bond, first + rest), (bond, first + spared)]

    def _pick(self, bond: Bond, order: Way) -> _Pick:
        left, price, single = self._left, self._price, self._single
        uses: dict[int, int] = {}
        costs: list[list[int]] = []
        spared = 0
        for count, places in order:
            wanted = count
            its: list[int] = []
            for place in places:
                used = uses.get(place, 0)
                number = min(left[place] - used, wanted)
                if number:
                    uses[place] = used + number
                    its += [price[place]] * number
                    spared += single[place] * number
                    wanted -= number
                    if not wanted:
                        break
            else:
                return _Pick(bond)
            costs.append(its)
        saving = bond.does.saving(costs)
        return _Pick(bond, saving, max(0, saving - spared), uses)

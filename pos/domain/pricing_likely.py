"""Likely: a good plan for a cluster that is too large to go through, or too plain."""

from collections.abc import Sequence
from itertools import chain

from pos.domain.pricing_clusters import Bond, Cluster
from pos.domain.pricing_search import Plan
from pos.domain.pricing_takes import Takes, Way

Picked = list[list[int]]
"""For each part of a rule, the piles its pieces come from."""


def plain_plan(cluster: Cluster, takes: Takes) -> Plan:
    """Bind the pieces of one pile by one rule as often as it can, if it saves more than single takes do."""
    [bond], [place], [pieces], [singles] = cluster.bonds, cluster.piles, cluster.counts, cluster.singles
    picked = [[place] * part.count for part in bond.does.parts]
    bound = list(chain(*picked))
    saving = takes.saving(bond.does, picked)
    times = pieces // len(bound) if saving > len(bound) * (singles[0][0] if singles else 0) else 0
    left = pieces - times * len(bound)
    found = [(takes.bind(bond.rule, bound, saving), times)] if times else []
    return [*found, (takes.of_one(place, singles[0]), left)] if singles and left else found


def likely_plan(cluster: Cluster, takes: Takes) -> Plan:
    """Bind pieces where that gains most over the best takes of single pieces, again and again; then take those."""
    greedy = _Greedy(cluster, takes.prices)
    found: Plan = []
    while True:
        gain, bond, picked = greedy.next()
        if not gain:
            break
        take = takes.bind(bond.rule, sorted(chain(*picked)), takes.saving(bond.does, picked))
        found.append((take, greedy.use(take.uses)))
    left = zip(cluster.piles, cluster.singles, greedy.left(), strict=True)
    return found + [(takes.of_one(place, singles[0]), pieces) for place, singles, pieces in left if singles and pieces]


class _Greedy:
    """What is left of a cluster, and for each bond the pieces it gains most with."""

    def __init__(self, cluster: Cluster, prices: Sequence[int]) -> None:
        self._left = dict(zip(cluster.piles, cluster.counts, strict=True))
        self._price = prices
        self._single = {place: singles[0][0] if singles else 0
                        for place, singles in zip(cluster.piles, cluster.singles, strict=True)}  # fmt: skip
        self._kept = {place: prices[place] - single for place, single in self._single.items()}
        self._tries = [(bond, self._orders(bond)) for bond in cluster.bonds]
        self._gains = [self._best(bond, orders) for bond, orders in self._tries]

    def left(self) -> list[int]:
        """Return what is left of each pile."""
        return list(self._left.values())

    def next(self) -> tuple[int, Bond, Picked]:
        """Return the greatest gain, of like ones the first rule's; 0 when there is none."""
        gains = [gain for gain, _ in self._gains]
        number = gains.index(max(gains))
        return gains[number], self._tries[number][0], self._gains[number][1]

    def use(self, uses: Sequence[tuple[int, int]]) -> int:
        """Take these pieces away as often as they are there, and return how often."""
        times = min(self._left[place] // pieces for place, pieces in uses)
        for place, pieces in uses:
            self._left[place] -= pieces * times
        used = {place for place, _ in uses}
        for number, (bond, orders) in enumerate(self._tries):
            if not used.isdisjoint(bond.piles):
                self._gains[number] = self._best(bond, orders)
        return times

    def _orders(self, bond: Bond) -> list[Way]:
        """Return two orders in which a bond may pick: the dearest first, and first where single takes leave most.

        What is only bought to make something else cheaper comes first where single takes save least. Piles stand in
        the order of their prices.
        """
        bought = len(bond.way) - 1 if bond.does.total_fen is None else 0
        first: Way = [sorted(places, key=self._single.__getitem__) for places in bond.way[:bought]]
        rest = bond.way[bought:]
        spared: Way = [sorted(places, key=self._kept.__getitem__, reverse=True) for places in rest]
        return [first + rest] if spared == rest else [first + rest, first + spared]

    def _best(self, bond: Bond, orders: list[Way]) -> tuple[int, Picked]:
        first = self._pick(bond, orders[0])
        if len(orders) == 1:
            return first
        second = self._pick(bond, orders[1])
        return second if second[0] > first[0] else first

    def _pick(self, bond: Bond, order: Way) -> tuple[int, Picked]:
        left, single, price = self._left, self._single, self._price
        used: dict[int, int] = {}
        picked: Picked = []
        spared = 0
        for part, places in zip(bond.does.parts, order, strict=True):
            wanted = part.count
            pieces: list[int] = []
            for place in places:
                number = left[place] - used.get(place, 0)
                if number:
                    number = min(number, wanted)
                    used[place] = used.get(place, 0) + number
                    pieces += [place] * number
                    spared += single[place] * number
                    wanted -= number
                    if not wanted:
                        break
            else:
                return 0, []
            picked.append(pieces)
        saving = bond.does.saving([[price[place] for place in part] for part in picked])
        return max(0, saving - spared), picked

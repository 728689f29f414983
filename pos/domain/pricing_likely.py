"""Likely: a good plan for a cluster that is too large to go through."""

from collections.abc import Callable, Sequence
from itertools import chain

from pos.domain.pricing_clusters import Bond, Cluster
from pos.domain.pricing_piles import Pile
from pos.domain.pricing_search import Plan
from pos.domain.pricing_takes import Takes, Way


def likely_plan(cluster: Cluster, piles: Sequence[Pile], takes: Takes) -> Plan:
    """Bind pieces where that gains most over the best takes of single pieces, again and again; then take those."""
    greedy = _Greedy(cluster, piles)
    found: Plan = []
    while True:
        gain, bond, picked = greedy.next()
        if not gain:
            break
        take = takes.bind(bond.rule, sorted(chain(*picked)), takes.saving(bond.does, picked))
        found.append((take, greedy.use(take.uses)))
    return found + [(singles[0], left) for singles, left in zip(cluster.singles, greedy.left(), strict=True)
                    if singles and left]  # fmt: skip


class _Greedy:
    """What is left of a cluster, and for each bond the pieces it gains most with."""

    def __init__(self, cluster: Cluster, piles: Sequence[Pile]) -> None:
        self._left = dict(zip(cluster.piles, cluster.counts, strict=True))
        self._price = {place: piles[place].price for place in cluster.piles}
        self._single = {place: singles[0].fens[0][1] if singles else 0
                        for place, singles in zip(cluster.piles, cluster.singles, strict=True)}  # fmt: skip
        self._tries = [(bond, self._orders(bond)) for bond in cluster.bonds]
        self._gains = [self._best(bond, orders) for bond, orders in self._tries]

    def left(self) -> list[int]:
        """Return what is left of each pile."""
        return list(self._left.values())

    def next(self) -> tuple[int, Bond, Way]:
        """Return the greatest gain, of like ones the first rule's; 0 when there is none."""
        most = max([gain for gain, _ in self._gains])
        place = next(place for place, (gain, _) in enumerate(self._gains) if gain == most)
        return most, self._tries[place][0], self._gains[place][1]

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
        """Return two orders in which a bond may pick: the dearest first, and first where single takes save least."""
        price, single = self._price, self._single

        def ordered(number: int, worth: Callable[[int], int]) -> list[int]:
            is_bought_for_another = bond.does.total_fen is None and number < len(bond.way) - 1
            key = (
                (lambda place: (single[place], place))
                if is_bought_for_another
                else lambda place: (-worth(place), place)
            )
            return sorted(bond.way[number], key=key)

        dearest = [ordered(number, lambda place: price[place]) for number in range(len(bond.way))]
        spared = [ordered(number, lambda place: price[place] - single[place]) for number in range(len(bond.way))]
        return [dearest] if dearest == spared else [dearest, spared]

    def _best(self, bond: Bond, orders: list[Way]) -> tuple[int, Way]:
        first = self._pick(bond, orders[0])
        if len(orders) == 1:
            return first
        second = self._pick(bond, orders[1])
        return second if second[0] > first[0] else first

    def _pick(self, bond: Bond, order: Way) -> tuple[int, Way]:
        left, single, price = self._left, self._single, self._price
        used: dict[int, int] = {}
        picked: Way = []
        spared = 0
        for part, places in zip(bond.does.parts, order, strict=True):
            wanted = part.count
            pieces: list[int] = []
            for place in places:
                number = min(left[place] - used.get(place, 0), wanted)
                if number:
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

"""Choice: the best legal takes and spends for some piles, or the best that a bounded search finds.

The best takes alone are looked for first. Only where spends could gain more by taking less, because a step of theirs is
missed or they pass over touched goods, both are looked for together.
"""

from collections.abc import Collection, Iterator, Sequence
from itertools import chain
from operator import attrgetter
from typing import NamedTuple

from pos.domain.pricing_clusters import Bond, cluster_of, clusters_of, effort_of
from pos.domain.pricing_explained import Choice
from pos.domain.pricing_likely import likely_plan, plain_plan
from pos.domain.pricing_piles import Pile
from pos.domain.pricing_search import Joined, Keeping, Listed, Menu, Plan, Whole
from pos.domain.pricing_spends import Spends
from pos.domain.pricing_takes import Labels, Takes, ways_of
from pos.domain.promotion_in_force import InForce, Touching
from pos.domain.promotion_rule import Together

SMALL = 6
"""A cart of so many pieces and weighed lines is a small one."""
ADDITIONS = 20_000
"""A small cart is gone through whole up to this effort, and so often are labels added up before any are dropped."""
TRIES = 20_000
"""So often a spend of a small cart is tried where another stands in its way."""
LABELS = 8_000
"""Labels that are added up for another cart of a few goods, roughly at most."""
LABELS_OF_A_PILE = 70
"""So many fewer for each pile, so that a long cart is as quick."""
LEAST_LABELS = 1_000
LABELS_OF_A_TRY = 20
"""As many labels could be added up while a spend is tried."""
FEW = 8
"""So many labels are kept at least."""
GIVEN_UP = 16
"""What is not gone through whole is taken at its best or not at all; only this many that save least may be left out."""


def choose(piles: Sequence[Pile], rules: InForce) -> Choice:
    """Return the best choice."""
    search = _Search(piles, rules)
    return search.together() or search.alone()


class _Share(NamedTuple):
    """Goods for which takes are chosen apart from all others, at their best."""

    label: int
    piles: tuple[int, ...]
    plan: Plan


class _Search:
    """The takes and spends of one cart, and the best takes alone."""

    def __init__(self, piles: Sequence[Pile], rules: InForce) -> None:
        self._piles = piles
        is_small = sum([pile.pieces for pile in piles]) <= SMALL
        self._budget = max(LEAST_LABELS, LABELS - LABELS_OF_A_PILE * len(piles))
        self._whole = ADDITIONS if is_small else self._budget // 4
        tries = TRIES if is_small else self._budget // LABELS_OF_A_TRY
        touching = rules.touching([(pile.sku, pile.category) for pile in piles])
        self._spends = Spends(rules.rules, [its.spends for its in touching], piles, tries)
        self._labels = Labels(piles, self._spends.zones, self._spends.sums)
        self._takes = Takes(piles, self._labels)
        self._singles = [its.on_piece(pile.price) if pile.is_loose else its.on(pile.price, pile.one)
                         for its, pile in zip(touching, piles, strict=True)]  # fmt: skip
        clusters = clusters_of(piles, self._singles, _bonds(piles, rules, touching))
        self._clusters = sorted(clusters, key=attrgetter("effort"))
        self._alone = [*self._best_bound(), *self._best_lone()]
        self._label = sum([share.label for share in self._alone])
        self._off, self._offs = self._spends.best(self._labels.pots(self._label)) or (0, ())

    def alone(self) -> Choice:
        """Return the best takes, and the best spends after them."""
        offs = self._spends.applied(self._offs, self._labels.pots(self._label))
        return Choice([part for share in self._alone for part in share.plan], offs, self._spends.zones)

    def together(self) -> Choice | None:
        """Return the best of both together, or None when that is no better."""
        if self._spends.is_settled(self._off):
            return None
        zoned = {place for place, zone in enumerate(self._spends.zones) if zone is not None}
        seen = [number for number, share in enumerate(self._alone) if not zoned.isdisjoint(share.piles)]
        effort = self._effort(zoned)
        is_whole = effort <= self._whole
        if not is_whole:
            seen = sorted(seen, key=self._alone.__getitem__)[:GIVEN_UP]
        least = 0 if is_whole else self._label - sum([self._alone[number].label for number in seen])
        most = self._spends.most(self._labels.pots(least))
        if most <= self._off:
            return None
        loss = self._spends.most(self._labels.pots(0)) - self._off
        keeping = Keeping(self._labels, loss, max(FEW, self._budget // max(1, effort)), self._whole)
        return self._better(self._joined(frozenset(seen), keeping, is_whole=is_whole), most)

    def _effort(self, places: set[int]) -> int:
        """Return the effort of going through all that these piles hang together with; not all of it if too much."""
        effort = sum([each.effort for each in self._clusters if not places.isdisjoint(each.piles)])
        if effort > self._whole:
            return effort
        lone = [share.piles[0] for share in self._alone[len(self._clusters) :] if share.piles[0] in places]
        return effort + sum([effort_of([self._piles[place].pieces], len(self._singles[place])) for place in lone])

    def _better(self, joined: Joined, most: int) -> Choice | None:
        """Return the best of these labels with the spends after them, or None; spends never take off more than most."""
        best, found = self._labels.saving(self._label) + self._off, None
        for label in sorted(joined.labels, reverse=True):
            saving = self._labels.saving(label)
            if saving + most <= best:
                break
            if label == self._label:
                continue  # what the best takes alone leave was searched before
            pots = self._labels.pots(label)
            offs = self._spends.best(pots, best - saving)
            if offs:
                best, found = saving + offs[0], (label, pots, offs[1])
        if found is None:
            return None
        label, pots, chosen = found
        return Choice(joined.plan(label), self._spends.applied(chosen, pots), self._spends.zones)

    def _best_bound(self) -> Iterator[_Share]:
        """Yield the best plan of each cluster; the smallest are gone through while the budget lasts."""
        left = self._whole
        for each in self._clusters:
            is_whole = each.effort <= left
            left -= each.effort if is_whole else 0
            if is_whole and not each.is_plain:
                menu = Whole(each, self._takes, Keeping(self._labels))
                [label] = menu.labels
                yield _Share(label, each.piles, menu.plan(label))
            else:
                plan = plain_plan(each, self._takes) if each.is_plain else likely_plan(each, self._takes)
                yield _Share(sum([take.label * times for take, times in plan]), each.piles, plan)

    def _best_lone(self) -> Iterator[_Share]:
        """Yield the best plan of each pile that is in no cluster."""
        bound = set(chain(*[each.piles for each in self._clusters]))
        for place, savings in enumerate(self._singles):
            if savings and place not in bound:
                take, pieces = self._takes.of_one(place, savings[0]), self._piles[place].pieces
                yield _Share(take.label * pieces, (place,), [(take, pieces)])

    def _joined(self, seen: Collection[int], keeping: Keeping, *, is_whole: bool) -> Joined:
        """Return what these may offer, whole or at their best or not at all, with the best of the others."""
        menus: list[Menu] = []
        fixed: Plan = []
        label = 0
        for number, share in enumerate(self._alone):
            if number not in seen:
                fixed += share.plan
                label += share.label
            elif is_whole:
                menus.append(self._whole_menu(number, keeping))
            else:
                menus.append(Listed({0: [], share.label: share.plan}))
        return Joined([*menus, Listed({label: fixed})], keeping)

    def _whole_menu(self, number: int, keeping: Keeping) -> Menu:
        if number < len(self._clusters):
            return Whole(self._clusters[number], self._takes, keeping)
        [place] = self._alone[number].piles
        if self._piles[place].pieces > 1:
            return Whole(cluster_of(self._piles, [place], self._singles), self._takes, keeping)
        takes = [self._takes.of_one(place, saving) for saving in self._singles[place]]
        plans: dict[int, Plan] = {0: [], **{take.label: [(take, 1)] for take in takes}}
        keeping.left -= len(plans)
        return Listed({label: plans[label] for label in keeping.of(plans)})


def _bonds(piles: Sequence[Pile], rules: InForce, touching: Sequence[Touching]) -> list[Bond]:
    """Return how rules may bind these piles, in the order of the book."""
    places: dict[int, list[int]] = {}
    for place, (pile, its) in enumerate(zip(piles, touching, strict=True)):
        if pile.is_loose:
            for number in its.together:
                places.setdefault(number, []).append(place)
    found = []
    for number, among in sorted(places.items()):
        does = rules.rules[number].does
        assert isinstance(does, Together)
        found += [Bond(number, does, way) for way in ways_of(does, among, piles)]
    return found

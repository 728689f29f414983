"""Choice: the best legal takes and spends for some piles, or the best that a bounded search finds.

The best takes alone are looked for first. Only where spends could gain more by taking less, because a step of theirs is
missed or they pass over touched goods, both are looked for together.
"""

from collections.abc import Sequence
from itertools import chain

from pos.domain.pricing_clusters import Bond, Cluster, clusters_of
from pos.domain.pricing_explained import Choice
from pos.domain.pricing_likely import likely_plan
from pos.domain.pricing_piles import Pile
from pos.domain.pricing_search import Joined, Keeping, Listed, Menu, Whole
from pos.domain.pricing_spends import Spends
from pos.domain.pricing_takes import Labels, Takes
from pos.domain.promotion_rule import Each, Rule, Spend, Together

LABELS = 20_000
"""Labels that are added up for a small cart, roughly at most."""
LABELS_OF_A_PILE = 190
"""So many fewer for each pile, so that a long cart is as quick."""
LEAST_LABELS = 1_000
FEW = 16
"""Where fewer labels could be kept than this, a cluster is taken at its best or not at all."""
GIVEN_UP = 24
"""And of those, only this many that save least may be left out."""

ByRule = Sequence[tuple[Rule, list[int]]]
"""The rules in force in the order of their ranks, each with the piles it may look at."""


def choose(piles: Sequence[Pile], by_rule: ByRule) -> Choice:
    """Return the best choice."""
    search = _Search(piles, by_rule)
    return search.together() or search.alone()


class _Search:
    """The clusters and spends of one cart, and the best takes alone."""

    def __init__(self, piles: Sequence[Pile], by_rule: ByRule) -> None:
        self._piles = piles
        self._spends = Spends(_spend_rules(piles, by_rule), piles)
        self._labels = Labels(piles, self._spends.zones, self._spends.sums)
        self._takes = Takes(piles, self._labels)
        self._clusters = _clusters(piles, self._takes, by_rule)
        self._budget = max(LEAST_LABELS, LABELS - LABELS_OF_A_PILE * len(piles))
        self._alone = self._best_alone()
        self._label = sum(max(menu.labels) for menu in self._alone)
        self._off, self._offs = self._spends.best(self._labels.pots(self._label))

    def alone(self) -> Choice:
        """Return the best takes, and the best spends after them."""
        plan = [part for menu in self._alone for part in menu.plan(max(menu.labels))]
        return Choice(plan, self._offs, self._spends.zones)

    def together(self) -> Choice | None:
        """Return the best of both together, or None when that is no better."""
        if self._spends.is_settled(self._off):
            return None
        joined = self._joined()
        best, found = self._labels.saving(self._label) + self._off, None
        for label in sorted(joined.labels, reverse=True):
            pots, saving = self._labels.pots(label), self._labels.saving(label)
            if saving + self._spends.most <= best:
                break
            if saving + self._spends.at_most(pots) > best:
                off, offs = self._spends.best(pots)
                if saving + off > best:
                    best, found = saving + off, (label, offs)
        return found and Choice(joined.plan(found[0]), found[1], self._spends.zones)

    def _best_alone(self) -> list[Menu]:
        """Return for each cluster its best plan; the smallest are gone through whole while the budget lasts."""
        found: dict[int, Menu] = {}
        left = self._budget // 4
        for number, each in sorted(enumerate(self._clusters), key=lambda pair: pair[1].effort):
            if not each.bonds:
                best = each.singles[0][0]
                found[number] = Listed({best.label * each.counts[0]: [(best, each.counts[0])]})
            elif each.effort <= left:
                left -= each.effort
                found[number] = Whole(each, self._takes, Keeping(self._labels))
            else:
                plan = likely_plan(each, self._piles, self._takes)
                found[number] = Listed({sum(take.label * times for take, times in plan): plan})
        return [found[number] for number in range(len(self._clusters))]

    def _joined(self) -> Joined:
        """Return what all clusters offer together; those no spend looks at are best as they are best alone."""
        seen = [number for number, each in enumerate(self._clusters)
                if any(self._spends.zones[pile] is not None for pile in each.piles)]  # fmt: skip
        kept = self._budget // max(1, sum(self._clusters[number].effort for number in seen))
        keeping = Keeping(self._labels, self._spends.most - self._off, max(kept, FEW))
        menus = list(self._alone)
        if kept < FEW:
            seen = sorted(seen, key=lambda number: max(self._alone[number].labels))[:GIVEN_UP]
        for number in seen:
            best = max(menus[number].labels)
            if kept >= FEW:
                menus[number] = Whole(self._clusters[number], self._takes, keeping)
            else:
                menus[number] = Listed({0: [], best: menus[number].plan(best)})
        return Joined(menus, keeping)


def _spend_rules(
    piles: Sequence[Pile], by_rule: Sequence[tuple[Rule, list[int]]]
) -> list[tuple[Rule, Spend, list[int]]]:
    return [
        (rule, rule.does, [place for place in places if rule.does.scope.holds(piles[place].sku, piles[place].category)])
        for rule, places in by_rule
        if isinstance(rule.does, Spend)
    ]


def _clusters(piles: Sequence[Pile], takes: Takes, by_rule: Sequence[tuple[Rule, list[int]]]) -> list[Cluster]:
    for_each: list[list[Rule]] = [[] for _ in piles]
    bonds: list[Bond] = []
    for rule, places in by_rule:
        if isinstance(rule.does, Each):
            for place in places:
                for_each[place].append(rule)
        elif isinstance(rule.does, Together):
            bonds += [Bond(rule, rule.does, way, frozenset(chain(*way))) for way in takes.ways(rule.does, places)]
    return clusters_of(piles, [takes.of_one(place, rules) for place, rules in enumerate(for_each)], bonds)

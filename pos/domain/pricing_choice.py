"""Choice: the best legal takes and spends for some piles, or the best that a bounded search finds.

The best takes alone are looked for first. Only where spends could gain more by taking less, because a step of theirs is
missed or they pass over touched goods, both are looked for together.
"""

from collections.abc import Sequence
from itertools import chain

from pos.domain.pricing_clusters import Bond, cluster_of, clusters_of, effort_of
from pos.domain.pricing_explained import Choice
from pos.domain.pricing_likely import likely_plan
from pos.domain.pricing_piles import Pile
from pos.domain.pricing_search import Joined, Keeping, Listed, Menu, Whole
from pos.domain.pricing_spends import Spends
from pos.domain.pricing_takes import Labels, Takes
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
LABELS_OF_A_TRY = 4
"""As many labels could be added up while a spend is tried."""
FEW = 8
"""So many labels are kept at least."""
GIVEN_UP = 16
"""What is not gone through whole is taken at its best or not at all; only this many that save least may be left out."""


def choose(piles: Sequence[Pile], rules: InForce) -> Choice:
    """Return the best choice."""
    search = _Search(piles, rules)
    return search.together() or search.alone()


class _Search:
    """The takes and spends of one cart, and the best takes alone."""

    def __init__(self, piles: Sequence[Pile], rules: InForce) -> None:
        self._piles = piles
        is_small = sum([pile.count for pile in piles]) <= SMALL
        self._budget = max(LEAST_LABELS, LABELS - LABELS_OF_A_PILE * len(piles))
        self._whole = ADDITIONS if is_small else self._budget // 4
        tries = TRIES if is_small else self._budget // LABELS_OF_A_TRY
        touching = [rules.touching(pile.sku, pile.category) for pile in piles]
        self._spends = Spends(rules.rules, [its.spends for its in touching], piles, tries)
        self._labels = Labels(piles, self._spends.zones, self._spends.sums)
        self._takes = Takes(piles, self._labels)
        self._singles = [self._takes.of_one(place, its) for place, its in enumerate(touching)]
        self._clusters = clusters_of(piles, self._singles, _bonds(self._takes, rules, touching))
        self._alone = self._best_alone()
        bonded = set(chain(*self._alone))
        self._lone = [(takes[0], piles[place].count) for place, takes in enumerate(self._singles)
                      if takes and place not in bonded]  # fmt: skip
        self._label = sum([max(menu.labels) for menu in self._alone.values()])
        self._label += sum([take.label * count for take, count in self._lone])
        self._off, self._offs = self._spends.best(self._labels.pots(self._label)) or (0, ())

    def alone(self) -> Choice:
        """Return the best takes, and the best spends after them."""
        plan = [part for menu in self._alone.values() for part in menu.plan(max(menu.labels))]
        offs = self._spends.applied(self._offs, self._labels.pots(self._label))
        return Choice(plan + self._lone, offs, self._spends.zones)

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
            offs = self._spends.best(pots, best - saving)
            if offs:
                best, found = saving + offs[0], (label, pots, offs[1])
        if found is None:
            return None
        label, pots, chosen = found
        return Choice(joined.plan(label), self._spends.applied(chosen, pots), self._spends.zones)

    def _best_alone(self) -> dict[tuple[int, ...], Menu]:
        """Return the best plan of each cluster; the smallest are gone through while the budget lasts."""
        found: dict[tuple[int, ...], Menu] = {}
        left = self._whole
        for each in sorted(self._clusters, key=lambda cluster: cluster.effort):
            if each.effort <= left:
                left -= each.effort
                found[each.piles] = Whole(each, self._takes, Keeping(self._labels))
            else:
                plan = likely_plan(each, self._piles, self._takes)
                found[each.piles] = Listed({sum([take.label * times for take, times in plan]): plan})
        return found

    def _joined(self) -> Joined:
        """Return what all offer together; piles no spend looks at are best as they are best alone."""
        menus = dict(self._alone)
        lone = {take.uses[0][0]: (take, count) for take, count in self._lone}
        menus |= {(place,): Listed({take.label * count: [(take, count)]}) for place, (take, count) in lone.items()}
        seen = [key for key in menus if any(self._spends.zones[place] is not None for place in key)]
        efforts = {each.piles: each.effort for each in self._clusters}
        efforts |= {(place,): effort_of([count], len(self._singles[place])) for place, (_, count) in lone.items()}
        effort = sum([efforts[key] for key in seen])
        kept = max(FEW, self._budget // max(1, effort))
        keeping = Keeping(self._labels, self._spends.most - self._off, kept, self._whole)
        if effort <= self._whole:
            return Joined([self._whole_menu(key, keeping) if key in seen else menu for key, menu in menus.items()],
                          keeping)  # fmt: skip
        for key in sorted(seen, key=lambda key: (max(menus[key].labels), key))[:GIVEN_UP]:
            best = max(menus[key].labels)
            menus[key] = Listed({0: [], best: menus[key].plan(best)})
        return Joined(list(menus.values()), keeping)

    def _whole_menu(self, key: tuple[int, ...], keeping: Keeping) -> Menu:
        known = [each for each in self._clusters if each.piles == key]
        return Whole(known[0] if known else cluster_of(self._piles, key, self._singles), self._takes, keeping)


def _bonds(takes: Takes, rules: InForce, touching: Sequence[Touching]) -> list[Bond]:
    found = []
    for number, places in _gathered([its.together for its in touching]):
        rule = rules.rules[number]
        assert isinstance(rule.does, Together)
        found += [Bond(rule, rule.does, way, frozenset(chain(*way))) for way in takes.ways(rule.does, places)]
    return found


def _gathered(numbers: Sequence[tuple[int, ...]]) -> list[tuple[int, list[int]]]:
    """Return the rules in the order of their ranks, each with the piles it touches."""
    found: dict[int, list[int]] = {}
    for place, its in enumerate(numbers):
        for number in its:
            found.setdefault(number, []).append(place)
    return sorted(found.items())

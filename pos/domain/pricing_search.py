"""Search: every choice of takes while a cluster is small, the likely ones when it is not."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from pos.domain.pricing_clusters import Bond, Cluster, bound_takes
from pos.domain.pricing_piles import Pile
from pos.domain.pricing_takes import Labels, Take, Takes

Plan = list[tuple[Take, int]]
"""Takes, each with how often."""
_State = tuple[int, ...]


class Menu(Protocol):
    """What a cluster offers: labels, and how each is reached."""

    @property
    def labels(self) -> Collection[int]:
        """What its plans come to."""

    def plan(self, label: int) -> Plan:
        """Return the takes that add up to a label."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """Which labels are kept: those that save at most ``loss`` less than the best, evenly thinned to ``most``."""

    labels: Labels
    loss: int = 0
    most: int = 1

    def of(self, found: Collection[int]) -> list[int]:
        """Return the labels worth keeping; the best is always among them."""
        best = max(found)
        if self.most == 1:
            return [best]
        floor = self.labels.under(best, self.loss)
        good = sorted(label for label in found if label >= floor)
        if len(good) <= self.most:
            return good
        return [good[place * (len(good) - 1) // (self.most - 1)] for place in range(self.most)]


@dataclass(frozen=True, slots=True)
class Likely:
    """A menu of plans made without search."""

    plans: dict[int, Plan]

    @property
    def labels(self) -> Collection[int]:
        """What its plans come to."""
        return self.plans

    def plan(self, label: int) -> Plan:
        """Return the takes that add up to a label."""
        return self.plans[label]


class Whole:
    """A menu made by going through a small cluster: for each rest of it, all that can be done with its first piece."""

    def __init__(self, cluster: Cluster, takes: Takes, keeping: Keeping) -> None:
        self._keeping = keeping
        self._start = cluster.counts
        local = {place: number for number, place in enumerate(cluster.piles)}
        singles = [take for each in cluster.singles for take in (each[:1] if keeping.most == 1 else each)]
        offered = sorted([*bound_takes(cluster, takes), *singles], key=lambda take: take.rule.rank)
        self._steps: list[list[tuple[Take | None, list[tuple[int, int]]]]] = [[] for _ in cluster.piles]
        for take in offered:
            uses = [(local[place], pieces) for place, pieces in take.uses]
            self._steps[min(uses)[0]].append((take, uses))
        for number, steps in enumerate(self._steps):
            steps.append((None, [(number, 1)]))
        self._known: dict[_State, dict[int, tuple[Take | None, _State]]] = {(0,) * len(cluster.piles): {0: (None, ())}}
        self.labels: Collection[int] = self._reach(self._start).keys()

    def plan(self, label: int) -> Plan:
        """Return the takes that add up to a label."""
        found: Plan = []
        state = self._start
        while any(state):
            take, state = self._known[state][label]
            if take:
                found.append((take, 1))
                label -= take.label
        return found

    def _reach(self, state: _State) -> dict[int, tuple[Take | None, _State]]:
        known = self._known.get(state)
        if known is not None:
            return known
        first = next(number for number, count in enumerate(state) if count)
        found: dict[int, tuple[Take | None, _State]] = {}
        for take, uses in self._steps[first]:
            after = list(state)
            for number, pieces in uses:
                after[number] -= pieces
            if min(after) >= 0:
                rest = tuple(after)
                label = take.label if take else 0
                for other in self._reach(rest):
                    found.setdefault(label + other, (take, rest))
        self._known[state] = {label: found[label] for label in self._keeping.of(found)}
        return self._known[state]


def menu_of(cluster: Cluster, piles: Sequence[Pile], takes: Takes, keeping: Keeping) -> Menu:
    """Return what a cluster offers."""
    if keeping.most == 1 and not cluster.bonds:
        best = cluster.singles[0][0]
        return Likely({best.label * cluster.counts[0]: [(best, cluster.counts[0])]})
    if cluster.is_small:
        return Whole(cluster, takes, keeping)
    return _likely_menu(cluster, piles, takes, keeping)


def _likely_menu(cluster: Cluster, piles: Sequence[Pile], takes: Takes, keeping: Keeping) -> Likely:
    plans: dict[int, Plan] = {0: []}
    singles = _rest(cluster, dict(zip(cluster.piles, cluster.counts, strict=True)))
    for plan in (singles, _Greedy(cluster, piles, takes).plan()) if cluster.bonds else (singles,):
        plans.setdefault(sum(take.label * times for take, times in plan), plan)
    return Likely({label: plans[label] for label in keeping.of(plans)})


def _rest(cluster: Cluster, left: dict[int, int]) -> Plan:
    return [(singles[0], left[place]) for place, singles in zip(cluster.piles, cluster.singles, strict=True)
            if singles and left[place]]  # fmt: skip


class _Greedy:
    """Binds pieces where that gains most over the best takes of single pieces, again and again."""

    def __init__(self, cluster: Cluster, piles: Sequence[Pile], takes: Takes) -> None:
        self._cluster = cluster
        self._takes = takes
        self._left = dict(zip(cluster.piles, cluster.counts, strict=True))
        self._price = {place: piles[place].price for place in cluster.piles}
        self._single = {place: singles[0].fens[0][1] if singles else 0
                        for place, singles in zip(cluster.piles, cluster.singles, strict=True)}  # fmt: skip

    def plan(self) -> Plan:
        """Return the plan."""
        found: Plan = []
        gains = {number: self._next(bond) for number, bond in enumerate(self._cluster.bonds)}
        while True:
            number = max(gains, key=lambda each: (gains[each][0], -each))
            gain, take = gains[number]
            if take is None or gain <= 0:
                return found + _rest(self._cluster, self._left)
            times = min(self._left[place] // pieces for place, pieces in take.uses)
            for place, pieces in take.uses:
                self._left[place] -= pieces * times
            found.append((take, times))
            used = {place for place, _ in take.uses}
            for other, bond in enumerate(self._cluster.bonds):
                if bond.piles & used:
                    gains[other] = self._next(bond)

    def _next(self, bond: Bond) -> tuple[int, Take | None]:
        tries = [self._pick(bond, worth) for worth in (self._price, self._over_single())]
        return max(tries, key=lambda each: each[0])

    def _over_single(self) -> dict[int, int]:
        return {place: price - self._single[place] for place, price in self._price.items()}

    def _pick(self, bond: Bond, worth: dict[int, int]) -> tuple[int, Take | None]:
        left = dict(self._left)
        picked: list[list[int]] = []
        for part, places in zip(bond.does.parts, bond.way, strict=True):
            is_bought_for_another = bond.does.total_fen is None and part is not bond.does.parts[-1]
            value = {place: -self._single[place] for place in places} if is_bought_for_another else worth
            pieces: list[int] = []
            for place in sorted(places, key=lambda each: (-value[each], each)):
                number = min(left[place], part.count - len(pieces))
                left[place] -= number
                pieces += [place] * number
            if len(pieces) < part.count:
                return 0, None
            picked.append(pieces)
        take = self._takes.bind(bond.rule, bond.does, picked)
        if take is None:
            return 0, None
        return sum(fen for _, fen in take.fens) - sum(self._single[place] for part in picked for place in part), take


class Joined:
    """What several menus offer together."""

    def __init__(self, menus: Sequence[Menu], keeping: Keeping) -> None:
        self._menus = menus
        self._sums: list[dict[int, tuple[int, int]]] = []
        labels: list[int] = [0]
        for menu in menus:
            both = {mine + its: (mine, its) for mine in labels for its in menu.labels}
            labels = keeping.of(both)
            self._sums.append(both)
        self.labels = labels

    def plan(self, label: int) -> Plan:
        """Return the takes that add up to a label."""
        found: Plan = []
        for menu, sums in zip(reversed(self._menus), reversed(self._sums), strict=True):
            label, its = sums[label]
            found += menu.plan(its)
        return found

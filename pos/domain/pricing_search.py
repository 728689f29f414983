"""Search: every choice of takes while a cluster is small, the likely ones when it is not."""

from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from pos.domain.pricing_clusters import Cluster, bound_takes
from pos.domain.pricing_takes import Labels, Take, Takes

ADDITIONS_OF_A_LABEL = 4
"""So often each label of a rest is added up again, roughly."""

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


@dataclass(slots=True)
class Keeping:
    """Which labels are kept: those that save at most ``loss`` less than the best.

    Attributes:
        most: to so many they are evenly thinned, unless the additions left allow for more.
        left: how often labels may still be added up before they are thinned.
    """

    labels: Labels
    loss: int = 0
    most: int = 1
    left: int = 0

    def of(self, found: Collection[int]) -> list[int]:
        """Return the labels worth keeping; the best is always among them."""
        if self.most == 1 or len(found) == 1:
            return [max(found)]
        good = sorted(found)
        good = good[bisect_left(good, self.labels.under(good[-1], self.loss)) :]
        if len(good) <= max(self.most, self.left // ADDITIONS_OF_A_LABEL):
            return good
        return [good[place * (len(good) - 1) // (self.most - 1)] for place in range(self.most)]


@dataclass(frozen=True, slots=True)
class Listed:
    """A menu of a few plans."""

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
        best_only = keeping.most == 1
        singles = [takes.of_one(place, saving) for place, savings in zip(cluster.piles, cluster.singles, strict=True)
                   for saving in (savings[:1] if best_only else savings)]  # fmt: skip
        bound = bound_takes(cluster, takes, best_only=best_only)
        offered = sorted([*bound, *singles], key=lambda take: take.rule)
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
        first = next(number for number, count in enumerate(state) if count)
        found: dict[int, tuple[Take | None, _State]] = {}
        for take, uses in self._steps[first]:
            after = list(state)
            for number, pieces in uses:
                after[number] -= pieces
            if min(after) >= 0:
                rest = tuple(after)
                label = take.label if take else 0
                others, way = self._known.get(rest) or self._reach(rest), (take, rest)
                self._keeping.left -= len(others)
                for other in others:
                    found.setdefault(label + other, way)
        kept = self._known[state] = {label: found[label] for label in self._keeping.of(found)}
        return kept


class Joined:
    """What several menus offer together."""

    def __init__(self, menus: Sequence[Menu], keeping: Keeping) -> None:
        self._open = [menu for menu in menus if len(menu.labels) > 1]
        self._closed = [menu for menu in menus if len(menu.labels) == 1]
        self._parts: list[dict[int, int]] = []
        self._base = sum(max(menu.labels) for menu in self._closed)
        labels: list[int] = [0]
        for menu in self._open:
            offered = menu.labels
            keeping.left -= len(labels) * len(offered)
            both = {mine + its: its for mine in labels for its in offered}
            labels = keeping.of(both)
            self._parts.append(both)
        self.labels = [self._base + label for label in labels]

    def plan(self, label: int) -> Plan:
        """Return the takes that add up to a label."""
        found = [part for menu in self._closed for part in menu.plan(max(menu.labels))]
        label -= self._base
        for menu, parts in zip(reversed(self._open), reversed(self._parts), strict=True):
            its = parts[label]
            label -= its
            found += menu.plan(its)
        return found

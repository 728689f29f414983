"""Clusters: goods that rules bind together; what one cluster does never changes what another can do."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

from pos.domain.pricing_piles import Pile
from pos.domain.pricing_takes import Take, Takes, Way, ways_to_pick
from pos.domain.promotion_rule import Rule, Together

STATES = 600
"""A cluster that can be half sold in more ways than this is not gone through whole."""
PIECES = 64
"""Nor is one of more pieces than this."""
BOUND = 300
"""Nor is one whose pieces can be bound together in more ways than this."""


@dataclass(frozen=True, slots=True)
class Bond:
    """A rule that binds pieces, and the piles they come from."""

    rule: Rule
    does: Together
    way: Way

    @property
    def piles(self) -> set[int]:
        """All its piles."""
        return {place for places in self.way for place in places}


@dataclass(frozen=True, slots=True)
class Cluster:
    """Piles that bonds hold together.

    Attributes:
        counts: the pieces of each pile.
        singles: for each pile, the takes of one piece, the best first.
        is_small: few enough to be gone through whole.
        effort: roughly the steps that takes.
    """

    piles: tuple[int, ...]
    counts: tuple[int, ...]
    singles: tuple[tuple[Take, ...], ...]
    bonds: tuple[Bond, ...]
    is_small: bool
    effort: int


def clusters_of(piles: Sequence[Pile], singles: Sequence[tuple[Take, ...]], bonds: Sequence[Bond]) -> list[Cluster]:
    """Return the clusters in which anything comes off, in the order of their first piles."""
    head = list(range(len(piles)))
    for bond in bonds:
        heads = {_head(head, place) for place in bond.piles}
        for each in heads:
            head[each] = min(heads)
    members: dict[int, list[int]] = {}
    for place in range(len(piles)):
        members.setdefault(_head(head, place), []).append(place)
    held: dict[int, list[Bond]] = {}
    for bond in bonds:
        held.setdefault(_head(head, next(iter(bond.piles))), []).append(bond)
    return [
        _cluster(piles, places, [singles[place] for place in places], held.get(first, []))
        for first, places in members.items()
        if first in held or singles[first]
    ]


def _head(head: list[int], place: int) -> int:
    while head[place] != place:
        place = head[place]
    return place


def _cluster(piles: Sequence[Pile], places: list[int], singles: list[tuple[Take, ...]], bonds: list[Bond]) -> Cluster:
    counts = tuple(piles[place].count for place in places)
    picks = sum(ways_to_pick(bond.does, bond.way) for bond in bonds)
    states = prod(count + 1 for count in counts)
    is_small = sum(counts) <= PIECES and states <= STATES and picks <= BOUND
    effort = states * ((picks + sum(map(len, singles))) // len(places) + 1) if is_small else 3
    return Cluster(tuple(places), counts, tuple(singles), tuple(bonds), is_small, effort)


def bound_takes(cluster: Cluster, takes: Takes) -> list[Take]:
    """Return every take of pieces bound together in a small cluster."""
    return [take for bond in cluster.bonds for take in takes.together(bond.rule, bond.does, bond.way)]

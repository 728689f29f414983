"""Clusters: goods that rules bind together; what one cluster does never changes what another can do."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

from pos.domain.pricing_piles import Pile
from pos.domain.pricing_takes import Take, Takes, Way, ways_to_pick
from pos.domain.promotion_rule import Rule, Together

PIECES = 64
"""A cluster of more pieces is not gone through whole; steps go as deep as that."""
TOO_MUCH = 1_000_000_000
"""The effort of such a cluster."""


@dataclass(frozen=True, slots=True)
class Bond:
    """A rule that binds pieces, and the piles they come from."""

    rule: Rule
    does: Together
    way: Way

    piles: frozenset[int]


@dataclass(frozen=True, slots=True)
class Cluster:
    """Piles that bonds hold together.

    Attributes:
        counts: the pieces of each pile.
        singles: for each pile, the takes of one piece, the best first.
        effort: roughly the steps it takes to go through all its choices.
    """

    piles: tuple[int, ...]
    counts: tuple[int, ...]
    singles: tuple[tuple[Take, ...], ...]
    bonds: tuple[Bond, ...]
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
    effort = TOO_MUCH
    if sum(counts) <= PIECES:
        effort = picks + prod(count + 1 for count in counts) * (1 + (picks + sum(map(len, singles))) // len(places))
    return Cluster(tuple(places), counts, tuple(singles), tuple(bonds), effort)


def bound_takes(cluster: Cluster, takes: Takes) -> list[Take]:
    """Return every take of pieces bound together in a small cluster."""
    return [take for bond in cluster.bonds for take in takes.together(bond.rule, bond.does, bond.way)]

"""Clusters: goods that rules bind together; what one cluster does never changes what another can do."""

from collections.abc import Sequence
from itertools import chain
from math import prod
from typing import NamedTuple

from pos.domain.pricing_piles import Pile
from pos.domain.pricing_takes import Take, Takes, Way, ways_to_pick
from pos.domain.promotion_in_force import Saving
from pos.domain.promotion_rule import Together

PIECES = 64
"""A cluster of more pieces is not gone through whole; steps go as deep as that."""
STEPS_OF_A_PICK = 3
"""Seeing what a take saves is as much work as so many steps."""
TOO_MUCH = 1_000_000_000
"""The effort of such a cluster."""


class Bond(NamedTuple):
    """A rule that binds pieces, and the piles they come from."""

    rule: int
    does: Together
    way: Way

    @property
    def first(self) -> int:
        """One of the piles."""
        return self.way[0][1][0]


class Cluster(NamedTuple):
    """Piles that bonds hold together.

    Attributes:
        counts: the pieces of each pile.
        singles: for each pile, what may be saved on one piece, the best first.
        effort: roughly the steps it takes to go through all its choices.
    """

    piles: tuple[int, ...]
    counts: tuple[int, ...]
    singles: tuple[tuple[Saving, ...], ...]
    bonds: tuple[Bond, ...]
    effort: int

    @property
    def is_plain(self) -> bool:
        """Whether it is one pile and one bond, which is used as often as it gains."""
        return len(self.piles) == len(self.bonds) == 1


def clusters_of(piles: Sequence[Pile], singles: Sequence[tuple[Saving, ...]], bonds: Sequence[Bond]) -> list[Cluster]:
    """Return what bonds hold together, in the order of the first piles; piles that no bond touches are in none."""
    among: dict[int, list[int]] = {}
    for bond in bonds:
        its = among.setdefault(bond.first, [bond.first])
        for place in chain(*[places for _, places in bond.way]):
            more = among.get(place, [place])
            if more is not its:
                its += more
                among.update(dict.fromkeys(more, its))
    held: dict[int, list[Bond]] = {}
    for bond in bonds:
        held.setdefault(among[bond.first][0], []).append(bond)
    found = sorted([(sorted(among[head]), its_bonds) for head, its_bonds in held.items()])
    return [cluster_of(piles, places, singles, its_bonds) for places, its_bonds in found]


def cluster_of(
    piles: Sequence[Pile], places: Sequence[int], singles: Sequence[tuple[Saving, ...]], bonds: Sequence[Bond] = ()
) -> Cluster:
    """Return a cluster of these piles."""
    counts = tuple([piles[place].pieces for place in places])
    its = tuple([singles[place] for place in places])
    picks = [ways_to_pick(bond.way) for bond in bonds]
    effort = effort_of(counts, sum(map(len, its)), picks)
    return Cluster(tuple(places), counts, its, tuple(bonds), effort)


def effort_of(counts: Sequence[int], singles: int, picks: Sequence[int] = ()) -> int:
    """Return roughly the steps it takes to go through all choices of piles of so many pieces.

    Args:
        singles: takes of one piece that they have together.
        picks: for each bond, how many takes it may have.
    """
    if sum(counts) > PIECES:
        return TOO_MUCH
    rests = prod([count + 1 for count in counts])
    if not picks:
        return rests * (1 + singles // len(counts))
    offered = sum([min(ways, rests) for ways in picks]) + singles
    return STEPS_OF_A_PICK * sum(picks) + rests * (1 + offered // len(counts))


def bound_takes(cluster: Cluster, takes: Takes, *, best_only: bool) -> list[Take]:
    """Return the takes of pieces bound together in a small cluster: all, or those that beat the single ones."""
    singles = zip(cluster.piles, cluster.singles, strict=True)
    least = {place: its[0][0] for place, its in singles if its} if best_only else {}
    return [take for bond in cluster.bonds for take in takes.together(bond.rule, bond.does, bond.way, least)]

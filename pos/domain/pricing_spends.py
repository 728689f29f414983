"""Spends: which spend-and-save rules and coupons to apply to what the other rules left, and in which pots that lies."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from pos.domain.money import share_out
from pos.domain.pricing_piles import Pile
from pos.domain.promotion_rule import Rule, Spend

Offs = list[tuple[int, list[tuple[int, int]]]]
"""Rules in the order they apply, each with what it takes out of which pot."""
Found = tuple[int, tuple[int, ...]]
"""What spends take off together, and their numbers."""


class _Live(NamedTuple):
    """A rule that can matter.

    Attributes:
        place: its place in the book.
        rivals: later ones that it takes something from.
        spoiled: later ones that may not apply with it.
    """

    place: int
    does: Spend
    is_coupon: bool
    pots: tuple[int, ...]
    rivals: tuple[int, ...]
    spoiled: tuple[int, ...]


class Spends:
    """The spend rules that can matter to these piles.

    A zone is the piles that the same rules look at. Zone z has two pots: 2z holds what its untouched pieces cost,
    2z+1 what is left of those that another rule made cheaper.

    Attributes:
        zones: the zone of each pile, None when no rule looks at it.
        sums: what each zone costs before any rule.
    """

    def __init__(self, rules: Sequence[Rule], looking: Sequence[tuple[int, ...]], piles: Sequence[Pile],
                 tries: int) -> None:  # fmt: skip
        """Take which rules look at each pile, and how often a rule may be tried before all apply that can."""
        self._tries = tries
        costs: dict[tuple[int, ...], int] = {}
        for places, pile in zip(looking, piles, strict=True):
            costs[places] = costs.get(places, 0) + pile.price * pile.pieces
        full = _full(rules, costs)
        zones: dict[tuple[int, ...], int] = {}
        zone_of: dict[tuple[int, ...], int | None] = {}
        for places in costs:
            seen = tuple([place for place in places if full[place]])
            zone_of[places] = zones.setdefault(seen, len(zones)) if seen else None
        self.zones = [zone_of[places] for places in looking]
        self.sums = [0] * len(zones)
        for places, cost in costs.items():
            zone = zone_of[places]
            if zone is not None:
                self.sums[zone] += cost
        self._live = _live([(place, rules[place]) for place, off in full.items() if off], zones)
        self._rival_groups = _rival_groups(self._live)

    def is_settled(self, off: int) -> bool:
        """Whether ``off``, after the other rules took off their most, cannot be beaten by less of those."""
        if not self._live:
            return True
        one = self._live[0].does if len(self._live) == 1 and set(self.zones) == {0} else None
        return off > 0 and one is not None and one.stacks and bool(one.steps[0].percent_off)

    def most(self, pots: list[int]) -> int:
        """Return what they never take more than out of pots that hold no more than these."""
        return self._bound(self._offs(pots), 0)

    def best(self, pots: list[int], beyond: int = -1) -> Found | None:
        """Return the most that a legal choice of them takes out of the pots; None if that is not beyond so much."""
        return self._best(0, pots, self._offs(pots), beyond)

    def _offs(self, pots: list[int]) -> list[int]:
        return [each.does.off(sum([pots[pot] for pot in each.pots])) for each in self._live]

    def applied(self, chosen: Iterable[int], pots: list[int]) -> Offs:
        """Return what these rules take out of which pots."""
        found: Offs = []
        for number in chosen:
            each = self._live[number]
            spent = [pots[pot] for pot in each.pots]
            shares = share_out(each.does.off(sum(spent)), spent)
            found.append((each.place, list(zip(each.pots, shares, strict=True))))
            pots = _without(pots, each.pots, shares)
        return found

    def _best(self, number: int, pots: list[int], offs: list[int], beyond: int) -> Found | None:
        """Try the rules from one on, each with what it takes out of these pots; what cannot exceed is not tried."""
        if beyond >= 0 and self._bound(offs, number) <= beyond:
            return None
        while number < len(offs) and not offs[number]:
            number += 1
        if number == len(offs):
            return 0, ()
        self._tries -= 1
        each, off = self._live[number], offs[number]
        is_free = not (each.rivals or each.spoiled)
        rest = self._best(number + 1, *((pots, offs) if is_free else self._after(each, off, pots, offs)), beyond - off)
        found = rest and (off + rest[0], (number, *rest[1]))
        if is_free or self._tries <= 0:
            return found
        return self._best(number + 1, pots, offs, found[0] - each.is_coupon if found else beyond) or found

    def _after(self, each: _Live, off: int, pots: list[int], offs: list[int]) -> tuple[list[int], list[int]]:
        """Return the pots, and what each rule takes out of them, once this one has applied."""
        offs = list(offs)
        for number in each.spoiled:
            offs[number] = 0
        rivals = [number for number in each.rivals if offs[number]]
        if rivals:
            pots = _without(pots, each.pots, share_out(off, [pots[pot] for pot in each.pots]))
            for number in rivals:
                rival = self._live[number]
                offs[number] = rival.does.off(sum([pots[pot] for pot in rival.pots]))
        return pots, offs

    def _bound(self, offs: list[int], first: int) -> int:
        """Return what the rules from one on would take if none took anything from another; of a group only one."""
        bound = sum(offs[first:])
        for group in self._rival_groups:
            its = [offs[number] for number in group if number >= first]
            if len(its) > 1:
                bound -= sum(its) - max(its)
        return bound


def _full(rules: Sequence[Rule], costs: Mapping[tuple[int, ...], int]) -> dict[int, int]:
    """Return what each rule takes off full prices, in the order of the book."""
    full = {}
    for place in sorted({*chain(*costs)}):
        does = rules[place].does
        assert isinstance(does, Spend)
        full[place] = does.off(sum([cost for places, cost in costs.items() if place in places]))
    return full


def _live(rules: Sequence[tuple[int, Rule]], zones: dict[tuple[int, ...], int]) -> list[_Live]:
    """Return these rules, each with those after it that it stands in the way of."""
    pots: list[tuple[int, ...]] = []
    spends: list[Spend] = []
    for place, rule in rules:
        assert isinstance(rule.does, Spend)
        spends.append(rule.does)
        sides = (0, 1) if rule.does.stacks else (0,)
        pots.append(tuple([2 * zone + side for seen, zone in zones.items() if place in seen for side in sides]))
    found = []
    for number, (place, rule) in enumerate(rules):
        its, group = set(pots[number]), spends[number].group
        later = range(number + 1, len(rules))
        spoiled = tuple([each for each in later if group and group == spends[each].group])
        rivals = tuple([each for each in later if each not in spoiled and not its.isdisjoint(pots[each])])
        found.append(_Live(place, spends[number], bool(rule.coupon), pots[number], rivals, spoiled))
    return found


def _rival_groups(live: Sequence[_Live]) -> list[list[int]]:
    """Return the numbers of the rules of each group that has several of them."""
    groups: dict[str, list[int]] = {}
    for number, each in enumerate(live):
        if each.does.group:
            groups.setdefault(each.does.group, []).append(number)
    return [its for its in groups.values() if len(its) > 1]


def _without(pots: list[int], its: Sequence[int], shares: Sequence[int]) -> list[int]:
    after = list(pots)
    for pot, fen in zip(its, shares, strict=True):
        after[pot] -= fen
    return after

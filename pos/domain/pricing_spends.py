"""Spends: which spend-and-save rules and coupons to apply to what the other rules left, and in which pots that lies."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pos.domain.money import share_out
from pos.domain.pricing_piles import Pile
from pos.domain.promotion_rule import Rule, Spend

Offs = tuple[tuple[Rule, tuple[tuple[int, int], ...]], ...]
"""Rules in the order they apply, each with what it takes out of which pot."""


@dataclass(frozen=True, slots=True)
class _Live:
    rule: Rule
    does: Spend
    pots: tuple[int, ...]
    most: int
    is_contested: bool


class Spends:
    """The spend rules that can matter to these piles.

    A zone is the piles that the same rules look at. Zone z has two pots: 2z holds what its untouched pieces cost,
    2z+1 what is left of those that another rule made cheaper.

    Attributes:
        _branches: how often a rule may be tried left out; after that, rules apply whenever they can.
        zones: the zone of each pile, None when no rule looks at it.
        sums: what each zone costs before any rule.
    """

    def __init__(self, seen: Sequence[tuple[Rule, Spend, Sequence[int]]], piles: Sequence[Pile], branches: int) -> None:
        self._branches = branches
        costs = [pile.price * pile.count for pile in piles]
        live = [each for each in seen if each[1].off(sum(costs[place] for place in each[2]))]
        looking: list[list[int]] = [[] for _ in piles]
        for number, (_, _, places) in enumerate(live):
            for place in places:
                looking[place].append(number)
        numbers: dict[tuple[int, ...], int] = {}
        self.zones = [numbers.setdefault(tuple(each), len(numbers)) if each else None for each in looking]
        self.sums = [0] * len(numbers)
        for zone, cost in zip(self.zones, costs, strict=True):
            if zone is not None:
                self.sums[zone] += cost
        self._live: list[_Live] = []
        for number, (rule, does, _) in enumerate(live):
            self._add(rule, does, [zone for key, zone in numbers.items() if number in key])
        self._mark_contested()
        self._most_from = [_together([(each.does.group, each.most) for each in self._live[first:]])
                           for first in range(len(self._live) + 1)]  # fmt: skip

    def _add(self, rule: Rule, does: Spend, zones: list[int]) -> None:
        pots = tuple(2 * zone + side for zone in zones for side in ((0, 1) if does.stacks else (0,)))
        self._live.append(_Live(rule, does, pots, does.off(sum(self.sums[zone] for zone in zones)), is_contested=False))

    def _mark_contested(self) -> None:
        """Mark the rules whose use may spoil a later one."""
        for number, each in enumerate(self._live):
            spoils = any(
                set(each.pots) & set(later.pots) or (each.does.group and each.does.group == later.does.group)
                for later in self._live[number + 1 :]
            )
            if spoils:
                self._live[number] = replace(each, is_contested=True)

    def is_settled(self, off: int) -> bool:
        """Whether ``off``, after the other rules took off their most, cannot be beaten by less of those."""
        if off == self.most:
            return True
        one = self._live[0].does if len(self._live) == 1 and set(self.zones) == {0} else None
        return off > 0 and one is not None and one.stacks and bool(one.steps[0].percent_off)

    @property
    def most(self) -> int:
        """More than this they can never take off together."""
        return self._most_from[0]

    def may_exceed(self, off: int, pots: list[int], first: int = 0) -> bool:
        """Whether the rules from one on could take more than ``off`` out of these pots; if not, they never do."""
        groups: dict[str, int] = {}
        for each in self._live[first:]:
            its = each.does.off(sum([pots[pot] for pot in each.pots]))
            if each.does.group:
                known = groups.get(each.does.group, 0)
                groups[each.does.group] = max(known, its)
                its = max(known, its) - known
            off -= its
            if off < 0:
                return True
        return False

    def best(self, pots: list[int]) -> tuple[int, Offs]:
        """Return the most that a legal choice of them takes out of the pots, and how."""
        return self._best(0, pots, frozenset())

    def _best(self, number: int, pots: list[int], used: frozenset[str]) -> tuple[int, Offs]:
        off = 0
        while not off:
            if number == len(self._live):
                return 0, ()
            each = self._live[number]
            number += 1
            if each.does.group not in used:
                spent = [pots[pot] for pot in each.pots]
                off = each.does.off(sum(spent))
        shares = share_out(off, spent)
        after = list(pots)
        for pot, fen in zip(each.pots, shares, strict=True):
            after[pot] -= fen
        rest, offs = self._best(number, after, used | {each.does.group} if each.does.group else used)
        found = off + rest, ((each.rule, tuple(zip(each.pots, shares, strict=True))), *offs)
        if each.is_contested and self._branches and self._may_reach(found[0], pots, number):
            self._branches -= 1
            without = self._best(number, pots, used)
            if without[0] > found[0] or (each.rule.coupon and without[0] == found[0]):
                return without
        return found

    def _may_reach(self, off: int, pots: list[int], first: int) -> bool:
        """Whether the rules from one on could take off so much; what full prices rule out needs no look at pots."""
        return self._most_from[first] >= off and self.may_exceed(off - 1, pots, first)


def _together(offs: list[tuple[str, int]]) -> int:
    """Return the sum of the offs, of each group only the largest."""
    groups: dict[str, int] = {}
    alone = 0
    for group, off in offs:
        if group:
            groups[group] = max(groups.get(group, 0), off)
        else:
            alone += off
    return alone + sum(groups.values())

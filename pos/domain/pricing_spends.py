"""Spends: which spend-and-save rules and coupons to apply to what the other rules left, and in which pots that lies."""

from collections.abc import Sequence
from dataclasses import dataclass

from pos.domain.pricing_piles import Pile
from pos.domain.promotion_rule import Rule, Spend
from pos.domain.spread import spread

CONTESTED = 6
"""So many rules that stand in each other's way are tried with and without; the others apply whenever they can."""

Offs = tuple[tuple[Rule, tuple[tuple[int, int], ...]], ...]
"""Rules in the order they apply, each with what it takes out of which pot."""


@dataclass(frozen=True, slots=True)
class _Live:
    rule: Rule
    does: Spend
    zones: tuple[int, ...]
    most: int
    is_contested: bool = False

    @property
    def pots(self) -> tuple[int, ...]:
        both = (0, 1) if self.does.stacks else (0,)
        return tuple(2 * zone + side for zone in self.zones for side in both)


class Spends:
    """The spend rules that can matter to these piles.

    A zone is the piles that the same rules look at. Zone z has two pots: 2z holds what its untouched pieces cost,
    2z+1 what is left of those that another rule made cheaper.

    Attributes:
        zones: the zone of each pile, None when no rule looks at it.
        sums: what each zone costs before any rule.
    """

    def __init__(self, seen: Sequence[tuple[Rule, Spend, Sequence[int]]], piles: Sequence[Pile]) -> None:
        costs = [pile.price * pile.count for pile in piles]
        live = []
        for rule, does, places in seen:
            most = does.off(sum(costs[place] for place in places))
            if most:
                live.append((rule, does, frozenset(places), most))
        numbers: dict[tuple[int, ...], int] = {}
        self.zones: list[int | None] = []
        for place in range(len(piles)):
            key = tuple(number for number, each in enumerate(live) if place in each[2])
            self.zones.append(numbers.setdefault(key, len(numbers)) if key else None)
        self.sums = [0] * len(numbers)
        for zone, cost in zip(self.zones, costs, strict=True):
            if zone is not None:
                self.sums[zone] += cost
        self._live = _contested([
            _Live(rule, does, tuple(zone for key, zone in numbers.items() if number in key), most)
            for number, (rule, does, _, most) in enumerate(live)
        ])  # fmt: skip

    @property
    def most(self) -> int:
        """More than this they can never take off together."""
        groups: dict[str, int] = {}
        for number, each in enumerate(self._live):
            group = each.does.group or f"\0{number}"
            groups[group] = max(groups.get(group, 0), each.most)
        return sum(groups.values())

    def is_settled(self, off: int) -> bool:
        """Whether ``off``, after the other rules took off their most, cannot be beaten by less of those."""
        if off == self.most:
            return True
        one = self._live[0].does if len(self._live) == 1 else None
        return off > 0 and one is not None and one.stacks and bool(one.steps[0].percent_off)

    def best(self, pots: list[int]) -> tuple[int, Offs]:
        """Return the most that a legal choice of them takes out of the pots, and how."""
        return self._best(0, pots, frozenset())

    def _best(self, number: int, pots: list[int], used: frozenset[str]) -> tuple[int, Offs]:
        if number == len(self._live):
            return 0, ()
        each = self._live[number]
        off = 0 if each.does.group in used else each.does.off(sum(pots[pot] for pot in each.pots))
        without = self._best(number + 1, pots, used) if each.is_contested or not off else (-1, ())
        if not off:
            return without
        taken = spread(off, [pots[pot] for pot in each.pots])
        after = list(pots)
        for pot, fen in zip(each.pots, taken, strict=True):
            after[pot] -= fen
        rest, offs = self._best(number + 1, after, used | {each.does.group} if each.does.group else used)
        if without[0] > off + rest or (each.rule.coupon and without[0] == off + rest):
            return without
        return off + rest, ((each.rule, tuple(zip(each.pots, taken, strict=True))), *offs)


def _contested(live: list[_Live]) -> list[_Live]:
    """Mark the rules whose use may spoil a later one."""
    marked: list[_Live] = []
    for number, each in enumerate(live):
        spoils = any(
            set(each.zones) & set(later.zones) or (each.does.group and each.does.group == later.does.group)
            for later in live[number + 1 :]
        )
        is_contested = spoils and sum(one.is_contested for one in marked) < CONTESTED
        marked.append(_Live(each.rule, each.does, each.zones, each.most, is_contested))
    return marked

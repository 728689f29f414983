"""Explained: which rule took what off which line."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from operator import sub

from pos.domain.money import Money, share_out
from pos.domain.priced import Occasion, Priced, Reduction
from pos.domain.pricing_piles import Pile
from pos.domain.pricing_search import Plan
from pos.domain.pricing_spends import Offs
from pos.domain.promotion_rule import Rule

_reduction = partial(tuple.__new__, Reduction)
"""Makes a reduction from its fields, at half the time that its name takes: a long cart has hundreds."""
_money = lru_cache(8192)(Money)
"""Amounts of money; each change of a cart asks for nearly the same ones again."""
_Run = tuple[int, int, int]
"""Minus the place of a rule in the book, the fen it takes off a piece, and off how many pieces."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The takes and spends that were chosen, and the zone of each pile."""

    plan: Plan
    offs: Offs
    zones: Sequence[int | None]


def explained(piles: Sequence[Pile], choice: Choice, book: Sequence[Rule], occasion: Occasion) -> Priced:
    """Return a choice line by line, on a line in the order in which the rules apply."""
    runs: list[list[_Run]] = [[] for _ in piles]
    for take, times in choice.plan:
        for place, fen, pieces in take.fens(piles):
            runs[place].append((-take.rule, fen, pieces * times))
    lines = _Lines()
    for pile, zone, its_runs in zip(piles, choice.zones, runs, strict=True):
        if its_runs or zone is not None:
            its_runs.sort(reverse=True)
            lines.hand_out(pile, zone, its_runs)
    for rule, parts in choice.offs:
        for pot, fen in parts:
            if fen:
                lines.spread(rule, pot, fen)
    found = [_reduction((line_no, rule.id, rule.kind, rule.name, rule.name_en, _money(fen)))
             for line_no, its in sorted(lines.off.items())
             for place, fen in its.items() for rule in [book[place]]]  # fmt: skip
    used = {take.rule for take, _ in choice.plan} | {place for place, _ in choice.offs}
    codes = {book[place].coupon for place in used}
    return Priced(tuple(found), tuple([code for code in dict.fromkeys(occasion.coupons) if code in codes]))


class _Lines:
    """Hands out what was taken off, pile by pile and pot by pot, to the lines.

    Attributes:
        off: for each line the fen by the place of the rule in the book, in the order in which they are handed out.
    """

    def __init__(self) -> None:
        self.off: dict[int, dict[int, int]] = {}
        self._pots: defaultdict[int, tuple[list[dict[int, int]], list[int]]] = defaultdict(lambda: ([], []))

    def hand_out(self, pile: Pile, zone: int | None, runs: list[_Run]) -> None:
        """Give the pieces of a pile their reductions, line after line, beginning with the first run."""
        for line in pile.lines:
            untouched, left = line.quantity.amount if pile.is_loose else 1, 0
            its: dict[int, int] = {}
            for minus_rule, fen, pieces in runs if len(pile.lines) == 1 else _cut_off(runs, untouched):
                untouched -= pieces
                left += (pile.price - fen) * pieces
                if fen:
                    its[-minus_rule] = its.get(-minus_rule, 0) + fen * pieces
            self.off[line.line_no] = its
            if zone is not None:
                if untouched:
                    self._put(2 * zone, its, untouched * pile.price)
                if left:
                    self._put(2 * zone + 1, its, left)

    def _put(self, pot: int, its: dict[int, int], fen: int) -> None:
        offs, lefts = self._pots[pot]
        offs.append(its)
        lefts.append(fen)

    def spread(self, rule: int, pot: int, fen: int) -> None:
        """Spread what a spend takes out of a pot over the lines in it."""
        offs, lefts = self._pots[pot]
        parts = share_out(fen, lefts)
        lefts[:] = map(sub, lefts, parts)
        for its, part in zip(offs, parts, strict=True):
            if part:
                its[rule] = its.get(rule, 0) + part


def _cut_off(runs: list[_Run], pieces: int) -> list[_Run]:
    """Take as many pieces, if there are so many, from the beginning of these runs."""
    its: list[_Run] = []
    while runs and pieces:
        minus_rule, fen, many = runs.pop(0)
        if many > pieces:
            runs.insert(0, (minus_rule, fen, many - pieces))
        its.append((minus_rule, fen, min(many, pieces)))
        pieces -= its[-1][2]
    return its

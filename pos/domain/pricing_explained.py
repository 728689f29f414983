"""Explained: which rule took what off which line."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from operator import sub

from pos.domain.money import Money, share_out
from pos.domain.priced import Occasion, Priced, Reduction
from pos.domain.pricing_piles import Pile
from pos.domain.pricing_search import Plan
from pos.domain.pricing_spends import Offs
from pos.domain.promotion_rule import Rule

_reduction = partial(tuple.__new__, Reduction)
"""Makes a reduction from its fields, at half the time that its name takes: a long cart has hundreds."""
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
    used = {place for place, _ in choice.offs}
    for take, times in choice.plan:
        used.add(take.rule)
        for place, fen in take.fens(piles):
            runs[place].append((-take.rule, fen, times))
    lines = _Lines()
    for pile, zone, its_runs in zip(piles, choice.zones, runs, strict=True):
        if its_runs or zone is not None:
            its_runs.sort()
            lines.hand_out(pile, zone, its_runs)
    for rule, parts in choice.offs:
        for pot, fen in parts:
            lines.spread(rule, pot, fen)
    words = {place: (rule.id, rule.kind, rule.name, rule.name_en) for place in used for rule in [book[place]]}
    codes = {book[place].coupon for place in used}
    rows = [(line_no, *words[place], Money(fen)) for line_no in sorted(lines.off)
            for place, fen in lines.off[line_no].items()]  # fmt: skip
    return Priced(
        tuple(map(_reduction, rows)),
        tuple([code for code in dict.fromkeys(occasion.coupons) if code in codes]),
    )  # fmt: skip


class _Lines:
    """Hands out what was taken off, pile by pile and pot by pot, to the lines.

    Attributes:
        off: for each line the fen by the place of the rule in the book, in the order in which they are handed out.
    """

    def __init__(self) -> None:
        self.off: defaultdict[int, dict[int, int]] = defaultdict(dict)
        self._pots: defaultdict[int, tuple[list[dict[int, int]], list[int]]] = defaultdict(lambda: ([], []))

    def hand_out(self, pile: Pile, zone: int | None, runs: list[_Run]) -> None:
        """Give the pieces of a pile their reductions, line after line, beginning with the last run."""
        for line in pile.lines:
            its = self.off[line.line_no]
            untouched, left = line.quantity.amount if pile.is_loose else 1, 0
            while runs and untouched:
                minus_rule, fen, pieces = runs.pop()
                if pieces > untouched:
                    runs.append((minus_rule, fen, pieces - untouched))
                    pieces = untouched
                untouched -= pieces
                left += (pile.price - fen) * pieces
                if fen:
                    its[-minus_rule] = its.get(-minus_rule, 0) + fen * pieces
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

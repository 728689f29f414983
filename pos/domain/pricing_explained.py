"""Explained: which rule took what off which line."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from pos.domain.money import Money, share_out
from pos.domain.priced import Occasion, Priced, Reduction
from pos.domain.pricing_piles import Pile
from pos.domain.pricing_search import Plan
from pos.domain.pricing_spends import Offs
from pos.domain.promotion_rule import Rule

_Run = tuple[int, int, int]
"""The number of a rule, minus the fen it takes off a piece, and off how many pieces."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The takes and spends that were chosen, and the zone of each pile."""

    plan: Plan
    offs: Offs
    zones: Sequence[int | None]


def explained(piles: Sequence[Pile], choice: Choice, book: Sequence[Rule], occasion: Occasion) -> Priced:
    """Return a choice line by line, on a line in the order in which the rules apply."""
    by_id = {take.rule.id: take.rule for take, _ in choice.plan}
    rules = sorted(by_id.values(), key=lambda rule: rule.rank)
    numbers = {rule.id: number for number, rule in enumerate(rules)}
    runs: list[list[_Run]] = [[] for _ in piles]
    for take, times in choice.plan:
        for place, fen in take.fens:
            runs[place].append((numbers[take.rule.id], -fen, times))
    lines = _Lines()
    for pile, zone, its_runs in zip(piles, choice.zones, runs, strict=True):
        if its_runs or zone is not None:
            lines.hand_out(pile, zone, sorted(its_runs, reverse=True))
    for place, parts in choice.offs:
        for pot, fen in parts:
            lines.spread(len(rules), pot, fen)
        rules.append(book[place])
    codes = {rule.coupon for rule in rules}
    return Priced(
        tuple([_reduction(line_no, rules[number], fen)
               for line_no in sorted(lines.off) for number, fen in lines.off[line_no].items()]),
        tuple([code for code in dict.fromkeys(occasion.coupons) if code in codes]),
    )  # fmt: skip


def _reduction(line_no: int, rule: Rule, fen: int) -> Reduction:
    return Reduction(line_no, rule.id, rule.kind, rule.name, rule.name_en, Money(fen))


class _Lines:
    """Hands out what was taken off, pile by pile and pot by pot, to the lines.

    Attributes:
        off: for each line the fen by the number of the rule; lower numbers are handed out first.
    """

    def __init__(self) -> None:
        self.off: defaultdict[int, dict[int, int]] = defaultdict(dict)
        self._pots: defaultdict[int, list[list[int]]] = defaultdict(list)

    def hand_out(self, pile: Pile, zone: int | None, runs: list[_Run]) -> None:
        """Give the pieces of a pile their reductions, line after line, beginning with the last run."""
        for line in pile.lines:
            untouched, left = pile.pieces(line), 0
            while runs and untouched:
                number, minus_fen, times = runs.pop()
                pieces = min(times, untouched)
                if times > pieces:
                    runs.append((number, minus_fen, times - pieces))
                untouched -= pieces
                left += (pile.price + minus_fen) * pieces
                if minus_fen:
                    its = self.off[line.line_no]
                    its[number] = its.get(number, 0) - minus_fen * pieces
            if zone is not None:
                self._pots[2 * zone].append([line.line_no, untouched * pile.price])
                self._pots[2 * zone + 1].append([line.line_no, left])

    def spread(self, number: int, pot: int, fen: int) -> None:
        """Spread what a spend takes out of a pot over the lines in it."""
        cells = self._pots[pot]
        for cell, part in zip(cells, share_out(fen, [left for _, left in cells]), strict=True):
            cell[1] -= part
            if part:
                its = self.off[cell[0]]
                its[number] = its.get(number, 0) + part

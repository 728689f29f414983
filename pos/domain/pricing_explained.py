"""Explained: which rule took what off which line."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from pos.domain.money import Money
from pos.domain.priced import Occasion, Priced, Reduction
from pos.domain.pricing_piles import Pile
from pos.domain.pricing_search import Plan
from pos.domain.pricing_spends import Offs
from pos.domain.promotion_rule import Rule
from pos.domain.spread import spread


@dataclass(frozen=True, slots=True)
class Choice:
    """The takes and spends that were chosen, and the zone of each pile."""

    plan: Plan
    offs: Offs
    zones: Sequence[int | None]


def explained(piles: Sequence[Pile], choice: Choice, occasion: Occasion) -> Priced:
    """Return a choice line by line."""
    lines = _Lines()
    runs: list[list[tuple[Rule, int, int]]] = [[] for _ in piles]
    for take, times in choice.plan:
        for place, fen in take.fens:
            runs[place].append((take.rule, fen, times))
    for pile, zone, its_runs in zip(piles, choice.zones, runs, strict=True):
        lines.hand_out(pile, zone, sorted(its_runs, key=lambda run: (run[0].rank, -run[1])))
    for rule, parts in choice.offs:
        for pot, fen in parts:
            lines.spread(rule, pot, fen)
    codes = lines.codes
    return Priced(lines.reductions(), tuple(code for code in dict.fromkeys(occasion.coupons) if code in codes))


class _Lines:
    """Hands out what was taken off, pile by pile and pot by pot, to the lines."""

    def __init__(self) -> None:
        self._off: defaultdict[tuple[int, str], int] = defaultdict(int)
        self._rules: dict[str, Rule] = {}
        self._pots: defaultdict[int, list[list[int]]] = defaultdict(list)
        self._spends: dict[str, int] = {}

    @property
    def codes(self) -> set[str]:
        """The coupons of the rules that took something off."""
        return {self._rules[rule].coupon for _, rule in self._off}

    def hand_out(self, pile: Pile, zone: int | None, runs: list[tuple[Rule, int, int]]) -> None:
        """Give the pieces of a pile their reductions, line after line."""
        runs.reverse()
        for line in pile.lines:
            untouched, left = pile.pieces(line), 0
            while runs and untouched:
                rule, fen, times = runs.pop()
                pieces = min(times, untouched)
                if times > pieces:
                    runs.append((rule, fen, times - pieces))
                untouched -= pieces
                left += (pile.price - fen) * pieces
                self._add(rule, line.line_no, fen * pieces)
            if zone is not None:
                self._pots[2 * zone].append([line.line_no, untouched * pile.price])
                self._pots[2 * zone + 1].append([line.line_no, left])

    def spread(self, rule: Rule, pot: int, fen: int) -> None:
        """Spread what a spend takes out of a pot over the lines in it."""
        self._spends.setdefault(rule.id, len(self._spends))
        cells = self._pots[pot]
        for cell, part in zip(cells, spread(fen, [left for _, left in cells]), strict=True):
            cell[1] -= part
            self._add(rule, cell[0], part)

    def reductions(self) -> tuple[Reduction, ...]:
        """Return all of it: by line, and on a line in the order the rules applied."""
        ordered = sorted(self._off, key=lambda key: (key[0], self._spends.get(key[1], -1), self._rules[key[1]].rank))
        return tuple(self._reduction(line_no, self._rules[rule]) for line_no, rule in ordered)

    def _reduction(self, line_no: int, rule: Rule) -> Reduction:
        return Reduction(line_no, rule.id, rule.kind, rule.name, rule.name_en, Money(self._off[line_no, rule.id]))

    def _add(self, rule: Rule, line_no: int, fen: int) -> None:
        if fen:
            self._rules[rule.id] = rule
            self._off[line_no, rule.id] += fen

"""The best legal reduction by trying everything, from docs/pricing.md alone: no code and no value types of the engine.

Rules are the tables of the store's document; a piece is a tuple. Good for half a dozen pieces.
"""

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, product
from math import floor
from typing import Any, NamedTuple

Rule = dict[str, Any]


class Piece(NamedTuple):
    """One piece, or one weighed line (``grams`` > 0) that costs ``price`` as a whole."""

    sku: str
    category: str
    price: int
    grams: int = 0


class Pot(NamedTuple):
    """What goods that the same spends cover cost now: those no other rule touched, and those one did."""

    covered: frozenset[str]
    untouched: int
    touched: int


Offs = dict[int, int]
"""What comes off the pieces that a rule touches, by their place."""


def best_saving(pieces: list[Piece], rules: list[Rule]) -> int:
    """Return the most that can legally come off; every rule is taken to be in force."""
    pieces = sorted(pieces, key=lambda piece: (-piece.price, piece.sku, piece.category))
    spends = [rule for rule in rules if rule["kind"] in {"spend", "coupon"}]
    others = [rule for rule in rules if rule not in spends]
    spends.sort(key=lambda rule: (-rule.get("priority", 0), "coupon" in rule, rule["id"]))
    spends = [
        rule for rule in spends if spend_off(rule, sum(each.price for each in pieces if covers(rule["scope"], each)))
    ]
    ways = all_ways(pieces, others, list(range(len(pieces))))
    outcomes = {(pots_of(pieces, spends, offs), sum(offs.values())) for offs in ways}
    return max(saved + best_of_spends(spends, list(pots)) for pots, saved in outcomes)


def half_up(number: Fraction) -> int:
    return floor(number + Fraction(1, 2))


def covers(scope: dict[str, Any], piece: Piece) -> bool:
    inside = "all" in scope or piece.sku in scope.get("skus", ()) or piece.category in scope.get("categories", ())
    return inside and piece.sku not in scope.get("except", ())


def cut(rule: Rule, piece: Piece) -> int:
    much = Fraction(piece.grams, 1000) if piece.grams else Fraction(1)
    if "price_fen" in rule:
        return max(0, piece.price - half_up(rule["price_fen"] * much))
    if "off_fen" in rule:
        return min(piece.price, half_up(rule["off_fen"] * much))
    return half_up(Fraction(piece.price * rule.get("percent_off", 100), 100))


def shared(amount: int, weights: list[int]) -> list[int]:
    exact = [Fraction(amount * weight, sum(weights)) for weight in weights]
    parts = [floor(each) for each in exact]
    for place in sorted(range(len(weights)), key=lambda each: (parts[each] - exact[each], each))[: amount - sum(parts)]:
        parts[place] += 1
    return parts


def all_ways(pieces: list[Piece], rules: list[Rule], left: list[int]) -> Iterator[Offs]:
    if not left:
        yield {}
        return
    first, rest = left[0], left[1:]
    yield from all_ways(pieces, rules, rest)
    for rule in rules:
        if rule["kind"] in {"percent", "amount", "special", "member"}:
            off = cut(rule, pieces[first]) if covers(rule["scope"], pieces[first]) else 0
            if off:
                yield from ({first: off} | more for more in all_ways(pieces, rules, rest))
            continue
        for group, saving in groups(pieces, rule, first, rest):
            shares = dict(zip(group, shared(saving, [pieces[each].price for each in group]), strict=True))
            after = [each for each in rest if each not in group]
            yield from (shares | more for more in all_ways(pieces, rules, after))


def groups(pieces: list[Piece], rule: Rule, first: int, rest: list[int]) -> Iterator[tuple[list[int], int]]:
    sizes, scopes = sizes_and_scopes(rule)
    for others in combinations(rest, sum(sizes) - 1):
        group = [first, *others]
        if any(pieces[each].grams for each in group):
            continue
        if rule.get("same") and len({pieces[each].sku for each in group}) > 1:
            continue
        savings = set()
        for parts in partitions(group, sizes):
            if all(covers(scope, pieces[each]) for scope, part in zip(scopes, parts, strict=True) for each in part):
                savings.add(group_saving(rule, [[pieces[each] for each in part] for part in parts]))
        yield from ((group, saving) for saving in savings if saving > 0)


def sizes_and_scopes(rule: Rule) -> tuple[list[int], list[dict[str, Any]]]:
    if rule["kind"] == "mix":
        return [part.get("count", 1) for part in rule["parts"]], [part["scope"] for part in rule["parts"]]
    if rule["kind"] == "buy_get" and "get_scope" in rule:
        return [rule["buy"], rule["get"]], [rule["scope"], rule["get_scope"]]
    size = {
        "nth_piece": rule.get("nth", 2),
        "n_for": rule.get("count"),
        "buy_get": rule.get("buy", 0) + rule.get("get", 0),
    }
    return [size[rule["kind"]]], [rule["scope"]]


def partitions(group: list[int], sizes: list[int]) -> Iterator[list[list[int]]]:
    if not sizes:
        yield []
        return
    for part in combinations(group, sizes[0]):
        rest = [each for each in group if each not in part]
        yield from ([list(part), *more] for more in partitions(rest, sizes[1:]))


def group_saving(rule: Rule, parts: list[list[Piece]]) -> int:
    if rule["kind"] in {"mix", "n_for"}:
        return sum(piece.price for part in parts for piece in part) - int(rule["price_fen"])
    cheap = sorted(parts[-1], key=lambda piece: piece.price)[: rule.get("get", 1)]
    return sum(cut(rule, piece) for piece in cheap)


def pots_of(pieces: list[Piece], spends: list[Rule], offs: Offs) -> tuple[Pot, ...]:
    """Return, for the goods that the same spends cover, what untouched and touched ones cost now; the dearest first."""
    pots: dict[frozenset[str], list[int]] = {}
    for place, piece in enumerate(pieces):
        covered = frozenset(rule["id"] for rule in spends if covers(rule["scope"], piece))
        if covered:
            pot = pots.setdefault(covered, [0, 0])
            pot[place in offs] += piece.price - offs.get(place, 0)
    return tuple(Pot(covered, *pot) for covered, pot in pots.items())


def best_of_spends(spends: list[Rule], pots: list[Pot]) -> int:
    best = 0
    for chosen in product([False, True], repeat=len(spends)):
        used = [rule for rule, is_in in zip(spends, chosen, strict=True) if is_in]
        named = [rule["group"] for rule in used if "group" in rule]
        if len(named) == len(set(named)):
            best = max(best, in_turn(used, pots))
    return best


def in_turn(used: list[Rule], pots: list[Pot]) -> int:
    left = {(number, side): fen for number, pot in enumerate(pots) for side, fen in enumerate(pot[1:])}
    total = 0
    for rule in used:
        its = [
            (number, side)
            for number, side in left
            if rule["id"] in pots[number].covered and (not side or rule.get("stacks", 1))
        ]
        off = spend_off(rule, sum(left[each] for each in its))
        if off:
            for each, part in zip(its, shared(off, [left[each] for each in its]), strict=True):
                left[each] -= part
        total += off
    return total


def spend_off(rule: Rule, spent: int) -> int:
    if rule["kind"] == "coupon":
        off = half_up(Fraction(spent * rule.get("percent_off", 0), 100)) + rule.get("off_fen", 0)
        off = off if spent >= rule.get("at_fen", 0) else 0
    elif rule.get("repeats"):
        off = spent // rule["steps"][0]["at_fen"] * rule["steps"][0]["off_fen"]
    else:
        off = max((step["off_fen"] for step in rule["steps"] if spent >= step["at_fen"]), default=0)
    return min(int(off), spent, int(rule.get("most_fen", off)))

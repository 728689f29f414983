"""Promotions: all rules a till knows, and reading them from head office's document."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import Any

from pos.domain.errors import BadRule
from pos.domain.priced import Occasion
from pos.domain.promotion_fields import Fields, scope_from, when_from
from pos.domain.promotion_in_force import InForce
from pos.domain.promotion_rule import ALWAYS, Cut, Each, Part, Rule, Scope, Spend, Step, Together

MAX_RULES = 5_000
MAX_TOGETHER = 12
"""Pieces that one offer binds together, at most."""
MAX_FEN = 100_000_000

_Key = tuple[str, str, tuple[str, ...], tuple[bool, ...]]
"""All of an occasion that rules ask for: store, member, coupons, and which of the timed ones hold."""


@dataclass(frozen=True, slots=True)
class PromotionBook:
    """Every rule a till knows in the order of their ranks, and the version that is stamped on a sale."""

    version: str = ""
    rules: tuple[Rule, ...] = ()
    _places: Mapping[str, tuple[int, ...]] = field(default_factory=dict, compare=False, repr=False)
    _timed: tuple[Rule, ...] = field(default=(), compare=False, repr=False)
    _known: list[tuple[_Key, InForce]] = field(default_factory=list, compare=False, repr=False)

    def in_force(self, occasion: Occasion) -> InForce:
        """Return the rules that hold then, there and for that customer; the last answer is kept for the next scan."""
        hours = tuple([rule.when.holds(occasion.at) for rule in self._timed])
        key = (occasion.store, occasion.member, occasion.coupons, hours)
        for known, found in tuple(self._known):
            if known == key:
                return found
        holding = frozenset(place for place, rule in enumerate(self.rules) if rule.holds(occasion))
        found = InForce(self.rules, self._places, holding)
        self._known[:] = [(key, found)]
        return found

    def is_alike(self, one: datetime, other: datetime) -> bool:
        """Whether the same rules hold at both times of the shop."""
        return all(rule.when.holds(one) == rule.when.holds(other) for rule in self._timed)


def book_of(rules: Iterable[Rule], version: str) -> PromotionBook:
    """Return a book of these rules."""
    ordered = tuple(sorted(rules, key=lambda rule: rule.rank))
    places: dict[str, list[int]] = {}
    for place, rule in enumerate(ordered):
        for scope in rule.scopes:
            for key in _keys(scope):
                places.setdefault(key, []).append(place)
    timed = tuple(rule for rule in ordered if rule.when != ALWAYS)
    return PromotionBook(version, ordered, {key: tuple(found) for key, found in places.items()}, timed)


def _keys(scope: Scope) -> list[str]:
    """Return under what a rule is found: everything, its products and shelves, and the products it excepts."""
    found = [""] if scope.is_all else [*(f"s{sku}" for sku in scope.skus), *(f"c{shelf}" for shelf in scope.categories)]
    return [*found, *(f"x{sku}" for sku in scope.excluded)]


EMPTY_BOOK = PromotionBook()


def read_book(document: Mapping[str, Any], version: str) -> PromotionBook:
    """Read the promotions of a store's rule document: all of them or none.

    Raises:
        BadRule: one of them cannot be understood; names its id, the field and the reason.
    """
    listed = document.get("promotions", [])
    if not isinstance(listed, list) or len(listed) > MAX_RULES:
        raise BadRule(rule="", field="promotions", reason=f"not a list of at most {MAX_RULES} rules")
    rules = [_rule(each, place) for place, each in enumerate(listed, 1)]
    seen: set[str] = set()
    for rule in rules:
        if rule.id in seen:
            raise BadRule(rule=rule.id, field="id", reason="used twice")
        seen.add(rule.id)
    return book_of(rules, version)


def _rule(written: object, place: int) -> Rule:
    if not isinstance(written, dict):
        raise BadRule(rule=f"#{place}", field="", reason="not a table")
    fields = Fields(Fields(f"#{place}", written).text("id"), written)
    kind = fields.text("kind")
    if kind not in _KINDS:
        raise fields.bad("kind", f"unknown: {kind[:40]}")
    rule = Rule(
        id=fields.text("id"), kind=kind, name=fields.text("name"), name_en=fields.text("name_en"),
        does=_KINDS[kind](fields), when=when_from(fields), stores=fields.texts("stores"),
        members=fields.texts("members"), coupon=fields.text("coupon", ""),
        priority=fields.whole("priority", -999, 999, 0),
    )  # fmt: skip
    if kind == "member" and not rule.members:
        raise fields.bad("members", "missing")
    if kind == "coupon" and not rule.coupon:
        raise fields.bad("coupon", "missing")
    fields.refuse_others()
    return rule


def _percent(fields: Fields) -> Each:
    return Each(scope_from(fields), Cut(percent_off=fields.whole("percent_off", 1, 100)))


def _amount(fields: Fields) -> Each:
    return Each(scope_from(fields), Cut(off_fen=fields.whole("off_fen", 1, MAX_FEN)))


def _special(fields: Fields) -> Each:
    return Each(scope_from(fields), Cut(price_fen=fields.whole("price_fen", 0, MAX_FEN)))


def _member(fields: Fields) -> Each:
    return Each(scope_from(fields), _percent_or_price(fields))


def _nth(fields: Fields) -> Together:
    part = Part(scope_from(fields), fields.whole("nth", 2, MAX_TOGETHER, 2))
    return Together((part,), cut=Cut(percent_off=fields.whole("percent_off", 1, 100)), cut_count=1,
                    is_same=fields.yes("same"))  # fmt: skip


def _several(fields: Fields) -> Together:
    part = Part(scope_from(fields), fields.whole("count", 2, MAX_TOGETHER))
    return Together((part,), fields.whole("price_fen", 0, MAX_FEN), is_same=fields.yes("same"))


def _buy_get(fields: Fields) -> Together:
    scope, buy, get = scope_from(fields), fields.whole("buy", 1, MAX_TOGETHER), fields.whole("get", 1, MAX_TOGETHER)
    if buy + get > MAX_TOGETHER:
        raise fields.bad("get", f"more than {MAX_TOGETHER} pieces with those bought")
    cut = _percent_or_price(fields, default_percent=100)
    if fields.has("get_scope"):
        return Together((Part(scope, buy), Part(scope_from(fields, "get_scope"), get)), cut=cut, cut_count=get)
    return Together((Part(scope, buy + get),), cut=cut, cut_count=get, is_same=fields.yes("same"))


def _mix(fields: Fields) -> Together:
    parts = tuple(
        Part(scope_from(each), each.whole("count", 1, MAX_TOGETHER, 1)) for each in fields.tables("parts", MAX_TOGETHER)
    )
    if not 2 <= sum(part.count for part in parts) <= MAX_TOGETHER:
        raise fields.bad("parts", f"not 2 to {MAX_TOGETHER} pieces together")
    return Together(parts, fields.whole("price_fen", 0, MAX_FEN))


def _spend(fields: Fields) -> Spend:
    steps = [Step(each.whole("at_fen", 1, MAX_FEN), each.whole("off_fen", 1, MAX_FEN))
             for each in fields.tables("steps", 20)]  # fmt: skip
    if any(low.at_fen >= high.at_fen or low.off_fen > high.off_fen for low, high in pairwise(steps)):
        raise fields.bad("steps", "not rising")
    repeats = fields.yes("repeats")
    if repeats and len(steps) > 1:
        raise fields.bad("repeats", "with more than one step")
    return _spend_of(fields, tuple(steps), repeats=repeats)


def _coupon(fields: Fields) -> Spend:
    off, percent = fields.whole("off_fen", 1, MAX_FEN, 0), fields.whole("percent_off", 1, 100, 0)
    if bool(off) == bool(percent):
        raise fields.bad("off_fen", "exactly one of off_fen and percent_off")
    return _spend_of(fields, (Step(fields.whole("at_fen", 0, MAX_FEN, 0), off, percent),))


def _spend_of(fields: Fields, steps: tuple[Step, ...], *, repeats: bool = False) -> Spend:
    most = fields.whole("most_fen", 1, MAX_FEN) if fields.has("most_fen") else None
    return Spend(scope_from(fields), steps, repeats, most, fields.yes("stacks", 1), fields.text("group", ""))


def _percent_or_price(fields: Fields, default_percent: int = 0) -> Cut:
    percent = fields.whole("percent_off", 1, 100, 0)
    if fields.has("price_fen"):
        if percent:
            raise fields.bad("price_fen", "beside percent_off")
        return Cut(price_fen=fields.whole("price_fen", 0, MAX_FEN))
    if not (percent or default_percent):
        raise fields.bad("percent_off", "missing, and no price_fen")
    return Cut(percent_off=percent or default_percent)


_KINDS: dict[str, Callable[[Fields], Each | Together | Spend]] = {
    "percent": _percent, "amount": _amount, "special": _special, "member": _member, "nth_piece": _nth,
    "n_for": _several, "buy_get": _buy_get, "mix": _mix, "spend": _spend, "coupon": _coupon,
}  # fmt: skip

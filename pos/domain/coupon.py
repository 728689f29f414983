"""Coupon: what a coupon that takes nothing off yet still waits for."""

from dataclasses import dataclass
from enum import StrEnum

from pos.domain.cart import Cart
from pos.domain.money import ZERO, Money
from pos.domain.priced import Occasion
from pos.domain.promotion_rule import Rule, Spend
from pos.domain.reckoning import MANUAL_ORDER


class Lacks(StrEnum):
    """Why a coupon takes nothing off."""

    RULE = "rule"
    GOODS = "goods"
    SPEND = "spend"
    ELSE = "else"


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a coupon waits for: a rule the store does not have, goods it is for, more of them, or something else.

    Attributes:
        rule: the coupon's own; None when the store knows none.
        missing: how much more must be bought; nothing where that is not what it lacks.
    """

    lacks: Lacks
    rule: Rule | None = None
    missing: Money = ZERO


def coupon_waiting(cart: Cart, code: str) -> Waiting | None:
    """Return what a noted coupon waits for; None while it takes something off."""
    rules = [rule for rule in cart.book.rules if rule.coupon == code]
    if not rules:
        return Waiting(Lacks.RULE)
    if {rule.id for rule in rules} & {each.rule for each in cart.priced.reductions}:
        return None
    rule = next((each for each in rules if _is_in_force(cart, each)), None)
    if rule is None:
        return Waiting(Lacks.ELSE, rules[0])
    spent = _spent(cart, rule)
    if isinstance(rule.does, Spend) and spent < rule.does.steps[0].at_fen:
        return Waiting(Lacks.SPEND, rule, Money(rule.does.steps[0].at_fen - spent))
    return Waiting(Lacks.ELSE if spent else Lacks.GOODS, rule)


def _is_in_force(cart: Cart, rule: Rule) -> bool:
    level = cart.member.level if cart.member else ""
    return cart.priced_at is not None and rule.holds(Occasion(cart.priced_at, cart.store, level, cart.coupons))


def _spent(cart: Cart, rule: Rule) -> int:
    """What the goods it is for cost after what each of them is cheaper by; spends and the whole's come later."""
    later = {each.id for each in cart.book.rules if isinstance(each.does, Spend)}
    spent = 0
    for line in cart.lines:
        if line.product is None or not any(each.holds(line.product.sku, line.product.category) for each in rule.scopes):
            continue
        taken = [each for each in cart.reductions_of(line.line_no) if each.rule not in later]
        off = [each.amount for each in taken if each.kind != MANUAL_ORDER]
        if not off or not isinstance(rule.does, Spend) or rule.does.stacks:
            spent += (line.gross - sum(off, ZERO)).fen
    return spent

"""Coupon: what a coupon that takes nothing off yet still waits for."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from pos.domain.cart import Cart
from pos.domain.cart_line import CartLine
from pos.domain.money import ZERO, Money
from pos.domain.priced import Occasion
from pos.domain.product import Product
from pos.domain.promotion_rule import Rule, Spend
from pos.domain.reckoning import BY_CASHIER


class Lacks(StrEnum):
    """Why a coupon takes nothing off."""

    RULE = "rule"
    GOODS = "goods"
    SPEND = "spend"
    FREE = "free"
    """What it is for costs nothing without it: the cashier gave it away."""
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
    in_force = [each for each in rules if _is_in_force(cart, each)]
    if len(in_force) != 1:
        return Waiting(Lacks.ELSE, rules[0])
    [rule] = in_force
    lines = [line for line in cart.lines if line.product and not line.is_fixed and _is_for(rule, line.product)]
    if not lines:
        return Waiting(Lacks.GOODS, rule)
    spent = _spent(cart, rule, lines)
    if spent is not None and isinstance(rule.does, Spend) and spent < rule.does.steps[0].at_fen:
        return Waiting(Lacks.SPEND, rule, Money(rule.does.steps[0].at_fen - spent))
    is_paid = any(cart.amount_of(line.line_no) for line in lines)
    return Waiting(Lacks.ELSE if is_paid else Lacks.FREE, rule)


def _is_in_force(cart: Cart, rule: Rule) -> bool:
    level = cart.member.level if cart.member else ""
    return cart.priced_at is not None and rule.holds(Occasion(cart.priced_at, cart.store, level, cart.coupons))


def _is_for(rule: Rule, product: Product) -> bool:
    return any(each.holds(product.sku, product.category) for each in rule.scopes)


def _spent(cart: Cart, rule: Rule, lines: Sequence[CartLine]) -> int | None:
    """Return what the goods it is for cost by the other rules; None where more of them might not bring it either.

    What a cashier takes off comes after all rules.
    """
    spends = {each.id for each in cart.book.rules if isinstance(each.does, Spend)}
    off = [each for line in lines for each in cart.reductions_of(line.line_no) if each.kind not in BY_CASHIER]
    passes_over = isinstance(rule.does, Spend) and not rule.does.stacks and off
    if passes_over or any(each.rule in spends for each in cart.priced.reductions):
        return None
    return sum(line.gross.fen for line in lines) - sum(each.amount.fen for each in off)

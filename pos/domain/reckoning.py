"""Reckoning: everything that is taken off a cart, from scratch: rules first, then what the cashier takes off."""

from collections.abc import Sequence
from dataclasses import replace

from pos.domain.cart_line import CartLine, Discount
from pos.domain.money import ZERO, Money, share_out
from pos.domain.pricing import Good, Occasion, Priced, Reduction, price
from pos.domain.promotion import PromotionBook

MARKDOWN, MANUAL_LINE, MANUAL_ORDER = "markdown", "manual_line", "manual_order"
"""Kinds of reductions that no rule made."""
BY_CASHIER = frozenset({MANUAL_LINE, MANUAL_ORDER})
_WORDS = {
    MARKDOWN: ("临期特价", "Near expiry"),
    MANUAL_LINE: ("手工折扣", "Discount by hand"),
    MANUAL_ORDER: ("整单折扣", "Order discount"),
}


def reckon(
    lines: Sequence[CartLine], order_discount: Discount | None, book: PromotionBook, occasion: Occasion | None
) -> Priced:
    """Return what is taken off each line and why; without an occasion no rule is asked.

    A coupon is used only where the customer pays less for it: not for what the cashier gives away all the same.
    """
    best = _reckon(lines, order_discount, book, occasion)
    if occasion is None or not (order_discount or any(line.discount for line in lines)):
        return best  # the rules alone use no coupon for nothing
    kept: set[str] = set()
    while asked := [each for each in best.used_coupons if each not in kept]:
        code = asked[0]
        kept.add(code)
        without = replace(occasion, coupons=tuple(each for each in occasion.coupons if each != code))
        other = _reckon(lines, order_discount, book, without)
        if _sum(other.reductions) >= _sum(best.reductions):
            best, occasion = other, without
    return best


def _sum(reductions: Sequence[Reduction]) -> Money:
    return sum((each.amount for each in reductions), ZERO)


def _reckon(
    lines: Sequence[CartLine], order_discount: Discount | None, book: PromotionBook, occasion: Occasion | None
) -> Priced:
    found = [_by_hand(line, MARKDOWN, Discount(line.markdown_percent).off(line.gross))
             for line in lines if line.markdown_percent]  # fmt: skip
    ruled = price([_good(line) for line in lines if line.product], book, occasion) if occasion else Priced()
    found += ruled.reductions
    left = _left(lines, found)
    found += [_by_hand(line, MANUAL_LINE, line.discount.off(Money(left[line.line_no])))
              for line in lines if line.discount]  # fmt: skip
    if order_discount:
        found += _of_order(lines, order_discount, _left(lines, found))
    places = {line.line_no: place for place, line in enumerate(lines)}
    taken = sorted((each for each in found if each.amount), key=lambda each: places[each.line_no])
    assert min(_left(lines, taken).values(), default=0) >= 0, taken
    return Priced(tuple(taken), ruled.used_coupons)


def _good(line: CartLine) -> Good:
    assert line.product is not None
    return Good(
        line.line_no, line.product.sku, line.product.category, line.quantity, line.price, line.gross, line.is_fixed
    )


def _by_hand(line: CartLine, kind: str, amount: Money) -> Reduction:
    return Reduction(line.line_no, "", kind, *_WORDS[kind], amount)


def _left(lines: Sequence[CartLine], taken: Sequence[Reduction]) -> dict[int, int]:
    """Return the fen that each line still costs; bare numbers, as a long cart has hundreds of reductions."""
    left = {line.line_no: line.gross.fen for line in lines}
    for each in taken:
        left[each.line_no] -= each.amount.fen
    return left


def _of_order(lines: Sequence[CartLine], discount: Discount, left: dict[int, int]) -> list[Reduction]:
    """Spread the order's discount over the lines by what they still cost."""
    off = discount.off(Money(sum(left.values())))
    shares = share_out(off.fen, [left[line.line_no] for line in lines])
    return [_by_hand(line, MANUAL_ORDER, Money(share)) for line, share in zip(lines, shares, strict=True)]

"""By hand: how far a cart's prices were moved by whoever stands at the till, to hold against their limit."""

from dataclasses import dataclass

from pos.domain.cart import Cart
from pos.domain.cart_line import CartLine
from pos.domain.money import ZERO, Money
from pos.domain.reckoning import BY_CASHIER
from pos.domain.staff import Act

MUCH_DEARER = 2
"""Times its own price that a thing is sold for by hand: what is more is sooner a wrong key."""


@dataclass(frozen=True, slots=True)
class GivenAway:
    """What an act took off a cart: in all, and in percent of the line it took most off."""

    act: Act
    amount: Money
    percent: int


@dataclass(frozen=True, slots=True)
class Moved:
    """What an act took off one line, and what its percentage is of."""

    line: CartLine
    off: Money
    of: Money


def given_away(cart: Cart) -> list[GivenAway]:
    """Return what was taken off by hand, by lower prices and by discounts; nothing where nothing was."""
    return [_summed(act, lines) for act in (Act.PRICE, Act.DISCOUNT) if (lines := moved(cart, act))]


def moved(cart: Cart, act: Act) -> list[Moved]:
    """Return what was taken off by hand line by line: by lower prices, or by discounts."""
    lines = [(line, line.product) for line in cart.lines if line.product]
    if act is Act.PRICE:
        found = [Moved(line, _price_moved(line), line.quantity.cost(product.price)) for line, product in lines]
    else:
        found = [Moved(line, _taken(cart, line.line_no), line.gross) for line, _product in lines]
    return [each for each in found if each.off]


def is_much_dearer(line: CartLine) -> bool:
    """Whether a price by hand is so far above the product's own that it is asked about; an open price has none."""
    own_fen = line.product.price.fen if line.product and not line.product.is_open_price else 0
    return line.price_by_hand is not None and 0 < own_fen * MUCH_DEARER < line.price_by_hand.fen


def _price_moved(line: CartLine) -> Money:
    """What a price by hand is below the product's own; goods with an open price have none to be below."""
    if line.price_by_hand is None or line.product is None or line.product.is_open_price:
        return ZERO
    return max(ZERO, line.quantity.cost(line.product.price) - line.gross)


def _taken(cart: Cart, line_no: int) -> Money:
    return sum((each.amount for each in cart.reductions_of(line_no) if each.kind in BY_CASHIER), ZERO)


def _summed(act: Act, lines: list[Moved]) -> GivenAway:
    # One fen less: twenty percent of a small amount, rounded, must not be more than twenty.
    percents = [-(-(each.off.fen - 1) * 100 // each.of.fen) for each in lines]
    return GivenAway(act, sum((each.off for each in lines), ZERO), max(percents))

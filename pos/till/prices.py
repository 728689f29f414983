"""Prices: what one of a thing costs by itself now, and which offers are on it; for whoever asks before buying."""

from dataclasses import dataclass
from itertools import chain

from pos.domain.errors import PosError
from pos.domain.member import Member
from pos.domain.money import Money
from pos.domain.priced import Occasion
from pos.domain.product import Pack
from pos.domain.promotion_rule import Rule
from pos.till import sell
from pos.till.goods import OnSale, how_much, sold_as
from pos.till.till import Till


@dataclass(frozen=True, slots=True)
class PriceTold:
    """What one costs.

    Attributes:
        price: of the pack, or of a kilogram; what a cart with nothing else in it comes to.
        offers: the rules on it: those that lower this price, and those that need more of it, or other goods with it,
            but are not on all goods of the store.
    """

    pack: Pack
    price: Money
    offers: tuple[Rule, ...] = ()


def price_of(till: Till, pack: Pack, member: Member | None = None) -> PriceTold:
    """Return what one costs this customer now; the shelf's price where it cannot be reckoned."""
    cart = sell.new_cart(till)
    try:
        cart.set_member(member)
        quantity, amount = how_much(OnSale(pack.barcode, (pack,)), pack)
        cart.add(sold_as(pack), quantity, label_amount=amount, pack=pack.quantity)
    except PosError:
        return PriceTold(pack, pack.price)
    assert cart.priced_at is not None
    occasion = Occasion(cart.priced_at, cart.store, member.level if member else "")
    (touching,) = cart.book.in_force(occasion).touching([(pack.product.sku, pack.product.category)])
    taken = {each.rule for each in cart.priced.reductions}
    others = [cart.book.rules[place] for place in chain(touching.together, touching.spends)]
    told = taken | {rule.id for rule in others if not all(scope.is_all for scope in rule.scopes)}
    offers = tuple(rule for rule in cart.book.rules if rule.id in told)
    return PriceTold(pack, cart.total, offers)

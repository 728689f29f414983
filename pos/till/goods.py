"""Goods: what a scanned text is in this store and on this screen, and putting what is on sale into a cart."""

import logging
from dataclasses import dataclass, replace
from datetime import date

from pos.domain.cart import Cart
from pos.domain.cart_line import CartLine
from pos.domain.code import Code, CodeKind
from pos.domain.errors import BadStoreRule
from pos.domain.freshness import MarkedDown, Recall, Refused, judge
from pos.domain.member import Member
from pos.domain.money import Money
from pos.domain.product import Pack, Product
from pos.domain.quantity import Quantity, Unit
from pos.domain.scale_label import Mismatch, Weighed, read_scale_label, weigh
from pos.domain.store_codes import NO_STORE_CODES, Mode, StoreCodes, for_mode, level_of, read_codes
from pos.storage import catalogue
from pos.till import labels
from pos.till.report import shop_today
from pos.till.rules import freshness_of
from pos.till.till import Till

_log = logging.getLogger(__name__)

DEFAULT_WEIGHT = Quantity(1000, Unit.GRAM)
"""What stands on the line of a weighed product until somebody weighs it; it costs nothing before."""
GOODS = frozenset({CodeKind.PRODUCT, CodeKind.SCALE_LABEL, CodeKind.UNKNOWN})
"""Kinds that may be goods; a text of any other never makes a line, so its digits reach no draft."""


@dataclass(frozen=True, slots=True)
class Printed:
    """What a label says beside the number of its goods: nothing, unless it is told."""

    lot: str = ""
    expires_on: date | None = None
    weight_g: int | None = None
    amount: Money | None = None


NOTHING_PRINTED = Printed()


@dataclass(frozen=True, slots=True)
class OnSale:
    """Goods of this store.

    Attributes:
        text: as scanned.
        packs: what it stands for; of several somebody has to pick one.
        weighed: how much of it the label of a scale sells.
    """

    text: str
    packs: tuple[Pack, ...]
    printed: Printed = NOTHING_PRINTED
    weighed: Weighed | None = None


@dataclass(frozen=True, slots=True)
class Put:
    """The line that goods made, and what has to be said of it.

    Attributes:
        mismatch: the label's amount is not price times weight.
        look_for: single lots of it are called back, and nobody knows which lot this is.
    """

    line: CartLine
    mismatch: Mismatch | None = None
    look_for: Recall | None = None


def look(
    till: Till, text: str, mode: Mode = Mode.GOODS, *, printed: Printed = NOTHING_PRINTED
) -> OnSale | Member | Code:
    """Say what a scanned or typed text is; a code of kind PRODUCT, SCALE_LABEL or UNKNOWN is goods nobody knows here.

    Raises:
        LabelUnusable, QuantityOutOfRange: it is a scale's label of goods on sale, and sells nothing.
    """
    own = _own_codes(till)
    codes = for_mode(read_codes(text, own), mode)
    for code in codes:
        found = _known(till, code, own, printed)
        if found is not None:
            return found
    return codes[0]


def _own_codes(till: Till) -> StoreCodes:
    """Rules were read before they were kept; should a newer program read them otherwise, goods are sold without."""
    try:
        return labels.store_codes(till)
    except BadStoreRule as reason:
        _log.warning("the store's own numbers are not known: %r", reason)
        return NO_STORE_CODES


def _known(till: Till, code: Code, own: StoreCodes, printed: Printed) -> OnSale | Member | Code | None:
    if code.kind is CodeKind.MEMBER:
        return Member(code.text, level=level_of(code.text, own))
    if code.kind is CodeKind.SCALE_LABEL:
        return _labelled(till, code, own, printed)
    if code.kind not in GOODS:
        return code
    packs = find_packs(till, code)
    return OnSale(code.text, tuple(packs), printed) if packs else None


def _labelled(till: Till, code: Code, own: StoreCodes, printed: Printed) -> OnSale | None:
    label = read_scale_label(code.text, own.scale_rules)
    product = labels.labelled(till, label) if label else None
    if label is None or product is None:
        return None
    return OnSale(code.text, (Pack(product, product.barcode),), printed, weigh(label, product))


def find_packs(till: Till, code: Code) -> list[Pack]:
    """Return everything a code may stand for, by barcode, else by the store's own number; several are to pick from."""
    found = catalogue.find_by_barcode(till.prices, (*code.keys, code.text))
    product = None if found else catalogue.find_by_sku(till.prices, code.text)
    return [Pack(product, product.barcode)] if product else found


def put(till: Till, cart: Cart, found: OnSale, pack: Pack, times: int = 1) -> Put:
    """Put goods into a cart: what is weighed as its label says, a case as the pieces it holds.

    Args:
        times: how many of it.

    Raises:
        GoodsExpired, GoodsRecalled: they may not be sold.
        CartFull, QuantityOutOfRange, AmountOutOfRange: the cart is as it was.
    """
    printed = found.printed
    verdict = judge(pack.product, printed.lot, printed.expires_on, shop_today(till), freshness_of(till))
    if isinstance(verdict, Refused):
        raise verdict.as_error()
    quantity, amount = how_much(found, pack, times)
    needs_weight = pack.product.unit is Unit.GRAM and not (found.weighed or printed.weight_g)
    line = cart.add(
        sold_as(pack), quantity, text=found.text, label_amount=amount, lot=printed.lot, expires_on=printed.expires_on,
        markdown_percent=verdict.percent if isinstance(verdict, MarkedDown) else 0, pack=pack.quantity,
        needs_weight=needs_weight,
    )  # fmt: skip
    return Put(line, found.weighed.mismatch if found.weighed else None, verdict.look_for)


def how_much(found: OnSale, pack: Pack, times: int = 1) -> tuple[Quantity, Money | None]:
    """Return how much of it is sold, and the amount that a label or a pack of its own price fixes for it."""
    if found.weighed:
        return found.weighed.quantity, found.weighed.amount
    if pack.product.unit is Unit.GRAM:
        grams = found.printed.weight_g
        return (Quantity(grams, Unit.GRAM), found.printed.amount) if grams else (DEFAULT_WEIGHT, None)
    own = pack.own_price if pack.quantity > 1 else None
    return Quantity(pack.quantity * times), None if own is None else Money(own.fen * times)


def sold_as(pack: Pack) -> Product:
    """Return the product as this pack sells it: with the pack's words, and a single piece at the pack's own price."""
    product = pack.product
    price = pack.own_price if pack.own_price is not None and pack.quantity == 1 else product.price
    if not pack.words and price == product.price:
        return product
    name_en = product.name_en and f"{product.name_en} {pack.words_en or pack.words}".strip()
    return replace(product, price=price, name=f"{product.name} {pack.words}".strip(), name_en=name_en)


def one_of(product: Product) -> Quantity:
    """Return one piece, or one kilogram of what is weighed."""
    return Quantity(1) if product.unit is Unit.PIECE else DEFAULT_WEIGHT

"""Cart line: one product, how much of it, and what was said about this one by hand or by its label."""

from dataclasses import dataclass, replace
from datetime import date

from pos.domain.errors import AmountOutOfRange, DiscountOfNothing, DiscountOutOfRange
from pos.domain.money import LIMIT_FEN, ZERO, Money, divide_half_up
from pos.domain.product import Product
from pos.domain.quantity import ONE, Quantity, Unit


@dataclass(frozen=True, slots=True)
class Discount:
    """What a cashier takes off: so many percent, or an amount; one of the two.

    Raises:
        DiscountOfNothing: it takes nothing off.
        DiscountOutOfRange: it is neither 1..100 percent nor an amount.
    """

    percent: int = 0
    amount: Money = ZERO

    def __post_init__(self) -> None:
        if not self.percent and not self.amount:
            raise DiscountOfNothing
        if not (1 <= self.percent <= 100 if self.percent else self.amount > ZERO) or (self.percent and self.amount):
            raise DiscountOutOfRange(limit="100%")

    def off(self, price: Money) -> Money:
        """Return what it takes off a price: to the nearest fen, and never more than there is."""
        if self.percent:
            return Money(divide_half_up(price.fen * self.percent, 100))
        return min(self.amount, price)


@dataclass(frozen=True, slots=True)
class CartLine:
    """One line: a product and how much of it, or a scanned text nobody knows.

    Attributes:
        line_no: from 1, stays with the line while the cart lives.
        text: what was scanned or typed.
        product: None while the text is unknown; such a line blocks payment.
        price_by_hand: in place of the product's price; no rule of the store touches it.
        discount: what the cashier takes off, after the rules.
        label_amount: what the label of a scale says this one costs, whatever price times weight would be.
        markdown_percent: off for its near expiry; then no rule touches it.
        tare_g: weight of the packing, already taken off the quantity.
        lot: empty when not told.
        expires_on: the last day it may be sold.
        pack: pieces that were sold by one barcode, such as the 24 of a case; the line is counted in such packs.
        needs_weight: nobody has weighed it yet; until then it costs nothing and blocks payment.
    """

    line_no: int
    text: str
    product: Product | None
    quantity: Quantity
    price_by_hand: Money | None = None
    discount: Discount | None = None
    label_amount: Money | None = None
    markdown_percent: int = 0
    tare_g: int = 0
    lot: str = ""
    expires_on: date | None = None
    pack: int = 1
    needs_weight: bool = False

    def __post_init__(self) -> None:
        if min(self.price_by_hand or ZERO, self.label_amount or ZERO) < ZERO:
            raise AmountOutOfRange(limit_fen=LIMIT_FEN)
        assert 0 <= self.markdown_percent <= 100, self
        assert self.tare_g >= 0, self

    @property
    def is_unknown(self) -> bool:
        """Whether nobody knows what this line is."""
        return self.product is None

    @property
    def pieces(self) -> int:
        """How many things it is; what is weighed is one."""
        return self.quantity.amount if self.quantity.unit is Unit.PIECE else 1

    @property
    def needs_price(self) -> bool:
        """Whether it is a product without a price of its own, and nobody has set one."""
        is_open = self.product is not None and self.product.is_open_price
        return is_open and self.price_by_hand is None and self.label_amount is None

    @property
    def is_fixed(self) -> bool:
        """Whether the store's rules leave it alone."""
        is_open = self.product is not None and self.product.is_open_price
        return is_open or self.price_by_hand is not None or bool(self.markdown_percent)

    @property
    def price(self) -> Money:
        """What one piece or one kilogram costs here, before anything is taken off."""
        if self.price_by_hand is not None:
            return self.price_by_hand
        return self.product.price if self.product else ZERO

    @property
    def packs(self) -> int:
        """How many packs there are; pieces where a pack is one."""
        return self.quantity.amount // self.pack

    def of_packs(self, count: int) -> "CartLine":
        """Return it with this many packs, each at the price it has."""
        fixed = self.label_amount
        amount = None if fixed is None else Money(fixed.fen // self.packs * count)
        return replace(self, quantity=Quantity(count * self.pack, self.quantity.unit), label_amount=amount)

    @property
    def gross(self) -> Money:
        """What the line costs, tax included, before anything is taken off."""
        if self.label_amount is not None:
            return self.label_amount
        if self.needs_weight:
            return ZERO
        return self.quantity.cost(self.price) if self.product else ZERO

    def joins(self, other: "CartLine") -> bool:
        """Whether both are the same thing on the same terms, so that one line can hold them."""
        return self.label_amount is None and self.product == other.product and _terms(self) == _terms(other)


def _terms(line: CartLine) -> CartLine:
    return replace(line, line_no=0, text="", quantity=ONE)

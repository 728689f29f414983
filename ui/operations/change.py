"""Change: what a number or a text that is typed would do to a cart; tried on a copy before it is done."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from pos.domain.cart import Cart
from pos.domain.cart_line import Discount
from pos.domain.errors import NumberTooLong, PosError
from pos.domain.member import Member
from pos.domain.money import Money
from pos.domain.quantity import Unit
from pos.domain.weight import by_hand, whole_grams

TIMES_MAX = 999
"""As often as the next thing may be counted; the number before it was typed by a hand, not by a scanner."""
DIGITS_MAX = 6
"""Of any number here before its point; a barcode has more, unless it is the store's own."""
CODE_MIN = 6
"""Digits of the shortest number a product has: the store's own."""
_PIECES = re.compile("[0-9]{1,6}", re.ASCII)
_KILOGRAMS = re.compile(r"(?P<kilos>[0-9]{0,3})\.(?P<grams>[0-9]{1,3})", re.ASCII)


class Kind(StrEnum):
    """What is changed."""

    QUANTITY = "quantity"
    PRICE = "price"
    TARE = "tare"
    LINE_PERCENT = "line_percent"
    LINE_AMOUNT = "line_amount"
    ORDER_PERCENT = "order_percent"
    ORDER_AMOUNT = "order_amount"
    MEMBER = "member"
    COUPON = "coupon"


OTHER_WAY = {
    Kind.LINE_PERCENT: Kind.LINE_AMOUNT,
    Kind.LINE_AMOUNT: Kind.LINE_PERCENT,
    Kind.ORDER_PERCENT: Kind.ORDER_AMOUNT,
    Kind.ORDER_AMOUNT: Kind.ORDER_PERCENT,
}
"""A discount is percent or an amount; the same key turns from one to the other."""
OF_WHOLE = frozenset({Kind.ORDER_PERCENT, Kind.ORDER_AMOUNT, Kind.MEMBER, Kind.COUPON})
"""Kinds that need no line."""


class Changeable(Protocol):
    """What can be changed: a copy of the cart to try, the basket to do it."""

    def set_quantity(self, line_no: int, amount: int, *, tare_g: int = 0) -> object:
        """Make a line this many pieces or net grams."""

    def set_tare(self, line_no: int, tare_g: int) -> object:
        """Take the packing off a weighed line."""

    def set_price(self, line_no: int, price: Money | None) -> object:
        """Set a line's price by hand; None is the product's own."""

    def set_discount(self, line_no: int, discount: Discount | None) -> object:
        """Take something off a line."""

    def set_order_discount(self, discount: Discount | None) -> object:
        """Take something off the whole."""

    def set_member(self, member: Member | None) -> object:
        """Sell to this member."""

    def add_coupon(self, code: str) -> object:
        """Note a coupon."""


Deed = Callable[[Changeable], object]


@dataclass(frozen=True, slots=True)
class Change:
    """What the pad is for: a kind, the line it is about (0 for the whole), how that is counted, and its packing."""

    kind: Kind
    line_no: int = 0
    unit: Unit = Unit.PIECE
    tare_g: int = 0

    def deed(self, text: str, member_of: Callable[[str], Member] = Member) -> Deed | None:
        """Return what this text would do; None while it is no number of the kind.

        Args:
            member_of: says who a member's number is.

        Raises:
            DiscountOfNothing, DiscountOutOfRange: nothing or more than all would be taken off.
            NumberTooLong, TooHeavyByHand, GramsOrKilograms: it is no number that anybody means, or means two things.
        """
        if self.kind in {Kind.MEMBER, Kind.COUPON}:
            return self._naming(text, member_of) if text else None
        check_length(text)
        if self.kind in {Kind.LINE_PERCENT, Kind.ORDER_PERCENT}:
            return self._taking_off(Discount(percent=int(text))) if _PIECES.fullmatch(text) else None
        if self.kind in {Kind.QUANTITY, Kind.TARE}:
            whole = by_hand if self.kind is Kind.TARE else whole_grams
            return self._measuring(quantity_typed(text, self.unit, whole))
        return self._costing(_money(text))

    def _naming(self, text: str, member_of: Callable[[str], Member]) -> Deed:
        if self.kind is Kind.MEMBER:
            return lambda it: it.set_member(member_of(text))
        return lambda it: it.add_coupon(text)

    def _measuring(self, amount: int | None) -> Deed | None:
        no = self.line_no
        if amount is None or not no:
            return None
        if self.kind is Kind.TARE:
            return lambda it: it.set_tare(no, amount)
        return lambda it: it.set_quantity(no, amount, tare_g=self.tare_g)

    def _costing(self, money: Money | None) -> Deed | None:
        if money is None:
            return None
        if self.kind is Kind.PRICE:
            return lambda it: it.set_price(self.line_no, money)
        return self._taking_off(Discount(amount=money))

    def undone(self) -> Deed | None:
        """Return what puts it back as it was before anybody changed it; None where there is no such thing."""
        no = self.line_no
        if self.kind is Kind.PRICE:
            return lambda it: it.set_price(no, None)
        if self.kind is Kind.TARE:
            return lambda it: it.set_tare(no, 0)
        if self.kind is Kind.MEMBER:
            return lambda it: it.set_member(None)
        return self._taking_off(None) if self.kind in OTHER_WAY else None

    def _taking_off(self, discount: Discount | None) -> Deed:
        if self.kind in OF_WHOLE:
            return lambda it: it.set_order_discount(discount)
        return lambda it: it.set_discount(self.line_no, discount)

    def times(self, text: str) -> int:
        """Return how many of the next thing this text means; 1 when it means something else."""
        means_next = self.kind is Kind.QUANTITY and self.unit is Unit.PIECE and _PIECES.fullmatch(text)
        return int(text) if means_next and 1 <= int(text) <= TIMES_MAX else 1

    def cost(self, cart: Cart) -> Money:
        """Return what the line, or the whole, costs in a cart."""
        return cart.amount_of(self.line_no) if self.line_no else cart.total


def tried(cart: Cart, change: Change, deed: Deed) -> Money | PosError:
    """Return what it would cost then, or why it cannot be."""
    after = cart.snapshot()
    try:
        deed(after)
        return change.cost(after)
    except PosError as error:
        return error


def quantity_typed(text: str, unit: Unit, whole: Callable[[int], int] = whole_grams) -> int | None:
    """Return pieces or grams as typed; with a point it is kilograms of what is weighed; None when it is neither.

    Args:
        whole: takes a weight without a point for grams.

    Raises:
        NumberTooLong, TooHeavyByHand, GramsOrKilograms: it is no number that anybody means, or means two things.
    """
    check_length(text)
    if unit is Unit.GRAM and (found := _KILOGRAMS.fullmatch(text)):
        return by_hand(int(found["kilos"] or 0) * 1000 + int(found["grams"].ljust(3, "0")))
    if not _PIECES.fullmatch(text):
        return None
    return whole(int(text)) if unit is Unit.GRAM else int(text)


def check_length(text: str) -> None:
    """Take no barcode for a number, whatever its first digits are.

    Raises:
        NumberTooLong: it has more digits than a number has here.
    """
    if text.isascii() and text.isdigit() and len(text) > DIGITS_MAX:
        raise NumberTooLong(text=text)


def _money(text: str) -> Money | None:
    digits = text.rstrip(".")
    return Money.parse(digits) if re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,2})?", digits, re.ASCII) else None

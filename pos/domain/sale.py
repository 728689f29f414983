"""Sale: goods handed over and money taken, whole or not at all."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from pos.domain.cart import Cart, TaxTotal, tax_totals
from pos.domain.cart_line import CartLine
from pos.domain.entry import witness_of
from pos.domain.errors import NotEnoughTendered
from pos.domain.money import ZERO, Money
from pos.domain.product import TaxCategory
from pos.domain.quantity import Quantity


class TenderKind(StrEnum):
    """The ways to pay."""

    CASH = "cash"
    ALIPAY = "alipay"
    PREPAID_CARD = "prepaid_card"
    EXCHANGE = "exchange"
    BANK_CARD = "bank_card"


BY_WORD = frozenset({TenderKind.CASH, TenderKind.BANK_CARD})
"""Kinds that stand on the cashier's word alone: notes, and the slip of a terminal that is not joined to the till."""


@dataclass(frozen=True, slots=True)
class Tender:
    """Money taken for a sale.

    Attributes:
        amount: what it pays of the sale.
        handed_over: what was given; more than ``amount`` only in cash.
        attempt_id: the payment attempt that brought it; empty for the cash that completed the sale.
        out_trade_no: our number for it at whoever moved the money, empty for cash. Goods that were exchanged pay with
            the money they were bought with, whose number this is.
        trade_no: their number for it.
    """

    kind: TenderKind
    amount: Money
    handed_over: Money
    attempt_id: str = ""
    out_trade_no: str = ""
    trade_no: str = ""

    def __post_init__(self) -> None:
        assert self.amount >= ZERO, self
        assert self.handed_over >= self.amount, self
        assert self.kind is TenderKind.CASH or self.handed_over == self.amount, self

    @property
    def change(self) -> Money:
        """What is given back from the drawer."""
        return self.handed_over - self.amount


def due_in_cash(total: Money, step_fen: int) -> Money:
    """Return what is taken of a total in cash where the smallest coin is ``step_fen``: the rest is the customer's."""
    return Money(total.fen - total.fen % step_fen)


def cash(due: Money, handed_over: Money) -> Tender:
    """Return the cash tender for what is due, or raise NotEnoughTendered."""
    if handed_over < due:
        raise NotEnoughTendered(due=due, handed_over=handed_over)
    return Tender(TenderKind.CASH, due, handed_over)


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken off a line, and what for; fields as in ``pricing.Reduction``."""

    rule: str
    kind: str
    name: str
    amount: Money


@dataclass(frozen=True, slots=True)
class SaleLine:
    """One line of a sale, with the product's words and price as they were.

    Attributes:
        price: of one piece or kilogram, by hand or the product's.
        amount: what it came to, everything taken off.
        list_price: the product's own price.
        reductions: what was taken off.
        tare_g: weight of the packing, which is not in the quantity.
        pack: pieces that one barcode sold, such as the 24 of a case.
        department: the shelf it was on; empty when none was told.
        cost: what the goods of the line cost the store, tax included; None when nobody knows.
    """

    line_no: int
    sku: str
    barcode: str
    name: str
    quantity: Quantity
    price: Money
    amount: Money
    tax: TaxCategory
    list_price: Money
    reductions: tuple[Taken, ...] = ()
    tare_g: int = 0
    lot: str = ""
    expires_on: date | None = None
    pack: int = 1
    department: str = ""
    cost: Money | None = None

    @property
    def gross(self) -> Money:
        """What it would have come to with nothing taken off."""
        return self.amount + self.savings

    @property
    def savings(self) -> Money:
        """What was taken off."""
        return sum((each.amount for each in self.reductions), ZERO)


@dataclass(frozen=True, slots=True)
class Sale:
    """A completed sale.

    Attributes:
        id: UUIDv7, made with the cart.
        receipt_no: store-till-day-counter; dense within a business day and an epoch of the journal.
        business_day: the day it belongs to for ever, whenever it arrives upstream.
        completed_at: UTC.
        rounding: what was left off because it was paid in cash; zero or less.
        rules_version: of the store's rules it was priced by; empty when by none.
        member: the number on the member's card, empty for nobody; ``member_level`` as it was then.
        coupons: the codes of those that were used up.
        entry_hash: of the journal entry that says so; empty before it is written.
    """

    id: str
    receipt_no: str
    counter: int
    business_day: date
    shift_id: str
    cashier: str
    completed_at: datetime
    lines: tuple[SaleLine, ...]
    tenders: tuple[Tender, ...]
    rounding: Money = ZERO
    rules_version: str = ""
    member: str = ""
    member_level: str = ""
    coupons: tuple[str, ...] = ()
    entry_hash: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        assert self.lines, self.id
        assert self.rounding <= ZERO, self.id
        assert sum((tender.amount for tender in self.tenders), ZERO) == self.total, self.id

    @property
    def total(self) -> Money:
        """What was paid: what the goods came to, tax included, less the cash rounding."""
        return self.goods + self.rounding

    @property
    def goods(self) -> Money:
        """What the goods came to, tax included, before the cash rounding."""
        return sum((line.amount for line in self.lines), ZERO)

    @property
    def savings(self) -> Money:
        """What was taken off the goods; the cash rounding is no part of it."""
        return sum((line.savings for line in self.lines), ZERO)

    @property
    def change(self) -> Money:
        """What was given back from the drawer."""
        return sum((tender.change for tender in self.tenders), ZERO)

    @property
    def witness(self) -> str:
        """What its receipt says of its entry; empty before it is written."""
        return witness_of(self.entry_hash) if self.entry_hash else ""

    @property
    def taxes(self) -> tuple[TaxTotal, ...]:
        """The tax inside the amounts of the lines, by category; the cash rounding is the store's own loss."""
        return tax_totals((line.tax, line.amount) for line in self.lines)


def sale_lines(cart: Cart) -> tuple[SaleLine, ...]:
    """Return the cart's lines as a sale keeps them, numbered from 1.

    Raises:
        CartNotPayable, PriceMissing: as ``cart.check_payable``.
    """
    cart.check_payable()
    return tuple(_sale_line(cart, number, line) for number, line in enumerate(cart.lines, 1))


def _sale_line(cart: Cart, number: int, line: CartLine) -> SaleLine:
    product = line.product
    assert product is not None
    taken = cart.reductions_of(line.line_no)
    return SaleLine(
        number,
        product.sku,
        line.text,
        product.name,
        line.quantity,
        line.price,
        cart.amount_of(line.line_no),
        product.tax,
        product.price,
        tuple(Taken(each.rule, each.kind, each.name, each.amount) for each in taken),
        line.tare_g,
        line.lot,
        line.expires_on,
        line.pack,
        product.category,
        None if product.cost is None else line.quantity.cost(product.cost),
    )


_PARTS_WITH_EPOCH = 5
_COUNTER_DIGITS = 4


def receipt_number(store: str, till: str, business_day: date, counter: int, epoch: int = 1) -> str:
    """Return the number printed on the receipt: ``0017-03-20261123-0001``, ``…-20261123-2-0001`` in epoch 2."""
    life = f"-{epoch}" if epoch > 1 else ""
    return f"{store}-{till}-{business_day:%Y%m%d}{life}-{counter:04d}"


def whole_receipt_number(text: str, own: tuple[str, str, int], today: date) -> str:
    """Return a typed number as receipts have it: ``0002`` is this till's of today, and hyphens may be left out.

    Args:
        own: this till's store, its name there and its epoch.
    """
    store, till, epoch = own
    if text.isdigit() and len(text) <= _COUNTER_DIGITS:
        return receipt_number(store, till, today, int(text), epoch)
    begins, at = text[: len(store)], len(store) + len(till)
    day_and_rest = re.fullmatch("([0-9]{8})([1-9]?)([0-9]{4})", text[at:], re.ASCII)
    if day_and_rest is None or not text[:at].isalnum():
        return text
    return "-".join(filter(None, (begins, text[len(store) : at], *day_and_rest.groups())))


def receipt_epoch(receipt_no: str) -> int:
    """Return the epoch that gave out a receipt's or a return's number."""
    parts = receipt_no.split("-")
    return int(parts[3]) if len(parts) == _PARTS_WITH_EPOCH else 1

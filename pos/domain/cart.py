"""Cart: what the customer is buying, until it is a sale. The only mutable type of the domain."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from pos.domain.cart_line import CartLine, Discount
from pos.domain.cart_size import fits_the_journal
from pos.domain.errors import (
    CartFull,
    CartNotPayable,
    DiscountOutOfRange,
    NoSuchLine,
    NothingToUndo,
    NotOnThisLine,
    PaidMoreThanTotal,
    PosError,
    PriceMissing,
    WeightMissing,
)
from pos.domain.member import Member
from pos.domain.money import ZERO, Money, divide_half_up
from pos.domain.pricing import Occasion, Priced, Reduction
from pos.domain.product import Product, TaxCategory
from pos.domain.promotion import EMPTY_BOOK, PromotionBook
from pos.domain.quantity import ONE, Quantity, Unit
from pos.domain.reckoning import BY_CASHIER, MANUAL_ORDER, reckon
from pos.domain.weight import net

MAX_LINES = 300
"""More than any counter has seen; a stuck scanner stops here."""
NOTHING_OFF = Priced()
STEPS_KEPT = 50
"""Changes that can be taken back."""


@dataclass(frozen=True, slots=True)
class TaxTotal:
    """The tax inside the amounts of one category."""

    category: TaxCategory
    gross: Money
    tax: Money


def tax_within(gross: Money, rate_permille: int) -> Money:
    """Return the tax that a tax-inclusive amount holds, to the nearest fen."""
    return Money(divide_half_up(gross.fen * rate_permille, 1000 + rate_permille))


def tax_totals(parts: Iterable[tuple[TaxCategory, Money]]) -> tuple[TaxTotal, ...]:
    """Return the tax by category, in the order of its code; rounded once per category."""
    sums: dict[TaxCategory, Money] = {}
    for category, amount in parts:
        sums[category] = sums.get(category, ZERO) + amount
    ordered = sorted(sums, key=lambda category: (category.code, category.rate_permille))
    return tuple(TaxTotal(each, sums[each], tax_within(sums[each], each.rate_permille)) for each in ordered)


@dataclass(frozen=True, slots=True)
class _Content:
    """Everything of a cart that a person changes, so that one step can be taken back."""

    lines: tuple[CartLine, ...]
    last_line_no: int | None
    order_discount: Discount | None
    member: Member | None
    coupons: tuple[str, ...]


@dataclass(slots=True)
class Cart:
    """The lines of one sale to be, and what is taken off them; whatever fails leaves it as it was.

    Attributes:
        sale_id: the id the sale will have; made with the cart, so that money asked for and goods
            belong together from the start.
        last_line_no: the line that changed last, None when there is none or it was one that nobody knew.
        order_discount: what the cashier takes off the whole, after everything else.
        coupons: the codes that were scanned, whether or not a rule takes them.
        book: the rules of the store.
        priced_at: the shop's own time the rules were last asked for; None while they never were.
        rules_version: of the rules behind ``priced``.
        priced: what is taken off and why, made anew with each change.
        paid: what is paid of it already; no change makes it worth less.
        credit: what goods that come back with it are worth to the customer.
        cashier: the number of who sells it; empty when it is whoever's shift it is.
    """

    sale_id: str
    lines: list[CartLine] = field(default_factory=list)
    last_line_no: int | None = None
    order_discount: Discount | None = None
    member: Member | None = None
    coupons: tuple[str, ...] = ()
    book: PromotionBook = EMPTY_BOOK
    store: str = ""
    priced_at: datetime | None = None
    rules_version: str = ""
    priced: Priced = NOTHING_OFF
    paid: Money = ZERO
    credit: Money = ZERO
    cashier: str = field(default="", compare=False)
    _before: list[_Content] = field(default_factory=list, compare=False, repr=False)

    @property
    def total(self) -> Money:
        """What is due, tax included, everything taken off; no cash rounding."""
        return self.gross - self.savings

    @property
    def to_pay(self) -> Money:
        """What is to be paid in money: the total less what comes back."""
        return max(ZERO, self.total - self.credit)

    @property
    def to_return(self) -> Money:
        """What the customer gets back, where what comes back is worth more."""
        return max(ZERO, self.credit - self.total)

    @property
    def gross(self) -> Money:
        """What the lines cost before anything is taken off."""
        return sum((line.gross for line in self.lines), ZERO)

    @property
    def savings(self) -> Money:
        """What is taken off, by rules and by the cashier."""
        return sum((each.amount for each in self.priced.reductions), ZERO)

    def reductions_of(self, line_no: int) -> tuple[Reduction, ...]:
        """Return what is taken off a line and why, in the order it was."""
        return tuple(each for each in self.priced.reductions if each.line_no == line_no)

    def amount_of(self, line_no: int) -> Money:
        """Return what a line costs in the end, or raise NoSuchLine."""
        return self.line(line_no).gross - sum((each.amount for each in self.reductions_of(line_no)), ZERO)

    @property
    def unknown_lines(self) -> list[CartLine]:
        """Lines nobody knows; they block payment."""
        return [line for line in self.lines if line.is_unknown]

    @property
    def unpriced_lines(self) -> list[CartLine]:
        """Goods with an open price that have none yet; they block payment."""
        return [line for line in self.lines if line.needs_price]

    @property
    def unweighed_lines(self) -> list[CartLine]:
        """Goods that nobody has weighed yet; they block payment."""
        return [line for line in self.lines if line.needs_weight]

    @property
    def pieces(self) -> int:
        """How many things there are; a weighed line counts as one."""
        return sum(line.pieces for line in self.lines)

    @property
    def taxes(self) -> tuple[TaxTotal, ...]:
        """The tax inside the total, by category."""
        return tax_totals((line.product.tax, self.amount_of(line.line_no)) for line in self.lines if line.product)

    @property
    def is_payable(self) -> bool:
        """Whether there is something to pay for, and every line is known, weighed and has a price."""
        lacking = self.unknown_lines or self.unpriced_lines or self.unweighed_lines
        return bool(self.lines) and not lacking

    def check_payable(self) -> None:
        """Say why it cannot be paid, if it cannot.

        Raises:
            CartNotPayable: it is empty or has an unknown line.
            PriceMissing: goods with an open price have none yet.
            WeightMissing: nobody has weighed some of it.
        """
        if not self.lines or self.unknown_lines:
            raise CartNotPayable(unknown=len(self.unknown_lines))
        if unpriced := self.unpriced_lines:
            product = unpriced[0].product
            raise PriceMissing(count=len(unpriced), name=product.name if product else "")
        if unweighed := self.unweighed_lines:
            product = unweighed[0].product
            raise WeightMissing(count=len(unweighed), name=product.name if product else "")

    def line(self, line_no: int) -> CartLine:
        """Return a line by its number, or raise NoSuchLine."""
        for line in self.lines:
            if line.line_no == line_no:
                return line
        raise NoSuchLine(line_no=line_no)

    def add(
        self,
        product: Product,
        quantity: Quantity = ONE,
        *,
        text: str = "",
        price_by_hand: Money | None = None,
        label_amount: Money | None = None,
        markdown_percent: int = 0,
        tare_g: int = 0,
        lot: str = "",
        expires_on: date | None = None,
        pack: int = 1,
        needs_weight: bool = False,
    ) -> CartLine:
        """Add a product; the same by the piece, on the same terms, joins the line it has.

        Raises:
            CartFull: there are ``MAX_LINES`` already, or the entry of its sale would be longer than the journal takes.
            QuantityOutOfRange: the joined line would be too long.
            AmountOutOfRange: the total would be too large.
        """
        assert quantity.unit is product.unit, (product, quantity)
        added = CartLine(self._next_no(), text or product.barcode or product.sku, product, quantity, price_by_hand,
                         None, label_amount, markdown_percent, tare_g, lot, expires_on, pack, needs_weight)  # fmt: skip
        for line in self.lines:
            if quantity.unit is Unit.PIECE and line.joins(added):
                return self._put(replace(line, quantity=line.quantity + quantity))
        return self._append(added)

    def add_unknown(self, text: str) -> CartLine:
        """Add a line for a text nobody knows; scanned again, it is the same line."""
        for line in self.unknown_lines:
            if line.text == text:
                self.last_line_no = line.line_no
                return line
        return self._append(CartLine(self._next_no(), text, None, ONE))

    def set_quantity(self, line_no: int, amount: int, *, tare_g: int = 0) -> CartLine:
        """Make a line this many pieces, packs, or net grams; what a scale's label said it costs counts no more.

        Raises:
            QuantityOutOfRange: nobody sells so many.
            NotOnThisLine: a tare of what is not weighed.
        """
        line = self.line(line_no)
        if tare_g and (tare_g < 0 or line.quantity.unit is not Unit.GRAM):
            raise NotOnThisLine(line_no=line_no)
        if line.pack > 1:
            return self._put(line.of_packs(amount))
        quantity = Quantity(amount, line.quantity.unit)
        return self._put(replace(line, quantity=quantity, tare_g=tare_g, label_amount=None, needs_weight=False))

    def set_tare(self, line_no: int, tare_g: int) -> CartLine:
        """Take the weight of the packing off a weighed line, in place of what was taken off before.

        Raises:
            TareTooHeavy: nothing is left of it.
            NotOnThisLine: it is not weighed.
        """
        line = self.line(line_no)
        if line.needs_weight:
            return self._put(replace(line, tare_g=tare_g))
        is_weighed, gross = line.quantity.unit is Unit.GRAM, line.quantity.amount + line.tare_g
        return self.set_quantity(line_no, net(gross, tare_g) if is_weighed else gross, tare_g=tare_g)

    def set_price(self, line_no: int, price: Money | None) -> CartLine:
        """Set the price of a piece or a kilogram by hand; None is the product's own again.

        Raises:
            NotOnThisLine: nobody knows what it is, or it is a pack: would the price be a pack's or a piece's?
        """
        line = self.line(line_no)
        if line.is_unknown or line.pack > 1:
            raise NotOnThisLine(line_no=line_no)
        return self._put(replace(line, price_by_hand=price, label_amount=None))

    def set_discount(self, line_no: int, discount: Discount | None) -> CartLine:
        """Take something off one line, after the rules; None takes nothing off.

        Raises:
            DiscountOutOfRange: it is more than the line costs.
        """
        line = self.line(line_no)
        by_hand = sum((each.amount for each in self.reductions_of(line_no) if each.kind in BY_CASHIER), ZERO)
        _check_discount(discount, self.amount_of(line_no) + by_hand)
        return self._put(replace(line, discount=discount))

    def set_order_discount(self, discount: Discount | None) -> None:
        """Take something off the whole, after everything else; None takes nothing off.

        Raises:
            DiscountOutOfRange: it is more than the whole costs.
        """
        of_order = sum((each.amount for each in self.priced.reductions if each.kind == MANUAL_ORDER), ZERO)
        _check_discount(discount, self.total + of_order)
        self._become(replace(self._content(), order_discount=discount))

    def set_member(self, member: Member | None) -> None:
        """Sell to this member; None is to nobody in particular."""
        self._become(replace(self._content(), member=member))

    def add_coupon(self, code: str) -> None:
        """Note a coupon; the same one counts once."""
        if code not in self.coupons:
            self._become(replace(self._content(), coupons=(*self.coupons, code)))

    def remove(self, line_no: int) -> None:
        """Take a line out; its neighbour is the last then, and after one that nobody knows never good goods."""
        gone = self.line(line_no)
        place = self.lines.index(gone)
        lines = tuple(line for line in self.lines if line is not gone)
        near = (*lines[place:], *lines[:place][::-1])
        last = next((line.line_no for line in near if line.is_unknown or not gone.is_unknown), None)
        self._become(replace(self._content(), lines=lines, last_line_no=last))

    def clear(self, sale_id: str) -> None:
        """Become the empty cart of another sale; money that comes late for the old one finds no goods here."""
        self._become(_Content((), None, None, None, ()))
        self.sale_id, self.credit = sale_id, ZERO

    def undo(self) -> None:
        """Take the last change back, as often as there are changes, or raise NothingToUndo."""
        if not self._before:
            raise NothingToUndo
        self._take_on(self._before[-1])
        self._before.pop()

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to take back."""
        return bool(self._before)

    def use_rules(self, book: PromotionBook, store: str, at: datetime) -> None:
        """Price by these rules and this moment in the shop from now on.

        Args:
            at: the shop's own time, without a zone.
        """
        before = self.book, self.store, self.priced_at
        if self.priced_at and before[:2] == (book, store) and book.is_alike(self.priced_at, at):
            self.priced_at = at  # nothing would come out otherwise
            return
        self.book, self.store, self.priced_at = book, store, at
        try:
            self._take_on(self._content())
        except PosError:
            self.book, self.store, self.priced_at = before
            raise

    def snapshot(self) -> "Cart":
        """Return a copy that another thread may read while this one goes on."""
        return replace(self, lines=list(self.lines), _before=[])

    def _next_no(self) -> int:
        return 1 + max((line.line_no for line in self.lines), default=0)

    def _append(self, line: CartLine) -> CartLine:
        if len(self.lines) >= MAX_LINES:
            raise CartFull(limit=MAX_LINES)
        self._become(replace(self._content(), lines=(*self.lines, line), last_line_no=line.line_no))
        return line

    def _put(self, line: CartLine) -> CartLine:
        lines = tuple(line if each.line_no == line.line_no else each for each in self.lines)
        self._become(replace(self._content(), lines=lines, last_line_no=line.line_no))
        return line

    def _content(self) -> _Content:
        return _Content(tuple(self.lines), self.last_line_no, self.order_discount, self.member, self.coupons)

    def _become(self, content: _Content) -> None:
        """Change by one step that can be taken back."""
        before = self._content()
        if content == before:
            return
        self._take_on(content)
        self._before = [*self._before[1 - STEPS_KEPT :], before]

    def _take_on(self, content: _Content) -> None:
        """Have another content, priced from scratch; what cannot be priced raises before anything is changed."""
        gross = sum((line.gross for line in content.lines), ZERO)
        level = content.member.level if content.member else ""
        occasion = Occasion(self.priced_at, self.store, level, content.coupons) if self.priced_at else None
        priced = reckon(content.lines, content.order_discount, self.book, occasion)
        total = gross - Money(sum([each.amount.fen for each in priced.reductions]))
        if self.paid and total - self.credit < self.paid:
            raise PaidMoreThanTotal(paid=self.paid, total=total)
        if not fits_the_journal(content.lines, priced.reductions):
            raise CartFull(limit=len(self.lines))
        self.priced = priced
        self.rules_version = self.book.version if occasion else ""
        self.lines, self.last_line_no = list(content.lines), content.last_line_no
        self.order_discount, self.member, self.coupons = content.order_discount, content.member, content.coupons


def _check_discount(discount: Discount | None, most: Money) -> None:
    if discount and discount.amount > most:
        raise DiscountOutOfRange(limit=most)

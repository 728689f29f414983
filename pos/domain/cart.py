"""Cart: what the customer is buying, until it is a sale. The only mutable type of the domain."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from pos.domain.errors import CartFull, CartNotPayable, NoSuchLine
from pos.domain.money import ZERO, Money, divide_half_up
from pos.domain.product import Product, TaxCategory
from pos.domain.quantity import ONE, Quantity, Unit

MAX_LINES = 300
"""More than any counter has seen; a stuck scanner stops here."""


@dataclass(frozen=True, slots=True)
class CartLine:
    """One line: a product and how much of it, or a scanned text nobody knows.

    Attributes:
        line_no: from 1, stays with the line while the cart lives.
        text: what was scanned or typed.
        product: None while the text is unknown; such a line blocks payment.
    """

    line_no: int
    text: str
    product: Product | None
    quantity: Quantity

    @property
    def is_unknown(self) -> bool:
        """Whether nobody knows what this line is."""
        return self.product is None

    @property
    def amount(self) -> Money:
        """What the line costs, tax included."""
        return self.quantity.cost(self.product.price) if self.product else ZERO


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


@dataclass(slots=True)
class Cart:
    """The lines of one sale to be.

    Attributes:
        sale_id: the id the sale will have; made with the cart, so that money asked for and goods
            belong together from the start.
        last_line_no: the line that changed last, None when there is none.
    """

    sale_id: str
    lines: list[CartLine] = field(default_factory=list)
    last_line_no: int | None = None

    @property
    def total(self) -> Money:
        """What is due, tax included."""
        return sum((line.amount for line in self.lines), ZERO)

    @property
    def unknown_lines(self) -> list[CartLine]:
        """The lines that block payment."""
        return [line for line in self.lines if line.is_unknown]

    @property
    def pieces(self) -> int:
        """How many things there are; a weighed line counts as one."""
        return sum(line.quantity.amount if line.quantity.unit is Unit.PIECE else 1 for line in self.lines)

    @property
    def taxes(self) -> tuple[TaxTotal, ...]:
        """The tax inside the total, by category."""
        return tax_totals((line.product.tax, line.amount) for line in self.lines if line.product)

    def add(self, product: Product, quantity: Quantity = ONE, *, text: str = "") -> CartLine:
        """Add a product; the same product by the piece joins the line it has.

        Raises:
            CartFull: there are ``MAX_LINES`` already.
            QuantityOutOfRange: the joined line would be too long.
            AmountOutOfRange: the total would be too large.
        """
        assert quantity.unit is product.unit, (product, quantity)
        for line in self.lines:
            if line.product == product and quantity.unit is Unit.PIECE:
                return self._put(replace(line, quantity=line.quantity + quantity))
        return self._append(text or product.barcode or product.sku, product, quantity)

    def add_unknown(self, text: str) -> CartLine:
        """Add a line for a text nobody knows; scanned again, it is the same line."""
        for line in self.unknown_lines:
            if line.text == text:
                self.last_line_no = line.line_no
                return line
        return self._append(text, None, ONE)

    def line(self, line_no: int) -> CartLine:
        """Return a line by its number, or raise NoSuchLine."""
        for line in self.lines:
            if line.line_no == line_no:
                return line
        raise NoSuchLine(line_no=line_no)

    def set_quantity(self, line_no: int, amount: int) -> CartLine:
        """Make a line this many pieces or grams, or raise QuantityOutOfRange."""
        line = self.line(line_no)
        return self._put(replace(line, quantity=Quantity(amount, line.quantity.unit)))

    def remove(self, line_no: int) -> None:
        """Take a line out."""
        self.lines.remove(self.line(line_no))
        self.last_line_no = self.lines[-1].line_no if self.lines else None

    def snapshot(self) -> "Cart":
        """Return a copy that another thread may read while this one goes on."""
        return Cart(self.sale_id, list(self.lines), self.last_line_no)

    def check_payable(self) -> None:
        """Raise CartNotPayable unless there is something to pay for and no unknown line."""
        if not self.lines or self.unknown_lines:
            raise CartNotPayable(unknown=len(self.unknown_lines))

    def _append(self, text: str, product: Product | None, quantity: Quantity) -> CartLine:
        if len(self.lines) >= MAX_LINES:
            raise CartFull(limit=MAX_LINES)
        next_no = 1 + max((line.line_no for line in self.lines), default=0)
        line = CartLine(next_no, text, product, quantity)
        _ = self.total + line.amount  # an amount beyond the limit raises before the cart changes
        self.lines.append(line)
        self.last_line_no = next_no
        return line

    def _put(self, line: CartLine) -> CartLine:
        place = self.lines.index(self.line(line.line_no))
        _ = self.total - self.lines[place].amount + line.amount
        self.lines[place] = line
        self.last_line_no = line.line_no
        return line

"""Choice: which goods come back and how much of each; of a sale whose lines are known, or one by one as scanned."""

from dataclasses import dataclass, field
from typing import Protocol

from pos.domain.cart import Cart
from pos.domain.errors import MoreThanWasSold
from pos.domain.money import Money
from pos.domain.quantity import Quantity, Unit
from pos.domain.returns import Payback, Returnable
from pos.domain.sale import TenderKind
from ui.returns.desk import Found, ReturnDesk


@dataclass(frozen=True, slots=True)
class Line:
    """A line as the page shows it.

    Attributes:
        left: how much of it could come back.
        chosen: how much of it does; grams of what is weighed.
        worth: what all that could come back was sold for.
    """

    name: str
    left: Quantity
    chosen: int
    worth: Money

    @property
    def step(self) -> int:
        """What one touch adds: a piece, or all of what is weighed."""
        return 1 if self.left.unit is Unit.PIECE else self.left.amount


class Choice(Protocol):
    """Goods that are chosen to come back."""

    @property
    def lines(self) -> list[Line]:
        """The lines there are to choose from."""

    @property
    def paybacks(self) -> tuple[Payback, ...]:
        """The money that goes back; raises what planning raises."""

    def choose(self, place: int, amount: int) -> None:
        """Let so much of a line come back."""

    def scan(self, text: str) -> int:
        """Choose one more of what was scanned, and return its place.

        Raises:
            MoreThanWasSold: it is not among these goods, or all of it is chosen.
        """


@dataclass(slots=True)
class SaleChoice:
    """Lines of a sale."""

    of: Returnable
    desk: ReturnDesk
    wanted: dict[int, int] = field(default_factory=dict)

    @property
    def lines(self) -> list[Line]:
        """What is left of the sale's lines."""
        return [
            Line(each.name, each.quantity, self.wanted.get(each.line_no, 0), each.amount) for each in self.of.left
        ]  # fmt: skip

    @property
    def paybacks(self) -> tuple[Payback, ...]:
        """The money that goes back to the tenders."""
        return self.desk.plan(self.of, self.wanted).paybacks if any(self.wanted.values()) else ()

    def choose(self, place: int, amount: int) -> None:
        """Let so much of a line come back, as far as it is left."""
        line = self.of.left[place]
        self.wanted[line.line_no] = max(0, min(amount, line.quantity.amount))

    def choose_all(self) -> None:
        """Let all come back."""
        self.wanted = {each.line_no: each.quantity.amount for each in self.of.left}

    def scan(self, text: str) -> int:
        """Choose one more of what was scanned."""
        found = self.desk.goods(text)
        skus = {pack.product.sku: pack.quantity for pack in found.packs} if found else {}
        for place, (sold, line) in enumerate(zip(self.of.left, self.lines, strict=True)):
            is_it = sold.sku in skus or text in {sold.barcode, sold.sku}
            if is_it and line.chosen < line.left.amount:
                pieces = skus.get(sold.sku, 1) if sold.quantity.unit is Unit.PIECE else line.step
                self.choose(place, line.chosen + pieces)
                return place
        raise MoreThanWasSold(name=found.packs[0].product.name if found else text[:20], left=0)


@dataclass(slots=True)
class LooseChoice:
    """Goods of no known sale, at what they cost today.

    Attributes:
        found: what a signed code proves; None without any receipt.
    """

    desk: ReturnDesk
    cart: Cart
    found: Found | None = None

    @property
    def lines(self) -> list[Line]:
        """What was scanned."""
        return [
            Line(each.product.name if each.product else each.text, each.quantity, each.quantity.amount,
                 self.cart.amount_of(each.line_no))
            for each in self.cart.lines
        ]  # fmt: skip

    @property
    def paybacks(self) -> tuple[Payback, ...]:
        """Cash, whatever it was paid by: nobody knows."""
        amount = self.desk.in_cash(self.cart)
        return (Payback(TenderKind.CASH, amount),) if amount else ()

    def choose(self, place: int, amount: int) -> None:
        """Make a line this much; none takes it out."""
        line = self.cart.lines[place]
        if amount > 0:
            self.cart.set_quantity(line.line_no, amount)
        else:
            self.cart.remove(line.line_no)

    def scan(self, text: str) -> int:
        """Add what was scanned; what nobody knows is not taken."""
        if self.desk.goods(text) is None:
            raise MoreThanWasSold(name=text[:20], left=0)
        self.desk.put(self.cart, text)
        return next(place for place, each in enumerate(self.cart.lines) if each.line_no == self.cart.last_line_no)

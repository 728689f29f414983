"""Basket: the goods of the sale on the counter: scanned, added, changed, taken back, and kept as a draft.

It owns the cart on the screen's thread; where the sale stands, who sells and how it is paid is the counter's.
"""

import logging
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from pos.domain import facts
from pos.domain.cart_line import CartLine, Discount
from pos.domain.code import read_code
from pos.domain.errors import PosError
from pos.domain.member import Member
from pos.domain.money import Money
from pos.domain.product import Product
from pos.scan.gs1 import read_label
from pos.scan.seen import Reading
from pos.till import report, sell
from ui.hands import Hands
from ui.parts_taken import PartsTaken
from ui.sounds import Tone
from ui.stage import Said, Word

_log = logging.getLogger(__name__)


class Basket(QObject):
    """The cart and everything that may be done to it.

    Signals: ``noticed`` carries a PosError, a Said, or None to wipe the notice; ``scanned`` whether what was added is
    good; ``draft_kept`` the sale's id and how many lines are on disk.

    Args:
        make_room: called before each change; makes the counter ready for goods, or says that it is not.
        parts: what is paid already; the goods never become worth less.
    """

    cart_changed = Signal()
    noticed = Signal(object)
    scanned = Signal(bool)
    draft_kept = Signal(str, int)

    def __init__(self, hands: Hands, make_room: Callable[[], bool], parts: PartsTaken) -> None:
        super().__init__()
        self._parts = parts
        self._till, self._lane, self._sounds = hands.till, hands.lane, hands.sounds
        self._make_room = make_room
        self.cart = sell.new_cart(self._till)

    # Goods

    def is_noise(self, reading: Reading) -> bool:
        """Whether the camera read what is often misread, and the till knows no such goods."""
        is_noise = reading.is_weak and not sell.find_product(self._till, read_code(reading.text))
        if is_noise:
            _log.debug("let pass: %r", reading)
        return is_noise

    def scan(self, text: str, *, is_gs1: bool = False) -> None:
        """Add what a text stands for; what a label says of lot and expiry stays with the line.

        Args:
            is_gs1: the code said of itself that it holds GS1 element strings.
        """
        label = read_label(text, is_gs1=is_gs1)
        if label is None:
            self._change(lambda: sell.scan(self._till, self.cart, text).line)
        elif label.has_expired(report.shop_today(self._till)):
            self._complain(Said(Word.EXPIRED, reason=f"{label.expires_on}"))
        else:
            self._change(
                lambda: sell.scan(self._till, self.cart, label.key, lot=label.lot, expires_on=label.expires_on).line
            )

    def add(self, product: Product) -> None:
        """Add a product picked from the tiles or the search."""
        self._change(lambda: sell.add_product(self.cart, product))

    def set_quantity(self, line_no: int, amount: int, *, tare_g: int = 0) -> None:
        """Make a line this many pieces or net grams."""
        self._change(lambda: self.cart.set_quantity(line_no, amount, tare_g=tare_g))

    def set_tare(self, line_no: int, tare_g: int) -> None:
        """Take the packing off a weighed line."""
        self._change(lambda: self.cart.set_tare(line_no, tare_g))

    def set_price(self, line_no: int, price: Money | None) -> None:
        """Set a line's price by hand; None is the product's own again."""
        self._change(lambda: self.cart.set_price(line_no, price))

    def set_discount(self, line_no: int, discount: Discount | None) -> None:
        """Take something off a line."""
        self._change(lambda: self.cart.set_discount(line_no, discount))

    def set_order_discount(self, discount: Discount | None) -> None:
        """Take something off the whole."""
        self._change(lambda: self.cart.set_order_discount(discount))

    def set_member(self, member: Member | None) -> None:
        """Sell to this member."""
        self._change(lambda: self.cart.set_member(member))

    def add_coupon(self, code: str) -> None:
        """Note a coupon."""
        self._change(lambda: self.cart.add_coupon(code))

    def remove(self, line_no: int) -> None:
        """Take a line out."""
        self._change(lambda: self.cart.remove(line_no))

    def undo(self) -> None:
        """Take the last change back."""
        self._change(lambda: self.cart.undo())  # noqa: PLW0108  (not before there is room: it may be another cart)

    # The shelves

    def search(self, text: str) -> list[Product]:
        """Return the products that fit a typed text."""
        return sell.search(self._till, text)

    def categories(self) -> list[str]:
        """Return the shelves."""
        return sell.categories(self._till)

    def shelf(self, category: str) -> list[Product]:
        """Return the first products of a shelf."""
        return sell.shelf(self._till, category)

    # The cart as a whole

    def clear(self) -> None:
        """Empty the cart; undo brings the goods back."""
        sell.clear_cart(self._till, self.cart)
        self._show()
        self.keep_draft()

    def start_next(self) -> None:
        """Have an empty cart for the next customer."""
        self.cart = sell.new_cart(self._till)
        self._show()

    def restore(self) -> None:
        """Have the cart that was on the counter when the till stopped, or an empty one."""
        self.cart = sell.restore_cart(self._till) or sell.new_cart(self._till)
        self.cart_changed.emit()

    def keep_draft(self) -> None:
        """Put the cart as it is now on disk."""
        draft, sale_id, lines = facts.cart_facts(self.cart), self.cart.sale_id, len(self.cart.lines)
        parts_known = len(self._parts.standing.paid)
        self._lane.run(
            lambda till: sell.keep_draft(till, draft, parts_known=parts_known),
            lambda _done: self.draft_kept.emit(sale_id, lines),
            self._complain,
        )

    # Inside

    def _show(self) -> None:
        self.noticed.emit(None)
        self.cart_changed.emit()

    def _change(self, step: Callable[[], CartLine | None]) -> None:
        """Change the cart by one step, then say so by tone, flash and draft."""
        if not self._make_room():
            return
        self.noticed.emit(None)
        self._parts.look(self.cart.sale_id)
        self.cart.paid = self._parts.taken
        try:
            sell.price_now(self._till, self.cart)
            line = step()
        except PosError as error:
            self._complain(error)
            self.scanned.emit(False)  # noqa: FBT003  (Qt's signals take no names)
            return
        is_good = line is None or not line.is_unknown
        self._sounds.play(Tone.GOOD if is_good else Tone.BAD)
        self.cart_changed.emit()
        self.scanned.emit(is_good)
        if line is not None and line.is_unknown:
            self.noticed.emit(Said(Word.UNKNOWN_BARCODE, reason=line.text))
        self.keep_draft()

    def _complain(self, what: Said | PosError) -> None:
        self._sounds.play(Tone.BAD)
        self.noticed.emit(what)

"""Basket: the goods of the sale on the counter: scanned, added, changed, taken back, and kept as a draft.

It owns the cart on the screen's thread; where the sale stands, who sells and how it is paid is the counter's.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from pos.domain import facts
from pos.domain.cart import Cart
from pos.domain.cart_line import CartLine, Discount
from pos.domain.errors import PosError
from pos.domain.member import Member
from pos.domain.money import ZERO, Money
from pos.domain.product import Pack, Product
from pos.domain.shelves import Shelf
from pos.domain.staff import Cashier
from pos.till import goods, prices, sell, voids
from pos.till.goods import OnSale
from pos.till.prices import PriceTold
from ui.hands import Hands
from ui.parts_taken import PartsTaken
from ui.sounds import Tone
from ui.stage import Said, Word
from ui.told import coupon_word

BARCODE_MIN = 8
"""Digits of the shortest barcode that is printed on goods; what is shorter is the store's own number, or none."""


class Basket(QObject):
    """The cart and everything that may be done to it.

    Signals: ``scanned`` says first of all that goods came or that they did not, and whether what was added is good;
    ``cart_changed`` comes after it, for all that need not be seen at once; ``noticed`` carries a PosError, a Said, or
    None to wipe the notice; ``draft_kept`` the sale's id and how many lines are on disk; ``price_told`` the Packs a
    scan stood for that was only asked the price of.

    Attributes:
        times: how many the goods that come next are; one again after them.
        is_asking_price: goods that are scanned only tell their price.
        seller: the number of who is signed in.

    Args:
        make_room: called before each change; makes the counter ready for goods, or says that it is not.
        parts: what is paid already; the goods never become worth less.
        cashier: who sells, for the journal of what is taken out.
    """

    cart_changed = Signal()
    noticed = Signal(object)
    scanned = Signal(bool)
    draft_kept = Signal(str, int)
    price_told = Signal(object)

    def __init__(
        self, hands: Hands, make_room: Callable[[], bool], parts: PartsTaken, cashier: Callable[[], Cashier | None]
    ) -> None:
        super().__init__()
        self._cashier = cashier
        self._parts = parts
        self._till, self._lane, self._sounds = hands.till, hands.lane, hands.sounds
        self.make_room = make_room
        self.cart = sell.new_cart(self._till)
        self.times, self.is_asking_price = 1, False
        self.seller = ""

    def snapshot(self) -> Cart:
        """Return the cart as another thread may have it, with who sells it."""
        return replace(self.cart.snapshot(), cashier=self.seller)

    # Goods

    def put(self, found: OnSale, pack: Pack) -> None:
        """Put in what was scanned; what has to be said of it is said, and is no reason to stop."""
        times = self.take_times()
        done: list[goods.Put] = []

        def step() -> CartLine:
            done.append(goods.put(self._till, self.cart, found, pack, times))
            return done[0].line

        if self._change(step, is_put=True) and (word := self._word_for(done[0])):
            self.noticed.emit(word)

    def take_times(self) -> int:
        """Return how many the goods that came are; those after them are one again."""
        times, self.times = self.times, 1
        return times

    def add(self, product: Product) -> None:
        """Add a product picked from the tiles or the search."""
        self.put(OnSale(product.barcode or product.sku, (Pack(product, product.barcode),)), Pack(product, ""))

    def look_up(self, text: str) -> list[Pack]:
        """Return what a code or a typed text stands for, and add nothing."""
        found = goods.look(self._till, text)
        if isinstance(found, OnSale):
            return list(found.packs)
        return [Pack(each, each.barcode) for each in sell.search(self._till, text)]

    def price_of(self, pack: Pack) -> PriceTold:
        """Return what one of it costs the customer of this cart now, and which offers are on it."""
        return prices.price_of(self._till, pack, self.cart.member)

    def is_code(self, digits: str) -> bool:
        """Whether digits are a code: as long as a barcode is, or known in this store."""
        if len(digits) >= BARCODE_MIN:
            return True
        try:
            return isinstance(goods.look(self._till, digits), OnSale)
        except PosError:
            return True  # something that is not sold any more

    def member_of(self, number: str) -> Member:
        """Return who a typed number is; one that does not look like this store's cards has no level."""
        try:
            found = goods.look(self._till, number)
        except PosError:
            return Member(number)
        return found if isinstance(found, Member) else Member(number)

    def add_unknown(self, text: str) -> None:
        """Add a line for a text nobody knows."""
        self.times = 1
        self._change(lambda: self.cart.add_unknown(text))

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

    def set_member(self, member: Member | None) -> bool:
        """Sell to this member; return whether that is so now."""
        return self._change(lambda: self.cart.set_member(member))

    def add_coupon(self, code: str) -> bool:
        """Note a coupon; return whether that is so now."""
        return self._change(lambda: self.cart.add_coupon(code))

    def remove(self, line_no: int) -> None:
        """Take a line out."""
        lines = [each for each in self.cart.lines if each.line_no == line_no]
        told = self._goods_in(lines)
        if self._change(lambda: self.cart.remove(line_no)):
            self._tell_voided(*told)
            for line in lines:
                names = (line.product.name, line.product.name_en) if line.product else (line.text, "")
                self.noticed.emit(Said(Word.REMOVED, None, *names))

    def _goods_in(self, lines: Iterable[CartLine]) -> tuple[str, int, Money]:
        goods_in = [each for each in lines if each.product]
        amount = sum((self.cart.amount_of(each.line_no) for each in goods_in), ZERO)
        return self.cart.sale_id, len(goods_in), amount

    def _tell_voided(self, sale_id: str, lines: int, amount: Money) -> None:
        cashier = self._cashier()
        if lines and cashier is not None:
            self._lane.run(
                lambda till: voids.note_void(till, sale_id, lines, amount, cashier), lambda _none: None, self._complain
            )

    def take_credit(self, credit: Money) -> None:
        """Have goods that come back pay for the cart."""
        self.cart.credit = credit
        self._show()
        self.keep_draft()

    def undo(self) -> None:
        """Take the last change back."""
        self._change(lambda: self.cart.undo())  # noqa: PLW0108  (not before there is room: it may be another cart)

    # The shelves

    def search(self, text: str) -> list[Product]:
        """Return the products that fit a typed text."""
        return sell.search(self._till, text)

    def shelves(self) -> list[Shelf]:
        """Return the shelves."""
        return sell.shelves(self._till)

    def shelf(self, category: str) -> list[Product]:
        """Return the first products of a shelf."""
        return sell.shelf(self._till, category)

    # The cart as a whole

    def clear(self) -> None:
        """Empty the cart; undo brings the goods back."""
        told, lines = self._goods_in(self.cart.lines), len(self.cart.lines)
        sell.clear_cart(self._till, self.cart)
        self._tell_voided(*told)
        self._show()
        self.keep_draft()
        if lines:
            self.noticed.emit(Said(Word.CLEARED, reason=str(lines)))

    def start_next(self) -> None:
        """Have an empty cart for the next customer."""
        self.cart = sell.new_cart(self._till)
        self._show()

    def restore(self) -> None:
        """Have the cart that was on the counter when the till stopped, or an empty one."""
        self.cart = sell.restore_cart(self._till) or sell.new_cart(self._till)
        self.cart_changed.emit()

    def take_back(self, cart: Cart) -> None:
        """Have a cart again that could not be laid aside; what was scanned meanwhile joins it."""
        meanwhile, self.cart = self.cart.lines, cart
        for line in meanwhile:
            self._add_again(line)
        self._show()
        self.keep_draft()

    def _add_again(self, line: CartLine) -> None:
        if line.product is None:
            self.cart.add_unknown(line.text)
            return
        added = self.cart.add(
            line.product, line.quantity, text=line.text, price_by_hand=line.price_by_hand,
            label_amount=line.label_amount, markdown_percent=line.markdown_percent, tare_g=line.tare_g, lot=line.lot,
            expires_on=line.expires_on, pack=line.pack,
        )  # fmt: skip
        if line.discount:
            self.cart.set_discount(added.line_no, line.discount)

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

    def _change(self, step: Callable[[], CartLine | None], *, is_put: bool = False) -> bool:
        """Change the cart by one step, then say so by tone, flash and draft; return whether it is changed.

        Args:
            is_put: goods come in; the same as before have a tone of their own, so that no second scan goes unheard.
        """
        if not self.make_room():
            return False
        self.noticed.emit(None)
        self._parts.look(self.cart.sale_id)
        self.cart.paid = self._parts.taken
        lines_before, total_before, used_before = len(self.cart.lines), self.cart.total, self.cart.priced.used_coupons
        try:
            sell.price_now(self._till, self.cart)
            line = step()
        except PosError as error:
            self._complain(error)
            self.scanned.emit(False)  # noqa: FBT003  (Qt's signals take no names)
            if self.cart.total != total_before:  # what a minute's rules came to is told, though the step was not taken
                self.cart_changed.emit()
            return False
        is_good = line is None or not line.is_unknown
        is_again = is_put and len(self.cart.lines) == lines_before
        self._sounds.play(Tone.UNKNOWN if not is_good else Tone.AGAIN if is_again else Tone.GOOD)
        self.scanned.emit(is_good)
        self.cart_changed.emit()
        if line is not None and line.is_unknown:
            self.noticed.emit(Said(Word.UNKNOWN_BARCODE, reason=line.text))
        for code in set(used_before) & set(self.cart.coupons) - set(self.cart.priced.used_coupons):
            self.noticed.emit(coupon_word(self.cart, code))
        self.keep_draft()
        return True

    def _word_for(self, done: goods.Put) -> Said | None:
        if told := done.mismatch:
            charged = self.cart.amount_of(done.line.line_no)
            is_less = charged < told.on_label
            return Said(Word.LABEL_REDUCED if is_less else Word.LABEL_MISMATCH, told.on_label,
                        str(charged if is_less else told.by_price))  # fmt: skip
        if done.look_for:
            return Said(Word.LOOK_FOR_LOT, reason=f"{'、'.join(done.look_for.lots)}（{done.look_for.words}）")
        return None

    def _complain(self, what: Said | PosError) -> None:
        self._sounds.play(Tone.BAD)
        self.noticed.emit(what)

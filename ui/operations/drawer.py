"""Drawer: opens the pad and its neighbours over the shelves, and puts them away when a scan or an Escape comes."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from pos.domain.approval import Asked
from pos.domain.by_hand import is_much_dearer
from pos.domain.cart import Cart
from pos.domain.cart_line import CartLine
from pos.domain.errors import PosError
from pos.domain.product import Pack
from pos.domain.quantity import Unit
from pos.domain.staff import MAY, Act
from pos.domain.weight import net, settled
from ui.approval.sale_panel import SaleApprovalPanel
from ui.counter import Counter
from ui.keys.keymap import Press
from ui.messages import Notice
from ui.operations import price_check
from ui.operations.change import OF_WHOLE, OTHER_WAY, Change, Deed, Kind, quantity_typed
from ui.operations.more_panel import MorePanel, Way
from ui.operations.pad import PadPanel
from ui.operations.price_check import PriceCheckPanel
from ui.stage import Said, Stage, Word
from ui.told import coupon_word, member_word


class Drawer(QObject):
    """What can be done to the cart by hand.

    Signals: ``opened`` carries the panel to show; ``closed`` says that the shelves may be shown again; ``said``
    carries a Notice; ``reprint_wanted`` that the last receipt is to be printed again; ``aimed`` carries the number of
    the line that the pad is about, so that it is the marked one.

    Args:
        chosen: the line that is touched or changed last, and whether somebody chose it.
        take_typed: gives what was typed into the search box, and empties it.
    """

    opened = Signal(object)
    closed = Signal()
    said = Signal(object)
    reprint_wanted = Signal()
    aimed = Signal(int)

    def __init__(
        self, counter: Counter, chosen: Callable[[], tuple[int | None, bool]], take_typed: Callable[[], str]
    ) -> None:
        super().__init__()
        self._counter, self._chosen, self._take_typed = counter, chosen, take_typed
        self._basket = counter.basket
        self._basket.times, self._basket.is_asking_price = 1, False
        self._is_agreed = False
        self._known: tuple[str, frozenset[int]] = ("", frozenset())
        self.pad, self.price_check = PadPanel(self._basket.member_of, self._basket.is_code), PriceCheckPanel()
        self.more = MorePanel(self._ways())
        self.approval = SaleApprovalPanel(counter)
        self.panel: QWidget | None = None
        self._connect()

    @property
    def panels(self) -> Sequence[QWidget]:
        """Everything that may be opened."""
        return self.pad, self.price_check, self.more, self.approval

    @property
    def box(self) -> QLineEdit | None:
        """The box that keys go to while one is open."""
        if self.panel is self.pad:
            return self.pad.box
        if self.panel is self.approval:
            return self.approval.box
        return self.price_check.box if self.panel is self.price_check else None

    def reprint(self) -> None:
        """Print the last receipt again."""
        self.close()
        self.reprint_wanted.emit()

    def _connect(self) -> None:
        self.pad.done.connect(self._do)
        self.pad.left.connect(self.close)
        self.pad.weigh_wanted.connect(self.weigh)
        self.pad.turned.connect(self._turn)
        self.pad.box.textChanged.connect(self._on_typed)
        self.price_check.asked.connect(lambda text: self._tell_price(self._basket.look_up(text)))
        self.price_check.wanted.connect(self._sell)
        self.more.left.connect(self.close)
        self.approval.left.connect(self.close)
        self.approval.given.connect(self.close)
        self._counter.consent.wanted.connect(self._ask_before_paying)
        self._basket.price_told.connect(self._tell_price)
        self._basket.scanned.connect(self._on_changed)

    def _ways(self) -> tuple[Way, ...]:
        return (
            Way("do_order_discount", self.tr("整单折扣"), Press.ORDER_DISCOUNT, self.order_discount),
            Way("do_coupon", self.tr("优惠券"), Press.COUPON, self.coupon),
            Way("do_tare", self.tr("去皮"), Press.TARE, self.tare),
            Way("do_weigh", self.tr("读秤"), Press.WEIGH, self.weigh),
            Way("do_price_check", self.tr("查价格"), Press.PRICE_CHECK, self.check_price),
            Way("do_clear", self.tr("清空这一单"), Press.CLEAR, self._counter.clear),
            Way("do_drawer", self.tr("钱箱"), Press.DRAWER, lambda: self._counter.show(Stage.DRAWER)),
            Way("do_refund", self.tr("退货"), Press.REFUND, lambda: self._counter.show(Stage.RETURN)),
            Way("do_reprint", self.tr("重打上一张小票"), Press.REPRINT, self.reprint),
            Way("do_printing", self.tr("打印队列"), Press.PRINTING, lambda: self._counter.show(Stage.PRINTING)),
            Way("do_store", self.tr("店内设置"), Press.STORE, lambda: self._counter.show(Stage.STORE)),
        )

    def _is_usable(self, name: str) -> bool:
        line = self._line()
        is_weighed = line is not None and line.quantity.unit is Unit.GRAM
        if name in {"do_order_discount", "do_clear"}:
            return bool(self._counter.cart.lines)
        if name == "do_store":
            cashier = self._counter.cashier
            return cashier is not None and Act.CHANGE_STORE in MAY[cashier.role]
        return name not in {"do_tare", "do_weigh"} or (
            is_weighed and (name == "do_tare" or self._counter.scale is not None)
        )

    # What the keys do

    def quantity(self) -> None:
        """Count the chosen line, or the next thing; a line somebody chose takes what is typed at once."""
        if self.panel is self.pad and self.pad.change.kind is Kind.QUANTITY:
            self.press_enter()
            return
        line, (_line_no, is_chosen) = self._line(), self._chosen()
        typed = self._take_typed()
        try:
            amount = quantity_typed(typed, line.quantity.unit if line else Unit.PIECE)
        except PosError as error:
            self._counter.noticed.emit(error)
            return
        if line and is_chosen and not line.is_unknown and amount is not None:
            self._basket.set_quantity(line.line_no, amount, tare_g=line.tare_g)
        elif typed and amount is None and quantity_typed(typed, Unit.PIECE) is None:
            self.said.emit(Notice(self.tr("数量只能是数字：%s") % typed[:12],
                                  self.tr("称重商品输入克数，或公斤如 0.75"), "P-114", "look"))  # fmt: skip
        else:
            self._open_pad(Kind.QUANTITY, typed)

    def price(self) -> None:
        """Set the price of the chosen line by hand."""
        self._open_pad(Kind.PRICE)

    def line_discount(self) -> None:
        """Take something off the chosen line."""
        self._turn() if self._is_padding(Kind.LINE_PERCENT) else self._open_pad(Kind.LINE_PERCENT)

    def order_discount(self) -> None:
        """Take something off the whole."""
        self._turn() if self._is_padding(Kind.ORDER_PERCENT) else self._open_pad(Kind.ORDER_PERCENT)

    def tare(self) -> None:
        """Take the packing off the chosen line."""
        self._open_pad(Kind.TARE)

    def member(self) -> None:
        """Sell to a member."""
        self._open_pad(Kind.MEMBER)

    def coupon(self) -> None:
        """Note a coupon."""
        self._open_pad(Kind.COUPON)

    def weigh(self) -> None:
        """Read the scale into the pad; what is on it is gross, what is sold is net."""
        line = self._line_to_weigh()
        if self._counter.scale is None:
            self.said.emit(Notice(self.tr("没有接电子秤"), self.tr("输入重量，或扫秤标签"), "", "look"))
        elif line is None or line.quantity.unit is not Unit.GRAM:
            self.said.emit(Notice(self.tr("选中的不是称重商品"), self.tr("先选称重商品的那一行"), "", "look"))
        else:
            self._weigh(line)

    def _weigh(self, line: CartLine) -> None:
        assert self._counter.scale is not None
        try:
            grams = net(settled(self._counter.scale.weigh()), line.tare_g)
        except PosError as error:
            self._counter.noticed.emit(error)
            return
        if not self._is_padding(Kind.QUANTITY) or self.pad.change.line_no != line.line_no:
            self._ask(_change_of(Kind.QUANTITY, line), "")
        self.pad.box.setText(f"{grams // 1000}.{grams % 1000:03d}")

    def check_price(self) -> None:
        """Let the next scan tell a price only."""
        self._show(self.price_check)
        self.price_check.open()
        self._basket.is_asking_price = True

    def show_more(self) -> None:
        """Show what is done less often, and why the chosen line costs what it costs."""
        if self.panel is self.more:
            self.close()
            return
        self._show(self.more)
        self._explain(self._line_or_last())

    def _explain(self, line: CartLine | None) -> None:
        if line:
            self.aimed.emit(line.line_no)
        self.more.open(self._counter.cart, line.line_no if line else 0, self._is_usable)

    # What the page passes on

    def press_enter(self) -> None:
        """Enter, or the green button."""
        if self.panel is self.pad:
            self._confirm()
        elif self.panel is self.approval:
            self.approval.confirm()
        elif self.panel is self.price_check:
            self.price_check.press_enter()
        else:
            self.close()

    def _confirm(self) -> None:
        """Do what the pad says; a number that was typed for no line asks for one."""
        if self.pad.code:
            self._sell_code(self.pad.code, self.pad.times)
        elif self.pad.box.text() and (refusal := self._refusal()):
            self._counter.say(refusal)
            self.pad.box.selectAll()
        else:
            self.pad.confirm()

    def _refusal(self) -> Said | None:
        line, change = self._line(), self.pad.change
        if change.kind in OF_WHOLE or (change.line_no and line and not line.is_unknown):
            return None
        return _lacks(line, self._counter.cart)

    def follow(self) -> None:
        """Be about the line that is chosen now; what is typed stays."""
        line, change = self._line(), self.pad.change
        if line is None:
            return
        if self.panel is self.more:
            self._explain(line)
        elif self.panel is self.pad and change.kind not in OF_WHOLE and change.line_no != line.line_no:
            self._ask(_change_of(change.kind, line), self.pad.box.text())

    def close(self) -> None:
        """Put away whatever is open."""
        self._basket.times, self._basket.is_asking_price = 1, False
        self._counter.badges.says_yes = False
        if self.panel is not None:
            self.panel = None
            self.approval.forget()
            self.closed.emit()

    # Inside

    def _on_typed(self) -> None:
        self._basket.times, self._is_agreed = self.pad.times, False

    def _show(self, panel: QWidget) -> None:
        self._basket.times, self._basket.is_asking_price = 1, False
        self._counter.noticed.emit(None)
        self.panel = panel
        self.opened.emit(panel)

    def _line(self) -> CartLine | None:
        line_no = self._chosen()[0]
        return next((line for line in self._counter.cart.lines if line.line_no == line_no), None)

    def _line_or_last(self) -> CartLine | None:
        """Return the chosen line; where none is (one that nobody knew was removed), the last."""
        return self._line() or next(reversed(self._counter.cart.lines), None)

    def _line_to_weigh(self) -> CartLine | None:
        """Return the chosen line; when it is nothing to weigh, the first that nobody has weighed."""
        line, unweighed = self._line(), self._counter.cart.unweighed_lines
        return unweighed[0] if unweighed and (line is None or line.quantity.unit is not Unit.GRAM) else line

    def _is_padding(self, kind: Kind) -> bool:
        return self.panel is self.pad and self.pad.change.kind in {kind, OTHER_WAY.get(kind)}

    def _open_pad(self, kind: Kind, typed: str = "") -> None:
        """Ask for a number; what was typed before counts."""
        typed = typed or self._take_typed()
        if kind in {Kind.MEMBER, Kind.COUPON} and not typed.isdigit():
            typed = ""  # half a name that was being looked for
        cart, line = self._counter.cart, None if kind in OF_WHOLE else self._line_for(kind, typed)
        if kind is Kind.QUANTITY and (typed or not cart.lines):
            line = line if line and not line.is_unknown else None  # it is for what comes next
        elif (line is None or line.is_unknown) if kind not in OF_WHOLE else not cart.lines and kind in OTHER_WAY:
            self._counter.say(_lacks(line, cart))
            return
        self._ask(_change_of(kind, line) if line else Change(kind), typed)

    def _line_for(self, kind: Kind, typed: str) -> CartLine | None:
        """Return the chosen line; where nobody chose one, what lacks just this comes first."""
        if kind is Kind.QUANTITY and typed:
            return self._line()
        cart, (_line_no, is_chosen) = self._counter.cart, self._chosen()
        lacking = {Kind.PRICE: cart.unpriced_lines, Kind.QUANTITY: cart.unweighed_lines}.get(kind)
        return lacking[0] if lacking and not is_chosen else self._line_or_last()

    def _ask(self, change: Change, typed: str) -> None:
        self._show(self.pad)
        if change.line_no:
            self.aimed.emit(change.line_no)
        self.pad.open(change, self._counter.cart, typed, can_weigh=self._counter.scale is not None)
        self._on_typed()

    def _turn(self) -> None:
        change = self.pad.change
        self._ask(Change(OTHER_WAY[change.kind], change.line_no, change.unit), self.pad.box.text())

    def _do(self, deed: Deed) -> None:
        """Do it; what goes further than the cashier may waits until somebody has said yes."""
        kind, after, typed = self.pad.change.kind, self._counter.cart.snapshot(), self.pad.box.text()
        asked = self._beyond(deed, after)
        if kind is Kind.PRICE and self._must_agree(after.line(self.pad.change.line_no)):
            return
        self.close()
        if asked:
            self._ask_somebody(asked, after, lambda: deed(self._basket))
            return
        deed(self._basket)
        if kind is Kind.MEMBER and (said := member_word(self._basket.cart)):
            self._counter.noticed.emit(said)
        elif kind is Kind.COUPON and typed in self._basket.cart.coupons:
            self._counter.noticed.emit(coupon_word(self._basket.cart, typed))

    def _must_agree(self, line: CartLine) -> bool:
        """Whether a price far above the product's own has to be said twice; the first time it is asked about."""
        if line.product is None or not is_much_dearer(line) or self._is_agreed:
            return False
        self._is_agreed = True
        self._counter.say(Said(Word.MUCH_DEARER, line.price, str(line.product.price)))
        self.pad.box.selectAll()
        return True

    def _beyond(self, deed: Deed, after: Cart) -> Asked | None:
        """Do it to a copy; return what of that nobody approved. A deed that cannot be done says so itself."""
        cashier = self._counter.cashier
        try:
            deed(after)
        except PosError:
            return None
        return self._counter.consent.lacking(after, cashier) if cashier else None

    def _ask_before_paying(self, asked: Asked) -> None:
        is_here = self._counter.stage is Stage.MONEY_HERE
        go_on = self._counter.finish_paid if is_here else self._counter.begin_pay
        self._ask_somebody(asked, self._counter.cart, go_on)

    def _ask_somebody(self, asked: Asked, cart: Cart, go_on: Callable[[], object]) -> None:
        self._counter.back_to_goods()
        self._show(self.approval)
        self._counter.badges.says_yes = True
        self.approval.open(asked, cart, go_on)

    def _sell(self, pack: Pack) -> None:
        self.close()
        if pack.is_plain:
            self._basket.add(pack.product)
        else:
            self._counter.code_seen(pack.barcode)

    def _sell_code(self, code: str, times: int) -> None:
        self.close()
        self._basket.times = times
        self._counter.code_seen(code)
        self._basket.times = 1

    def _tell_price(self, packs: Sequence[Pack]) -> None:
        self._basket.is_asking_price = False
        self.price_check.tell([self._basket.price_of(each) for each in packs[: price_check.SHOWN]])

    def _on_changed(self, is_good: bool) -> None:  # noqa: FBT001  (a signal's argument)
        """Put away what was open; ask at once for what a new line lacks: its price, or its weight."""
        self.close()
        cart = self._counter.cart
        before, self._known = self._known, (cart.sale_id, frozenset(line.line_no for line in cart.lines))
        if not is_good or cart.last_line_no is None or (cart.sale_id == before[0] and cart.last_line_no in before[1]):
            return
        line = cart.line(cart.last_line_no)
        if line.needs_price:
            self._ask(_change_of(Kind.PRICE, line), "")
        elif line.needs_weight:
            self._ask(_change_of(Kind.QUANTITY, line), "")


def _lacks(line: CartLine | None, cart: Cart) -> Said:
    """Return why there is no line that a number could be for."""
    if line and line.is_unknown:
        return Said(Word.UNKNOWN_BARCODE, reason=line.text)
    return Said(Word.CHOOSE_LINE if cart.lines else Word.EMPTY_CART)


def _change_of(kind: Kind, line: CartLine) -> Change:
    return Change(kind, line.line_no, line.quantity.unit, line.tare_g)

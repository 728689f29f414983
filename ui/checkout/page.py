"""The counter's page: left what is being bought, right what to do; keypad and green button never move."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from pos.domain.code import plain
from pos.domain.errors import PosError
from pos.domain.member import Member
from pos.domain.money import Money
from ui import theme
from ui.checkout.join_panel import JoinPanel
from ui.checkout.offer_key import OfferKey
from ui.checkout.pick_panel import KEYS, PickPanel
from ui.checkout.sell_panel import SellPanel
from ui.counter import Counter
from ui.keys.keymap import Press
from ui.messages import notice_for
from ui.operations.change import CODE_MIN
from ui.operations.drawer import Drawer
from ui.operations.words import last_line_words, line_explained
from ui.parts import button, dress, find, operation_button
from ui.payment.paid_panel import PaidPanel
from ui.payment.pay_panel import PayPanel
from ui.payment.waiting_panels import AskingPanel, MoneyHerePanel, WaitingPanel
from ui.stage import Said, Stage, Word
from ui.store.room import Room
from ui.suspended.laying import lay_aside
from ui.widgets.camera_view import CameraView
from ui.widgets.cart_view import CartView
from ui.widgets.keypad import Keypad, type_key
from ui.widgets.notice_bar import NoticeBar
from ui.widgets.total_bar import TotalBar

KEYS_IN_A_ROW = 5
NEED_LINES = ("line_price", "line_discount", "line_remove", "suspend", "clear")


class CounterPage(QWidget):
    """Draws the counter and passes on what is pressed."""

    def __init__(self, counter: Counter, room: Room) -> None:
        super().__init__()
        self.setObjectName("counter_page")
        self._counter, self._aside = counter, room.aside
        self.camera = CameraView()
        self._cart, self._total = CartView(), TotalBar()
        self._notice, self._keypad = NoticeBar(), Keypad()
        self.go = button("pay", "", role="primary", press=Press.PAY)
        self._offer, self._join, self._pick = OfferKey(), JoinPanel(), PickPanel()
        self._sell, self._pay = SellPanel(counter, room.shelves.arranged), PayPanel(counter)
        self.operations = Drawer(counter, self._chosen_line, self.take_typed)
        self.operations.setParent(self)  # it hears the counter only as long as this page is
        self._asking, self._money_here = AskingPanel(), MoneyHerePanel(counter)
        self._waiting = WaitingPanel(counter, is_unknown=False)
        self._unknown = WaitingPanel(counter, is_unknown=True)
        self._paid = PaidPanel(room.printing)
        self._panels, self._slot = QStackedWidget(), QStackedWidget()
        for panel in (self._sell, self._pick, self._pay, self._asking, self._waiting, self._unknown, self._money_here,
                      self._paid, *self.operations.panels):  # fmt: skip
            self._panels.addWidget(panel)
        self._shown_member: Member | None = None
        self._shown_go: object = None
        """What the keys were last set by: setting them anew at each scan is a tenth of it."""
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.addLayout(self._make_left(), 40)
        middle = QVBoxLayout()
        self._slot.addWidget(self._notice)
        self._slot.addWidget(self._offer)
        self._slot.addWidget(self._join)
        self._slot.setFixedHeight(self._notice.height())
        middle.addWidget(self._slot)
        middle.addWidget(self._panels, 1)
        layout.addLayout(middle, 37)
        right = QVBoxLayout()
        right.addWidget(self.camera, 1)
        right.addWidget(self._keypad)
        right.addWidget(self.go)
        layout.addLayout(right, 23)

    def _make_left(self) -> QVBoxLayout:
        left = QVBoxLayout()
        left.addWidget(self._cart, 1)
        left.addWidget(self._total)
        keys, do = QGridLayout(), self.operations
        keys.setSpacing(theme.px(6))
        ways = (
            ("line_quantity", self.tr("数量"), Press.QUANTITY, do.quantity),
            ("line_price", self.tr("改价"), Press.PRICE, do.price),
            ("line_discount", self.tr("折扣"), Press.LINE_DISCOUNT, do.line_discount),
            ("line_remove", self.tr("删除"), Press.VOID_LINE, self.remove_line),
            ("undo", self.tr("撤销"), Press.UNDO, self._counter.basket.undo),
            ("suspend", self.tr("挂单"), Press.SUSPEND, self.suspend),
            ("resume", self.tr("取单"), Press.RESUME, lambda: self._counter.show(Stage.SUSPENDED)),
            ("member", self.tr("会员"), Press.MEMBER, do.member),
            ("clear", self.tr("清空"), Press.CLEAR, self._counter.clear),
            ("more", self.tr("更多"), Press.MORE, do.show_more),
        )
        for place, (name, text, press, deed) in enumerate(ways):
            key = operation_button(name, text, press)
            key.clicked.connect(deed)
            keys.addWidget(key, place // KEYS_IN_A_ROW, place % KEYS_IN_A_ROW)
        left.addLayout(keys)
        return left

    def _connect(self) -> None:
        counter = self._counter
        counter.basket.cart_changed.connect(self._show_cart)
        counter.parts.changed.connect(self._show_total)
        counter.stage_changed.connect(self._show_stage)
        counter.noticed.connect(self._show_notice)
        counter.offer_changed.connect(self._show_offer)
        counter.basket.scanned.connect(self._flash)
        self._cart.clicked.connect(lambda _index: self._explain())
        self.operations.opened.connect(self._open_operation)
        self.operations.closed.connect(self._close_operation)
        self.operations.aimed.connect(self._aim)
        self.operations.pad.judged.connect(self._show_go)
        self.operations.said.connect(self._counter.noticed)
        self.operations.more.typed.connect(self._type_on)
        self._aside.counted.connect(self._show_count)
        self._show_count(self._aside.count)
        counter.figures_changed.connect(self._sell.stock)
        self.go.clicked.connect(self.press_go)
        self._offer.clicked.connect(counter.box.take_offer)
        self._keypad.pressed.connect(self._on_keypad)
        counter.box.join_changed.connect(self._show_join)
        counter.box.pick_changed.connect(self._show_pick)
        self._join.take.clicked.connect(counter.box.join)
        self._join.leave.clicked.connect(counter.box.leave_out)
        self._pick.picked.connect(counter.box.pick)
        self._pick.left.connect(counter.box.pick_none)

    def press_go(self) -> None:
        """The green button: what it does is written on it."""
        stage = self._counter.stage
        if self._is_typing or (stage is Stage.MONEY_HERE and self.operations.panel is not None):
            self.operations.press_enter()
        elif stage is Stage.SELL:
            self.operations.close()
            self._enter_or_pay()
        elif stage is Stage.PAY and self._counter.cart.to_return:
            self._pay.take_exact()
        elif stage is Stage.PAY:
            self._pay.confirm()
        elif stage is Stage.PAID:
            self._counter.next_sale()
        elif stage is Stage.MONEY_HERE:
            self._counter.finish_paid()

    def _enter_or_pay(self) -> None:
        """Go to the money; a whole number still in the box comes in instead, to be looked at before it is paid."""
        typed = self._typed_text
        if typed.isascii() and typed.isdigit() and len(typed) >= CODE_MIN:
            self._on_entered(typed)
            return
        self._counter.begin_pay()
        self._choose_unknown()

    def _choose_unknown(self) -> None:
        """Choose the line that keeps the cart from being paid, so that the key that removes removes that one."""
        unknown = next((line for line in self._counter.cart.lines if line.is_unknown), None)
        if unknown and self._counter.stage is Stage.SELL and not self._is_asked:
            self._aim(unknown.line_no)

    def _aim(self, line_no: int) -> None:
        """Have the line that is about to change be the marked one, and the one that is spoken of."""
        if line_no != self._cart.chosen_line_no:
            self._cart.choose_line(line_no)
        self._speak_of_chosen()

    def press_enter(self) -> None:
        """Enter: what is typed first, then the offer, then the green button where money is confirmed."""
        if self._counter.box.to_join:
            self._counter.box.join()
        elif self.operations.panel is not None:
            self.operations.press_enter()
        elif self._counter.offer is not None and not self._typed_text:
            self._take_offer(self._counter.offer)
        elif self._counter.stage is Stage.SELL:
            self._on_entered(self._typed_text)
        else:
            self.press_go()

    def _take_offer(self, amount: Money) -> None:
        """Charge what is offered, if that can be seen; where a word stands before it, show it first."""
        if self._slot.currentWidget() is self._offer:
            self._counter.box.take_offer()
        else:
            self._show_offer(amount)

    def press_escape(self) -> None:
        """Escape: what is open is put away, what waits for a word left out; else one step back, or stop waiting."""
        if self.operations.panel is not None:
            self.operations.close()
            return
        if self._counter.box.to_pick and self._pick.box.text():
            self._pick.box.clear()
            return
        if self._counter.box.to_join or self._counter.box.to_pick:
            self._counter.box.leave_out()
            self._counter.box.pick_none()
            return
        self._counter.box.drop_offer()
        self._sell.clear()
        self._counter.back_to_goods()
        self._counter.stop_waiting()

    def stock(self) -> None:
        """Show the shelves as the catalogue has them now."""
        self._sell.stock()

    def take_exact(self) -> None:
        """Take exactly what is due in cash, on the pay page."""
        self._pay.take_exact()

    def take_quick(self, place: int) -> None:
        """Take one of the likely amounts in cash, on the pay page."""
        self._pay.take_quick(place)

    def choose_line(self, step: int) -> None:
        """Choose the line above (-1) or below (1)."""
        self._cart.choose(step)
        self._explain()

    def remove_line(self) -> None:
        """Take the chosen line out; in the pad, put back what somebody changed before."""
        if self.operations.panel is self.operations.pad and self.operations.pad.undo():
            return
        line_no = self._cart.chosen_line_no
        if line_no is not None:
            self._counter.basket.remove(line_no)
        elif self._counter.cart.lines:
            self._counter.say(Said(Word.CHOOSE_LINE))

    def give_back_part(self) -> None:
        """Give back the part that is listed last, on the pay page."""
        self._pay.give_back_last()

    def give_back_money(self) -> None:
        """Give back what came while the till was away; not while somebody is being asked."""
        if self.operations.panel is None:
            self._money_here.press_give_back()

    def take_typed(self) -> str:
        """Return what was typed into the search box, or over a question, and empty it."""
        box = self._pick.box if self._counter.box.to_pick else self._sell.box
        typed = box.text().strip()
        box.clear()
        return typed

    def suspend(self) -> None:
        """Lay the cart aside; what is typed is the note that tells it from others."""
        lay_aside(self._counter, self._aside, self.take_typed())

    @property
    def _is_typing(self) -> bool:
        return self.operations.panel is self.operations.pad and bool(self.operations.pad.box.text())

    @property
    def _is_asked(self) -> bool:
        """Whether a question is open that has to be answered before any money is taken."""
        box = self._counter.box
        return bool(box.to_join or box.to_pick) or self.operations.panel is self.operations.approval

    @property
    def _is_enter_taken(self) -> bool:
        """Whether something is open that the key for what is offered goes to."""
        return self.operations.panel is not None or bool(self._counter.box.to_pick)

    def _chosen_line(self) -> tuple[int | None, bool]:
        return self._cart.chosen_line_no, self._cart.is_chosen

    def _explain(self) -> None:
        """Say why the chosen line costs what it costs; what is open is about that line from now on."""
        if self._speak_of_chosen():
            self._notice.clear()
            self.operations.follow()

    def _speak_of_chosen(self) -> bool:
        """Rest on the chosen line, while nothing else is to be said; return whether there is one."""
        line_no, cart = self._cart.chosen_line_no, self._counter.cart
        is_there = line_no is not None and any(line.line_no == line_no for line in cart.lines)
        if line_no is not None and is_there:
            self._notice.rest_on(*line_explained(cart, line_no))
        return is_there

    def _open_operation(self, panel: QWidget) -> None:
        self._panels.setCurrentWidget(panel)
        self._show_go()

    def _close_operation(self) -> None:
        if self._counter.stage is Stage.MONEY_HERE:
            self._panels.setCurrentWidget(self._money_here)
        self._show_pick()
        self._show_go()

    def _type_on(self, text: str) -> None:
        self.operations.close()
        self.typed_target().insert(text)

    def _show_count(self, count: int) -> None:
        """Say on the button how many carts wait, so that none is forgotten."""
        key = find(self, "resume")
        assert isinstance(key, QToolButton)
        key.setText(self.tr("取单 %d") % count if count else self.tr("取单"))
        dress(key, "waits", "true" if count else "false")

    def _show_member(self) -> None:
        """Say on the button who the member is, for as long as the sale lasts."""
        member = self._counter.cart.member
        if member == self._shown_member:
            return
        self._shown_member = member
        key = find(self, "member")
        assert isinstance(key, QToolButton)
        key.setText(f"✓ …{member.number[-4:]}" if member else self.tr("会员"))
        dress(key, "is_set", "true" if member else "false")

    def typed_target(self) -> QLineEdit:
        """Return the box that keys go to now."""
        if self.operations.box is not None:
            return self.operations.box
        if self._panels.currentWidget() is self._pick:
            return self._pick.box
        return self._pay.cash if self._counter.stage is Stage.PAY else self._sell.box

    @property
    def _typed_text(self) -> str:
        return plain(self.typed_target().text())

    def _on_keypad(self, key: str) -> None:
        type_key(self.typed_target(), key)

    def _on_entered(self, text: str) -> None:
        if self._panels.currentWidget() is self._pick and len(text) == 1 and text.isascii() and text.isdigit():
            self._take_row(text)
            return
        if not text:
            return
        is_number = text.isascii() and text.isdigit()
        found = [] if is_number else self._counter.basket.search(text)
        self._sell.clear()
        self._pick.box.clear()
        if found:
            self._counter.box.type_on()
        if len(found) == 1:
            self._counter.basket.add(found[0])
        elif found:
            self._counter.box.ask_which(found)
            if len(found) > len(KEYS):
                self._counter.say(Said(Word.PICK_ONE, reason=str(len(KEYS))))
        elif is_number and len(text) < CODE_MIN:
            self._counter.say(Said(Word.NUMBER_ALONE, reason=text))
        elif text.isalpha():
            self._counter.say(Said(Word.NOT_FOUND, reason=text[:12]))
        else:
            self._counter.code_seen(text)

    def _take_row(self, digit: str) -> None:
        """Take the row of a question; where no row has this digit, say which have one."""
        if not self._pick.take(digit):
            self._pick.box.clear()
            self._counter.say(Said(Word.NO_SUCH_ROW, reason=f"1–{self._pick.digits[-1]}"))

    def _show_pick(self) -> None:
        """Ask which one it is, for as long as a barcode waits for an answer; scanning goes on meanwhile."""
        if self._counter.stage is not Stage.SELL:
            return
        to_pick = self._counter.box.to_pick
        if to_pick:
            self.operations.close()
        elif self.operations.panel is not None:
            return
        if to_pick:
            if typed := self._sell.box.text():  # what somebody is typing while the camera asks is typed on here
                self._pick.box.setText(typed)
                self._sell.clear()
            self._pick.open(to_pick[0].found.packs, is_typed=not to_pick[0].found.text)
        else:
            self._pick.box.clear()
        self._panels.setCurrentWidget(self._pick if to_pick else self._sell)
        self.typed_target().setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_go()

    def _show_cart(self) -> None:
        """Have the rest on the screen before the draft is written: both at once would keep each other waiting."""
        cart = self._counter.cart
        self._cart.show_cart(cart)
        self._show_member()
        self._notice.rest_on(*last_line_words(cart))
        self._show_total()
        self._show_go()
        self._total.repaint()

    def _flash(self, is_good: bool) -> None:  # noqa: FBT001  (a signal's argument)
        """Have the line on the screen before anything else is drawn."""
        self._cart.flash(self._counter.cart, is_good)

    def _show_total(self) -> None:
        cart, is_paid = self._counter.cart, self._counter.stage in {Stage.PAID, Stage.MONEY_HERE}
        self._total.show_total(cart, self._counter.parts.taken, is_paid=is_paid)

    def _show_stage(self, stage: Stage) -> None:
        self.operations.close()
        panel = {
            Stage.SELL: self._sell, Stage.PAY: self._pay, Stage.ASKING: self._asking, Stage.STOPPING: self._asking,
            Stage.WAITING: self._waiting, Stage.UNKNOWN: self._unknown, Stage.MONEY_HERE: self._money_here,
            Stage.PAID: self._paid, Stage.QR: self._waiting,
        }.get(stage)  # fmt: skip
        if panel is None:
            return
        self._open(panel)
        self._panels.setCurrentWidget(panel)
        self._show_total()
        self._show_go()
        self.typed_target().setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_pick()

    def _open(self, panel: QWidget) -> None:
        if panel is self._sell:
            self._sell.stock()
        elif panel is self._pay:
            self._pay.open()
        elif panel is self._asking:
            self._asking.open(self._counter.stage, self._counter.next_amount)
        elif panel is self._paid and self._counter.sale:
            self._notice.rest_on("", "")
            self._paid.open(self._counter.sale, self._counter.cash_back)
        elif isinstance(panel, MoneyHerePanel) and self._counter.attempt:
            panel.open(self._counter.attempt)
        elif isinstance(panel, WaitingPanel) and self._counter.attempt:
            panel.open(self._counter.attempt.amount)
            is_shown, is_scanned = self._counter.stage is Stage.QR, self._counter.is_scanned
            panel.show_way(self._counter.attempt.way, is_shown=is_shown, is_scanned=is_scanned)

    def _show_go(self) -> None:
        cart, stage = self._counter.cart, self._counter.stage
        can_confirm, is_asked = self.operations.pad.is_possible, self._is_asked
        state = (stage, self._is_typing, cart.is_payable, bool(cart.lines), cart.can_undo, cart.to_return, can_confirm,
                 is_asked, self._counter.offer, self._is_enter_taken)  # fmt: skip
        if state == self._shown_go:
            return
        self._shown_go = state
        if amount := self._counter.offer:
            self._offer.offer(amount, waits=self._is_enter_taken)
        words = {
            Stage.SELL: self.tr("结算"), Stage.PAY: self.tr("收现金"), Stage.PAID: self.tr("下一位"),
            Stage.MONEY_HERE: self.tr("请在左边选"),
        }.get(stage, self.tr("请稍候"))  # fmt: skip
        if cart.to_return and stage in {Stage.SELL, Stage.PAY}:
            words = self.tr("退款 %s") % cart.to_return
        if self._is_typing:
            words = self.tr("确定")
        self.go.setText(words)
        can_go = stage in {Stage.PAY, Stage.PAID} or (stage is Stage.SELL and cart.is_payable)
        self.go.setEnabled(can_confirm if self._is_typing else can_go and not is_asked)
        for name in NEED_LINES:
            find(self, name).setEnabled(stage is Stage.SELL and bool(cart.lines))
        for name in ("line_quantity", "resume", "member", "more"):
            find(self, name).setEnabled(stage is Stage.SELL)
        find(self, "undo").setEnabled(stage is Stage.SELL and cart.can_undo)

    def _show_join(self) -> None:
        self._show_offer(self._counter.offer)
        self._pay.offer_ways(not self._counter.box.to_join)
        self._show_go()

    def _show_offer(self, amount: Money | None) -> None:
        to_join = self._counter.box.to_join
        self._slot.setCurrentWidget(self._join if to_join else self._notice if amount is None else self._offer)
        if to_join:
            self._join.ask(to_join)
        self._show_go()

    def _show_notice(self, what: PosError | Said | None) -> None:
        if what is None:
            self._notice.clear()
        else:
            self._notice.show_notice(notice_for(what))
            self._slot.setCurrentWidget(self._notice)

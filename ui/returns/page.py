"""Returns: which goods come back, where the money goes, one button; nobody types an amount of money."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from pos.domain.approval import Asked
from pos.domain.code import CodeKind, read_code
from pos.domain.errors import PosError
from pos.domain.exchange import Exchange
from pos.domain.money import ZERO, Money
from pos.domain.refund import Refund, RefundState
from pos.domain.returns import Payback
from pos.domain.staff import Act
from pos.till.returns import Given
from ui import theme
from ui.approval.panel import ApprovalPanel
from ui.counter import Counter
from ui.display import shop_time
from ui.hold import Question
from ui.keys.keymap import Press
from ui.messages import notice_for
from ui.parts import button, label, named, number_field
from ui.printing.desk import PrintDesk
from ui.returns.choice import Choice, LooseChoice, SaleChoice
from ui.returns.desk import Found, ReturnDesk, Signed
from ui.returns.given import GivenSlip
from ui.returns.row import ReturnRow
from ui.returns.start import StartList
from ui.returns.words import done_words, hand_out_words, refunded_words, ways_words
from ui.scanner_keys import no_input_method
from ui.stage import Stage
from ui.widgets.keypad import Keypad, type_key
from ui.widgets.reasons import Reasons
from ui.widgets.verdict import Verdict

KEYS = "123456789"
"""The first nine lines have a key each."""


class ReturnPage(QWidget):
    """Left the goods, right the money; nothing can be pressed twice.

    Signals: ``exchanged`` carries the cart's id and the Money that goods pay for it.
    """

    exchanged = Signal(str, object)

    def __init__(self, counter: Counter, desk: ReturnDesk, printing: PrintDesk) -> None:
        super().__init__()
        self.setObjectName("return_page")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._counter, self._desk, self._printing = counter, desk, printing
        self._choice: Choice | None = None
        self._rows: list[ReturnRow] = []
        self._meant, self._is_asking, self._question = 0, False, Question()
        self._paybacks: tuple[Payback, ...] = ()
        self._owed: tuple[Refund, ...] = ()
        self.box = named(QLineEdit(), "return_receipt")
        no_input_method(self.box)
        self.box.setPlaceholderText(self.tr("扫小票或输入小票号，按 Enter"))
        self.amount = number_field("return_amount", self.tr("件数（称重的是克）"))
        self.amount.setValidator(QIntValidator(0, 999_999, self.amount))
        self._title = label("return_title", self.tr("退货"), role="big")
        self._verdict = Verdict("return_result", "return_hand")
        self._total_title = label("return_total_title", "", role="title")
        self._total = label("return_total", "")
        self._ways = label("return_ways", "", role="title")
        self.all = button("return_all", self.tr("全退"), role="quiet")
        self.exchange = button("return_exchange", self.tr("换货：去扫新商品"), role="quiet")
        self.owed = button("return_owed", "", role="danger")
        self.confirm = button("return_confirm", "", role="primary", press=Press.TAKE)
        self.start, self.approval = StartList(), ApprovalPanel(counter, self._asked)
        self._slip = GivenSlip(printing)
        self._reasons = Reasons("return_reason")
        self._reasons.offer((self.tr("商品有问题"), self.tr("顾客改变主意"), self.tr("拿错了"), self.tr("其他")))
        self._lay_out()
        self._connect()
        self._forget()

    # Making

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setSpacing(theme.px(24))
        layout.setContentsMargins(theme.px(10), theme.px(4), theme.px(10), theme.px(4))
        layout.addLayout(self._make_left(), 3)
        layout.addLayout(self._make_right(), 2)

    def _make_left(self) -> QVBoxLayout:
        left = QVBoxLayout()
        left.setSpacing(theme.px(6))
        top = QHBoxLayout()
        top.addWidget(self._title)
        top.addWidget(self.box, 1)
        left.addLayout(top)
        for each in (self._verdict.words, self._verdict.sentence, self.owed, self.start):
            left.addWidget(each)
        left.addWidget(self._slip, 1)
        left.addWidget(self._make_paper(), 1)
        left.addWidget(self._make_why())
        left.addStretch()
        bottom = QHBoxLayout()
        back = button("return_back", self.tr("返回柜台"), role="quiet", press=Press.STOP)
        back.clicked.connect(lambda: self._counter.show(Stage.SELL))
        for key in (back, self.all, self.exchange):
            bottom.addWidget(key)
        left.addLayout(bottom)
        return left

    def _make_paper(self) -> QScrollArea:
        inside = named(QWidget(), "return_lines")
        self._list = QVBoxLayout(inside)
        self._list.setSpacing(theme.px(4))
        self._list.setContentsMargins(theme.px(4), theme.px(4), theme.px(4), theme.px(4))
        self._list.addStretch()
        self._paper = named(QScrollArea(widgetResizable=True), "return_paper")
        self._paper.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._paper.setFrameShape(QFrame.Shape.NoFrame)
        self._paper.setWidget(inside)
        return self._paper

    def _make_why(self) -> QWidget:
        self._why = named(QWidget(), "return_why")
        column = QVBoxLayout(self._why)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._reasons)
        column.addWidget(self.approval)
        return self._why

    def _make_right(self) -> QVBoxLayout:
        right = QVBoxLayout()
        right.setSpacing(theme.px(8))
        self._total.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._total.setWordWrap(False)
        total = QHBoxLayout()
        total.addWidget(self._total_title)
        total.addWidget(self._total, 1)
        right.addLayout(total)
        self._ways.setMinimumHeight(theme.px(52))
        right.addWidget(self._ways)
        right.addWidget(self.amount)
        right.addStretch()
        self._keypad = Keypad()
        right.addWidget(self._keypad)
        right.addWidget(self.confirm)
        return right

    def _connect(self) -> None:
        self._keypad.pressed.connect(self._on_keypad)
        self.amount.textEdited.connect(lambda _text: self._on_amount())
        self.approval.changed.connect(self._show_confirm)
        self.approval.ready.connect(self._give_back)
        self.confirm.clicked.connect(self._give_back)
        self.all.clicked.connect(self._choose_all)
        self.exchange.clicked.connect(self._begin_exchange)
        self.owed.clicked.connect(self._give_owed)
        self.start.chosen.connect(self.find_sale)
        self.start.loose_wanted.connect(self._begin_loose)
        self.start.money_wanted.connect(lambda: self._counter.show(Stage.REFUND))
        self._counter.number_seen.connect(self.take_scanned)

    # What the cashier does

    def open(self) -> None:
        """Start without a sale."""
        self._forget()
        self._verdict.hide()
        self.start.open(self._desk.last_sales(self.start.rows))
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_scanned(self, text: str) -> None:
        """Take a receipt, or one more of goods."""
        if self._counter.stage is not Stage.RETURN or self._is_asking:
            return
        if self._choice is None or read_code(text).kind is CodeKind.RECEIPT:
            self.find_sale(text)
            return
        try:
            self._meant = self._choice.scan(text)
        except PosError as error:
            self._show_error(error)
        else:
            self._show_choice()

    def find_sale(self, text: str) -> None:
        """Look for a sale, here and at the hub; not while goods are coming back."""
        if self._counter.hold.is_on:
            return
        self._forget()
        self.start.hide()
        self.box.setText(text[:60])
        self._verdict.say(self.tr("正在查找…"), "", "rest")
        self._is_asking, answered = True, self._question.answered
        self._desk.find(text, answered(self._show_found), answered(self._show_missing))

    def _show_missing(self, error: PosError) -> None:
        """Say why there is no sale, with the box ready for another number and the last sales below it."""
        self._show_error(error)
        self.start.show()
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)
        self.box.selectAll()

    def press_enter(self) -> None:
        """Find the sale that is typed; when there is one, go on to what is missing, or take the goods back."""
        if self._choice is None and (text := self.box.text().strip()):
            self.find_sale(text)
        elif self._paybacks and self.approval.go_on():
            return
        elif self._choice is not None:
            self._give_back()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  (Qt's name)
        """Choose one more of the line of a digit, go up and down, or begin with how much; no scan gets here."""
        place = KEYS.find(event.text()) if event.text() else -1
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if 0 <= place < len(self._rows):
            self._rows[place].change(1)
        elif step and self._rows:
            self._mean(max(0, min(len(self._rows) - 1, self._meant + step)))
        elif self._rows and event.text() and event.text() in "0123456789*":
            self._take_amount()
            type_key(self.amount, event.text())
            self._on_amount()
        else:
            super().keyPressEvent(event)

    def _on_keypad(self, key: str) -> None:
        type_key(self.approval.focused() or (self.amount if self._choice else self.box), key)
        if self._choice and not self.approval.focused():
            self._on_amount()

    def _on_amount(self) -> None:
        """Choose as much as is typed, as far as there is; one is all of what is weighed: nobody brings a gram."""
        if self._choice and self._rows and self.amount.text():
            typed = int(self.amount.text())
            wanted = self._choice.lines[self._meant].step if typed == 1 else typed
            self._choose(self._meant, wanted, keep_text=True)
            if self._choice.lines and self._choice.lines[self._meant].chosen != wanted:
                self._show_choice()

    def _take_amount(self) -> None:
        """Let the next digits be how much of the line that is meant comes back."""
        self.amount.setFocus(Qt.FocusReason.OtherFocusReason)
        self.amount.selectAll()

    def _choose_all(self) -> None:
        if isinstance(self._choice, SaleChoice):
            self._choice.choose_all()
            self._show_choice()
            self.approval.go_on()

    def _choose(self, place: int, amount: int, *, keep_text: bool = False) -> None:
        if self._choice is None or self._is_asking:
            return
        try:
            self._choice.choose(place, amount)
        except PosError as error:
            self._show_error(error)
            return
        self._meant = place
        self._show_choice(keep_text=keep_text)

    def _mean(self, place: int) -> None:
        self._meant = place
        self._show_choice()

    def _begin_loose(self) -> None:
        if self._counter.hold.is_on:
            return
        self._begin(
            LooseChoice(self._desk, self._desk.new_goods()), self.tr("没有小票：扫退回的商品，按今天的价退现金")
        )

    # What is shown

    def _show_found(self, found: Found) -> None:
        self._is_asking = False
        if found.of is None:
            words = self.tr("问不到总部：小票是真的，扫退回的商品，最多退现金 %s") % found.left
            self._begin(LooseChoice(self._desk, self._desk.new_goods(), found), words)
            return
        self._begin(SaleChoice(found.of, self._desk), self._sale_words(found))
        self._owe(found.owed)

    def _sale_words(self, found: Found) -> str:
        assert found.of is not None
        sale = found.of.sale
        words = [f"{sale.receipt_no}   {shop_time(sale.completed_at)}   {sale.total}"]
        if not found.of.left:
            words.append(self.tr("✓ 这张小票的商品已经全部退过"))
        if found.of.sold_by not in {"", self._counter.till_name}:
            words.append(self.tr("这一单是柜台 %s 卖的") % found.of.sold_by)
        if not found.of.knows_others:
            words.append(self.tr("问不到总部：别的柜台退没退过，现在不知道"))
        return "\n".join(words)

    def _begin(self, choice: Choice, words: str) -> None:
        self._forget()
        self._choice = choice
        self.start.hide()
        for each in (self._paper, self._why, self.all, self.exchange):
            each.show()
        self.all.setVisible(isinstance(choice, SaleChoice))
        self.exchange.setVisible(isinstance(choice, SaleChoice))
        self._verdict.say(words, "", "look")
        self._show_choice()

    def _show_choice(self, *, keep_text: bool = False) -> None:
        """Show the lines as they are; rows that are there already stay, so that no finger lands on another."""
        assert self._choice is not None
        lines = self._choice.lines
        if len(lines) != len(self._rows):
            self._make_rows()
        self._meant = max(0, min(self._meant, len(lines) - 1))
        for place, (row, line) in enumerate(zip(self._rows, lines, strict=True)):
            row.show_line(line, is_meant=place == self._meant)
        if not keep_text:
            self.amount.setText(str(lines[self._meant].chosen) if lines else "")
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            if len(lines) == 1:
                self._take_amount()
        self._show_money()

    def _make_rows(self) -> None:
        assert self._choice is not None
        for old in self._rows:
            old.hide()
            old.deleteLater()
        self._rows = []
        for place, line in enumerate(self._choice.lines):
            row = ReturnRow(line, KEYS[place : place + 1] if line.step > 1 or len(self._choice.lines) > 1 else "")
            row.wanted.connect(lambda amount, place=place: self._choose(place, amount))
            self._list.insertWidget(place, row)
            self._rows.append(row)

    def _show_money(self) -> None:
        try:
            self._paybacks = self._choice.paybacks if self._choice else ()
        except PosError as error:
            self._paybacks = ()
            self._show_error(error)
        self._show_total(sum((each.amount for each in self._paybacks), ZERO))
        self._ways.setText(ways_words(self._paybacks))
        self.approval.renew()
        self._show_confirm()

    def _show_confirm(self) -> None:
        total = sum((each.amount for each in self._paybacks), ZERO)
        is_signed = self.approval.is_complete and not self._is_asking
        is_ready = bool(self._paybacks) and is_signed
        self.owed.setEnabled(is_signed)
        self.confirm.setEnabled(is_ready)
        self.exchange.setEnabled(is_ready)
        self.confirm.setText(self.tr("退货，退 %s") % total if is_ready else self.tr("退货"))

    # Doing it

    def _owe(self, refunds: tuple[Refund, ...]) -> None:
        """Offer in cash what Alipay refused to give back."""
        self._owed = refunds
        self.owed.setVisible(bool(refunds))
        if refunds:
            self.owed.setText(self.tr("支付宝没有退的 %s：改退现金") % refunds[0].amount)
            self._why.show()
        self.approval.renew()
        self._show_confirm()

    def _give_owed(self) -> None:
        if self._owed:
            first = self._owed[0]
            self._sign(lambda by: self._desk.give_owed(first, by, self._show_owed_given, self._show_error))

    def _show_owed_given(self, given: Refund) -> None:
        rest = self._owed[1:]
        self._forget()
        self._counter.drawer.opened.emit()
        self._verdict.say(refunded_words(given), hand_out_words(given.amount), "good")
        self._show_total(given.amount, is_given=True)
        self._owe(rest)
        self._counter.figures_changed.emit()

    def _asked(self) -> Asked | None:
        """What somebody has to say yes to: what would go back now."""
        cashier, choice = self._counter.cashier, self._choice
        if cashier and choice is None and self._owed:
            return Asked(Act.REFUND, cashier, self._owed[0].amount, self._owed[0].sale_id, self._reasons.chosen)
        if cashier is None or choice is None:
            return None
        total = sum((each.amount for each in self._paybacks), ZERO)
        if isinstance(choice, SaleChoice):
            return Asked(Act.REFUND, cashier, total, choice.of.sale.id, self._reasons.chosen)
        return Asked(Act.RETURN_WITHOUT_RECEIPT, cashier, total, reason=self._reasons.chosen)

    def _sign(self, then: Callable[[Signed], None]) -> None:
        """Have it approved, once, and go on."""
        if not (self._paybacks or self._owed) or self._is_asking or not self.approval.is_complete:
            return
        self._is_asking = True
        self._counter.hold.take(self)
        reason = self._reasons.chosen
        self._show_confirm()
        self._verdict.say(self.tr("正在办退货…"), "", "rest")
        self.approval.obtain(lambda by: then(Signed(by, reason)), self._show_error)

    def _give_back(self) -> None:
        choice = self._choice
        if isinstance(choice, SaleChoice):
            of, wanted = choice.of, dict(choice.wanted)
            self._sign(lambda by: self._desk.give_back(of, wanted, by, self._show_given, self._show_error))
        elif isinstance(choice, LooseChoice):
            cart, found = choice.cart.snapshot(), choice.found
            self._sign(
                lambda by: self._desk.give_back_unproven(cart, found, by, self._show_given, self._show_error)
            )  # fmt: skip

    def _begin_exchange(self) -> None:
        choice = self._choice
        if isinstance(choice, SaleChoice):
            cart = self._counter.cart.snapshot()
            wish = Exchange(choice.of, dict(choice.wanted), self._reasons.chosen, "", "")

            def pay_with(credit: Money) -> None:
                """Have what comes back pay for what goes out."""
                self._forget()
                self.exchanged.emit(cart.sale_id, credit)

            self._sign(lambda by: self._desk.exchange(cart, wish, by, pay_with, self._show_error))

    def _show_given(self, given: Given) -> None:
        self._forget()
        self._printing.print_return(given.made)
        self._slip.open(given.made)
        words = "\n".join((done_words(given), *(refunded_words(each) for each in given.refunds)))
        is_done = all(each.is_final and not each.refusal for each in given.refunds)
        self._verdict.say(words, hand_out_words(given.made.in_cash, given.made.on_card), "good" if is_done else "look")
        self._show_total(given.made.total, is_given=is_done)
        self._owe(tuple(each for each in given.refunds if each.state is RefundState.REFUSED))
        self._counter.figures_changed.emit()

    def _show_error(self, error: PosError) -> None:
        self._is_asking = False
        self._counter.hold.let_go(self)
        notice = notice_for(error)
        self._verdict.say(f"✕ {notice.words}", f"{notice.action} ({notice.code})", "stop")
        self._show_confirm()

    def _forget(self) -> None:
        self._choice, self._paybacks, self._meant = None, (), 0
        self._question.forget()
        self._is_asking = False
        self._counter.hold.let_go(self)
        for old in self._rows:
            old.hide()
            old.deleteLater()
        self._rows = []
        self._owed = ()
        for each in (self._paper, self._why, self.all, self.exchange, self.owed, self._slip):
            each.hide()
        self.approval.start()
        self.box.clear()
        self.amount.clear()
        self._show_total(ZERO)
        self._ways.setText("")
        self._show_confirm()

    def _show_total(self, amount: Money, *, is_given: bool = False) -> None:
        self._total_title.setText(self.tr("已退给顾客") if is_given else self.tr("退给顾客"))
        self._total.setText(str(amount))

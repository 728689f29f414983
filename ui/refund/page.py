"""Refund: which sale, how much, why, one button; and then what became of it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pos.domain.approval import Asked
from pos.domain.errors import PosError
from pos.domain.money import Money
from pos.domain.refund import Refund, Refundable, RefundState
from pos.domain.staff import Act
from ui import theme
from ui.approval.panel import ApprovalPanel
from ui.counter import Counter
from ui.desk import Desk, Wish
from ui.display import shop_time
from ui.hold import Question
from ui.keys.keymap import Press
from ui.messages import notice_for, refund_words
from ui.parts import button, label, named
from ui.printing.desk import PrintDesk
from ui.scanner_keys import no_input_method
from ui.stage import Stage
from ui.widgets.amount_field import AmountField
from ui.widgets.keypad import Keypad, type_key
from ui.widgets.reasons import Reasons
from ui.widgets.verdict import Verdict

LAST_SALES = 4


class RefundPage(QWidget):
    """Left the sale, right the amount; nothing can be pressed twice."""

    def __init__(self, counter: Counter, desk: Desk, printing: PrintDesk) -> None:
        super().__init__()
        self.setObjectName("refund_page")
        self._counter, self._desk, self._printing = counter, desk, printing
        self._of: Refundable | None = None
        self._all: list[Refundable] = []
        self._is_asking, self._question = False, Question()
        self.box = named(QLineEdit(), "refund_receipt")
        no_input_method(self.box)
        self.box.setPlaceholderText(self.tr("扫小票或输入小票号，按 Enter"))
        self.amount = AmountField("refund_amount")
        self.amount.setAccessibleName(self.tr("退多少"))
        self._sale = label("refund_sale", "", role="emphasis")
        self._verdict = Verdict("refund_result", "refund_customer")
        self._other = button("refund_other", self.tr("换另一笔"), role="quiet")
        self._whole = button("refund_whole", "", role="quiet")
        self.confirm = button("refund_confirm", "", role="primary", press=Press.TAKE)
        self._last = [button(f"refund_last_{place}", "", role="quiet") for place in range(LAST_SALES)]
        self._reasons = Reasons("refund_reason")
        self._reasons.offer((self.tr("商品有问题"), self.tr("顾客改变主意"), self.tr("多收了"), self.tr("其他")))
        self.approval = ApprovalPanel(counter, self._asked)
        self._lay_out()
        self._connect()
        self._forget()
        for each in self._last:
            each.hide()

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.addWidget(label("refund_title", self.tr("支付宝退款"), role="big"))
        left.addWidget(self.box)
        for words in (self._verdict.words, self._verdict.sentence):
            left.addWidget(words)
        left.addWidget(self._make_list())
        left.addWidget(self._make_sale())
        left.addStretch()
        back = button("refund_back", self.tr("返回退货"), role="quiet", press=Press.STOP)
        back.clicked.connect(lambda: self._counter.show(Stage.RETURN))
        left.addWidget(back)
        right = QVBoxLayout()
        right.addWidget(label("refund_amount_title", self.tr("退多少"), role="title"))
        right.addWidget(self.amount)
        right.addWidget(self._whole)
        right.addStretch()
        self._keypad = Keypad()
        right.addWidget(self._keypad)
        right.addWidget(self.confirm)
        layout = QHBoxLayout(self)
        layout.setSpacing(theme.px(24))
        layout.addLayout(left, 3)
        layout.addLayout(right, 2)

    def _make_list(self) -> QWidget:
        """The sales it is most likely about."""
        self._list = named(QWidget(), "refund_list")
        column = QVBoxLayout(self._list)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(label("refund_last_title", self.tr("这台柜台最近的支付宝销售"), role="title"))
        for each in self._last:
            column.addWidget(each)
        return self._list

    def _make_sale(self) -> QWidget:
        """The sale it is about, and why."""
        self._chosen = named(QWidget(), "refund_chosen")
        column, top = QVBoxLayout(self._chosen), QHBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        top.addWidget(self._sale, 3)
        top.addWidget(self._other, 1)
        column.addLayout(top)
        column.addWidget(self._reasons)
        column.addWidget(self.approval)
        return self._chosen

    def _connect(self) -> None:
        self._keypad.pressed.connect(self._on_keypad)
        self.amount.textChanged.connect(self._on_amount)
        self.approval.changed.connect(self._show_confirm)
        self.approval.ready.connect(self._give_back)
        self.confirm.clicked.connect(self._give_back)
        self._other.clicked.connect(self._show_other)
        self._whole.clicked.connect(lambda: self.amount.setText(self._of.left.yuan if self._of else ""))
        self._counter.number_seen.connect(self.find_sale)
        for place, each in enumerate(self._last):
            each.clicked.connect(
                lambda _checked=False, place=place: self.find_sale(self._desk.last_sales()[place].receipt_no)
            )

    def _on_keypad(self, key: str) -> None:
        type_key(self.approval.focused() or (self.amount if self._of else self.box), key)

    def open(self) -> None:
        """Start without a sale."""
        self._forget()
        self._list.show()
        self.box.clear()
        self._verdict.hide()
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)
        sales = self._desk.last_sales()[:LAST_SALES]
        for place, each in enumerate(self._last):
            each.setVisible(place < len(sales))
            if place < len(sales):
                each.setText(
                    f"{shop_time(sales[place].completed_at)}   {sales[place].total}   {sales[place].receipt_no}"
                )

    def press_enter(self) -> None:
        """Find the sale that is typed; when there is one, go on to what is missing, or pay back."""
        if self._of is None and (text := self.box.text().strip()):
            self.find_sale(text)
        elif self._of is not None and self.amount.amount is not None and not self.approval.is_complete:
            self.approval.go_on()
        elif self._of is not None:
            self._give_back()

    def find_sale(self, receipt_no: str) -> None:
        """Look for a sale, here and at the hub."""
        if self._counter.stage is Stage.REFUND and not self._is_asking:
            self._forget()
            self._list.hide()
            self.box.setText(receipt_no)
            self._verdict.say(self.tr("正在查找…"), "", "rest")
            answered = self._question.answered
            self._desk.find_sale(receipt_no, answered(self._show_sales), answered(self._show_missing))

    def _show_missing(self, error: PosError) -> None:
        """Say why there is no sale, with the box ready for another number and the last sales below it."""
        self._show_error(error)
        self._list.show()
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)
        self.box.selectAll()

    def _forget(self) -> None:
        self._of = None
        self._question.forget()
        self._is_asking = False
        self._counter.hold.let_go(self)
        self._chosen.hide()
        self.amount.clear()
        self.approval.start()
        self._whole.setVisible(False)
        self._show_confirm()

    def _show_sales(self, found: list[Refundable]) -> None:
        """Show the first payment of which something is left; a sale that was shared has others."""
        self._all = found
        self._show_sale(next((each for each in found if each.left), found[0]))

    def _show_other(self) -> None:
        if self._of in self._all and not self._is_asking:
            self.amount.clear()
            self._show_sale(self._all[(self._all.index(self._of) + 1) % len(self._all)])

    def _show_sale(self, of: Refundable) -> None:
        self._of = of
        self.approval.renew()
        self._other.setVisible(len(self._all) > 1)
        self._list.hide()
        self._chosen.show()
        self._verdict.hide()
        lines = [
            self.tr("小票 %s") % of.receipt_no,
            self.tr("支付宝付了 %s，已退 %s，还可以退 %s") % (of.paid, of.refunded, of.left),
        ]
        if len(self._all) > 1:
            place = self._all.index(of) + 1
            lines.insert(1, self.tr("支付宝付了 %d 次，这是第 %d 次") % (len(self._all), place))
        if of.till_name not in {"", self._counter.till_name}:
            lines.append(self.tr("这一笔是柜台 %s 收的") % of.till_name)
        self._sale.setText("\n".join(lines))
        self._whole.setText(self.tr("全部 %s") % of.left)
        self._whole.setVisible(bool(of.left))
        self.amount.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_confirm()

    def _asked(self) -> Asked | None:
        """What somebody has to say yes to: any refund at all, until it is known how much."""
        cashier, of = self._counter.cashier, self._of
        if cashier is None or of is None:
            return None
        return Asked(Act.REFUND, cashier, self.amount.amount or of.left, of.sale_id, self._reasons.chosen)

    def _on_amount(self) -> None:
        self.approval.renew()
        self._show_confirm()

    def _show_confirm(self) -> None:
        amount = self.amount.amount
        is_whole = self._of is not None and amount is not None and self.approval.is_complete
        is_ready = is_whole and not self._is_asking
        self.confirm.setEnabled(is_ready)
        self.confirm.setText(self.tr("退 %s 到支付宝") % amount if is_ready else self.tr("退款"))

    def _give_back(self) -> None:
        of, amount, asked = self._of, self.amount.amount, self._asked()
        if of is None or amount is None or asked is None or self._is_asking or not self.approval.is_complete:
            return
        self._is_asking = True
        self._counter.hold.take(self)
        self._show_confirm()
        self._verdict.say(self.tr("正在退款 %s…") % amount, "", "rest")
        self.approval.obtain(
            lambda by: self._desk.give_back(Wish(by, of, amount, asked.reason), self._show_refund, self._show_error),
            self._show_error,
        )

    def _show_refund(self, made: Refund) -> None:
        self._forget()
        amount: Money = made.amount
        if made.state is RefundState.DONE:
            self._verdict.say(self.tr("✓ %s 已退回顾客支付宝") % amount, self.tr("请顾客看支付宝账单"), "good")
        elif made.refusal:
            cashier, customer = refund_words(made.refusal)
            self._verdict.say(f"✕ {cashier}", self.tr("请对顾客说：%s") % customer, "stop")
        else:
            words = self.tr("… %s 正在退回，柜台会自动办完；进度在“支付查询”里") % amount
            self._verdict.say(words, self.tr("请对顾客说：钱会退回支付宝，不用等"), "look")
        if made.state is not RefundState.REFUSED:
            self._printing.print_refund(made)
        self._counter.figures_changed.emit()

    def _show_error(self, error: PosError) -> None:
        self._is_asking = False
        self._counter.hold.let_go(self)
        notice = notice_for(error)
        self._verdict.say(f"✕ {notice.words}", notice.action, "stop")
        self._show_confirm()

"""Payments: what became of a payment, by the bar code of the customer's bill; and everything that is still open."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from pos.domain.errors import PosError
from pos.domain.payment import AttemptState, PaymentAttempt
from pos.domain.refund import Refund
from pos.domain.sale import TenderKind
from pos.till.review import Finding
from ui import theme
from ui.counter import Counter
from ui.desk import Desk
from ui.keys.keymap import Press
from ui.messages import notice_for
from ui.parts import button, label, named
from ui.review.words import open_words, verdict_words
from ui.scanner_keys import no_input_method
from ui.stage import Stage
from ui.widgets.verdict import Verdict


class ReviewPage(QWidget):
    """A box for a number, one big sentence, and a list of what is open."""

    def __init__(self, counter: Counter, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("review_page")
        self._counter, self._desk = counter, desk
        self.box = named(QLineEdit(), "review_number")
        no_input_method(self.box)
        self.box.setPlaceholderText(self.tr("扫顾客支付宝账单里的条码，或输入订单号、小票号"))
        self._verdict = Verdict("review_verdict", "review_customer")
        self._title = label("review_open_title", "", role="title")
        self._rows = QVBoxLayout()
        self._lay_out()
        counter.number_seen.connect(self.ask)
        counter.figures_changed.connect(self._refresh)

    def _lay_out(self) -> None:
        ask = button("review_ask", self.tr("查询"), role="primary", press=Press.TAKE)
        ask.clicked.connect(self.press_enter)
        back = button("review_back", self.tr("返回柜台"), role="quiet", press=Press.STOP)
        back.clicked.connect(lambda: self._counter.show(Stage.SELL))
        top = QHBoxLayout()
        top.addWidget(self.box, 3)
        top.addWidget(ask, 1)
        inside = named(QWidget(), "review_list")
        inside.setLayout(self._rows)
        self._rows.addStretch()
        paper = named(QScrollArea(widgetResizable=True), "review_paper")
        paper.setWidget(inside)
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.px(12))
        layout.addWidget(label("review_title", self.tr("支付查询"), role="big"))
        layout.addLayout(top)
        layout.addWidget(self._verdict.words)
        layout.addWidget(self._verdict.sentence)
        layout.addWidget(self._title)
        layout.addWidget(paper, 1)
        layout.addWidget(back)

    def open(self) -> None:
        """Start with an empty box and the list as it is now."""
        self.box.clear()
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)
        self._verdict.hide()
        self._show_open()

    def press_enter(self) -> None:
        """Ask about what is typed."""
        if text := self.box.text().strip():
            self.ask(text)

    def ask(self, number: str) -> None:
        """Ask about a number, whoever read it."""
        if self._counter.stage is Stage.REVIEW:
            self.box.setText(number)
            self._verdict.say(self.tr("正在查询…"), "", "rest")
            self._desk.look_up(number, self._show_finding, self._show_error)

    def _show_finding(self, found: Finding) -> None:
        words, customer = verdict_words(found)
        self._verdict.say(words, self.tr("请对顾客说：%s") % customer, "good" if words.startswith("✓") else "look")
        self.box.selectAll()
        self._show_open()

    def _show_error(self, error: PosError) -> None:
        notice = notice_for(error)
        self._verdict.say(f"✕ {notice.words}", notice.action, "stop")

    def _refresh(self) -> None:
        if self.isVisible():
            self._show_open()

    def _show_open(self) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        found = self._desk.open_payments()
        open_ones: list[PaymentAttempt | Refund] = [*found.attempts, *found.refunds]
        for each in sorted(open_ones, key=lambda one: not self._desk.needs_review(one)):
            self._rows.addWidget(self._row(each))
        self._rows.addStretch()
        count = len(open_ones)
        self._title.setText(self.tr("还没有结束的：%d 笔") % count if count else self.tr("✓ 没有未结束的支付和退款"))

    def _row(self, found: PaymentAttempt | Refund) -> QFrame:
        row = named(QFrame(), "review_row")
        row.setProperty("role", "alarm" if self._desk.needs_review(found) else "card")
        is_cash = isinstance(found, PaymentAttempt) and found.kind is TenderKind.CASH
        do = self._cash_button(found) if isinstance(found, PaymentAttempt) and is_cash else self._ask_button(found)
        layout = QHBoxLayout(row)
        layout.addWidget(label("review_row_words", open_words(found)), 1)
        layout.addWidget(do)
        return row

    def _ask_button(self, found: PaymentAttempt | Refund) -> QPushButton:
        ask = button("review_row_ask", self.tr("按订单号查询"), role="quiet")
        ask.clicked.connect(lambda: self.ask(found.out_trade_no))
        return ask

    def _cash_button(self, found: PaymentAttempt) -> QPushButton:
        """Cash has nobody to ask: the cashier hands it back, and says so."""
        is_going = found.state is AttemptState.CANCELLING
        back = button("review_row_cash", self.tr("已退给顾客") if is_going else self.tr("退回现金"), role="quiet")
        back.clicked.connect(lambda: self._desk.give_cash_back(found, self._on_cash, self._show_error))
        return back

    def _on_cash(self, _part: PaymentAttempt) -> None:
        self._counter.parts.look(self._counter.cart.sale_id)  # the drawer opens for what is to be handed back
        self._counter.figures_changed.emit()
        self._show_open()

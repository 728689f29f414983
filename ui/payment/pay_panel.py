"""Pay: how much is due, which tenders can take it, which cannot and why."""

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.gateway import Reach
from pos.domain.money import ZERO, Money
from pos.domain.payment import PaymentAttempt
from pos.till.cash import likely_amounts
from pos.till.pay import Refused
from ui import theme
from ui.counter import Counter
from ui.display import shop_time
from ui.keys.keymap import Press
from ui.messages import customer_words, notice_for
from ui.parts import button, dress, label
from ui.payment.parts_list import PartsList
from ui.stage import Said, Word
from ui.widgets.amount_field import AmountField

QUICK = (Press.EXACT, Press.QUICK_1, Press.QUICK_2, Press.QUICK_3)
"""Cash by one key: what is due, then what it rounds up to."""
QUICK_BESIDE_PARTS = 2
MUCH_CHANGE = Money(10_000)
"""So much goes back for no note there is: a customer would have kept one; it is sooner a wrong key, and asked about."""
ALIPAY_PX = 126
"""Of three rows of words: what is below does not move while somebody types."""


class PayPanel(QWidget):
    """An invitation to show the Alipay code, a button that shows ours, and cash by quick amounts or typed."""

    def __init__(self, counter: Counter) -> None:
        super().__init__()
        self.setObjectName("pay_panel")
        self._counter = counter
        self.cash = AmountField("cash_amount")
        self.cash.setPlaceholderText(self.tr("收到现金"))
        self._change = label("cash_change", "", role="emphasis")
        self._quick = [
            button(f"cash_{n}" if n else "cash_exact", "", role="quiet", press=press) for n, press in enumerate(QUICK)
        ]
        self._alipay = label("alipay_invitation", "", role="alipay")
        self._qr = button("show_qr", self.tr("出示收款码"), role="alipay", press=Press.SHOW_QR)
        self._customer = label("customer_sentence", "", role="sentence")
        back = button("back_to_goods", self.tr("返回加商品"), role="quiet", press=Press.STOP)
        self._parts = PartsList(counter)
        self._agreed: Money | None = None
        self._returning: PaymentAttempt | None = None
        layout = QVBoxLayout(self)
        layout.addWidget(self._customer)
        layout.addWidget(self._parts)
        ways = QHBoxLayout()
        ways.addWidget(self._alipay, 3)
        ways.addWidget(self._qr, 2)
        self._alipay.setFixedHeight(theme.px(ALIPAY_PX))
        layout.addLayout(ways)
        layout.addWidget(label("cash_title", self.tr("现金（只付一部分，就输入那一部分）"), role="title"))
        layout.addLayout(self._make_quick_grid())
        layout.addWidget(self.cash)
        layout.addWidget(self._change)
        layout.addStretch()
        layout.addWidget(back)
        self.cash.textChanged.connect(self._on_typed)
        counter.parts.changed.connect(self._on_parts)
        self._qr.clicked.connect(counter.show_qr)
        counter.line_changed.connect(self._show_alipay)
        counter.refused.connect(self._show_refused)
        counter.noticed.connect(self._forget_first)
        back.clicked.connect(counter.back_to_goods)
        for place, each in enumerate(self._quick):
            each.clicked.connect(lambda _checked=False, place=place: self.take_quick(place))

    def offer_ways(self, is_free: bool) -> None:  # noqa: FBT001  (what it is called with says it)
        """Let money be taken, or not while a question is open."""
        for each in (*self._quick, self._qr):
            each.setEnabled(is_free)

    def open(self) -> None:
        """Show what is due now."""
        self.cash.clear()
        self._customer.hide()
        self._on_parts()

    def _on_parts(self) -> None:
        """Show what is taken already, and amounts for the rest."""
        self._parts.show_parts()
        limit = len(QUICK) if self._parts.is_empty else QUICK_BESIDE_PARTS
        self._amounts = likely_amounts(self._counter.cash_due, limit=limit)
        for place, each in enumerate(self._quick):
            each.setVisible(place < len(self._amounts))
            if place < len(self._amounts):
                text = self.tr("正好 %s") % self._amounts[0] if place == 0 else str(self._amounts[place])
                each.setText(text)
        self._on_typed()

    def confirm(self) -> None:
        """Take the typed cash; nothing typed takes nothing, and less than is due only when it is said twice."""
        amount, due = self.cash.amount, self._counter.cash_due
        if amount is None or (amount == ZERO and due):
            self._ask(Said(Word.CASH_FIRST))
        elif amount >= due + MUCH_CHANGE and self._agreed != amount:
            self._agreed = amount
            self._ask(Said(Word.MUCH_CASH, amount, str(amount - due)))
        elif amount >= due:
            self._counter.pay_cash(amount)
        elif self._agreed == amount:
            self._counter.take_cash_part(amount)
        else:
            self._agreed = amount
            self._ask(Said(Word.PART_FIRST, amount, str(self._counter.due - amount)))

    def _ask(self, what: Said) -> None:
        """Say why it is not taken yet; the next digit begins another amount."""
        self._counter.say(what)
        self.cash.selectAll()

    def take_exact(self) -> None:
        """Take exactly what is due."""
        self._counter.pay_cash(self._counter.cash_due)

    def take_quick(self, place: int) -> None:
        """Take one of the amounts on the buttons, if there is one in that place; 0 is exactly what is due."""
        if place < len(self._amounts):
            self._counter.pay_cash(self._amounts[place])

    def give_back_last(self) -> None:
        """Give back the part listed last, or say that its cash is back; only when it is said twice."""
        parts = self._counter.parts
        listed = parts.standing.paid or parts.to_hand_back
        if not listed or parts.is_busy or self._counter.box.must_decide():
            return
        last = listed[-1]
        if self._returning != last:
            self._returning = last
            word = Word.GIVE_BACK_FIRST if parts.standing.paid else Word.HANDED_BACK_FIRST
            self._counter.say(Said(word, last.amount))
        elif parts.standing.paid:
            parts.give_back(last)
        else:
            parts.handed_back(last)

    def _forget_first(self, what: object) -> None:
        """A press is the second one only while the question of the first is what was said last."""
        if not (isinstance(what, Said) and what.word in {Word.GIVE_BACK_FIRST, Word.HANDED_BACK_FIRST}):
            self._returning = None

    def _on_typed(self) -> None:
        """What is typed is cash to be, or what Alipay is to bring: the words say which key does what."""
        self._agreed = self._returning = None
        self._counter.asked = self.cash.amount
        self._show_change()
        self._show_alipay()

    def _show_alipay(self, _reach: Reach | None = None) -> None:
        """Offer what can take money now, and say why not and since when if Alipay cannot."""
        reach, back = self._counter.reach, self._counter.cart.to_return
        is_on = self._counter.can_take_alipay and not reach.is_down and not back
        is_trouble = not back and (reach.is_down or self._counter.alipay_trouble is not None)
        amount = self._counter.next_amount
        if back:
            words = self.tr("换货：不用收款，退给顾客 %s") % back
        elif is_on and amount < self._counter.due:
            words = self.tr("支付宝：扫到付款码只收 %s，其余另付") % amount
        elif is_on:
            words = self.tr("支付宝：请顾客出示付款码，扫到就收款")
        elif self._counter.alipay_trouble is not None:
            notice = notice_for(self._counter.alipay_trouble)
            words = f"{notice.words} {notice.action}"
        elif not self._counter.can_take_alipay:
            words = self.tr("支付宝没有开通：请店长在设置里填写商户号")
        elif reach.answered_at:
            words = self.tr("支付宝连不上（%s 还正常）：请收现金，恢复后自动可用") % shop_time(reach.answered_at)
        else:
            words = self.tr("支付宝连不上：请收现金，恢复后自动可用")
        self._alipay.setText(f"⚠ {words}" if is_trouble else words)
        dress(self._alipay, "role", "alipay" if is_on else "sentence" if is_trouble else "off")
        self._qr.setVisible(is_on)

    def _show_refused(self, refused: Refused) -> None:
        """Give the cashier the sentence for the customer, to read out."""
        words = customer_words(refused)
        self._customer.setText(self.tr("请对顾客说：%s") % words)
        self._customer.show()

    def _make_quick_grid(self) -> QGridLayout:
        grid = QGridLayout()
        for place, each in enumerate(self._quick):
            grid.addWidget(each, place // 2, place % 2)
        return grid

    def _show_change(self) -> None:
        given: Money | None = self.cash.amount
        due = self._counter.cash_due
        if given is None or given == ZERO:
            self._change.setText("")
        elif given < due:
            self._change.setText(self.tr("还差 %s") % (due - given))
        else:
            self._change.setText(self.tr("找零 %s") % (given - due))
        self._change.setVisible(bool(self._change.text()))

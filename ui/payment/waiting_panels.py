"""While Alipay is being asked: what is happening, how long is left, how to stop."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.domain.money import Money
from pos.domain.payment import PaymentAttempt, Way
from pos.domain.sale import TenderKind
from ui.counter import Counter
from ui.keys.keymap import Press
from ui.parts import button, label
from ui.stage import Said, Stage, Word


class AskingPanel(QWidget):
    """A request is under way: nothing to press, something to read."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("asking_panel")
        self._words = label("asking_words", "", role="big")
        self._amount = label("asking_amount", "", role="amount")
        told = self.tr("网络慢的时候要等半分钟；不要让顾客再付。下一位要等这一笔有结果。")
        advice = label("asking_advice", told, role="advice")
        layout = QVBoxLayout(self)
        layout.addStretch()
        for each in (self._words, self._amount, advice):
            each.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.addWidget(each)
        layout.addStretch()

    def open(self, stage: Stage, amount: Money) -> None:
        """Say which request, and over how much."""
        self._words.setText(self.tr("正在停止收款…") if stage is Stage.STOPPING else self.tr("正在收款…"))
        self._amount.setText(str(amount))


class WaitingPanel(QWidget):
    """The customer is confirming on the phone, or (unknown) nobody knows yet."""

    def __init__(self, counter: Counter, *, is_unknown: bool) -> None:
        super().__init__()
        kind = "unknown" if is_unknown else "waiting"
        self.setObjectName(f"{kind}_panel")
        self._is_unknown = is_unknown
        self._title = label(f"{kind}_title", self._title_text(), role="warn" if is_unknown else "big")
        self._amount = label(f"{kind}_amount", "", role="amount")
        self._advice = label(f"{kind}_advice", self._advice_text(), role="advice")
        self._left = label(f"{kind}_left", "", role="emphasis")
        waits = self.tr("下一位要等这一笔有结果；不等了就停止收款，不会多扣顾客的钱。")
        self._next = label(f"{kind}_next", waits, role="advice")
        query = button("query_now", self.tr("马上查询"), role="quiet", press=Press.QUERY)
        stop = button("stop_waiting", self.tr("停止收款"), role="danger", press=Press.STOP)
        query.clicked.connect(counter.query_now)
        stop.clicked.connect(counter.stop_waiting)
        counter.seconds_left.connect(self._show_left)
        layout = QVBoxLayout(self)
        for each in (self._title, self._amount, self._left, self._advice, self._next):
            each.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.addWidget(each)
        layout.addStretch()
        layout.addWidget(query)
        layout.addWidget(stop)

    def open(self, amount: Money) -> None:
        """Show how much is being asked for."""
        self._amount.setText(str(amount))

    def _show_left(self, seconds: int) -> None:
        text = self.tr("还在查询，最多再等 %d 秒") if self._is_unknown else self.tr("顾客还有 %d 秒确认")
        self._left.setText(text % seconds)

    def show_way(self, way: Way, *, is_shown: bool, is_scanned: bool) -> None:
        """Say where a code of ours is: before the customer, or put away since the till was started again."""
        title, advice = self._title_text(), self._advice_text()
        if is_shown and not is_scanned:
            title, advice = self.tr("收款码在顾客屏上，等顾客扫码"), self.tr("收到钱会自动完成，不用按键。")
        elif way is Way.MERCHANT_QR and not is_shown:
            advice = self.tr("收款码已经收起，不会再出示。") + advice
        self._title.setText(title)
        self._advice.setText(advice)

    def _title_text(self) -> str:
        return self.tr("⚠ 结果还不知道：不要让顾客再付") if self._is_unknown else self.tr("请顾客在手机上确认付款")

    def _advice_text(self) -> str:
        if self._is_unknown:
            return self.tr("柜台每 3 秒自动查询一次。时间到了没有收到钱，会自动撤销，已扣的款退回顾客。")
        return self.tr("顾客可能要输入密码。收到钱会自动完成，不用按键。")


class MoneyHerePanel(QWidget):
    """Money came while the till was away: finish the sale, or give it back."""

    def __init__(self, counter: Counter) -> None:
        super().__init__()
        self.setObjectName("money_here_panel")
        self._amount = label("money_here_amount", "", role="amount")
        finish = button("finish_paid", self.tr("完成这笔销售"), role="primary", press=Press.TAKE)
        self._counter, self._returning = counter, ""
        back = button("give_back", self.tr("退回给顾客"), role="danger", press=Press.VOID_LINE)
        finish.clicked.connect(counter.finish_paid)
        back.clicked.connect(counter.give_back)
        counter.noticed.connect(self._forget_first)
        layout = QVBoxLayout(self)
        self._title = label("money_here_title", "", role="warn")
        layout.addWidget(self._title)
        layout.addWidget(self._amount)
        layout.addWidget(
            label("money_here_advice", self.tr("顾客还在：完成销售。顾客走了：退回给顾客。"), role="advice")
        )
        layout.addStretch()
        layout.addWidget(finish)
        layout.addWidget(back)

    def _forget_first(self, what: object) -> None:
        """A press is the second one only while the question of the first is what was said last."""
        if not (isinstance(what, Said) and what.word is Word.GIVE_BACK_FIRST):
            self._returning = ""

    def press_give_back(self) -> None:
        """Give it back by the key; only when it is said twice."""
        attempt = self._counter.attempt
        if attempt and self._returning != attempt.id:
            self._returning = attempt.id
            self._counter.say(Said(Word.GIVE_BACK_FIRST, attempt.amount))
        elif attempt:
            self._counter.give_back()

    def open(self, attempt: PaymentAttempt) -> None:
        """Show how much came, and how."""
        self._returning = ""
        is_cash = attempt.kind is TenderKind.CASH
        who = self.tr("现金已经收了，销售还没完成") if is_cash else self.tr("支付宝已经收到这笔钱，销售还没完成")
        self._title.setText(f"⚠ {who}")
        self._amount.setText(str(attempt.amount))

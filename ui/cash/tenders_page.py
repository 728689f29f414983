"""Tenders page: a finished sale that was rung up as the wrong kind of payment is said anew."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.approval import Asked
from pos.domain.correction import Correction
from pos.domain.errors import PosError
from pos.domain.sale import BY_WORD, Sale, TenderKind
from pos.domain.staff import Act, By
from ui import theme
from ui.approval.panel import ApprovalPanel
from ui.cash.desk import Mending
from ui.cash.words import mending_reasons, tender_words
from ui.counter import Counter
from ui.display import shop_time
from ui.keys.keymap import Press
from ui.messages import notice_for
from ui.parts import button, dress, label, named
from ui.stage import Said, Stage, Word
from ui.widgets.keypad import Keypad, type_key
from ui.widgets.reasons import Reasons

ROWS = 5


class TendersPage(QWidget):
    """The last payments that stand on the cashier's word; one of them, and what it really was."""

    def __init__(self, counter: Counter) -> None:
        super().__init__()
        self.setObjectName("tenders_page")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._counter = counter
        self._listed: list[tuple[Sale, int]] = []
        self._chosen: tuple[Sale, int] | None = None
        self._is_asking = False
        self._rows = [button(f"tenders_row_{place}", "", role="quiet") for place in range(ROWS)]
        self._none = label("tenders_none", self.tr("最近没有现金或银行卡的销售"), role="advice")
        self._what = label("tenders_what", "", role="emphasis")
        self._result = label("tenders_result", "", role="verdict")
        self._reasons = Reasons("tenders_reason")
        self.approval = ApprovalPanel(counter, self._asked)
        self.confirm = button("tenders_confirm", self.tr("改付款方式"), role="primary", press=Press.TAKE)
        self._lay_out(Keypad())
        self._connect()
        for each in (*self._rows, self._about, self._result):
            each.hide()

    def _lay_out(self, keypad: Keypad) -> None:
        left = QVBoxLayout()
        left.setSpacing(theme.px(8))
        left.addWidget(label("tenders_title", self.tr("改付款方式：按数字或点一下要改的"), role="big"))
        for each in (*self._rows, self._none, self._result):
            left.addWidget(each)
        left.addWidget(self._make_chosen())
        left.addStretch()
        back = button("tenders_back", self.tr("返回"), role="quiet", press=Press.STOP)
        back.clicked.connect(lambda: self._counter.show(Stage.DRAWER))
        left.addWidget(back)
        right = QVBoxLayout()
        right.addStretch()
        right.addWidget(keypad)
        right.addWidget(self.confirm)
        layout = QHBoxLayout(self)
        layout.setSpacing(theme.px(24))
        layout.addLayout(left, 3)
        layout.addLayout(right, 2)
        keypad.pressed.connect(self._on_keypad)

    def _make_chosen(self) -> QWidget:
        self._about = named(QWidget(), "tenders_chosen")
        column = QVBoxLayout(self._about)
        column.setContentsMargins(0, 0, 0, 0)
        for each in (self._what, self._reasons, self.approval):
            column.addWidget(each)
        return self._about

    def _connect(self) -> None:
        for place, row in enumerate(self._rows):
            row.clicked.connect(lambda _checked=False, place=place: self._choose(place))
        self._reasons.changed.connect(self._on_changed)
        self.approval.changed.connect(self._show_confirm)
        self.approval.ready.connect(self._do)
        self.confirm.clicked.connect(self._do)

    def open(self) -> None:
        """List what may be corrected."""
        self._chosen, self._is_asking = None, False
        self._listed = self._counter.drawer.correctable()[:ROWS]
        for place, row in enumerate(self._rows):
            row.setVisible(place < len(self._listed))
            if place < len(self._listed):
                row.setText(_row_words(place + 1, *self._listed[place]))
        self._none.setVisible(not self._listed)
        self._about.hide()
        self._result.hide()
        self._reasons.offer(mending_reasons())
        self.approval.start()
        self._show_confirm()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def press_enter(self) -> None:
        """Go on to what is missing, or do it."""
        if self._mending() is not None and not self.approval.go_on():
            self._do()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  (Qt's name)
        """Choose a payment by its digit, the reason by the arrows."""
        place = "12345".find(event.text()) if event.text() else -1
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if place >= 0 and self._chosen is None:
            self._choose(place)
        elif step and self._chosen:
            self._reasons.step(step)
        else:
            super().keyPressEvent(event)

    def _on_keypad(self, key: str) -> None:
        if (box := self.approval.focused()) is not None:
            type_key(box, key)
        elif key in "12345" and self._chosen is None:
            self._choose(int(key) - 1)

    def _choose(self, place: int) -> None:
        if place >= len(self._listed):
            return
        self._chosen = self._listed[place]
        for row in self._rows:
            row.hide()
        self._about.show()
        mending = self._mending()
        assert mending is not None
        sale, number = self._chosen
        was, now = tender_words(sale.tenders[number - 1].kind), tender_words(mending.to)
        words = self.tr("小票 %s：%s 从“%s”改成“%s”")
        self._what.setText(words % (sale.receipt_no, sale.tenders[number - 1].amount, was, now))
        self._on_changed()
        self.approval.go_on()

    def _mending(self) -> Mending | None:
        if self._chosen is None:
            return None
        sale, number = self._chosen
        return Mending(sale, number, other_kind(sale.tenders[number - 1].kind), self._reasons.chosen)

    def _asked(self) -> Asked | None:
        mending, cashier = self._mending(), self._counter.cashier
        if mending is None or cashier is None:
            return None
        amount = mending.sale.tenders[mending.tender_no - 1].amount
        return Asked(Act.CORRECT_TENDER, cashier, amount, mending.sale.id, mending.reason)

    def _on_changed(self) -> None:
        self.approval.renew()
        self._show_confirm()

    def _show_confirm(self) -> None:
        self.confirm.setEnabled(self._chosen is not None and self.approval.is_complete and not self._is_asking)

    def _do(self) -> None:
        mending = self._mending()
        if mending is None or self._is_asking or not self.approval.is_complete:
            return
        self._is_asking = True
        self._counter.hold.take(self)
        self._show_confirm()
        self._say(self.tr("正在改，请等几秒…"), "")
        self.approval.obtain(lambda by: self._correct(mending, by), self._complain)

    def _correct(self, mending: Mending, by: By) -> None:
        self._counter.drawer.correct(mending, by, self._on_corrected, self._complain)

    def _on_corrected(self, made: Correction) -> None:
        self._is_asking = False
        self._counter.hold.let_go(self)
        self._counter.show(Stage.SELL)
        said = Said(Word.TENDER_CORRECTED, made.amount, f"{tender_words(made.was)} → {tender_words(made.now)}")
        self._counter.noticed.emit(said)
        self._counter.figures_changed.emit()

    def _complain(self, error: PosError) -> None:
        self._is_asking = False
        self._counter.hold.let_go(self)
        notice = notice_for(error)
        self._say(f"✕ {notice.words}\n{notice.action} ({notice.code})", "stop")
        self.approval.renew()
        self._show_confirm()

    def _say(self, words: str, kind: str) -> None:
        self._result.setText(words)
        dress(self._result, "kind", kind)
        self._result.show()


def other_kind(kind: TenderKind) -> TenderKind:
    """Return what a payment was if it was not this: there are two that stand on the cashier's word."""
    (other,) = BY_WORD - {kind}
    return other


def _row_words(digit: int, sale: Sale, number: int) -> str:
    tender = sale.tenders[number - 1]
    return f"{digit}   {shop_time(sale.completed_at)}   {tender_words(tender.kind)} {tender.amount}   {sale.receipt_no}"

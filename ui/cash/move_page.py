"""Move page: cash goes in, out or into the safe, or the drawer is opened: how much, why, and who said yes."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.approval import Asked
from pos.domain.cash import CashKind, CashMove
from pos.domain.errors import PosError
from pos.domain.money import ZERO, Money
from pos.domain.staff import By
from ui import theme
from ui.approval.panel import ApprovalPanel
from ui.cash.desk import Moving
from ui.cash.words import kind_words, reasons_of
from ui.counter import Counter
from ui.keys.keymap import Press
from ui.messages import notice_for
from ui.parts import button, dress, label
from ui.stage import Said, Stage, Word
from ui.widgets.amount_field import AmountField
from ui.widgets.keypad import Keypad, type_key
from ui.widgets.reasons import Reasons


class CashMovePage(QWidget):
    """Left why, right how much; nothing can be pressed twice."""

    def __init__(self, counter: Counter) -> None:
        super().__init__()
        self.setObjectName("cash_move_page")
        self._counter = counter
        self.kind = CashKind.IN
        self._is_asking = False
        self._title = label("cash_title", "", role="big")
        self._purpose = label("cash_purpose", "", role="advice")
        self._result = label("cash_result", "", role="verdict")
        self._reasons = Reasons("cash_reason")
        self.amount = AmountField("cash_amount")
        self._amount_title = label("cash_amount_title", self.tr("金额"), role="title")
        self.approval = ApprovalPanel(counter, self._asked)
        self.confirm = button("cash_confirm", "", role="primary", press=Press.TAKE)
        self.back = button("cash_back", self.tr("返回"), role="quiet", press=Press.STOP)
        self._lay_out(Keypad())
        self._connect()

    def _lay_out(self, keypad: Keypad) -> None:
        left = QVBoxLayout()
        left.setSpacing(theme.px(16))
        for each in (self._title, self._purpose, self._result):
            left.addWidget(each)
        left.addWidget(label("cash_reason_title", self.tr("原因（↑ ↓ 选）"), role="title"))
        left.addWidget(self._reasons)
        left.addWidget(self.approval)
        left.addStretch()
        left.addWidget(self.back)
        right = QVBoxLayout()
        right.addWidget(self._amount_title)
        right.addWidget(self.amount)
        right.addStretch()
        right.addWidget(keypad)
        right.addWidget(self.confirm)
        layout = QHBoxLayout(self)
        layout.setSpacing(theme.px(24))
        layout.addLayout(left, 3)
        layout.addLayout(right, 2)
        keypad.pressed.connect(lambda key: type_key(self.approval.focused() or self.amount, key))

    def _connect(self) -> None:
        self.amount.textChanged.connect(self._on_changed)
        self._reasons.changed.connect(self._on_changed)
        self.approval.changed.connect(self._show_confirm)
        self.approval.ready.connect(self._do)
        self.confirm.clicked.connect(self._do)
        self.back.clicked.connect(lambda: self._counter.show(Stage.DRAWER))

    def open(self) -> None:
        """Start with nothing typed."""
        self._is_asking = False
        name, purpose = kind_words(self.kind)
        self._title.setText(name)
        self._purpose.setText(purpose)
        self._result.hide()
        self._reasons.offer(reasons_of(self.kind))
        is_opened = self.kind is CashKind.OPENED
        for each in (self.amount, self._amount_title):
            each.setVisible(not is_opened)
        self.amount.setAccessibleName(name)
        self.amount.clear()
        self.approval.start()
        self._show_confirm()
        if is_opened:
            self.approval.go_on()
        else:
            self.amount.setFocus(Qt.FocusReason.OtherFocusReason)

    def press_enter(self) -> None:
        """Go on to what is missing, or do it."""
        if self._moving() is not None and not self.approval.go_on():
            self._do()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  (Qt's name)
        """Choose the reason by the arrows."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if step:
            self._reasons.step(step)
        else:
            super().keyPressEvent(event)

    def _moving(self) -> Moving | None:
        """What is to be done, as typed; None while it is nothing yet."""
        if self.kind is CashKind.OPENED:
            return Moving(self.kind, ZERO, self._reasons.chosen)
        amount: Money | None = self.amount.amount
        return Moving(self.kind, amount, self._reasons.chosen) if amount else None

    def _asked(self) -> Asked | None:
        moving, cashier = self._moving(), self._counter.cashier
        if moving is None or cashier is None:
            return None
        return Asked(self.kind.act, cashier, moving.amount, reason=moving.reason)

    def _on_changed(self) -> None:
        self.approval.renew()
        self._show_confirm()

    def _show_confirm(self) -> None:
        moving = self._moving()
        self.confirm.setEnabled(moving is not None and self.approval.is_complete and not self._is_asking)
        name = kind_words(self.kind)[0]
        self.confirm.setText(f"{name} {moving.amount}" if moving and moving.amount else name)

    def _do(self) -> None:
        moving = self._moving()
        if moving is None or self._is_asking or not self.approval.is_complete:
            return
        self._is_asking = True
        self._counter.hold.take(self)
        self._show_confirm()
        self._say(self.tr("正在记下，请等几秒…"), "")
        self.approval.obtain(lambda by: self._move(moving, by), self._complain)

    def _move(self, moving: Moving, by: By) -> None:
        self._counter.drawer.move(moving, by, self._on_moved, self._complain)

    def _on_moved(self, move: CashMove) -> None:
        """Open the drawer, and go back to the goods with a word about it."""
        self._is_asking = False
        self._counter.hold.let_go(self)
        self._counter.drawer.opened.emit()
        self._counter.show(Stage.SELL)
        self._counter.noticed.emit(Said(Word.CASH_MOVED, reason=_told(move)))
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


def _told(move: CashMove) -> str:
    name = kind_words(move.kind)[0]
    return f"{name} {move.amount}" if move.amount else name

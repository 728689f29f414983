"""Answer page: another till asks over the telephone; what was told is typed, and six digits are read back."""

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QRegularExpressionValidator
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from pos.domain.approval import CHALLENGE_DIGITS, ByPin, Told
from pos.domain.errors import PosError
from pos.domain.money import ZERO
from pos.domain.staff import Act
from ui import theme
from ui.approval.words import act_words, asked_words
from ui.counter import Counter
from ui.keys.keymap import Press
from ui.messages import notice_for
from ui.parts import button, dress, label, number_field
from ui.stage import Stage
from ui.widgets.amount_field import AmountField
from ui.widgets.keypad import Keypad, type_key

ACTS = (
    Act.REFUND, Act.RETURN_WITHOUT_RECEIPT, Act.DISCOUNT, Act.PRICE, Act.CASH_OUT, Act.NO_SALE, Act.CORRECT_TENDER,
    Act.CASH_IN, Act.CASH_DROP,
)  # fmt: skip
"""What a cashier may have to ask for, likeliest first."""
IN_A_ROW = 3
WITHOUT_AMOUNT = frozenset({Act.NO_SALE})
_TILL = re.compile(r"(?P<store>[0-9]{4})-?(?P<till>[0-9]{2})")


class AnswerPage(QWidget):
    """Left what was told, right the keypad; the digits to be read back stand large above it."""

    def __init__(self, counter: Counter) -> None:
        super().__init__()
        self.setObjectName("answer_page")
        self._counter, self._is_asking = counter, False
        self._till = number_field("answer_till", self.tr("哪台柜台，如 0017-03"))
        self._till.setValidator(QRegularExpressionValidator("[0-9]{0,4}-?[0-9]{0,2}", self._till))
        self._amount = AmountField("answer_amount")
        self._amount.setPlaceholderText(self.tr("多少钱（元）"))
        self._digits = number_field("answer_challenge", self.tr("对方念的 8 位数"))
        self._digits.setValidator(QRegularExpressionValidator(f"[0-9]{{0,{CHALLENGE_DIGITS}}}", self._digits))
        self._pin = number_field("answer_pin", self.tr("你的密码"))
        self._pin.setEchoMode(QLineEdit.EchoMode.NoEcho)
        self._summary = label("answer_summary", "", role="sentence")
        self._result = label("answer_result", "", role="verdict")
        self._answer = label("answer_digits", "", role="change")
        self.confirm = button("answer_confirm", self.tr("同意，给 6 位数"), role="primary", press=Press.TAKE)
        self._acts = self._make_acts()
        self._lay_out(Keypad())
        self._connect()

    def _make_acts(self) -> QButtonGroup:
        group = QButtonGroup(self)
        for place, act in enumerate(ACTS):
            each = button(f"answer_act_{act.value}", act_words(act), role="shelf")
            each.setCheckable(True)
            group.addButton(each, place)
        return group

    def _lay_out(self, keypad: Keypad) -> None:
        left = QVBoxLayout()
        left.setSpacing(theme.px(8))
        left.addWidget(label("answer_title", self.tr("回答电话同意"), role="big"))
        grid = QGridLayout()
        grid.setSpacing(theme.px(6))
        for place, each in enumerate(self._acts.buttons()):
            grid.addWidget(each, place // IN_A_ROW, place % IN_A_ROW)
        boxes = QHBoxLayout()
        boxes.addWidget(self._till)
        boxes.addWidget(self._amount)
        more = QHBoxLayout()
        more.addWidget(self._digits)
        more.addWidget(self._pin)
        left.addLayout(boxes)
        left.addLayout(grid)
        left.addLayout(more)
        for words in (self._summary, self._result):
            left.addWidget(words)
        left.addStretch()
        left.addWidget(self._make_back())
        right = QVBoxLayout()
        right.addStretch()
        self._answer.setAlignment(Qt.AlignmentFlag.AlignCenter)
        right.addWidget(self._answer)
        right.addStretch()
        right.addWidget(keypad)
        right.addWidget(self.confirm)
        layout = QHBoxLayout(self)
        layout.setSpacing(theme.px(24))
        layout.addLayout(left, 3)
        layout.addLayout(right, 2)
        keypad.pressed.connect(lambda key: type_key(self._focused(), key))

    def _make_back(self) -> QPushButton:
        back = button("answer_back", self.tr("返回"), role="quiet", press=Press.STOP)
        back.clicked.connect(lambda: self._counter.show(Stage.STORE))
        return back

    def _connect(self) -> None:
        for box in self._boxes():
            box.textChanged.connect(self._renew)
        self._acts.idToggled.connect(lambda _place, _is_on: self._renew())
        self.confirm.clicked.connect(self._ask)

    def open(self) -> None:
        """Start with this store's tills and nothing else."""
        self._is_asking = False
        self._till.setText(self._counter.till_name.rpartition("-")[0] + "-")
        self._acts.buttons()[0].setChecked(True)
        for box in (self._amount, self._digits, self._pin):
            box.clear()
        self._till.setFocus(Qt.FocusReason.OtherFocusReason)

    def press_enter(self) -> None:
        """Go on to the next box that misses something, or answer."""
        for box, is_there in zip(self._boxes(), self._are_there(), strict=True):
            if not is_there:
                box.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self._ask()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  (Qt's name)
        """Choose the act by the arrows."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if step:
            self._acts.buttons()[(self._acts.checkedId() + step) % len(ACTS)].setChecked(True)
        else:
            super().keyPressEvent(event)

    def _boxes(self) -> tuple[QLineEdit, ...]:
        return self._till, self._amount, self._digits, self._pin

    def _focused(self) -> QLineEdit:
        return next((box for box in self._boxes() if box.hasFocus()), self._till)

    @property
    def _act(self) -> Act:
        return ACTS[max(0, self._acts.checkedId())]

    @property
    def _has_amount(self) -> bool:
        return self._act not in WITHOUT_AMOUNT

    def _are_there(self) -> tuple[bool, ...]:
        return (
            _TILL.fullmatch(self._till.text()) is not None, not self._has_amount or bool(self._amount.amount),
            len(self._digits.text()) == CHALLENGE_DIGITS, bool(self._pin.text()),
        )  # fmt: skip

    def _told(self) -> Told | None:
        found = _TILL.fullmatch(self._till.text())
        if found is None or not all(self._are_there()[:3]):
            return None
        amount = self._amount.amount or ZERO if self._has_amount else ZERO
        return Told(f"{found['store']}-{found['till']}", self._act, amount, self._digits.text())

    def _renew(self) -> None:
        """Say back what is agreed to; an answer that is shown is of what was told, and of nothing typed since."""
        told = self._told()
        self._amount.setEnabled(self._has_amount)
        words = ""
        if told:
            store, _, till = told.till.partition("-")
            words = self.tr("门店 %s，柜台 %s：%s") % (store, till, asked_words(told))
        self._summary.setText(words)
        self._summary.setVisible(bool(words))
        self._result.hide()
        self._answer.hide()
        self.confirm.setEnabled(all(self._are_there()) and not self._is_asking)

    def _ask(self) -> None:
        told, who = self._told(), self._counter.cashier
        if told and who and self._pin.text() and not self._is_asking:
            self._is_asking = True
            by = ByPin(who.number, self._pin.text())
            self._pin.clear()
            self._counter.consent.answer(told, by, self._show_answer, self._complain)

    def _show_answer(self, digits: str) -> None:
        self._is_asking = False
        self._renew()
        self._say(self.tr("念给对方，一分钟内有效"), "good")
        self._answer.setText(f"{digits[:3]} {digits[3:]}")
        self._answer.show()

    def _complain(self, error: PosError) -> None:
        self._is_asking = False
        self._renew()
        notice = notice_for(error)
        self._say(f"✕ {notice.words}\n{notice.action} ({notice.code})", "stop")
        self._pin.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self, words: str, kind: str) -> None:
        self._result.setText(words)
        dress(self._result, "kind", kind)
        self._result.show()

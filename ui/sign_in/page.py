"""Sign in: number, then PIN; and whether the till is well."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pos.domain.errors import PinPaused, PosError
from pos.domain.pin import weakness
from ui.counter import Counter
from ui.desk import Credentials, Desk
from ui.keys.keymap import Press
from ui.messages import notice_for
from ui.parts import button, label, number_field
from ui.stage import Said, Stage, Word
from ui.widgets.keypad import Keypad, type_key
from ui.widgets.notice_bar import NoticeBar


class SignInPage(QWidget):
    """Two boxes and a keypad; ``hint`` is what the demo tells about its staff, empty in a real store."""

    def __init__(self, counter: Counter, desk: Desk, store_name: str, hint: str) -> None:
        super().__init__()
        self.setObjectName("sign_in_page")
        self._counter, self._desk = counter, desk
        self.number = number_field("staff_number", self.tr("工号"))
        self.pin = number_field("staff_pin", self.tr("密码"))
        self.pin.setEchoMode(QLineEdit.EchoMode.NoEcho)  # how long it is, is nobody's business
        self._typed = label("pin_typed", "", role="advice")
        self.unlock = number_field("staff_unlock", self.tr("店长的 16 位解锁码（没有就等）"))
        self._is_weak, self._locked_by = False, ""
        self._notice, self._keypad = NoticeBar(), Keypad()
        self._enter = button("sign_in", self.tr("登录"), role="primary", press=Press.TAKE)
        column = QVBoxLayout()
        column.addStretch()
        column.addWidget(label("sign_in_store", store_name, role="big"))
        column.addWidget(self._notice)
        column.addWidget(self.number)
        column.addWidget(self.pin)
        column.addWidget(self._typed)
        column.addWidget(self.unlock)
        if hint:
            column.addWidget(label("sign_in_hint", hint, role="advice"))
        column.addStretch()
        pad = QVBoxLayout()
        pad.addStretch()
        pad.addWidget(self._keypad)
        pad.addWidget(self._enter)
        pad.addStretch()
        layout = QHBoxLayout(self)
        layout.addStretch(1)
        layout.addLayout(column, 3)
        layout.addSpacing(32)
        layout.addLayout(pad, 2)
        layout.addStretch(1)
        self._connect()

    def _connect(self) -> None:
        self._keypad.pressed.connect(self._on_keypad)
        self.number.textChanged.connect(self._hide_a_pin)
        self.pin.textChanged.connect(self._show_typed)
        self._enter.clicked.connect(self.press_enter)
        self._counter.noticed.connect(self._show_notice)
        self._counter.stage_changed.connect(self._on_stage)

    def open(self) -> None:
        """Start with the number of who has locked the till, if somebody has; else with empty boxes."""
        self.number.setText(self._locked_by)
        self.pin.clear()
        self.unlock.clear()
        self.unlock.hide()
        self._typed.setText(self.tr("接着收银请输密码；换人按 Esc") if self._locked_by else "")
        (self.pin if self._locked_by else self.number).setFocus(Qt.FocusReason.OtherFocusReason)

    def press_escape(self) -> None:
        """Begin anew: somebody else, or the PIN in the wrong box."""
        self._locked_by = ""
        self._notice.clear()
        self.open()

    def take_credentials(self) -> Credentials:
        """Return what is typed, and empty the boxes."""
        typed = Credentials(self.number.text(), self.pin.text())
        self.open()
        return typed

    def press_enter(self) -> None:
        """Go on to the PIN, or sign in when both are there."""
        if self.number.text() and not self.pin.text():
            self.pin.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.number.text():
            self._enter.setEnabled(False)
            self._is_weak = bool(weakness(self.pin.text(), self.number.text()))
            self._counter.sign_in(self.number.text(), self.pin.text(), self.unlock.text())
            self.pin.clear()
            self.unlock.clear()

    def _hide_a_pin(self, text: str) -> None:
        """Show no more of what is too long for a number: it is a PIN, typed first."""
        is_pin = 0 < self._desk.longest_number() < len(text)
        self.number.setEchoMode(QLineEdit.EchoMode.Password if is_pin else QLineEdit.EchoMode.Normal)
        self._typed.setText(self.tr("这一格填工号，密码填下一格；按 Esc 重新输入") if is_pin else "")

    def _show_typed(self, text: str) -> None:
        self._typed.setText(self.tr("密码正在输入（不显示），按 Enter 登录") if text else "")

    def _on_keypad(self, key: str) -> None:
        box = next((each for each in (self.pin, self.unlock) if each.hasFocus()), self.number)
        type_key(box, key)

    def _on_stage(self, stage: Stage) -> None:
        """Keep who may lock the till; once the counter is there, say that a PIN of old is one that would be guessed."""
        cashier = self._counter.cashier
        if cashier is not None:
            self._locked_by = "" if stage in {Stage.OPEN_SHIFT, Stage.SHIFT_CLOSED} else cashier.number
        if stage is Stage.SELL and self._is_weak:
            self._is_weak = False
            self._counter.noticed.emit(Said(Word.WEAK_PIN))

    def _show_notice(self, what: PosError | Said | None) -> None:
        if self._counter.stage is not Stage.SIGN_IN:
            return
        self._enter.setEnabled(True)
        if isinstance(what, PinPaused):
            self.unlock.show()
        if what is None:
            self._notice.clear()
        else:
            self._notice.show_notice(notice_for(what))

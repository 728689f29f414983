"""Approval panel: the one place where somebody says yes: a badge, number and PIN, or six digits over the telephone."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pos.domain.approval import Asked, ByBadge, ByPhone, ByPin, Challenge, Proof
from pos.domain.errors import PosError
from pos.domain.staff import By
from ui.approval.words import asked_words
from ui.counter import Counter
from ui.keys.keymap import Press
from ui.parts import button, dress, label, named, number_field


class ApprovalPanel(QWidget):
    """Hidden for who needs nobody; the verb checks all of it again, by its own disk.

    Signals: ``changed`` that something was typed; ``ready`` that a badge was shown, so that nothing is missing.

    Args:
        asking: returns what is to be approved as the page stands now; None while that is nothing.
    """

    changed = Signal()
    ready = Signal()

    def __init__(self, counter: Counter, asking: Callable[[], Asked | None]) -> None:
        super().__init__()
        named(self, "approval")
        self._counter, self._asking = counter, asking
        self._asked: Asked | None = None
        self._challenge: Challenge | None = None
        self._badge = ""
        self.number = number_field("approver_number", self.tr("工号"))
        self.pin = number_field("approver_pin", "")
        self._title = label("approver_title", "", role="title")
        self._phone = button("approver_phone", self.tr("电话同意"), role="quiet", press=Press.PHONE)
        boxes = QHBoxLayout()
        for each in (self.number, self.pin):
            boxes.addWidget(each, 1)
        boxes.addWidget(self._phone)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._title)
        layout.addLayout(boxes)
        self._connect()
        self.start()

    def _connect(self) -> None:
        for box in (self.number, self.pin):
            box.textChanged.connect(self._on_typed)
        self._phone.clicked.connect(self.call)
        self._counter.badges.shown.connect(self._on_badge)

    def start(self) -> None:
        """Begin with empty boxes."""
        self.number.clear()
        self._forget()
        self.renew()

    def renew(self) -> None:
        """Look at what is asked now; what was said to something else is worth nothing."""
        asked = self._asking()
        if asked != self._asked:
            self._asked = asked
            self._forget()
        self.setVisible(asked is not None and self._counter.consent.is_needed(asked))
        self._show_words()

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing."""
        return self.isHidden() or bool(self._badge) or bool(self.number.text() and self.pin.text())

    def obtain(self, then: Callable[[By], None], failed: Callable[[PosError], None]) -> None:
        """Have it approved by what was typed or shown, once; who needs nobody goes on alone."""
        asked = self._asking()
        if asked is None:
            return
        if self.isHidden():
            then(By(asked.actor))
            return
        proof = self._proof()
        self._forget()
        self._counter.consent.approve(asked, proof, then, failed)

    def call(self) -> None:
        """Show digits to read out over the telephone; pressed again, a PIN is asked for as before."""
        asked = self._asking()
        if asked is None or self.isHidden():
            return
        if self._challenge:
            self._forget()
            self._show_words()
        else:
            self._counter.consent.show_challenge(asked, self._show_challenge, self._counter.noticed.emit)

    def focused(self) -> QLineEdit | None:
        """Return the box that the keypad types into, if it is one of these."""
        return next((box for box in (self.number, self.pin) if box.hasFocus()), None)

    def go_on(self) -> bool:
        """Go to the box that is empty; return whether there is one."""
        if self.is_complete:
            return False
        box = self.pin if self.number.text() else self.number
        box.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _proof(self) -> Proof:
        number, typed = self.number.text(), self.pin.text()
        if self._badge:
            return ByBadge(self._badge)
        return ByPhone(number, self._challenge.digits, typed) if self._challenge else ByPin(number, typed)

    def _forget(self) -> None:
        self._badge, self._challenge = "", None
        self.pin.clear()

    def _show_challenge(self, challenge: Challenge) -> None:
        self._challenge = challenge
        self.pin.clear()
        self._show_words()
        box = self.pin if self.number.text() else self.number
        box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_badge(self, text: str) -> None:
        if self.isVisible():
            self._badge = text
            self._show_words()
            self.ready.emit()

    def _on_typed(self) -> None:
        self._badge = ""
        self._show_words()
        self.changed.emit()

    def _show_words(self) -> None:
        is_phone = self._challenge is not None
        hidden, plain = QLineEdit.EchoMode.NoEcho, QLineEdit.EchoMode.Normal
        self.pin.setEchoMode(plain if is_phone else hidden)
        self.pin.setPlaceholderText(self.tr("6 位数") if is_phone else self.tr("密码"))
        self.pin.setAccessibleName(self.pin.placeholderText())
        self._phone.setText(self.tr("改用密码") if is_phone else self.tr("电话同意"))
        self._title.setText(self._words())
        dress(self._title, "role", "sentence" if is_phone else "title")

    def _words(self) -> str:
        if self._asked is None:
            return ""
        what = asked_words(self._asked)
        if self._challenge:
            digits = f"{self._challenge.digits[:4]}\u00a0{self._challenge.digits[4:]}"
            told = self.tr("念给对方：柜台 %s，%s，%s。一分钟内填对方报回的 6 位数")
            return told % (self._counter.till_name, what, digits)
        if self._badge:
            return self.tr("✓ 已扫员工卡")
        if self.pin.text():
            return self.tr("密码正在输入（不显示）")
        return self.tr("%s 要店长同意：扫员工卡，或输入工号和密码") % what

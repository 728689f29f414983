"""Approval: a manager's number and PIN, typed in place when the cashier may not refund alone."""

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pos.domain.staff import MAY, Act, Cashier
from ui.desk import Credentials
from ui.parts import label, named, number_field


class Approval(QWidget):
    """Two boxes; hidden for who needs nobody. The verb checks it again, by its own disk."""

    def __init__(self) -> None:
        super().__init__()
        named(self, "approval")
        self.number = number_field("approver_number", self.tr("店长工号"))
        self.pin = number_field("approver_pin", self.tr("店长密码"))
        self.pin.setEchoMode(QLineEdit.EchoMode.NoEcho)
        self._title = label("approver_title", "", role="title")
        boxes = QHBoxLayout()
        boxes.addWidget(self.number)
        boxes.addWidget(self.pin)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._title)
        layout.addLayout(boxes)
        self.pin.textChanged.connect(self._show_typed)
        self._show_typed("")

    def ask_for(self, cashier: Cashier | None) -> None:
        """Start with empty boxes, for this cashier."""
        self.number.clear()
        self.pin.clear()
        self.setVisible(cashier is None or Act.REFUND not in MAY[cashier.role])

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing."""
        return self.isHidden() or bool(self.number.text() and self.pin.text())

    def take(self) -> Credentials | None:
        """Return what was typed, once; None for who needs nobody."""
        if self.isHidden():
            return None
        typed = Credentials(self.number.text(), self.pin.text())
        self.pin.clear()
        return typed

    def focused(self) -> QLineEdit | None:
        """Return the box that the keypad types into, if it is one of these."""
        return next((box for box in (self.number, self.pin) if box.hasFocus()), None)

    def _show_typed(self, text: str) -> None:
        asked = self.tr("退款要店长同意：请店长在这里输入")
        self._title.setText(self.tr("密码正在输入（不显示）") if text else asked)

"""Amount field: yuan as people type them, to the fen, and nothing else."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QLineEdit

from pos.domain.money import Money
from ui.scanner_keys import no_input_method

_WHOLE_YUAN_DIGITS = 6
"""More cash than a drawer holds; a barcode has more digits, so it can never become an amount."""


class AmountField(QLineEdit):
    """A box that takes up to 999999.99."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        no_input_method(self)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setValidator(QRegularExpressionValidator(rf"[0-9]{{1,{_WHOLE_YUAN_DIGITS}}}(\.[0-9]{{0,2}})?", self))

    @property
    def amount(self) -> Money | None:
        """What is typed; None while it is no amount."""
        text = self.text().rstrip(".")
        return Money.parse(text) if text else None

"""Amount field: yuan as people type them, to the fen, and nothing else."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QRegularExpressionValidator
from PySide6.QtWidgets import QLineEdit

from pos.domain.money import Money
from ui.scanner_keys import no_input_method
from ui.timers import timer

_WHOLE_YUAN_DIGITS = 6
"""More cash than a drawer holds; a barcode has more digits, so it never becomes an amount, however slowly it comes."""
_REFUSES_MS = 1_000
"""What follows a digit too many is refused with it until no key came for so long."""


class AmountField(QLineEdit):
    """A box that takes up to 999999.99."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        no_input_method(self)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._refuses = timer(self, _REFUSES_MS, lambda: None, once=True)
        self.setValidator(QRegularExpressionValidator(rf"[0-9]{{1,{_WHOLE_YUAN_DIGITS}}}(\.[0-9]{{0,2}})?", self))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  (Qt's name)
        """Take a key; with a digit too many nothing of what was typed is kept."""
        is_digit = event.text().isdigit()
        if is_digit and (self._refuses.isActive() or self._is_full):
            self.clear()
            self._refuses.start()
            return
        super().keyPressEvent(event)

    @property
    def _is_full(self) -> bool:
        at_end = self.cursorPosition() == len(self.text()) and not self.hasSelectedText()
        return at_end and len(self.text()) == _WHOLE_YUAN_DIGITS and "." not in self.text()

    @property
    def amount(self) -> Money | None:
        """What is typed; None while it is no amount."""
        text = self.text().rstrip(".")
        return Money.parse(text) if text else None

"""Keypad: big keys that stay where they are."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from ui import theme
from ui.parts import button

BACKSPACE = "⌫"
KEYS = ("7", "8", "9", "4", "5", "6", "1", "2", "3", "0", ".", BACKSPACE)


def type_key(box: QLineEdit, key: str) -> None:
    """Type a key of the keypad into a box, as far as its validator allows; what is selected is replaced."""
    if key == BACKSPACE:
        box.backspace()
    else:
        box.insert(key)


class Keypad(QWidget):
    """Three by four keys; ``pressed`` carries the key's character."""

    pressed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("keypad")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.px(8))
        for place, text in enumerate(KEYS):
            key = button(f"key_{text}", text, role="key")
            key.setAccessibleName(self.tr("退格") if text == BACKSPACE else text)
            key.clicked.connect(lambda _checked=False, text=text: self.pressed.emit(text))
            grid.addWidget(key, place // 3, place % 3)

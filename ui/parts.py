"""Small parts that every page is made of, named so that a test can find them."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QLayout, QLineEdit, QPushButton, QWidget

from ui import theme
from ui.scanner_keys import no_input_method


def label(name: str, text: str, *, role: str = "body") -> QLabel:
    """Return a label that wraps; ``role`` is what the theme draws it as."""
    made = QLabel(text, objectName=name)
    made.setProperty("role", role)
    made.setWordWrap(True)
    return made


def button(name: str, text: str, *, role: str) -> QPushButton:
    """Return a button that a scanner's Enter cannot press, because it never has the focus."""
    made = QPushButton(text, objectName=name)
    made.setProperty("role", role)
    made.setFocusPolicy(made.focusPolicy().NoFocus)
    return made


def centred(column: QLayout, width: int) -> QHBoxLayout:
    """Return a column of this width in the middle of a page, where the eye is."""
    box = QWidget()
    box.setFixedWidth(theme.px(width))
    box.setLayout(column)
    row = QHBoxLayout()
    row.addStretch()
    row.addWidget(box)
    row.addStretch()
    return row


def number_field(name: str, placeholder: str) -> QLineEdit:
    """Return a box for digits, out of reach of the input method."""
    made = QLineEdit(objectName=name, placeholderText=placeholder)
    no_input_method(made)
    return made

"""Small parts that every page is made of, named so that a test can find them."""

from typing import TypeVar

from PySide6.QtWidgets import QHBoxLayout, QLabel, QLayout, QLineEdit, QPushButton, QSizePolicy, QWidget

from ui import theme
from ui.keys.button import KeyButton, StripButton
from ui.keys.keymap import Press
from ui.scanner_keys import no_input_method

W = TypeVar("W", bound=QWidget)


def named(widget: W, name: str) -> W:
    """Return the widget with a name that a test and the theme can find it by."""
    widget.setObjectName(name)
    return widget


def find(page: QWidget, name: str) -> QWidget:
    """Return the part of a page with this name."""
    found = page.findChild(QWidget, name)
    assert isinstance(found, QWidget), name
    return found


def label(name: str, text: str, *, role: str = "body") -> QLabel:
    """Return a label that wraps; ``role`` is what the theme draws it as."""
    made = named(QLabel(text), name)
    made.setProperty("role", role)
    made.setWordWrap(True)
    return made


def button(name: str, text: str, *, role: str, press: Press | None = None) -> QPushButton:
    """Return a button that a scanner's Enter cannot press, because it never has the focus.

    Args:
        press: what its key is for, if it has one; the key is printed on it.
    """
    made = named(QPushButton(text) if press is None else KeyButton(text, press), name)
    made.setProperty("role", role)
    made.setFocusPolicy(made.focusPolicy().NoFocus)
    return made


def strip_button(name: str, text: str, press: Press) -> StripButton:
    """Return a button for the strip, its key above its words."""
    made = named(StripButton(text, press), name)
    made.setProperty("role", "strip")
    made.setFocusPolicy(made.focusPolicy().NoFocus)
    return made


def operation_button(name: str, text: str, press: Press) -> StripButton:
    """Return a button of the rows below the cart, its key above its words, as wide as its place."""
    made = strip_button(name, text, press)
    made.setProperty("role", "operation")
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return made


def dress(widget: QWidget, name: str, value: str) -> None:
    """Give a widget a property that the theme looks at, and draw it so at once."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def name_fields(pages: QWidget) -> None:
    """Let a screen reader say of a box what stands in it while it is empty, unless it has a name of its own."""
    for box in pages.findChildren(QLineEdit):
        if not box.accessibleName():
            box.setAccessibleName(box.placeholderText())


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
    made = named(QLineEdit(placeholderText=placeholder), name)
    no_input_method(made)
    return made

"""The hands of somebody who changes what is in a cart, by keys and by the keypad on the screen."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.conftest import Desk

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
APPLES = "600103"


def press(desk: Desk, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the keys go."""
    QTest.keyClick(desk.window.focusWidget() or desk.window, key, modifier)


def type_in(desk: Desk, text: str) -> None:
    """Type where the keys go."""
    QTest.keyClicks(desk.window.focusWidget(), text)


def total(desk: Desk) -> int:
    """What the cart comes to, in fen."""
    return desk.counter.cart.total.fen


def tap(desk: Desk, digits: str) -> None:
    """Type by the keys on the screen, which no scanner does."""
    for digit in digits:
        desk.press(f"key_{digit}")

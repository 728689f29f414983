"""The hands of somebody who changes what is in a cart, by keys and by the keypad on the screen."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos.storage import catalogue
from tests.fakes import WATER, goods
from tests.ui.conftest import Desk

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
APPLES, CAKE = "600103", "600199"


def sell_water(desk: Desk) -> Desk:
    """Lin has sold one water, ¥2.00; a cake without a price is on the shelf."""
    till = desk.world.open()
    catalogue.apply_feed(till.prices, [goods(CAKE, "现做蛋糕", 0, name_en="Cake")], [], "2")
    till.close()
    desk.qtbot.waitExposed(desk.window)
    desk.sign_in()
    desk.counter.code_seen(WATER)
    return desk


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

"""Keys on the real window: printed on the buttons, told on a sheet, changed by a manager, enough to do everything."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from pos.domain.errors import NeedsManager
from pos.domain.money import Money
from pos.domain.staff import By
from pos.till import preferences
from tests.fakes import LIN, MEI, NOODLES, WATER
from tests.ui.conftest import MEIS_PIN, Desk
from ui.keys import now
from ui.keys.button import KeyButton, StripButton
from ui.keys.keymap import OURS, PRESETS, Press
from ui.stage import Stage

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


pytestmark = pytest.mark.usefixtures("our_keys")


@pytest.fixture
def managed(desk: Desk) -> Desk:
    """The manager at the counter."""
    desk.qtbot.waitExposed(desk.window)
    desk.sign_in(MEI.number, MEIS_PIN)
    return desk


def press(desk: Desk, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key wherever the focus is, as a keyboard does."""
    QTest.keyClick(desk.window.focusWidget() or desk.window, key, modifier)


def printed(button: QWidget) -> str:
    """The key that stands on a button."""
    assert isinstance(button, (KeyButton, StripButton))
    return now.printed(button._press)


def test_a_whole_sale_by_keys_only(desk: Desk) -> None:
    QTest.keyClicks(desk.window.focusWidget(), LIN.number)
    press(desk, Key.Key_Return)
    QTest.keyClicks(desk.window.focusWidget(), "704815")
    press(desk, Key.Key_Return)
    desk.wait_for(Stage.SELL)
    desk.counter.code_seen(WATER)
    desk.counter.code_seen(NOODLES)
    press(desk, Key.Key_Up)
    press(desk, Key.Key_3)
    press(desk, Key.Key_Asterisk)
    assert desk.counter.cart.total == Money(1050)
    press(desk, Key.Key_Down)
    press(desk, Key.Key_Delete)
    assert desk.counter.cart.total == Money(600)
    press(desk, Key.Key_F12)
    assert desk.counter.stage is Stage.PAY
    press(desk, Key.Key_F2)
    desk.wait_for(Stage.PAID)
    assert desk.counter.sale
    assert desk.counter.sale.change == Money(400)
    press(desk, Key.Key_F12)
    desk.wait_for(Stage.SELL)


@pytest.mark.parametrize(
    ("key", "stage"),
    [
        (Key.Key_F7, Stage.CLOSE_SHIFT),
        (Key.Key_F8, Stage.TODAY),
        (Key.Key_F10, Stage.REVIEW),
        (Key.Key_K, Stage.KEYS),
        (Key.Key_D, Stage.STORE),
    ],
)
def test_every_page_is_reached_and_left_by_keys(managed: Desk, key: Qt.Key, stage: Stage) -> None:
    if stage is Stage.KEYS:
        press(managed, Key.Key_F8, CONTROL)
    press(managed, key, CONTROL)
    assert managed.counter.stage is stage
    press(managed, Key.Key_Escape)
    assert managed.counter.stage is Stage.SELL


def test_every_press_that_does_something_has_a_button(managed: Desk) -> None:
    """Except the arrows, whose line can be touched."""
    plain = {each._press for each in managed.window.findChildren(KeyButton)}
    narrow = {each._press for each in managed.window.findChildren(StripButton)}
    assert set(managed.window._deeds) - plain - narrow == {Press.LINE_UP, Press.LINE_DOWN}


def test_a_key_is_printed_on_its_button_from_the_map(managed: Desk) -> None:
    assert printed(managed.on_screen("pay")) == "F12"
    before = managed.on_screen("pay").grab().toImage()
    now.use(PRESETS["f9"])
    managed.window._shortcuts.renew()
    assert printed(managed.on_screen("pay")) == "F9"
    assert managed.on_screen("pay").grab().toImage() != before


def test_no_words_on_a_button_name_a_key(managed: Desk) -> None:
    for button in managed.window.findChildren(QAbstractButton):
        if button.objectName() == "key_map_f9":
            continue
        assert not any(name in button.text() for name in ("F1", "F4", "F9", "Esc", "Enter", "Del")), button.text()


def test_the_sheet_tells_every_key_and_any_key_closes_it(managed: Desk) -> None:
    press(managed, Key.Key_F1)
    words = [each.text() for each in managed.window.sheet.findChildren(QLabel) if each.isVisible()]
    assert {"改数量", "F4  *", "交班", "Ctrl+F7"} <= set(words)
    assert "开钱箱" not in words, "a key that does nothing yet is not told"
    press(managed, Key.Key_F12)
    assert managed.window.sheet.isHidden()
    assert managed.counter.stage is Stage.SELL
    press(managed, Key.Key_F1)
    press(managed, Key.Key_X)
    assert managed.window.sheet.isHidden()


def test_scanning_goes_on_under_the_sheet_and_shows_the_line(managed: Desk) -> None:
    press(managed, Key.Key_F1)
    managed.counter.code_seen(WATER)
    assert managed.counter.cart.total == Money(200)
    assert managed.window.sheet.isHidden()


def test_a_manager_gives_another_key_and_it_is_kept(managed: Desk) -> None:
    managed.counter.show(Stage.KEYS)
    page = managed.window.keys
    page.table.selectRow(page._presses.index(Press.QUANTITY))
    press(managed, Key.Key_Return)
    press(managed, Key.Key_F5, CONTROL)
    assert "Ctrl+F5" in managed.read("key_verdict")
    managed.press("key_keep")
    managed.wait_for(Stage.SELL)
    assert now.current().keys_of(Press.QUANTITY) == ("Ctrl+F5",)
    kept = preferences.preference(managed.till, "keys")
    assert isinstance(kept, dict)
    assert kept["keys"]["quantity"] == ["Ctrl+F5"]
    managed.counter.code_seen(WATER)
    press(managed, Key.Key_2)
    press(managed, Key.Key_F5, CONTROL)
    press(managed, Key.Key_F5, CONTROL)
    assert managed.counter.cart.total == Money(400)


def test_a_key_that_is_taken_is_named_and_not_given(managed: Desk) -> None:
    managed.counter.show(Stage.KEYS)
    page = managed.window.keys
    page.table.selectRow(page._presses.index(Press.QUANTITY))
    managed.press("key_listen")
    press(managed, Key.Key_F12)
    assert "绿色按钮" in managed.read("key_verdict")
    managed.press("key_listen")
    press(managed, Key.Key_7)
    assert "打字" in managed.read("key_verdict")
    assert page._keys == OURS


def test_another_preset_is_one_arrow_away(managed: Desk) -> None:
    managed.counter.show(Stage.KEYS)
    press(managed, Key.Key_Right)
    press(managed, Key.Key_F12)
    managed.wait_for(Stage.SELL)
    assert now.current() == PRESETS["guanjiapo"]


def test_a_cashier_cannot_change_the_keys(desk: Desk) -> None:
    desk.sign_in()
    press(desk, Key.Key_F1)
    assert not desk.window.sheet._change.isVisible()
    till = desk.world.open()
    with pytest.raises(NeedsManager):
        preferences.keep_preference(till, "keys", {}, by=By(LIN))
    till.close()


def test_a_point_is_a_key_only_while_nothing_is_typed(managed: Desk) -> None:
    now.use(OURS.with_keys(Press.CLEAR, "."))
    managed.window._shortcuts.renew()
    managed.counter.code_seen(WATER)
    box = managed.on_screen("search")
    QTest.keyClicks(box, "0.7")
    assert box.property("text") == "0.7"
    managed.window.counter.press_escape()
    QTest.keyClicks(box, ".")
    assert not managed.counter.cart.lines

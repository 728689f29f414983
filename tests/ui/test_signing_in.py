"""Who pauses after wrong PINs is told how to go on; a manager has a way round; an old PIN that is weak is remarked."""

from contextlib import closing

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from pos.domain.money import Money
from pos.domain.staff import Cashier, Role
from pos.storage import staff
from pos.till import pins, sign_in
from tests.fakes import BY_MEI, CHEAP_HASHER, LIN
from tests.ui.conftest import PIN, Desk
from ui.stage import Said, Stage, Word

QIANG = Cashier("9002", "李强", Role.MANAGER)


def words(desk: Desk) -> str:
    """What the sign-in page says is wrong."""
    notice = desk.window.sign_in._notice
    return " ".join(label.text() for label in notice.findChildren(QLabel))


def type_in(desk: Desk, number: str, pin: str, unlock_code: str = "") -> None:
    """Fill in the sign-in page and sign in."""
    page = desk.window.sign_in
    page.number.setText(number)
    page.pin.setText(pin)
    page.unlock.setText(unlock_code)
    page.press_enter()
    desk.qtbot.waitUntil(lambda: desk.counter.stage is not Stage.SIGN_IN or page._enter.isEnabled(), timeout=5000)


def test_after_five_wrong_pins_the_pause_is_told_and_the_managers_code_is_asked_for(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pins, "HASHER", CHEAP_HASHER)
    with closing(desk.world.open()) as till:
        code = sign_in.put_staff(till, QIANG, "640392", by=BY_MEI, hasher=CHEAP_HASHER)
    for _ in range(5):
        type_in(desk, "9002", "739164")
        assert "工号或密码不对" in words(desk)
        assert not desk.window.sign_in.unlock.isVisible()
    type_in(desk, "9002", "640392")
    assert "最多等 6 分钟就可以再试" in words(desk)
    assert desk.window.sign_in.unlock.isVisible()
    type_in(desk, "9002", "640392", "0" * 16)
    assert "解锁码不对" in words(desk)
    type_in(desk, "9002", "640392", code)
    assert desk.counter.cashier == QIANG


def test_the_pin_stays_in_no_box(desk: Desk) -> None:
    type_in(desk, LIN.number, "739164", "1234")
    page = desk.window.sign_in
    assert (page.pin.text(), page.unlock.text()) == ("", "")


def test_an_old_pin_that_would_be_guessed_signs_in_and_is_remarked(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pins, "HASHER", CHEAP_HASHER)
    with closing(desk.world.open()) as till, till.transaction():
        staff.put_staff(till.db, LIN, CHEAP_HASHER.hash("1234"))
        till.settings.pepper_file.unlink()
    type_in(desk, LIN.number, "1234")
    assert desk.counter.stage is Stage.SELL
    assert Said(Word.WEAK_PIN) in desk.said


def test_a_good_pin_is_not_remarked(desk: Desk) -> None:
    desk.sign_in()
    assert Said(Word.WEAK_PIN) not in desk.said


def press(desk: Desk, *keys: Qt.Key) -> None:
    """Press keys where the keys go, one after another."""
    for key in keys:
        QTest.keyClick(desk.window.focusWidget(), key)


def test_a_pin_typed_into_the_box_of_the_number_is_not_readable_and_escape_begins_anew(desk: Desk) -> None:
    desk.qtbot.waitExposed(desk.window)
    page = desk.window.sign_in
    QTest.keyClicks(desk.window.focusWidget(), LIN.number)
    assert page.number.displayText() == LIN.number
    press(desk, Qt.Key.Key_Escape)
    QTest.keyClicks(desk.window.focusWidget(), PIN)
    assert PIN not in page.number.displayText()
    assert "这一格填工号" in desk.read("pin_typed")
    press(desk, Qt.Key.Key_Return)
    assert page.pin.hasFocus()
    press(desk, Qt.Key.Key_Escape)
    assert (page.number.text(), page.number.hasFocus()) == ("", True)


def test_who_locked_the_till_types_only_the_pin_and_somebody_else_presses_escape(desk: Desk) -> None:
    desk.qtbot.waitExposed(desk.window)
    desk.sign_in()
    desk.counter.sign_out()
    page = desk.window.sign_in
    assert (page.number.text(), page.pin.hasFocus()) == (LIN.number, True)
    assert "换人按 Esc" in desk.read("pin_typed")
    press(desk, Qt.Key.Key_Escape)
    assert (page.number.text(), page.number.hasFocus()) == ("", True)
    desk.sign_in()
    desk.counter.sign_out()
    QTest.keyClicks(desk.window.focusWidget(), PIN)
    press(desk, Qt.Key.Key_Return)
    desk.wait_for(Stage.SELL)
    assert desk.counter.cashier == LIN


def test_after_the_shift_is_closed_nobodys_number_stands_there(desk: Desk) -> None:
    desk.sign_in()
    desk.counter.close_shift(Money(10_000))
    desk.wait_for(Stage.SHIFT_CLOSED)
    desk.press("shift_done")
    assert desk.window.sign_in.number.text() == ""

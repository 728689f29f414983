"""The managers' room without a finger: Tab reaches every control, a mark shows where, Enter does what a touch does."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from pos.domain.money import Money
from pos.till import shifts
from tests.fakes import MEI, NOODLES, TEA, WATER
from tests.ui.conftest import MEIS_PIN, Desk, find, sell
from ui.manager.sheet import SheetTable
from ui.stage import Stage
from ui.widgets.keypad import Keypad

Key = Qt.Key


@pytest.fixture
def room(desk: Desk) -> Desk:
    """Two sales of Mei's, one with a discount by hand, and the room open."""
    desk.sign_in(MEI.number, MEIS_PIN)
    sell(desk, NOODLES)
    desk.counter.code_seen(TEA)
    desk.window.counter.operations.line_discount()
    desk.window.counter.operations.pad.box.setText("10")
    desk.window.counter.press_enter()
    sell(desk, WATER)
    desk.press("strip_today")
    return desk


def strike(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key, which goes to whatever has the focus."""
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key, modifier)


def focused() -> QWidget:
    """What has the focus."""
    found = QApplication.focusWidget()
    assert found is not None
    return found


def go_to(name: str) -> QWidget:
    """Press Tab until a control has the focus."""
    for _ in range(120):
        if focused().objectName() == name:
            return focused()
        strike(Key.Key_Tab)
    pytest.fail(f"Tab never comes to {name}")


def wanted(room: Desk) -> set[str]:
    """Every button and box of the page that can be used now."""
    page = room.window.today
    keypads = [pad for pad in page.findChildren(Keypad) if pad.isVisible()]
    found = [each for each in page.findChildren(QWidget) if isinstance(each, QAbstractButton | QLineEdit)]
    return {each.objectName() for each in found if each.isVisible() and each.isEnabled()
            and not any(pad.isAncestorOf(each) for pad in keypads)}  # fmt: skip


@pytest.mark.parametrize("place", range(1, 11))
def test_tab_comes_to_every_control_of_a_view_and_back_the_other_way(room: Desk, place: int) -> None:
    room.window.today.choose(place - 1)
    seen: list[str] = []
    while len(seen) < 2 or seen[-1] != seen[0]:
        strike(Key.Key_Tab)
        seen.append(focused().objectName())
        mark = room.on_screen("manager_focus").geometry() if not isinstance(focused(), QLineEdit) else None
        if mark is not None:
            assert mark.contains(QRect(focused().mapTo(room.window.today, QPoint()), focused().size()))
        assert len(seen) < 120
    assert set(seen) >= wanted(room)
    strike(Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert focused().objectName() == seen[-2]


def test_enter_does_what_a_touch_does(room: Desk) -> None:
    go_to("today_card_average")
    strike(Key.Key_Return)
    assert "÷ 笔数" in room.read("today_average_means")
    strike(Key.Key_3)
    assert room.window.today.view.objectName() == "goods_board"
    go_to("goods_span_2")
    strike(Key.Key_Return)
    go_to("manager_csv")
    strike(Key.Key_Space)
    assert "写好了" in room.read("manager_said")
    assert any("20261027-20261123-goods" in each.name for each in room.window._room.errands.folder.iterdir())


def test_arrows_go_through_a_list_and_enter_opens_the_row(room: Desk) -> None:
    room.window.today.choose(4)
    table = go_to("unusual_table")
    assert isinstance(table, SheetTable)
    assert [each.row() for each in table.selectionModel().selectedRows()] == [0], "marked, not only begun at"
    strike(Key.Key_Down)
    assert [each.row() for each in table.selectionModel().selectedRows()] == [1]
    strike(Key.Key_Up)
    strike(Key.Key_Return)
    assert "手工折扣" in room.read("unusual_origin")
    assert room.on_screen("unusual_paper")


def test_arrows_go_on_from_a_row_that_was_touched_and_show_what_stands_behind_each(room: Desk) -> None:
    page = room.window.today
    page.choose(4)
    page.boards.unusual.open_row(0)
    assert not page.boards.unusual.table.hasFocus()
    before = room.read("unusual_origin")
    strike(Key.Key_Down)
    assert [each.row() for each in page.boards.unusual.table.selectionModel().selectedRows()] == [1]
    assert room.read("unusual_origin") != before


def test_digits_and_left_and_right_are_the_pages_whatever_has_the_focus(room: Desk) -> None:
    day = room.window.today.day
    go_to("manager_csv")
    strike(Key.Key_Left)
    assert (day - room.window.today.day).days == 1
    room.window.today.choose(4)
    room.window.today.pick(day)
    go_to("unusual_table")
    strike(Key.Key_Left)
    assert (day - room.window.today.day).days == 1
    strike(Key.Key_2)
    assert room.window.today.view.objectName() == "cash_board"


def test_somebody_is_chosen_and_typed_over_without_a_finger(room: Desk) -> None:
    room.window.today.choose(8)
    go_to("journal_staff")
    strike(Key.Key_Return)
    go_to("staff_table")
    strike(Key.Key_Return)
    staff = room.window.today.boards.staff
    assert staff.number.text() == "1001"
    assert staff.pin.hasFocus(), "the next thing is the PIN"


def test_a_day_is_closed_without_a_finger(room: Desk) -> None:
    room.window.today.leave()
    till = room.world.open()
    shifts.close_shift(till, Money(30_000))
    till.close()
    room.counter.show(Stage.TODAY)
    room.window.today.choose(1)
    go_to("cash_close_day")
    strike(Key.Key_Return)
    strike(Key.Key_Return)
    room.qtbot.waitUntil(lambda: "日结 Z1" in room.read("cash_closed"), timeout=20_000)


def test_a_touch_on_a_key_puts_no_mark_there(room: Desk) -> None:
    QTest.mouseClick(room.on_screen("today_card_average"), Qt.MouseButton.LeftButton)
    assert "÷ 笔数" in room.read("today_average_means")
    assert not find(room.window, "manager_focus").isVisible()


def test_the_keypad_types_where_the_person_is(room: Desk) -> None:
    room.window.today.choose(8)
    room.press("journal_staff")
    staff = room.window.today.boards.staff
    staff.pin.setFocus()
    seven = next(each for each in staff._keypad.findChildren(QAbstractButton) if each.text() == "7")
    QTest.mouseClick(seven, Qt.MouseButton.LeftButton)
    assert (staff.number.text(), staff.pin.text()) == ("", "7")


def hold(key: Qt.Key) -> None:
    """Press a key and keep it down until it comes a second time by itself."""
    where = focused()
    for is_again in (False, True):
        QTest.simulateEvent(where, True, key.value, Qt.KeyboardModifier.NoModifier, "\r", is_again, -1)  # noqa: FBT003


def test_a_key_that_is_held_down_is_pressed_once(room: Desk) -> None:
    room.counter.close_shift(Money(10_000))
    room.wait_for(Stage.SHIFT_CLOSED)
    room.press("strip_today")
    room.press("manager_rail_2")
    key = go_to("cash_close_day")
    hold(Key.Key_Return)
    assert isinstance(key, QAbstractButton)
    assert "再按一次" in key.text()


def test_enter_on_a_key_that_goes_dark_presses_no_neighbour_with_the_next_one(room: Desk) -> None:
    page = room.window.today
    room.press("manager_rail_9")
    day = page.day
    go_to("journal_verify")
    for _press in range(2):
        strike(Key.Key_Return)
    assert (focused(), page.day) == (page, day)
    room.press("manager_rail_1")
    page.pick(day - timedelta(days=1))
    go_to("manager_later")
    for _press in range(3):
        strike(Key.Key_Return)
    assert page.day == day


def test_arrows_on_the_staff_page_empty_no_box(room: Desk) -> None:
    page = room.window.today
    page.choose(9)
    page.boards.staff.number.setText("2002")
    go_to("roster_role_0")
    strike(Key.Key_Right)
    strike(Key.Key_Left)
    assert (page.boards.staff.number.text(), page.day) == ("2002", date(2026, 11, 23))

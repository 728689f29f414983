"""The pages, used by hand: buttons that are pressed, boxes that are typed into."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QToolTip

from pos.domain.money import Money
from pos.domain.staff import By
from pos.till import suspend
from tests.fakes import LIN, MEI, NOODLES, WATER
from tests.ui.conftest import MEIS_PIN, PIN, Desk, find
from ui.sounds import Tone
from ui.stage import Stage
from ui.widgets.cart_view import CartView


def type_on_keypad(desk: Desk, digits: str) -> None:
    """Touch digits on the keypad of the page that is shown."""
    for digit in digits:
        keys = [key for key in desk.window.findChildren(QAbstractButton, f"key_{digit}") if key.isVisible()]
        assert len(keys) == 1
        keys[0].click()


def test_signing_in_by_keypad(desk: Desk) -> None:
    type_on_keypad(desk, LIN.number)
    desk.press("sign_in")
    type_on_keypad(desk, PIN)
    desk.press("sign_in")
    desk.wait_for(Stage.SELL)
    assert LIN.name in desk.read("strip_person")


def test_touch_targets_are_large_enough_on_every_page(desk: Desk) -> None:
    stages = [Stage.SELL, Stage.PAY, Stage.TODAY, Stage.CLOSE_SHIFT]
    small: list[str] = []
    desk.sign_in()
    desk.counter.code_seen(WATER)
    for stage in [Stage.SIGN_IN, *stages]:
        desk.counter.show(stage)
        for button in desk.window.findChildren(QAbstractButton):
            least = 80 if button.objectName().startswith("key_") or button.property("role") == "primary" else 56
            if button.isVisible() and button.objectName() and button.height() < least:
                small.append(f"{stage}: {button.objectName()} {button.height()}")
    assert not small


def test_the_amount_due_is_the_biggest_thing_while_selling(desk: Desk) -> None:
    desk.sign_in()
    desk.counter.code_seen(WATER)
    sizes = {
        label.objectName(): label.font().pixelSize()
        for label in desk.window.findChildren(QLabel)
        if label.isVisible() and label.text()
    }
    assert sizes["total_amount"] >= 52
    assert sizes["total_amount"] == max(sizes.values())


def test_the_last_line_is_visible_however_long_the_cart(desk: Desk) -> None:
    desk.sign_in()
    for number in range(100):
        desk.counter.code_seen(f"unknown {number:03d}")
    cart = find(desk.window, "cart")
    assert isinstance(cart, CartView)
    last = cart.model().index(99, 0)
    assert cart.viewport().rect().contains(cart.visualRect(last).center())
    assert "⚠" in str(cart.model().data(last, Qt.ItemDataRole.DisplayRole))


def test_a_quantity_is_typed_and_then_given_to_the_line(desk: Desk) -> None:
    desk.sign_in()
    desk.counter.code_seen(WATER)
    type_on_keypad(desk, "12")
    desk.press("line_quantity")
    assert desk.read("pad_outcome") == "¥2.00 → ¥24.00"
    desk.press("pay")
    assert desk.counter.cart.total == Money(2400)
    assert desk.counter.stage is Stage.SELL


def test_a_barcode_can_become_neither_a_quantity_nor_cash(desk: Desk) -> None:
    desk.sign_in()
    desk.counter.code_seen(WATER)
    box = find(desk.window, "search")
    assert isinstance(box, QLineEdit)
    box.setText(NOODLES)
    desk.press("line_quantity")
    assert desk.counter.cart.total == Money(200)
    desk.press("pay")
    cash = find(desk.window, "cash_amount")
    assert isinstance(cash, QLineEdit)
    QTest.keyClicks(cash, NOODLES)
    assert len(cash.text()) <= 6


def test_searching_by_pinyin_shows_the_thing(desk: Desk) -> None:
    desk.sign_in()
    box = find(desk.window, "search")
    assert isinstance(box, QLineEdit)
    QTest.keyClicks(box, "hsn")
    desk.window.counter.press_enter()
    assert desk.counter.cart.total == Money(450)
    assert box.text() == ""


def test_closing_the_shift_counts_blind_and_then_tells(desk: Desk) -> None:
    desk.sign_in()
    desk.counter.code_seen(WATER)
    desk.press("pay")
    desk.press("cash_exact")
    desk.wait_for(Stage.PAID)
    desk.press("strip_close_shift")
    shown = [label.text() for label in desk.window.findChildren(QLabel) if label.isVisible()]
    assert not any("102.00" in text for text in shown), "the count is blind"
    type_on_keypad(desk, "1")
    for _ in range(5):
        desk.window.close_shift.press_enter()
    type_on_keypad(desk, "1")
    assert desk.window.close_shift.amount.text() == "101.00", "one of 100 and one of 1 yuan"
    desk.press("close_shift")
    desk.wait_for(Stage.SHIFT_CLOSED)
    assert "102.00" in desk.read("closed_expected")
    assert "短款 ¥1.00" in desk.read("closed_difference")


def test_closing_the_shift_names_the_suspended_carts_and_waits_for_none(desk: Desk) -> None:
    desk.sign_in()
    desk.counter.code_seen(NOODLES)
    cart = desk.counter.cart.snapshot()
    till = desk.world.open()
    suspend.suspend(till, cart, by=By(LIN))
    till.close()
    desk.counter.clear()
    desk.press("strip_close_shift")
    assert "还挂着 1 单" in desk.read("close_shift_advice")
    assert "¥4.50  红烧牛肉面" in desk.read("close_shift_advice")
    type_on_keypad(desk, "1")
    desk.press("close_shift")
    desk.wait_for(Stage.SHIFT_CLOSED)


def test_a_count_that_no_drawer_holds_is_asked_about_once_more_and_never_refused(desk: Desk) -> None:
    desk.sign_in()
    desk.press("strip_close_shift")
    assert desk.read("count_10000_name") == "100 元 几张"
    type_on_keypad(desk, "4")
    for _time in range(2):
        type_on_keypad(desk, "0")
    desk.press("close_shift")
    assert desk.counter.stage is Stage.CLOSE_SHIFT
    asked = desk.read("close_shift_advice")
    assert "数得 ¥40,000.00？" in asked
    assert "100.00" not in asked, "the count is blind"
    type_on_keypad(desk, "0")
    desk.press("close_shift")
    assert "数得 ¥400,000.00？" in desk.read("close_shift_advice"), "another sum is asked about anew"
    desk.press("close_shift")
    desk.wait_for(Stage.SHIFT_CLOSED)


def test_a_cart_on_the_counter_is_told_before_the_count_and_laid_aside_when_the_shift_is_closed(desk: Desk) -> None:
    desk.sign_in()
    desk.counter.code_seen(NOODLES)
    desk.press("strip_close_shift")
    assert desk.read("close_shift_advice").startswith("⚠ 购物车里还有 ¥4.50 没结算：按 Esc 回去")
    type_on_keypad(desk, "1")
    desk.press("close_shift")
    desk.wait_for(Stage.SHIFT_CLOSED)
    assert "还挂着 1 单" in desk.read("closed_open")
    (held,) = suspend.list_suspended(desk.till).carts
    assert (held.total, held.cashier, held.note) == (Money(450), LIN.number, "交班时没有结算")
    desk.press("shift_done")
    desk.sign_in(MEI.number, MEIS_PIN)
    desk.counter.open_shift(Money(0))
    desk.wait_for(Stage.SELL)
    assert not desk.counter.cart.lines


def test_a_cart_that_is_paid_in_part_stays_on_the_counter_and_stops_no_shift_from_being_closed(desk: Desk) -> None:
    desk.sign_in()
    desk.counter.code_seen(NOODLES)
    desk.press("pay")
    desk.counter.take_cash_part(Money(100))
    desk.wait_for(Stage.PAY)
    desk.press("strip_close_shift")
    assert desk.read("close_shift_advice").startswith("⚠ 购物车里 ¥4.50 的一单还没收完")
    type_on_keypad(desk, "1")
    desk.press("close_shift")
    desk.wait_for(Stage.SHIFT_CLOSED)
    assert desk.counter.cart.total == Money(450)


def test_today_tells_the_day_from_the_tills_own_disk(desk: Desk) -> None:
    desk.sign_in(MEI.number, MEIS_PIN)
    desk.counter.code_seen(NOODLES)
    desk.press("pay")
    desk.press("cash_exact")
    desk.wait_for(Stage.PAID)
    desk.press("strip_today")
    assert desk.read("today_net") == "¥4.50"
    assert "¥104.50" in desk.read("today_answer")
    assert "没有接总部" in desk.read("today_trust")


def test_every_key_of_the_counter_is_told_in_the_readme(desk: Desk) -> None:
    from pathlib import Path  # noqa: PLC0415

    from PySide6.QtGui import QShortcut  # noqa: PLC0415

    readme = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
    known = {"Return": "Enter"}
    desk.sign_in()
    for shortcut in desk.window.findChildren(QShortcut):
        if not shortcut.isEnabled():
            continue
        key = shortcut.key().toString(QKeySequence.SequenceFormat.PortableText)
        assert f"`{known.get(key, key)}`" in readme, key


def test_where_the_language_does_not_change_that_is_said_at_its_key_and_nowhere_afterwards(desk: Desk) -> None:
    desk.sign_in()
    desk.counter.code_seen("6999999999994")
    before = desk.read("notice_words")
    desk.counter.show(Stage.RETURN)
    QTest.keyClick(desk.window.returns.box, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert desk.heard.tones[-1] is Tone.BAD
    assert QToolTip.text().startswith("现在不能换语言")
    desk.press("return_back")
    assert desk.read("notice_words") == before

"""What stopped somebody who had never seen the till: each is said, or points to what is next, by itself now."""

from itertools import chain

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget

from pos.domain.cart_line import Discount
from pos.domain.cash import CashKind
from pos.domain.money import ZERO, Money
from tests.fakes import LIN, MEI, NOODLES, TEA, WATER
from tests.ui.conftest import MEIS_PIN, Desk, find
from tests.ui.test_where_a_sale_stands import cash_going_in, missing, slow, wait_until
from ui.demo.phone import Phone
from ui.demo.run import lay_down, show_in
from ui.keys.button import KeyButton
from ui.keys.keymap import Part, Place, Press, places_of
from ui.keys.sheet import in_columns
from ui.stage import Said, Stage, Word
from ui.widgets.product_tiles import ProductTiles

__all__ = ["missing"]
UNKNOWN = "6999999999999"


@pytest.fixture
def selling(desk: Desk) -> Desk:
    """Lin has scanned something that nobody knows, and a water."""
    desk.qtbot.waitExposed(desk.window)
    desk.sign_in()
    desk.counter.code_seen(UNKNOWN)
    desk.counter.code_seen(WATER)
    return desk


def press(desk: Desk, key: Qt.Key) -> None:
    """Press a key where the focus is."""
    QTest.keyClick(desk.window.focusWidget() or desk.window, key)


def test_what_keeps_a_cart_from_being_paid_is_chosen_so_that_the_key_that_is_named_removes_it(selling: Desk) -> None:
    press(selling, Qt.Key.Key_F12)
    assert "不认识的条码" in selling.read("notice_words")
    press(selling, Qt.Key.Key_Delete)
    assert [line.text for line in selling.counter.cart.lines] == [WATER]


def test_the_key_that_removes_never_goes_on_from_unknown_lines_to_good_goods(selling: Desk) -> None:
    selling.counter.code_seen(f"{UNKNOWN}1")
    for _time in range(3):
        press(selling, Qt.Key.Key_Delete)
    assert [line.text for line in selling.counter.cart.lines] == [WATER]
    assert selling.read("notice_words") == "⚠ 没有选中哪一行"
    press(selling, Qt.Key.Key_Up)
    press(selling, Qt.Key.Key_Delete)
    assert not selling.counter.cart.lines


def test_what_was_removed_is_named_with_the_key_that_brings_it_back(selling: Desk) -> None:
    press(selling, Qt.Key.Key_Delete)
    assert selling.read("notice_words") == "✓ 已删除 农夫山泉 550ml"
    assert selling.read("notice_action") == "删错了按 Ctrl+Z 拿回来"


def test_what_was_removed_is_named_in_the_language_of_now(selling: Desk) -> None:
    press(selling, Qt.Key.Key_Delete)
    selling.window.switch_language()
    try:
        selling.qtbot.waitUntil(lambda: selling.read("notice_words").endswith("Spring water"), timeout=5000)
    finally:
        selling.window.switch_language()


def test_what_nobody_knows_is_called_so_where_the_last_line_is_told(selling: Desk) -> None:
    press(selling, Qt.Key.Key_Delete)
    selling.counter.noticed.emit(None)
    assert selling.read("notice_words") == f"不认识 {UNKNOWN}"


def test_a_price_that_was_cut_twice_reads_as_a_sentence(selling: Desk) -> None:
    selling.counter.basket.set_discount(2, Discount(percent=25))
    selling.counter.basket.set_order_discount(Discount(amount=Money(10)))
    press(selling, Qt.Key.Key_Up)
    press(selling, Qt.Key.Key_Down)
    assert selling.read("notice_action") == "手工折扣减 ¥0.50，整单折扣再减 ¥0.10，收 ¥1.40"


def test_money_that_is_here_goes_back_by_the_key_on_its_button_once_it_is_pressed_twice(missing: Desk) -> None:
    button = missing.on_screen("give_back")
    assert isinstance(button, KeyButton)
    assert button._press is Press.VOID_LINE
    missing.window._press_delete()
    assert missing.said[-1] == Said(Word.GIVE_BACK_FIRST, Money(100))
    assert missing.counter.stage is Stage.MONEY_HERE
    missing.window._press_delete()
    missing.wait_for(Stage.SELL)
    wait_until(missing, lambda: missing.world.alipay.kept == ZERO)


@pytest.mark.parametrize("name", ["waiting", "unknown"])
def test_who_waits_for_alipay_is_told_of_the_next_customer(desk: Desk, name: str) -> None:
    told = find(desk.window, f"{name}_next")
    assert isinstance(told, QLabel)
    assert told.text().startswith("下一位要等这一笔有结果")


def test_tiles_that_all_show_have_no_handle_to_scroll_by(desk: Desk) -> None:
    desk.sign_in()
    tiles = desk.on_screen("tiles")
    assert isinstance(tiles, ProductTiles)
    tiles.show_products(desk.counter.basket.search("农夫")[:1])
    desk.qtbot.waitUntil(lambda: not tiles.verticalScrollBar().isEnabled())
    tiles.show_products(desk.counter.basket.search("农夫")[:1] * 60)
    desk.qtbot.waitUntil(tiles.verticalScrollBar().isEnabled)


def at_its_end(desk: Desk, name: str) -> bool:
    """Whether an area is scrolled to its end."""
    paper = desk.on_screen(name)
    assert isinstance(paper, QScrollArea)
    bar = paper.verticalScrollBar()
    return bar.maximum() > 0 and bar.value() == bar.maximum()


def test_a_receipt_and_a_returns_slip_open_at_their_end_where_the_sum_is(desk: Desk) -> None:
    desk.sign_in(MEI.number, MEIS_PIN)
    for _time in range(3):
        for each in (NOODLES, TEA, WATER):
            desk.counter.code_seen(each)
    desk.press("pay")
    desk.press("cash_exact")
    desk.wait_for(Stage.PAID)
    wait_until(desk, lambda: at_its_end(desk, "receipt_paper"))
    sale = desk.counter.sale
    assert sale
    desk.counter.show(Stage.RETURN)
    desk.window.returns.find_sale(sale.receipt_no)
    wait_until(desk, desk.window.returns.all.isVisible)
    desk.press("return_all")
    desk.press("return_confirm")
    wait_until(desk, lambda: find(desk.window, "return_slip_paper").isVisible())
    wait_until(desk, lambda: at_its_end(desk, "return_slip_paper"))


def test_each_key_on_the_sheet_stands_under_where_it_holds() -> None:
    columns = in_columns(list(Press))
    assert len(columns) == 3
    assert max(map(len, columns)) <= 17
    assert all(isinstance(column[0], Part) for column in columns)
    under: dict[Press, Part] = {}
    heads: list[Part] = []
    for each in chain(*columns):
        if isinstance(each, Part):
            heads.append(each)
        else:
            under[each] = heads[-1]
    assert set(under) == set(Press)
    assert (under[Press.SUSPEND], under[Press.QUICK_1]) == (Part.SELLING, Part.PAYING), "both are F2"
    assert (under[Press.REFUND], under[Press.EXACT]) == (Part.ELSEWHERE, Part.PAYING), "both are F9"
    assert all(places_of(each) == {Place.GOODS} for each in under if under[each] is Part.SELLING)


def test_cash_that_is_being_moved_says_so_as_long_as_nobody_may_leave(desk: Desk) -> None:
    page = cash_going_in(desk)
    with slow(desk, "_lane"):
        page.confirm.click()
        assert desk.read("cash_result") == "正在记下，请等几秒…"
        desk.window._press_escape()
        assert desk.counter.stage is Stage.CASH_MOVE
    desk.wait_for(Stage.SELL)
    desk.window._move_cash(CashKind.IN)
    assert not find(desk.window, "cash_result").isVisible()


def test_a_shift_that_is_being_closed_says_so_and_why_nobody_may_leave(desk: Desk) -> None:
    desk.sign_in(LIN.number)
    desk.counter.show(Stage.CLOSE_SHIFT)
    desk.window.close_shift.amount.setText("99")
    with slow(desk, "_lane"):
        desk.press("close_shift")
        assert desk.read("close_shift_advice").startswith("正在交班，请等几秒…")
        for another in (Said(Word.CASH_UNCLAIMED, Money(500)), None):
            desk.counter.noticed.emit(another)
            assert desk.read("close_shift_advice").startswith("正在交班，请等几秒…")
        assert "抽屉里有现金 ¥5.00" in desk.read("close_shift_advice")
        desk.counter.sign_out()
        assert desk.read("close_shift_advice").startswith("正在交班，请等几秒…")
        assert "请等几秒，办好了再走" in desk.read("close_shift_advice")
    desk.wait_for(Stage.SHIFT_CLOSED)


def test_who_counts_note_by_note_sees_the_sum_before_the_last_enter_closes_the_shift(desk: Desk) -> None:
    desk.sign_in()
    desk.counter.show(Stage.CLOSE_SHIFT)
    page = desk.window.close_shift
    assert page.amount.placeholderText() == "总数"
    page._count.boxes[0].setText("1")
    page._count.boxes[-1].setFocus()
    page.press_enter()
    assert page.amount.hasFocus()
    assert desk.counter.stage is Stage.CLOSE_SHIFT
    page.press_enter()
    desk.wait_for(Stage.SHIFT_CLOSED)


def test_the_customers_phone_of_the_demo_takes_no_keys_from_the_till(desk: Desk) -> None:
    phone = Phone("http://127.0.0.1:9", None, str)
    desk.qtbot.addWidget(phone)
    assert phone.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus
    phone.lie_on(desk.window)
    assert phone.windowHandle().transientParent() is desk.window.windowHandle()


def test_the_demos_phone_lies_nowhere_before_somebody_sells(desk: Desk) -> None:
    phone = Phone("http://127.0.0.1:9", None, str)
    desk.qtbot.addWidget(phone)
    for stage in (Stage.SIGN_IN, Stage.OPEN_SHIFT):
        lay_down(phone, desk.window, stage)
        assert not phone.isVisible()
    lay_down(phone, desk.window, Stage.SELL)
    assert phone.isVisible()
    lay_down(phone, desk.window, Stage.SIGN_IN)
    assert not phone.isVisible()


def test_the_part_that_the_key_gives_back_has_it_on_its_button(desk: Desk) -> None:
    desk.sign_in()
    desk.counter.code_seen(TEA)
    desk.press("pay")
    for _time in range(2):
        desk.counter.take_cash_part(Money(100))
        desk.wait_for(Stage.PAY)
    backs = [each for each in find(desk.window, "parts_list").findChildren(QWidget, "parts_give_back")
             if each.isVisible()]  # fmt: skip
    assert [isinstance(each, KeyButton) for each in backs] == [False, True]


def test_once_all_of_a_sale_is_to_come_back_the_next_digits_are_the_managers_number(desk: Desk) -> None:
    desk.sign_in()
    desk.counter.code_seen(TEA)
    desk.press("pay")
    desk.press("cash_exact")
    desk.wait_for(Stage.PAID)
    sale = desk.counter.sale
    assert sale
    desk.counter.show(Stage.RETURN)
    desk.window.returns.find_sale(sale.receipt_no)
    wait_until(desk, desk.window.returns.all.isVisible)
    desk.press("return_all")
    assert desk.window.returns.approval.number.hasFocus()


def test_the_demo_fills_a_screen_that_is_smaller_than_its_window(desk: Desk) -> None:
    window = QWidget()
    desk.qtbot.addWidget(window)
    show_in(QSize(1366, 768), window)
    assert (window.isFullScreen(), window.size()) == (False, QSize(1366, 768))
    show_in(QSize(1024, 600), window)
    assert window.isFullScreen()


def test_a_barcode_typed_slowly_into_the_cash_is_no_amount(desk: Desk) -> None:
    """A scanner too slow to be told from a hand: what it sends ends with Enter, and nothing is sold."""
    desk.sign_in()
    desk.counter.code_seen(WATER)
    desk.press("pay")
    box = desk.window.counter.typed_target()
    for sign in map(ord, NOODLES):
        QTest.keyClick(box, Qt.Key(sign))
    assert box.text() == ""
    desk.window.counter.press_enter()
    assert desk.counter.stage is Stage.PAY


def test_change_of_a_hundred_is_given_only_when_it_is_said_twice(desk: Desk) -> None:
    desk.sign_in()
    desk.counter.code_seen(WATER)
    desk.press("pay")
    box = desk.window.counter.typed_target()
    for sign in map(ord, "550"):
        QTest.keyClick(box, Qt.Key(sign))
    desk.window.counter.press_enter()
    assert (desk.counter.stage, desk.said[-1]) == (Stage.PAY, Said(Word.MUCH_CASH, Money(55_000), "¥548.00"))
    assert desk.read("notice_words") == "⚠ 找零 ¥548.00？"
    desk.window.counter.press_enter()
    desk.wait_for(Stage.PAID)


def test_a_note_of_a_hundred_for_a_small_sale_is_taken_at_once(desk: Desk) -> None:
    desk.sign_in()
    desk.counter.code_seen(WATER)
    desk.press("pay")
    desk.window.counter.typed_target().setText("100")
    desk.window.counter.press_enter()
    desk.wait_for(Stage.PAID)


def test_a_number_typed_after_a_line_was_named_is_for_what_comes_next(selling: Desk) -> None:
    """The yellow line is chosen so that it can be removed; three noodles are three noodles."""
    selling.window.counter.press_go()
    press(selling, Qt.Key.Key_3)
    selling.window.counter.operations.quantity()
    selling.counter.code_seen(NOODLES)
    assert [(line.text, line.quantity.amount) for line in selling.counter.cart.lines] == [
        (UNKNOWN, 1), (WATER, 1), (NOODLES, 3),
    ]  # fmt: skip

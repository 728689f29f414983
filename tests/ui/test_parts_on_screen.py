"""Half in cash, half by Alipay, on the real window: what is here is listed, what is due stays where it always is."""

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from pos.domain.errors import PosError
from pos.domain.money import ZERO, Money
from tests.audit import check_books, check_money
from tests.fakes import NOODLES, TEA, WATER
from tests.ui.conftest import Desk, open_desk
from ui.stage import Said, Stage, Word


@pytest.fixture
def paying(desk: Desk) -> Desk:
    """A tea and noodles on the pay page: ¥204.49."""
    desk.sign_in()
    for text in (TEA, NOODLES):
        desk.counter.code_seen(text)
    desk.counter.begin_pay()
    return desk


def type_cash(desk: Desk, text: str) -> None:
    desk.window.counter.typed_target().setText(text)


def take_cash(desk: Desk, text: str) -> None:
    type_cash(desk, text)
    desk.press("pay")
    desk.press("pay")
    desk.wait_for(Stage.PAY)


def rows(desk: Desk) -> list[str]:
    found = [row for row in desk.window.findChildren(QWidget, "parts_row") if row.isVisible()]
    return [label.text() for row in found for label in row.findChildren(QLabel, "parts_words")]


def wait_rows(desk: Desk, *words: str) -> None:
    desk.qtbot.waitUntil(lambda: rows(desk) == [*words], timeout=5000)


def press_back(desk: Desk, name: str) -> None:
    buttons = [each for each in desk.window.findChildren(QAbstractButton, name) if each.isVisible()]
    buttons[0].click()
    desk.qtbot.waitUntil(lambda: not desk.counter.parts.is_busy, timeout=5000)


def said(desk: Desk) -> object:
    last = desk.said[-1]
    return (last.word, last.amount, last.reason) if isinstance(last, Said) else last


def test_less_cash_than_is_due_is_taken_only_when_it_is_said_twice(paying: Desk) -> None:
    type_cash(paying, "100")
    paying.press("pay")
    assert said(paying) == (Word.PART_FIRST, Money(10_000), "¥104.49")
    assert paying.counter.parts.taken == ZERO
    type_cash(paying, "50")
    paying.press("pay")
    assert said(paying) == (Word.PART_FIRST, Money(5_000), "¥154.49")
    paying.press("pay")
    paying.wait_for(Stage.PAY)
    assert said(paying) == (Word.PART_TAKEN, Money(5_000), "¥154.49")
    wait_rows(paying, "✓ 现金 ¥50.00")


def test_what_is_still_due_stands_where_the_total_stood(paying: Desk) -> None:
    take_cash(paying, "100")
    assert (paying.read("total_amount"), paying.read("total_pieces")) == ("¥104.49", "还差 · 应收 ¥204.49")
    paying.press("cash_exact")
    paying.wait_for(Stage.PAID)
    assert paying.read("paid_title") == "✓ 现金收款完成 ¥204.49"


def test_half_in_cash_and_the_rest_by_the_customers_code(paying: Desk) -> None:
    take_cash(paying, "100")
    paying.counter.code_seen(paying.world.alipay.show_code())
    paying.wait_for(Stage.PAID)
    sale = paying.counter.sale
    assert sale is not None
    assert [each.amount for each in sale.tenders] == [Money(10_000), Money(10_449)]
    assert paying.read("paid_title") == "✓ 收款完成 ¥204.49"
    assert paying.read("paid_change") == "不用找零"
    check_money(check_books(paying.till), paying.world.alipay)


def test_an_amount_that_is_typed_is_what_alipay_is_asked_for_and_the_screen_says_so_before(paying: Desk) -> None:
    type_cash(paying, "80")
    assert paying.read("alipay_invitation") == "支付宝：扫到付款码只收 ¥80.00，其余另付"
    paying.counter.code_seen(paying.world.alipay.show_code())
    wait_rows(paying, "✓ 支付宝 ¥80.00")
    assert paying.counter.stage is Stage.PAY
    assert (paying.world.alipay.kept, paying.read("total_amount")) == (Money(8_000), "¥124.49")
    assert "请顾客出示付款码" in paying.read("alipay_invitation")


def test_more_than_is_due_is_cash_with_change_and_all_of_it_by_alipay(paying: Desk) -> None:
    type_cash(paying, "300")
    paying.counter.code_seen(paying.world.alipay.show_code())
    paying.wait_for(Stage.PAID)
    assert paying.world.alipay.kept == Money(20_449)


def test_our_code_takes_a_part_too(paying: Desk) -> None:
    type_cash(paying, "4.49")
    paying.press("show_qr")
    paying.wait_for(Stage.QR)
    assert paying.read("qr_amount") == "¥4.49"


def test_a_customer_who_changes_their_mind_pays_the_rest_otherwise(paying: Desk) -> None:
    take_cash(paying, "100")
    paying.counter.code_seen(paying.world.alipay.show_code(must_confirm=True))
    paying.wait_for(Stage.WAITING)
    paying.window.counter.press_escape()
    paying.wait_for(Stage.PAY)
    wait_rows(paying, "✓ 现金 ¥100.00")
    paying.press("cash_exact")
    paying.wait_for(Stage.PAID)
    assert paying.world.alipay.kept == ZERO


def test_cash_goes_back_by_hand_and_the_screen_says_how_much(paying: Desk) -> None:
    take_cash(paying, "100")
    press_back(paying, "parts_give_back")
    wait_rows(paying, "↩ 请退给顾客现金 ¥100.00")
    assert paying.read("total_amount") == "¥204.49"
    press_back(paying, "parts_handed_back")
    wait_rows(paying)


def test_alipay_goes_back_to_the_customer(paying: Desk) -> None:
    type_cash(paying, "80")
    paying.counter.code_seen(paying.world.alipay.show_code())
    paying.qtbot.waitUntil(lambda: len(rows(paying)) == 1, timeout=5000)
    press_back(paying, "parts_give_back")
    wait_rows(paying)
    assert paying.world.alipay.kept == ZERO


def test_goods_scanned_meanwhile_join_and_what_is_paid_for_does_not_go(paying: Desk) -> None:
    take_cash(paying, "200")
    paying.counter.code_seen(WATER)
    assert (paying.counter.stage, paying.read("total_amount")) == (Stage.PAY, "¥4.49")  # asked first: a part is paid
    paying.counter.box.join()
    assert paying.counter.stage is Stage.SELL
    assert paying.read("total_amount") == "¥6.49"
    paying.counter.basket.remove(1)
    last = paying.said[-1]
    assert isinstance(last, PosError)
    assert (last.code, len(paying.counter.cart.lines)) == ("P-214", 3)
    paying.counter.begin_pay()
    paying.press("cash_exact")
    paying.wait_for(Stage.PAID)


def test_clearing_a_sale_that_is_paid_in_part_gives_all_of_it_back_when_it_is_said_twice(paying: Desk) -> None:
    take_cash(paying, "100")
    type_cash(paying, "80")
    paying.counter.code_seen(paying.world.alipay.show_code())
    paying.qtbot.waitUntil(lambda: len(rows(paying)) == 2, timeout=5000)
    paying.counter.back_to_goods()
    paying.press("clear")
    assert said(paying) == (Word.CLEAR_RETURNS, Money(18_000), "")
    assert len(paying.counter.cart.lines) == 2
    paying.press("clear")
    paying.qtbot.waitUntil(lambda: paying.counter.cart.lines == [], timeout=5000)
    assert said(paying) == (Word.CASH_BACK, Money(10_000), "")
    assert paying.world.alipay.kept == ZERO
    paying.counter.show(Stage.REVIEW)
    assert "请退给顾客" in paying.read("review_row_words")
    paying.press("review_row_cash")
    paying.qtbot.waitUntil(lambda: paying.read("review_open_title").startswith("✓"), timeout=5000)


def test_a_shift_is_closed_over_cash_of_a_sale_that_is_not_done_and_says_so(paying: Desk) -> None:
    take_cash(paying, "100")
    paying.counter.show(Stage.CLOSE_SHIFT)
    paying.counter.close_shift(Money(20_000))
    paying.wait_for(Stage.SHIFT_CLOSED)
    assert "¥100.00" in paying.read("closed_open")


def test_after_a_power_cut_the_same_parts_stand_and_the_same_is_due(
    paying: Desk, qtbot: QtBot, qapp: QApplication
) -> None:
    take_cash(paying, "100")
    opened = open_desk(paying.world, qtbot, qapp)
    again = next(opened)
    again.sign_in()
    assert again.counter.stage is Stage.PAY
    assert said(again) == (Word.PARTS_STAND, Money(10_000), "¥104.49")
    wait_rows(again, "✓ 现金 ¥100.00")
    assert again.read("total_amount") == "¥104.49"
    again.press("cash_exact")
    again.wait_for(Stage.PAID)
    assert next(opened, None) is None


def test_by_keys_alone_the_last_part_goes_back_when_it_is_said_twice(paying: Desk) -> None:
    take_cash(paying, "100")
    paying.window._press_delete()
    assert said(paying) == (Word.GIVE_BACK_FIRST, Money(10_000), "")
    paying.window._press_delete()
    wait_rows(paying, "↩ 请退给顾客现金 ¥100.00")
    paying.window._press_delete()
    assert said(paying) == (Word.HANDED_BACK_FIRST, Money(10_000), "")
    paying.window._press_delete()
    wait_rows(paying)

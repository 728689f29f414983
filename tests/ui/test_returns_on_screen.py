"""Goods come back on the real window: by receipt, by key, by touch, by scanning them, and in exchange for others."""

from contextlib import closing

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from pos.domain.money import ZERO, Money
from pos.domain.receipt_code import ReceiptKey, write_receipt_code
from pos.domain.returns import Basis
from pos.domain.sale import Sale, TenderKind
from pos.storage import catalogue
from pos.storage import returns as stored
from pos.till import corrections, returns
from tests.audit import check_books
from tests.fakes import APPLES, BY_MEI, LIN, MEI, NOODLES, TEA, WATER
from tests.ui.conftest import MEIS_PIN, PIN, Desk
from ui.stage import Stage

SECRET = "ab" * 32


def sold(desk: Desk, *texts: str, by_alipay: bool = False) -> Sale:
    """Sell with Lin before the till."""
    if desk.counter.stage is Stage.SIGN_IN:
        desk.sign_in()
    for text in texts:
        desk.counter.code_seen(text)
    desk.counter.begin_pay()
    if by_alipay:
        desk.counter.code_seen(desk.world.alipay.show_code())
    else:
        desk.counter.pay_cash(Money(100_000))
    desk.wait_for(Stage.PAID)
    sale = desk.counter.sale
    assert sale
    return sale


def wait_words(desk: Desk, name: str, words: str) -> None:
    """Wait until a part of the page says these words."""

    def stands() -> bool:
        return any(isinstance(each, QLabel) and each.isVisible() and words in each.text()
                   for each in desk.window.returns.findChildren(QLabel, name))  # fmt: skip

    desk.qtbot.waitUntil(stands, timeout=5000)


def open_sale(desk: Desk, sale: Sale) -> None:
    """Scan a receipt and wait for its goods."""
    desk.counter.code_seen(sale.receipt_no)
    desk.qtbot.waitUntil(lambda: bool(desk.window.returns._rows), timeout=5000)


def approve(desk: Desk, number: str = MEI.number, pin: str = MEIS_PIN) -> None:
    """Type number and PIN of who says yes."""
    desk.window.returns.approval.number.setText(number)
    desk.window.returns.approval.pin.setText(pin)


def test_a_receipt_that_is_scanned_shows_what_is_left_of_each_line(desk: Desk) -> None:
    sale = sold(desk, WATER, WATER, NOODLES)
    open_sale(desk, sale)
    assert desk.counter.stage is Stage.RETURN
    assert [row._left.text() for row in desk.window.returns._rows] == ["还可退 2 · ¥4.00", "还可退 1 · ¥4.50"]
    assert desk.read("return_total") == "¥0.00"
    assert not desk.window.returns.confirm.isEnabled()


def test_goods_scanned_again_are_chosen_and_their_money_goes_back(desk: Desk) -> None:
    sale = sold(desk, WATER, WATER, NOODLES)
    open_sale(desk, sale)
    desk.counter.code_seen(WATER)
    desk.counter.code_seen(NOODLES)
    assert desk.read("return_total") == "¥6.50"
    assert desk.read("return_ways") == "现金 ¥6.50"
    approve(desk)
    desk.press("return_confirm")
    wait_words(desk, "return_result", "✓ 已退货 ¥6.50，退货单 0017-03-20261123-R0001")
    assert desk.read("return_hand") == "请给顾客现金 ¥6.50"
    assert (desk.read("return_total_title"), desk.read("return_total")) == ("已退给顾客", "¥6.50")
    (made,) = stored.list_of_receipt(desk.till.db, sale.receipt_no)
    assert (made.cashier, made.approver, made.reason) == (LIN.number, MEI.number, "商品有问题")
    check_books(desk.till)


def test_what_a_bank_card_paid_is_given_back_on_its_terminal(desk: Desk) -> None:
    sale = sold(desk, WATER)
    with closing(desk.world.open()) as other:
        corrections.correct_tender(other, sale.id, 1, TenderKind.BANK_CARD, "刷的卡", by=BY_MEI)
    open_sale(desk, sale)
    desk.press("return_all")
    assert desk.read("return_ways") == "银行卡 ¥2.00"
    approve(desk)
    desk.press("return_confirm")
    wait_words(desk, "return_result", "✓ 已退货 ¥2.00")
    assert desk.read("return_hand") == "请在银行卡终端上给顾客退 ¥2.00"
    check_books(desk.till)


def test_a_key_a_touch_and_the_keypad_choose_how_much(desk: Desk) -> None:
    sale = sold(desk, WATER, WATER, NOODLES)
    open_sale(desk, sale)
    page = desk.window.returns
    QTest.keyClick(page, Qt.Key.Key_1)
    assert desk.read("return_total") == "¥2.00"
    page._rows[1].change(1)
    assert desk.read("return_total") == "¥6.50"
    QTest.keyClick(page, Qt.Key.Key_Up)
    page._keypad.pressed.emit("⌫")
    page._keypad.pressed.emit("2")
    assert desk.read("return_total") == "¥8.50"
    page._rows[0].change(1)  # there are only two
    assert desk.read("return_total") == "¥8.50"


def test_what_is_not_on_the_receipt_is_said(desk: Desk) -> None:
    open_sale(desk, sold(desk, WATER))
    desk.counter.code_seen(NOODLES)
    wait_words(desk, "return_result", "“红烧牛肉面”不能退这么多")
    assert desk.read("return_total") == "¥0.00"


def test_alipays_money_goes_back_to_alipay_once(desk: Desk) -> None:
    open_sale(desk, sold(desk, TEA, by_alipay=True))
    desk.press("return_all")
    assert desk.read("return_ways") == "支付宝 ¥199.99"
    approve(desk)
    button = desk.window.returns.confirm
    button.click()
    button.click()
    desk.window.returns.press_enter()
    wait_words(desk, "return_result", "✓ ¥199.99 已退回支付宝")
    assert desk.read("return_hand") == "不用给现金"
    assert desk.world.alipay.kept == ZERO
    assert [name for name, _ in desk.world.alipay.calls].count("refund") == 1


def test_a_wrong_pin_takes_nothing_back(desk: Desk) -> None:
    sale = sold(desk, WATER)
    open_sale(desk, sale)
    desk.press("return_all")
    approve(desk, pin="111222")
    desk.press("return_confirm")
    wait_words(desk, "return_result", "✕ 工号或密码不对")
    approve(desk, LIN.number, PIN)
    desk.press("return_confirm")
    wait_words(desk, "return_result", "✕ 不能自己同意自己")
    assert stored.list_of_receipt(desk.till.db, sale.receipt_no) == []
    approve(desk)
    desk.press("return_confirm")
    wait_words(desk, "return_result", "✓ 已退货")


def test_everything_came_back_already(desk: Desk) -> None:
    sale = sold(desk, WATER)
    open_sale(desk, sale)
    desk.press("return_all")
    approve(desk)
    desk.press("return_confirm")
    wait_words(desk, "return_result", "✓ 已退货")
    desk.counter.code_seen(sale.receipt_no)
    wait_words(desk, "return_result", "已经全部退过")


def test_the_last_sales_are_one_touch_away(desk: Desk) -> None:
    sold(desk, WATER)
    desk.counter.next_sale()
    desk.counter.show(Stage.RETURN)
    desk.press("return_last_0")
    desk.qtbot.waitUntil(lambda: bool(desk.window.returns._rows), timeout=5000)


def test_a_wrong_number_leaves_the_last_sales_in_sight_and_the_box_ready_for_another(desk: Desk) -> None:
    sale = sold(desk, WATER)
    desk.counter.next_sale()
    desk.counter.show(Stage.RETURN)
    page = desk.window.returns
    QTest.keyClicks(page.box, "99")
    page.press_enter()
    wait_words(desk, "return_result", "没有这张小票：0017-03-20261123-0099")
    assert desk.on_screen("return_last_0").isVisible()
    assert desk.on_screen("return_loose").isVisible()
    QTest.keyClicks(desk.window.focusWidget(), "0001")
    page.press_enter()
    desk.qtbot.waitUntil(lambda: bool(page._rows), timeout=5000)
    assert desk.read("return_result").startswith(f"{sale.receipt_no}   ")
    assert desk.read("return_result").endswith("¥2.00")


def press(desk: Desk, *keys: Qt.Key) -> None:
    """Press keys wherever the focus is."""
    for key in keys:
        QTest.keyClick(desk.window.focusWidget(), key)


def chosen(desk: Desk) -> list[int]:
    """How much of each line comes back."""
    choice = desk.window.returns._choice
    assert choice
    return [line.chosen for line in choice.lines]


def test_of_the_only_line_the_keys_say_how_much_comes_back_whichever_way_it_was_opened(desk: Desk) -> None:
    sold(desk, *[WATER] * 12)
    desk.counter.next_sale()
    desk.counter.show(Stage.RETURN)
    QTest.mouseClick(desk.on_screen("return_last_0"), Qt.MouseButton.LeftButton)
    desk.qtbot.waitUntil(lambda: bool(desk.window.returns._rows), timeout=5000)
    press(desk, Qt.Key.Key_1, Qt.Key.Key_0)
    assert chosen(desk) == [10]
    press(desk, Qt.Key.Key_0)
    assert (chosen(desk), desk.window.returns.amount.text()) == ([12], "12"), "no more than were sold"
    desk.counter.show(Stage.SELL)
    desk.counter.show(Stage.RETURN)
    desk.press("return_loose")
    desk.counter.code_seen(WATER)
    press(desk, Qt.Key.Key_2)
    assert chosen(desk) == [2]


def test_of_the_only_line_that_is_weighed_one_is_all_and_more_digits_are_grams(desk: Desk) -> None:
    desk.sign_in()
    desk.counter.code_seen(APPLES)
    desk.counter.basket.set_quantity(1, 900)
    open_sale(desk, sold(desk))
    press(desk, Qt.Key.Key_1)
    assert chosen(desk) == [900]
    press(desk, Qt.Key.Key_5, Qt.Key.Key_0)
    assert chosen(desk) == [150]
    press(desk, Qt.Key.Key_0)
    assert (chosen(desk), desk.window.returns.amount.text()) == ([900], "900"), "no more than was sold"


def test_a_digit_of_no_line_or_the_star_says_how_much_of_the_line_that_is_meant(desk: Desk) -> None:
    open_sale(desk, sold(desk, *[WATER] * 12, NOODLES))
    press(desk, Qt.Key.Key_5)
    assert chosen(desk) == [5, 0]
    press(desk, Qt.Key.Key_Down, Qt.Key.Key_1)
    assert chosen(desk) == [6, 0], "a line's own digit is one more of it"
    press(desk, Qt.Key.Key_Asterisk, Qt.Key.Key_1, Qt.Key.Key_1)
    assert chosen(desk) == [11, 0]


def test_without_a_receipt_goods_come_back_at_todays_price_in_cash(desk: Desk) -> None:
    desk.sign_in()
    desk.counter.show(Stage.RETURN)
    desk.press("return_loose")
    wait_words(desk, "return_result", "没有小票")
    desk.counter.code_seen(WATER)
    desk.counter.code_seen(WATER)
    assert (desk.read("return_total"), desk.read("return_ways")) == ("¥4.00", "现金 ¥4.00")
    assert not desk.window.returns.confirm.isEnabled()
    approve(desk)
    desk.press("return_confirm")
    wait_words(desk, "return_hand", "请给顾客现金 ¥4.00")
    (made,) = stored.last_returns(desk.till.db, 9)
    assert made.basis is Basis.NOTHING


def test_a_signed_receipt_of_another_till_is_good_for_what_was_paid(desk: Desk) -> None:
    other = desk.world.open()
    catalogue.keep_rules(other.prices, "1", {"receipts": {"keys": [{"id": "1", "secret": SECRET}]}})
    other.close()
    desk.sign_in()
    keys = [ReceiptKey("1", bytes.fromhex(SECRET))]
    desk.counter.code_seen(write_receipt_code("0017-05-20261122-0009", Money(300), keys))
    wait_words(desk, "return_result", "最多退现金 ¥3.00")
    desk.counter.code_seen(WATER)
    desk.counter.code_seen(WATER)
    approve(desk)
    desk.press("return_confirm")
    wait_words(desk, "return_result", "凭这张小票还可以退 ¥3.00")
    desk.window.returns._rows[0].change(-1)
    approve(desk)
    desk.press("return_confirm")
    wait_words(desk, "return_result", "✓ 已退货 ¥2.00")


def test_a_forged_receipt_is_refused(desk: Desk) -> None:
    desk.sign_in()
    code = write_receipt_code("0017-05-20261122-0009", Money(300), [ReceiptKey("1", bytes(32))])
    desk.counter.code_seen(code)
    wait_words(desk, "return_result", "✕ 这张小票不是本店打的")


def test_what_alipay_refuses_is_given_in_cash_at_once_or_later(desk: Desk) -> None:
    sale = sold(desk, TEA, by_alipay=True)
    open_sale(desk, sale)
    desk.press("return_all")
    approve(desk)
    desk.world.alipay.refuse_next_refund("ACQ.TRADE_HAS_FINISHED")
    desk.press("return_confirm")
    wait_words(desk, "return_result", "✕ ¥199.99 支付宝没有退")
    assert desk.window.returns.owed.text() == "支付宝没有退的 ¥199.99：改退现金"
    desk.counter.show(Stage.SELL)
    desk.counter.code_seen(sale.receipt_no)
    desk.qtbot.waitUntil(desk.window.returns.owed.isVisible, timeout=5000)
    approve(desk)
    desk.press("return_owed")
    wait_words(desk, "return_hand", "请给顾客现金 ¥199.99")
    assert not desk.window.returns.owed.isVisible()
    check_books(desk.till)


def test_an_exchange_pays_only_the_difference(desk: Desk) -> None:
    bought = sold(desk, WATER, WATER)
    open_sale(desk, bought)
    desk.counter.code_seen(WATER)
    approve(desk)
    desk.press("return_exchange")
    desk.wait_for(Stage.SELL)
    desk.counter.code_seen(NOODLES)
    assert desk.read("total_amount") == "¥2.50"
    assert desk.read("total_pieces") == "换货抵 ¥2.00 · 应收 ¥4.50"
    desk.counter.begin_pay()
    desk.counter.pay_cash(Money(500))
    desk.wait_for(Stage.PAID)
    assert desk.read("paid_change") == "找零 ¥2.50"
    assert desk.read("paid_title") == "✓ 已收 ¥2.50 · 换货抵 ¥2.00"
    assert (desk.read("total_amount"), desk.read("total_pieces")) == ("¥2.50", "已收 ¥2.50 · 换货抵 ¥2.00")
    assert desk.counter.sale
    assert [each.kind for each in desk.counter.sale.tenders] == [TenderKind.EXCHANGE, TenderKind.CASH]
    check_books(desk.till)


def test_an_exchange_for_cheaper_goods_says_what_to_give_back(desk: Desk) -> None:
    open_sale(desk, sold(desk, NOODLES))
    desk.press("return_all")
    approve(desk)
    desk.press("return_exchange")
    desk.wait_for(Stage.SELL)
    desk.counter.code_seen(WATER)
    assert (desk.read("total_amount"), desk.read("total_pieces")) == ("¥2.50", "应退顾客\n退回 ¥4.50 − 新商品 ¥2.00")
    assert desk.window.counter.go.text() == "退款 ¥2.50"
    desk.press("pay")
    assert desk.read("alipay_invitation") == "换货：不用收款，退给顾客 ¥2.50"
    assert desk.window.counter.go.text() == "退款 ¥2.50"
    desk.press("pay")
    desk.wait_for(Stage.PAID)
    assert desk.read("paid_title") == "✓ 换货完成"
    assert desk.read("total_pieces") == "已退顾客\n退回 ¥4.50 − 新商品 ¥2.00"
    assert desk.read("paid_change") == "请给顾客现金 ¥2.50"
    check_books(desk.till)


def test_an_exchange_that_changed_meanwhile_is_not_sold(desk: Desk) -> None:
    bought = sold(desk, NOODLES)
    open_sale(desk, bought)
    desk.press("return_all")
    approve(desk)
    desk.press("return_exchange")
    desk.wait_for(Stage.SELL)
    other = desk.world.open()
    returns.give_back(other, returns.find_returnable(other, bought.receipt_no), {1: 1}, "", by=BY_MEI)
    other.close()
    desk.counter.code_seen(WATER)
    desk.counter.begin_pay()
    desk.counter.pay_cash(ZERO)
    desk.wait_for(Stage.PAY)
    assert len(check_books(desk.till).sales) == 1

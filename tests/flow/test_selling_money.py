"""Selling, to the last fen: codes that pay, goods that come late, money in parts, a tender that fails."""

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.domain.money import ZERO, Money
from tests.fakes import LIN, NOODLES, TEA, WATER, World
from tests.flow.selling.shop import PIN, Shop, door, open_shop, shop, sign_in_as, world
from tests.flow.selling.store import APPLES, MILK, WECHAT, label
from ui.stage import Stage

__all__ = ["door", "shop", "world"]

pytestmark = pytest.mark.x11


def wait_for(shop: Shop, stage: Stage) -> None:
    """Wait until the counter is at a stage."""
    shop.wait(lambda: shop.counter.stage is stage)
    shop.settle()


def test_a_payment_code_before_pay_is_offered_and_one_key_takes_it(shop: Shop) -> None:
    shop.wedge(NOODLES, shop.world.alipay.show_code())
    assert shop.read("take_offer") == "看到付款码 · 收支付宝 ¥4.50"
    assert (shop.rows(), shop.world.alipay.kept) == ([("红烧牛肉面", "1", "4.50")], ZERO)
    shop.wedge(WATER)
    assert shop.read("take_offer") == "看到付款码 · 收支付宝 ¥6.50"
    shop.type("Enter")
    wait_for(shop, Stage.PAID)
    assert (shop.world.alipay.kept, shop.tenders()) == (Money(650), [("alipay", 650)])
    assert shop.draft() == []
    shop.check_books()


def test_a_scanner_that_sends_enter_twice_does_not_take_the_payment_it_has_just_shown(shop: Shop) -> None:
    shop.wedge(NOODLES, shop.world.alipay.show_code(), ends=("Enter", "KP_Enter"))
    assert shop.read("take_offer") == "看到付款码 · 收支付宝 ¥4.50"
    assert (shop.counter.stage, shop.world.alipay.kept) == (Stage.SELL, ZERO)
    shop.type("Enter")
    wait_for(shop, Stage.PAID)
    assert shop.tenders() == [("alipay", 450)]


def test_a_payment_code_on_the_pay_page_pays_at_once(shop: Shop) -> None:
    shop.wedge(NOODLES)
    shop.type("F12")
    shop.wedge(shop.world.alipay.show_code())
    wait_for(shop, Stage.PAID)
    assert shop.read("paid_title") == "✓ 支付宝收款成功 ¥4.50"
    assert (shop.read("total_pieces"), shop.due()) == ("已收 · 1 件", "¥4.50")
    assert shop.tenders() == [("alipay", 450)]
    assert shop.journal()[-1] == "sale.completed"
    shop.check_books()


def test_a_payment_code_before_any_goods_charges_nobody(shop: Shop) -> None:
    shop.wedge(shop.world.alipay.show_code())
    assert shop.notice() == "⚠ 看到付款码，可是还没有可以结算的商品"
    assert (shop.world.alipay.calls, shop.journal(), shop.rows()) == ([], [], [])


def test_a_label_with_the_shape_of_a_payment_code_is_goods_among_goods_and_money_at_the_money(shop: Shop) -> None:
    deli = label("28", "00108", "01500", "00500")
    shop.wedge(deli)
    assert shop.rows() == [("烤鸭", "0.500 kg", "15.00")]
    assert not shop.sees("take_offer")
    shop.type("F12")
    shop.wedge(deli)
    wait_for(shop, Stage.PAY)
    assert "请对顾客说" in shop.read("customer_sentence")
    assert (shop.due(), len(shop.draft()), shop.world.alipay.kept) == ("¥15.00", 1, ZERO)


def test_goods_scanned_on_the_pay_page_are_asked_about_before_they_are_in(shop: Shop) -> None:
    shop.wedge(NOODLES)
    shop.type("F12")
    shop.wedge(WATER)
    assert shop.read("join_words") == "农夫山泉 550ml\n¥2.00 加入这一单？"
    assert (shop.due(), shop.draft()) == ("¥4.50", [("600102", 1, 0)])
    shop.type("F9")
    assert shop.counter.stage is Stage.PAY
    shop.type("Enter")
    assert (shop.due(), shop.draft()) == ("¥6.50", [("600102", 1, 0), ("600101", 1, 0)])
    shop.type("F12")
    shop.wedge(MILK)
    shop.type("Esc", "F9")
    wait_for(shop, Stage.PAID)
    assert shop.tenders() == [("cash", 650)]


def test_goods_scanned_after_the_sale_begin_the_next(shop: Shop) -> None:
    shop.wedge(NOODLES)
    shop.type("F12", "F9")
    wait_for(shop, Stage.PAID)
    shop.wedge(WATER)
    assert (shop.counter.stage, shop.due(), shop.draft()) == (Stage.SELL, "¥2.00", [("600101", 1, 0)])
    assert len(shop.sales()) == 1


def test_a_barcode_is_never_cash(shop: Shop) -> None:
    shop.wedge(NOODLES)
    shop.type("F12")
    shop.write("5")
    shop.wedge(WATER)
    assert shop.read("cash_amount") == "5"
    assert (shop.counter.stage, shop.sales(), shop.due()) == (Stage.PAY, [], "¥4.50")
    shop.type("Esc", "F12")
    wait_for(shop, Stage.PAID)
    assert (shop.read("paid_change"), shop.sales()[0]["tenders"][0]["handed_over_fen"]) == ("找零 ¥0.50", 500)


@pytest.mark.parametrize(("key", "handed_over"), [("F9", 650), ("F2", 1000), ("F3", 2000)])
def test_cash_by_one_key(shop: Shop, key: str, handed_over: int) -> None:
    shop.wedge(NOODLES, WATER)
    shop.type("F12", key)
    wait_for(shop, Stage.PAID)
    assert shop.sales()[0]["tenders"][0]["handed_over_fen"] == handed_over
    assert shop.read("paid_change") == f"找零 {Money(handed_over - 650)}"
    shop.check_books()


def test_cash_by_touch_alone(shop: Shop) -> None:
    shop.wedge(NOODLES)
    shop.touch("pay")
    for key in "20":
        shop.touch(f"key_{key}")
    assert shop.read("cash_change") == "找零 ¥15.50"
    shop.touch("pay")
    wait_for(shop, Stage.PAID)
    shop.touch("pay")
    assert (shop.counter.stage, shop.rows(), shop.tenders()) == (Stage.SELL, [], [("cash", 450)])


def test_half_in_cash_and_half_by_alipay(shop: Shop) -> None:
    shop.wedge(NOODLES, WATER)
    shop.type("F12")
    shop.write("3")
    shop.type("F12")
    assert shop.notice().startswith("⚠")
    shop.type("F12")
    assert (shop.due(), shop.reads("parts_words")) == ("¥3.50", ["✓ 现金 ¥3.00"])
    assert shop.journal()[-1].startswith("payment.")
    shop.wedge(shop.world.alipay.show_code())
    wait_for(shop, Stage.PAID)
    assert (shop.tenders(), shop.world.alipay.kept) == ([("cash", 300), ("alipay", 350)], Money(350))
    shop.check_books()


def test_a_tender_that_fails_leaves_the_others_standing(shop: Shop) -> None:
    shop.wedge(NOODLES, WATER)
    shop.type("F12")
    shop.write("3")
    shop.type("F12", "F12")
    shop.wedge(shop.world.alipay.show_code(sub_code="ACQ.BUYER_BALANCE_NOT_ENOUGH"))
    wait_for(shop, Stage.PAY)
    assert (shop.due(), shop.reads("parts_words")) == ("¥3.50", ["✓ 现金 ¥3.00"])
    assert "请对顾客说" in shop.read("customer_sentence")
    shop.wedge(shop.world.alipay.show_code("李先生"))
    wait_for(shop, Stage.PAID)
    assert shop.tenders() == [("cash", 300), ("alipay", 350)]
    shop.check_books()


def test_a_part_that_is_given_back_is_paid_another_way(shop: Shop) -> None:
    shop.wedge(NOODLES, WATER)
    shop.type("F12")
    shop.write("3")
    shop.wedge(shop.world.alipay.show_code())
    shop.wait(lambda: shop.reads("parts_words") == ["✓ 支付宝 ¥3.00"])
    shop.touch("parts_give_back")
    shop.wait(lambda: not shop.sees("parts_words"))
    assert (shop.due(), shop.world.alipay.kept) == ("¥6.50", ZERO)
    shop.type("F9")
    wait_for(shop, Stage.PAID)
    assert shop.tenders() == [("cash", 650)]
    shop.check_books()


def test_an_answer_that_does_not_come_is_told_as_not_known_and_found_out(shop: Shop) -> None:
    shop.wedge(NOODLES)
    shop.type("F12")
    shop.world.alipay.lose_next_reply()
    shop.wedge(shop.world.alipay.show_code())
    wait_for(shop, Stage.PAID)
    assert (shop.tenders(), shop.world.alipay.kept) == ([("alipay", 450)], Money(450))
    shop.check_books()


def test_the_customer_scans_a_code_of_ours(shop: Shop) -> None:
    shop.wedge(NOODLES)
    shop.type("F12", "F6")
    wait_for(shop, Stage.QR)
    assert shop.read("qr_amount") == "¥4.50"
    shop.wedge(WATER)
    assert shop.draft() == [("600102", 1, 0)]
    shop.world.alipay.scan(shop.counter.qr)
    wait_for(shop, Stage.PAID)
    assert shop.tenders() == [("alipay", 450)]


def test_what_the_drawer_has_no_coin_for_is_left_off_in_cash_only(
    world: World, qtbot: QtBot, qapp: QApplication
) -> None:
    with open_shop(world, qtbot, qapp, smallest_coin_fen=10) as shop:
        sign_in_as(shop, LIN.number, PIN)
        shop.wedge(label("21", "00103", "00750"))
        assert shop.due() == "¥8.99"
        shop.type("F12")
        assert shop.read("cash_exact") == "正好 ¥8.90"
        shop.type("F9")
        wait_for(shop, Stage.PAID)
        assert (shop.tenders(), shop.sales()[0]["rounding_fen"]) == ([("cash", 890)], -9)
        shop.wedge(label("21", "00103", "00750"))
        shop.type("F12")
        shop.wedge(shop.world.alipay.show_code())
        wait_for(shop, Stage.PAID)
        assert shop.tenders() == [("alipay", 899)]
        shop.check_books()


def test_alipay_that_cannot_be_reached_takes_no_code_and_cash_goes_on(shop: Shop) -> None:
    shop.wedge(TEA, WECHAT)
    shop.world.alipay.is_down = True
    shop.type("F12")
    shop.wedge(shop.world.alipay.show_code())
    shop.wait(lambda: shop.counter.stage in {Stage.UNKNOWN, Stage.PAY})
    shop.type("Esc")
    shop.wait(lambda: shop.counter.stage is Stage.PAY)
    shop.type("F9")
    wait_for(shop, Stage.PAID)
    assert (shop.tenders(), APPLES in str(shop.sales())) == ([("cash", 18_999)], False)

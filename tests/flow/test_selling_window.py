"""Selling, from hello to the next customer: people, languages, carts laid aside, practice, the customer's window."""

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes import LIN, MEI, NOODLES, TEA, WATER, World
from tests.flow.selling.shop import MEIS_PIN, PIN, Shop, door, open_shop, shop, sign_in_as, world
from tests.flow.selling.store import APPLES, MEMBER, MILK, label
from ui.paper.view import SlipView
from ui.sounds import Tone
from ui.stage import Stage

__all__ = ["door", "shop", "world"]

pytestmark = pytest.mark.x11


def test_signing_in_by_keys_alone(door: Shop) -> None:
    sign_in_as(door, LIN.number, PIN)
    assert door.counter.stage is Stage.SELL
    assert door.read("strip_person").startswith("林小雨")


def test_signing_in_by_touch_alone(door: Shop) -> None:
    for key in LIN.number:
        door.touch(f"key_{key}")
    door.touch("staff_pin")
    for key in PIN:
        door.touch(f"key_{key}")
    door.touch("sign_in")
    door.wait(lambda: door.counter.stage is Stage.SELL)
    assert PIN not in "".join(door.journal())


def test_a_cart_laid_aside_waits_and_the_badge_counts(shop: Shop) -> None:
    shop.wedge(WATER, NOODLES)
    shop.type("F2")
    assert (shop.rows(), shop.draft(), shop.read("resume")) == ([], [], "取单 1")
    assert shop.journal() == ["cart.suspended"]
    shop.wedge(TEA)
    shop.compose("红衣服")
    shop.touch("suspend")
    assert (shop.read("resume"), shop.journal()) == ("取单 2", ["cart.suspended", "cart.suspended"])
    shop.type("F3")
    assert shop.reads("suspended_total") == ["¥6.50", "¥189.99"]
    assert (shop.reads("suspended_note"), shop.suspended()) == (["", "“红衣服”"], 2)
    shop.type("1")
    assert (shop.due(), shop.draft()) == ("¥6.50", [("600101", 1, 0), ("600102", 1, 0)])
    assert (shop.read("resume"), shop.journal()[-1]) == ("取单 1", "cart.resumed")
    assert "挂单" not in shop.notice()
    shop.type("F12", "F9")
    shop.wait(lambda: shop.sees("paid_title"))
    shop.type("F12", "F3")
    shop.touch("suspended_resume")
    assert (shop.due(), shop.read("resume")) == ("¥189.99", "取单")


def test_a_cart_is_not_put_on_top_of_another(shop: Shop) -> None:
    shop.wedge(WATER)
    shop.type("F2")
    shop.wedge(NOODLES)
    shop.type("F3", "1")
    assert "先收款，或先把这一单挂起来" in shop.read("suspended_trouble")
    shop.type("Esc")
    assert (shop.rows(), shop.draft()) == ([("红烧牛肉面", "1", "4.50")], [("600102", 1, 0)])


def test_the_language_changes_in_the_middle_of_a_sale_and_nothing_else_does(shop: Shop) -> None:
    shop.wedge(WATER, MEMBER, MILK)
    before = shop.draft()
    shop.type("Ctrl+l")
    assert [row[0] for row in shop.rows()] == ["Spring water", "Fresh milk"]
    assert (shop.due(), shop.draft(), shop.read("pay")) == ("¥16.80", before, "Pay")
    shop.wedge(NOODLES)
    assert shop.rows()[-1] == ("Beef noodles", "1", "4.50")
    shop.touch("strip_language")
    assert shop.rows()[-1] == ("红烧牛肉面", "1", "4.50")
    shop.type("F12", "F9")
    shop.wait(lambda: shop.sees("paid_title"))
    assert shop.tenders() == [("cash", 2_130)]


def test_f1_shows_the_keys_and_a_scan_puts_the_sheet_away(shop: Shop) -> None:
    shop.type("F1")
    assert shop.sees("key_sheet")
    shop.wedge(WATER)
    assert (shop.sees("key_sheet"), shop.draft()) == (False, [("600101", 1, 0)])
    shop.touch("strip_help")
    assert shop.sees("key_sheet")
    shop.type("Esc")
    assert not shop.sees("key_sheet")


def test_every_button_of_the_counter_tells_its_key(shop: Shop) -> None:
    shop.wedge(WATER)
    named = ("line_quantity", "line_price", "line_discount", "line_remove", "undo", "suspend", "resume", "member",
             "clear", "more", "pay")  # fmt: skip
    assert [name for name in named if shop.has_no_cap(name)] == []


def test_the_screen_is_locked_and_the_cart_is_there_afterwards(shop: Shop) -> None:
    shop.wedge(WATER, NOODLES)
    shop.type("F11")
    assert shop.counter.stage is Stage.SIGN_IN
    shop.wedge(TEA)
    shop.type("Escape")
    sign_in_as(shop, MEI.number, MEIS_PIN)
    assert (shop.due(), shop.draft()) == ("¥6.50", [("600101", 1, 0), ("600102", 1, 0)])
    assert shop.read("strip_person").startswith("梅店长")


def test_a_till_that_was_cut_off_has_the_cart_again(world: World, qtbot: QtBot, qapp: QApplication) -> None:
    with open_shop(world, qtbot, qapp) as shop:
        sign_in_as(shop, LIN.number, PIN)
        shop.wedge(label("21", "00103", "00750"), MEMBER, WATER)
        world.open_anew().close()
    with open_shop(world, qtbot, qapp) as again:
        sign_in_as(again, LIN.number, PIN)
        assert again.rows() == [("红富士苹果", "0.750 kg", "8.99"), ("农夫山泉 550ml", "1", "2.00")]
        assert again.draft_says("member")["number"] == MEMBER
        again.type("F12", "F9")
        again.wait(lambda: again.sees("paid_title"))
        assert again.tenders() == [("cash", 1_099)]


def test_practice_is_another_ground_and_its_receipt_says_so(world: World, qtbot: QtBot, qapp: QApplication) -> None:
    with open_shop(world, qtbot, qapp, training=True) as shop:
        assert shop.read("strip_simulator") == "练习 TRAINING"
        sign_in_as(shop, LIN.number, PIN)
        assert shop.window.property("mode") == "training"
        shop.wedge(WATER)
        shop.type("F12", "F9")
        shop.wait(lambda: shop.sees("paid_title"))
        receipt = shop.window.findChild(SlipView, "receipt")
        assert isinstance(receipt, SlipView)
        assert receipt.text().splitlines()[0].strip() == "练习"
        assert not shop.sees("strip_unsent") or not shop.sees("strip_line")


def test_the_customer_sees_the_store_then_the_goods_then_the_sum_then_thanks(shop: Shop) -> None:
    assert shop.customer.is_idle
    shop.wedge(WATER, MILK, MEMBER)
    assert "农夫山泉" in shop.customer_reads("customer_lines")
    assert shop.customer_reads("customer_amount") == "¥16.80"
    assert shop.customer_reads("customer_saved") == "已优惠 ¥2.00"
    shop.type("F12")
    assert shop.customer_reads("customer_words") == "请出示支付宝付款码，或付现金"
    shop.write("20")
    shop.type("F12")
    shop.wait(lambda: shop.sees("paid_title"))
    assert shop.customer_reads("customer_change") == "找零 ¥3.20"
    assert shop.customer_reads("customer_words") == "✓ 收款成功，谢谢惠顾"
    shop.type("F12")
    assert shop.customer.is_idle


def test_the_customer_never_sees_the_cashiers_trouble_nor_a_number_of_a_member(shop: Shop) -> None:
    shop.wedge(WATER, "69999", MEMBER)
    shop.wedge(label("21", "00999", "00750"))
    said = " ".join(shop.customer_reads(name) for name in ("customer_lines", "customer_words", "customer_title"))
    assert MEMBER not in said
    assert "没有" not in said


def test_each_scan_is_heard_by_what_it_was(shop: Shop) -> None:
    shop.heard.tones.clear()
    shop.wedge(WATER)
    shop.wedge(label("21", "00999", "00750"))
    shop.type("Del", "F12", "F9")
    shop.wait(lambda: shop.sees("paid_title"))
    assert [shop.heard.tones[0], shop.heard.tones[1], shop.heard.tones[-1]] == [Tone.GOOD, Tone.UNKNOWN, Tone.DONE]


def test_a_weight_by_touch_alone(shop: Shop) -> None:
    with shop.scale() as scale:
        shop.put_on(scale, 1_000)
        shop.wedge(APPLES)
        shop.touch("pad_weigh")
        shop.touch("pad_take")
        assert (shop.rows(), shop.draft()) == ([("红富士苹果", "1.000 kg", "11.98")], [(APPLES, 1_000, 0)])

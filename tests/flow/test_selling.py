"""Selling, scan by scan: the real window under an X server, and after each step the screen and the disk."""

import pytest

from tests.fakes import NOODLES, TEA, WATER
from tests.flow.selling.shop import Shop, door, shop, world
from tests.flow.selling.store import (
    BAG,
    CASE,
    COUPON,
    MEMBER,
    MILK,
    SHARED,
    SNACK,
    UNKNOWN,
    WECHAT,
)
from ui.stage import Stage

__all__ = ["door", "shop", "world"]

pytestmark = pytest.mark.x11

WATER_ROW = ("农夫山泉 550ml", "1", "2.00")


def test_a_scan_is_a_line_and_is_on_disk_before_the_next(shop: Shop) -> None:
    shop.wedge(WATER)
    assert shop.rows() == [WATER_ROW]
    assert (shop.due(), shop.draft()) == ("¥2.00", [("600101", 1, 0)])
    shop.wedge(NOODLES)
    assert shop.rows() == [WATER_ROW, ("红烧牛肉面", "1", "4.50")]
    assert (shop.due(), shop.draft()) == ("¥6.50", [("600101", 1, 0), ("600102", 1, 0)])
    assert shop.journal() == []


def test_twenty_scans_in_one_burst_are_twenty_pieces(shop: Shop) -> None:
    shop.wedge(*[WATER, NOODLES] * 10)
    assert shop.rows() == [("农夫山泉 550ml", "10", "20.00"), ("红烧牛肉面", "10", "45.00")]
    assert (shop.due(), shop.draft()) == ("¥65.00", [("600101", 10, 0), ("600102", 10, 0)])


def test_an_unknown_barcode_is_a_yellow_line_that_holds_up_the_money_and_nothing_else(shop: Shop) -> None:
    shop.wedge(UNKNOWN)
    assert shop.rows() == [(f"不认识 {UNKNOWN}", "", "")]
    assert shop.notice() == f"⚠ 没有这个条码 {UNKNOWN}"
    shop.wedge(WATER)
    assert (shop.due(), shop.draft()) == ("¥2.00", [("?", 1, 0), ("600101", 1, 0)])
    shop.type("F12")
    assert shop.counter.stage is Stage.SELL
    shop.type("Up", "Del", "F12")
    assert (shop.rows(), shop.draft()) == ([WATER_ROW], [("600101", 1, 0)])
    assert shop.sees("pay_panel")


def test_a_case_has_a_unit_and_a_price_of_its_own_and_moves_its_pieces(shop: Shop) -> None:
    shop.wedge(CASE)
    assert shop.rows() == [("农夫山泉 550ml 箱", "1 × 24", "42.00")]
    assert (shop.due(), shop.draft()) == ("¥42.00", [("600101", 24, 0)])
    shop.type("F12", "F9")
    shop.wait(lambda: shop.sees("paid_title"))
    assert shop.sales()[0]["lines"][0]["quantity"] == 24
    assert shop.reading.db.execute("SELECT moved FROM stock WHERE sku = '600101'").fetchone() == (-24,)


def test_a_barcode_of_several_things_asks_which_one_and_scanning_goes_on_meanwhile(shop: Shop) -> None:
    shop.wedge(SHARED)
    assert shop.read("pick_title") == "这个条码有 2 种商品，是哪一种？"
    assert (shop.rows(), shop.draft()) == ([], [])
    shop.wedge(WATER)
    assert shop.sees("pick_panel")
    assert shop.rows() == [WATER_ROW]
    shop.type("2")
    assert shop.rows() == [WATER_ROW], "a digit alone picks nothing"
    shop.type("Enter")
    assert shop.draft() == [("600101", 1, 0), (SNACK, 1, 0)]
    shop.wedge(SHARED)
    shop.touch("pick_0")
    assert shop.draft() == [("600101", 1, 0), (SNACK, 1, 0), ("600102", 1, 0)]
    assert (shop.due(), shop.sees("pick_panel")) == ("¥11.50", False)


def test_a_barcode_typed_by_hand_over_a_question_is_never_the_digit_that_picks(shop: Shop) -> None:
    shop.wedge(SHARED)
    for digit in NOODLES:
        shop.type(digit)
    assert (shop.rows(), shop.sees("pick_panel")) == ([], True)
    shop.type("Enter")
    assert shop.draft() == [("600102", 1, 0)]
    assert shop.sees("pick_panel")


def test_goods_are_found_by_pinyin_by_name_by_number_and_by_the_last_digits(shop: Shop) -> None:
    shop.write("nfsq")
    shop.type("Enter")
    assert (shop.draft(), shop.read("search")) == ([("600101", 1, 0)], "")
    shop.compose("鲜牛奶")
    shop.type("Enter")
    assert shop.draft()[-1] == ("600106", 1, 0)
    shop.write("6001")
    shop.write("02")
    shop.type("Enter")
    assert shop.draft()[-1] == ("600102", 1, 0)
    shop.write(TEA[-4:])
    shop.wait(lambda: shop.tiles() == ["龙井茶 ¥199.99"])
    shop.touch_tile(0)
    assert shop.draft()[-1] == ("600104", 1, 0)
    assert shop.read("search") == ""


def test_a_word_that_fits_several_things_is_never_guessed(shop: Shop) -> None:
    shop.compose("牛肉面")
    shop.type("Enter")
    assert (shop.draft(), shop.read("pick_title")) == ([], "找到 2 种商品，是哪一种？")
    shop.type("2", "Enter")
    shop.wait(lambda: shop.draft() == [(SNACK, 1, 0)])
    assert shop.sees("sell_panel")


def test_tiles_and_shelves_by_touch_alone(shop: Shop) -> None:
    drinks = shop.reads_all("shelf_").index("饮料")
    shop.touch(f"shelf_{drinks}")
    assert shop.tiles() == ["农夫山泉 550ml ¥2.00", "龙井茶 ¥199.99"]
    shop.touch_tile(0)
    shop.touch_tile(0)
    assert (shop.rows(), shop.draft()) == ([("农夫山泉 550ml", "2", "4.00")], [("600101", 2, 0)])


def test_a_bag_is_one_touch_on_its_own_key(shop: Shop) -> None:
    shop.wedge(WATER)
    assert shop.read("quick_0") == "购物袋 ¥0.30"
    shop.touch("quick_0")
    shop.point("quick_0")
    assert (shop.due(), shop.draft()) == ("¥2.60", [("600101", 1, 0), (BAG, 2, 0)])


def test_a_price_is_told_and_nothing_is_added(shop: Shop) -> None:
    shop.wedge(WATER)
    shop.type("Ctrl+f")
    shop.wedge(TEA)
    told = (shop.read("price_check_0"), shop.read("price_check_price_0"))
    assert told == ("龙井茶  ·  满100减10", "¥189.99 每件（原价 ¥199.99） · 600104"), "as it would be charged by itself"
    assert (shop.rows(), shop.draft(), shop.due()) == ([WATER_ROW], [("600101", 1, 0)], "¥2.00")
    shop.wedge(NOODLES)
    assert shop.draft() == [("600101", 1, 0), ("600102", 1, 0)]


def test_a_price_that_was_told_can_be_sold_after_all(shop: Shop) -> None:
    shop.touch("more")
    shop.touch("do_price_check")
    shop.wedge(MILK)
    shop.touch("price_check_take")
    assert (shop.draft(), shop.due()) == ([("600106", 1, 0)], "¥16.80")


def test_expired_and_recalled_goods_are_refused_in_words_and_what_ends_soon_is_cheaper(shop: Shop) -> None:
    shop.wedge(f"010{MILK}17261120")
    assert shop.notice().startswith("✕ 鲜牛奶 已过期，不能卖")
    shop.wedge(f"010{MILK}1726121010BAD1")
    assert shop.notice() == "✕ 鲜牛奶 已被召回，不能卖：密封不好"
    assert (shop.rows(), shop.draft()) == ([], [])
    shop.wedge(f"010{MILK}1726112510G7")
    assert (shop.rows(), shop.due()) == ([("鲜牛奶", "1", "11.76")], "¥11.76")
    assert shop.line_on_disk()["lot"] == "G7"
    assert shop.line_on_disk()["expires_on"] == "2026-11-25"


def test_a_link_that_a_scanner_types_with_capitals_is_one_scan(shop: Shop) -> None:
    shop.wedge(f"https://id.gs1.org/01/0{MILK}/10/G7?17=261210")
    assert shop.rows() == [("鲜牛奶", "1", "16.80")]
    assert (shop.line_on_disk()["lot"], shop.line_on_disk()["expires_on"]) == ("G7", "2026-12-10")
    assert shop.read("search") == ""


def test_the_separator_of_gs1_comes_through_the_keyboard(shop: Shop) -> None:
    shop.wedge(f"010{MILK}10BAD2\x1d17261125")
    assert shop.rows() == [("鲜牛奶", "1", "11.76")]
    assert (shop.line_on_disk()["lot"], shop.line_on_disk()["expires_on"]) == ("BAD2", "2026-11-25")


def test_what_is_no_goods_says_what_it_is_and_adds_nothing(shop: Shop) -> None:
    shop.wedge(WECHAT)
    assert "微信" in shop.notice()
    shop.wedge(MEMBER)
    assert shop.notice() == "✓ 会员 88…2345"
    shop.wedge(COUPON)
    assert shop.notice() == "⚠ “满10减3券”还用不上"
    shop.wedge("GTB1:ABCDEFGH12345678")
    assert (shop.rows(), shop.draft()) == ([], [])
    assert shop.draft_says("member")["number"] == MEMBER
    assert shop.draft_says("coupons") == [COUPON]


def test_an_input_method_reaches_names_and_no_number(shop: Shop) -> None:
    shop.wedge(WATER)
    shop.compose("６９０９８７６５４３２１２")
    shop.type("Enter")
    assert (shop.draft(), shop.read("search")) == ([("600101", 1, 0), ("600102", 1, 0)], "")
    shop.type("F4")
    shop.compose("１２")
    assert shop.read("pad_box") == ""
    shop.type("Esc", "F12")
    shop.compose("５０")
    assert shop.read("cash_amount") == ""


def test_a_scan_is_goods_whatever_is_open_and_never_a_number(shop: Shop) -> None:
    shop.wedge(WATER)
    for place, opened in enumerate(("F4", "F5", "F6", "F7", "F8", "Ctrl+m", "Ctrl+e", "F1"), 1):
        shop.type(opened)
        shop.wedge(NOODLES)
        assert shop.draft() == [("600101", 1, 0), ("600102", place, 0)], opened
    assert (shop.due(), shop.draft_says("member"), shop.draft_says("coupons")) == ("¥38.00", "", [])


def test_a_scan_that_comes_while_a_number_is_typed_is_goods_and_the_number_counts_them(shop: Shop) -> None:
    shop.write("3")
    shop.type("*")
    shop.wedge(NOODLES, WATER)
    assert shop.rows() == [("红烧牛肉面", "3", "13.50"), WATER_ROW]
    assert shop.draft() == [("600102", 3, 0), ("600101", 1, 0)]

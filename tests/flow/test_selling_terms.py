"""Selling, line by line: numbers, weights, labels, prices and what is taken off, by keys and by touch."""

import pytest

from tests.fakes import NOODLES, TEA, WATER
from tests.flow.selling.shop import Shop, door, shop, world
from tests.flow.selling.store import APPLES, CAKE, COUPON, DUCK, MEMBER, MILK, label
from ui.stage import Stage

__all__ = ["door", "shop", "world"]

pytestmark = pytest.mark.x11


def test_a_number_before_the_scan_is_for_the_next_thing_only(shop: Shop) -> None:
    shop.write("3")
    shop.type("*")
    assert shop.read("pad_box") == "3"
    shop.wedge(WATER)
    shop.wedge(NOODLES)
    assert shop.rows() == [("农夫山泉 550ml", "3", "6.00"), ("红烧牛肉面", "1", "4.50")]
    assert (shop.due(), shop.draft()) == ("¥10.50", [("600101", 3, 0), ("600102", 1, 0)])


def test_a_number_after_the_scan_is_for_the_last_or_the_chosen_line(shop: Shop) -> None:
    shop.wedge(WATER, NOODLES)
    shop.write("4")
    shop.type("*", "Enter")
    assert shop.draft() == [("600101", 1, 0), ("600102", 4, 0)]
    shop.type("Up")
    shop.write("12")
    shop.type("*")
    assert (shop.draft(), shop.due()) == ([("600101", 12, 0), ("600102", 4, 0)], "¥42.00")


def test_numbers_by_touch_alone(shop: Shop) -> None:
    shop.wedge(WATER, NOODLES)
    shop.touch_line(0)
    shop.touch("line_quantity")
    shop.touch("key_1")
    shop.point("key_5")
    shop.touch("pay")
    assert (shop.draft(), shop.due()) == ([("600101", 15, 0), ("600102", 1, 0)], "¥34.50")


def test_what_lies_on_the_scale_is_weighed_less_its_packing(shop: Shop) -> None:
    with shop.scale() as scale:
        shop.wedge(APPLES)
        assert shop.read("pad_title") == "净重：克数，或公斤如 0.75"
        shop.put_on(scale, 750)
        shop.type("Ctrl+w")
        assert shop.read("pad_box") == "0.750"
        shop.type("Enter")
        assert (shop.rows(), shop.draft()) == ([("红富士苹果", "0.750 kg", "8.99")], [(APPLES, 750, 0)])  # 8.985
        shop.type("Ctrl+p")
        shop.write("50")
        shop.type("Enter")
        assert (shop.rows(), shop.draft()) == ([("红富士苹果", "0.700 kg", "8.39")], [(APPLES, 700, 50)])  # 8.386
        shop.put_on(scale, 912, "US")
        shop.type("Ctrl+w")
        assert shop.notice() == "⚠ 重量还在变"
        assert shop.draft() == [(APPLES, 700, 50)]


def test_what_nobody_weighed_costs_nothing_and_holds_up_the_money(shop: Shop) -> None:
    shop.wedge(APPLES)
    shop.wedge(WATER)
    assert (shop.rows()[0], shop.due()) == (("红富士苹果", "? kg", ""), "¥2.00")
    assert (shop.draft(), shop.line_on_disk(0)["needs_weight"]) == ([(APPLES, 1000, 0), ("600101", 1, 0)], 1)
    shop.type("F12")
    assert (shop.counter.stage, shop.notice()) == (Stage.SELL, "⚠ 还不能结算：“红富士苹果”还没有称重")
    shop.type("F4")
    assert shop.read("pad_title") == "净重：克数，或公斤如 0.75"
    shop.write("250")
    assert shop.read("pad_outcome") == "= ¥3.00"
    shop.type("Enter")
    assert (shop.rows()[0], shop.due()) == (("红富士苹果", "0.250 kg", "3.00"), "¥5.00")
    shop.type("F12")
    assert shop.counter.stage is Stage.PAY


def test_a_label_of_weight_is_price_times_weight(shop: Shop) -> None:
    shop.wedge(label("21", "00103", "01234"))
    assert shop.rows() == [("红富士苹果", "1.234 kg", "14.78")]  # 1.234 x 11.98 = 14.78332
    assert shop.draft() == [(APPLES, 1234, 0)]


def test_a_label_of_an_amount_costs_that_amount(shop: Shop) -> None:
    shop.wedge(label("22", "00103", "00599"))
    assert shop.rows() == [("红富士苹果", "0.500 kg", "5.99")]
    assert shop.line_on_disk()["label_amount_fen"] == 599


def test_a_label_of_both_is_held_against_the_price(shop: Shop) -> None:
    shop.wedge(label("24", "00103", "00599", "00500"))
    assert (shop.rows(), shop.notice()) == ([("红富士苹果", "0.500 kg", "5.99")], "红富士苹果")
    shop.wedge(label("24", "00103", "00499", "00500"))
    assert shop.rows()[1] == ("红富士苹果", "0.500 kg", "4.99")
    assert shop.notice() == "⚠ 秤标签 ¥4.99，按单价是 ¥5.99"
    assert (shop.due(), shop.draft()) == ("¥10.98", [(APPLES, 500, 0), (APPLES, 500, 0)])


def test_a_price_by_hand_and_back_again(shop: Shop) -> None:
    shop.wedge(NOODLES)
    shop.type("F5")
    shop.write("3.8")
    assert shop.read("pad_outcome") == "¥4.50 → ¥3.80"
    shop.type("Enter")
    assert (shop.rows(), shop.line_on_disk()["price_by_hand_fen"]) == ([("红烧牛肉面", "1", "3.80")], 380)
    shop.type("/", "Del")
    assert (shop.rows(), shop.line_on_disk()["price_by_hand_fen"]) == ([("红烧牛肉面", "1", "4.50")], "")


def test_percent_off_a_line_and_an_amount_by_the_same_key_twice(shop: Shop) -> None:
    shop.wedge(WATER, NOODLES)
    shop.type("F6")
    shop.write("10")
    shop.type("Enter")
    assert shop.rows()[1] == ("红烧牛肉面", "1", "4.05")
    assert shop.line_on_disk()["discount"] == {"percent": 10, "amount_fen": 0}
    shop.type("F6", "F6")
    shop.write("0.5")
    shop.type("Enter")
    assert shop.rows()[1] == ("红烧牛肉面", "1", "4.00")
    assert shop.line_on_disk()["discount"] == {"percent": 0, "amount_fen": 50}


def test_more_off_than_a_line_costs_is_refused_before_it_is_done(shop: Shop) -> None:
    shop.wedge(NOODLES)
    shop.touch("line_discount")
    shop.touch("pad_turn")
    for key in "99":
        shop.touch(f"key_{key}")
    assert shop.read("pad_advice").startswith("✕ 折扣不对：最多 ¥4.50")
    shop.type("Enter")
    assert (shop.due(), shop.line_on_disk()["discount"]) == ("¥4.50", "")


def test_something_off_the_whole(shop: Shop) -> None:
    shop.wedge(MILK, WATER)
    shop.type("F7")
    shop.write("5")
    shop.type("Enter")
    assert (shop.due(), shop.draft_says("discount")) == ("¥17.86", {"percent": 5, "amount_fen": 0})  # 18.80 x 0.95
    assert shop.read("total_savings") == "已优惠 −¥0.94"
    shop.touch("more")
    shop.touch("do_order_discount")
    shop.touch("pad_turn")
    shop.write("1.8")
    shop.type("Enter")
    assert (shop.due(), shop.draft_says("discount")) == ("¥17.00", {"percent": 0, "amount_fen": 180})


def test_an_open_price_is_asked_for_at_once_and_holds_up_the_money_until_it_is_told(shop: Shop) -> None:
    shop.wedge(CAKE)
    assert shop.read("pad_title") == "改单价（元）"
    shop.type("Esc", "F12")
    assert (shop.counter.stage, shop.notice()) == (Stage.SELL, "⚠ 还不能结算：“现做蛋糕”没有价格")
    shop.type("F5")
    shop.write("28")
    shop.type("Enter")
    assert (shop.due(), shop.line_on_disk()["price_by_hand_fen"]) == ("¥28.00", 2_800)
    shop.type("F12")
    assert shop.counter.stage is Stage.PAY


def test_steps_are_taken_back_one_by_one(shop: Shop) -> None:
    shop.wedge(WATER)
    shop.write("5")
    shop.type("*", "Enter")
    shop.wedge(NOODLES)
    shop.type("Ctrl+z")
    assert shop.draft() == [("600101", 5, 0)]
    shop.touch("undo")
    assert shop.draft() == [("600101", 1, 0)]
    shop.type("Ctrl+z")
    assert (shop.draft(), shop.rows(), shop.due()) == ([], [], "¥0.00")


def test_a_line_is_removed_and_brought_back(shop: Shop) -> None:
    shop.wedge(WATER, NOODLES)
    shop.touch_line(0)
    shop.touch("line_remove")
    assert (shop.due(), shop.draft()) == ("¥4.50", [("600102", 1, 0)])
    shop.type("Ctrl+z")
    assert (shop.due(), shop.draft()) == ("¥6.50", [("600101", 1, 0), ("600102", 1, 0)])


def test_a_cart_is_cleared_and_brought_back(shop: Shop) -> None:
    shop.wedge(WATER, NOODLES)
    shop.type("Ctrl+Del")
    assert (shop.rows(), shop.due(), shop.draft()) == ([], "¥0.00", [])
    shop.type("Ctrl+z")
    assert (shop.due(), shop.draft()) == ("¥6.50", [("600101", 1, 0), ("600102", 1, 0)])


def test_a_member_is_scanned_or_typed_and_has_the_members_price(shop: Shop) -> None:
    shop.wedge(MILK)
    assert shop.due() == "¥16.80"
    shop.wedge(MEMBER)
    assert (shop.due(), shop.notice()) == ("¥14.80", "✓ 会员 88…2345")
    assert shop.draft_says("member")["level"] == "gold"
    shop.type("F8", "Del")
    assert (shop.due(), shop.draft_says("member")) == ("¥16.80", "")
    shop.type("F8")
    shop.write(MEMBER)
    shop.type("Enter")
    assert (shop.due(), shop.draft_says("member")["level"]) == ("¥14.80", "gold")
    assert (shop.notice(), shop.read("member")) == ("✓ 会员 88…2345", "✓ …2345")
    shop.wedge(WATER)
    assert shop.read("member") == "✓ …2345"


def test_half_a_name_that_was_looked_for_is_no_part_of_a_members_number(shop: Shop) -> None:
    shop.wedge(MILK)
    before = shop.where("total_bar")
    shop.compose("面")
    shop.type("F8")
    shop.write(MEMBER)
    shop.type("Enter")
    assert shop.draft_says("member")["number"] == MEMBER
    shop.type("F2", "F3", "1")
    assert (shop.read("member"), shop.where("total_bar")) == ("✓ …2345", before)


def test_a_coupon_waits_until_its_terms_are_met(shop: Shop) -> None:
    shop.wedge(WATER, COUPON)
    assert (shop.due(), shop.notice()) == ("¥2.00", "⚠ “满10减3券”还用不上")
    shop.wedge(MILK)
    assert (shop.due(), shop.draft_says("used_coupons")) == ("¥15.80", [COUPON])  # 18.80 - 3.00
    assert shop.read("total_savings") == "已优惠 −¥3.00"


def test_spend_and_save_comes_and_goes_by_itself_and_says_why(shop: Shop) -> None:
    shop.wedge(TEA)
    assert (shop.due(), shop.read("total_savings")) == ("¥189.99", "已优惠 −¥10.00")
    assert [each["rule"] for each in shop.draft_says("reductions")] == ["spend"]
    shop.touch_line(0)
    assert "满100减10" in shop.read("notice_action")
    shop.wedge(WATER)
    shop.type("Up", "Del")
    assert (shop.due(), shop.draft_says("reductions")) == ("¥2.00", [])


def test_the_last_line_is_in_sight_however_long_the_cart(shop: Shop) -> None:
    for grams in range(101, 126):
        shop.wedge(label("21", "00108", f"{grams:05}"))
    assert len(shop.rows()) == 25
    assert shop.line_in_sight(24)
    assert shop.draft()[-1] == (DUCK, 125, 0)

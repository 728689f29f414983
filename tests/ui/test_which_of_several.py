"""Which of several goods is meant: a question that loses nothing, neither what is scanned nor what is typed over it."""

import pytest

from pos.domain.entry import Json
from pos.domain.money import Money
from tests.fakes import NOODLES, WATER
from tests.ui.conftest import Desk, find
from tests.ui.store import (
    GOLD,
    TWICE,
    enter,
    last_word,
    open_store,
    sold,
    stock_soda,
    type_by_hand,
)
from ui.stage import Stage, Word


@pytest.fixture
def shop(desk: Desk) -> Desk:
    """The store, with a bottle of water in the cart."""
    return open_store(desk)


@pytest.fixture
def many(shop: Desk) -> Desk:
    """Lin has typed a word that fits six things, and is asked which."""
    stock_soda(shop, 6, {})
    shop.window.counter._on_entered("橘子")
    return shop


def test_a_barcode_of_two_products_asks_and_the_next_scan_still_works(shop: Desk) -> None:
    shop.counter.code_seen(TWICE)
    assert shop.on_screen("pick_panel")
    shop.counter.code_seen(NOODLES)
    assert sold(shop) == ["农夫山泉 550ml", "红烧牛肉面"]
    assert shop.on_screen("pick_panel"), "the question stays"
    assert not shop.on_screen("pay").isEnabled()
    shop.counter.begin_pay()
    assert shop.counter.stage is Stage.SELL, "and must be answered before money is taken"
    shop.press("pick_1")
    assert shop.on_screen("pay").isEnabled()
    assert sold(shop)[-1] == "new"
    assert shop.on_screen("sell_panel")


def test_how_many_were_asked_for_belongs_to_what_was_scanned_next_though_it_is_asked_about(shop: Desk) -> None:
    shop.counter.basket.times = 3
    shop.counter.code_seen(TWICE)
    shop.counter.code_seen(NOODLES)
    shop.press("pick_1")
    shop.counter.code_seen(WATER)
    assert [line.quantity.amount for line in shop.counter.cart.lines] == [2, 1, 3]


def test_how_many_stays_with_a_word_that_is_typed_anew_and_goes_with_a_question_that_is_left(many: Desk) -> None:
    many.press("pick_none")
    many.counter.basket.times = 3
    enter(many, "橘子")
    enter(many, "橘子汽水")
    enter(many, "1")
    assert many.counter.cart.lines[-1].quantity.amount == 3
    many.counter.basket.times = 3
    enter(many, "橘子汽水")
    many.press("pick_none")
    many.counter.code_seen(WATER)
    assert many.counter.cart.lines[0].quantity.amount == 2, "one was there"


def test_of_several_that_a_word_finds_a_digit_and_enter_pick_one_as_of_a_barcode(many: Desk) -> None:
    assert many.read("pick_title") == "找到 6 种商品，是哪一种？"
    enter(many, "2")
    assert sold(many) == ["农夫山泉 550ml", "橘子汽水1号"]
    assert many.on_screen("sell_panel")


def test_a_digit_alone_picks_nothing_and_a_full_width_one_picks_as_well(many: Desk) -> None:
    many.window.counter.typed_target().insert("２")
    assert sold(many) == ["农夫山泉 550ml"]
    many.window.counter.press_enter()
    assert sold(many) == ["农夫山泉 550ml", "橘子汽水1号"]


@pytest.mark.parametrize("digit", ["0", "7"])
def test_the_digit_of_no_row_is_told_which_there_are_and_the_question_stays(many: Desk, digit: str) -> None:
    enter(many, digit)
    assert many.read("notice_words") == "⚠ 没有这一行：行号是 1–6"
    assert many.read("notice_action") == "输入行号再按 Enter，或点一下那一行"
    enter(many, "6")
    assert sold(many) == ["农夫山泉 550ml", "橘子汽水5号"]


@pytest.mark.parametrize("barcode", [NOODLES, "600102"])
@pytest.mark.parametrize("kind", [{}, {"unit": "gram"}, {"price_fen": 0}], ids=["piece", "weighed", "open_price"])
def test_a_number_typed_by_hand_over_any_list_sells_its_own_goods_alone(
    shop: Desk, kind: dict[str, Json], barcode: str
) -> None:
    stock_soda(shop, 6, kind)
    shop.window.counter._on_entered("橘子")
    type_by_hand(shop, barcode)
    assert sold(shop) == ["农夫山泉 550ml"]
    shop.window.counter.press_enter()
    assert sold(shop) == ["农夫山泉 550ml", "红烧牛肉面"]
    assert shop.counter.cart.total == Money(200 + 450)
    assert shop.on_screen("pick_panel"), "which of the list is still asked"


def test_a_number_typed_wrongly_over_a_list_is_a_line_that_nobody_knows(many: Desk) -> None:
    enter(many, "6912345678901")
    assert [line.text for line in many.counter.cart.lines] == [WATER, "6912345678901"]
    assert not many.counter.cart.is_payable


def test_what_was_scanned_is_asked_about_again_after_a_number_typed_by_hand(shop: Desk) -> None:
    shop.counter.code_seen(TWICE)
    enter(shop, NOODLES)
    assert sold(shop) == ["农夫山泉 550ml", "红烧牛肉面"]
    enter(shop, "2")
    assert sold(shop)[-1] == "new"


def test_of_weighed_goods_the_digit_picks_and_the_pad_asks_for_the_weight_with_nothing_in_it(shop: Desk) -> None:
    stock_soda(shop, 2, {"unit": "gram"})
    shop.window.counter._on_entered("橘子")
    enter(shop, "2")
    pad = shop.window.counter.operations.pad
    assert (shop.on_screen("pad_panel"), pad.box.text(), sold(shop)[-1]) == (pad, "", "橘子汽水1号")
    enter(shop, "750")
    assert shop.counter.cart.lines[1].quantity.amount == 750


def test_what_is_being_typed_when_the_camera_asks_goes_on_in_the_question(shop: Desk) -> None:
    type_by_hand(shop, NOODLES[:3])
    shop.counter.code_seen(TWICE)
    enter(shop, NOODLES[3:])
    assert sold(shop) == ["农夫山泉 550ml", "红烧牛肉面"]
    assert shop.on_screen("pick_panel")
    shop.press("pick_0")
    assert shop.window.counter.typed_target().text() == ""


def test_a_members_number_typed_over_a_question_goes_to_the_members_key(shop: Desk) -> None:
    shop.counter.code_seen(TWICE)
    type_by_hand(shop, GOLD)
    shop.press("member")
    shop.window.counter.press_enter()
    assert last_word(shop) is Word.MEMBER_LATER
    assert shop.window.counter.typed_target().text() == ""


def test_a_word_typed_over_a_question_is_asked_about_first(shop: Desk) -> None:
    stock_soda(shop, 2, {})
    shop.counter.code_seen(TWICE)
    enter(shop, "橘子")
    assert shop.read("pick_title") == "找到 2 种商品，是哪一种？"
    enter(shop, "1")
    assert shop.read("pick_title") == "这个条码有 2 种商品，是哪一种？"
    enter(shop, "1")
    assert sold(shop) == ["农夫山泉 550ml", "橘子汽水0号", "old"]


def test_another_word_takes_the_place_of_the_one_that_was_asked_about(many: Desk) -> None:
    enter(many, "橘子汽水")
    many.window.counter.press_escape()
    assert many.on_screen("sell_panel")


def test_a_word_begun_where_there_is_no_box_goes_on_in_the_box_of_the_question(shop: Desk) -> None:
    shop.counter.code_seen(TWICE)
    shop.press("more")
    type_by_hand(shop, "hs")
    assert shop.window.counter.typed_target().text() == "hs"


def test_a_word_that_fits_more_than_have_a_digit_lists_all_says_so_and_a_digit_takes_its_row(shop: Desk) -> None:
    stock_soda(shop, 12, {})
    shop.counter.code_seen(TWICE)
    enter(shop, "橘子汽水")
    assert last_word(shop) is Word.PICK_ONE
    assert shop.read("notice_words") == "⚠ 商品很多，只有前 9 种有行号"
    rows = [find(shop.window, f"pick_{at}").property("text") for at in (0, 8, 9)]
    assert [row[0] for row in rows] == ["1", "9", " "]
    enter(shop, "9")
    assert sold(shop)[-1] == "橘子汽水8号"


def test_of_many_that_a_word_fits_a_longer_word_finds_one(shop: Desk) -> None:
    stock_soda(shop, 12, {})
    enter(shop, "橘子")
    enter(shop, "橘子汽水11")
    assert sold(shop)[-1] == "橘子汽水11号"
    assert shop.on_screen("sell_panel")


def test_a_whole_number_in_the_box_comes_in_before_it_is_paid(shop: Desk) -> None:
    type_by_hand(shop, NOODLES)
    shop.window.counter.press_go()
    assert (shop.counter.stage, sold(shop)) == (Stage.SELL, ["农夫山泉 550ml", "红烧牛肉面"])
    shop.window.counter.press_go()
    assert shop.counter.stage is Stage.PAY


def test_escape_empties_what_was_typed_before_it_leaves_the_question(shop: Desk) -> None:
    shop.counter.code_seen(TWICE)
    type_by_hand(shop, "69")
    shop.window.counter.press_escape()
    assert shop.on_screen("pick_panel")
    shop.window.counter.press_escape()
    assert shop.on_screen("sell_panel")


def test_what_is_none_of_them_is_left_out(shop: Desk) -> None:
    shop.counter.code_seen(TWICE)
    shop.window.counter.press_escape()
    assert shop.on_screen("sell_panel")
    assert len(sold(shop)) == 1

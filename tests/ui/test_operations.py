"""Operations on the real window: one pad, by key and by touch; a scan goes on whatever is open."""

from dataclasses import dataclass

import pytest
from PySide6.QtWidgets import QLineEdit, QListView

from pos.domain.errors import QuantityOutOfRange, ScaleUnstable, TooHeavyByHand
from pos.domain.money import Money
from pos.domain.weight import Weight
from pos.storage import catalogue
from tests.fakes import LIN, MEI, NOODLES, WATER
from tests.ui.conftest import CAKE, MEIS_PIN, Desk
from tests.ui.hands import APPLES, CONTROL, Key, press, total, type_in
from ui.stage import Stage


@dataclass
class OnTheScale:
    """A scale that shows what it is told."""

    shows: Weight | Exception

    def weigh(self) -> Weight:
        """What the scale shows, or why it cannot."""
        if isinstance(self.shows, Exception):
            raise self.shows
        return self.shows


pytestmark = pytest.mark.usefixtures("our_keys")


def test_a_number_before_a_scan_is_how_many_of_it(sold: Desk) -> None:
    type_in(sold, "3*")
    assert "下一件算 3 件" in sold.read("pad_advice")
    sold.counter.code_seen(NOODLES)
    assert total(sold) == 200 + 3 * 450
    assert sold.on_screen("search").hasFocus()
    sold.counter.code_seen(NOODLES)
    assert total(sold) == 200 + 4 * 450, "it counts once"


def test_a_number_before_the_first_scan_counts_too(sold: Desk) -> None:
    press(sold, Key.Key_Delete)
    type_in(sold, "3*")
    sold.counter.code_seen(WATER)
    assert total(sold) == 600


def test_a_number_after_a_scan_is_for_the_line_with_enter(sold: Desk) -> None:
    type_in(sold, "3*")
    press(sold, Key.Key_Return)
    assert total(sold) == 600
    type_in(sold, "5**")
    assert total(sold) == 1000, "the sign twice does the same"


def test_a_number_for_no_line_asks_for_one_and_goes_to_the_one_that_is_chosen_then(sold: Desk) -> None:
    sold.counter.code_seen("6999999999994")
    sold.window.counter.remove_line()
    type_in(sold, "3*")
    press(sold, Key.Key_Return)
    assert sold.read("notice_words") == "⚠ 没有选中哪一行"
    press(sold, Key.Key_Up)
    press(sold, Key.Key_Return)
    assert [line.quantity.amount for line in sold.counter.cart.lines] == [3]


def test_a_number_for_an_empty_cart_says_that_it_is_empty(sold: Desk) -> None:
    sold.window.counter.remove_line()
    type_in(sold, "3*")
    press(sold, Key.Key_Return)
    assert sold.read("notice_words") == "⚠ 购物车是空的"


def test_escape_leaves_and_changes_nothing(sold: Desk) -> None:
    type_in(sold, "3*")
    press(sold, Key.Key_Escape)
    sold.counter.code_seen(WATER)
    assert total(sold) == 400


def test_too_many_at_once_adds_none(sold: Desk) -> None:
    sold.counter.basket.set_quantity(1, 9_500)
    type_in(sold, "999*")
    sold.counter.code_seen(WATER)
    assert isinstance(sold.said[-1], QuantityOutOfRange)
    assert sold.counter.cart.line(1).quantity.amount == 9_500


def test_a_price_by_hand_says_first_what_it_will_be(sold: Desk) -> None:
    press(sold, Key.Key_F5)
    type_in(sold, "1.50")
    assert sold.read("pad_outcome") == "¥2.00 → ¥1.50"
    press(sold, Key.Key_Return)
    assert total(sold) == 150
    press(sold, Key.Key_F5)
    press(sold, Key.Key_Delete)
    assert total(sold) == 200, "Del is the product's own price again"


def test_what_was_typed_before_the_key_counts(sold: Desk) -> None:
    type_in(sold, "1.2")
    sold.press("line_price")
    assert sold.read("pad_outcome") == "¥2.00 → ¥1.20"


def test_the_same_key_turns_a_discount_from_percent_to_yuan(sold: Desk) -> None:
    press(sold, Key.Key_F6)
    type_in(sold, "50")
    assert sold.read("pad_outcome") == "¥2.00 → ¥1.00"
    press(sold, Key.Key_F6)
    assert "多少元" in sold.read("pad_title")
    assert sold.read("pad_advice").startswith("✕ 折扣不对：最多 ¥2.00")
    assert sold.on_screen("pad_advice").property("kind") == "stop"
    assert not any(sold.on_screen(name).isEnabled() for name in ("pad_take", "pay"))
    press(sold, Key.Key_Return)
    assert total(sold) == 200, "more than it costs is not taken off"
    press(sold, Key.Key_Escape)
    press(sold, Key.Key_F7)
    type_in(sold, "10")
    press(sold, Key.Key_F12)
    assert (total(sold), sold.counter.stage) == (180, Stage.SELL)


def test_a_line_that_is_chosen_says_why_it_costs_what_it_costs(sold: Desk) -> None:
    press(sold, Key.Key_F6)
    type_in(sold, "25")
    press(sold, Key.Key_Return)
    press(sold, Key.Key_Up)
    assert sold.read("notice_words") == "农夫山泉 550ml  1 × ¥2.00 = ¥2.00"
    assert sold.read("notice_action") == "手工折扣减 ¥0.50，收 ¥1.50"
    press(sold, Key.Key_M, CONTROL)
    assert (sold.read("more_reasons"), sold.read("more_amount")) == ("−¥0.50 手工折扣", "= ¥1.50")


def test_goods_with_an_open_price_ask_at_once_and_the_next_scan_goes_on(sold: Desk) -> None:
    sold.counter.code_seen(CAKE)
    assert "改单价" in sold.read("pad_title")
    sold.counter.code_seen(NOODLES)
    assert total(sold) == 650
    press(sold, Key.Key_F5)
    assert "现做蛋糕" in sold.read("pad_about"), "what has no price comes first"
    type_in(sold, "88")
    press(sold, Key.Key_Return)
    assert total(sold) == 650 + 8800
    assert sold.counter.cart.is_payable


def test_what_is_weighed_asks_its_weight_and_takes_it_from_the_scale(sold: Desk) -> None:
    scale = OnTheScale(Weight(770, is_stable=True))
    sold.counter.scale = scale
    sold.counter.code_seen(APPLES)
    assert "净重" in sold.read("pad_title")
    assert sold.read("total_pieces") == "应收 · 1 件 + 1 件未称重"
    sold.press("pad_weigh")
    assert sold.read("pad_outcome") == "= ¥9.22"
    press(sold, Key.Key_Return)
    press(sold, Key.Key_P, CONTROL)
    type_in(sold, "20")
    press(sold, Key.Key_Return)
    assert sold.counter.cart.line(2).quantity.amount == 750
    scale.shows = Weight(520, is_stable=True)
    press(sold, Key.Key_W, CONTROL)
    press(sold, Key.Key_Return)
    assert (sold.counter.cart.line(2).quantity.amount, sold.counter.cart.line(2).tare_g) == (500, 20)


def test_a_scale_that_moves_says_so_and_nothing_is_weighed(sold: Desk) -> None:
    sold.counter.scale = OnTheScale(Weight(770, is_stable=False))
    sold.counter.code_seen(APPLES)
    press(sold, Key.Key_W, CONTROL)
    assert isinstance(sold.said[-1], ScaleUnstable)
    assert sold.counter.cart.line(2).quantity.amount == 1000


def test_without_a_scale_the_key_says_what_to_do(sold: Desk) -> None:
    press(sold, Key.Key_W, CONTROL)
    assert "没有接电子秤" in sold.read("notice_words")


def test_a_price_check_adds_nothing_and_the_scan_after_it_sells(sold: Desk) -> None:
    press(sold, Key.Key_F, CONTROL)
    sold.counter.code_seen(NOODLES)
    assert sold.read("price_check_0") == "红烧牛肉面"
    assert sold.read("price_check_price_0") == "¥4.50 每件 · 600102"
    assert total(sold) == 200
    sold.counter.code_seen(NOODLES)
    assert total(sold) == 650


def test_a_price_is_found_by_name_and_sold_with_enter(sold: Desk) -> None:
    press(sold, Key.Key_F, CONTROL)
    type_in(sold, "hsn")
    press(sold, Key.Key_Return)
    assert sold.read("price_check_0") == "红烧牛肉面"
    press(sold, Key.Key_Return)
    assert total(sold) == 650


def test_a_member_is_typed_and_taken_off_again(sold: Desk) -> None:
    press(sold, Key.Key_F8)
    type_in(sold, "60010001")
    press(sold, Key.Key_Return)
    assert sold.counter.cart.member
    assert sold.counter.cart.member.number == "60010001"
    press(sold, Key.Key_F8)
    press(sold, Key.Key_Delete)
    assert sold.counter.cart.member is None


def test_a_coupon_is_typed(sold: Desk) -> None:
    press(sold, Key.Key_E, CONTROL)
    type_in(sold, "Q2026001")
    press(sold, Key.Key_Return)
    assert sold.counter.cart.coupons == ("Q2026001",)


def test_the_last_change_is_taken_back_and_a_cleared_cart_too(sold: Desk) -> None:
    sold.counter.code_seen(NOODLES)
    press(sold, Key.Key_Z, CONTROL)
    assert total(sold) == 200
    sold.press("clear")
    assert not sold.counter.cart.lines
    sold.press("undo")
    assert total(sold) == 200


def test_the_keypad_types_into_the_pad_and_the_green_button_confirms(sold: Desk) -> None:
    sold.press("line_discount")
    for key in "10":
        sold.press(f"key_{key}")
    assert sold.on_screen("pay").property("text") == "确定"
    sold.press("pay")
    assert total(sold) == 180
    assert sold.on_screen("pay").property("text") == "结算"


@pytest.mark.parametrize("barcode", [NOODLES, "0012345678905"])
def test_a_barcode_that_is_typed_becomes_no_number_and_is_told(sold: Desk, barcode: str) -> None:
    for name in ("line_quantity", "line_price", "line_discount"):
        sold.press(name)
        type_in(sold, barcode)
        assert sold.read("pad_advice").startswith(f"✕ {barcode} 像条码，不能当数字用")
        press(sold, Key.Key_Return)
        assert sold.on_screen("pad_panel"), "what cannot be done stays to be mended"
        press(sold, Key.Key_Escape)
        assert total(sold) == 200


def test_a_barcode_that_is_typed_where_a_weight_is_asked_weighs_nothing(sold: Desk) -> None:
    sold.counter.code_seen(APPLES)
    type_in(sold, NOODLES)
    press(sold, Key.Key_Return)
    assert sold.counter.cart.line(2).needs_weight
    press(sold, Key.Key_Escape)
    press(sold, Key.Key_Down)
    type_in(sold, "690123*")
    assert isinstance(sold.said[-1], TooHeavyByHand)
    assert sold.counter.cart.line(2).needs_weight


def test_a_cart_is_laid_aside_counted_and_had_again_by_keys(sold: Desk) -> None:
    type_in(sold, "red coat")
    press(sold, Key.Key_F2)
    assert not sold.counter.cart.lines
    sold.counter.code_seen(NOODLES)
    sold.qtbot.waitUntil(lambda: sold.on_screen("resume").property("text") == "取单 1", timeout=5000)
    assert total(sold) == 450, "what the next customer brings is not lost"
    press(sold, Key.Key_Delete)
    press(sold, Key.Key_F3)
    assert sold.counter.stage is Stage.SUSPENDED
    assert sold.read("suspended_note") == "“red coat”"
    press(sold, Key.Key_1)
    sold.wait_for(Stage.SELL)
    assert total(sold) == 200
    sold.qtbot.waitUntil(lambda: sold.on_screen("resume").property("text") == "取单", timeout=5000)


def test_a_cart_that_cannot_be_laid_aside_comes_back_with_what_was_scanned_meanwhile(sold: Desk) -> None:
    for _ in range(50):
        press(sold, Key.Key_F2)
        sold.counter.code_seen(WATER)
    sold.qtbot.waitUntil(lambda: sold.on_screen("resume").property("text") == "取单 50", timeout=20_000)
    press(sold, Key.Key_F2)
    sold.counter.code_seen(NOODLES)
    sold.qtbot.waitUntil(lambda: total(sold) == 650, timeout=5000)


def test_a_manager_reaches_labels_tiles_and_keys_by_digits(desk: Desk) -> None:
    desk.qtbot.waitExposed(desk.window)
    desk.sign_in(MEI.number, MEIS_PIN)
    for digit, stage, leaves_to in (
        (Key.Key_1, Stage.KEYS, Stage.SELL),
        (Key.Key_2, Stage.LABELS, Stage.STORE),
        (Key.Key_3, Stage.TILES, Stage.STORE),
        (Key.Key_4, Stage.PAPER, Stage.STORE),
    ):
        desk.counter.show(Stage.STORE)
        press(desk, digit)
        assert desk.counter.stage is stage
        press(desk, Key.Key_Escape)
        assert desk.counter.stage is leaves_to


def test_a_label_that_is_scanned_goes_to_the_label_page(desk: Desk) -> None:
    desk.sign_in(MEI.number, MEIS_PIN)
    desk.counter.show(Stage.LABELS)
    desk.counter.code_seen("2000103007508")
    assert "2000103007508" in desk.read("label_text_0")
    assert not desk.counter.cart.lines


def test_tiles_that_a_manager_keeps_are_on_the_counter(desk: Desk) -> None:
    desk.sign_in(MEI.number, MEIS_PIN)
    desk.counter.show(Stage.TILES)
    desk.press("page_add")
    search = desk.on_screen("tile_search")
    assert isinstance(search, QLineEdit)
    search.setText("hsn")
    page = desk.window.tiles
    page._found.picked.emit(page._shelves.search("hsn")[0])
    desk.press("tiles_keep")
    desk.wait_for(Stage.STORE)
    desk.counter.show(Stage.SELL)
    assert desk.on_screen("shelf_0").accessibleName() == "新的一页 1"


def test_a_shelf_is_called_as_the_store_calls_it_in_the_language_of_the_screen(sold: Desk) -> None:
    till = sold.world.open()
    catalogue.keep_rules(till.prices, "1-aaaa", {"shelves": [{"name": "饮料", "name_en": "Drinks"}]})
    till.close()
    sold.window.counter.stock()
    assert sold.on_screen("shelf_0").property("text") == "饮料"
    sold.window.switch_language()
    try:
        sold.qtbot.waitUntil(lambda: sold.on_screen("shelf_0").property("text") == "Drinks", timeout=5000)
        sold.press("shelf_0")
        tiles = sold.on_screen("tiles")
        assert isinstance(tiles, QListView)
        assert str(tiles.model().index(0, 0).data()).endswith("¥2.00")
    finally:
        sold.window.switch_language()


def test_a_cashier_is_told_whom_to_ask_for_the_settings(sold: Desk) -> None:
    assert sold.counter.cashier == LIN
    sold.press("more")
    assert not sold.on_screen("do_store").isEnabled()
    press(sold, Key.Key_D, CONTROL)
    assert "店长" in sold.read("store_refusal")
    press(sold, Key.Key_3)
    assert sold.counter.stage is Stage.STORE


def test_what_is_typed_beside_the_pad_is_not_lost(sold: Desk) -> None:
    sold.press("more")
    press(sold, Key.Key_H)
    assert sold.on_screen("search").property("text") == "h"


def test_money_stays_exact_through_all_of_it(sold: Desk) -> None:
    type_in(sold, "3*")
    sold.counter.code_seen(NOODLES)
    press(sold, Key.Key_F6)
    type_in(sold, "15")
    press(sold, Key.Key_Return)
    press(sold, Key.Key_F7)
    press(sold, Key.Key_F7)
    type_in(sold, "1.47")
    press(sold, Key.Key_Return)
    assert sold.counter.cart.total == Money(1200), "2.00 + 13.50 - 2.03 (15 %) - 1.47"

"""One scan box that knows what it saw: goods, labels, cards, codes that pay, receipts; and no scan is lost."""

import pytest
from PySide6.QtTest import QTest

from pos.domain.cart_line import Discount
from pos.domain.entry import Json
from pos.domain.errors import GoodsExpired, GoodsRecalled, UnknownBadge
from pos.domain.money import ZERO, Money
from pos.domain.product import Pack
from pos.storage import catalogue
from pos.till import report
from pos.till.till import Till
from tests.fakes import APPLES, NOODLES, WATER, goods
from tests.ui.conftest import Desk
from ui.stage import Said, Stage, Word

CASE, TWICE = "16901234567899", "6900000000007"
GOLD, COUPON, WECHAT = "8800001234", "9910000010", "134567890123456789"
RULES: dict[str, Json] = {
    "promotions": [
        {"id": "gold", "kind": "member", "name": "金卡面价", "name_en": "Gold noodles",
         "scope": {"skus": ["600102"]}, "members": ["gold"], "price_fen": 400},
        {"id": "ten", "kind": "coupon", "name": "满5减1券", "name_en": "Coupon", "scope": {"all": 1},
         "coupon": COUPON, "at_fen": 500, "off_fen": 100},
    ],
    "codes": {"members": [{"prefixes": ["88"], "lengths": [10], "level": "gold"}],
              "coupons": [{"prefixes": ["991"], "lengths": [10]}]},
    "scale_labels": [
        {"id": "weight", "layout": "PPWWWWWGGGGGC", "prefixes": ["21"], "item_prefix": "6"},
        {"id": "both", "layout": "PPWWWWWAAAAAGGGGGC", "prefixes": ["25"], "item_prefix": "6"},
    ],
    "recalls": [{"id": "r1", "sku": "600104", "words": "瓶盖"},
                {"id": "r2", "sku": "600102", "lots": ["A7"], "words": "包装漏气"}],
    "markdowns": [{"id": "m", "name": "临期", "days": 3, "percent": 30}],
}  # fmt: skip


@pytest.fixture
def shop(desk: Desk) -> Desk:
    """A store with rules of its own, two products of one barcode, and a case of water; Lin has sold nothing yet."""

    def stock(till: Till) -> None:
        water = goods("600101", "农夫山泉 550ml", 200, WATER)
        case = {"barcode": CASE, "quantity": 24, "price_fen": 4_500, "words": "箱", "words_en": "case", "shared": 0}
        both = [goods(sku, sku, 300) | {"packs": [case | {"barcode": TWICE, "quantity": 1, "price_fen": 0, "words": "",
                                                          "words_en": "", "shared": 1}]}
                for sku in ("old", "new")]  # fmt: skip
        catalogue.apply_feed(till.prices, [water | {"packs": [case]}, *both], [], "2")
        catalogue.keep_rules(till.prices, "1-aaaa", RULES)

    till = desk.world.open()
    stock(till)
    till.close()
    desk.sign_in()
    desk.counter.code_seen(WATER)
    return desk


@pytest.fixture
def many(shop: Desk) -> Desk:
    """Lin has typed a word that fits six things, and is asked which."""
    stock_soda(shop, 6, {})
    shop.window.counter._on_entered("橘子")
    return shop


def stock_soda(desk: Desk, many: int, kind: dict[str, Json]) -> None:
    """Have kinds of soda in the catalogue that one word finds."""
    till = desk.world.open()
    sodas = [goods(f"70{at:03}", f"橘子汽水{at}号", 300 + at) | kind for at in range(many)]
    catalogue.apply_feed(till.prices, sodas, [], "3")
    till.close()


def enter(desk: Desk, text: str) -> None:
    """Type, then press Enter."""
    type_by_hand(desk, text) if text.isascii() else desk.window.counter.typed_target().setText(text)
    desk.window.counter.press_enter()


def type_by_hand(desk: Desk, text: str) -> None:
    """Type, each key to whatever has the focus by then."""
    for sign in text:
        QTest.keyClicks(desk.window.focusWidget(), sign)


def last_word(desk: Desk) -> Word | None:
    """The last word that was said."""
    words = [each.word for each in desk.said if isinstance(each, Said)]
    return words[-1] if words else None


def sold(desk: Desk) -> list[str]:
    """What lies in the cart."""
    return [line.product.name if line.product else "?" for line in desk.counter.cart.lines]


def test_a_weight_label_sells_its_weight(shop: Desk) -> None:
    shop.counter.code_seen("2100103007505")
    line = shop.counter.cart.lines[1]
    assert (line.quantity.amount, line.gross) == (750, Money(899))  # 11.98 x 0.750 = 8.985, halves up


def test_a_label_whose_amount_is_of_another_price_is_sold_as_printed_and_told(shop: Desk) -> None:
    shop.counter.code_seen(label_of_both("00999", "00750"))
    assert last_word(shop) is Word.LABEL_MISMATCH
    assert shop.read("notice_words") == "⚠ 秤标签 ¥9.99，按单价是 ¥8.99"
    assert shop.counter.cart.total == Money(200 + 999)


def test_a_label_whose_amount_an_offer_lowers_is_told_with_what_is_charged(shop: Desk) -> None:
    shop.counter.code_seen(COUPON)
    shop.counter.code_seen(label_of_both("00999", "00750"))
    assert shop.read("notice_words") == "⚠ 秤标签 ¥9.99，优惠后收 ¥9.16"  # of 1.00 off 11.99 this line bears 0.83
    assert shop.counter.cart.total == Money(200 + 999 - 100)


def test_where_a_label_looks_like_a_payment_code_the_screen_decides(shop: Desk) -> None:
    label = label_of_both("00899", "00750")
    heard: list[str] = []
    shop.counter.box.label_seen.connect(heard.append)
    shop.counter.code_seen(label)
    assert heard == [label]
    assert (shop.counter.offer, len(shop.counter.cart.lines)) == (None, 2)
    shop.press("pay")
    shop.counter.code_seen(label)
    assert shop.counter.stage is Stage.ASKING
    assert len(shop.counter.cart.lines) == 2
    shop.wait_for(Stage.PAY)  # nobody's code, so nothing was paid


def test_a_member_card_brings_the_members_price_and_is_masked(shop: Desk) -> None:
    shop.counter.code_seen(NOODLES)
    shop.counter.code_seen(GOLD)
    assert shop.counter.cart.total == Money(200 + 400)
    assert shop.read("notice_words") == "✓ 会员 88…1234"
    assert shop.read("notice_action") == "会员价已经省了 ¥0.50；可以接着扫"


def test_a_members_number_says_when_it_takes_nothing_off_and_when_it_is_no_card_of_ours(shop: Desk) -> None:
    shop.counter.code_seen(GOLD)
    assert shop.read("notice_action") == "这一单没有更便宜的会员价；扫到有的自动算"
    shop.window.counter.operations.member()
    shop.window.counter.operations.pad.box.setText("123")
    shop.window.counter.press_enter()
    assert shop.read("notice_words") == "⚠ 会员 …123：不像本店的会员号"
    assert shop.read("notice_action") == "没有会员价；输错了按 F8 再输一次"


def test_a_coupon_waits_until_its_terms_are_met(shop: Desk) -> None:
    shop.counter.code_seen(COUPON)
    assert shop.read("notice_words") == "⚠ “满5减1券”还用不上"
    assert shop.read("notice_action") == "再买 ¥3.00 能用这张券的商品，到了自动减"
    shop.counter.code_seen(NOODLES)
    assert shop.counter.cart.total == Money(650 - 100)
    shop.counter.code_seen(COUPON)
    assert shop.said[-1] == Said(Word.COUPON_USED, Money(100), COUPON)


def test_a_coupon_that_a_discount_makes_useless_is_told_and_the_sale_has_not_used_it(shop: Desk) -> None:
    shop.counter.code_seen(NOODLES)
    shop.counter.code_seen(COUPON)
    assert last_word(shop) is Word.COUPON_USED
    shop.counter.basket.set_order_discount(Discount(percent=100))
    assert shop.said[-1] == Said(Word.COUPON_FREE, ZERO, "满5减1券", "Coupon")
    assert shop.counter.cart.priced.used_coupons == ()


def test_a_wechat_code_is_told_and_its_digits_reach_no_draft(shop: Desk) -> None:
    shop.counter.code_seen(WECHAT)
    assert last_word(shop) is Word.WECHAT
    assert sold(shop) == ["农夫山泉 550ml"]


def test_a_case_is_one_line_counted_in_cases(shop: Desk) -> None:
    shop.counter.code_seen(CASE)
    shop.counter.basket.set_quantity(2, 2)
    assert shop.counter.cart.total == Money(200 + 9_000)
    assert shop.read("notice_words") == "农夫山泉 550ml 箱"
    assert shop.read("notice_action") == "2 份（24 件装） × ¥45.00 = ¥90.00"


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


def test_a_typed_coupon_says_the_same_as_a_scanned_one(shop: Desk) -> None:
    shop.window.counter.operations.coupon()
    shop.window.counter.operations.pad.box.setText(COUPON)
    shop.window.counter.press_enter()
    assert shop.said[-1] == Said(Word.COUPON_SPEND, Money(300), "满5减1券", "Coupon")


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


def test_a_word_that_fits_more_than_have_a_digit_stays_where_it_was_typed(shop: Desk) -> None:
    stock_soda(shop, 10, {})
    shop.counter.code_seen(TWICE)
    enter(shop, "橘子")
    assert last_word(shop) is Word.PICK_ONE
    assert shop.window.counter.typed_target() is shop.on_screen("pick_box")
    assert shop.window.counter.typed_target().text() == "橘子"


def test_goods_typed_while_a_payment_code_is_offered_come_in_before_anybody_is_charged(shop: Desk) -> None:
    type_by_hand(shop, WATER)
    shop.counter.code_seen(shop.world.alipay.show_code())
    shop.window.counter.press_enter()
    assert (shop.counter.stage, shop.counter.offer) == (Stage.SELL, Money(400))
    shop.window.counter.press_enter()
    assert shop.counter.stage is Stage.ASKING
    shop.wait_for(Stage.PAID)


def test_cash_typed_while_a_payment_code_is_offered_is_taken_and_nobody_is_charged(shop: Desk) -> None:
    shop.press("pay")
    shop.counter.code_seen(NOODLES)
    shop.counter.code_seen(shop.world.alipay.show_code())
    shop.press("leave_goods")
    type_by_hand(shop, "2")
    shop.window.counter.press_enter()
    shop.wait_for(Stage.PAID)
    assert (shop.counter.offer, shop.world.alipay.kept) == (None, ZERO)


def test_an_offer_behind_a_word_is_seen_before_it_is_taken(shop: Desk) -> None:
    shop.counter.code_seen(NOODLES)
    shop.counter.code_seen(shop.world.alipay.show_code())
    shop.window.counter.remove_line()
    assert last_word(shop) is Word.REMOVED
    shop.window.counter.press_enter()
    assert (shop.counter.stage, shop.on_screen("take_offer").property("text")) == (
        Stage.SELL, "看到付款码 · 收支付宝 ¥2.00")  # fmt: skip
    shop.window.counter.press_enter()
    shop.wait_for(Stage.PAID)


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


def test_goods_on_the_pay_page_are_asked_about_and_one_key_adds_them(shop: Desk) -> None:
    shop.press("pay")
    shop.counter.code_seen(NOODLES)
    shop.counter.code_seen(WATER)
    assert shop.counter.stage is Stage.PAY
    assert shop.read("join_words") == "农夫山泉 550ml\n¥2.00 +1 加入这一单？"
    assert not any(shop.on_screen(name).isEnabled() for name in ("cash_exact", "pay"))
    shop.window.counter.press_enter()
    assert (shop.counter.stage, shop.counter.cart.total) == (Stage.SELL, Money(200 + 450 + 200))


def test_no_money_is_taken_before_goods_on_the_pay_page_are_decided_about(shop: Desk) -> None:
    shop.press("pay")
    shop.counter.code_seen(NOODLES)
    shop.counter.pay_cash(Money(200))
    assert shop.counter.stage is Stage.PAY
    shop.counter.code_seen(shop.world.alipay.show_code())
    assert shop.world.alipay.kept == Money(0)
    shop.press("leave_goods")
    assert last_word(shop) is Word.LEFT_OUT
    assert shop.counter.stage is Stage.PAY
    assert all(shop.on_screen(name).isEnabled() for name in ("cash_exact", "pay"))
    shop.press("take_offer")  # the code was kept meanwhile
    shop.wait_for(Stage.PAID)
    assert shop.world.alipay.kept == Money(200)


def test_going_back_to_the_goods_adds_what_was_scanned(shop: Desk) -> None:
    shop.press("pay")
    shop.counter.code_seen(NOODLES)
    shop.counter.back_to_goods()
    assert sold(shop) == ["农夫山泉 550ml", "红烧牛肉面"]


def test_a_receipt_opens_the_returns_with_its_number(shop: Desk) -> None:
    shop.counter.code_seen("0017-03-20261128-0001")
    assert shop.counter.stage is Stage.RETURN
    assert len(sold(shop)) == 1


def test_a_receipt_on_the_pay_page_waits(shop: Desk) -> None:
    shop.press("pay")
    shop.counter.code_seen("0017-03-20261128-0001")
    assert (shop.counter.stage, last_word(shop)) == (Stage.PAY, Word.RECEIPT_LATER)


def test_a_badge_that_is_nobodys_says_so_and_on_the_pay_page_it_waits(shop: Desk) -> None:
    shop.counter.code_seen("GTB1:" + "A7" * 10)
    shop.qtbot.waitUntil(lambda: isinstance(shop.said[-1], UnknownBadge), timeout=5000)
    shop.press("pay")
    shop.counter.code_seen("GTB1:" + "A7" * 10)
    assert last_word(shop) is Word.BADGE


def test_goods_called_back_and_expired_goods_are_refused_in_words(shop: Desk) -> None:
    shop.counter.code_seen("600104")
    assert isinstance(shop.said[-1], GoodsRecalled)
    shop.counter.code_seen(f"(01)0{NOODLES}(17)200131")
    assert isinstance(shop.said[-1], GoodsExpired)
    assert len(sold(shop)) == 1


def test_where_single_lots_are_called_back_the_cashier_is_told_to_look(shop: Desk) -> None:
    shop.counter.code_seen(NOODLES)
    assert last_word(shop) is Word.LOOK_FOR_LOT
    shop.counter.code_seen(f"https://example.com/01/0{NOODLES}/10/A7?17=291231")
    assert isinstance(shop.said[-1], GoodsRecalled)


def test_near_its_end_a_thing_is_cheaper(shop: Desk) -> None:
    near = report.shop_today(shop.till).strftime("%y%m%d")
    shop.counter.code_seen(f"(01)0{NOODLES}(17){near}")
    assert [each.kind for each in shop.counter.cart.reductions_of(2)] == ["markdown"]
    assert shop.counter.cart.amount_of(2) == Money(315)  # 4.50 less 30 %


def test_rules_that_come_wait_for_the_next_cart_and_their_version_is_stamped(shop: Desk) -> None:
    till = shop.world.open()
    catalogue.keep_rules(till.prices, "2-bbbb", {"codes": RULES["codes"]})
    till.close()
    shop.counter.code_seen(NOODLES)
    shop.counter.code_seen(GOLD)
    assert (shop.counter.cart.total, shop.counter.cart.rules_version) == (Money(600), "1-aaaa")
    shop.counter.clear()
    shop.counter.code_seen(NOODLES)
    assert (shop.counter.cart.total, shop.counter.cart.rules_version) == (Money(450), "2-bbbb")


def test_a_scan_is_never_a_quantity_nor_cash(shop: Desk) -> None:
    shop.press("pay")
    shop.counter.code_seen("6999999999994")
    assert [line.text for line in shop.counter.cart.lines] == [WATER, "6999999999994"]
    assert shop.counter.stage is Stage.SELL
    assert APPLES not in [line.text for line in shop.counter.cart.lines]


def label_of_both(amount: str, grams: str) -> str:
    """A label of 18 digits for the apples; the check digit by hand: 3, 1, 3, … from the right."""
    body = f"2500103{amount}{grams}"
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(body)))
    return body + str(-total % 10)


def test_while_a_price_is_asked_a_scan_adds_nothing(shop: Desk) -> None:
    told: list[list[Pack]] = []
    shop.counter.basket.price_told.connect(told.append)
    shop.counter.basket.is_asking_price = True
    shop.counter.code_seen(CASE)
    shop.counter.basket.is_asking_price = True
    shop.counter.code_seen("6999999999994")
    assert [[pack.price for pack in packs] for packs in told] == [[Money(4_500)], []]
    assert len(sold(shop)) == 1


def test_a_number_typed_before_a_scan_counts_once(shop: Desk) -> None:
    shop.counter.basket.times = 3
    shop.counter.code_seen(NOODLES)
    shop.counter.code_seen(WATER)
    assert [line.quantity.amount for line in shop.counter.cart.lines] == [2, 3]

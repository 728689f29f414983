"""One scan box that knows what it saw: goods, labels, cards, codes that pay, receipts; and no scan is lost."""

import pytest

from pos.domain.cart_line import Discount
from pos.domain.errors import GoodsExpired, GoodsRecalled, UnknownBadge
from pos.domain.money import ZERO, Money
from pos.domain.product import Pack
from pos.storage import catalogue
from pos.till import report
from tests.fakes import APPLES, NOODLES, WATER
from tests.ui.conftest import Desk
from tests.ui.store import CASE, COUPON, GOLD, RULES, WECHAT, last_word, open_store, sold, type_by_hand
from ui.stage import Said, Stage, Word


@pytest.fixture
def shop(desk: Desk) -> Desk:
    """The store, with a bottle of water in the cart."""
    return open_store(desk)


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


def test_a_typed_coupon_says_the_same_as_a_scanned_one(shop: Desk) -> None:
    shop.window.counter.operations.coupon()
    shop.window.counter.operations.pad.box.setText(COUPON)
    shop.window.counter.press_enter()
    assert shop.said[-1] == Said(Word.COUPON_SPEND, Money(300), "满5减1券", "Coupon")


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

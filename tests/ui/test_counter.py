"""The counter's way from the first scan to "thank you", with the real window drawing it."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from pos.domain.errors import CartNotPayable, GoodsExpired, NotEnoughTendered, WrongPin
from pos.domain.money import Money
from pos.scan.seen import Reading, Symbology
from pos.till import pay, report
from tests.fakes import LIN, MEI, NOODLES, TEA, WATER
from tests.ui.conftest import MEIS_PIN, Desk
from tests.ui.store import last_word
from ui.sounds import Tone
from ui.stage import Said, Stage, Word


def test_a_wrong_pin_is_told_without_saying_what_was_wrong(desk: Desk) -> None:
    with desk.qtbot.waitSignal(desk.counter.noticed, check_params_cb=lambda what: isinstance(what, WrongPin)):
        desk.counter.sign_in(LIN.number, "111111")
    assert desk.counter.stage is Stage.SIGN_IN
    assert "P-109" in desk.read("notice_code")


def test_a_scan_makes_a_line_a_good_tone_and_a_total(sold: Desk) -> None:
    assert sold.heard.tones[-1] is Tone.GOOD
    assert sold.read("total_amount") == "¥2.00"
    assert "Spring water" not in sold.read("notice_words")
    assert sold.read("notice_words") == "农夫山泉 550ml"


def test_an_unknown_barcode_blocks_payment_until_it_is_gone(sold: Desk) -> None:
    sold.counter.code_seen("6999999999994")
    assert sold.heard.tones[-1] is Tone.UNKNOWN
    assert last_word(sold) is Word.UNKNOWN_BARCODE
    assert sold.read("total_pieces") == "应收 · 1 件 + 1 件不认识"
    sold.counter.begin_pay()
    assert isinstance(sold.said[-1], CartNotPayable)
    sold.press("line_remove")
    assert sold.counter.stage is Stage.SELL
    sold.press("pay")
    sold.wait_for(Stage.PAY)


def test_a_digital_link_is_the_article_it_names(sold: Desk) -> None:
    sold.counter.code_seen(f"https://example.com/01/0{NOODLES}/10/A7?17=291231")
    assert [line.text for line in sold.counter.cart.lines] == [WATER, NOODLES]


def test_an_expired_label_is_told_and_adds_nothing(sold: Desk) -> None:
    sold.counter.code_seen(f"(01)0{NOODLES}(17)200131")
    assert isinstance(sold.said[-1], GoodsExpired)
    assert "2020-01-31" in sold.read("notice_words")
    assert [line.text for line in sold.counter.cart.lines] == [WATER]


def test_what_is_often_misread_and_not_in_the_catalogue_is_nothing_at_all(sold: Desk) -> None:
    said = len(sold.said)
    sold.counter.box.see_reading(Reading("40170725", Symbology.EAN8, ((0, 0),) * 4))
    assert [line.text for line in sold.counter.cart.lines] == [WATER]
    assert len(sold.said) == said
    sold.counter.box.see_reading(Reading(TEA, Symbology.EAN8, ((0, 0),) * 4))
    assert [line.text for line in sold.counter.cart.lines] == [WATER, TEA]


def test_a_strange_ean_13_off_the_camera_makes_a_line_that_blocks_payment(sold: Desk) -> None:
    sold.counter.box.see_reading(Reading("6999999999994", Symbology.EAN13, ((0, 0),) * 4))
    assert last_word(sold) is Word.UNKNOWN_BARCODE


def test_cash_gives_change_and_the_next_scan_starts_the_next_sale(sold: Desk) -> None:
    sold.press("pay")
    sold.counter.pay_cash(Money(500))
    sold.wait_for(Stage.PAID)
    assert sold.read("paid_change") == "找零 ¥3.00"
    assert sold.heard.tones[-1] is Tone.DONE
    sold.counter.code_seen(NOODLES)
    assert sold.counter.stage is Stage.SELL
    assert [line.text for line in sold.counter.cart.lines] == [NOODLES]


def test_too_little_cash_sells_nothing(sold: Desk) -> None:
    sold.press("pay")
    sold.counter.pay_cash(Money(199))
    sold.qtbot.waitUntil(lambda: any(isinstance(each, NotEnoughTendered) for each in sold.said))
    assert sold.counter.stage is Stage.PAY
    assert sold.counter.today().sales == 0


def test_two_presses_on_pay_are_one_sale(sold: Desk) -> None:
    sold.press("pay")
    sold.counter.pay_cash(Money(200))
    sold.counter.pay_cash(Money(200))
    sold.wait_for(Stage.PAID)
    assert sold.counter.today().sales == 1


def test_a_payment_code_before_pay_is_offered_and_charged_by_one_key(sold: Desk) -> None:
    sold.counter.code_seen(sold.world.alipay.show_code())
    assert sold.counter.stage is Stage.SELL
    assert sold.counter.offer == Money(200)
    sold.counter.code_seen(NOODLES)
    assert sold.counter.offer == Money(650), "the offer is the amount on the screen"
    assert sold.world.alipay.kept == Money(0)
    sold.press("take_offer")
    sold.wait_for(Stage.PAID)
    assert sold.world.alipay.kept == Money(650)


def test_an_offer_is_forgotten_with_the_cart_or_by_escape(sold: Desk) -> None:
    sold.counter.code_seen(sold.world.alipay.show_code())
    sold.counter.clear()
    assert sold.counter.offer is None
    sold.counter.code_seen(TEA)
    sold.counter.code_seen(sold.world.alipay.show_code("李先生"))
    sold.window.counter.press_escape()
    sold.counter.box.take_offer()
    assert sold.counter.stage is Stage.SELL
    assert sold.world.alipay.kept == Money(0)


def test_a_payment_code_with_an_empty_cart_only_complains(desk: Desk) -> None:
    desk.sign_in()
    desk.counter.code_seen(desk.world.alipay.show_code())
    assert last_word(desk) is Word.CODE_BEFORE_GOODS
    assert desk.counter.offer is None


def test_after_pay_a_payment_code_charges_at_once(sold: Desk) -> None:
    sold.press("pay")
    sold.counter.code_seen(sold.world.alipay.show_code())
    sold.wait_for(Stage.PAID)
    assert sold.world.alipay.kept == Money(200)
    assert "支付宝" in sold.read("paid_title")


def test_a_customer_who_confirms_late_is_waited_for_and_a_scan_meanwhile_is_refused(sold: Desk) -> None:
    sold.press("pay")
    sold.counter.code_seen(sold.world.alipay.show_code(must_confirm=True))
    sold.wait_for(Stage.WAITING)
    sold.counter.code_seen(NOODLES)
    assert last_word(sold) is Word.BUSY_PAYING
    assert len(sold.counter.cart.lines) == 1
    assert not sold.window.close(), "the window stays while money is on its way"
    sold.world.alipay.confirm()
    sold.wait_for(Stage.PAID)
    assert sold.world.alipay.kept == Money(200)


def test_who_has_alipay_asked_is_told_that_the_money_is_not_there_yet(sold: Desk) -> None:
    sold.press("pay")
    sold.counter.code_seen(sold.world.alipay.show_code(must_confirm=True))
    sold.wait_for(Stage.WAITING)
    sold.press("query_now")
    sold.qtbot.waitUntil(lambda: last_word(sold) is Word.NOT_YET)
    assert "问过支付宝，钱还没到" in sold.read("notice_words")
    sold.world.alipay.confirm()
    sold.wait_for(Stage.PAID)


def test_who_waits_for_alipay_is_told_why_the_language_does_not_change(sold: Desk) -> None:
    sold.qtbot.waitExposed(sold.window)
    sold.press("pay")
    sold.counter.code_seen(sold.world.alipay.show_code(must_confirm=True))
    sold.wait_for(Stage.WAITING)
    QTest.keyClick(sold.window.focusWidget() or sold.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert "现在不能换语言" in sold.read("notice_words")
    sold.world.alipay.confirm()
    sold.wait_for(Stage.PAID)


def test_cash_that_is_typed_stays_when_the_language_is_changed(sold: Desk) -> None:
    sold.press("pay")
    sold.window.counter.typed_target().setText("50")
    sold.window.switch_language()
    sold.window.switch_language()
    assert sold.window.counter.typed_target().text() == "50"
    assert sold.counter.asked == Money(5000)
    sold.window.counter.press_enter()
    sold.wait_for(Stage.PAID)


def test_a_declined_code_leads_back_to_the_tenders_with_advice(sold: Desk) -> None:
    sold.press("pay")
    sold.counter.code_seen(sold.world.alipay.show_code(sub_code="ACQ.BUYER_BALANCE_NOT_ENOUGH"))
    sold.qtbot.waitUntil(lambda: last_word(sold) is Word.DECLINED)
    assert sold.counter.stage is Stage.PAY
    assert sold.read("notice_action") == "把下面的话读给顾客，再扫码或收现金"
    assert sold.read("notice_code") == "BBNE"
    assert "换一种" in sold.read("customer_sentence")
    sold.press("cash_exact")
    sold.wait_for(Stage.PAID)
    assert sold.counter.today().sales == 1
    assert sold.world.alipay.kept == Money(0)


def test_a_lost_answer_says_do_not_ask_again_and_is_found_out(sold: Desk) -> None:
    alipay = sold.world.alipay
    sold.press("pay")
    alipay.lose_next_reply()
    alipay.lose_next_reply()
    stages: list[Stage] = []
    sold.counter.stage_changed.connect(stages.append)
    sold.counter.code_seen(alipay.show_code())
    sold.wait_for(Stage.PAID)
    assert Stage.UNKNOWN in stages
    assert alipay.kept == Money(200)
    assert sold.counter.today().sales == 1


def test_time_over_cancels_and_the_customer_keeps_the_money(sold: Desk) -> None:
    sold.press("pay")
    sold.counter.code_seen(sold.world.alipay.show_code(must_confirm=True))
    sold.wait_for(Stage.WAITING)
    sold.world.clock.advance(61)
    sold.qtbot.waitUntil(lambda: last_word(sold) in {Word.STOPPED, Word.STOPPED_UNCERTAIN}, timeout=5000)
    assert sold.counter.stage is Stage.PAY
    assert sold.world.alipay.kept == Money(0)
    sold.world.alipay.confirm()
    assert sold.world.alipay.kept == Money(0), "a cancelled trade cannot be paid any more"


def test_the_cashier_may_stop_and_take_cash(sold: Desk) -> None:
    sold.press("pay")
    sold.counter.code_seen(sold.world.alipay.show_code(must_confirm=True))
    sold.wait_for(Stage.WAITING)
    sold.press("stop_waiting")
    sold.wait_for(Stage.PAY)
    sold.press("cash_exact")
    sold.wait_for(Stage.PAID)
    assert sold.world.alipay.kept == Money(0)
    assert sold.counter.today().sales == 1


def test_what_was_said_of_the_money_does_not_follow_to_the_goods(sold: Desk) -> None:
    sold.press("pay")
    sold.counter.code_seen(sold.world.alipay.show_code(sub_code="ACQ.BUYER_BALANCE_NOT_ENOUGH"))
    sold.qtbot.waitUntil(lambda: last_word(sold) is Word.DECLINED)
    sold.window._press_escape()
    assert sold.counter.stage is Stage.SELL
    assert "支付宝" not in sold.read("notice_words")


def test_a_payment_that_was_stopped_for_certain_frightens_no_customer(sold: Desk) -> None:
    sold.press("pay")
    sold.counter.code_seen(sold.world.alipay.show_code(must_confirm=True))
    sold.wait_for(Stage.WAITING)
    sold.press("stop_waiting")
    sold.qtbot.waitUntil(lambda: last_word(sold) is Word.STOPPED)
    assert sold.read("customer_sentence") == "请对顾客说：已停止收款，没有扣您的钱"


def test_the_cart_and_the_open_payment_come_back_after_signing_in_again(sold: Desk) -> None:
    sold.qtbot.waitSignal(sold.counter.basket.draft_kept)
    sold.counter.sign_out()
    assert sold.counter.stage is Stage.SIGN_IN
    sold.sign_in()
    assert [line.text for line in sold.counter.cart.lines] == [WATER]
    assert last_word(sold) is Word.CART_RESTORED


def test_who_goes_on_in_anothers_shift_is_told_whose_drawer_it_is_and_of_the_cart_in_it(sold: Desk) -> None:
    sold.qtbot.waitSignal(sold.counter.basket.draft_kept)
    sold.counter.sign_out()
    sold.sign_in(MEI.number, MEIS_PIN)
    assert sold.said[-1] == Said(Word.OTHERS_CART, Money(200), LIN.name)
    assert "梅店长 · 1001 的班" in sold.read("strip_person")
    sold.counter.clear()
    sold.counter.sign_out()
    sold.sign_in(MEI.number, MEIS_PIN)
    assert sold.said[-1] == Said(Word.OTHERS_SHIFT, reason=LIN.name)
    sold.counter.sign_out()
    sold.sign_in()
    assert sold.said[-1] is None


def test_money_that_came_while_the_till_was_away_is_offered_to_finish(desk: Desk) -> None:
    desk.sign_in()
    desk.counter.code_seen(WATER)
    cart = desk.counter.cart.snapshot()
    till = desk.world.open()
    desk.world.alipay.lose_next_reply()
    desk.world.alipay.lose_next_reply()
    outcome = pay.charge(till, cart, desk.world.alipay.show_code())
    assert isinstance(outcome, pay.Waiting)
    till.close()
    desk.counter.resolve_now()
    desk.wait_for(Stage.MONEY_HERE)
    assert desk.read("money_here_title") == "⚠ 支付宝已经收到这笔钱，销售还没完成"
    assert desk.read("total_pieces") == "已收 · 1 件"
    assert not desk.on_screen("pay").isEnabled()  # one green button, beside the other way out
    desk.press("finish_paid")
    desk.wait_for(Stage.PAID)
    assert desk.world.alipay.kept == Money(200) == report.today(desk.till, report.shop_today(desk.till)).net


def test_no_way_leads_to_the_goods_while_no_shift_is_open(desk: Desk) -> None:
    desk.sign_in()
    desk.counter.close_shift(Money(10_000))
    desk.wait_for(Stage.SHIFT_CLOSED)
    desk.counter.show(Stage.SELL)
    assert desk.counter.stage is Stage.OPEN_SHIFT
    desk.counter.show(Stage.RETURN)
    desk.counter.take_exchange(desk.counter.cart.sale_id, Money(100))
    assert desk.counter.stage is Stage.OPEN_SHIFT


def test_no_label_ever_shows_the_payment_code(sold: Desk) -> None:
    code = sold.world.alipay.show_code()
    sold.press("pay")
    sold.counter.code_seen(code)
    sold.wait_for(Stage.PAID)
    words = [part.text() for part in sold.window.findChildren(QLabel)]
    assert not any(code in text for text in words)

"""Money goes back once for every number, never more than came, and shows some seconds later."""

from dataclasses import replace

import pytest

from pos.sandbox.gateway_values import MERCHANT, WALLET_FEN
from tests.unit.sandbox.gateway_kit import Shop, told


@pytest.fixture
def shop() -> Shop:
    opened = Shop()
    opened.pay("GT1", opened.code())
    return opened


def test_a_part_goes_back_and_the_trade_stays_paid(shop: Shop) -> None:
    shop.clock.move(seconds=60)
    node = shop.refund("GT1", "30.00", refund_reason="少了一瓶")
    assert told(node) == ("10000", "")
    assert (node["fund_change"], node["refund_fee"], node["gmt_refund_pay"]) == ("Y", "30.00", "2026-11-23 12:01:00")
    assert shop.status("GT1") == "TRADE_SUCCESS"
    assert shop.money == (8888, 3000, 5888)
    assert shop.acquirer.wallet_fen("alice") == WALLET_FEN - 5888


def test_the_sum_told_is_of_all_refunds_so_far(shop: Shop) -> None:
    assert shop.refund("GT1", "30.00", "R1")["refund_fee"] == "30.00"
    assert shop.refund("GT1", "8.88", "R2")["refund_fee"] == "38.88"
    assert shop.refund("GT1", "50", "R3")["refund_fee"] == "88.88"
    assert shop.acquirer.totals().refunds == 3


def test_the_last_part_closes_the_trade(shop: Shop) -> None:
    shop.refund("GT1", "30.00", "R1")
    shop.refund("GT1", "58.88", "R2")
    assert shop.status("GT1") == "TRADE_CLOSED"
    assert told(shop.refund("GT1", "0.01", "R3")) == ("40004", "TRADE_HAS_CLOSE")
    assert shop.money == (8888, 8888, 0)


def test_a_number_asked_again_moves_nothing(shop: Shop) -> None:
    shop.refund("GT1", "30.00", "R1")
    shop.refund("GT1", "8.88", "R2")
    again = shop.refund("GT1", "30.00", "R1")
    assert (told(again), again["fund_change"], again["refund_fee"]) == (("10000", ""), "N", "38.88")
    assert shop.money == (8888, 3888, 5000)


def test_a_number_asked_again_is_answered_even_when_the_trade_is_closed(shop: Shop) -> None:
    shop.refund("GT1", "88.88", "R1")
    shop.clock.move(days=100)
    assert shop.refund("GT1", "88.88", "R1")["fund_change"] == "N"


def test_one_number_for_two_amounts_is_a_contradiction(shop: Shop) -> None:
    shop.refund("GT1", "30.00")
    assert told(shop.refund("GT1", "30.01")) == ("40004", "DISCORDANT_REPEAT_REQUEST")
    assert shop.money == (8888, 3000, 5888)


def test_numbers_of_two_trades_do_not_meet(shop: Shop) -> None:
    shop.pay("GT2", shop.code())
    assert shop.refund("GT1", "30.00", "R1")["fund_change"] == "Y"
    assert shop.refund("GT2", "40.00", "R1")["fund_change"] == "Y"


def test_more_than_is_left_does_not_go_back(shop: Shop) -> None:
    assert told(shop.refund("GT1", "88.89")) == ("40004", "REFUND_FEE_ERROR")
    shop.refund("GT1", "30.00", "R1")
    assert told(shop.refund("GT1", "58.89", "R2")) == ("40004", "REFUND_FEE_ERROR")
    assert told(shop.refund("GT1", "58.88", "R2")) == ("10000", "")


def test_a_part_needs_a_number_and_the_whole_takes_the_trades(shop: Shop) -> None:
    assert told(shop.refund("GT1", "30.00", None)) == ("40004", "REFUND_AMT_NOT_EQUAL_TOTAL")
    assert shop.refund("GT1", "88.88", None)["fund_change"] == "Y"
    assert shop.refund("GT1", "88.88", None)["fund_change"] == "N"
    shop.clock.move(seconds=10)
    assert shop.refund_query("GT1", "GT1")["refund_status"] == "REFUND_SUCCESS"


def test_a_shop_without_money_cannot_pay_back_until_it_has_some(shop: Shop) -> None:
    shop.acquirer.set_balance(MERCHANT, 2999)
    assert told(shop.refund("GT1", "30.00")) == ("40004", "SELLER_BALANCE_NOT_ENOUGH")
    cancelled = shop.cancel("GT1")
    assert (told(cancelled), cancelled["retry_flag"]) == (("40004", "SELLER_BALANCE_NOT_ENOUGH"), "Y")
    assert shop.money == (8888, 0, 8888)
    shop.acquirer.set_balance(MERCHANT, 3000)
    assert shop.refund("GT1", "30.00")["fund_change"] == "Y", "the number of the refund that failed is still free"
    assert shop.acquirer.merchant_fen == 0


def test_what_was_never_paid_cannot_go_back(shop: Shop) -> None:
    shop.pay("GT2", shop.code("never"))
    assert told(shop.refund("GT2", "1.00")) == ("40004", "TRADE_STATUS_ERROR")
    shop.close("GT2")
    assert told(shop.refund("GT2", "1.00")) == ("40004", "TRADE_HAS_CLOSE")
    assert told(shop.refund("GT3", "1.00")) == ("40004", "TRADE_NOT_EXIST")


def test_after_three_months_nothing_goes_back(shop: Shop) -> None:
    shop.clock.move(days=89)
    assert shop.refund("GT1", "1.00", "R1")["fund_change"] == "Y"
    shop.clock.move(days=1)
    assert told(shop.refund("GT1", "1.00", "R2")) == ("40004", "TRADE_HAS_FINISHED")
    assert shop.status("GT1") == "TRADE_FINISHED"


def test_the_window_is_in_the_contract(shop: Shop) -> None:
    shop.acquirer.change_settings(replace(shop.acquirer.settings, refund_window_days=0.5))
    shop.clock.move(hours=12)
    assert told(shop.refund("GT1", "1.00")) == ("40004", "TRADE_HAS_FINISHED")
    assert told(shop.cancel("GT1")) == ("40004", "TRADE_HAS_FINISHED")


def test_a_refund_by_alipays_number(shop: Shop) -> None:
    trade_no = shop.query("GT1")["trade_no"]
    node = shop.acquirer.refund({"trade_no": trade_no, "refund_amount": "1.00", "out_request_no": "R1"})
    assert node["out_trade_no"] == "GT1"


@pytest.mark.parametrize(("seconds", "is_seen"), [(0, False), (9.9, False), (10, True)])
def test_a_refund_shows_after_ten_seconds(shop: Shop, seconds: float, *, is_seen: bool) -> None:
    shop.refund("GT1", "30.00")
    shop.clock.move(seconds=seconds)
    node = shop.refund_query("GT1")
    assert told(node) == ("10000", "")
    assert node.get("refund_status") == ("REFUND_SUCCESS" if is_seen else None)
    assert node.get("refund_amount") == ("30.00" if is_seen else None)


def test_the_delay_can_be_set(shop: Shop) -> None:
    shop.acquirer.change_settings(replace(shop.acquirer.settings, refund_delay_s=0))
    shop.refund("GT1", "30.00")
    assert shop.refund_query("GT1")["refund_status"] == "REFUND_SUCCESS"


def test_a_refund_nobody_asked_for_is_never_seen(shop: Shop) -> None:
    shop.refund("GT1", "30.00", "R1")
    shop.clock.move(days=1)
    node = shop.refund_query("GT1", "R2")
    assert (told(node), "refund_status" in node) == (("10000", ""), False)
    assert shop.refund_query("GT2")["sub_code"] == "TRADE_NOT_EXIST", "without the family's name, as published"


def test_more_is_told_when_it_is_asked_for(shop: Shop) -> None:
    plain = shop.refund("GT1", "30.00", "R1")
    full = shop.refund("GT1", "10.00", "R2", query_options=["refund_detail_item_list", "send_back_fee"])
    assert "refund_detail_item_list" not in plain
    assert full["send_back_fee"] == "10.00"
    assert full["refund_detail_item_list"] == [
        {"fund_channel": "ALIPAYACCOUNT", "amount": "10.00", "real_amount": "10.00"}
    ]
    shop.clock.move(seconds=10)
    assert "gmt_refund_pay" not in shop.refund_query("GT1", "R1")
    asked = shop.refund_query("GT1", "R1", query_options=["gmt_refund_pay"])
    assert asked["gmt_refund_pay"] == "2026-11-23 12:00:00"


@pytest.mark.parametrize(
    "wrong",
    [{"refund_amount": None}, {"refund_amount": "0"}, {"refund_amount": 30}, {"refund_amount": "1.001"},
     {"out_trade_no": None}, {"out_trade_no": "GT 1"}, {"out_request_no": "R" * 65}, {"refund_reason": "因" * 257},
     {"operator_id": "1" * 31}, {"store_id": "1" * 33}, {"terminal_id": "1" * 33}, {"query_options": "all"}],
)  # fmt: skip
def test_a_wrong_field_pays_nothing_back(shop: Shop, wrong: dict[str, object]) -> None:
    asked = {"out_trade_no": "GT1", "refund_amount": "30.00", "out_request_no": "R1", **wrong}
    content = {key: value for key, value in asked.items() if value is not None}
    assert told(shop.acquirer.refund(content)) == ("40004", "INVALID_PARAMETER")
    assert shop.money == (8888, 0, 8888)


def test_an_amount_nobody_can_have_paid_is_too_much(shop: Shop) -> None:
    assert told(shop.refund("GT1", "100000000.01")) == ("40004", "REFUND_FEE_ERROR")


def test_a_refund_query_needs_the_refunds_number(shop: Shop) -> None:
    assert told(shop.acquirer.refund_query({"out_trade_no": "GT1"})) == ("40004", "INVALID_PARAMETER")


def test_a_cancel_after_a_partial_refund_is_not_allowed(shop: Shop) -> None:
    shop.refund("GT1", "30.00")
    node = shop.cancel("GT1")
    assert (told(node), node["retry_flag"]) == (("40004", "CANCEL_NOT_ALLOWED"), "N")
    assert shop.money == (8888, 3000, 5888)


def test_a_cancelled_trade_cannot_be_refunded_any_more(shop: Shop) -> None:
    assert shop.cancel("GT1")["action"] == "refund"
    assert told(shop.refund("GT1", "1.00")) == ("40004", "TRADE_HAS_CLOSE")
    assert shop.acquirer.totals().refunds == 1
    shop.clock.move(seconds=10)
    assert shop.refund_query("GT1", "GT1")["refund_amount"] == "88.88"


def test_closing_is_for_what_waits_only(shop: Shop) -> None:
    assert told(shop.close("GT1")) == ("40004", "TRADE_STATUS_ERROR")
    assert shop.status("GT1") == "TRADE_SUCCESS"
    shop.pay("GT2", shop.code("never"))
    node = shop.close("GT2")
    assert (told(node), node["out_trade_no"]) == (("10000", ""), "GT2")
    assert shop.status("GT2") == "TRADE_CLOSED"
    assert told(shop.close("GT2")) == ("40004", "TRADE_STATUS_ERROR")
    assert told(shop.close("GT3")) == ("40004", "TRADE_NOT_EXIST")
    assert told(shop.acquirer.close({"operator_id": "1" * 29, "out_trade_no": "GT1"})) == ("40004", "INVALID_PARAMETER")


def test_a_restarted_simulator_knows_its_refunds(shop: Shop) -> None:
    shop.refund("GT1", "30.00", "R1", store_id="0017", operator_id="1001", terminal_id="03", refund_reason="坏了")
    before, balance = shop.acquirer.trades(), shop.acquirer.merchant_fen
    shop.restart()
    assert shop.acquirer.trades() == before
    assert (shop.acquirer.merchant_fen, shop.acquirer.wallet_fen("alice")) == (balance, WALLET_FEN - 5888)
    assert shop.refund("GT1", "30.00", "R1")["fund_change"] == "N"

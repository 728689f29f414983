"""The simulator keeps Alipay's rules: codes, numbers, confirmations, cancels; money moves once."""

from datetime import timedelta

import pytest

from pos.sandbox.gateway_values import WALLET_FEN
from tests.unit.sandbox.gateway_kit import Shop, payment, told

FRESH = ("40004", "PAYMENT_AUTH_CODE_INVALID")


@pytest.fixture
def shop() -> Shop:
    return Shop()


def test_a_fresh_code_pays_at_once(shop: Shop) -> None:
    node = shop.pay("GT1", shop.code(), store_id="0017", terminal_id="03", operator_id="1001")
    assert told(node) == ("10000", "")
    assert node["total_amount"] == "88.88"
    assert node["gmt_payment"] == "2026-11-23 12:00:00"
    assert str(node["trade_no"]).startswith("20261123")
    assert len(str(node["trade_no"])) == 28
    found = shop.query("GT1")
    assert found["trade_status"] == "TRADE_SUCCESS"
    assert (found["trade_no"], found["store_id"], found["terminal_id"]) == (node["trade_no"], "0017", "03")
    assert shop.money == (8888, 0, 8888)


def test_codes_look_like_alipays_and_differ(shop: Shop) -> None:
    codes = {shop.code() for _ in range(300)}
    assert len(codes) == 300
    assert {len(code) for code in codes} == {18}
    assert {code[:2] for code in codes} == {"25", "26", "27", "28", "29", "30"}


@pytest.mark.parametrize(("seconds", "answer"), [(59.999, ("10000", "")), (60, FRESH), (61, FRESH)])
def test_a_code_lives_for_sixty_seconds(shop: Shop, seconds: float, answer: tuple[str, str]) -> None:
    code = shop.code()
    shop.clock.move(seconds=seconds)
    assert told(shop.pay("GT1", code)) == answer


def test_a_code_pays_once(shop: Shop) -> None:
    code = shop.code()
    shop.pay("GT1", code)
    assert told(shop.pay("GT2", code)) == FRESH
    assert shop.money == (8888, 0, 8888)


@pytest.mark.parametrize(
    ("kind", "sub_code"),
    [("decline_balance", "BUYER_BALANCE_NOT_ENOUGH"), ("decline_bankcard", "BUYER_BANKCARD_BALANCE_NOT_ENOUGH"),
     ("decline_limit", "BUYER_PAYMENT_AMOUNT_DAY_LIMIT_ERROR"), ("decline_risk", "PAYMENT_REQUEST_HAS_RISK"),
     ("decline_switch", "MOBILE_PAYMENT_SWITCH_OFF"), ("decline_identity", "ERROR_BUYER_CERTIFY_LEVEL_LIMIT"),
     ("decline_seller", "BUYER_SELLER_EQUAL")],
)  # fmt: skip
def test_a_declined_code_is_used_up_and_makes_no_trade(shop: Shop, kind: str, sub_code: str) -> None:
    code = shop.code(kind)
    assert told(shop.pay("GT1", code)) == ("40004", sub_code)
    assert told(shop.pay("GT2", code)) == FRESH
    assert told(shop.query("GT1")) == ("40004", "TRADE_NOT_EXIST")
    assert shop.money == (0, 0, 0)
    assert shop.acquirer.totals().declined == 1


def test_a_code_nobody_gave_out_is_refused(shop: Shop) -> None:
    assert told(shop.pay("GT1", "280000000000000000")) == FRESH


def test_the_same_payment_again_is_the_same_trade(shop: Shop) -> None:
    code = shop.code()
    shop.pay("GT1", code)
    assert told(shop.pay("GT1", code)) == ("40004", "TRADE_HAS_SUCCESS")
    assert told(shop.pay("GT1", shop.code())) == ("40004", "TRADE_HAS_SUCCESS")
    assert shop.money == (8888, 0, 8888)


@pytest.mark.parametrize("other", [{"amount": "88.89"}, {"subject": "别的"}])
def test_the_same_number_for_something_else_is_a_contradiction(shop: Shop, other: dict[str, str]) -> None:
    code = shop.code()
    shop.pay("GT1", code)
    assert told(shop.pay("GT1", code, **other)) == ("40004", "CONTEXT_INCONSISTENT")
    assert shop.money == (8888, 0, 8888)


def test_one_amount_may_be_written_in_several_ways(shop: Shop) -> None:
    code = shop.code("password")
    shop.pay("GT1", code, amount="10")
    assert told(shop.pay("GT1", code, amount="10.0")) == ("10003", "")
    assert shop.query("GT1")["total_amount"] == "10.00"


def test_a_closed_number_takes_no_payment_any_more(shop: Shop) -> None:
    shop.pay("GT1", shop.code())
    shop.cancel("GT1")
    assert told(shop.pay("GT1", shop.code())) == ("40004", "TRADE_HAS_CLOSE")
    assert shop.money == (8888, 8888, 0)


def test_a_customer_who_confirms_pays_some_seconds_later(shop: Shop) -> None:
    node = shop.pay("GT1", shop.code("password"))
    assert (told(node), node["msg"]) == (("10003", ""), " order success pay inprocess")
    assert node["buyer_pay_amount"] == "0.00"
    shop.clock.move(seconds=5.9)
    assert shop.query("GT1")["trade_status"] == "WAIT_BUYER_PAY"
    assert shop.money == (0, 0, 0)
    shop.clock.move(seconds=0.1)
    assert shop.money == (8888, 0, 8888)
    shop.clock.move(hours=1)
    assert shop.query("GT1")["send_pay_date"] == "2026-11-23 12:00:06"


def test_a_customer_who_cancels_on_the_phone_closes_the_trade(shop: Shop) -> None:
    assert told(shop.pay("GT1", shop.code("cancel"))) == ("10003", "")
    shop.clock.move(seconds=6)
    assert shop.query("GT1")["trade_status"] == "TRADE_CLOSED"
    assert shop.money == (0, 0, 0)


def test_a_customer_who_never_answers_leaves_it_open_until_the_trade_ends(shop: Shop) -> None:
    shop.pay("GT1", shop.code("never"), timeout_express="3m")
    shop.clock.move(seconds=179)
    assert shop.query("GT1")["trade_status"] == "WAIT_BUYER_PAY"
    shop.clock.move(seconds=1)
    assert shop.query("GT1")["trade_status"] == "TRADE_CLOSED"


@pytest.mark.parametrize(
    ("life", "lasts"),
    [({}, timedelta(hours=3)), ({"timeout_express": "90m"}, timedelta(minutes=90)),
     ({"timeout_express": "2h"}, timedelta(hours=2)), ({"timeout_express": "15d"}, timedelta(days=15)),
     ({"timeout_express": "1c"}, timedelta(hours=12)), ({"time_expire": "2026-11-23 12:00:30"}, timedelta(seconds=30)),
     ({"time_expire": "2026-11-23 12:00:30", "timeout_express": "2h"}, timedelta(seconds=30))],
)  # fmt: skip
def test_an_unpaid_trade_lasts_as_long_as_was_asked(shop: Shop, life: dict[str, str], lasts: timedelta) -> None:
    shop.pay("GT1", shop.code("never"), **life)
    shop.clock.move(seconds=lasts.total_seconds() - 1)
    assert shop.query("GT1")["trade_status"] == "WAIT_BUYER_PAY"
    shop.clock.move(seconds=1)
    assert shop.query("GT1")["trade_status"] == "TRADE_CLOSED"


def test_a_trade_that_ended_first_is_not_paid_by_a_later_answer(shop: Shop) -> None:
    shop.pay("GT1", shop.code("password"), time_expire="2026-11-23 12:00:05")
    shop.clock.move(seconds=60)
    assert shop.query("GT1")["trade_status"] == "TRADE_CLOSED"
    assert shop.money == (0, 0, 0)


def test_the_customer_can_be_made_to_answer(shop: Shop) -> None:
    for number, accept, status in (("GT1", True, "TRADE_SUCCESS"), ("GT2", False, "TRADE_CLOSED")):
        shop.pay(number, shop.code("never"))
        trade = shop.acquirer.confirm(number, accept=accept)
        assert trade is not None
        assert trade.status.value == status
        assert shop.query(number)["trade_status"] == status
    assert shop.acquirer.confirm("GT3") is None
    assert shop.money == (8888, 0, 8888)


def test_a_waiting_payment_sent_again_still_waits(shop: Shop) -> None:
    code = shop.code("never")
    shop.pay("GT1", code)
    assert told(shop.pay("GT1", code)) == ("10003", "")
    assert told(shop.pay("GT1", shop.code(buyer="bob"))) == ("40004", "TRADE_BUYER_NOT_MATCH")
    assert shop.money == (0, 0, 0)


def test_a_second_code_for_a_waiting_payment_is_used_up(shop: Shop) -> None:
    shop.pay("GT1", shop.code("never"))
    code = shop.code()
    assert told(shop.pay("GT1", code)) == ("10003", "")
    assert told(shop.pay("GT2", code)) == FRESH


def test_cancelling_a_paid_trade_pays_it_back_once(shop: Shop) -> None:
    shop.pay("GT1", shop.code())
    first, second = shop.cancel("GT1"), shop.cancel("GT1")
    assert (first["code"], first["action"], first["retry_flag"]) == ("10000", "refund", "N")
    assert second == first
    assert shop.query("GT1")["trade_status"] == "TRADE_CLOSED"
    assert shop.money == (8888, 8888, 0)


def test_cancelling_an_unpaid_trade_closes_it_for_good(shop: Shop) -> None:
    shop.pay("GT1", shop.code("password"))
    assert shop.cancel("GT1")["action"] == "close"
    shop.clock.move(minutes=1)
    assert shop.cancel("GT1")["action"] == "close"
    assert shop.query("GT1")["trade_status"] == "TRADE_CLOSED"
    assert shop.money == (0, 0, 0)


def test_cancelling_when_the_customer_was_quicker_pays_back(shop: Shop) -> None:
    shop.pay("GT1", shop.code("password"))
    shop.clock.move(seconds=6)
    assert shop.cancel("GT1")["action"] == "refund"
    assert shop.money == (8888, 8888, 0)


def test_cancelling_what_is_not_there_promises_nothing(shop: Shop) -> None:
    code = shop.code()
    node = shop.cancel("GT1")
    assert (node["code"], node["retry_flag"], node["out_trade_no"], "action" in node) == ("10000", "N", "GT1", False)
    assert told(shop.pay("GT1", code)) == ("10000", ""), "the payment that was overtaken still arrives"


@pytest.mark.parametrize("kind", ["normal", "never"])
def test_a_trade_of_yesterday_can_be_cancelled_for_24_hours_only(shop: Shop, kind: str) -> None:
    for number in ("GT1", "GT2"):
        shop.pay(number, shop.code(kind), timeout_express="15d")
    shop.clock.move(hours=24)
    assert told(shop.cancel("GT1")) == ("10000", "")
    shop.clock.move(seconds=1)
    assert told(shop.cancel("GT2")) == ("40004", "TRADE_CANCEL_TIME_OUT")
    assert told(shop.cancel("GT1")) == ("10000", "")


def test_after_three_months_a_paid_trade_is_finished(shop: Shop) -> None:
    shop.pay("GT1", shop.code())
    shop.clock.move(days=89)
    assert shop.query("GT1")["trade_status"] == "TRADE_SUCCESS"
    shop.clock.move(days=1)
    assert shop.query("GT1")["trade_status"] == "TRADE_FINISHED"


def test_alipays_number_wins_over_ours(shop: Shop) -> None:
    first = shop.pay("GT1", shop.code())
    shop.pay("GT2", shop.code(), amount="1.00")
    both = {"out_trade_no": "GT2", "trade_no": first["trade_no"]}
    assert shop.acquirer.query(both)["out_trade_no"] == "GT1"
    assert told(shop.acquirer.query({"out_trade_no": "GT1", "trade_no": "2026"})) == ("40004", "TRADE_NOT_EXIST")


@pytest.mark.parametrize("content", [{}, {"out_trade_no": ""}, {"out_trade_no": 7}, {"out_trade_no": "a" * 65}])
def test_a_look_or_cancel_without_a_number_is_a_mistake(shop: Shop, content: dict[str, object]) -> None:
    assert told(shop.acquirer.query(content)) == ("40004", "INVALID_PARAMETER")
    assert told(shop.acquirer.cancel(content)) == ("40004", "INVALID_PARAMETER")


def test_a_payment_with_a_wrong_field_leaves_its_code_alone(shop: Shop) -> None:
    code = shop.code()
    assert told(shop.acquirer.pay(payment("GT 1", code))) == ("40004", "INVALID_PARAMETER")
    assert told(shop.pay("GT1", code)) == ("10000", "")


def test_a_restarted_simulator_knows_all_it_knew(shop: Shop) -> None:
    code, used = shop.code(), shop.code()
    shop.pay("GT1", used)
    shop.pay("GT2", shop.code("password"))
    shop.pay("GT3", shop.code("decline_risk"))
    before = shop.acquirer.trades()
    shop.restart()
    assert shop.acquirer.trades() == before
    assert shop.acquirer.totals().declined == 1
    assert told(shop.pay("GT4", used)) == FRESH
    assert told(shop.pay("GT5", code)) == ("10000", "")
    shop.clock.move(seconds=6)
    assert shop.query("GT2")["trade_status"] == "TRADE_SUCCESS"


def test_a_customer_without_enough_is_declined(shop: Shop) -> None:
    shop.acquirer.set_balance("alice", 8887)
    assert told(shop.pay("GT1", shop.code())) == ("40004", "BUYER_BALANCE_NOT_ENOUGH")
    assert told(shop.pay("GT2", shop.code(), amount="88.87")) == ("10000", "")
    assert shop.acquirer.wallet_fen("alice") == 0
    assert shop.acquirer.totals().declined == 1


def test_a_customer_who_confirms_without_enough_goes_on_waiting(shop: Shop) -> None:
    shop.acquirer.set_balance("alice", 0)
    shop.pay("GT1", shop.code("password"))
    shop.clock.move(minutes=1)
    assert shop.status("GT1") == "WAIT_BUYER_PAY"
    shop.clock.move(hours=3)
    assert shop.status("GT1") == "TRADE_CLOSED"
    assert shop.money == (0, 0, 0)


def test_money_goes_from_the_wallet_to_the_shop_and_back(shop: Shop) -> None:
    shop.pay("GT1", shop.code(buyer="alice"))
    shop.pay("GT2", shop.code(buyer="bob"), amount="1.00")
    shop.cancel("GT2")
    assert shop.acquirer.wallets() == {"alice": WALLET_FEN - 8888, "bob": WALLET_FEN}
    assert shop.acquirer.merchant_fen == 8888


def test_where_the_money_came_from_is_told_when_it_is_asked_for(shop: Shop) -> None:
    shop.pay("GT1", shop.code())
    assert "fund_bill_list" not in shop.query("GT1")
    asked = shop.acquirer.query({"out_trade_no": "GT1", "query_options": ["fund_bill_list"]})
    assert asked["fund_bill_list"] == [{"amount": "88.88", "fund_channel": "ALIPAYACCOUNT"}]

"""A code that the customer scans: no trade before the scan, dead in time, and alive whatever was cancelled."""

import re
from datetime import timedelta

import pytest

from pos.sandbox.gateway_values import WALLET_FEN
from tests.unit.sandbox.gateway_kit import Shop, told


@pytest.fixture
def shop() -> Shop:
    return Shop()


def made(shop: Shop, number: str = "GT1", **more: object) -> str:
    node = shop.precreate(number, **more)  # type: ignore[arg-type]
    assert told(node) == ("10000", "")
    return str(node["qr_code"])


def test_a_code_is_an_address_on_the_callers_host(shop: Shop) -> None:
    asked = {"out_trade_no": "GT1", "total_amount": "88.88", "subject": "牛奶"}
    node = shop.acquirer.precreate(asked, "http://localhost:4711")
    assert node["out_trade_no"] == "GT1"
    assert re.fullmatch(r"http://localhost:4711/qr/bax[a-z0-9]{20}", str(node["qr_code"]))


def test_there_is_no_trade_before_the_scan(shop: Shop) -> None:
    made(shop)
    assert told(shop.query("GT1")) == ("40004", "TRADE_NOT_EXIST")
    assert told(shop.close("GT1")) == ("40004", "TRADE_NOT_EXIST")
    assert told(shop.refund("GT1", "1.00")) == ("40004", "TRADE_NOT_EXIST")
    node = shop.cancel("GT1")
    assert (node["code"], node["retry_flag"], "action" in node, "trade_no" in node) == ("10000", "N", False, False)
    assert shop.acquirer.totals().trades == 0


def test_a_scan_makes_the_trade_and_a_willing_customer_pays(shop: Shop) -> None:
    seen = shop.acquirer.scan(made(shop, store_id="0017", terminal_id="03", operator_id="1001"), "alice", "normal")
    assert seen.refusal == ""
    node = shop.query("GT1")
    assert (node["trade_status"], node["total_amount"], node["store_id"], node["terminal_id"]) == (
        "TRADE_SUCCESS", "88.88", "0017", "03",
    )  # fmt: skip
    assert len(str(node["trade_no"])) == 28
    assert shop.money == (8888, 0, 8888)
    assert shop.acquirer.wallet_fen("alice") == WALLET_FEN - 8888


@pytest.mark.parametrize(
    ("kind", "at_once", "after_six_seconds"),
    [("normal", "TRADE_SUCCESS", "TRADE_SUCCESS"), ("password", "WAIT_BUYER_PAY", "TRADE_SUCCESS"),
     ("cancel", "WAIT_BUYER_PAY", "TRADE_CLOSED"), ("never", "WAIT_BUYER_PAY", "WAIT_BUYER_PAY"),
     ("decline_balance", "WAIT_BUYER_PAY", "WAIT_BUYER_PAY")],
)  # fmt: skip
def test_the_kind_of_customer_decides_how_it_goes_on(
    shop: Shop, kind: str, at_once: str, after_six_seconds: str
) -> None:
    shop.acquirer.scan(made(shop), "alice", kind)
    assert shop.status("GT1") == at_once
    shop.clock.move(seconds=6)
    assert shop.status("GT1") == after_six_seconds


def test_a_refused_customer_leaves_a_trade_that_waits_for_another_card(shop: Shop) -> None:
    qr = made(shop)
    assert shop.acquirer.scan(qr, "alice", "decline_limit").refusal == "BUYER_PAYMENT_AMOUNT_DAY_LIMIT_ERROR"
    assert shop.acquirer.totals().declined == 1
    assert shop.acquirer.scan(qr, "alice", "normal").refusal == ""
    shop.acquirer.confirm("GT1")
    assert shop.money == (8888, 0, 8888)


def test_who_has_not_enough_cannot_pay_and_it_goes_on_waiting(shop: Shop) -> None:
    shop.acquirer.set_balance("alice", 8887)
    qr = made(shop)
    assert shop.acquirer.scan(qr, "alice", "normal").refusal == "BUYER_BALANCE_NOT_ENOUGH"
    shop.acquirer.confirm("GT1")
    assert shop.status("GT1") == "WAIT_BUYER_PAY"
    shop.acquirer.set_balance("alice", 8888)
    shop.acquirer.confirm("GT1")
    assert shop.status("GT1") == "TRADE_SUCCESS"
    assert shop.acquirer.wallet_fen("alice") == 0


LIVES: list[tuple[dict[str, str], timedelta]] = [
    ({}, timedelta(hours=2)),
    ({"qr_code_timeout_express": "3h"}, timedelta(hours=2)),
    ({"qr_code_timeout_express": "2m"}, timedelta(minutes=2)),
    ({"timeout_express": "90m"}, timedelta(minutes=90)),
    ({"timeout_express": "15d"}, timedelta(hours=2)),
    ({"time_expire": "2026-11-23 12:05:00"}, timedelta(minutes=5)),
    ({"time_expire": "2026-11-23 12:05:00", "qr_code_timeout_express": "2m"}, timedelta(minutes=2)),
    ({"time_expire": "2026-11-23 12:01:00", "qr_code_timeout_express": "2m"}, timedelta(minutes=1)),
]


@pytest.mark.parametrize(("asked", "life"), LIVES)
def test_a_code_lives_as_long_as_was_asked_and_two_hours_at_most(
    shop: Shop, asked: dict[str, str], life: timedelta
) -> None:
    qr = made(shop, **asked)
    shop.clock.move(seconds=life.total_seconds() - 1)
    other = Shop(shop.ledger, shop.clock)
    assert other.acquirer.scan(qr, "alice", "never").refusal == "", "alive to the last second"


@pytest.mark.parametrize(("asked", "life"), LIVES)
def test_a_dead_code_cannot_be_paid(shop: Shop, asked: dict[str, str], life: timedelta) -> None:
    qr = made(shop, **asked)
    shop.clock.move(seconds=life.total_seconds())
    seen = shop.acquirer.scan(qr, "alice", "normal")
    assert (seen.refusal, seen.trade) == ("NOW_TIME_AFTER_EXPIRE_TIME_ERROR", None)
    assert shop.status("GT1") == "TRADE_NOT_EXIST"
    assert shop.money == (0, 0, 0)


@pytest.mark.parametrize(
    ("asked", "open_for"),
    [({}, timedelta(hours=3)), ({"timeout_express": "5m"}, timedelta(minutes=5)),
     ({"time_expire": "2026-11-23 12:02:00"}, timedelta(minutes=1)),
     ({"qr_code_timeout_express": "3m"}, timedelta(minutes=2))],
)  # fmt: skip
def test_a_scanned_trade_closes_in_its_own_time(shop: Shop, asked: dict[str, str], open_for: timedelta) -> None:
    qr = made(shop, **asked)
    shop.clock.move(minutes=1)
    shop.acquirer.scan(qr, "alice", "never")
    shop.clock.move(seconds=open_for.total_seconds() - 1)
    assert shop.status("GT1") == "WAIT_BUYER_PAY"
    shop.clock.move(seconds=1)
    assert shop.status("GT1") == "TRADE_CLOSED"


def test_a_number_asked_again_gets_the_same_code_while_it_lives(shop: Shop) -> None:
    first = made(shop)
    shop.clock.move(minutes=119)
    assert made(shop) == first
    assert told(shop.precreate("GT1", "88.87")) == ("40004", "CONTEXT_INCONSISTENT")
    assert told(shop.precreate("GT1", subject="别的")) == ("40004", "CONTEXT_INCONSISTENT")
    shop.clock.move(minutes=1)
    assert made(shop) != first


def test_a_number_that_is_paid_or_closed_gets_no_code(shop: Shop) -> None:
    shop.acquirer.scan(made(shop, "GT1"), "alice", "normal")
    shop.acquirer.scan(made(shop, "GT2"), "alice", "never")
    shop.close("GT2")
    shop.pay("GT3", shop.code())
    assert told(shop.precreate("GT1")) == ("40004", "TRADE_HAS_SUCCESS")
    assert told(shop.precreate("GT2")) == ("40004", "TRADE_HAS_CLOSE")
    assert told(shop.precreate("GT3")) == ("40004", "TRADE_HAS_SUCCESS")
    assert told(shop.precreate("GT3", "1.00")) == ("40004", "CONTEXT_INCONSISTENT")


@pytest.mark.parametrize("stop", ["cancel", "close"])
def test_stopping_a_code_nobody_scanned_stops_nothing(shop: Shop, stop: str) -> None:
    qr = made(shop)
    getattr(shop, stop)("GT1")
    assert shop.acquirer.scan(qr, "alice", "normal").refusal == ""
    assert shop.money == (8888, 0, 8888), "a till that forgets it now has lost a customer's money"
    assert shop.cancel("GT1")["action"] == "refund"
    assert shop.money == (8888, 8888, 0)


@pytest.mark.parametrize("stop", ["cancel", "close"])
def test_stopping_a_scanned_code_closes_it_for_good(shop: Shop, stop: str) -> None:
    qr = made(shop)
    shop.acquirer.scan(qr, "alice", "never")
    assert told(getattr(shop, stop)("GT1")) == ("10000", "")
    assert shop.acquirer.scan(qr, "alice", "normal").refusal == "TRADE_HAS_CLOSE"
    assert shop.money == (0, 0, 0)


def test_a_scan_pays_once_and_for_one_customer(shop: Shop) -> None:
    qr = made(shop)
    shop.acquirer.scan(qr, "alice", "never")
    assert shop.acquirer.scan(qr, "alice", "normal").refusal == "", "the same customer looks again"
    assert shop.acquirer.scan(qr, "bob", "normal").refusal == "TRADE_BUYER_NOT_MATCH"
    shop.acquirer.confirm("GT1")
    assert shop.acquirer.scan(qr, "alice", "normal").refusal == "TRADE_HAS_SUCCESS"
    assert shop.acquirer.scan(qr, "bob", "normal").refusal == "TRADE_HAS_SUCCESS"
    assert shop.money == (8888, 0, 8888)


def test_a_code_shown_by_the_customer_and_one_scanned_are_one_trade(shop: Shop) -> None:
    qr = made(shop)
    shop.pay("GT1", shop.code())
    assert shop.acquirer.scan(qr, "alice", "normal").refusal == "TRADE_HAS_SUCCESS"
    shop.acquirer.scan(made(shop, "GT2"), "alice", "never")
    assert told(shop.pay("GT2", shop.code())) == ("10003", "")
    assert told(shop.pay("GT2", shop.code(buyer="bob"))) == ("40004", "TRADE_BUYER_NOT_MATCH")
    assert shop.money == (8888, 0, 8888)


def test_a_code_nobody_made_leads_nowhere(shop: Shop) -> None:
    assert shop.acquirer.scan("http://127.0.0.1/qr/baxnothing", "alice").refusal == "TRADE_NOT_EXIST"


def test_a_restarted_simulator_knows_its_codes(shop: Shop) -> None:
    qr = made(shop)
    shop.restart()
    assert made(shop) == qr
    assert shop.acquirer.scan(qr, "alice", "normal").refusal == ""
    shop.restart()
    assert shop.money == (8888, 0, 8888)


@pytest.mark.parametrize(
    ("other", "refusal"),
    [({"out_trade_no": "GT 1"}, "INVALID_PARAMETER"), ({"total_amount": "0"}, "INVALID_PARAMETER"),
     ({"subject": "a/b"}, "INVALID_PARAMETER"), ({"qr_code_timeout_express": "90"}, "INVALID_PARAMETER"),
     ({"time_expire": "2026-11-23 12:00:00"}, "NOW_TIME_AFTER_EXPIRE_TIME_ERROR"),
     ({"product_code": "QUICK_WAP_WAY"}, "ACCESS_FORBIDDEN"), ({"goods_detail": [{}]}, "INVALID_PARAMETER")],
)  # fmt: skip
def test_a_wrong_field_makes_no_code(shop: Shop, other: dict[str, object], refusal: str) -> None:
    asked = {"out_trade_no": "GT1", "total_amount": "88.88", "subject": "牛奶", **other}
    assert told(shop.acquirer.precreate(asked)) == ("40004", refusal)


def test_a_code_needs_no_code_of_the_customers(shop: Shop) -> None:
    for product in ("FACE_TO_FACE_PAYMENT", "OFFLINE_PAYMENT", "QR_CODE_OFFLINE"):
        made(shop, product_code=product)

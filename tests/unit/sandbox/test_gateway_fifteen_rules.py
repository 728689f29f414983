"""The fifteen rules of an honest gateway, each over HTTP with a signed request and a checked answer.

The numbers are those of the list of rules the simulator was built to.
"""

import io
import json
import zipfile
from collections.abc import Iterator

import httpx
import pytest
from cryptography.exceptions import InvalidSignature

from pos.sandbox.gateway import create_app
from pos.sandbox.gateway_ledger import MemoryLedger
from tests.unit.sandbox.gateway_kit import (
    KEYS,
    StoppedClock,
    Wire,
    common,
    encoded,
    order,
    payment,
    served,
    told,
    verified,
)


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock()


@pytest.fixture
def wire(clock: StoppedClock) -> Iterator[Wire]:
    with served(create_app(KEYS, MemoryLedger(), clock)) as address:
        wire = Wire(address, clock)
        yield wire
        wire.http.close()


def sent(wire: Wire, params: dict[str, str]) -> bytes:
    return wire.http.post("/gateway.do?charset=utf-8", content=encoded(params)).content


def test_rule_1_a_changed_request_is_turned_away_in_a_signed_answer(wire: Wire) -> None:
    params = common("alipay.trade.refund", {"out_trade_no": "GT1"})
    params["biz_content"] = params["biz_content"].replace("GT1", "GT2")
    raw = sent(wire, params)
    assert list(json.loads(raw)) == ["alipay_trade_refund_response", "sign"]
    node = verified(raw)
    assert (node["code"], node["sub_code"]) == ("40002", "isv.invalid-signature")


@pytest.mark.parametrize("app_id", ["2021000122671080", "2019073166072302"])
def test_rule_1_a_real_app_is_refused_in_plain_words(wire: Wire, app_id: str) -> None:
    raw = json.loads(sent(wire, common("alipay.trade.query", {"out_trade_no": "GT1"}, app_id=app_id)))
    node = raw["error_response"]
    assert (node["code"], node["sub_code"], raw["sign"]) == ("40002", "isv.invalid-app-id", "")
    assert "SANDBOX-0001" in node["sub_msg"]
    assert "模拟器" in node["sub_msg"]
    assert "simulator" in node["sub_msg"]


def test_rule_2_what_every_call_needs_is_asked_for(wire: Wire) -> None:
    node = verified(sent(wire, common("alipay.trade.close", {}, timestamp=None)))
    assert (node["code"], node["sub_code"]) == ("40001", "isv.missing-timestamp")


def test_rule_3_a_time_that_is_off_is_turned_away(wire: Wire) -> None:
    node = verified(sent(wire, common("alipay.trade.query", {}, timestamp="2026-11-23 11:49:59")))
    assert (node["code"], node["sub_code"]) == ("40002", "isv.illegal-timestamp")


def test_rule_4_a_method_nobody_knows_is_turned_away(wire: Wire) -> None:
    raw = sent(wire, common("alipay.trade.unheard.of", {}))
    assert verified(raw)["sub_code"] == "isv.invalid-method"
    assert "error_response" in json.loads(raw)


@pytest.mark.parametrize("method", ["pay", "precreate", "query", "cancel", "close", "refund", "fastpay.refund.query"])
def test_rule_5_every_method_checks_its_fields(wire: Wire, method: str) -> None:
    assert told(wire.ask(method, out_trade_no="GT 1")) == ("40004", "INVALID_PARAMETER")


def test_rule_6_a_code_is_fresh_single_and_not_the_sellers(wire: Wire, clock: StoppedClock) -> None:
    code, old = wire.remote("codes")["code"], wire.remote("codes")["code"]
    assert told(wire.ask("pay", **payment("GT1", code))) == ("10000", "")
    assert told(wire.ask("pay", **payment("GT2", code))) == ("40004", "PAYMENT_AUTH_CODE_INVALID")
    clock.move(seconds=60)
    assert told(wire.ask("pay", **payment("GT3", old))) == ("40004", "PAYMENT_AUTH_CODE_INVALID")
    assert told(wire.pay("GT4", "decline_seller")) == ("40004", "BUYER_SELLER_EQUAL")


def test_rule_7_a_number_is_one_trade(wire: Wire) -> None:
    wire.pay("GT1")
    assert told(wire.pay("GT1")) == ("40004", "TRADE_HAS_SUCCESS")
    assert told(wire.pay("GT1", total_amount="1.00")) == ("40004", "CONTEXT_INCONSISTENT")
    wire.ask("cancel", out_trade_no="GT1")
    assert told(wire.pay("GT1")) == ("40004", "TRADE_HAS_CLOSE")


def test_rule_8_a_code_to_scan_is_no_trade_and_lives_two_hours(wire: Wire, clock: StoppedClock) -> None:
    qr = wire.ask("precreate", **order("GT1", qr_code_timeout_express="15d"))["qr_code"]
    assert told(wire.ask("query", out_trade_no="GT1")) == ("40004", "TRADE_NOT_EXIST")
    clock.move(hours=2)
    assert wire.http.post("/sandbox/scan", json={"qr_code": qr}).status_code == 410
    qr = wire.ask("precreate", **order("GT1"))["qr_code"]
    wire.remote("scan", qr_code=qr)
    assert wire.ask("query", out_trade_no="GT1")["trade_status"] == "TRADE_SUCCESS"


@pytest.mark.parametrize("life", [{"timeout_express": "5m"}, {"time_expire": "2026-11-23 12:05:00"}])
def test_rule_9_an_unpaid_trade_ends_in_its_time(wire: Wire, clock: StoppedClock, life: dict[str, str]) -> None:
    wire.pay("GT1", "never", **life)
    clock.move(minutes=5)
    assert wire.ask("query", out_trade_no="GT1")["trade_status"] == "TRADE_CLOSED"


def test_rule_10_a_cancel_closes_pays_back_or_knows_nothing(wire: Wire, clock: StoppedClock) -> None:
    wire.pay("GT1")
    wire.pay("GT2", "never")
    wire.pay("GT3")
    actions = [wire.ask("cancel", out_trade_no=number).get("action") for number in ("GT1", "GT2", "GT4")]
    assert actions == ["refund", "close", None]
    clock.move(hours=24, seconds=1)
    late = wire.ask("cancel", out_trade_no="GT3")
    assert (told(late), late["retry_flag"]) == (("40004", "TRADE_CANCEL_TIME_OUT"), "N")


def test_rule_11_only_what_waits_is_closed(wire: Wire) -> None:
    wire.pay("GT1")
    wire.pay("GT2", "never")
    assert told(wire.ask("close", out_trade_no="GT1")) == ("40004", "TRADE_STATUS_ERROR")
    assert told(wire.ask("close", out_trade_no="GT2")) == ("10000", "")
    assert told(wire.ask("close", out_trade_no="GT3")) == ("40004", "TRADE_NOT_EXIST")


def test_rule_12_refunds_keep_to_number_amount_balance_and_window(wire: Wire, clock: StoppedClock) -> None:
    wire.pay("GT1")

    def refund(amount: str, request: str) -> tuple[object, object, object]:
        node = wire.ask("refund", out_trade_no="GT1", refund_amount=amount, out_request_no=request)
        return told(node)[1], node.get("fund_change"), node.get("refund_fee")

    assert refund("30.00", "R1") == ("", "Y", "30.00")
    assert refund("30.00", "R1") == ("", "N", "30.00")
    assert refund("31.00", "R1") == ("DISCORDANT_REPEAT_REQUEST", None, None)
    assert refund("58.89", "R2") == ("REFUND_FEE_ERROR", None, None)
    wire.remote("wallets", merchant_fen=0)
    assert refund("8.88", "R2") == ("SELLER_BALANCE_NOT_ENOUGH", None, None)
    wire.remote("wallets", merchant_fen=10_000)
    assert refund("8.88", "R2") == ("", "Y", "38.88")
    clock.move(days=90)
    assert refund("1.00", "R3") == ("TRADE_HAS_FINISHED", None, None)


def test_rule_13_a_refund_shows_after_a_while(wire: Wire, clock: StoppedClock) -> None:
    wire.pay("GT1")
    wire.ask("refund", out_trade_no="GT1", refund_amount="30.00", out_request_no="R1")
    asked = {"out_trade_no": "GT1", "out_request_no": "R1"}
    assert "refund_status" not in wire.ask("fastpay.refund.query", **asked)
    clock.move(seconds=10)
    assert wire.ask("fastpay.refund.query", **asked)["refund_status"] == "REFUND_SUCCESS"


def test_rule_14_the_bill_comes_the_day_after_and_its_address_soon_dies(wire: Wire, clock: StoppedClock) -> None:
    wire.pay("GT1")
    assert wire.bill("2026-11-23")["sub_code"] == "BILL_NOT_EXIST"
    clock.move(days=1)
    url = str(wire.bill("2026-11-23")["bill_download_url"])
    assert url.startswith(str(wire.http.base_url))
    file = httpx.get(url, trust_env=False)
    assert (file.status_code, file.headers["content-type"]) == (200, "application/zip")
    with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
        text = archive.read(archive.infolist()[0]).decode("gbk")
    assert "\tGT1" not in text
    assert ",GT1\t,交易\t," in text
    clock.move(seconds=30)
    assert httpx.get(url, trust_env=False).status_code == 403


def test_rule_15_answers_are_signed_over_their_own_bytes_unless_spoiled(wire: Wire) -> None:
    wire.remote("faults", next="bad_signature")
    raw = wire.post("alipay.trade.query", {"out_trade_no": "GT1"}).content
    with pytest.raises(InvalidSignature):
        verified(raw)
    assert told(wire.ask("query", out_trade_no="GT1")) == ("40004", "TRADE_NOT_EXIST")

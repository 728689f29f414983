"""Requests that come late, twice or answered wrong, over HTTP and with every answer's signature checked."""

from collections.abc import Iterator

import httpx
import pytest

from pos.sandbox.gateway import create_app
from pos.sandbox.gateway_ledger import MemoryLedger
from tests.unit.sandbox.gateway_kit import KEYS, StoppedClock, Wire, payment, served, told

PAY, REFUND = "alipay.trade.pay", "alipay.trade.refund"


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock()


@pytest.fixture
def wire(clock: StoppedClock) -> Iterator[Wire]:
    with served(create_app(KEYS, MemoryLedger(), clock)) as address:
        wire = Wire(address, clock)
        yield wire
        wire.http.close()


def lose(wire: Wire, method: str, **content: object) -> None:
    with pytest.raises(httpx.RemoteProtocolError, match="without sending a response"):
        wire.ask(method, **content)


def test_a_cancel_overtakes_its_payment(wire: Wire) -> None:
    code = wire.remote("codes")["code"]
    wire.remote("faults", next="late", method=PAY, seconds=30)
    lose(wire, "pay", **payment("GT1", code))
    node = wire.ask("cancel", out_trade_no="GT1")
    assert (node["code"], "action" in node) == ("10000", False)
    assert wire.remote("deliver") == {"delivered": 1}
    assert wire.ask("query", out_trade_no="GT1")["trade_status"] == "TRADE_SUCCESS"
    assert wire.kept == 8888, "a till that believed the cancel has kept a customer's money"
    assert wire.remote("deliver") == {"delivered": 0}


def test_a_late_request_arrives_in_its_time(wire: Wire, clock: StoppedClock) -> None:
    code = wire.remote("codes")["code"]
    wire.remote("faults", next="late", method=PAY, seconds=30)
    lose(wire, "pay", **payment("GT1", code))
    clock.move(seconds=29)
    assert told(wire.ask("query", out_trade_no="GT1")) == ("40004", "TRADE_NOT_EXIST")
    clock.move(seconds=1)
    assert wire.ask("query", out_trade_no="GT1")["trade_status"] == "TRADE_SUCCESS"


def test_late_requests_arrive_in_the_order_they_are_due(wire: Wire, clock: StoppedClock) -> None:
    code = wire.remote("codes")["code"]
    wire.remote("faults", next="late", method=PAY, seconds=30)
    wire.remote("faults", next="late", method="alipay.trade.cancel", seconds=10)
    lose(wire, "pay", **payment("GT1", code))
    lose(wire, "cancel", out_trade_no="GT1")
    clock.move(seconds=30)
    assert wire.kept == 8888, "the cancel found nothing to cancel"


def test_a_late_request_finds_its_code_too_old(wire: Wire, clock: StoppedClock) -> None:
    code = wire.remote("codes")["code"]
    wire.remote("faults", next="late", seconds=60)
    lose(wire, "pay", **payment("GT1", code))
    clock.move(seconds=60)
    assert told(wire.ask("query", out_trade_no="GT1")) == ("40004", "TRADE_NOT_EXIST")
    assert wire.kept == 0


def test_a_late_request_is_out_of_time_after_ten_minutes(wire: Wire, clock: StoppedClock) -> None:
    wire.pay("GT1")
    wire.remote("faults", next="late", method="alipay.trade.cancel", seconds=300)
    lose(wire, "cancel", out_trade_no="GT1")
    clock.move(seconds=601)
    assert wire.remote("deliver") == {"delivered": 0}, "it arrived before this was looked at"
    assert wire.kept == 8888, "and was turned away for its timestamp"


def test_a_late_request_that_is_due_arrives_before_anything_is_looked_at(wire: Wire) -> None:
    wire.pay("GT1")
    wire.remote("faults", next="late", method="alipay.trade.cancel", seconds=0)
    lose(wire, "cancel", out_trade_no="GT1")
    assert wire.kept == 0


@pytest.mark.parametrize(
    ("fault", "answer"), [("duplicate", ("10000", "")), ("duplicate_last", ("40004", "TRADE_HAS_SUCCESS"))]
)
def test_a_payment_that_arrives_twice_charges_once(wire: Wire, fault: str, answer: tuple[str, str]) -> None:
    wire.remote("faults", next=fault, method=PAY)
    assert told(wire.pay("GT1")) == answer
    assert wire.kept == 8888


@pytest.mark.parametrize(("fault", "fund_change"), [("duplicate", "Y"), ("duplicate_last", "N")])
def test_a_refund_that_arrives_twice_pays_back_once(wire: Wire, fault: str, fund_change: str) -> None:
    wire.pay("GT1")
    wire.remote("faults", next=fault, method=REFUND)
    node = wire.ask("refund", out_trade_no="GT1", refund_amount="30.00", out_request_no="R1")
    assert (node["fund_change"], node["refund_fee"]) == (fund_change, "30.00")
    assert wire.kept == 5888


def test_an_answer_may_tell_another_amount(wire: Wire) -> None:
    wire.remote("faults", next="wrong_amount", count=2)
    assert wire.pay("GT1")["total_amount"] == "88.89"
    assert wire.ask("query", out_trade_no="GT1")["total_amount"] == "88.89"
    assert wire.ask("query", out_trade_no="GT1")["total_amount"] == "88.88"
    assert wire.kept == 8888


@pytest.mark.parametrize(("number", "other"), [("GT1", "GT0"), ("GT0", "GT1")])
def test_an_answer_may_tell_another_number(wire: Wire, number: str, other: str) -> None:
    wire.remote("faults", next="wrong_number")
    assert wire.pay(number)["out_trade_no"] == other
    assert wire.look("trades")[0]["out_trade_no"] == number


def test_an_answer_without_what_a_fault_changes_stays_as_it_is(wire: Wire) -> None:
    wire.remote("faults", next="wrong_amount")
    wire.remote("faults", next="wrong_number")
    assert told(wire.ask("query", out_trade_no="GT1")) == ("40004", "TRADE_NOT_EXIST")
    assert told(wire.ask("query", trade_no="2026")) == ("40004", "TRADE_NOT_EXIST")


def test_too_many_calls_are_refused_and_nothing_is_done(wire: Wire) -> None:
    wire.remote("faults", next="40005")
    node = wire.pay("GT1")
    assert (node["code"], node["sub_code"]) == ("40005", "isv.app-call-limited")
    assert wire.kept == 0


def test_a_refund_may_seem_to_be_under_way(wire: Wire) -> None:
    wire.pay("GT1")
    wire.remote("faults", next="refund_pending")
    assert told(wire.ask("query", out_trade_no="GT1")) == ("10000", ""), "the fault waits for a refund"
    node = wire.ask("refund", out_trade_no="GT1", refund_amount="30.00", out_request_no="R1")
    assert node["fund_change"] == "N"
    assert wire.kept == 5888


def test_a_refund_may_get_lost_and_is_done_when_asked_again(wire: Wire, clock: StoppedClock) -> None:
    wire.pay("GT1")
    wire.remote("faults", next="refund_lost")
    asked = {"out_trade_no": "GT1", "refund_amount": "30.00", "out_request_no": "R1"}
    assert wire.ask("refund", **asked)["fund_change"] == "N"
    clock.move(minutes=5)
    assert "refund_status" not in wire.ask("fastpay.refund.query", out_trade_no="GT1", out_request_no="R1")
    assert wire.kept == 8888
    assert wire.ask("refund", **asked)["fund_change"] == "Y"
    assert wire.kept == 5888


def test_trouble_with_a_cancel_is_spelt_as_alipay_spells_it(wire: Wire) -> None:
    wire.pay("GT1")
    wire.remote("faults", next="system_error", count=2)
    assert wire.ask("cancel", out_trade_no="GT1")["sub_code"] == "AQC.SYSTEM_ERROR"
    assert wire.ask("query", out_trade_no="GT1")["sub_code"] == "ACQ.SYSTEM_ERROR"
    assert wire.kept == 0


@pytest.mark.parametrize(("skew", "sub_code"), [(0, "TRADE_NOT_EXIST"), (601, "isv.illegal-timestamp"),
                                                (-601, "isv.illegal-timestamp"), (600, "TRADE_NOT_EXIST")])  # fmt: skip
def test_the_gateways_clock_can_be_wrong(wire: Wire, skew: int, sub_code: str) -> None:
    wire.remote("settings", clock_skew_s=skew)
    assert told(wire.ask("query", out_trade_no="GT1"))[1] == sub_code


def test_the_business_can_be_taken_to_another_day(wire: Wire) -> None:
    wire.pay("GT1")
    wire.remote("settings", travel_s=86_401)
    assert told(wire.ask("cancel", out_trade_no="GT1")) == ("40004", "TRADE_CANCEL_TIME_OUT")
    assert wire.pay("GT2")["gmt_payment"] == "2026-11-24 12:00:01"


def test_every_answer_bears_the_label(wire: Wire) -> None:
    for reply in (wire.post("alipay.trade.query", {}), wire.http.get("/"), wire.http.get("/nowhere"),
                  wire.http.get("/sandbox/totals"), wire.http.get("/downloadBillFile.resource")):  # fmt: skip
        assert reply.headers["x-simulator"] == "not Alipay, no money moves"

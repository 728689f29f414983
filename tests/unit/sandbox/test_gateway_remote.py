"""The remote control: scans, wallets, settings and lists over HTTP."""

from collections.abc import Iterator

import pytest

from pos.sandbox.gateway import create_app
from pos.sandbox.gateway_ledger import MemoryLedger
from tests.unit.sandbox.gateway_kit import KEYS, StoppedClock, Wire, order, payment, served, told


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock()


@pytest.fixture
def wire(clock: StoppedClock) -> Iterator[Wire]:
    with served(create_app(KEYS, MemoryLedger(), clock)) as address:
        wire = Wire(address, clock)
        yield wire
        wire.http.close()


def test_a_customer_scans_the_shops_code(wire: Wire) -> None:
    qr = str(wire.ask("precreate", **order("GT1"))["qr_code"])
    assert qr.startswith(f"{str(wire.http.base_url).rstrip('/')}/qr/bax")
    seen = wire.remote("scan", qr_code=qr, buyer="alice", kind="never")
    assert (seen["out_trade_no"], seen["status"], seen["buyer"], seen["refusal"]) == (
        "GT1", "WAIT_BUYER_PAY", "alice", "",
    )  # fmt: skip
    assert wire.remote("confirm", out_trade_no="GT1")["status"] == "TRADE_SUCCESS"
    assert wire.remote("scan", qr_code=qr.rsplit("/", 1)[1], buyer="alice")["refusal"] == "TRADE_HAS_SUCCESS"
    assert wire.kept == 8888


def test_a_scan_that_leads_nowhere_is_told(wire: Wire, clock: StoppedClock) -> None:
    qr = wire.ask("precreate", **order("GT1"))["qr_code"]
    assert wire.http.post("/sandbox/scan", json={"qr_code": "baxnothing"}).status_code == 404
    clock.move(hours=2)
    assert wire.http.post("/sandbox/scan", json={"qr_code": qr}).status_code == 410
    assert wire.http.post("/sandbox/scan", json={"qr_code": qr, "kind": "rich"}).status_code == 422


def test_wallets_go_down_and_up_and_can_be_set(wire: Wire) -> None:
    assert wire.look("wallets") == {"merchant_fen": 0, "buyers": {}}
    asked = {"buyer": "alice", "balance_fen": 10_000, "merchant_fen": 500}
    assert wire.remote("wallets", **asked) == {"merchant_fen": 500, "buyers": {"alice": 10_000}}
    code = wire.remote("codes", buyer="alice")["code"]
    assert told(wire.ask("pay", **payment("GT1", code))) == ("10000", "")
    assert wire.look("wallets") == {"merchant_fen": 9388, "buyers": {"alice": 1112}}
    wire.ask("refund", out_trade_no="GT1", refund_amount="30.00", out_request_no="R1")
    assert wire.look("wallets") == {"merchant_fen": 6388, "buyers": {"alice": 4112}}
    code = wire.remote("codes", buyer="alice")["code"]
    assert told(wire.ask("pay", **payment("GT2", code))) == ("40004", "BUYER_BALANCE_NOT_ENOUGH")
    assert wire.look("totals")["declined"] == 1


def test_settings_can_be_changed_one_by_one(wire: Wire) -> None:
    assert wire.look("settings") == {
        "clock_skew_s": 0, "travel_s": 0, "refund_delay_s": 10, "refund_window_days": 90, "bill_ready_s": 32_400,
        "answers_after_s": None,
    }  # fmt: skip
    wire.remote("settings", refund_delay_s=0)
    changed = wire.remote("settings", answers_after_s=1.5)
    assert (changed["refund_delay_s"], changed["answers_after_s"], changed["travel_s"]) == (0, 1.5, 0)
    assert wire.remote("settings", answers_after_s=None)["answers_after_s"] is None


def test_customers_answer_as_fast_as_was_set(wire: Wire, clock: StoppedClock) -> None:
    wire.remote("settings", answers_after_s=1)
    wire.pay("GT1", "password")
    clock.move(seconds=1)
    assert wire.ask("query", out_trade_no="GT1")["trade_status"] == "TRADE_SUCCESS"


def test_trades_are_listed_with_their_refunds(wire: Wire) -> None:
    wire.pay("GT1")
    asked = {"out_trade_no": "GT1", "refund_amount": "30.00", "out_request_no": "R1", "refund_reason": "少了一瓶"}
    wire.ask("refund", **asked)
    (trade,) = wire.look("trades")
    assert "code" not in trade
    assert trade["refunded_fen"] == 3000
    assert trade["refunds"] == [
        {"request_no": "R1", "amount_fen": 3000, "at": "2026-11-23T04:00:00Z", "reason": "少了一瓶", "store_id": "",
         "operator_id": "", "terminal_id": ""},
    ]  # fmt: skip
    assert wire.look("totals")["refunds"] == 1


@pytest.mark.parametrize(
    ("path", "asked"),
    [("settings", {"travel_s": 1e12}), ("settings", {"refund_delay_s": -1}), ("settings", {"travel": 1}),
     ("settings", {"travel_s": "1"}), ("wallets", {"balance_fen": -1}), ("wallets", {"balance_fen": 1.5}),
     ("wallets", {"buyer": "", "balance_fen": 1}), ("scan", {}), ("scan", {"qr_code": ""})],
)  # fmt: skip
def test_a_wrong_wish_is_refused_with_its_reason(wire: Wire, path: str, asked: object) -> None:
    reply = wire.http.post(f"/sandbox/{path}", json=asked)
    assert reply.status_code == 400
    assert reply.json()["error"]


def test_a_page_from_elsewhere_cannot_use_it(wire: Wire) -> None:
    for path in ("codes", "wallets", "faults", "phone/answer"):
        reply = wire.http.post(f"/sandbox/{path}", content=b"{}", headers={"origin": "http://evil.example"})
        assert reply.status_code == 403
    own = str(wire.http.base_url).rstrip("/")
    assert wire.http.post("/sandbox/codes", json={}, headers={"origin": own}).status_code == 200

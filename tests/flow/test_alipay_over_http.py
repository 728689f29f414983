"""The till's client and the gateway simulator over real HTTP: whatever gets lost, money moves once."""

import logging
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event

import httpx
import pytest

from pos.alipay import gateway as client
from pos.alipay.gateway import AlipayGateway
from pos.alipay.replies import read_node
from pos.alipay.requests import QUERY, Sender, number_content, signed_params
from pos.alipay.signing import load_private_key, load_public_key
from pos.clock import Clock, SystemClock
from pos.domain.errors import DatabaseInUse, PortTaken
from pos.domain.gateway import (
    Cancelled,
    Charge,
    Closed,
    Declined,
    InProcess,
    NotFound,
    Paid,
    PayReply,
    Unknown,
)
from pos.domain.money import Money
from pos.sandbox.gateway import fresh_codes, serve
from pos.sandbox.gateway_keys import (
    ALIPAY_PUBLIC,
    APP_PRIVATE,
    SANDBOX_APP_ID,
    open_keys,
)
from tests.flow.alipay_kit import Counter, Simulator, clock, counter, is_paid, opened, simulator, till_settings, timed
from tests.unit.sandbox.gateway_kit import StoppedClock

__all__ = ["clock", "counter", "opened", "simulator", "timed"]


def test_a_payment_goes_through_and_is_found_again(counter: Counter) -> None:
    reply = counter.pay(counter.code())
    assert is_paid(reply)
    assert counter.gateway.query(counter.number) == reply
    assert counter.gained == 8888


def test_the_gateway_learns_store_till_cashier_and_a_clean_subject(counter: Counter) -> None:
    counter.pay(counter.code())
    trade = counter.trade()
    assert (trade["store_id"], trade["terminal_id"], trade["operator_id"]) == ("0017", "03", "1001")
    assert trade["subject"] == "牛奶 面包 2件"


def test_a_request_that_was_lost_charged_nobody(counter: Counter) -> None:
    counter.fault(next="drop_before")
    assert counter.pay(counter.code()) == Unknown("network RemoteProtocolError")
    assert counter.gateway.query(counter.number) == NotFound()
    assert counter.gained == 0


@pytest.mark.parametrize(
    ("fault", "reason"),
    [("drop_after", "network RemoteProtocolError"), ("bad_signature", "bad signature"), ("http_500", "http 500"),
     ("html", "not json"), ("20000_after", "20000 isp.unknow-error"), ("system_error", "40004 ACQ.SYSTEM_ERROR")],
)  # fmt: skip
def test_an_answer_that_was_lost_or_spoiled_is_unknown_and_a_look_finds_the_money(
    counter: Counter, fault: str, reason: str
) -> None:
    counter.fault(next=fault)
    assert counter.pay(counter.code()) == Unknown(reason)
    assert is_paid(counter.gateway.query(counter.number))
    assert counter.gained == 8888


@pytest.mark.parametrize("fault", ["unsigned_error", "20000"])
def test_a_gateway_that_did_nothing_is_unknown_until_a_look(counter: Counter, fault: str) -> None:
    counter.fault(next=fault)
    assert isinstance(counter.pay(counter.code()), Unknown)
    assert counter.gateway.query(counter.number) == NotFound()
    assert counter.gained == 0


def test_an_answer_that_does_not_come_in_time_is_unknown(
    simulator: Simulator, opened: ExitStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "READ_S", 0.3)
    gateway = AlipayGateway(till_settings(simulator.address, simulator.folder), SystemClock())
    counter = Counter(simulator.address, gateway, opened)
    counter.fault(next="slow", method="alipay.trade.pay", seconds=60)
    assert counter.pay(counter.code()) == Unknown("network ReadTimeout")
    assert counter.trade()["status"] == "TRADE_SUCCESS"
    assert counter.gained == 8888


@pytest.mark.parametrize("fault", ["drop_before", "drop_after", "bad_signature", "http_500", "html", "20000"])
def test_looks_and_cancels_go_wrong_without_harm(counter: Counter, fault: str) -> None:
    counter.pay(counter.code())
    counter.fault(next=fault, count=2)
    assert isinstance(counter.gateway.query(counter.number), Unknown)
    assert isinstance(counter.gateway.cancel(counter.number), Unknown)
    assert counter.gateway.cancel(counter.number) == Cancelled(refunded=True)
    assert counter.gained == 0


def test_a_payment_delivered_twice_charges_once(counter: Counter) -> None:
    code = counter.code()
    assert is_paid(counter.pay(code))
    assert counter.pay(code) == Unknown("40004 ACQ.TRADE_HAS_SUCCESS")
    assert counter.pay(counter.code()) == Unknown("40004 ACQ.TRADE_HAS_SUCCESS")
    assert is_paid(counter.gateway.query(counter.number))
    assert counter.gained == 8888


def test_one_number_for_two_amounts_charges_the_first_only(counter: Counter) -> None:
    counter.pay(counter.code())
    assert counter.pay(counter.code(), Money(100)) == Unknown("40004 ACQ.CONTEXT_INCONSISTENT")
    assert counter.gained == 8888


def test_cancelling_after_success_pays_back_once(counter: Counter) -> None:
    counter.pay(counter.code())
    assert counter.gateway.cancel(counter.number) == Cancelled(refunded=True)
    assert counter.gateway.cancel(counter.number) == Cancelled(refunded=True)
    assert counter.gateway.query(counter.number) == Closed()
    assert counter.gained == 0


def test_cancelling_before_the_customer_confirmed_closes(counter: Counter) -> None:
    assert counter.pay(counter.code("never")) == InProcess()
    assert counter.gateway.query(counter.number) == InProcess()
    assert counter.gateway.cancel(counter.number) == Cancelled(closed=True)
    assert counter.gateway.query(counter.number) == Closed()
    assert counter.gained == 0


def test_a_customer_who_confirms_is_found_to_have_paid(counter: Counter) -> None:
    assert counter.pay(counter.code("never")) == InProcess()
    counter.confirm()
    assert is_paid(counter.gateway.query(counter.number))
    assert counter.gained == 8888


def test_a_customer_who_refuses_is_found_to_have_closed_it(counter: Counter) -> None:
    counter.pay(counter.code("never"))
    counter.confirm(accept=False)
    assert counter.gateway.query(counter.number) == Closed()


def test_a_cancel_that_overtakes_its_payment_promises_nothing(counter: Counter) -> None:
    assert counter.gateway.cancel(counter.number) == Cancelled()
    assert is_paid(counter.pay(counter.code()))
    assert counter.gateway.cancel(counter.number) == Cancelled(refunded=True)
    assert counter.gained == 0


def test_a_customer_without_balance_is_declined(counter: Counter) -> None:
    assert counter.pay(counter.code("decline_balance")) == Declined("ACQ.BUYER_BALANCE_NOT_ENOUGH")
    assert counter.gained == 0


def test_a_used_code_is_declined(counter: Counter, opened: ExitStack) -> None:
    code = counter.code()
    counter.pay(code)
    again = Counter(counter.address, counter.gateway, opened)
    assert again.pay(code) == Declined("ACQ.PAYMENT_AUTH_CODE_INVALID")
    assert again.gained == 0


@pytest.mark.parametrize(("seconds", "is_declined"), [(59, False), (60, True)])
def test_a_code_older_than_a_minute_is_declined(
    timed: Counter, clock: StoppedClock, seconds: int, *, is_declined: bool
) -> None:
    code = timed.code()
    clock.move(seconds=seconds)
    reply = timed.pay(code)
    assert reply == Declined("ACQ.PAYMENT_AUTH_CODE_INVALID") if is_declined else is_paid(reply)
    assert timed.gained == (0 if is_declined else 8888)


def test_a_customer_confirms_by_and_by(timed: Counter, clock: StoppedClock) -> None:
    assert timed.pay(timed.code("password")) == InProcess()
    clock.move(seconds=3)
    assert timed.gateway.query(timed.number) == InProcess()
    clock.move(seconds=3)
    assert is_paid(timed.gateway.query(timed.number))


def test_an_unpaid_trade_ends_by_itself_when_no_code_of_it_can_live(timed: Counter, clock: StoppedClock) -> None:
    assert timed.pay(timed.code("never")) == InProcess()
    clock.move(seconds=179)
    assert timed.gateway.query(timed.number) == InProcess()
    clock.move(seconds=1)
    assert timed.gateway.query(timed.number) == Closed()


def test_a_key_of_ours_that_alipay_does_not_know_is_declined_at_the_door(
    simulator: Simulator, tmp_path: Path, opened: ExitStack
) -> None:
    open_keys(tmp_path)
    wrong = replace(till_settings(simulator.address, simulator.folder), private_key=str(tmp_path / APP_PRIVATE))
    counter = Counter(simulator.address, AlipayGateway(wrong, SystemClock()), opened)
    assert counter.pay(counter.code()) == Declined("isv.invalid-signature")
    assert counter.gateway.query(counter.number) == Unknown("40002 isv.invalid-signature")
    assert counter.gained == 0


def test_a_key_that_is_not_alipays_makes_every_answer_unknown(
    simulator: Simulator, tmp_path: Path, opened: ExitStack
) -> None:
    open_keys(tmp_path)
    wrong = replace(till_settings(simulator.address, simulator.folder), alipay_public_key=str(tmp_path / ALIPAY_PUBLIC))
    counter = Counter(simulator.address, AlipayGateway(wrong, SystemClock()), opened)
    assert counter.pay(counter.code()) == Unknown("bad signature")
    assert counter.gateway.query(counter.number) == Unknown("bad signature")
    assert counter.gateway.cancel(counter.number) == Unknown("bad signature")


def test_a_real_app_id_is_refused_by_the_simulator(simulator: Simulator) -> None:
    settings = till_settings(simulator.address, simulator.folder)
    real = Sender("2021000122671080", load_private_key(Path(settings.private_key)))
    params = signed_params(QUERY, number_content("GT1"), real, SystemClock().now())
    raw = httpx.post(settings.gateway, params={"charset": "utf-8"}, data=params, trust_env=False).content
    answer = read_node(200, raw, QUERY, load_public_key(Path(settings.alipay_public_key)))
    assert answer == Unknown("unsigned 40002 isv.invalid-app-id")


class Ahead:
    """A machine's clock that is wrong."""

    def __init__(self, by: timedelta) -> None:
        self._by = by

    def now(self) -> datetime:
        return SystemClock().now() + self._by

    def monotonic(self) -> float:
        return SystemClock().monotonic()


@pytest.mark.parametrize("minutes", [-11, 11])
def test_a_clock_that_is_wrong_is_told_as_such(simulator: Simulator, opened: ExitStack, minutes: int) -> None:
    wrong: Clock = Ahead(timedelta(minutes=minutes))
    gateway = AlipayGateway(till_settings(simulator.address, simulator.folder), wrong)
    counter = Counter(simulator.address, gateway, opened)
    assert counter.pay(counter.code()) == Declined("isv.illegal-timestamp")
    assert counter.gained == 0


def test_an_answer_with_one_byte_changed_anywhere_says_nothing(simulator: Simulator, counter: Counter) -> None:
    counter.pay(counter.code())
    settings = till_settings(simulator.address, simulator.folder)
    key, alipay_key = load_private_key(Path(settings.private_key)), load_public_key(Path(settings.alipay_public_key))
    params = signed_params(QUERY, number_content(counter.number), Sender(SANDBOX_APP_ID, key), SystemClock().now())
    raw = httpx.post(settings.gateway, params={"charset": "utf-8"}, data=params, trust_env=False).content
    assert rb"\/" in raw
    assert not isinstance(read_node(200, raw, QUERY, alipay_key), Unknown)
    believed = [
        (at, flip) for at in range(len(raw)) for flip in (0x01, 0x20, 0x80)
        if not isinstance(
            read_node(200, raw[:at] + bytes([raw[at] ^ flip]) + raw[at + 1 :], QUERY, alipay_key), Unknown
        )
    ]  # fmt: skip
    assert believed == []


def test_threads_share_one_gateway(counter: Counter) -> None:
    codes = fresh_codes(counter.address, 24)

    def sell(number: int) -> bool:
        charge = Charge(f"{counter.number}T{number}", Money(100), codes[number], "x", "0017", "03", "1001")
        reply = counter.gateway.pay(charge)
        return is_paid(reply, Money(100)) and counter.gateway.query(charge.out_trade_no) == reply

    with ThreadPoolExecutor(6) as lanes:
        assert all(lanes.map(sell, range(24)))
    assert counter.gained == 2400


def test_proxies_of_the_environment_are_passed_by(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert is_paid(counter.pay(fresh_codes(counter.address)[0]))


def test_a_gateway_that_is_not_there_is_unknown(simulator: Simulator, opened: ExitStack) -> None:
    gateway = AlipayGateway(till_settings("http://127.0.0.1:9", simulator.folder), SystemClock())
    opened.callback(gateway.close)
    assert gateway.query("GT1") == Unknown("network ConnectError")


def test_nothing_secret_is_written_on_either_side(
    simulator: Simulator, counter: Counter, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    codes = [counter.code(kind) for kind in ("normal", "decline_balance", "password")]
    caplog.clear()
    for code in codes:
        counter.pay(code)
        counter.fault(next="bad_signature")
        counter.gateway.query(counter.number)
    written = caplog.text + simulator.log.read_text() + (simulator.folder / "trades.jsonl").read_text()
    assert counter.number in caplog.text
    assert [code for code in codes if code in written or code[3:-3] in written] == []
    assert "sign=" not in written
    assert "biz_content" not in written
    for name in (APP_PRIVATE, "alipay_private.pem"):
        key = (simulator.folder / name).read_text().splitlines()[1:-1]
        assert not [line for line in key if line in written]


def test_a_killed_simulator_comes_back_with_its_keys_and_its_money(simulator: Simulator, opened: ExitStack) -> None:
    gateway = AlipayGateway(till_settings(simulator.address, simulator.folder), SystemClock())
    counter = Counter(simulator.address, gateway, opened)
    code, kept = counter.code(), counter.kept
    paid = counter.pay(code)
    simulator.restart()
    after = Counter(simulator.address, gateway, opened)
    assert gateway.query(counter.number) == paid
    assert after.kept == kept + 8888
    assert after.pay(code) == Declined("ACQ.PAYMENT_AUTH_CODE_INVALID")
    assert is_paid(after.pay(after.code()))


def test_a_kill_in_the_midst_of_payments_loses_none_that_was_answered(simulator: Simulator, opened: ExitStack) -> None:
    gateway = AlipayGateway(till_settings(simulator.address, simulator.folder), SystemClock())
    counter = Counter(simulator.address, gateway, opened)
    codes, replies, is_busy = fresh_codes(counter.address, 40), dict[str, PayReply](), Event()

    def sell(lane: int) -> None:
        for number in range(lane, len(codes), 4):
            charge = Charge(f"{counter.number}K{number}", Money(100), codes[number], "x", "0017", "03", "1001")
            replies[charge.out_trade_no] = gateway.pay(charge)
            if len(replies) >= 8:
                is_busy.set()

    with ThreadPoolExecutor(4) as lanes:
        working = [lanes.submit(sell, lane) for lane in range(4)]
        assert is_busy.wait(60)
        simulator.kill()
        for each in working:
            each.result()
    simulator.start(httpx.URL(simulator.address).port or 0)
    found = {number: gateway.query(number) for number in replies}
    assert len(replies) == 40
    assert any(isinstance(reply, Unknown) for reply in replies.values())
    assert [number for number, reply in replies.items() if isinstance(reply, Paid) and found[number] != reply] == []
    assert {type(each) for each in found.values()} <= {Paid, NotFound}
    assert counter.gained == 100 * sum(isinstance(each, Paid) for each in found.values())


def test_a_taken_port_is_told_with_its_address(simulator: Simulator, tmp_path: Path) -> None:
    port = httpx.URL(simulator.address).port
    assert port is not None
    with pytest.raises(PortTaken, match=f":{port}"):
        serve(tmp_path, port)


def test_a_second_simulator_in_one_folder_is_kept_out(simulator: Simulator, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(DatabaseInUse):
        serve(simulator.folder, 0)
    assert capsys.readouterr().out == ""

"""Codes of ours, refunds, certificates, bills and the state of the line, over real HTTP."""

from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from pos.alipay.bill import download, fetch_bill
from pos.alipay.gateway import AlipayGateway
from pos.domain.errors import BillNotReady, BillUnreadable
from pos.domain.gateway import (
    BillAddress,
    Charge,
    CodeShown,
    Declined,
    NotFound,
    Paid,
    Reach,
    RefundAsk,
    Refunded,
    TradeSeen,
    Unknown,
)
from pos.domain.money import Money
from pos.sandbox.gateway import create_app
from pos.sandbox.gateway_keys import (
    ALIPAY_CERTIFICATE,
    ALIPAY_ROOT,
    APP_CERTIFICATE,
    open_keys,
)
from pos.sandbox.gateway_ledger import MemoryLedger
from tests.flow.alipay_kit import PRICE, Counter, clock, counter, is_paid, opened, simulator, till_settings, timed
from tests.unit.sandbox.gateway_kit import StoppedClock, served

__all__ = ["clock", "counter", "opened", "simulator", "timed"]


@pytest.fixture
def certified(clock: StoppedClock, tmp_path: Path, opened: ExitStack) -> Counter:
    """A counter in certificate mode."""
    keys = open_keys(tmp_path)
    address = opened.enter_context(served(create_app(keys, MemoryLedger(), clock)))
    settings = replace(
        till_settings(address, tmp_path),
        alipay_public_key="",
        app_cert=str(tmp_path / APP_CERTIFICATE),
        alipay_cert=str(tmp_path / ALIPAY_CERTIFICATE),
        alipay_root_cert=str(tmp_path / ALIPAY_ROOT),
    )
    return Counter(address, AlipayGateway(settings, clock), opened)


def refund_of(counter: Counter, fen: int, request_no: str = "GR1") -> RefundAsk:
    return RefundAsk(counter.number, request_no, Money(fen), "商品有问题", "0017", "03", "1001")


def test_certificate_mode_pays_and_believes_only_the_known_certificate(
    certified: Counter, tmp_path: Path, clock: StoppedClock
) -> None:
    assert is_paid(certified.pay(certified.code()))
    assert certified.gateway.refund(refund_of(certified, 100)) == Refunded()
    (tmp_path / "other").mkdir()
    open_keys(tmp_path / "other")
    other = replace(
        till_settings(certified.address, tmp_path),
        alipay_public_key="",
        app_cert=str(tmp_path / APP_CERTIFICATE),
        alipay_cert=str(tmp_path / "other" / ALIPAY_CERTIFICATE),
        alipay_root_cert=str(tmp_path / ALIPAY_ROOT),
    )
    gateway = AlipayGateway(other, clock)
    assert gateway.query(certified.number) == Unknown("signed with another certificate")
    gateway.close()


def test_a_code_of_ours_is_scanned_paid_found_and_paid_back(timed: Counter, clock: StoppedClock) -> None:
    charge = Charge(timed.number, PRICE, "", "牛奶 2件", "0017", "03", "1001")
    shown = timed.gateway.precreate(charge, clock.now() + timedelta(minutes=5))
    assert isinstance(shown, CodeShown)
    assert timed.gateway.query(timed.number) == NotFound()
    httpx.post(f"{timed.address}/sandbox/scan", json={"qr_code": shown.text}, trust_env=False).raise_for_status()
    paid = timed.gateway.query(timed.number)
    assert isinstance(paid, Paid)
    assert timed.gateway.find(paid.trade_no) == TradeSeen(timed.number, paid)
    assert timed.gateway.close_trade(timed.number) == Declined("ACQ.TRADE_STATUS_ERROR")
    assert timed.gateway.refund(refund_of(timed, 1000)) == Refunded()
    assert timed.gateway.refund(refund_of(timed, 1000)) == Unknown("fund_change N")
    assert timed.gateway.refund_status(timed.number, "GR1") == NotFound()
    clock.move(seconds=10)
    assert timed.gateway.refund_status(timed.number, "GR1") == Refunded()
    assert timed.gateway.refund(refund_of(timed, 999, "GR1")) == Declined("ACQ.DISCORDANT_REPEAT_REQUEST")
    assert isinstance(timed.gateway.refund(refund_of(timed, 7889, "GR2")), Declined)
    assert timed.gained == 7888


def test_the_days_bill_says_what_moved(timed: Counter, clock: StoppedClock) -> None:
    day = clock.now().date()
    timed.pay(timed.code())
    timed.gateway.refund(refund_of(timed, 1000))
    with pytest.raises(BillNotReady):
        fetch_bill(timed.gateway, day)
    clock.move(days=1)
    paid, back = fetch_bill(timed.gateway, day)
    assert (paid.amount, paid.out_trade_no, paid.store, paid.till, paid.operator) == (
        PRICE, timed.number, "0017", "03", "1001",
    )  # fmt: skip
    assert (back.amount, back.key) == (Money(-1000), (timed.number, "GR1"))


def test_an_address_of_a_bill_is_good_for_thirty_seconds(timed: Counter, clock: StoppedClock) -> None:
    timed.pay(timed.code())
    day = clock.now().date()
    clock.move(days=1)
    address = timed.gateway.bill(day)
    assert isinstance(address, BillAddress)
    clock.move(seconds=31)
    with pytest.raises(BillUnreadable):
        download(address)


def test_the_line_is_down_after_three_silences_and_up_after_one_answer(timed: Counter, clock: StoppedClock) -> None:
    assert timed.gateway.reach == Reach()
    timed.gateway.query("GT0")
    assert timed.gateway.reach == Reach(clock.now())
    timed.fault(next="drop_before", count=2)
    timed.fault(next="20000")
    for _ in range(3):
        assert not timed.gateway.reach.is_down
        timed.gateway.query("GT0")
    assert timed.gateway.reach.is_down
    assert timed.gateway.reach.answered_at == clock.now()
    timed.gateway.query("GT0")
    assert not timed.gateway.reach.is_down

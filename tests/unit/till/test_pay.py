"""Money is asked for once; what nobody knows is never asked for again, and never called paid."""

import logging
from collections.abc import Callable
from typing import Any

import pytest

from pos.domain.cart import Cart
from pos.domain.errors import (
    CartNotPayable,
    CommitUnknown,
    NotAPaymentCode,
    PaymentUnavailable,
    SaleIsBeingPaid,
)
from pos.domain.gateway import Cancelled, CancelReply, Closed, Declined, InProcess, NotFound, QueryReply, Unknown
from pos.domain.money import ZERO, Money
from pos.domain.payment import AttemptState
from pos.domain.sale import TenderKind
from pos.till import pay, resolve, sell
from pos.till.till import Till
from tests.audit import check_books, check_money
from tests.fake_alipay import FakeAlipay, ScriptedGateway
from tests.fakes import TEA, WATER, World, fail_next_commit
from tests.unit.till.attempts import (
    CANCELLING,
    CODE,
    DEAD,
    DUE,
    PAID,
    PAID_STATE,
    SENT,
    SHORT,
    begin,
    in_words,
    state_on_disk,
    states_on_disk,
)

CartOf = Callable[..., Cart]

# The plain way


def test_a_code_that_is_good_makes_a_sale(till: Till, alipay: FakeAlipay, cart_of: CartOf) -> None:
    cart = cart_of(TEA)
    settled = pay.charge(till, cart, alipay.show_code())
    assert isinstance(settled, pay.Settled)
    (tender,) = settled.sale.tenders
    (trade,) = alipay.trades.values()
    assert (tender.kind, tender.amount, tender.change) == (TenderKind.ALIPAY, Money(19_999), ZERO)
    assert (tender.trade_no, tender.out_trade_no) == (trade.trade_no, trade.charge.out_trade_no)
    assert (trade.charge.store, trade.charge.till, trade.charge.cashier) == ("0017", "03", "1001")
    assert trade.charge.subject == "柜台示例店 1件"
    assert state_on_disk(till, tender.attempt_id) is PAID_STATE
    check_money(check_books(till), alipay)


def test_a_customer_who_confirms_is_waited_for(till: Till, alipay: FakeAlipay, cart_of: CartOf) -> None:
    cart = cart_of()
    waiting = pay.charge(till, cart, alipay.show_code(must_confirm=True))
    assert isinstance(waiting, pay.Waiting)
    assert not waiting.is_unknown
    assert isinstance(pay.check(till, cart, waiting.attempt), pay.Waiting)
    alipay.confirm()
    assert isinstance(pay.check(till, cart, waiting.attempt), pay.Settled)
    check_money(check_books(till), alipay)


def test_a_code_that_is_refused_says_why_and_another_may_be_tried(
    till: Till, alipay: FakeAlipay, cart_of: CartOf
) -> None:
    cart = cart_of()
    refused = pay.charge(till, cart, alipay.show_code(sub_code="ACQ.BUYER_BALANCE_NOT_ENOUGH"))
    assert isinstance(refused, pay.Refused)
    assert (refused.reason, refused.is_certain, refused.is_returned) == ("ACQ.BUYER_BALANCE_NOT_ENOUGH", False, False)
    assert isinstance(pay.charge(till, cart, alipay.show_code()), pay.Settled)
    assert alipay.kept == DUE


@pytest.mark.parametrize("text", [WATER, "", "31" + "0" * 16, "2800"])
def test_only_a_payment_code_is_charged(till: Till, alipay: FakeAlipay, cart_of: CartOf, text: str) -> None:
    with pytest.raises(NotAPaymentCode):
        pay.charge(till, cart_of(), text)
    assert (alipay.calls, states_on_disk(till)) == ([], {})


def test_an_empty_cart_is_not_charged(till: Till, alipay: FakeAlipay) -> None:
    with pytest.raises(CartNotPayable):
        pay.charge(till, sell.new_cart(till), alipay.show_code())
    assert (alipay.calls, states_on_disk(till)) == ([], {})


def test_without_an_account_nothing_is_asked_and_nothing_noted(till: Till, cart_of: CartOf) -> None:
    till.gateway = None
    with pytest.raises(PaymentUnavailable):
        pay.charge(till, cart_of(), CODE)
    assert states_on_disk(till) == {}
    assert resolve.resolve(till).looked_at == ()


# On disk before it is asked


def test_the_attempt_is_on_disk_before_the_request_leaves(till: Till, alipay: FakeAlipay, cart_of: CartOf) -> None:
    seen: list[tuple[str, str]] = []
    alipay.on_call = lambda name, number: seen.append((name, states_on_disk(till)[number]))
    pay.charge(till, cart_of(), alipay.show_code())
    assert seen == [("pay", "sent")]


def test_cancelling_is_on_disk_before_the_cancel_leaves(till: Till, alipay: FakeAlipay, cart_of: CartOf) -> None:
    seen: list[tuple[str, str]] = []
    alipay.on_call = lambda name, number: seen.append((name, states_on_disk(till)[number]))
    cart = cart_of()
    waiting = pay.charge(till, cart, alipay.show_code(must_confirm=True))
    assert isinstance(waiting, pay.Waiting)
    pay.stop(till, cart, waiting.attempt, "stopped")
    pay.charge(till, cart, alipay.show_code(sub_code="ACQ.PAYMENT_FAIL"))
    resolve.resolve(till)
    assert seen == [
        ("pay", "sent"), ("query", "sent"), ("cancel", "cancelling"),
        ("pay", "sent"), ("cancel", "cancelling"), ("query", "cancelling"),
    ]  # fmt: skip


def test_an_attempt_that_cannot_be_noted_is_not_made(till: Till, alipay: FakeAlipay, cart_of: CartOf) -> None:
    fail_next_commit(till.db, on_disk=False)
    with pytest.raises(CommitUnknown):
        pay.charge(till, cart_of(), alipay.show_code())
    assert (alipay.calls, states_on_disk(till)) == ([], {})


def test_an_attempt_that_may_be_noted_is_not_made_either_and_comes_to_its_end(
    world: World, till: Till, alipay: FakeAlipay, cart_of: CartOf
) -> None:
    cart = cart_of()
    fail_next_commit(till.db, on_disk=True)
    with pytest.raises(CommitUnknown):
        pay.charge(till, cart, alipay.show_code())
    assert alipay.calls == []
    for _ in range(4):
        world.clock.advance(60)
        resolve.resolve(till)
    assert set(states_on_disk(till).values()) == {"dead"}
    assert isinstance(pay.charge(till, cart, alipay.show_code()), pay.Settled)


def test_a_payment_code_is_in_no_file_and_no_log(
    till: Till, alipay: FakeAlipay, cart_of: CartOf, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    codes = [
        alipay.show_code(),
        alipay.show_code(must_confirm=True),
    ]
    alipay.lose_next_request(arrives_after_s=5)
    told: list[str] = []
    for code in codes:
        cart = cart_of()
        sell.scan(till, cart, code)
        told.append(repr(pay.charge(till, cart, code)))
        with pytest.raises(SaleIsBeingPaid) as raised:
            pay.charge(till, cart, code)
        told.append(f"{raised.value!r} {raised.value}")
    with pytest.raises(NotAPaymentCode) as refused:
        pay.charge(till, cart_of(), codes[0] + "x")
    told += [f"{refused.value!r} {refused.value}", *(repr(each.charge) for each in alipay.trades.values())]
    resolve.resolve(till)
    files = list(till.settings.data_dir.rglob("*"))
    assert {"till.db", "till.db-wal", "till.db-shm"} <= {each.name for each in files}
    everything = b"".join(each.read_bytes() for each in files) + (caplog.text + "".join(told)).encode()
    assert [code for code in codes if code.encode() in everything] == []


# Every answer to every question


@pytest.mark.parametrize(
    ("replies", "outcome", "state"),
    [
        ([PAID], "Settled", PAID_STATE),
        ([SHORT], "Waiting unknown", SENT),
        ([InProcess()], "Waiting", SENT),
        ([Declined("ACQ.X")], "Refused ACQ.X", CANCELLING),
        ([Unknown("cut"), PAID], "Settled", PAID_STATE),
        ([Unknown("cut"), SHORT], "Waiting unknown", SENT),
        ([Unknown("cut"), InProcess()], "Waiting", SENT),
        ([Unknown("cut"), Closed()], "Refused closed certain", DEAD),
        ([Unknown("cut"), NotFound()], "Waiting unknown", SENT),
        ([Unknown("cut"), Unknown("cut")], "Waiting unknown", SENT),
    ],
)
def test_charge(till: Till, cart_of: CartOf, replies: list[Any], outcome: str, state: AttemptState) -> None:
    gateway = ScriptedGateway(pays=replies[:1], queries=replies[1:])
    till.gateway = gateway
    assert in_words(pay.charge(till, cart_of(), CODE)) == outcome
    assert gateway.calls == ["pay", "query"][: len(replies)]
    assert list(states_on_disk(till).values()) == [state]
    assert len(check_books(till).sales) == (state is PAID_STATE)


@pytest.mark.parametrize(
    ("reply", "outcome", "state"),
    [
        (PAID, "Settled", PAID_STATE),
        (SHORT, "Waiting unknown", SENT),
        (InProcess(), "Waiting", SENT),
        (Closed(), "Refused closed certain", DEAD),
        (NotFound(), "Waiting unknown", SENT),
        (Unknown("cut"), "Waiting unknown", SENT),
    ],
)
def test_check(till: Till, cart_of: CartOf, reply: QueryReply, outcome: str, state: AttemptState) -> None:
    cart = cart_of()
    attempt = begin(till, cart)
    till.gateway = ScriptedGateway(queries=[reply])
    assert in_words(pay.check(till, cart, attempt)) == outcome
    assert state_on_disk(till, attempt.id) is state


@pytest.mark.parametrize("looked", [SHORT, InProcess(), NotFound(), Unknown("cut")])
@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        (Cancelled(closed=True), "Refused stopped certain"),
        (Cancelled(refunded=True), "Refused stopped certain returned"),
        (Cancelled(), "Refused stopped"),
        (Unknown("cut"), "Refused stopped"),
    ],
)
def test_stop(till: Till, cart_of: CartOf, looked: QueryReply, reply: CancelReply, outcome: str) -> None:
    cart = cart_of()
    attempt = begin(till, cart)
    gateway = ScriptedGateway(queries=[looked], cancels=[reply])
    till.gateway = gateway
    assert in_words(pay.stop(till, cart, attempt, "stopped")) == outcome
    assert gateway.calls == ["query", "cancel"]
    assert state_on_disk(till, attempt.id) is (DEAD if "certain" in outcome else CANCELLING)


@pytest.mark.parametrize(("looked", "outcome"), [(PAID, "Settled"), (Closed(), "Refused closed certain")])
def test_stop_looks_a_last_time(till: Till, cart_of: CartOf, looked: QueryReply, outcome: str) -> None:
    cart = cart_of()
    attempt = begin(till, cart)
    gateway = ScriptedGateway(queries=[looked])
    till.gateway = gateway
    assert in_words(pay.stop(till, cart, attempt, "timeout")) == outcome
    assert gateway.calls == ["query"]

"""The Alipay of these tests keeps the rules of the real one (facts: single use, 60 s, one trade a number)."""

import pytest

from pos.domain.gateway import Cancelled, Charge, Closed, Declined, InProcess, NotFound, Paid, Unknown
from pos.domain.money import ZERO, Money
from tests.fake_alipay import FakeAlipay
from tests.fake_time import FakeClock


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def alipay(clock: FakeClock) -> FakeAlipay:
    return FakeAlipay(clock)


def asked(code: str, number: str = "GT1", fen: int = 1250) -> Charge:
    return Charge(number, Money(fen), code, "柜台示例店 1件", "0017", "03", "1001")


def test_a_code_is_good_for_one_trade(alipay: FakeAlipay) -> None:
    code = alipay.show_code()
    assert isinstance(alipay.pay(asked(code)), Paid)
    assert alipay.pay(asked(code, "GT2")) == Declined("ACQ.PAYMENT_AUTH_CODE_INVALID")
    assert alipay.kept == alipay.kept_from("王女士") == Money(1250)


@pytest.mark.parametrize(("waited_s", "is_good"), [(0, True), (60, True), (61, False)])
def test_a_code_lives_a_minute(alipay: FakeAlipay, clock: FakeClock, waited_s: int, *, is_good: bool) -> None:
    code = alipay.show_code()
    clock.advance(waited_s)
    assert isinstance(alipay.pay(asked(code)), Paid) is is_good
    assert alipay.query("GT1") != NotFound() or not is_good


def test_the_same_number_is_the_same_trade(alipay: FakeAlipay) -> None:
    code = alipay.show_code()
    assert alipay.pay(asked(code)) == alipay.pay(asked(code))
    assert alipay.pay(asked(code, fen=9)) == Declined("ACQ.CONTEXT_INCONSISTENT")
    assert alipay.kept == Money(1250)


def test_a_customer_who_must_confirm_has_paid_when_they_did(alipay: FakeAlipay) -> None:
    assert alipay.pay(asked(alipay.show_code(must_confirm=True))) == InProcess()
    assert (alipay.query("GT1"), alipay.kept) == (InProcess(), ZERO)
    assert alipay.confirm() == 1
    assert isinstance(alipay.query("GT1"), Paid)


def test_a_customer_who_walks_away_leaves_a_closed_trade(alipay: FakeAlipay) -> None:
    alipay.pay(asked(alipay.show_code(must_confirm=True)))
    alipay.walk_away()
    assert alipay.query("GT1") == Closed()
    assert alipay.confirm() == 0


def test_cancel_closes_pays_back_or_knows_nothing(alipay: FakeAlipay) -> None:
    assert alipay.cancel("GT0") == Cancelled()
    alipay.pay(asked(alipay.show_code(must_confirm=True), "GT1"))
    alipay.pay(asked(alipay.show_code(), "GT2"))
    for _ in range(2):
        assert alipay.cancel("GT1") == Cancelled(closed=True)
        assert alipay.cancel("GT2") == Cancelled(refunded=True)
    assert (alipay.query("GT1"), alipay.query("GT2"), alipay.kept) == (Closed(), Closed(), ZERO)
    assert alipay.confirm() == 0


def test_a_closed_trade_never_comes_alive(alipay: FakeAlipay) -> None:
    charge = asked(alipay.show_code())
    alipay.pay(charge)
    alipay.cancel("GT1")
    assert alipay.pay(charge) == Declined("ACQ.TRADE_HAS_CLOSE")


def test_a_lost_reply_is_a_charge_nobody_heard_of(alipay: FakeAlipay) -> None:
    alipay.lose_next_reply()
    assert isinstance(alipay.pay(asked(alipay.show_code())), Unknown)
    assert alipay.kept == Money(1250)


@pytest.mark.parametrize(("after_s", "kept"), [(10, 1250), (60, 1250), (61, 0)])
def test_a_lost_request_may_come_late(alipay: FakeAlipay, clock: FakeClock, after_s: int, kept: int) -> None:
    alipay.lose_next_request(arrives_after_s=after_s)
    assert isinstance(alipay.pay(asked(alipay.show_code())), Unknown)
    assert alipay.query("GT1") == NotFound()
    clock.advance(after_s - 1)
    assert alipay.kept == ZERO
    clock.advance(300)  # only now somebody looks, but it arrived when it arrived
    assert alipay.kept == Money(kept)


def test_a_late_request_after_a_cancel_still_charges(alipay: FakeAlipay, clock: FakeClock) -> None:
    alipay.lose_next_request(arrives_after_s=20)
    alipay.pay(asked(alipay.show_code()))
    assert alipay.cancel("GT1") == Cancelled()
    clock.advance(20)
    assert alipay.kept == Money(1250)


def test_a_request_may_have_a_twin_that_is_luckier(alipay: FakeAlipay, clock: FakeClock) -> None:
    alipay.double_next_request(arrives_after_s=20)
    code = alipay.show_code(sub_code="ACQ.BUYER_BALANCE_NOT_ENOUGH", once=True)
    assert alipay.pay(asked(code)) == Declined("ACQ.BUYER_BALANCE_NOT_ENOUGH")
    assert alipay.query("GT1") == NotFound()
    clock.advance(20)
    assert isinstance(alipay.query("GT1"), Paid)


def test_when_it_is_down_nothing_gets_through(alipay: FakeAlipay) -> None:
    alipay.is_down = True
    replies = [alipay.pay(asked(alipay.show_code())), alipay.query("GT1"), alipay.cancel("GT1")]
    assert all(isinstance(each, Unknown) for each in replies)
    alipay.forget_faults()
    assert alipay.query("GT1") == NotFound()


def test_an_amount_can_be_misstated_once(alipay: FakeAlipay) -> None:
    alipay.misstate_next_amount(Money(1))
    charge = asked(alipay.show_code())
    told, again = alipay.pay(charge), alipay.pay(charge)
    assert isinstance(told, Paid)
    assert isinstance(again, Paid)
    assert (told.amount, again.amount, alipay.kept) == (Money(1), Money(1250), Money(1250))

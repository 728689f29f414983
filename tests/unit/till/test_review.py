"""What became of a payment is said from what is known, by whatever number it is asked for."""

from collections.abc import Callable

import pytest

from pos.domain.cart import Cart
from pos.domain.gateway import Closed, InProcess, NotFound, Paid, TradeSeen, Unknown
from pos.domain.money import Money
from pos.till import pay, refund, resolve, review
from pos.till.review import Verdict
from pos.till.till import Till
from tests.fake_alipay import FakeAlipay, ScriptedGateway
from tests.fakes import BY_MEI, World

CartOf = Callable[..., Cart]
THEIR_TRADE = "2026112322001400009999999999"
"""28 digits, as under the barcode of a customer's bill."""


def test_a_sale_is_found_by_all_three_of_its_numbers(till: Till, alipay: FakeAlipay, cart_of: CartOf) -> None:
    outcome = pay.charge(till, cart_of(), alipay.show_code())
    assert isinstance(outcome, pay.Settled)
    tender = outcome.sale.tenders[0]
    calls = len(alipay.calls)
    for number in (tender.trade_no, tender.out_trade_no, outcome.sale.receipt_no, f" {tender.trade_no} "):
        found = review.look_up(till, number)
        assert (found.verdict, found.receipt_no, found.amount) == (
            Verdict.SOLD, outcome.sale.receipt_no, Money(200),
        )  # fmt: skip
    assert len(alipay.calls) == calls, "what is known is not asked"


def test_what_went_back_of_a_sale_is_said(till: Till, alipay: FakeAlipay, cart_of: CartOf) -> None:
    outcome = pay.charge(till, cart_of(), alipay.show_code())
    assert isinstance(outcome, pay.Settled)
    refund.give_refund(till, refund.find_refundable(till, outcome.sale.receipt_no), Money(50), "", by=BY_MEI)
    assert review.look_up(till, outcome.sale.receipt_no).refunded == Money(50)


def test_an_open_payment_is_asked_about_at_once(till: Till, alipay: FakeAlipay, cart_of: CartOf) -> None:
    waiting = pay.charge(till, cart_of(), alipay.show_code(must_confirm=True))
    assert isinstance(waiting, pay.Waiting)
    number = waiting.attempt.out_trade_no
    assert review.look_up(till, number).verdict is Verdict.WAITING
    alipay.confirm()
    trade_no = alipay.trades[number].trade_no
    found = review.look_up(till, trade_no)
    assert (found.verdict, found.amount, found.receipt_no) == (Verdict.MONEY_HERE, Money(200), "")


def test_a_cancelled_payment_is_on_its_way_back_and_then_not_charged(
    world: World, till: Till, alipay: FakeAlipay, cart_of: CartOf
) -> None:
    cart = cart_of()
    alipay.lose_next_request()
    alipay.lose_next_request()
    waiting = pay.charge(till, cart, alipay.show_code())
    assert isinstance(waiting, pay.Waiting)
    alipay.is_down = True
    pay.stop(till, cart, waiting.attempt, "stopped")
    number = waiting.attempt.out_trade_no
    assert review.look_up(till, number).verdict is Verdict.RETURNING
    alipay.forget_faults()
    world.clock.advance(180)
    resolve.resolve(till)
    assert review.look_up(till, number).verdict is Verdict.NOT_CHARGED


@pytest.mark.parametrize(
    ("reply", "verdict", "amount"),
    [
        (TradeSeen("T1", Paid(THEIR_TRADE, Money(1250))), Verdict.ELSEWHERE_PAID, Money(1250)),
        (TradeSeen("T1", InProcess()), Verdict.ELSEWHERE_OPEN, None),
        (TradeSeen("T1", Closed()), Verdict.ELSEWHERE_OPEN, None),
        (NotFound(), Verdict.NOT_FOUND, None),
        (Unknown("network ConnectError"), Verdict.NO_ANSWER, None),
    ],
)
def test_a_bill_of_a_payment_not_made_here_is_asked_for_at_alipay(
    till: Till, reply: TradeSeen | NotFound | Unknown, verdict: Verdict, amount: Money | None
) -> None:
    till.gateway = ScriptedGateway(finds=[reply])
    found = review.look_up(till, THEIR_TRADE)
    assert (found.verdict, found.amount, found.attempt) == (verdict, amount, None)


def test_what_is_no_number_of_a_payment_is_not_sent_to_alipay(till: Till, alipay: FakeAlipay) -> None:
    assert review.look_up(till, "6901234567892").verdict is Verdict.NOT_FOUND
    assert review.look_up(till, "").verdict is Verdict.NOT_FOUND
    assert alipay.calls == []
    till.gateway = None
    assert review.look_up(till, THEIR_TRADE).verdict is Verdict.NO_ANSWER


def test_what_is_open_is_listed_oldest_first_and_calls_for_a_person_after_five_minutes(
    world: World, till: Till, alipay: FakeAlipay, cart_of: CartOf
) -> None:
    sold = pay.charge(till, cart_of(), alipay.show_code())
    assert isinstance(sold, pay.Settled)
    first = pay.charge(till, cart_of(), alipay.show_code(must_confirm=True))
    world.clock.advance(20)
    second = pay.charge(till, cart_of(), alipay.show_code(must_confirm=True))
    assert isinstance(first, pay.Waiting)
    assert isinstance(second, pay.Waiting)
    alipay.lose_next_request()
    back = refund.give_refund(till, refund.find_refundable(till, sold.sale.receipt_no), Money(50), "", by=BY_MEI)
    listed = review.open_payments(till)
    assert listed == review.Reviews((first.attempt, second.attempt), (back,))
    assert not review.needs_review(till, first.attempt)
    world.clock.advance(301)
    assert review.needs_review(till, first.attempt)
    assert review.needs_review(till, back)

"""Every attempt that was left open comes to its end, and nobody's money stays without goods."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from pos.domain.cart import Cart
from pos.domain.gateway import Cancelled, CancelReply, Closed, InProcess, NotFound, QueryReply, Reach, Unknown
from pos.domain.money import ZERO
from pos.domain.payment import PaymentAttempt
from pos.storage import payments
from pos.till import pay, resolve, sell
from pos.till.till import Till
from tests.audit import check_books, check_money
from tests.fake_alipay import FakeAlipay, ScriptedGateway
from tests.fakes import World
from tests.unit.till.attempts import CANCELLING, DEAD, DUE, PAID, PAID_STATE, SENT, SHORT, begin, state_on_disk

CartOf = Callable[..., Cart]

YOUNG_S, OLD_S, EXPIRED_S = 59, 60, 180
"""Before and after the customer's minute to confirm; after code life (120 s) and request life (60 s)."""


def scripted(till: Till, *replies: Any) -> ScriptedGateway:  # noqa: ANN401  (a mixture of replies)
    """Give the till a gateway with these answers: a Cancelled is for cancel, the others for query."""
    gateway = ScriptedGateway(
        queries=[each for each in replies if not isinstance(each, Cancelled)],
        cancels=[each for each in replies if isinstance(each, Cancelled)],
    )
    till.gateway = gateway
    return gateway


def left_cancelling(till: Till, cart: Cart) -> PaymentAttempt:
    return pay.move(till, begin(till, cart), CANCELLING, reason="timeout")


# From SENT


@pytest.mark.parametrize("age_s", [0, YOUNG_S, OLD_S, EXPIRED_S])
def test_money_that_came_is_noted_at_any_age(world: World, till: Till, cart_of: CartOf, age_s: int) -> None:
    attempt = begin(till, cart_of())
    world.clock.advance(age_s)
    gateway = scripted(till, PAID)
    found = resolve.resolve(till)
    assert gateway.calls == ["query"]
    assert state_on_disk(till, attempt.id) is PAID_STATE
    assert [each.trade_no for each in found.unclaimed] == [PAID.trade_no]
    assert (found.open, [each.state for each in found.looked_at]) == ((), [PAID_STATE])


@pytest.mark.parametrize("age_s", [0, OLD_S])
def test_a_trade_that_is_closed_is_dead(world: World, till: Till, cart_of: CartOf, age_s: int) -> None:
    attempt = begin(till, cart_of())
    world.clock.advance(age_s)
    gateway = scripted(till, Closed())
    resolve.resolve(till)
    assert gateway.calls == ["query"]
    assert state_on_disk(till, attempt.id) is DEAD


@pytest.mark.parametrize("reply", [SHORT, InProcess(), NotFound(), Unknown("cut")])
def test_before_the_minute_is_over_the_till_waits(world: World, till: Till, cart_of: CartOf, reply: QueryReply) -> None:
    attempt = begin(till, cart_of())
    world.clock.advance(YOUNG_S)
    gateway = scripted(till, reply)
    found = resolve.resolve(till)
    assert gateway.calls == ["query"]
    assert state_on_disk(till, attempt.id) is SENT
    assert found.open == (attempt,)


@pytest.mark.parametrize("reply", [SHORT, InProcess(), NotFound(), Unknown("cut")])
@pytest.mark.parametrize("answer", [Cancelled(closed=True), Cancelled(refunded=True), Cancelled()])
def test_after_it_the_till_cancels(
    world: World, till: Till, cart_of: CartOf, reply: QueryReply, answer: Cancelled
) -> None:
    attempt = begin(till, cart_of())
    world.clock.advance(OLD_S)
    gateway = scripted(till, reply, answer)
    (found,) = resolve.resolve(till).looked_at
    assert gateway.calls == ["query", "cancel"]
    assert state_on_disk(till, attempt.id) is found.state is (DEAD if answer.is_certain else CANCELLING)
    assert found.reason == "timeout"


# From CANCELLING


@pytest.mark.parametrize("age_s", [0, EXPIRED_S])
@pytest.mark.parametrize("answer", [Cancelled(closed=True), Cancelled(refunded=True)])
def test_a_cancel_that_says_what_it_did_is_the_end(
    world: World, till: Till, cart_of: CartOf, age_s: int, answer: Cancelled
) -> None:
    attempt = left_cancelling(till, cart_of())
    world.clock.advance(age_s)
    gateway = scripted(till, answer)
    resolve.resolve(till)
    assert gateway.calls == ["cancel"]
    assert state_on_disk(till, attempt.id) is DEAD


@pytest.mark.parametrize("answer", [Cancelled(), Unknown("cut")])
@pytest.mark.parametrize(
    ("age_s", "reply", "is_over"),
    [
        (0, Closed(), True),
        (0, NotFound(), False),
        (EXPIRED_S - 1, NotFound(), False),  # a request may still arrive
        (EXPIRED_S, NotFound(), True),
        (EXPIRED_S, Closed(), True),
        (EXPIRED_S, InProcess(), False),
        (EXPIRED_S, PAID, False),
        (EXPIRED_S, SHORT, False),
        (EXPIRED_S, Unknown("cut"), False),
    ],
)
def test_nothing_to_cancel_is_the_end_only_when_nothing_can_come_any_more(
    till: Till, cart_of: CartOf, *, answer: CancelReply, age_s: int, reply: QueryReply, is_over: bool
) -> None:
    attempt = left_cancelling(till, cart_of())
    till.clock.advance(age_s)  # type: ignore[attr-defined]
    gateway = ScriptedGateway(queries=[reply], cancels=[answer])
    till.gateway = gateway
    found = resolve.resolve(till)
    assert gateway.calls == ["cancel", "query"]
    assert state_on_disk(till, attempt.id) is (DEAD if is_over else CANCELLING)
    assert len(found.open) == (not is_over)


def test_money_found_after_the_door_is_cancelled_again_and_never_taken(
    world: World, till: Till, cart_of: CartOf
) -> None:
    attempt = left_cancelling(till, cart_of())
    for _ in range(3):
        world.clock.advance(60)
        scripted(till, Cancelled(), PAID)
        resolve.resolve(till)
        assert state_on_disk(till, attempt.id) is CANCELLING
    scripted(till, Cancelled(refunded=True))
    resolve.resolve(till)
    assert state_on_disk(till, attempt.id) is DEAD


# From PAID without a sale


def unclaimed(till: Till, alipay: FakeAlipay, cart: Cart) -> PaymentAttempt:
    alipay.lose_next_reply()
    alipay.lose_next_reply()
    pay.charge(till, cart, alipay.show_code())
    (found,) = resolve.resolve(till).unclaimed
    return found


def test_money_nobody_claims_goes_back_after_ten_minutes(
    world: World, till: Till, alipay: FakeAlipay, cart_of: CartOf
) -> None:
    attempt = unclaimed(till, alipay, cart_of())
    world.clock.advance(599)
    assert resolve.resolve(till).unclaimed == (attempt,)
    assert alipay.kept == DUE
    world.clock.advance(1)
    found = resolve.resolve(till)
    assert (found.unclaimed, found.open) == ((), ())
    assert state_on_disk(till, attempt.id) is DEAD
    assert alipay.kept == ZERO


def test_the_ten_minutes_begin_when_the_till_heard_of_it(
    world: World, till: Till, alipay: FakeAlipay, cart_of: CartOf
) -> None:
    alipay.lose_next_reply()
    alipay.lose_next_reply()
    pay.charge(till, cart_of(), alipay.show_code())
    world.clock.advance(8 * 3600)  # switched off for the night
    assert len(resolve.resolve(till).unclaimed) == 1
    world.clock.advance(599)
    assert len(resolve.resolve(till).unclaimed) == 1
    assert alipay.kept == DUE


def test_money_that_made_its_sale_is_left_alone(world: World, till: Till, alipay: FakeAlipay, cart_of: CartOf) -> None:
    cart = cart_of()
    pay.finish_paid(till, cart, unclaimed(till, alipay, cart))
    pay.charge(till, cart_of(), alipay.show_code())
    world.clock.advance(24 * 3600)
    alipay.calls.clear()
    assert resolve.resolve(till) == resolve.Resolved((), (), ())
    assert alipay.calls == []
    assert alipay.kept == DUE + DUE


def test_what_goes_back_and_is_not_confirmed_is_asked_for_again(
    world: World, till: Till, alipay: FakeAlipay, cart_of: CartOf
) -> None:
    attempt = unclaimed(till, alipay, cart_of())
    alipay.lose_next_request()
    assert resolve.give_back(till, attempt).state is CANCELLING
    assert alipay.kept == DUE
    resolve.resolve(till)
    assert (state_on_disk(till, attempt.id), alipay.kept) == (DEAD, ZERO)
    world.clock.advance(600)
    assert resolve.resolve(till).looked_at == ()


# The round


def test_the_attempt_the_counter_watches_is_left_to_it(till: Till, cart_of: CartOf) -> None:
    watched, other = begin(till, cart_of()), begin(till, cart_of())
    gateway = scripted(till, InProcess())
    found = resolve.resolve(till, watched_id=watched.id)
    assert gateway.calls == ["query"]
    assert [each.id for each in found.looked_at] == [other.id]
    assert {each.id for each in found.open} == {watched.id, other.id}


def test_without_an_account_open_attempts_are_shown_and_left(till: Till, cart_of: CartOf) -> None:
    attempt = begin(till, cart_of())
    till.gateway = None
    assert resolve.resolve(till) == resolve.Resolved((), (attempt,), ())


def test_while_the_gateway_is_down_nothing_is_decided_but_the_door(
    world: World, till: Till, alipay: FakeAlipay, cart_of: CartOf
) -> None:
    """Down for two hours: the attempts stay open and asked about, and then come to their ends (G11, I24)."""
    alipay.lose_next_reply()
    alipay.is_down = True
    carts = [cart_of() for _ in range(3)]
    for cart in carts:
        alipay.reach = Reach(world.clock.now())  # each is begun before the till has noticed
        assert isinstance(pay.charge(till, cart, alipay.show_code()), pay.Waiting)
    for _ in range(120):
        world.clock.advance(60)
        resolve.resolve(till)
    assert [each.state for each in payments.list_open(till.db)] == [CANCELLING] * 3
    sell.pay_cash(till, carts[0], DUE)
    alipay.forget_faults()
    assert resolve.resolve(till).open == ()
    check_money(check_books(till), alipay)


def test_an_attempt_another_lane_moved_meanwhile_does_not_end_the_round(
    world: World, till: Till, alipay: FakeAlipay, cart_of: CartOf
) -> None:
    for _ in range(3):
        pay.charge(till, cart_of(), alipay.show_code(must_confirm=True))
    alipay.confirm()
    other = world.open()
    first, *_ = payments.list_open(till.db)

    def cut_in(name: str, _number: str) -> None:
        alipay.on_call = lambda _name, _number: None
        assert name == "query"
        pay.move(other, first, CANCELLING, reason="stopped")

    alipay.on_call = cut_in
    found = resolve.resolve(till)
    assert [each.state for each in found.looked_at] == [CANCELLING, PAID_STATE, PAID_STATE]
    other.close()


def test_the_counter_finds_the_attempt_its_cart_is_in(till: Till, alipay: FakeAlipay, cart_of: CartOf) -> None:
    cart = cart_of()
    assert resolve.live_attempt(till, cart.sale_id) is None
    alipay.lose_next_reply()
    alipay.lose_next_reply()
    waiting = pay.charge(till, cart, alipay.show_code())
    assert isinstance(waiting, pay.Waiting)
    assert resolve.live_attempt(till, cart.sale_id) == waiting.attempt
    (paid,) = resolve.resolve(till).unclaimed
    assert resolve.live_attempt(till, cart.sale_id) == paid
    pay.finish_paid(till, cart, paid)
    assert resolve.live_attempt(till, cart.sale_id) is None


def test_an_attempt_that_is_given_up_no_longer_stands_in_the_way(
    till: Till, alipay: FakeAlipay, cart_of: CartOf
) -> None:
    cart = cart_of()
    attempt = unclaimed(till, alipay, cart)
    alipay.is_down = True
    resolve.give_back(till, attempt)
    assert resolve.live_attempt(till, cart.sale_id) is None
    assert sell.pay_cash(till, cart, DUE).id == cart.sale_id
    alipay.forget_faults()
    resolve.resolve(till)
    check_money(check_books(till), alipay)


def test_a_clock_set_forward_does_not_bury_a_request_that_is_under_way(
    world: World, till: Till, alipay: FakeAlipay, cart_of: CartOf
) -> None:
    """The request is lost on its way, the clock on the wall jumps an hour, and the cashier stops."""
    cart = cart_of()
    alipay.lose_next_request()
    alipay.lose_next_request()
    waiting = pay.charge(till, cart, alipay.show_code())
    assert isinstance(waiting, pay.Waiting)
    world.clock.set(world.clock.now() + timedelta(hours=1))
    pay.stop(till, cart, waiting.attempt, "stopped")
    resolve.resolve(till)
    assert payments.list_open(till.db)[0].state is CANCELLING
    world.clock.advance(179)
    resolve.resolve(till)
    assert payments.list_open(till.db)[0].state is CANCELLING
    world.clock.advance(1)
    resolve.resolve(till)
    assert payments.list_open(till.db) == []


@pytest.mark.parametrize("ahead", [timedelta(days=3650), timedelta(hours=1)])
def test_an_attempt_begun_while_the_clock_was_ahead_does_not_wait_for_its_time(
    world: World, till: Till, alipay: FakeAlipay, cart_of: CartOf, ahead: timedelta
) -> None:
    """Found by the simulation: put right again, the clock says that the customer has ten years to confirm."""
    right = world.clock.now()
    world.clock.set(right + ahead)
    attempt = pay.charge(till, cart_of(), alipay.show_code(must_confirm=True)).attempt  # type: ignore[union-attr]
    world.clock.set(right)
    world.clock.advance(OLD_S)
    resolve.resolve(till)
    assert state_on_disk(till, attempt.id) is DEAD


def test_money_that_came_while_the_clock_was_ahead_goes_back_all_the_same(
    world: World, till: Till, alipay: FakeAlipay, cart_of: CartOf
) -> None:
    right = world.clock.now()
    world.clock.set(right + timedelta(days=3650))
    attempt = begin(till, cart_of())
    alipay.pay(pay._charge(till, cart_of(), attempt, "1001", auth_code=alipay.show_code()))
    resolve.resolve(till)
    assert state_on_disk(till, attempt.id) is PAID_STATE
    world.clock.set(right)
    world.clock.advance(resolve.KEEP_UNCLAIMED.total_seconds())
    resolve.resolve(till)
    assert state_on_disk(till, attempt.id) is DEAD
    assert alipay.kept == ZERO

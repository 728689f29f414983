"""Never twice, never back through the door, never by a wrong amount; and money that is here is never forgotten."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest

from pos.domain.cart import Cart
from pos.domain.errors import (
    CommitUnknown,
    IllegalMove,
    PaidMoreThanTotal,
    SaleIsBeingPaid,
)
from pos.domain.money import ZERO, Money
from pos.domain.payment import PaymentAttempt
from pos.storage import payments
from pos.till import pay, resolve, sell
from pos.till.till import Till
from tests.audit import check_books, check_money
from tests.fake_alipay import FakeAlipay
from tests.fakes import NOODLES, WATER, World, fail_next_commit
from tests.unit.till.attempts import CANCELLING, DEAD, DUE, SENT, begin, in_words, state_on_disk, states_on_disk

CartOf = Callable[..., Cart]


# Never twice


def test_a_lost_reply_is_never_charged_twice(till: Till, alipay: FakeAlipay, cart_of: CartOf) -> None:
    cart = cart_of()
    alipay.lose_next_reply()
    assert isinstance(pay.charge(till, cart, alipay.show_code()), pay.Settled)  # the query heard of it
    assert [name for name, _ in alipay.calls] == ["pay", "query"]
    assert alipay.kept == DUE


def test_while_nobody_knows_nothing_more_is_asked(till: Till, alipay: FakeAlipay, cart_of: CartOf) -> None:
    cart = cart_of()
    alipay.lose_next_reply()
    alipay.lose_next_reply()
    waiting = pay.charge(till, cart, alipay.show_code())
    assert isinstance(waiting, pay.Waiting)
    assert waiting.is_unknown
    with pytest.raises(SaleIsBeingPaid, match=waiting.attempt.out_trade_no):
        pay.charge(till, cart, alipay.show_code())
    with pytest.raises(SaleIsBeingPaid):
        sell.pay_cash(till, cart, DUE)
    assert isinstance(pay.check(till, cart, waiting.attempt), pay.Settled)
    assert alipay.kept == DUE


def test_a_sale_that_is_sold_is_not_charged(till: Till, alipay: FakeAlipay, cart_of: CartOf) -> None:
    in_cash, by_alipay = cart_of(), cart_of()
    sell.pay_cash(till, in_cash, DUE)
    pay.charge(till, by_alipay, alipay.show_code())
    for cart in (in_cash, by_alipay):
        with pytest.raises(SaleIsBeingPaid):
            pay.charge(till, cart, alipay.show_code())
    assert alipay.kept == DUE


def test_a_new_try_has_a_new_number(till: Till, alipay: FakeAlipay, cart_of: CartOf) -> None:
    cart = cart_of()
    for _ in range(3):
        pay.charge(till, cart, alipay.show_code(sub_code="ACQ.PAYMENT_FAIL"))
    assert len(states_on_disk(till)) == 3
    assert isinstance(pay.charge(till, cart, alipay.show_code()), pay.Settled)
    assert len(set(alipay.calls)) == 4


# The one-way door


def test_money_that_comes_after_the_door_goes_back(till: Till, alipay: FakeAlipay, cart_of: CartOf) -> None:
    """The customer confirms between the last look and the cancel."""
    cart = cart_of()
    waiting = pay.charge(till, cart, alipay.show_code(must_confirm=True))
    assert isinstance(waiting, pay.Waiting)

    def confirm_at_the_last_moment(name: str, _number: str) -> None:
        if name == "cancel":
            alipay.confirm()

    alipay.on_call = confirm_at_the_last_moment
    refused = pay.stop(till, cart, waiting.attempt, "stopped")
    assert in_words(refused) == "Refused stopped certain returned"
    assert (alipay.kept, check_books(till).sales) == (ZERO, {})


def test_a_late_success_is_refunded_never_taken(world: World, till: Till, alipay: FakeAlipay, cart_of: CartOf) -> None:
    cart = cart_of()
    alipay.lose_next_request(arrives_after_s=40)
    waiting = pay.charge(till, cart, alipay.show_code())
    assert isinstance(waiting, pay.Waiting)
    assert in_words(pay.stop(till, cart, waiting.attempt, "stopped")) == "Refused stopped"
    sell.pay_cash(till, cart, DUE)
    world.clock.advance(41)
    assert alipay.kept == DUE  # the request has arrived after all
    resolve.resolve(till)
    assert alipay.kept == ZERO
    check_money(check_books(till), alipay)


@pytest.mark.parametrize("verb", [pay.check, partial(pay.stop, reason="stopped")], ids=["check", "stop"])
def test_who_still_holds_the_attempt_as_sent_cannot_take_it_back_through_the_door(
    till: Till, alipay: FakeAlipay, cart_of: CartOf, verb: Callable[[Till, Cart, PaymentAttempt], pay.Outcome]
) -> None:
    cart = cart_of()
    waiting = pay.charge(till, cart, alipay.show_code(must_confirm=True))
    assert isinstance(waiting, pay.Waiting)
    pay.move(till, waiting.attempt, CANCELLING, reason="timeout")
    alipay.confirm()
    with pytest.raises(IllegalMove):
        verb(till, cart, waiting.attempt)
    assert state_on_disk(till, waiting.attempt.id) is CANCELLING
    resolve.resolve(till)
    assert (alipay.kept, check_books(till).sales) == (ZERO, {})


def test_a_refused_attempt_whose_twin_succeeds_is_refunded(
    world: World, till: Till, alipay: FakeAlipay, cart_of: CartOf
) -> None:
    """The gateway said no to one copy of the request while another was still under way."""
    cart = cart_of()
    alipay.double_next_request(arrives_after_s=30)
    refused = pay.charge(till, cart, alipay.show_code(sub_code="ACQ.BUYER_BALANCE_NOT_ENOUGH", once=True))
    assert isinstance(refused, pay.Refused)
    assert isinstance(pay.charge(till, cart, alipay.show_code()), pay.Settled)
    resolve.resolve(till)
    world.clock.advance(30)
    assert alipay.kept == DUE + DUE  # the twin has arrived
    resolve.resolve(till)
    assert alipay.kept == DUE
    check_money(check_books(till), alipay)


# Wrong amounts


@pytest.mark.parametrize("amount", [1, 199, 201, 20_000])
def test_a_wrong_amount_is_never_called_paid(
    world: World, till: Till, alipay: FakeAlipay, cart_of: CartOf, amount: int
) -> None:
    cart = cart_of()
    alipay.misstate_next_amount(Money(amount))
    waiting = pay.charge(till, cart, alipay.show_code())
    assert in_words(waiting) == "Waiting unknown"
    for _ in range(3):
        alipay.misstate_next_amount(Money(amount))
        world.clock.advance(30)
        resolve.resolve(till)
    assert "paid" not in states_on_disk(till).values()
    assert check_books(till).sales == {}
    assert alipay.kept == ZERO


def test_the_amount_asked_for_is_the_cart_as_it_was_on_the_screen(
    till: Till, alipay: FakeAlipay, cart_of: CartOf
) -> None:
    cart = cart_of(WATER)
    waiting = pay.charge(till, cart.snapshot(), alipay.show_code(must_confirm=True))
    assert isinstance(waiting, pay.Waiting)
    assert waiting.attempt.amount == DUE
    sell.scan(till, cart, NOODLES)
    alipay.confirm()
    part = pay.check(till, cart, waiting.attempt)  # the screen never does this; if it did, the rest would be due
    assert isinstance(part, pay.PartPaid)
    assert (part.attempt.amount, part.due, check_books(till).sales) == (DUE, Money(450), {})


def test_a_cart_that_is_worth_less_than_was_asked_for_is_not_sold(
    till: Till, alipay: FakeAlipay, cart_of: CartOf
) -> None:
    cart = cart_of(WATER, NOODLES)
    waiting = pay.charge(till, cart.snapshot(), alipay.show_code(must_confirm=True))
    assert isinstance(waiting, pay.Waiting)
    cart.remove(1)
    alipay.confirm()
    with pytest.raises(PaidMoreThanTotal):  # the screen never does this; if it did, nothing would be sold
        pay.check(till, cart, waiting.attempt)
    assert state_on_disk(till, waiting.attempt.id) is SENT


# Commits that raise


@pytest.mark.parametrize("on_disk", [False, True])
def test_a_doubtful_commit_of_a_paid_sale(till: Till, alipay: FakeAlipay, cart_of: CartOf, *, on_disk: bool) -> None:
    cart = cart_of()
    waiting = pay.charge(till, cart, alipay.show_code(must_confirm=True))
    assert isinstance(waiting, pay.Waiting)
    alipay.confirm()
    fail_next_commit(till.db, on_disk=on_disk)
    if not on_disk:
        with pytest.raises(CommitUnknown):
            pay.check(till, cart, waiting.attempt)
        assert state_on_disk(till, waiting.attempt.id) is SENT
        (attempt,) = payments.list_open(till.db)
        assert isinstance(pay.check(till, cart, attempt), pay.Settled)
    else:
        assert isinstance(pay.check(till, cart, waiting.attempt), pay.Settled)
    check_money(check_books(till), alipay)


@pytest.mark.parametrize("on_disk", [False, True])
def test_a_doubtful_commit_of_the_door_is_carried_on_from_what_is_on_disk(
    world: World, till: Till, alipay: FakeAlipay, cart_of: CartOf, *, on_disk: bool
) -> None:
    cart = cart_of()
    waiting = pay.charge(till, cart, alipay.show_code(must_confirm=True))
    assert isinstance(waiting, pay.Waiting)
    fail_next_commit(till.db, on_disk=on_disk)
    with pytest.raises(CommitUnknown):
        pay.stop(till, cart, waiting.attempt, "stopped")
    assert "cancel" not in {name for name, _ in alipay.calls}
    assert state_on_disk(till, waiting.attempt.id) is (CANCELLING if on_disk else SENT)
    world.clock.advance(61)
    resolve.resolve(till)
    assert state_on_disk(till, waiting.attempt.id) is DEAD
    check_money(check_books(till), alipay)


# Money that came while the till was away


def unclaimed(till: Till, alipay: FakeAlipay, cart: Cart) -> PaymentAttempt:
    alipay.lose_next_reply()
    alipay.lose_next_reply()
    pay.charge(till, cart, alipay.show_code())
    (found,) = resolve.resolve(till).unclaimed
    return found


def test_money_that_is_here_makes_the_sale_it_was_for(till: Till, alipay: FakeAlipay, cart_of: CartOf) -> None:
    cart = cart_of()
    attempt = unclaimed(till, alipay, cart)
    sale = pay.finish_paid(till, cart, attempt)
    assert [tender.attempt_id for tender in sale.tenders] == [attempt.id]
    assert pay.finish_paid(till, cart, attempt) == sale
    assert resolve.resolve(till).unclaimed == ()
    check_money(check_books(till), alipay)


@pytest.mark.parametrize("on_disk", [False, True])
def test_a_doubtful_commit_of_a_sale_whose_money_is_here(
    till: Till, alipay: FakeAlipay, cart_of: CartOf, *, on_disk: bool
) -> None:
    cart = cart_of()
    attempt = unclaimed(till, alipay, cart)
    fail_next_commit(till.db, on_disk=on_disk)
    if not on_disk:
        with pytest.raises(CommitUnknown):
            pay.finish_paid(till, cart, attempt)
    assert pay.finish_paid(till, cart, attempt).id == cart.sale_id
    check_money(check_books(till), alipay)


def test_money_on_its_way_back_makes_no_sale(till: Till, alipay: FakeAlipay, cart_of: CartOf) -> None:
    cart = cart_of()
    attempt = unclaimed(till, alipay, cart)
    assert resolve.give_back(till, attempt).state is DEAD
    with pytest.raises(IllegalMove):
        pay.finish_paid(till, cart, attempt)
    assert (alipay.kept, check_books(till).sales) == (ZERO, {})


def test_money_a_sale_stands_on_does_not_go_back(till: Till, alipay: FakeAlipay, cart_of: CartOf) -> None:
    cart = cart_of()
    attempt = unclaimed(till, alipay, cart)
    pay.finish_paid(till, cart, attempt)
    with pytest.raises(IllegalMove, match="sold"):
        resolve.give_back(till, attempt)
    assert alipay.kept == DUE


def test_an_attempt_nobody_has_on_disk_is_not_moved(till: Till, cart_of: CartOf) -> None:
    attempt = begin(till, cart_of())
    with pytest.raises(IllegalMove, match="missing"):
        pay.move(till, replace(attempt, id="0" * 32), CANCELLING)

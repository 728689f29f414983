"""Two lanes on one file, or two threads: whoever comes second looks again, and the money stays right."""

import threading
from collections.abc import Callable
from contextlib import closing, suppress

import pytest

from pos.domain import facts
from pos.domain.cart import Cart
from pos.domain.errors import CheckoutError, IllegalMove, PosError, SaleIsBeingPaid
from pos.domain.payment import AttemptState, PaymentAttempt
from pos.domain.sale import Sale
from pos.storage import payments
from pos.till import pay, resolve, sell
from pos.till.till import Till
from tests.audit import check_books, check_money
from tests.fakes import World
from tests.unit.till.attempts import DUE

CartOf = Callable[..., Cart]
Verb = Callable[[Till, Cart, PaymentAttempt], object]

VERBS: dict[str, Verb] = {
    "check": pay.check,
    "stop": lambda till, cart, attempt: pay.stop(till, cart, attempt, "stopped"),
    "resolve": lambda till, _cart, _attempt: resolve.resolve(till),
    "resolve one": lambda till, _cart, attempt: resolve.resolve_one(till, attempt),
    "finish": lambda till, cart, attempt: pay.finish_paid(till, cart, _fresh(till, attempt)),
    "give back": lambda till, _cart, attempt: resolve.give_back(till, _fresh(till, attempt)),
    "cash": lambda till, cart, _attempt: sell.pay_cash(till, cart, cart.total),
    "draft": lambda till, cart, _attempt: sell.keep_draft(till, facts.cart_facts(cart)),
}


def _fresh(till: Till, attempt: PaymentAttempt) -> PaymentAttempt:
    found = payments.find_attempt(till.db, attempt.id)
    assert found
    return found


def heal(world: World, till: Till) -> None:
    """Let an hour go by with a line that is good."""
    world.alipay.forget_faults()
    world.alipay.on_call = lambda _name, _number: None
    for _ in range(60):
        world.clock.advance(60)
        if resolve.resolve(till) == resolve.Resolved((), (), ()):
            return


@pytest.mark.parametrize("second", VERBS)
@pytest.mark.parametrize("first", VERBS)
@pytest.mark.parametrize("state", ["waiting", "confirmed", "old", "unclaimed"])
def test_one_lane_cuts_in_while_another_asks(
    world: World, till: Till, cart_of: CartOf, *, state: str, first: str, second: str
) -> None:
    """The second lane does its whole verb at the moment when the first lane's first request leaves."""
    alipay, cart = world.alipay, cart_of()
    attempt = _bring_to(state, world, till, cart)
    other = world.open()

    def cut_in(_name: str, _number: str) -> None:
        alipay.on_call = lambda _name, _number: None
        with suppress(IllegalMove, CheckoutError, AssertionError):
            VERBS[second](other, cart, attempt)

    alipay.on_call = cut_in
    with suppress(IllegalMove, CheckoutError, AssertionError):
        VERBS[first](till, cart, attempt)
    check_books(till)
    heal(world, till)
    books = check_books(till)
    check_money(books, alipay)
    assert alipay.kept == books.alipay_tender(cart.sale_id)
    other.close()


def _bring_to(state: str, world: World, till: Till, cart: Cart) -> PaymentAttempt:
    waiting = pay.charge(till, cart, world.alipay.show_code(must_confirm=True))
    assert isinstance(waiting, pay.Waiting)
    if state in {"confirmed", "unclaimed"}:
        world.alipay.confirm()
    if state == "unclaimed":
        resolve.resolve(till)
    if state == "old":
        world.clock.advance(61)
    return waiting.attempt


@pytest.mark.parametrize("second", ["stop", "resolve", "give back"])
def test_the_second_is_told_that_it_came_second(world: World, till: Till, cart_of: CartOf, second: str) -> None:
    cart = cart_of()
    attempt = _bring_to("unclaimed" if second == "give back" else "old", world, till, cart)
    stale = _fresh(till, attempt)
    other = world.open()
    VERBS[second](other, cart, attempt)
    with pytest.raises(IllegalMove):
        pay.move(till, stale, AttemptState.CANCELLING, reason="stopped")
    other.close()


def test_of_finishing_and_giving_back_only_the_first_is_done(world: World, till: Till, cart_of: CartOf) -> None:
    finished, given_back = cart_of(), cart_of()
    first, second = (_fresh(till, _bring_to("unclaimed", world, till, each)) for each in (finished, given_back))
    other = world.open()
    pay.finish_paid(other, finished, first)
    resolve.give_back(other, second)
    other.close()
    with pytest.raises(IllegalMove):
        resolve.give_back(till, first)
    with pytest.raises(IllegalMove):
        pay.finish_paid(till, given_back, second)
    assert list(check_books(till).sales) == [finished.sale_id]
    assert world.alipay.kept == DUE


@pytest.mark.parametrize("state", ["waiting", "confirmed", "old"])
def test_a_sale_is_not_finished_on_money_that_has_not_come(
    world: World, till: Till, cart_of: CartOf, state: str
) -> None:
    cart = cart_of()
    attempt = _bring_to(state, world, till, cart)
    for _ in range(2):
        with pytest.raises(IllegalMove):
            pay.finish_paid(till, cart, _fresh(till, attempt))
        if _fresh(till, attempt).state is AttemptState.SENT:
            pay.move(till, attempt, AttemptState.CANCELLING, reason="stopped")
    assert check_books(till).sales == {}


Step = Callable[[Till], object]


def charging(cart: Cart, code: str) -> Step:
    return lambda lane: pay.charge(lane, cart, code)


def paying_cash(cart: Cart) -> Step:
    return lambda lane: sell.pay_cash(lane, cart, DUE)


def together(world: World, *steps: Step) -> list[object]:
    """Run each step on a thread and a lane of its own, all at once, and return what each gave or raised."""
    begin = threading.Barrier(len(steps))
    found: list[object] = [None] * len(steps)

    def run(place: int) -> None:
        with closing(world.open()) as lane:
            begin.wait()
            try:
                found[place] = steps[place](lane)
            except PosError as error:
                found[place] = error

    threads = [threading.Thread(target=run, args=[place]) for place in range(len(steps))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_two_lanes_that_charge_at_once_charge_once(world: World, till: Till, cart_of: CartOf) -> None:
    for _ in range(10):
        cart = cart_of()
        before = world.alipay.kept
        codes = [world.alipay.show_code(), world.alipay.show_code()]
        found = together(world, *(charging(cart, code) for code in codes))
        assert {type(each) for each in found} == {pay.Settled, SaleIsBeingPaid}
        assert world.alipay.kept - before == DUE
    check_money(check_books(till), world.alipay)


def test_cash_and_alipay_at_once_are_one_of_the_two(world: World, till: Till, cart_of: CartOf) -> None:
    for _ in range(10):
        cart = cart_of()
        by_alipay, in_cash = together(world, charging(cart, world.alipay.show_code()), paying_cash(cart))
        # Cash may find the sale made by then: told twice, it is the same sale.
        assert isinstance(by_alipay, (pay.Settled, SaleIsBeingPaid))
        assert isinstance(in_cash, (Sale, SaleIsBeingPaid))
        assert isinstance(by_alipay, pay.Settled) or isinstance(in_cash, Sale)
    check_money(check_books(till), world.alipay)


def test_lanes_that_sell_at_once_share_the_numbers_of_the_day(world: World, till: Till) -> None:
    def sell_ten(lane: Till) -> list[int]:
        counters = []
        for _ in range(10):
            cart = sell.new_cart(lane)
            sell.scan(lane, cart, "600101")
            counters.append(sell.pay_cash(lane, cart, DUE).counter)
        return counters

    found = together(world, sell_ten, sell_ten, sell_ten)
    assert sorted(number for each in found if isinstance(each, list) for number in each) == list(range(1, 31))
    check_books(till)

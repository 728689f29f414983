"""A day's Alipay money, and which payments somebody has to look at; worked by hand."""

from collections.abc import Callable
from datetime import date

from pos.domain.cart import Cart
from pos.domain.money import Money
from pos.till import pay, refund
from pos.till.figures.payments_of_day import payments_of_day
from pos.till.till import Till
from tests.fakes import BY_MEI, NOODLES, WATER, World

MONDAY = date(2026, 11, 23)


def test_what_came_what_went_back_and_what_is_open_too_long(
    world: World, till: Till, cart_of: Callable[..., Cart]
) -> None:
    """Noodles for 4.50, 1.00 of it back; a water waits for the customer, and after five minutes for somebody here."""
    pay.charge(till, cart_of(NOODLES), world.alipay.show_code())
    refund.give_refund(till, refund.find_refundable(till, "0017-03-20261123-0001"), Money(100), "破损", by=BY_MEI)
    waiting = pay.charge(till, cart_of(WATER), world.alipay.show_code(must_confirm=True))
    assert isinstance(waiting, pay.Waiting)
    view = payments_of_day(till, MONDAY, by=BY_MEI)
    assert (view.taken_count, view.taken, view.given_back_count, view.given_back) == (1, Money(450), 1, Money(100))
    assert (view.open, view.overdue) == ((waiting.attempt,), ())
    world.clock.advance(301)
    assert payments_of_day(till, MONDAY, by=BY_MEI).overdue == (waiting.attempt,)

"""Today, worked by hand: each figure, last week at this very moment, and how far it is sent."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from pos.domain.cart import Cart
from pos.domain.cart_line import Discount
from pos.domain.daybook import Change, norm_of
from pos.domain.member import Member
from pos.domain.money import Money
from pos.storage.catalogue import apply_feed
from pos.till import pay, refund, sell, shifts
from pos.till.figures.today import Figure, today
from pos.till.till import Till
from tests.fakes import BY_MEI, LIN, NOODLES, SHELF, WATER, World

MONDAY = date(2026, 11, 23)
WEEK_S = 7 * 86_400


@pytest.fixture
def day(world: World, till: Till, cart_of: Callable[..., Cart]) -> Till:
    """Three waters less 10 % to a member: 5.40 by Alipay, 1.00 of it back; noodles 4.50 in cash. Water costs 1.20."""
    apply_feed(till.prices, [SHELF[0] | {"cost_fen": 120}], [], "2")
    cart = cart_of(WATER, WATER, WATER)
    cart.set_discount(1, Discount(percent=10))
    cart.set_member(Member("8001", "王*", "gold"))
    pay.charge(till, cart, world.alipay.show_code())
    refund.give_refund(till, refund.find_refundable(till, "0017-03-20261123-0001"), Money(100), "破损", by=BY_MEI)
    world.clock.advance(60)
    sell.pay_cash(till, cart_of(NOODLES), Money(1000))
    return till


def test_each_figure_is_what_its_definition_says(day: Till) -> None:
    view = today(day, by=BY_MEI)
    told = {figure: view.value(figure) for figure in Figure}
    assert told == {
        Figure.NET: 540 + 450 - 100,
        Figure.SALES: 2,
        Figure.AVERAGE: 495,
        Figure.UNITS_PER_SALE: 200,  # (3 + 1) / 2
        Figure.BACK: 100,
        Figure.DISCOUNT_RATE: 57,  # 0.60 of 10.50
        Figure.MEMBER_SHARE: 500,
        Figure.MARGIN_RATE: 333,  # 5.40 - 3.60, of 5.40; what noodles cost nobody knows
    }
    assert {view.change(figure) and view.change(figure).permille for figure in Figure} == {None}  # type: ignore[union-attr]


def test_last_week_ends_at_this_very_moment(world: World, day: Till, cart_of: Callable[..., Cart]) -> None:
    shifts.close_shift(day, Money(0))
    world.clock.advance(WEEK_S - 30)
    shifts.open_shift(day, LIN, Money(0))
    sell.pay_cash(day, cart_of(NOODLES), Money(1000))
    early = today(day, by=BY_MEI)  # half a minute before the second sale of last week
    assert (early.before_day, early.before.sales, early.before.net) == (MONDAY, 1, Money(440))
    assert early.change(Figure.SALES) == Change(1, 1, 0)
    assert early.change(Figure.NET) == Change(450, 440, 23)
    world.clock.advance(30)
    assert today(day, by=BY_MEI).before.sales == 2  # the sale of this very moment is in
    whole = today(day, MONDAY, by=BY_MEI)
    assert (whole.until, whole.now.sales, whole.before.sales) == (None, 2, 0)


def test_a_change_of_one_percent_is_no_trend() -> None:
    assert Change(101, 100, 10).is_flat
    assert not Change(102, 100, 20).is_flat
    assert not Change(5, 0, None).is_flat


def test_the_trust_line_says_how_long_the_oldest_has_waited(world: World, day: Till) -> None:
    world.clock.advance(240)
    trust = today(day, by=BY_MEI).trust
    assert (trust.goes_up, trust.oldest, trust.last_acknowledged) == (False, timedelta(minutes=5), None)
    assert trust.unsent == day.db.execute("SELECT count(*) FROM journal").fetchone()[0]


def test_what_is_usual_is_the_middle_and_half_of_the_days_are_within_its_spread() -> None:
    """Of 1 2 4 4 9 the middle is 4, of the distances 3 2 0 0 5 it is 2; three such, times 1.4826, are 8.9."""
    norm = norm_of([9, 4, 1, 4, 2])
    assert norm
    assert (norm.median, norm.mad, norm.samples) == (4, 2, 5)
    assert (norm.is_far(12, 5), norm.is_far(13, 5), norm.is_far(1_000, 4)) == (False, True, False)
    assert norm_of([1, 2, 3, 4]) is None

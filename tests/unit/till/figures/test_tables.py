"""Views as lists: what stands in which column, worked by hand."""

from collections.abc import Callable
from datetime import date

from pos.domain.cart import Cart
from pos.domain.money import Money
from pos.till import pay, refund, sell, shifts
from pos.till.figures.best_sellers import best_sellers
from pos.till.figures.calendar import calendar
from pos.till.figures.day_close import close_day, closed_day
from pos.till.figures.drawers import over_short
from pos.till.figures.tables import calendar_table, departments_table, drawers_table, today_table
from pos.till.figures.today import today
from pos.till.till import Till
from tests.fakes import APPLES, BY_MEI, LIN, NOODLES, WATER, World

MONDAY, NEXT_MONDAY = date(2026, 11, 23), date(2026, 11, 30)
A_WEEK_S = 7 * 86_400


def a_monday_later(world: World, till: Till) -> None:
    """Close with 0.50 missing, and open a week later at the same time."""
    shifts.close_shift(till, Money(10_150))
    world.clock.advance(A_WEEK_S)
    shifts.open_shift(till, LIN, Money(10_000))


def test_a_day_stands_beside_last_weeks(world: World, till: Till, cart_of: Callable[..., Cart]) -> None:
    """A water for 2.00, and a week later noodles for 4.50: 1,250 thousandths more."""
    sell.pay_cash(till, cart_of(WATER), Money(200))
    a_monday_later(world, till)
    sell.pay_cash(till, cart_of(NOODLES), Money(450))
    table = today_table(today(till, NEXT_MONDAY, by=BY_MEI))
    heads, rows = table.said("zh")
    assert heads == ["指标", "2026-11-30", "2026-11-23", "变化‰"]
    assert rows[:2] == [("净销售额", Money(450), Money(200), 1250), ("笔数", 1, 1, 0)]
    assert table.said("en")[1][0][0] == "Net sales"


def test_a_drawer_is_told_as_expected_and_as_counted(world: World, till: Till, cart_of: Callable[..., Cart]) -> None:
    sell.pay_cash(till, cart_of(WATER), Money(200))
    a_monday_later(world, till)
    (row,) = drawers_table(over_short(till, MONDAY, MONDAY, by=BY_MEI)).rows
    assert (row[0], row[1], row[4]) == (MONDAY, "1001", Money(10_000))
    assert row[5:8] == (Money(200), Money(0), Money(0)), "cash, Alipay, all else"
    assert row[8:] == (Money(10_200), Money(10_150), Money(-50))


def test_a_day_of_the_calendar_is_net_of_what_went_back(world: World, till: Till, cart_of: Callable[..., Cart]) -> None:
    """Noodles for 4.50 by Alipay, 1.00 of it back."""
    pay.charge(till, cart_of(NOODLES), world.alipay.show_code())
    refund.give_refund(till, refund.find_refundable(till, "0017-03-20261123-0001"), Money(100), "破损", by=BY_MEI)
    table = calendar_table(calendar(till, MONDAY, by=BY_MEI))
    assert table.said("zh")[1][-1] == (MONDAY, "工作日", "", 1, Money(350), "")


def test_what_is_weighed_is_no_piece_of_its_department(till: Till, cart_of: Callable[..., Cart]) -> None:
    """Two waters and 1.25 kg of apples."""
    cart = cart_of(WATER, WATER, APPLES)
    cart.set_quantity(2, 1250)
    sell.pay_cash(till, cart, Money(10_000))
    rows = departments_table(best_sellers(till, MONDAY, by=BY_MEI)).rows
    assert sorted(pieces for _, pieces, _ in rows if isinstance(pieces, int)) == [0, 2]


def test_a_day_is_closed_with_what_was_expected_and_what_was_counted(till: Till, cart_of: Callable[..., Cart]) -> None:
    sell.pay_cash(till, cart_of(WATER), Money(200))
    shifts.close_shift(till, Money(10_150))
    close_day(till, MONDAY, by=BY_MEI)
    closed = closed_day(till, MONDAY, by=BY_MEI)
    assert closed is not None
    assert (closed.expected, closed.counted, closed.difference) == (Money(10_200), Money(10_150), Money(-50))

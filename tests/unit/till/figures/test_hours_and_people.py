"""Hours in the order a day has them, people beside what is usual; worked by hand."""

from collections.abc import Callable
from datetime import UTC, date, datetime

from pos.domain.cart import Cart
from pos.domain.daybook import Tally
from pos.domain.money import Money
from pos.till import sell, shifts, voids
from pos.till.figures.drawers import day_cash, over_short
from pos.till.figures.hours import hours
from pos.till.figures.people import norms_of, people
from pos.till.figures.today import trading_day
from pos.till.till import Till
from tests.fakes import BY_MEI, LIN, WATER, World

MONDAY = date(2026, 11, 23)


def test_a_day_that_went_past_midnight_has_its_last_hours_at_the_end(
    world: World, till: Till, cart_of: Callable[..., Cart]
) -> None:
    """Waters at 22:30 and, still of Monday, at 00:10; the hour between sold nothing and is there all the same."""
    for at in (datetime(2026, 11, 23, 14, 30, tzinfo=UTC), datetime(2026, 11, 23, 16, 10, tzinfo=UTC)):
        world.clock.set(at)
        sell.pay_cash(till, cart_of(WATER), Money(1000))
    found = hours(till, MONDAY, by=BY_MEI)
    assert trading_day(till) == MONDAY
    assert [(each.hour, each.sales, each.is_running) for each in found] == [
        (22, 1, False), (23, 0, False), (0, 1, True),
    ]  # fmt: skip


def test_a_day_without_anything_has_no_hours(till: Till) -> None:
    shifts.close_shift(till, Money(10_000))
    assert hours(till, date(2026, 11, 1), by=BY_MEI) == ()


def test_items_a_minute_leave_pauses_out(world: World, till: Till, cart_of: Callable[..., Cart]) -> None:
    """Three waters 30 s after the sale before, one after 301 s, one after 300 s: 4 in 330 s is 0.73 a minute."""
    for seconds, count in ((0, 1), (30, 3), (301, 1), (300, 1)):
        world.clock.advance(seconds)
        sell.pay_cash(till, cart_of(*[WATER] * count), Money(1000))
    (lin,) = people(till, MONDAY, by=BY_MEI).persons
    assert (lin.name, lin.units, lin.units_per_minute) == ("林小雨", 6, 73)


def test_who_voids_far_more_than_is_usual_stands_out(world: World, till: Till, cart_of: Callable[..., Cart]) -> None:
    """Six days of ten sales and one void; on the seventh five: 500 in a thousand, where 100 is usual."""
    for day in range(7):
        for _ in range(10):
            sell.pay_cash(till, cart_of(WATER), Money(1000))
        for _ in range(5 if day == 6 else 1):
            voids.note_void(till, "a cart", 1, Money(200), LIN)
        shifts.close_shift(till, Money(0))
        world.clock.advance(86_400)
        shifts.open_shift(till, LIN, Money(0))
    usual = people(till, date(2026, 11, 28), by=BY_MEI)
    assert (usual.persons[0].beyond, usual.norms[Tally.VOID].median) == (frozenset(), 100)
    (lin,) = people(till, date(2026, 11, 29), by=BY_MEI).persons
    assert (lin.rates[Tally.VOID], lin.beyond) == (500, frozenset({Tally.VOID}))


def test_a_few_times_are_no_signal_however_few_the_sales_were(
    world: World, till: Till, cart_of: Callable[..., Cart]
) -> None:
    """Five days of ten sales and no void; then one void in six sales, four in ten, five in sixteen: the last tells.

    Their rates, by the day's end: 1 in 6 is 167, 4 in 10 is 400, 5 in 16 is 313; 0 is usual.
    """
    for _ in range(5):
        for _ in range(10):
            sell.pay_cash(till, cart_of(WATER), Money(1000))
        shifts.close_shift(till, Money(0))
        world.clock.advance(86_400)
        shifts.open_shift(till, LIN, Money(0))
    told = []
    for sold, voided in ((6, 1), (4, 3), (6, 1)):
        for _ in range(sold):
            sell.pay_cash(till, cart_of(WATER), Money(1000))
        for _ in range(voided):
            voids.note_void(till, "a cart", 1, Money(200), LIN)
        (lin,) = people(till, date(2026, 11, 28), by=BY_MEI).persons
        told.append((lin.rates[Tally.VOID], bool(lin.beyond)))
    assert told == [(167, False), (400, False), (313, True)]


def test_what_is_usual_is_looked_for_over_four_weeks(world: World, till: Till, cart_of: Callable[..., Cart]) -> None:
    """Five days of ten sales and a void, 23 to 27 November: usual until 24 December, when four of them are left."""
    for _ in range(5):
        for _ in range(10):
            sell.pay_cash(till, cart_of(WATER), Money(1000))
        voids.note_void(till, "a cart", 1, Money(200), LIN)
        shifts.close_shift(till, Money(0))
        world.clock.advance(86_400)
        shifts.open_shift(till, LIN, Money(0))
    assert people(till, date(2026, 12, 20), by=BY_MEI).norms[Tally.VOID].median == 100
    assert people(till, date(2026, 12, 21), by=BY_MEI).norms == {}


def test_of_too_few_days_nothing_is_said_to_be_usual() -> None:
    quiet = {Tally.SALE: (9, 0), Tally.VOID: (9, 0)}
    busy = {Tally.SALE: (10, 0), Tally.VOID: (1, 0)}
    assert norms_of([quiet] * 20 + [busy] * 4) == {}
    assert norms_of([quiet] * 20 + [busy] * 5)[Tally.VOID].median == 100


def test_expected_against_counted_is_answered_for_each_drawer(till: Till, cart_of: Callable[..., Cart]) -> None:
    """A float of 100.00 and a water of 2.00; 101.50 counted is 0.50 short. The next drawer is still open."""
    sell.pay_cash(till, cart_of(WATER), Money(1000))
    shifts.close_shift(till, Money(10_150))
    shifts.open_shift(till, LIN, Money(5_000))
    cash = day_cash(till, MONDAY, by=BY_MEI)
    assert [(each.expected, each.counted, each.difference) for each in cash.drawers] == [
        (Money(10_200), Money(10_150), Money(-50)), (Money(5_000), None, None),
    ]  # fmt: skip
    assert (cash.expected, cash.counted, cash.difference, cash.is_all_counted) == (
        Money(15_200), Money(10_150), Money(-50), False,
    )  # fmt: skip
    assert [each.difference for each in over_short(till, MONDAY, MONDAY, by=BY_MEI)] == [Money(-50)]

"""A shift is one drawer in one pair of hands, on one business day."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from pos.domain.cart import Cart
from pos.domain.cash import CashCount
from pos.domain.errors import NeedsManager, QuantityOutOfRange, ShiftAlreadyOpen, ShiftNotOpen
from pos.domain.money import ZERO, Money
from pos.domain.sale import TenderKind
from pos.domain.shift import Figure, LeftOpen, ShiftReport, z_text
from pos.domain.staff import By, Cashier, Role
from pos.storage import journal, totals
from pos.storage.totals import Total
from pos.till import pay, refund, report, resolve, sell, shifts, suspend
from pos.till.till import Till
from tests.audit import check_books
from tests.fake_alipay import FakeAlipay
from tests.fakes import LIN, MEI, NOODLES, TEA, WATER, World, fail_next_commit

CartOf = Callable[..., Cart]
WANG = Cashier("1002", "王强", Role.MANAGER)
ZHAO = Cashier("1003", "赵雪", Role.CASHIER)


def test_a_shift_opens_with_its_float_and_its_day(till: Till) -> None:
    shift = shifts.current_shift(till)
    assert shift
    assert shift.is_open
    assert (shift.cashier, shift.opening_float, shift.business_day) == ("1001", Money(10_000), date(2026, 11, 23))
    assert (shift.counted, shift.expected, shift.difference) == (None, None, None)


def test_one_drawer_has_one_shift(till: Till) -> None:
    with pytest.raises(ShiftAlreadyOpen, match="1001"):
        shifts.open_shift(till, WANG, ZERO)
    shifts.close_shift(till, Money(10_000))
    assert shifts.open_shift(till, WANG, ZERO).cashier == "1002"


def test_the_drawer_should_hold_the_float_and_the_cash_that_was_kept(
    till: Till, alipay: FakeAlipay, cart_of: CartOf
) -> None:
    """By hand: 100.00 float, 2.00 kept of 50.00, 4.50 kept of 4.50, Alipay does not count: 106.50."""
    sell.pay_cash(till, cart_of(WATER), Money(5000))
    sell.pay_cash(till, cart_of(NOODLES), Money(450))
    pay.charge(till, cart_of(TEA), alipay.show_code())
    shift = shifts.current_shift(till)
    assert shift
    assert shifts.expected_cash(till, shift) == Money(10_650)
    closed = shifts.close_shift(till, Money(10_600))
    assert (closed.expected, closed.counted, closed.difference) == (Money(10_650), Money(10_600), Money(-50))
    assert not closed.is_open


def test_a_count_is_far_off_by_its_digits_alone_so_that_asking_tells_nothing_of_the_sum(till: Till) -> None:
    """By hand: where 100.00 to 999.99 should be, more than 2,000.00 is asked about, and less than 1.00."""
    for opening, low, high in (
        (0, 0, 200_000),
        (10_000, 100, 200_000),
        (99_900, 100, 200_000),
        (100_000, 1_000, 2_000_000),
    ):
        shifts.close_shift(till, ZERO)
        shifts.open_shift(till, LIN, Money(opening))
        assert not shifts.is_far_off(till, Money(low))
        assert not shifts.is_far_off(till, Money(high))
        assert shifts.is_far_off(till, Money(high + 1))
        assert low == 0 or shifts.is_far_off(till, Money(low - 1))


def test_the_next_shift_begins_with_its_own_drawer(till: Till, cart_of: CartOf) -> None:
    sell.pay_cash(till, cart_of(WATER), Money(200))
    shifts.close_shift(till, Money(10_200))
    second = shifts.open_shift(till, WANG, Money(5000))
    sell.pay_cash(till, cart_of(NOODLES), Money(450))
    assert shifts.expected_cash(till, second) == Money(5450)


def test_without_a_shift_nothing_is_closed_or_sold(till: Till, alipay: FakeAlipay, cart_of: CartOf) -> None:
    shifts.close_shift(till, ZERO)
    assert shifts.current_shift(till) is None
    with pytest.raises(ShiftNotOpen):
        shifts.close_shift(till, ZERO)
    with pytest.raises(ShiftNotOpen):
        sell.pay_cash(till, cart_of(), Money(200))
    with pytest.raises(ShiftNotOpen):
        pay.charge(till, cart_of(), alipay.show_code())
    assert alipay.calls == []


@pytest.mark.parametrize(
    ("opened_utc", "day"),
    [
        (datetime(2026, 11, 23, 15, 59, 59, tzinfo=UTC), date(2026, 11, 23)),
        (datetime(2026, 11, 23, 16, 0, tzinfo=UTC), date(2026, 11, 24)),  # midnight in the shop
        (datetime(2026, 12, 31, 16, 0, tzinfo=UTC), date(2027, 1, 1)),
    ],
)
def test_the_business_day_is_the_day_in_the_shop_when_the_shift_opened(
    world: World, till: Till, opened_utc: datetime, day: date
) -> None:
    shifts.close_shift(till, ZERO)
    world.clock.set(opened_utc)
    assert shifts.open_shift(till, LIN, ZERO).business_day == day


def test_a_sale_after_midnight_belongs_to_the_day_the_shift_began(world: World, till: Till, cart_of: CartOf) -> None:
    shifts.close_shift(till, ZERO)
    world.clock.set(datetime(2026, 11, 23, 15, 50, tzinfo=UTC))  # ten to midnight in the shop
    shifts.open_shift(till, LIN, ZERO)
    before = sell.pay_cash(till, cart_of(), Money(200))
    world.clock.advance(timedelta(hours=2).total_seconds())
    after = sell.pay_cash(till, cart_of(), Money(200))
    assert [before.business_day, after.business_day] == [date(2026, 11, 23)] * 2
    assert [before.receipt_no, after.receipt_no] == ["0017-03-20261123-0001", "0017-03-20261123-0002"]
    shifts.close_shift(till, Money(400))
    shifts.open_shift(till, LIN, ZERO)
    assert sell.pay_cash(till, cart_of(), Money(200)).receipt_no == "0017-03-20261124-0001"
    assert report.today(till, date(2026, 11, 23)).sales == 2
    check_books(till)


def test_a_second_shift_of_the_day_goes_on_with_its_receipts(till: Till, cart_of: CartOf) -> None:
    sell.pay_cash(till, cart_of(), Money(200))
    shifts.close_shift(till, ZERO)
    shifts.open_shift(till, WANG, ZERO)
    sale = sell.pay_cash(till, cart_of(), Money(200))
    assert (sale.counter, sale.cashier) == (2, "1002")


# Closing


def closed_with(till: Till, count: Money | CashCount) -> ShiftReport:
    """The report of the shift, closed with a count."""
    return shifts.read_z(till, shifts.close_shift(till, count).id)


def test_what_is_counted_note_by_note_adds_up(till: Till) -> None:
    """By hand: 80.00 + 15.00 + 3.00 + 1.50 + 0.20 + 0.30 beside = 100.00."""
    pieces = {2_000: 4, 500: 3, 100: 3, 50: 3, 10: 2}
    report_ = closed_with(till, CashCount(pieces, Money(30)))
    assert (report_.shift.counted, report_.shift.difference) == (Money(10_000), ZERO)
    assert report_.count == CashCount(pieces, Money(30))
    check_books(till)


@pytest.mark.parametrize("pieces", [{100: -1}, {100: 100_000}])
def test_what_no_drawer_holds_is_not_counted(pieces: dict[int, int]) -> None:
    with pytest.raises(QuantityOutOfRange):
        CashCount(pieces)


def test_closed_shifts_have_numbers_without_a_gap_also_after_a_crash(world: World, till: Till) -> None:
    numbers = []
    for place in range(4):
        closed = shifts.close_shift(till, ZERO)
        numbers.append(z_text(till.identity.name, closed))
        if place == 1:
            till = world.open_anew()
        shifts.open_shift(till, LIN, ZERO)
    assert numbers == ["0017-03-Z0001", "0017-03-Z0002", "0017-03-Z0003", "0017-03-Z0004"]
    assert [each.z_no for each in shifts.last_closed(till, 3)] == [4, 3, 2]


def test_an_x_is_read_at_any_time_and_changes_nothing(till: Till, cart_of: CartOf) -> None:
    before = report.journal_marks(till)
    assert shifts.read_x(till).figures == {}
    assert report.journal_marks(till) == before
    sell.pay_cash(till, cart_of(WATER), Money(1000))
    x = shifts.read_x(till)
    assert (x.figure("sale"), x.figure("cash"), x.shift.z_no) == (Figure(1, Money(200)), Figure(1, Money(200)), None)


def test_a_shift_is_closed_over_everything_that_is_open_and_lists_it(
    till: Till, alipay: FakeAlipay, cart_of: CartOf
) -> None:
    """A payment nobody knows the end of, a cart laid aside, 50.00 of a sale that is not done."""
    laid = cart_of(NOODLES)
    suspend.suspend(till, laid, "", by=By(LIN))
    waiting = pay.charge(till, cart_of(TEA), alipay.show_code(must_confirm=True))
    assert isinstance(waiting, pay.Waiting)
    pay.take(till, cart_of(TEA), TenderKind.CASH, Money(5_000))
    z = closed_with(till, Money(15_000))
    assert z.left == LeftOpen(0, (waiting.attempt.out_trade_no,), (), 1, Money(5_000))
    assert z.shift.difference == ZERO
    assert not z.left.is_nothing
    check_books(till)


def test_what_comes_late_belongs_to_its_shift_and_changes_no_z(
    world: World, till: Till, alipay: FakeAlipay, cart_of: CartOf
) -> None:
    """A refund whose answer is lost in the morning counts in the morning's shift, not in the afternoon's."""
    sold = pay.charge(till, cart_of(TEA), alipay.show_code())
    assert isinstance(sold, pay.Settled)
    alipay.lose_next_request()
    refund.give_refund(till, refund.find_refundable(till, sold.sale.receipt_no), Money(100), "破了", by=By(MEI))
    z = closed_with(till, Money(10_000))
    assert len(z.left.refunds) == 1
    later = shifts.open_shift(till, LIN, ZERO)
    world.clock.advance(120)
    resolve.resolve(till)
    found = totals.totals_of_shift(till.db, z.shift.id)
    assert found["refund"] == Total(1, Money(100))
    assert "refund" not in totals.totals_of_shift(till.db, later.id)
    assert shifts.read_z(till, z.shift.id) == z
    check_books(till)


def test_who_closes_somebody_elses_shift_is_told(till: Till) -> None:
    shifts.close_shift(till, ZERO, WANG)
    last = list(journal.entries(till.db, till.identity.name, 1))[-1]
    assert (last.facts["cashier"], last.facts["closed_by"], last.version) == ("1001", "1002", 2)


# Today


def test_a_day_in_figures(till: Till, alipay: FakeAlipay, cart_of: CartOf) -> None:
    """By hand: 2.00 + 199.99 = 201.99 in 2 sales, 101.00 on average (halves up); 13 % inside: 0.23 + 23.01."""
    sell.pay_cash(till, cart_of(WATER), Money(1000))
    pay.charge(till, cart_of(TEA), alipay.show_code())
    pay.charge(till, cart_of(NOODLES), alipay.show_code(must_confirm=True))
    day = report.today(till, report.shop_today(till))
    assert (day.sales, day.net, day.average, day.tax) == (2, Money(20_199), Money(10_100), Money(2324))
    assert {kind.value: total for kind, total in day.tenders.items()} == {
        "cash": Total(1, Money(200)),
        "alipay": Total(1, Money(19_999)),
    }
    # The shift opened; a sale; an attempt started, settled, and its sale; an attempt started.
    assert (day.unsent.count, report.journal_marks(till)) == (6, (6, 0))
    assert [each.amount for each in day.open_attempts] == [Money(450)]
    assert report.sold_fen(till) == 20_199


def test_a_day_without_sales_is_all_zero(till: Till) -> None:
    day = report.today(till, date(2020, 1, 1))
    assert (day.sales, day.net, day.average, day.tax) == (0, ZERO, ZERO, ZERO)
    assert all(total == Total(0, ZERO) for total in day.tenders.values())


def test_today_is_the_day_in_the_shop(world: World, till: Till) -> None:
    world.clock.set(datetime(2026, 11, 23, 16, 30, tzinfo=UTC))
    assert report.shop_today(till) == date(2026, 11, 24)


def test_a_close_that_raised_and_is_on_disk_all_the_same_is_told_as_closed(till: Till) -> None:
    fail_next_commit(till.db, on_disk=True)
    closed = shifts.close_shift(till, Money(10_000))
    assert closed.z_no == 1
    assert shifts.current_shift(till) is None
    assert shifts.last_closed(till, 1) == [closed]


def test_a_cashier_looks_into_their_own_shifts_and_a_manager_into_all(till: Till) -> None:
    """The role on disk counts: Wang is nobody there, so a manager only by their own word."""
    lins = shifts.close_shift(till, Money(9_000))
    shifts.open_shift(till, ZHAO, Money(10_000))
    zhaos = shifts.close_shift(till, Money(10_000))
    assert shifts.closed_for(till, LIN) == [lins]
    assert shifts.closed_for(till, ZHAO) == [zhaos]
    assert shifts.closed_for(till, MEI) == [zhaos, lins]
    assert shifts.look_into(till, lins.id, LIN).shift.difference == Money(-1_000)
    assert shifts.look_into(till, lins.id, MEI).shift.difference == Money(-1_000)
    for _shift in range(12):
        shifts.open_shift(till, ZHAO, ZERO)
        shifts.close_shift(till, ZERO)
    assert shifts.closed_for(till, LIN) == [lins]
    for nobody in (ZHAO, WANG):
        with pytest.raises(NeedsManager):
            shifts.look_into(till, lins.id, nobody)

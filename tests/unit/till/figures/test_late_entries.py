"""What comes after a day was closed restates it, when it moves one of its figures, and else does not."""

from datetime import date
from pathlib import Path

import pytest

from pos.domain.gateway import Reach
from pos.domain.money import Money
from pos.domain.sale import TenderKind
from pos.domain.unusual import Unusual
from pos.till import pay, refund, resolve, returns, sell, shifts
from pos.till.figures import day_close, happenings, tables
from pos.till.till import Till
from tests.fakes import BY_MEI, TEA, WATER, World

DAY = date(2026, 11, 23)


@pytest.fixture
def world(tmp_path: Path) -> World:
    """A till with a clock."""
    return World(tmp_path / "till")


def sell_tea_by_alipay(world: World, till: Till) -> str:
    """Sell tea for ¥199.99, and return the receipt's number."""
    cart = sell.new_cart(till)
    sell.scan(till, cart, TEA)
    pay.charge(till, cart, world.alipay.show_code())
    return str(till.db.execute("SELECT receipt_no FROM sales").fetchone()[0])


def close(till: Till) -> None:
    """Count ¥100.00 and close the day."""
    shifts.close_shift(till, Money(10_000))
    day_close.close_day(till, DAY, by=BY_MEI)


def answer_in_the_night(world: World, till: Till) -> None:
    """Three hours later Alipay says what became of what was asked."""
    world.clock.advance(3 * 3600)
    world.alipay.reach = Reach(world.clock.now())
    resolve.resolve(till)


def test_the_money_of_a_return_that_goes_in_the_night_restates_nothing(world: World) -> None:
    """The return counted on its day, before the day was closed: no figure has moved since."""
    till = world.open_selling()
    receipt_no = sell_tea_by_alipay(world, till)
    world.alipay.lose_next_request()
    returns.give_back(till, returns.find_returnable(till, receipt_no), {1: 1}, "坏了", by=BY_MEI)
    close(till)
    answer_in_the_night(world, till)
    assert till.db.execute("SELECT count(*) FROM journal WHERE kind = 'refund.done'").fetchone() == (1,)
    found = day_close.closed_day(till, DAY, by=BY_MEI)
    assert found is not None
    assert found.closed == found.now
    assert not found.is_restated


def test_a_refund_that_goes_in_the_night_restates_the_day(world: World) -> None:
    """¥199.99 were sold and are closed; ¥5.00 go back in the night."""
    till = world.open_selling()
    receipt_no = sell_tea_by_alipay(world, till)
    world.alipay.lose_next_request()
    refund.give_refund(till, refund.find_refundable(till, receipt_no), Money(500), "少送了", by=BY_MEI)
    close(till)
    answer_in_the_night(world, till)
    found = day_close.closed_day(till, DAY, by=BY_MEI)
    assert found is not None
    assert [(each.kind, each.amount) for each in found.late] == [(Unusual.LATE, Money(500))]
    rows = {row[0]: row[1:] for row in tables.day_table(found).said("zh")[1]}
    assert rows["净销售额"] == (None, Money(19_999), None, Money(19_499), Money(-500))
    assert rows["退款"] == (0, Money(0), 1, Money(500), Money(500))
    assert rows[TenderKind.ALIPAY] == (1, Money(19_999), None, None, None)
    assert rows["长短款"] == (None, Money(0), None, None, None)
    kinds = happenings.kinds_of(till, found.late, by=BY_MEI)
    late = [row[1:4] for row in tables.late_table(found, kinds).said("en")[1]]
    assert late == [("Refund", Money(500), BY_MEI.actor.number)]
    assert tables.day_table(found).name == "day-z1"


def test_a_sale_after_the_day_was_closed_restates_it(world: World) -> None:
    till = world.open_selling()
    close(till)
    shifts.open_shift(till, BY_MEI.actor, Money(0))
    cart = sell.new_cart(till)
    sell.scan(till, cart, WATER)
    sell.pay_cash(till, cart, Money(200))
    found = day_close.closed_day(till, DAY, by=BY_MEI)
    assert found is not None
    assert found.is_restated
    assert found.now.net - found.closed.net == Money(200)

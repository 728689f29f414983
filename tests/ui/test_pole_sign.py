"""The display on the pole shows the customer what is due, then the change, and nothing of the last customer."""

import pytest

from pos.device.pole import Lamp
from pos.domain.money import Money
from tests.fakes import NOODLES, WATER
from tests.ui.conftest import Desk
from ui.customer.pole import PoleSign
from ui.stage import Stage


class Shown:
    """A display that writes down what it shows."""

    def __init__(self) -> None:
        self.now: tuple[Lamp, Money] | None = None

    def show(self, lamp: Lamp, amount: Money) -> None:
        self.now = (lamp, amount)

    def clear(self) -> None:
        self.now = None

    def reads(self) -> tuple[Lamp, Money] | None:
        return self.now


@pytest.fixture
def display(desk: Desk) -> Shown:
    shown = Shown()
    PoleSign(desk.counter, shown)
    desk.sign_in()
    return shown


def test_what_is_due_stands_there_while_goods_are_scanned(desk: Desk, display: Shown) -> None:
    assert display.reads() is None
    desk.counter.code_seen(WATER)
    desk.counter.code_seen(NOODLES)
    assert display.reads() == (Lamp.TOTAL, Money(650))
    desk.counter.clear()
    assert display.reads() is None


def test_after_cash_the_change_stands_there_until_the_next_customer(desk: Desk, display: Shown) -> None:
    desk.counter.code_seen(WATER)
    desk.counter.begin_pay()
    desk.counter.pay_cash(Money(500))
    desk.wait_for(Stage.PAID)
    assert display.reads() == (Lamp.CHANGE, Money(300))
    desk.counter.next_sale()
    assert display.reads() is None


def test_a_part_that_is_paid_is_no_longer_due(desk: Desk, display: Shown) -> None:
    desk.counter.code_seen(NOODLES)
    desk.counter.begin_pay()
    desk.counter.take_cash_part(Money(100))
    desk.wait_for(Stage.PAY)
    assert display.reads() == (Lamp.TOTAL, Money(350))


def test_nobody_reads_the_cart_while_the_counter_is_left(desk: Desk, display: Shown) -> None:
    desk.counter.code_seen(WATER)
    desk.counter.sign_out()
    assert display.reads() is None

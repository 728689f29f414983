"""All tills of a store together: as head office has them to the fen, with what is missing said."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from pos.clock import SystemClock
from pos.domain.errors import HubUnreachable
from pos.domain.money import Money
from pos.sync.client import HubClient
from pos.sync.disk import JournalOutbox
from pos.sync.exchange import push_once
from pos.sync.store_totals import HubTotals
from pos.till import pay, refund, sell
from pos.till.figures.store_day import store_day
from pos.till.figures.today import today
from pos.till.till import Till
from tests.fakes import BY_MEI, NOODLES, TEA, WATER, World
from tests.unit.hub.devices import device_of
from tests.unit.hub.kit import HubProcess

DAY = date(2026, 11, 23)
DEVICE = device_of("0017-03")


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[HubClient]:
    """A head office as the program a shop runs, and the line of this till to it."""
    tmp_path.mkdir(exist_ok=True)
    with HubProcess(f"sqlite:///{tmp_path / 'hub.db'}") as process, HubClient(process.url, DEVICE) as client:
        yield client


def send_all(till: Till, hub: HubClient) -> None:
    while push_once(hub, JournalOutbox(till.db, till.identity, DEVICE), SystemClock()):
        pass


def test_head_office_says_of_this_till_what_this_till_says(world: World, till: Till, hub: HubClient) -> None:
    """Two waters in cash, a tea by Alipay, 3.00 of it back: 4.00 + 199.99 - 3.00."""
    for texts in ((WATER,), (WATER,)):
        cart = sell.new_cart(till)
        for text in texts:
            sell.scan(till, cart, text)
        sell.pay_cash(till, cart, Money(1000))
    cart = sell.new_cart(till)
    sell.scan(till, cart, TEA)
    pay.charge(till, cart, world.alipay.show_code())
    of = refund.find_refundable(till, "0017-03-20261123-0003")
    refund.give_refund(till, of, Money(300), "破损", by=BY_MEI)
    send_all(till, hub)
    world.clock.set(SystemClock().now())
    view = store_day(till, DAY, HubTotals(hub), by=BY_MEI)
    assert (view.sales, view.net, view.tenders) == (3, Money(20_099), {"alipay": Money(19_999), "cash": Money(400)})
    mine = today(till, DAY, by=BY_MEI).now
    assert (view.tills[0].sales, view.tills[0].net) == (mine.sales, mine.net)
    assert (view.silent, view.unsent_here, view.is_whole) == ((), 0, True)


def test_what_was_not_sent_and_who_is_silent_is_said(world: World, till: Till, hub: HubClient) -> None:
    send_all(till, hub)
    cart = sell.new_cart(till)
    sell.scan(till, cart, NOODLES)
    sell.pay_cash(till, cart, Money(1000))
    world.clock.set(SystemClock().now() + timedelta(minutes=11))
    view = store_day(till, DAY, HubTotals(hub), by=BY_MEI)
    assert (view.silent, view.unsent_here, view.is_whole) == (("0017-03",), 1, False)
    assert (view.sales, view.net) == (0, Money(0))


def test_without_a_line_there_are_no_figures_of_the_store(till: Till) -> None:
    with HubClient("http://127.0.0.1:9", DEVICE) as client, pytest.raises(HubUnreachable):
        store_day(till, DAY, HubTotals(client), by=BY_MEI)

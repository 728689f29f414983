"""All tills of a store together: as head office has them to the fen, with what is missing said."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from pos.clock import BEIJING, SystemClock
from pos.domain.errors import HubUnreachable
from pos.domain.money import Money
from pos.domain.store_day import is_silent
from pos.storage import journal
from pos.storage.journal import Fact
from pos.sync.client import HubClient
from pos.sync.disk import JournalOutbox
from pos.sync.exchange import push_once
from pos.sync.store_totals import HubTotals
from pos.till import pay, refund, returns, sell
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
    """Send all there is to the hub."""
    while push_once(hub, JournalOutbox(till.db, till.identity, DEVICE), SystemClock()):
        pass


def test_head_office_says_of_this_till_what_this_till_says(world: World, till: Till, hub: HubClient) -> None:
    """Two waters and two teas, less 3.00 of a tea, a water and a tea that came back: 4.00 + 399.98 - 204.99."""
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
    of_goods = returns.find_returnable(till, "0017-03-20261123-0001")
    returns.give_back(till, of_goods, {1: 1}, "不要了", by=BY_MEI)
    cart = sell.new_cart(till)
    sell.scan(till, cart, TEA)
    pay.charge(till, cart, world.alipay.show_code())
    returns.give_back(till, returns.find_returnable(till, "0017-03-20261123-0004"), {1: 1}, "不要了", by=BY_MEI)
    send_all(till, hub)
    world.clock.set(SystemClock().now())
    view = store_day(till, DAY, HubTotals(hub), by=BY_MEI)
    assert (view.sales, view.net, view.tenders) == (4, Money(19_899), {"alipay": Money(39_998), "cash": Money(400)})
    mine = today(till, DAY, by=BY_MEI).now
    theirs = view.tills[0]
    assert (theirs.sales, theirs.sold, theirs.backs, theirs.back) == (mine.sales, mine.sold, mine.backs, mine.back)
    assert (view.silent, view.unsent_here, view.is_whole) == ((), 0, True)


def test_what_was_not_sent_and_who_is_silent_is_said(world: World, till: Till, hub: HubClient) -> None:
    send_all(till, hub)
    cart = sell.new_cart(till)
    sell.scan(till, cart, NOODLES)
    sell.pay_cash(till, cart, Money(1000))
    later = SystemClock().now() + timedelta(minutes=11)
    world.clock.set(later)
    view = store_day(till, later.astimezone(BEIJING).date(), HubTotals(hub), by=BY_MEI)
    assert (view.silent, view.unsent_here, view.is_whole) == (("0017-03",), 1, False)
    assert (view.sales, view.net) == (0, Money(0))


def heard(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of November, in the shop."""
    return datetime(2026, 11, day, hour, minute, tzinfo=BEIJING)


@pytest.mark.parametrize(
    ("heard_at", "now", "is_so"),
    [
        (heard(23, 14, 49), heard(23, 15), True),
        (heard(23, 14, 51), heard(23, 15), False),
        (heard(22, 21), heard(23, 15), True),
        (heard(24, 11, 49), heard(29, 9), True),
        (heard(24, 11, 51), heard(29, 9), False),
        (datetime(2026, 10, 20, tzinfo=BEIJING), heard(23, 15), False),
    ],
)
def test_a_till_is_silent_for_a_day_until_it_was_heard_when_that_was_over(
    heard_at: datetime,
    now: datetime,
    is_so: bool,  # noqa: FBT001  (a row of the table)
) -> None:
    """Of Monday the 23rd: ten minutes are silence, noon of Tuesday is the end, and a month is a cellar."""
    assert is_silent(heard_at, heard(23, 0), now) is is_so


def test_what_head_office_could_not_add_up_is_said(world: World, till: Till, hub: HubClient) -> None:
    """A sale of no business day is kept and parked: the store's day is not whole, though nobody is silent."""
    with till.transaction():
        broken = Fact("sale.completed", world.ids.new(world.clock.now()), world.clock.now(), {"sale_id": "?"})
        journal.append(till.db, till.identity, broken)
    send_all(till, hub)
    world.clock.set(SystemClock().now())
    view = store_day(till, DAY, HubTotals(hub), by=BY_MEI)
    assert (view.unread, view.silent, view.unsent_here, view.is_whole) == (1, (), 0, False)


def test_without_a_line_there_are_no_figures_of_the_store(till: Till) -> None:
    with HubClient("http://127.0.0.1:9", DEVICE) as client, pytest.raises(HubUnreachable):
        store_day(till, DAY, HubTotals(client), by=BY_MEI)

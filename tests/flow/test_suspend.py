"""Carts that go from till to till of a store by a hub that is a real program: killed, cut off, and asked twice."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from pos.domain.cart import Cart
from pos.domain.errors import CartTaken, HubUnreachable
from pos.domain.facts import cart_facts
from pos.domain.money import Money
from pos.domain.staff import By
from pos.domain.suspended import SuspendedCart
from pos.storage import catalogue
from pos.storage import suspended as stored
from pos.sync.carts import HubCarts, OwnCarts, share_once
from pos.sync.client import HubClient
from pos.sync.disk import CatalogueFile, JournalOutbox
from pos.sync.exchange import push_once
from pos.sync.runner import Sync
from pos.till import sell, shifts, suspend
from pos.till.till import Till, open_till
from tests.fake_time import CountingIds, FakeClock
from tests.fakes import LIN, SHELF, TEA, WATER, fake_settings, hire
from tests.unit.hub.devices import Signing, device_of
from tests.unit.hub.fixtures import cluster, database_url, quick
from tests.unit.hub.kit import HubProcess
from tests.unit.sync.kit import Line, drained

__all__ = ["cluster", "database_url", "quick"]

BY_LIN = By(LIN)


@dataclass
class Desk:
    """A till of the store on real files, with a line to the hub that can be cut."""

    folder: Path
    name: str
    url: str
    till: Till = field(init=False)
    line: Line = field(default_factory=Line)

    def __post_init__(self) -> None:
        ids = CountingIds()
        ids._count = iter(range(int(self.name) * 1_000_000, 1 << 60))  # type: ignore[assignment]
        self._ids, self._clock = ids, FakeClock()
        self.open()
        catalogue.apply_feed(self.till.prices, SHELF, [], "1")
        hire(self.till)
        shifts.open_shift(self.till, LIN, Money(10_000))
        self.client = HubClient(self.url, device_of(f"0017-{self.name}"), timeout_s=5, transport=self.line)
        self.hub = HubCarts(self.client)

    def open(self) -> None:
        """Open the till, again after a power cut."""
        self.till = open_till(fake_settings(self.folder / self.name, till=self.name), None, self._clock, self._ids)

    @property
    def own(self) -> OwnCarts:
        return OwnCarts(self.till.db, self.till.identity.name, self._clock, self._ids)

    def ring_up(self, *texts: str) -> Cart:
        cart = sell.restore_cart(self.till) or sell.new_cart(self.till)
        for text in texts:
            sell.scan(self.till, cart, text)
        sell.keep_draft(self.till, cart_facts(cart))
        return cart

    def suspend(self, *texts: str) -> SuspendedCart:
        """Ring up, lay aside, and let the sync loop tell the hub."""
        held = suspend.suspend(self.till, self.ring_up(*texts), by=BY_LIN)
        share_once(self.hub, self.own)
        return held

    def resume(self, held: SuspendedCart) -> Cart:
        return suspend.resume(self.till, held, by=BY_LIN, hub=self.hub)

    def waiting(self) -> list[str]:
        listed = suspend.list_suspended(self.till, self.hub)
        assert listed.trouble is None
        return [each.sale_id for each in listed.carts]

    def here(self) -> list[str]:
        return [each.sale_id for each in stored.list_all(self.till.db)]

    def push(self) -> None:
        outbox = JournalOutbox(self.till.db, self.till.identity, device_of(f"0017-{self.name}"))
        drained(lambda: push_once(self.client, outbox, self._clock))

    def close(self) -> None:
        self.client.close()
        self.till.close()


@contextmanager
def store(database_url: str, folder: Path) -> Iterator[tuple[HubProcess, Desk, Desk]]:
    """A hub, and two tills of one store."""
    with HubProcess(database_url) as hub:
        desks = [Desk(folder, name, hub.url) for name in ("01", "02")]
        try:
            yield hub, desks[0], desks[1]
        finally:
            for each in desks:
                each.close()


@pytest.fixture
def running(database_url: str, quick: Path) -> Iterator[tuple[HubProcess, Desk, Desk]]:
    with store(database_url, quick) as made:
        yield made


Running = tuple[HubProcess, Desk, Desk]


def test_a_cart_is_laid_aside_at_one_till_and_sold_at_another(running: Running) -> None:
    hub, one, two = running
    held = one.suspend(WATER, TEA)
    assert two.waiting() == [held.sale_id]
    cart = two.resume(suspend.list_suspended(two.till, two.hub).carts[0])
    assert (cart.sale_id, cart.total) == (held.sale_id, Money(20_199))
    sale = sell.pay_cash(two.till, cart, cart.total)
    share_once(one.hub, one.own)
    assert (one.here(), one.waiting(), two.waiting()) == ([], [], [])
    with pytest.raises(CartTaken):
        one.resume(held)
    for each in (one, two):
        each.push()
    day = httpx.get(f"{hub.url}/v1/totals?day=2026-11-23", trust_env=False, auth=Signing("office")).json()
    assert (day["sales"], day["total_fen"], day["parked"]) == (1, sale.total.fen, 0)


def test_of_two_tills_one_gets_the_cart_and_the_other_its_name(running: Running) -> None:
    _, one, two = running
    held = one.suspend(WATER)
    two.resume(held)
    with pytest.raises(CartTaken) as error:
        one.resume(held)
    assert error.value.facts == {"till": "0017-02"}
    assert one.here() == []
    assert sell.restore_cart(one.till) is None


def test_without_the_hub_each_till_has_its_own_and_says_so(running: Running) -> None:
    hub, one, two = running
    first, second = one.suspend(WATER), two.suspend(TEA)
    hub.kill()
    listed = suspend.list_suspended(one.till, one.hub)
    assert [each.sale_id for each in listed.carts] == [first.sale_id]
    assert isinstance(listed.trouble, HubUnreachable)
    with pytest.raises(HubUnreachable):
        one.resume(second)
    assert one.resume(first).sale_id == first.sale_id
    hub.start()
    share_once(one.hub, one.own)
    assert second.sale_id in one.here(), "it was asked for, and comes when the hub is back"
    assert first.sale_id not in two.waiting(), "it was gone on with at its own till, and the hub was told"


def test_what_was_laid_aside_while_the_hub_was_away_is_shared_when_it_is_back(running: Running) -> None:
    hub, one, two = running
    hub.kill()
    held = suspend.suspend(one.till, one.ring_up(WATER), by=BY_LIN)
    with pytest.raises(HubUnreachable):
        share_once(one.hub, one.own)
    hub.start()
    share_once(one.hub, one.own)
    assert two.waiting() == [held.sale_id]


def test_a_cart_gone_on_with_before_the_hub_heard_of_it_is_never_shared(running: Running) -> None:
    _, one, two = running
    one.line.is_down = True
    held = suspend.suspend(one.till, one.ring_up(WATER), by=BY_LIN)
    with pytest.raises(HubUnreachable):
        share_once(one.hub, one.own)
    one.resume(held)
    one.line.is_down = False
    share_once(one.hub, one.own)
    assert two.waiting() == []
    assert stored.list_offers(one.till.db) == []


def test_an_answer_lost_on_the_way_to_the_hub_shares_the_cart_once(running: Running) -> None:
    _, one, two = running
    one.line.loses_answers = True
    held = suspend.suspend(one.till, one.ring_up(WATER), by=BY_LIN)
    with pytest.raises(HubUnreachable):
        share_once(one.hub, one.own)
    two.resume(suspend.list_suspended(two.till, two.hub).carts[0])
    one.line.loses_answers = False
    share_once(one.hub, one.own)
    assert one.here() == []
    assert held.sale_id not in [*one.waiting(), *two.waiting()]


def test_a_till_cut_off_from_the_answer_has_the_cart_after_its_power_is_back(running: Running) -> None:
    _, one, two = running
    held = one.suspend(WATER)
    two.line.loses_answers = True
    with pytest.raises(HubUnreachable):
        two.resume(held)
    assert two.here() == []
    two.till.close()
    two.open()
    two.line.loses_answers = False
    share_once(two.hub, two.own)
    assert two.here() == [held.sale_id]
    with pytest.raises(CartTaken):
        one.resume(held)
    assert one.here() == []
    assert one.waiting() == [held.sale_id], "it is laid aside at the second till now, for the whole store"
    assert two.resume(stored.list_all(two.till.db)[0]).sale_id == held.sale_id


def test_a_hub_restored_from_an_older_copy_gets_back_what_waits(quick: Path) -> None:
    path = quick / "hub.db"
    with store(f"sqlite:///{path}", quick) as (hub, one, two):
        held = one.suspend(WATER)
        hub.kill()
        for suffix in ("", "-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        hub.start()
        assert two.waiting() == []
        share_once(one.hub, one.own)
        assert two.waiting() == [held.sale_id]


def test_a_till_that_took_its_own_back_and_lost_power_shares_it_again(running: Running) -> None:
    _, one, two = running
    held = one.suspend(WATER)
    one.hub.take(held.sale_id, held.hold_id)
    one.till.close()
    one.open()
    assert two.waiting() == []
    for _ in range(2):
        share_once(one.hub, one.own)
    assert (one.here(), two.waiting()) == ([held.sale_id], [held.sale_id])


def test_when_both_have_it_both_sales_are_kept(running: Running) -> None:
    """The hub went away, one went on with its own, and two had been handed it: the goods were sold twice, in truth."""
    hub, one, two = running
    held = one.suspend(WATER)
    theirs = two.resume(held)
    one.line.is_down = True
    ours = one.resume(held)
    sales = [sell.pay_cash(each.till, cart, cart.total) for each, cart in ((one, ours), (two, theirs))]
    assert sales[0].id == sales[1].id == held.sale_id
    one.line.is_down = False
    share_once(one.hub, one.own)
    for each in (one, two):
        each.push()
    day = httpx.get(f"{hub.url}/v1/totals?day=2026-11-23", trust_env=False, auth=Signing("office")).json()
    assert (day["sales"], day["total_fen"], day["parked"], day["forks"]) == (2, 400, 0, 0)


def test_when_both_have_it_the_second_laying_aside_stays_at_its_own_till(running: Running) -> None:
    _, one, two = running
    held = one.suspend(WATER)
    two.resume(held)
    one.line.is_down = True
    cart = one.resume(held)
    again = suspend.suspend(one.till, cart, by=BY_LIN)
    one.line.is_down = False
    share_once(one.hub, one.own)
    assert one.here() == [again.sale_id]
    assert stored.list_all(one.till.db)[0].also_at == "0017-02"
    assert two.waiting() == []
    assert one.resume(again).sale_id == held.sale_id


def test_a_cart_thrown_away_is_thrown_away_for_the_store(running: Running) -> None:
    _, one, two = running
    first, second = one.suspend(WATER), one.suspend(TEA)
    suspend.discard(one.till, first, by=BY_LIN, hub=one.hub)
    suspend.discard(two.till, second, by=BY_LIN, hub=two.hub)
    for each in (one, two):
        share_once(each.hub, each.own)
        assert each.waiting() == []
    assert [stored.has_any(each.till.db) for each in (one, two)] == [False, False]


def test_the_loop_shares_on_its_own_and_counts_what_waits_elsewhere_once_a_minute(running: Running) -> None:
    _, one, two = running
    outbox = JournalOutbox(one.till.db, one.till.identity, device_of("0017-01"))
    clock = FakeClock()
    sync = Sync(one.client, outbox, CatalogueFile(one.till.prices), clock, lambda: 0.0, carts=one.own)
    sync.step()
    assert [each for each in one.line.asked if "suspended" in each] == ["GET /v1/suspended"]
    held = suspend.suspend(one.till, one.ring_up(WATER), by=BY_LIN)
    sync.hurry()
    sync.step()
    assert two.waiting() == [held.sale_id]
    two.resume(held)
    clock.advance(30)
    sync.step()
    assert one.here() == []
    two.suspend(TEA)
    sync.hurry()
    sync.step()
    assert sync.status().waiting_elsewhere == 0
    clock.advance(30)
    sync.step()
    assert (sync.status().waiting_elsewhere, sync.status().problem) == (1, "")

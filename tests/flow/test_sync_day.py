"""A till stocked by the hub sells for a day, and the head office has the same figures to the fen."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from pos.domain.money import Money
from pos.sandbox.store import sample_products
from pos.sync.client import HubClient
from pos.sync.disk import CatalogueFile, JournalOutbox
from pos.sync.exchange import pull_once, push_once
from pos.till import pay, report, sell, shifts
from pos.till.till import Till
from tests.fakes import LIN, World
from tests.unit.hub.devices import Signing, device_of
from tests.unit.hub.kit import HubProcess
from tests.unit.sync.kit import drained

OFFICE: Any = {"trust_env": False, "auth": Signing("office")}


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[HubProcess]:
    with HubProcess(f"sqlite:///{tmp_path / 'hub.db'}") as running:
        yield running


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path / "till")


@pytest.fixture
def till(world: World) -> Iterator[Till]:
    opened = world.open()
    yield opened
    opened.close()


def sell_some(till: Till, world: World, barcodes: list[str]) -> None:
    """Six sales of growing size: cash, Alipay, cash … and one customer who is turned down."""
    for number in range(1, 7):
        cart = sell.new_cart(till)
        for barcode in barcodes[:number]:
            sell.scan(till, cart, barcode)
        if number % 2:
            sell.pay_cash(till, cart, Money(10_000_00))
        else:
            assert isinstance(pay.charge(till, cart, world.alipay.show_code()), pay.Settled)
    cart = sell.new_cart(till)
    sell.scan(till, cart, barcodes[0])
    declined = world.alipay.show_code("李先生", sub_code="ACQ.BUYER_BALANCE_NOT_ENOUGH")
    assert isinstance(pay.charge(till, cart, declined), pay.Refused)


def test_a_day_is_the_same_at_the_till_and_at_the_head_office(hub: HubProcess, world: World, till: Till) -> None:
    stock = sample_products()
    httpx.post(f"{hub.url}/v1/catalogue", json={"products": stock}, **OFFICE).raise_for_status()
    barcodes = [product["barcodes"][0] for product in stock if product["barcodes"] and product["unit"] == "piece"]
    with HubClient(hub.url, device_of("0017-03")) as client:
        drained(lambda: pull_once(client, CatalogueFile(till.prices)))
        assert len(stock) == till.prices.execute("SELECT count(*) FROM products").fetchone()[0]
        shifts.open_shift(till, LIN, Money(10_000))
        sell_some(till, world, barcodes)
        shift = shifts.current_shift(till)
        assert shift
        shifts.close_shift(till, shifts.expected_cash(till, shift))
        drained(lambda: push_once(client, JournalOutbox(till.db, till.identity, device_of("0017-03")), till.clock))
    here = report.today(till, report.shop_today(till))
    there = httpx.get(f"{hub.url}/v1/totals", params={"day": here.business_day.isoformat()}, **OFFICE).json()
    assert here.unsent.count == 0
    assert (there["parked"], there["forks"]) == (0, 0)
    assert (there["sales"], there["total_fen"]) == (6, here.net.fen)
    assert there["tenders"] == {kind.value: total.amount.fen for kind, total in here.tenders.items()}
    assert there["tenders"]["alipay"] == world.alipay.kept.fen

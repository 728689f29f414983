"""Real programs: a hub, its operator, a till and an office enrolled by command; and whoever else may knock."""

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from pos.__main__ import main
from pos.clock import SystemClock
from pos.domain.device import Device
from pos.domain.errors import DeviceRefused, HubNotOurs, HubRefused
from pos.domain.money import Money
from pos.hub import devices
from pos.hub.app import create_app
from pos.hub.database import open_engine, writing
from pos.hub.signatures import Gatekeeper
from pos.keyfile import find_device, keep_device
from pos.settings import load_settings
from pos.storage import catalogue
from pos.sync.client import HubClient
from pos.sync.disk import CatalogueFile, JournalOutbox
from pos.sync.exchange import pull_once, push_once
from pos.till import sell, shifts
from pos.till.till import Till, open_till
from tests.fakes import LIN, SHELF, WATER
from tests.unit.hub.devices import key_of, signed, trust
from tests.unit.hub.kit import HubProcess, on_the_wire, served

CLOCK = SystemClock()
WATER_FEN = 200


class Shop:
    """A hub that runs, and the commands its people type."""

    def __init__(self, folder: Path, hub: HubProcess, said: pytest.CaptureFixture[str]) -> None:
        self.folder, self.hub, self._said = folder, hub, said
        self.database = f"sqlite:///{folder / 'hub.db'}"

    def say(self, *words: str | Path) -> str:
        """Run ``./till admin`` with these words, and return what it printed."""
        self._said.readouterr()
        assert main([str(word) for word in words]) == 0
        return self._said.readouterr().out

    def operator(self, *words: str) -> str:
        return self.say("hub", "--database", self.database, *words)

    def code(self, name: str) -> str:
        return self.operator("enrol", name).split()[0]

    def till(self, number: str) -> Path:
        """The settings of a till that is enrolled."""
        path = self.folder / number / "till.toml"
        path.parent.mkdir()
        path.write_text(f'[till]\nstore = "0017"\ntill = "{number}"\n[hub]\nurl = "{self.hub.url}"\n', "utf-8")
        self.say("enrol", self.code(f"0017-{number}"), "--settings", path)
        return path

    def office(self, *words: str | Path) -> str:
        return self.say("office", "--hub", self.hub.url, "--key", self.folder / "office.key", *words)


@pytest.fixture
def shop(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Shop]:
    with HubProcess(f"sqlite:///{tmp_path / 'hub.db'}", devices=()) as hub:
        yield Shop(tmp_path, hub, capsys)


def sell_one(path: Path) -> Till:
    till = open_till(load_settings(path))
    catalogue.apply_feed(till.prices, SHELF, [], "")
    if shifts.current_shift(till) is None:
        shifts.open_shift(till, LIN, Money(0))
    cart = sell.new_cart(till)
    sell.scan(till, cart, WATER)
    sell.pay_cash(till, cart, Money(WATER_FEN))
    return till


def push(till: Till, url: str, device: Device | None = None) -> int:
    """Send what is unsent, and return what the till then believes is kept."""
    outbox = JournalOutbox(till.db, till.identity, till.device)
    with HubClient(url, device or till.device) as client:
        push_once(client, outbox, CLOCK)
    return outbox.acknowledged(1)


def test_by_command_a_till_and_an_office_are_enrolled_sell_see_it_and_are_stopped(shop: Shop) -> None:
    path = shop.till("03")
    shop.office("enrol", shop.code("office"))
    prices = shop.folder / "prices.json"
    prices.write_text(json.dumps({"products": SHELF}), "utf-8")
    assert json.loads(shop.office("post", "/v1/catalogue", prices))["changed"] == len(SHELF)
    with closing(sell_one(path)) as till:
        assert push(till, shop.hub.url) == 2
        assert json.loads(shop.office("get", "/v1/totals?day=" + till_day(till)))["total_fen"] == WATER_FEN
        assert "signed by this till: 2" in shop.say("journal", "verify", "--settings", path)
        assert "may speak no more" in shop.operator("revoke", "0017-03")
        sell_one(path).close()
        with pytest.raises(DeviceRefused, match="revoked"):
            push(till, shop.hub.url)
        shop.say("enrol", shop.code("0017-03"), "--settings", path)
        assert push(till, shop.hub.url, find_device(load_settings(path).device_file)) == 3
    assert shop.operator("devices").count("revoked") == 1
    assert json.loads(shop.office("get", "/v1/parked"))["count"] == 0


def till_day(till: Till) -> str:
    shift = shifts.current_shift(till)
    assert shift
    return shift.business_day.isoformat()


def test_strangers_listeners_and_neighbours_get_nowhere(shop: Shop) -> None:
    path, other = shop.till("03"), load_settings(shop.till("04"))
    neighbour = find_device(other.device_file)
    assert neighbour
    till = sell_one(path)
    assert till.device
    stranger = replace(till.device, key=key_of("stranger"))
    with pytest.raises(DeviceRefused, match="unknown_device"):
        push(till, shop.hub.url, stranger)
    with pytest.raises(HubRefused, match="not_yours"):
        push(till, shop.hub.url, neighbour)
    entries = [on_the_wire(entry) for entry in JournalOutbox(till.db, till.identity, till.device).unsent(9)]
    with httpx.Client(base_url=shop.hub.url, trust_env=False) as line:
        address = f"/v1/tills/{till.identity.name}/entries"
        assert line.post(address, json={"entries": entries}).json()["code"] == "unsigned"
        heard = signed(line.build_request("POST", address, json={"entries": entries}), till.device.key, CLOCK.now())
        changed = line.build_request("POST", address, json={"entries": entries[:1]}, headers={
            name: heard.headers[name] for name in ("signature", "signature-input", "content-digest")
        })  # fmt: skip
        assert line.send(changed).json()["code"] == "bad_digest"
        heard = signed(heard, till.device.key, CLOCK.now())
        assert line.send(heard).json()["acked"] == 2
        assert line.send(heard).json()["code"] == "replayed"
    till.close()


def test_a_fake_hub_changes_no_price_and_takes_no_sale(shop: Shop) -> None:
    """It speaks the protocol to the letter, knows the till, and holds another key."""
    till = sell_one(shop.till("03"))
    before = till.prices.execute("SELECT * FROM products ORDER BY sku").fetchall()
    engine = open_engine(f"sqlite:///{shop.folder / 'fake.db'}")
    trust(engine, "office")
    assert till.device
    with writing(engine) as connection:
        devices.put_device(connection, "0017-03", till.device.key.public_key(), "2026-11-23T00:00:00.000Z")
    keeper = Gatekeeper(engine, CLOCK, key_of("fake hub"))
    cheap = [{**each, "price_fen": 1} for each in SHELF]
    with served(create_app(engine, CLOCK, keeper=keeper)) as url, httpx.Client(base_url=url) as thief:
        given = signed(thief.build_request("POST", "/v1/catalogue", json={"products": cheap}), key_of("office"),
                       CLOCK.now())  # fmt: skip
        assert thief.send(given).json()["changed"] == len(SHELF)
        with HubClient(url, till.device) as client:
            with pytest.raises(HubNotOurs):
                pull_once(client, CatalogueFile(till.prices))
            with pytest.raises(HubNotOurs):
                push_once(client, JournalOutbox(till.db, till.identity, till.device), CLOCK)
        with HubClient(url, replace(till.device, hub_key=key_of("fake hub").public_key())) as fooled:
            assert pull_once(fooled, CatalogueFile(till.prices)) is False  # the pinned key is all that stood between
    after = till.prices.execute("SELECT * FROM products ORDER BY sku").fetchall()
    assert JournalOutbox(till.db, till.identity).acknowledged(1) == 0
    assert [row[0] for row in before] == [row[0] for row in after]
    assert before != after
    engine.dispose()
    till.close()


def test_a_copied_till_without_its_key_sends_nothing(shop: Shop) -> None:
    path = shop.till("03")
    sell_one(path).close()
    settings = load_settings(path)
    device = find_device(settings.device_file)
    assert device
    settings.device_file.unlink()
    with closing(open_till(settings)) as copy:
        assert copy.device is None
        keep_device(settings.device_file, replace(device, key=key_of("thief")))
    with closing(open_till(settings)) as copy, pytest.raises(DeviceRefused, match="unknown_device"):
        push(copy, shop.hub.url)

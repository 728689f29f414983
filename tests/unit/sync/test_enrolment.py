"""A till and its hub get to know each other by a code that never travels."""

import base64
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from pos.domain.device import hub_proof
from pos.domain.errors import CodeRefused, DatabaseInUse, HubNotOurs, HubUnreachable, WrongTill
from pos.domain.money import Money
from pos.domain.signing import public_text
from pos.hub.devices import list_devices, make_code
from pos.keyfile import find_device
from pos.settings import HubSettings, Settings, TillSettings
from pos.storage import catalogue, signatures
from pos.storage.database import only_one
from pos.sync.client import HubClient
from pos.sync.disk import JournalOutbox
from pos.sync.enrolment import enrol_device, enrol_office, enrol_till
from pos.sync.exchange import push_once
from pos.till import sell, shifts
from pos.till.till import Till, open_till
from tests.fakes import LIN, SHELF, WATER
from tests.unit.hub.devices import HUB_KEY, key_of
from tests.unit.hub.kit import NOON, TILL, StoppedClock
from tests.unit.sync.kit import Line


@pytest.fixture
def settings(quick: Path, hub_url: str) -> Settings:
    return Settings(quick / "shop", TillSettings(store="0017", till="03"), hub=HubSettings(hub_url))


def sell_one(till: Till) -> None:
    cart = sell.new_cart(till)
    sell.scan(till, cart, WATER)
    sell.pay_cash(till, cart, Money(200))


def open_stocked(settings: Settings) -> Till:
    till = open_till(settings)
    catalogue.apply_feed(till.prices, SHELF, [], "")
    if shifts.current_shift(till) is None:
        shifts.open_shift(till, LIN, Money(0))
    return till


def test_a_till_sells_before_it_is_enrolled_and_all_of_it_is_signed_and_sent_afterwards(
    settings: Settings, sqlite_engine: Engine, clock: StoppedClock
) -> None:
    till = open_stocked(settings)
    sell_one(till)
    till.close()
    device, count = enrol_till(settings, str(make_code(sqlite_engine, TILL, NOON)).lower())
    assert count == 2
    till = open_stocked(settings)
    sell_one(till)
    found = signatures.verify_signatures(till.db, TILL, 1, device.keys)
    assert (found.good, dict(found.faults)) == (3, {})
    with HubClient(settings.hub.url, till.device, clock=clock) as client:
        push_once(client, JournalOutbox(till.db, till.identity, till.device), clock)
    assert till.device
    assert till.device.hub_key == HUB_KEY.public_key()
    assert JournalOutbox(till.db, till.identity).backlog().count == 0
    till.close()


def test_a_till_whose_key_cannot_be_read_sells_and_signs_later(settings: Settings, sqlite_engine: Engine) -> None:
    device, _ = enrol_till(settings, str(make_code(sqlite_engine, TILL, NOON)))
    settings.device_file.chmod(0o644)
    till = open_stocked(settings)
    sell_one(till)
    till.close()
    settings.device_file.chmod(0o600)
    till = open_stocked(settings)
    outbox = JournalOutbox(till.db, till.identity, till.device)
    assert all(entry.signature == device.sign(entry.hash) for entry in outbox.unsent(10))
    till.close()


def test_another_tills_key_is_not_used(settings: Settings, sqlite_engine: Engine) -> None:
    enrol_till(settings, str(make_code(sqlite_engine, TILL, NOON)))
    copied = replace(settings, data_dir=settings.data_dir.parent / "other", till=TillSettings("0017", "04"))
    copied.data_dir.mkdir()
    copied.device_file.write_bytes(settings.device_file.read_bytes())
    copied.device_file.chmod(0o600)
    till = open_till(copied)
    assert till.device is None
    till.close()


def test_the_key_is_in_its_file_and_nowhere_else(
    settings: Settings, sqlite_engine: Engine, caplog: pytest.LogCaptureFixture, quick: Path
) -> None:
    caplog.set_level(0)
    code = make_code(sqlite_engine, TILL, NOON)
    device, _ = enrol_till(settings, str(code))
    till = open_stocked(settings)
    sell_one(till)
    till.close()
    raw = device.key.private_bytes_raw()
    forms = [raw, raw.hex().encode(), base64.b64encode(raw), base64.urlsafe_b64encode(raw)]
    forms += [code.text.encode(), str(code).encode(), code.text[4:].encode()]
    others = [path for path in quick.rglob("*") if path.is_file() and path != settings.device_file]
    assert len(others) > 3
    for path in others:
        assert not [form for form in forms if form in path.read_bytes()], path
    assert not [form for form in forms if form in caplog.text.encode()]


@pytest.mark.parametrize("typed", ["", "0000-0000-0000", "hello", "7KQ2-M9XD-01TA"])
def test_a_wrong_code_leaves_everything_as_it_was(settings: Settings, sqlite_engine: Engine, typed: str) -> None:
    make_code(sqlite_engine, TILL, NOON)
    with pytest.raises(CodeRefused):
        enrol_till(settings, typed)
    assert not settings.device_file.exists()


def test_a_till_that_runs_is_not_enrolled_behind_its_back(settings: Settings, sqlite_engine: Engine) -> None:
    code = str(make_code(sqlite_engine, TILL, NOON))
    with only_one(settings.data_dir), pytest.raises(DatabaseInUse):
        enrol_till(settings, code)
    enrol_till(settings, code)


def test_anothers_files_are_not_enrolled(settings: Settings, sqlite_engine: Engine) -> None:
    open_till(settings).close()
    other = replace(settings, till=TillSettings("0017", "04"))
    with pytest.raises(WrongTill):
        enrol_till(other, str(make_code(sqlite_engine, "0017-04", NOON)))


def test_enrolled_again_the_till_has_a_new_key_and_its_old_entries_are_still_its_own(
    settings: Settings, sqlite_engine: Engine
) -> None:
    first, _ = enrol_till(settings, str(make_code(sqlite_engine, TILL, NOON)))
    till = open_stocked(settings)
    sell_one(till)
    till.close()
    settings.device_file.unlink()
    second, count = enrol_till(settings, str(make_code(sqlite_engine, TILL, NOON)))
    assert (count, set(first.keys) < set(second.keys)) == (0, True)
    till = open_stocked(settings)
    assert signatures.verify_signatures(till.db, TILL, 1, second.keys).good == 2
    till.close()
    assert len([each for each in list_devices(sqlite_engine) if not each.revoked_at and each.name == TILL]) == 1


class _Forger(HubClient):
    """A hub in the middle that does not know the code: it says that the till is taken, and gives its own key."""

    def enrol(self, wanted: Mapping[str, str]) -> Mapping[str, Any]:
        theirs, keys = public_text(key_of("forger").public_key()), [wanted["public_key"]]
        return {"hub_key": theirs, "keys": keys, "proof": hub_proof(b"?" * 32, wanted["nonce"], theirs, keys)}


class _Meddler(HubClient):
    """The real hub's answer, with another hub's key put in."""

    def enrol(self, wanted: Mapping[str, str]) -> Mapping[str, Any]:
        return {**super().enrol(wanted), "hub_key": public_text(key_of("forger").public_key())}


@pytest.mark.parametrize("kind", [_Forger, _Meddler])
def test_a_hub_that_does_not_know_the_code_is_not_pinned(
    kind: type[HubClient], hub_url: str, sqlite_engine: Engine
) -> None:
    code = str(make_code(sqlite_engine, TILL, NOON))
    with kind(hub_url) as hub, pytest.raises(HubNotOurs):
        enrol_device(hub, TILL, code)


def test_the_code_does_not_travel(hub_url: str, sqlite_engine: Engine, line: Line) -> None:
    code = make_code(sqlite_engine, TILL, NOON)
    with HubClient(hub_url, transport=line) as hub:
        enrol_device(hub, TILL, str(code))
    assert code.text[4:].encode() not in line.sent[0].content


def test_a_lost_answer_is_asked_for_again_with_the_same_key(
    hub_url: str, sqlite_engine: Engine, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, lost = HubClient.enrol, [True]

    def enrol(hub: HubClient, wanted: Mapping[str, str]) -> Mapping[str, Any]:
        told = real(hub, wanted)
        if lost.pop() if lost else False:
            raise HubUnreachable(reason="cut")
        return told

    monkeypatch.setattr(HubClient, "enrol", enrol)
    with HubClient(hub_url, transport=line) as hub:
        device = enrol_device(hub, TILL, str(make_code(sqlite_engine, TILL, NOON)))
    assert len(line.sent) == 2
    assert device.name == TILL


def test_an_office_is_enrolled_the_same_way(hub_url: str, sqlite_engine: Engine, tmp_path: Path) -> None:
    enrol_office(hub_url, "office.lin", str(make_code(sqlite_engine, "office.lin", NOON)), tmp_path / "desk.key")
    found = find_device(tmp_path / "desk.key")
    assert found
    with HubClient(hub_url, found, clock=StoppedClock()) as hub:
        assert hub.post("/v1/catalogue", {"removed": []}) == {"changed": 0, "cursor": ""}

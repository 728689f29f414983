"""Real programs: the head office gives its stores rules by command, and a till goes by them."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.__main__ import main
from pos.clock import SystemClock
from pos.keyfile import keep_device
from pos.storage.catalogue import find_rules
from pos.sync.client import HubClient
from pos.sync.runner import Sync
from pos.till import rules
from tests.unit.hub.devices import device_of
from tests.unit.hub.kit import HubProcess
from tests.unit.sync.kit import TillDisk


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[HubProcess]:
    keep_device(tmp_path / "office.key", device_of("office"))
    with HubProcess(f"sqlite:///{tmp_path / 'hub.db'}") as hub:
        yield hub


def give(hub: HubProcess, folder: Path, document: object, *words: str, capsys: pytest.CaptureFixture[str]) -> str:
    (folder / "rules.json").write_text(json.dumps(document), "utf-8")
    file = [] if document is None else [str(folder / "rules.json")]
    assert main(["office", "--hub", hub.url, "--key", str(folder / "office.key"), "rules", *file, *words]) == 0
    return str(json.loads(capsys.readouterr().out)["version"])


def test_a_store_goes_by_its_own_rules_then_by_those_for_all_and_a_killed_hub_forgets_none(
    hub: HubProcess, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bags = {"tiles": [{"name": "购物袋", "pinned": 1, "tiles": ["700001"]}]}
    half = {"id": "half", "kind": "nth_piece", "name": "第二件半价", "name_en": "Second at half price",
            "scope": {"all": 1}, "percent_off": 50}  # fmt: skip
    for_all = give(hub, tmp_path, {"promotions": [half]}, capsys=capsys)
    own = give(hub, tmp_path, bags, "--store", "0017", capsys=capsys)
    hub.kill()
    hub.start()
    disk = TillDisk(tmp_path / "till")
    with HubClient(hub.url, disk.device) as client:
        sync = Sync(client, disk.outbox, disk.sink, SystemClock(), random=lambda: 0.0, check=rules.check)
        sync.step()
        assert find_rules(disk.prices) == (own, bags)
        give(hub, tmp_path, {"tiles": [{"name": ""}]}, "--store", "0017", capsys=capsys)
        sync = Sync(client, disk.outbox, disk.sink, SystemClock(), random=lambda: 0.0, check=rules.check)
        sync.step()
        assert (find_rules(disk.prices), sync.status().problem) == ((own, bags), "P-409")
        assert give(hub, tmp_path, None, "--store", "0017", capsys=capsys) == for_all
        sync = Sync(client, disk.outbox, disk.sink, SystemClock(), random=lambda: 0.0, check=rules.check)
        sync.step()
        assert (find_rules(disk.prices)[0], sync.status().problem) == (for_all, "")
    disk.close()

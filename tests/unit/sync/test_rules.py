"""The store's rules come down whole or not at all, and a bad document is said once."""

import logging
from collections.abc import Mapping
from typing import Any

import httpx
import pytest

from pos.domain.errors import BadTiles, RulesRefused
from pos.storage.catalogue import find_rules
from pos.sync.client import HubClient
from pos.sync.exchange import pull_rules
from pos.sync.runner import Sync, accept
from tests.unit.hub.kit import StoppedClock
from tests.unit.sync.kit import Line, TillDisk, answer, skus
from tests.unit.sync.test_exchange import cola
from tests.unit.sync.test_runner import settle

HALF = {"promotions": [{"id": "half", "name": "第二件半价"}]}


def bring(hub: httpx.Client, rules: Mapping[str, Any], store: str = "0017") -> str:
    return str(hub.post("/v1/rules", json={"store": store, "rules": rules}).json()["version"])


def no_tiles(_version: str, document: Mapping[str, Any]) -> None:
    if "tiles" in document:
        raise BadTiles(page=1, field="name")


def test_rules_come_down_with_their_version_and_only_once(
    disk: TillDisk, client: HubClient, hub: httpx.Client, line: Line
) -> None:
    version = bring(hub, HALF)
    pull_rules(client, disk.sink, "0017", accept)
    assert find_rules(disk.prices) == (version, HALF)
    pull_rules(client, disk.sink, "0017", accept)
    assert line.asked == ["GET /v1/rules?store=0017&after=", f"GET /v1/rules?store=0017&after={version}"]


def test_rules_that_are_taken_away_are_gone(disk: TillDisk, client: HubClient, hub: httpx.Client) -> None:
    bring(hub, HALF)
    pull_rules(client, disk.sink, "0017", accept)
    hub.post("/v1/rules", json={"store": "0017"})
    pull_rules(client, disk.sink, "0017", accept)
    assert find_rules(disk.prices) == ("", {})


def test_a_bad_document_leaves_the_one_before_in_force(disk: TillDisk, client: HubClient, hub: httpx.Client) -> None:
    good = bring(hub, HALF)
    pull_rules(client, disk.sink, "0017", no_tiles)
    bad = bring(hub, HALF | {"tiles": []})
    with pytest.raises(RulesRefused) as refused:
        pull_rules(client, disk.sink, "0017", no_tiles)
    assert refused.value.facts["version"] == bad
    assert "P-619" in str(refused.value)
    assert find_rules(disk.prices) == (good, HALF)


@pytest.mark.parametrize("rules", [{"a": 0.5}, {"a": None}, {"名": 1}])
def test_what_no_hub_of_ours_would_send_is_kept_out(
    disk: TillDisk, client: HubClient, line: Line, rules: dict[str, Any]
) -> None:
    line.answers = [answer(200, {"version": "9-00000000", "rules": rules})]
    with pytest.raises(RulesRefused):
        pull_rules(client, disk.sink, "0017", accept)
    assert find_rules(disk.prices) == ("", {})


def test_a_hub_from_before_there_were_rules_is_no_trouble(disk: TillDisk, client: HubClient, line: Line) -> None:
    line.answers = [answer(404, {"code": "no_such_call"})]
    pull_rules(client, disk.sink, "0017", accept)
    assert find_rules(disk.prices) == ("", {})


def test_a_till_does_not_hear_another_stores_rules(disk: TillDisk, client: HubClient, hub: httpx.Client) -> None:
    bring(hub, HALF, "0018")
    pull_rules(client, disk.sink, "0017", accept)
    assert find_rules(disk.prices) == ("", {})
    asked = client._way.signed("GET", "/v1/rules", params={"store": "0018", "after": ""})
    assert (asked.status, b"not_yours" in asked.body) == (403, True)


def test_a_bad_document_is_said_in_the_status_and_once_in_the_log_and_prices_go_on(
    disk: TillDisk, client: HubClient, hub: httpx.Client, clock: StoppedClock, caplog: pytest.LogCaptureFixture
) -> None:
    sync = Sync(client, disk.outbox, disk.sink, clock, random=lambda: 1.0, check=no_tiles)
    bring(hub, {"tiles": []})
    with caplog.at_level(logging.WARNING):
        for number in range(3):
            hub.post("/v1/catalogue", json={"products": [cola(str(number))]})
            settle(sync)
            clock.move(60)
    assert (sync.status().problem, sync.status().is_online) == ("P-409", True)
    assert sum("P-409" in record.getMessage() for record in caplog.records) == 1
    assert skus(disk.sink) == ["0", "1", "2"]
    bring(hub, HALF)
    settle(sync)
    assert sync.status().problem == ""
    assert find_rules(disk.prices)[1] == HALF

"""No answer counts that the pinned hub did not give to this very request; and no clock stops a till for ever."""

import gzip
from datetime import timedelta

import httpx
import pytest

from pos.domain.errors import DeviceRefused, HubNotOurs, HubRefused, HubUnreachable, NotEnrolled
from pos.sync import signed_way
from pos.sync.client import HubClient, Kept
from pos.sync.exchange import pull_once, push_once
from pos.sync.runner import Sync
from tests.unit.hub.devices import Raw, device_of, key_of, sealed
from tests.unit.hub.kit import NOON, TILL, StoppedClock
from tests.unit.sync.kit import Line, TillDisk, answer, skus
from tests.unit.sync.test_exchange import cola

FAKE = cola("1", 1) | {"name_en": "", "pinyin": "", "category": ""}
HEAD = {"epoch": 1, "acked": 0, "head": "0" * 64}


@pytest.fixture
def alone(line: Line, clock: StoppedClock) -> HubClient:
    """A client whose line answers by itself."""
    return HubClient("http://hub.example", device_of(TILL), transport=line, clock=clock)


def test_without_a_key_nothing_is_asked_and_nothing_believed(line: Line, disk: TillDisk, clock: StoppedClock) -> None:
    client = HubClient("http://hub.example", transport=line)
    disk.sell(1)
    with pytest.raises(NotEnrolled):
        push_once(client, disk.outbox, clock)
    with pytest.raises(NotEnrolled):
        pull_once(client, disk.sink)
    assert line.asked == []


def test_a_till_without_a_key_says_so_and_leaves_the_hub_alone(disk: TillDisk, line: Line, clock: StoppedClock) -> None:
    sync = Sync(HubClient("http://hub.example", transport=line), disk.outbox, disk.sink, clock, random=lambda: 0.5)
    disk.sell(1)
    assert sync.step() == 300
    assert (sync.status().problem, sync.status().is_online, sync.status().unsent) == ("P-404", False, 1)
    assert line.asked == []


def test_a_forged_ack_is_not_believed(disk: TillDisk, client: HubClient, line: Line, clock: StoppedClock) -> None:
    disk.sell(2)
    ack = {"epoch": 1, "acked": 2, "head": disk.outbox.entry_hash(1, 2)}
    for line.signs in (None, key_of("fake hub")):
        line.answers = [answer(200, ack)]
        with pytest.raises(HubNotOurs):
            push_once(client, disk.outbox, clock)
    assert disk.acked == 0


def test_a_fake_hub_changes_no_price(disk: TillDisk, client: HubClient, line: Line, hub: httpx.Client) -> None:
    hub.post("/v1/catalogue", json={"products": [cola("1")]})
    pull_once(client, disk.sink)
    before = disk.prices.execute("SELECT sku, price_fen FROM products").fetchall()
    page = {"items": [{"cursor": "9-aaaaaaaa", "product": FAKE}], "next": "9-aaaaaaaa", "more": 0}
    for line.signs in (None, key_of("fake hub")):
        line.answers = [answer(200, page)]
        with pytest.raises(HubNotOurs):
            pull_once(client, disk.sink)
    assert disk.prices.execute("SELECT sku, price_fen FROM products").fetchall() == before


def test_an_old_answer_of_the_hub_itself_is_no_answer_to_a_new_request(alone: HubClient, line: Line) -> None:
    line.answers = [answer(200, HEAD)]
    assert alone.head(TILL, 1) == Kept(1, 0, "0" * 64)
    recorded = sealed(line.sent[0], answer(200, HEAD), at=NOON)
    line.signs, line.answers = None, [recorded]
    with pytest.raises(HubNotOurs, match="for another request"):
        alone.head(TILL, 1)


@pytest.mark.parametrize("status", [200, 400, 401, 409, 410, 422])
def test_what_makes_a_till_do_something_must_be_signed(alone: HubClient, line: Line, status: int) -> None:
    line.signs, line.answers = None, [answer(status, HEAD | {"code": "gap"})]
    with pytest.raises(HubNotOurs):
        alone.head(TILL, 1)


def test_only_patience_may_be_asked_for_by_anybody(alone: HubClient, line: Line) -> None:
    line.signs, line.answers = None, [answer(503, {"code": "busy"}, {"retry-after": "7"})]
    with pytest.raises(HubRefused) as refused:
        alone.head(TILL, 1)
    assert refused.value.facts["retry_after_s"] == 7


def test_older_prices_are_not_followed_unless_the_hub_says_that_it_forgot(
    disk: TillDisk, client: HubClient, line: Line, hub: httpx.Client
) -> None:
    hub.post("/v1/catalogue", json={"products": [cola("1"), cola("2")]})
    pull_once(client, disk.sink)
    older = {"items": [{"cursor": "1-aaaaaaaa", "product": FAKE}], "next": "1-aaaaaaaa", "more": 0}
    line.answers = [answer(200, older)]
    with pytest.raises(HubRefused, match="older_feed"):
        pull_once(client, disk.sink)
    assert skus(disk.sink) == ["1", "2"]
    line.answers = [answer(410, {"code": "cursor_lost"}), answer(200, older)]
    pull_once(client, disk.sink)
    assert disk.sink.cursor() == "1-aaaaaaaa"


@pytest.mark.parametrize("seconds", [-86_400, -301, 301, 30_000_000])
def test_a_till_whose_clock_is_wrong_sends_and_says_so(
    hub_url: str, disk: TillDisk, clock: StoppedClock, seconds: int
) -> None:
    wrong, line = StoppedClock(), Line(clock)
    wrong.at += timedelta(seconds=seconds)
    with HubClient(hub_url, device_of(TILL), transport=line, clock=wrong) as client:
        sync = Sync(client, disk.outbox, disk.sink, wrong, random=lambda: 0.5)
        disk.sell(1)
        sync.step()
        assert (disk.acked, len(line.sent)) == (1, 4)  # refused once, and sent again; then the prices and the rules
        assert sync.status().problem == "P-407"
        wrong.at -= timedelta(seconds=2 * seconds)
        disk.sell(1)
        sync.hurry()
        sync.step()
        assert disk.acked == 2
        wrong.at += timedelta(seconds=seconds)
        sync.hurry()
        sync.step()
        sync.step()
        assert sync.status().problem == ""


def test_a_revoked_till_is_told_and_goes_on_selling(
    disk: TillDisk, client: HubClient, line: Line, clock: StoppedClock
) -> None:
    line.answers = [answer(401, {"code": "revoked"})]
    disk.sell(1)
    with pytest.raises(DeviceRefused, match="revoked"):
        push_once(client, disk.outbox, clock)
    disk.sell(1)
    assert disk.outbox.backlog().count == 2


def test_an_answer_without_end_is_given_up(alone: HubClient, line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signed_way, "ANSWER_MAX_BYTES", 100_000)
    line.answers = [httpx.Response(200, stream=Raw(b" " * 100_001))]
    with pytest.raises(HubUnreachable, match="too long"):
        alone.head(TILL, 1)
    bomb = gzip.compress(b" " * 10_000_000)
    line.answers = [httpx.Response(200, headers={"content-encoding": "gzip"}, stream=Raw(bomb))]
    with pytest.raises(HubUnreachable, match="too long"):
        alone.head(TILL, 1)
    line.answers = [httpx.Response(200, headers={"content-encoding": "gzip"}, stream=Raw(b"no gzip"))]
    with pytest.raises(HubUnreachable, match="unpacked"):
        alone.head(TILL, 1)


def test_each_request_says_something_that_was_never_said(alone: HubClient, line: Line) -> None:
    line.answers = [answer(200, HEAD) for _ in range(20)]
    for _ in range(20):
        alone.head(TILL, 1)
    assert len({request.headers["signature"] for request in line.sent}) == 20


def test_a_till_with_a_right_clock_says_when_it_is(alone: HubClient, line: Line, clock: StoppedClock) -> None:
    line.answers = [answer(200, HEAD)]
    alone.head(TILL, 1)
    assert f"created={int(clock.at.timestamp())};" in line.sent[0].headers["signature-input"]
    assert alone.clock_apart_s == 0

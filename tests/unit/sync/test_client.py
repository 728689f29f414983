"""Whatever answers, or does not, becomes one of three errors."""

import gzip
import json
import socket

import httpx
import pytest

from pos.domain.errors import HubRefused, HubUnreachable, JournalFork, SettingsUnreadable
from pos.sync.client import FeedPage, Gap, HubClient, Kept
from tests.unit.hub.devices import Raw, device_of
from tests.unit.hub.kit import TILL, StoppedClock, chain, on_the_wire, sales
from tests.unit.sync.kit import Line, answer

JOURNAL = sales(2)


@pytest.fixture
def alone(line: Line) -> HubClient:
    """A client whose line answers by itself."""
    return HubClient("http://hub.example", device_of(TILL), transport=line)


def refusal(client: HubClient) -> dict[str, object]:
    with pytest.raises(HubRefused) as found:
        client.send(JOURNAL)
    return found.value.facts


def test_what_is_sent_is_what_the_protocol_says(alone: HubClient, line: Line) -> None:
    line.answers = [answer(200, {"epoch": 1, "acked": 2, "head": JOURNAL[1].hash})]
    assert alone.send(JOURNAL) == Kept(1, 2, JOURNAL[1].hash)
    request = line.sent[0]
    assert (request.method, request.url.path) == ("POST", "/v1/tills/0017-03/entries")
    assert (request.headers["content-type"], request.headers["content-encoding"]) == ("application/json", "gzip")
    assert json.loads(gzip.decompress(request.content)) == {"entries": [on_the_wire(entry) for entry in JOURNAL]}


def test_a_body_travels_verbatim(alone: HubClient, line: Line) -> None:
    odd = chain([("note.written", {"text": '“\\"\u0001\u2028🛒'})])
    line.answers = [answer(200, {"epoch": 1, "acked": 1, "head": odd[0].hash})]
    alone.send(odd)
    assert json.loads(gzip.decompress(line.sent[0].content))["entries"][0]["body"].encode() == odd[0].body


def test_a_gap_is_an_answer(alone: HubClient, line: Line) -> None:
    line.answers = [answer(409, {"code": "gap", "epoch": 1, "send_from": 1})]
    assert alone.send(JOURNAL) == Gap(1, 1)


def test_a_fork_is_an_alarm(alone: HubClient, line: Line) -> None:
    line.answers = [answer(409, {"code": "fork", "epoch": 1, "seq": 2, "text": "both are kept"})]
    with pytest.raises(JournalFork) as found:
        alone.send(JOURNAL)
    assert found.value.facts == {"seq": 2}


def test_a_refusal_carries_its_code_and_its_pause(alone: HubClient, line: Line) -> None:
    line.answers = [answer(503, {"code": "busy", "text": "32 requests"}, {"retry-after": "7"})]
    assert refusal(alone) == {"status": 503, "code": "busy", "text": "32 requests", "seq": 0, "retry_after_s": 7}


@pytest.mark.parametrize(
    ("header", "pause_s"),
    [
        ("0", 0),
        ("12", 12),
        ("999999", 300),
        ("-5", 0),
        ("soon", 0),
        ("Wed, 21 Oct 2026 07:28:00 GMT", 0),
        ("²", 0),
        ("", 0),
    ],
)
def test_a_pause_is_read_with_care(alone: HubClient, line: Line, header: str, pause_s: int) -> None:
    line.answers = [httpx.Response(503, stream=Raw(b'{"code":"busy"}'), headers=[(b"retry-after", header.encode())])]
    assert refusal(alone)["retry_after_s"] == pause_s


def test_a_broken_proxy_before_the_hub_is_a_refusal(alone: HubClient, line: Line) -> None:
    line.answers = [httpx.Response(502, stream=Raw(b"<h1>Bad Gateway</h1>"), headers={"retry-after": "3"})]
    assert refusal(alone) == {"status": 502, "code": "", "seq": 0, "retry_after_s": 3}


@pytest.mark.parametrize(
    "strange",
    [
        (200, b"<html>Log in to ShopWiFi</html>"),
        (302, b""),
        (200, b"\xff"),
        (204, b""),
        (404, b"<h1>Not Found</h1>"),
        (409, b"conflict"),
    ],
)
def test_somebody_else_answering_is_no_hub(alone: HubClient, line: Line, strange: tuple[int, bytes]) -> None:
    line.signs = None
    line.answers = [httpx.Response(strange[0], stream=Raw(strange[1]))]
    with pytest.raises(HubUnreachable):
        alone.send(JOURNAL)


@pytest.mark.parametrize("body", [{"acked": "2"}, [], 1])
def test_a_hub_that_speaks_otherwise_is_none(alone: HubClient, line: Line, body: object) -> None:
    line.answers = [answer(200, body)]
    with pytest.raises(HubUnreachable):
        alone.send(JOURNAL)


def test_a_page_of_the_catalogue_is_read(alone: HubClient, line: Line) -> None:
    cola = {"sku": "1", "name": "可乐", "name_en": "", "price_fen": 350, "unit": "piece", "tax_code": "13",
            "tax_permille": 130, "pinyin": "kl", "category": "", "barcodes": ["69"]}  # fmt: skip
    items = [{"cursor": "1-aa", "product": cola}, {"cursor": "2-aa", "removed": "9"}]
    line.answers = [answer(200, {"items": items, "next": "2-aa", "more": 1})]
    assert alone.catalogue("", 2) == FeedPage([cola | {"packs": []}], ["9"], "2-aa", has_more=True)


def test_a_page_of_something_else_is_no_catalogue(alone: HubClient, line: Line) -> None:
    line.answers = [answer(200, {"items": [{"cursor": "1-aa", "product": {"sku": "1"}}], "next": "1-aa", "more": 0})]
    with pytest.raises(HubUnreachable):
        alone.catalogue("", 2)


def test_nobody_listening_is_unreachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with HubClient(f"http://127.0.0.1:{port}", device_of(TILL)) as client, pytest.raises(HubUnreachable):
        client.head("0017-03", 1)


def test_a_hub_that_never_answers_is_given_up() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as silent,
        HubClient(f"http://127.0.0.1:{silent.getsockname()[1]}", device_of(TILL), timeout_s=0.05) as client,
        pytest.raises(HubUnreachable, match="ReadTimeout"),
    ):
        client.head("0017-03", 1)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "hub.example",
        "ftp://hub.example",
        "http://",
        "http://[",
        "http://a b",
        "http://hub:port",
        "http://hub:99999",
        "http://u:p@hub",
    ],
)
def test_an_address_that_is_none_is_told_at_once(url: str) -> None:
    with pytest.raises(SettingsUnreadable):
        HubClient(url)


def test_a_proxy_of_the_environment_is_not_asked(
    monkeypatch: pytest.MonkeyPatch, hub_url: str, clock: StoppedClock
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    with HubClient(hub_url, device_of(TILL), clock=clock) as client:
        assert client.head("0017-03", 1).seq == 0

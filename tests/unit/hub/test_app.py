"""The protocol over real HTTP: every answer has its status and code, and nothing makes a 500."""

import gzip
import json
import shutil
import socket
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from pos.domain.entry import GENESIS
from pos.domain.errors import PortTaken
from pos.hub import requests, schema
from pos.hub.app import create_app, listen_on, serve
from pos.hub.database import open_engine
from tests.unit.hub.kit import TILL, StoppedClock, chain, dump, on_the_wire, post, sale_body, sales, served

JSON = {"content-type": "application/json"}
EMPTY_GZIP = gzip.compress(b"{}", mtime=0)  # the time would make each run another test
ENTRIES = f"/v1/tills/{TILL}/entries"


@pytest.fixture(scope="module")
def stern_hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """One hub for all the requests that leave nothing behind."""
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('hub') / 'hub.db'}")
    with served(create_app(engine, StoppedClock())) as url, httpx.Client(base_url=url, trust_env=False) as client:
        yield client
    engine.dispose()


def request_head(length: int, *more: str) -> bytes:
    """The beginning of a batch sent by hand, for tests that stop in the middle."""
    lines = [
        f"POST {ENTRIES} HTTP/1.1",
        "host: x",
        "content-type: application/json",
        f"content-length: {length}",
        *more,
    ]
    return "\r\n".join([*lines, "", ""]).encode()


def told(answer: httpx.Response) -> tuple[int, dict[str, Any]]:
    body = answer.json()
    body.pop("text", None)
    return answer.status_code, body


def test_a_batch_is_acknowledged_and_the_head_is_the_same(hub: httpx.Client) -> None:
    journal = sales(3)
    expected = {"epoch": 1, "acked": 3, "head": journal[2].hash}
    assert told(post(hub, journal)) == (200, expected)
    assert told(hub.get(f"/v1/tills/{TILL}/head")) == (200, expected)
    assert told(hub.get(f"/v1/tills/{TILL}/head?epoch=1")) == (200, expected)
    assert told(hub.get(f"/v1/tills/{TILL}/head?epoch=7")) == (200, {"epoch": 7, "acked": 0, "head": GENESIS})


def test_a_till_never_heard_of_starts_at_nothing(stern_hub: httpx.Client) -> None:
    assert told(stern_hub.get("/v1/tills/0099-01/head")) == (200, {"epoch": 1, "acked": 0, "head": GENESIS})


def test_a_gap_says_where_to_send_from(stern_hub: httpx.Client) -> None:
    assert told(post(stern_hub, sales(5)[2:])) == (409, {"code": "gap", "epoch": 1, "send_from": 1})


def test_a_fork_is_told_and_listed(hub: httpx.Client) -> None:
    post(hub, sales(2))
    other = sales(2, first=50)
    assert told(post(hub, other)) == (409, {"code": "fork", "epoch": 1, "seq": 1})
    listed = hub.get("/v1/forks").json()
    assert listed["count"] == 2
    assert [entry["hash"] for entry in listed["entries"]] == [entry.hash for entry in other]


def test_an_entry_that_is_not_its_hash_takes_its_whole_batch_down(hub: httpx.Client, sqlite_engine: Engine) -> None:
    journal = sales(3)
    journal[1] = replace(journal[1], body=journal[1].body.replace(b"2200", b"2100"))
    assert told(post(hub, journal)) == (422, {"code": "bad_hash", "epoch": 1, "seq": 2})
    assert dump(sqlite_engine, schema.entries, schema.forks, schema.till_heads) == [[], [], []]


def test_another_tills_entries_are_untrue_here(stern_hub: httpx.Client) -> None:
    assert told(post(stern_hub, sales(1, till="0017-04"))) == (422, {"code": "bad_hash", "epoch": 1, "seq": 1})


def test_entries_must_follow_each_other(stern_hub: httpx.Client) -> None:
    journal = sales(3)
    assert told(post(stern_hub, [journal[0], journal[2]])) == (422, {"code": "not_consecutive", "seq": 3})


@pytest.mark.parametrize(
    "change",
    [
        {"seq": 0}, {"seq": "1"}, {"seq": 1.5}, {"seq": 2**53}, {"epoch": 0}, {"epoch": 2**31}, {"version": 0},
        {"hash": "AB" * 32}, {"hash": "ab" * 32 + "\n"}, {"prev": "0" * 63}, {"id": ""}, {"id": "a b"},
        {"id": "x" * 65}, {"at": "2026-11-23 04:00:00.000Z"}, {"at": "2026-11-23T04:00:00.000Z\n"},
        {"at": "٢026-11-23T04:00:00.000Z"},
        {"kind": "Sale"}, {"kind": ""}, {"kind": "a" * 65}, {"body": 7}, {"body": ""}, {"body": "x" * 262_145},
        {"more": 1}, {"hash": None},
    ],
)  # fmt: skip
def test_an_entry_of_another_shape_is_malformed(stern_hub: httpx.Client, change: dict[str, object]) -> None:
    entry = on_the_wire(sales(1)[0]) | change
    answer = stern_hub.post(ENTRIES, json={"entries": [entry]})
    assert told(answer) == (422, {"code": "malformed"})


@pytest.mark.parametrize(
    "body", [{}, {"entries": []}, {"entries": {}}, {"entries": [{}]}, [], "x", 1, None, {"entries": [1]}]
)
def test_a_batch_of_another_shape_is_malformed(stern_hub: httpx.Client, body: object) -> None:
    assert told(stern_hub.post(ENTRIES, content=json.dumps(body), headers=JSON)) == (422, {"code": "malformed"})


def test_a_body_is_measured_in_bytes(stern_hub: httpx.Client) -> None:
    entry = on_the_wire(sales(1)[0]) | {"body": "满" * 87_382}  # 262,146 bytes in fewer characters
    assert told(stern_hub.post(ENTRIES, json={"entries": [entry]})) == (422, {"code": "malformed", "seq": 1})


def test_a_hundred_entries_are_taken_and_a_hundred_and_one_are_not(hub: httpx.Client) -> None:
    journal = chain([("shift.opened", {"n": number}) for number in range(101)])
    assert told(post(hub, journal)) == (422, {"code": "malformed"})
    assert post(hub, journal[:100]).json()["acked"] == 100


@pytest.mark.parametrize(
    "raw",
    [b"", b"{", b"\xff\xfe", b"[" * 100_000, b'{"x":' * 100_000, b'"\xed\xa0\x80"',
     b'{"entries":[{"body":"\\ud800"}]}', b'{"entries":[{"body":"\xed\xa0\x80"}]}', b'{"entries":[{"body":"\xff"}]}'],
)  # fmt: skip
def test_what_is_not_json_is_told_so(stern_hub: httpx.Client, raw: bytes) -> None:
    status, body = told(stern_hub.post(ENTRIES, content=raw, headers=JSON))
    assert (status, body["code"]) in {(400, "not_json"), (422, "malformed")}


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({}, "content_type"),
        ({"content-type": "text/plain"}, "content_type"),
        (JSON | {"content-encoding": "br"}, "content_encoding"),
        (JSON | {"content-encoding": "gzip, gzip"}, "content_encoding"),
    ],
)
def test_other_types_and_encodings_are_not_supported(
    stern_hub: httpx.Client, headers: dict[str, str], code: str
) -> None:
    assert told(stern_hub.post(ENTRIES, content=b"{}", headers=headers)) == (415, {"code": code})


def test_a_gzipped_batch_is_taken(hub: httpx.Client) -> None:
    raw = gzip.compress(json.dumps({"entries": [on_the_wire(entry) for entry in sales(20)]}).encode())
    answer = hub.post(ENTRIES, content=raw, headers=JSON | {"content-encoding": "gzip"})
    assert answer.json()["acked"] == 20


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{}",
        EMPTY_GZIP[:-3],
        EMPTY_GZIP + b"x",
        EMPTY_GZIP * 2,
        b"\x1f\x8b" + b"\x00" * 40,
    ],
)
def test_what_is_not_one_whole_gzip_member_is_told_so(stern_hub: httpx.Client, raw: bytes) -> None:
    answer = stern_hub.post(ENTRIES, content=raw, headers=JSON | {"content-encoding": "gzip"})
    assert told(answer) == (400, {"code": "not_gzip"})


def test_a_gzip_bomb_is_too_large_before_it_goes_off(stern_hub: httpx.Client) -> None:
    bomb = gzip.compress(b" " * 200_000_000, 9)
    assert len(bomb) < 1_000_000
    answer = stern_hub.post(ENTRIES, content=bomb, headers=JSON | {"content-encoding": "gzip"})
    assert told(answer) == (413, {"code": "too_large"})


def test_a_gzip_bomb_takes_no_more_memory_than_is_allowed() -> None:
    bomb = gzip.compress(b" " * 200_000_000, 9)
    tracemalloc.start()
    with pytest.raises(requests.Refusal):
        requests._gunzip(bomb)
    _, peak_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak_bytes < 25_000_000


def test_a_body_of_a_million_bytes_is_read_and_one_more_is_not(stern_hub: httpx.Client) -> None:
    assert told(stern_hub.post(ENTRIES, content=b" " * 1_000_000, headers=JSON))[0] == 400
    assert told(stern_hub.post(ENTRIES, content=b" " * 1_000_001, headers=JSON)) == (413, {"code": "too_large"})


@pytest.mark.parametrize(
    "till", ["0017", "0017-", "-03", "0017-03-1", "00 17-03", "٠٠17-03", "a" * 17 + "-1", "0017-03%0A"]
)
def test_a_till_is_named_store_till(stern_hub: httpx.Client, till: str) -> None:
    assert told(stern_hub.get(f"/v1/tills/{till}/head")) == (404, {"code": "no_such_till"})
    assert told(stern_hub.post(f"/v1/tills/{till}/entries", json={"entries": []})) == (404, {"code": "no_such_till"})


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("/v1/totals", "bad_query"),
        ("/v1/totals?day=23.11.2026", "bad_query"),
        ("/v1/totals?day=2026-11-23%0A", "bad_query"),
        ("/v1/catalogue?limit=0", "bad_query"),
        ("/v1/catalogue?limit=1001", "bad_query"),
        ("/v1/catalogue?limit=%D9%A3", "bad_query"),
        ("/v1/parked?limit=x", "bad_query"),
        ("/v1/rules", "bad_query"),
        ("/v1/rules?store=00-17", "bad_query"),
        ("/v1/forks?limit=501", "bad_query"),
        (f"/v1/tills/{TILL}/head?epoch=0", "bad_query"),
        (f"/v1/tills/{TILL}/head?epoch=99999999999", "bad_query"),
    ],
)
def test_a_question_of_another_shape_is_told_so(stern_hub: httpx.Client, address: str, code: str) -> None:
    assert told(stern_hub.get(address)) == (400, {"code": code})


def test_unknown_calls_and_methods_have_codes_too(stern_hub: httpx.Client) -> None:
    assert told(stern_hub.get("/nothing")) == (404, {"code": "no_such_call"})
    assert told(stern_hub.put(ENTRIES, json={})) == (405, {"code": "wrong_method"})


def test_the_catalogue_goes_in_and_comes_out(hub: httpx.Client) -> None:
    cola = {"sku": "1", "name": "可口可乐", "price_fen": 350, "unit": "piece", "tax_code": "13", "tax_permille": 130,
            "barcodes": ["6901"]}  # fmt: skip
    imported = hub.post("/v1/catalogue", json={"products": [cola]}).json()
    assert imported["changed"] == 1
    page = hub.get("/v1/catalogue").json()
    whole = cola | {"name_en": "", "pinyin": "kkkl", "category": "", "packs": []}
    assert page == {"items": [{"cursor": imported["cursor"], "product": whole}], "next": imported["cursor"], "more": 0}
    gone = hub.post("/v1/catalogue", json={"removed": ["1"]}).json()
    page = hub.get("/v1/catalogue", params={"after": imported["cursor"]}).json()
    assert page == {"items": [{"cursor": gone["cursor"], "removed": "1"}], "next": gone["cursor"], "more": 0}


def test_rules_go_in_and_come_out(hub: httpx.Client) -> None:
    version = hub.post("/v1/rules", json={"rules": {"promotions": []}}).json()["version"]
    assert hub.get("/v1/rules?store=0017").json() == {"version": version, "rules": {"promotions": []}}
    assert hub.get("/v1/rules", params={"store": "0017", "after": version}).json() == {"version": version}


@pytest.mark.parametrize(
    "body", ['{"rules":{"a":0.5}}', '{"rules":[]}', '{"store":"00-17","rules":{}}', '{"rules":{"a":null}}', '{"x":1}']
)
def test_rules_of_another_shape_are_malformed(stern_hub: httpx.Client, body: str) -> None:
    answer = stern_hub.post("/v1/rules", content=body, headers=JSON)
    assert told(answer) == (422, {"code": "malformed"})


def test_rules_nested_without_end_are_no_rules(stern_hub: httpx.Client) -> None:
    deep = '{"rules":' + '{"a":' * 50_000 + "1" + "}" * 50_001
    assert told(stern_hub.post("/v1/rules", content=deep, headers=JSON)) == (400, {"code": "not_json"})


def test_a_lost_cursor_and_a_taken_barcode_are_told(hub: httpx.Client) -> None:
    def cola(sku: str) -> dict[str, object]:
        return {"sku": sku, "name": "可乐", "price_fen": 350, "unit": "piece", "tax_code": "13", "tax_permille": 130,
                "barcodes": ["6901"]}  # fmt: skip

    assert told(hub.get("/v1/catalogue?after=9-00000000")) == (410, {"code": "cursor_lost"})
    assert told(hub.post("/v1/catalogue", json={"products": [cola("1"), cola("2")]})) == (
        409,
        {"code": "barcode_taken"},
    )


@pytest.mark.parametrize(
    "change", [{"price_fen": -1}, {"unit": "box"}, {"sku": ""}, {"sku": "a\u0000"}, {"name": ""}, {"x": 1}]
)
def test_a_product_of_another_shape_is_malformed(stern_hub: httpx.Client, change: dict[str, object]) -> None:
    cola = {"sku": "1", "name": "可乐", "price_fen": 350, "unit": "piece", "tax_code": "13", "tax_permille": 130}
    assert told(stern_hub.post("/v1/catalogue", json={"products": [cola | change]})) == (422, {"code": "malformed"})


def test_totals_and_parked_are_shown(hub: httpx.Client) -> None:
    post(hub, chain([("sale.completed", sale_body(1)), ("drone.flown", {})]))
    day = hub.get("/v1/totals?day=2026-11-23").json()
    assert (day["sales"], day["total_fen"], day["tenders"], day["parked"]) == (
        1,
        2200,
        {"alipay": 1500, "cash": 700},
        1,
    )
    assert [entry["kind"] for entry in hub.get("/v1/parked").json()["entries"]] == ["drone.flown"]


def test_health_is_told(stern_hub: httpx.Client) -> None:
    assert told(stern_hub.get("/health")) == (200, {"status": "ok"})


@pytest.fixture
def narrow_hub(sqlite_engine: Engine) -> Iterator[httpx.Client]:
    with (
        served(create_app(sqlite_engine, StoppedClock(), in_flight_max=1)) as url,
        httpx.Client(base_url=url, trust_env=False) as client,
    ):
        yield client


def test_one_too_many_is_sent_away_before_any_work(narrow_hub: httpx.Client) -> None:
    raw = json.dumps({"entries": [on_the_wire(entry) for entry in sales(1)]}).encode()
    with socket.create_connection((narrow_hub.base_url.host, narrow_hub.base_url.port or 0)) as slow:
        slow.sendall(request_head(len(raw), "expect: 100-continue"))
        assert slow.recv(100).startswith(b"HTTP/1.1 100")  # the hub is reading the body now
        answer = post(narrow_hub, sales(1))
        assert told(answer) == (503, {"code": "busy"})
        assert answer.headers["retry-after"] == "1"
        assert narrow_hub.get("/health").status_code == 200
        slow.sendall(raw)
        assert slow.recv(1000).startswith(b"HTTP/1.1 200")
    assert narrow_hub.get(f"/v1/tills/{TILL}/head").json()["acked"] == 1


def test_a_body_that_never_comes_is_given_up(hub_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(requests, "BODY_TIMEOUT_S", 0.05)
    url = httpx.URL(hub_url)
    with socket.create_connection((url.host, url.port or 0)) as slow:
        slow.sendall(request_head(10) + b"{")
        assert slow.recv(1000).startswith(b"HTTP/1.1 408")


def test_a_till_that_hangs_up_in_the_middle_costs_nothing(hub: httpx.Client) -> None:
    for _ in range(3):
        with socket.create_connection((hub.base_url.host, hub.base_url.port or 0)) as rude:
            rude.sendall(request_head(99) + b"{")
    assert post(hub, sales(1)).status_code == 200


def test_a_database_that_is_gone_is_a_503(tmp_path: Path) -> None:
    folder = tmp_path / "disk"
    folder.mkdir()
    engine = open_engine(f"sqlite:///{folder / 'hub.db'}")
    engine.dispose()
    shutil.rmtree(folder)
    with served(create_app(engine, StoppedClock())) as url, httpx.Client(base_url=url, trust_env=False) as hub:
        answer = post(hub, sales(1))
        assert told(answer) == (503, {"code": "database_down"})
        assert answer.headers["retry-after"] == "5"
        assert hub.get("/health").status_code == 503


def test_an_answer_does_not_wait_for_an_acknowledgement() -> None:
    # asyncio sets TCP_NODELAY only on sockets that say they are TCP.
    with listen_on("127.0.0.1", 0) as listener:
        assert listener.proto == socket.IPPROTO_TCP


def test_a_port_in_use_is_told(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(PortTaken) as found:
            serve(f"sqlite:///{tmp_path / 'hub.db'}", port, tmp_path / "hub.key")
    assert found.value.facts["address"] == f"127.0.0.1:{port}"


def test_a_long_answer_travels_compressed(hub: httpx.Client) -> None:
    cola = {"name": "可口可乐", "price_fen": 350, "unit": "piece", "tax_code": "13", "tax_permille": 130}
    hub.post("/v1/catalogue", json={"products": [cola | {"sku": str(number)} for number in range(600)]})
    answer = hub.get("/v1/catalogue?limit=600")
    assert answer.headers["content-encoding"] == "gzip"
    assert len(answer.json()["items"]) == 600


SCRAPS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["entries", "seq", "body", "x"]), inner, max_size=3)
    ),
    max_leaves=8,
)
FIELDS = list(on_the_wire(sales(1)[0]))
SPOILT = st.dictionaries(st.sampled_from(FIELDS), SCRAPS, min_size=1, max_size=3).map(
    lambda change: {"entries": [on_the_wire(sales(1)[0]) | change]}
)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=SCRAPS | SPOILT, path=st.sampled_from([ENTRIES, "/v1/catalogue"]))
def test_no_json_makes_a_500(hub: httpx.Client, body: object, path: str) -> None:
    assert hub.post(path, content=json.dumps(body), headers=JSON).status_code in {200, 400, 409, 422}


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw=st.binary(max_size=200), is_gzip=st.booleans())
def test_no_bytes_make_a_500(stern_hub: httpx.Client, raw: bytes, *, is_gzip: bool) -> None:
    headers = JSON | ({"content-encoding": "gzip"} if is_gzip else {})
    assert stern_hub.post(ENTRIES, content=raw, headers=headers).status_code in {400, 422}

"""The gate: who is let in, to what, and what is refused before a byte of the body is read."""

import gzip
import json
import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest
from sqlalchemy import Engine, select

from pos.domain.entry import JournalEntry
from pos.domain.signing import check_answer, key_id, public_text
from pos.hub import devices, schema, signatures
from pos.hub.app import create_app
from pos.hub.database import reading
from pos.hub.intake import take
from pos.hub.projections import reproject
from pos.hub.signatures import Gatekeeper, entry_faults, may
from tests.unit.hub.devices import HUB_KEY, Signing, device_of, key_of, signed, trust
from tests.unit.hub.kit import NOON, NOW, TILL, StoppedClock, dump, on_the_wire, post, sales, served

ENTRIES, HEAD = f"/v1/tills/{TILL}/entries", f"/v1/tills/{TILL}/head"
DEVICE = device_of(TILL)


@pytest.fixture
def gated(sqlite_engine: Engine, clock: StoppedClock) -> Iterator[httpx.Client]:
    """Whoever may ask at a hub with its gate shut; nobody signs."""
    trust(sqlite_engine, TILL, "0017-04", "0018-01", "office")
    keeper = Gatekeeper(sqlite_engine, clock, HUB_KEY)
    with served(create_app(sqlite_engine, clock, keeper=keeper)) as url, httpx.Client(base_url=url) as client:
        yield client


def told(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json().get("code", "")


def ask(client: httpx.Client, name: str, method: str, path: str, body: object = None) -> tuple[int, str]:
    return told(client.request(method, path, json=body, auth=Signing(name, StoppedClock())))


def test_a_device_is_let_in_and_its_answer_is_signed(gated: httpx.Client) -> None:
    request = signed(gated.build_request("GET", HEAD), DEVICE.key, NOON)
    answer = gated.send(request)
    assert answer.json()["acked"] == 0
    value = request.headers["signature"].removeprefix("till=")
    assert check_answer(200, answer.content, dict(answer.headers), value, HUB_KEY.public_key()) == NOON.timestamp()


def test_a_long_answer_is_signed_as_it_travels(gated: httpx.Client) -> None:
    product = {"name": "可乐", "price_fen": 350, "unit": "piece", "tax_code": "13", "tax_permille": 130}
    stock = {"products": [product | {"sku": str(number)} for number in range(200)]}
    assert ask(gated, "office", "POST", "/v1/catalogue", stock)[0] == 200
    request = signed(gated.build_request("GET", "/v1/catalogue?limit=200"), DEVICE.key, NOON)
    answer = gated.send(request, stream=True)
    raw = b"".join(answer.iter_raw())
    answer.close()
    assert answer.headers["content-encoding"] == "gzip"
    assert len(json.loads(gzip.decompress(raw))["items"]) == 200
    check_answer(200, raw, dict(answer.headers), request.headers["signature"][5:], HUB_KEY.public_key())


@pytest.mark.parametrize("path", [HEAD, "/v1/catalogue", "/v1/totals?day=2026-11-23", "/no/such", "/v1/parked"])
def test_whoever_signs_nothing_is_told_nothing(gated: httpx.Client, path: str) -> None:
    assert told(gated.get(path)) == (401, "unsigned")


def test_health_and_the_description_are_open(gated: httpx.Client) -> None:
    assert gated.get("/health").json() == {"status": "ok"}
    assert gated.get("/openapi.json").status_code == 200


def test_a_stranger_is_unknown_and_the_refusal_is_signed(gated: httpx.Client) -> None:
    request = signed(gated.build_request("GET", HEAD), key_of("stranger"), NOON)
    answer = gated.send(request)
    assert told(answer) == (401, "unknown_device")
    check_answer(401, answer.content, dict(answer.headers), request.headers["signature"][5:], HUB_KEY.public_key())


def test_a_revoked_device_is_stopped_at_once(gated: httpx.Client, sqlite_engine: Engine) -> None:
    assert ask(gated, TILL, "GET", HEAD) == (200, "")
    devices.revoke(sqlite_engine, TILL, NOON)
    assert ask(gated, TILL, "GET", HEAD) == (401, "revoked")
    assert ask(gated, TILL, "POST", ENTRIES, {"entries": []}) == (401, "revoked")
    assert ask(gated, TILL, "GET", "/v1/catalogue") == (401, "revoked")
    assert ask(gated, "0017-04", "GET", "/v1/tills/0017-04/head") == (200, "")


def test_the_same_request_is_served_once(gated: httpx.Client) -> None:
    request = signed(gated.build_request("GET", HEAD), DEVICE.key, NOON)
    assert [told(gated.send(request)) for _ in range(3)] == [(200, ""), (401, "replayed"), (401, "replayed")]


@pytest.mark.parametrize(("seconds", "code"), [(-301, "clock"), (-1, "clock"), (0, ""), (300, ""), (301, "clock")])
def test_a_request_of_another_time_or_from_before_the_hub_began_is_told_the_time(
    gated: httpx.Client, seconds: int, code: str
) -> None:
    answer = gated.send(signed(gated.build_request("GET", HEAD), DEVICE.key, NOON + timedelta(seconds=seconds)))
    assert told(answer)[1] == code
    assert f"created={int(NOON.timestamp())};" in answer.headers["signature-input"]


def test_a_request_sent_again_when_it_is_too_old_is_refused_for_that(gated: httpx.Client, clock: StoppedClock) -> None:
    request = signed(gated.build_request("GET", HEAD), DEVICE.key, NOON)
    assert told(gated.send(request)) == (200, "")
    clock.move(301)
    assert told(gated.send(request)) == (401, "clock")


@pytest.mark.parametrize(
    "change", [("POST", HEAD, None), ("GET", f"{HEAD}?epoch=2", None), ("GET", "/v1/tills/0017-03/payments", None)]
)
def test_a_signature_moved_to_another_call_is_no_signature(gated: httpx.Client, change: tuple[str, str, None]) -> None:
    headers = signed(gated.build_request("GET", HEAD), DEVICE.key, NOON).headers
    method, path, _ = change
    moved = gated.build_request(method, path, headers={name: headers[name] for name in SIGNATURE})
    assert told(gated.send(moved)) == (401, "bad_signature")


SIGNATURE = ("signature", "signature-input", "content-digest")


def test_a_changed_body_is_refused_before_it_is_unpacked(gated: httpx.Client, sqlite_engine: Engine) -> None:
    batch = {"entries": [on_the_wire(entry) for entry in sales(1)]}
    request = signed(gated.build_request("POST", ENTRIES, json=batch), DEVICE.key, NOON)
    bomb = gzip.compress(b" " * 20_000_000)
    named = {name: request.headers[name] for name in SIGNATURE} | {"content-type": "application/json"}
    for body, more in ((b'{"entries":[]}', {}), (b"not json", {}), (bomb, {"content-encoding": "gzip"})):
        fresh = signed(gated.build_request("POST", ENTRIES, json=batch), DEVICE.key, NOON)
        named |= {name: fresh.headers[name] for name in SIGNATURE}
        assert told(gated.post(ENTRIES, content=body, headers=named | more)) == (401, "bad_digest")
    assert dump(sqlite_engine, schema.entries) == [[]]


def test_a_stranger_is_refused_before_the_body_arrives(gated: httpx.Client) -> None:
    """A hundred megabytes are announced and never sent."""
    request = signed(gated.build_request("POST", ENTRIES, content=b""), key_of("stranger"), NOON)
    lines = [f"POST {ENTRIES} HTTP/1.1", "host: hub", "content-length: 100000000", "content-type: application/json"]
    lines += [f"{name}: {request.headers[name]}" for name in SIGNATURE]
    with socket.create_connection((gated.base_url.host, gated.base_url.port or 0), timeout=10) as line:
        line.sendall("\r\n".join([*lines, "", ""]).encode())
        assert line.recv(100).startswith(b"HTTP/1.1 401")


@pytest.mark.parametrize(
    ("name", "method", "path", "status"),
    [
        (TILL, "GET", "/v1/tills/0017-04/head", 403),
        (TILL, "POST", "/v1/tills/0017-04/entries", 403),
        (TILL, "GET", "/v1/tills/0017-04/payments?since=x&until=y", 403),
        (TILL, "GET", "/v1/tills/0017-04/open", 200),
        (TILL, "GET", "/v1/tills/0018-01/open", 403),
        (TILL, "GET", "/v1/sales/0017-04-20261123-0001", 404),
        (TILL, "GET", "/v1/sales/0018-01-20261123-0001", 403),
        (TILL, "GET", "/v1/catalogue", 200),
        (TILL, "POST", "/v1/catalogue", 403),
        (TILL, "GET", "/v1/totals?day=2026-11-23", 403),
        (TILL, "GET", "/v1/parked", 403),
        (TILL, "GET", "/v1/forks", 403),
        ("office", "GET", "/v1/totals?day=2026-11-23", 200),
        ("office", "GET", "/v1/tills/0017-04/head", 200),
        ("office", "POST", "/v1/catalogue", 200),
        ("office", "POST", "/v1/tills/0017-03/entries", 403),
    ],
)
def test_a_device_asks_for_itself_only(gated: httpx.Client, name: str, method: str, path: str, status: int) -> None:
    body: object = {"removed": []} if method == "POST" else None
    assert ask(gated, name, method, path, body)[0] == status


@pytest.mark.parametrize("path", ["/v1/tills/0017-03/head/../../0017-04/head", "/v1/tills/0017-03%2f/head",
                                  "//v1/tills/0017-04/head", "/v1/tills/0017-03x/head"])  # fmt: skip
def test_a_crooked_path_leads_nowhere(path: str) -> None:
    assert not may(TILL, "GET", path)


def test_a_nonce_is_remembered_as_long_as_it_could_be_sent_again() -> None:
    seen = signatures._Seen()
    assert all(seen.take(f"{number}", 1000, 700) for number in range(signatures.NONCES_MAX))
    assert not seen.take("0", 1000, 700)
    assert seen.take("next", 1010, 710)  # pushes the first one out, and with it everything as old
    assert not seen.take("0", 1000, 710)
    assert seen.take("another", 1011, 711)
    assert len(seen.nonces) <= signatures.NONCES_MAX
    assert seen.take("late", 1700, 1400)
    assert len(seen.nonces) == 1


def test_wrong_codes_are_answered_slowly_and_only_where_they_come_from(
    gated: httpx.Client, sqlite_engine: Engine, clock: StoppedClock
) -> None:
    guess = {
        "name": TILL, "locator": "0000", "public_key": public_text(key_of("thief").public_key()), "nonce": "ab" * 16,
        "proof": "A" * 43 + "=",
    }  # fmt: skip
    answers = [told(gated.post("/v1/enrolments", json=guess)) for _ in range(11)]
    assert answers == [(403, "bad_code")] * 10 + [(429, "too_many")]
    assert gated.post("/v1/enrolments", json=guess).headers["retry-after"] == "60"
    clock.move(61)
    assert told(gated.post("/v1/enrolments", json=guess)) == (403, "bad_code")
    keeper = Gatekeeper(sqlite_engine, clock, HUB_KEY)
    assert keeper._wrong == {}


def test_an_entry_without_a_true_signature_is_kept_and_parked_with_the_reason(
    gated: httpx.Client, sqlite_engine: Engine, clock: StoppedClock
) -> None:
    gated.auth = Signing(TILL, clock)
    journal = sales(4)
    batch = [on_the_wire(entry) for entry in journal]
    batch[0]["signature"] = DEVICE.sign(journal[0].hash)
    batch[2]["signature"] = DEVICE.sign(journal[1].hash)
    batch[3]["signature"] = device_of("0017-04").sign(journal[3].hash)
    answer = gated.post(ENTRIES, json={"entries": batch})
    assert answer.json() == {"epoch": 1, "acked": 4, "head": journal[3].hash}
    parked = [(2, "unsigned"), (3, "wrongly signed"), (4, "signed by no key of this till")]
    for _ in range(2):
        with reading(sqlite_engine) as connection:
            rows = connection.execute(select(schema.parked.c.seq, schema.parked.c.reason)).all()
            counted = connection.execute(select(schema.sales.c.seq)).scalars().all()
            kept = connection.execute(select(schema.entries.c.hash)).scalars().all()
        assert sorted((seq, reason) for seq, reason in rows) == parked
        assert counted == [1]
        assert kept == [entry.hash for entry in journal]
        assert reproject(sqlite_engine, NOW).parked == 3


def test_entries_from_before_there_were_keys_still_count(sqlite_engine: Engine) -> None:
    take(sqlite_engine, sales(2), NOW)
    assert reproject(sqlite_engine, NOW).parked == 0
    assert len(dump(sqlite_engine, schema.sales)[0]) == 2


def test_an_older_key_of_the_till_signed_its_older_entries(sqlite_engine: Engine) -> None:
    trust(sqlite_engine, TILL)
    devices.revoke(sqlite_engine, TILL, NOON)
    entry = sales(1)[0]
    on_wire = on_the_wire(entry) | {"signature": DEVICE.sign(entry.hash)}
    from_wire = JournalEntry(**{**on_wire, "body": entry.body, "till": TILL})
    trust(sqlite_engine, "0017-04", "0017-05")
    now, other = (devices.find(sqlite_engine, key_id(key_of(each).public_key())) for each in ("0017-05", "0017-04"))
    assert now
    assert other
    assert entry_faults(sqlite_engine, replace(now, name=TILL), [from_wire]) == {}
    assert entry_faults(sqlite_engine, other, [from_wire]) == {1: "signed by no key of this till"}


def test_a_hub_whose_database_is_gone_says_so_at_the_gate(gated: httpx.Client, sqlite_engine: Engine) -> None:
    sqlite_engine.dispose()
    with sqlite_engine.connect() as connection:
        connection.exec_driver_sql("DROP TABLE devices")
        connection.commit()
    answer = gated.send(signed(gated.build_request("GET", HEAD), DEVICE.key, NOON))
    assert told(answer) == (503, "database_down")
    assert answer.headers["retry-after"] == "5"


def test_posting_as_another_till_changes_nothing_there(gated: httpx.Client, sqlite_engine: Engine) -> None:
    gated.auth = Signing("0017-04", StoppedClock())
    assert told(post(gated, sales(1))) == (403, "not_yours")
    assert dump(sqlite_engine, schema.entries) == [[]]

"""The simulator over HTTP: its control interface, its pages, and the ways it goes wrong."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from cryptography.exceptions import InvalidSignature

from pos.domain.errors import SandboxUnreachable
from pos.sandbox.gateway import create_app, fresh_codes
from pos.sandbox.gateway_ledger import MemoryLedger
from tests.unit.sandbox.gateway_kit import KEYS, StoppedClock, common, encoded, payment, served, told, verified

PAY, QUERY = "alipay.trade.pay", "alipay.trade.query"


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock()


@pytest.fixture
def address(clock: StoppedClock) -> Iterator[str]:
    with served(create_app(KEYS, MemoryLedger(), clock)) as address:
        yield address


@pytest.fixture
def http(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address, trust_env=False) as client:
        yield client


def call(http: httpx.Client, method: str, content: object) -> httpx.Response:
    headers = {"content-type": "application/x-www-form-urlencoded"}
    return http.post("/gateway.do?charset=utf-8", content=encoded(common(method, content)), headers=headers)


def pay(http: httpx.Client, number: str, kind: str = "normal") -> httpx.Response:
    return call(http, PAY, payment(number, fresh_codes(str(http.base_url), kind=kind)[0]))


def kept(http: httpx.Client) -> int:
    totals: dict[str, int] = http.get("/sandbox/totals").json()
    assert totals["kept_fen"] == totals["paid_fen"] - totals["refunded_fen"]
    return totals["kept_fen"]


def test_a_code_is_given_out_and_charged(http: httpx.Client) -> None:
    given = http.post("/sandbox/codes", json={"buyer": "alice", "kind": "normal"}).json()
    assert given == {"code": given["code"], "buyer": "alice", "kind": "normal", "dies_at": "2026-11-23T04:01:00.000Z"}
    answer = call(http, PAY, payment("GT1", given["code"]))
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html;charset=utf-8")
    assert told(verified(answer.content)) == ("10000", "")
    assert kept(http) == 8888


def test_a_call_may_come_by_get(http: httpx.Client) -> None:
    query = encoded(common(QUERY, {"out_trade_no": "GT1"})).decode()
    assert told(verified(http.get(f"/gateway.do?{query}").content)) == ("40004", "TRADE_NOT_EXIST")


def test_totals_name_every_sum(http: httpx.Client) -> None:
    pay(http, "GT1")
    pay(http, "GT2")
    pay(http, "GT3", "never")
    pay(http, "GT4", "decline_balance")
    call(http, "alipay.trade.cancel", {"out_trade_no": "GT2"})
    assert http.get("/sandbox/totals").json() == {
        "paid_fen": 17776, "refunded_fen": 8888, "kept_fen": 8888, "trades": 3, "waiting": 1, "paid": 1, "closed": 1,
        "declined": 1, "refunds": 1,
    }  # fmt: skip
    trades = http.get("/sandbox/trades").json()
    assert [(each["out_trade_no"], each["status"]) for each in trades] == [
        ("GT1", "TRADE_SUCCESS"), ("GT2", "TRADE_CLOSED"), ("GT3", "WAIT_BUYER_PAY"),
    ]  # fmt: skip


def test_the_customer_can_be_made_to_answer(http: httpx.Client) -> None:
    pay(http, "GT1", "never")
    pay(http, "GT2", "never")
    assert http.post("/sandbox/confirm", json={"out_trade_no": "GT1"}).json()["status"] == "TRADE_SUCCESS"
    refused = http.post("/sandbox/confirm", json={"out_trade_no": "GT2", "accept": False})
    assert refused.json()["status"] == "TRADE_CLOSED"
    assert http.post("/sandbox/confirm", json={"out_trade_no": "GT3"}).status_code == 404
    assert kept(http) == 8888


@pytest.mark.parametrize("fault", ["drop_before", "drop_after"])
def test_a_dropped_call_ends_without_a_single_byte(http: httpx.Client, fault: str) -> None:
    code = fresh_codes(str(http.base_url))[0]
    assert http.post("/sandbox/faults", json={"next": fault}).json() == {"ordered": 1}
    with pytest.raises(httpx.RemoteProtocolError, match="without sending a response"):
        call(http, PAY, payment("GT1", code))
    assert kept(http) == (8888 if fault == "drop_after" else 0)
    assert told(verified(call(http, QUERY, {"out_trade_no": "GT2"}).content)) == ("40004", "TRADE_NOT_EXIST")


@pytest.mark.parametrize(
    ("fault", "answer", "moved"),
    [("20000", ("20000", "isp.unknow-error"), 0), ("20000_after", ("20000", "isp.unknow-error"), 8888),
     ("system_error", ("40004", "SYSTEM_ERROR"), 8888)],
)  # fmt: skip
def test_a_gateway_in_trouble_may_have_acted_or_not(
    http: httpx.Client, fault: str, answer: tuple[str, str], moved: int
) -> None:
    http.post("/sandbox/faults", json={"next": fault})
    assert told(verified(pay(http, "GT1").content)) == answer
    assert kept(http) == moved


def test_an_answer_may_be_spoiled(http: httpx.Client) -> None:
    for fault in ("bad_signature", "unsigned_error", "http_500", "html"):
        http.post("/sandbox/faults", json={"next": fault})
    with pytest.raises(InvalidSignature):
        verified(pay(http, "GT1").content)
    unsigned = pay(http, "GT2").json()
    assert (unsigned["error_response"]["code"], unsigned["sign"]) == ("20000", "")
    assert pay(http, "GT3").status_code == 500
    page = pay(http, "GT4")
    assert (page.status_code, page.text[:9]) == (200, "<!doctype")
    assert kept(http) == 3 * 8888, "only the unsigned error had done nothing"


def test_a_slow_answer_comes_after_its_time(http: httpx.Client) -> None:
    http.post("/sandbox/faults", json={"next": "slow", "seconds": 0.001})
    assert told(verified(pay(http, "GT1").content)) == ("10000", "")
    http.post("/sandbox/faults", json={"next": "slow", "seconds": 300})
    with pytest.raises(httpx.ReadTimeout):
        http.post("/gateway.do", content=b"", timeout=0.05)


def test_faults_can_wait_for_a_method_and_be_forgotten(http: httpx.Client) -> None:
    http.post("/sandbox/faults", json={"next": "http_500", "count": 2, "method": QUERY})
    assert pay(http, "GT1").status_code == 200
    assert call(http, QUERY, {"out_trade_no": "GT1"}).status_code == 500
    assert http.post("/sandbox/faults", json={}).json() == {"ordered": 0}
    assert call(http, QUERY, {"out_trade_no": "GT1"}).status_code == 200


@pytest.mark.parametrize(
    ("path", "asked", "status"),
    [("codes", {"kind": "rich"}, 422), ("codes", {"kind": 7}, 400), ("codes", {"colour": "red"}, 400),
     ("codes", {"buyer": ""}, 400), ("faults", {"next": "earthquake"}, 400), ("confirm", {}, 400), ("confirm", [], 400),
     ("faults", {"next": "slow", "count": 0}, 400), ("faults", {"next": "slow", "count": 101}, 400)],
)  # fmt: skip
def test_a_wrong_wish_is_refused_with_its_reason(http: httpx.Client, path: str, asked: object, status: int) -> None:
    reply = http.post(f"/sandbox/{path}", json=asked)
    assert reply.status_code == status
    assert reply.json()["error"]


def test_orders_for_faults_are_not_endless(http: httpx.Client) -> None:
    replies = [http.post("/sandbox/faults", json={"next": "slow", "count": 100}).status_code for _ in range(11)]
    assert replies == [200] * 10 + [409]


def test_what_is_too_long_or_nowhere_is_refused(http: httpx.Client) -> None:
    assert http.post("/gateway.do", content=b"a" * 1_048_577).status_code == 413
    assert http.get("/elsewhere").status_code == 404
    assert http.get("/sandbox/codes").status_code == 405


def test_the_pages_say_what_they_are(http: httpx.Client) -> None:
    for path in ("/", "/sandbox/phone", "/sandbox/phone?kind=password&buyer=bob"):
        reply = http.get(path)
        assert reply.status_code == 200
        assert "模拟器 SIMULATOR" in reply.text
        assert "default-src 'none'" in reply.headers["content-security-policy"]
    assert http.get("/sandbox/phone?kind=rich").status_code == 422


def test_the_phones_code_can_be_charged(http: httpx.Client) -> None:
    html = http.get("/sandbox/phone").text
    digits = html[html.index('class="digits">') + 15 :]
    code = digits[: digits.index("<")].replace(" ", "")
    assert told(verified(call(http, PAY, payment("GT1", code)).content)) == ("10000", "")


def test_a_page_from_elsewhere_does_not_get_at_it(http: httpx.Client) -> None:
    assert http.get("/sandbox/phone", headers={"host": "evil.example"}).status_code == 400


def test_codes_can_be_asked_for_by_the_handful(address: str) -> None:
    codes = fresh_codes(address, 5, buyer="bob", kind="password")
    assert len(set(codes)) == 5


def test_a_simulator_that_is_not_there_is_told_as_ours(address: str, tmp_path: Path) -> None:
    with pytest.raises(SandboxUnreachable, match=r"127\.0\.0\.1:9"):
        fresh_codes("http://127.0.0.1:9")
    with pytest.raises(SandboxUnreachable, match="422"):
        fresh_codes(address, kind="rich")
    assert list(tmp_path.iterdir()) == []

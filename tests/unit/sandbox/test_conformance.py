"""The rows of the conformance table: an honest simulator passes each, and one with a broken rule fails its own."""

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import uvicorn
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from starlette.types import ASGIApp

from pos.alipay import signing
from pos.clock import SystemClock
from pos.sandbox import (
    gateway_answers,
    gateway_bill_file,
    gateway_bills,
    gateway_books,
    gateway_door,
    gateway_faults,
    gateway_fields,
    gateway_line,
    gateway_qr,
    gateway_refunds,
    gateway_rules,
    gateway_values,
)
from pos.sandbox.conformance import RULES, name_of
from pos.sandbox.conformance_exam import Exam, Row, examine
from pos.sandbox.conformance_foreign import Foreign, clients, foreign_row, foreign_rows
from pos.sandbox.conformance_wire import Nonconforming, Wire, cut, open_wire, parse, said
from pos.sandbox.gateway import _listen, create_app
from pos.sandbox.gateway_answers import Node
from pos.sandbox.gateway_door import Answer, Call, Door
from pos.sandbox.gateway_faults import Fault
from pos.sandbox.gateway_keys import open_keys
from pos.sandbox.gateway_ledger import MemoryLedger
from pos.sandbox.gateway_line import CuttableProtocol
from pos.sandbox.gateway_rules import Acquirer
from pos.sandbox.gateway_values import PaymentCode, Settings

Break = tuple[object, str, object]
"""Where something is, its name, and what stands there instead."""


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("keys")
    open_keys(folder)
    return folder


@pytest.fixture
def wire(keys: Path) -> Iterator[Wire]:
    """A line to a simulator that is made when it is first asked for, so after all patches."""
    with served(create_app(open_keys(keys), MemoryLedger(), SystemClock())) as address:
        wire = open_wire(address, keys)
        yield wire
        wire.close()


@contextmanager
def served(app: ASGIApp) -> Iterator[str]:
    """Serve a simulator from a thread, on a socket like its own process's: answers leave at once."""
    with _listen(0) as listener:
        config = uvicorn.Config(app, http=CuttableProtocol, log_level="critical", access_log=False, lifespan="off")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


def shown(number: int, wire: Wire) -> Row:
    rule = RULES[number - 1]
    return examine(name_of(number, rule), rule, wire)


def without_slashes(self: Door, answer: Answer, charset: str, *, spoil: str = "") -> bytes:
    """Sign what the answer means, not what is sent."""
    raw = HONEST_WRITE(self, answer, charset, spoil=spoil)
    node = cut(raw.decode(charset), answer.name)
    plain = signing.sign(node.replace("\\/", "/").encode(charset), self._keys.own_key)
    return raw.replace(str(parse(raw)["sign"]).encode(), plain.encode())


def without_sign_type(params: dict[str, str]) -> str:
    return signing.string_to_sign({name: value for name, value in params.items() if name != "sign_type"})


def another_word(code: str, sub_code: str) -> Node:
    return HONEST_TROUBLE(code, sub_code.replace("invalid-method", "forbidden-api").replace("-timestamp", "-time"))


def timeout_wins(content: dict[str, object], now: datetime) -> datetime:
    has_both = "timeout_express" in content and "time_expire" in content
    return gateway_fields.closes_at({**content, "time_expire": None} if has_both else content, now)


def any_time(_self: Door, call: Call) -> str:
    return "" if call.params["timestamp"].count(":") == 2 else "isv.invalid-timestamp"


def never_slow(_request: object, _seconds: float) -> object:
    async def at_once() -> None: ...

    return at_once()


def settings(**own: float) -> Callable[[], Settings]:
    return lambda: replace(Settings(), **own)


IDLE = gateway_faults._IDLE - {Fault.DROP_BEFORE}
ANY_NUMBER = {**gateway_fields.PRECREATE_FIELDS, "out_trade_no": gateway_fields.PRECREATE_FIELDS["subject"]}
HONEST_WRITE, HONEST_TROUBLE = Door.write, gateway_door.trouble
LONG = timedelta(days=100)
BROKEN: list[tuple[int, str, Break]] = [
    (1, "biz_content changed", (Door, "_check_signature", lambda _self, _call: "")),
    (1, "all in the body", (gateway_door, "string_to_sign", without_sign_type)),
    (1, "all in the body but charset: the answer holds error", (gateway_door, "SANDBOX_APP_ID", "2021000122671080")),
    (1, "sign_type RSA", (Door, "_check_form", lambda _self, _call: "")),
    (2, "no timestamp", (gateway_door, "trouble", another_word)),
    (3, "-620 s", (Door, "_check_time", any_time)),
    (3, "-580 s", (gateway_door, "BEIJING", UTC)),
    (4, "alipay.trade.pay.x", (gateway_door, "trouble", another_word)),
    (4, "alipay.trade.precreate", (Acquirer, "precreate", lambda _self, _content, _origin: {"code": "10000"})),
    (5, "goods_detail", (gateway_fields, "GOODS_MAX", 1_000)),
    (5, "timeout_express=16d", (gateway_fields, "_check_life", lambda _life: "")),
    (5, "out_trade_no=CF 1", (gateway_fields, "PRECREATE_FIELDS", ANY_NUMBER)),
    (6, "a code 60 s old", (gateway_values, "CODE_LIFE", LONG)),
    (6, "the same code again", (PaymentCode, "can_be_charged", lambda _self, _now: True)),
    (7, "a paid number again", (Acquirer, "_pay_again", lambda _self, trade, *_: gateway_answers.done(trade))),
    (8, "its end", (gateway_qr, "QR_LIFE", LONG)),
    (8, "before the scan", (Acquirer, "query", lambda _self, _content: {"code": "10000"})),
    (9, "after three hours", (gateway_fields, "UNPAID_LIFE", timedelta(days=1))),
    (9, "a minute after {'timeout_express': '5m'}", (gateway_rules, "closes_at", lambda _content, now: now + LONG)),
    (9, "a minute before {'time_expire'", (gateway_rules, "closes_at", timeout_wins)),
    (10, "a cancel a day later", (gateway_refunds, "CANCEL_WINDOW", LONG)),
    (10, "a cancel after it", (gateway_refunds, "_why_no_cancel", lambda _books, _trade: "")),
    (11, "a close of a paid trade", (Acquirer, "close", Acquirer.cancel)),
    (12, "the first again", (gateway_refunds, "_refund_of", lambda _trade, _number: None)),
    (12, "a fen more", (gateway_refunds, "_why_no_refund", lambda _books, _trade, _amount: "")),
    (12, "after 90 days", (gateway_books, "Settings", settings(refund_window_days=365))),
    (13, "refund_status at once", (gateway_books, "Settings", settings(refund_delay_s=0))),
    (13, "what it then shows", (gateway_books, "Settings", settings(refund_delay_s=60))),
    (14, "at eight", (gateway_books, "Settings", settings(bill_ready_s=0))),
    (14, "after 31 s", (gateway_bills, "TOKEN_LIFE", LONG)),
    (14, "UnicodeDecodeError", (gateway_bill_file, "_ENCODING", "utf-16")),
    (14, "columns", (gateway_bill_file, "COLUMNS", gateway_bill_file.COLUMNS[:24])),
    (15, "signature", (Door, "write", without_slashes)),
    (15, "after drop_before", (gateway_faults, "_IDLE", IDLE)),
    (15, "slow", (gateway_line, "_dawdle", never_slow)),
]  # fmt: skip


def test_the_rules_are_fifteen_and_each_says_what_it_is() -> None:
    names = [name_of(number, rule) for number, rule in enumerate(RULES, 1)]
    assert [int(name[:2]) for name in names] == list(range(1, 16))
    assert len({name[3:] for name in names}) == 15
    assert all(len(name) > 20 for name in names)


@pytest.mark.parametrize("number", range(1, 16))
def test_an_honest_simulator_passes(wire: Wire, number: int) -> None:
    row = shown(number, wire)
    assert row.failure == ""
    assert len(row.shown) >= 12
    assert str(row).startswith("ok ")


@pytest.mark.parametrize(("number", "told", "broken"), BROKEN, ids=[f"{each[0]} {each[1]}" for each in BROKEN])
def test_a_broken_rule_fails_its_row(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, number: int, told: str, broken: Break
) -> None:
    place, name, instead = broken
    monkeypatch.setattr(place, name, instead)
    row = shown(number, request.getfixturevalue("wire"))
    assert told in row.failure
    assert str(row).startswith("FAILED ")
    assert str(row).endswith(row.failure)


def test_every_rule_was_broken() -> None:
    assert {number for number, _, _ in BROKEN} == set(range(1, 16))


def test_answers_signed_by_somebody_else_fail_everything(wire: Wire) -> None:
    stranger = Wire(wire.address, wire.app_key, generate_private_key(public_exponent=65537, key_size=2048).public_key())
    rows = [shown(number, stranger) for number in range(1, 16)]
    stranger.close()
    assert all("signature is not the gateway's" in row.failure for row in rows)


def test_a_simulator_that_is_gone_fails_a_row_and_no_more(wire: Wire) -> None:
    wire.http.base_url = "http://127.0.0.1:9"  # nobody listens there
    assert "ConnectError" in shown(1, wire).failure


def test_what_a_rule_leaves_behind_does_not_reach_the_next(wire: Wire) -> None:
    wire.remote("faults", next="http_500", count=100)
    wire.remote("settings", clock_skew_s=9_999, refund_delay_s=9_999)
    assert examine("next", lambda exam: exam.unknown("CF1", "now"), wire) == Row("next", (
        "a query now [trade.query]: 40004 ACQ.TRADE_NOT_EXIST",
    ))  # fmt: skip


def test_a_row_tells_what_was_shown_before_it_failed(wire: Wire) -> None:
    def rule(exam: Exam) -> None:
        exam.same("one", 1, 1)
        exam.same("two", 3, 2)

    row = examine("numbers", rule, wire)
    assert row == Row("numbers", ("one: 1",), "two: expected 2, got 3")
    assert str(row) == "FAILED   1 probes  numbers: two: expected 2, got 3"


@pytest.mark.parametrize("raw", [b"<html>", b"[]", b"", b"\xff"])
def test_an_answer_that_is_no_object_is_told(raw: bytes) -> None:
    with pytest.raises(Nonconforming, match="no "):
        parse(raw)


def test_a_node_is_cut_as_it_was_sent() -> None:
    text = '{"a_response":{"x":"}\\/","y":{"sign":"}"}},"sign":"s"}'
    assert cut(text, "a_response") == '{"x":"}\\/","y":{"sign":"}"}}'


def test_clients_that_are_not_installed_fail_and_name_the_command(wire: Wire, keys: Path, tmp_path: Path) -> None:
    rows = list(foreign_rows(wire, keys, tmp_path))
    assert [row.name.split(",")[0] for row in rows] == ["npm alipay-sdk"] * 2 + ["PyPI python-alipay-sdk"] * 2
    assert all(row.failure == "not installed; ./till test tests/flow/test_foreign_clients.py does it" for row in rows)
    assert [client.version for client in clients(tmp_path)] == ["", ""]


@pytest.mark.parametrize(
    ("program", "told"),
    [
        ("pass", "pay [trade.pay]: it ended"),
        ('input(); print(\'{"error": "no"}\')', "pay [trade.pay]: it says no"),
        ('input(); print(\'{"node": {"code": "10000"}}\')', "whose answer pay is"),
        ("input(); print('rubbish')", "JSONDecodeError"),
    ],
)
def test_a_client_that_does_not_do_its_work_fails(wire: Wire, keys: Path, program: str, told: str) -> None:
    client = Foreign("a client", "1.0", (sys.executable, "-c", program), {})
    assert told in foreign_row(client, "key", wire, keys).failure


def test_a_code_and_a_sub_code_are_said_together() -> None:
    assert [said({"code": "10000"}), said({"code": "40004", "sub_code": "ACQ.X"})] == ["10000", "40004 ACQ.X"]

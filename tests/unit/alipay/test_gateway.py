"""The client itself: one request a call, no trouble escapes, nothing secret is told."""

import gzip
import logging
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qsl

import httpx
import pytest

from pos.alipay import gateway as module
from pos.alipay.gateway import AlipayGateway
from pos.alipay.signing import is_signed, string_to_sign
from pos.domain.errors import GatewayNotSafe, KeyUnreadable
from pos.domain.gateway import Cancelled, InProcess, Paid, Reach, Unknown
from tests.unit.alipay.kit import (
    CHARGE,
    CODE,
    NUMBER,
    StoppedClock,
    answering,
    private_key,
    private_pem,
    public_pem,
    settings,
    signed,
    write_secret,
)

TRADE_NO = "2026112322001400001234567890"
FOUND = {"code": "10000", "msg": "Success", "out_trade_no": NUMBER, "trade_no": TRADE_NO, "total_amount": "88.88"}


class Wire:
    """A network that keeps what was sent and answers as told."""

    def __init__(self, answer: Callable[[httpx.Request], httpx.Response]) -> None:
        self.sent: list[httpx.Request] = []
        self._answer = answer

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.sent.append(request)
        return self._answer(request)


def open_gateway(folder: Path, wire: Wire, clock: StoppedClock | None = None) -> AlipayGateway:
    return AlipayGateway(settings(folder), clock or StoppedClock(), answering(wire))


def test_only_the_charset_is_in_the_address_and_all_that_is_sent_is_signed(tmp_path: Path) -> None:
    wire = Wire(lambda _: httpx.Response(200, content=signed("alipay.trade.pay", FOUND)))
    assert open_gateway(tmp_path, wire).pay(CHARGE) == Paid(TRADE_NO, CHARGE.amount)
    (request,) = wire.sent
    assert request.method == "POST"
    assert str(request.url) == "http://127.0.0.1:1/gateway.do?charset=utf-8"
    assert request.headers["content-type"] == "application/x-www-form-urlencoded"
    params = dict(parse_qsl(request.url.query.decode()) + parse_qsl(request.content.decode()))
    assert is_signed(string_to_sign(params).encode(), params["sign"], private_key("ours").public_key())
    assert params["method"] == "alipay.trade.pay"


def test_a_look_and_a_cancel_are_calls_of_their_own(tmp_path: Path) -> None:
    answers = iter([
        signed("alipay.trade.query", {**FOUND, "trade_status": "WAIT_BUYER_PAY"}),
        signed("alipay.trade.cancel", {**FOUND, "action": "close", "retry_flag": "N"}),
    ])  # fmt: skip
    wire = Wire(lambda _: httpx.Response(200, content=next(answers)))
    gateway = open_gateway(tmp_path, wire)
    assert gateway.query(NUMBER) == InProcess()
    assert gateway.cancel(NUMBER) == Cancelled(closed=True)
    methods = [dict(parse_qsl(each.content.decode()))["method"] for each in wire.sent]
    assert methods == ["alipay.trade.query", "alipay.trade.cancel"]


TROUBLE = [
    httpx.ConnectError, httpx.ConnectTimeout, httpx.ReadError, httpx.ReadTimeout, httpx.WriteError, httpx.WriteTimeout,
    httpx.CloseError, httpx.PoolTimeout, httpx.RemoteProtocolError, httpx.LocalProtocolError, httpx.ProxyError,
    httpx.DecodingError, httpx.TooManyRedirects, httpx.UnsupportedProtocol,
]  # fmt: skip


@pytest.mark.parametrize("kind", TROUBLE)
def test_trouble_with_the_network_is_unknown_and_nothing_is_sent_twice(tmp_path: Path, kind: type[Exception]) -> None:
    def fail(_request: httpx.Request) -> httpx.Response:
        raise kind("trouble")

    wire = Wire(fail)
    gateway = open_gateway(tmp_path, wire)
    unknown = Unknown(f"network {kind.__name__}")
    assert (gateway.pay(CHARGE), gateway.query(NUMBER), gateway.cancel(NUMBER)) == (unknown, unknown, unknown)
    assert len(wire.sent) == 3


def test_all_the_networks_troubles_are_known_to_this_test() -> None:
    def leaves(kind: type[Exception]) -> set[type[Exception]]:
        below = kind.__subclasses__()
        return set().union(*(leaves(each) for each in below)) if below else {kind}

    assert leaves(httpx.RequestError) == set(TROUBLE)


NO_TRADE = {"code": "40004", "sub_code": "ACQ.TRADE_NOT_EXIST"}


@pytest.mark.parametrize(
    ("node", "is_answer"),
    [
        (NO_TRADE, True),
        ({"code": "40004", "sub_code": "ACQ.SYSTEM_ERROR"}, True),
        ({"code": "20000", "sub_code": "isp.unknow-error"}, False),
        ({"code": "40005", "sub_code": "isv.app-call-limited"}, False),
    ],
)
def test_the_line_is_as_good_as_the_last_signed_answer(
    tmp_path: Path, node: dict[str, str], *, is_answer: bool
) -> None:
    wire = Wire(lambda _: httpx.Response(200, content=signed("alipay.trade.query", node)))
    gateway = open_gateway(tmp_path, wire)
    assert gateway.reach == Reach()
    gateway.query(NUMBER)
    assert gateway.reach == (Reach(StoppedClock().now()) if is_answer else Reach(None, 1))


def test_silences_are_counted_from_the_last_answer_and_an_unsigned_one_is_silence(tmp_path: Path) -> None:
    answers = [signed("alipay.trade.query", NO_TRADE), b"<html>", b"<html>", signed("alipay.trade.query", NO_TRADE)]
    wire = Wire(lambda _: httpx.Response(200, content=answers.pop(0)))
    gateway = open_gateway(tmp_path, wire)
    counts = [(gateway.query(NUMBER), gateway.reach.unanswered)[1] for _ in range(4)]
    assert counts == [0, 1, 2, 0]


def test_silences_of_many_threads_are_all_counted(tmp_path: Path) -> None:
    gateway = open_gateway(tmp_path, Wire(lambda _: httpx.Response(500)))
    every = sys.getswitchinterval()

    def fall_silent(times: int) -> None:
        for _ in range(times):
            gateway._count(is_answered=False)

    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as lanes:
            list(lanes.map(fall_silent, [500] * 8))
    finally:
        sys.setswitchinterval(every)
    assert gateway.reach.unanswered == 4000


def test_a_redirect_is_not_followed(tmp_path: Path) -> None:
    wire = Wire(lambda _: httpx.Response(302, headers={"location": "http://127.0.0.1:1/elsewhere"}))
    assert open_gateway(tmp_path, wire).pay(CHARGE) == Unknown("http 302")
    assert len(wire.sent) == 1


def test_an_answer_that_is_far_too_long_is_given_up(tmp_path: Path) -> None:
    pieces = iter([b" " * 65_536] * 100)
    wire = Wire(lambda _: httpx.Response(200, content=pieces))
    assert open_gateway(tmp_path, wire).pay(CHARGE) == Unknown("answer too long or too slow")
    assert len(list(pieces)) == 95, "five pieces are more than 256 KiB"


def test_an_answer_that_drips_is_given_up(tmp_path: Path) -> None:
    clock = StoppedClock()
    dripped = 0

    def drip() -> Iterator[bytes]:
        nonlocal dripped
        for _ in range(100):
            dripped += 1
            clock.move(10)
            yield b" "

    wire = Wire(lambda _: httpx.Response(200, content=drip()))
    assert open_gateway(tmp_path, wire, clock).pay(CHARGE) == Unknown("answer too long or too slow")
    assert dripped == 4


def test_a_packed_answer_is_read(tmp_path: Path) -> None:
    packed = gzip.compress(signed("alipay.trade.pay", FOUND))
    wire = Wire(lambda _: httpx.Response(200, content=packed, headers={"content-encoding": "gzip"}))
    assert open_gateway(tmp_path, wire).pay(CHARGE) == Paid(TRADE_NO, CHARGE.amount)


def test_nothing_secret_is_logged_or_shown(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    wire = Wire(lambda _: httpx.Response(200, content=signed("alipay.trade.pay", FOUND)))
    gateway = open_gateway(tmp_path, wire)
    gateway.pay(CHARGE)
    signature = dict(parse_qsl(wire.sent[0].content.decode()))["sign"]
    told = caplog.text + repr(gateway) + repr(CHARGE)
    assert f"alipay.trade.pay {NUMBER}: Paid" in caplog.text
    assert [secret for secret in (CODE, CODE[4:-4], signature, signature[:40], "biz_content") if secret in told] == []
    key_lines = private_pem("ours").decode().splitlines()[1:-1]
    assert not [line for line in key_lines if line in told]


def test_the_clients_time_limits_are_set_apart(tmp_path: Path) -> None:
    client = open_gateway(tmp_path, Wire(lambda _: httpx.Response(500)))._client
    assert (client.timeout.connect, client.timeout.read) == (5.0, 15.0)
    assert (module.CONNECT_S, module.READ_S) == (5.0, 15.0)
    assert client.trust_env is False


@pytest.mark.parametrize(
    "address",
    ["http://openapi.alipay.com/gateway.do", "http://127.0.0.1.example.com/gateway.do", "ftp://127.0.0.1/gateway.do",
     "gateway.do", "", "https://", "http://[", "http://127.0.0.1:99999999/"],
)  # fmt: skip
def test_an_address_others_could_read_along_is_refused(tmp_path: Path, address: str) -> None:
    with pytest.raises(GatewayNotSafe):
        AlipayGateway(replace(settings(tmp_path), gateway=address), StoppedClock())


@pytest.mark.parametrize(
    "address",
    ["https://openapi.alipay.com/gateway.do", "https://openapi-sandbox.dl.alipaydev.com/gateway.do"],
)
def test_a_real_app_asks_alipay_and_never_the_simulator(tmp_path: Path, address: str) -> None:
    real = replace(settings(tmp_path), gateway=address, app_id="2021000122671080")
    AlipayGateway(real, StoppedClock()).close()
    with pytest.raises(GatewayNotSafe):
        AlipayGateway(replace(real, app_id="SANDBOX-0001"), StoppedClock())


@pytest.mark.parametrize("address", ["http://localhost:8700/gateway.do", "http://[::1]:8700/gateway.do"])
def test_the_simulators_app_asks_this_machine_and_no_other_app_does(tmp_path: Path, address: str) -> None:
    near = replace(settings(tmp_path), gateway=address)
    AlipayGateway(near, StoppedClock()).close()
    with pytest.raises(GatewayNotSafe):
        AlipayGateway(replace(near, app_id="2021000122671080"), StoppedClock())


def test_our_own_public_key_in_alipays_place_is_noticed(tmp_path: Path) -> None:
    ours = settings(tmp_path)
    Path(ours.alipay_public_key).write_bytes(public_pem("ours"))
    with pytest.raises(KeyUnreadable, match="our own public key, not Alipay's"):
        AlipayGateway(ours, StoppedClock())


def test_keys_are_looked_at_when_the_till_starts(tmp_path: Path) -> None:
    ours = settings(tmp_path)
    with pytest.raises(KeyUnreadable, match="No such file"):
        AlipayGateway(replace(ours, private_key=str(tmp_path / "missing")), StoppedClock())
    write_secret(Path(ours.private_key), b"nonsense")
    with pytest.raises(KeyUnreadable):
        AlipayGateway(ours, StoppedClock())


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"private_key": ""}, "private_key: not set"),
        ({"alipay_public_key": ""}, "alipay_public_key: not set"),
        ({"alipay_public_key": "", "app_cert": "a.crt"}, "alipay_cert, alipay_root_cert: not set"),
        ({"alipay_public_key": "", "alipay_cert": "a.crt", "alipay_root_cert": "b.crt"}, "app_cert: not set"),
        ({"app_cert": "a", "alipay_cert": "b", "alipay_root_cert": "c"}, "either this key or the three certificates"),
    ],
)
def test_settings_name_the_files_of_one_mode_and_all_of_them(
    tmp_path: Path, changed: dict[str, str], told: str
) -> None:
    with pytest.raises(KeyUnreadable) as refused:
        AlipayGateway(replace(settings(tmp_path), **changed), StoppedClock())  # type: ignore[arg-type]
    assert told in "{path}: {reason}".format(**refused.value.facts)

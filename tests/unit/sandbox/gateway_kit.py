"""A gateway simulator in this process, and a client of its own that shares no line with the till's."""

import base64
import json
import random
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import httpx
import uvicorn
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from starlette.types import ASGIApp

from pos.sandbox.gateway_keys import KeyRing
from pos.sandbox.gateway_ledger import Ledger, MemoryLedger
from pos.sandbox.gateway_line import CuttableProtocol
from pos.sandbox.gateway_rules import Acquirer

APP_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
GATEWAY_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
KEYS = KeyRing(APP_KEY.public_key(), GATEWAY_KEY)
NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)  # twelve o'clock in the shop


class StoppedClock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self._now = NOON

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return self._now.timestamp()

    def move(self, **by: float) -> None:
        self._now += timedelta(**by)


@dataclass
class Shop:
    """A simulator's business with a clock in hand."""

    ledger: Ledger = field(default_factory=MemoryLedger)
    clock: StoppedClock = field(default_factory=StoppedClock)
    chance: random.Random = field(default_factory=lambda: random.Random(7))

    def __post_init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        self.acquirer = Acquirer(self.clock, self.ledger, self.chance)

    def code(self, kind: str = "normal", buyer: str = "alice") -> str:
        return self.acquirer.issue_code(buyer, kind)

    def pay(self, number: str, code: str, amount: str = "88.88", **more: object) -> dict[str, object]:
        return self.acquirer.pay(payment(number, code, total_amount=amount, **more))

    def query(self, number: str) -> dict[str, object]:
        return self.acquirer.query({"out_trade_no": number})

    def cancel(self, number: str) -> dict[str, object]:
        return self.acquirer.cancel({"out_trade_no": number})

    def close(self, number: str) -> dict[str, object]:
        return self.acquirer.close({"out_trade_no": number})

    def precreate(self, number: str, amount: str = "88.88", **more: object) -> dict[str, object]:
        return self.acquirer.precreate(order(number, total_amount=amount, **more))

    def refund(self, number: str, amount: str, request: str | None = "R1", **more: object) -> dict[str, object]:
        asked = {"out_trade_no": number, "refund_amount": amount, "out_request_no": request, **more}
        return self.acquirer.refund({key: value for key, value in asked.items() if value is not None})

    def refund_query(self, number: str, request: str = "R1", **more: object) -> dict[str, object]:
        return self.acquirer.refund_query({"out_trade_no": number, "out_request_no": request, **more})

    def status(self, number: str) -> object:
        """Return a trade's status, or why there is none."""
        node = self.query(number)
        return node.get("trade_status") or told(node)[1]

    @property
    def all_money(self) -> int:
        """What the customers and the shop have together, in fen."""
        return sum(self.acquirer.wallets().values()) + self.acquirer.merchant_fen

    @property
    def money(self) -> tuple[int, int, int]:
        """Paid, refunded and kept, in fen."""
        totals = self.acquirer.totals()
        return totals.paid_fen, totals.refunded_fen, totals.kept_fen


@contextmanager
def served(app: ASGIApp) -> Iterator[str]:
    """Serve a simulator on loopback from a thread, and give its address."""
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(app, http=CuttableProtocol, log_level="critical", access_log=False, lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        listener.close()


class Wire:
    """A till's line to a simulator over HTTP: every call signed, every answer's signature checked."""

    def __init__(self, address: str, clock: StoppedClock, **always: str) -> None:
        self.http = httpx.Client(base_url=address, trust_env=False, timeout=10)
        self._clock, self._always = clock, always

    def post(self, method: str, content: object) -> httpx.Response:
        at = (self._clock.now() + timedelta(hours=8)).strftime("%Y-%m-%d %H:%M:%S")
        params = common(method, content, timestamp=at, **self._always)
        headers = {"content-type": "application/x-www-form-urlencoded"}
        return self.http.post("/gateway.do?charset=utf-8", content=encoded(params), headers=headers)

    def ask(self, method: str, **content: object) -> dict[str, object]:
        return verified(self.post(f"alipay.trade.{method}", content).content)

    def pay(self, number: str, kind: str = "normal", **more: object) -> dict[str, object]:
        return self.ask("pay", **payment(number, self.remote("codes", kind=kind)["code"], **more))

    def bill(self, day: str, bill_type: str = "trade") -> dict[str, object]:
        content = {"bill_type": bill_type, "bill_date": day}
        return verified(self.post("alipay.data.dataservice.bill.downloadurl.query", content).content)

    def remote(self, path: str, **asked: object) -> Any:  # noqa: ANN401  (JSON)
        return self.http.post(f"/sandbox/{path}", json=asked).raise_for_status().json()

    def look(self, path: str) -> Any:  # noqa: ANN401  (JSON)
        return self.http.get(f"/sandbox/{path}").raise_for_status().json()

    @property
    def kept(self) -> int:
        return int(self.look("totals")["kept_fen"])


def order(number: str, **more: object) -> dict[str, object]:
    """Return what a code to be scanned is asked for with."""
    return {"out_trade_no": number, "total_amount": "88.88", "subject": "牛奶 2件", **more}


def payment(number: str, code: str, **more: object) -> dict[str, object]:
    content = {
        "out_trade_no": number,
        "total_amount": "88.88",
        "subject": "牛奶 2件",
        "auth_code": code,
        "scene": "bar_code",
        **more,
    }
    return {key: value for key, value in content.items() if value is not None}


def told(node: dict[str, object]) -> tuple[object, object]:
    """Return code and sub_code (without its family) of an answer."""
    return node["code"], str(node.get("sub_code", "")).removeprefix("ACQ.")


def common(method: str, content: object, /, **other: str | None) -> dict[str, str]:
    """Return the parameters of a call, signed by hand; an ``other`` of None leaves a parameter out."""
    params: dict[str, str | None] = {
        "app_id": "SANDBOX-0001",
        "method": method,
        "charset": "utf-8",
        "sign_type": "RSA2",
        "timestamp": "2026-11-23 12:00:00",
        "version": "1.0",
        "biz_content": content if isinstance(content, str) else json.dumps(content, ensure_ascii=False),
        **other,
    }
    sent = {key: value for key, value in params.items() if value is not None}
    if "sign" not in params:
        text = "&".join(f"{key}={value}" for key, value in sorted(sent.items()) if value)
        raw = APP_KEY.sign(text.encode(sent.get("charset", "gbk")), PKCS1v15(), SHA256())
        sent["sign"] = base64.b64encode(raw).decode()
    return sent


def encoded(params: dict[str, str]) -> bytes:
    return urlencode(params, encoding=params.get("charset", "gbk")).encode()


def verified(raw: bytes, charset: str = "utf-8", key: rsa.RSAPublicKey | None = None) -> dict[str, object]:
    """Return an answer's node after checking its signature with nothing but the cryptography library."""
    text = raw.decode(charset)
    answer = json.loads(text)
    name = next(key for key in answer if key != "sign")
    after = ',"alipay_cert_sn":' if "alipay_cert_sn" in answer else ',"sign":'
    node = text[text.index(":") + 1 : text.rindex(after)]
    key = key or GATEWAY_KEY.public_key()
    key.verify(base64.b64decode(answer["sign"]), node.encode(charset), PKCS1v15(), SHA256())
    assert json.loads(node) == answer[name]
    return dict(answer[name])

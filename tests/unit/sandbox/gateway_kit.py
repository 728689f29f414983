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
from urllib.parse import urlencode

import uvicorn
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from starlette.types import ASGIApp

from pos.sandbox.gateway import CuttableProtocol
from pos.sandbox.gateway_keys import KeyRing
from pos.sandbox.gateway_ledger import Ledger, MemoryLedger
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


def verified(raw: bytes, charset: str = "utf-8") -> dict[str, object]:
    """Return an answer's node after checking its signature with nothing but the cryptography library."""
    text = raw.decode(charset)
    answer = json.loads(text)
    name = next(key for key in answer if key != "sign")
    node = text[text.index(":") + 1 : text.rindex(',"sign":')]
    GATEWAY_KEY.public_key().verify(base64.b64decode(answer["sign"]), node.encode(charset), PKCS1v15(), SHA256())
    assert json.loads(node) == answer[name]
    return dict(answer[name])

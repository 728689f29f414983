"""Keys, clocks and signed answers for every test that needs an Alipay."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import httpx
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from pos.alipay.signing import sign
from pos.domain.gateway import Charge
from pos.domain.money import Money
from pos.settings import AlipaySettings

NUMBER = "GT0192f0c1e5d07000800000000000abcd"
CODE = "287634438256643941"
NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)  # twelve o'clock in the shop
CHARGE = Charge(NUMBER, Money(8888), CODE, "柜台示例店 3件", store="0017", till="03", cashier="1001")


class StoppedClock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self._now, self._seconds = NOON, 0.0

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return self._seconds

    def move(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)
        self._seconds += seconds


@cache
def private_key(name: str) -> rsa.RSAPrivateKey:
    """Return the same key for the same name, made when first asked for."""
    assert name
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def private_pem(name: str, kind: PrivateFormat = PrivateFormat.PKCS8) -> bytes:
    return private_key(name).private_bytes(Encoding.PEM, kind, NoEncryption())


def public_pem(name: str, kind: PublicFormat = PublicFormat.SubjectPublicKeyInfo) -> bytes:
    return private_key(name).public_key().public_bytes(Encoding.PEM, kind)


def write_secret(path: Path, content: bytes) -> Path:
    path.touch(mode=0o600)
    path.write_bytes(content)
    path.chmod(0o600)
    return path


def settings(folder: Path, gateway: str = "http://127.0.0.1:1/gateway.do") -> AlipaySettings:
    """Return settings whose keys are the pairs "ours" and "alipay"."""
    (folder / "alipay_public.pem").write_bytes(public_pem("alipay"))
    return AlipaySettings(
        gateway=gateway,
        app_id="SANDBOX-0001",
        private_key=str(write_secret(folder / "app_private.pem", private_pem("ours"))),
        alipay_public_key=str(folder / "alipay_public.pem"),
    )


def signed(method: str, node: Mapping[str, object] | str, key: str = "alipay") -> bytes:
    """Return a whole answer to a method, signed over its node's text."""
    text = node if isinstance(node, str) else json.dumps(node, ensure_ascii=False)
    name = method if method == "error_response" else method.replace(".", "_") + "_response"
    return f'{{"{name}":{text},"sign":"{sign(text.encode(), private_key(key))}"}}'.encode()


def answering(answer: Callable[[httpx.Request], httpx.Response]) -> httpx.MockTransport:
    """Return a network on which every request is answered by a function."""
    return httpx.MockTransport(answer)

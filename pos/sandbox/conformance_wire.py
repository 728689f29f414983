"""A line to a gateway simulator that takes nothing on trust.

Requests are put together, signed and sent here, and answers cut and checked, with httpx and the cryptography library
alone: what the simulator and the till share is not used, so that a mistake they share shows.
"""

import base64
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key

Node = dict[str, object]
"""The signed part of an answer."""
Params = dict[str, str]
"""A request as it is sent."""

APP = "SANDBOX-0001"
SHANGHAI = timezone(timedelta(hours=8))
TIME = "%Y-%m-%d %H:%M:%S"
ANSWER_MAX_S = 10
_FORM = {"content-type": "application/x-www-form-urlencoded;charset=utf-8"}
_UNTOLD = {"sign", "alipay_cert_sn"}


class Nonconforming(Exception):
    """The simulator did not do what Alipay does; the words say what was asked, expected and got."""


class Wire:
    """Calls of one app to one gateway.

    Args:
        address: ``http://host:port``.
        app_key: what requests are signed with.
        gateway_key: what answers must be signed for.
    """

    def __init__(self, address: str, app_key: RSAPrivateKey, gateway_key: RSAPublicKey) -> None:
        self.http = httpx.Client(base_url=address, trust_env=False, timeout=ANSWER_MAX_S)
        self.app_key, self._gateway_key = app_key, gateway_key
        self._numbers, self._travelled_s = 0, 0.0
        self._settings = self.look("settings")

    @property
    def address(self) -> str:
        """Where the simulator is."""
        return str(self.http.base_url).rstrip("/")

    def close(self) -> None:
        """Hang up."""
        self.http.close()

    def number(self) -> str:
        """Return a number no trade has yet."""
        self._numbers += 1
        return f"CF{self._numbers:06d}"

    def now(self) -> datetime:
        """Return the time of the simulator's business, in Shanghai."""
        return datetime.now(UTC).astimezone(SHANGHAI) + timedelta(seconds=self._travelled_s)

    def common(self, method: str, content: object, /, **other: str | None) -> Params:
        """Return a call's parameters without a signature; an ``other`` of None leaves one out."""
        params: dict[str, str | None] = {
            "app_id": APP, "method": method, "format": "JSON", "charset": "utf-8", "sign_type": "RSA2",
            "timestamp": datetime.now(UTC).astimezone(SHANGHAI).strftime(TIME), "version": "1.0",
            "biz_content": content if isinstance(content, str) else json.dumps(content, ensure_ascii=False), **other,
        }  # fmt: skip
        return {name: value for name, value in params.items() if value is not None}

    def signed(self, params: Mapping[str, str]) -> Params:
        """Return parameters with their signature, over all that are sent and not empty."""
        return {**params, "sign": signature_of(params, self.app_key)}

    def send(self, params: Mapping[str, str], *, in_address: frozenset[str] = frozenset({"charset"})) -> bytes:
        """Post a call, with these of its parameters in the address, and return the answer as it came."""
        query = urlencode({name: value for name, value in params.items() if name in in_address})
        body = urlencode({name: value for name, value in params.items() if name not in in_address})
        return _content(self.http.post(f"/gateway.do?{query}", content=body, headers=_FORM))

    def get(self, params: Mapping[str, str]) -> bytes:
        """Send a call by GET, all of it in the address, and return the answer as it came."""
        return _content(self.http.get(f"/gateway.do?{urlencode(params)}"))

    def read(self, raw: bytes, name: str) -> Node:
        """Return an answer's node after checking its name and its signature over its own bytes."""
        answer, text = parse(raw), raw.decode()
        if [each for each in answer if each not in _UNTOLD] != [name]:
            raise Nonconforming(f"the answer holds {', '.join(answer)} in place of {name}")
        self.check(cut(text, name).encode(), str(answer.get("sign")))
        node = answer[name]
        if not isinstance(node, dict):
            raise Nonconforming(f"{name} is no object")
        return node

    def check(self, content: bytes, signature: str) -> None:
        """Check a signature of the gateway."""
        try:
            self._gateway_key.verify(base64.b64decode(signature, validate=True), content, PKCS1v15(), SHA256())
        except (ValueError, InvalidSignature) as reason:
            raise Nonconforming("an answer's signature is not the gateway's") from reason

    def ask(self, method: str, content: object) -> Node:
        """Make one well-formed call and return its node."""
        return self.read(self.send(self.signed(self.common(method, content))), node_name(method))

    def remote(self, path: str, **asked: object) -> Any:  # noqa: ANN401  (JSON)
        """Tell the simulator's remote control something, and return what it says."""
        return parse(_content(self.http.post(f"/sandbox/{path}", json=asked)))

    def look(self, path: str) -> Any:  # noqa: ANN401  (JSON)
        """Ask the simulator's remote control something."""
        return json.loads(_content(self.http.get(f"/sandbox/{path}")))

    def travel(self, **by: float) -> None:
        """Put the clock of the simulator's business forward."""
        self._travelled_s += timedelta(**by).total_seconds()
        self.remote("settings", travel_s=self._travelled_s)

    def travel_to(self, hour: int) -> None:
        """Put it forward to the next time it is this hour in Shanghai."""
        goal = self.now().replace(hour=hour, minute=0, second=0, microsecond=0)
        goal += timedelta(days=goal <= self.now())
        self.travel(seconds=(goal - self.now()).total_seconds())

    def reset(self) -> None:
        """Undo what a rule before may have left behind; time goes on."""
        self.remote("faults")
        self.remote("deliver")
        self.remote("settings", **{**self._settings, "travel_s": self._travelled_s})


def open_wire(address: str, folder: Path) -> Wire:
    """Return a line to a simulator, with the keys of its folder."""
    app_key = load_pem_private_key((folder / "app_private.pem").read_bytes(), None)
    gateway_key = load_pem_public_key((folder / "alipay_public.pem").read_bytes())
    assert isinstance(app_key, RSAPrivateKey)
    assert isinstance(gateway_key, RSAPublicKey)
    return Wire(address, app_key, gateway_key)


def signature_of(params: Mapping[str, str], key: RSAPrivateKey) -> str:
    """Return the RSA2 signature of parameters: sorted, empty ones left out, values as they are."""
    text = "&".join(f"{name}={value}" for name, value in sorted(params.items()) if value and name != "sign")
    return base64.b64encode(key.sign(text.encode(), PKCS1v15(), SHA256())).decode()


def node_name(method: str) -> str:
    """Return what the node of a method's answer is called."""
    return method.replace(".", "_") + "_response"


def said(node: Mapping[str, object]) -> str:
    """Return code and sub_code, such as ``40004 ACQ.TRADE_NOT_EXIST``."""
    return f"{node.get('code')} {node.get('sub_code', '')}".strip()


def parse(raw: bytes) -> dict[str, object]:
    """Return a JSON object."""
    try:
        found = json.loads(raw)
    except ValueError as reason:
        raise Nonconforming(f"no JSON: {raw[:60]!r}") from reason
    if not isinstance(found, dict):
        raise Nonconforming(f"no object: {raw[:60]!r}")
    return found


def cut(text: str, name: str) -> str:
    """Return the very text of an answer's node."""
    start = text.index(f'"{name}":') + len(f'"{name}":')
    return text[start : json.JSONDecoder().raw_decode(text, start)[1]]


def _content(response: httpx.Response) -> bytes:
    if not response.is_success:
        raise Nonconforming(f"HTTP {response.status_code} at {response.request.url.path}: {response.text[:80]}")
    return response.content

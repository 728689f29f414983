"""Door: who may come in, checked over the parameters exactly as they were received, and how answers leave.

The order of the checks is ours; each check and its code is Alipay's (gateway error codes 40001 and 40002).
How far a timestamp may be off is published for v3 only (600 s); v2 is taken to be as patient.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import parse_qsl

from pos.alipay.signing import is_signed, sign, string_to_sign
from pos.clock import BEIJING, Clock
from pos.sandbox.gateway_fields import TIME, Content
from pos.sandbox.gateway_keys import SANDBOX_APP_ID, KeyRing
from pos.sandbox.gateway_rules import Acquirer, Node

TOLERANCE = timedelta(seconds=600)
NOTICE = "模拟器 SIMULATOR: not Alipay, no money moves, see /sandbox/phone"
"""Said in every answer; its slashes leave escaped, as Alipay's do."""

CHARSETS = {"utf-8": "utf-8", "gbk": "gbk", "gb2312": "gb2312"}
_DEFAULT_CHARSET = "gbk"
"""What the gateway takes a request for that names no charset in its address."""
_REQUIRED = {
    "app_id": "isv.missing-app-id",
    "method": "isv.missing-method",
    "sign_type": "isv.missing-signature-type",
    "sign": "isv.missing-signature",
    "timestamp": "isv.missing-timestamp",
    "version": "isv.missing-version",
}
_MESSAGES = {
    "20000": "Service Currently Unavailable",
    "40001": "Missing Required Arguments",
    "40002": "Invalid Arguments",
    "40004": "Business Failed",
}


@dataclass(frozen=True, slots=True)
class Call:
    """A request as it was received: its parameters, and the charset they are signed in."""

    params: Mapping[str, str]
    charset: str

    def __repr__(self) -> str:
        return f"Call({self.method})"

    @property
    def method(self) -> str:
        """The method asked for, or nothing."""
        return self.params.get("method", "")


@dataclass(frozen=True, slots=True)
class Answer:
    """What will be said, before it is signed; ``name`` is the node's name."""

    name: str
    node: Node
    is_signed: bool = True


def read_call(query: bytes, body: bytes) -> Call:
    """Merge a request's address and body; the body's parameters win.

    The address alone says how to decode; what is told as ``charset`` anywhere says how it was signed.
    """
    named = dict(parse_qsl(query.decode("ascii", "replace"))).get("charset", "")
    both = [parse_qsl(part.decode("ascii", "replace"), keep_blank_values=True, encoding=_charset(named),
                      errors="replace") for part in (query, body)]  # fmt: skip
    params = dict(both[0] + both[1])
    return Call(params, _charset(params.get("charset", "")))


def _charset(name: str) -> str:
    return CHARSETS.get(name.lower(), _DEFAULT_CHARSET)


class Door:
    """Lets the sandbox's app in and nobody else, and signs what it answers."""

    def __init__(self, keys: KeyRing, acquirer: Acquirer, clock: Clock, tolerance: timedelta = TOLERANCE) -> None:
        self._keys, self._clock, self._tolerance = keys, clock, tolerance
        self._methods: dict[str, Callable[[Content], Node]] = {
            "alipay.trade.pay": acquirer.pay,
            "alipay.trade.query": acquirer.query,
            "alipay.trade.cancel": acquirer.cancel,
        }

    def answer(self, call: Call) -> Answer:
        """Check a call, do what it asks, and return what to say."""
        if missing := next((told for key, told in _REQUIRED.items() if not call.params.get(key)), ""):
            return self._turn_away(call, "40001", missing)
        if call.params["app_id"] != SANDBOX_APP_ID:
            return Answer("error_response", trouble("40002", "isv.invalid-app-id"), is_signed=False)
        if wrong := self._check_form(call) or self._check_signature(call) or self._check_time(call):
            return self._turn_away(call, "40002", wrong)
        if call.method not in self._methods:
            return self._turn_away(call, "40002", "isv.invalid-method")
        content = _content(call)
        if content is None:
            return self._turn_away(call, "40002", "isv.invalid-parameter")
        return Answer(self._name(call), self._methods[call.method](content))

    def busy(self, call: Call) -> Answer:
        """Return the answer of a gateway that cannot serve at the moment."""
        return Answer(self._name(call), trouble("20000", "isp.unknow-error"))

    def write(self, answer: Answer, charset: str, *, spoil: str = "") -> bytes:
        """Return the bytes of an answer, signed over the node's own bytes; ``spoil`` gets into the signature."""
        text = json.dumps({**answer.node, "simulator": NOTICE}, ensure_ascii=False).replace("/", "\\/")
        signature = sign((text + spoil).encode(charset), self._keys.own_key) if answer.is_signed else ""
        return f'{{"{answer.name}":{text},"sign":"{signature}"}}'.encode(charset)

    def _turn_away(self, call: Call, code: str, sub_code: str) -> Answer:
        return Answer(self._name(call), trouble(code, sub_code))

    def _name(self, call: Call) -> str:
        known = call.method in self._methods
        return call.method.replace(".", "_") + "_response" if known else "error_response"

    def _check_form(self, call: Call) -> str:
        told = call.params
        checks = {
            "isv.invalid-signature-type": told["sign_type"] == "RSA2",
            "isv.unsupported-version": told["version"] == "1.0",
            "isv.invalid-format": told.get("format", "JSON").upper() == "JSON",
            "isv.invalid-charset": told.get("charset", "gbk").lower() in CHARSETS,
        }
        return next((sub_code for sub_code, is_right in checks.items() if not is_right), "")

    def _check_signature(self, call: Call) -> str:
        content = string_to_sign(call.params).encode(call.charset, "replace")
        return "" if is_signed(content, call.params["sign"], self._keys.app_key) else "isv.invalid-signature"

    def _check_time(self, call: Call) -> str:
        try:
            told = datetime.strptime(call.params["timestamp"], TIME).replace(tzinfo=BEIJING)
        except ValueError:
            return "isv.invalid-timestamp"
        return "isv.illegal-timestamp" if abs(self._clock.now() - told) > self._tolerance else ""


def trouble(code: str, sub_code: str) -> Node:
    """Return a node that says the gateway itself refuses."""
    return {"code": code, "msg": _MESSAGES[code], "sub_code": sub_code, "sub_msg": f"模拟器：{sub_code}"}


def _content(call: Call) -> dict[str, object] | None:
    """Return the business parameters; nothing when they are no object, or hold half a character."""
    try:
        content = json.loads(call.params.get("biz_content", ""))
        json.dumps(content, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return None
    return content if isinstance(content, dict) else None

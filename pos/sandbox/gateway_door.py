"""Door: who may come in, checked over the parameters exactly as they were received, and how answers leave.

The order of the checks is ours; each check and its code is Alipay's (gateway error codes 40001 and 40002).
How far a timestamp may be off is published for v3 only (600 s); v2 is taken to be as patient.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import parse_qsl

from pos.alipay.signing import is_signed, sign, string_to_sign
from pos.clock import BEIJING
from pos.sandbox.gateway_answers import Node
from pos.sandbox.gateway_fields import TIME, Content
from pos.sandbox.gateway_keys import SANDBOX_APP_ID, KeyRing
from pos.sandbox.gateway_rules import ORIGIN, Acquirer

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
_CERTIFIED = {
    "app_cert_sn": "isv.missing-app-cert-sn",
    "alipay_root_cert_sn": "isv.missing-alipay-root-cert-sn",
}
_MESSAGES = {
    "20000": "Service Currently Unavailable",
    "40001": "Missing Required Arguments",
    "40002": "Invalid Arguments",
    "40004": "Business Failed",
    "40005": "Call Limited",
}
_WHOSE_APP = f"模拟器只认 {SANDBOX_APP_ID}，真的应用号不能用在这里 (a simulator: it knows {SANDBOX_APP_ID} only)"


@dataclass(frozen=True, slots=True)
class Call:
    """A request as it was received.

    Attributes:
        charset: what its parameters are signed in.
        origin: ``http://host:port`` as the caller knows the gateway; addresses in answers begin with it.
    """

    params: Mapping[str, str]
    charset: str
    origin: str = ORIGIN

    def __repr__(self) -> str:
        return f"Call({self.method})"

    @property
    def method(self) -> str:
        """The method asked for, or nothing."""
        return self.params.get("method", "")

    @property
    def is_certified(self) -> bool:
        """Whether it comes in certificate mode."""
        return bool(self.params.get("app_cert_sn") or self.params.get("alipay_root_cert_sn"))


@dataclass(frozen=True, slots=True)
class Answer:
    """What will be said, before it is signed.

    Attributes:
        name: the node's name.
        cert_sn: the number of the gateway's certificate, told beside the node in certificate mode.
    """

    name: str
    node: Node
    is_signed: bool = True
    cert_sn: str = ""


def read_call(query: bytes, body: bytes, origin: str = ORIGIN) -> Call:
    """Merge a request's address and body; the body's parameters win.

    The address alone says how to decode; what is told as ``charset`` anywhere says how it was signed.
    """
    named = dict(parse_qsl(query.decode("ascii", "replace"))).get("charset", "")
    both = [parse_qsl(part.decode("ascii", "replace"), keep_blank_values=True, encoding=_charset(named),
                      errors="replace") for part in (query, body)]  # fmt: skip
    params = dict(both[0] + both[1])
    return Call(params, _charset(params.get("charset", "")), origin)


def _charset(name: str) -> str:
    return CHARSETS.get(name.lower(), _DEFAULT_CHARSET)


class Door:
    """Lets the sandbox's app in and nobody else, and signs what it answers."""

    def __init__(self, keys: KeyRing, acquirer: Acquirer, tolerance: timedelta = TOLERANCE) -> None:
        self._keys, self._acquirer, self._tolerance = keys, acquirer, tolerance
        self._methods: dict[str, Callable[[Content], Node]] = {
            "alipay.trade.pay": acquirer.pay,
            "alipay.trade.query": acquirer.query,
            "alipay.trade.cancel": acquirer.cancel,
            "alipay.trade.close": acquirer.close,
            "alipay.trade.refund": acquirer.refund,
            "alipay.trade.fastpay.refund.query": acquirer.refund_query,
        }
        self._addressed: dict[str, Callable[[Content, str], Node]] = {
            "alipay.trade.precreate": acquirer.precreate,
            "alipay.data.dataservice.bill.downloadurl.query": acquirer.bill_address,
        }

    def answer(self, call: Call) -> Answer:
        """Check a call, do what it asks, and return what to say."""
        said = self._answer(call)
        return replace(said, cert_sn=self._keys.alipay_cert_sn) if call.is_certified else said

    def busy(self, call: Call, code: str = "20000", sub_code: str = "isp.unknow-error") -> Answer:
        """Return the answer of a gateway that cannot serve at the moment."""
        cert_sn = self._keys.alipay_cert_sn if call.is_certified else ""
        return Answer(self._name(call), trouble(code, sub_code), cert_sn=cert_sn)

    def promise(self, call: Call) -> Answer:
        """Return the answer of a refund that was taken and not done."""
        number = (_content(call) or {}).get("out_trade_no", "")
        node = {"code": "10000", "msg": "Success", "out_trade_no": number, "fund_change": "N", "refund_fee": "0.00"}
        return replace(self.busy(call), node=node)

    def write(self, answer: Answer, charset: str, *, spoil: str = "") -> bytes:
        """Return the bytes of an answer, signed over the node's own bytes; ``spoil`` gets into the signature."""
        text = json.dumps({**answer.node, "simulator": NOTICE}, ensure_ascii=False).replace("/", "\\/")
        raw = (text + spoil).encode(charset, "replace")
        signature = sign(raw, self._keys.own_key) if answer.is_signed else ""
        beside = f'"alipay_cert_sn":"{answer.cert_sn}",' if answer.cert_sn else ""
        return f'{{"{answer.name}":{text},{beside}"sign":"{signature}"}}'.encode(charset, "replace")

    def _answer(self, call: Call) -> Answer:
        wanted = {**_REQUIRED, **(_CERTIFIED if call.is_certified else {})}
        if missing := next((told for key, told in wanted.items() if not call.params.get(key)), ""):
            return self._turn_away(call, "40001", missing)
        if call.params["app_id"] != SANDBOX_APP_ID:
            node = {**trouble("40002", "isv.invalid-app-id"), "sub_msg": _WHOSE_APP}
            return Answer("error_response", node, is_signed=False)
        checks = (self._check_form, self._check_certificates, self._check_signature, self._check_time)
        if wrong := next(filter(None, (check(call) for check in checks)), ""):
            return self._turn_away(call, "40002", wrong)
        if self._name(call) == "error_response":
            return self._turn_away(call, "40002", "isv.invalid-method")
        content = _content(call)
        if content is None:
            return self._turn_away(call, "40002", "isv.invalid-parameter")
        return Answer(self._name(call), self._do(call, content))

    def _do(self, call: Call, content: Content) -> Node:
        if call.method in self._methods:
            return self._methods[call.method](content)
        return self._addressed[call.method](content, call.origin)

    def _turn_away(self, call: Call, code: str, sub_code: str) -> Answer:
        return Answer(self._name(call), trouble(code, sub_code))

    def _name(self, call: Call) -> str:
        known = call.method in self._methods or call.method in self._addressed
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

    def _check_certificates(self, call: Call) -> str:
        if not call.is_certified:
            return ""
        if call.params["app_cert_sn"] != self._keys.app_cert_sn:
            return "isv.app-cert-not-exist"
        is_right = call.params["alipay_root_cert_sn"] == self._keys.root_cert_sn
        return "" if is_right else "isv.invalid-alipay-root-cert-sn"

    def _check_signature(self, call: Call) -> str:
        content = string_to_sign(call.params).encode(call.charset, "replace")
        return "" if is_signed(content, call.params["sign"], self._keys.app_key) else "isv.invalid-signature"

    def _check_time(self, call: Call) -> str:
        try:
            told = datetime.strptime(call.params["timestamp"], TIME).replace(tzinfo=BEIJING)
        except ValueError:
            return "isv.invalid-timestamp"
        return "isv.illegal-timestamp" if abs(self._acquirer.gateway_now() - told) > self._tolerance else ""


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

"""Rule 15: answers are signed over their own bytes, and everything that can go wrong does so on demand.

Notices to a server of the shop's (``notify_url``) are not among it: a till behind a router cannot be reached, asks for
none, and looks payments up instead; so the simulator sends none, and nothing here shows how it would.
"""

import json
from collections.abc import Callable

import httpx

from pos.sandbox.conformance_exam import Exam, payment
from pos.sandbox.conformance_wire import Nonconforming, cut, node_name, parse, said

_PAY = "alipay.trade.pay"
_CUT_OFF = "the connection broke"


def rule_15(exam: Exam) -> None:
    """Answers are signed over the very bytes sent; faults come when they are ordered, and only then."""
    _signed_bytes(exam)
    _customers(exam)
    for fault, answer, then in (
        ("20000", "20000 isp.unknow-error", ""),
        ("20000_after", "20000 isp.unknow-error", "TRADE_SUCCESS"),
        ("40005", "40005 isv.app-call-limited", ""),
        ("system_error", "40004 ACQ.SYSTEM_ERROR", "TRADE_SUCCESS"),
        ("drop_before", _CUT_OFF, ""),
        ("drop_after", _CUT_OFF, "TRADE_SUCCESS"),
        ("bad_signature", "an answer's signature is not the gateway's", "TRADE_SUCCESS"),
        ("unsigned_error", "the answer holds error_response, sign in place of alipay_trade_pay_response", ""),
        ("http_500", "HTTP 500", "TRADE_SUCCESS"),
        ("html", "no JSON", "TRADE_SUCCESS"),
        ("duplicate", "10000", "TRADE_SUCCESS"),
        ("duplicate_last", "40004 ACQ.TRADE_HAS_SUCCESS", "TRADE_SUCCESS"),
    ):
        _spoiled(exam, fault, answer, then)
    _late(exam)
    _slow(exam)
    _only_then(exam)


def _signed_bytes(exam: Exam) -> None:
    wire = exam.wire
    raw = wire.send(wire.signed(wire.common("alipay.trade.precreate", payment(wire.number(), {"scene": None}))))
    name = node_name("alipay.trade.precreate")
    exam.same("an answer", said(wire.read(raw, name)), "10000")
    answer, text = parse(raw), cut(raw.decode(), name)
    exam.same(r"it holds \/", r"\/" in text, wanted=True)
    written_anew = json.dumps(answer[name], ensure_ascii=False, separators=(",", ":")).encode()
    exam.same("written anew it does not verify", _reason(lambda: wire.check(written_anew, str(answer["sign"]))),
              "an answer's signature is not the gateway's")  # fmt: skip
    changed = text.replace("10000", "10001").encode()
    exam.same("with one digit changed neither", _reason(lambda: wire.check(changed, str(answer["sign"]))),
              "an answer's signature is not the gateway's")  # fmt: skip


def _customers(exam: Exam) -> None:
    exam.wire.remote("settings", answers_after_s=6)
    pays, cancels, never = (exam.paid(kind=kind) for kind in ("password", "cancel", "never"))
    for number in (pays, cancels, never):
        exam.status(number, "WAIT_BUYER_PAY", "while the customer is asked")
    exam.wire.travel(seconds=7)
    exam.status(pays, "TRADE_SUCCESS", "of one who pays")
    exam.status(cancels, "TRADE_CLOSED", "of one who cancels")
    exam.status(never, "WAIT_BUYER_PAY", "of one who never answers")


def _spoiled(exam: Exam, fault: str, answer: str, then: str) -> None:
    """Show what a payment is answered with when it goes wrong like this, and what became of it."""
    number = exam.wire.number()
    content = payment(number, {"auth_code": exam.code()})
    exam.wire.remote("faults", next=fault, method=_PAY)
    exam.same(f"a payment under {fault}", _reason(lambda: said(exam.wire.ask(_PAY, content)))[: len(answer)], answer)
    if then:
        exam.status(number, then, f"after {fault}")
    else:
        exam.unknown(number, f"after {fault}")


def _late(exam: Exam) -> None:
    number, content = exam.wire.number(), {"auth_code": exam.code()}
    exam.wire.remote("faults", next="late", method=_PAY, seconds=300)
    exam.same("a payment under late", _reason(lambda: said(exam.wire.ask(_PAY, payment(number, content)))), _CUT_OFF)
    exam.unknown(number, "before it arrives")
    exam.wire.remote("deliver")
    exam.status(number, "TRADE_SUCCESS", "after it arrived")


def _slow(exam: Exam) -> None:
    number, content = exam.wire.number(), {"auth_code": exam.code()}
    exam.wire.remote("faults", next="slow", method=_PAY, seconds=300)
    signed = exam.wire.signed(exam.wire.common(_PAY, payment(number, content)))
    try:
        exam.wire.http.post("/gateway.do?charset=utf-8", data=signed, timeout=0.5)
    except httpx.ReadTimeout:
        exam.same("a payment under slow", "no answer yet", "no answer yet")
    else:
        raise Nonconforming("a payment under slow was answered at once")
    exam.status(number, "TRADE_SUCCESS", "after slow")


def _only_then(exam: Exam) -> None:
    exam.wire.remote("faults", next="http_500", method=_PAY)
    exam.unknown(exam.wire.number(), "while a fault waits for a payment")
    exam.wire.remote("faults")
    exam.pay("10000", "a payment after the order was taken back", exam.wire.number())
    exam.same("the simulator's label", exam.wire.http.get("/").headers.get("x-simulator", "")[:10], "not Alipay")


def _reason(call: Callable[[], object]) -> str:
    """Return what a call is answered with, or in which way it is not."""
    try:
        return str(call())
    except Nonconforming as wrong:
        return str(wrong)
    except httpx.RemoteProtocolError:
        return _CUT_OFF

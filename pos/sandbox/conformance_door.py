"""Rules 1 to 4: who is let in, and where a call goes. Numbers as in the list of rules the simulator is built to."""

from datetime import UTC, datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key

from pos.sandbox.conformance_exam import SUBJECT, Exam, order
from pos.sandbox.conformance_wire import SHANGHAI, TIME, Params, node_name, parse, said, signature_of

METHODS = (
    "alipay.trade.pay",
    "alipay.trade.precreate",
    "alipay.trade.query",
    "alipay.trade.cancel",
    "alipay.trade.close",
    "alipay.trade.refund",
    "alipay.trade.fastpay.refund.query",
    "alipay.data.dataservice.bill.downloadurl.query",
)
_QUERY = "alipay.trade.query"
_PRECREATE = "alipay.trade.precreate"
_ABSENT = {"out_trade_no": "CFABSENT"}
_IN_ADDRESS = frozenset({"app_id", "method", "format", "charset", "sign_type", "sign", "timestamp", "version"})
_REAL_APPS = ("2021000122671080", "2019073166072302")


def rule_1(exam: Exam) -> None:
    """The app is known, and the signature is over what was received."""
    _let_in(exam)
    wire, query = exam.wire, exam.wire.common(_QUERY, _ABSENT)
    for method in METHODS:
        params = wire.signed(wire.common(method, {"out_trade_no": "CFSIGNED"}))
        _turned_away(exam, "biz_content changed", {**params, "biz_content": '{"out_trade_no":"CFOTHER"}'}, method)
    signed = wire.signed(query)
    _turned_away(exam, "timestamp changed", {**signed, "timestamp": "2026-01-01 00:00:00"})
    _turned_away(exam, "a parameter added", {**signed, "notify_url": "https://127.0.0.1/x"})
    without = signature_of(_without(query, "sign_type"), wire.app_key)
    _turned_away(exam, "signed without sign_type", {**query, "sign": without})
    stranger = generate_private_key(public_exponent=65537, key_size=2048)
    _turned_away(exam, "signed by a stranger", {**query, "sign": signature_of(query, stranger)})
    _turned_away(exam, "a sign that is no base64", {**query, "sign": "?"})
    wrong_type = wire.signed({**query, "sign_type": "RSA"})
    _refused(exam, "40002 isv.invalid-signature-type", "sign_type RSA", wrong_type, node_name(_QUERY))
    certified = wire.signed({**query, "app_cert_sn": "0" * 32, "alipay_root_cert_sn": "0" * 32})
    _refused(exam, "40002 isv.app-cert-not-exist", "a certificate nobody knows", certified, node_name(_QUERY))
    for app in _REAL_APPS:
        answer = parse(wire.send(wire.signed({**query, "app_id": app})))
        node = answer.get("error_response")
        exam.same(f"app_id {app}", said(node) if isinstance(node, dict) else answer, "40002 isv.invalid-app-id")


def rule_2(exam: Exam) -> None:
    """What every call needs is asked for."""
    wanted = {
        "app_id": "isv.missing-app-id",
        "sign_type": "isv.missing-signature-type",
        "sign": "isv.missing-signature",
        "timestamp": "isv.missing-timestamp",
        "version": "isv.missing-version",
        "method": "isv.missing-method",
    }
    for name, told in wanted.items():
        node = "error_response" if name == "method" else node_name(_QUERY)
        for word, value in (("no", None), ("empty", "")):
            params = exam.wire.signed(exam.wire.common(_QUERY, _ABSENT, **({name: value} if name != "sign" else {})))
            if name == "sign":
                params = {**params, "sign": ""} if value == "" else _without(params, "sign")
            _refused(exam, f"40001 {told}", f"{word} {name}", params, node)
    for own, other in (("app_cert_sn", "alipay_root_cert_sn"), ("alipay_root_cert_sn", "app_cert_sn")):
        params = exam.wire.signed(exam.wire.common(_QUERY, _ABSENT, **{own: "0" * 32}))
        told = f"isv.missing-{other.replace('_', '-')}"
        _refused(exam, f"40001 {told}", f"{own} without {other}", params, node_name(_QUERY))


def rule_3(exam: Exam) -> None:
    """The time is Beijing's, in its one form, and about right."""
    now = datetime.now(UTC).astimezone(SHANGHAI)
    in_time = "40004 ACQ.TRADE_NOT_EXIST"
    for seconds, told in ((-580, in_time), (580, in_time), (-620, "40002 isv.illegal-timestamp"),
                          (620, "40002 isv.illegal-timestamp")):  # fmt: skip
        _timed(exam, told, f"{seconds:+} s", (now + timedelta(seconds=seconds)).strftime(TIME))
    _timed(exam, "40002 isv.illegal-timestamp", "London's", now.astimezone(UTC).strftime(TIME))
    for text in (
        now.isoformat(),
        now.strftime("%Y-%m-%d"),
        now.strftime("%Y/%m/%d %H:%M:%S"),
        "now",
        "2026-02-30 12:00:00",
    ):
        _timed(exam, "40002 isv.invalid-timestamp", "another form", text)
    exam.wire.remote("settings", clock_skew_s=3600)
    _timed(exam, "40002 isv.illegal-timestamp", "right, while the gateway's clock is an hour ahead", now.strftime(TIME))
    exam.wire.remote("settings", clock_skew_s=0)
    _timed(exam, in_time, "right again", now.strftime(TIME))


def rule_4(exam: Exam) -> None:
    """A call goes where its method says, and nowhere else."""
    wire = exam.wire
    for method in METHODS:
        node = wire.ask(method, {})
        exam.same(f"{method} without fields", str(node.get("code")), "40004")
    for method in ("alipay.trade.pay.x", "alipay.trade", "ALIPAY.TRADE.PAY", "alipay.trade.page.pay", "trade_pay"):
        _refused(exam, "40002 isv.invalid-method", method, wire.signed(wire.common(method, _ABSENT)), "error_response")


def _let_in(exam: Exam) -> None:
    wire, absent, name = exam.wire, "40004 ACQ.TRADE_NOT_EXIST", node_name(_QUERY)
    query = wire.signed(wire.common(_QUERY, _ABSENT))
    exam.tell(absent, "all in the body but charset", lambda: wire.send(query), name)
    exam.tell(absent, "all but biz_content in the address", lambda: wire.send(query, in_address=_IN_ADDRESS), name)
    exam.tell(absent, "all in the address, by GET", lambda: wire.get(query), name)
    with_empty = {**wire.signed(wire.common(_QUERY, _ABSENT)), "notify_url": "", "app_auth_token": ""}
    exam.tell(absent, "empty parameters, not signed", lambda: wire.send(with_empty), name)
    more = wire.signed(wire.common(_QUERY, _ABSENT, alipay_sdk="a+b c&d=e/%25", Zeta="字"))
    exam.tell(absent, "parameters nobody knows, signed", lambda: wire.send(more), name)
    blanks = '{ "subject" : "牛奶 + \\u888b;?" ,\n "total_amount":"1.00", "out_trade_no" : "NUMBER" }'
    spaced = wire.signed(wire.common(_PRECREATE, blanks.replace("NUMBER", wire.number())))
    exam.tell("10000", "biz_content with blanks, plus and escapes", lambda: wire.send(spaced), node_name(_PRECREATE))
    exam.ask("10000", "Chinese in biz_content", "trade.precreate", **order(wire.number(), {"subject": SUBJECT}))


def _without(params: Params, left_out: str) -> Params:
    return {name: value for name, value in params.items() if name != left_out}


def _turned_away(exam: Exam, what: str, params: Params, method: str = _QUERY) -> None:
    _refused(exam, "40002 isv.invalid-signature", f"{what} [{method}]", params, node_name(method))


def _refused(exam: Exam, told: str, what: str, params: Params, node: str) -> None:
    exam.tell(told, what, lambda: exam.wire.send(params), node)


def _timed(exam: Exam, told: str, what: str, timestamp: str) -> None:
    params = exam.wire.signed(exam.wire.common(_QUERY, _ABSENT, timestamp=timestamp))
    _refused(exam, told, f"timestamp {what} ({timestamp})", params, node_name(_QUERY))

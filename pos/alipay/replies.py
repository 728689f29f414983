"""Replies: what a raw answer of the gateway means, and nothing more than it proves.

Only an answer that bears Alipay's signature, is about our number and holds together says anything about
money. Everything else is ``Unknown`` with a reason for the log, and the attempt is looked up.
"""

import re
from collections.abc import Mapping

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from pos.alipay.advice import bare, is_refund_refusal, is_refusal
from pos.alipay.signing import Cut, cut_members, is_member_signed
from pos.domain.errors import AmountOutOfRange, BadNumber
from pos.domain.gateway import (
    BillAddress,
    BillReply,
    Cancelled,
    CancelReply,
    Closed,
    CloseReply,
    CodeReply,
    CodeShown,
    Declined,
    FindReply,
    InProcess,
    NotFound,
    Paid,
    PayReply,
    QueryReply,
    Refunded,
    RefundReply,
    RefundStatus,
    TooLate,
    TradeSeen,
    Unknown,
)
from pos.domain.money import Money

Node = Mapping[str, object]
"""The signed part of an answer."""

DONE = "10000"
IN_PROCESS = "10003"
BUSINESS_FAILED = "40004"
TURNED_AWAY = frozenset({"20001", "40001", "40002", "40003", "40006"})
"""The gateway itself refused the request: token, parameters, signature, permission."""
PAID_STATES = frozenset({"TRADE_SUCCESS", "TRADE_FINISHED"})
"""Paid; and paid so long ago that it cannot be paid back any more."""

QR_MAX = 1024
"""Characters of a code to scan (alipay.trade.precreate)."""
_NOT_CLOSED = frozenset({"TRADE_STATUS_ERROR", "REASON_TRADE_STATUS_INVALID", "REASON_ILLEGAL_STATUS"})
_NO_BILL = frozenset({"NO_BILL_DATA", "BILL_NOT_EXIST", "BILL_DATE_BEFORE_REGISTRATION"})

_WORD = re.compile(r"[A-Za-z0-9._-]{1,64}", re.ASCII)
_TRADE_NO = re.compile(r"[0-9A-Za-z]{16,64}", re.ASCII)


def read_node(status: int, raw: bytes, method: str, key: RSAPublicKey, *, cert_sn: str = "") -> Node | Unknown:
    """Return the signed node of an answer to ``method``, or why it says nothing.

    Args:
        cert_sn: in certificate mode, the number of the certificate whose key this is; an answer must name it.
    """
    if status != 200:
        return Unknown(f"http {status}")
    try:
        members = cut_members(raw.decode())
    except ValueError:  # also UnicodeDecodeError
        return Unknown("not json")
    member = members.get(method.replace(".", "_") + "_response") or members.get("error_response")
    if member is None or not isinstance(member.value, dict):
        return Unknown("no answer inside")
    doubt = _doubt(members, member, key, cert_sn)
    return Unknown(doubt) if doubt else member.value


def _doubt(members: Mapping[str, Cut], member: Cut, key: RSAPublicKey, cert_sn: str) -> str:
    """Return why a member may not be Alipay's word, or nothing."""
    signature = members["sign"].value if "sign" in members else None
    if not isinstance(signature, str) or not signature:
        assert isinstance(member.value, dict), member
        return f"unsigned {_told(member.value)}"
    if cert_sn and ("alipay_cert_sn" not in members or members["alipay_cert_sn"].value != cert_sn):
        return "signed with another certificate"
    return "" if is_member_signed(member, signature, key) else "bad signature"


def pay_reply(node: Node, out_trade_no: str, amount: Money) -> PayReply:
    """Return what an answer to alipay.trade.pay means for this attempt."""
    code = _word(node, "code")
    if code in {DONE, IN_PROCESS} and not _is_about(node, out_trade_no):
        return Unknown("wrong out_trade_no")
    if code == DONE:
        paid = _paid(node)
        return Unknown("wrong amount") if isinstance(paid, Paid) and paid.amount != amount else paid
    if code == IN_PROCESS:
        return InProcess()
    sub_code = _word(node, "sub_code")
    if code in TURNED_AWAY | {BUSINESS_FAILED} and is_refusal(sub_code) and _is_not_about_another(node, out_trade_no):
        return Declined(sub_code)
    return Unknown(_told(node))


def code_reply(node: Node, out_trade_no: str) -> CodeReply:
    """Return what an answer to alipay.trade.precreate means."""
    code, sub_code = _word(node, "code"), _word(node, "sub_code")
    if code == DONE:
        text = node.get("qr_code")
        is_shown = isinstance(text, str) and 0 < len(text) <= QR_MAX and text.isprintable()
        return CodeShown(str(text)) if is_shown and _is_about(node, out_trade_no) else Unknown("no code")
    if code in TURNED_AWAY | {BUSINESS_FAILED} and is_refusal(sub_code) and _is_not_about_another(node, out_trade_no):
        return Declined(sub_code)
    return Unknown(_told(node))


def find_reply(node: Node, trade_no: str) -> FindReply:
    """Return what an answer to alipay.trade.query means that asked for Alipay's own number."""
    if _is_missing(node):
        return NotFound()
    if _word(node, "code") != DONE:
        return Unknown(_told(node))
    out_trade_no, status = _word(node, "out_trade_no"), _status(node)
    if node.get("trade_no") != trade_no or not out_trade_no or isinstance(status, (NotFound, Unknown)):
        return Unknown("wrong trade_no")
    return TradeSeen(out_trade_no, status)


def close_reply(node: Node, out_trade_no: str) -> CloseReply:
    """Return what an answer to alipay.trade.close means."""
    if _is_missing(node) and _is_not_about_another(node, out_trade_no):
        return NotFound()
    # As in _paid: a look at a trade that waits, or a code just made, must not count as closed.
    is_another = bool({"trade_status", "qr_code"} & set(node))
    if _word(node, "code") == DONE and _is_about(node, out_trade_no) and not is_another:
        return Closed()
    sub_code = _word(node, "sub_code")
    is_refused = _word(node, "code") == BUSINESS_FAILED and bare(sub_code) in _NOT_CLOSED
    if is_refused and _is_not_about_another(node, out_trade_no):
        return Declined(sub_code)
    return Unknown(_told(node))


def refund_reply(node: Node, out_trade_no: str) -> RefundReply:
    """Return what an answer to alipay.trade.refund means; taken is not gone: only ``fund_change`` Y is."""
    if _word(node, "code") == DONE:
        if not _is_about(node, out_trade_no):
            return Unknown("wrong out_trade_no")
        moved = _word(node, "fund_change")
        return Refunded() if moved == "Y" else Unknown(f"fund_change {moved or 'absent'}")
    sub_code = _word(node, "sub_code")
    is_told = _word(node, "code") in TURNED_AWAY | {BUSINESS_FAILED}
    if is_told and is_refund_refusal(sub_code) and _is_not_about_another(node, out_trade_no):
        return Declined(sub_code)
    return Unknown(_told(node))


def refund_status(node: Node, out_trade_no: str, request_no: str) -> RefundStatus:
    """Return what an answer to alipay.trade.fastpay.refund.query means."""
    if _is_missing(node) and _is_not_about_another(node, out_trade_no):
        return NotFound()
    if _word(node, "code") != DONE:
        return Unknown(_told(node))
    if _word(node, "refund_status") != "REFUND_SUCCESS":
        return NotFound()
    is_ours = _is_about(node, out_trade_no) and node.get("out_request_no") == request_no
    return Refunded() if is_ours else Unknown("wrong out_request_no")


def bill_reply(node: Node) -> BillReply:
    """Return what an answer to the query for a day's bill means."""
    if _word(node, "code") == BUSINESS_FAILED and _word(node, "sub_code").rpartition(".")[2] in _NO_BILL:
        return NotFound()
    if _word(node, "code") != DONE:
        return Unknown(_told(node))
    if _word(node, "bill_file_code") == "EMPTY_DATA_WITH_BILL_FILE":
        return NotFound()
    url = node.get("bill_download_url")
    return BillAddress(url) if isinstance(url, str) and url else Unknown("no address")


def query_reply(node: Node, out_trade_no: str) -> QueryReply:
    """Return what an answer to alipay.trade.query means; the caller compares the amount."""
    if _is_missing(node) and _is_not_about_another(node, out_trade_no):
        return NotFound()
    if _word(node, "code") != DONE:
        return Unknown(_told(node))
    return _status(node) if _is_about(node, out_trade_no) else Unknown("wrong out_trade_no")


def cancel_reply(node: Node, out_trade_no: str) -> CancelReply:
    """Return what an answer to alipay.trade.cancel means; ``retry_flag`` Y is no answer yet."""
    is_ours = _is_not_about_another(node, out_trade_no)
    if _is_missing(node) and is_ours:
        return Cancelled()
    if _failed_with(node, "TRADE_CANCEL_TIME_OUT") and is_ours:
        return TooLate()
    if _word(node, "code") != DONE:
        return Unknown(_told(node))
    if not _is_about(node, out_trade_no):
        return Unknown("wrong out_trade_no")
    if _word(node, "retry_flag") == "Y":
        return Unknown("retry_flag Y")
    return Cancelled(closed=node.get("action") == "close", refunded=node.get("action") == "refund")


def _status(node: Node) -> QueryReply:
    match _word(node, "trade_status"):
        case "WAIT_BUYER_PAY":
            return InProcess()
        case "TRADE_CLOSED":
            return Closed()
        case status if status in PAID_STATES:
            return _paid(node)
        case status:
            return Unknown(f"trade_status {status}")


def _paid(node: Node) -> Paid | Unknown:
    # The node's name is not signed: a look's answer under a payment's name must not count as paid.
    if "trade_status" in node and _word(node, "trade_status") not in PAID_STATES:
        return Unknown("another answer")
    trade_no, amount = node.get("trade_no"), node.get("total_amount")
    if not isinstance(trade_no, str) or not _TRADE_NO.fullmatch(trade_no):
        return Unknown("no trade_no")
    if not isinstance(amount, str):
        return Unknown("no amount")
    try:
        return Paid(trade_no, Money.parse(amount))
    except (BadNumber, AmountOutOfRange):
        return Unknown("no amount")


def _is_missing(node: Node) -> bool:
    return _failed_with(node, "TRADE_NOT_EXIST")


def _failed_with(node: Node, name: str) -> bool:
    return _word(node, "code") == BUSINESS_FAILED and bare(_word(node, "sub_code")) == name


def _is_about(node: Node, out_trade_no: str) -> bool:
    return node.get("out_trade_no") == out_trade_no


def _is_not_about_another(node: Node, out_trade_no: str) -> bool:
    """Refusals may leave the number out."""
    return node.get("out_trade_no", out_trade_no) == out_trade_no


def _word(node: Node, key: str) -> str:
    """Return a code from an answer, or nothing: what comes over the wire goes to logs and journal."""
    value = node.get(key)
    return value if isinstance(value, str) and _WORD.fullmatch(value) else ""


def _told(node: Node) -> str:
    return f"{_word(node, 'code') or 'no code'} {_word(node, 'sub_code')}".rstrip()

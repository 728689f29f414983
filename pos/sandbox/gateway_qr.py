"""Codes that the customer scans: no trade before that, and they stay scannable until they die, whatever was cancelled.

What is not published and is therefore a choice of ours: a number whose code has died gets a new code.
"""

import random
from dataclasses import dataclass
from datetime import datetime

from pos.clock import BEIJING
from pos.sandbox.gateway_answers import Node, refused
from pos.sandbox.gateway_books import Books
from pos.sandbox.gateway_fields import Content, amount_of, check_precreate, closes_at
from pos.sandbox.gateway_values import KINDS, QR_LIFE, QrCode, Trade, TradeStatus, fingerprint

QR_PATH = "/qr/"
"""Where a code's address leads to, on the simulator's own host."""
_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True)
class Scan:
    """What a customer sees after scanning.

    Attributes:
        refusal: why it cannot be paid, as a sub_code; or nothing.
        trade: the trade of the code, if there is one.
        shown: the code, if there ever was such a one.
    """

    refusal: str = ""
    trade: Trade | None = None
    shown: QrCode | None = None


def precreate(books: Books, content: Content, origin: str, chance: random.Random) -> Node:
    """Answer alipay.trade.precreate; the code's address begins with ``origin``."""
    if wrong := check_precreate(content, books.now()):
        return refused(wrong)
    number, order = str(content["out_trade_no"]), (amount_of(content).fen, content["subject"])
    earlier, trade = books.qr_code_of(number), books.find(number)
    known = trade or earlier
    if known is not None and order != (known.amount_fen, known.subject):
        return refused("CONTEXT_INCONSISTENT", number)
    if trade is not None and trade.status is not TradeStatus.WAITING:
        return refused("TRADE_HAS_CLOSE" if trade.status is TradeStatus.CLOSED else "TRADE_HAS_SUCCESS", number)
    if earlier is None or earlier.dies_at <= books.now():
        earlier = _make(content, books.now(), chance)
        books.keep("precreate", qr_codes=[earlier])
    return {"code": "10000", "msg": "Success", "out_trade_no": number, "qr_code": f"{origin}{QR_PATH}{earlier.token}"}


def scan(books: Books, qr_code: str, buyer: str, kind: str, chance: random.Random) -> Scan:
    """Let a customer scan a code, given as its address or the address's last part; scanned again, it is the same trade.

    Who is refused for an account's sake leaves a trade behind that waits, because another card may yet do.
    """
    assert kind in KINDS, kind
    assert buyer, "nobody"
    shown = books.qr_codes.get(qr_code.rsplit("/", 1)[-1])
    if shown is None:
        return Scan("TRADE_NOT_EXIST")
    trade = books.find(shown.out_trade_no)
    if shown.dies_at <= books.now() and (trade is None or trade.status is TradeStatus.WAITING):
        return Scan("NOW_TIME_AFTER_EXPIRE_TIME_ERROR", trade, shown)
    if trade is None:
        return _begin(books, shown, buyer, kind, make_trade_no(books.now(), chance))
    return Scan(_why_not(trade, shown, buyer), trade, shown)


def make_trade_no(now: datetime, chance: random.Random) -> str:
    """Return a number as Alipay gives one to a trade: the day, and 20 digits more."""
    return f"{now.astimezone(BEIJING):%Y%m%d}22001{chance.randrange(10**15):015d}"


def _make(content: Content, now: datetime, chance: random.Random) -> QrCode:
    own = content.get("qr_code_timeout_express")
    own_end = closes_at({"timeout_express": own}, now) if own else None
    ends = [now + QR_LIFE, closes_at(content, now), *([own_end] if own_end else [])]
    texts = {name: str(content.get(name) or "") for name in
             ("timeout_express", "time_expire", "store_id", "operator_id", "terminal_id")}  # fmt: skip
    return QrCode(
        "bax" + "".join(chance.choice(_LETTERS) for _ in range(20)), str(content["out_trade_no"]),
        amount_of(content).fen, str(content["subject"]), now, min(ends), closes_at=own_end, **texts,
    )  # fmt: skip


def _begin(books: Books, shown: QrCode, buyer: str, kind: str, trade_no: str) -> Scan:
    now, asked = books.now(), {"timeout_express": shown.timeout_express, "time_expire": shown.time_expire or None}
    own = KINDS[kind]
    refusal = own.refusal
    if not own.waits and not refusal and books.wallet_fen(buyer) < shown.amount_fen:
        refusal = "BUYER_BALANCE_NOT_ENOUGH"
    is_paid = not own.waits and not refusal
    trade = Trade(
        shown.out_trade_no, trade_no, buyer, fingerprint(shown.token), shown.amount_fen, shown.subject,
        TradeStatus.SUCCESS if is_paid else TradeStatus.WAITING, now,
        min(closes_at(asked, now), shown.closes_at or closes_at(asked, now)), own.answers,
        answers_at=now + books.answers_after if own.answers else None,
        paid_at=now if is_paid else None,
        store_id=shown.store_id, operator_id=shown.operator_id, terminal_id=shown.terminal_id,
    )  # fmt: skip
    books.keep("declined" if refusal else "scan", trades=[trade])
    return Scan(refusal, trade, shown)


def _why_not(trade: Trade, shown: QrCode, buyer: str) -> str:
    if trade.status is TradeStatus.CLOSED:
        return "TRADE_HAS_CLOSE"
    if trade.status is TradeStatus.SUCCESS:
        return "TRADE_HAS_SUCCESS"
    if trade.buyer != buyer:
        return "TRADE_BUYER_NOT_MATCH"
    return "" if (trade.amount_fen, trade.subject) == (shown.amount_fen, shown.subject) else "CONTEXT_INCONSISTENT"

"""Rules: what an honest Alipay does with payment codes and trades; no HTTP, no keys, and the time is handed in.

``Acquirer`` is the business behind the gateway. A simulation may run it in its own process with a
``MemoryLedger``; the gateway process puts a signature check before it and a file behind it.
"""

import random
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from pos.clock import BEIJING, Clock
from pos.sandbox.gateway_fields import TIME, Content, amount_of, check_number, check_payment, closes_at
from pos.sandbox.gateway_ledger import Ledger
from pos.sandbox.gateway_values import (
    CANCEL_WINDOW,
    KINDS,
    Change,
    PaymentCode,
    Trade,
    TradeStatus,
    fingerprint,
    make_code,
)

Node = dict[str, object]
"""The part of an answer that will be signed."""

ANSWERS_AFTER = timedelta(seconds=6)
"""How long a customer takes to answer on the phone unless told otherwise."""
_WAITING, _SUCCESS, _CLOSED = TradeStatus.WAITING, TradeStatus.SUCCESS, TradeStatus.CLOSED


@dataclass(frozen=True, slots=True)
class Totals:
    """What came of all trades; amounts in fen.

    Attributes:
        kept_fen: what the shop has in the end: paid less refunded.
        trades: trades there are: waiting, paid (and not all paid back), closed.
        declined: payments refused for the customer's sake; they made no trade.
    """

    paid_fen: int
    refunded_fen: int
    kept_fen: int
    trades: int
    waiting: int
    paid: int
    closed: int
    declined: int


class Acquirer:
    """Codes, trades and what may be done with them.

    Args:
        ledger: read once now; every later change is safe there before its answer is known to anybody.
        chance: makes codes and trade numbers.
    """

    def __init__(
        self, clock: Clock, ledger: Ledger, chance: random.Random, answers_after: timedelta = ANSWERS_AFTER
    ) -> None:
        self._clock, self._ledger, self._chance, self._answers_after = clock, ledger, chance, answers_after
        self._codes: dict[str, PaymentCode] = {}
        self._trades: dict[str, Trade] = {}
        self._numbers: dict[str, str] = {}
        self._declined = 0
        for change in ledger.changes():
            self._apply(change)

    def issue_code(self, buyer: str, kind: str) -> str:
        """Return a fresh code of a customer; ``kind`` is one of ``KINDS``."""
        assert kind in KINDS, kind
        now = self._clock.now()
        code = make_code(self._chance)
        while fingerprint(code) in self._codes:
            code = make_code(self._chance)
        # Codes that can be charged no more are answered like unknown ones, so they may be forgotten.
        self._codes = {each.fingerprint: each for each in self._codes.values() if each.can_be_charged(now)}
        self._keep("code", codes=[PaymentCode(fingerprint(code), buyer, kind, now)])
        return code

    def pay(self, content: Content) -> Node:
        """Answer alipay.trade.pay."""
        if wrong := check_payment(content, self._clock.now()):
            return _refused(wrong)
        number, shown = str(content["out_trade_no"]), fingerprint(str(content["auth_code"]))
        code, earlier = self._codes.get(shown), self._find(number)
        if earlier is not None:
            return self._pay_again(earlier, content, code)
        if code is None or not code.can_be_charged(self._clock.now()):
            return _refused("PAYMENT_AUTH_CODE_INVALID", number)
        used = replace(code, is_used=True)
        if refusal := KINDS[code.kind].refusal:
            self._keep("declined", codes=[used])
            return _refused(refusal, number)
        trade = self._new_trade(content, used)
        self._keep("pay", codes=[used], trades=[trade])
        return _pay_answer(trade)

    def query(self, content: Content) -> Node:
        """Answer alipay.trade.query."""
        if wrong := check_number(content):
            return _refused(wrong)
        trade = self._named(content)
        if trade is None:
            return _refused("TRADE_NOT_EXIST", str(content.get("out_trade_no", "")))
        status = trade.status_at(self._clock.now())
        sent = {"send_pay_date": _beijing(trade.paid_at)} if trade.paid_at else {}
        return {**_done(trade), **_amounts(trade), "trade_status": status.value, "store_id": trade.store_id,
                "terminal_id": trade.terminal_id, **sent}  # fmt: skip

    def cancel(self, content: Content) -> Node:
        """Answer alipay.trade.cancel: an unpaid trade is closed, a paid one paid back, an unknown one passed over."""
        if wrong := check_number(content):
            return _refused(wrong)
        trade = self._named(content)
        if trade is None:
            return {"code": "10000", "msg": "Success", "retry_flag": "N",
                    "out_trade_no": content.get("out_trade_no", "")}  # fmt: skip
        if trade.status is not _CLOSED:
            if self._clock.now() - trade.made_at > CANCEL_WINDOW:
                return _refused("TRADE_CANCEL_TIME_OUT", trade.out_trade_no)
            refunded = trade.amount_fen if trade.status is _SUCCESS else 0
            trade = replace(trade, status=_CLOSED, refunded_fen=refunded)
            self._keep("cancel", trades=[trade])
        return {**_done(trade), "retry_flag": "N", "action": "refund" if trade.refunded_fen else "close"}

    def confirm(self, out_trade_no: str, *, accept: bool = True) -> Trade | None:
        """Let the customer answer on the phone now; return the trade as it then is, or nothing if there is none."""
        trade = self._find(out_trade_no)
        if trade is None or trade.status is not _WAITING:
            return trade
        self._keep("confirm", trades=[_answered(trade, "pay" if accept else "cancel", self._clock.now())])
        return self._trades[out_trade_no]

    def trades(self) -> list[Trade]:
        """Return all trades as they are now, oldest first."""
        found = [self._find(number) for number in self._trades]
        return [trade for trade in found if trade is not None]

    def totals(self) -> Totals:
        """Add up all trades as they are now."""
        trades = self.trades()
        paid_fen = sum(trade.amount_fen for trade in trades if trade.paid_at)
        refunded_fen = sum(trade.refunded_fen for trade in trades)
        states = [trade.status for trade in trades]
        return Totals(
            paid_fen, refunded_fen, sum(trade.kept.fen for trade in trades), len(trades),
            waiting=states.count(_WAITING), paid=states.count(_SUCCESS), closed=states.count(_CLOSED),
            declined=self._declined,
        )  # fmt: skip

    def _pay_again(self, trade: Trade, content: Content, code: PaymentCode | None) -> Node:
        """Answer a payment whose number is taken; it is the same trade or a mistake, never a second charge.

        A fresh code shown with it is used up all the same.
        """
        if code is not None and not code.is_used:
            self._keep("code", codes=[replace(code, is_used=True)])
        if (trade.amount, trade.subject) != (amount_of(content), content["subject"]):
            return _refused("CONTEXT_INCONSISTENT", trade.out_trade_no)
        if trade.status is _CLOSED:
            return _refused("TRADE_HAS_CLOSE", trade.out_trade_no)
        if trade.status is _SUCCESS:
            return _refused("TRADE_HAS_SUCCESS", trade.out_trade_no)
        if code is not None and code.buyer != trade.buyer:
            return _refused("TRADE_BUYER_NOT_MATCH", trade.out_trade_no)
        return _pay_answer(trade)

    def _new_trade(self, content: Content, code: PaymentCode) -> Trade:
        now, kind = self._clock.now(), KINDS[code.kind]
        trade_no = f"{now.astimezone(BEIJING):%Y%m%d}22001{self._chance.randrange(10**15):015d}"
        return Trade(
            str(content["out_trade_no"]), trade_no, code.buyer, code.fingerprint, amount_of(content).fen,
            str(content["subject"]), _WAITING if kind.waits else _SUCCESS, now, closes_at(content, now), kind.answers,
            answers_at=now + self._answers_after if kind.answers else None,
            paid_at=None if kind.waits else now,
            store_id=str(content.get("store_id", "")),
            operator_id=str(content.get("operator_id", "")),
            terminal_id=str(content.get("terminal_id", "")),
        )  # fmt: skip

    def _named(self, content: Content) -> Trade | None:
        """Return the trade a query or cancel names; Alipay's number wins over ours."""
        trade_no = content.get("trade_no")
        number = self._numbers.get(str(trade_no), "") if trade_no else str(content["out_trade_no"])
        return self._find(number)

    def _find(self, out_trade_no: str) -> Trade | None:
        """Return a trade after all that happened to it by itself up to now."""
        trade = self._trades.get(out_trade_no)
        if trade is None or trade.status is not _WAITING:
            return trade
        now = self._clock.now()
        if trade.answers_at and trade.answers_at <= min(now, trade.closes_at):
            self._keep("answered", trades=[_answered(trade, trade.answers, trade.answers_at)])
        elif trade.closes_at <= now:
            self._keep("expired", trades=[replace(trade, status=_CLOSED)])
        return self._trades[out_trade_no]

    def _keep(self, what: str, codes: Iterable[PaymentCode] = (), trades: Iterable[Trade] = ()) -> None:
        change = Change(self._clock.now(), what, tuple(codes), tuple(trades))
        self._ledger.keep(change)
        self._apply(change)

    def _apply(self, change: Change) -> None:
        self._codes.update({code.fingerprint: code for code in change.codes})
        self._trades.update({trade.out_trade_no: trade for trade in change.trades})
        self._numbers.update({trade.trade_no: trade.out_trade_no for trade in change.trades})
        self._declined += change.what == "declined"


def _answered(trade: Trade, answer: str, at: datetime) -> Trade:
    if answer == "pay":
        return replace(trade, status=_SUCCESS, paid_at=at)
    return replace(trade, status=_CLOSED)


def _pay_answer(trade: Trade) -> Node:
    if trade.status is _WAITING:
        return {**_done(trade), **_amounts(trade), "code": "10003", "msg": " order success pay inprocess",
                "receipt_amount": "0.00", "buyer_pay_amount": "0.00", "invoice_amount": "0.00"}  # fmt: skip
    assert trade.paid_at is not None, trade
    return {**_done(trade), **_amounts(trade), "gmt_payment": _beijing(trade.paid_at),
            "fund_bill_list": [{"amount": trade.amount.yuan, "fund_channel": "ALIPAYACCOUNT"}]}  # fmt: skip


def _done(trade: Trade) -> Node:
    return {"code": "10000", "msg": "Success", "out_trade_no": trade.out_trade_no, "trade_no": trade.trade_no}


def _amounts(trade: Trade) -> Node:
    yuan = trade.amount.yuan
    return {
        "buyer_logon_id": "sim***@example.com",
        "buyer_user_id": "2088000000000000",
        "total_amount": yuan,
        "receipt_amount": yuan,
        "buyer_pay_amount": yuan,
        "invoice_amount": yuan,
        "point_amount": "0.00",
    }


def _refused(sub_code: str, out_trade_no: str = "") -> Node:
    number = {"out_trade_no": out_trade_no} if out_trade_no else {}
    return {"code": "40004", "msg": "Business Failed", "sub_code": f"ACQ.{sub_code}", **number}


def _beijing(at: datetime) -> str:
    return at.astimezone(BEIJING).strftime(TIME)

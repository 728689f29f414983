"""Rules: what an honest Alipay does with payment codes and trades; no HTTP, no keys, and the time is handed in.

``Acquirer`` is the business behind the gateway. A simulation may run it in its own process with a
``MemoryLedger``; the gateway process puts a signature check before it and a file behind it.
"""

import random
from dataclasses import replace
from datetime import datetime, timedelta

from pos.clock import Clock
from pos.sandbox import gateway_bills, gateway_qr, gateway_refunds
from pos.sandbox.gateway_answers import Node, amounts, beijing, done, funds, pay_answer, refused
from pos.sandbox.gateway_books import Books
from pos.sandbox.gateway_fields import Content, amount_of, check_number, check_payment, closes_at, wants
from pos.sandbox.gateway_ledger import Ledger
from pos.sandbox.gateway_qr import Scan, make_trade_no
from pos.sandbox.gateway_totals import Totals, totals_of
from pos.sandbox.gateway_values import (
    KINDS,
    PaymentCode,
    Settings,
    Trade,
    TradeStatus,
    Wallet,
    fingerprint,
    make_code,
)

ANSWERS_AFTER = timedelta(seconds=6)
"""How long a customer takes to answer on the phone unless told otherwise."""
ORIGIN = "http://127.0.0.1"
"""What addresses in answers begin with when nobody said where the gateway is."""
_WAITING, _SUCCESS, _CLOSED = TradeStatus.WAITING, TradeStatus.SUCCESS, TradeStatus.CLOSED


class Acquirer:
    """Codes, trades, refunds and bills, and what may be done with them.

    Args:
        ledger: read once now; every later change is safe there before its answer is known to anybody.
        chance: makes codes and trade numbers.
    """

    def __init__(
        self, clock: Clock, ledger: Ledger, chance: random.Random, answers_after: timedelta = ANSWERS_AFTER
    ) -> None:
        self._books, self._chance = Books(clock, ledger, answers_after), chance
        self._bills = gateway_bills.Bills(self._books, chance)

    @property
    def settings(self) -> Settings:
        """How the simulator behaves."""
        return self._books.settings

    def change_settings(self, settings: Settings) -> None:
        """Behave like this from now on."""
        self._books.trades()
        self._books.keep("settings", settings=settings)

    def gateway_now(self) -> datetime:
        """Return the time a request's timestamp is held against."""
        return self._books.gateway_now()

    def now(self) -> datetime:
        """Return the time of the business."""
        return self._books.now()

    def issue_code(self, buyer: str, kind: str) -> str:
        """Return a fresh code of a customer; ``kind`` is one of ``KINDS``."""
        assert kind in KINDS, kind
        assert buyer, "nobody"
        books, now = self._books, self._books.now()
        code = make_code(self._chance)
        while fingerprint(code) in books.codes:
            code = make_code(self._chance)
        # Codes that can be charged no more are answered like unknown ones, so they may be forgotten.
        books.codes = {each.fingerprint: each for each in books.codes.values() if each.can_be_charged(now)}
        books.keep("code", codes=[PaymentCode(fingerprint(code), buyer, kind, now)])
        return code

    def can_be_charged(self, code: str) -> bool:
        """Whether a code that was given out is fresh and was not shown to a till yet."""
        known = self._books.codes.get(fingerprint(code))
        return known is not None and known.can_be_charged(self._books.now())

    def pay(self, content: Content) -> Node:
        """Answer alipay.trade.pay."""
        books = self._books
        if wrong := check_payment(content, books.now()):
            return refused(wrong)
        number, shown = str(content["out_trade_no"]), fingerprint(str(content["auth_code"]))
        code, earlier = books.codes.get(shown), books.find(number)
        if earlier is not None:
            return self._pay_again(earlier, content, code)
        if code is None or not code.can_be_charged(books.now()):
            return refused("PAYMENT_AUTH_CODE_INVALID", number)
        used = replace(code, is_used=True)
        if refusal := KINDS[code.kind].refusal or self._shortage(content, code):
            books.keep("declined", codes=[used])
            return refused(refusal, number)
        trade = self._new_trade(content, used)
        books.keep("pay", codes=[used], trades=[trade])
        return pay_answer(trade)

    def precreate(self, content: Content, origin: str = ORIGIN) -> Node:
        """Answer alipay.trade.precreate; the address in the code begins with ``origin`` (``http://host:port``)."""
        return gateway_qr.precreate(self._books, content, origin, self._chance)

    def scan(self, qr_code: str, buyer: str, kind: str = "never") -> Scan:
        """Let a customer scan a code: the trade begins now, and goes on as ``kind`` (one of ``KINDS``) says."""
        return gateway_qr.scan(self._books, qr_code, buyer, kind, self._chance)

    def query(self, content: Content) -> Node:
        """Answer alipay.trade.query."""
        if wrong := check_number(content):
            return refused(wrong)
        trade = self._books.named(content)
        if trade is None:
            return refused("TRADE_NOT_EXIST", str(content.get("out_trade_no") or ""))
        status = trade.status_at(self._books.now(), self.settings.refund_window)
        sent = {"send_pay_date": beijing(trade.paid_at)} if trade.paid_at else {}
        more = funds(trade) if trade.paid_at and wants(content, "fund_bill_list") else {}
        return {**done(trade), **amounts(trade), "trade_status": status.value, "store_id": trade.store_id,
                "terminal_id": trade.terminal_id, **sent, **more}  # fmt: skip

    def cancel(self, content: Content) -> Node:
        """Answer alipay.trade.cancel: an unpaid trade is closed, a paid one paid back, an unknown one passed over."""
        return gateway_refunds.cancel(self._books, content)

    def close(self, content: Content) -> Node:
        """Answer alipay.trade.close: only a trade that waits can be closed, and money never goes back."""
        if wrong := check_number(content):
            return refused(wrong)
        trade = self._books.named(content)
        if trade is None:
            return refused("TRADE_NOT_EXIST", str(content.get("out_trade_no") or ""))
        if trade.status is not _WAITING:
            return refused("TRADE_STATUS_ERROR", trade.out_trade_no)
        self._books.keep("close", trades=[replace(trade, status=_CLOSED)])
        return done(trade)

    def refund(self, content: Content) -> Node:
        """Answer alipay.trade.refund."""
        return gateway_refunds.refund(self._books, content)

    def refund_query(self, content: Content) -> Node:
        """Answer alipay.trade.fastpay.refund.query."""
        return gateway_refunds.refund_query(self._books, content)

    def bill_address(self, content: Content, origin: str = ORIGIN) -> Node:
        """Answer alipay.data.dataservice.bill.downloadurl.query; the address begins with ``origin``."""
        return self._bills.address(content, origin)

    def bill(self, token: str) -> bytes | None:
        """Return the bill a token of ``bill_address`` stands for; nothing once it is 30 seconds old."""
        return self._bills.file(token)

    def confirm(self, out_trade_no: str, *, accept: bool = True) -> Trade | None:
        """Let the customer answer on the phone now; return the trade as it then is, or nothing if there is none.

        Who has not enough in the wallet cannot pay: then the trade goes on waiting.
        """
        trade = self._books.find(out_trade_no)
        if trade is None or trade.status is not _WAITING:
            return trade
        answered = self._books.answered(trade, "pay" if accept else "cancel", self._books.now())
        if answered != trade:
            self._books.keep("confirm", trades=[answered])
        return answered

    def trade_of(self, trade_no: str) -> Trade | None:
        """Return the trade of one of Alipay's numbers."""
        return self._books.numbered(trade_no)

    def trade_by_code(self, code: str) -> Trade | None:
        """Return the trade that a code of a customer made."""
        return next((trade for trade in reversed(self.trades()) if trade.code == fingerprint(code)), None)

    def trades(self) -> list[Trade]:
        """Return all trades as they are now, oldest first."""
        return self._books.trades()

    def totals(self) -> Totals:
        """Add up all trades as they are now."""
        return totals_of(self._books)

    def wallet_fen(self, buyer: str) -> int:
        """Return what a customer has."""
        self._books.trades()
        return self._books.wallet_fen(buyer)

    def wallets(self) -> dict[str, int]:
        """Return what every customer has whose money ever moved or was set, in fen."""
        return self._books.wallets()

    @property
    def merchant_fen(self) -> int:
        """What the shop has at Alipay; refunds are paid out of it, fees are not taken from it."""
        return self._books.merchant_fen

    def set_balance(self, owner: str, balance_fen: int) -> None:
        """Give a customer, or ``MERCHANT``, this much money from now on."""
        self._books.trades()
        self._books.keep("balance", wallets=[Wallet(owner, balance_fen)])

    def _shortage(self, content: Content, code: PaymentCode) -> str:
        """Return the refusal of a customer who has not enough; who is asked on the phone is found out there."""
        has_enough = amount_of(content).fen <= self._books.wallet_fen(code.buyer)
        return "" if has_enough or KINDS[code.kind].waits else "BUYER_BALANCE_NOT_ENOUGH"

    def _pay_again(self, trade: Trade, content: Content, code: PaymentCode | None) -> Node:
        """Answer a payment whose number is taken; it is the same trade or a mistake, never a second charge.

        A fresh code shown with it is used up all the same.
        """
        if code is not None and not code.is_used:
            self._books.keep("code", codes=[replace(code, is_used=True)])
        if (trade.amount, trade.subject) != (amount_of(content), content["subject"]):
            return refused("CONTEXT_INCONSISTENT", trade.out_trade_no)
        if trade.status is _CLOSED:
            return refused("TRADE_HAS_CLOSE", trade.out_trade_no)
        if trade.status is _SUCCESS:
            return refused("TRADE_HAS_SUCCESS", trade.out_trade_no)
        if code is not None and code.buyer != trade.buyer:
            return refused("TRADE_BUYER_NOT_MATCH", trade.out_trade_no)
        return pay_answer(trade)

    def _new_trade(self, content: Content, code: PaymentCode) -> Trade:
        now, kind = self._books.now(), KINDS[code.kind]
        return Trade(
            str(content["out_trade_no"]), make_trade_no(now, self._chance), code.buyer, code.fingerprint,
            amount_of(content).fen, str(content["subject"]), _WAITING if kind.waits else _SUCCESS, now,
            closes_at(content, now), kind.answers,
            answers_at=now + self._books.answers_after if kind.answers else None,
            paid_at=None if kind.waits else now,
            store_id=str(content.get("store_id") or ""),
            operator_id=str(content.get("operator_id") or ""),
            terminal_id=str(content.get("terminal_id") or ""),
        )  # fmt: skip

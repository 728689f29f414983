"""Books: what the gateway simulator knows, each change safe in its ledger before it shows."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from pos.clock import Clock
from pos.sandbox.gateway_fields import Content
from pos.sandbox.gateway_ledger import Ledger
from pos.sandbox.gateway_values import (
    MERCHANT,
    WALLET_FEN,
    Change,
    PaymentCode,
    QrCode,
    Refund,
    Settings,
    Trade,
    TradeStatus,
    Wallet,
)


class Books:
    """Codes, trades, balances and settings.

    Args:
        ledger: read once now.
        answers_after: how long a customer takes to answer on the phone unless the settings say otherwise.
    """

    def __init__(self, clock: Clock, ledger: Ledger, answers_after: timedelta) -> None:
        self._clock, self._ledger, self._answers_after = clock, ledger, answers_after
        self.codes: dict[str, PaymentCode] = {}
        self.qr_codes: dict[str, QrCode] = {}
        self.declined = 0
        self.settings = Settings()
        self._trades: dict[str, Trade] = {}
        self._numbers: dict[str, str] = {}
        self._tokens: dict[str, str] = {}
        self._wallets: dict[str, int] = {}
        for change in ledger.changes():
            self._apply(change)

    def gateway_now(self) -> datetime:
        """Return the time a request's timestamp is held against."""
        return self._clock.now() + timedelta(seconds=self.settings.clock_skew_s)

    def now(self) -> datetime:
        """Return the time of the business, which may run ahead of the gateway's."""
        return self.gateway_now() + timedelta(seconds=self.settings.travel_s)

    @property
    def answers_after(self) -> timedelta:
        """How long a customer takes to answer on the phone."""
        told = self.settings.answers_after_s
        return self._answers_after if told is None else timedelta(seconds=told)

    def find(self, out_trade_no: str) -> Trade | None:
        """Return a trade after all that happened to it by itself up to now."""
        trade = self._trades.get(out_trade_no)
        if trade is None or trade.status is not TradeStatus.WAITING:
            return trade
        now = self.now()
        if trade.answers_at and trade.answers_at <= min(now, trade.closes_at):
            self.keep("answered", trades=[self.answered(trade, trade.answers, trade.answers_at)])
            return self.find(out_trade_no)
        if trade.closes_at <= now:
            self.keep("expired", trades=[replace(trade, status=TradeStatus.CLOSED)])
        return self._trades[out_trade_no]

    def named(self, content: Content) -> Trade | None:
        """Return the trade that checked fields name; Alipay's number wins over ours."""
        trade_no = content.get("trade_no")
        return self.numbered(str(trade_no)) if trade_no else self.find(str(content["out_trade_no"]))

    def numbered(self, trade_no: str) -> Trade | None:
        """Return the trade of one of Alipay's numbers."""
        return self.find(self._numbers.get(trade_no, ""))

    def trades(self) -> list[Trade]:
        """Return all trades as they are now, oldest first."""
        found = [self.find(number) for number in self._trades]
        return [trade for trade in found if trade is not None]

    def qr_code_of(self, out_trade_no: str) -> QrCode | None:
        """Return the code last made for a number."""
        return self.qr_codes.get(self._tokens.get(out_trade_no, ""))

    def wallet_fen(self, buyer: str) -> int:
        """Return what a customer has."""
        return self._wallets.get(buyer, WALLET_FEN)

    def wallets(self) -> dict[str, int]:
        """Return what every customer has whose money ever moved or was set, in fen."""
        self.trades()
        return {owner: fen for owner, fen in sorted(self._wallets.items()) if owner != MERCHANT}

    @property
    def merchant_fen(self) -> int:
        """What the shop has at Alipay; nothing at first, and refunds are paid out of it."""
        self.trades()
        return self._wallets.get(MERCHANT, 0)

    def answered(self, trade: Trade, answer: str, at: datetime) -> Trade:
        """Return a waiting trade after the customer's answer; who has not enough cannot pay, and it goes on waiting."""
        if answer != "pay":
            return replace(trade, status=TradeStatus.CLOSED)
        if self.wallet_fen(trade.buyer) < trade.amount_fen:
            return replace(trade, answers="", answers_at=None)
        return replace(trade, status=TradeStatus.SUCCESS, paid_at=at)

    def keep(
        self,
        what: str,
        *,
        codes: Iterable[PaymentCode] = (),
        trades: Iterable[Trade] = (),
        qr_codes: Iterable[QrCode] = (),
        wallets: Iterable[Wallet] = (),
        settings: Settings | None = None,
    ) -> None:
        """Keep a change; it shows once it is safe."""
        change = Change(self.now(), what, tuple(codes), tuple(trades), tuple(qr_codes), tuple(wallets), settings)
        self._ledger.keep(change)
        self._apply(change)

    def _apply(self, change: Change) -> None:
        self.codes.update({code.fingerprint: code for code in change.codes})
        self.qr_codes.update({code.token: code for code in change.qr_codes})
        self._tokens.update({code.out_trade_no: code.token for code in change.qr_codes})
        for trade in change.trades:
            self._put(_with_refund(trade, change.at))
        self._wallets.update({wallet.owner: wallet.balance_fen for wallet in change.wallets})
        self.settings = change.settings or self.settings
        self.declined += change.what == "declined"

    def _put(self, trade: Trade) -> None:
        before = self._trades.get(trade.out_trade_no)
        self._trades[trade.out_trade_no] = trade
        self._numbers[trade.trade_no] = trade.out_trade_no
        if moved := trade.kept.fen - (before.kept.fen if before else 0):
            self._wallets[trade.buyer] = self.wallet_fen(trade.buyer) - moved
            self._wallets[MERCHANT] = self._wallets.get(MERCHANT, 0) + moved


def _with_refund(trade: Trade, at: datetime) -> Trade:
    """Return a trade with the refund that earlier versions did not write down beside a cancel."""
    if trade.refunds or not trade.refunded_fen:
        return trade
    return replace(trade, refunds=(Refund(trade.out_trade_no, trade.refunded_fen, at),))

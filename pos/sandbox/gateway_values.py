"""What the gateway simulator keeps: codes, trades, refunds, wallets, and changes of them.

Fields that came later have defaults, so that a ledger of an earlier version is still read.
"""

import hashlib
import random
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from pos.domain.money import ZERO, Money

CODE_LIFE = timedelta(seconds=60)
"""A code of the customer's app may be charged this long; the app shows a new one in time."""
REFUND_WINDOW = timedelta(days=90)
"""Then a paid trade is finished; the usual contract says three months."""
CANCEL_WINDOW = timedelta(hours=24)
"""A trade may be cancelled this long after it was made; later it takes a refund."""

QR_LIFE = timedelta(hours=2)
"""A code that the customer scans dies after this long, whatever was asked."""
WALLET_FEN = 100_000_000
"""What a customer nobody has heard of has: a million yuan."""
MERCHANT = ""
"""The owner of the shop's own balance."""

PAYMENT_CODE = re.compile(r"(?:2[5-9]|30)[0-9]{14,22}|fp[0-9A-Za-z]{33}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Kind:
    """What a customer's account does when its code is charged.

    Attributes:
        name_zh: shown on the phone's page.
        refusal: the sub_code it is refused with, if it is.
        waits: the customer must confirm on the phone.
        answers: what the customer does after a while: ``pay``, ``cancel`` or nothing.
    """

    name_zh: str
    refusal: str = ""
    waits: bool = False
    answers: str = ""


KINDS = {
    "normal": Kind("直接付款"),
    "password": Kind("输入密码后付款", waits=True, answers="pay"),
    "cancel": Kind("看到密码框后取消", waits=True, answers="cancel"),
    "never": Kind("一直不确认", waits=True),
    "decline_balance": Kind("余额不足", "BUYER_BALANCE_NOT_ENOUGH"),
    "decline_bankcard": Kind("银行卡余额不足", "BUYER_BANKCARD_BALANCE_NOT_ENOUGH"),
    "decline_limit": Kind("超过当日限额", "BUYER_PAYMENT_AMOUNT_DAY_LIMIT_ERROR"),
    "decline_risk": Kind("有风险", "PAYMENT_REQUEST_HAS_RISK"),
    "decline_switch": Kind("没有打开付款码", "MOBILE_PAYMENT_SWITCH_OFF"),
    "decline_identity": Kind("没有实名", "ERROR_BUYER_CERTIFY_LEVEL_LIMIT"),
    "decline_seller": Kind("商家自己的账户", "BUYER_SELLER_EQUAL"),
}
"""The customers there are, by the name the control interface knows them by."""


@dataclass(frozen=True, slots=True)
class PaymentCode:
    """A code that was shown to a customer; only its fingerprint is kept, so that no code is ever on a disk."""

    fingerprint: str
    buyer: str
    kind: str
    made_at: datetime
    is_used: bool = False

    def can_be_charged(self, now: datetime) -> bool:
        """Whether it is fresh and was never charged, with success or without."""
        return not self.is_used and now - self.made_at < CODE_LIFE


def fingerprint(code: str) -> str:
    """Return what a code is known by."""
    return hashlib.sha256(code.encode(errors="replace")).hexdigest()[:32]


def make_code(chance: random.Random) -> str:
    """Return 18 digits as Alipay's app shows them, beginning with 25 to 30."""
    return f"{chance.randrange(25, 31)}{chance.randrange(10**16):016d}"


class TradeStatus(StrEnum):
    """Where a trade stands, in Alipay's words."""

    WAITING = "WAIT_BUYER_PAY"
    SUCCESS = "TRADE_SUCCESS"
    FINISHED = "TRADE_FINISHED"
    CLOSED = "TRADE_CLOSED"


@dataclass(frozen=True, slots=True)
class Refund:
    """Money that went back to the customer of a trade.

    Attributes:
        request_no: the refund's own number; the trade's, when none was sent and for a cancel.
    """

    request_no: str
    amount_fen: int
    at: datetime
    reason: str = ""
    store_id: str = ""
    operator_id: str = ""
    terminal_id: str = ""


@dataclass(frozen=True, slots=True)
class Trade:
    """One trade.

    Attributes:
        code: fingerprint of the code it was made with, shown by the customer or scanned.
        closes_at: when it closes if it is still unpaid.
        answers: what the customer will do at ``answers_at``.
        refunded_fen: paid back so far; all of it by a cancel.
        refunds: what that is made of, oldest first.
    """

    out_trade_no: str
    trade_no: str
    buyer: str
    code: str
    amount_fen: int
    subject: str
    status: TradeStatus
    made_at: datetime
    closes_at: datetime
    answers: str = ""
    answers_at: datetime | None = None
    paid_at: datetime | None = None
    refunded_fen: int = 0
    store_id: str = ""
    operator_id: str = ""
    terminal_id: str = ""
    refunds: tuple[Refund, ...] = ()

    @property
    def amount(self) -> Money:
        """What the customer pays."""
        return Money(self.amount_fen)

    @property
    def kept(self) -> Money:
        """What of it the shop has and keeps."""
        return Money(self.amount_fen - self.refunded_fen) if self.paid_at else ZERO

    def status_at(self, now: datetime, window: timedelta = REFUND_WINDOW) -> TradeStatus:
        """Return the status as a query tells it; ``window`` is how long a paid trade can be paid back."""
        is_old = self.paid_at is not None and now - self.paid_at >= window
        return TradeStatus.FINISHED if is_old and self.status is TradeStatus.SUCCESS else self.status


@dataclass(frozen=True, slots=True)
class QrCode:
    """A code the customer scans (precreate); nobody's trade before that.

    Attributes:
        token: the last part of the address in the picture.
        timeout_express: the trade's life from the scan on, as it was asked for; or nothing.
        time_expire: the trade's end, as it was asked for; or nothing.
        closes_at: the end the code itself was given (``qr_code_timeout_express``); it ends the trade, too.
    """

    token: str
    out_trade_no: str
    amount_fen: int
    subject: str
    made_at: datetime
    dies_at: datetime
    timeout_express: str = ""
    time_expire: str = ""
    closes_at: datetime | None = None
    store_id: str = ""
    operator_id: str = ""
    terminal_id: str = ""

    @property
    def amount(self) -> Money:
        """What the customer will pay."""
        return Money(self.amount_fen)


@dataclass(frozen=True, slots=True)
class Wallet:
    """A balance as somebody set it; ``owner`` is a customer, or ``MERCHANT``."""

    owner: str
    balance_fen: int


@dataclass(frozen=True, slots=True)
class Settings:
    """How the simulator behaves until told otherwise; kept with the trades, so that a kill changes nothing.

    Attributes:
        clock_skew_s: the gateway's clock is this far off; requests with the right time are then out of time.
        travel_s: the business's clock is this far ahead: codes, trades, windows, bills. Timestamps are still taken.
        refund_delay_s: a refund query tells of a refund after this long.
        refund_window_days: then a paid trade is finished and cannot be paid back.
        bill_ready_s: a day's bill is ready this long after the day's end.
        answers_after_s: how long a customer takes to answer on the phone; None as the simulator was started.
    """

    clock_skew_s: float = 0
    travel_s: float = 0
    refund_delay_s: float = 10
    refund_window_days: float = REFUND_WINDOW.days
    bill_ready_s: float = 9 * 3600
    answers_after_s: float | None = None

    @property
    def refund_window(self) -> timedelta:
        """How long a paid trade can be paid back."""
        return timedelta(days=self.refund_window_days)


@dataclass(frozen=True, slots=True)
class Change:
    """What is as it is after one thing happened; all of it or nothing is kept.

    What moved between a wallet and the shop is not written: it follows from the trades.
    """

    at: datetime
    what: str
    codes: tuple[PaymentCode, ...] = ()
    trades: tuple[Trade, ...] = ()
    qr_codes: tuple[QrCode, ...] = ()
    wallets: tuple[Wallet, ...] = ()
    settings: Settings | None = None

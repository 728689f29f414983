"""PaymentGateway: whoever moves the money, what it is asked and what it may answer.

No method raises for what the network or the gateway may do: what is not proven is ``Unknown``, and an
``Unknown`` never means "failed".
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from pos.domain.money import Money

DOWN_AFTER = 3
"""Calls in a row without a proven answer, after which no new payment is begun."""


@dataclass(frozen=True, slots=True)
class Goods:
    """One line of what is paid for, as the customer's bill may show it.

    Attributes:
        quantity: whole pieces; what is weighed counts as one piece at the line's amount.
    """

    sku: str
    name: str
    quantity: int
    price: Money


@dataclass(frozen=True, slots=True)
class Charge:
    """What money is asked for; the caller's attempt is on disk.

    Attributes:
        auth_code: the customer's code, in memory only, never written down; empty when the customer scans ours.
        subject: what the customer reads in the app, up to 256 characters.
    """

    out_trade_no: str
    amount: Money
    auth_code: str
    subject: str
    store: str
    till: str
    cashier: str
    goods: tuple[Goods, ...] = ()

    def __repr__(self) -> str:
        return f"Charge({self.out_trade_no}, {self.amount})"


@dataclass(frozen=True, slots=True)
class RefundAsk:
    """What money is to go back; the caller's refund is on disk.

    Attributes:
        request_no: the refund's own number: asked again with it, money still goes back once.
        reason: what the customer reads in the app, up to 256 characters.
    """

    out_trade_no: str
    request_no: str
    amount: Money
    reason: str
    store: str
    till: str
    cashier: str


@dataclass(frozen=True, slots=True)
class Paid:
    """The money is with us."""

    trade_no: str
    amount: Money


@dataclass(frozen=True, slots=True)
class InProcess:
    """The trade exists and waits for the customer."""


@dataclass(frozen=True, slots=True)
class Declined:
    """The gateway said no, with its ``sub_code``."""

    sub_code: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nobody knows; ``reason`` is for the log and the engineer, not for the customer."""

    reason: str


@dataclass(frozen=True, slots=True)
class Closed:
    """The trade exists, and is closed: unpaid for ever, or paid back whole."""


@dataclass(frozen=True, slots=True)
class NotFound:
    """The gateway knows no such trade or refund, yet."""


@dataclass(frozen=True, slots=True)
class Cancelled:
    """The gateway took the cancel: ``closed`` unpaid, ``refunded``, or neither: it knows no such trade."""

    closed: bool = False
    refunded: bool = False

    @property
    def is_certain(self) -> bool:
        """Whether the gateway says what became of the trade."""
        return self.closed or self.refunded


@dataclass(frozen=True, slots=True)
class TooLate:
    """The trade cannot be cancelled any more (24 hours after it was made); money goes back by a refund."""


@dataclass(frozen=True, slots=True)
class CodeShown:
    """A code for the customer to scan: ``text`` goes into the picture as it is."""

    text: str


@dataclass(frozen=True, slots=True)
class Refunded:
    """The money of this refund went back."""


@dataclass(frozen=True, slots=True)
class TradeSeen:
    """A trade found by Alipay's own number: which number of ours it bears and how it stands."""

    out_trade_no: str
    status: Paid | InProcess | Closed


@dataclass(frozen=True, slots=True)
class BillAddress:
    """Where a day's bill may be fetched, within 30 seconds; the address is a secret."""

    url: str

    def __repr__(self) -> str:
        return "BillAddress(…)"


PayReply = Paid | InProcess | Declined | Unknown
CodeReply = CodeShown | Declined | Unknown
QueryReply = Paid | InProcess | Closed | NotFound | Unknown
CancelReply = Cancelled | TooLate | Unknown
CloseReply = Closed | NotFound | Declined | Unknown
RefundReply = Refunded | Declined | Unknown
RefundStatus = Refunded | NotFound | Unknown
FindReply = TradeSeen | NotFound | Unknown
BillReply = BillAddress | NotFound | Unknown


@dataclass(frozen=True, slots=True)
class Reach:
    """How the line to the gateway is.

    Attributes:
        answered_at: UTC, when it last gave a proven answer; None before the first.
        unanswered: calls in a row since then that got none.
    """

    answered_at: datetime | None = None
    unanswered: int = 0

    @property
    def is_down(self) -> bool:
        """Whether no new payment should be begun: it fell silent, or has not answered since the till was started."""
        return self.unanswered >= (DOWN_AFTER if self.answered_at else 1)


class PaymentGateway(Protocol):
    """Whoever moves the money. No method raises for what the network or the gateway may do."""

    @property
    def reach(self) -> Reach:
        """How the line is, as the last calls found it."""

    def pay(self, charge: Charge) -> PayReply:
        """Ask for the money of a customer's code, once."""

    def precreate(self, charge: Charge, dies_at: datetime) -> CodeReply:
        """Get a code that the customer scans; it can be paid until ``dies_at`` (UTC)."""

    def query(self, out_trade_no: str) -> QueryReply:
        """Say what became of an attempt."""

    def find(self, trade_no: str) -> FindReply:
        """Say which attempt a number on the customer's bill belongs to."""

    def cancel(self, out_trade_no: str) -> CancelReply:
        """Undo an attempt: closed if unpaid, paid back if paid."""

    def close_trade(self, out_trade_no: str) -> CloseReply:
        """Close an unpaid trade; a paid one is Declined and stays paid."""

    def refund(self, ask: RefundAsk) -> RefundReply:
        """Pay back; ``Unknown`` also when it was taken but the money has not moved yet."""

    def refund_status(self, out_trade_no: str, request_no: str) -> RefundStatus:
        """Say whether a refund went through; ``NotFound``: not yet, or never asked."""

    def bill(self, day: date) -> BillReply:
        """Say where the bill of a past day is; ``NotFound``: no money moved, or it is not ready."""

"""PaymentAttempt: one time of asking for money, its legal moves, and the gateway's port.

    SENT ──money came──────────────► PAID
      │                               │ only while no sale stands on it
      └─time over, stopped, declined─► CANCELLING ──nothing can be charged any more──► DEAD

Cancel is a one-way door: CANCELLING is on disk before the cancel call leaves, and from then on
money may only go back. Declined attempts pass through it too, because a duplicate of the request
may still be under way.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from pos.domain.errors import IllegalMove
from pos.domain.money import Money

CODE_LIFE = timedelta(seconds=120)
"""How long a payment code may be charged: 60 s by Alipay's word, doubled for clocks."""
REQUEST_LIFE = timedelta(seconds=60)
"""How long a request may wander before it arrives."""
CODE_HELD = timedelta(seconds=30)
"""How long the till keeps a code it has seen before Pay, in memory only."""
POLL_EVERY = timedelta(seconds=3)
CONFIRM_WITHIN = timedelta(seconds=60)
"""How long the customer has to confirm before the till cancels (Alipay's polling guide)."""


class AttemptState(StrEnum):
    """Where an attempt stands."""

    SENT = "sent"
    PAID = "paid"
    CANCELLING = "cancelling"
    DEAD = "dead"


_MOVES = {
    AttemptState.SENT: {AttemptState.PAID, AttemptState.CANCELLING},
    AttemptState.PAID: {AttemptState.CANCELLING},
    AttemptState.CANCELLING: {AttemptState.DEAD},
    AttemptState.DEAD: set(),
}


@dataclass(frozen=True, slots=True)
class PaymentAttempt:
    """One time of asking for money.

    Attributes:
        id: UUIDv7; ``out_trade_no`` is derived from it and never used twice.
        sale_id: the sale the money is for.
        reason: why it left SENT or PAID: ``stopped``, ``timeout``, ``returned``, a sub_code; else empty.
        trade_no: Alipay's number, once known.
        started_at, changed_at: UTC.
    """

    id: str
    sale_id: str
    amount: Money
    state: AttemptState
    started_at: datetime
    changed_at: datetime
    reason: str = ""
    trade_no: str = ""

    @property
    def out_trade_no(self) -> str:
        """The number Alipay knows the attempt by: ``GT`` and the id's 32 hex digits."""
        return "GT" + self.id.replace("-", "")

    @property
    def is_final(self) -> bool:
        """Whether nothing more can come of it by itself."""
        return self.state in {AttemptState.PAID, AttemptState.DEAD}

    def move(self, to: AttemptState, at: datetime, *, reason: str = "", trade_no: str = "") -> "PaymentAttempt":
        """Return the attempt in another state, or raise IllegalMove."""
        if to not in _MOVES[self.state]:
            raise IllegalMove(state=self.state.value, to=to.value)
        return replace(self, state=to, changed_at=at, reason=reason or self.reason, trade_no=trade_no or self.trade_no)

    def can_still_be_charged(self, now: datetime) -> bool:
        """Whether a request for it may yet arrive and succeed."""
        return now - self.started_at < CODE_LIFE + REQUEST_LIFE


@dataclass(frozen=True, slots=True)
class Charge:
    """What a gateway is asked for.

    Attributes:
        auth_code: the customer's code; in memory only, never written down.
        subject: what the customer reads in the app, up to 256 characters.
    """

    out_trade_no: str
    amount: Money
    auth_code: str
    subject: str
    store: str
    till: str
    cashier: str

    def __repr__(self) -> str:
        return f"Charge({self.out_trade_no}, {self.amount})"


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
    """The gateway knows no such trade, yet."""


@dataclass(frozen=True, slots=True)
class Cancelled:
    """The gateway took the cancel: ``closed`` unpaid, ``refunded``, or neither: it knows no such trade."""

    closed: bool = False
    refunded: bool = False

    @property
    def is_certain(self) -> bool:
        """Whether the gateway says what became of the trade."""
        return self.closed or self.refunded


PayReply = Paid | InProcess | Declined | Unknown
QueryReply = Paid | InProcess | Closed | NotFound | Unknown
CancelReply = Cancelled | Unknown


class PaymentGateway(Protocol):
    """Whoever moves the money. No method raises for what the network or the gateway may do."""

    def pay(self, charge: Charge) -> PayReply:
        """Ask for the money of a customer's code, once; the caller's attempt is on disk."""

    def query(self, out_trade_no: str) -> QueryReply:
        """Say what became of an attempt."""

    def cancel(self, out_trade_no: str) -> CancelReply:
        """Undo an attempt: closed if unpaid, paid back if paid."""

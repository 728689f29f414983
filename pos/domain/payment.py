"""PaymentAttempt: one time of asking for money, and its legal moves. Parts: the attempts of one sale to be.

    SENT ──money came──────────────► PAID
      │                               │ only while no sale stands on it
      └─time over, stopped, declined─► CANCELLING ──nothing can be charged any more──► DEAD

Cancel is a one-way door: CANCELLING is on disk before the cancel call leaves, and from then on
money may only go back. Declined attempts pass through it too, because a duplicate of the request
may still be under way.

A part in cash is PAID from the start, and goes through the same door: CANCELLING until the cashier says that it was
handed back.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from pos.domain.errors import IllegalMove, MoreThanIsDue, PaidMoreThanTotal, SaleIsBeingPaid
from pos.domain.money import ZERO, Money
from pos.domain.sale import Tender, TenderKind

CODE_LIFE = timedelta(seconds=120)
"""How long a payment code may be charged: 60 s by Alipay's word, doubled for clocks."""
REQUEST_LIFE = timedelta(seconds=60)
"""How long a request may wander before it arrives."""
QR_SHOWN = timedelta(seconds=120)
"""How long the till shows a merchant QR and waits for it."""
QR_LIFE = timedelta(minutes=5)
"""How long a merchant QR can be paid; Alipay recommends no less. Once it is off the screen, the till keeps
looking until then: a customer may have kept a picture of it."""
CODE_HELD = timedelta(seconds=30)
"""How long the till keeps a code it has seen before Pay, in memory only."""
POLL_EVERY = timedelta(seconds=3)
CONFIRM_WITHIN = timedelta(seconds=60)
"""How long the customer has to confirm before the till cancels (Alipay's polling guide)."""


class Way(StrEnum):
    """Who shows the code."""

    CUSTOMER_CODE = "customer_code"
    MERCHANT_QR = "merchant_qr"


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
        way: who shows the code; says nothing of a kind that has none.
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
    way: Way = Way.CUSTOMER_CODE
    kind: TenderKind = TenderKind.ALIPAY

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

    def as_tender(self) -> Tender:
        """Return what a sale says of it; the number is only of what can be asked for by it."""
        assert self.state is AttemptState.PAID, self
        number = "" if self.kind is TenderKind.CASH else self.out_trade_no
        return Tender(self.kind, self.amount, self.amount, self.id, number, self.trade_no)

    @property
    def dies_at(self) -> datetime:
        """When the customer's code, or ours, can be charged no more."""
        return self.started_at + (CODE_LIFE if self.way is Way.CUSTOMER_CODE else QR_LIFE)

    @property
    def confirm_until(self) -> datetime:
        """When the till stops waiting for the customer and cancels."""
        return self.started_at + (CONFIRM_WITHIN if self.way is Way.CUSTOMER_CODE else QR_SHOWN)

    @property
    def arrives_until(self) -> datetime:
        """When the last request for it can have arrived."""
        return self.dies_at + REQUEST_LIFE


@dataclass(frozen=True, slots=True)
class Parts:
    """The money of one sale to be that is here, or may yet come.

    Attributes:
        live: its attempts in SENT or PAID, in the order they began.
    """

    live: tuple[PaymentAttempt, ...] = ()

    def __post_init__(self) -> None:
        assert sum(each.state is AttemptState.SENT for each in self.live) <= 1, self.live
        assert all(each.state in {AttemptState.SENT, AttemptState.PAID} for each in self.live), self.live

    @property
    def paid(self) -> tuple[PaymentAttempt, ...]:
        """The parts whose money is here."""
        return tuple(each for each in self.live if each.state is AttemptState.PAID)

    @property
    def sent(self) -> PaymentAttempt | None:
        """The part that is being asked for."""
        return next((each for each in self.live if each.state is AttemptState.SENT), None)

    @property
    def taken(self) -> Money:
        """What is here."""
        return sum((each.amount for each in self.paid), ZERO)

    def due(self, total: Money) -> Money:
        """Return what is still to be paid of a total."""
        return total - self.taken

    def check_covered(self, total: Money) -> None:
        """Raise PaidMoreThanTotal unless the total is worth at least what is here or asked for."""
        live = sum((each.amount for each in self.live), ZERO)
        if live > total:
            raise PaidMoreThanTotal(paid=live, total=total)

    def check_next(self, total: Money, amount: Money) -> None:
        """Raise unless this much may be asked for next.

        Raises:
            SaleIsBeingPaid: a part is being asked for, or all of it is here.
            MoreThanIsDue: it is nothing, or more than is due.
        """
        due = self.due(total)
        if self.sent or (self.live and not due):
            raise SaleIsBeingPaid(out_trade_no=self.live[-1].out_trade_no)
        if not ZERO < amount <= due:
            raise MoreThanIsDue(amount=amount, due=due)


@dataclass(frozen=True, slots=True)
class Orphan:
    """A payment attempt or refund of another till, as the hub last heard of it.

    Attributes:
        request_no: of a refund; empty for a payment.
        started_at: UTC.
    """

    till_name: str
    out_trade_no: str
    request_no: str
    amount: Money
    state: str
    started_at: datetime

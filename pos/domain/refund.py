"""Refund: money of a sale that goes back to where it came from, asked for under one number until it is final.

    SENT ──the gateway says it went──────► DONE
      └────the gateway says it never will► REFUSED ──the drawer gives it instead──► IN_CASH

An answer that proves nothing leaves it in SENT, and it is asked again with the same number: the money
goes back once however often it is asked for.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from pos.domain.errors import IllegalMove, MoreThanIsLeft
from pos.domain.money import ZERO, Money
from pos.domain.shift import Shift

ASK_AGAIN_AFTER = timedelta(seconds=10)
"""How long Alipay wants to be left alone before it is asked what became of a refund."""


class RefundState(StrEnum):
    """Where a refund stands."""

    SENT = "sent"
    DONE = "done"
    REFUSED = "refused"
    IN_CASH = "in_cash"


@dataclass(frozen=True, slots=True)
class Back:
    """Money of a trade that went back or is on its way, under the number it was asked for."""

    request_no: str
    amount: Money


@dataclass(frozen=True, slots=True)
class Refundable:
    """Alipay's money of a sale, and what of it went back already or is on its way.

    Attributes:
        till_name: the till that sold, ``0017-03``; it may be another one than ours.
        sold_at: UTC.
    """

    sale_id: str
    receipt_no: str
    till_name: str
    out_trade_no: str
    trade_no: str
    paid: Money
    sold_at: datetime
    backs: tuple[Back, ...] = ()

    def with_backs(self, backs: Iterable[Back]) -> "Refundable":
        """Return it with what somebody else knows of; the same number counts once."""
        known = {each.request_no for each in self.backs}
        return replace(self, backs=(*self.backs, *(each for each in backs if each.request_no not in known)))

    @property
    def refunded(self) -> Money:
        """What went back or is on its way."""
        return sum((each.amount for each in self.backs), ZERO)

    @property
    def left(self) -> Money:
        """What may still go back."""
        return max(ZERO, self.paid - self.refunded)

    def check(self, amount: Money) -> None:
        """Raise MoreThanIsLeft unless this much may go back."""
        if not ZERO < amount <= self.left:
            raise MoreThanIsLeft(amount=amount, left=self.left)


def request_number(refund_id: str) -> str:
    """Return the number Alipay knows a refund by."""
    return "GR" + refund_id.replace("-", "")


@dataclass(frozen=True, slots=True)
class Refund:
    """One time of paying back.

    Attributes:
        id: UUIDv7; ``request_no`` is derived from it and never used twice.
        sale_id, receipt_no: the sale it is of, which another till may have made.
        business_day, shift_id: where and when it was asked for, or the drawer gave it; it belongs there for ever.
        cashier, approver: who gave it, and who else said yes; nobody when a manager gave it.
        reason: what the customer reads.
        refusal: the gateway's sub_code, of the last answer that was a no.
        started_at, changed_at: UTC.
    """

    id: str
    sale_id: str
    receipt_no: str
    out_trade_no: str
    amount: Money
    state: RefundState
    business_day: date
    shift_id: str
    cashier: str
    reason: str
    started_at: datetime
    changed_at: datetime
    refusal: str = ""
    approver: str = ""

    @property
    def request_no(self) -> str:
        """The number Alipay knows the refund by: ``GR`` and the id's 32 hex digits."""
        return request_number(self.id)

    @property
    def is_final(self) -> bool:
        """Whether nothing more can come of it."""
        return self.state is not RefundState.SENT

    def hand_out(self, shift: Shift, by: tuple[str, str], at: datetime) -> "Refund":
        """Return a refund that was refused for good as the drawer gives it, in the shift of now; or raise IllegalMove.

        Args:
            by: the numbers of who gives it, and who else said yes.
        """
        if self.state is not RefundState.REFUSED:
            raise IllegalMove(state=self.state.value, to=RefundState.IN_CASH.value)
        return replace(
            self, state=RefundState.IN_CASH, business_day=shift.business_day, shift_id=shift.id, cashier=by[0],
            approver=by[1], changed_at=at,
        )  # fmt: skip

    def end(self, to: RefundState, at: datetime, *, refusal: str = "") -> "Refund":
        """Return the refund at its end, or raise IllegalMove."""
        if self.is_final or to not in {RefundState.DONE, RefundState.REFUSED}:
            raise IllegalMove(state=self.state.value, to=to.value)
        return replace(self, state=to, changed_at=at, refusal=refusal)

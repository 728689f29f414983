"""Desk: what is done about money that is already taken: looked up, paid back, matched; asked on the payment lane."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from pos.alipay.bill import fetch_bill, read_bill
from pos.domain.bill import Match
from pos.domain.errors import PaymentUnavailable, PosError, SyncError
from pos.domain.money import Money
from pos.domain.refund import Refund, Refundable
from pos.domain.sale import Sale
from pos.till import reconcile, refund, review
from pos.till.till import Till
from ui.lane import Lane

Failed = Callable[[PosError], None]


class Copies(refund.SaleCopies, reconcile.PaymentCopies, Protocol):
    """What the hub knows of other tills' sales and of our payments."""


@dataclass(frozen=True, slots=True)
class Matched:
    """A day matched; ``without_hub`` says why the hub was left out, if it was."""

    match: Match
    without_hub: PosError | None


class Desk:
    """A till to read, the payment lane to ask, and the hub's copies (None without a hub)."""

    def __init__(self, till: Till, payments: Lane[Till], copies: Copies | None) -> None:
        self._till, self._payments, self._copies = till, payments, copies

    def open_payments(self) -> review.Reviews:
        """Return what is not at its end, from the till's own disk."""
        return review.open_payments(self._till)

    def needs_review(self, found: "review.Open") -> bool:
        """Whether a person should look at it."""
        return review.needs_review(self._till, found)

    def last_sales(self) -> list[Sale]:
        """Return the last sales that were paid by Alipay here, latest first."""
        return refund.last_refundable(self._till)

    def look_up(self, number: str, then: Callable[[review.Finding], None], failed: Failed) -> None:
        """Say what became of a payment."""
        self._payments.run(lambda till: review.look_up(till, number), then, failed)

    def find_sale(self, receipt_no: str, then: Callable[[Refundable], None], failed: Failed) -> None:
        """Say what of a sale may go back."""
        self._payments.run(lambda till: refund.find_refundable(till, receipt_no, self._copies), then, failed)

    def give_back(
        self, of: Refundable, amount: Money, reason: str, *, then: Callable[[Refund], None], failed: Failed
    ) -> None:
        """Pay back."""
        self._payments.run(lambda till: refund.give_refund(till, of, amount, reason), then, failed)

    def match_day(self, day: date, raw: bytes | None, then: Callable[[Matched], None], failed: Failed) -> None:
        """Match a day by the bill in ``raw``, or by the one Alipay gives."""
        self._payments.run(lambda till: self._match(till, day, raw), then, failed)

    def _match(self, till: Till, day: date, raw: bytes | None) -> Matched:
        if raw is None and till.gateway is None:
            raise PaymentUnavailable
        bill = fetch_bill(till.gateway, day) if raw is None and till.gateway else read_bill(raw or b"")
        try:
            return Matched(reconcile.match_day(till, day, bill, self._copies), None)
        except SyncError as reason:
            return Matched(reconcile.match_day(till, day, bill, None), reason)

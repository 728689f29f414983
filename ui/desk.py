"""Desk: what is done about money that is already taken: looked up, paid back, matched; asked on the payment lane."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from pos.domain.bill import Match
from pos.domain.entry import Json
from pos.domain.errors import PaymentUnavailable, PosError, SyncError
from pos.domain.money import Money
from pos.domain.payment import AttemptState, PaymentAttempt
from pos.domain.refund import Refund, Refundable
from pos.domain.sale import Sale
from pos.domain.staff import Act, By, Cashier
from pos.settings import Language
from pos.till import allowed, parts, preferences, reconcile, refund, report, resolve, returns, review, sign_in
from pos.till.till import Till
from ui.lane import Lane
from ui.returns.desk import ReturnDesk

Failed = Callable[[PosError], None]


class Copies(refund.SaleCopies, returns.SaleCopies, reconcile.PaymentCopies, Protocol):
    """What the hub knows of other tills' sales and of our payments."""


@dataclass(frozen=True, slots=True)
class Matched:
    """A day matched; ``without_hub`` says why the hub was left out, if it was."""

    match: Match
    without_hub: PosError | None


@dataclass(frozen=True, slots=True)
class Credentials:
    """What somebody typed to prove who they are; the PIN is in nothing that is printed."""

    number: str
    pin: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Wish:
    """A refund that is asked for, and who gives it."""

    by: By
    of: Refundable
    amount: Money
    reason: str


@dataclass(frozen=True, slots=True)
class Setting:
    """What a manager wants to be so at this till from now on."""

    actor: Cashier
    key: str
    value: Json


@dataclass(frozen=True, slots=True)
class Order:
    """A day's bill that is to be matched; ``raw`` is a file in hand, None to have Alipay's."""

    actor: Cashier
    day: date
    raw: bytes | None = None


class Desk:
    """A till to read, the payment lane to ask, and the hub's copies (None without a hub)."""

    def __init__(self, till: Till, payments: Lane[Till], copies: Copies | None) -> None:
        self._till, self._payments, self._copies = till, payments, copies
        self.returns = ReturnDesk(till, payments, copies)

    def preference(self, key: str) -> Json | None:
        """Return what a manager set at this till under a key."""
        return preferences.preference(self._till, key)

    def keep_preference(self, wish: Setting, then: Callable[[Json], None], failed: Failed) -> None:
        """Set something at this till."""
        self._payments.run(
            lambda till: preferences.keep_preference(till, wish.key, wish.value, by=By(wish.actor)), then, failed
        )

    def keep_spoken(self, chosen: Language, failed: Failed) -> None:
        """Remember the language of the screen for the next start."""
        self._payments.run(lambda till: preferences.keep_spoken(till, chosen), lambda _done: None, failed)

    def longest_number(self) -> int:
        """Return how many digits the longest number of anybody here has."""
        return sign_in.longest_number(self._till)

    def may_train(self, who: Credentials, then: Callable[[Cashier], None], failed: Failed) -> None:
        """Say that somebody may begin to practise, once they have proved who they are."""
        self._payments.run(lambda till: _may_train(till, who), then, failed)

    def open_payments(self) -> review.Reviews:
        """Return what is not at its end, from the till's own disk."""
        return review.open_payments(self._till)

    def needs_review(self, found: "review.Open") -> bool:
        """Whether a person should look at it."""
        return review.needs_review(self._till, found)

    def last_sales(self) -> list[Sale]:
        """Return the last sales that were paid by Alipay here, latest first."""
        return refund.last_refundable(self._till)

    def shop_today(self) -> date:
        """Return today's date in the shop."""
        return report.shop_today(self._till)

    def give_cash_back(self, part: PaymentAttempt, then: Callable[[PaymentAttempt], None], failed: Failed) -> None:
        """Take the next step with a part in cash of no sale: it is to go back, or it is with the customer."""
        step = parts.handed_back if part.state is AttemptState.CANCELLING else resolve.give_back
        self._payments.run(lambda till: step(till, part), then, failed)

    def look_up(self, number: str, then: Callable[[review.Finding], None], failed: Failed) -> None:
        """Say what became of a payment."""
        self._payments.run(lambda till: review.look_up(till, number), then, failed)

    def find_sale(self, receipt_no: str, then: Callable[[list[Refundable]], None], failed: Failed) -> None:
        """Say what of a sale may go back, each payment by itself."""
        self._payments.run(lambda till: refund.list_refundable(till, receipt_no, self._copies), then, failed)

    def give_back(self, wish: Wish, then: Callable[[Refund], None], failed: Failed) -> None:
        """Pay back."""
        self._payments.run(
            lambda till: refund.give_refund(till, wish.of, wish.amount, wish.reason, by=wish.by), then, failed
        )

    def match_day(self, order: Order, then: Callable[[Matched], None], failed: Failed) -> None:
        """Match a day by the bill in hand, or by the one Alipay gives."""
        self._payments.run(lambda till: self._match(till, order), then, failed)

    def _match(self, till: Till, order: Order) -> Matched:
        day, raw, by = order.day, order.raw, By(order.actor)
        allowed.require(till, Act.MATCH_BILL, by)
        if raw is None and till.gateway is None:
            raise PaymentUnavailable
        from pos.alipay.bill import fetch_bill, read_bill  # noqa: PLC0415  (once a day, and slow to load)

        bill = fetch_bill(till.gateway, day) if raw is None and till.gateway else read_bill(raw or b"")
        try:
            return Matched(reconcile.match_day(till, day, bill, self._copies, by=by), None)
        except SyncError as reason:
            return Matched(reconcile.match_day(till, day, bill, None, by=by), reason)


def _may_train(till: Till, who: Credentials) -> Cashier:
    cashier = sign_in.sign_in(till, who.number, who.pin)
    allowed.require(till, Act.TRAIN, By(cashier))
    return cashier

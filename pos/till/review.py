"""Review: which payments need a person to look at, and what became of the payment on a customer's bill."""

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from pos.domain.gateway import Closed, InProcess, Paid, TradeSeen, Unknown
from pos.domain.money import Money
from pos.domain.payment import AttemptState, PaymentAttempt
from pos.domain.refund import Refund
from pos.storage import payments, refunds, sales
from pos.till import resolve
from pos.till.till import Till

NORMAL_END = timedelta(minutes=5)
"""An attempt or refund that is open for longer than this does not end by itself as it should."""

_TRADE_NO = re.compile(r"[0-9]{16,64}", re.ASCII)


class Verdict(StrEnum):
    """What became of a payment."""

    SOLD = "sold"
    """The money is with us, and the sale is done."""
    MONEY_HERE = "money_here"
    """The money is with us, and no sale stands on it yet."""
    WAITING = "waiting"
    """The customer has not confirmed, or nobody knows yet."""
    RETURNING = "returning"
    """It is being cancelled; if money came, it goes back by itself."""
    NOT_CHARGED = "not_charged"
    """No money is with us: never paid, or paid back whole."""
    ELSEWHERE_PAID = "elsewhere_paid"
    """A payment to this shop, but not made at this till; the money is with the shop."""
    ELSEWHERE_OPEN = "elsewhere_open"
    """A payment to this shop, not made at this till, that is not paid."""
    NOT_FOUND = "not_found"
    """Alipay knows no such payment to this shop."""
    NO_ANSWER = "no_answer"
    """Alipay could not be asked, and this till knows nothing of it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of a payment, and how it is known.

    Attributes:
        asked: the number that was asked about.
        receipt_no: of the sale it paid for, if it did.
        refunded: what went back of a sale, or is on its way.
    """

    asked: str
    verdict: Verdict
    amount: Money | None = None
    receipt_no: str = ""
    refunded: Money | None = None
    attempt: PaymentAttempt | None = None


@dataclass(frozen=True, slots=True)
class Reviews:
    """What is open.

    Attributes:
        attempts: attempts without an end, and money without a sale, oldest first.
        refunds: refunds that have not gone through, oldest first.
    """

    attempts: tuple[PaymentAttempt, ...]
    refunds: tuple[Refund, ...]


def open_payments(till: Till) -> Reviews:
    """Return every payment and refund that is not at its end, from the till's own disk."""
    attempts = [*payments.list_open(till.db), *payments.list_unsold(till.db)]
    return Reviews(tuple(sorted(attempts, key=lambda each: each.started_at)), tuple(refunds.list_open(till.db)))


Open = PaymentAttempt | Refund
"""What may be open."""


def needs_review(till: Till, found: Open) -> bool:
    """Whether a person should look at it: it is open for longer than such things take."""
    return till.has_waited(found.id, found.started_at, NORMAL_END)


def look_up(till: Till, number: str) -> Finding:
    """Say what became of a payment, by our number, Alipay's (the barcode of a customer's bill) or a receipt's.

    An attempt that is open is asked about at once; one that this till does not know is asked for at Alipay.
    """
    number = number.strip()
    attempt = _find_here(till, number)
    if attempt is None and _TRADE_NO.fullmatch(number) and till.gateway is not None:
        seen = till.gateway.find(number)
        if not isinstance(seen, TradeSeen):
            return Finding(number, Verdict.NO_ANSWER if isinstance(seen, Unknown) else Verdict.NOT_FOUND)
        attempt = payments.find_by_number(till.db, seen.out_trade_no)
        if attempt is None:
            return _elsewhere(number, seen)
    if attempt is None:
        return Finding(number, Verdict.NOT_FOUND if till.gateway else Verdict.NO_ANSWER)
    return _finding(till, number, _looked_at(till, attempt))


def _find_here(till: Till, number: str) -> PaymentAttempt | None:
    attempt = payments.find_by_number(till.db, number)
    sale = None if attempt else sales.find_by_receipt(till.db, number)
    paid_by = [each.attempt_id for each in sale.tenders if each.out_trade_no] if sale else []
    return payments.find_attempt(till.db, paid_by[0]) if paid_by else attempt


def _looked_at(till: Till, attempt: PaymentAttempt) -> PaymentAttempt:
    if attempt.is_final or till.gateway is None:
        return attempt
    return resolve.step(till, attempt, resolve.resolve_one)


def _finding(till: Till, number: str, attempt: PaymentAttempt) -> Finding:
    sale = sales.find_sale(till.db, attempt.sale_id)
    is_its_sale = sale is not None and any(each.attempt_id == attempt.id for each in sale.tenders)
    verdict = {
        AttemptState.SENT: Verdict.WAITING,
        AttemptState.PAID: Verdict.SOLD if is_its_sale else Verdict.MONEY_HERE,
        AttemptState.CANCELLING: Verdict.RETURNING,
        AttemptState.DEAD: Verdict.NOT_CHARGED,
    }[attempt.state]
    back = refunds.sum_of_trade(till.db, attempt.out_trade_no)
    receipt_no = sale.receipt_no if sale and is_its_sale else ""
    return Finding(number, verdict, attempt.amount, receipt_no, back or None, attempt)


def _elsewhere(number: str, seen: TradeSeen) -> Finding:
    match seen.status:
        case Paid(amount=amount):
            return Finding(number, Verdict.ELSEWHERE_PAID, amount)
        case InProcess() | Closed():
            return Finding(number, Verdict.ELSEWHERE_OPEN)

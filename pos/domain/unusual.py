"""Unusual: what in a journal a manager may want to look at, and where it stands."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from pos.domain.money import Money


class Unusual(StrEnum):
    """Why an entry is worth a look; a signal, not proof."""

    PRICE = "price"
    DISCOUNT = "discount"
    VOID = "void"
    CART_DISCARDED = "cart_discarded"
    REFUND = "refund"
    REFUND_REFUSED = "refund_refused"
    REFUND_IN_CASH = "refund_in_cash"
    RETURN = "return"
    RETURN_UNPROVEN = "return_unproven"
    PAYMENT_SLOW = "payment_slow"
    PAYMENT_CANCELLED = "payment_cancelled"
    ORPHAN = "orphan"
    CASH_IN = "cash_in"
    CASH_OUT = "cash_out"
    CASH_DROP = "cash_drop"
    NO_SALE = "no_sale"
    OVER_SHORT = "over_short"
    TENDER_CORRECTED = "tender_corrected"
    APPROVAL = "approval"
    APPROVAL_REFUSED = "approval_refused"
    STAFF = "staff"
    EPOCH = "epoch"
    LATE = "late"
    """It belongs to a day that was closed before it came."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One unusual thing.

    Attributes:
        epoch, seq: the entry of the journal.
        cashier, approver: numbers; empty where nobody is named.
        about: the receipt, payment, sale or person it is about, by number.
        words: the reason somebody gave.
    """

    epoch: int
    seq: int
    business_day: date
    at: datetime
    kind: Unusual
    cashier: str
    approver: str
    amount: Money
    about: str
    words: str

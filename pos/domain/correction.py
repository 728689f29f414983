"""Correction: a finished sale was paid otherwise than was rung up; said anew, never written over."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pos.domain.entry import Json, parse_utc, utc_text
from pos.domain.money import Money
from pos.domain.sale import BY_WORD, Tender, TenderKind

TENDER_CORRECTED = "tender.corrected"


@dataclass(frozen=True, slots=True)
class Correction:
    """What a tender of a finished sale really was.

    Attributes:
        tender_no: which of the sale's tenders, from 1.
        shift_id: of the shift the correction was made in.
        sale_shift_id: of the shift whose drawer the money was taken in: the sale's, or of a part that was taken before
            it, the one that took the part.
    """

    id: str
    sale_id: str
    receipt_no: str
    tender_no: int
    was: TenderKind
    now: TenderKind
    amount: Money
    shift_id: str
    sale_shift_id: str
    business_day: date
    cashier: str
    approver: str
    reason: str
    at: datetime


def can_become(tender: Tender, kind: TenderKind) -> bool:
    """Whether a tender may be said to have been another kind.

    Only what the cashier's word alone stands for may change: what Alipay or a card's own service moved is as they say.
    """
    return tender.kind in BY_WORD and kind in BY_WORD and kind is not tender.kind


def corrected_facts(correction: Correction) -> dict[str, Json]:
    """Return the body of ``tender.corrected``, version 1."""
    return {
        "correction_id": correction.id,
        "sale_id": correction.sale_id,
        "receipt_no": correction.receipt_no,
        "tender_no": correction.tender_no,
        "was": correction.was.value,
        "now": correction.now.value,
        "amount_fen": correction.amount.fen,
        "shift_id": correction.shift_id,
        "sale_shift_id": correction.sale_shift_id,
        "business_day": correction.business_day.isoformat(),
        "cashier": correction.cashier,
        "approver": correction.approver,
        "reason": correction.reason,
        "corrected_at": utc_text(correction.at),
    }


def correction_from(facts: Mapping[str, Any]) -> Correction:
    """Read a row with the names of ``corrected_facts``."""
    return Correction(
        facts["correction_id"], facts["sale_id"], facts["receipt_no"], facts["tender_no"], TenderKind(facts["was"]),
        TenderKind(facts["now"]), Money(facts["amount_fen"]), facts["shift_id"], facts["sale_shift_id"],
        date.fromisoformat(facts["business_day"]), facts["cashier"], facts["approver"], facts["reason"],
        parse_utc(facts["corrected_at"]),
    )  # fmt: skip

"""Corrections: the wrong tender of a finished sale, said anew; the sale itself stays as it was rung up."""

from pos.domain.approval import REASON_MAX
from pos.domain.correction import TENDER_CORRECTED, Correction, can_become, corrected_facts
from pos.domain.errors import ReasonMissing, SaleNotFound, TenderExchanged, TenderNotCorrectable
from pos.domain.sale import BY_WORD, Sale, Tender, TenderKind
from pos.domain.staff import Act, By
from pos.storage import payments, returns, sales
from pos.till import allowed
from pos.till.sell import require_shift
from pos.till.till import Till

LISTED = 8
"""Tenders that are offered to be corrected; what is older is found by its receipt."""


def correctable(till: Till) -> list[tuple[Sale, int]]:
    """Return the last sales with a tender that a cashier's word stands for, and its number, latest first."""
    return [
        (sale, number)
        for sale in sales.last_sales(till.db, LISTED)
        for number, tender in enumerate(sale.tenders, 1)
        if tender.kind in BY_WORD
    ][:LISTED]


def correct_tender(till: Till, sale_id: str, tender_no: int, to: TenderKind, reason: str, *, by: By) -> Correction:
    """Say what a tender really was; totals follow, and the drawer too while it is the one that took it.

    Raises:
        NeedsManager, SamePerson: who does it may not alone.
        TenderNotCorrectable: it is, or would become, what Alipay or another service moves.
        TenderExchanged: goods it paid for were exchanged, and what they paid for comes back as it did.
        ReasonMissing, SaleNotFound, ShiftNotOpen: nothing happened.
    """
    if not reason.strip():
        raise ReasonMissing(act=Act.CORRECT_TENDER.value)
    now = till.clock.now()
    with till.transaction():
        sale, shift = sales.find_sale(till.db, sale_id), require_shift(till)
        if sale is None:
            raise SaleNotFound(receipt_no=sale_id)
        tender = sale.tenders[tender_no - 1] if 0 < tender_no <= len(sale.tenders) else None
        if tender is None or not can_become(tender, to):
            raise TenderNotCorrectable(receipt_no=sale.receipt_no)
        if _is_exchanged(till, sale, tender_no):
            raise TenderExchanged(receipt_no=sale.receipt_no)
        allowed.require(till, Act.CORRECT_TENDER, by, tender.amount)
        correction = Correction(
            till.ids.new(now), sale.id, sale.receipt_no, tender_no, tender.kind, to, tender.amount, shift.id,
            _taken_in(till, sale, tender), shift.business_day, by.actor.number, by.approver_number,
            reason.strip()[:REASON_MAX], now,
        )  # fmt: skip
        till.record(TENDER_CORRECTED, corrected_facts(correction))
    return correction


def _is_exchanged(till: Till, sale: Sale, tender_no: int) -> bool:
    """Whether other goods were paid for with what a tender paid: a card's money would leave the drawer by them."""
    made = returns.list_of_receipt(till.db, sale.receipt_no)
    return any(back.is_exchange and back.tender_no == tender_no for each in made for back in each.paybacks)


def _taken_in(till: Till, sale: Sale, tender: Tender) -> str:
    """Return the shift whose drawer was told of a tender; a part may have been taken before the sale's own began."""
    return payments.shift_that_took(till.db, tender.attempt_id) if tender.attempt_id else sale.shift_id

"""Voids: goods that were in a cart and were taken out before payment; the journal keeps that they were."""

from pos.domain import facts
from pos.domain.money import Money
from pos.domain.staff import Cashier
from pos.storage import shifts
from pos.till.till import Till


def note_void(till: Till, sale_id: str, lines: int, total: Money, cashier: Cashier) -> None:
    """Write down that so many lines were taken out of a cart; outside a shift there is nobody's sale to leave."""
    with till.transaction():
        shift = shifts.find_open_shift(till.db)
        if shift:
            till.record(facts.CART_VOIDED, facts.voided_facts(sale_id, lines, total, shift, cashier.number))

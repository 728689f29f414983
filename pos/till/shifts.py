"""Shifts: open the drawer with a float, close it with a count."""

from dataclasses import replace

from pos.clock import shop_day
from pos.domain import facts
from pos.domain.errors import CashOfNoSale, ShiftAlreadyOpen
from pos.domain.money import ZERO, Money
from pos.domain.sale import TenderKind
from pos.domain.shift import Shift
from pos.domain.staff import Cashier
from pos.storage import payments, totals
from pos.storage import shifts as stored
from pos.till.sell import require_shift
from pos.till.till import Till


def current_shift(till: Till) -> Shift | None:
    """Return the shift that is open at this till."""
    return stored.find_open_shift(till.db)


def open_shift(till: Till, cashier: Cashier, opening_float: Money) -> Shift:
    """Start a shift; its business day is today in the shop, and stays so past midnight.

    Raises:
        ShiftAlreadyOpen: somebody's shift is open.
    """
    now = till.clock.now()
    shift = Shift(till.ids.new(now), cashier.number, shop_day(now), now, opening_float)
    with till.transaction():
        already = stored.find_open_shift(till.db)
        if already:
            raise ShiftAlreadyOpen(cashier=already.cashier)
        till.record(facts.SHIFT_OPENED, facts.opened_facts(shift))
    return shift


def close_shift(till: Till, counted: Money) -> Shift:
    """End the shift with the cash that was counted; unsent entries and open payments do not stop it.

    Raises:
        ShiftNotOpen: there is none.
        CashOfNoSale: a part in cash would be counted in this shift and sold in the next.
    """
    with till.transaction():
        shift = require_shift(till)
        loose = payments.list_cash_of_no_sale(till.db)
        if loose:
            raise CashOfNoSale(amount=sum((each.amount for each in loose), ZERO))
        closed = replace(
            shift, closed_at=till.clock.now(), counted=counted, expected=expected_cash(till, shift)
        )  # fmt: skip
        till.record(facts.SHIFT_CLOSED, facts.closed_facts(closed))
    return closed


def expected_cash(till: Till, shift: Shift) -> Money:
    """Return what should be in the drawer: the float and the cash that was kept, less what was given for returns."""
    found = totals.totals_of_shift(till.db, shift.id)
    kept, back = (found.get(kind, totals.NOTHING).amount for kind in (TenderKind.CASH.value, "cash_back"))
    return shift.opening_float + kept - back

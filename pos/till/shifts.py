"""Shifts: open the drawer with a float, close it with a count, and look into it meanwhile."""

from dataclasses import replace

from pos.clock import shop_day
from pos.domain import facts
from pos.domain.cash import CashCount
from pos.domain.errors import NeedsManager, ShiftAlreadyOpen
from pos.domain.money import ZERO, Money
from pos.domain.returns import Return
from pos.domain.sale import Sale
from pos.domain.shift import Figure, LeftOpen, Shift, ShiftReport
from pos.domain.staff import Act, Cashier
from pos.storage import journal, payments, refunds, returns, sales, suspended, totals
from pos.storage import shifts as stored
from pos.till import allowed
from pos.till.sell import commit, require_shift
from pos.till.till import Till

SMALL_DRAWER_FEN = 100_000
"""Up to here a sum is plausible in any drawer; twice as much is asked about."""


def current_shift(till: Till) -> Shift | None:
    """Return the shift that is open at this till."""
    return stored.find_open_shift(till.db)


def open_shift(till: Till, cashier: Cashier, opening_float: Money) -> Shift:
    """Start a shift; its business day is today in the shop, and stays so past midnight.

    Raises:
        ShiftAlreadyOpen: somebody's shift is open.
    """
    now = till.clock.now()
    shift = Shift(
        till.ids.new(now), cashier.number, shop_day(now), now, opening_float, epoch=till.identity.epoch
    )  # fmt: skip
    with till.transaction():
        already = stored.find_open_shift(till.db)
        if already:
            raise ShiftAlreadyOpen(cashier=already.cashier)
        till.record(facts.SHIFT_OPENED, facts.opened_facts(shift))
    return shift


def close_shift(till: Till, counted: Money | CashCount, closed_by: Cashier | None = None) -> Shift:
    """End the shift with the cash that was counted; whatever is still open is listed, and stops nothing.

    Args:
        counted: note by note, or what it comes to.
        closed_by: who counted; whose shift it is when not told.

    Raises:
        ShiftNotOpen: there is none.
    """
    count = counted if isinstance(counted, CashCount) else CashCount(other=counted)
    open_id = require_shift(till).id

    def write() -> Shift:
        shift, epoch = require_shift(till), till.identity.epoch
        closed = replace(
            shift, closed_at=till.clock.now(), counted=count.total, expected=expected_cash(till, shift), epoch=epoch,
            z_no=stored.next_z_no(till.db, epoch),
        )  # fmt: skip
        report = ShiftReport(closed, _figures(till, shift), left_open(till), count)
        till.record(facts.SHIFT_CLOSED, facts.closed_facts(report, closed_by.number if closed_by else shift.cashier))
        return closed

    return commit(till, write, lambda: next((each for each in last_closed(till, 1) if each.id == open_id), None))


def expected_cash(till: Till, shift: Shift) -> Money:
    """Return what should be in the drawer: the float, and what came in and went out since."""
    return shift.opening_float + totals.totals_of_shift(till.db, shift.id).get("drawer", totals.NOTHING).amount


def is_far_off(till: Till, counted: Money) -> bool:
    """Return whether a count is so far from what should be there that it is rather a slip of the finger.

    Only how many digits the expected sum has is gone by: more must not be told to who counts blind.
    """
    yuan = max(0, expected_cash(till, require_shift(till)).fen // 100)
    scale: int = 100 * 10 ** len(str(yuan))
    return counted.fen > 2 * max(scale, SMALL_DRAWER_FEN) or 1_000 * counted.fen < scale >= SMALL_DRAWER_FEN


def read_x(till: Till) -> ShiftReport:
    """Return the open shift in figures as they stand, or raise ShiftNotOpen."""
    shift = require_shift(till)
    return ShiftReport(shift, _figures(till, shift), left_open(till))


def read_z(till: Till, shift_id: str) -> ShiftReport:
    """Return a closed shift in the figures it was closed with; of one an older program closed, as they stand."""
    shift, report = stored.find_closed(till.db, shift_id)
    return report or ShiftReport(shift, _figures(till, shift))


def last_closed(till: Till, limit: int = 10) -> list[Shift]:
    """Return the shifts closed last, latest first."""
    return stored.list_closed(till.db, limit)


def closed_for(till: Till, person: Cashier, limit: int = 10) -> list[Shift]:
    """Return the shifts somebody may look into, closed last first: their own; whoever sees figures, all."""
    is_allowed = allowed.may(till, Act.SEE_FIGURES, person.number)
    return stored.list_closed(till.db, limit, "" if is_allowed else person.number)


def look_into(till: Till, shift_id: str, person: Cashier) -> ShiftReport:
    """Return a closed shift in figures.

    Raises:
        NeedsManager: it was somebody else's.
    """
    found = read_z(till, shift_id)
    if not _may_look(till, found.shift, person):
        raise NeedsManager(act=Act.SEE_FIGURES.value)
    return found


def _may_look(till: Till, shift: Shift, person: Cashier) -> bool:
    return shift.cashier == person.number or allowed.may(till, Act.SEE_FIGURES, person.number)


def sales_of(till: Till, shift_id: str) -> list[Sale]:
    """Return the sales of a shift, in order."""
    return sales.list_of_shift(till.db, shift_id)


def returns_of(till: Till, shift_id: str) -> list[Return]:
    """Return what came back in a shift, in order."""
    return returns.list_of_shift(till.db, shift_id)


def left_open(till: Till) -> LeftOpen:
    """Return what whoever comes next will find, from the till's own disk."""
    loose = payments.list_cash_of_no_sale(till.db)
    unsent = journal.unsent(till.db, till.identity.epoch).count if till.settings.hub.url else 0
    return LeftOpen(
        unsent,
        tuple(each.out_trade_no for each in payments.list_open(till.db) if each not in loose),
        tuple(each.request_no for each in refunds.list_open(till.db)),
        suspended.count(till.db),
        sum((each.amount for each in loose), ZERO),
    )


def _figures(till: Till, shift: Shift) -> dict[str, Figure]:
    """Return the totals of a shift, and what its returns gave back on the bank card's own terminal."""
    found = totals.totals_of_shift(till.db, shift.id)
    figures = {kind: Figure(each.count, each.amount) for kind, each in found.items()}
    on_card = [each.on_card for each in returns.list_of_shift(till.db, shift.id) if each.on_card > ZERO]
    if on_card:
        figures["card_back"] = Figure(len(on_card), sum(on_card, ZERO))
    return dict(sorted(figures.items()))

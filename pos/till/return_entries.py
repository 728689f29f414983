"""Return entries: what is written of goods that come back, and what this till knows of a sale they are of."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from pos.domain import facts
from pos.domain.refund import Back, Refund, RefundState
from pos.domain.return_facts import RETURN_COMPLETED, return_facts
from pos.domain.returns import (
    Basis,
    Payback,
    Plan,
    Return,
    Returnable,
    SaleCopy,
    plan_return,
    return_number,
    with_returns,
)
from pos.domain.sale import BY_WORD
from pos.domain.shift import Shift
from pos.storage import refunds, returns, sales
from pos.till.till import Till


def plan(till: Till, of: Returnable, wanted: Mapping[int, int]) -> Plan:
    """Return what a return would be, by this till's coins; raises what ``plan_return`` does."""
    return plan_return(of, wanted, till.settings.till.cash_rounding_fen)


def record(till: Till, made: Return, paybacks: Sequence[Payback]) -> Return:
    """Write a return, and every refund it needs, in the caller's transaction."""
    numbered = tuple(
        replace(each, refund_id=till.ids.new(made.completed_at)) if goes_by_gateway(each) else each for each in paybacks
    )
    made = replace(made, paybacks=numbered)
    entry = till.record(RETURN_COMPLETED, return_facts(made))
    for each in numbered:
        if each.refund_id:
            till.record(facts.REFUND_STARTED, facts.refund_facts(_refund(made, each)))
    return replace(made, entry_hash=entry.hash)


def head(till: Till, return_id: str, shift: Shift, reason: str, people: tuple[str, str]) -> Return:
    """Return a return of nothing yet, with the day's next number.

    Args:
        people: the numbers of who does it, and who else said yes.
    """
    identity = till.identity
    counter = returns.next_counter(till.db, shift.business_day, identity.epoch)
    number = return_number(identity.store, identity.till, shift.business_day, counter, identity.epoch)
    return Return(
        return_id, number, counter, "", "", "", Basis.NOTHING,
        shift.business_day, shift.id, *people, reason, till.clock.now(), (), (), (),
    )  # fmt: skip


def of_sale(made: Return, of: Returnable, planned: Plan) -> Return:
    """Return a return with what it takes back of a sale."""
    return replace(
        made, sale_id=of.sale.id, receipt_no=of.sale.receipt_no, sold_by=of.sold_by, basis=Basis.SALE,
        lines=planned.lines, taxes=planned.taxes,
    )  # fmt: skip


def with_ours(till: Till, found: Returnable, copy: SaleCopy | None = None) -> Returnable:
    """Count what this till knows beside what the hub told, and what it said anew meanwhile of tenders of its own."""
    found = replace(found, sale=sales.find_by_receipt(till.db, found.sale.receipt_no) or found.sale)
    ours = returns.list_of_receipt(till.db, found.sale.receipt_no)
    known = {each.id: each for each in (*(copy.returns if copy else ()), *found.returns, *ours)}
    told = dict(copy.refunds if copy else found.refunds)
    for trade in {each.out_trade_no for each in found.sale.tenders if each.out_trade_no}:
        told[trade] = _merged(told.get(trade, ()), refunds.list_of_trade(till.db, trade), found.sale.receipt_no)
    in_order = sorted(known.values(), key=lambda each: (each.completed_at, each.id))
    step = till.settings.till.cash_rounding_fen
    return with_returns(replace(found, returns=(), refunds=told), in_order, step)


def _merged(told: Iterable[Back], ours: Iterable[Refund], receipt_no: str) -> tuple[Back, ...]:
    backs = {each.request_no: each for each in told}
    for each in ours:
        if each.state is RefundState.REFUSED:
            backs.pop(each.request_no, None)
        elif each.receipt_no == receipt_no:
            backs[each.request_no] = Back(each.request_no, each.amount)
    return tuple(backs.values())


def goes_by_gateway(payback: Payback) -> bool:
    """Whether a refund has to be asked for."""
    return payback.kind not in BY_WORD and not payback.is_exchange


def _refund(made: Return, payback: Payback) -> Refund:
    return Refund(
        payback.refund_id, made.sale_id, made.receipt_no, payback.out_trade_no, payback.amount, RefundState.SENT,
        made.business_day, made.shift_id, made.cashier, made.reason, made.completed_at, made.completed_at,
        approver=made.approver,
    )  # fmt: skip

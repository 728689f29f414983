"""Refund: pay Alipay's money of a sale back, whole or in part; the refund is on disk before the request leaves."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Protocol

from pos.clock import shop_day
from pos.domain import facts
from pos.domain.errors import GatewayDown, IllegalMove, NothingToRefund, PaymentUnavailable, SaleNotFound, SyncError
from pos.domain.gateway import Declined, NotFound, PaymentGateway, RefundAsk, Refunded
from pos.domain.money import Money
from pos.domain.refund import ASK_AGAIN_AFTER, Back, Refund, Refundable, RefundState
from pos.domain.returns import Return, backs_beside
from pos.domain.sale import Sale, TenderKind, whole_receipt_number
from pos.domain.staff import Act, By
from pos.storage import refunds, returns, sales, shifts
from pos.till import allowed, sell
from pos.till.till import Till

REPEATABLE = frozenset({"SELLER_BALANCE_NOT_ENOUGH", "REFUND_CHARGE_ERROR"})
"""Refusals that a repeat under the same number may overcome (alipay.trade.refund, sub_codes without ``ACQ.``)."""


class SaleCopies(Protocol):
    """Where copies of other tills' sales are: the hub."""

    def find_all(self, receipt_no: str) -> Sequence[Refundable]:
        """Return Alipay's payments of a sale, in the order they came; none when the hub knows no such receipt.

        Raises:
            HubUnreachable, HubRefused: nobody could be asked.
            NothingToRefund: the sale was paid otherwise.
        """

    def find_returns(self, receipt_no: str) -> Sequence[Return]:
        """Return what came back by a receipt, also of a sale that has not arrived; raises as ``find_all``."""


def find_refundable(till: Till, receipt_no: str, copies: SaleCopies | None = None) -> Refundable:
    """Return the first payment of a sale of which something may still go back; raises what ``list_refundable`` does."""
    found = list_refundable(till, receipt_no, copies)
    return next((each for each in found if each.left), found[0])


def list_refundable(till: Till, receipt_no: str, copies: SaleCopies | None = None) -> list[Refundable]:
    """Return what of a sale may go back, each payment by itself; of another till's sale by the hub's copy.

    Raises:
        SaleNotFound: neither this till nor the hub knows the receipt.
        NothingToRefund: the sale was not paid by Alipay.
        HubUnreachable, HubRefused: it is not our sale, and the hub could not be asked.
    """
    receipt_no = whole_number(till, receipt_no)
    sale = sales.find_by_receipt(till.db, receipt_no)
    if sale:
        return [_with_ours(till, each) for each in _with_hubs(_of_sale(till, sale), copies, receipt_no)]
    found = copies.find_all(receipt_no) if copies else ()
    if not found:
        raise SaleNotFound(receipt_no=receipt_no)
    return [_with_ours(till, each) for each in found]


def whole_number(till: Till, text: str) -> str:
    """Return a receipt's number that was typed in short as the receipt has it."""
    shift, me = shifts.find_open_shift(till.db), till.identity
    today = shift.business_day if shift else shop_day(till.clock.now())
    return whole_receipt_number(text.strip(), (me.store, me.till, me.epoch), today)


def last_refundable(till: Till, limit: int = 10) -> list[Sale]:
    """Return this till's last sales that were paid by Alipay, latest first."""
    return sales.list_paid_by(till.db, TenderKind.ALIPAY, limit)


def give_refund(till: Till, of: Refundable, amount: Money, reason: str, *, by: By) -> Refund:
    """Put a refund on disk and ask for it once; ``resolve`` carries on with what is not final.

    Raises:
        NeedsManager, SamePerson: who gives it may not alone; nothing was asked.
        MoreThanIsLeft, ShiftNotOpen, PaymentUnavailable, GatewayDown: nothing was asked.
    """
    if _gateway(till).reach.is_down:
        raise GatewayDown
    now = till.clock.now()
    with till.transaction():
        allowed.require(till, Act.REFUND, by, amount)
        shift = sell.require_shift(till)
        _with_ours(till, of).check(amount)
        refund = Refund(
            till.ids.new(now), of.sale_id, of.receipt_no, of.out_trade_no, amount, RefundState.SENT,
            shift.business_day, shift.id, by.actor.number, reason, now, now, approver=by.approver_number,
        )  # fmt: skip
        till.record(facts.REFUND_STARTED, facts.refund_facts(refund))
    return ask(till, refund, is_first=True)


def ask(till: Till, refund: Refund, *, is_first: bool = False) -> Refund:
    """Ask for a refund, for the first time or again under the same number.

    A "no" to a repeat is believed only when Alipay knows of no refund under the number: an earlier request may have
    gone through without our hearing of it.
    """
    assert not refund.is_final, refund
    reply = _gateway(till).refund(_ask(till, refund))
    if isinstance(reply, Refunded):
        return _end(till, refund, RefundState.DONE)
    if isinstance(reply, Declined) and _is_for_good(reply):
        status = NotFound() if is_first else _gateway(till).refund_status(refund.out_trade_no, refund.request_no)
        if isinstance(status, Refunded):
            return _end(till, refund, RefundState.DONE)
        if isinstance(status, NotFound):
            return _end(till, refund, RefundState.REFUSED, refusal=reply.sub_code)
    return replace(refund, refusal=reply.sub_code) if isinstance(reply, Declined) else refund


def look(till: Till, refund: Refund) -> Refund:
    """Find out what became of a refund; one that never arrived is asked for again."""
    if not till.has_waited(refund.id, refund.started_at, ASK_AGAIN_AFTER):
        return refund
    reply = _gateway(till).refund_status(refund.out_trade_no, refund.request_no)
    if isinstance(reply, Refunded):
        return _end(till, refund, RefundState.DONE)
    return ask(till, refund)


def _end(till: Till, refund: Refund, to: RefundState, *, refusal: str = "") -> Refund:
    ended = refund.end(to, till.clock.now(), refusal=refusal)
    kind = facts.REFUND_DONE if to is RefundState.DONE else facts.REFUND_REFUSED
    with till.transaction():
        found = refunds.find_refund(till.db, refund.id)
        if found is None or found.is_final:
            raise IllegalMove(state=found.state.value if found else "missing", to=to.value)
        till.record(kind, facts.refund_facts(ended))
    return ended


def _is_for_good(reply: Declined) -> bool:
    return reply.sub_code.rpartition(".")[2] not in REPEATABLE


def _of_sale(till: Till, sale: Sale) -> list[Refundable]:
    tenders = [each for each in sale.tenders if each.kind is TenderKind.ALIPAY]
    if not tenders:
        raise NothingToRefund(receipt_no=sale.receipt_no)
    return [
        Refundable(
            sale.id, sale.receipt_no, till.identity.name, tender.out_trade_no, tender.trade_no, tender.amount,
            sale.completed_at,
        )
        for tender in tenders
    ]  # fmt: skip


def _with_hubs(ours: list[Refundable], copies: SaleCopies | None, receipt_no: str) -> list[Refundable]:
    """Count what other tills gave back of our sale; without a line, Alipay refuses what is too much."""
    if copies is None:
        return ours
    try:
        at_hub = {each.out_trade_no: each.backs for each in copies.find_all(receipt_no)}
        by_code = () if at_hub else copies.find_returns(receipt_no)  # our sale has not arrived there
    except SyncError:
        return ours
    return [
        each.with_backs((*at_hub.get(each.out_trade_no, ()), *_beside(by_code, each.out_trade_no))) for each in ours
    ]


def _beside(made: Iterable[Return], out_trade_no: str) -> list[Back]:
    return [back for each in made for back in backs_beside(each, out_trade_no)]


def _with_ours(till: Till, found: Refundable) -> Refundable:
    """Count what this till has asked back; the hub may not have heard of it yet."""
    asked = refunds.list_of_trade(till.db, found.out_trade_no)
    backs = [Back(each.request_no, each.amount) for each in asked if each.state is not RefundState.REFUSED]
    backs += _beside(returns.list_of_receipt(till.db, found.receipt_no), found.out_trade_no)
    return found.with_backs(backs)


def _ask(till: Till, refund: Refund) -> RefundAsk:
    return RefundAsk(
        refund.out_trade_no, refund.request_no, refund.amount, refund.reason,
        till.identity.store, till.identity.till, refund.cashier,
    )  # fmt: skip


def _gateway(till: Till) -> PaymentGateway:
    if till.gateway is None:
        raise PaymentUnavailable
    return till.gateway

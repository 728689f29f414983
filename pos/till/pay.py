"""Pay: ask once, find out, stop; the attempt is on disk before each request leaves.

Any tender takes the whole of a sale or a part of it (``take``); the part that brings what is still due writes the sale
with it. Alipay comes by the customer's code (``charge``), or by a code of ours that the customer scans (``show_qr``).
"""

from dataclasses import dataclass

from pos.domain import facts
from pos.domain.cart import Cart
from pos.domain.code import CodeKind, read_code
from pos.domain.errors import (
    ExchangeGone,
    GatewayDown,
    IllegalMove,
    NeedsManager,
    NotAPaymentCode,
    NotEnoughTendered,
    PaymentUnavailable,
    SaleIsBeingPaid,
)
from pos.domain.gateway import (
    Cancelled,
    Charge,
    Closed,
    CodeShown,
    Declined,
    Goods,
    InProcess,
    NotFound,
    Paid,
    PaymentGateway,
    PayReply,
    QueryReply,
    RefundAsk,
    Refunded,
    TooLate,
)
from pos.domain.money import ZERO, Money
from pos.domain.payment import AttemptState, Parts, PaymentAttempt, Way
from pos.domain.quantity import Unit
from pos.domain.sale import Sale, SaleLine, TenderKind, sale_lines
from pos.domain.tender import TenderType
from pos.storage import drafts, payments, sales
from pos.till import exchange, sell
from pos.till.approvals import require_by_hand
from pos.till.till import Till


@dataclass(frozen=True, slots=True)
class Settled:
    """The money came and the sale is on disk."""

    sale: Sale


@dataclass(frozen=True, slots=True)
class PartPaid:
    """The money of a part came, and ``due`` is still to be paid."""

    attempt: PaymentAttempt
    due: Money


@dataclass(frozen=True, slots=True)
class Waiting:
    """The attempt is open.

    Attributes:
        is_unknown: nobody knows whether money came.
        is_scanned: the trade exists: the customer is confirming on the phone.
        qr: the text of our code, in the one answer that brings it; it is never shown again.
    """

    attempt: PaymentAttempt
    is_unknown: bool
    is_scanned: bool = True
    qr: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """No money came, or it is on its way back (``is_returned``); another way to pay may start.

    Attributes:
        reason: a sub_code, ``closed``, ``stopped``, ``timeout``, or ``no_code``: none came to show the customer.
        is_certain: False while the cancel still has to be carried through; resolve sees to it.
    """

    attempt: PaymentAttempt
    reason: str
    is_certain: bool
    is_returned: bool = False


Outcome = Settled | PartPaid | Waiting | Refused


def charge(till: Till, cart: Cart, text: str, amount: Money | None = None) -> Outcome:
    """Ask Alipay by the customer's code, once; for what is due when no amount is said.

    Raises:
        NotAPaymentCode: nothing was asked; and what ``take`` raises.
    """
    code = read_code(text)
    if code.kind is not CodeKind.PAYMENT:
        raise NotAPaymentCode
    return take(till, cart, TenderKind.ALIPAY, amount, account=code.text)


def take(till: Till, cart: Cart, kind: TenderKind, amount: Money | None = None, *, account: str = "") -> Outcome:
    """Take money by a tender, once; for what is due when no amount is said.

    Args:
        account: whose money: a customer's code, a card's number; in memory only. Empty for cash.

    Raises:
        PaymentUnavailable, GatewayDown, CartNotPayable, ShiftNotOpen, MoreThanIsDue, NeedsManager: nothing was asked.
        SaleIsBeingPaid: a part is being asked for, or all of it is here.
    """
    tender = till.tender(kind)
    if not tender.needs_line:
        return _take_at_once(till, cart, tender, amount)
    with till.transaction():
        attempt, cashier = _begin(till, cart, tender, Way.CUSTOMER_CODE, amount)
    reply: PayReply | QueryReply = tender.authorise(_charge(till, cart, attempt, cashier, auth_code=account))
    if not isinstance(reply, (Paid, InProcess, Declined)):
        reply = tender.query(attempt.out_trade_no)
    return _after(till, cart, attempt, reply)


def show_qr(till: Till, cart: Cart, amount: Money | None = None) -> Outcome:
    """Get a code of ours that the customer scans: ``Waiting`` with its text, or ``Refused``.

    Raises:
        PaymentUnavailable, GatewayDown, CartNotPayable, ShiftNotOpen, MoreThanIsDue, SaleIsBeingPaid: as ``take``.
    """
    with till.transaction():
        attempt, cashier = _begin(till, cart, till.tender(TenderKind.ALIPAY), Way.MERCHANT_QR, amount)
    reply = _gateway(till).precreate(_charge(till, cart, attempt, cashier), attempt.dies_at)
    if isinstance(reply, CodeShown):
        return Waiting(attempt, is_unknown=False, is_scanned=False, qr=reply.text)
    # A code that nobody has seen can be paid by nobody: this ends here and now.
    reason = reply.sub_code if isinstance(reply, Declined) else "no_code"
    dead = move(till, move(till, attempt, AttemptState.CANCELLING, reason=reason), AttemptState.DEAD)
    return Refused(dead, reason, is_certain=True)


def check(till: Till, cart: Cart, attempt: PaymentAttempt) -> Outcome:
    """Ask what became of an open attempt."""
    return _after(till, cart, attempt, till.tender(attempt.kind).query(attempt.out_trade_no))


def stop(till: Till, cart: Cart, attempt: PaymentAttempt, reason: str) -> Outcome:
    """Look a last time, then cancel: from the commit on, money may only go back.

    Args:
        reason: ``stopped`` by the cashier, or ``timeout``.
    """
    outcome = check(till, cart, attempt)
    if not isinstance(outcome, Waiting):
        return outcome
    cancelling = move(till, attempt, AttemptState.CANCELLING, reason=reason)
    return cancel(till, cancelling)


def cancel(till: Till, attempt: PaymentAttempt) -> Refused:
    """Undo an attempt that is in CANCELLING on disk."""
    assert attempt.state is AttemptState.CANCELLING, attempt
    reply = till.tender(attempt.kind).void(attempt.out_trade_no)
    if isinstance(reply, TooLate):
        return _refund_whole(till, attempt)
    if isinstance(reply, Cancelled) and reply.is_certain:
        dead = move(till, attempt, AttemptState.DEAD)
        return Refused(dead, attempt.reason, is_certain=True, is_returned=reply.refunded)
    return Refused(attempt, attempt.reason, is_certain=False)


def _refund_whole(till: Till, attempt: PaymentAttempt) -> Refused:
    """Pay back what is too old to be cancelled; the attempt's own number makes a repeat harmless."""
    number, identity = attempt.out_trade_no, till.identity
    ask = RefundAsk(number, number, attempt.amount, "未成交退回", identity.store, identity.till, "")
    tender = till.tender(attempt.kind)
    if isinstance(tender.refund(ask), Refunded) or isinstance(tender.refund_status(number, number), Refunded):
        return Refused(move(till, attempt, AttemptState.DEAD), attempt.reason, is_certain=True, is_returned=True)
    return Refused(attempt, attempt.reason, is_certain=False)


def finish_paid(till: Till, cart: Cart, attempt: PaymentAttempt) -> Sale:
    """Complete the sale of an attempt whose money came while the till was away.

    Raises:
        IllegalMove: the money has not come, or is on its way back already.
        NotEnoughTendered: with the other parts it is not all that is due.
        NeedsManager: prices were moved by hand further than its seller may, and nobody approved; the money stays.
    """
    if attempt.state is not AttemptState.PAID:
        raise IllegalMove(state=attempt.state.value, to="sold")
    assert attempt.sale_id == cart.sale_id, attempt

    def write() -> Sale:
        _require_unchanged(till, attempt)
        sale = sales.find_sale(till.db, cart.sale_id) or _write_sale_if_whole(till, cart)
        if sale is None:
            taken = payments.parts_of(till.db, cart.sale_id).taken
            raise NotEnoughTendered(due=cart.to_pay, handed_over=taken)
        assert attempt.id in [tender.attempt_id for tender in sale.tenders], sale.id
        return sale

    return sell.commit_sale(till, cart.sale_id, write)


def move(till: Till, attempt: PaymentAttempt, to: AttemptState, *, reason: str = "") -> PaymentAttempt:
    """Put an attempt into another state, on disk.

    Raises:
        IllegalMove: it has moved meanwhile, or a sale stands on its money.
    """
    moved = attempt.move(to, till.clock.now(), reason=reason)
    with till.transaction():
        _require_unchanged(till, attempt)
        if attempt.state is AttemptState.PAID and sales.find_sale(till.db, attempt.sale_id):
            raise IllegalMove(state="sold", to=to.value)
        _record_move(till, moved)
    return moved


def settle_without_sale(till: Till, attempt: PaymentAttempt, reply: Paid) -> PaymentAttempt:
    """Note that the money of an attempt came while its sale is not on the counter."""
    paid = attempt.move(AttemptState.PAID, till.clock.now(), trade_no=reply.trade_no)
    with till.transaction():
        _require_unchanged(till, attempt)
        _record_move(till, paid)
    return paid


def _begin(
    till: Till, cart: Cart, tender: TenderType, way: Way, amount: Money | None
) -> tuple[PaymentAttempt, str]:  # fmt: skip
    """Put an attempt on disk, with the cart it is for, and return it and the cashier who asks; in a transaction."""
    cart.check_payable()
    now = till.clock.now()
    shift = sell.require_shift(till)
    parts = payments.parts_of(till.db, cart.sale_id)
    if sales.find_sale(till.db, cart.sale_id):
        raise SaleIsBeingPaid(out_trade_no="")
    asked = parts.due(cart.to_pay) if amount is None else amount
    parts.check_next(cart.to_pay, asked)
    require_by_hand(till, cart, sell.seller(cart, shift))
    exchange.settle(till, cart)  # goods that cannot come back any more must be told before anybody pays
    if tender.is_down:
        raise GatewayDown
    attempt = PaymentAttempt(
        till.ids.new(now), cart.sale_id, asked, AttemptState.SENT, now, now, way=way, kind=tender.kind
    )  # fmt: skip
    till.watched_for(attempt.id)
    drafts.save_draft(till.db, drafts.COUNTER, facts.cart_facts(cart), now)
    till.record(facts.PAYMENT_STARTED, facts.attempt_facts(attempt))
    Parts((*parts.live, attempt)).check_covered(cart.to_pay)
    return attempt, sell.seller(cart, shift)


def _take_at_once(till: Till, cart: Cart, tender: TenderType, amount: Money | None) -> Settled | PartPaid:
    """Take what nobody need be asked for: begun and here in one transaction."""

    def write() -> Sale | PartPaid:
        attempt, cashier = _begin(till, cart, tender, Way.CUSTOMER_CODE, amount)
        reply = tender.authorise(_charge(till, cart, attempt, cashier))
        assert isinstance(reply, Paid), reply
        return _write_paid(till, cart, attempt, reply)

    return _as_outcome(sell.commit_sale(till, cart.sale_id, write))


def _charge(till: Till, cart: Cart, attempt: PaymentAttempt, cashier: str, *, auth_code: str = "") -> Charge:
    return Charge(
        out_trade_no=attempt.out_trade_no,
        amount=attempt.amount,
        auth_code=auth_code,
        subject=f"{till.settings.till.store_name} {cart.pieces}件",
        store=till.identity.store,
        till=till.identity.till,
        cashier=cashier,
        goods=tuple(_goods(line) for line in sale_lines(cart)) if attempt.amount == cart.total else (),
    )


def _goods(line: SaleLine) -> Goods:
    if line.quantity.unit is Unit.PIECE and not line.reductions:
        return Goods(line.sku, line.name, line.quantity.amount, line.price)
    return Goods(line.sku, line.name, 1, line.amount)


def _after(till: Till, cart: Cart, attempt: PaymentAttempt, reply: PayReply | QueryReply) -> Outcome:
    if isinstance(reply, NotFound) and attempt.way is Way.MERCHANT_QR:
        return Waiting(attempt, is_unknown=False, is_scanned=False)
    if isinstance(reply, Paid) and reply.amount == attempt.amount:
        return _settle(till, cart, attempt, reply)
    if isinstance(reply, Declined):
        return Refused(move(till, attempt, AttemptState.CANCELLING, reason=reply.sub_code), reply.sub_code,
                       is_certain=False)  # fmt: skip
    if isinstance(reply, Closed):
        dead = move(till, move(till, attempt, AttemptState.CANCELLING, reason="closed"), AttemptState.DEAD)
        return Refused(dead, "closed", is_certain=True)
    return Waiting(attempt, is_unknown=not isinstance(reply, InProcess))


def _settle(till: Till, cart: Cart, attempt: PaymentAttempt, reply: Paid) -> Settled | PartPaid | Refused:
    """Write what came; where the goods of an exchange came back otherwise while the customer paid, it goes back.

    Raises:
        NeedsManager: somebody has to say yes to the cart first; the money is kept and waits for that.
    """

    def write() -> Sale | PartPaid:
        _require_unchanged(till, attempt)
        return _write_paid(till, cart, attempt, reply)

    try:
        return _as_outcome(sell.commit_sale(till, cart.sale_id, write))
    except ExchangeGone:
        paid = settle_without_sale(till, attempt, reply)
        return cancel(till, move(till, paid, AttemptState.CANCELLING, reason="stopped"))
    except NeedsManager:
        settle_without_sale(till, attempt, reply)
        raise


def _write_paid(till: Till, cart: Cart, attempt: PaymentAttempt, reply: Paid) -> Sale | PartPaid:
    """Write the payment, and the sale if it is the last part, in one transaction: neither is ever without the other."""
    assert attempt.sale_id == cart.sale_id, attempt
    assert sales.find_sale(till.db, cart.sale_id) is None, attempt
    paid = attempt.move(AttemptState.PAID, till.clock.now(), trade_no=reply.trade_no)
    _record_move(till, paid)
    due = payments.parts_of(till.db, cart.sale_id).due(cart.to_pay)
    return _write_sale_if_whole(till, cart) or PartPaid(paid, due)


def _write_sale_if_whole(till: Till, cart: Cart) -> Sale | None:
    """Write the sale if its parts bring all of it, each as a tender.

    Raises:
        NeedsManager: prices were moved by hand further than its seller may, and nobody approved.
    """
    parts = payments.parts_of(till.db, cart.sale_id)
    assert parts.sent is None, parts
    parts.check_covered(cart.to_pay)
    if parts.due(cart.to_pay) > ZERO:
        return None
    require_by_hand(till, cart, sell.seller(cart, sell.require_shift(till)))
    sale = sell.write_sale(till, cart, [each.as_tender() for each in parts.paid])
    paid = [tender.attempt_id for tender in sale.tenders if tender.kind is not TenderKind.EXCHANGE]
    assert paid == [each.id for each in parts.paid], sale.id
    return sale


def _as_outcome(done: Sale | PartPaid) -> Settled | PartPaid:
    return Settled(done) if isinstance(done, Sale) else done


_KINDS = {
    AttemptState.PAID: facts.PAYMENT_SETTLED,
    AttemptState.CANCELLING: facts.PAYMENT_CANCELLING,
    AttemptState.DEAD: facts.PAYMENT_DEAD,
}


def _require_unchanged(till: Till, attempt: PaymentAttempt) -> None:
    """Two lanes may hold the same attempt; the one that comes second must look again."""
    found = payments.find_attempt(till.db, attempt.id)
    if found is None or found.state is not attempt.state:
        raise IllegalMove(state=found.state.value if found else "missing", to="")


def _record_move(till: Till, attempt: PaymentAttempt) -> None:
    till.record(_KINDS[attempt.state], facts.attempt_facts(attempt))


def _gateway(till: Till) -> PaymentGateway:
    if till.gateway is None:
        raise PaymentUnavailable
    return till.gateway

"""Pay by Alipay: ask once, find out, stop; the attempt is on disk before each request leaves.

Two ways lead here: the customer's code (``charge``), or a code of ours that the customer scans (``show_qr``).
"""

from dataclasses import dataclass

from pos.domain import facts
from pos.domain.cart import Cart
from pos.domain.code import CodeKind, read_code
from pos.domain.errors import GatewayDown, IllegalMove, NotAPaymentCode, PaymentUnavailable, SaleIsBeingPaid
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
from pos.domain.payment import AttemptState, PaymentAttempt, Way
from pos.domain.quantity import Unit
from pos.domain.sale import Sale, SaleLine, Tender, TenderKind, sale_lines
from pos.storage import drafts, payments, sales
from pos.till import sell
from pos.till.till import Till


@dataclass(frozen=True, slots=True)
class Settled:
    """The money came and the sale is on disk."""

    sale: Sale


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


Outcome = Settled | Waiting | Refused


def charge(till: Till, cart: Cart, text: str) -> Outcome:
    """Ask Alipay for the cart's total by the customer's code, once.

    Raises:
        NotAPaymentCode, PaymentUnavailable, GatewayDown, CartNotPayable, ShiftNotOpen: nothing was asked.
        SaleIsBeingPaid: an earlier attempt of this sale is open or paid.
    """
    code = read_code(text)
    if code.kind is not CodeKind.PAYMENT:
        raise NotAPaymentCode
    attempt, cashier = _begin(till, cart, Way.CUSTOMER_CODE)
    reply: PayReply | QueryReply = _gateway(till).pay(_charge(till, cart, attempt, cashier, auth_code=code.text))
    if not isinstance(reply, (Paid, InProcess, Declined)):
        reply = _gateway(till).query(attempt.out_trade_no)
    return _after(till, cart, attempt, reply)


def show_qr(till: Till, cart: Cart) -> Outcome:
    """Get a code for the cart's total that the customer scans: ``Waiting`` with its text, or ``Refused``.

    Raises:
        PaymentUnavailable, GatewayDown, CartNotPayable, ShiftNotOpen, SaleIsBeingPaid: as ``charge``.
    """
    attempt, cashier = _begin(till, cart, Way.MERCHANT_QR)
    reply = _gateway(till).precreate(_charge(till, cart, attempt, cashier), attempt.dies_at)
    if isinstance(reply, CodeShown):
        return Waiting(attempt, is_unknown=False, is_scanned=False, qr=reply.text)
    # A code that nobody has seen can be paid by nobody: this ends here and now.
    reason = reply.sub_code if isinstance(reply, Declined) else "no_code"
    dead = move(till, move(till, attempt, AttemptState.CANCELLING, reason=reason), AttemptState.DEAD)
    return Refused(dead, reason, is_certain=True)


def check(till: Till, cart: Cart, attempt: PaymentAttempt) -> Outcome:
    """Ask Alipay what became of an open attempt."""
    return _after(till, cart, attempt, _gateway(till).query(attempt.out_trade_no))


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
    """Ask Alipay to undo an attempt that is in CANCELLING on disk."""
    assert attempt.state is AttemptState.CANCELLING, attempt
    reply = _gateway(till).cancel(attempt.out_trade_no)
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
    gateway = _gateway(till)
    if isinstance(gateway.refund(ask), Refunded) or isinstance(gateway.refund_status(number, number), Refunded):
        return Refused(move(till, attempt, AttemptState.DEAD), attempt.reason, is_certain=True, is_returned=True)
    return Refused(attempt, attempt.reason, is_certain=False)


def finish_paid(till: Till, cart: Cart, attempt: PaymentAttempt) -> Sale:
    """Complete the sale of an attempt whose money came while the till was away.

    Raises:
        IllegalMove: the money has not come, or is on its way back already.
    """
    if attempt.state is not AttemptState.PAID:
        raise IllegalMove(state=attempt.state.value, to="sold")
    assert attempt.sale_id == cart.sale_id, attempt
    assert attempt.amount == cart.total, attempt

    def write() -> Sale:
        _require_unchanged(till, attempt)
        return _write_sale(till, cart, attempt)

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


def _begin(till: Till, cart: Cart, way: Way) -> tuple[PaymentAttempt, str]:
    """Put an attempt on disk, with the cart it is for, and return it and the cashier who asks."""
    cart.check_payable()
    gateway = _gateway(till)
    now = till.clock.now()
    attempt = PaymentAttempt(till.ids.new(now), cart.sale_id, cart.total, AttemptState.SENT, now, now, way=way)
    till.watched_for(attempt.id)
    with till.transaction():
        shift = sell.require_shift(till)
        live = payments.list_live(till.db, cart.sale_id)
        if live or sales.find_sale(till.db, cart.sale_id):
            raise SaleIsBeingPaid(out_trade_no=live[0].out_trade_no if live else "")
        if gateway.reach.is_down:
            raise GatewayDown
        drafts.save_draft(till.db, drafts.COUNTER, facts.cart_facts(cart), now)
        till.record(facts.PAYMENT_STARTED, facts.attempt_facts(attempt))
    return attempt, shift.cashier


def _charge(till: Till, cart: Cart, attempt: PaymentAttempt, cashier: str, *, auth_code: str = "") -> Charge:
    return Charge(
        out_trade_no=attempt.out_trade_no,
        amount=attempt.amount,
        auth_code=auth_code,
        subject=f"{till.settings.till.store_name} {cart.pieces}件",
        store=till.identity.store,
        till=till.identity.till,
        cashier=cashier,
        goods=tuple(_goods(line) for line in sale_lines(cart)),
    )


def _goods(line: SaleLine) -> Goods:
    if line.quantity.unit is Unit.PIECE:
        return Goods(line.sku, line.name, line.quantity.amount, line.price)
    return Goods(line.sku, line.name, 1, line.amount)


def _after(till: Till, cart: Cart, attempt: PaymentAttempt, reply: PayReply | QueryReply) -> Outcome:
    if isinstance(reply, NotFound) and attempt.way is Way.MERCHANT_QR:
        return Waiting(attempt, is_unknown=False, is_scanned=False)
    if isinstance(reply, Paid) and reply.amount == attempt.amount:
        return Settled(_settle(till, cart, attempt, reply))
    if isinstance(reply, Declined):
        return Refused(move(till, attempt, AttemptState.CANCELLING, reason=reply.sub_code), reply.sub_code,
                       is_certain=False)  # fmt: skip
    if isinstance(reply, Closed):
        dead = move(till, move(till, attempt, AttemptState.CANCELLING, reason="closed"), AttemptState.DEAD)
        return Refused(dead, "closed", is_certain=True)
    return Waiting(attempt, is_unknown=not isinstance(reply, InProcess))


def _settle(till: Till, cart: Cart, attempt: PaymentAttempt, reply: Paid) -> Sale:
    """Write the payment and the sale in one transaction, so that neither is ever without the other."""
    assert attempt.sale_id == cart.sale_id, attempt
    paid = attempt.move(AttemptState.PAID, till.clock.now(), trade_no=reply.trade_no)

    def write() -> Sale:
        _require_unchanged(till, attempt)
        _record_move(till, paid)
        return _write_sale(till, cart, paid)

    return sell.commit_sale(till, cart.sale_id, write)


def _write_sale(till: Till, cart: Cart, paid: PaymentAttempt) -> Sale:
    assert paid.state is AttemptState.PAID, paid
    sale = sell.write_sale(till, cart, [_tender(paid)])
    assert [tender.attempt_id for tender in sale.tenders] == [paid.id], sale.id
    return sale


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


def _tender(attempt: PaymentAttempt) -> Tender:
    return Tender(TenderKind.ALIPAY, attempt.amount, attempt.amount, attempt.id, attempt.out_trade_no, attempt.trade_no)


def _gateway(till: Till) -> PaymentGateway:
    if till.gateway is None:
        raise PaymentUnavailable
    return till.gateway

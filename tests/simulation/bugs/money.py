# ruff: noqa: ANN401  (what a bug takes the place of knows its own types)
"""Bugs of money: how it is asked for, shared, and given back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from pos.domain import facts
from pos.domain import payment as attempts
from pos.domain.cart import Cart
from pos.domain.gateway import Cancelled, Declined, InProcess, NotFound, Paid, Refunded, TooLate, Unknown
from pos.domain.money import Money
from pos.domain.payment import AttemptState, Parts, PaymentAttempt, Way
from pos.domain.refund import Refund, RefundState
from pos.domain.sale import Sale, cash
from pos.domain.staff import By
from pos.domain.tender import CashTender
from pos.storage import database, drafts, payments, refunds, sales
from pos.till import parts, pay, refund, resolve, sell
from pos.till.till import Till
from tests.simulation.bugs.planting import Swap, bug

# Asking for money


@bug
def a_timeout_counts_as_no() -> Sequence[Swap]:
    """Odoo and others: no answer is shown as failed, and the next payment starts."""
    right = pay._after

    def after(till: Till, cart: Cart, attempt: PaymentAttempt, reply: Any) -> pay.Outcome:
        if isinstance(reply, Unknown):
            return pay.Refused(_to(till, attempt, AttemptState.CANCELLING, AttemptState.DEAD), "lost", is_certain=True)
        return right(till, cart, attempt, reply)

    return [(pay, "_after", after)]


@bug
def a_declined_payment_is_final() -> Sequence[Swap]:
    """A copy of the request may still be under way, and the customer may have topped up."""
    right = pay._after

    def after(till: Till, cart: Cart, attempt: PaymentAttempt, reply: Any) -> pay.Outcome:
        if isinstance(reply, Declined):
            dead = _to(till, attempt, AttemptState.CANCELLING, AttemptState.DEAD)
            return pay.Refused(dead, reply.sub_code, is_certain=True)
        return right(till, cart, attempt, reply)

    return [(pay, "_after", after)]


@bug
def nothing_found_counts_as_cancelled() -> Sequence[Swap]:
    """Success is also said about the cancel of a payment that has not arrived yet."""
    return [(Cancelled, "is_certain", property(lambda _self: True))]


@bug
def a_code_that_nobody_scanned_yet_is_dead() -> Sequence[Swap]:
    """TRADE_NOT_EXIST of a QR means that nobody scanned it yet."""
    right = pay._after

    def after(till: Till, cart: Cart, attempt: PaymentAttempt, reply: Any) -> pay.Outcome:
        if isinstance(reply, NotFound) and attempt.way is Way.MERCHANT_QR:
            dead = _to(till, attempt, AttemptState.CANCELLING, AttemptState.DEAD)
            return pay.Refused(dead, "closed", is_certain=True)
        return right(till, cart, attempt, reply)

    return [(pay, "_after", after)]


@bug
def the_attempt_is_written_after_the_call() -> Sequence[Swap]:
    """What a crash in between forgets was charged all the same."""
    right = pay.show_qr

    def show_qr(till: Till, cart: Cart, amount: Money | None = None) -> pay.Outcome:
        now, shift, way = till.clock.now(), sell.require_shift(till), Way.MERCHANT_QR
        attempt = PaymentAttempt(till.ids.new(now), cart.sale_id, cart.total, AttemptState.SENT, now, now, way=way)
        pay._gateway(till).precreate(pay._charge(till, cart, attempt, shift.cashier), attempt.dies_at)
        return right(till, cart, amount)

    return [(pay, "show_qr", show_qr)]


@bug
def a_second_payment_may_start_beside_the_first() -> Sequence[Swap]:
    """Nobody looks whether the sale is being paid already."""
    return [(payments, "list_live", lambda _db, _sale_id: [])]


@bug
def cash_is_taken_while_a_payment_is_open() -> Sequence[Swap]:
    """Nobody asks what Alipay may still charge."""

    def pay_cash(till: Till, cart: Cart, handed_over: Any) -> Sale:
        tender = cash(cart.total, handed_over)
        return sell.commit_sale(till, cart.sale_id, lambda: sell.write_sale(till, cart, [tender]))

    return [(sell, "pay_cash", pay_cash)]


@bug
def any_amount_is_the_right_amount() -> Sequence[Swap]:
    """A till that does not compare what was paid with what was asked."""
    right = pay._after

    def after(till: Till, cart: Cart, attempt: PaymentAttempt, reply: Any) -> pay.Outcome:
        if isinstance(reply, (NotFound, InProcess)) and attempt.way is Way.CUSTOMER_CODE:
            reply = Paid("2026112322001000000000000", attempt.amount)
        return right(till, cart, attempt, reply)

    return [(pay, "_after", after)]


# Parts


@bug
def parts_are_forgotten_when_cash_completes_the_sale() -> Sequence[Swap]:
    """The customer pays all of it in cash, and what was paid before stays with us."""

    def write(till: Till, cart: Cart, handed_over: Any) -> Sale:
        return sell.write_sale(till, cart, [cash(cart.total, max(handed_over, cart.total))])

    return [(sell, "_write_cash_sale", write)]


@bug
def parts_are_known_in_memory_only() -> Sequence[Swap]:
    """After a restart the whole amount is asked for again."""
    before: dict[str, set[str]] = {}
    right = payments.list_live

    def list_live(db: Any, sale_id: str) -> list[PaymentAttempt]:
        path = database.database_path(db)
        if path not in before:
            before[path] = {row[0] for row in db.execute("SELECT id FROM attempts WHERE state = 'paid'")}
        return [each for each in right(db, sale_id) if each.id not in before[path]]

    return [(payments, "list_live", list_live)]


@bug
def more_than_is_due_may_be_asked_for() -> Sequence[Swap]:
    """Only the whole is compared, so the parts together may be more than it."""

    def check_next(_self: Parts, total: Money, amount: Money) -> None:
        assert amount <= total

    return [(Parts, "check_next", check_next), (Parts, "check_covered", lambda _self, _total: None)]


@bug
def a_part_in_cash_goes_back_by_itself() -> Sequence[Swap]:
    """Nobody opened the drawer."""
    return [(CashTender, "void", lambda _self, _number: Cancelled(refunded=True))]


@bug
def a_part_that_went_back_still_pays() -> Sequence[Swap]:
    """The customer has the cash back, and the sale counts it all the same."""
    right = parts.handed_back

    def handed_back(till: Till, part: PaymentAttempt) -> PaymentAttempt:
        with till.transaction():
            till.record(facts.PAYMENT_SETTLED, facts.attempt_facts(replace(part, state=AttemptState.PAID)))
        return right(till, part) if sales.find_sale(till.db, part.sale_id) else part

    return [(parts, "handed_back", handed_back)]


@bug
def a_late_draft_takes_goods_away_that_are_paid_for() -> Sequence[Swap]:
    """The other lane was slow, and what it writes is older than the payment."""

    def keep_draft(till: Till, draft: Any, **_known: int) -> None:
        with till.transaction():
            if sales.find_sale(till.db, draft["sale_id"]) is None:
                drafts.save_draft(till.db, drafts.COUNTER, draft | {"lines": draft["lines"][:1]}, till.clock.now())

    return [(sell, "keep_draft", keep_draft)]


# Going back


@bug
def cancel_is_no_one_way_door() -> Sequence[Swap]:
    """A cancelled payment that is found paid is sold, and the late cancel takes the money away."""
    moves = {**attempts._MOVES, AttemptState.CANCELLING: {AttemptState.PAID, AttemptState.DEAD}}
    right = pay.cancel

    def cancel(till: Till, attempt: PaymentAttempt) -> pay.Refused:
        after = right(till, attempt)
        reply = pay._gateway(till).query(attempt.out_trade_no)
        if not after.attempt.is_final and isinstance(reply, Paid):
            pay.settle_without_sale(till, attempt, reply)
        return after

    return [(attempts, "_MOVES", moves), (pay, "cancel", cancel)]


@bug
def the_cancel_leaves_before_it_is_on_disk() -> Sequence[Swap]:
    """Alipay is asked first; that it was asked is written afterwards."""

    def stop(till: Till, cart: Cart, attempt: PaymentAttempt, reason: str) -> pay.Outcome:
        outcome = pay.check(till, cart, attempt)
        if isinstance(outcome, pay.Waiting):
            pay._gateway(till).cancel(attempt.out_trade_no)
            return pay.cancel(till, pay.move(till, attempt, AttemptState.CANCELLING, reason=reason))
        return outcome

    return [(pay, "stop", stop)]


@bug
def a_cancel_is_forgotten_when_it_is_not_answered() -> Sequence[Swap]:
    """No answer is taken for nothing to do."""

    def cancel(till: Till, attempt: PaymentAttempt) -> pay.Refused:
        pay._gateway(till).cancel(attempt.out_trade_no)
        return pay.Refused(pay.move(till, attempt, AttemptState.DEAD), attempt.reason, is_certain=True)

    return [(pay, "cancel", cancel)]


@bug
def what_cannot_be_cancelled_any_more_is_left() -> Sequence[Swap]:
    """After a day a cancel is refused, and only a refund brings the money back."""
    right = pay.cancel

    def cancel(till: Till, attempt: PaymentAttempt) -> pay.Refused:
        is_late = till.watched_for(attempt.id) > timedelta(hours=20)
        reply = pay._gateway(till).cancel(attempt.out_trade_no) if is_late else None
        if isinstance(reply, TooLate):
            return pay.Refused(pay.move(till, attempt, AttemptState.DEAD), attempt.reason, is_certain=True)
        return right(till, attempt)

    return [(pay, "cancel", cancel)]


@bug
def money_without_a_sale_is_nobodys() -> Sequence[Swap]:
    """Money that came while the till was away is neither sold nor given back."""
    return [(payments, "list_paid_without_sale", lambda _db: [])]


@bug
def nothing_is_resolved() -> Sequence[Swap]:
    """No background look, none at start: what was open stays open."""
    return [(resolve, "resolve", lambda till, **_watched: resolve._resolved(till, []))]


@bug
def a_request_is_too_old_by_the_clock_on_the_wall() -> Sequence[Swap]:
    """Somebody sets the clock forward while a request is under way."""
    return [(resolve, "_is_too_old_to_arrive", lambda till, attempt: till.clock.now() >= attempt.arrives_until)]


@bug
def a_cancelled_request_never_arrives_late() -> Sequence[Swap]:
    """What was cancelled is asked about no more."""
    return [(resolve, "_is_too_old_to_arrive", lambda _till, _attempt: True)]


@bug
def waiting_ends_by_the_clock_on_the_wall() -> Sequence[Swap]:
    """A clock that was ten years ahead makes an attempt wait for ten years."""

    def has_waited(till: Till, _open_id: str, since: Any, span: timedelta) -> bool:
        return bool(till.clock.now() - since >= span)

    return [(Till, "has_waited", has_waited)]


# Refunds


@bug
def the_refund_leaves_before_it_is_on_disk() -> Sequence[Swap]:
    """Alipay is asked first; that it was asked is written afterwards."""
    right = refund.give_refund

    def give_refund(till: Till, of: Any, amount: Any, reason: str, *, by: By) -> Refund:
        now, shift = till.clock.now(), sell.require_shift(till)
        made = Refund(
            till.ids.new(now), of.sale_id, of.receipt_no, of.out_trade_no, amount, RefundState.SENT,
            shift.business_day, shift.id, shift.cashier, reason, now, now,
        )  # fmt: skip
        of.check(amount)
        refund._gateway(till).refund(refund._ask(till, made))
        return right(till, of, amount, reason, by=by)

    return [(refund, "give_refund", give_refund)]


@bug
def a_refund_asked_again_has_a_new_number() -> Sequence[Swap]:
    """A reply was lost; the repeat pays back once more."""
    numbers = iter(range(10**9))
    return [(Refund, "request_no", property(lambda self: f"{self.id}-{next(numbers)}"))]


@bug
def a_no_to_a_repeated_refund_is_believed() -> Sequence[Swap]:
    """The first request went through unheard; the trade is closed since, and the repeat is told so."""

    def ask(till: Till, made: Refund, *, is_first: bool = False) -> Refund:
        del is_first
        reply = refund._gateway(till).refund(refund._ask(till, made))
        if isinstance(reply, Refunded):
            return refund._end(till, made, RefundState.DONE)
        if isinstance(reply, Declined):
            return refund._end(till, made, RefundState.REFUSED, refusal=reply.sub_code)
        return made

    def look(till: Till, made: Refund) -> Refund:
        return ask(till, made)

    return [(refund, "ask", ask), (refund, "look", look)]


@bug
def an_unanswered_refund_counts_as_done() -> Sequence[Swap]:
    """No answer is taken for a yes."""
    right = refund.ask

    def ask(till: Till, made: Refund, *, is_first: bool = False) -> Refund:
        after = right(till, made, is_first=is_first)
        return after if after.is_final or after.refusal else refund._end(till, after, RefundState.DONE)

    return [(refund, "ask", ask)]


@bug
def open_refunds_are_forgotten() -> Sequence[Swap]:
    """Nobody asks again about a refund without an answer."""
    return [(refunds, "list_open", lambda _db: [])]


def _to(till: Till, attempt: PaymentAttempt, *states: AttemptState) -> PaymentAttempt:
    for state in states:
        attempt = pay.move(till, attempt, state, reason="bug")
    return attempt

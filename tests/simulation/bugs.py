# ruff: noqa: ANN401  (what a bug takes the place of knows its own types)
"""Planted bugs: mistakes that tills are known to make, put into the real code; the simulation must find each.

A bug is a function that swaps parts of the code under test; ``plant`` puts them back.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any
from unittest.mock import patch

from pos.domain import facts
from pos.domain import payment as attempts
from pos.domain.cart import Cart
from pos.domain.errors import CommitUnknown, StorageError
from pos.domain.gateway import Cancelled, Declined, InProcess, NotFound, Paid, Refunded, TooLate, Unknown
from pos.domain.money import ZERO, Money
from pos.domain.payment import AttemptState, Parts, PaymentAttempt, Way
from pos.domain.refund import Refund, RefundState
from pos.domain.sale import Sale, cash
from pos.domain.staff import By
from pos.domain.tender import CashTender
from pos.hub import intake
from pos.storage import database, drafts, journal, payments, projections, refunds, sales
from pos.sync import exchange
from pos.till import parts, pay, refund, resolve, sell
from pos.till.till import Till

Swap = tuple[object, str, Any]
"""What holds the part, its name, and what stands there instead."""
BUGS: dict[str, Callable[[], Sequence[Swap]]] = {}
"""Every planted bug by its name."""


@contextmanager
def plant(name: str) -> Iterator[None]:
    """Put one bug into the code."""
    with ExitStack() as stack:
        for holder, attribute, instead in BUGS[name]():
            stack.enter_context(patch.object(holder, attribute, instead))
        yield


def _bug(make: Callable[[], Sequence[Swap]]) -> Callable[[], Sequence[Swap]]:
    BUGS[make.__name__] = make
    return make


# Asking for money


@_bug
def a_timeout_counts_as_no() -> Sequence[Swap]:
    """Odoo and others: no answer is shown as failed, and the next payment starts."""
    right = pay._after

    def after(till: Till, cart: Cart, attempt: PaymentAttempt, reply: Any) -> pay.Outcome:
        if isinstance(reply, Unknown):
            return pay.Refused(_to(till, attempt, AttemptState.CANCELLING, AttemptState.DEAD), "lost", is_certain=True)
        return right(till, cart, attempt, reply)

    return [(pay, "_after", after)]


@_bug
def a_declined_payment_is_final() -> Sequence[Swap]:
    """A copy of the request may still be under way, and the customer may have topped up."""
    right = pay._after

    def after(till: Till, cart: Cart, attempt: PaymentAttempt, reply: Any) -> pay.Outcome:
        if isinstance(reply, Declined):
            dead = _to(till, attempt, AttemptState.CANCELLING, AttemptState.DEAD)
            return pay.Refused(dead, reply.sub_code, is_certain=True)
        return right(till, cart, attempt, reply)

    return [(pay, "_after", after)]


@_bug
def nothing_found_counts_as_cancelled() -> Sequence[Swap]:
    """Success is also said about the cancel of a payment that has not arrived yet."""
    return [(Cancelled, "is_certain", property(lambda _self: True))]


@_bug
def a_code_that_nobody_scanned_yet_is_dead() -> Sequence[Swap]:
    """TRADE_NOT_EXIST of a QR means that nobody scanned it yet."""
    right = pay._after

    def after(till: Till, cart: Cart, attempt: PaymentAttempt, reply: Any) -> pay.Outcome:
        if isinstance(reply, NotFound) and attempt.way is Way.MERCHANT_QR:
            dead = _to(till, attempt, AttemptState.CANCELLING, AttemptState.DEAD)
            return pay.Refused(dead, "closed", is_certain=True)
        return right(till, cart, attempt, reply)

    return [(pay, "_after", after)]


@_bug
def the_attempt_is_written_after_the_call() -> Sequence[Swap]:
    """What a crash in between forgets was charged all the same."""
    right = pay.show_qr

    def show_qr(till: Till, cart: Cart, amount: Money | None = None) -> pay.Outcome:
        now, shift, way = till.clock.now(), sell.require_shift(till), Way.MERCHANT_QR
        attempt = PaymentAttempt(till.ids.new(now), cart.sale_id, cart.total, AttemptState.SENT, now, now, way=way)
        pay._gateway(till).precreate(pay._charge(till, cart, attempt, shift.cashier), attempt.dies_at)
        return right(till, cart, amount)

    return [(pay, "show_qr", show_qr)]


@_bug
def a_second_payment_may_start_beside_the_first() -> Sequence[Swap]:
    """Nobody looks whether the sale is being paid already."""
    return [(payments, "list_live", lambda _db, _sale_id: [])]


@_bug
def cash_is_taken_while_a_payment_is_open() -> Sequence[Swap]:
    def pay_cash(till: Till, cart: Cart, handed_over: Any) -> Sale:
        tender = cash(cart.total, handed_over)
        return sell.commit_sale(till, cart.sale_id, lambda: sell.write_sale(till, cart, [tender]))

    return [(sell, "pay_cash", pay_cash)]


@_bug
def any_amount_is_the_right_amount() -> Sequence[Swap]:
    """A till that does not compare what was paid with what was asked."""
    right = pay._after

    def after(till: Till, cart: Cart, attempt: PaymentAttempt, reply: Any) -> pay.Outcome:
        if isinstance(reply, (NotFound, InProcess)) and attempt.way is Way.CUSTOMER_CODE:
            reply = Paid("2026112322001000000000000", attempt.amount)
        return right(till, cart, attempt, reply)

    return [(pay, "_after", after)]


# Parts


@_bug
def parts_are_forgotten_when_cash_completes_the_sale() -> Sequence[Swap]:
    """The customer pays all of it in cash, and what was paid before stays with us."""

    def write(till: Till, cart: Cart, handed_over: Any) -> Sale:
        return sell.write_sale(till, cart, [cash(cart.total, max(handed_over, cart.total))])

    return [(sell, "_write_cash_sale", write)]


@_bug
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


@_bug
def more_than_is_due_may_be_asked_for() -> Sequence[Swap]:
    """Only the whole is compared, so the parts together may be more than it."""

    def check_next(_self: Parts, total: Money, amount: Money) -> None:
        assert amount <= total

    return [(Parts, "check_next", check_next), (Parts, "check_covered", lambda _self, _total: None)]


@_bug
def a_part_in_cash_goes_back_by_itself() -> Sequence[Swap]:
    """Nobody opened the drawer."""
    return [(CashTender, "void", lambda _self, _number: Cancelled(refunded=True))]


@_bug
def a_part_that_went_back_still_pays() -> Sequence[Swap]:
    """The customer has the cash back, and the sale counts it all the same."""
    right = parts.handed_back

    def handed_back(till: Till, part: PaymentAttempt) -> PaymentAttempt:
        with till.transaction():
            till.record(facts.PAYMENT_SETTLED, facts.attempt_facts(replace(part, state=AttemptState.PAID)))
        return right(till, part) if sales.find_sale(till.db, part.sale_id) else part

    return [(parts, "handed_back", handed_back)]


@_bug
def a_late_draft_takes_goods_away_that_are_paid_for() -> Sequence[Swap]:
    """The other lane was slow, and what it writes is older than the payment."""

    def keep_draft(till: Till, draft: Any, **_known: int) -> None:
        with till.transaction():
            if sales.find_sale(till.db, draft["sale_id"]) is None:
                drafts.save_draft(till.db, drafts.COUNTER, draft | {"lines": draft["lines"][:1]}, till.clock.now())

    return [(sell, "keep_draft", keep_draft)]


# Going back


@_bug
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


@_bug
def the_cancel_leaves_before_it_is_on_disk() -> Sequence[Swap]:
    def stop(till: Till, cart: Cart, attempt: PaymentAttempt, reason: str) -> pay.Outcome:
        outcome = pay.check(till, cart, attempt)
        if isinstance(outcome, pay.Waiting):
            pay._gateway(till).cancel(attempt.out_trade_no)
            return pay.cancel(till, pay.move(till, attempt, AttemptState.CANCELLING, reason=reason))
        return outcome

    return [(pay, "stop", stop)]


@_bug
def a_cancel_is_forgotten_when_it_is_not_answered() -> Sequence[Swap]:
    def cancel(till: Till, attempt: PaymentAttempt) -> pay.Refused:
        pay._gateway(till).cancel(attempt.out_trade_no)
        return pay.Refused(pay.move(till, attempt, AttemptState.DEAD), attempt.reason, is_certain=True)

    return [(pay, "cancel", cancel)]


@_bug
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


@_bug
def money_without_a_sale_is_nobodys() -> Sequence[Swap]:
    """Money that came while the till was away is neither sold nor given back."""
    return [(payments, "list_paid_without_sale", lambda _db: [])]


@_bug
def nothing_is_resolved() -> Sequence[Swap]:
    """No background look, none at start: what was open stays open."""
    return [(resolve, "resolve", lambda till, **_watched: resolve._resolved(till, []))]


@_bug
def a_request_is_too_old_by_the_clock_on_the_wall() -> Sequence[Swap]:
    """Somebody sets the clock forward while a request is under way."""
    return [(resolve, "_is_too_old_to_arrive", lambda till, attempt: till.clock.now() >= attempt.arrives_until)]


@_bug
def a_cancelled_request_never_arrives_late() -> Sequence[Swap]:
    return [(resolve, "_is_too_old_to_arrive", lambda _till, _attempt: True)]


@_bug
def waiting_ends_by_the_clock_on_the_wall() -> Sequence[Swap]:
    """A clock that was ten years ahead makes an attempt wait for ten years."""

    def has_waited(till: Till, _open_id: str, since: Any, span: timedelta) -> bool:
        return bool(till.clock.now() - since >= span)

    return [(Till, "has_waited", has_waited)]


# Refunds


@_bug
def the_refund_leaves_before_it_is_on_disk() -> Sequence[Swap]:
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


@_bug
def a_refund_asked_again_has_a_new_number() -> Sequence[Swap]:
    """A reply was lost; the repeat pays back once more."""
    numbers = iter(range(10**9))
    return [(Refund, "request_no", property(lambda self: f"{self.id}-{next(numbers)}"))]


@_bug
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


@_bug
def an_unanswered_refund_counts_as_done() -> Sequence[Swap]:
    right = refund.ask

    def ask(till: Till, made: Refund, *, is_first: bool = False) -> Refund:
        after = right(till, made, is_first=is_first)
        return after if after.is_final or after.refusal else refund._end(till, after, RefundState.DONE)

    return [(refund, "ask", ask)]


@_bug
def open_refunds_are_forgotten() -> Sequence[Swap]:
    return [(refunds, "list_open", lambda _db: [])]


# The till's disk


@_bug
def a_sale_that_did_not_reach_the_disk_is_shown_as_done() -> Sequence[Swap]:
    def commit_sale(till: Till, sale_id: str, write: Callable[[], Sale]) -> Sale:
        made: list[Sale] = []
        try:
            with till.transaction():
                made.append(write())
        except StorageError:
            if not made:
                raise
        return sales.find_sale(till.db, sale_id) or made[0]

    return [(sell, "commit_sale", commit_sale)]


@_bug
def a_doubtful_commit_counts_as_done() -> Sequence[Swap]:
    """COMMIT raised: perhaps it is on the disk, perhaps not; nobody looks."""

    def commit(db: Any) -> None:
        try:
            db.conn.execute("COMMIT")
        except Exception:  # noqa: BLE001  (the bug)
            database._roll_back(db)

    return [(database, "_commit", commit)]


@_bug
def the_receipt_number_is_counted_in_memory() -> Sequence[Swap]:
    """A number is used up by a sale that never was."""
    counters: dict[str, int] = {}
    right = sales.next_counter

    def next_counter(db: Any, day: Any) -> int:
        key = f"{database.database_path(db).rstrip('+')} {day}"
        counters[key] = max(counters.get(key, 0), right(db, day) - 1) + 1
        return counters[key]

    return [(sales, "next_counter", next_counter)]


@_bug
def a_sale_is_written_twice() -> Sequence[Swap]:
    """Nobody looks whether the sale is there already."""

    def write_sale(till: Till, cart: Cart, tenders: Any, *, rounding: Money = ZERO) -> Sale:
        made = sell._make_sale(till, cart, tenders, sell.require_shift(till), rounding)
        journal.append(till.db, till.identity, journal.Fact(facts.SALE_COMPLETED, till.ids.new(made.completed_at),
                                                            made.completed_at, facts.sale_facts(made),
                                                            facts.VERSIONS[facts.SALE_COMPLETED]))  # fmt: skip
        if sales.find_sale(till.db, made.id) is None:
            projections._sale_completed(till.db, facts.sale_facts(made))
        drafts.drop_draft(till.db, made.id)
        return made

    return [(sell, "write_sale", write_sale)]


@_bug
def the_payment_and_its_sale_are_two_transactions() -> Sequence[Swap]:
    """A crash in between leaves the money without the sale, and the next look finds nothing open."""

    def settle(till: Till, cart: Cart, attempt: PaymentAttempt, reply: Paid) -> pay.Outcome:
        part = pay.PartPaid(pay.settle_without_sale(till, attempt, reply), ZERO)
        made = pay._write_sale_if_whole
        try:
            return pay._as_outcome(sell.commit_sale(till, cart.sale_id, lambda: made(till, cart) or part))
        except (StorageError, CommitUnknown):
            tenders = [each.as_tender() for each in payments.parts_of(till.db, cart.sale_id).paid]
            return pay.Settled(sell._make_sale(till, cart, tenders, sell.require_shift(till)))

    return [(pay, "_settle", settle)]


@_bug
def two_lanes_do_not_look_at_each_other() -> Sequence[Swap]:
    return [(pay, "_require_unchanged", lambda _till, _attempt: None)]


@_bug
def refunds_are_left_out_of_the_totals() -> Sequence[Swap]:
    projected = {**projections._PROJECT, facts.REFUND_DONE: projections._refund_moved}
    return [(projections, "_PROJECT", projected)]


# The hub


@_bug
def what_was_sent_counts_as_kept() -> Sequence[Swap]:
    """The outbox is emptied when the batch leaves."""

    def push_once(client: Any, outbox: Any, clock: Any) -> bool:
        batch = exchange._cut(outbox.unsent(exchange.BATCH_MAX))
        if batch:
            outbox.acknowledge(batch[-1].epoch, batch[-1].seq, clock.now())
            client.send(batch)
        return False

    return [(exchange, "push_once", push_once)]


@_bug
def a_hub_that_lost_some_is_not_asked() -> Sequence[Swap]:
    """The hub was restored from a copy; the till believes the acknowledgements of before."""
    return [(exchange, "_compare", lambda _kept, _outbox, _clock: None)]


@_bug
def the_hub_confirms_before_it_commits() -> Sequence[Swap]:
    right = intake.take
    calls = iter(range(10**9))

    def take(engine: Any, batch: Any, received_at: str) -> Any:
        if next(calls) % 3:
            return right(engine, batch, received_at)
        return intake.Kept(batch[-1].epoch, batch[-1].seq, batch[-1].hash)

    return [(intake, "take", take)]


@_bug
def the_hub_adds_a_batch_up_that_it_knows() -> Sequence[Swap]:
    """Every repeat is kept again, by its place in the batch (as servers do that give their own numbers)."""
    return [
        (intake, "_kept_hashes", lambda *_all: {}),
        (intake, "_how_many_fit", lambda batch, _head, _hashes: len(batch)),
        (intake, "_keep", lambda *_all: None),
    ]


def _to(till: Till, attempt: PaymentAttempt, *states: AttemptState) -> PaymentAttempt:
    for state in states:
        attempt = pay.move(till, attempt, state, reason="bug")
    return attempt

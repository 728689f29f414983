"""Resolve: bring every attempt and refund that was left open to its end, at start and in the background."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from pos.domain import facts
from pos.domain.errors import IllegalMove
from pos.domain.gateway import Closed, NotFound, Paid, Reach
from pos.domain.money import ZERO
from pos.domain.payment import AttemptState, PaymentAttempt
from pos.domain.refund import Refund
from pos.storage import drafts, payments, sales, shifts
from pos.storage import refunds as stored_refunds
from pos.till import pay, refund
from pos.till.till import Till

NEVER_USED = "GT0"
"""No attempt has this number; asking about it moves nothing."""
KEEP_UNCLAIMED = timedelta(minutes=10)
"""How long money without a sale waits for the cashier before it goes back by itself."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a round found out.

    Attributes:
        looked_at: the attempts asked about, as they are now.
        open: attempts that are still open.
        unclaimed: attempts whose money is here while their sale is not, and nobody is taking the rest of it.
        refunds: the refunds asked about, as they are now.
    """

    looked_at: tuple[PaymentAttempt, ...]
    open: tuple[PaymentAttempt, ...]
    unclaimed: tuple[PaymentAttempt, ...]
    refunds: tuple[Refund, ...] = ()


def resolve(till: Till, *, watched_id: str = "") -> Resolved:
    """Ask about every open attempt, but the one the counter is watching (``watched_id``), and every open refund.

    Money that nobody claims goes back after a while; cash never does by itself. When the line was down and nothing is
    open, a question about a number that was never used finds out whether it is back.
    """
    if till.gateway is None:
        return _resolved(till, [])
    asked = [each for each in payments.list_open(till.db) if each.id != watched_id and _can_ask(till, each)]
    looked_at = [step(till, each, resolve_one) for each in asked]
    overdue = [
        each
        for each in _unclaimed(till)
        if till.has_waited(f"{each.id} paid", each.changed_at, KEEP_UNCLAIMED) and _can_ask(till, each)
    ]
    looked_at += [step(till, each, give_back) for each in overdue]
    refunds = [_look_at_refund(till, each) for each in stored_refunds.list_open(till.db)]
    if till.gateway.reach.is_down and not looked_at and not refunds:
        till.gateway.query(NEVER_USED)
    return _resolved(till, looked_at, refunds)


def probe(till: Till) -> Reach:
    """Ask about a number that was never used, and return how the line is."""
    assert till.gateway is not None
    till.gateway.query(NEVER_USED)
    return till.gateway.reach


def resolve_one(till: Till, attempt: PaymentAttempt) -> PaymentAttempt:
    """Ask about one open attempt, and return it as it then stands."""
    if attempt.state is AttemptState.SENT:
        return _resolve_sent(till, attempt)
    return _resolve_cancel(till, attempt)


def live_attempt(till: Till, sale_id: str) -> PaymentAttempt | None:
    """Return the attempt that stands between a cart and its end: paid without a sale, or perhaps yet to be paid."""
    live = payments.list_live(till.db, sale_id)
    return live[-1] if live and sales.find_sale(till.db, sale_id) is None else None


def _can_ask(till: Till, attempt: PaymentAttempt) -> bool:
    tender = till.tenders.get(attempt.kind)
    return tender is not None and tender.needs_line


def _unclaimed(till: Till) -> list[PaymentAttempt]:
    return [each for each in payments.list_paid_without_sale(till.db) if not _is_counted_on(till, each)]


def _is_counted_on(till: Till, part: PaymentAttempt) -> bool:
    """Whether a cart that waits for the rest of its money counts on a part, in a shift that is open."""
    draft = drafts.find_of_sale(till.db, part.sale_id)
    if draft is None or shifts.find_open_shift(till.db) is None:
        return False
    return payments.parts_of(till.db, part.sale_id).due(facts.cart_from(draft).to_pay) > ZERO


def give_back(till: Till, attempt: PaymentAttempt) -> PaymentAttempt:
    """Return the money of a paid attempt whose sale will not be made."""
    cancelling = pay.move(till, attempt, AttemptState.CANCELLING, reason="returned")
    return pay.cancel(till, cancelling).attempt


def step(till: Till, attempt: PaymentAttempt, step: Callable[[Till, PaymentAttempt], PaymentAttempt]) -> PaymentAttempt:
    """Take one step with an attempt; when another lane took one meanwhile, theirs stands, and the round goes on."""
    try:
        return step(till, attempt)
    except IllegalMove:
        found = payments.find_attempt(till.db, attempt.id)
        assert found is not None, attempt
        return found


def _look_at_refund(till: Till, found: Refund) -> Refund:
    try:
        return refund.look(till, found)
    except IllegalMove:
        now = stored_refunds.find_refund(till.db, found.id)
        assert now is not None, found
        return now


def _resolved(till: Till, looked_at: list[PaymentAttempt], refunds: Sequence[Refund] = ()) -> Resolved:
    still_open, unclaimed = payments.list_open(till.db), _unclaimed(till)
    return Resolved(tuple(looked_at), tuple(still_open), tuple(unclaimed), tuple(refunds))


def _resolve_sent(till: Till, attempt: PaymentAttempt) -> PaymentAttempt:
    reply = till.tender(attempt.kind).query(attempt.out_trade_no)
    if isinstance(reply, Paid) and reply.amount == attempt.amount:
        return pay.settle_without_sale(till, attempt, reply)
    if isinstance(reply, Closed):
        return pay.move(till, pay.move(till, attempt, AttemptState.CANCELLING, reason="closed"), AttemptState.DEAD)
    if not till.has_waited(attempt.id, attempt.started_at, attempt.confirm_until - attempt.started_at):
        return attempt
    cancelling = pay.move(till, attempt, AttemptState.CANCELLING, reason="timeout")
    return pay.cancel(till, cancelling).attempt


def _resolve_cancel(till: Till, attempt: PaymentAttempt) -> PaymentAttempt:
    """Cancel again; "nothing to cancel" is the end only when no request can arrive any more."""
    after = pay.cancel(till, attempt).attempt
    if after.is_final:
        return after
    reply = till.tender(attempt.kind).query(attempt.out_trade_no)
    is_over = isinstance(reply, Closed) or (isinstance(reply, NotFound) and _is_too_old_to_arrive(till, attempt))
    return pay.move(till, attempt, AttemptState.DEAD) if is_over else attempt


def _is_too_old_to_arrive(till: Till, attempt: PaymentAttempt) -> bool:
    """Whether no request for it can arrive any more, by seconds that nobody can set."""
    return till.watched_for(attempt.id) >= attempt.arrives_until - attempt.started_at

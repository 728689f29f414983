# ruff: noqa: ANN401  (what a bug takes the place of knows its own types)
"""Bugs of keeping: what the till's disk and the hub have of a sale."""

from collections.abc import Callable, Sequence
from typing import Any

from pos.domain import facts
from pos.domain.cart import Cart
from pos.domain.errors import CommitUnknown, StorageError
from pos.domain.gateway import Paid
from pos.domain.money import ZERO, Money
from pos.domain.payment import PaymentAttempt
from pos.domain.sale import Sale
from pos.hub import intake
from pos.storage import database, drafts, journal, payments, projections, sales
from pos.sync import exchange
from pos.till import pay, sell
from pos.till.till import Till
from tests.simulation.bugs.planting import Swap, bug

# The till's disk


@bug
def a_sale_that_did_not_reach_the_disk_is_shown_as_done() -> Sequence[Swap]:
    """The disk refused it; who stands there is told that it was sold."""

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


@bug
def a_doubtful_commit_counts_as_done() -> Sequence[Swap]:
    """COMMIT raised: perhaps it is on the disk, perhaps not; nobody looks."""

    def commit(db: Any) -> None:
        try:
            db.conn.execute("COMMIT")
        except Exception:  # noqa: BLE001  (the bug)
            database._roll_back(db)

    return [(database, "_commit", commit)]


@bug
def the_receipt_number_is_counted_in_memory() -> Sequence[Swap]:
    """A number is used up by a sale that never was."""
    counters: dict[str, int] = {}
    right = sales.next_counter

    def next_counter(db: Any, day: Any) -> int:
        key = f"{database.database_path(db).rstrip('+')} {day}"
        counters[key] = max(counters.get(key, 0), right(db, day) - 1) + 1
        return counters[key]

    return [(sales, "next_counter", next_counter)]


@bug
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


@bug
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


@bug
def two_lanes_do_not_look_at_each_other() -> Sequence[Swap]:
    """Nobody looks whether the attempt is still as it was read."""
    return [(pay, "_require_unchanged", lambda _till, _attempt: None)]


@bug
def refunds_are_left_out_of_the_totals() -> Sequence[Swap]:
    """What went back is taken off no total."""
    projected = {**projections._PROJECT, facts.REFUND_DONE: projections._refund_moved}
    return [(projections, "_PROJECT", projected)]


# The hub


@bug
def what_was_sent_counts_as_kept() -> Sequence[Swap]:
    """The outbox is emptied when the batch leaves."""

    def push_once(client: Any, outbox: Any, clock: Any) -> bool:
        batch = exchange._cut(outbox.unsent(exchange.BATCH_MAX))
        if batch:
            outbox.acknowledge(batch[-1].epoch, batch[-1].seq, clock.now())
            client.send(batch)
        return False

    return [(exchange, "push_once", push_once)]


@bug
def a_hub_that_lost_some_is_not_asked() -> Sequence[Swap]:
    """The hub was restored from a copy; the till believes the acknowledgements of before."""
    return [(exchange, "_compare", lambda _kept, _outbox, _clock: None)]


@bug
def the_hub_confirms_before_it_commits() -> Sequence[Swap]:
    """Two batches of three are written; of the third the hub only says so."""
    right = intake.take
    calls = iter(range(10**9))

    def take(engine: Any, batch: Any, received_at: str) -> Any:
        if next(calls) % 3:
            return right(engine, batch, received_at)
        return intake.Kept(batch[-1].epoch, batch[-1].seq, batch[-1].hash)

    return [(intake, "take", take)]


@bug
def the_hub_adds_a_batch_up_that_it_knows() -> Sequence[Swap]:
    """Every repeat is kept again, by its place in the batch (as servers do that give their own numbers)."""
    return [
        (intake, "_kept_hashes", lambda *_all: {}),
        (intake, "_how_many_fit", lambda batch, _head, _hashes: len(batch)),
        (intake, "_keep", lambda *_all: None),
    ]

"""Suspend: lay a cart aside, see what is laid aside in the store, go on with one, or throw one away.

A cart is in one place at a time: each verb moves it in one transaction of the till's own disk. The hub hands a laying
aside to one till only (docs/decisions/0009).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from pos.domain import facts
from pos.domain.cart import Cart
from pos.domain.errors import (
    CartGone,
    CartSold,
    CartTaken,
    CartUnreadable,
    CounterNotEmpty,
    ExchangeDone,
    NothingToSuspend,
    SaleIsBeingPaid,
    SyncError,
    TooManySuspended,
)
from pos.domain.staff import By
from pos.domain.suspended import (
    CART_DISCARDED,
    CART_RESUMED,
    CART_SUSPENDED,
    NOTE_MAX,
    SUSPENDED_MAX,
    SuspendedCart,
    goods_of,
    moved_facts,
)
from pos.storage import drafts, payments, sales
from pos.storage import suspended as stored
from pos.storage.suspended import Taking
from pos.till.till import Till


class HubCarts(Protocol):
    """Where the suspended carts of the store's other tills are: the hub."""

    def list_open(self) -> Sequence[SuspendedCart]:
        """Return the carts of the store that no till has taken.

        Raises:
            HubUnreachable, HubRefused: nobody could be asked.
        """

    def take(self, sale_id: str, hold_id: str) -> SuspendedCart:
        """Have a cart handed over to this till, and to no other; asked again, the answer is the same.

        Raises:
            CartTaken: another till has it.
            CartGone: the hub knows of no such laying aside.
            HubUnreachable, HubRefused: nobody could be asked.
        """


@dataclass(frozen=True, slots=True)
class Listed:
    """The carts that can be gone on with, and why those of other tills are not among them, if they are not."""

    carts: tuple[SuspendedCart, ...]
    trouble: SyncError | None = None


def suspend(till: Till, cart: Cart, note: str = "", *, by: By) -> SuspendedCart:
    """Lay a cart aside; done twice, it is laid aside once.

    Raises:
        NothingToSuspend, TooManySuspended: the cart stays on the counter.
        SaleIsBeingPaid: a payment of it is under way, or its money is here.
        CartSold: it is sold; ExchangeDone: goods that come back pay for it, which another till does not have.
    """
    if not cart.lines:
        raise NothingToSuspend
    if cart.credit:
        raise ExchangeDone
    now = till.clock.now()
    held = SuspendedCart(
        cart.sale_id, till.ids.new(now), till.identity.name, by.actor.number, note.strip()[:NOTE_MAX], now,
        len(cart.lines), cart.total, goods_of(cart), facts.cart_facts(cart),
    )  # fmt: skip
    with till.transaction():
        already = stored.find(till.db, cart.sale_id)
        if already:
            return already
        _refuse_paid(till, cart.sale_id)
        if stored.count(till.db) >= SUSPENDED_MAX:
            raise TooManySuspended(limit=SUSPENDED_MAX)
        drafts.drop_draft(till.db, cart.sale_id)
        stored.put(till.db, held, now)
        till.record(CART_SUSPENDED, moved_facts(held, by.actor.number, by.approver_number))
    return held


def count_suspended(till: Till) -> int:
    """Return how many carts are laid aside at this till."""
    return stored.count(till.db)


def list_suspended(till: Till, hub: HubCarts | None = None) -> Listed:
    """Return what is laid aside here, and with the hub's help in the whole store; the oldest first."""
    own = stored.list_all(till.db)
    if hub is None:
        return Listed(tuple(own))
    try:
        told = hub.list_open()
    except SyncError as trouble:
        return Listed(tuple(own), trouble)
    ours = {each.sale_id for each in own} | {each.sale_id for each in stored.list_offers(till.db)}
    others = [each for each in told if each.sale_id not in ours and sales.find_sale(till.db, each.sale_id) is None]
    return Listed(tuple(sorted((*own, *others), key=lambda each: (each.suspended_at, each.sale_id))))


def resume(till: Till, held: SuspendedCart, *, by: By, hub: HubCarts | None = None) -> Cart:
    """Put a suspended cart onto the empty counter, and return it.

    A cart of this till is had without the hub, too; the hub is told later.

    Raises:
        CounterNotEmpty, CartSold: nothing happened.
        CartTaken, CartGone: another till has it, or nobody knows it any more.
        CartUnreadable: a newer till wrote it; it stays laid aside.
        HubUnreachable, HubRefused: it is another till's, and the hub could not be asked.
    """
    return put_on_counter(till, claim(till, held, hub), by=by)


def put_on_counter(till: Till, claimed: SuspendedCart, *, by: By) -> Cart:
    """Move a cart that ``claim`` gave from where it lay onto the empty counter, and return it.

    Raises:
        CounterNotEmpty, CartGone, CartUnreadable: as ``resume``.
    """
    cart = _read(claimed)
    with till.transaction():
        _refuse_full_counter(till, claimed.sale_id)
        _move_away(till, claimed)
        drafts.save_draft(till.db, drafts.COUNTER, dict(claimed.cart), till.clock.now())
        till.record(CART_RESUMED, moved_facts(claimed, by.actor.number, by.approver_number))
    return cart


def discard(till: Till, held: SuspendedCart, *, by: By, hub: HubCarts | None = None) -> None:
    """Throw a suspended cart away, and say so in the journal: it is a sale that did not come about.

    Raises:
        as ``resume``, but for what is said there of the counter.
    """
    claimed = claim(till, held, hub, for_counter=False)
    with till.transaction():
        _move_away(till, claimed)
        till.record(CART_DISCARDED, moved_facts(claimed, by.actor.number, by.approver_number))


def claim(till: Till, held: SuspendedCart, hub: HubCarts | None = None, *, for_counter: bool = True) -> SuspendedCart:
    """Return a suspended cart with its lines, once it is certain that no other till is handed it.

    It still lies where it lay. The hub may be asked for seconds, so this is not for the thread that keeps drafts.

    Raises:
        as ``resume``.
    """
    _refuse_paid(till, held.sale_id)
    if for_counter:
        _refuse_full_counter(till, held.sale_id)
    own = stored.find(till.db, held.sale_id)
    if own:
        _take_back(till, own, hub)
        return own
    if hub is None:
        raise CartGone
    with till.transaction():
        stored.note_taking(till.db, Taking(held.sale_id, held.hold_id), till.clock.now())
    try:
        return hub.take(held.sale_id, held.hold_id)
    except (CartTaken, CartGone):
        with till.transaction():
            stored.drop_taking(till.db, held.sale_id)
        raise


def _take_back(till: Till, own: SuspendedCart, hub: HubCarts | None) -> None:
    """Ask the hub for our own cart, where it may have it; one that cannot be asked is told later by the sync loop."""
    offer = stored.find_offer(till.db, own.sale_id)
    if hub is None or offer is None or offer.also_at or offer.hold_id != own.hold_id:
        return
    try:
        hub.take(own.sale_id, own.hold_id)
    except CartTaken:
        with till.transaction():
            stored.drop(till.db, own.sale_id)
            stored.drop_offer(till.db, own.sale_id)
        raise
    except (CartGone, SyncError):
        return


def _move_away(till: Till, claimed: SuspendedCart) -> None:
    """Take a cart from where it lay, or raise CartGone when somebody was faster; inside the caller's transaction."""
    found = stored.find(till.db, claimed.sale_id)
    if not stored.is_taking(till.db, claimed.sale_id) and (found is None or found.hold_id != claimed.hold_id):
        raise CartGone
    stored.drop_taking(till.db, claimed.sale_id)
    stored.drop(till.db, claimed.sale_id)


def _read(claimed: SuspendedCart) -> Cart:
    try:
        return facts.cart_from(claimed.cart)
    except (KeyError, TypeError, ValueError) as reason:
        raise CartUnreadable(till=claimed.till) from reason


def _refuse_paid(till: Till, sale_id: str) -> None:
    sale = sales.find_sale(till.db, sale_id)
    if sale:
        raise CartSold(receipt_no=sale.receipt_no)
    live = payments.list_live(till.db, sale_id)
    if live:
        raise SaleIsBeingPaid(out_trade_no=live[0].out_trade_no)


def _refuse_full_counter(till: Till, sale_id: str) -> None:
    draft = drafts.find_draft(till.db, drafts.COUNTER)
    if draft and draft["lines"] and draft["sale_id"] != sale_id:
        raise CounterNotEmpty

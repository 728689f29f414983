"""Aside: lays carts aside and gets them back; disk on the till lane, the hub on the payment lane."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from pos.domain.cart import Cart
from pos.domain.errors import PosError
from pos.domain.staff import By
from pos.domain.suspended import SuspendedCart
from pos.till import suspend
from pos.till.suspend import HubCarts, Listed
from pos.till.till import Till
from ui.lane import Lane

Failed = Callable[[PosError], None]
_T = TypeVar("_T")


class Aside(QObject):
    """What is laid aside in the store, as far as this till can see.

    Signals: ``counted`` carries how many carts can be gone on with, for a badge; ``moved`` says that the hub has
    something to hear.

    Args:
        till: to read, on the screen's thread.
        lane: keeps the drafts of the counter, in order; so a cart is laid aside behind its last draft.
        payments: may wait for the hub.
        hub: None for a till that keeps to itself.
    """

    counted = Signal(int)
    moved = Signal()

    def __init__(self, till: Till, lane: Lane[Till], payments: Lane[Till], hub: HubCarts | None) -> None:
        super().__init__()
        self._till, self._lane, self._payments, self._hub = till, lane, payments, hub
        self._elsewhere = 0

    @property
    def till_name(self) -> str:
        """This till's name as the hub knows it."""
        return self._till.identity.name

    @property
    def count(self) -> int:
        """How many carts can be gone on with: those here, and those of other tills when the hub was last asked."""
        return suspend.count_suspended(self._till) + self._elsewhere

    def note_elsewhere(self, count: int) -> None:
        """Note how many carts wait at other tills, as the sync loop saw it."""
        if count != self._elsewhere:
            self._elsewhere = count
            self.counted.emit(self.count)

    def suspend(self, cart: Cart, note: str, by: By, then: Callable[[SuspendedCart], None], failed: Failed) -> None:
        """Lay a cart aside."""
        self._lane.run(lambda till: suspend.suspend(till, cart, note, by=by), self._counting(then), failed)

    def list_own(self) -> Listed:
        """Return what is laid aside here, at once."""
        return suspend.list_suspended(self._till)

    def look(self, then: Callable[[Listed], None], failed: Failed) -> None:
        """Return what is laid aside in the store; without the hub what is here, and why no more."""

        def tell(listed: Listed) -> None:
            """Pass the list on and count anew."""
            if listed.trouble is None:
                self._elsewhere = sum(not each.is_here for each in listed.carts)
            then(listed)
            self.counted.emit(self.count)

        self._payments.run(lambda till: suspend.list_suspended(till, self._hub), tell, failed)

    def resume(self, held: SuspendedCart, by: By, then: Callable[[Cart], None], failed: Failed) -> None:
        """Put a cart onto the empty counter; first all drafts of that counter are on disk, where it is looked for."""

        def claim(_kept: None) -> None:
            """Make sure that no other till is handed it; the hub may be asked for seconds."""
            self._payments.run(lambda till: suspend.claim(till, held, self._hub), place, failed)

        def place(claimed: SuspendedCart) -> None:
            """Lay it on the counter, behind its drafts."""
            self._elsewhere = max(0, self._elsewhere - (not held.is_here))
            self._lane.run(lambda till: suspend.put_on_counter(till, claimed, by=by), self._counting(then), failed)

        self._lane.run(lambda _till: None, claim, failed)

    def discard(self, held: SuspendedCart, by: By, then: Callable[[None], None], failed: Failed) -> None:
        """Throw a cart away."""
        self._payments.run(lambda till: suspend.discard(till, held, by=by, hub=self._hub), self._counting(then), failed)

    def _counting(self, then: Callable[[_T], None]) -> Callable[[_T], None]:
        def count(answer: _T) -> None:
            """Pass the answer on, then say that the number is another."""
            then(answer)
            self.counted.emit(self.count)
            self.moved.emit()

        return count

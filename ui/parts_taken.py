"""PartsTaken: what is here of the money of the sale on the counter, as the disk says it, and how it goes back."""

from PySide6.QtCore import QObject, Signal

from pos.domain.errors import PosError
from pos.domain.money import ZERO, Money
from pos.domain.payment import AttemptState, PaymentAttempt
from pos.domain.sale import TenderKind
from pos.till import parts, resolve
from ui.hands import Hands


class PartsTaken(QObject):
    """The parts of one sale to be, and the cash of any that a customer is still to get back.

    Signals: ``begun`` when something is to go back; ``changed`` when a part went back or came; ``failed`` carries a
    PosError, and nothing went back; ``cash_moved`` when a part in cash was taken, or is to be handed back.

    Attributes:
        standing: what is here or asked for of the sale that was looked at last.
        to_hand_back: parts in cash that are to go back and have not been said to be.
        is_busy: a part is going back just now.
    """

    changed = Signal()
    begun = Signal()
    failed = Signal(object)
    cash_moved = Signal()

    def __init__(self, hands: Hands) -> None:
        super().__init__()
        self._till, self._lane, self._payments = hands.till, hands.lane, hands.payments
        self._sale_id = ""
        self.standing = parts.NOTHING
        self.to_hand_back: list[PaymentAttempt] = []
        self.is_busy = False

    def look(self, sale_id: str) -> None:
        """Read how a sale to be stands."""
        is_other, had = sale_id != self._sale_id, self._cash_parts()
        self._sale_id = sale_id
        before = self.standing, self.to_hand_back
        self.standing = parts.standing(self._till, sale_id)
        cash = parts.cash_to_hand_back(self._till)
        self.to_hand_back = [each for each in cash if each.state is AttemptState.CANCELLING]
        if before != (self.standing, self.to_hand_back):
            self.changed.emit()
        if not is_other and self._cash_parts() - had:
            self.cash_moved.emit()

    def _cash_parts(self) -> set[tuple[str, AttemptState]]:
        """Parts in cash of this sale, here or to be handed back."""
        here = (each for each in self.standing.paid if each.kind is TenderKind.CASH)
        return {(each.id, each.state) for each in (*here, *self.to_hand_back)}

    @property
    def taken(self) -> Money:
        """What is here of it."""
        return self.standing.taken

    @property
    def cash_out(self) -> Money:
        """What is to be handed back in cash."""
        return sum((each.amount for each in self.to_hand_back), ZERO)

    def give_back(self, part: PaymentAttempt) -> None:
        """Give one part back; cash then waits for ``handed_back``."""
        lane = self._lane if part.kind is TenderKind.CASH else self._payments
        self._begin()
        lane.run(lambda till: resolve.give_back(till, part), self._on_done, self._on_failed)

    def give_back_all(self) -> None:
        """Give every part of the sale back."""
        sale_id = self._sale_id
        self._begin()
        self._payments.run(lambda till: parts.give_back_all(till, sale_id), self._on_done, self._on_failed)

    def handed_back(self, part: PaymentAttempt) -> None:
        """Note that the customer has the cash."""
        self._begin()
        self._lane.run(lambda till: parts.handed_back(till, part), self._on_done, self._on_failed)

    def _begin(self) -> None:
        self.is_busy = True
        self.begun.emit()
        self.changed.emit()

    def _on_done(self, _done: object) -> None:
        self.is_busy = False
        self.look(self._sale_id)
        self.changed.emit()

    def _on_failed(self, error: PosError) -> None:
        self._on_done(None)
        self.failed.emit(error)

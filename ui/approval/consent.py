"""Consent: what the screen asks of the till about who may go how far, and who said yes."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from pos.domain.approval import Asked, ByPin, Challenge, Proof, Told
from pos.domain.cart import Cart
from pos.domain.errors import PosError
from pos.domain.staff import By, Cashier
from pos.till import approvals
from pos.till.till import Till
from ui.lane import Lane

Failed = Callable[[PosError], None]


class Consent(QObject):
    """A till to read, and the lane that writes what was said.

    Signals: ``wanted`` carries the Asked that keeps a cart from being paid.
    """

    wanted = Signal(object)

    def __init__(self, till: Till, lane: Lane[Till]) -> None:
        super().__init__()
        self._till, self._lane = till, lane

    @property
    def till_name(self) -> str:
        """This till's name, as it is read out over the telephone."""
        return self._till.identity.name

    def is_needed(self, asked: Asked) -> bool:
        """Whether somebody else has to say yes."""
        return approvals.is_needed(self._till, asked)

    def lacking(self, cart: Cart, cashier: Cashier) -> Asked | None:
        """Return what of a cart's prices by hand somebody still has to approve."""
        return approvals.lacking(self._till, cart, cashier)

    def must_ask(self, cart: Cart, cashier: Cashier | None) -> bool:
        """Whether somebody has to say yes to a cart's prices before it is paid; then it is asked for."""
        asked = self.lacking(cart, cashier) if cashier else None
        if asked:
            self.wanted.emit(asked)
        return asked is not None

    def show_challenge(self, asked: Asked, then: Callable[[Challenge], None], failed: Failed) -> None:
        """Have digits to read out over the telephone."""
        self._lane.run(lambda till: approvals.challenge(till, asked), then, failed)

    def approve(self, asked: Asked, proof: Proof, then: Callable[[By], None], failed: Failed) -> None:
        """Say yes, once it is proved who says it."""
        self._lane.run(lambda till: approvals.approve(till, asked, proof), then, failed)

    def answer(self, told: Told, who: ByPin, then: Callable[[str], None], failed: Failed) -> None:
        """Have the six digits that say yes at another till."""
        self._lane.run(lambda till: approvals.answer(till, told, who.number, who.pin), then, failed)

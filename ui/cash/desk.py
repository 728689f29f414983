"""Cash desk: what the screen asks of the till about the drawer: what moves in it, and what a shift came to."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from pos.domain.cash import CashCount, CashKind, CashMove
from pos.domain.correction import Correction
from pos.domain.errors import PosError
from pos.domain.money import Money
from pos.domain.returns import Return
from pos.domain.sale import Sale, TenderKind
from pos.domain.shift import LeftOpen, Shift, ShiftReport
from pos.domain.staff import By, Cashier
from pos.till import cash, corrections, shifts
from pos.till.till import Till
from ui.lane import Lane

Failed = Callable[[PosError], None]


@dataclass(frozen=True, slots=True)
class Moving:
    """Cash that is to move, and why; nothing moves where the drawer is only opened."""

    kind: CashKind
    amount: Money
    reason: str


@dataclass(frozen=True, slots=True)
class Mending:
    """A tender of a finished sale that was another kind."""

    sale: Sale
    tender_no: int
    to: TenderKind
    reason: str


class CashDesk(QObject):
    """A till to read, and the lane that writes.

    Signals: ``opened`` that the drawer should open; ``closed`` carries a Shift that was just closed, once.
    """

    opened = Signal()
    closed = Signal(object)

    def __init__(self, till: Till, lane: Lane[Till]) -> None:
        super().__init__()
        self._till, self._lane = till, lane

    def open_shift(
        self, cashier: Cashier, opening_float: Money, then: Callable[[Shift], None], failed: Failed
    ) -> None:  # fmt: skip
        """Start a shift; the drawer opens for the float."""

        def on_opened(shift: Shift) -> None:
            self.opened.emit()
            then(shift)

        self._lane.run(lambda till: shifts.open_shift(till, cashier, opening_float), on_opened, failed)

    def open_to_count(self, cashier: Cashier, reason: str, failed: Failed) -> None:
        """Open the drawer so that it can be counted."""
        self._lane.run(
            lambda till: cash.open_to_count(till, cashier, reason), lambda _move: self.opened.emit(), failed
        )  # fmt: skip

    def close_shift(
        self, counted: Money | CashCount, by: Cashier | None, then: Callable[[Shift], None], failed: Failed
    ) -> None:  # fmt: skip
        """End the shift with the cash that was counted."""

        def on_closed(shift: Shift) -> None:
            then(shift)
            self.closed.emit(shift)

        self._lane.run(lambda till: shifts.close_shift(till, counted, by), on_closed, failed)

    def is_far_off(self, counted: Money) -> bool:
        """Return whether a count of the drawer is rather a slip of the finger."""
        return shifts.is_far_off(self._till, counted)

    def move(self, wish: Moving, by: By, then: Callable[[CashMove], None], failed: Failed) -> None:
        """Put cash in, pay it out, drop it, or open the drawer."""
        self._lane.run(lambda till: cash.move_cash(till, wish.kind, wish.amount, wish.reason, by=by), then, failed)

    def correctable(self) -> list[tuple[Sale, int]]:
        """Return the last tenders that a cashier's word stands for, latest first."""
        return corrections.correctable(self._till)

    def correct(self, wish: Mending, by: By, then: Callable[[Correction], None], failed: Failed) -> None:
        """Say what a tender really was."""
        self._lane.run(
            lambda till: corrections.correct_tender(till, wish.sale.id, wish.tender_no, wish.to, wish.reason, by=by),
            then, failed,
        )  # fmt: skip

    def report_of(self, shift: Shift) -> ShiftReport:
        """Return a shift in figures: as it was closed, or as it stands."""
        return shifts.read_x(self._till) if shift.is_open else shifts.read_z(self._till, shift.id)

    def closed_for(self, cashier: Cashier) -> list[Shift]:
        """Return the shifts somebody may look into, closed last first."""
        return shifts.closed_for(self._till, cashier)

    def look_into(self, shift: Shift, cashier: Cashier) -> ShiftReport:
        """Return a shift in figures, or raise NeedsManager: it was closed, and somebody else's."""
        return shifts.read_x(self._till) if shift.is_open else shifts.look_into(self._till, shift.id, cashier)

    def sales_of(self, shift: Shift) -> list[Sale]:
        """Return the sales of a shift, in order."""
        return shifts.sales_of(self._till, shift.id)

    def returns_of(self, shift: Shift) -> list[Return]:
        """Return what came back in a shift, in order."""
        return shifts.returns_of(self._till, shift.id)

    def moves_of(self, shift: Shift) -> list[CashMove]:
        """Return what moved in a shift besides sales, in order."""
        return cash.moves_of(self._till, shift.id)

    def left_open(self) -> LeftOpen:
        """Return what whoever comes next will find."""
        return shifts.left_open(self._till)

"""Lookout: how the line to Alipay is, and what became of payments and refunds that were left open."""

from PySide6.QtCore import QObject, Signal

from pos.domain.errors import PosError
from pos.domain.gateway import Reach
from pos.till import resolve
from pos.till.till import Till
from ui.lane import Lane


class Lookout(QObject):
    """Asks on the payment lane, one round at a time; what fails is asked again with the next round.

    Signals: ``line_changed`` carries the Reach of Alipay when it is another; ``found`` what a round found out.

    Attributes:
        reach: how the line is.
    """

    line_changed = Signal(object)
    found = Signal(object)

    def __init__(self, lane: Lane[Till]) -> None:
        super().__init__()
        self._lane, self._is_asking = lane, False
        self.reach = Reach()

    def probe(self) -> None:
        """Ask Alipay about nothing, to see whether it answers."""
        self._lane.run(resolve.probe, self.note_line, self._on_failed)

    def look_at_line(self) -> None:
        """Note how the last answer was."""
        self._lane.run(lambda till: till.gateway.reach if till.gateway else Reach(), self.note_line, self._on_failed)

    def note_line(self, reach: Reach) -> None:
        """Take how the line is now."""
        if reach != self.reach:
            self.reach = reach
            self.line_changed.emit(reach)

    def begin_round(self, watched_id: str) -> None:
        """Look after what is open, but for the attempt that the counter is watching."""
        if not self._is_asking:
            self._is_asking = True
            self._lane.run(lambda till: resolve.resolve(till, watched_id=watched_id), self._on_found, self._on_failed)
            self.look_at_line()

    def _on_found(self, found: resolve.Resolved) -> None:
        self._is_asking = False
        self.found.emit(found)

    def _on_failed(self, _error: PosError) -> None:
        self._is_asking = False

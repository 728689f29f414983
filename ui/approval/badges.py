"""Badges: what a badge does that is scanned: its owner signs in, takes over the counter with its cart, or says yes."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from pos.domain.errors import PosError
from pos.domain.staff import Cashier
from pos.till import proofs
from ui.hands import Hands
from ui.stage import Stage

_SIGNS_IN = {Stage.SIGN_IN, Stage.SELL, Stage.PAID}
"""Where a badge that is asked for nothing brings its owner before the counter."""


class Badges(QObject):
    """Where every scanned badge goes.

    Signals: ``shown`` carries a badge's text to whoever asks for a yes; ``known`` the Cashier who comes.

    Args:
        stage: where the counter stands.
        failed: is told why a badge is nobody's.

    Attributes:
        says_yes: whether a badge that is scanned among the goods says yes to something that is asked there.
    """

    shown = Signal(str)
    known = Signal(object)

    def __init__(self, hands: Hands, stage: Callable[[], Stage], failed: Callable[[PosError], None]) -> None:
        super().__init__()
        self._lane, self._stage, self._failed = hands.lane, stage, failed
        self.says_yes = False

    def show(self, text: str) -> None:
        """Take a badge."""
        if self._stage() in _SIGNS_IN and not (self._stage() is Stage.SELL and self.says_yes):
            self._lane.run(lambda till: proofs.whose_badge(till, text), self._on_known, self._failed)
        else:
            self.shown.emit(text)

    def _on_known(self, cashier: Cashier) -> None:
        """The answer may come late, when the counter is somewhere else."""
        if self._stage() in _SIGNS_IN:
            self.known.emit(cashier)

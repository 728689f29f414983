"""Badge panel: a new badge as it comes out of the printer, for as long as somebody looks at it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from pos.domain.errors import PosError
from pos.domain.slip import Slip
from ui import theme
from ui.paper.view import SlipView
from ui.parts import button, named
from ui.printing.desk import PrintDesk

DOT = 0.5
"""Pixels of a dot at base: the whole badge beside the boxes."""


class BadgePanel(QWidget):
    """The paper and two keys. It never waits in the queue of paper: there it would be kept.

    Signals: ``printed`` says that it is out, ``failed`` carries the PosError why not, ``folded`` that it is gone.
    """

    printed = Signal()
    failed = Signal(object)
    folded = Signal()

    def __init__(self, desk: PrintDesk) -> None:
        super().__init__()
        named(self, "badge_panel")
        self._desk = desk
        self._slip: Slip = ()
        self._view = SlipView("badge_slip", DOT)
        self._print = button("badge_print", self.tr("打印工牌"), role="quiet")
        self._print.clicked.connect(self._print_it)
        fold = button("badge_fold", self.tr("收起"), role="quiet")
        fold.clicked.connect(self.fold)
        paper = named(QScrollArea(), "badge_paper")
        paper.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        paper.setFrameShape(QFrame.Shape.NoFrame)
        paper.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        paper.setWidget(self._view)
        keys = QHBoxLayout()
        keys.setSpacing(theme.px(8))
        keys.addWidget(fold, 1)
        keys.addWidget(self._print, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(8))
        layout.addWidget(paper, 1)
        layout.addLayout(keys)

    def offer(self, slip: Slip) -> None:
        """Show a badge."""
        self._slip = slip
        self._view.show_slip(slip, self._desk.paper.columns)
        self._print.setEnabled(True)

    def fold(self) -> None:
        """Forget the badge: nobody sees it again."""
        self._slip = ()
        self._view.show_slip((), self._desk.paper.columns)
        self.folded.emit()

    def _print_it(self) -> None:
        self._print.setEnabled(False)
        self._desk.try_out(self._desk.paper, self._slip, self._on_printed, self._on_failed)

    def _on_printed(self, _nothing: None) -> None:
        self._print.setEnabled(True)
        self.printed.emit()

    def _on_failed(self, error: PosError) -> None:
        self._print.setEnabled(True)
        self.failed.emit(error)

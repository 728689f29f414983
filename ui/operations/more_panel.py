"""More: what is done less often, each with its key, and why the chosen line costs what it costs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from pos.domain.cart import Cart
from ui import theme
from ui.keys.keymap import Press
from ui.operations.words import line_name, line_reasons, line_sum
from ui.parts import find, label, operation_button

COLUMNS = 3
REASONS = 6
"""Reductions of one line that are told; more than a store has rules for one thing."""


@dataclass(frozen=True, slots=True)
class Way:
    """One thing that can be done: the name of its button, its words, its press, and what does it."""

    name: str
    words: str
    press: Press
    do: Callable[[], object]


class MorePanel(QWidget):
    """Above the chosen line, explained; below what can be done.

    Signals: ``typed`` carries what was typed although there is no box here; ``left`` that nothing is to be done.
    """

    typed = Signal(str)
    left = Signal()

    def __init__(self, ways: Sequence[Way]) -> None:
        super().__init__()
        self.setObjectName("more_panel")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._title = label("more_title", "", role="title")
        self._sum = label("more_sum", "", role="body")
        self._reasons = label("more_reasons", "", role="body")
        self._amount = label("more_amount", "", role="figure")
        grid = QGridLayout()
        grid.setSpacing(theme.px(8))
        for column in range(COLUMNS):
            grid.setColumnStretch(column, 1)
        back = Way("more_back", self.tr("返回"), Press.STOP, self.left.emit)
        for place, way in enumerate((*ways, back)):
            key = operation_button(way.name, way.words, way.press)
            key.clicked.connect(way.do)
            grid.addWidget(key, place // COLUMNS, place % COLUMNS)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for each in (self._title, self._sum, self._reasons, self._amount):
            layout.addWidget(each)
        layout.addStretch()
        layout.addLayout(grid)

    def open(self, cart: Cart, line_no: int, usable: Callable[[str], bool]) -> None:
        """Explain a line (0 for none), and let only what can be done be pressed.

        Args:
            usable: whether the button of a name does something now.
        """
        self._title.setText(line_name(cart, line_no) if line_no else self.tr("还没有商品"))
        self._sum.setText(line_sum(cart, line_no) if line_no else "")
        self._reasons.setText("\n".join(line_reasons(cart, line_no)[:REASONS]) if line_no else "")
        self._reasons.setVisible(bool(self._reasons.text()))
        self._amount.setText(f"= {cart.amount_of(line_no)}" if line_no else "")
        for key in self.findChildren(QWidget):
            if key.objectName().startswith("do_"):
                find(self, key.objectName()).setEnabled(usable(key.objectName()))
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  (Qt's name)
        """Let what is typed go where it would have gone without this panel."""
        if event.text().isalnum():
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

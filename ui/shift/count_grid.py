"""Count grid: how many of each note and coin, largest first."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from pos.domain.cash import DENOMINATIONS_FEN, CashCount
from pos.domain.money import Money
from ui import theme
from ui.parts import label, named, number_field

COLUMNS = 4


class CountGrid(QWidget):
    """A box a denomination, four in a row.

    Signals: ``changed`` that another number stands in a box.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        named(self, "count_grid")
        self.boxes = [self._make_box(fen) for fen in DENOMINATIONS_FEN]
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(8))
        grid.setVerticalSpacing(theme.px(4))
        for place, box in enumerate(self.boxes):
            row, column = divmod(place, COLUMNS)
            grid.addWidget(label(f"{box.objectName()}_name", box.accessibleName(), role="advice"), 2 * row, column)
            grid.addWidget(box, 2 * row + 1, column)

    def _make_box(self, fen: int) -> QLineEdit:
        box = number_field(f"count_{fen}", "")
        box.setAccessibleName(self._kind(fen))
        box.setValidator(QRegularExpressionValidator("[0-9]{0,5}", box))
        box.textChanged.connect(self.changed)
        return box

    def _kind(self, fen: int) -> str:
        """Name a note or coin, so that it reads as asking how many of it, not how much they are worth."""
        if fen > 100:
            return self.tr("%d 元 几张") % (fen // 100)
        return self.tr("%d 元 几张/枚") % (fen // 100) if fen == 100 else self.tr("%d 角 几枚") % (fen // 10)

    def clear(self) -> None:
        """Empty every box."""
        for box in self.boxes:
            box.clear()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is counted note by note."""
        return not any(box.text() for box in self.boxes)

    @property
    def count(self) -> CashCount:
        """What stands in the boxes."""
        told = zip(DENOMINATIONS_FEN, self.boxes, strict=True)
        return CashCount({fen: int(box.text()) for fen, box in told if box.text()}, Money(0))

    def focused(self) -> QLineEdit | None:
        """Return the box that keys go to, if it is one of these."""
        return next((box for box in self.boxes if box.hasFocus()), None)

    def after_focused(self) -> QLineEdit | None:
        """Return the box after the one that keys go to; None after the last, or from elsewhere."""
        box = self.focused()
        return next(iter(self.boxes[self.boxes.index(box) + 1 :]), None) if box else None

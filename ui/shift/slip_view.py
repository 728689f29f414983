"""Slip view: a shift's report in rows, as its slip has them."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QWidget

from pos.domain.money import ZERO
from pos.domain.shift import ShiftReport
from pos.domain.shift_rows import Row, rows_of
from ui import theme
from ui.cash.words import figure_words
from ui.parts import label, named


class SlipView(QScrollArea):
    """Three columns: what, how many, how much; longer ones scroll."""

    def __init__(self, name: str) -> None:
        super().__init__(widgetResizable=True)
        named(self, name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("班次报表"))

    def show_report(self, report: ShiftReport, *, is_blind: bool = False) -> None:
        """Show a report in place of the one before."""
        inside = named(QWidget(), f"{self.objectName()}_rows")
        grid = QGridLayout(inside)
        grid.setColumnStretch(0, 1)
        grid.setVerticalSpacing(theme.px(2))
        place = 0
        for group in rows_of(report, is_blind=is_blind):
            for row in group.rows:
                for column, part in enumerate(self._parts(row)):
                    grid.addWidget(part, place, column)
                place += 1
            grid.setRowMinimumHeight(place, theme.px(10))
            place += 1
        grid.setRowStretch(place, 1)
        self.setWidget(inside)

    def _parts(self, row: Row) -> list[QLabel]:
        name = f"{self.objectName()}_{row.key}"
        count = "" if row.count is None else self.tr("%d 笔") % row.count
        amount = "" if row.amount is None else str(row.amount)
        is_wrong = row.key == "difference" and row.amount != ZERO
        words = [label(name, f"⚠ {figure_words(row.key)}" if is_wrong else figure_words(row.key)),
                 label(f"{name}_count", count), label(f"{name}_amount", amount)]  # fmt: skip
        for each in words[1:]:
            each.setWordWrap(False)
            each.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return words

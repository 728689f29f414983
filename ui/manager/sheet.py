"""Sheet: the numbers behind a page, as rows under headings; what a person reads, and what goes into a file."""

from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem

from pos.domain.money import Money
from ui import theme
from ui.display import shop_time
from ui.parts import named

Cell = str | int | Money | date | datetime | None
"""What a place holds; None where nothing is known."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A list with a name and headings."""

    name: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


class SheetTable(QTableWidget):
    """Shows a sheet; numbers stand at the right, the row that is chosen is marked."""

    def __init__(self, name: str, title: str) -> None:
        super().__init__(0, 0)
        named(self, name).setAccessibleName(title)
        self.setEditTriggers(self.EditTrigger.NoEditTriggers)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionBehavior(self.SelectionBehavior.SelectRows)
        self.setSelectionMode(self.SelectionMode.SingleSelection)
        self.setProperty("role", "sheet")
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.px(44))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(self.ScrollMode.ScrollPerPixel)

    def show_sheet(self, sheet: Sheet, *, wide: int = 0) -> None:
        """Fill it.

        Args:
            wide: the column that takes what room there is.
        """
        self.setColumnCount(len(sheet.heads))
        self.setHorizontalHeaderLabels(list(sheet.heads))
        self.setRowCount(len(sheet.rows))
        for at, row in enumerate(sheet.rows):
            for column, cell in enumerate(row):
                self.setItem(at, column, QTableWidgetItem(cell_text(cell)))
        for column in range(len(sheet.heads)):
            head = self.horizontalHeaderItem(column)
            is_number = any(_is_number(row[column]) for row in sheet.rows)
            side = Qt.AlignmentFlag.AlignRight if is_number else Qt.AlignmentFlag.AlignLeft
            for each in (head, *(self.item(row, column) for row in range(len(sheet.rows)))):
                assert each is not None
                each.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(wide, QHeaderView.ResizeMode.Stretch)


def cell_text(cell: Cell) -> str:
    """Return what a person reads in a place."""
    if cell is None:
        return "—"
    if isinstance(cell, datetime):
        return shop_time(cell)
    if isinstance(cell, date):
        return f"{cell:%m-%d}"
    return f"{cell:,}" if isinstance(cell, int) else str(cell)


def _is_number(cell: Cell) -> bool:
    return isinstance(cell, int | Money)

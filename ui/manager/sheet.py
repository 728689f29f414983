"""Sheet: the numbers behind a page, as rows under headings; what a person reads, and what goes into a file."""

from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFocusEvent, QFontMetricsF, QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTableView

from pos.domain.money import Money
from ui import theme
from ui.display import shop_time
from ui.manager.pen import Look, font
from ui.parts import named

Cell = str | int | Money | date | datetime | None
"""What a place holds; None where nothing is known."""
Index = QModelIndex | QPersistentModelIndex
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
UP_AND_DOWN = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home,
                         Qt.Key.Key_End})  # fmt: skip
SIDES, HEAD, WORDS = 34, 16, 18
"""What is free beside the words of a column, and the sizes of headings and words, as in the theme."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A list with a name and headings."""

    name: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def is_number(self, column: int) -> bool:
        """Whether a column holds numbers."""
        return any(isinstance(row[column], int | Money) for row in self.rows)


class SheetTable(QTableView):
    """Shows a sheet; numbers stand at the right, the row that is chosen is marked."""

    def __init__(self, name: str, title: str) -> None:
        super().__init__()
        named(self, name).setAccessibleName(title)
        self._rows = _Rows(self)
        self.setModel(self._rows)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionBehavior(self.SelectionBehavior.SelectRows)
        self.setSelectionMode(self.SelectionMode.SingleSelection)
        self.setProperty("role", "sheet")
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.px(44))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(self.ScrollMode.ScrollPerPixel)

    def show_sheet(self, sheet: Sheet, *, wide: int = 0, doubtful: frozenset[int] = frozenset()) -> None:
        """Fill it.

        Args:
            wide: the column that takes what room there is.
            doubtful: the rows that are marked, as they may not be the whole truth.
        """
        self._rows.show_sheet(sheet, doubtful)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        for column in range(len(sheet.heads)):
            header.resizeSection(column, self._rows.width(column))
        if sheet.heads:
            header.setSectionResizeMode(wide, QHeaderView.ResizeMode.Stretch)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  (Qt's name)
        """Go up and down; every other key is the page's, which would be a search for a row that begins so."""
        if event.key() in UP_AND_DOWN:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802  (Qt's name)
        """Mark a row, so that the keys begin somewhere."""
        super().focusInEvent(event)
        if self._rows.rowCount() and not self.selectionModel().hasSelection():
            self.selectRow(max(0, self.currentIndex().row()))

    def text(self, row: int, column: int) -> str:
        """Return what a person reads in a place."""
        return str(self._rows.index(row, column).data())


class _Rows(QAbstractTableModel):
    """A sheet as Qt's tables ask for it."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._sheet = Sheet("", (), ())
        self._numbers: set[int] = set()
        self._doubtful: frozenset[int] = frozenset()

    def show_sheet(self, sheet: Sheet, doubtful: frozenset[int]) -> None:
        """Have another sheet."""
        self.beginResetModel()
        self._sheet, self._doubtful = sheet, doubtful
        self._numbers = {column for column in range(len(sheet.heads)) if sheet.is_number(column)}
        self.endResetModel()

    def width(self, column: int) -> int:
        """Return how wide a column must be for its longest words."""
        head, words = QFontMetricsF(font(Look(HEAD))), QFontMetricsF(font(Look(WORDS)))
        longest = max((cell_text(row[column]) for row in self._sheet.rows), key=_columns, default="")
        needed = max(head.horizontalAdvance(self._sheet.heads[column]), words.horizontalAdvance(longest))
        return round(needed) + theme.px(SIDES)

    def rowCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008, N802  (Qt's)
        """Return how many rows there are."""
        return len(self._sheet.rows)

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008, N802  (Qt's)
        """Return how many columns there are."""
        return len(self._sheet.heads)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the words of a place, the side they stand at, or the ground of a row that is marked."""
        is_doubtful = index.row() in self._doubtful
        if role == Qt.ItemDataRole.DisplayRole:
            mark = "⚠ " if is_doubtful and index.column() == 0 else ""
            return mark + cell_text(self._sheet.rows[index.row()][index.column()])
        if role == Qt.ItemDataRole.BackgroundRole:
            return QColor(theme.AMBER_PALE) if is_doubtful else None
        return self._side(index.column()) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def headerData(  # noqa: N802  (Qt's name)
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return a heading, or the side it stands at."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._sheet.heads[section]
        return self._side(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def _side(self, column: int) -> Qt.AlignmentFlag:
        return RIGHT if column in self._numbers else LEFT


def _columns(text: str) -> int:
    """How wide a text is, more or less: a Chinese character as two others."""
    return sum(1 if character.isascii() else 2 for character in text)


def cell_text(cell: Cell) -> str:
    """Return what a person reads in a place."""
    if cell is None:
        return "—"
    if isinstance(cell, datetime):
        return shop_time(cell)
    if isinstance(cell, date):
        return f"{cell:%m-%d}"
    return f"{cell:,}" if isinstance(cell, int) else str(cell)

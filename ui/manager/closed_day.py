"""Closed day: its Z as it was closed, what it is now, and each entry that came since."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.clock import BEIJING
from pos.till.figures.day_close import ClosedDay
from pos.till.figures.tables import FigureTable, day_table, late_table
from ui import language, theme
from ui.manager.lists import rows_in_words
from ui.manager.sheet import Cell, Sheet, SheetTable
from ui.parts import label, named

ROW, LATE_SEEN = 36, 4
"""How high a row is, as nobody touches one; and of how many late entries there is room before one scrolls."""


class ClosedDayPanel(QWidget):
    """Two lists; the lower one only when anything came."""

    def __init__(self) -> None:
        super().__init__()
        named(self, "cash_z")
        self._z = SheetTable("cash_z_table", self.tr("日结单"))
        self._late_title = label("cash_z_late_title", "", role="title")
        self._late = SheetTable("cash_z_late", self.tr("日结以后才到的"))
        self.sheets: tuple[Sheet, ...] = ()
        self.tables: tuple[FigureTable, ...] = ()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(8))
        for table in (self._z, self._late):
            table.verticalHeader().setDefaultSectionSize(theme.px(ROW))
        layout.addWidget(self._z, 5)
        layout.addWidget(self._late_title)
        layout.addWidget(self._late, 3)

    def show_closed(self, found: ClosedDay, kinds: tuple[str, ...]) -> None:
        """Show a day.

        Args:
            kinds: of the entries that came since, as the journal has them.
        """
        z, late = day_table(found), late_table(found, kinds)
        title = self.tr("日结单 Z%d，%s，%s") % (found.day_no, _with_day(found.closed_at), found.cashier)
        late_title = self.tr("日结以后才到的：%d 件") % len(found.late)
        self.tables = (z, late) if found.late else (z,)
        self.sheets = tuple(map(sheet_of, self.tables, (title, late_title)))
        self._z.show_sheet(self.sheets[0])
        self._late_title.setText(late_title)
        for each in (self._late_title, self._late):
            each.setVisible(bool(found.late))
        if found.late:
            self._late.show_sheet(self.sheets[1], wide=4)
            self._late.setMaximumHeight(theme.px(ROW) * (min(len(found.late), LATE_SEEN) + 1) + theme.px(8))


def sheet_of(table: FigureTable, name: str) -> Sheet:
    """Return a table as it is read."""
    heads, _ = table.said(language.current())
    return Sheet(name, tuple(heads), tuple(tuple(map(_with_day, row)) for row in rows_in_words(table)))


def _with_day(cell: Cell) -> Cell:
    """Return a moment with its day: what came late came on another."""
    return f"{cell.astimezone(BEIJING):%m-%d %H:%M}" if isinstance(cell, datetime) else cell


def z_name(found: ClosedDay) -> str:
    """Return what the day's paper is called."""
    return QCoreApplication.translate("ClosedDayPanel", "日结单 Z%d") % found.day_no

"""Lists: the sheets of a view as files for a spreadsheet."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from pos.clock import BEIJING
from pos.domain.errors import ExportNotWritten
from pos.manager import BOM, as_csv
from pos.till.figures.tables import FigureTable
from ui.manager.sheet import Cell, Sheet


def write_lists(sheets: Sequence[Sheet], stem: Path) -> list[Path]:
    """Write each sheet as CSV beside a path, numbered if there are several; return where.

    Raises:
        ExportNotWritten: it cannot be written there.
    """
    names = [stem.with_name(f"{stem.name}-{number}.csv" if len(sheets) > 1 else f"{stem.name}.csv")
             for number in range(1, len(sheets) + 1)]  # fmt: skip
    try:
        stem.parent.mkdir(parents=True, exist_ok=True)
        for sheet, path in zip(sheets, names, strict=True):
            path.write_text(BOM + as_csv(_table(sheet), "zh"), "utf-8", newline="")
    except OSError as reason:
        raise ExportNotWritten(path=stem.parent, reason=reason.strerror) from reason
    return names


def _table(sheet: Sheet) -> FigureTable:
    """Headings are in the language of the screen already."""
    rows = tuple(tuple(_whole(cell) for cell in row) for row in sheet.rows)
    return FigureTable(sheet.name, tuple((head, head) for head in sheet.heads), rows)


def _whole(cell: Cell) -> Cell:
    """A moment is written with its day, by the shop's clock."""
    return f"{cell.astimezone(BEIJING):%Y-%m-%d %H:%M:%S}" if isinstance(cell, datetime) else cell

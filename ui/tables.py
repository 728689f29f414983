"""Tables: any list that the screen shows as a file for a spreadsheet; the person says where to and which kind."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from pos.domain.errors import PosError
from pos.tables import Cell, Column, write_table

KINDS = {"XLSX (*.xlsx)": ".xlsx", "CSV (*.csv)": ".csv"}


@dataclass(frozen=True, slots=True)
class Table:
    """A list with its headings; ``name`` is what its file is called when nobody says otherwise."""

    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]


Said = Callable[[PosError | None, Path, int], object]
"""Is told what went wrong (None: nothing), the file, and how many rows it has."""


def ask_for_table(over: QWidget, table: Table, said: Said) -> None:
    """Ask where to, and write a list there."""
    title = QCoreApplication.translate("tables", "导出成表格")
    path, kind = QFileDialog.getSaveFileName(over, title, f"{table.name}.xlsx", ";;".join(KINDS))
    if path:
        save_table(table, named_for(Path(path), kind), said)


def named_for(path: Path, kind: str) -> Path:
    """Return a path with the ending of the kind that was chosen, unless it has one of them."""
    return path if path.suffix.lower() in KINDS.values() else Path(f"{path}{KINDS.get(kind, '.xlsx')}")


def save_table(table: Table, path: Path, said: Said) -> None:
    """Write a list as CSV or XLSX, as the path ends, and say how that went."""
    try:
        rows = write_table(table.columns, table.rows, path)
    except PosError as error:
        said(error, path, 0)
    else:
        said(None, path, rows)

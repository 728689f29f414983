"""Lists: what a view holds as files for a spreadsheet, whole, by the same tables as the command line."""

import io
from collections.abc import Sequence
from itertools import count
from pathlib import Path

from pos.domain.errors import ExportNotWritten, ListNotWritten
from pos.domain.sale import TenderKind
from pos.domain.staff import Role
from pos.domain.unusual import Unusual
from pos.tables import BOM, Cell, Column, write_csv, write_table
from pos.till.figures.tables import FigureTable
from ui import language
from ui.manager.words import role_name, tender_name, unusual_name

XLSX = ".xlsx"


def write_lists(tables: Sequence[FigureTable], folder: Path, days: str, choice: str) -> list[Path]:
    """Write each table as CSV and XLSX under its own name, the days and what was chosen; return where.

    Raises:
        ExportNotWritten: there can be no folder; ListNotWritten: no file.
    """
    make_folder(folder)
    written = []
    for each in tables:
        columns, rows = [Column(head) for head in each.said(language.current())[0]], rows_in_words(each)
        path = folder / f"{file_name(days, each.name, choice)}.csv"
        csv = free_path(path, _as_csv(columns, rows), beside=XLSX)
        for path in (csv, csv.with_suffix(XLSX)):
            if not path.exists():  # what is there is the same list, or somebody's work on it
                write_table(columns, rows, path)
            written.append(path)
    return written


def rows_in_words(table: FigureTable) -> list[tuple[Cell, ...]]:
    """Return the rows of a table with every kind of something by its name, in the language of the screen."""
    return [tuple(map(_in_words, row)) for row in table.said(language.current())[1]]


def make_folder(folder: Path) -> None:
    """Have a folder for what goes out; raises ExportNotWritten where there can be none."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as reason:
        raise ExportNotWritten(path=folder, reason=reason.strerror) from reason


def file_name(*parts: str) -> str:
    """Return what a file is called, without the end of its name."""
    return "-".join(part for part in parts if part)


def free_path(path: Path, content: bytes | None = None, *, beside: str = "") -> Path:
    """Return a path where nothing is lost by writing: nothing is there, or the very same content.

    Args:
        beside: how a file ends that goes beside it, whose place must be free as well.

    Raises:
        ListNotWritten: nobody can see what is there.
    """
    for number in count(1):
        tried = path if number == 1 else path.with_name(f"{path.stem}-{number}{path.suffix}")
        try:
            if tried.is_file() and content is not None and tried.read_bytes() == content:
                return tried
            if not any(each.exists() for each in (tried, tried.with_suffix(beside or path.suffix))):
                return tried
        except OSError as reason:
            raise ListNotWritten(path=tried, reason=str(reason)) from reason
    raise AssertionError


def _as_csv(columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> bytes:
    out = io.StringIO()
    write_csv(columns, rows, out)
    return (BOM + out.getvalue()).encode()


def _in_words(cell: Cell) -> Cell:
    """Return a kind of something by its name in the language of the screen."""
    if isinstance(cell, TenderKind):
        return tender_name(cell)
    if isinstance(cell, Unusual):
        return unusual_name(cell)
    return role_name(cell) if isinstance(cell, Role) else cell

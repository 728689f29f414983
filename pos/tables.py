"""Tables: any list as a file for a spreadsheet; CSV or XLSX, as its name ends."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, TextIO

from pos.clock import BEIJING
from pos.domain.errors import ListNotWritten
from pos.domain.money import Money

Cell = str | int | Money | date | datetime | None
"""What a place in a table holds; a moment is UTC and written as the shop's clock showed it."""
BOM = "\ufeff"
"""Tells spreadsheets that the text is UTF-8."""
WIDTH_MAX = 60
"""Characters of the widest column of an XLSX file."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its heading, at least so many characters wide."""

    heading: str
    width: int = 12


def write_table(columns: Sequence[Column], rows: Iterable[Sequence[Cell]], path: Path) -> int:
    """Write a list and return how many rows it had; a file ``.xlsx`` is a workbook, any other is CSV.

    A text that a spreadsheet would calculate is written so that it stays a text.

    Raises:
        ListNotWritten: the file cannot be written.
    """
    try:
        if path.suffix.lower() == ".xlsx":
            return _write_xlsx(columns, rows, path)
        with path.open("w", encoding="utf-8", newline="") as out:
            out.write(BOM)
            return write_csv(columns, rows, out)
    except OSError as reason:
        raise ListNotWritten(path=path, reason=str(reason)) from reason


def write_csv(columns: Sequence[Column], rows: Iterable[Sequence[Cell]], out: TextIO) -> int:
    """Write a list as CSV into what is open already, and return how many rows it had.

    Every text is in quotes: whatever a spreadsheet takes for the end of a cell, a semicolon in a name is none.
    """
    count = 0
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow([_harmless(column.heading) for column in columns])
    for row in rows:
        assert len(row) == len(columns), row
        writer.writerow([_plain(cell) for cell in row])
        count += 1
    return count


def _plain(cell: Cell) -> str | int | Decimal:
    if isinstance(cell, Money):
        return Decimal(cell.yuan)
    if isinstance(cell, int):
        return cell
    if isinstance(cell, datetime):
        return f"{cell.astimezone(BEIJING):%Y-%m-%d %H:%M:%S}"
    if isinstance(cell, str):
        return _harmless(cell)
    return "" if cell is None else cell.isoformat()


_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What Excel, LibreOffice and WPS take for the beginning of something to calculate (OWASP, CSV injection)."""


def _harmless(text: str) -> str:
    """Return a text that is no formula: an apostrophe before it says so in every spreadsheet."""
    return f"'{text}" if text.startswith(_STARTS_A_FORMULA) else text


def _write_xlsx(columns: Sequence[Column], rows: Iterable[Sequence[Cell]], path: Path) -> int:
    import xlsxwriter  # noqa: PLC0415  (a tenth of a second that only somebody who wants such a file waits for)
    from xlsxwriter.exceptions import FileCreateError  # noqa: PLC0415

    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet()
    head = book.add_format({"bold": True, "bottom": 1})
    looks = {
        Money: book.add_format({"num_format": "#,##0.00"}),
        datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
        date: book.add_format({"num_format": "yyyy-mm-dd"}),
    }
    for place, column in enumerate(columns):
        sheet.set_column(place, place, min(column.width, WIDTH_MAX))
        sheet.write_string(0, place, column.heading, head)
    sheet.freeze_panes(1, 0)
    count = 0
    for count, row in enumerate(rows, 1):
        assert len(row) == len(columns), row
        for place, cell in enumerate(row):
            _put(sheet, (count, place), cell, looks.get(type(cell)))
    try:
        book.close()
    except FileCreateError as reason:
        raise ListNotWritten(path=path, reason=str(reason)) from reason
    return count


def _put(sheet: Any, at: tuple[int, int], cell: Cell, look: Any) -> None:  # noqa: ANN401  (it has no types)
    if isinstance(cell, Money):
        sheet.write_number(*at, cell.fen / 100, look)
    elif isinstance(cell, datetime):
        sheet.write_datetime(*at, cell.astimezone(BEIJING).replace(tzinfo=None), look)
    elif isinstance(cell, date):
        sheet.write_datetime(*at, datetime(cell.year, cell.month, cell.day), look)  # noqa: DTZ001  (a day has no zone)
    elif isinstance(cell, int):
        sheet.write_number(*at, cell)
    elif cell:
        sheet.write_string(*at, cell)

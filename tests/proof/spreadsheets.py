"""Spreadsheets: every list a manager takes out, by command and by touch, as LibreOffice reads it, beside the figures.

``python -m tests.proof.spreadsheets`` where ``soffice`` is on the path (Debian: libreoffice-calc-nogui); both kinds of
file, with goods whose names a careless spreadsheet would calculate. Ends with 0 when every cell is the same.
"""

import csv
import subprocess
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtWidgets import QApplication, QPushButton

from pos.clock import BEIJING
from pos.domain.money import Money
from pos.manager import VIEWS
from pos.tables import Cell, Column, write_table
from pos.till.till import Till
from tests.fakes import BY_MEI, MEI, World
from tests.screens.month import TODAY, lay_month
from ui.lane import Lane
from ui.manager.books import Books
from ui.manager.calendar_view import CalendarBoard
from ui.manager.cash_view import CashBoard
from ui.manager.goods_view import GoodsBoard
from ui.manager.lists import rows_in_words, write_lists
from ui.manager.payments_view import PaymentsBoard
from ui.manager.people_view import PeopleBoard
from ui.manager.today_view import TodayBoard
from ui.manager.unusual_view import UnusualBoard
from ui.manager.view import Choice

EVIL = ("=1+1", "+8613800138000", "@SUM(A1:A9)", '=HYPERLINK("http://a.invalid","x")', "－2", "-2+3", "\t=1+1",
        "茶;=1+1", "茶\t=1+1", "茶,=1+1")  # fmt: skip
UTF8, COMMA, QUOTE = "76", "44", "34"
YESTERDAY = TODAY - timedelta(days=1)
BOARDS = (TodayBoard, CashBoard, GoodsBoard, PeopleBoard, UnusualBoard, PaymentsBoard, CalendarBoard)
SEPARATORS = (COMMA, f"9/{COMMA}/59")
"""What LibreOffice is told ends a cell: the comma; and, as it proposes by itself, tab, comma and semicolon."""
AS_SHOWN = f"csv:Text - txt - csv (StarCalc):{COMMA},{QUOTE},{UTF8},1,,0,false,false,false"


Rows = list[tuple[Cell, ...]]


def main() -> int:
    """Write, convert, compare; print a line a file."""
    wrong = 0
    with TemporaryDirectory() as folder:
        lists = {**_of_the_command_line(Path(folder)), **_of_the_window(Path(folder))}
        for separators in (*SEPARATORS, ""):
            kind = ".csv" if separators else ".xlsx"
            read = _as_libreoffice_reads([path.with_suffix(kind) for path in lists], separators)
            for path, rows in lists.items():
                differ = list(_differences(rows, read[path.stem]))
                sys.stdout.write(f"{path.stem}{kind} {separators}: {len(rows)} rows, {len(differ)} cells differ")
                sys.stdout.write(f" {differ[:3]}\n")
                wrong += len(differ)
    return 1 if wrong else 0


def _of_the_command_line(folder: Path) -> dict[Path, Rows]:
    found = {}
    with _till(folder / "one") as till:
        for name, view in VIEWS.items():
            if name != "store":  # head office has it
                options = Namespace(day=YESTERDAY if name == "day" else TODAY, days=28)
                heads, rows = view(till, options, BY_MEI).said("zh")
                found[folder / f"{name}.csv"] = rows
                for kind in (".csv", ".xlsx"):
                    write_table([Column(head) for head in heads], rows, folder / f"{name}{kind}")
    return found


def _of_the_window(folder: Path) -> dict[Path, Rows]:
    """The lists that a manager's touch on 导出表 writes, of each view, over four weeks where it can."""
    app, found = QApplication.instance() or QApplication(["-platform", "offscreen"]), {}
    with _till(folder / "two") as till, closing(Lane(lambda: till, "till")) as lane:
        books = Books(till, lane, lambda: MEI)
        for board, day in (*((each, TODAY) for each in BOARDS), (CashBoard, YESTERDAY)):
            view = board(books)
            view.show_day(day)
            for choice in view.findChildren(Choice):
                if choice.objectName() != "unusual_group":
                    choice.choose(len(choice.findChildren(QPushButton)) - 1)
            tables = view.tables()
            paths = write_lists(tables, folder, "window", view.choice)[::2]
            found.update({path: rows_in_words(table) for path, table in zip(paths, tables, strict=True)})
    del app
    return found


@contextmanager
def _till(folder: Path) -> Iterator[Till]:
    """A till that has sold for five weeks, goods with careless names; every day but the last is closed."""
    world = World(folder)
    lay_month(world)
    with closing(world.open()) as till:
        for row, name in enumerate(EVIL):
            sku = till.db.execute("SELECT sku FROM goods_names ORDER BY sku LIMIT 1 OFFSET ?", [row]).fetchone()[0]
            till.db.execute("UPDATE goods_names SET name = ? WHERE sku = ?", [name, sku])
        yield till


def _as_libreoffice_reads(paths: list[Path], separators: str) -> dict[str, list[list[str]]]:
    how = [f"--infilter=CSV:{separators},{QUOTE},{UTF8},1"] if separators else []
    out = paths[0].parent / f"read-{len(separators)}"
    command = ["soffice", "--headless", *how, "--convert-to", AS_SHOWN, "--outdir", str(out), *map(str, paths)]
    subprocess.run(command, check=True, capture_output=True)
    return {each.stem: list(csv.reader(each.read_text("utf-8").splitlines(keepends=True))) for each in out.iterdir()}


def _differences(rows: Rows, read: list[list[str]]) -> Iterator[str]:
    if len(read) != len(rows) + 1:
        yield f"{len(read) - 1} rows"
    for number, (row, cells) in enumerate(zip(rows, read[1:], strict=False), 1):
        if len(cells) != len(row):
            yield f"row {number} has {len(cells)} cells"
        for cell, text in zip(row, cells, strict=False):
            if not _is_same(cell, text):
                yield f"row {number}: {cell!r} is {text!r}"


def _is_same(cell: Cell, text: str) -> bool:
    if isinstance(cell, Money):
        return round(float(text.replace(",", "")) * 100) == cell.fen
    if isinstance(cell, int):
        return float(text) == cell
    if isinstance(cell, str):
        return text.removeprefix("'").strip() == cell.strip()
    if isinstance(cell, datetime):
        return text == f"{cell.astimezone(BEIJING):%Y-%m-%d %H:%M:%S}"
    return text == ("" if cell is None else cell.isoformat())


if __name__ == "__main__":
    sys.exit(main())

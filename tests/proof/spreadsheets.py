"""Spreadsheets: every list a manager can take out, as LibreOffice reads it, beside the figures of the till.

``python -m tests.proof.spreadsheets`` where ``soffice`` is on the path (Debian: libreoffice-calc-nogui); both kinds of
file, with goods whose names a careless spreadsheet would calculate. Ends with 0 when every cell is the same.
"""

import csv
import subprocess
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from pos.clock import BEIJING
from pos.domain.money import Money
from pos.manager import VIEWS
from pos.tables import Cell, Column, write_table
from pos.till.figures.tables import FigureTable
from tests.fakes import BY_MEI, World
from tests.screens.month import TODAY, lay_month

EVIL = ("=1+1", "+8613800138000", "@SUM(A1:A9)", '=HYPERLINK("http://a.invalid","x")', "－2", "-2+3", "\t=1+1",
        "茶;=1+1", "茶\t=1+1", "茶,=1+1")  # fmt: skip
UTF8, COMMA, QUOTE = "76", "44", "34"
SEPARATORS = (COMMA, f"9/{COMMA}/59")
"""What LibreOffice is told ends a cell: the comma; and, as it proposes by itself, tab, comma and semicolon."""
AS_SHOWN = f"csv:Text - txt - csv (StarCalc):{COMMA},{QUOTE},{UTF8},1,,0,false,false,false"


def main() -> int:
    """Write, convert, compare; print a line a file."""
    wrong = 0
    with TemporaryDirectory() as folder:
        for table in _tables(Path(folder)):
            for kind, separators in (*(("csv", each) for each in SEPARATORS), ("xlsx", "")):
                path = Path(folder, f"{table.name}.{kind}")
                heads, rows = table.said("zh")
                write_table([Column(head) for head in heads], rows, path)
                differ = list(_differences(rows, _as_libreoffice_reads(path, separators)))
                sys.stdout.write(
                    f"{path.name} {separators}: {len(table.rows)} rows, {len(differ)} cells differ {differ[:3]}\n"
                )
                wrong += len(differ)
    return 1 if wrong else 0


def _tables(folder: Path) -> Iterator[FigureTable]:
    world = World(folder / "till")
    lay_month(world)
    with closing(world.open()) as till:
        for row, name in enumerate(EVIL):
            sku = till.db.execute("SELECT sku FROM goods_names ORDER BY sku LIMIT 1 OFFSET ?", [row]).fetchone()[0]
            till.db.execute("UPDATE goods_names SET name = ? WHERE sku = ?", [name, sku])
        for name, view in VIEWS.items():
            if name != "store":  # head office has it
                found = view(till, Namespace(day=TODAY, days=28), BY_MEI)
                yield FigureTable(name, found.headings, found.rows)


def _as_libreoffice_reads(path: Path, separators: str) -> list[list[str]]:
    how = [f"--infilter=CSV:{separators},{QUOTE},{UTF8},1"] if separators else []
    out = path.parent / f"read-{path.suffix[1:]}"
    command = ["soffice", "--headless", *how, "--convert-to", AS_SHOWN, "--outdir", str(out), str(path)]
    subprocess.run(command, check=True, capture_output=True)
    with (out / f"{path.stem}.csv").open(encoding="utf-8", newline="") as read:
        return list(csv.reader(read))


def _differences(rows: list[tuple[Cell, ...]], read: list[list[str]]) -> Iterator[str]:
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

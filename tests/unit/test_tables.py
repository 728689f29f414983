"""A list comes out of a file as it went in, and no text of it is calculated."""

import csv
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pos.domain.errors import ListNotWritten
from pos.domain.money import Money
from pos.tables import Cell, Column, write_table

COLUMNS = (Column("名称", 30), Column("数量"), Column("金额"), Column("时间", 20), Column("日期"))
AT = datetime(2026, 11, 23, 18, 30, tzinfo=UTC)
ROWS: list[tuple[Cell, ...]] = [
    ('可口可乐, 330ml "罐"', 3, Money(1050), AT, date(2026, 11, 24)),
    ('=HYPERLINK("http://x")', -1, Money(-5), None, None),
]  # fmt: skip
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def test_a_text_file_opens_as_chinese_with_numbers_that_add_up(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    assert write_table(COLUMNS, ROWS, path) == 2
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(path.read_text("utf-8-sig").splitlines())) == [
        ["名称", "数量", "金额", "时间", "日期"],
        ['可口可乐, 330ml "罐"', "3", "10.50", "2026-11-24 02:30:00", "2026-11-24"],
        ['\'=HYPERLINK("http://x")', "-1", "-0.05", "", ""],
    ]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "－1"])
def test_no_text_is_a_formula(text: str, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    write_table([Column(text)], [[text]], path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert [row[0] for row in csv.reader(file)] == [f"'{text}"] * 2


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("name", ["茶;=1+1", "茶\t=1+1", "茶,=1+1", '茶";=1+1', "茶\n=1+1"])
def test_no_separator_in_a_name_begins_a_cell(name: str, separator: str, tmp_path: Path) -> None:
    """A spreadsheet that is told another separator still reads the name as a part of one cell, as it is in quotes."""
    path = tmp_path / "list.csv"
    write_table([Column("名称")], [[name]], path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file, delimiter=separator)) == [["名称"], [name]]


def test_numbers_stand_bare_and_texts_in_quotes(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    write_table(COLUMNS, [("0017", -1, Money(-5), None, date(2026, 11, 24))], path)
    assert path.read_text("utf-8-sig").splitlines()[1] == '"0017",-1,-0.05,"","2026-11-24"'


def test_numbers_of_people_and_receipts_stay_texts_in_a_workbook(tmp_path: Path) -> None:
    path, texts = tmp_path / "list.xlsx", ["0017", "1e5", "2026-11-23", "1/2", "TRUE"]
    write_table([Column("号")], [[each] for each in texts], path)
    with zipfile.ZipFile(path) as book:
        sheet = ET.fromstring(book.read("xl/worksheets/sheet1.xml"))
        shared = ["".join(each.itertext()) for each in ET.fromstring(book.read("xl/sharedStrings.xml"))]
    assert [each.get("t") for each in sheet.iter(f"{SHEET}c")] == ["s"] * 6
    assert shared[1:] == texts


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=20), min_size=1, max_size=4))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_text_survives(tmp_path: Path, texts: list[str]) -> None:
    path = tmp_path / "list.csv"
    write_table([Column("文")] * len(texts), [texts], path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        *_, row = csv.reader(file)
    assert [each.removeprefix("'") for each in row] == [each.removeprefix("'") for each in texts]


def test_a_workbook_holds_texts_numbers_and_moments(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    assert write_table(COLUMNS, ROWS, path) == 2
    with zipfile.ZipFile(path) as book:
        sheet = ET.fromstring(book.read("xl/worksheets/sheet1.xml"))
        shared = ["".join(each.itertext()) for each in ET.fromstring(book.read("xl/sharedStrings.xml"))]
    assert not list(sheet.iter(f"{SHEET}f"))
    cells = {each.get("r"): (each.get("t"), each.findtext(f"{SHEET}v")) for each in sheet.iter(f"{SHEET}c")}
    texts = {at: shared[int(value or 0)] for at, (kind, value) in cells.items() if kind == "s"}
    assert texts == {"A1": "名称", "B1": "数量", "C1": "金额", "D1": "时间", "E1": "日期",
                     "A2": '可口可乐, 330ml "罐"', "A3": '=HYPERLINK("http://x")'}  # fmt: skip
    assert (cells["B2"][1], cells["C2"][1], cells["C3"][1]) == ("3", "10.5", "-0.05")
    # Day 46350 counts from 30 December 1899: it is 24 November 2026; half past two is 2.5 / 24 of it.
    assert float(cells["D2"][1] or 0) == pytest.approx(46350 + 2.5 / 24, abs=1e-6)
    assert cells["E2"][1] == "46350"


@pytest.mark.parametrize("name", ["list.csv", "list.xlsx"])
def test_a_folder_that_is_not_there_is_told(name: str, tmp_path: Path) -> None:
    with pytest.raises(ListNotWritten) as told:
        write_table(COLUMNS, ROWS, tmp_path / "gone" / name)
    assert told.value.facts["path"] == tmp_path / "gone" / name

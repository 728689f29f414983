"""What goes out of the managers' room, on paper and in files: whole, as numbers, nothing written over."""

import csv
import re
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtTest import QTest

from pos.domain.cash import CashKind
from pos.domain.figures_slip import figures_slip
from pos.domain.money import Money
from pos.domain.paper import Paper
from pos.domain.parcel import address_of, parcel_key
from pos.domain.receipt import Heading
from pos.domain.slip import NARROW, WIDE, as_text
from pos.domain.staff import By
from pos.hub.database import open_engine
from pos.hub.parcels import import_parcel
from pos.keyfile import keep_device
from pos.settings import HubSettings
from pos.storage import catalogue, journal
from pos.storage.figures import Sold
from pos.till import cash, shifts
from pos.till import sell as verb
from pos.till.figures import day_close
from pos.till.figures.best_sellers import BestSellers
from pos.till.figures.tables import FigureTable
from tests.fakes import MEI, NOODLES, TEA, WATER
from tests.ui.conftest import MEIS_PIN, Desk, sell
from tests.ui.test_manager_room import Key, in_room, view, wait_words
from tests.unit.hub.devices import HUB_KEY, device_of, trust
from tests.unit.hub.kit import NOW
from ui.language import spoken
from ui.manager.charts import Ranking
from ui.manager.goods_view import GoodsBoard
from ui.manager.lists import write_lists
from ui.manager.on_paper import page_of
from ui.manager.pen import Look, write
from ui.manager.sheet import SheetTable
from ui.manager.unusual_view import UnusualBoard

ADDRESS = address_of(parcel_key(HUB_KEY).public_key())
TODAY = date(2026, 11, 23)
"""The business day of the fake clock, a Monday."""


@pytest.fixture
def closed(room: Desk) -> Desk:
    """The day closed with ¥6.50 in two sales and fifty fen short; then water sold for ¥2.00, and the cash page open."""
    with closing(room.world.open()) as till:
        shifts.close_shift(till, Money(10_600))
        day_close.close_day(till, TODAY, by=By(MEI))
        shifts.open_shift(till, MEI, Money(0))
        cart = verb.new_cart(till)
        verb.scan(till, cart, WATER)
        verb.pay_cash(till, cart, Money(200))
    room.press("manager_rail_2")
    return room


def test_a_closed_day_is_looked_at_with_what_came_since(closed: Desk) -> None:
    closed.press("cash_shown_1")
    z, late = (closed.on_screen(name) for name in ("cash_z_table", "cash_z_late"))
    assert isinstance(z, SheetTable)
    assert isinstance(late, SheetTable)
    rows = [[z.text(row, column) for column in range(6)] for row in range(z.model().rowCount())]
    assert ["净销售额", "—", "¥6.50", "—", "¥8.50", "¥2.00"] in rows
    assert ["现金", "2", "¥6.50", "—", "—", "—"] in rows
    assert ["应有", "—", "¥106.50", "—", "—", "—"] in rows
    assert ["实点", "—", "¥106.00", "—", "—", "—"] in rows
    assert ["长短款", "—", "-¥0.50", "—", "—", "—"] in rows
    assert [late.text(0, column) for column in (1, 2, 3)] == ["销售", "¥2.00", MEI.number]
    closed.press("cash_shown_0")
    assert closed.on_screen("cash_drawers")


def test_a_closing_goes_out_as_lists_a_page_and_a_slip(closed: Desk) -> None:
    closed.press("cash_shown_1")
    closed.press("manager_csv")
    told = written(closed)
    assert set(told) == {"20261123-day-z1", "20261123-late-z1"}
    assert told["20261123-day-z1"][0] == ["净销售额", "", "6.50", "", "8.50", "2.00"]
    assert told["20261123-late-z1"][0][1:4] == ["销售", "2.00", MEI.number]
    closed.press("manager_pdf")
    page = page_of(closed.window.today.view, "日结单 Z1", TODAY)
    for width in (WIDE, NARROW):
        slip = figures_slip(page, Heading("店", Paper(columns=width)), "0017-03", closed.world.clock.now())
        text = "\n".join(as_text(slip, width))
        assert all(each in text for each in ("日结单 Z1", "6.50", "8.50", "106.00", "销售")), text


def test_today_says_that_the_day_was_restated(closed: Desk) -> None:
    closed.press("manager_rail_1")
    assert "Z1 以后又到 1 件：净销售额当时 ¥6.50，现在 ¥8.50" in closed.read("today_restated")
    QTest.keyClick(closed.window.today, Key.Key_Left)
    assert not [each for each in in_room(closed) if each.objectName() == "today_restated"]


def page_count(room: Desk) -> int:
    """How many pages the file has that was just written."""
    content = Path(room.read("manager_said").split("：")[1]).read_bytes()
    assert content.startswith(b"%PDF")
    found = re.search(rb"/Count (\d+)", content)
    assert found
    return int(found[1])


def test_a_view_is_printed_as_its_picture_and_its_numbers(room: Desk) -> None:
    room.press("manager_pdf")
    assert page_count(room) == 2


def test_every_row_of_a_long_list_is_on_paper_whole_under_its_headings(
    room: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """200 entries on the screen, 11 of them in sight; on paper all 213, each once, none beyond the page's edge."""
    with closing(room.world.open()) as till:
        for place in range(211):
            cash.move_cash(till, CashKind.IN, Money(place + 1), "换零", by=By(MEI))
    room.press("manager_rail_5")
    seen: list[tuple[str, QRectF]] = []

    def watched(painter: QPainter, box: QRectF, words: str, look: Look) -> None:
        seen.append((words, painter.transform().mapRect(box)))
        assert seen[-1][1].bottom() <= painter.device().height()
        write(painter, box, words, look)

    monkeypatch.setattr("ui.manager.print.write", watched)
    room.press("manager_pdf")
    amounts = [words for words, _ in seen if words.startswith("¥")]
    assert amounts == [str(Money(place)) for place in range(211, 0, -1)] + ["¥0.00"] * 2, "two people were put down"
    pages = page_count(room)
    assert pages > 5
    assert [words for words, _ in seen if words == "单号"] == ["单号"] * pages
    assert f"第 {pages} 页，共 {pages} 页" in [words for words, _ in seen]


def test_lists_go_out_as_csv_that_spreadsheets_read_and_do_not_calculate(room: Desk) -> None:
    room.press("manager_rail_3")
    room.press("manager_csv")
    folder = room.window._room.errands.folder
    assert str(folder) in room.read("manager_said")
    goods, shelves = (folder / f"20261123-{name}-by-amount.csv" for name in ("goods", "departments"))
    assert all(each.with_suffix(".xlsx").read_bytes().startswith(b"PK") for each in (goods, shelves))
    text = goods.read_bytes().decode("utf-8-sig")
    assert goods.read_bytes().startswith(b"\xef\xbb\xbf")
    assert text.splitlines() == [
        '"货号","品名","单位","数量","金额"', '"600102","红烧牛肉面","piece",1,4.50',
        '"600101","农夫山泉 550ml","piece",1,2.00',
    ]  # fmt: skip
    assert shelves.read_bytes().decode("utf-8-sig").splitlines()[1] == '"食品",1,4.50'
    path = write_lists([FigureTable("x", (("a", "a"),), (("=1+1",), (Money(-50),)))], folder, "", "")[0]
    assert path.read_text("utf-8-sig").splitlines() == ['"a"', '"\'=1+1"', "-0.50"]


def test_departments_have_their_english_names_on_an_english_screen_and_the_feeds_in_files(room: Desk) -> None:
    till = room.world.open()
    catalogue.keep_rules(till.prices, "1-aaaa", {"shelves": [{"name": "食品", "name_en": "Food"}]})
    till.close()
    with spoken("en"):
        room.press("manager_rail_3")
        board = view(room, GoodsBoard)
        assert [row[0] for row in board.sheets()[1].rows] == ["Food", "饮料"]
        assert board.tables()[1].rows[0][0] == "食品"


@pytest.mark.parametrize(("key", "whole", "last"), [("goods_by_0", 7_800, "¥6.00"), ("goods_by_1", 24, "6 件")])
def test_the_departments_that_have_no_row_are_told_together(
    room: Desk, monkeypatch: pytest.MonkeyPatch, key: str, whole: int, last: str
) -> None:
    """Twelve departments of two pieces, ¥1.00 to ¥12.00; ten rows, the last of which is three of them: 1 + 2 + 3."""
    shelves = tuple(Sold(f"{n}", f"{n}", "piece", 2, Money(100 * n)) for n in range(12, 0, -1))
    found = BestSellers(TODAY, TODAY, by_amount=True, goods=(), departments=shelves)
    room.press("manager_rail_3")
    monkeypatch.setattr(room.window._room.books, "best", lambda *_, **__: found)
    room.press(key)
    chart = view(room, GoodsBoard)._departments._picture.chart
    assert isinstance(chart, Ranking)
    assert len(chart.rows) == 10
    assert sum(each.value for each in chart.rows) == whole
    assert (chart.rows[-1].name, chart.rows[-1].words, chart.rows[-1].is_rest) == ("其余 3 个品类", last, True)


def written(room: Desk) -> dict[str, list[list[str]]]:
    """The lists that went out, without headings."""
    folder = room.window._room.errands.folder
    found = {path.stem: path.read_text("utf-8-sig") for path in sorted(folder.glob("*.csv"))}
    return {name: list(csv.reader(text.splitlines()))[1:] for name, text in found.items()}


def test_every_number_of_a_list_is_a_number(room: Desk) -> None:
    """¥6.50 in two sales of one piece each; nothing in a file carries a sign of money, a unit or a percent."""
    for place in (1, 2, 3, 4, 6, 7):
        room.press(f"manager_rail_{place}")
        room.press("manager_csv")
    told = written(room)
    assert told["20261123-today"][0] == ["净销售额", "6.50", "0.00", ""]
    assert told["20261123-today"][3] == ["连带率%", "100", "0", ""]
    assert told["20261123-tenders"][0] == ["现金", "2", "6.50", "1000"]
    assert told["20261123-people"][0][:5] == [MEI.number, MEI.name, "2", "6.50", "2"]
    assert told["20261123-drawers"][0][4:9] == ["100.00", "6.50", "0.00", "0.00", "106.50"]
    for row in (row for rows in told.values() for row in rows):
        assert not any(re.search(r"[¥%‰⚠▼▲件次]", cell) for cell in row[1:]), row


def test_a_list_holds_all_of_it_however_little_is_on_the_screen(room: Desk) -> None:
    """211 times a fen is put into the drawer: the screen shows the last 200."""
    with closing(room.world.open()) as till:
        for _ in range(211):
            cash.move_cash(till, CashKind.IN, Money(1), "换零", by=By(MEI))
    room.press("manager_rail_5")
    room.press("unusual_group_5")
    assert view(room, UnusualBoard).table.model().rowCount() == 200
    room.press("manager_csv")
    rows = written(room)["20261123-unusual-cash"]
    assert len(rows) == 211
    assert rows[0][2] == "放入现金"
    assert len(view(room, UnusualBoard).whole_sheets()[0].rows) == 211


def test_spans_choices_and_filters_have_files_of_their_own(room: Desk) -> None:
    room.press("manager_rail_3")
    for key in ("goods_by_1", "goods_span_2"):
        room.press("manager_csv")
        room.press(key)
    room.press("manager_csv")
    assert set(written(room)) == {
        f"{days}{name}" for days, name in [
            ("20261123-", "goods-by-amount"), ("20261123-", "departments-by-amount"),
            ("20261123-", "goods-by-pieces"), ("20261123-", "departments-by-pieces"),
            ("20261027-20261123-", "goods-by-pieces"), ("20261027-20261123-", "departments-by-pieces"),
        ]
    }  # fmt: skip


def test_a_file_that_holds_something_else_is_left_alone(room: Desk) -> None:
    room.press("manager_csv")
    room.press("manager_csv")
    assert "20261123-today-2" not in written(room), "nothing has changed"
    before = written(room)["20261123-today"]
    with closing(room.world.open()) as till:
        cart = verb.new_cart(till)
        verb.scan(till, cart, TEA)
        verb.pay_cash(till, cart, Money(20_000))
    room.counter.figures_changed.emit()
    for key in ("manager_csv", "manager_pdf", "manager_pdf"):
        room.press(key)
    assert written(room)["20261123-today"] == before
    assert written(room)["20261123-today-2"][0][1] == "206.49"
    names = {each.name for each in room.window._room.errands.folder.iterdir()}
    assert names >= {"20261123-today.xlsx", "20261123-today-2.xlsx", "20261123-today.pdf", "20261123-today-2.pdf"}


def test_a_parcel_for_a_stick_is_what_head_office_takes(desk: Desk, tmp_path: Path) -> None:
    """A shift and a sale, and whatever else the till wrote: all of it, once."""
    desk.sign_in(MEI.number, MEIS_PIN)
    sell(desk, NOODLES)
    keep_device(desk.till.settings.device_file, device_of("0017-03"))
    desk.till.settings = replace(desk.till.settings, hub=HubSettings(parcels_to=ADDRESS))
    desk.press("strip_today")
    desk.press("manager_rail_9")
    desk.press("journal_parcel")
    wait_words(desk, "journal_answer", "封好了")
    (path,) = desk.window._room.errands.folder.glob("*.parcel")
    assert str(path) in desk.read("journal_answer")
    engine = open_engine(f"sqlite:///{tmp_path / 'hub.db'}")
    trust(engine, "0017-03")
    taken = import_parcel(engine, HUB_KEY, path, NOW)
    engine.dispose()
    assert (taken.till, taken.fresh, taken.is_whole) == ("0017-03", journal.head(desk.till.db, 1)[0], True)


def test_without_the_address_of_head_office_no_parcel_is_offered(room: Desk) -> None:
    room.press("manager_rail_9")
    assert not room.on_screen("journal_parcel").isEnabled()


def test_what_goes_out_lies_where_the_page_says(room: Desk) -> None:
    room.press("manager_rail_9")
    room.press("journal_export")
    wait_words(room, "journal_answer", "写好了")
    folder = Path(room.read("journal_answer").split("：")[1])
    assert {each.name for each in folder.iterdir()} == {"journal.jsonl", "keys.json", "README.md"}
    room.press("journal_poslog")
    wait_words(room, "journal_answer", "POSLog-0017-03-20261123.xml")

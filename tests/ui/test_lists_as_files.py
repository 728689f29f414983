"""The lists of a shift go into a file for a spreadsheet; what is to be counted blind is told by none."""

import csv
import io
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from pos.domain.cash import CashKind
from pos.domain.money import Money
from pos.till import cash, returns, sell
from tests.fakes import BY_MEI, MEI, NOODLES, WATER
from tests.ui.conftest import MEIS_PIN, Desk, find
from ui.stage import Stage
from ui.tables import named_for


@pytest.fixture
def day(desk: Desk) -> Desk:
    """A shift with a sale of ¥6.50 in cash, ¥2.00 of it back, and ¥5.00 put into the drawer; Mei looks at it."""
    till = desk.world.open()
    cart = sell.new_cart(till)
    for text in (WATER, NOODLES):
        sell.scan(till, cart, text)
    sale = sell.pay_cash(till, cart, Money(1000))
    returns.give_back(till, returns.find_returnable(till, sale.receipt_no), {1: 1}, "坏了", by=BY_MEI)
    cash.move_cash(till, CashKind.IN, Money(500), "换来的零钱", by=BY_MEI)
    till.close()
    desk.sign_in(MEI.number, MEIS_PIN)
    desk.counter.show(Stage.FIGURES)
    return desk


def export(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, key: str, path: Path, kind: str = "CSV (*.csv)"
) -> list[list[str]]:
    """Press a key that exports, and return the file's rows."""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), kind))
    desk.press(key)
    return list(csv.reader(io.StringIO(path.read_text("utf-8-sig"))))


def test_sales_returns_and_moves_are_files_that_add_up(
    day: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heads, sale = export(day, monkeypatch, "figures_sales", tmp_path / "1.csv")
    told = dict(zip(heads, sale, strict=True))
    assert (told["小票号"], told["行数"], told["合计"], told["现金"], told["支付宝"]) == (
        "0017-03-20261123-0001", "2", "6.50", "6.50", "0.00",
    )  # fmt: skip
    assert told["时间"] == "2026-11-23 10:00:00"
    heads, back = export(day, monkeypatch, "figures_returns", tmp_path / "2.csv")
    told = dict(zip(heads, back, strict=True))
    assert (told["退货单号"], told["小票号"], told["合计"], told["现金"], told["原因"]) == (
        "0017-03-20261123-R0001", "0017-03-20261123-0001", "2.00", "2.00", "坏了",
    )  # fmt: skip
    heads, move = export(day, monkeypatch, "figures_moves", tmp_path / "3.csv")
    assert dict(zip(heads, move, strict=True)) == {
        "时间": "2026-11-23 10:00:00", "种类": "放入现金", "金额": "5.00", "原因": "换来的零钱", "收银员": MEI.number,
        "同意人": "",
    }  # fmt: skip
    assert day.read("figures_said") == "✓ 3.csv：1 行"


def test_a_workbook_is_what_is_made_when_nobody_says_otherwise(
    day: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "小票"), "XLSX (*.xlsx)"))
    day.press("figures_sales")
    assert (tmp_path / "小票.xlsx").read_bytes().startswith(b"PK")
    assert named_for(Path("a.b"), "CSV (*.csv)") == Path("a.b.csv")
    assert named_for(Path("a.CSV"), "XLSX (*.xlsx)") == Path("a.CSV")


def test_a_place_that_cannot_be_written_is_said(day: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "gone" / "1.csv"), ""))
    day.press("figures_moves")
    assert "P-337" in day.read("figures_said")


def test_who_still_counts_the_drawer_can_export_no_list_of_the_open_shift(desk: Desk) -> None:
    desk.sign_in()
    desk.counter.show(Stage.FIGURES)
    for name in ("figures_sales", "figures_returns", "figures_moves"):
        assert not find(desk.window, name).isEnabled()
    desk.counter.close_shift(Money(10_000))
    desk.wait_for(Stage.SHIFT_CLOSED)
    desk.counter.sign_out()
    desk.sign_in()
    desk.counter.open_shift(Money(10_000))
    desk.wait_for(Stage.SELL)
    desk.counter.show(Stage.FIGURES)
    desk.press("figures_z_0")
    assert find(desk.window, "figures_sales").isEnabled()

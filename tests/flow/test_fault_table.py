"""Whatever goes wrong between till and gateway: money moves once, everything ends, and docs/alipay.md says how."""

import pytest
from PySide6.QtWidgets import QApplication

from tests.flow.fault_table import BEGIN, END, FIRST, HEAD, PAGE, PART, PRICE, ROWS, SECOND, run

TABLE = PAGE.read_text("utf-8").split(BEGIN)[1].split(END)[0]
SALES_KEPT = {fen: count for count in range(3) for fen in (count * PRICE.fen, count * (PRICE.fen - PART.fen))}


@pytest.mark.parametrize(("fault", "way"), ROWS)
def test_money_moves_once_and_the_page_says_how(qapp: QApplication, fault: str, way: str) -> None:
    assert qapp
    row = run(fault, way)
    assert row.kept == row.claimed, row
    assert row.kept.fen in ({0, (PRICE - FIRST).fen} if way == SECOND else SALES_KEPT), row
    assert row.seen, "the cashier was left guessing"
    assert row.cells() in TABLE.splitlines()


def test_the_page_has_no_row_that_nobody_plays() -> None:
    lines = [line for line in TABLE.splitlines() if line.startswith("| G")]
    assert len(lines) == len(ROWS) == 51
    assert HEAD in TABLE

"""A shift's slip has every row of its report, what was counted, and a place for two to sign."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from pos.domain.cash import CashCount
from pos.domain.money import Money
from pos.domain.paper import Paper
from pos.domain.receipt import Heading
from pos.domain.sale import TenderKind
from pos.domain.shift import Figure, LeftOpen, Shift, ShiftReport
from pos.domain.shift_rows import rows_of
from pos.domain.shift_slip import FIGURES, Told, shift_slip
from pos.domain.slip import NARROW, WIDE, as_text, columns
from ui.cash.words import figure_words

CLOSED = Shift("s", "1001", date(2026, 11, 23), datetime(2026, 11, 23, 0, 0, tzinfo=UTC), Money(10_000),
               datetime(2026, 11, 23, 9, 30, tzinfo=UTC), Money(12_340), Money(12_350), 1, 7)  # fmt: skip
REPORT = ShiftReport(
    CLOSED,
    {"sale": Figure(3, Money(5_000)), "cash": Figure(2, Money(3_000)), "alipay": Figure(1, Money(2_000)),
     "cash_back": Figure(1, Money(150)), "cash_drop": Figure(1, Money(500)), "no_sale": Figure(1),
     "drawer": Figure(4, Money(2_350))},
    LeftOpen(unsent=2),
    CashCount({10_000: 1, 2_000: 1, 10: 34}, Money(0)),
)  # fmt: skip
TOLD = Told("0017-03", "林小雨", datetime(2026, 11, 23, 5, 0, tzinfo=UTC))
HEADING = Heading("柜台便利店", Paper(foot="谢谢惠顾"))


def printed(report: ShiftReport, width: int = NARROW, *, told: Told = TOLD, copy: int = 0) -> list[str]:
    """Return a slip's rows, none wider than the paper."""
    rows = as_text(shift_slip(report, HEADING, told, copy=copy), width)
    assert max(map(columns, rows)) <= width
    return rows


def test_the_whole_z_reads_like_this() -> None:
    assert printed(REPORT) == [
        "   柜台便利店",
        "",
        "  交班 Z 报表",
        "-" * 32,
        "编号               0017-03-Z0007",
        "柜台                     0017-03",
        "收银员               林小雨 1001",
        "营业日                2026-11-23",
        "开班         2026-11-23 08:00:00",
        "交班         2026-11-23 17:30:00",
        "-" * 32,
        "销售  3 笔               ￥50.00",
        "-" * 32,
        "现金  2 笔               ￥30.00",
        "支付宝  1 笔             ￥20.00",
        "-" * 32,
        "备用金                  ￥100.00",
        "退出现金  1 笔            ￥1.50",
        "现金入保险柜  1 笔        ￥5.00",
        "开钱箱  1 笔",
        "应有现金                ￥123.50",
        "实点现金                ￥123.40",
        "差额                   ! -￥0.10",
        "-" * 32,
        "还没上传  2 笔",
        "-" * 32,
        "点数",
        "  100.00 × 1           ￥100.00",
        "  20.00 × 1             ￥20.00",
        "  0.10 × 34              ￥3.40",
        "-" * 32,
        "",
        "交班人签字：________________",
        "",
        "接班人签字：________________",
    ]


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_an_x_has_no_number_and_a_blind_one_no_cash(width: int) -> None:
    standing = replace(
        REPORT, shift=replace(CLOSED, closed_at=None, counted=None, expected=None, z_no=None), count=None
    )
    rows = [row.split() for row in printed(standing, width)]
    assert ["到", "2026-11-23", "13:00:00"] in rows
    assert ["应有现金", "￥123.50"] in rows
    blind = "\n".join(printed(standing, width, told=replace(TOLD, is_blind=True)))
    assert "销售" in blind
    for hidden in ("现金", "备用金", "30.00", "50.00", "Z0007", "签字"):
        assert hidden not in blind


def test_paper_and_screen_call_every_row_the_same() -> None:
    every = replace(REPORT, figures={key: Figure(1, Money(1)) for key in (*FIGURES, *TenderKind, "drawer")},
                    left=LeftOpen(1, ("a",), ("b",), 1, Money(1)))  # fmt: skip
    keys = {row.key for group in rows_of(every) for row in group.rows} - {kind.value for kind in TenderKind}
    assert keys == set(FIGURES)
    assert {key: figure_words(key) for key in keys} == FIGURES


def test_a_copy_says_so() -> None:
    assert [row.strip() for row in printed(REPORT, copy=1)].count("副本 1") == 2

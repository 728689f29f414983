"""The slip of goods that came back says what came back, to which tender how much went, and who said so."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from pos.domain.cart import TaxTotal
from pos.domain.money import Money
from pos.domain.paper import Paper
from pos.domain.product import TaxCategory
from pos.domain.quantity import Quantity, Unit
from pos.domain.receipt import Heading
from pos.domain.return_slip import Names, return_slip
from pos.domain.returns import Basis, Payback, Return, ReturnLine
from pos.domain.sale import Taken, TenderKind
from pos.domain.slip import NARROW, WIDE, as_text, columns

TAX = TaxCategory("13", 130)
HEADING = Heading("柜台便利店", Paper(head="人民路 1 号", foot="七日内凭票退换"))
NAMES = Names("林小雨", "梅店长")
LINES = (
    ReturnLine(1, "1", "", "农夫山泉 550ml", Quantity(2), Money(200), Money(300), TAX,
               (Taken("", "percent", "第二件半价", Money(100)), Taken("", "order", "抹零头", Money(0)))),
    ReturnLine(2, "3", "", "红富士苹果", Quantity(350, Unit.GRAM), Money(1198), Money(419), TAX),
)  # fmt: skip
MADE = Return(
    "r", "0017-03-20261123-R0001", 1, "s", "0017-02-20261122-0009", "0017-02", Basis.SALE, date(2026, 11, 23), "shift",
    "1001", "9001", "商品有问题", datetime(2026, 11, 23, 2, 0, tzinfo=UTC), LINES,
    (Payback(TenderKind.CASH, Money(200), 2), Payback(TenderKind.ALIPAY, Money(515), 1, "GT1", "2026", "f")),
    (TaxTotal(TAX, Money(719), Money(83)),),
)  # fmt: skip


def printed(made: Return, width: int = NARROW, *, copy: int = 0, new_receipt: str = "") -> list[str]:
    """Return a slip's rows, none wider than the paper."""
    rows = as_text(return_slip(made, HEADING, NAMES, new_receipt=new_receipt, copy=copy), width)
    assert max(map(columns, rows)) <= width
    return rows


def test_the_whole_slip_reads_like_this() -> None:
    assert printed(MADE) == [
        "   柜台便利店",
        "          人民路 1 号",
        "",
        "     退货单",
        "-" * 32,
        "退货单号  0017-03-20261123-R0001",
        "原小票     0017-02-20261122-0009",
        "时间         2026-11-23 10:00:00",
        "收银员                    林小雨",
        "同意人                    梅店长",
        "原因                  商品有问题",
        "-" * 32,
        "农夫山泉 550ml",
        "  退 2 × 2.00              4.00",
        "  第二件半价               -1.00",
        "红富士苹果",
        "  退 0.350kg × 11.98       4.19",
        "-" * 32,
        "共 2 行  合计             ￥7.19",
        "抹零                     -￥0.04",
        "应退                      ￥7.15",
        "退现金                    ￥2.00",
        "退支付宝                  ￥5.15",
        "税率13% 含税7.19 税额       0.83",
        "-" * 32,
        "",
        "顾客签字：________________",
        "",
        "收银员签字：________________",
    ]


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_copy_says_so_at_both_ends(width: int) -> None:
    rows = [row.strip() for row in printed(MADE, width, copy=2)]
    assert rows.count("副本 2") == 2
    assert "副本 2" not in [row.strip() for row in printed(MADE, width)]


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_an_exchange_names_both_receipts_and_what_was_set_off(width: int) -> None:
    paybacks = (
        Payback(TenderKind.CASH, Money(200), 2),
        Payback(TenderKind.ALIPAY, Money(515), 1, "GT1", is_exchange=True),
    )
    swapped = replace(MADE, paybacks=paybacks, exchange_sale_id="s2")
    rows = [row.split() for row in printed(swapped, width, new_receipt="0017-03-20261123-0012")]
    for row in (["换货单"], ["新小票", "0017-03-20261123-0012"], ["抵付新商品", "￥5.15"], ["退现金", "￥2.00"],
                ["其中退还", "￥2.00"]):  # fmt: skip
        assert row in rows


@pytest.mark.parametrize("basis", [Basis.CODE, Basis.NOTHING])
def test_a_slip_without_a_sale_says_on_what_ground(basis: Basis) -> None:
    loose = replace(MADE, basis=basis, sale_id="", receipt_no="", approver="")
    words = "\n".join(printed(loose))
    assert "按今天的价" in words
    assert "原小票" not in words

"""The slip of money that went back says how much, of which sale, who said so, and how far it has come."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from pos.domain.money import Money
from pos.domain.paper import Paper
from pos.domain.receipt import Heading
from pos.domain.refund import Refund, RefundState
from pos.domain.refund_slip import refund_slip
from pos.domain.return_slip import Names
from pos.domain.slip import NARROW, WIDE, as_text, columns

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
MADE = Refund(
    "01a2068f-8de8-7000-8000-000000000001", "s", "0017-02-20261122-0009", "GT1", Money(515), RefundState.DONE,
    date(2026, 11, 23), "shift", "1001", "多收了", AT, AT, approver="9001",
)  # fmt: skip
NAMES = Names("林小雨", "梅店长")


def printed(made: Refund, width: int, names: Names = NAMES) -> list[str]:
    """Return a slip's rows, none wider than the paper."""
    rows = as_text(refund_slip(made, Heading("柜台便利店", Paper()), names), width)
    assert max(map(columns, rows)) <= width
    return rows


def test_the_whole_slip_reads_like_this() -> None:
    assert [row.strip() for row in printed(MADE, WIDE)] == [
        "柜台便利店",
        "",
        "退款单",
        "-" * 48,
        "原小票                     0017-02-20261122-0009",
        "退款号",
        "GR01a2068f8de870008000000000000001",
        "时间                         2026-11-23 10:00:00",
        "收银员                                    林小雨",
        "同意人                                    梅店长",
        "原因                                      多收了",
        "-" * 48,
        "退支付宝                                  ￥5.15",
        "已退回支付宝，以支付宝账单为准",
        "-" * 48,
        "",
        "顾客签字：________________",
        "",
        "收银员签字：________________",
    ]


@pytest.mark.parametrize(
    ("state", "what", "became"),
    [
        (RefundState.SENT, "退支付宝", "退款正在办，以支付宝账单为准"),
        (RefundState.REFUSED, "退支付宝", "支付宝没有退，钱还没有退给顾客"),
        (RefundState.IN_CASH, "退现金", "支付宝没有退，已改退现金"),
    ],
)
def test_it_says_how_far_the_money_has_come(state: RefundState, what: str, became: str) -> None:
    rows = printed(replace(MADE, state=state), NARROW)
    assert became in rows
    assert any(row.startswith(what) and row.endswith("5.15") for row in rows)


def test_who_gave_it_alone_has_nobody_beside_them() -> None:
    assert not any("同意人" in row for row in printed(MADE, NARROW, Names("梅店长")))

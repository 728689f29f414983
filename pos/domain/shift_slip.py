"""Shift slip: a shift in figures on paper, for whoever comes next and for the books; in Chinese as a receipt is."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from pos.domain.cash import CashCount
from pos.domain.money import ZERO, Money
from pos.domain.receipt import Heading, framed, signatures, tender_name, yuan
from pos.domain.sale import TenderKind
from pos.domain.shift import ShiftReport, z_text
from pos.domain.shift_rows import Row, rows_of
from pos.domain.shop_time import shop_time
from pos.domain.slip import Look, Pair, Part, Rule, Slip, Text

FIGURES = {
    "float": "备用金", "sale": "销售", "return": "退货", "refund": "退款", "cash_back": "退出现金",
    "card_back": "退回银行卡", "discount": "优惠", "rounding": "抹零", "tax": "其中税额", "cash_in": "放入现金",
    "cash_out": "支出现金", "cash_drop": "现金入保险柜", "no_sale": "开钱箱", "expected": "应有现金",
    "counted": "实点现金", "difference": "差额", "unsent": "还没上传",
    "payments": "还没查清的付款", "refunds": "还在办的退款", "suspended": "挂着的单", "loose_cash": "未完成销售的现金",
}  # fmt: skip
_BOLD = {"sale", "expected", "counted", "difference"}
_TENDERS = {kind.value: kind for kind in TenderKind}


@dataclass(frozen=True, slots=True)
class Told:
    """What a report's slip says besides the report.

    Attributes:
        till_name: ``0017-03``.
        cashier: whose shift it is, by name.
        read_at: when a shift that is still open was looked at.
        is_blind: without what should be in the drawer, for whoever is still to count it.
    """

    till_name: str
    cashier: str
    read_at: datetime
    is_blind: bool = False


def shift_slip(report: ShiftReport, heading: Heading, told: Told, *, copy: int = 0) -> Slip:
    """Return a shift's report: Z with its number once it is closed, X before."""
    shift = report.shift
    groups = rows_of(report, is_blind=told.is_blind)
    body = (
        *_whose(report, told),
        *(part for group in groups for part in (Rule(), *map(_row, group.rows))),
        *(_count(report.count) if report.count else ()),
        Rule(),
        *(() if shift.is_open else signatures("交班人签字", "接班人签字")),
    )
    return framed(body, heading, title="X 报表" if shift.is_open else "交班 Z 报表", copy=copy)


def _whose(report: ShiftReport, told: Told) -> Iterator[Part]:
    shift = report.shift
    if shift.z_no is not None:
        yield Pair("编号", z_text(told.till_name, shift), Look.BOLD)
    yield Pair("柜台", told.till_name)
    yield Pair("收银员", f"{told.cashier} {shift.cashier}")
    yield Pair("营业日", shift.business_day.isoformat())
    yield Pair("开班", shop_time(shift.opened_at))
    if shift.closed_at:
        yield Pair("交班", shop_time(shift.closed_at))
    else:
        yield Pair("到", shop_time(told.read_at))


def _row(row: Row) -> Part:
    name = tender_name(_TENDERS[row.key]) if row.key in _TENDERS else FIGURES[row.key]
    count = "" if row.count is None else f"  {row.count} 笔"
    amount = "" if row.amount is None else yuan(row.amount)
    is_wrong = row.key == "difference" and row.amount != ZERO
    return Pair(f"{name}{count}", f"! {amount}" if is_wrong else amount, Look.BOLD if row.key in _BOLD else Look.PLAIN)


def _count(count: CashCount) -> Iterator[Part]:
    """What was counted, note by note."""
    if count.pieces:
        yield Rule()
        yield Text("点数")
    for fen, pieces in sorted(count.pieces.items(), reverse=True):
        if pieces:
            yield Pair(f"  {Money(fen).yuan} × {pieces}", yuan(Money(fen * pieces)))
    if count.pieces and count.other:
        yield Pair("  其他", yuan(count.other))

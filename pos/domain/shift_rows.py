"""Shift rows: a shift's report as rows for a screen, a slip or a file; whoever shows them has the words of each key."""

from dataclasses import dataclass, replace

from pos.domain.money import ZERO, Money
from pos.domain.sale import TenderKind
from pos.domain.shift import NO_FIGURE, ShiftReport

_SALES = ("sale", "return", "refund", "card_back", "discount", "rounding", "tax")
_DRAWER = ("cash_back", "cash_in", "cash_out", "cash_drop", "no_sale")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: how many, how much, or both; None where that says nothing."""

    key: str
    count: int | None = None
    amount: Money | None = None


@dataclass(frozen=True, slots=True)
class RowGroup:
    """Rows that belong together: ``sales``, ``tenders``, ``drawer``, ``left``."""

    name: str
    rows: tuple[Row, ...]


def rows_of(report: ShiftReport, *, is_blind: bool = False) -> list[RowGroup]:
    """Return the rows of a report; what is nothing has none, but for sales and cash.

    Args:
        is_blind: leave out what would tell how much should be in the drawer, for whoever is still to count it.
    """
    tenders = tuple(
        Row(kind.value, each.count, each.amount)
        for kind in TenderKind
        if (each := report.figure(kind.value)) != NO_FIGURE or kind is TenderKind.CASH
    )
    sales = _figures(report, _SALES)
    if is_blind:  # where all pay in cash, what was sold tells it
        sales = tuple(replace(each, amount=None) for each in sales)
    groups = [RowGroup("sales", sales), RowGroup("tenders", tenders),
              RowGroup("drawer", _drawer(report)), RowGroup("left", _left(report))]  # fmt: skip
    hidden = {"tenders", "drawer"} if is_blind else set()
    return [each for each in groups if each.rows and each.name not in hidden]


def _figures(report: ShiftReport, keys: tuple[str, ...]) -> tuple[Row, ...]:
    found = ((key, report.figure(key)) for key in keys)
    return tuple(Row(key, each.count, each.amount) for key, each in found if each.count or key == "sale")


def _drawer(report: ShiftReport) -> tuple[Row, ...]:
    shift = report.shift
    expected = shift.expected or shift.opening_float + report.figure("drawer").amount
    rows = [Row("float", amount=shift.opening_float), *_moves(report), Row("expected", amount=expected)]
    if shift.counted is not None and shift.difference is not None:
        rows += [Row("counted", amount=shift.counted), Row("difference", amount=shift.difference)]
    return tuple(rows)


def _moves(report: ShiftReport) -> list[Row]:
    found = [(key, report.figure(key)) for key in _DRAWER]
    return [Row(key, each.count, each.amount or None) for key, each in found if each.count]


def _left(report: ShiftReport) -> tuple[Row, ...]:
    left = report.left
    counts = (("unsent", left.unsent), ("payments", len(left.payments)), ("refunds", len(left.refunds)),
              ("suspended", left.suspended))  # fmt: skip
    rows = [Row(key, count) for key, count in counts if count]
    return (*rows, Row("loose_cash", amount=left.loose_cash)) if left.loose_cash > ZERO else tuple(rows)

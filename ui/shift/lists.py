"""Lists: the sales, returns and cash moves of a shift, as tables with headings in the language of the screen."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QCoreApplication

from pos.domain.cash import CashMove
from pos.domain.money import ZERO, Money
from pos.domain.returns import Return
from pos.domain.sale import Sale, TenderKind
from pos.tables import Cell, Column
from ui.cash.words import kind_words, tender_words
from ui.messages import QT_TRANSLATE_NOOP
from ui.tables import Table

WHEN, NUMBER = 20, 26
"""Characters of a moment and of a receipt's number."""
_AT = QT_TRANSLATE_NOOP("lists", "时间")
_RECEIPT = QT_TRANSLATE_NOOP("lists", "小票号")
_RETURN = QT_TRANSLATE_NOOP("lists", "退货单号")
_CASHIER = QT_TRANSLATE_NOOP("lists", "收银员")
_APPROVER = QT_TRANSLATE_NOOP("lists", "同意人")
_REASON = QT_TRANSLATE_NOOP("lists", "原因")
_LINES = QT_TRANSLATE_NOOP("lists", "行数")
_SAVED = QT_TRANSLATE_NOOP("lists", "优惠")
_ROUNDING = QT_TRANSLATE_NOOP("lists", "抹零")
_TOTAL = QT_TRANSLATE_NOOP("lists", "合计")
_KIND = QT_TRANSLATE_NOOP("lists", "种类")
_AMOUNT = QT_TRANSLATE_NOOP("lists", "金额")
_SET_OFF = QT_TRANSLATE_NOOP("lists", "抵付新商品")


def sales_table(name: str, sales: Sequence[Sale]) -> Table:
    """Return a row a sale, with a column for each way to pay."""
    columns = [
        Column(_say(_AT), WHEN), Column(_say(_RECEIPT), NUMBER), *_columns(_CASHIER, _LINES, _SAVED, _ROUNDING, _TOTAL),
        *(Column(tender_words(kind)) for kind in TenderKind),
    ]  # fmt: skip
    return Table(name, columns, [_sale_row(each) for each in sales])


def returns_table(name: str, returns: Sequence[Return]) -> Table:
    """Return a row a return, with a column for each way money went back."""
    columns = [
        Column(_say(_AT), WHEN), Column(_say(_RETURN), NUMBER), Column(_say(_RECEIPT), NUMBER),
        *_columns(_CASHIER, _APPROVER, _REASON, _ROUNDING, _TOTAL), Column(tender_words(TenderKind.CASH)),
        Column(tender_words(TenderKind.ALIPAY)), Column(tender_words(TenderKind.BANK_CARD)), *_columns(_SET_OFF),
    ]  # fmt: skip
    return Table(name, columns, [_return_row(each) for each in returns])


def moves_table(name: str, moves: Sequence[CashMove]) -> Table:
    """Return a row for each time that cash moved besides sales."""
    columns = [Column(_say(_AT), WHEN), *_columns(_KIND, _AMOUNT, _REASON, _CASHIER, _APPROVER)]
    rows: list[Sequence[Cell]] = [
        (each.at, kind_words(each.kind)[0], each.amount, each.reason, each.cashier, each.approver) for each in moves
    ]
    return Table(name, columns, rows)


def _sale_row(sale: Sale) -> list[Cell]:
    told: list[Cell] = [sale.completed_at, sale.receipt_no, sale.cashier, len(sale.lines), sale.savings, sale.rounding,
                        sale.total]  # fmt: skip
    return told + [_sum(each.amount for each in sale.tenders if each.kind is kind) for kind in TenderKind]


def _return_row(made: Return) -> list[Cell]:
    alipay = _sum(each.amount for each in made.paybacks if each.kind is TenderKind.ALIPAY and not each.is_exchange)
    return [made.completed_at, made.return_no, made.receipt_no, made.cashier, made.approver, made.reason, made.rounding,
            made.total, made.in_cash, alipay, made.on_card, made.exchanged]  # fmt: skip


def _sum(amounts: Iterable[Money]) -> Money:
    return sum(amounts, ZERO)


def _columns(*headings: str) -> list[Column]:
    return [Column(_say(each)) for each in headings]


def _say(text: str) -> str:
    return QCoreApplication.translate("lists", text)

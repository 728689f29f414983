"""Receipt: a sale as lines of text, laid out in columns where a Chinese character takes two.

48 columns fit 80 mm paper, 32 fit 58 mm. The yuan sign is U+FFE5: U+00A5 comes out of GB18030
printers as garbage.
"""

from datetime import datetime
from unicodedata import east_asian_width

from pos.clock import BEIJING
from pos.domain.money import ZERO, Money
from pos.domain.quantity import Quantity, Unit
from pos.domain.sale import Sale, SaleLine, Tender, TenderKind

WIDE, NARROW = 48, 32
"""Columns of 80 mm and of 58 mm paper."""

_TENDERS = {
    TenderKind.CASH: "现金",
    TenderKind.ALIPAY: "支付宝",
    TenderKind.PREPAID_CARD: "储值卡",
    TenderKind.EXCHANGE: "换货抵付",
}


def columns(text: str) -> int:
    """Return how many columns a text takes."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def wrap(text: str, width: int) -> list[str]:
    """Break a text into rows of at most ``width`` columns, losing nothing."""
    rows, row = [], ""
    for character in text:
        if columns(row + character) > width:
            rows.append(row)
            row = ""
        row += character
    return [*rows, row]


def spread(left: str, right: str, width: int) -> str:
    """Return one row with its ends at both edges."""
    return left + " " * max(1, width - columns(left) - columns(right)) + right


def centre(text: str, width: int) -> str:
    """Return a row in the middle of the paper."""
    return " " * max(0, (width - columns(text)) // 2) + text


def amount(money: Money) -> str:
    """Return money as the receipt shows it, without a sign of currency."""
    return money.yuan


def receipt_rows(sale: Sale, store_name: str, cashier_name: str, *, width: int = WIDE, notice: str = "") -> list[str]:
    """Return a receipt's rows, each at most ``width`` columns.

    Args:
        notice: a line that must not be missed, such as that the money was play money; top and bottom.
    """
    rule = "-" * width
    told = [centre(row, width) for row in wrap(notice, width)] if notice else []
    rows = [*told, *(centre(row, width) for row in wrap(store_name, width)), rule]
    rows += [spread("单号", sale.receipt_no, width), spread("时间", shop_time(sale.completed_at), width)]
    rows += [spread("收银员", cashier_name, width)]
    rows += [spread("验证码", sale.witness, width)] if sale.witness else []
    rows += [rule]
    for line in sale.lines:
        rows += _line_rows(line, width)
    rows += [rule, spread(f"共 {len(sale.lines)} 行  合计", "￥" + amount(sale.goods), width)]
    if sale.rounding:
        rows += [spread("抹零", amount(sale.rounding), width), spread("应收", "￥" + amount(sale.total), width)]
    if sale.savings:
        rows.append(spread("已优惠", "￥" + amount(sale.savings), width))
    for tender in sale.tenders:
        rows += _tender_rows(tender, width)
    for tax in sale.taxes:
        name = f"其中税额 {_percent(tax.category.rate_permille)}"
        rows.append(spread(name, amount(tax.tax), width))
    return [*rows, rule, centre("谢谢惠顾", width), *told]


def shop_time(at: datetime) -> str:
    """Return a moment as people in the shop read it."""
    return at.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M:%S")


def quantity_text(quantity: Quantity) -> str:
    """Return ``2`` or ``0.350kg``."""
    if quantity.unit is Unit.PIECE:
        return str(quantity.amount)
    return f"{quantity.amount // 1000}.{quantity.amount % 1000:03d}kg"


def _line_rows(line: SaleLine, width: int) -> list[str]:
    left = f"  {quantity_text(line.quantity)} × {amount(line.price)}"
    rows = [*wrap(line.name, width), spread(left, amount(line.gross), width)]
    if line.list_price not in {line.price, ZERO}:
        rows.append(f"  原价 {amount(line.list_price)}")
    for each in line.reductions:
        off = amount(-each.amount)
        *above, last = wrap(f"  {each.name}", width - columns(off) - 1)
        rows += [*above, spread(last, off, width)]
    return rows


def _tender_rows(tender: Tender, width: int) -> list[str]:
    rows = [spread(_TENDERS[tender.kind], "￥" + amount(tender.handed_over), width)]
    if tender.change:
        rows.append(spread("找零", "￥" + amount(tender.change), width))
    if tender.trade_no:
        rows += (
            [spread("交易号", tender.trade_no, width)] if width >= WIDE else ["交易号", *wrap(tender.trade_no, width)]
        )
    return rows


def _percent(permille: int) -> str:
    whole, part = divmod(permille, 10)
    return f"{whole}.{part}%" if part else f"{whole}%"

"""Receipt: a sale as a slip; always in Chinese, whatever the till's screen speaks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pos.domain.cart import TaxTotal
from pos.domain.money import ZERO, Money
from pos.domain.paper import Paper
from pos.domain.quantity import Quantity, Unit
from pos.domain.sale import Sale, SaleLine, Tender, TenderKind
from pos.domain.shop_time import shop_time
from pos.domain.slip import YUAN, Code, Gap, Look, Pair, Part, Rule, Side, Slip, Text

_TENDERS = {
    TenderKind.CASH: "现金",
    TenderKind.ALIPAY: "支付宝",
    TenderKind.PREPAID_CARD: "储值卡",
    TenderKind.EXCHANGE: "换货抵付",
    TenderKind.BANK_CARD: "银行卡",
}
SIGN_HERE = "_" * 16


@dataclass(frozen=True, slots=True)
class Heading:
    """What is the same on every receipt of a till.

    Attributes:
        notice: what must not be missed, such as that nothing was really paid; at the top and at the bottom.
    """

    store_name: str
    paper: Paper
    notice: str = ""


def receipt_slip(sale: Sale, heading: Heading, cashier_name: str, *, code: str = "", copy: int = 0) -> Slip:
    """Return a sale's receipt.

    Args:
        code: what the QR code at its end says; empty for none.
        copy: 0 on the first paper, then counted up: what is printed again must not pass for the first.
    """
    body = (
        *_whose(sale, cashier_name),
        Rule(),
        *(part for line in sale.lines for part in _line(line)),
        Rule(),
        *_sums(sale),
        *(part for tender in sale.tenders for part in _tender(tender)),
        *tax_parts(sale.taxes),
        Rule(),
        *((Code(code),) if code else ()),
        *_words(heading.paper.foot),
    )
    return framed(body, heading, copy=copy)


def framed(body: Iterable[Part], heading: Heading, *, title: str = "", copy: int = 0) -> Slip:
    """Return what a slip says between what is the same on every slip of a till.

    Args:
        title: what it is; empty for a receipt, which everybody knows.
        copy: as ``receipt_slip``.
    """
    told = (Text(heading.notice, Look.BOLD, Side.CENTRE),) if heading.notice else ()
    named = (Gap(), Text(title, Look.BIG, Side.CENTRE)) if title else ()
    return (*told, *_head(heading), *named, *_copy(copy), Rule(), *body, *_copy(copy), *told)


def signatures(*who: str) -> tuple[Part, ...]:
    """Return a place to sign for each."""
    return tuple(part for each in who for part in (Gap(), Text(f"{each}：{SIGN_HERE}")))


def quantity_text(quantity: Quantity) -> str:
    """Return ``2`` or ``0.350kg``."""
    if quantity.unit is Unit.PIECE:
        return str(quantity.amount)
    return f"{quantity.amount // 1000}.{quantity.amount % 1000:03d}kg"


def yuan(money: Money) -> str:
    """Return money with the sign that printers have."""
    return ("-" if money < ZERO else "") + YUAN + abs_yuan(money)


def abs_yuan(money: Money) -> str:
    """Return how much it is, without a sign."""
    return money.yuan.removeprefix("-")


def tender_name(kind: TenderKind) -> str:
    """Return what paper calls a way to pay."""
    return _TENDERS[kind]


def _head(heading: Heading) -> Iterator[Part]:
    if heading.paper.logo:
        yield heading.paper.logo
    yield Text(heading.store_name, Look.BIG, Side.CENTRE)
    yield from _words(heading.paper.head)


def _words(text: str) -> Iterator[Part]:
    return (Text(row, side=Side.CENTRE) if row.strip() else Gap() for row in text.splitlines())


def _copy(copy: int) -> tuple[Part, ...]:
    return (Text(f"副本 {copy}", Look.BOLD, Side.CENTRE),) if copy else ()


def _whose(sale: Sale, cashier_name: str) -> Iterator[Part]:
    yield Pair("单号", sale.receipt_no)
    yield Pair("时间", shop_time(sale.completed_at))
    yield Pair("收银员", cashier_name)
    if sale.witness:
        yield Pair("验证码", sale.witness)


def _line(line: SaleLine) -> Iterator[Part]:
    yield Text(line.name)
    yield Pair(f"  {_sold_as(line)}", line.gross.yuan)
    if line.list_price not in {line.price, ZERO}:
        yield Text(f"  原价 {line.list_price.yuan}")
    for each in line.reductions:
        yield Pair(f"  {each.name}", (-each.amount).yuan)


def _sold_as(line: SaleLine) -> str:
    """Return how many of what was sold, at how much: of cases as cases, whatever their pieces cost."""
    if line.pack == 1:
        return f"{quantity_text(line.quantity)} × {line.price.yuan}"
    packs = line.quantity.amount // line.pack
    return f"{packs} × {Money(line.gross.fen // packs).yuan}（每件 {line.pack}）"


def _sums(sale: Sale) -> Iterator[Part]:
    if sale.savings:
        yield Pair("原价合计", yuan(sale.goods + sale.savings))
        yield Pair("已优惠", yuan(-sale.savings))
    yield Pair(f"共 {len(sale.lines)} 行  合计", yuan(sale.goods), Look.PLAIN if sale.rounding else Look.BOLD)
    if sale.rounding:
        yield Pair("抹零", yuan(sale.rounding))
        yield Pair("应收", yuan(sale.total), Look.BOLD)


def _tender(tender: Tender) -> Iterator[Part]:
    yield Pair(tender_name(tender.kind), yuan(tender.handed_over))
    if tender.change:
        yield Pair("找零", yuan(tender.change))
    if tender.trade_no:
        yield Pair("  交易号", tender.trade_no)


def tax_parts(taxes: Iterable[TaxTotal]) -> Iterator[Part]:
    """Return a row for each rate: what it is in, and how much it is."""
    for tax in taxes:
        rate = tax.category.rate_permille
        yield Pair(f"税率{_percent(rate)} 含税{tax.gross.yuan} 税额", tax.tax.yuan)


def _percent(permille: int) -> str:
    whole, part = divmod(permille, 10)
    return f"{whole}.{part}%" if part else f"{whole}%"

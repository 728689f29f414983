"""Return slip: goods that came back, and the money that went back for them; in Chinese as a receipt is."""

from collections.abc import Iterator
from dataclasses import dataclass

from pos.domain.money import ZERO, Money
from pos.domain.receipt import Heading, framed, quantity_text, signatures, tax_parts, tender_name, yuan
from pos.domain.returns import Basis, Payback, Return, ReturnLine
from pos.domain.shop_time import shop_time
from pos.domain.slip import Look, Pair, Part, Rule, Slip, Text

_BASIS = {Basis.SALE: "", Basis.CODE: "凭小票码，按今天的价", Basis.NOTHING: "没有小票，按今天的价"}


@dataclass(frozen=True, slots=True)
class Names:
    """What the people of a return are called; nobody approved it where the second is empty."""

    cashier: str
    approver: str = ""


def return_slip(made: Return, heading: Heading, names: Names, *, new_receipt: str = "", copy: int = 0) -> Slip:
    """Return the slip of goods that came back.

    Args:
        new_receipt: the number of the sale that the goods paid for; empty where there is none.
        copy: 0 on the first paper, then counted up.
    """
    body = (
        *_whose(made, names, new_receipt),
        Rule(),
        *(part for line in made.lines for part in _line(line)),
        Rule(),
        *_sums(made),
        *(_payback(each) for each in made.paybacks),
        *tax_parts(made.taxes),
        Rule(),
        *signatures("顾客签字", "收银员签字"),
    )
    return framed(body, heading, title="换货单" if made.exchange_sale_id else "退货单", copy=copy)


def _whose(made: Return, names: Names, new_receipt: str) -> Iterator[Part]:
    yield Pair("退货单号", made.return_no)
    if made.receipt_no:
        yield Pair("原小票", made.receipt_no)
    if new_receipt:
        yield Pair("新小票", new_receipt)
    if _BASIS[made.basis]:
        yield Text(_BASIS[made.basis])
    yield Pair("时间", shop_time(made.completed_at))
    yield Pair("收银员", names.cashier)
    if names.approver:
        yield Pair("同意人", names.approver)
    if made.reason:
        yield Pair("原因", made.reason)


def _line(line: ReturnLine) -> Iterator[Part]:
    yield Text(line.name)
    yield Pair(f"  退 {quantity_text(line.quantity)} × {line.price.yuan}", line.gross.yuan)
    for each in line.reductions:
        if each.amount:
            yield Pair(f"  {each.name}", (-each.amount).yuan)


def _sums(made: Return) -> Iterator[Part]:
    yield Pair(f"共 {len(made.lines)} 行  合计", yuan(made.goods), Look.PLAIN if made.rounding else Look.BOLD)
    if made.rounding:
        yield Pair("抹零", yuan(made.rounding))
        yield Pair("应退", yuan(made.total), Look.BOLD)
    returned: Money = made.total - made.exchanged
    if made.exchanged and returned > ZERO:
        yield Pair("其中退还", yuan(returned))


def _payback(payback: Payback) -> Part:
    if payback.is_exchange:
        return Pair("抵付新商品", yuan(payback.amount))
    return Pair(f"退{tender_name(payback.kind)}", yuan(payback.amount))

"""Refund slip: money that went back to where it came from, with no goods beside it; in Chinese as a receipt is."""

from collections.abc import Iterator

from pos.domain.receipt import Heading, framed, signatures, yuan
from pos.domain.refund import Refund, RefundState
from pos.domain.return_slip import Names
from pos.domain.shop_time import shop_time
from pos.domain.slip import Look, Pair, Part, Rule, Slip, Text

_BECAME = {
    RefundState.SENT: "退款正在办，以支付宝账单为准",
    RefundState.DONE: "已退回支付宝，以支付宝账单为准",
    RefundState.REFUSED: "支付宝没有退，钱还没有退给顾客",
    RefundState.IN_CASH: "支付宝没有退，已改退现金",
}


def refund_slip(made: Refund, heading: Heading, names: Names, *, copy: int = 0) -> Slip:
    """Return the slip of a refund, which says what became of it so far; ``copy`` as on a receipt."""
    body = (
        *_whose(made, names),
        Rule(),
        Pair("退支付宝" if made.state is not RefundState.IN_CASH else "退现金", yuan(made.amount), Look.BOLD),
        Text(_BECAME[made.state]),
        Rule(),
        *signatures("顾客签字", "收银员签字"),
    )
    return framed(body, heading, title="退款单", copy=copy)


def _whose(made: Refund, names: Names) -> Iterator[Part]:
    yield Pair("原小票", made.receipt_no)
    yield Text("退款号")
    yield Text(made.request_no)
    yield Pair("时间", shop_time(made.started_at))
    yield Pair("收银员", names.cashier)
    if names.approver:
        yield Pair("同意人", names.approver)
    yield Pair("原因", made.reason)

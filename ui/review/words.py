"""Words: what became of a payment, for the cashier and for the customer; what is open, and what to do."""

from PySide6.QtCore import QCoreApplication

from pos.domain.payment import AttemptState, PaymentAttempt
from pos.domain.refund import Refund
from pos.domain.sale import TenderKind
from pos.till.review import Finding, Verdict
from ui.display import shop_time
from ui.messages import QT_TRANSLATE_NOOP

_VERDICTS: dict[Verdict, tuple[str, str]] = {
    Verdict.SOLD: (QT_TRANSLATE_NOOP("review", "✓ 已经收到 {amount}，小票 {receipt_no}"),
                   QT_TRANSLATE_NOOP("review", "钱已付到本店，不用再付")),
    Verdict.MONEY_HERE: (QT_TRANSLATE_NOOP("review", "⚠ 收到 {amount}，可是没有完成销售；十分钟后自动退回"),
                         QT_TRANSLATE_NOOP("review", "这笔钱会退回您的支付宝")),
    Verdict.WAITING: (QT_TRANSLATE_NOOP("review", "… {amount} 还没有结果，柜台正在查询"),
                      QT_TRANSLATE_NOOP("review", "正在查询，请先不要再付")),
    Verdict.RETURNING: (QT_TRANSLATE_NOOP("review", "↩ {amount} 已经撤销；若扣了款，会自动退回"),
                        QT_TRANSLATE_NOOP("review", "若手机上已扣款，会退回您的支付宝")),
    Verdict.NOT_CHARGED: (QT_TRANSLATE_NOOP("review", "✓ 没有收这 {amount}：没有扣款，或已经全部退回"),
                          QT_TRANSLATE_NOOP("review", "本店没有收这笔钱，请看支付宝账单")),
    Verdict.ELSEWHERE_PAID: (QT_TRANSLATE_NOOP("review", "✓ 本店收到 {amount}，不是在这台柜台付的"),
                             QT_TRANSLATE_NOOP("review", "钱已付到本店，请到付款的柜台处理")),
    Verdict.ELSEWHERE_OPEN: (QT_TRANSLATE_NOOP("review", "这笔付款不是这台柜台的，也没有付成"),
                             QT_TRANSLATE_NOOP("review", "这笔没有付成，请看支付宝账单")),
    Verdict.NOT_FOUND: (QT_TRANSLATE_NOOP("review", "支付宝和柜台都没有这一笔：{asked}"),
                        QT_TRANSLATE_NOOP("review", "请打开支付宝账单详情，出示订单号的条码")),
    Verdict.NO_ANSWER: (QT_TRANSLATE_NOOP("review", "支付宝连不上，现在查不到：{asked}"),
                        QT_TRANSLATE_NOOP("review", "线路恢复后再查，请先不要再付")),
}  # fmt: skip
_REFUNDED = QT_TRANSLATE_NOOP("review", "（已退 {refunded}）")

_OPEN: dict[str, str] = {
    "sent": QT_TRANSLATE_NOOP("review", "{at} 收款 {amount}：还没有结果，正在查询"),
    "paid": QT_TRANSLATE_NOOP("review", "{at} 收到 {amount}：销售还没有完成；没有人接着收，十分钟后自动退回"),
    "cancelling": QT_TRANSLATE_NOOP("review", "{at} 收款 {amount}：正在撤销，若扣了款会退回"),
    "cash": QT_TRANSLATE_NOOP("review", "{at} 现金 {amount}：它的销售还没有完成，不会自动退回"),
    "cash back": QT_TRANSLATE_NOOP("review", "{at} 现金 {amount}：请退给顾客，退了以后按“已退给顾客”"),
    "refund": QT_TRANSLATE_NOOP("review", "{at} 退款 {amount}（小票 {receipt_no}）：正在办理"),
}


def verdict_words(found: Finding) -> tuple[str, str]:
    """Return what the cashier reads of a finding, and what the customer is told."""
    cashier, customer = _VERDICTS[found.verdict]
    words = _say(cashier, amount=found.amount or "", receipt_no=found.receipt_no, asked=found.asked[:32])
    if found.refunded:
        words += _say(_REFUNDED, refunded=found.refunded)
    return words, _say(customer)


def open_words(found: PaymentAttempt | Refund) -> str:
    """Return what a payment or refund that is not at its end is doing."""
    at = shop_time(found.started_at)
    if isinstance(found, Refund):
        return _say(_OPEN["refund"], at=at, amount=found.amount, receipt_no=found.receipt_no)
    assert found.state is not AttemptState.DEAD, found
    if found.kind is TenderKind.CASH:
        key = "cash back" if found.state is AttemptState.CANCELLING else "cash"
        return _say(_OPEN[key], at=at, amount=found.amount)
    return _say(_OPEN[found.state.value], at=at, amount=found.amount)


def _say(text: str, **facts: object) -> str:
    return QCoreApplication.translate("review", text).format(**facts)

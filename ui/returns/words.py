"""Words of returns: where the money goes, and what became of it."""

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from pos.domain.money import ZERO, Money
from pos.domain.refund import Refund, RefundState
from pos.domain.returns import Payback
from pos.domain.sale import TenderKind
from pos.till.returns import Given
from ui.messages import QT_TRANSLATE_NOOP, refund_words

_KINDS = {
    TenderKind.CASH: QT_TRANSLATE_NOOP("returns", "现金"),
    TenderKind.ALIPAY: QT_TRANSLATE_NOOP("returns", "支付宝"),
    TenderKind.BANK_CARD: QT_TRANSLATE_NOOP("returns", "银行卡"),
}
_DONE = QT_TRANSLATE_NOOP("returns", "✓ 已退货 {total}，退货单 {number}")
_HAND_OUT = QT_TRANSLATE_NOOP("returns", "请给顾客现金 {amount}")
_ON_CARD = QT_TRANSLATE_NOOP("returns", "请在银行卡终端上给顾客退 {amount}")
_NO_CASH = QT_TRANSLATE_NOOP("returns", "不用给现金")
_REFUNDS = {
    RefundState.DONE: QT_TRANSLATE_NOOP("returns", "✓ {amount} 已退回支付宝"),
    RefundState.SENT: QT_TRANSLATE_NOOP("returns", "… {amount} 正在退回支付宝，柜台会自动办完；进度在“支付查询”里"),
    RefundState.IN_CASH: QT_TRANSLATE_NOOP("returns", "✓ 支付宝没有退的 {amount} 改退现金"),
    RefundState.REFUSED: QT_TRANSLATE_NOOP("returns", "✕ {amount} 支付宝没有退：{why}"),
}


def ways_words(paybacks: Iterable[Payback]) -> str:
    """Return where money goes: ``现金 ¥5.00 + 支付宝 ¥10.00``."""
    return " + ".join(f"{_say(_KINDS.get(each.kind, each.kind.value))} {each.amount}" for each in paybacks)


def done_words(given: Given) -> str:
    """Return that goods came back."""
    return _say(_DONE, total=given.made.total, number=given.made.return_no)


def hand_out_words(amount: Money, on_card: Money = ZERO) -> str:
    """Return what the cashier's hands do now: at the drawer, and at the bank card's own terminal."""
    cash = [_say(_HAND_OUT, amount=amount)] if amount > ZERO else []
    card = [_say(_ON_CARD, amount=on_card)] if on_card > ZERO else []
    return "\n".join(cash + card) or _say(_NO_CASH)


def refunded_words(refund: Refund) -> str:
    """Return what became of money that goes back through a gateway."""
    why = refund_words(refund.refusal)[0] if refund.state is RefundState.REFUSED else ""
    return _say(_REFUNDS[refund.state], amount=refund.amount, why=why)


def _say(text: str, **facts: object) -> str:
    return QCoreApplication.translate("returns", text).format(**facts)

"""Words of approvals: what each act is called."""

from PySide6.QtCore import QCoreApplication

from pos.domain.approval import Asked, Told
from pos.domain.by_hand import moved
from pos.domain.cart import Cart
from pos.domain.staff import Act
from ui.messages import QT_TRANSLATE_NOOP
from ui.operations.words import line_name

LINES_TOLD = 3
"""Of what a yes is about; the amount is of all of them."""

_ACTS: dict[Act, str] = {
    Act.DISCOUNT: QT_TRANSLATE_NOOP("approval", "折扣"),
    Act.PRICE: QT_TRANSLATE_NOOP("approval", "改价"),
    Act.REFUND: QT_TRANSLATE_NOOP("approval", "退款"),
    Act.RETURN_WITHOUT_RECEIPT: QT_TRANSLATE_NOOP("approval", "无小票退货"),
    Act.CASH_IN: QT_TRANSLATE_NOOP("approval", "放入现金"),
    Act.CASH_OUT: QT_TRANSLATE_NOOP("approval", "支出现金"),
    Act.CASH_DROP: QT_TRANSLATE_NOOP("approval", "现金入保险柜"),
    Act.NO_SALE: QT_TRANSLATE_NOOP("approval", "开钱箱"),
    Act.CORRECT_TENDER: QT_TRANSLATE_NOOP("approval", "改付款方式"),
    Act.DISCARD_CART: QT_TRANSLATE_NOOP("approval", "作废挂单"),
    Act.END_ORPHAN: QT_TRANSLATE_NOOP("approval", "了结别台的付款"),
    Act.MATCH_BILL: QT_TRANSLATE_NOOP("approval", "对账"),
    Act.CHANGE_STAFF: QT_TRANSLATE_NOOP("approval", "改员工"),
    Act.CHANGE_STORE: QT_TRANSLATE_NOOP("approval", "改店内设置"),
    Act.TRAIN: QT_TRANSLATE_NOOP("approval", "练习"),
}

_LESS = QT_TRANSLATE_NOOP("approval", "{act}，少收 {amount}")


def act_words(act: Act) -> str:
    """Return what an act is called."""
    return QCoreApplication.translate("approval", _ACTS[act])


def asked_words(asked: Asked | Told) -> str:
    """Return what is asked, as it is read out: the act, and the amount when there is one; of a price what it lacks."""
    act = act_words(asked.act)
    if asked.act is Act.PRICE:
        return QCoreApplication.translate("approval", _LESS).format(act=act, amount=asked.amount)
    return f"{act} {asked.amount}" if asked.amount else act


def moved_words(cart: Cart, act: Act) -> str:
    """Return which lines a price or a discount by hand makes cheaper, and from what to what."""
    told = []
    for each in moved(cart, act):
        after = each.line.gross if act is Act.PRICE else cart.amount_of(each.line.line_no)
        told.append(f"{line_name(cart, each.line.line_no)}　{after + each.off} → {after}")
    return "\n".join(told[:LINES_TOLD] + ["…"] * (len(told) > LINES_TOLD))

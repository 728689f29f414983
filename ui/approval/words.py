"""Words of approvals: what each act is called."""

from PySide6.QtCore import QCoreApplication

from pos.domain.approval import Asked
from pos.domain.staff import Act
from ui.messages import QT_TRANSLATE_NOOP

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


def act_words(act: Act) -> str:
    """Return what an act is called."""
    return QCoreApplication.translate("approval", _ACTS[act])


def asked_words(asked: Asked) -> str:
    """Return what is asked, as it is read out: the act, and the amount when there is one."""
    return f"{act_words(asked.act)} {asked.amount}" if asked.amount else act_words(asked.act)

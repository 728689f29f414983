"""Words of cash: what moves in the drawer, why, and what the rows of a shift's report are called."""

from PySide6.QtCore import QCoreApplication

from pos.domain.cash import CashKind
from pos.domain.sale import TenderKind
from ui.messages import QT_TRANSLATE_NOOP

_KINDS: dict[CashKind, tuple[str, str]] = {
    CashKind.IN: (QT_TRANSLATE_NOOP("cash", "放入现金"), QT_TRANSLATE_NOOP("cash", "换来的零钱、补的备用金")),
    CashKind.OUT: (QT_TRANSLATE_NOOP("cash", "支出现金"), QT_TRANSLATE_NOOP("cash", "买东西、付运费；留好单据")),
    CashKind.DROP: (QT_TRANSLATE_NOOP("cash", "现金入保险柜"), QT_TRANSLATE_NOOP("cash", "抽屉里的大钞先收走")),
    CashKind.OPENED: (QT_TRANSLATE_NOOP("cash", "开钱箱"), QT_TRANSLATE_NOOP("cash", "不收款，只打开抽屉")),
}
_REASONS: dict[CashKind, tuple[str, ...]] = {
    CashKind.IN: (QT_TRANSLATE_NOOP("cash", "换来的零钱"), QT_TRANSLATE_NOOP("cash", "补备用金"),
                  QT_TRANSLATE_NOOP("cash", "归还借款"), QT_TRANSLATE_NOOP("cash", "其他")),
    CashKind.OUT: (QT_TRANSLATE_NOOP("cash", "买办公用品"), QT_TRANSLATE_NOOP("cash", "付运费"),
                   QT_TRANSLATE_NOOP("cash", "换零钱"), QT_TRANSLATE_NOOP("cash", "其他")),
    CashKind.DROP: (QT_TRANSLATE_NOOP("cash", "大钞入柜"), QT_TRANSLATE_NOOP("cash", "交给店长"),
                    QT_TRANSLATE_NOOP("cash", "存银行"), QT_TRANSLATE_NOOP("cash", "其他")),
    CashKind.OPENED: (QT_TRANSLATE_NOOP("cash", "给顾客换钱"), QT_TRANSLATE_NOOP("cash", "核对零钱"),
                      QT_TRANSLATE_NOOP("cash", "刚才没放好"), QT_TRANSLATE_NOOP("cash", "其他")),
}  # fmt: skip
MENDING_REASONS = (
    QT_TRANSLATE_NOOP("cash", "按错了键"), QT_TRANSLATE_NOOP("cash", "顾客换了付法"), QT_TRANSLATE_NOOP("cash", "其他"),
)  # fmt: skip
_TENDERS: dict[TenderKind, str] = {
    TenderKind.CASH: QT_TRANSLATE_NOOP("cash", "现金"),
    TenderKind.ALIPAY: QT_TRANSLATE_NOOP("cash", "支付宝"),
    TenderKind.PREPAID_CARD: QT_TRANSLATE_NOOP("cash", "储值卡"),
    TenderKind.BANK_CARD: QT_TRANSLATE_NOOP("cash", "银行卡"),
    TenderKind.EXCHANGE: QT_TRANSLATE_NOOP("cash", "换货抵付"),
}
_FIGURES: dict[str, str] = {
    "float": QT_TRANSLATE_NOOP("cash", "备用金"),
    "sale": QT_TRANSLATE_NOOP("cash", "销售"),
    "return": QT_TRANSLATE_NOOP("cash", "退货"),
    "refund": QT_TRANSLATE_NOOP("cash", "退款"),
    "cash_back": QT_TRANSLATE_NOOP("cash", "退出现金"),
    "card_back": QT_TRANSLATE_NOOP("cash", "退回银行卡"),
    "discount": QT_TRANSLATE_NOOP("cash", "优惠"),
    "rounding": QT_TRANSLATE_NOOP("cash", "抹零"),
    "tax": QT_TRANSLATE_NOOP("cash", "其中税额"),
    "cash_in": QT_TRANSLATE_NOOP("cash", "放入现金"),
    "cash_out": QT_TRANSLATE_NOOP("cash", "支出现金"),
    "cash_drop": QT_TRANSLATE_NOOP("cash", "现金入保险柜"),
    "no_sale": QT_TRANSLATE_NOOP("cash", "开钱箱"),
    "expected": QT_TRANSLATE_NOOP("cash", "应有现金"),
    "counted": QT_TRANSLATE_NOOP("cash", "实点现金"),
    "difference": QT_TRANSLATE_NOOP("cash", "差额"),
    "unsent": QT_TRANSLATE_NOOP("cash", "还没上传"),
    "payments": QT_TRANSLATE_NOOP("cash", "还没查清的付款"),
    "refunds": QT_TRANSLATE_NOOP("cash", "还在办的退款"),
    "suspended": QT_TRANSLATE_NOOP("cash", "挂着的单"),
    "loose_cash": QT_TRANSLATE_NOOP("cash", "未完成销售的现金"),
}


def kind_words(kind: CashKind) -> tuple[str, str]:
    """Return what a move is called, and what it is for."""
    name, purpose = _KINDS[kind]
    return _say(name), _say(purpose)


def reasons_of(kind: CashKind) -> list[str]:
    """Return the usual reasons, likeliest first."""
    return [_say(each) for each in _REASONS[kind]]


def mending_reasons() -> list[str]:
    """Return the usual reasons for a wrong tender, likeliest first."""
    return [_say(each) for each in MENDING_REASONS]


def tender_words(kind: TenderKind) -> str:
    """Return what a way to pay is called."""
    return _say(_TENDERS[kind])


def figure_words(key: str) -> str:
    """Return what a row of a shift's report is called."""
    known = {kind.value: kind for kind in TenderKind}
    return tender_words(known[key]) if key in known else _say(_FIGURES[key])


def _say(text: str) -> str:
    return QCoreApplication.translate("cash", text)

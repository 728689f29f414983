"""Words of the figures: what each is called, what it means, and how it reads beside what it was."""

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import QCoreApplication

from pos.domain.daybook import Change, Tally
from pos.domain.money import ZERO, Money, divide_half_up
from pos.domain.sale import TenderKind
from pos.domain.staff import Role
from pos.domain.unusual import Happening, Unusual
from pos.till.figures.today import Figure
from ui.messages import QT_TRANSLATE_NOOP

_FIGURES: dict[Figure, tuple[str, str]] = {
    Figure.NET: (QT_TRANSLATE_NOOP("manager", "净销售额"),
                 QT_TRANSLATE_NOOP("manager", "卖出的（含税，已去折扣和抹零）减去退款、退货")),
    Figure.SALES: (QT_TRANSLATE_NOOP("manager", "笔数"),
                   QT_TRANSLATE_NOOP("manager", "完成的销售；退款不算，也不减")),
    Figure.AVERAGE: (QT_TRANSLATE_NOOP("manager", "客单价"),
                     QT_TRANSLATE_NOOP("manager", "卖出的 ÷ 笔数；退款不减")),
    Figure.UNITS_PER_SALE: (QT_TRANSLATE_NOOP("manager", "连带率"),
                            QT_TRANSLATE_NOOP("manager", "件数 ÷ 笔数；称重的一行算一件")),
    Figure.BACK: (QT_TRANSLATE_NOOP("manager", "退款退货"),
                  QT_TRANSLATE_NOOP("manager", "这一天退回去的钱，不管是哪天卖的")),
    Figure.DISCOUNT_RATE: (QT_TRANSLATE_NOOP("manager", "折扣率"),
                           QT_TRANSLATE_NOOP("manager", "让利 ÷ 折扣前的金额；促销和手工都算")),
    Figure.MEMBER_SHARE: (QT_TRANSLATE_NOOP("manager", "会员占比"),
                          QT_TRANSLATE_NOOP("manager", "有会员的笔数 ÷ 笔数")),
    Figure.MARGIN_RATE: (QT_TRANSLATE_NOOP("manager", "毛利率"),
                         QT_TRANSLATE_NOOP("manager", "（卖价 − 成本）÷ 卖价；只算知道成本的商品")),
}  # fmt: skip
_MONEY = frozenset({Figure.NET, Figure.AVERAGE, Figure.BACK})
_RATES = frozenset({Figure.DISCOUNT_RATE, Figure.MEMBER_SHARE, Figure.MARGIN_RATE})
_BETTER_LOW = frozenset({Figure.BACK, Figure.DISCOUNT_RATE})

_MORE = QT_TRANSLATE_NOOP("manager", "▲ 多 {by}")
_LESS = QT_TRANSLATE_NOOP("manager", "▼ 少 {by}")
_HIGHER = QT_TRANSLATE_NOOP("manager", "▲ 高 {by} 个点")
_LOWER = QT_TRANSLATE_NOOP("manager", "▼ 低 {by} 个点")
_FLAT = QT_TRANSLATE_NOOP("manager", "＝ 持平")
_NEW = QT_TRANSLATE_NOOP("manager", "上周没有")
_WAS = QT_TRANSLATE_NOOP("manager", "上周 {before}")
_AND, _THEN = QT_TRANSLATE_NOOP("manager", "、"), QT_TRANSLATE_NOOP("manager", "；")
_BEFORE = QT_TRANSLATE_NOOP("manager", "{change} · 上周 {before}")

_TENDERS: dict[TenderKind, str] = {
    TenderKind.CASH: QT_TRANSLATE_NOOP("manager", "现金"),
    TenderKind.ALIPAY: QT_TRANSLATE_NOOP("manager", "支付宝"),
    TenderKind.PREPAID_CARD: QT_TRANSLATE_NOOP("manager", "储值卡"),
    TenderKind.EXCHANGE: QT_TRANSLATE_NOOP("manager", "换货抵付"),
    TenderKind.BANK_CARD: QT_TRANSLATE_NOOP("manager", "银行卡"),
}
_TALLIES: dict[Tally, str] = {
    Tally.REFUND: QT_TRANSLATE_NOOP("manager", "退款"),
    Tally.RETURN: QT_TRANSLATE_NOOP("manager", "退货"),
    Tally.VOID: QT_TRANSLATE_NOOP("manager", "付款前作废"),
    Tally.PRICE: QT_TRANSLATE_NOOP("manager", "改价"),
    Tally.DISCOUNT: QT_TRANSLATE_NOOP("manager", "手工折扣"),
    Tally.NO_SALE: QT_TRANSLATE_NOOP("manager", "空开钱箱"),
}
_UNUSUAL: dict[Unusual, str] = {
    Unusual.PRICE: QT_TRANSLATE_NOOP("manager", "改价"),
    Unusual.DISCOUNT: QT_TRANSLATE_NOOP("manager", "手工折扣"),
    Unusual.VOID: QT_TRANSLATE_NOOP("manager", "付款前作废"),
    Unusual.CART_DISCARDED: QT_TRANSLATE_NOOP("manager", "挂单作废"),
    Unusual.REFUND: QT_TRANSLATE_NOOP("manager", "退款"),
    Unusual.REFUND_IN_CASH: QT_TRANSLATE_NOOP("manager", "支付宝退不了，改退现金"),
    Unusual.REFUND_REFUSED: QT_TRANSLATE_NOOP("manager", "退款没有成功"),
    Unusual.RETURN: QT_TRANSLATE_NOOP("manager", "退货"),
    Unusual.RETURN_UNPROVEN: QT_TRANSLATE_NOOP("manager", "没有小票的退货"),
    Unusual.PAYMENT_SLOW: QT_TRANSLATE_NOOP("manager", "付款很久才有结果"),
    Unusual.PAYMENT_CANCELLED: QT_TRANSLATE_NOOP("manager", "付款撤销"),
    Unusual.ORPHAN: QT_TRANSLATE_NOOP("manager", "收了钱没有销售"),
    Unusual.CASH_IN: QT_TRANSLATE_NOOP("manager", "放入现金"),
    Unusual.CASH_OUT: QT_TRANSLATE_NOOP("manager", "取出现金"),
    Unusual.CASH_DROP: QT_TRANSLATE_NOOP("manager", "现金上缴"),
    Unusual.NO_SALE: QT_TRANSLATE_NOOP("manager", "空开钱箱"),
    Unusual.OVER_SHORT: QT_TRANSLATE_NOOP("manager", "长款短款"),
    Unusual.TENDER_CORRECTED: QT_TRANSLATE_NOOP("manager", "改付款方式"),
    Unusual.APPROVAL: QT_TRANSLATE_NOOP("manager", "店长同意"),
    Unusual.APPROVAL_REFUSED: QT_TRANSLATE_NOOP("manager", "没有得到同意"),
    Unusual.STAFF: QT_TRANSLATE_NOOP("manager", "员工变动"),
    Unusual.EPOCH: QT_TRANSLATE_NOOP("manager", "换了账本"),
    Unusual.LATE: QT_TRANSLATE_NOOP("manager", "日结以后才到"),
}
_OVER, _SHORT = QT_TRANSLATE_NOOP("manager", "长款"), QT_TRANSLATE_NOOP("manager", "短款")
_ROLES: dict[str, str] = {
    "cashier": QT_TRANSLATE_NOOP("manager", "收银员"),
    "senior": QT_TRANSLATE_NOOP("manager", "领班"),
    "manager": QT_TRANSLATE_NOOP("manager", "店长"),
}
_WEEKDAYS = (
    QT_TRANSLATE_NOOP("manager", "周一"), QT_TRANSLATE_NOOP("manager", "周二"), QT_TRANSLATE_NOOP("manager", "周三"),
    QT_TRANSLATE_NOOP("manager", "周四"), QT_TRANSLATE_NOOP("manager", "周五"), QT_TRANSLATE_NOOP("manager", "周六"),
    QT_TRANSLATE_NOOP("manager", "周日"),
)  # fmt: skip


def say(text: str, **facts: object) -> str:
    """Return a sentence of the managers' pages in the language of the screen."""
    return QCoreApplication.translate("manager", text).format(**facts)


def in_a_row(names: Iterable[str]) -> str:
    """Return names as one list."""
    return say(_AND).join(names)


def one_after_another(sentences: Iterable[str]) -> str:
    """Return sentences as one."""
    return say(_THEN).join(sentences)


def figure_name(figure: Figure) -> str:
    """Return what a figure is called."""
    return say(_FIGURES[figure][0])


def definition(figure: Figure) -> str:
    """Return what a figure is made of."""
    return say(_FIGURES[figure][1])


def figure_text(figure: Figure, value: int | None) -> str:
    """Return a figure as it is read; a dash where there is nothing to make it of."""
    if value is None:
        return "—"
    if figure in _MONEY:
        return str(Money(value))
    if figure in _RATES:
        return rate(value)
    return f"{value // 100}.{value % 100:02d}" if figure is Figure.UNITS_PER_SALE else f"{value:,}"


def whole_yuan(amount: Money) -> str:
    """Return an amount to the nearest yuan, for where there is no room for more."""
    return f"{divide_half_up(amount.fen, 100):,}"


def rate(permille: int) -> str:
    """Return thousandths as a percentage with one decimal."""
    sign, size = "-" if permille < 0 else "", abs(permille)
    return f"{sign}{size // 10}.{size % 10}%"


def change_words(figure: Figure, change: Change | None) -> str:
    """Return how a figure stands beside what it was, with an arrow and a word."""
    if change is None or not change.before:
        return say(_NEW)
    if change.permille is None:
        return say(_WAS, before=figure_text(figure, change.before))
    if change.is_flat:
        return say(_FLAT)
    is_up = change.now > change.before
    if figure in _RATES:
        by = abs(change.now - change.before)
        return say(_HIGHER if is_up else _LOWER, by=f"{by // 10}.{by % 10}")
    return say(_MORE if is_up else _LESS, by=rate(abs(change.permille)))


def beside_words(figure: Figure, change: Change | None) -> str:
    """Return how a figure stands, and what it was."""
    words = change_words(figure, change)
    if change is None or change.permille is None:
        return words
    return say(_BEFORE, change=words, before=figure_text(figure, change.before))


def is_better(figure: Figure, change: Change | None) -> bool | None:
    """Whether a change is for the good; None where it is none, or nobody can say."""
    if change is None or change.permille is None or change.is_flat:
        return None
    return (change.now < change.before) is (figure in _BETTER_LOW)


def tender_name(kind: TenderKind) -> str:
    """Return what a way to pay is called."""
    return say(_TENDERS[kind])


def tally_name(tally: Tally) -> str:
    """Return what a thing that is compared between people is called."""
    return say(_TALLIES[tally])


def unusual_name(kind: Unusual) -> str:
    """Return what an unusual thing is called."""
    return say(_UNUSUAL[kind])


def happening_name(of: Happening) -> str:
    """Return what happened; of a drawer that did not hold what it should, whether it was too much or too little."""
    if of.kind is Unusual.OVER_SHORT:
        return say(_OVER if of.amount > ZERO else _SHORT)
    return unusual_name(of.kind)


def role_name(role: Role) -> str:
    """Return what a role is called."""
    return say(_ROLES[role.value])


def weekday(day: date) -> str:
    """Return the day of the week."""
    return say(_WEEKDAYS[day.weekday()])

"""Words: what a rule says, and what speaks for and against a proposal."""

import re

from PySide6.QtCore import QCoreApplication

from pos.domain.label_doctor import Reading, Reason
from pos.domain.scale_label import ScaleRule
from ui.display import product_name, quantity_text
from ui.messages import QT_TRANSLATE_NOOP

_FIELDS = {
    "P": QT_TRANSLATE_NOOP("labels", "开头 {value}"),
    "W": QT_TRANSLATE_NOOP("labels", "货号 {size} 位"),
    "A": QT_TRANSLATE_NOOP("labels", "金额 {size} 位（{decimals} 位小数）"),
    "G": QT_TRANSLATE_NOOP("labels", "重量 {size} 位（{decimals} 位小数）"),
    "V": QT_TRANSLATE_NOOP("labels", "金额校验 1 位"),
    "C": QT_TRANSLATE_NOOP("labels", "校验 1 位"),
}
_WHOLE = QT_TRANSLATE_NOOP("labels", "{length} 位：{fields}")

_REASONS = {
    Reason.ADDS_UP: QT_TRANSLATE_NOOP("labels", "✓ 每张的金额都等于单价乘重量"),
    Reason.VERIFIED: QT_TRANSLATE_NOOP("labels", "✓ 每张的金额校验位都对"),
    Reason.WHOLE_GRAMS: QT_TRANSLATE_NOOP("labels", "✓ 每张的金额都正好是整克数的价钱，碰巧的可能很小"),
    Reason.STEPS: QT_TRANSLATE_NOOP("labels", "✓ 重量都是 5 克的倍数，像秤的读数"),
    Reason.ONE_OLD_PRICE: QT_TRANSLATE_NOOP("labels", "⚠ 有一张的金额不等于单价乘重量：秤里可能是旧价"),
    Reason.NO_CHECK: QT_TRANSLATE_NOOP("labels", "⚠ 最后一位校验不了，扫错了也看不出来"),
    Reason.PREFIX_GUESSED: QT_TRANSLATE_NOOP("labels", "⚠ 秤上的货号比店里的短，前面的数字是补上的"),
    Reason.WIDE_PREFIX: QT_TRANSLATE_NOOP("labels", "⚠ 开头只看 1 位，别的店内码也会当成秤标签"),
    Reason.UNUSUAL_DECIMALS: QT_TRANSLATE_NOOP("labels", "⚠ 小数位数少见"),
    Reason.NOT_WHOLE_GRAMS: QT_TRANSLATE_NOOP("labels", "⚠ 有的金额不是任何整克数的价钱，多半读错了"),
}
_COMPARE = QT_TRANSLATE_NOOP("labels", "请对照秤标签上印的重量和金额，都对才采用")


def rule_words(rule: ScaleRule) -> str:
    """Return what a rule says, field by field."""
    told = []
    for found in re.finditer(r"(.)\1*", rule.layout):
        letter = found[1]
        decimals = rule.amount_decimals if letter == "A" else rule.weight_decimals
        value = "/".join(rule.prefixes)
        told.append(_say(_FIELDS[letter]).format(size=len(found[0]), decimals=decimals, value=value))
    return _say(_WHOLE).format(length=len(rule.layout), fields=" · ".join(told))


def reason_words(reasons: tuple[Reason, ...]) -> str:
    """Return what speaks for a proposal and against it, one a line, and what to do."""
    return "\n".join([*(_say(_REASONS[reason]) for reason in reasons), _say(_COMPARE)])


def reading_words(reading: Reading) -> tuple[str, str, str, str]:
    """Return a label's goods, their price, and the weight and amount it is read as."""
    amount = reading.weighed.amount or reading.weighed.quantity.cost(reading.product.price)
    told = str(amount)
    if mismatch := reading.weighed.mismatch:
        told = f"⚠ {mismatch.on_label} ≠ {mismatch.by_price}"
    return product_name(reading.product), f"{reading.product.price}/kg", quantity_text(reading.weighed.quantity), told


def _say(text: str) -> str:
    return QCoreApplication.translate("labels", text)

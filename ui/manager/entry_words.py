"""Entry words: what an entry of the journal says, for a person to read; what only programs need is left out."""

from collections.abc import Mapping
from typing import Any

from pos.domain.entry import parse_utc
from pos.domain.money import Money
from pos.domain.slip import Pair
from ui.display import shop_time
from ui.manager.words import say
from ui.messages import QT_TRANSLATE_NOOP

_WORDS: dict[str, str] = {
    "business_day": QT_TRANSLATE_NOOP("manager", "营业日"),
    "cashier": QT_TRANSLATE_NOOP("manager", "收银员"),
    "actor": QT_TRANSLATE_NOOP("manager", "谁做的"),
    "approver": QT_TRANSLATE_NOOP("manager", "谁同意"),
    "amount_fen": QT_TRANSLATE_NOOP("manager", "金额"),
    "total_fen": QT_TRANSLATE_NOOP("manager", "合计"),
    "float_fen": QT_TRANSLATE_NOOP("manager", "备用金"),
    "expected_fen": QT_TRANSLATE_NOOP("manager", "应有现金"),
    "counted_fen": QT_TRANSLATE_NOOP("manager", "实点现金"),
    "lines": QT_TRANSLATE_NOOP("manager", "几行"),
    "percent": QT_TRANSLATE_NOOP("manager", "百分比"),
    "reason": QT_TRANSLATE_NOOP("manager", "原因"),
    "receipt_no": QT_TRANSLATE_NOOP("manager", "小票"),
    "return_no": QT_TRANSLATE_NOOP("manager", "退货单"),
    "out_trade_no": QT_TRANSLATE_NOOP("manager", "付款单号"),
    "trade_no": QT_TRANSLATE_NOOP("manager", "支付宝单号"),
    "number": QT_TRANSLATE_NOOP("manager", "工号"),
    "name": QT_TRANSLATE_NOOP("manager", "姓名"),
    "moved_at": QT_TRANSLATE_NOOP("manager", "时间"),
    "changed_at": QT_TRANSLATE_NOOP("manager", "时间"),
    "closed_at": QT_TRANSLATE_NOOP("manager", "时间"),
}


def fact_rows(facts: Mapping[str, Any]) -> tuple[Pair, ...]:
    """Return what an entry says, in the order a person asks: which day, who, how much, why."""
    told = ((name, facts.get(name, "")) for name in _WORDS)
    return tuple(Pair(say(_WORDS[name]), _text(name, value)) for name, value in told
                 if isinstance(value, str | int) and value != "")  # fmt: skip


def _text(name: str, value: str | int) -> str:
    if name.endswith("_fen"):
        return str(Money(int(value)))
    return shop_time(parse_utc(str(value))) if name.endswith("_at") else str(value)

"""What pricing is asked and what it answers; ``pos.domain.pricing`` is the door."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from pos.domain.money import Money
from pos.domain.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Good:
    """One line as pricing sees it.

    Attributes:
        category: the shelf, as the product has it.
        price: of one piece or one kilogram, before any rule.
        amount: what the line costs before any rule; a scale label may fix it.
        is_fixed: its price was set by hand, so no rule touches it and it counts for none.
    """

    line_no: int
    sku: str
    category: str
    quantity: Quantity
    price: Money
    amount: Money
    is_fixed: bool = False


@dataclass(frozen=True, slots=True)
class Occasion:
    """When, where and to whom something is sold.

    Attributes:
        at: the shop's own time, without a zone.
        member: the member's level; empty for nobody.
        coupons: the codes of the coupons that were scanned.
    """

    at: datetime
    store: str
    member: str = ""
    coupons: tuple[str, ...] = ()


class Reduction(NamedTuple):
    """What one rule takes off one line; a tuple, as a long cart has hundreds.

    Attributes:
        rule: the rule's id; empty for what a cashier took off by hand.
        kind: the rule's kind; ``manual_line`` or ``manual_order`` for what a cashier took off.
        name: the rule's words for screen and receipt.
        amount: more than nothing.
    """

    line_no: int
    rule: str
    kind: str
    name: str
    name_en: str
    amount: Money


@dataclass(frozen=True, slots=True)
class Priced:
    """What the rules take off, in line order; never more of a line than it costs."""

    reductions: tuple[Reduction, ...] = ()
    used_coupons: tuple[str, ...] = ()

"""Staff: who may do what at a till, and how far."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from pos.domain.money import ZERO, Money


class Role(StrEnum):
    """What a person is at the counter."""

    CASHIER = "cashier"
    SENIOR = "senior"
    MANAGER = "manager"


class Act(StrEnum):
    """What not everybody may do, or not to any extent; whatever is not here, a cashier does alone."""

    DISCOUNT = "discount"
    PRICE = "price"
    REFUND = "refund"
    RETURN_WITHOUT_RECEIPT = "return_without_receipt"
    CASH_IN = "cash_in"
    CASH_OUT = "cash_out"
    CASH_DROP = "cash_drop"
    NO_SALE = "no_sale"
    CORRECT_TENDER = "correct_tender"
    DISCARD_CART = "discard_cart"
    END_ORPHAN = "end_orphan"
    MATCH_BILL = "match_bill"
    CHANGE_STAFF = "change_staff"
    CHANGE_STORE = "change_store"
    SEE_FIGURES = "see_figures"
    CLOSE_DAY = "close_day"
    TRAIN = "train"


@dataclass(frozen=True, slots=True)
class Limit:
    """How far a role goes alone; None is as far as there is to go.

    Attributes:
        amount: at one time; of discounts and prices, of one sale.
        percent: off any one line.
    """

    amount: Money | None = None
    percent: int | None = None

    def covers(self, amount: Money = ZERO, percent: int = 0) -> bool:
        """Whether this much is within it."""
        return (self.amount is None or amount <= self.amount) and (self.percent is None or percent <= self.percent)


ANY = Limit()
Limits = Mapping[Role, Mapping[Act, Limit]]

_CASHIER: dict[Act, Limit] = {
    Act.DISCOUNT: Limit(Money(5_000), 30),
    Act.PRICE: Limit(Money(5_000), 30),
    Act.CASH_IN: ANY,
    Act.CASH_DROP: ANY,
    Act.DISCARD_CART: Limit(Money(50_000)),
}
_SENIOR: dict[Act, Limit] = _CASHIER | {
    Act.DISCOUNT: Limit(Money(20_000), 50),
    Act.PRICE: Limit(Money(20_000), 50),
    Act.REFUND: Limit(Money(20_000)),
    Act.CASH_OUT: Limit(Money(20_000)),
    Act.NO_SALE: ANY,
    Act.CORRECT_TENDER: Limit(Money(20_000)),
    Act.DISCARD_CART: ANY,
}
USUAL_LIMITS: Limits = {Role.CASHIER: _CASHIER, Role.SENIOR: _SENIOR, Role.MANAGER: dict.fromkeys(Act, ANY)}
"""How far each role goes alone, and may let others go, where the store's rules say nothing else (``limits.py``)."""

MAY: dict[Role, frozenset[Act]] = {role: frozenset(limits) for role, limits in USUAL_LIMITS.items()}
"""What each role may do at all, to some extent; what no limit is about, for the screen."""


@dataclass(frozen=True, slots=True)
class Cashier:
    """A person signed in at the till; ``number`` is what they type."""

    number: str
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class By:
    """Who does something, and who else said yes to it (None when nobody had to)."""

    actor: Cashier
    approver: Cashier | None = None

    @property
    def approver_number(self) -> str:
        """The approver's number; empty when there is none."""
        return self.approver.number if self.approver else ""

    @property
    def numbers(self) -> tuple[str, str]:
        """The numbers of both."""
        return self.actor.number, self.approver_number

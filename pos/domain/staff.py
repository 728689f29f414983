"""Staff: who may do what at a till."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person is at the counter."""

    CASHIER = "cashier"
    MANAGER = "manager"


class Act(StrEnum):
    """What not everybody may do; whatever is not here, a cashier does alone."""

    REFUND = "refund"
    RETURN_WITHOUT_RECEIPT = "return_without_receipt"
    END_ORPHAN = "end_orphan"
    MATCH_BILL = "match_bill"
    CHANGE_STAFF = "change_staff"
    CHANGE_STORE = "change_store"
    SEE_FIGURES = "see_figures"
    CLOSE_DAY = "close_day"
    TRAIN = "train"


MAY: dict[Role, frozenset[Act]] = {Role.CASHIER: frozenset(), Role.MANAGER: frozenset(Act)}
"""What each role may do, or approve when somebody else does it."""


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

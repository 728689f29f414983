"""Staff: who may do what at a till."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person is at the counter."""

    CASHIER = "cashier"
    MANAGER = "manager"


@dataclass(frozen=True, slots=True)
class Cashier:
    """A person signed in at the till; ``number`` is what they type."""

    number: str
    name: str
    role: Role

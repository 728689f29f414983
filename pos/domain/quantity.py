"""Quantity: whole pieces or whole grams."""

from dataclasses import dataclass
from enum import StrEnum

from pos.domain.errors import QuantityOutOfRange
from pos.domain.money import Money, divide_half_up


class Unit(StrEnum):
    """What one price buys: a piece, or a kilogram that is weighed in grams."""

    PIECE = "piece"
    GRAM = "gram"


LIMIT = {Unit.PIECE: 9_999, Unit.GRAM: 999_999}
"""The largest quantity of one line, by unit."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """1..``LIMIT[unit]`` pieces or grams.

    Raises:
        QuantityOutOfRange: the amount lies outside that range.
    """

    amount: int
    unit: Unit = Unit.PIECE

    def __post_init__(self) -> None:
        assert type(self.amount) is int, self.amount
        limit = LIMIT[self.unit]
        if not 1 <= self.amount <= limit:
            raise QuantityOutOfRange(limit=limit)

    def __add__(self, other: "Quantity") -> "Quantity":
        assert self.unit is other.unit, (self, other)
        return Quantity(self.amount + other.amount, self.unit)

    def cost(self, price: Money) -> Money:
        """What this much costs at a price for one piece or one kilogram, to the nearest fen."""
        if self.unit is Unit.PIECE:
            return Money(price.fen * self.amount)
        return Money(divide_half_up(price.fen * self.amount, 1000))

    def __str__(self) -> str:
        if self.unit is Unit.PIECE:
            return str(self.amount)
        return f"{self.amount // 1000}.{self.amount % 1000:03d} kg"


ONE = Quantity(1)

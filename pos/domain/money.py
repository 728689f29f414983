"""Money: whole fen, never a float."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from pos.domain.errors import AmountOutOfRange, BadNumber

LIMIT_FEN = 10_000_000_000
"""One hundred million yuan: the largest ``total_amount`` Alipay takes (facts: Price(11))."""

_YUAN = re.compile(r"(?P<sign>-?)(?P<yuan>[0-9]{1,9})(?:\.(?P<fen>[0-9]{1,2}))?", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount of renminbi in whole fen, within ±``LIMIT_FEN``.

    Raises:
        AmountOutOfRange: the amount lies outside the limit.
    """

    fen: int

    def __post_init__(self) -> None:
        assert type(self.fen) is int, self.fen
        if not -LIMIT_FEN <= self.fen <= LIMIT_FEN:
            raise AmountOutOfRange(limit_fen=LIMIT_FEN)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read yuan as people type them: ``12``, ``12.5``, ``-12.50``.

        Raises:
            BadNumber: the text is anything else.
        """
        found = _YUAN.fullmatch(text)
        if found is None:
            raise BadNumber(text=text[:20])
        fen = int(found["yuan"]) * 100 + int((found["fen"] or "0").ljust(2, "0"))
        return cls(-fen if found["sign"] else fen)

    def __add__(self, other: "Money") -> "Money":
        return Money(self.fen + other.fen)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.fen - other.fen)

    def __neg__(self) -> "Money":
        return Money(-self.fen)

    def __bool__(self) -> bool:
        return self.fen != 0

    @property
    def yuan(self) -> str:
        """The amount as gateways write it: ``-1234.50``, no separators, two decimals."""
        sign = "-" if self.fen < 0 else ""
        whole, part = divmod(abs(self.fen), 100)
        return f"{sign}{whole}.{part:02d}"

    def __str__(self) -> str:
        sign = "-" if self.fen < 0 else ""
        whole, part = divmod(abs(self.fen), 100)
        return f"{sign}¥{whole:,}.{part:02d}"


ZERO = Money(0)


def divide_half_up(dividend: int, divisor: int) -> int:
    """Return ``dividend / divisor`` rounded to the nearest whole number, halves away from zero."""
    assert divisor > 0, divisor
    sign = -1 if dividend < 0 else 1
    return sign * ((2 * abs(dividend) + divisor) // (2 * divisor))


def share_out(whole: int, weights: Sequence[int]) -> list[int]:
    """Split a whole number by weight, to the last one of it: the largest remainders get what rounding leaves.

    While ``whole`` is no more than the weights together, no share is more than its weight; of equal remainders the
    first come first.
    """
    assert whole >= 0, whole
    assert not weights or min(weights) >= 0, weights
    if not whole:
        return [0] * len(weights)
    together = sum(weights)
    if len(weights) == 2:  # most often, and then the larger remainder is half and more
        first = (2 * whole * weights[0] + together) // (2 * together)
        return [first, whole - first]
    shares = [whole * weight // together for weight in weights]
    left = whole - sum(shares)
    if left:
        remainders = [whole * weight % together for weight in weights]
        for place in sorted(range(len(weights)), key=remainders.__getitem__, reverse=True)[:left]:
            shares[place] += 1
    return shares

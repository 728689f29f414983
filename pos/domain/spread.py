"""Spreading an amount over parts, fen by fen."""

from collections.abc import Sequence


def spread(amount: int, weights: Sequence[int]) -> list[int]:
    """Split ``amount`` in the ratio of ``weights`` by largest remainder; of like remainders the earlier goes first.

    No part gets more than its weight as long as the amount is not more than all weights together.
    """
    whole = sum(weights)
    assert amount >= 0, amount
    if not amount:
        return [0] * len(weights)
    assert whole > 0, weights
    parts = [amount * weight // whole for weight in weights]
    left = amount - sum(parts)
    if left:
        served = sorted(range(len(weights)), key=lambda place: (-(amount * weights[place] % whole), place))
        for place in served[:left]:
            parts[place] += 1
    return parts

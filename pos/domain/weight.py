"""Weight: what a scale says, and what of it is goods."""

from dataclasses import dataclass

from pos.domain.errors import GramsOrKilograms, ScaleBelowZero, ScaleUnstable, TareTooHeavy, TooHeavyByHand

BY_HAND_MAX_G = 60_000
"""Scales for a counter end at 15 or 30 kg, platforms beside one at 60; what is heavier is sooner a wrong key."""


@dataclass(frozen=True, slots=True)
class Weight:
    """What a scale shows, in grams; below zero when what was on it at zero has been taken away."""

    grams: int
    is_stable: bool


def settled(weight: Weight) -> int:
    """Return the grams of a weight that can be sold by.

    Raises:
        ScaleUnstable, ScaleBelowZero: it cannot be.
    """
    if not weight.is_stable:
        raise ScaleUnstable
    if weight.grams <= 0:
        raise ScaleBelowZero
    return weight.grams


def by_hand(grams: int) -> int:
    """Return a weight that somebody typed.

    Raises:
        TooHeavyByHand: no scale beside a counter has shown it.
    """
    if grams > BY_HAND_MAX_G:
        raise TooHeavyByHand(limit_kg=BY_HAND_MAX_G // 1000)
    return grams


def whole_grams(number: int) -> int:
    """Return a whole number that somebody typed, as grams.

    Raises:
        GramsOrKilograms: it is so small that kilograms may be meant.
        TooHeavyByHand: no scale beside a counter has shown it.
    """
    if 0 < number <= BY_HAND_MAX_G // 1000:
        raise GramsOrKilograms(number=number, kilos=f"{number / 1000:.3f}")
    return by_hand(number)


def net(gross_g: int, tare_g: int) -> int:
    """Return what is left of a weight without its wrapping.

    Raises:
        TareTooHeavy: nothing is.
    """
    assert tare_g >= 0, tare_g
    if tare_g >= gross_g:
        raise TareTooHeavy(tare_g=tare_g, gross_g=gross_g)
    return gross_g - tare_g

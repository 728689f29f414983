"""Weight: what a scale says, and what of it is goods."""

from dataclasses import dataclass

from pos.domain.errors import ScaleBelowZero, ScaleUnstable, TareTooHeavy


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


def net(gross_g: int, tare_g: int) -> int:
    """Return what is left of a weight without its wrapping.

    Raises:
        TareTooHeavy: nothing is.
    """
    assert tare_g >= 0, tare_g
    if tare_g >= gross_g:
        raise TareTooHeavy(tare_g=tare_g, gross_g=gross_g)
    return gross_g - tare_g

"""Hands: what the counter works with."""

from dataclasses import dataclass

from pos.domain.errors import PosError
from pos.till.till import Till
from ui.lane import Lane
from ui.sounds import Sounds


@dataclass(frozen=True, slots=True)
class Hands:
    """What the counter works with: a till to read, two lanes to write and to ask, and sounds.

    Attributes:
        alipay_trouble: why an account that is set up cannot be used; cash goes on.
    """

    till: Till
    lane: Lane[Till]
    payments: Lane[Till]
    sounds: Sounds
    alipay_trouble: PosError | None = None

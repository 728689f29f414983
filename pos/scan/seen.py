"""What passes between the parts of the eye: frames, texts seen in one of them, readings that count."""

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from pos.domain.code import read_code

Frame: TypeAlias = NDArray[np.uint8]
"""A picture in blue, green, red: height x width x 3, whole bytes, contiguous."""
Gray: TypeAlias = NDArray[np.uint8]
"""A picture in gray: height x width, whole bytes, contiguous."""
Corners: TypeAlias = tuple[tuple[int, int], ...]
"""Four points (x, y) round a code, in pixels of the frame it was found in."""


class Symbology(StrEnum):
    """The kinds of bar code a till reads."""

    EAN13 = "EAN-13"
    EAN8 = "EAN-8"
    UPCA = "UPC-A"
    UPCE = "UPC-E"
    CODE128 = "Code 128"
    QR = "QR"

    @property
    def is_weak(self) -> bool:
        """Whether parts of other codes are often taken for it, so that it needs more looks."""
        return self in {Symbology.EAN8, Symbology.UPCE}


@dataclass(frozen=True, slots=True, repr=False)
class Seen:
    """A text that one library found in one frame; nothing to act on yet.

    Attributes:
        text: an EAN-13 has 13 digits, a UPC-A 12, a UPC-E the 12 digits it stands for.
        library: who read it: ``zxing`` or ``zbar``.
    """

    text: str
    symbology: Symbology
    corners: Corners
    library: str

    def __repr__(self) -> str:
        return f"Seen({read_code(self.text).masked}, {self.symbology}, {self.library})"

    @property
    def middle(self) -> tuple[float, float]:
        """The point between the corners, in pixels."""
        count = len(self.corners)
        return sum(x for x, _ in self.corners) / count, sum(y for _, y in self.corners) / count

    @property
    def span(self) -> float:
        """The longest distance between two corners, in pixels."""
        return max(math.dist(one, other) for one in self.corners for other in self.corners)

    def is_apart_from(self, other: "Seen") -> bool:
        """Whether the two lie on different labels of one frame.

        An EAN-13 is 95 modules long, and two labels cannot come nearer than about 70 modules; what
        is closer is a second reading of the same bars.
        """
        return math.dist(self.middle, other.middle) > 0.6 * max(self.span, other.span)


@dataclass(frozen=True, slots=True, repr=False)
class Reading:
    """A text that has been seen often enough to count, handed over once.

    Attributes:
        corners: where it was last seen, in pixels of the camera's frame.
        is_weak: read from EAN-8 or UPC-E; act on it only when the catalogue knows it.
    """

    text: str
    symbology: Symbology
    corners: Corners

    @property
    def is_weak(self) -> bool:
        """Whether it is EAN-8 or UPC-E, to be acted on only when the catalogue knows it."""
        return self.symbology.is_weak

    def __repr__(self) -> str:
        return f"Reading({read_code(self.text).masked}, {self.symbology})"

"""Motion: whether anything in view changed, so that an empty counter costs next to nothing."""

import math

import numpy as np

from pos.scan.frame import Frame, Gray
from pos.scan.opencv import load

WIDTH = 160
"""Small enough to cost a third of a millisecond; one pixel is 2 mm of a counter 30 cm wide."""
LEVELS = 8
"""A pixel this much lighter or darker has changed: averaged so far down, a noisy sensor moves one by 1 or 2."""
PIXELS = 2
"""So many changed pixels are movement; one alone may be a spark of the sensor."""


class Motion:
    """Holds each picture against the last one that was different, so that what creeps counts, too.

    Attributes:
        moved_at: when something last moved, on the clock handed in.
    """

    def __init__(self) -> None:
        """Start with nothing seen; the first picture is movement."""
        self.moved_at = -math.inf
        self._before: Gray | None = None

    def note(self, pixels: Frame, at: float) -> bool:
        """Take a preview and return whether anything moved."""
        small = _small(pixels)
        has_moved = self._before is None or _differ(self._before, small)
        if has_moved:
            self._before, self.moved_at = small, at
        return has_moved


def _small(pixels: Frame) -> Gray:
    cv2 = load()
    height, width = pixels.shape[:2]
    size = min(WIDTH, width), max(round(height * min(WIDTH / width, 1)), 1)
    return np.asarray(cv2.resize(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), size, interpolation=cv2.INTER_AREA))


def _differ(before: Gray, after: Gray) -> bool:
    if before.shape != after.shape:
        return True
    return int(np.count_nonzero(load().absdiff(before, after) >= LEVELS)) >= PIXELS

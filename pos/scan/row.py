"""Row: the averaged rows of a label as one, and what it is between its samples."""

from dataclasses import dataclass

import numpy as np

from pos.scan.opencv import load
from pos.scan.pattern import Floats

FINE = 8
"""Samples laid into each: the nearest of them is as good as a mixture of two, and a fifth of the work."""


@dataclass(frozen=True, slots=True)
class Row:
    """Brightness along the bars, dark high.

    Attributes:
        values: one row of samples.
        fine: the same with ``FINE`` in the place of each.
    """

    values: Floats
    fine: Floats

    def at(self, places: Floats) -> Floats:
        """Return what it is at places, in samples; beyond its ends it goes on as it ends."""
        found: Floats = self.fine.take((places * FINE + FINE // 2).astype(np.int32), mode="clip")
        return found


def row_of(values: Floats) -> Row:
    """Return one row of samples as a row."""
    fine = load().resize(values, None, fx=FINE, fy=1, interpolation=load().INTER_LINEAR)
    return Row(values, fine.ravel())


def flattened(row: Row, share: float) -> Row:
    """Return a row from 0 (white) to 1 (black), each the lightest and darkest within a share of its length."""
    cv2, values = load(), row.values
    reach = max(9, int(values.size * share)) | 1
    window = np.ones((1, reach), np.uint8)
    high = cv2.blur(cv2.dilate(values, window), (reach, 1))
    low = cv2.blur(cv2.erode(values, window), (reach, 1))
    return row_of((values - low) / np.maximum(high - low, 12))

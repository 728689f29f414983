"""Frames: the pictures that pass between the parts of the eye."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from pos.scan.packed import Picture

Frame: TypeAlias = NDArray[np.uint8]
"""A picture in blue, green, red: height x width x 3, whole bytes, contiguous."""
Gray: TypeAlias = NDArray[np.uint8]
"""A picture in gray: height x width, whole bytes, contiguous."""


@dataclass(frozen=True, slots=True)
class Shot:
    """A frame and when it was taken, in seconds of a clock that never jumps."""

    frame: Picture
    at: float

"""Hints: what a person can do so that the camera sees better.

Each is told late and taken back late, or it would flicker.
"""

import math
import zlib

import numpy as np

from pos.scan.frame import Frame, Gray
from pos.scan.opencv import load
from pos.scan.packed import Picture, gray_of
from pos.scan.report import Hint

EVERY_S = 0.5
"""Often enough for a person; each look costs 3 to 7 ms."""

DARK, LIGHT = 40, 50
"""Told when 95 of 100 pixels are darker than the first, taken back when no more than the second.

A black mat under a good lamp lies near 57: it gives back a sixteenth of what white paper does, and the camera's curve
(gamma 2.2) makes that a quarter of 200. So darker than 40 is the lamp and not the mat.
"""
DARK_FOR_S, LIGHT_FOR_S = 2.0, 1.0

SAME_FOR_S = 5.0
"""A live sensor has noise in each frame; so long without a change of one single pixel is a driver that hangs."""

EDGE = 60
"""Steps of grey within 17 pixels that make an edge: print on paper has 100 to 200."""
EDGES = 200
"""Fewer places with an edge are an empty counter, whose sharpness cannot be told."""
BLURRED, SHARP = 0.42, 0.50
"""How steep the steepest edges are: the largest step over 2 pixels, as a share of the edge's height.

Measured: a label at 1080p over 30 cm, whose bars are 2.1 pixels wide, has 0.9; smeared by a spread of 2.5 pixels 0.55,
of 4 pixels 0.43, of 6 pixels 0.27. Of 560 photographs of codes those out of focus have 0.37 to 0.43, nearly all others
0.48 and more.
"""
BLURRED_FOR_S, SHARP_FOR_S = 4.0, 1.0
"""Longer than a lens takes to focus on what was just laid down."""

_REACH = 16
_ROWS_AVERAGED = 4


class Hints:
    """Looks at a frame now and then; the clock is handed in.

    Attributes:
        hint: what to tell now.
    """

    def __init__(self) -> None:
        """Start with nothing to tell."""
        self.hint = Hint.NONE
        self._due = -math.inf
        self._last = 0
        self._dark = _Lasting(DARK_FOR_S, LIGHT_FOR_S)
        self._frozen = _Lasting(SAME_FOR_S, 0.0)
        self._blurred = _Lasting(BLURRED_FOR_S, SHARP_FOR_S)

    def note(self, frame: Picture, pixels: Frame, at: float, *, is_still: bool) -> Hint:
        """Return what to tell now.

        Args:
            frame: as the camera gave it; sharpness is lost in a smaller one.
            pixels: its preview.
            is_still: whether nothing moves; what moves is smeared and says nothing about the lens.
        """
        if at >= self._due:
            self._due = at + EVERY_S
            self.hint = self._look(frame, pixels, at, is_still=is_still)
        return self.hint

    def _look(self, frame: Picture, pixels: Frame, at: float, *, is_still: bool) -> Hint:
        lightest = float(np.percentile(pixels[::4, ::4, 1], 95))
        dark = self._dark.note(at, claim=_is_below(lightest, DARK, LIGHT))
        last, self._last = self._last, zlib.crc32(pixels)
        frozen = self._frozen.note(at, claim=self._last == last)
        gray = gray_of(frame) if is_still and not dark else None
        sharpness = None if gray is None else sharpness_of(gray)
        is_blurred = None if sharpness is None else _is_below(sharpness, BLURRED, SHARP)
        blurred = self._blurred.note(at, claim=is_blurred)
        told = {Hint.MORE_LIGHT: dark, Hint.FROZEN: frozen, Hint.CLEAN_LENS: blurred}
        return next((hint for hint, is_told in told.items() if is_told), Hint.NONE)


class _Lasting:
    """A claim believed after it has held for a while, and until it has been denied for a while."""

    def __init__(self, held_s: float, denied_s: float) -> None:
        self._held_s, self._denied_s = held_s, denied_s
        self._is_believed = False
        self._since: float | None = None

    def note(self, at: float, *, claim: bool | None) -> bool:
        """Take the claim (None: cannot be told, or between the two limits) and return what is believed."""
        if claim is None or claim is self._is_believed:
            self._since = None
            return self._is_believed
        self._since = at if self._since is None else self._since
        if at - self._since >= (self._held_s if claim else self._denied_s):
            self._is_believed, self._since = claim, None
        return self._is_believed


def _is_below(value: float, low: float, high: float) -> bool | None:
    return value < low if value < low or value > high else None


def sharpness_of(gray: Gray) -> float | None:
    """Return how steep the steepest edges are, 0..1; None when there are too few to tell."""
    cv2 = load()
    height, width = gray.shape
    if width <= 2 * _REACH:
        return None
    size = width, max(height // _ROWS_AVERAGED, 1)
    rows: Gray = cv2.resize(gray, size, interpolation=cv2.INTER_AREA)
    around = np.ones((1, _REACH + 1), np.uint8)
    edges = cv2.subtract(cv2.dilate(rows, around), cv2.erode(rows, around))[:, 1:-1]
    steps = cv2.dilate(cv2.absdiff(rows[:, 2:], rows[:, :-2]), around[:, 2:])
    strong = edges >= EDGE
    if int(np.count_nonzero(strong)) < EDGES:
        return None
    return float(np.percentile(steps[strong] / edges[strong].astype(np.float32), 95))

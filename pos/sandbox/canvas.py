"""Canvas: a sheet to draw a thing on with OpenCV, larger than needed, then reduced so that edges are soft."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pos.sandbox.bars import Row
from pos.scan.frame import Frame, Gray
from pos.scan.opencv import load

Colour = tuple[int, int, int]
"""Blue, green, red, 0..255 each."""
Place = tuple[float, float]
"""From the left and from the top, as shares of the canvas."""
Outline = tuple[Place, ...]
"""The corners of a thing, in order."""

WHITE: Colour = (238, 240, 240)
INK: Colour = (34, 32, 32)
FINE = 2
"""How many times larger a thing is drawn than it will be."""

_ENLARGED = 16


@dataclass(frozen=True, slots=True)
class Picture:
    """A thing seen from above.

    Attributes:
        pixels: the thing, on any ground.
        shape: 255 where the thing is, else 0; same size.
    """

    pixels: Frame
    shape: Gray


class Canvas:
    """A sheet of ``width`` x ``height`` finished pixels."""

    def __init__(self, width: int, height: int) -> None:
        """Start with an empty sheet."""
        self.width = width * FINE
        self.height = height * FINE
        self._pixels = np.zeros((self.height, self.width, 3), np.uint8)
        self._shape = np.zeros((self.height, self.width), np.uint8)

    def outline(self, points: Outline, colour: Colour) -> None:
        """Add a filled polygon to the thing."""
        cv2 = load()
        corners = np.array([self._at(point) for point in points], np.int32)
        cv2.fillPoly(self._pixels, [corners], colour, cv2.LINE_AA)
        cv2.fillPoly(self._shape, [corners], 255)

    def patch(self, middle: Place, size: Place, colour: Colour) -> None:
        """Draw a filled rectangle on the thing."""
        (across, down), (wide, high) = self._at(middle), self._at(size)
        start = across - wide // 2, down - high // 2
        load().rectangle(self._pixels, start, (start[0] + wide, start[1] + high), colour, -1)

    def write(self, text: str, middle: Place, high_px: float, colour: Colour) -> None:
        """Write Latin letters of a height in finished pixels round a point; what does not fit is made smaller."""
        cv2 = load()
        font, thick = cv2.FONT_HERSHEY_DUPLEX, max(round(high_px * FINE / 12), 1)
        (wide, high), _ = cv2.getTextSize(text, font, 1.0, thick)
        scale = min(high_px * FINE / high, self.width * 0.9 / max(wide, 1))
        across, down = self._at(middle)
        start = round(across - wide * scale / 2), round(down + high * scale / 2)
        cv2.putText(self._pixels, text, start, font, scale, colour, thick, cv2.LINE_AA)

    def modules(self, rows: Sequence[Row], middle: Place, module: Place, quiet: int) -> None:
        """Print a code on white.

        Args:
            module: width and height of one module in finished pixels.
            quiet: white modules at its left and right; as many above and below a square.
        """
        cv2 = load()
        dark = np.array(rows, dtype=bool)
        code = np.where(dark[..., None], np.array(INK), np.array(WHITE)).astype(np.uint8)
        above = quiet if len(rows) > 1 else 0
        code = cv2.copyMakeBorder(code, above, above, quiet, quiet, cv2.BORDER_CONSTANT, value=WHITE)
        size = round(code.shape[1] * module[0] * FINE), round(code.shape[0] * module[1] * FINE)
        # Enlarged by a whole number and then reduced: every bar gets its true width, whatever the module.
        code = np.repeat(code, _ENLARGED, axis=1)
        code = code if len(rows) == 1 else np.repeat(code, _ENLARGED, axis=0)
        code = cv2.resize(code, size, interpolation=cv2.INTER_AREA)
        across, down = self._at(middle)
        left, top = across - size[0] // 2, down - size[1] // 2
        self._pixels[top : top + size[1], left : left + size[0]] = code

    def finished(self) -> Picture:
        """Return the thing in its finished size."""
        cv2 = load()
        size = self.width // FINE, self.height // FINE
        pixels = cv2.resize(self._pixels, size, interpolation=cv2.INTER_AREA)
        return Picture(pixels, cv2.resize(self._shape, size, interpolation=cv2.INTER_NEAREST))

    def _at(self, point: Place) -> tuple[int, int]:
        return round(point[0] * self.width), round(point[1] * self.height)

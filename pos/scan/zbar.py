"""zbar through pyzbar: the second voter for bars, where zxing does not get through."""

from typing import Any

import numpy as np

from pos.scan.frame import Gray
from pos.scan.library import MAX_SEEN, import_library, text_of, tidy
from pos.scan.opencv import load
from pos.scan.seen import Corners, Kinds, Seen, Symbology


class Zbar:
    """zbar through pyzbar, which makes a scanner for each call: a kept one mixes the halves of two frames."""

    name = "zbar"

    def __init__(self) -> None:
        """Import the binding and its system library.

        Raises:
            DecoderMissing: one of the two is not on this machine.
        """
        self._zbar = import_library("pyzbar.pyzbar", self.name)
        of = self._zbar.ZBarSymbol
        # UPC-E must be asked for, or zbar gives it out as an EAN-13. Its DataBar writes to the terminal.
        self._wanted = {
            Kinds.BARS: [of.EAN13, of.EAN8, of.UPCA, of.UPCE, of.CODE128],
            Kinds.RARE: [of.I25, of.CODE39],
            Kinds.QR: [of.QRCODE],
        }
        self._symbologies = {
            "EAN13": Symbology.EAN13,
            "EAN8": Symbology.EAN8,
            "UPCA": Symbology.UPCA,
            "UPCE": Symbology.UPCE,
            "CODE128": Symbology.CODE128,
            "CODE39": Symbology.CODE39,
            "I25": Symbology.ITF,
            "QRCODE": Symbology.QR,
        }

    def read(self, gray: Gray, kinds: Kinds, *, is_level: bool = False) -> list[Seen]:
        """Find codes at any angle; no Data Matrix, no DataBar, no QR on a screen."""
        del is_level
        if kinds not in self._wanted:
            return []
        found = []
        for symbol in self._zbar.decode(gray, symbols=self._wanted[kinds])[:MAX_SEEN]:
            symbology = self._symbologies.get(symbol.type)
            if symbology is not None:
                found += tidy(text_of(symbol.data), symbology, _corners(symbol), self.name)
        return found


def _corners(symbol: Any) -> Corners:  # noqa: ANN401  (pyzbar is not typed)
    cv2 = load()
    points = [(point.x, point.y) for point in symbol.polygon] or [(symbol.rect.left, symbol.rect.top)]
    box = cv2.boxPoints(cv2.minAreaRect(np.array(points, dtype=np.float32)))
    return tuple((int(x), int(y)) for x, y in box)

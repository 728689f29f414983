"""zxing-cpp: asked first, and for each kind only as far as it is worth it."""

import math
from typing import Any

from pos.scan.frame import Gray
from pos.scan.library import MAX_SEEN, import_library, text_of, tidy
from pos.scan.seen import Corners, Kinds, Seen, Symbology


class Zxing:
    """zxing-cpp, with the formats of a till only: every format more costs time and wrong reads."""

    name = "zxing"

    def __init__(self, *, is_evenly_lit: bool = False) -> None:
        """Import the library.

        Args:
            is_evenly_lit: tell black from white by one threshold for the whole picture, not by each neighbourhood.

        Raises:
            DecoderMissing: it is not on this machine.
        """
        self._zxing = import_library("zxingcpp", self.name)
        of = self._zxing.BarcodeFormat
        self._symbologies = {
            of.EAN13: Symbology.EAN13,
            of.EAN8: Symbology.EAN8,
            of.UPCA: Symbology.UPCA,
            of.UPCE: Symbology.UPCE,
            of.Code128: Symbology.CODE128,
            of.Code39: Symbology.CODE39,
            of.Code39Std: Symbology.CODE39,
            of.Code39Ext: Symbology.CODE39,
            of.Code32: Symbology.CODE39,
            of.ITF: Symbology.ITF,
            of.ITF14: Symbology.ITF,
            of.DataBar: Symbology.DATABAR,
            of.DataBarOmni: Symbology.DATABAR,
            of.DataBarStk: Symbology.DATABAR,
            of.DataBarStkOmni: Symbology.DATABAR,
            of.DataBarLtd: Symbology.DATABAR_LIMITED,
            of.DataBarExp: Symbology.DATABAR_EXPANDED,
            of.DataBarExpStk: Symbology.DATABAR_EXPANDED,
            of.QRCode: Symbology.QR,
            of.QRCodeModel1: Symbology.QR,
            of.QRCodeModel2: Symbology.QR,
            of.DataMatrix: Symbology.DATA_MATRIX,
        }
        formats = self._zxing.BarcodeFormats
        self._formats = {
            Kinds.BARS: formats([of.EAN13, of.EAN8, of.UPCA, of.UPCE, of.Code128]),
            Kinds.RARE: formats([of.ITF, of.Code39, of.DataBar, of.DataBarExp, of.DataBarLtd]),
            Kinds.QR: formats([of.QRCode]),
            Kinds.MATRIX: formats([of.DataMatrix]),
        }
        thresholds = self._zxing.Binarizer
        self._options = {
            "text_mode": self._zxing.TextMode.Plain,
            "binarizer": thresholds.GlobalHistogram if is_evenly_lit else thresholds.LocalAverage,
        }

    def read(self, gray: Gray, kinds: Kinds, *, is_level: bool = False) -> list[Seen]:
        """Find codes of these kinds.

        A QR is also looked for inverted (dark screens) and in a shrunk copy, where the pixel grid of a phone is gone.
        For bars that would cost twice, and it gives most of the wrong EANs.
        """
        is_qr = kinds is Kinds.QR
        barcodes = self._zxing.read_barcodes(
            gray, self._formats[kinds], try_rotate=is_qr or not is_level, try_downscale=is_qr and not is_level,
            try_invert=is_qr, **self._options,
        )  # fmt: skip
        found = []
        for barcode in barcodes[:MAX_SEEN]:
            symbology = self._symbologies.get(barcode.format)
            if symbology is not None:
                is_gs1 = barcode.symbology_identifier in _GS1
                text = _text(barcode, symbology)
                found += tidy(text, symbology, _corners(barcode), self.name, is_gs1=is_gs1)
        return [one for place, one in enumerate(found) if not _is_mirrored(one, found[:place], gray.shape)]


_GS1 = {"]C1", "]e0", "]e1", "]e2", "]d2", "]Q3", "]J1"}
"""AIM symbology identifiers that announce GS1 element strings (GS1 General Specifications, 5.1.2)."""


def _is_mirrored(one: Seen, earlier: list[Seen], shape: tuple[int, ...]) -> bool:
    """Whether it is a DataBar seen before, read from the other end and placed where a mirror would show it.

    zxing reads each row from both ends, and at times mirrors the place of what it read: one label would count as two.
    """
    if not one.symbology.is_databar:
        return False
    height, width = shape
    (left, top), (right, bottom), *_ = one.corners
    is_level = abs(right - left) >= abs(bottom - top)
    ends = [(width - 1 - x, y) if is_level else (x, height - 1 - y) for x, y in ((left, top), (right, bottom))]
    near = 0.2 * one.span
    return any(
        other.text == one.text and all(math.dist(*pair) < near for pair in zip(ends, other.corners[:2], strict=True))
        for other in earlier
    )


def _text(barcode: Any, symbology: Symbology) -> str:  # noqa: ANN401  (the library has no stable type for it)
    text = str(barcode.text)
    if symbology is Symbology.QR and barcode.symbology_identifier in {"]Q0", "]Q1"}:
        return text_of(bytes(barcode.bytes), text)
    return text


def _corners(barcode: Any) -> Corners:  # noqa: ANN401  (the library has no stable type for it)
    place = barcode.position
    points = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
    return tuple((int(point.x), int(point.y)) for point in points)

"""Bare: each library as it comes, with everything it can do and nothing of ours: what a measurement is held against."""

from collections.abc import Callable
from typing import Any

from pos.scan.frame import Gray
from pos.scan.library import import_library, text_of
from pos.scan.opencv import load

Codes = list[tuple[str, str]]
"""Symbology, in the library's own words, and text of each code."""


def bare_readers() -> dict[str, Callable[[Gray], Codes]]:
    """Return the libraries by name.

    Raises:
        DecoderMissing: one of them is not on this machine.
    """
    return {"pyzbar": _pyzbar(), "zxing": _zxing(), "opencv": _opencv()}


def _pyzbar() -> Callable[[Gray], Codes]:
    zbar = import_library("pyzbar.pyzbar", "zbar")
    return lambda gray: [(symbol.type, text_of(symbol.data)) for symbol in zbar.decode(gray)]


def _zxing() -> Callable[[Gray], Codes]:
    zxing = import_library("zxingcpp", "zxing")
    plain = zxing.TextMode.Plain
    return lambda gray: [(code.format.name, code.text) for code in zxing.read_barcodes(gray, text_mode=plain)]


def _opencv() -> Callable[[Gray], Codes]:
    cv2 = load()
    bars, squares = cv2.barcode.BarcodeDetector(), cv2.QRCodeDetector()

    def read(gray: Gray) -> Codes:
        try:
            _, texts, kinds, _ = bars.detectAndDecodeWithType(gray)
            found = [(str(kind), str(text)) for kind, text in zip(kinds, texts, strict=True) if text]
            return found + _squares(squares, gray)
        except cv2.error:  # it refuses pictures of a few pixels
            return []

    return read


def _squares(detector: Any, gray: Gray) -> Codes:  # noqa: ANN401  (cv2 is loaded lazily)
    try:
        _, texts, _, _ = detector.detectAndDecodeMulti(gray)
    except UnicodeDecodeError:
        return []
    return [("QR", str(text)) for text in texts if text]

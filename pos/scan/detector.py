"""OpenCV's bar code detector: a third voter, for EAN and UPC only."""

from typing import Any

from pos.scan.frame import Gray
from pos.scan.library import MAX_SEEN, tidy
from pos.scan.opencv import load
from pos.scan.seen import Kinds, Seen, Symbology


class Detector:
    """OpenCV's detector. It invents EANs inside Code 128 and Code 39, so its word alone never counts."""

    name = "opencv"

    def __init__(self) -> None:
        """Make the detector.

        Raises:
            DecoderMissing: OpenCV is not on this machine.
        """
        self._detector = load().barcode.BarcodeDetector()
        self._symbologies = {"EAN_13": Symbology.EAN13, "EAN_8": Symbology.EAN8, "UPC_A": Symbology.UPCA}

    def read(self, gray: Gray, kinds: Kinds, *, is_level: bool = False) -> list[Seen]:
        """Find EAN-13, EAN-8 and UPC-A at any angle."""
        del is_level
        if kinds is not Kinds.BARS:
            return []
        is_found, texts, kinds_found, places = self._detect(gray)
        found = []
        for text, kind, corners in zip(texts, kinds_found, places, strict=True) if is_found else ():
            symbology = self._symbologies.get(kind)
            if symbology is not None:
                found += tidy(text, symbology, tuple((int(x), int(y)) for x, y in corners), self.name)
        return found[:MAX_SEEN]

    def _detect(self, gray: Gray) -> tuple[bool, Any, Any, Any]:
        try:
            found: tuple[bool, Any, Any, Any] = self._detector.detectAndDecodeWithType(gray)
        except load().error:  # it refuses pictures of a few pixels
            return False, (), (), ()
        return found

"""Reading codes from one gray frame with zxing-cpp and, as second voter, zbar.

Neither library is believed alone: both return wrong numbers with a right check digit on about
one real photograph in fifty. So this says what each of them saw; ``steady`` decides what counts.
"""

from importlib import import_module
from types import ModuleType
from typing import Any, NamedTuple, Protocol

import numpy as np

from pos.domain.code import MAX_TEXT, expand_upc_e, is_checked
from pos.domain.errors import DecoderMissing
from pos.scan.opencv import load
from pos.scan.seen import Corners, Gray, Seen, Symbology

MAX_SEEN = 32
"""Texts taken from one look; a counter holds no more labels than this."""

_RETAIL = {Symbology.EAN13, Symbology.EAN8, Symbology.UPCA, Symbology.UPCE}


class Library(Protocol):
    """A library that finds codes in a gray picture."""

    def read_bars(self, gray: Gray) -> list[Seen]:
        """Find EAN, UPC and Code 128."""

    def read_squares(self, gray: Gray) -> list[Seen]:
        """Find QR codes."""


class Zxing:
    """zxing-cpp, with the formats of a till only: every format more costs time and wrong reads."""

    name = "zxing"

    def __init__(self) -> None:
        """Import the library.

        Raises:
            DecoderMissing: it is not on this machine.
        """
        self._zxing = _import("zxingcpp", self.name)
        kinds = self._zxing.BarcodeFormat
        self._symbologies = {
            kinds.EAN13: Symbology.EAN13,
            kinds.EAN8: Symbology.EAN8,
            kinds.UPCA: Symbology.UPCA,
            kinds.UPCE: Symbology.UPCE,
            kinds.Code128: Symbology.CODE128,
            kinds.QRCode: Symbology.QR,
            kinds.QRCodeModel2: Symbology.QR,
        }
        formats = self._zxing.BarcodeFormats
        self._bars = formats([kinds.EAN13, kinds.EAN8, kinds.UPCA, kinds.UPCE, kinds.Code128])
        self._squares = formats([kinds.QRCode])

    def read_bars(self, gray: Gray) -> list[Seen]:
        """Find EAN, UPC and Code 128, lying or standing.

        Reading shrunk or inverted copies as well would cost twice and gives most of the wrong EANs.
        """
        return self._read(gray, self._bars, try_downscale=False, try_invert=False)

    def read_squares(self, gray: Gray) -> list[Seen]:
        """Find QR codes, dark screens and the pixel grid of a phone included (that needs the shrunk copy)."""
        return self._read(gray, self._squares, try_downscale=True, try_invert=True)

    def _read(self, gray: Gray, formats: object, *, try_downscale: bool, try_invert: bool) -> list[Seen]:
        plain = self._zxing.TextMode.Plain
        options = {"try_downscale": try_downscale, "try_invert": try_invert, "text_mode": plain}
        found = []
        for barcode in self._zxing.read_barcodes(gray, formats, **options)[:MAX_SEEN]:
            symbology = self._symbologies.get(barcode.format)
            if symbology is not None:
                found += _tidy(_zxing_text(barcode, symbology), symbology, _zxing_corners(barcode), self.name)
        return found


class Zbar:
    """zbar through pyzbar, which makes a scanner for each call: a kept one mixes the halves of two frames."""

    name = "zbar"

    def __init__(self) -> None:
        """Import the binding and its system library.

        Raises:
            DecoderMissing: one of the two is not on this machine.
        """
        self._zbar = _import("pyzbar.pyzbar", self.name)
        kinds = self._zbar.ZBarSymbol
        self._bars = [kinds.EAN13, kinds.EAN8, kinds.UPCA, kinds.UPCE, kinds.CODE128]
        self._squares = [kinds.QRCODE]
        # UPC-E must be asked for, or zbar gives it out as an EAN-13; it is then left out, being mostly a phantom.
        self._symbologies = {
            "EAN13": Symbology.EAN13,
            "EAN8": Symbology.EAN8,
            "UPCA": Symbology.UPCA,
            "CODE128": Symbology.CODE128,
            "QRCODE": Symbology.QR,
        }

    def read_bars(self, gray: Gray) -> list[Seen]:
        """Find EAN-13, EAN-8, UPC-A and Code 128 at any angle."""
        return self._read(gray, self._bars)

    def read_squares(self, gray: Gray) -> list[Seen]:
        """Find QR codes; not those on screens."""
        return self._read(gray, self._squares)

    def _read(self, gray: Gray, kinds: list[object]) -> list[Seen]:
        found = []
        for symbol in self._zbar.decode(gray, symbols=kinds)[:MAX_SEEN]:
            symbology = self._symbologies.get(symbol.type)
            if symbology is not None:
                found += _tidy(_text_of(symbol.data), symbology, _zbar_corners(symbol), self.name)
        return found


class Decoder:
    """The libraries that are there, asked in the order that costs least.

    Attributes:
        missing: the libraries that are not there, to be told once; the others go on.
    """

    def __init__(self) -> None:
        """Import what is there.

        Raises:
            DecoderMissing: nothing is.
        """
        self.missing: list[DecoderMissing] = []
        self._first = self._find(Zxing)
        self._second = self._find(Zbar)
        if self._first is None and self._second is None:
            raise self.missing[0]

    def _find(self, library: type[Zxing] | type[Zbar]) -> Library | None:
        try:
            return library()
        except DecoderMissing as missing:
            self.missing.append(missing)
            return None

    def read(self, gray: Gray, *, thoroughly: bool = True) -> list[Seen]:
        """Return what each library sees in one frame.

        Args:
            thoroughly: also search the whole frame with zbar when zxing found no bars; costs 10 to 50 ms
                at 720p, most on a noisy picture.
        """
        if self._first is None:
            assert self._second is not None
            return self._second.read_squares(gray) + self._second.read_bars(gray)
        squares = self._first.read_squares(gray)
        bars = self._first.read_bars(gray)
        return (squares + bars + self._second_opinion(gray, bars, thoroughly=thoroughly))[:MAX_SEEN]

    def _second_opinion(self, gray: Gray, bars: list[Seen], *, thoroughly: bool) -> list[Seen]:
        if self._second is None:
            return []
        if bars:
            parts = {_part(seen, gray) for seen in bars}
            return [again for part in sorted(parts) for again in _read_part(self._second, gray, part)]
        return self._second.read_bars(gray) if thoroughly else []


def _import(module: str, library: str) -> ModuleType:
    try:
        return import_module(module)
    except (ImportError, OSError) as reason:
        raise DecoderMissing(library=library, reason=str(reason)) from reason


def _zxing_text(barcode: Any, symbology: Symbology) -> str:  # noqa: ANN401  (the library has no stable type for it)
    names_its_charset = barcode.symbology_identifier not in {"]Q0", "]Q1"}
    if symbology is not Symbology.QR or names_its_charset:
        return str(barcode.text)
    return _text_of(bytes(barcode.bytes), str(barcode.text))


def _text_of(raw: bytes, guess: str = "") -> str:
    """Chinese from the bytes: a library's own guess takes GB18030 for Japanese or Latin.

    The guess is kept only where it finds kana in what cannot be plain GB 2312.
    """
    for charset in ("utf-8", "gb2312"):
        text = _try(raw, charset)
        if text is not None:
            return text
    if any("\u3041" <= letter <= "\u30ff" for letter in guess):
        return guess
    return _try(raw, "gb18030") or raw.decode("latin-1")


def _try(raw: bytes, charset: str) -> str | None:
    try:
        return raw.decode(charset)
    except UnicodeDecodeError:
        return None


def _tidy(text: str, symbology: Symbology, corners: Corners, library: str) -> list[Seen]:
    text = text.strip()[:MAX_TEXT]
    if symbology in _RETAIL:
        text, symbology = _as_printed(text, symbology)
        if not _is_retail_number(text):
            return []
    return [Seen(text, symbology, corners, library)] if text else []


def _as_printed(text: str, symbology: Symbology) -> tuple[str, Symbology]:
    # zxing gives a UPC-A as an EAN-13 with a zero in front, and a UPC-E as the number it stands for.
    if symbology is Symbology.EAN13 and len(text) == 13 and text[0] == "0":
        return text[1:], Symbology.UPCA
    if symbology in {Symbology.UPCA, Symbology.UPCE} and len(text) == 13 and text[0] == "0":
        return text[1:], symbology
    if symbology is Symbology.UPCE and len(text) == 8 and text.isascii() and text.isdigit():
        return expand_upc_e(text), symbology
    return text, symbology


def _is_retail_number(text: str) -> bool:
    return len(text) in {8, 12, 13} and text.isascii() and text.isdigit() and is_checked(text)


def _zxing_corners(barcode: Any) -> Corners:  # noqa: ANN401  (the library has no stable type for it)
    place = barcode.position
    points = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
    return tuple((int(point.x), int(point.y)) for point in points)


def _zbar_corners(symbol: Any) -> Corners:  # noqa: ANN401  (pyzbar is not typed)
    cv2 = load()
    points = [(point.x, point.y) for point in symbol.polygon] or [(symbol.rect.left, symbol.rect.top)]
    box = cv2.boxPoints(cv2.minAreaRect(np.array(points, dtype=np.float32)))
    return tuple((int(x), int(y)) for x, y in box)


class _Part(NamedTuple):
    left: int
    top: int
    right: int
    bottom: int


def _part(seen: Seen, gray: Gray) -> _Part:
    """The code with the white it needs at its ends, and a little more."""
    height, width = gray.shape
    margin = int(seen.span * 0.15) + 12
    xs, ys = zip(*seen.corners, strict=True)
    right, bottom = min(max(xs) + margin, width), min(max(ys) + margin, height)
    return _Part(max(min(xs) - margin, 0), max(min(ys) - margin, 0), right, bottom)


def _read_part(library: Library, gray: Gray, part: _Part) -> list[Seen]:
    piece = np.ascontiguousarray(gray[part.top : part.bottom, part.left : part.right])
    return [_moved(seen, part.left, part.top) for seen in library.read_bars(piece)] if piece.size else []


def _moved(seen: Seen, right: int, down: int) -> Seen:
    corners = tuple((x + right, y + down) for x, y in seen.corners)
    return Seen(seen.text, seen.symbology, corners, seen.library, seen.is_gs1)

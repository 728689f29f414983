"""Decoder: the libraries that are there, asked in the order that costs least.

None is believed alone: each returns wrong numbers with a right check digit on about one real photograph in fifty. So
this says what each of them saw; ``steady`` decides what counts at the counter, ``ballot`` in a single picture.
"""

import math
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple, TypeVar

import numpy as np

from pos.domain.errors import DecoderMissing
from pos.scan.detector import Detector
from pos.scan.frame import Gray
from pos.scan.library import MAX_SEEN, Library
from pos.scan.opencv import load
from pos.scan.seen import Corners, Kinds, Seen
from pos.scan.zbar import Zbar
from pos.scan.zxing import Zxing

_Library = TypeVar("_Library", bound=Library)


class Decoder:
    """The libraries that are there.

    Attributes:
        first: zxing-cpp, or zbar where that is missing.
        second: zbar; OpenCV's detector where zbar is missing or must be first.
        even: zxing-cpp with one threshold for the whole picture; None without it.
        third: OpenCV's detector.
        missing: the libraries that are not there, to be told once; the others go on.
    """

    def __init__(self) -> None:
        """Import what is there.

        Raises:
            DecoderMissing: neither zxing-cpp nor zbar is.
        """
        self.missing: list[DecoderMissing] = []
        zxing, zbar = self._find(Zxing), self._find(Zbar)
        if zxing is None and zbar is None:
            raise self.missing[0]
        first = zxing or zbar
        assert first is not None
        self.first: Library = first
        self.third: Library = Detector()
        self.second: Library = zbar if zxing and zbar else self.third
        self.even: Library | None = Zxing(is_evenly_lit=True) if zxing else None

    def _find(self, library: Callable[[], _Library]) -> _Library | None:
        try:
            return library()
        except DecoderMissing as missing:
            self.missing.append(missing)
            return None

    @property
    def voters(self) -> tuple[Library, ...]:
        """The libraries whose word counts when another agrees."""
        return self.first, self.second

    def glance(self, gray: Gray) -> list[Seen]:
        """Return what is seen at once: QR codes, and bars that stand upright; 8 to 18 ms at 1080p.

        For QR the frame is smoothed: noise and the pixel grid of a phone go, modules of two pixels stay.
        """
        smooth = load().blur(gray, (3, 3))
        squares = self.first.read(smooth, Kinds.QR, is_level=True)
        return (squares + self.find(gray, Kinds.BARS, is_level=True))[:MAX_SEEN]

    def find(self, gray: Gray, kinds: Kinds, *, is_level: bool = False) -> list[Seen]:
        """Return what the first library sees of these kinds, and what the second says of the same labels."""
        seen = self.first.read(gray, kinds, is_level=is_level)
        if kinds in {Kinds.QR, Kinds.MATRIX}:
            return seen
        parts = {_part(one.corners, gray) for one in seen}
        return seen + [again for part in sorted(parts) for again in _read_part(self.second, gray, part, kinds)]

    def read_at(self, gray: Gray, corners: Corners) -> list[Seen]:
        """Return the bars that the second library sees in a part of a frame, at any angle, and the third beside it.

        3 to 20 ms. What the third alone sees is left out: it invents numbers.
        """
        part = _part(corners, gray)
        seen = _read_part(self.second, gray, part, Kinds.BARS)
        texts = {one.text for one in seen if one.symbology.is_retail and self.third is not self.second}
        again = _read_part(self.third, gray, part, Kinds.BARS) if texts else []
        return seen + [one for one in again if one.text in texts]


class _Part(NamedTuple):
    left: int
    top: int
    right: int
    bottom: int


def _part(corners: Corners, gray: Gray) -> _Part:
    """The code with the white it needs at its ends, and a little more."""
    height, width = gray.shape
    xs, ys = zip(*corners, strict=True)
    margin = int(math.hypot(max(xs) - min(xs), max(ys) - min(ys)) * 0.15) + 12
    right, bottom = min(max(xs) + margin, width), min(max(ys) + margin, height)
    return _Part(max(min(xs) - margin, 0), max(min(ys) - margin, 0), right, bottom)


def _read_part(library: Library, gray: Gray, part: _Part, kinds: Kinds) -> list[Seen]:
    piece = np.ascontiguousarray(gray[part.top : part.bottom, part.left : part.right])
    return [_moved(seen, part.left, part.top) for seen in library.read(piece, kinds)] if piece.size else []


def _moved(seen: Seen, right: int, down: int) -> Seen:
    return replace(seen, corners=tuple((x + right, y + down) for x, y in seen.corners))

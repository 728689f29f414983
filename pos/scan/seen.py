"""What the eye tells: texts seen in one frame, readings that count. None of it needs the libraries that see."""

import math
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias

from pos.domain.code import read_code

Corners: TypeAlias = tuple[tuple[int, int], ...]
"""Four points (x, y) round a code, in pixels of the frame it was found in."""
AGREED_VOTES, CERTAIN_VOTES = 2, 4
"""What a text counts in one look when versions of its place agreed on it; and when nothing else can be meant at all."""

NEAR_SPANS = 0.6
"""Spans below which the middles of two readings lie on one label, along the way it is read."""
HIGH = 0.75
"""The same beside it, in lengths: bars of a label are at most so high (GS1: 22.85 of 31.35 mm, 0.73)."""

STILL = 0.02
"""Lengths, two modules of an EAN-13, within which a label that nobody moved is read again."""


class Kinds(StrEnum):
    """What to look for; every kind costs time and brings wrong texts of its own."""

    BARS = "EAN, UPC, Code 128"
    RARE = "ITF, Code 39, DataBar"
    QR = "QR"
    MATRIX = "Data Matrix"


class Symbology(StrEnum):
    """The kinds of bar code a till reads."""

    EAN13 = "EAN-13"
    EAN8 = "EAN-8"
    UPCA = "UPC-A"
    UPCE = "UPC-E"
    CODE128 = "Code 128"
    CODE39 = "Code 39"
    ITF = "ITF-14"
    DATABAR = "DataBar"
    DATABAR_LIMITED = "DataBar Limited"
    DATABAR_EXPANDED = "DataBar Expanded"
    QR = "QR"
    DATA_MATRIX = "Data Matrix"

    @property
    def is_weak(self) -> bool:
        """Whether parts of other codes are often taken for it, so that it needs more looks."""
        return self in {Symbology.EAN8, Symbology.UPCE, Symbology.ITF, Symbology.CODE39}

    @property
    def is_retail(self) -> bool:
        """Whether it is EAN-13 or UPC-A: one check digit, which lets one misread of ten pass, is all that guards it."""
        return self in {Symbology.EAN13, Symbology.UPCA}

    @property
    def kinds(self) -> Kinds:
        """What to look for to find it."""
        match self:
            case Symbology.QR:
                return Kinds.QR
            case Symbology.DATA_MATRIX:
                return Kinds.MATRIX
            case Symbology.EAN13 | Symbology.EAN8 | Symbology.UPCA | Symbology.UPCE | Symbology.CODE128:
                return Kinds.BARS
            case _:
                return Kinds.RARE

    @property
    def is_databar(self) -> bool:
        """Whether it is a DataBar: one library reads it, and its checksum leaves one misread in a hundred or fewer."""
        return self in {Symbology.DATABAR, Symbology.DATABAR_LIMITED, Symbology.DATABAR_EXPANDED}

    @property
    def is_square(self) -> bool:
        """Whether it is made of squares, which correct their own errors, and not of bars."""
        return self in {Symbology.QR, Symbology.DATA_MATRIX}


@dataclass(frozen=True, slots=True, repr=False)
class Seen:
    """A text that one library found in one frame; nothing to act on yet.

    Attributes:
        text: an EAN-13 has 13 digits, a UPC-A 12, a UPC-E the 12 digits it stands for.
        library: who read it: ``zxing``, ``zbar``, ``opencv`` or ``likely``.
        is_gs1: it says of itself that it holds GS1 element strings (FNC1 in first place); separators are ASCII 29.
        votes: how many looks at the frame stand behind it.
    """

    text: str
    symbology: Symbology
    corners: Corners
    library: str
    is_gs1: bool = False
    votes: int = 1

    def __repr__(self) -> str:
        return f"Seen({read_code(self.text).masked}, {self.symbology}, {self.library})"

    @property
    def middle(self) -> tuple[float, float]:
        """The point between the corners, in pixels."""
        count = len(self.corners)
        return sum(x for x, _ in self.corners) / count, sum(y for _, y in self.corners) / count

    @property
    def span(self) -> float:
        """The longest distance between two corners, in pixels."""
        return max(math.dist(one, other) for one in self.corners for other in self.corners)

    def scaled(self, scale: float) -> "Seen":
        """Return it as on a picture this many times as large."""
        return replace(self, corners=tuple((round(x * scale), round(y * scale)) for x, y in self.corners))

    def covers(self, point: tuple[float, float]) -> bool:
        """Whether a point lies on the code, or nearer to its middle than half its span."""
        return math.dist(self.middle, point) < 0.5 * self.span

    def is_apart_from(self, other: "Seen") -> bool:
        """Whether the two lie on different labels of one frame.

        An EAN-13 is 95 modules long, and two labels cannot come nearer than about 70 modules; what is closer is a
        second reading of the same bars. Of high bars a library may read the upper end and the lower one.
        """
        across, down = (mine - theirs for mine, theirs in zip(self.middle, other.middle, strict=True))
        if self.symbology.is_square:
            return math.hypot(across, down) > NEAR_SPANS * max(self.span, other.span)
        longer = max(self, other, key=lambda each: each.length)
        (left, top), (right, bottom), *_ = longer.corners
        cos, sin = (right - left) / max(longer.width, 1), (bottom - top) / max(longer.width, 1)
        along, beside = abs(across * cos + down * sin), abs(down * cos - across * sin)
        return along > NEAR_SPANS * max(self.span, other.span) or beside > HIGH * longer.length

    def lies_within(self, other: "Seen") -> bool:
        """Whether both were read off one label that nobody moved, of which less is seen here, or as much."""
        reach = STILL * other.length
        sizes = zip(self.middle, other.middle, self.size, other.size, strict=True)
        return all(abs(mine - theirs) <= reach + (whole - part) / 2 for mine, theirs, part, whole in sizes)

    @property
    def size(self) -> tuple[int, int]:
        """How wide and how high it is on the frame, in pixels."""
        across, down = zip(*self.corners, strict=True)
        return max(across) - min(across), max(down) - min(down)

    @property
    def width(self) -> float:
        """The way from its first corner to its second, in pixels: the way it is read, where it is level."""
        return math.dist(self.corners[0], self.corners[1])

    @property
    def length(self) -> float:
        """Its longest side, in pixels."""
        return max(
            math.dist(one, other) for one, other in zip(self.corners, self.corners[1:] + self.corners[:1], strict=True)
        )


@dataclass(frozen=True, slots=True, repr=False)
class Reading:
    """A text that has been seen often enough to count, handed over once.

    Attributes:
        corners: where it was last seen, in pixels of the camera's frame.
        is_gs1: it holds GS1 element strings; separators are ASCII 29.
    """

    text: str
    symbology: Symbology
    corners: Corners
    is_gs1: bool = False

    @property
    def is_weak(self) -> bool:
        """Whether it is EAN-8, UPC-E, ITF or Code 39, to be acted on only when the catalogue knows it."""
        return self.symbology.is_weak

    def __repr__(self) -> str:
        return f"Reading({read_code(self.text).masked}, {self.symbology})"

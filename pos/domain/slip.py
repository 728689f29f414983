"""Slip: what goes on paper, as parts that know no width, and the rows that they become on paper of a width.

A column holds one ASCII character; every other character takes two, as in a printer whose Chinese characters are on
(GB18030: one byte or more). So ``×`` and ``·`` are wide on paper, whatever they are on a screen.

One model for all: ``pos.device.escpos`` prints the rows, the screen and the PDF draw them, ``as_text`` writes them.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from unicodedata import category

WIDE, NARROW = 48, 32
"""Columns of 80 mm and of 58 mm paper."""
YUAN = "￥"
"""U+FFE5; U+00A5 comes out of GB18030 printers as garbage."""
UNPRINTABLE = "〓"
"""Stands for a character that printers do not have, as it does in Chinese and Japanese print."""


class Look(StrEnum):
    """How a row is printed; a big one is twice as wide and twice as high."""

    PLAIN = "plain"
    BOLD = "bold"
    BIG = "big"


class Side(StrEnum):
    """Where a text stands in its row."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Text:
    """Words, in as many rows as they need."""

    words: str
    look: Look = Look.PLAIN
    side: Side = Side.LEFT


@dataclass(frozen=True, slots=True)
class Pair:
    """What something is, at the left edge, and how much, at the right; only the left is ever broken."""

    left: str
    right: str
    look: Look = Look.PLAIN


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the paper."""

    sign: str = "-"


@dataclass(frozen=True, slots=True)
class Gap:
    """An empty row."""


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code, in the middle."""

    text: str


@dataclass(frozen=True, slots=True)
class Logo:
    """The store's picture, in the middle, one bit a dot and black where it is 1; rows are padded to whole bytes."""

    width: int
    height: int
    bits: bytes

    def __post_init__(self) -> None:
        assert len(self.bits) == (self.width + 7) // 8 * self.height, (self.width, self.height, len(self.bits))


Part = Text | Pair | Rule | Gap | Code | Logo
Slip = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of text as it is printed, with the spaces before it; a big one has half as many columns."""

    text: str
    look: Look = Look.PLAIN


Printed = Row | Code | Logo


def columns(text: str) -> int:
    """Return how many columns a text takes."""
    return sum(1 if character.isascii() else 2 for character in text)


def printable(text: str) -> str:
    """Return a text in what printers have: no yuan sign but the wide one, nothing that cannot be seen."""
    return "".join(_printable(character) for character in text)


def wrap(text: str, width: int) -> list[str]:
    """Break a text into rows of at most ``width`` columns, losing nothing; words and numbers stay whole if they can."""
    rows, row = [], ""
    for piece in _pieces(text, width):
        if columns(row + piece) > width:
            rows.append(row)
            row = ""
        row += piece
    return [*rows, row]


def spread(left: str, right: str, width: int) -> list[str]:
    """Return rows with their ends at both edges; the right is broken only where it alone is wider than the paper."""
    room = width - columns(right) - 1
    if columns(left) > room and room < width // 3:
        return [*(wrap(left, width) if left else []), *(_aside(row, width) for row in wrap(right, width))]
    *above, last = wrap(left, room)
    return [*above, last + " " * (width - columns(last) - columns(right)) + right]


def lay_out(slip: Iterable[Part], width: int) -> list[Printed]:
    """Return what is printed, one below the other, on paper of so many columns."""
    printed: list[Printed] = []
    for part in slip:
        printed += [part] if isinstance(part, Code | Logo) else _rows(part, width)
    return printed


def as_text(slip: Iterable[Part], width: int) -> list[str]:
    """Return the rows of text; of a code its text in brackets, of a picture nothing."""
    printed = [each for each in lay_out(slip, width) if not isinstance(each, Logo)]
    return [each.text if isinstance(each, Row) else f"[{each.text}]" for each in printed]


def room_for(look: Look, width: int) -> int:
    """Return how many columns a row of this look has."""
    return width // 2 if look is Look.BIG else width


def _rows(part: Text | Pair | Rule | Gap, width: int) -> list[Row]:
    if isinstance(part, Gap):
        return [Row("")]
    if isinstance(part, Rule):
        return [Row(part.sign * (width // columns(part.sign)))]
    room = room_for(part.look, width)
    if isinstance(part, Pair):
        texts = spread(printable(part.left), printable(part.right), room)
    else:
        texts = [_placed(row, part.side, room) for row in wrap(printable(part.words), room)]
    return [Row(text.rstrip(), part.look) for text in texts]


def _placed(row: str, side: Side, width: int) -> str:
    if side is Side.LEFT:
        return row
    return _aside(row, width) if side is Side.RIGHT else " " * ((width - columns(row)) // 2) + row


def _aside(row: str, width: int) -> str:
    return " " * (width - columns(row)) + row


_WORDS = re.compile(r"[!-~]+|.", re.DOTALL)


def _pieces(text: str, width: int) -> Iterable[str]:
    for piece in _WORDS.findall(text):
        yield from [piece] if columns(piece) <= width else piece


def _printable(character: str) -> str:
    if " " <= character <= "~":
        return character
    if character == "¥":
        return YUAN
    kind = category(character)
    if kind[0] in "CM" and kind != "Co":
        return " " if character in "\n\t" else ""
    return character if _is_in_printers(character, kind) else UNPRINTABLE


def _is_in_printers(character: str, kind: str) -> bool:
    # Two bytes are what every Chinese printer has; of four, only the ideographs that GB18030 has asked for since 2000.
    return kind != "Co" and (len(character.encode("gb18030")) == 2 or "㐀" <= character <= "䶿")

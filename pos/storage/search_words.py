"""Search words: what a product can be found by, and what somebody typed, cut into the same small pieces.

SQLite's own trigrams need three signs, and two are what a Chinese word has. So a name is kept as its pairs of signs,
its single signs and its beginning, each with a letter before it that says where it is from.
"""

import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise

ENDS_AT = 4
"""Last digits of a barcode that find it; fewer are on too many."""
PAIRS_MAX = 16
"""Pairs of what is typed that are looked up; the longest names are told apart by fewer."""

_NAME, _PINYIN, _ENGLISH, _NAME_BEGINS, _PINYIN_BEGINS, _BARCODE_ENDS = "npesbd"
_CONTROL = re.compile(r"[^\S ]|[\x00-\x1f\x7f]")
_WORD = re.compile(r"[^\W\d_]\w*")
_WORD_BEGINS = 3


def plain(text: str) -> str:
    """Return a text as it is compared: large and small, wide and narrow letters are the same."""
    if text.isascii():
        return text.lower() if text.isprintable() else _CONTROL.sub("\ufffd", text).lower()
    return _CONTROL.sub("\ufffd", unicodedata.normalize("NFKC", text)).casefold()


def index_words(name: str, name_en: str, pinyin: str, barcodes: Iterable[str]) -> str:
    """Return what a product is found by, separated by blanks."""
    name, pinyin = plain(name), plain(pinyin)
    pieces = {_NAME + each for each in (*_pairs(name), *_signs(name))}
    pieces.update([_PINYIN + each for each in _pairs(pinyin)])
    for each in english_words(name_en):
        pieces.update((_ENGLISH + each[:2], _ENGLISH + each[:_WORD_BEGINS]))
    for mark, text in ((_NAME_BEGINS, name), (_PINYIN_BEGINS, pinyin)):
        pieces.update((mark + text[:1], mark + _beginning(text)))
    pieces.update([_BARCODE_ENDS + each[-ENDS_AT:] for each in barcodes if " " not in each[-ENDS_AT:]])
    return " ".join(pieces)


def english_words(text: str) -> list[str]:
    """Return the words of an English name as they are compared; what begins with a digit is no word."""
    return _WORD.findall(plain(text))


def pinyin_begins(needle: str) -> str:
    """Return what to match for initials that may begin with a needle; empty when none can."""
    return _begins(_PINYIN_BEGINS, _PINYIN, needle) if needle.isascii() else ""


def name_begins(needle: str) -> str:
    """Return what to match for names that may begin with a needle."""
    return _begins(_NAME_BEGINS, _NAME, needle)


def name_holds(needle: str) -> str:
    """Return what to match for names that may hold a needle; empty for a single letter, which only begins."""
    return _all_of(_NAME, _pairs(needle) or _signs(needle))


def pinyin_holds(needle: str) -> str:
    """Return what to match for initials that may hold a needle; empty when none can."""
    return _all_of(_PINYIN, _pairs(needle)) if needle.isascii() else ""


def english_has(needle: str) -> str:
    """Return what to match for English names that may have words which begin so; empty for a single letter."""
    words = english_words(needle)
    return _all_of(_ENGLISH, [each[:_WORD_BEGINS] for each in words if len(each) > 1])


def barcode_ends(needle: str) -> str:
    """Return what to match for barcodes that may end in a needle; empty when it is none, or too short."""
    return _all_of(_BARCODE_ENDS, [needle[-ENDS_AT:]]) if needle.isdigit() and len(needle) >= ENDS_AT else ""


def _begins(beginning: str, inside: str, needle: str) -> str:
    return " AND ".join(each for each in (_all_of(beginning, [_beginning(needle)]),
                                          _all_of(inside, _pairs(needle)[1:])) if each)  # fmt: skip


def _beginning(text: str) -> str:
    return text[:1] if " " in text[:2] else text[:2]


def _pairs(text: str) -> list[str]:
    return [one + two for one, two in pairwise(text) if one != " " and two != " "]


def _signs(text: str) -> list[str]:
    """Return what means something alone: Chinese signs and ``%``, not single letters and digits."""
    return [each for each in text if each != " " and not (each.isascii() and each.isalnum())]


def _all_of(mark: str, pieces: Iterable[str]) -> str:
    looked_up = list(dict.fromkeys(pieces))[:PAIRS_MAX]
    return " AND ".join('"' + (mark + each).replace('"', '""') + '"' for each in looked_up)

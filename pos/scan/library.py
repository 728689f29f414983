"""Library: what a reading library can be asked for, and how its texts are made comparable."""

import re
from importlib import import_module
from types import ModuleType
from typing import Protocol

from pos.domain.code import expand_upc_e, is_checked
from pos.domain.errors import DecoderMissing
from pos.scan.frame import Gray
from pos.scan.seen import Corners, Kinds, Seen, Symbology

MAX_SEEN = 32
"""Texts taken from one look; a counter holds no more labels than this."""
MAX_READ = 7089
"""Characters kept of a text: no square holds more (ISO/IEC 18004, version 40-L, digits)."""
ITF_MIN = 6
"""Digits; parts of other bars are often taken for a shorter one (zxing-cpp issue 853)."""

_HALF = {chr(code) for code in range(0xFF66, 0xFFA0)}
_VOICED = re.compile("[\uff76-\uff84\uff8a-\uff8e]\uff9e.{0,8}[\uff76-\uff84\uff8a-\uff8e]\uff9e")
"""Two half-width kana with the mark of a voiced sound, near each other: in Chinese bytes next to never."""
_RETAIL = {Symbology.EAN13, Symbology.EAN8, Symbology.UPCA, Symbology.UPCE}


class Library(Protocol):
    """A library that finds codes in a gray picture.

    Attributes:
        name: who saw it, in ``Seen.library``.
    """

    name: str

    def read(self, gray: Gray, kinds: Kinds, *, is_level: bool = False) -> list[Seen]:
        """Find codes.

        Args:
            kinds: what to look for; one that the library cannot read gives nothing.
            is_level: the bars are known to stand upright, nothing else need be tried.
        """


def import_library(module: str, library: str) -> ModuleType:
    """Return a library's module.

    Raises:
        DecoderMissing: it is not on this machine.
    """
    try:
        return import_module(module)
    except (ImportError, OSError) as reason:
        raise DecoderMissing(library=library, reason=str(reason)) from reason


def text_of(raw: bytes, guess: str = "") -> str:
    """Return the text of bytes that do not name their charset: Chinese before anything else.

    Args:
        guess: what a library takes the bytes for, kept where they are not UTF-8 and hardly Chinese: a library's own
            guess takes GB18030 for Japanese or Latin, but Japanese may be Japanese.
    """
    text = _try(raw, "utf-8")
    if text is not None:
        return text
    chinese = _try(raw, "gb18030")
    if chinese is None:
        return guess or raw.decode("latin-1")
    return guess if _is_japanese(guess) and not _is_everyday(chinese, guess) else chinese


def _is_japanese(guess: str) -> bool:
    return any("\u3041" <= letter <= "\u30ff" or "\u4e00" <= letter <= "\u9fff" or letter in _HALF for letter in guess)


def _is_everyday(chinese: str, guess: str) -> bool:
    """Whether most letters are among the 6,763 of GB 2312, and nothing in the Japanese reading is sure to be so."""
    if _VOICED.search(guess):
        return False
    foreign = [letter for letter in chinese if not letter.isascii()]
    everyday = [letter for letter in foreign if _is_in_gb2312(letter)]
    return 2 * len(everyday) > len(foreign)


def _is_in_gb2312(letter: str) -> bool:
    try:
        letter.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def tidy(text: str, symbology: Symbology, corners: Corners, library: str, *, is_gs1: bool = False) -> list[Seen]:
    """Return what was seen with its text as printed; nothing for a number that cannot be of its symbology."""
    text = text.strip()[:MAX_READ]
    if symbology in _RETAIL:
        text, symbology = _as_printed(text, symbology)
        if not _is_retail_number(text):
            return []
    if symbology is Symbology.ITF and len(text) < ITF_MIN:
        return []
    return [Seen(text, symbology, corners, library, is_gs1)] if text else []


def _try(raw: bytes, charset: str) -> str | None:
    try:
        return raw.decode(charset)
    except UnicodeDecodeError:
        return None


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

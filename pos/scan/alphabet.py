"""Alphabet: how the characters of Code 128 and UPC-E are drawn, and which text a row of them stands for.

Code 128: ISO/IEC 15417, table 1. UPC-E: GS1 General Specifications, section 5.2.2.4.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pos.domain.code import expand_upc_e, is_checked
from pos.scan.pattern import EVEN, ODD
from pos.scan.seen import Symbology

_WIDTHS = (
    "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222"
    " 123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321"
    " 232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121"
    " 313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224"
    " 111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111"
    " 111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113"
    " 114311 411113 411311 113141 114131 311141 411131 211412 211214 211232"
).split()
"""Of bars and spaces in turn, in modules."""
_START_A, _STOP = 103, "1100011101011"
_SETS = "ABC"
_SHIFT, _TO_C, _TO_B, _TO_A, _FNC1 = 98, 99, 100, 101, 102
_GS = "\x1d"
_UPC_E_PARITIES = (
    "EEEOOO", "EEOEOO", "EEOOEO", "EEOOOE", "EOEEOO", "EOOEEO", "EOOOEE", "EOEOEO", "EOEOOE", "EOOEOE",
)  # fmt: skip
"""Which digits are even tells the check digit, and turned about that the number system is 1."""


@dataclass(frozen=True, slots=True, eq=False)
class Alphabet:
    """A code whose characters are equally wide and follow each other without anything between.

    Attributes:
        head, tail: modules before the first character and after the last; 1 is black.
        shapes: the modules of each character.
        first: which characters begin; the others follow.
        counts: how many characters there may be.
        text: what a row of them stands for, and whether it is GS1; None when a check is not right.
    """

    symbology: Symbology
    head: str
    tail: str
    shapes: tuple[str, ...]
    first: range
    counts: range
    text: Callable[[Sequence[int]], tuple[str, bool] | None]

    @property
    def width(self) -> int:
        """Modules of a character."""
        return len(self.shapes[0])

    def modules(self, count: int) -> int:
        """Return the modules of so many characters with all that belongs to them."""
        return len(self.head) + count * self.width + len(self.tail)

    def forbidden(self, count: int) -> NDArray[np.bool_]:
        """Return which characters cannot stand at each place."""
        begins = np.isin(np.arange(len(self.shapes)), self.first)
        other = begins if not begins.all() else ~begins
        return np.vstack([~begins, *[other] * (count - 1)])


def _code128_text(values: Sequence[int]) -> tuple[str, bool] | None:
    start, *body, check = values
    if (start + sum(place * value for place, value in enumerate(body, 1))) % 103 != check or not body:
        return None
    is_gs1 = body[0] == _FNC1
    text = _letters(_SETS[start - _START_A], body[1:] if is_gs1 else body)
    return (text, is_gs1) if text else None


def _letters(kind: str, body: Sequence[int]) -> str | None:
    """Return what stands in the sets A, B and C; None for a function but FNC1, which a till has no use for."""
    text, once = "", ""
    for value in body:
        now, once = once or kind, ""
        if value == _FNC1:
            text += _GS
        elif now == "C" and value < _TO_B:
            text += f"{value:02d}"
        elif value < 96:
            text += chr(value + 32 if now == "B" or value < 64 else value - 64)
        elif value == _SHIFT and now != "C":
            once = "B" if now == "A" else "A"
        else:
            kind = {_TO_C: "C", _TO_B: "B", _TO_A: "A"}.get(value, now)
            if kind == now:
                return None
    return text


def _upc_e_text(values: Sequence[int]) -> tuple[str, bool] | None:
    parity = "".join("OE"[value >= 10] for value in values)
    turned = "".join("EO"[value >= 10] for value in values)
    for system, pattern in (("0", parity), ("1", turned)):
        if pattern in _UPC_E_PARITIES:
            digits = "".join(str(value % 10) for value in values)
            text = expand_upc_e(f"{system}{digits}{_UPC_E_PARITIES.index(pattern)}")
            return (text, False) if is_checked(text) else None
    return None


def _modules(widths: str) -> str:
    return "".join("10"[place % 2] * int(width) for place, width in enumerate(widths))


CODE128 = Alphabet(
    symbology=Symbology.CODE128, head="", tail=_STOP, shapes=tuple(map(_modules, _WIDTHS)),
    first=range(_START_A, _START_A + 3), counts=range(4, 34), text=_code128_text,
)  # fmt: skip
"""Start, check and what is between; the longest in use have 48 digits."""
UPC_E = Alphabet(
    symbology=Symbology.UPCE, head="101", tail="010101", shapes=(*ODD, *EVEN), first=range(20), counts=range(6, 7),
    text=_upc_e_text,
)  # fmt: skip

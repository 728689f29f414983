"""GS1: what a label says besides its number: element strings and Digital Links, read by biip.

A Digital Link is only taken apart, never opened (GS1 Digital Link Standard: URI Syntax). What a label says of weight
and price is given out; nothing acts on it yet.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from types import ModuleType
from typing import Any

from pos.domain.code import MAX_TEXT, CodeKind, is_checked, plain, read_code

_BRACKETS = re.compile(r"\((\d{2,4})\)([^(]*)")
_LINK = re.compile(r"https?://", re.IGNORECASE | re.ASCII)
_GTIN_FIRST = re.compile(r"01(\d{14})", re.ASCII)
_FOURTEEN = re.compile(r"\d{14}", re.ASCII)
_SEPARATOR = "\x1d"
_YUAN = "156"
"""ISO 4217, numeric."""


@dataclass(frozen=True, slots=True)
class Label:
    """What a label says.

    Attributes:
        gtin: 14 digits.
        lot, serial: empty when not told.
        expires_on: the last day it may be sold; None when not told.
        weight_g: net weight in grams, of AI 310n.
        price_fen: of AI 392n, and of 393n in yuan.
        count: pieces, of AI 30 or 37.
    """

    gtin: str
    lot: str = ""
    serial: str = ""
    expires_on: date | None = None
    weight_g: int | None = None
    price_fen: int | None = None
    count: int | None = None

    @property
    def key(self) -> str:
        """The barcode to look it up by: 8 digits of a GTIN-8, 13 of what fits, else all 14: a case is not its piece."""
        if self.gtin.startswith("000000"):
            return self.gtin[6:]
        return self.gtin.removeprefix("0")

    def has_expired(self, today: date) -> bool:
        """Whether it may not be sold any more."""
        return self.expires_on is not None and self.expires_on < today


def read_label(text: str, *, is_gs1: bool = False) -> Label | None:
    """Return what a label says, or None for a text that is none: plain numbers of goods, payment codes, anything else.

    Args:
        text: element strings with or without brackets, a Digital Link, or a bare GTIN-14.
        is_gs1: the code says of itself that it holds element strings.
    """
    if len(text) > MAX_TEXT:
        return None
    text = plain(text)
    if read_code(text).kind in {CodeKind.PAYMENT, CodeKind.WECHAT_PAY}:
        return None
    if _FOURTEEN.fullmatch(text):
        return Label(text) if is_checked(text) else None
    bare = "".join(f"{ai}{value}{_SEPARATOR}" for ai, value in _BRACKETS.findall(text)) if text[:1] == "(" else text
    if not (is_gs1 or _LINK.match(text) or bare is not text or _starts_with_gtin(text)):
        return None
    small = _LINK.sub(lambda scheme: scheme[0].lower(), bare, count=1)  # QR holds capitals in less room
    return _label(_elements(small.strip(_SEPARATOR)))


def article_key(text: str, *, is_gs1: bool = False) -> str:
    """Return what is the same for every code of one article: the number it is looked up by, else the text."""
    keys = read_code(text).keys
    if keys:
        return keys[0]
    label = read_label(text, is_gs1=is_gs1)
    return label.key if label else text


@cache
def load_biip() -> ModuleType:
    """Return biip, imported on first use: that takes 0.1 to 0.5 s and belongs on the reading thread."""
    import biip  # noqa: PLC0415  (the import is slow)

    return biip


def _starts_with_gtin(text: str) -> bool:
    start = _GTIN_FIRST.match(text)
    return start is not None and is_checked(start[1])


def _elements(text: str) -> dict[str, Any]:
    """Return the element strings by their application identifier; none when biip finds no sense in it."""
    biip = load_biip()
    try:
        result = biip.parse(text)
    except (biip.BiipException, ValueError, ArithmeticError):
        return {}
    message = result.gs1_digital_link_uri or result.gs1_message
    return {element.ai.ai: element for element in message.element_strings} if message else {}


def _label(elements: dict[str, Any]) -> Label | None:
    gtin = elements.get("01") or elements.get("02")
    if gtin is None or not is_checked(gtin.value.zfill(14)):
        return None
    expires = elements.get("17")
    return Label(
        gtin=gtin.value.zfill(14),
        lot=_value(elements, "10"),
        serial=_value(elements, "21"),
        expires_on=expires.date if expires else None,
        weight_g=_times(_decimal(elements, "310"), 1000),
        price_fen=_times(_price(elements), 100),
        count=int(_value(elements, "30") or _value(elements, "37") or 0) or None,
    )


def _value(elements: dict[str, Any], ai: str) -> str:
    return str(elements[ai].value) if ai in elements else ""


def _decimal(elements: dict[str, Any], ai: str) -> Decimal | None:
    found: Iterable[Any] = (element for name, element in elements.items() if len(name) == 4 and name.startswith(ai))
    return next((element.decimal for element in found), None)


def _price(elements: dict[str, Any]) -> Decimal | None:
    in_yuan = {ai: each for ai, each in elements.items() if ai.startswith("393") and each.value.startswith(_YUAN)}
    price = _decimal(elements, "392")
    return price if price is not None else _decimal(in_yuan, "393")


def _times(value: Decimal | None, factor: int) -> int | None:
    """Return a whole number of grams or fen; None for what is not told, or told finer."""
    if value is None or value * factor != int(value * factor):
        return None
    return int(value * factor)

"""What a scanned text means.

Check digits: GS1 General Specifications, section 7.9. UPC-E expansion: section 5.2.2.
Payment codes: alipay.trade.pay ``auth_code``: digits, 25..30 first, 16 to 24 long; or a face
string ``fp`` of 35 characters. WeChat Pay's shape: 18 digits, 10..15 first (its document of 付款码支付).
"""

import re
from dataclasses import dataclass
from enum import StrEnum

MAX_TEXT = 512
"""Scanned texts are cut here; the longest GS1 Digital Link in use is far shorter."""

_DIGITS = re.compile(r"[0-9]+", re.ASCII)
_SPACED_DIGITS = re.compile(r"[0-9][0-9 ]*", re.ASCII)
_FULL_WIDTH = {ord("　"): " ", **{wide: chr(wide - 0xFEE0) for wide in range(0xFF01, 0xFF5F)}}
_UNSEEN = dict.fromkeys(
    [0x00AD, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), 0xFEFF]
)
_PLAIN = _FULL_WIDTH | _UNSEEN

_SHAPES = {
    "payment": re.compile(r"(?:2[5-9]|30)[0-9]{14,22}|fp[0-9A-Za-z]{33}", re.ASCII),
    "wechat_pay": re.compile(r"1[0-5][0-9]{16}", re.ASCII),
    "receipt": re.compile(
        r"[0-9A-Za-z]{1,16}-[0-9A-Za-z]{1,16}-[0-9]{8}-(?:[0-9]{1,4}-)?[0-9]{4,8}|GTR1:[0-9A-Z$*+./:-]{16,490}",
        re.ASCII,
    ),
    "badge": re.compile(r"GTB1:[0-9A-Z]{16,64}", re.ASCII),
}
"""What these are is told by shape alone; a signed receipt and a badge hold capitals only, which no Caps Lock spoils."""


class CodeKind(StrEnum):
    """The things a text can be."""

    PRODUCT = "product"
    SCALE_LABEL = "scale_label"
    PAYMENT = "payment"
    WECHAT_PAY = "wechat_pay"
    MEMBER = "member"
    COUPON = "coupon"
    RECEIPT = "receipt"
    BADGE = "badge"
    UNKNOWN = "unknown"


_SHORTEST_MASKED = 6
_MASKED = {CodeKind.PAYMENT, CodeKind.WECHAT_PAY, CodeKind.MEMBER, CodeKind.BADGE}


@dataclass(frozen=True, slots=True)
class Code:
    """A scanned text and what it means.

    Attributes:
        text: as scanned, made plain (see ``plain``).
        kind: never guessed; what fits no rule is ``UNKNOWN``.
        keys: the barcodes to look up in the catalogue, best first. EAN-13 and UPC are 13 digits
            (a UPC-A gets a leading zero), EAN-8 is 8. Eight digits can be both an EAN-8 and a
            UPC-E, so there may be two.
    """

    text: str
    kind: CodeKind
    keys: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"Code({self.masked}, {self.kind.value})"

    @property
    def masked(self) -> str:
        """The text as it may be logged: what pays or names somebody shows its first 2 and last 4 characters.

        Of six or fewer the last 4 alone: the two would overlap and read as another number.
        """
        if self.kind not in _MASKED:
            return self.text
        return f"{self.text[:2] if len(self.text) > _SHORTEST_MASKED else ''}…{self.text[-4:]}"


def check_digit(digits: str) -> str:
    """Return the GS1 check digit for a number that still lacks it."""
    weighted = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits)))
    return str(-weighted % 10)


def is_checked(digits: str) -> bool:
    """Whether the last digit is the GS1 check digit of the others."""
    return check_digit(digits[:-1]) == digits[-1]


def expand_upc_e(digits: str) -> str:
    """Return the 12 digits of UPC-A that eight digits of UPC-E stand for."""
    system, body, check = digits[0], digits[1:7], digits[7]
    last = body[5]
    if last in "012":
        middle = body[:2] + last + "0000" + body[2:5]
    elif last == "3":
        middle = body[:3] + "00000" + body[3:5]
    elif last == "4":
        middle = body[:4] + "00000" + body[4]
    else:
        middle = body[:5] + "0000" + last
    return system + middle + check


def plain(text: str) -> str:
    """Return a scanned or typed text without what an input method does to it.

    Full-width signs become plain ones, what cannot be seen goes, blanks between digits go, a text longer than
    ``MAX_TEXT`` is cut, and half a character (a lone surrogate) is ``?``, so that it can be written down.
    """
    text = text.translate(_PLAIN).strip()[:MAX_TEXT].rstrip()
    if _SPACED_DIGITS.fullmatch(text):
        text = text.replace(" ", "")
    return text.encode(errors="replace").decode()


def read_code(text: str) -> Code:
    """Say what a scanned or typed text means, by its shape and check digit alone; no store's own rules are asked."""
    return shapes_of(plain(text))[0]


def shapes_of(text: str) -> tuple[Code, ...]:
    """Return what a plain text can mean by its shape and check digit; ``UNKNOWN`` alone when it fits none."""
    found = [Code(text, CodeKind(kind)) for kind, shape in _SHAPES.items() if shape.fullmatch(text)]
    if keys := product_keys(text):
        found.append(Code(text, CodeKind.PRODUCT, keys))
    return tuple(found) or (Code(text, CodeKind.UNKNOWN),)


def product_keys(text: str) -> tuple[str, ...]:
    """Return the catalogue keys of an EAN-13, EAN-8, UPC-A or UPC-E; none for anything else."""
    if not _DIGITS.fullmatch(text):
        return ()
    if len(text) == 13 and is_checked(text):
        return (text,)
    if len(text) == 12 and is_checked(text):
        return ("0" + text,)
    if len(text) == 8:
        return _eight_digit_keys(text)
    return ()


def _eight_digit_keys(text: str) -> tuple[str, ...]:
    keys: tuple[str, ...] = (text,) if is_checked(text) else ()
    upc = expand_upc_e(text)
    if text[0] in "01" and is_checked(upc):
        keys += ("0" + upc,)
    return keys

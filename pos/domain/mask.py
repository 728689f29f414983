"""Mask: what must never be written down is taken out of whatever is about to be.

Nothing of ours puts a secret into a sentence; this is for what other people's code says when it fails.
"""

import re

HIDDEN = "•••"

_SECRETS = re.compile(
    r"(?<![0-9])(?:2[5-9]|30)[0-9]{14,22}(?![0-9])"  # a payment code, whatever it touches (alipay.trade.pay, auth_code)
    r"|(?<![\w-])[0-9]{6,24}(?![\w-])"  # a PIN, an unlock code; not a date, a receipt's or a payment's number
    r"|(?<![\w-])[0-9A-Z]{4}(?:-[0-9A-Z]{4}){2}(?![\w-])"  # an enrolment code
    r"|[0-9A-Za-z+/_=-]{40,}",  # base64 or hex of a key or a signature
    re.ASCII,
)
_NAMED = re.compile(r"(?i)\b(sign|token|pin|password|passwd|secret|auth_code|key)(=|: ?|%3D)[^\s&,;)\]}]+")
_DIGITS = re.compile("[0-9]{4,}", re.ASCII)


def masked(text: str) -> str:
    """Return a line of a log with payment codes, PINs, keys, signatures and tokens taken out."""
    return _SECRETS.sub(HIDDEN, _NAMED.sub(rf"\1\2{HIDDEN}", text))


def masked_whole(text: str) -> str:
    """Return what an error says of itself with every number of four digits and more taken out, too."""
    return _DIGITS.sub(HIDDEN, masked(text))

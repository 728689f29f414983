"""Receipt code: what the QR on a receipt says, signed so that any till of the group believes it without a line.

``GTR1:`` receipt number ``:`` what was paid in fen ``:`` number of the key ``:`` signature. The day, the store and the
till stand in the receipt number. Only signs of a QR code's alphanumeric mode, about 50 of them; a small letter is
``$`` and the capital. The signature is the first 80 bits of HMAC-SHA256, in base32 (RFC 4648).
"""

import base64
import hashlib
import hmac
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pos.domain.errors import BadStoreRule, ReceiptForged
from pos.domain.money import LIMIT_FEN, Money

_WHAT = b"guitai receipt 1\n"  # says what is signed, so that no other signature of the key can stand for it
_SIGNED = re.compile(r"GTR1:([0-9A-Z$-]{12,60}):([0-9]{1,11}):([0-9A-Z]{1,4}):([A-Z2-7]{16})", re.ASCII)
_SMALL = re.compile("[a-z]", re.ASCII)
_SHIFTED = re.compile("[$]([A-Z])", re.ASCII)
_KEY_ID = re.compile("[0-9A-Z]{1,4}", re.ASCII)
_SECRET = re.compile("(?:[0-9a-f]{2}){16,64}", re.ASCII)
_BITS_KEPT_BYTES = 10


@dataclass(frozen=True, slots=True)
class ReceiptKey:
    """A key of the group; its number is printed, its secret is in nothing that is printed."""

    id: str
    secret: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class ReceiptCode:
    """What a receipt says of its sale; ``total`` is None where only a number was read, which proves nothing."""

    receipt_no: str
    total: Money | None = None


def write_receipt_code(receipt_no: str, total: Money, keys: Sequence[ReceiptKey]) -> str:
    """Return what the QR of a receipt holds: signed by the first key, or the number alone while there is none."""
    if not keys:
        return receipt_no
    number = _SMALL.sub(lambda found: "$" + found[0].upper(), receipt_no)
    return f"GTR1:{number}:{total.fen}:{keys[0].id}:{_signature(keys[0], receipt_no, total)}"


def read_receipt_code(text: str, keys: Sequence[ReceiptKey]) -> ReceiptCode:
    """Read what a receipt's QR or a person says; a number alone is believed to be one.

    Raises:
        ReceiptForged: it claims to be signed, and no key of the group has signed it.
    """
    if not text.startswith("GTR1:"):
        return ReceiptCode(text)
    found = _SIGNED.fullmatch(text)
    key = next((each for each in keys if found and each.id == found[3]), None)
    if found is None or key is None:
        raise ReceiptForged
    receipt_no = _SHIFTED.sub(lambda shifted: shifted[1].lower(), found[1])
    total = Money(int(found[2])) if int(found[2]) <= LIMIT_FEN else None
    if total is None or not hmac.compare_digest(_signature(key, receipt_no, total), found[4]):
        raise ReceiptForged
    return ReceiptCode(receipt_no, total)


def _signature(key: ReceiptKey, receipt_no: str, total: Money) -> str:
    told = _WHAT + f"{key.id}\n{receipt_no}\n{total.fen}".encode()
    return base64.b32encode(hmac.digest(key.secret, told, hashlib.sha256)[:_BITS_KEPT_BYTES]).decode()


def read_receipt_keys(document: Mapping[str, Any]) -> tuple[ReceiptKey, ...]:
    """Read the part ``receipts`` of a store's rule document; the first key signs, all of them are believed.

    Raises:
        BadStoreRule: something in it cannot be used; nothing is taken then.
    """
    part = document.get("receipts", {})
    raw = part.get("keys", []) if isinstance(part, dict) else None
    if not isinstance(raw, list) or len(raw) > 16:
        raise BadStoreRule(part="receipts", rule="", field="keys", reason="list")
    keys = tuple(_key(each) for each in raw)
    if len({each.id for each in keys}) < len(keys):
        raise BadStoreRule(part="receipts", rule="", field="id", reason="twice")
    return keys


def _key(raw: object) -> ReceiptKey:
    if not isinstance(raw, dict) or raw.keys() != {"id", "secret"}:
        raise BadStoreRule(part="receipts", rule="", field="keys", reason="id, secret")
    for name, shape in (("id", _KEY_ID), ("secret", _SECRET)):
        if not isinstance(raw[name], str) or not shape.fullmatch(raw[name]):
            raise BadStoreRule(part="receipts", rule="", field=name, reason="shape")
    return ReceiptKey(raw["id"], bytes.fromhex(raw["secret"]))

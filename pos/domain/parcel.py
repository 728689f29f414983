"""Parcel: entries of a till for a hub that no line leads to, sealed to the hub's key: a lost stick tells nothing.

A line of JSON, then the rest: X25519 with a key made for this parcel alone, HKDF-SHA256, ChaCha20-Poly1305 over the
packed entries; the line is bound to them. Who wrote the entries is shown by their own signatures, not by the parcel.
"""

import base64
import gzip
import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from pos.domain.entry import JournalEntry

_LABEL = b"guitai parcel 1"
_NONCE = bytes(12)
"""Each key is used once."""
PLAIN_MAX_BYTES = 1_000_000_000
FIELDS = ("epoch", "seq", "id", "at", "kind", "version", "body", "prev", "hash", "signature")


class NotForUs(Exception):
    """It is no parcel, not for this key, or not whole; the text says which."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """What was in one: a till's name, and its entries in order."""

    till: str
    entries: tuple[JournalEntry, ...]


def parcel_key(hub_key: Ed25519PrivateKey) -> X25519PrivateKey:
    """Return the key that opens a hub's parcels, drawn from the one it signs with, so that there is one to keep."""
    seed = HKDF(SHA256(), 32, salt=None, info=_LABEL + b" of hub").derive(hub_key.private_bytes_raw())
    return X25519PrivateKey.from_private_bytes(seed)


def address_of(key: X25519PublicKey) -> str:
    """Return a public key as people pass it on."""
    return base64.urlsafe_b64encode(key.public_bytes_raw()).decode().rstrip("=")


def read_address(text: str) -> X25519PublicKey:
    """Read what ``address_of`` wrote, or raise ValueError."""
    raw = base64.urlsafe_b64decode(text.strip() + "=")
    return X25519PublicKey.from_public_bytes(raw)


def seal(till: str, entries: Iterable[JournalEntry], to: X25519PublicKey, once: X25519PrivateKey) -> bytes:
    """Return a parcel; ``once`` is a key nobody ever uses again."""
    lines = [json.dumps(_told(entry), ensure_ascii=False) for entry in entries]
    head = {"guitai": "parcel 1", "till": till, "entries": len(lines), "to": address_of(to),
            "once": address_of(once.public_key())}  # fmt: skip
    first = json.dumps(head).encode() + b"\n"
    plain = gzip.compress("\n".join(lines).encode(), mtime=0)
    return first + ChaCha20Poly1305(_shared(once, to, first)).encrypt(_NONCE, plain, first)


def unseal(raw: bytes, key: X25519PrivateKey) -> Parcel:
    """Open a parcel.

    Raises:
        NotForUs: it is none, for another hub, or changed on the way.
    """
    first, mark, sealed = raw.partition(b"\n")
    try:
        head = json.loads(first)
        till, to, once = str(head["till"]), str(head["to"]), read_address(str(head["once"]))
    except (ValueError, KeyError, TypeError, RecursionError):
        raise NotForUs("no parcel of a till") from None
    if to != address_of(key.public_key()):
        raise NotForUs("for another hub")
    try:
        plain = ChaCha20Poly1305(_shared(key, once, first + mark)).decrypt(_NONCE, sealed, first + mark)
        lines = _unpacked(plain).decode().split("\n")
        return Parcel(till, tuple(_entry(till, json.loads(line)) for line in lines if line))
    except InvalidTag:
        raise NotForUs("changed on the way, or cut off") from None
    except (ValueError, KeyError, TypeError, AttributeError, zlib.error):
        raise NotForUs("not of this shape") from None


def _unpacked(packed: bytes) -> bytes:
    unpacking = zlib.decompressobj(wbits=31)
    plain = unpacking.decompress(packed, PLAIN_MAX_BYTES)
    if not unpacking.eof:
        raise ValueError(packed[:20])
    return plain


def _shared(own: X25519PrivateKey, other: X25519PublicKey, first: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=first, info=_LABEL).derive(own.exchange(other))


def _told(entry: JournalEntry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in FIELDS} | {"body": entry.body.decode()}


def _entry(till: str, told: dict[str, Any]) -> JournalEntry:
    return JournalEntry(till, *(told[name].encode() if name == "body" else told[name] for name in FIELDS))

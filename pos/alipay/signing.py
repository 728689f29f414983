"""Signing: what a request is signed over, and what an answer was signed over, to the byte.

RSA2 is RSASSA-PKCS1-v1_5 with SHA-256, written in base64. Rules: Alipay's v2 SDKs and the key guide in
AlipayDocs/open-docs; both sides of the till's own tests are the vectors those SDKs publish.
"""

import base64
import json
import os
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    load_der_private_key,
    load_der_public_key,
    load_pem_private_key,
    load_pem_public_key,
)

from pos.domain.errors import KeyUnreadable

KEY_BITS_MIN = 2048
"""RSA2 asks for a key of this length."""
KEY_FILE_MAX = 65_536
"""Bytes; neither a key nor Alipay's file of roots comes near."""

_SPACE = " \t\r\n"
_JSON = json.JSONDecoder()


def string_to_sign(params: Mapping[str, str]) -> str:
    """Return ``key=value`` of all parameters, sorted and joined by ``&``; without ``sign`` and empty ones.

    Values are raw, not URL-encoded. A trade notification is checked over the same text without ``sign_type``.
    """
    return "&".join(f"{key}={params[key]}" for key in sorted(params) if key != "sign" and params[key])


def sign(content: bytes, key: RSAPrivateKey) -> str:
    """Return the RSA2 signature of ``content`` in base64."""
    return base64.b64encode(key.sign(content, PKCS1v15(), SHA256())).decode()


def is_signed(content: bytes, signature: str, key: RSAPublicKey) -> bool:
    """Whether ``signature``, in the one base64 it can have, is the key owner's over ``content``."""
    try:
        raw = base64.b64decode(signature, validate=True)
        key.verify(raw, content, PKCS1v15(), SHA256())
    except (ValueError, InvalidSignature):  # no base64, no ASCII; another's
        return False
    return base64.b64encode(raw).decode() == signature


@dataclass(frozen=True, slots=True)
class Cut:
    """A member of a JSON object: its exact text, escapes untouched, and what that text means."""

    text: str
    value: object


def is_member_signed(member: Cut, signature: str, key: RSAPublicKey) -> bool:
    r"""Whether a member of an answer bears its signature; some answers are signed before ``/`` becomes ``\/``.

    Alipay's own Java SDK tries both. The second try counts only where both texts mean the same.
    """
    if is_signed(member.text.encode(), signature, key):
        return True
    plain = member.text.replace("\\/", "/")
    return plain != member.text and json.loads(plain) == member.value and is_signed(plain.encode(), signature, key)


def cut_members(raw: str) -> dict[str, Cut]:
    r"""Take a JSON object apart, one level deep, without touching a byte of its members.

    A signature covers the member's own text; writing it anew would lose a ``\/``.

    Raises:
        ValueError: it is no JSON object, or a name comes twice.
    """
    members: dict[str, Cut] = {}
    at = _expect(raw, 0, "{")
    while True:
        name, at = _decode(raw, _skip(raw, at))
        start = _skip(raw, _expect(raw, at, ":"))
        value, at = _decode(raw, start)
        if not isinstance(name, str) or name in members:
            raise ValueError("a name is no text, or comes twice")
        members[name] = Cut(raw[start:at], value)
        if raw[_skip(raw, at) : _skip(raw, at) + 1] != ",":
            break
        at = _expect(raw, at, ",")
    if _skip(raw, _expect(raw, at, "}")) != len(raw):
        raise ValueError("something follows the object")
    return members


def _decode(raw: str, at: int) -> tuple[object, int]:
    try:
        return _JSON.raw_decode(raw, at)
    except RecursionError as reason:
        raise ValueError("nested too deep") from reason


def _skip(raw: str, at: int) -> int:
    while at < len(raw) and raw[at] in _SPACE:
        at += 1
    return at


def _expect(raw: str, at: int, sign: str) -> int:
    at = _skip(raw, at)
    if raw[at : at + 1] != sign:
        raise ValueError(f"{sign} is missing at {at}")
    return at + 1


def load_private_key(path: Path) -> RSAPrivateKey:
    """Read our own key: PEM (PKCS#1 or PKCS#8), or the bare base64 that Alipay's key tool writes.

    Raises:
        KeyUnreadable: missing, open to others than its owner, with a password, or no RSA key of 2048 bits.
    """
    raw = read_key_file(path, is_secret=True)
    key = _parse(path, raw, lambda pem: load_pem_private_key(pem, None), lambda der: load_der_private_key(der, None))
    if not isinstance(key, RSAPrivateKey) or key.key_size < KEY_BITS_MIN:
        raise KeyUnreadable(path=path, reason=f"no private RSA key of {KEY_BITS_MIN} bits or more")
    return key


def load_public_key(path: Path) -> RSAPublicKey:
    """Read another's key: PEM, or the bare base64 that Alipay's console shows.

    Raises:
        KeyUnreadable: missing, or no public RSA key of 2048 bits.
    """
    key = _parse(path, read_key_file(path, is_secret=False), load_pem_public_key, load_der_public_key)
    if not isinstance(key, RSAPublicKey) or key.key_size < KEY_BITS_MIN:
        raise KeyUnreadable(path=path, reason=f"no public RSA key of {KEY_BITS_MIN} bits or more")
    return key


def read_key_file(path: Path, *, is_secret: bool = False) -> bytes:
    """Return what is in a file of keys or certificates, without blanks around it.

    Raises:
        KeyUnreadable: missing, too long, or a secret that others may read.
    """
    try:
        with path.open("rb") as file:
            if is_secret and (mode := _others_may(file)):
                raise KeyUnreadable(path=path, reason=f"mode {mode:04o} lets others in; chmod 600")
            raw = file.read(KEY_FILE_MAX + 1)
    except OSError as reason:
        raise KeyUnreadable(path=path, reason=reason.strerror) from reason
    if len(raw) > KEY_FILE_MAX:
        raise KeyUnreadable(path=path, reason="too long for a key")
    return raw.strip()


def _others_may(file: BinaryIO) -> int:
    """Return the file's mode if it lets group or others in; Windows guards files by other means."""
    mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
    return mode if os.name == "posix" and mode & 0o077 else 0


def _parse(path: Path, raw: bytes, pem: Callable[[bytes], object], der: Callable[[bytes], object]) -> object:
    """Read a key; the library's own words go no further, because they could quote the file."""
    try:
        return pem(raw) if raw.startswith(b"-----") else der(base64.b64decode(b"".join(raw.split()), validate=True))
    except TypeError:
        raise KeyUnreadable(path=path, reason="it has a password; the till has nobody to ask") from None
    except (ValueError, UnsupportedAlgorithm):
        raise KeyUnreadable(path=path, reason="neither PEM nor the base64 of an RSA key of this kind") from None

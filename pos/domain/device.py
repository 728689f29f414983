"""Device: what a till, or the head office's desk, is to the hub: a name, a key of its own, and the hub it trusts."""

import base64
import hashlib
import hmac
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from pos.domain.entry import canonical
from pos.domain.signing import sign_entry

OFFICE = "office"
"""The name of a device of the head office, alone or with a dot and a few letters behind it."""
CODE_LIFE_S = 30 * 60
"""How long an enrolment code may be used."""

_OFFICE = re.compile(rf"{OFFICE}([.][0-9a-z]{{1,16}})?", re.ASCII)
_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O or U to be read wrong
_READ_AS = str.maketrans("OIL", "011", "- \t")
_LOCATOR = 4
_CODE = re.compile(f"[{_SIGNS}]{{12}}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Device:
    """A device that the hub knows.

    Attributes:
        name: ``store-till``, or ``office``.
        hub_key: the only key whose answers are believed.
        keys: every key this name ever had at the hub, by ``key_id``; older entries are signed by them.
    """

    name: str
    key: Ed25519PrivateKey = field(repr=False)
    hub_key: Ed25519PublicKey
    keys: Mapping[str, Ed25519PublicKey]

    def sign(self, entry_hash: str) -> str:
        """Return the signature of a journal entry."""
        return sign_entry(self.key, entry_hash)


def is_office(name: str) -> bool:
    """Whether a device is the head office's."""
    return _OFFICE.fullmatch(name) is not None


@dataclass(frozen=True, slots=True)
class EnrolmentCode:
    """A one-time code, typed by hand: four signs to find it by, eight that are the secret (40 bits).

    The secret never travels. Both sides stretch it into a key and prove with it that they know it, so that neither
    a stranger can enrol nor a stranger's hub be taken for ours.
    """

    text: str

    @classmethod
    def make(cls, random: bytes) -> "EnrolmentCode":
        """Make a code of eight random bytes."""
        number = int.from_bytes(random, "big")
        return cls("".join(_SIGNS[number >> 5 * place & 31] for place in range(12)))

    @classmethod
    def read(cls, typed: str) -> "EnrolmentCode":
        """Read what a person typed, in any case and with or without hyphens, or raise ValueError."""
        text = typed.upper().translate(_READ_AS)
        if not _CODE.fullmatch(text):
            raise ValueError("not an enrolment code")
        return cls(text)

    def __str__(self) -> str:
        return "-".join(self.text[start : start + 4] for start in (0, 4, 8))

    def __repr__(self) -> str:
        return f"EnrolmentCode({self.locator}…)"

    @property
    def locator(self) -> str:
        """The part that finds it and tells nothing."""
        return self.text[:_LOCATOR]

    def stretched(self, name: str) -> bytes:
        """Return the key both sides get out of it for one device: Argon2id, 19 MiB, two passes (OWASP's least)."""
        salt = hashlib.sha256(canonical(["guitai enrolment 1", name, self.locator])).digest()
        return hash_secret_raw(self.text[_LOCATOR:].encode(), salt, 2, 19_456, 1, 32, Type.ID)


def till_proof(stretched: bytes, name: str, public_key: str, nonce: str) -> str:
    """Return what proves to the hub that the owner of a key knows the code."""
    return _proof(stretched, ["till", name, public_key, nonce])


def hub_proof(stretched: bytes, nonce: str, hub_key: str, keys: Sequence[str]) -> str:
    """Return what proves to the till that the hub of this key knows the code; ``keys`` are all of the till's."""
    return _proof(stretched, ["hub", nonce, hub_key, *keys])


def is_same_proof(one: str, other: str) -> bool:
    """Whether two proofs are equal, in a time that tells nothing."""
    return hmac.compare_digest(one.encode(), other.encode())


def _proof(stretched: bytes, said: Sequence[str]) -> str:
    return base64.b64encode(hmac.digest(stretched, canonical(["guitai enrolment 1", *said]), "sha256")).decode()

"""PINs as they are kept: mixed with a key that is outside the database, then Argon2id; bound to number and role.

A stolen database gives up no PIN without the key's file, and a row whose role or number was edited fits no PIN.
"""

import hashlib
import hmac

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from pos.domain.errors import PepperLost
from pos.domain.staff import Cashier
from pos.keyfile import find_pepper, open_pepper
from pos.settings import Settings

HASHER = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1)
"""Argon2id at 64 MiB: about 0.3 s a guess on a till."""

NOBODY = "$argon2id$v=19$m=65536,t=3,p=1$Z3VpdGFpIG5vYm9keSAhIQ$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
"""What the PIN of a number nobody has is checked against, so that the time it takes says nothing."""


def hashed(settings: Settings, cashier: Cashier, secret: str, *, what: str, hasher: PasswordHasher) -> str:
    """Return what is kept of a secret: which key it was mixed with, and the hash.

    Args:
        what: ``pin`` or ``unlock``; one is never taken for the other.

    Raises:
        KeyUnreadable, StorageError: the key cannot be read or made.
    """
    pepper = open_pepper(settings.pepper_file)
    return f"{pepper_id(pepper)}:{hasher.hash(_mixed(pepper, cashier, secret, what))}"


def fits(settings: Settings, cashier: Cashier, kept: str, secret: str, *, what: str) -> bool:
    """Whether a secret is the one that was kept.

    Raises:
        PepperLost: the key it was mixed with is not there.
        KeyUnreadable: the key's file cannot be used.
    """
    pepper = find_pepper(settings.pepper_file)
    if is_plain(kept):
        # Once there is a key, whoever can edit a row could otherwise put such a one in, and be anybody.
        return _verify(kept if pepper is None else NOBODY, secret.encode())
    name, _, argon = kept.partition(":")
    if pepper is None or pepper_id(pepper) != name:
        raise PepperLost(path=settings.pepper_file)
    return _verify(argon, _mixed(pepper, cashier, secret, what))


def waste_time(secret: str) -> None:
    """Take as long as a check takes."""
    _verify(NOBODY, secret.encode())


def is_plain(kept: str) -> bool:
    """Whether it was kept before there was a key; the first who signs in has it kept anew, the others get new PINs."""
    return kept.startswith("$")


def is_usable(settings: Settings, kept: str) -> bool:
    """Whether a secret can be checked against it: the key it was mixed with is there, if any was."""
    pepper = find_pepper(settings.pepper_file)
    return pepper is None if is_plain(kept) else pepper is not None and kept.startswith(pepper_id(pepper) + ":")


def pepper_id(pepper: bytes) -> str:
    """Return 8 hex digits that say which key it is, and nothing of it."""
    return hashlib.sha256(b"guitai pepper id\0" + pepper).hexdigest()[:8]


def _mixed(pepper: bytes, cashier: Cashier, secret: str, what: str) -> bytes:
    told = f"guitai\0{what}\0{cashier.number}\0{cashier.role.value}\0{secret}"
    return hmac.digest(pepper, told.encode(), "sha256")


def _verify(argon: str, secret: bytes) -> bool:
    try:
        return HASHER.verify(argon, secret)
    except (VerificationError, InvalidHashError):
        return False

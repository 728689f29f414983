"""Proofs: what a person has besides a PIN: a badge to be scanned, and a key that answers over the telephone.

A badge is 130 random bits, kept as what the PINs' key makes of them. The telephone's key is the person's own, the same
at every till that knows them, and kept locked by the PINs' key: a stolen database answers for nobody.
"""

import base64
import hmac
import os
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from pos.domain import facts
from pos.domain.approval import PHONE_KEY_BYTES
from pos.domain.errors import BadNumber, UnknownBadge
from pos.domain.staff import Act, By, Cashier
from pos.keyfile import find_pepper, open_pepper
from pos.storage import staff
from pos.till import allowed
from pos.till.till import Till

BADGE_MARK, BADGE_LETTERS = "GTB1:", "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
BADGE_LENGTH = 26
_IV_BYTES = 12


def give_badge(till: Till, number: str, *, by: By) -> str:
    """Return the text of a person's new badge, which is kept nowhere; the one before is nobody's any more.

    Raises:
        BadNumber: nobody has this number.
        NeedsManager, SamePerson: who orders it may not.
    """
    allowed.require(till, Act.CHANGE_STAFF, by)
    person = _person(till, number)
    text = BADGE_MARK + "".join(secrets.choice(BADGE_LETTERS) for _ in range(BADGE_LENGTH))
    mac = _badge_mac(open_pepper(till.settings.pepper_file), person, text)
    with till.transaction():
        staff.keep_badge(till.db, number, mac)
        till.record(facts.STAFF_CHANGED, facts.staff_facts(person, by))
    return text


def whose_badge(till: Till, text: str) -> Cashier:
    """Return who a badge belongs to, or raise UnknownBadge."""
    pepper = find_pepper(till.settings.pepper_file)
    for row in staff.list_staff(till.db) if pepper else ():
        assert pepper is not None
        if row.badge_mac and hmac.compare_digest(row.badge_mac, _badge_mac(pepper, row.cashier, text)):
            return row.cashier
    raise UnknownBadge


def give_phone_key(till: Till, number: str, key: bytes, *, by: By) -> Cashier:
    """Let a person answer over the telephone with this key, and with no other from now on; return who it is.

    Raises:
        BadNumber: nobody has this number, or it is no such key.
        NeedsManager, SamePerson: who orders it may not.
    """
    allowed.require(till, Act.CHANGE_STAFF, by)
    person = _person(till, number)
    if len(key) != PHONE_KEY_BYTES:
        raise BadNumber(text=f"a telephone key has {PHONE_KEY_BYTES} bytes")
    iv = os.urandom(_IV_BYTES)
    locked = iv + AESGCM(_lock(open_pepper(till.settings.pepper_file))).encrypt(iv, key, _told(person))
    with till.transaction():
        staff.keep_phone_key(till.db, number, base64.b64encode(locked).decode())
        till.record(facts.STAFF_CHANGED, facts.staff_facts(person, by))
    return person


def phone_key_of(till: Till, row: staff.StaffRow) -> bytes | None:
    """Return a person's key for the telephone; None when they have none that can be unlocked for their role."""
    pepper = find_pepper(till.settings.pepper_file)
    if pepper is None or not row.phone_key:
        return None
    locked = base64.b64decode(row.phone_key)
    try:
        return AESGCM(_lock(pepper)).decrypt(locked[:_IV_BYTES], locked[_IV_BYTES:], _told(row.cashier))
    except InvalidTag:
        return None


def _person(till: Till, number: str) -> Cashier:
    row = staff.find_staff(till.db, number)
    if row is None:
        raise BadNumber(text=number)
    return row.cashier


def _badge_mac(pepper: bytes, person: Cashier, text: str) -> str:
    return hmac.digest(pepper, b"guitai badge\0" + _told(person) + b"\0" + text.encode(), "sha256").hex()


def _lock(pepper: bytes) -> bytes:
    return hmac.digest(pepper, b"guitai telephone key", "sha256")


def _told(person: Cashier) -> bytes:
    """Number and role: whoever edits a row has a proof that fits no more."""
    return f"{person.number}\0{person.role.value}".encode()

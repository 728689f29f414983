"""Sign in: number and PIN; a wrong PIN is counted before it is known to be wrong.

Counting first means that pulling the plug in the middle of a guess gains nothing.
"""

import re
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from pos.domain.errors import BadNumber, PinPaused, WrongPin
from pos.domain.staff import Cashier
from pos.storage import staff
from pos.till.till import Till

HASHER = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1)
"""Argon2id at 64 MiB: about 0.3 s a guess on a till."""

_NUMBER, _PIN = re.compile(r"[0-9]{1,12}", re.ASCII), re.compile(r"[0-9]{4,12}", re.ASCII)

SHORT_PAUSE_AFTER, SHORT_PAUSE = 5, timedelta(seconds=30)
LONG_PAUSE_AFTER, LONG_PAUSE = 10, timedelta(minutes=30)


def sign_in(till: Till, number: str, pin: str) -> Cashier:
    """Return who this is.

    Raises:
        WrongPin: number or PIN is wrong; the words do not say which.
        PinPaused: too many wrong PINs.
    """
    with till.transaction():
        row = staff.find_staff(till.db, number)
        if row:
            _refuse_while_paused(till, row)
            staff.count_failure(till.db, number, _pause_after(till, row.failures + 1))
    if row is None or not _is_right(row.pin_hash, pin):
        raise WrongPin(tries_left=max(0, SHORT_PAUSE_AFTER - (row.failures + 1 if row else 1)))
    with till.transaction():
        staff.forget_failures(till.db, number)
    return row.cashier


def put_staff(till: Till, cashier: Cashier, pin: str, *, hasher: PasswordHasher = HASHER) -> None:
    """Add a person, or give them a new PIN.

    Raises:
        BadNumber: number or PIN is none; the PIN itself is not in the error.
    """
    if not _NUMBER.fullmatch(cashier.number) or not _PIN.fullmatch(pin):
        raise BadNumber(text="a number has 1 to 12 digits, a PIN 4 to 12")
    pin_hash = hasher.hash(pin)
    with till.transaction():
        staff.put_staff(till.db, cashier, pin_hash)


def is_known(till: Till, number: str) -> bool:
    """Whether somebody has this number."""
    return staff.find_staff(till.db, number) is not None


def _refuse_while_paused(till: Till, row: staff.StaffRow) -> None:
    now = till.clock.now()
    if row.paused_until and now < row.paused_until:
        raise PinPaused(wait_s=1 + int((row.paused_until - now).total_seconds()))


def _pause_after(till: Till, failures: int) -> datetime | None:
    if failures >= LONG_PAUSE_AFTER:
        return till.clock.now() + LONG_PAUSE
    if failures >= SHORT_PAUSE_AFTER:
        return till.clock.now() + SHORT_PAUSE
    return None


def _is_right(pin_hash: str, pin: str) -> bool:
    try:
        return HASHER.verify(pin_hash, pin)
    except VerifyMismatchError:
        return False

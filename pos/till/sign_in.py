"""Sign in: number and PIN; a try is counted before it is known to be wrong.

Counting first means that pulling the plug in the middle of a guess gains nothing.
"""

import secrets

from argon2 import PasswordHasher

from pos.domain import facts
from pos.domain.errors import BadNumber, PinPaused, WrongPin, WrongUnlockCode
from pos.domain.pin import ACCOUNT_TRIES, TILL_TRIES, UNLOCK_DIGITS, Tries, check_new_pin, is_number
from pos.domain.staff import Act, By, Cashier, Role
from pos.storage import staff
from pos.till import allowed, pins
from pos.till.till import Till


def sign_in(till: Till, number: str, pin: str, unlock_code: str = "") -> Cashier:
    """Return who this is.

    Args:
        unlock_code: a manager's own; with it the PIN is looked at during a pause, too, and the try is not counted.

    Raises:
        WrongPin: number or PIN is wrong; neither words nor time say which.
        PinPaused: too many wrong PINs under this number or at this till; even the right one waits.
        WrongUnlockCode: the code is none of this person's; the PIN was not looked at.
        PepperLost, KeyUnreadable: no PIN can be checked at all.
    """
    row = staff.find_staff(till.db, number)
    if unlock_code:
        _check_unlock_code(till, row, unlock_code)
        left = 1
    else:
        left = count_try(till, number if is_number(number) else "?")
    if row is None or not _is_right(till, row, pin):
        if row is None:
            pins.waste_time(pin)
        raise WrongPin(tries_left=left)
    _note_success(till, row, pin, is_counted=not unlock_code)
    return row.cashier


def by_unlock_code(till: Till, number: str, unlock_code: str) -> Cashier:
    """Return who this is, by the unlock code alone: enough to be given a new PIN, never to sign in.

    Raises:
        WrongUnlockCode: it is not this person's.
    """
    row = staff.find_staff(till.db, number)
    _check_unlock_code(till, row, unlock_code)
    assert row is not None
    return row.cashier


def put_staff(
    till: Till, cashier: Cashier, pin: str, *, by: By | None = None, hasher: PasswordHasher = pins.HASHER
) -> str:
    """Add a person, or give them a new PIN; return a manager's new unlock code, which is kept nowhere.

    Args:
        by: who orders it; not needed while no manager of this till could.

    Raises:
        BadNumber: number or PIN is none; WeakPin: it would be guessed. The PIN itself is not in the error.
        NeedsManager: a manager could have been asked.
    """
    if not is_number(cashier.number):
        raise BadNumber(text="a number has 1 to 12 digits")
    check_new_pin(pin, cashier.number)
    if by or has_manager(till):
        allowed.require(till, Act.CHANGE_STAFF, by)
    code = "".join(secrets.choice("0123456789") for _ in range(UNLOCK_DIGITS)) if cashier.role is Role.MANAGER else ""
    pin_hash = pins.hashed(till.settings, cashier, pin, what="pin", hasher=hasher)
    unlock_hash = pins.hashed(till.settings, cashier, code, what="unlock", hasher=hasher) if code else ""
    with till.transaction():
        staff.put_staff(till.db, cashier, pin_hash, unlock_hash)
        till.record(facts.STAFF_CHANGED, facts.staff_facts(cashier, by))
    return code


def has_manager(till: Till) -> bool:
    """Whether somebody could approve: a manager whose PIN can be checked."""
    return any(
        row.cashier.role is Role.MANAGER and pins.is_usable(till.settings, row.pin_hash)
        for row in staff.list_staff(till.db)
    )


def count_try(till: Till, number: str) -> int:
    """Put a try on disk, for the number and for the till, and return how many are left.

    Raises:
        PinPaused: it has to wait.
    """
    with till.transaction():
        mine, all_ = _tries(till, number), _tries(till, staff.THE_TILL)
        wait_ms = max(mine.wait_ms(ACCOUNT_TRIES), all_.wait_ms(TILL_TRIES))
        if not wait_ms:
            mine, all_ = mine.with_one(), all_.with_one()
        _keep(till, number, mine)  # also when it waits: the counted time may have begun anew
        _keep(till, staff.THE_TILL, all_)
    if wait_ms:
        raise PinPaused(wait_s=-(-wait_ms // 1000), minutes=-(-wait_ms // 60_000))
    return min(mine.left(ACCOUNT_TRIES), all_.left(TILL_TRIES))


def forget_try(till: Till, number: str) -> None:
    """Forget a person's wrong tries; of the till's only one, or a cashier could wipe out guesses at others."""
    with till.transaction():
        staff.forget_tries(till.db, number)
        _keep(till, staff.THE_TILL, _tries(till, staff.THE_TILL).without_one())


def is_known(till: Till, number: str) -> bool:
    """Whether somebody has this number."""
    return staff.find_staff(till.db, number) is not None


def name_of(till: Till, number: str) -> str:
    """Return what somebody is called; the number itself of somebody the till has forgotten."""
    found = staff.find_staff(till.db, number)
    return found.cashier.name if found else number


def longest_number(till: Till) -> int:
    """Return how many digits the longest number here has; what is longer is rather a PIN in the wrong box."""
    return max((len(row.cashier.number) for row in staff.list_staff(till.db)), default=0)


def is_kept_safely(till: Till, number: str) -> bool:
    """Whether somebody has this number, and a PIN that is kept as new ones are."""
    row = staff.find_staff(till.db, number)
    return row is not None and not pins.is_plain(row.pin_hash) and pins.is_usable(till.settings, row.pin_hash)


def _note_success(till: Till, row: staff.StaffRow, pin: str, *, is_counted: bool) -> None:
    """Forget the person's wrong tries; of the till's only this one, or a cashier could wipe out guesses at others."""
    number = row.cashier.number
    plain = pins.is_plain(row.pin_hash)
    anew = pins.hashed(till.settings, row.cashier, pin, what="pin", hasher=pins.HASHER) if plain else ""
    with till.transaction():
        staff.forget_tries(till.db, number)
        if is_counted:
            _keep(till, staff.THE_TILL, _tries(till, staff.THE_TILL).without_one())
        if anew:
            staff.keep_pin_hash(till.db, number, anew)


def _tries(till: Till, who: str) -> Tries:
    return staff.find_tries(till.db, who).at(int(till.clock.monotonic() * 1000))


def _keep(till: Till, who: str, tries: Tries) -> None:
    staff.keep_tries(till.db, who, tries)


def _check_unlock_code(till: Till, row: staff.StaffRow | None, unlock_code: str) -> None:
    if row is None or not row.unlock_hash:
        pins.waste_time(unlock_code)
        raise WrongUnlockCode
    if not pins.fits(till.settings, row.cashier, row.unlock_hash, unlock_code, what="unlock"):
        raise WrongUnlockCode


def _is_right(till: Till, row: staff.StaffRow, pin: str) -> bool:
    return pins.fits(till.settings, row.cashier, row.pin_hash, pin, what="pin")

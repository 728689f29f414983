"""PINs: which ones may be chosen, and how often one may be tried.

Tries fill a bucket that empties at an even pace. So a guesser never gets more than the bucket and what ran out of it,
and whoever comes after him waits for one try's worth at most: there is no lock-out that could shut out a manager.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from pos.domain.errors import BadNumber, WeakPin

PIN_DIGITS = 6
"""Of a new PIN, at least; what guards so short a secret is how seldom it may be tried."""
UNLOCK_DIGITS = 16
"""Of the code that lets a manager try a PIN at once: 53 bits, drawn by the till, never chosen."""
TRY_MS = 6 * 60 * 1000
"""How long a wrong try is remembered, one after the other."""
ACCOUNT_TRIES, TILL_TRIES = 5, 10
"""Tries at once. With what runs out meanwhile: 5 + 5 in any half hour for a person, 10 + 10 in any hour at a till."""

_NUMBER, _PIN = re.compile(r"[0-9]{1,12}", re.ASCII), re.compile(r"[0-9]{1,12}", re.ASCII)


def is_number(text: str) -> bool:
    """Whether a person may have this number."""
    return _NUMBER.fullmatch(text) is not None


def check_new_pin(pin: str, number: str) -> None:
    """Refuse a PIN that is among the first a guesser would try; the PIN itself is in no error.

    Raises:
        BadNumber: it is not all digits, or far too long.
        WeakPin: it is too short, the person's own number, a date, or follows a plain pattern.
    """
    if not _PIN.fullmatch(pin):
        raise BadNumber(text="a PIN has 6 to 12 digits")
    if reason := weakness(pin, number):
        raise WeakPin(digits=PIN_DIGITS, reason=reason)


def weakness(pin: str, number: str) -> str:
    """Return why somebody who knows nothing but the number would guess a PIN early; empty when they would not."""
    if len(pin) < PIN_DIGITS:
        return "too short"
    if _holds_number(pin, number):
        return "the person's own number"
    if _is_patterned(pin):
        return "a pattern"
    return "a date" if _is_date(pin) else ""


def _holds_number(pin: str, number: str) -> bool:
    return pin in number or (len(number) >= 3 and (number in pin or number[::-1] in pin))


def _is_patterned(pin: str) -> bool:
    """Few digits, a repeated part, even steps, pairs, or the same read backwards."""
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    repeated = any(pin == (pin[:size] * len(pin))[: len(pin)] for size in range(1, len(pin) // 2 + 1))
    pairs = len(pin) % 2 == 0 and all(pin[at] == pin[at + 1] for at in range(0, len(pin), 2))
    return len(set(pin)) < 3 or len(steps) == 1 or repeated or pairs or pin == pin[::-1]


def _is_date(pin: str) -> bool:
    """A day as YYMMDD, as on every identity card, YYYYMMDD, or a month as YYYYMM."""
    for shape, length in (("%y%m%d", 6), ("%Y%m%d", 8), ("%Y%m", 6)):
        if len(pin) == length:
            try:
                found = datetime.strptime(pin, shape)  # noqa: DTZ007  (a day of no place)
            except ValueError:
                continue
            if 1900 <= found.year < 2100:
                return True
    return False


@dataclass(frozen=True, slots=True)
class Tries:
    """What is in a bucket.

    Attributes:
        owed_ms: what has not run out yet.
        stamp_ms: when that was so, by the machine's counted milliseconds; no clock on the wall moves them. They
            begin anew when the machine does, and then nothing has run out: a pause only ever gets longer.
    """

    owed_ms: int = 0
    stamp_ms: int = 0

    def at(self, now_ms: int) -> "Tries":
        """Return what is left of it now."""
        return Tries(max(0, self.owed_ms - max(0, now_ms - self.stamp_ms)), now_ms)

    def with_one(self) -> "Tries":
        """Return it with one try more."""
        return Tries(self.owed_ms + TRY_MS, self.stamp_ms)

    def without_one(self) -> "Tries":
        """Return it without the try that was a right one."""
        return Tries(max(0, self.owed_ms - TRY_MS), self.stamp_ms)

    def left(self, tries: int) -> int:
        """Return how many tries fit in now, into a bucket of this many."""
        return max(0, (tries * TRY_MS - self.owed_ms) // TRY_MS)

    def wait_ms(self, tries: int) -> int:
        """Return how long until one fits in."""
        return max(0, self.owed_ms + TRY_MS - tries * TRY_MS)

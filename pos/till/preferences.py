"""Preferences: what a manager sets at the till itself."""

from pos.domain.entry import Json
from pos.domain.staff import Act, By
from pos.storage import preferences
from pos.till import allowed
from pos.till.till import Till


def preference(till: Till, key: str) -> Json | None:
    """Return what was set under a key; None when nothing was."""
    return preferences.find_preference(till.db, key)


def keep_preference(till: Till, key: str, value: Json, *, by: By) -> Json:
    """Set something in place of what was, and return it.

    Raises:
        NeedsManager: neither the actor nor an approver may change the store.
    """
    allowed.require(till, Act.CHANGE_STORE, by)
    with till.transaction():
        preferences.keep_preference(till.db, key, value, till.clock.now())
    return value

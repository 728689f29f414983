"""Preferences: what a manager sets at the till itself, and the language that anybody there chose last."""

from pos.domain.entry import Json
from pos.domain.staff import Act, By
from pos.settings import Language
from pos.storage import preferences
from pos.till import allowed
from pos.till.till import Till

_SPOKEN = "spoken"


def preference(till: Till, key: str) -> Json | None:
    """Return what was set under a key; None when nothing was."""
    return preferences.find_preference(till.db, key)


def spoken(till: Till) -> Language:
    """Return the language of the screen: the one that was chosen at the till, until the settings say another."""
    asked = till.settings.till.language
    kept = preference(till, _SPOKEN)
    if not isinstance(kept, dict) or kept.get("settings") != asked:
        return asked
    return "en" if kept.get("chosen") == "en" else "zh"


def keep_spoken(till: Till, chosen: Language) -> None:
    """Remember the language that somebody chose; whoever stands there may."""
    with till.transaction():
        body: Json = {"chosen": chosen, "settings": till.settings.till.language}
        preferences.keep_preference(till.db, _SPOKEN, body, till.clock.now())


def keep_preference(till: Till, key: str, value: Json, *, by: By) -> Json:
    """Set something in place of what was, and return it.

    Raises:
        NeedsManager: neither the actor nor an approver may change the store.
    """
    allowed.require(till, Act.CHANGE_STORE, by)
    with till.transaction():
        preferences.keep_preference(till.db, key, value, till.clock.now())
    return value

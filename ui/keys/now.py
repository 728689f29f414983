"""Now: the map of this till, for whatever prints a key."""

from ui.keys.keymap import OURS, KeyMap, Press, key_words

_now: list[KeyMap] = [OURS]


def current() -> KeyMap:
    """Return the map that is in use."""
    return _now[0]


def use(keys: KeyMap) -> None:
    """Print and obey these keys from now on."""
    _now[0] = keys


def printed(press: Press) -> str:
    """Return the key that is printed for a press; empty when it has none."""
    keys = current().keys_of(press)
    return key_words(keys[0]) if keys else ""

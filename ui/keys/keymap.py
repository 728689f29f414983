"""Keymap: which keys do what, and where; pure data, with maps that Chinese cashiers know from elsewhere.

A key is written as Qt writes it (``F12``, ``Ctrl+F7``, ``Del``), or as its sign (``*``). The same key may do one
thing among the goods and another on the pay page: two presses collide only where both can be pressed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from pos.domain.entry import Json


class Press(StrEnum):
    """What a key press does."""

    HELP = "help"
    TAKE = "take"
    STOP = "stop"
    PAY = "pay"
    QUANTITY = "quantity"
    PRICE = "price"
    LINE_DISCOUNT = "line_discount"
    ORDER_DISCOUNT = "order_discount"
    MEMBER = "member"
    SUSPEND = "suspend"
    RESUME = "resume"
    PRICE_CHECK = "price_check"
    LINE_UP = "line_up"
    LINE_DOWN = "line_down"
    VOID_LINE = "void_line"
    UNDO = "undo"
    CLEAR = "clear"
    DRAWER = "drawer"
    REFUND = "refund"
    EXACT = "exact"
    QUICK_1 = "quick_1"
    QUICK_2 = "quick_2"
    QUICK_3 = "quick_3"
    QUICK_4 = "quick_4"
    SHOW_QR = "show_qr"
    QUERY = "query"
    TODAY = "today"
    REVIEW = "review"
    CLOSE_SHIFT = "close_shift"
    LOCK = "lock"
    LANGUAGE = "language"
    TRAINING = "training"
    KEYS = "keys"
    MORE = "more"
    TARE = "tare"
    WEIGH = "weigh"
    COUPON = "coupon"
    STORE = "store"
    REPRINT = "reprint"
    PRINTING = "printing"
    PHONE = "phone"


class Place(StrEnum):
    """Where a key is pressed."""

    SIGN_IN = "sign_in"
    GOODS = "goods"
    PAY = "pay"
    WAIT = "wait"
    PAID = "paid"
    PAGE = "page"


_GOODS, _PAY = frozenset({Place.GOODS}), frozenset({Place.PAY})
_SALE = frozenset({Place.GOODS, Place.PAY, Place.PAID})
_ANYWHERE = frozenset(Place)
_PLACES: dict[Press, frozenset[Place]] = {
    Press.HELP: _ANYWHERE,
    Press.TAKE: _ANYWHERE,
    Press.STOP: _ANYWHERE,
    Press.PAY: _ANYWHERE - {Place.SIGN_IN},
    Press.VOID_LINE: frozenset({Place.GOODS, Place.PAY, Place.WAIT, Place.PAGE}),
    Press.DRAWER: frozenset({Place.GOODS, Place.PAID, Place.PAGE}),
    Press.REFUND: frozenset({Place.GOODS, Place.PAID, Place.PAGE}),
    Press.EXACT: _PAY,
    Press.QUICK_1: _PAY,
    Press.QUICK_2: _PAY,
    Press.QUICK_3: _PAY,
    Press.QUICK_4: _PAY,
    Press.SHOW_QR: _PAY,
    Press.QUERY: frozenset({Place.WAIT}),
    Press.TODAY: _SALE | {Place.PAGE},
    Press.REVIEW: _SALE,
    Press.CLOSE_SHIFT: _SALE,
    Press.LOCK: _ANYWHERE - {Place.SIGN_IN, Place.WAIT},
    Press.LANGUAGE: _ANYWHERE,
    Press.TRAINING: frozenset({Place.SIGN_IN}),
    Press.KEYS: frozenset({Place.GOODS, Place.PAGE}),
    Press.REPRINT: frozenset({Place.GOODS, Place.PAID, Place.PAGE}),
    Press.PRINTING: _SALE,
    Press.PHONE: frozenset({Place.GOODS, Place.PAGE, Place.WAIT}),
}
FIXED = frozenset({Press.HELP, Press.TAKE, Press.STOP})
"""Presses whose keys are the same in every map, because sentences name them."""
SIGNS = frozenset("*+/-.")
"""Keys that also write something, and may be keys all the same; letters and digits are typed and scanned."""

_PRINTED = {"Return": "Enter", "Up": "↑", "Down": "↓"}


def places_of(press: Press) -> frozenset[Place]:
    """Return where a press can be made; most are made among the goods."""
    return _PLACES.get(press, _GOODS)


class Part(StrEnum):
    """A part of the key sheet: keys that hold anywhere, while goods are sold, while money is taken."""

    SELLING = "selling"
    PAYING = "paying"
    ELSEWHERE = "elsewhere"


def part_of(press: Press) -> Part:
    """Return in which part of the sheet a press is told."""
    places = places_of(press)
    if places == _GOODS:
        return Part.SELLING
    return Part.PAYING if places <= {Place.PAY, Place.WAIT} else Part.ELSEWHERE


def is_usable(key: str) -> bool:
    """Whether a key may be given to a press: what is typed into boxes may not."""
    if len(key) == 1:
        return key in SIGNS
    return key not in {"Space", "Backspace", "Tab", "Left", "Right", "Home", "Return", "Enter", "Esc", "F1"}


def key_words(key: str) -> str:
    """Return a key as it is printed on keyboards."""
    return _PRINTED.get(key, key)


def keys_words(keys: tuple[str, ...]) -> str:
    """Return all keys of a press; the two Enters are one."""
    return "  ".join(dict.fromkeys(key_words(key) for key in keys)) or "—"


@dataclass(frozen=True, slots=True)
class Collision:
    """Two presses that one key would make in one place."""

    key: str
    one: Press
    other: Press


@dataclass(frozen=True, slots=True)
class KeyMap:
    """The keys of every press, the first of which is printed on its button.

    Attributes:
        preset: the map it was made from.
    """

    preset: str
    keys: Mapping[Press, tuple[str, ...]]

    def keys_of(self, press: Press) -> tuple[str, ...]:
        """Return a press's keys; none when it has been left without."""
        return self.keys.get(press, ())

    def press_for(self, key: str, place: Place) -> Press | None:
        """Return what a key does in a place."""
        return next((press for press in Press if key in self.keys_of(press) and place in places_of(press)), None)

    def every_key(self) -> list[str]:
        """Return each key once."""
        return list(dict.fromkeys(key for press in Press for key in self.keys_of(press)))

    def collisions(self) -> list[Collision]:
        """Return where one key would do two things in one place."""
        presses = list(Press)
        return [
            Collision(key, one, other)
            for at, one in enumerate(presses)
            for other in presses[at + 1 :]
            if places_of(one) & places_of(other)
            for key in self.keys_of(one)
            if key in self.keys_of(other)
        ]

    def rivals(self, press: Press, key: str) -> list[Press]:
        """Return whose key it is already, where this press can be made."""
        return [
            each
            for each in Press
            if each is not press and key in self.keys_of(each) and places_of(each) & places_of(press)
        ]

    def with_keys(self, press: Press, *keys: str) -> "KeyMap":
        """Return this map with other keys for a press."""
        return replace(self, keys=dict(self.keys) | {press: keys})

    def as_json(self) -> Json:
        """Return the map as it is kept."""
        return {"preset": self.preset, "keys": {press.value: list(self.keys_of(press)) for press in Press}}


_OURS: dict[Press, tuple[str, ...]] = {
    Press.HELP: ("F1",),
    Press.TAKE: ("Return", "Enter"),
    Press.STOP: ("Esc",),
    Press.PAY: ("F12", "+"),
    Press.QUANTITY: ("F4", "*"),
    Press.PRICE: ("F5", "/"),
    Press.LINE_DISCOUNT: ("F6",),
    Press.ORDER_DISCOUNT: ("F7",),
    Press.MEMBER: ("F8",),
    Press.SUSPEND: ("F2",),
    Press.RESUME: ("F3",),
    Press.PRICE_CHECK: ("Ctrl+F",),
    Press.LINE_UP: ("Up",),
    Press.LINE_DOWN: ("Down",),
    Press.VOID_LINE: ("Del",),
    Press.UNDO: ("Ctrl+Z",),
    Press.CLEAR: ("Ctrl+Del",),
    Press.DRAWER: ("F10",),
    Press.REFUND: ("F9",),
    Press.EXACT: ("F9",),
    Press.QUICK_1: ("F2",),
    Press.QUICK_2: ("F3",),
    Press.QUICK_3: ("F4",),
    Press.QUICK_4: ("F5",),
    Press.SHOW_QR: ("F6",),
    Press.QUERY: ("F5",),
    Press.TODAY: ("Ctrl+F8",),
    Press.REVIEW: ("Ctrl+F10",),
    Press.CLOSE_SHIFT: ("Ctrl+F7",),
    Press.LOCK: ("F11",),
    Press.LANGUAGE: ("Ctrl+L",),
    Press.TRAINING: ("Ctrl+T",),
    Press.KEYS: ("Ctrl+K",),
    Press.MORE: ("Ctrl+M",),
    Press.TARE: ("Ctrl+P",),
    Press.WEIGH: ("Ctrl+W",),
    Press.COUPON: ("Ctrl+E",),
    Press.STORE: ("Ctrl+D",),
    Press.REPRINT: ("Ctrl+R",),
    Press.PRINTING: ("Ctrl+F9",),
    Press.PHONE: ("Ctrl+Y",),
}

# What is known of each is in its public help; what is not named there stays as in ours, or makes way.
_GUANJIAPO: dict[Press, tuple[str, ...]] = {
    Press.PAY: ("F9",),
    Press.EXACT: ("F11",),
    Press.PRICE: (".",),
    Press.LINE_DISCOUNT: ("/",),
    Press.MEMBER: ("F2",),
    Press.SUSPEND: ("F7",),
    Press.RESUME: ("F8",),
    Press.ORDER_DISCOUNT: ("F10",),
    Press.PRICE_CHECK: ("F12",),
    Press.QUANTITY: ("*", "F4"),
    Press.DRAWER: ("F5",),
    Press.REFUND: ("F6",),
    Press.LOCK: ("Ctrl+F11",),
}
_ZHONGDING: dict[Press, tuple[str, ...]] = {
    Press.PAY: ("F5", "+"),
    Press.LINE_DISCOUNT: ("F6",),
    Press.PRICE: ("F7", "/"),
    Press.QUANTITY: ("F8", "*"),
    Press.ORDER_DISCOUNT: ("Shift+F6",),
    Press.MEMBER: ("F4",),
    Press.QUICK_4: ("F7",),
    Press.QUERY: ("F8",),
}
_F9_PAYS: dict[Press, tuple[str, ...]] = {
    Press.PAY: ("F9", "+"),
    Press.EXACT: ("F12",),
    Press.SUSPEND: ("F6",),
    Press.RESUME: ("Shift+F6",),
    Press.LINE_DISCOUNT: ("F2",),
    Press.REFUND: ("F3",),
    Press.CLEAR: ("Ctrl+Del",),
}
PRESETS: dict[str, KeyMap] = {
    name: KeyMap(name, _OURS | changed)
    for name, changed in (
        ("guitai", {}),
        ("guanjiapo", _GUANJIAPO),
        ("zhongding", _ZHONGDING),
        ("f9", _F9_PAYS),
    )
}
OURS = PRESETS["guitai"]


def read_keys(kept: Json | None) -> KeyMap:
    """Return the map that was kept; what it does not say, or says badly, is as in its preset.

    A press that a later version brought keeps out of the way of the keys the shop has chosen.
    """
    if not isinstance(kept, dict):
        return OURS
    preset = PRESETS.get(str(kept.get("preset")), OURS)
    told = kept.get("keys")
    chosen = _chosen(told) if isinstance(told, dict) else {}
    made = KeyMap(preset.preset, dict.fromkeys(Press, ()) | chosen)
    for press in Press:
        if press not in chosen:
            free = [key for key in preset.keys_of(press) if not made.rivals(press, key)]
            made = made.with_keys(press, *free)
    return preset if made.collisions() else made


def _chosen(told: Mapping[str, Json]) -> dict[Press, tuple[str, ...]]:
    known = {press.value: press for press in Press if press not in FIXED}
    return {
        known[name]: tuple(str(key) for key in keys if is_usable(str(key)))
        for name, keys in told.items()
        if name in known and isinstance(keys, list)
    }

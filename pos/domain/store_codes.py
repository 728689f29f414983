"""Store codes: everything a scanned text can mean in this store, and which of it counts where it was scanned."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pos.domain.code import Code, CodeKind, plain, shapes_of
from pos.domain.errors import BadStoreRule
from pos.domain.scale_label import ScaleRule, read_scale_label, read_scale_rules


@dataclass(frozen=True, slots=True)
class Shape:
    """How a store's own cards look: digits and letters of these lengths that begin with one of these prefixes.

    Attributes:
        level: what such a card makes a member, such as ``gold``.
    """

    prefixes: tuple[str, ...]
    lengths: tuple[int, ...]
    level: str = ""

    def fits(self, text: str) -> bool:
        """Whether a text looks so."""
        return text.isascii() and text.isalnum() and len(text) in self.lengths and text.startswith(self.prefixes)


@dataclass(frozen=True, slots=True)
class StoreCodes:
    """What a store's own numbers look like."""

    members: tuple[Shape, ...] = ()
    coupons: tuple[Shape, ...] = ()
    scale_rules: tuple[ScaleRule, ...] = ()


NO_STORE_CODES = StoreCodes()
"""A store that has no numbers of its own."""


class Mode(StrEnum):
    """What the screen is waiting for when something is scanned."""

    GOODS = "goods"
    MONEY = "money"
    RECEIPT = "receipt"
    PERSON = "person"


_WAITED_FOR = {
    Mode.GOODS: (),
    Mode.MONEY: (CodeKind.PAYMENT, CodeKind.WECHAT_PAY),
    Mode.RECEIPT: (CodeKind.RECEIPT,),
    Mode.PERSON: (CodeKind.BADGE,),
}


def read_codes(text: str, codes: StoreCodes = NO_STORE_CODES) -> tuple[Code, ...]:
    """Return everything a scanned or typed text can mean, best first; never nothing, at worst ``UNKNOWN``.

    What the store says of its own numbers goes before what a text looks like everywhere.
    """
    text = plain(text)
    own = [Code(text, kind) for kind, fits in _own_kinds(text, codes) if fits]
    anywhere = shapes_of(text)
    if own and anywhere[0].kind is CodeKind.UNKNOWN:
        return tuple(own)
    return (*own, *anywhere)


def _own_kinds(text: str, codes: StoreCodes) -> Sequence[tuple[CodeKind, bool]]:
    return (
        (CodeKind.SCALE_LABEL, read_scale_label(text, codes.scale_rules) is not None),
        (CodeKind.MEMBER, any(shape.fits(text) for shape in codes.members)),
        (CodeKind.COUPON, any(shape.fits(text) for shape in codes.coupons)),
    )


def for_mode(codes: Sequence[Code], mode: Mode) -> tuple[Code, ...]:
    """Return the meanings as they count where the text was scanned, best first.

    The first is what it means. The others are for when the till does not know the first, such as a scale label whose
    item is not on sale: then the next may hold. Where money is waited for, a payment code is nothing else.
    """
    waited_for = [code for code in codes if code.kind in _WAITED_FOR[mode]]
    if waited_for and mode is Mode.MONEY:
        return tuple(waited_for)
    return (*waited_for, *(code for code in codes if code not in waited_for))


def level_of(text: str, codes: StoreCodes) -> str:
    """Return the level of a member's card; empty where its shape tells none."""
    return next((shape.level for shape in codes.members if shape.fits(text)), "")


def read_store_codes(document: Mapping[str, Any]) -> StoreCodes:
    """Read what a store's rule document says of its numbers: its parts ``codes`` and ``scale_labels``.

    Raises:
        BadStoreRule: something in it cannot be used; nothing is taken then.
    """
    codes = document.get("codes", {})
    if not isinstance(codes, dict):
        raise BadStoreRule(part="codes", rule="", field="", reason="object")
    for key in codes:
        if key not in {"members", "coupons"}:
            raise BadStoreRule(part="codes", rule=key, field="", reason="unknown")
    return StoreCodes(
        members=_shapes("members", codes.get("members", [])),
        coupons=_shapes("coupons", codes.get("coupons", [])),
        scale_rules=read_scale_rules(document.get("scale_labels", [])),
    )


def _shapes(name: str, raw: object) -> tuple[Shape, ...]:
    if not isinstance(raw, list):
        raise BadStoreRule(part="codes", rule=name, field="", reason="list")
    return tuple(_shape(name, each) for each in raw)


def _shape(name: str, raw: object) -> Shape:
    known = {"prefixes", "lengths"} | ({"level"} if name == "members" else set())
    if not isinstance(raw, dict) or not {"prefixes", "lengths"} <= set(raw) <= known:
        raise BadStoreRule(part="codes", rule=name, field="", reason="prefixes, lengths")
    prefixes, lengths, level = raw["prefixes"], raw["lengths"], raw.get("level", "")
    if not isinstance(level, str):
        raise BadStoreRule(part="codes", rule=name, field="level", reason=level)
    if not _all(prefixes, lambda each: isinstance(each, str) and each.isascii() and each.isalnum()):
        raise BadStoreRule(part="codes", rule=name, field="prefixes", reason=prefixes)
    if not _all(lengths, lambda each: type(each) is int and 4 <= each <= 64):
        raise BadStoreRule(part="codes", rule=name, field="lengths", reason=lengths)
    return Shape(tuple(prefixes), tuple(lengths), level)


def _all(values: object, is_right: Callable[[Any], bool]) -> bool:
    return isinstance(values, list) and bool(values) and all(map(is_right, values))

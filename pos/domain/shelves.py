"""Shelves: what the categories of the catalogue are called in English; the feed has one name of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pos.domain.errors import BadStoreRule
from pos.domain.tiles import NAME_MAX

PART = "shelves"


@dataclass(frozen=True, slots=True)
class Shelf:
    """A category of the catalogue; without an English name it has its own in both languages."""

    name: str
    name_en: str = ""


def read_shelf_names(document: Mapping[str, Any]) -> Mapping[str, str]:
    """Read the part ``shelves`` of a store's rule document: ``[{"name": "饮料", "name_en": "Drinks"}]``.

    Raises:
        BadStoreRule: it cannot be used; none of it is taken then.
    """
    told = document.get(PART, [])
    if not isinstance(told, list):
        raise BadStoreRule(part=PART, rule="", field="", reason="list")
    return dict(_names(number, each) for number, each in enumerate(told, 1))


def _names(number: int, told: object) -> tuple[str, str]:
    if not isinstance(told, dict) or told.keys() != {"name", "name_en"}:
        raise BadStoreRule(part=PART, rule=number, field="", reason="name, name_en")
    for field, words in told.items():
        if not isinstance(words, str) or not 0 < len(words) <= NAME_MAX:
            raise BadStoreRule(part=PART, rule=number, field=field, reason=words)
    return told["name"], told["name_en"]

"""Rules: what the head office says a store goes by besides prices; one document with a version, kept whole."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pos.domain.entry import Json
from pos.domain.freshness import read_freshness
from pos.domain.store_codes import read_store_codes
from pos.domain.tiles import read_arrangement
from pos.storage import catalogue
from pos.till.till import Till


@dataclass(frozen=True, slots=True)
class Rules:
    """The rule document in force; version ``""`` and nothing in it while there is none."""

    version: str
    document: Mapping[str, Json]


Check = Callable[[str, Mapping[str, Any]], object]
"""Given a version and a document, raises a PosError when its part of it cannot be used."""

CHECKS: tuple[Check, ...] = (
    lambda _version, document: read_arrangement(document.get("tiles", [])),
    lambda _version, document: read_store_codes(document),
    lambda _version, document: read_freshness(document),
)
"""One for each part of a document that somebody reads."""


def check(version: str, document: Mapping[str, Any]) -> None:
    """Look at every part of a document before it is kept; for the sync.

    Raises:
        PosError: what the first part that cannot be used says of itself.
    """
    for each in CHECKS:
        each(version, document)


def rules_of(till: Till) -> Rules:
    """Return the rules in force; one point read while they stay the same."""
    if catalogue.rules_version(till.prices) != till.kept_rules[0]:
        till.kept_rules = catalogue.find_rules(till.prices)
    return Rules(*till.kept_rules)

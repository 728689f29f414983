"""Rules: what the head office says a store goes by besides prices; one document with a version, kept whole."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pos.domain.entry import Json
from pos.domain.errors import PosError
from pos.domain.freshness import FreshnessRules, read_freshness
from pos.domain.limits import read_limits
from pos.domain.promotion import PromotionBook, read_book
from pos.domain.receipt_code import ReceiptKey, read_receipt_keys
from pos.domain.shelves import read_shelf_names
from pos.domain.staff import USUAL_LIMITS, Limits
from pos.domain.store_codes import read_store_codes
from pos.domain.tiles import read_arrangement
from pos.storage import catalogue
from pos.till.till import Till

_log = logging.getLogger(__name__)


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
    lambda _version, document: read_receipt_keys(document),
    lambda _version, document: read_limits(document),
    lambda _version, document: read_shelf_names(document),
    lambda version, document: read_book(document, version),
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


def book_of(till: Till) -> PromotionBook:
    """Return the promotions in force; read once for each version."""
    rules = rules_of(till)
    if till.kept_book.version != rules.version:
        try:
            till.kept_book = read_book(rules.document, rules.version)
        except PosError as reason:  # it was read before it was kept, by an older program: better no rule than no sale
            _log.warning("sold without promotions: %r", reason)
            till.kept_book = PromotionBook(rules.version)
    return till.kept_book


def freshness_of(till: Till) -> FreshnessRules:
    """Return what is called back and what gets cheaper towards its end."""
    try:
        return read_freshness(rules_of(till).document)
    except PosError as reason:
        _log.warning("sold without recalls and markdowns: %r", reason)
        return FreshnessRules()


def receipt_keys(till: Till) -> tuple[ReceiptKey, ...]:
    """Return the keys of the group's receipts; none where nobody gave any, nor at a till to practise on."""
    if till.settings.is_training:
        return ()
    try:
        return read_receipt_keys(rules_of(till).document)
    except PosError as reason:
        _log.warning("receipts are not signed: %r", reason)
        return ()


def limits_of(till: Till) -> Limits:
    """Return how far each role goes alone."""
    try:
        return read_limits(rules_of(till).document)
    except PosError as reason:
        _log.warning("the usual limits are held: %r", reason)
        return USUAL_LIMITS


def shelf_names(till: Till) -> Mapping[str, str]:
    """Return what the shelves are called in English."""
    try:
        return read_shelf_names(rules_of(till).document)
    except PosError as reason:
        _log.warning("shelves have one name: %r", reason)
        return {}

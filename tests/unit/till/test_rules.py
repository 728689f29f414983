"""The rules in force are read once, and again when they are others."""

import pytest

from pos.domain.errors import BadTiles
from pos.storage import catalogue
from pos.till.rules import Rules, check, rules_of
from pos.till.till import Till


def test_without_a_document_there_are_no_rules(till: Till) -> None:
    assert rules_of(till) == Rules("", {})


def test_another_version_is_seen_at_once(till: Till) -> None:
    catalogue.keep_rules(till.prices, "1-00000000", {"recalls": []})
    assert rules_of(till) == Rules("1-00000000", {"recalls": []})
    catalogue.keep_rules(till.prices, "2-00000000", {"codes": {}})
    assert rules_of(till) == Rules("2-00000000", {"codes": {}})


def test_the_same_version_is_not_read_again(till: Till) -> None:
    catalogue.keep_rules(till.prices, "1-00000000", {"recalls": []})
    assert rules_of(till).document is rules_of(till).document


def test_a_document_whose_tiles_are_none_is_refused() -> None:
    check("1-00000000", {"tiles": [{"name": "页", "tiles": []}], "unheard_of": {"a": 1}})
    with pytest.raises(BadTiles):
        check("2-00000000", {"tiles": 7})

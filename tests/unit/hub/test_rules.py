"""The hub keeps one rule document a store, or one for all, and gives each till the one that is in force."""

from collections.abc import Mapping

import pytest
from msgspec import UNSET, Raw
from sqlalchemy import Engine

from pos.hub.rules import NotCanonical, import_rules, rules_for
from pos.hub.wire import Rules, RulesImport
from tests.unit.hub.kit import NOW

HALF = {"promotions": [{"id": "half", "name": "第二件半价"}]}
HALF_HASH = "091788cd"  # sha256sum of {"promotions":[{"id":"half","name":"第二件半价"}]}, its first eight digits


def bring(engine: Engine, rules: Mapping[str, object], store: str = "") -> str:
    return import_rules(engine, RulesImport(store, dict(rules)), NOW).version


def take_away(engine: Engine, store: str = "") -> str:
    return import_rules(engine, RulesImport(store), NOW).version


def test_before_the_first_there_is_none(engine: Engine) -> None:
    assert rules_for(engine, "0017", "") == Rules("")
    assert rules_for(engine, "0017", "3-12345678") == Rules("", Raw(b"{}"))


def test_a_document_comes_out_as_canonical_json_with_its_version(engine: Engine) -> None:
    version = bring(engine, {"promotions": [{"name": "第二件半价", "id": "half"}]})
    assert version == f"1-{HALF_HASH}"
    told = rules_for(engine, "0017", "")
    assert told.version == version
    assert told.rules is not UNSET
    assert bytes(told.rules).decode() == '{"promotions":[{"id":"half","name":"第二件半价"}]}'


def test_whoever_has_it_already_is_told_only_that(engine: Engine) -> None:
    version = bring(engine, HALF)
    assert rules_for(engine, "0017", version) == Rules(version)


def test_a_store_with_its_own_does_not_hear_the_one_for_all(engine: Engine) -> None:
    for_all = bring(engine, HALF)
    own = bring(engine, {"recalls": []}, "0017")
    assert rules_for(engine, "0017", "").version == own
    assert rules_for(engine, "0018", "").version == for_all
    assert take_away(engine, "0017") == for_all
    assert rules_for(engine, "0017", own).version == for_all


def test_versions_only_grow_whatever_is_taken_away(engine: Engine) -> None:
    versions = [bring(engine, HALF), take_away(engine), bring(engine, HALF), bring(engine, {"codes": {}})]
    assert [each.partition("-")[0] for each in versions] == ["1", "", "3", "4"]


def test_the_same_document_again_is_no_new_version(engine: Engine) -> None:
    first = bring(engine, HALF)
    assert bring(engine, HALF) == first
    take_away(engine)
    assert take_away(engine) == ""


@pytest.mark.parametrize("rules", [{"a": 0.5}, {"a": True}, {"a": None}, {"名": 1}, {"a": 2**60}, {"a": "\ud83d"}])
def test_what_is_not_canonical_is_refused_whole(engine: Engine, rules: dict[str, object]) -> None:
    version = bring(engine, HALF)
    with pytest.raises(NotCanonical):
        bring(engine, rules)
    assert rules_for(engine, "0017", version) == Rules(version)


def test_a_document_beyond_the_limit_is_refused(engine: Engine) -> None:
    with pytest.raises(NotCanonical, match="2000000 bytes"):
        bring(engine, {"a": "x" * 2_000_000})

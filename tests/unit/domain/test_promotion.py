"""Rules as they are written: what is taken, and what is refused by name."""

import json
from pathlib import Path
from typing import Any

import pytest

from pos.domain.errors import BadRule
from pos.domain.promotion import EMPTY_BOOK, MAX_RULES, read_book
from pos.sandbox.store import SHELVES, sample_products

SAMPLE = Path(__file__).parents[3] / "assets" / "sample" / "promotions.json"
ALL = {"all": 1}
PERCENT = {"id": "a", "kind": "percent", "name": "9折", "name_en": "10% off", "scope": ALL, "percent_off": 10}
NAMED = {"id": "a", "name": "优惠", "name_en": "Offer"}
STEP = {"at_fen": 100, "off_fen": 10}


def refused(written: object) -> tuple[str, str, str]:
    with pytest.raises(BadRule) as found:
        read_book({"promotions": [PERCENT | {"id": "good"}, written]}, "7")
    assert found.value.code == "P-701"
    return str(found.value.facts["rule"]), str(found.value.facts["field"]), str(found.value.facts["reason"])


def test_a_document_without_promotions_is_a_book_without_rules() -> None:
    assert read_book({"tiles": []}, "") == EMPTY_BOOK
    assert read_book({"promotions": []}, "7").version == "7"


def test_books_of_the_same_rules_are_the_same_in_whatever_order_they_were_written() -> None:
    rules = [PERCENT | {"id": name, "priority": place} for place, name in enumerate("abc")]
    assert read_book({"promotions": rules}, "7") == read_book({"promotions": rules[::-1]}, "7")
    assert [rule.id for rule in read_book({"promotions": rules}, "7").rules] == ["c", "b", "a"]


def test_the_rules_of_the_sample_store_are_about_goods_it_has() -> None:
    document = json.loads(SAMPLE.read_text("utf-8"))
    book = read_book(document, "1")
    assert len(book.rules) == len(document["promotions"]) >= 12
    assert {rule.kind for rule in book.rules} == {
        "percent", "amount", "special", "member", "nth_piece", "n_for", "buy_get", "mix", "spend", "coupon",
    }  # fmt: skip
    skus = {each["sku"] for each in sample_products()}
    for rule in book.rules:
        for scope in rule.scopes:
            assert scope.skus | scope.excluded <= skus
            assert scope.categories <= set(SHELVES)


@pytest.mark.parametrize(
    ("change", "field", "reason"),
    [
        ({"kind": "lottery"}, "kind", "unknown: lottery"),
        ({"colour": "red"}, "colour", "unknown field"),
        ({"scope": {"all": 1, "brands": ["x"]}}, "scope.brands", "unknown field"),
        ({"scope": {}}, "scope", "holds everything or some"),
        ({"scope": {"all": 1, "skus": ["a"]}}, "scope", "holds everything or some"),
        ({"scope": {"skus": []}}, "scope.skus", "not a list of texts"),
        ({"scope": {"skus": [1]}}, "scope.skus", "not a list of texts"),
        ({"scope": ["a"]}, "scope", "not a table"),
        ({"percent_off": 0}, "percent_off", "not a whole number from 1 to 100"),
        ({"percent_off": 101}, "percent_off", "not a whole number"),
        ({"percent_off": 8.5}, "percent_off", "not a whole number"),
        ({"percent_off": True}, "percent_off", "not a whole number"),
        ({"percent_off": "10"}, "percent_off", "not a whole number"),
        ({"name": ""}, "name", "not a text"),
        ({"name": "长" * 81}, "name", "not a text of 1 to 80 characters"),
        ({"from": "2026-11-31"}, "from", "not a day"),
        ({"from": "2026-11-12", "until": "2026-11-11"}, "until", "before from"),
        ({"weekdays": [0]}, "weekdays", "not a list of weekdays"),
        ({"hours": [["17:00"]]}, "hours", "not a list of pairs"),
        ({"hours": [["17:00", "25:00"]]}, "hours", "not a list of pairs"),
        ({"hours": [["17:00", "17:00"]]}, "hours", "not a list of pairs"),
        ({"hours": [[17, 21]]}, "hours", "not a list of pairs"),
        ({"priority": 1000}, "priority", "not a whole number from -999 to 999"),
        ({"stacks": 1}, "stacks", "unknown field"),
        ({"coupon": ""}, "coupon", "not a text"),
    ],
)
def test_a_bad_field_is_named(change: dict[str, Any], field: str, reason: str) -> None:
    rule, its_field, its_reason = refused(PERCENT | change)
    assert (rule, its_field) == ("a", field)
    assert its_reason.startswith(reason)


@pytest.mark.parametrize(
    ("fields", "field", "reason"),
    [
        ({"kind": "amount", "scope": ALL}, "off_fen", "missing"),
        ({"kind": "special"}, "scope", "missing"),
        ({"kind": "member", "scope": ALL, "price_fen": 100}, "members", "missing"),
        ({"kind": "member", "scope": ALL, "members": ["gold"]}, "percent_off", "missing, and no price_fen"),
        (
            {"kind": "member", "scope": ALL, "members": ["gold"], "percent_off": 5, "price_fen": 1},
            "price_fen",
            "beside",
        ),
        ({"kind": "nth_piece", "scope": ALL, "percent_off": 50, "nth": 1}, "nth", "not a whole number from 2"),
        ({"kind": "n_for", "scope": ALL, "count": 13, "price_fen": 1}, "count", "not a whole number from 2 to 12"),
        ({"kind": "buy_get", "scope": ALL, "buy": 7, "get": 6}, "get", "more than 12 pieces"),
        ({"kind": "buy_get", "scope": ALL, "buy": 1, "get": 1, "get_scope": ALL, "same": 1}, "same", "unknown field"),
        ({"kind": "mix", "parts": [{"scope": ALL}], "price_fen": 1}, "parts", "not 2 to 12 pieces"),
        ({"kind": "mix", "parts": [{"scope": ALL, "count": 2, "x": 1}], "price_fen": 1}, "parts[0].x", "unknown field"),
        ({"kind": "mix", "price_fen": 1}, "parts", "missing"),
        ({"kind": "spend", "scope": ALL, "steps": [STEP, STEP]}, "steps", "not rising"),
        ({"kind": "spend", "scope": ALL, "steps": [STEP, {"at_fen": 200, "off_fen": 5}]}, "steps", "not rising"),
        (
            {"kind": "spend", "scope": ALL, "steps": [{"at_fen": 0, "off_fen": 5}]},
            "steps[0].at_fen",
            "not a whole number",
        ),
        (
            {"kind": "spend", "scope": ALL, "steps": [STEP, {"at_fen": 200, "off_fen": 20}], "repeats": 1},
            "repeats",
            "with",
        ),
        ({"kind": "coupon", "scope": ALL, "off_fen": 5}, "coupon", "missing"),
        ({"kind": "coupon", "scope": ALL, "coupon": "C"}, "off_fen", "exactly one of"),
        ({"kind": "coupon", "scope": ALL, "coupon": "C", "off_fen": 5, "percent_off": 5}, "off_fen", "exactly one of"),
    ],
)
def test_what_a_kind_needs_is_asked_for(fields: dict[str, Any], field: str, reason: str) -> None:
    rule, its_field, its_reason = refused(NAMED | fields)
    assert (rule, its_field) == ("a", field)
    assert its_reason.startswith(reason)


def test_a_rule_without_an_id_is_named_by_its_place() -> None:
    assert refused({"kind": "percent"}) == ("#2", "id", "missing")
    assert refused("percent") == ("#2", "", "not a table")


def test_an_id_is_used_once() -> None:
    assert refused(PERCENT | {"id": "good"}) == ("good", "id", "used twice")


def test_promotions_are_a_list_that_is_not_endless() -> None:
    wrongs: list[object] = [{}, "x", [PERCENT] * (MAX_RULES + 1)]
    for wrong in wrongs:
        with pytest.raises(BadRule) as found:
            read_book({"promotions": wrong}, "7")
        assert found.value.facts["field"] == "promotions"

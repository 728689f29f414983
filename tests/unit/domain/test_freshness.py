"""A lot that is called back or past its day is refused; one near its end gets cheaper, by the best rule."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.errors import BadStoreRule, GoodsExpired, GoodsRecalled
from pos.domain.freshness import FreshnessRules, MarkedDown, Refused, Sellable, Why, judge, read_freshness
from pos.domain.money import Money
from pos.domain.product import Product, TaxCategory
from pos.domain.quantity import Unit

MILK = Product("700", "鲜牛奶", "Milk", Money(980), Unit.PIECE, TaxCategory("9", 90), category="冷藏")
RULES = read_freshness({
    "recalls": [
        {"id": "r1", "sku": "700", "lots": ["A1", "A2"], "words": "包装漏气"},
        {"id": "r2", "sku": "701", "words": "厂家召回", "words_en": "Called back"},
    ],
    "markdowns": [
        {"id": "m3", "name": "临期七折", "days": 3, "percent": 30, "categories": ["冷藏"]},
        {"id": "m1", "name": "今天半价", "days": 0, "percent": 50, "skus": ["700"]},
        {"id": "m9", "name": "九折", "days": 9, "percent": 10},
    ],
})  # fmt: skip
TODAY = date(2026, 11, 28)


def verdict(lot: str = "B1", expires_on: date | None = None) -> Sellable | MarkedDown | Refused:
    return judge(MILK, lot, expires_on, TODAY, RULES)


def test_the_last_day_is_still_a_day_to_sell_and_the_next_is_not() -> None:
    last, after = verdict(expires_on=TODAY), verdict(expires_on=date(2026, 11, 27))
    assert isinstance(last, MarkedDown)
    assert last.percent == 50
    assert isinstance(after, Refused)
    assert after.why is Why.EXPIRED
    error = after.as_error()
    assert isinstance(error, GoodsExpired)
    assert error.facts["expires_on"] == date(2026, 11, 27)


@pytest.mark.parametrize(("day", "percent"), [(28, 50), (29, 30), (30, 30)])
def test_the_nearer_the_end_the_cheaper(day: int, percent: int) -> None:
    found = verdict(expires_on=date(2026, 11, day))
    assert isinstance(found, MarkedDown)
    assert found.percent == percent


def test_far_from_the_end_and_without_a_day_nothing_is_off() -> None:
    assert verdict(expires_on=date(2026, 12, 8)) == Sellable()
    assert verdict() == Sellable()
    assert isinstance(verdict(expires_on=date(2026, 12, 7)), MarkedDown)


def test_a_recalled_lot_is_refused_with_the_words_of_the_recall() -> None:
    found = verdict(lot="A2", expires_on=date(2027, 1, 1))
    assert isinstance(found, Refused)
    error = found.as_error()
    assert isinstance(error, GoodsRecalled)
    assert error.facts["words"] == "包装漏气"


def test_when_nobody_knows_the_lot_the_cashier_is_told_to_look() -> None:
    found = verdict(lot="")
    assert isinstance(found, Sellable)
    assert found.look_for is not None
    assert found.look_for.lots == ("A1", "A2")
    assert verdict(lot="B1") == Sellable()


def test_a_recall_of_everything_needs_no_lot() -> None:
    butter = Product("701", "黄油", "Butter", Money(1980), Unit.PIECE, TaxCategory("13", 130))
    for lot in ("", "A1"):
        assert isinstance(judge(butter, lot, None, TODAY, RULES), Refused)


@given(st.integers(-400, 400))
def test_a_lot_never_gets_dearer_as_its_end_comes_nearer(days: int) -> None:
    def off(left: int) -> int:
        found = verdict(expires_on=date.fromordinal(TODAY.toordinal() + left))
        return 100 if isinstance(found, Refused) else found.percent if isinstance(found, MarkedDown) else 0

    assert off(days) >= off(days + 1)


@pytest.mark.parametrize(
    ("part", "rule", "field"),
    [
        ("recalls", {"id": "r", "sku": "1"}, "words"), ("recalls", {"id": "r", "sku": 1, "words": "x"}, "sku"),
        ("recalls", {"id": "r", "sku": "1", "words": "x", "lots": []}, "lots"),
        ("recalls", {"id": "r", "sku": "1", "words": "x", "days": 1}, "days"),
        ("markdowns", {"id": "m", "name": "x", "days": 3}, "percent"),
        ("markdowns", {"id": "m", "name": "x", "days": 3, "percent": 100}, "percent"),
        ("markdowns", {"id": "m", "name": "x", "days": True, "percent": 10}, "days"),
        ("markdowns", {"id": "m", "name": "x", "days": -1, "percent": 10}, "days"),
        ("markdowns", {"id": "m", "name": "x", "days": 1, "percent": 10, "skus": "1"}, "skus"),
        ("markdowns", {"id": "m", "name": "x", "days": 1, "percent": 10, "lots": ["1"]}, "lots"),
    ],
)  # fmt: skip
def test_a_rule_that_cannot_be_used_is_refused_by_its_field(part: str, rule: dict[str, object], field: str) -> None:
    with pytest.raises(BadStoreRule) as refused:
        read_freshness({part: [rule]})
    assert (refused.value.facts["part"], refused.value.facts["field"]) == (part, field)


@pytest.mark.parametrize("document", [{"recalls": {}}, {"markdowns": [1]}])
def test_what_is_no_list_of_rules_is_refused(document: dict[str, object]) -> None:
    with pytest.raises(BadStoreRule):
        read_freshness(document)


def test_without_rules_only_the_day_counts() -> None:
    assert judge(MILK, "A1", TODAY, TODAY, FreshnessRules()) == Sellable()
    assert isinstance(judge(MILK, "", date(2020, 1, 1), TODAY, FreshnessRules()), Refused)

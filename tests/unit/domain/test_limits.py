"""How far people go alone is data: the usual, and what a store says otherwise."""

from typing import Any

import pytest

from pos.domain.errors import BadStoreRule
from pos.domain.limits import read_limits
from pos.domain.money import Money
from pos.domain.staff import ANY, USUAL_LIMITS, Act, Limit, Role


def test_without_a_word_the_usual_is_so() -> None:
    assert read_limits({}) == USUAL_LIMITS
    assert set(USUAL_LIMITS[Role.MANAGER]) == set(Act)


def test_a_store_says_how_far_its_people_go() -> None:
    told = {"limits": {"cashier": {"discount": {"percent": 5, "amount_fen": 300}, "no_sale": {}, "price": "never"}}}
    found = read_limits(told)[Role.CASHIER]
    assert found[Act.DISCOUNT] == Limit(Money(300), 5)
    assert found[Act.NO_SALE] == ANY
    assert Act.PRICE not in found
    assert found[Act.CASH_IN] == USUAL_LIMITS[Role.CASHIER][Act.CASH_IN]
    assert read_limits(told)[Role.SENIOR] == USUAL_LIMITS[Role.SENIOR]


@pytest.mark.parametrize(
    "told",
    [
        [], {"manager": {"refund": "never"}}, {"boss": {}}, {"cashier": []}, {"cashier": {"fly": {}}},
        {"cashier": {"refund": 5}}, {"cashier": {"refund": {"percent": 101}}}, {"cashier": {"refund": {"fen": 1}}},
        {"cashier": {"refund": {"amount_fen": -1}}}, {"cashier": {"refund": {"amount_fen": "1"}}},
        {"cashier": {"refund": {"amount_fen": True}}},
    ],
    ids=str,
)  # fmt: skip
def test_what_cannot_be_understood_is_taken_by_nobody(told: Any) -> None:  # noqa: ANN401  (what a document may hold)
    with pytest.raises(BadStoreRule):
        read_limits({"limits": told})


@pytest.mark.parametrize(
    ("limit", "fen", "percent", "covers"),
    [
        (ANY, 10**9, 100, True),
        (Limit(Money(500)), 500, 100, True),
        (Limit(Money(500)), 501, 0, False),
        (Limit(percent=20), 10**9, 20, True),
        (Limit(Money(500), 20), 500, 21, False),
    ],
)
def test_a_limit_covers_up_to_itself(limit: Limit, fen: int, percent: int, *, covers: bool) -> None:
    assert limit.covers(Money(fen), percent) is covers

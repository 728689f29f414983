"""Which rules hold is kept from one scan to the next, and never for another customer, store, coupon or hour."""

from datetime import datetime
from typing import Any

import pytest

from pos.domain.money import Money
from pos.domain.pricing import Good, Occasion, price, read_book
from pos.domain.quantity import ONE

NOON, EVENING = datetime.fromisoformat("2026-11-28T12:00"), datetime.fromisoformat("2026-11-28T18:00")
COLA = [Good(1, "cola", "drinks", ONE, Money(350), Money(350))]


def rule(**fields: object) -> dict[str, Any]:
    return {"id": "r1", "kind": "special", "name": "特价", "name_en": "Special", "scope": {"skus": ["cola"]},
            "price_fen": 300, **fields}  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "without", "with_it"),
    [
        ({"members": ["gold"]}, Occasion(NOON, "0017"), Occasion(NOON, "0017", "gold")),
        ({"stores": ["0017"]}, Occasion(NOON, "0018"), Occasion(NOON, "0017")),
        ({"coupon": "C1"}, Occasion(NOON, "0017"), Occasion(NOON, "0017", "", ("C1",))),
        ({"hours": [["17:00", "21:00"]]}, Occasion(NOON, "0017"), Occasion(EVENING, "0017")),
    ],
)
def test_the_answer_for_one_occasion_is_never_given_for_another(
    fields: dict[str, Any], without: Occasion, with_it: Occasion
) -> None:
    book = read_book({"promotions": [rule(**fields)]}, "v1")
    for _ in range(2):
        assert not price(COLA, book, without).reductions
        assert [each.amount.fen for each in price(COLA, book, with_it).reductions] == [50]


def test_the_same_product_at_another_price_saves_something_else() -> None:
    book = read_book({"promotions": [rule()]}, "v1")
    for fen, saved in ((350, [50]), (420, [120]), (300, []), (350, [50])):
        good = Good(1, "cola", "drinks", ONE, Money(fen), Money(fen))
        assert [each.amount.fen for each in price([good], book, Occasion(NOON, "0017")).reductions] == saved


def test_what_is_excepted_is_left_alone_beside_what_is_not() -> None:
    book = read_book({"promotions": [rule(scope={"categories": ["drinks"], "except": ["cola"]})]}, "v1")
    tea = Good(2, "tea", "drinks", ONE, Money(420), Money(420))
    found = price([*COLA, tea], book, Occasion(NOON, "0017")).reductions
    assert [(each.line_no, each.amount.fen) for each in found] == [(2, 120)]


def test_what_one_part_of_a_rule_excepts_another_part_may_still_take() -> None:
    drinks = {"categories": ["drinks"], "except": ["cola"]}
    free = {"id": "r1", "kind": "buy_get", "name": "送可乐", "name_en": "Free", "scope": drinks, "buy": 1, "get": 1,
            "get_scope": {"skus": ["cola"]}}  # fmt: skip
    book = read_book({"promotions": [free]}, "v1")
    tea = Good(2, "tea", "drinks", ONE, Money(420), Money(420))
    assert sum(each.amount.fen for each in price([*COLA, tea], book, Occasion(NOON, "0017")).reductions) == 350


def test_two_times_are_alike_until_a_rule_begins_or_ends_between_them() -> None:
    book = read_book({"promotions": [rule(hours=[["17:00", "21:00"]])]}, "v1")
    assert book.is_alike(NOON, datetime.fromisoformat("2026-11-28T16:59"))
    assert not book.is_alike(NOON, EVENING)
    assert book.is_alike(NOON, datetime.fromisoformat("2026-11-28T21:00"))

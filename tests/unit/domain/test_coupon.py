"""A coupon that takes nothing off says what it waits for; the sums are worked out by hand."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.cart import Cart
from pos.domain.cart_line import Discount
from pos.domain.coupon import Lacks, coupon_waiting
from pos.domain.member import Member
from pos.domain.money import ZERO, Money
from pos.domain.product import Product, TaxCategory
from pos.domain.promotion import read_book
from pos.domain.quantity import ONE, Quantity, Unit

GENERAL = TaxCategory("13", 130)
WATER = Product("100001", "水", "Water", Money(200), Unit.PIECE, GENERAL, category="饮料")
SOAP = Product("230001", "皂", "Soap", Money(900), Unit.PIECE, GENERAL, category="个护")
BAG = Product("250001", "袋", "Bag", Money(50), Unit.PIECE, GENERAL)
AT = datetime(2026, 11, 23, 12, 5)  # noqa: DTZ001  (the shop's own time)
TEN, CARE, MORNING = "9910000010", "9910000090", "9910000099"
RULES: list[dict[str, Any]] = [
    {"id": "ten", "kind": "coupon", "name": "满68减10券", "name_en": "Ten", "coupon": TEN,
     "scope": {"all": 1, "except": ["250001"]}, "at_fen": 6_800, "off_fen": 1_000},
    {"id": "care", "kind": "coupon", "name": "个护9折券", "name_en": "Care", "coupon": CARE,
     "scope": {"categories": ["个护"]}, "percent_off": 10},
    {"id": "morning", "kind": "coupon", "name": "早市券", "name_en": "Morning", "coupon": MORNING, "scope": {"all": 1},
     "at_fen": 100, "off_fen": 50, "hours": [["06:00", "09:00"]]},
]  # fmt: skip


def cart_with(code: str, *goods: tuple[Product, int]) -> Cart:
    """A cart with goods and a noted coupon."""
    cart = Cart("sale-1")
    cart.use_rules(read_book({"promotions": RULES}, "v1"), "0017", AT)
    for what, pieces in goods:
        cart.add(what, Quantity(pieces))
    cart.add_coupon(code)
    return cart


def lacks(cart: Cart, code: str) -> tuple[Lacks, Money] | None:
    """What a coupon lacks, and how much."""
    waiting = coupon_waiting(cart, code)
    return (waiting.lacks, waiting.missing) if waiting else None


def test_what_must_still_be_bought_is_told_and_what_the_coupon_is_not_for_does_not_count() -> None:
    cart = cart_with(TEN, (WATER, 3), (BAG, 4))
    assert lacks(cart, TEN) == (Lacks.SPEND, Money(6_200))  # 68.00 - 3 x 2.00


def test_what_a_cashier_takes_off_comes_after_the_rules_and_changes_nothing() -> None:
    cart = cart_with(TEN, (SOAP, 2))
    cart.set_discount(1, Discount(amount=Money(300)))
    assert lacks(cart, TEN) == (Lacks.SPEND, Money(5_000))  # 68.00 - 18.00


def test_a_price_by_hand_is_for_no_rule() -> None:
    cart = cart_with(TEN, (SOAP, 2))
    cart.set_price(1, Money(6_000))
    assert lacks(cart, TEN) == (Lacks.GOODS, ZERO)


def test_once_enough_is_there_it_waits_for_nothing() -> None:
    assert lacks(cart_with(TEN, (WATER, 34)), TEN) is None


def test_without_the_goods_it_is_for_it_waits_for_them() -> None:
    cart = cart_with(CARE, (WATER, 1))
    assert lacks(cart, CARE) == (Lacks.GOODS, ZERO)
    cart.add(SOAP, ONE)
    assert lacks(cart, CARE) is None


def test_at_another_hour_more_goods_would_not_help_and_are_not_asked_for() -> None:
    assert lacks(cart_with(MORNING), MORNING) == (Lacks.ELSE, ZERO)


def test_a_coupon_of_no_rule_here_is_said_to_be_that() -> None:
    assert lacks(cart_with("9919999999", (WATER, 1)), "9919999999") == (Lacks.RULE, ZERO)


@pytest.mark.parametrize(
    "give",
    [
        lambda cart: cart.set_discount(1, Discount(percent=100)),
        lambda cart: cart.set_order_discount(Discount(percent=100)),
    ],
)
def test_where_all_of_it_is_given_away_a_coupon_stays_unused_and_says_so(give: Callable[[Cart], object]) -> None:
    cart = cart_with(CARE, (SOAP, 2))
    give(cart)
    assert (cart.total, cart.priced.used_coupons) == (ZERO, ())
    assert lacks(cart, CARE) == (Lacks.FREE, ZERO)


def test_a_coupon_for_what_is_given_away_stays_unused_beside_goods_that_are_paid() -> None:
    cart = cart_with(CARE, (SOAP, 1), (WATER, 1))
    cart.set_discount(1, Discount(percent=100))
    assert (cart.total, cart.priced.used_coupons) == (Money(200), ())


@pytest.mark.parametrize("coupons", [(TEN, CARE), (CARE, TEN)])
def test_of_two_coupons_neither_is_used_where_all_is_given_away(coupons: tuple[str, str]) -> None:
    cart = cart_with(coupons[0], (SOAP, 8))
    cart.add_coupon(coupons[1])
    cart.set_order_discount(Discount(percent=100))
    assert (cart.total, cart.priced.used_coupons) == (ZERO, ())


def test_a_coupon_that_still_saves_something_beside_a_discount_is_used() -> None:
    cart = cart_with(CARE, (SOAP, 1))
    cart.set_discount(1, Discount(percent=50))
    assert (cart.total, cart.priced.used_coupons) == (Money(405), (CARE,))  # 9.00 - 10 %, and half of that


@given(
    st.lists(st.tuples(st.sampled_from([WATER, SOAP, BAG]), st.integers(1, 40)), min_size=1, max_size=3),
    st.sampled_from([0, 50, 100]), st.sampled_from([0, 50, 99, 100]),
)  # fmt: skip
def test_no_coupon_is_used_up_for_nothing(goods: list[tuple[Product, int]], of_line: int, of_all: int) -> None:
    cart = cart_with(TEN, *goods)
    cart.add_coupon(CARE)
    if of_line:
        cart.set_discount(1, Discount(percent=of_line))
    if of_all:
        cart.set_order_discount(Discount(percent=of_all))
    for code in cart.priced.used_coupons:
        without = cart.snapshot()
        without.coupons = tuple(each for each in cart.coupons if each != code)
        without.set_member(Member("1"))  # anything that has it priced anew
        assert without.total > cart.total

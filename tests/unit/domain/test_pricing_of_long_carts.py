"""Carts too long to try everything: the answer is legal, the same in any order, and no worse than single takes."""

from itertools import groupby
from random import Random

import pytest

from pos.domain.pricing import Good, Priced, price, read_book
from pos.sandbox.store import sample_products
from tests.bench.pricing import OCCASION, cart_of, rules_of_a_chain

SHELF = sample_products()
SEEDS = range(12)
EACH = {"percent", "amount", "special", "member"}


def saved(found: Priced) -> int:
    return sum(each.amount.fen for each in found.reductions)


def told(goods: list[Good], found: Priced) -> list[tuple[str, int, str, int]]:
    by_no = {each.line_no: each for each in goods}
    return sorted((by_no[each.line_no].sku, by_no[each.line_no].quantity.amount, each.rule, each.amount.fen)
                  for each in found.reductions)  # fmt: skip


@pytest.mark.parametrize("seed", SEEDS)
def test_no_line_goes_below_nothing(seed: int) -> None:
    chance = Random(seed)
    goods = cart_of(chance, SHELF, 300)
    found = price(goods, read_book({"promotions": rules_of_a_chain(chance, SHELF, 500)}, "7"), OCCASION)
    costs = {each.line_no: each.amount.fen for each in goods}
    assert len(found.reductions) > 100
    assert [each.line_no for each in found.reductions] == sorted(each.line_no for each in found.reductions)
    for number, its in groupby(found.reductions, key=lambda each: each.line_no):
        fens = [each.amount.fen for each in its]
        assert min(fens) > 0
        assert sum(fens) <= costs[number]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_order_of_scanning_and_of_rules_changes_nothing(seed: int) -> None:
    chance = Random(seed)
    goods, rules = cart_of(chance, SHELF, 100), rules_of_a_chain(chance, SHELF, 500)
    before = told(goods, price(goods, read_book({"promotions": rules}, "7"), OCCASION))
    places = chance.sample(goods, len(goods))
    again = [Good(number, each.sku, each.category, each.quantity, each.price, each.amount)
             for number, each in enumerate(places, 1)]  # fmt: skip
    chance.shuffle(rules)
    assert told(again, price(again, read_book({"promotions": rules}, "7"), OCCASION)) == before


@pytest.mark.parametrize("seed", SEEDS)
def test_rules_that_bind_pieces_never_save_less_than_none_of_them(seed: int) -> None:
    chance = Random(seed)
    goods, rules = cart_of(chance, SHELF, 100), rules_of_a_chain(chance, SHELF, 500)
    takes = [rule for rule in rules if rule["kind"] not in {"spend", "coupon"}]
    single = [rule for rule in takes if rule["kind"] in EACH]
    by_all = price(goods, read_book({"promotions": takes}, "7"), OCCASION)
    by_single = price(goods, read_book({"promotions": single}, "7"), OCCASION)
    assert saved(by_all) >= saved(by_single) > 0


@pytest.mark.parametrize("seed", SEEDS)
def test_spends_never_make_it_dearer(seed: int) -> None:
    chance = Random(seed)
    goods, rules = cart_of(chance, SHELF, 100), rules_of_a_chain(chance, SHELF, 500)
    takes = [rule for rule in rules if rule["kind"] not in {"spend", "coupon"}]
    by_all = price(goods, read_book({"promotions": rules}, "7"), OCCASION)
    assert saved(by_all) >= saved(price(goods, read_book({"promotions": takes}, "7"), OCCASION))

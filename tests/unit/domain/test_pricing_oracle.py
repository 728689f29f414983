"""Pricing beside everything that could be tried, and whatever must hold for any cart and any rules."""

from datetime import datetime
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from pos.domain.money import Money
from pos.domain.pricing import Good, Occasion, Priced, price, read_book
from pos.domain.quantity import Quantity, Unit
from tests.unit.domain.pricing_oracle import Piece, best_saving

OCCASION = Occasion(datetime.fromisoformat("2026-11-28T18:30"), "0017", "gold", ("C1", "C2"))
SHELF = {"cola": "drinks", "milk": "drinks", "tea": "drinks", "soap": "home", "cups": "home", "apples": "fruit"}
PRICES = {"cola": 350, "milk": 299, "tea": 420, "soap": 1001, "cups": 260, "apples": 898}

skus = st.sampled_from(["cola", "milk", "tea", "soap", "cups"])
scopes = st.one_of(
    st.just({"all": 1}),
    st.just({"all": 1}),  # twice: goods that hang together are the hard ones
    st.lists(st.sampled_from(sorted(SHELF)), min_size=1, max_size=3, unique=True).map(lambda found: {"skus": found}),
    st.sampled_from(["drinks", "home"]).map(lambda shelf: {"categories": [shelf]}),
    skus.map(lambda sku: {"all": 1, "except": [sku]}),
)
percents = st.sampled_from([5, 10, 33, 50, 99, 100])
fens = st.sampled_from([1, 50, 199, 300, 500])
spends = st.sampled_from([100, 349, 500, 650, 700, 1000, 1300])
yes = st.integers(0, 1)


def kind(name: str, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({"kind": st.just(name), **fields})


def spend_fields() -> dict[str, Any]:
    return {"scope": scopes, "stacks": yes, "group": st.sampled_from(["a", "b", "c"]), "priority": st.integers(-1, 1)}


EACH = st.one_of(
    kind("percent", scope=scopes, percent_off=percents),
    kind("amount", scope=scopes, off_fen=fens),
    kind("special", scope=scopes, price_fen=fens),
    kind("member", scope=scopes, price_fen=fens, members=st.just(["gold"])),
)
TOGETHER = st.one_of(
    kind("nth_piece", scope=scopes, percent_off=percents, nth=st.integers(2, 3), same=yes),
    kind("n_for", scope=scopes, count=st.integers(2, 3), price_fen=spends, same=yes),
    kind("buy_get", scope=scopes, buy=st.integers(1, 2), get=st.integers(1, 2), same=yes),
    kind("buy_get", scope=scopes, get_scope=scopes, buy=st.integers(1, 2), get=st.just(1), price_fen=fens),
    kind("buy_get", scope=scopes, get_scope=scopes, buy=st.just(1), get=st.just(1), percent_off=percents),
    kind("mix", parts=st.lists(kind("", scope=scopes, count=st.integers(1, 2)).map(lambda part: {
        "scope": part["scope"], "count": part["count"]}), min_size=2, max_size=2), price_fen=spends),
)  # fmt: skip
STEPS = st.lists(st.tuples(spends, fens), min_size=1, max_size=2, unique_by=lambda step: step[0]).map(
    lambda pairs: [{"at_fen": at, "off_fen": off} for at, off in
                   zip(sorted(at for at, _ in pairs), sorted(off for _, off in pairs), strict=True)]
)  # fmt: skip
SPEND = st.one_of(
    kind("spend", steps=STEPS, **spend_fields()),
    kind("spend", steps=st.tuples(spends, fens).map(lambda pair: [{"at_fen": pair[0], "off_fen": pair[1]}]),
         repeats=st.just(1), **spend_fields()),
    kind("coupon", coupon=st.sampled_from(["C1", "C2"]), at_fen=spends, off_fen=fens, **spend_fields()),
    kind("coupon", coupon=st.just("C1"), percent_off=percents, most_fen=spends, **spend_fields()),
)  # fmt: skip


def numbered(rules: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [rule | {"id": f"r{number}", "name": "促销", "name_en": "Offer"} for number, rule in enumerate(rules)]


few_rules = st.tuples(
    st.lists(EACH, max_size=2), st.lists(TOGETHER, max_size=2), st.lists(SPEND, max_size=3)
).map(lambda parts: numbered([rule for part in parts for rule in part]))  # fmt: skip


def line(number: int, sku: str, pieces: int) -> Good:
    cost = Money(PRICES[sku])
    return Good(number, sku, SHELF[sku], Quantity(pieces), cost, Quantity(pieces).cost(cost))


def weighed(number: int, grams: int) -> Good:
    quantity = Quantity(grams, Unit.GRAM)
    return Good(number, "apples", "fruit", quantity, Money(898), quantity.cost(Money(898)))


@st.composite
def carts(draw: st.DrawFn, most: int = 5) -> list[Good]:
    goods: list[Good] = []
    left = draw(st.integers(1, most))
    while left:
        pieces = draw(st.integers(1, left))
        goods.append(line(len(goods) + 1, draw(skus), pieces))
        left -= pieces
    if draw(st.booleans()):
        goods.append(weighed(len(goods) + 1, draw(st.sampled_from([1, 333, 1250]))))
    return goods


def pieces_of(goods: list[Good]) -> list[Piece]:
    found: list[Piece] = []
    for good in goods:
        if good.quantity.unit is Unit.GRAM:
            found.append(Piece(good.sku, good.category, good.amount.fen, good.quantity.amount))
        else:
            found += [Piece(good.sku, good.category, good.price.fen)] * good.quantity.amount
    return [piece for piece in found if piece.price]


def priced(goods: list[Good], rules: list[dict[str, Any]]) -> Priced:
    return price(goods, read_book({"promotions": rules}, "7"), OCCASION)


def saved(found: Priced) -> int:
    return sum(each.amount.fen for each in found.reductions)


@settings(deadline=None, max_examples=600)
@given(carts(), few_rules)
def test_a_small_cart_gets_the_best_that_trying_everything_finds(
    goods: list[Good], rules: list[dict[str, Any]]
) -> None:
    assert saved(priced(goods, rules)) == best_saving(pieces_of(goods), rules)


@settings(deadline=None)
@given(carts(most=9), few_rules)
def test_no_line_goes_below_nothing_and_nothing_gets_dearer(goods: list[Good], rules: list[dict[str, Any]]) -> None:
    found = priced(goods, rules)
    assert all(each.amount.fen > 0 for each in found.reductions)
    for good in goods:
        assert sum(each.amount.fen for each in found.reductions if each.line_no == good.line_no) <= good.amount.fen


@settings(deadline=None)
@given(carts(most=9), few_rules, st.randoms(use_true_random=False))
def test_the_order_of_scanning_changes_nothing(goods: list[Good], rules: list[dict[str, Any]], chance: Random) -> None:
    def told(lines: list[Good]) -> list[tuple[str, int, str, int]]:
        by_no = {each.line_no: each for each in lines}
        return sorted((by_no[each.line_no].sku, by_no[each.line_no].quantity.amount, each.rule, each.amount.fen)
                      for each in priced(lines, rules).reductions)  # fmt: skip

    before = told(goods)
    places = list(goods)
    chance.shuffle(places)
    again = [Good(number, each.sku, each.category, each.quantity, each.price, each.amount)
             for number, each in enumerate(places, 1)]  # fmt: skip
    chance.shuffle(rules)
    assert told(again) == before

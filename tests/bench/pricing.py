"""Pricing: 100 lines against 500 rules, beside summing the same lines bare."""

import time
from collections.abc import Sequence
from datetime import datetime
from itertools import cycle
from random import Random
from typing import Any

from pos.domain.money import Money
from pos.domain.pricing import Good, Occasion, price, read_book
from pos.domain.quantity import Quantity, Unit
from pos.sandbox.store import sample_products
from tests.bench.figure import Figure, in_turns

LINES = 100
RULES = 500
CARTS = 40
OCCASION = Occasion(datetime.fromisoformat("2026-11-28T18:30"), "0017", "gold", ("C0", "C1"))
Written = dict[str, Any]


def measure() -> list[Figure]:
    """Time carts one after the other, each priced from scratch."""
    chance = Random(20261128)
    shelf = sample_products()
    book = read_book({"promotions": rules_of_a_chain(chance, shelf, RULES)}, "bench")
    figures = []
    for lines in (12, LINES):
        carts = [cart_of(chance, shelf, lines) for _ in range(CARTS)]
        ours, bare = cycle(carts), cycle(carts)
        for where, clock in (("", time.perf_counter), (", on the processor", time.thread_time)):
            name = f"price {lines} lines by {RULES} rules{where}"
            figures.append(
                in_turns(name, lambda ours=ours: price(next(ours), book, OCCASION),  # type: ignore[misc]
                         "the bare sum of the lines", lambda bare=bare: sum(good.amount.fen for good in next(bare)),  # type: ignore[misc]
                         clock=clock)
            )  # fmt: skip
    return figures


def cart_of(chance: Random, shelf: Sequence[Written], lines: int) -> list[Good]:
    """Return a large cart: one to three of a thing, or some of a weighed one."""
    return [_good(chance, number, each) for number, each in enumerate(chance.sample(shelf, lines), 1)]


def _good(chance: Random, number: int, product: Written) -> Good:
    cost = Money(product["price_fen"])
    is_piece = product["unit"] == "piece"
    quantity = Quantity(chance.choice([1, 1, 1, 2, 3])) if is_piece else Quantity(chance.randint(150, 2500), Unit.GRAM)
    return Good(number, product["sku"], product["category"], quantity, cost, quantity.cost(cost))


def rules_of_a_chain(chance: Random, shelf: Sequence[Written], many: int) -> list[Written]:
    """Return as many rules as a chain has at a time: mostly on few products, some on shelves, a few on everything."""
    return [_rule(chance, shelf, number) for number in range(many)]


def _rule(chance: Random, shelf: Sequence[Written], number: int) -> Written:
    few = {"skus": [each["sku"] for each in chance.sample(shelf, chance.randint(1, 6))]}
    one = chance.choice(shelf)
    its = {"skus": [one["sku"]]}
    row = {"categories": [one["category"]]}
    named = {"id": f"r{number}", "name": "促销", "name_en": "Offer", "priority": number % 3}
    kinds: list[Written] = [
        {"kind": "special", "scope": its, "price_fen": one["price_fen"] * 8 // 10 + 1},
        {"kind": "member", "scope": its, "members": ["gold"], "price_fen": one["price_fen"] * 9 // 10 + 1},
        {"kind": "percent", "scope": few, "percent_off": chance.choice([5, 10, 12, 20])},
        {"kind": "amount", "scope": few, "off_fen": chance.choice([50, 100, 200])},
        {"kind": "nth_piece", "scope": few, "percent_off": 50},
        {"kind": "n_for", "scope": its, "count": 2, "price_fen": one["price_fen"] * 17 // 10 + 1},
        {"kind": "buy_get", "scope": its, "buy": 2, "get": 1, "same": 1},
        {"kind": "mix", "parts": [{"scope": few, "count": 2}], "price_fen": 990},
        {"kind": "percent", "scope": row, "percent_off": chance.choice([3, 5])},
        {"kind": "nth_piece", "scope": row, "percent_off": 30},
        {"kind": "spend", "scope": row, "steps": [{"at_fen": 5900, "off_fen": 500}, {"at_fen": 9900, "off_fen": 1200}]},
        {"kind": "coupon", "scope": row, "coupon": f"C{number}", "at_fen": 3000, "off_fen": 500},
        {"kind": "spend", "scope": {"all": 1}, "group": "all", "repeats": 1,
         "steps": [{"at_fen": 20000, "off_fen": 1500}]},
    ]  # fmt: skip
    [kind] = chance.choices(kinds, weights=[20, 20, 12, 8, 8, 8, 6, 6, 2, 1, 1.5, 6, 0.5])
    return named | kind

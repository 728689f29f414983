"""What one of a thing costs, as a cart with nothing else in it says."""

from dataclasses import replace

import pytest

from pos.domain.entry import Json
from pos.domain.member import Member
from pos.domain.money import Money
from pos.domain.product import Pack
from pos.storage import catalogue
from pos.till import goods
from pos.till.prices import PriceTold, price_of
from pos.till.till import Till
from tests.fakes import APPLES, NOODLES, TEA, WATER

RULES: dict[str, Json] = {
    "promotions": [
        {"id": "apples", "kind": "special", "name": "苹果特价", "name_en": "Apples",
         "scope": {"skus": ["600103"]}, "price_fen": 998},
        {"id": "second", "kind": "nth_piece", "name": "第二件半价", "name_en": "Second half",
         "scope": {"skus": ["600101"]}, "nth": 2, "percent_off": 50},
        {"id": "gold", "kind": "member", "name": "金卡面价", "name_en": "Gold noodles",
         "scope": {"skus": ["600102"]}, "members": ["gold"], "price_fen": 400},
        {"id": "hundred", "kind": "spend", "name": "满100减10", "name_en": "10 off 100",
         "scope": {"all": 1}, "steps": [{"at_fen": 10_000, "off_fen": 1_000}]},
    ],
}  # fmt: skip


@pytest.fixture(autouse=True)
def _offers(till: Till) -> None:
    """An offer on each of three things."""
    catalogue.keep_rules(till.prices, "1-aaaa", RULES)


def pack_of(till: Till, code: str) -> Pack:
    """The one thing that a code stands for."""
    found = goods.look(till, code)
    assert isinstance(found, goods.OnSale)
    (pack,) = found.packs
    return pack


def names(told: PriceTold) -> list[str]:
    """What the offers are called."""
    return [rule.name for rule in told.offers]


def test_a_kilogram_on_offer_costs_what_the_offer_says(till: Till) -> None:
    told = price_of(till, pack_of(till, APPLES))
    assert (told.price, names(told)) == (Money(998), ["苹果特价"])
    assert told.pack.price > told.price


def test_an_offer_that_needs_more_of_it_is_named_and_one_costs_the_shelfs_price(till: Till) -> None:
    told = price_of(till, pack_of(till, WATER))
    assert (told.price, names(told)) == (Money(200), ["第二件半价"])


@pytest.mark.parametrize(("level", "price", "offers"), [("gold", 400, ["金卡面价"]), ("", 450, [])])
def test_the_members_price_is_the_members_alone(till: Till, level: str, price: int, offers: list[str]) -> None:
    told = price_of(till, pack_of(till, NOODLES), Member("8800001234", level=level))
    assert (told.price, names(told)) == (Money(price), offers)


def test_an_offer_on_the_whole_store_is_named_where_one_of_it_is_enough(till: Till) -> None:
    told = price_of(till, pack_of(till, TEA))
    assert (told.price, names(told)) == (Money(18_999), ["满100减10"])


def test_a_case_costs_what_the_case_costs(till: Till) -> None:
    case = replace(pack_of(till, WATER), quantity=24, own_price=Money(4_500), words="箱")
    assert price_of(till, case).price == Money(4_500)


def test_asking_changes_no_cart_and_writes_nothing(till: Till) -> None:
    before = till.db.execute("SELECT total_changes()").fetchone()
    price_of(till, pack_of(till, WATER))
    assert till.db.execute("SELECT total_changes()").fetchone() == before

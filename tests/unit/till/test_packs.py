"""A case is not its bottle, and where a barcode means two things nothing is guessed."""

import pytest

from pos.domain.code import read_code
from pos.domain.errors import NotOnThisLine
from pos.domain.money import Money
from pos.domain.product import the_only
from pos.scan.gs1 import read_label
from pos.storage.catalogue import apply_feed
from pos.till import goods as goods_of
from pos.till import sell
from pos.till.till import Till
from tests.fakes import WATER, goods

CASE = "16901234567899"  # GTIN-14 of the water, indicator digit 1
TWICE = "6900000000007"


@pytest.fixture(autouse=True)
def _shelf(till: Till) -> None:
    def pack(barcode: str, quantity: int, price_fen: int, shared: int) -> dict[str, object]:
        return {"barcode": barcode, "quantity": quantity, "price_fen": price_fen, "words": "箱", "words_en": "case",
                "shared": shared}  # fmt: skip

    water = goods("600101", "农夫山泉 550ml", 200, WATER) | {"packs": [pack(CASE, 24, 4_500, 0)]}
    old, new = (goods(sku, sku, 300) | {"packs": [pack(TWICE, 1, 0, 1)]} for sku in ("old", "new"))
    apply_feed(till.prices, [water, old, new], [], "2")


@pytest.mark.parametrize("text", [CASE, f"(01){CASE}", f"01{CASE}", f"https://id.gs1.org/01/{CASE}"])
def test_a_label_of_a_case_finds_the_case(till: Till, text: str) -> None:
    label = read_label(text)
    assert label
    found = the_only(goods_of.find_packs(till, read_code(label.key)))
    assert found
    assert (found.product.sku, found.quantity, found.price) == ("600101", 24, Money(4_500))


def test_the_label_of_a_bottle_still_finds_the_bottle(till: Till) -> None:
    found = the_only(goods_of.find_packs(till, read_code(WATER)))
    assert found
    assert (found.product.sku, found.is_plain, found.price) == ("600101", True, Money(200))


def test_a_number_of_the_store_is_one_plain_piece(till: Till) -> None:
    found = the_only(goods_of.find_packs(till, read_code("600102")))
    assert found
    assert (found.product.sku, found.is_plain) == ("600102", True)


def test_a_barcode_of_two_products_is_given_as_both(till: Till) -> None:
    assert [each.product.sku for each in goods_of.find_packs(till, read_code(TWICE))] == ["old", "new"]


def test_a_case_is_sold_as_the_bottles_it_holds_at_its_own_price(till: Till) -> None:
    cart = sell.new_cart(till)
    line = sell.scan(till, cart, CASE).line
    assert line
    assert line.product
    assert (line.product.name, line.quantity.amount, line.packs, cart.total) == (
        "农夫山泉 550ml 箱",
        24,
        1,
        Money(4_500),
    )
    cart.set_quantity(line.line_no, 2)
    assert (cart.line(1).quantity.amount, cart.total) == (48, Money(9_000))
    sell.scan(till, cart, WATER)
    assert [each.quantity.amount for each in cart.lines] == [48, 1]


def test_what_a_price_by_hand_of_a_case_would_mean_is_not_guessed(till: Till) -> None:
    cart = sell.new_cart(till)
    sell.scan(till, cart, CASE)
    with pytest.raises(NotOnThisLine):
        cart.set_price(1, Money(4_000))


def test_a_barcode_of_two_products_is_never_sold_as_one(till: Till) -> None:
    cart = sell.new_cart(till)
    assert sell.scan(till, cart, TWICE).line is None
    assert not cart.lines

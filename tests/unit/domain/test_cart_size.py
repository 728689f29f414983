"""A cart is full before the entry of its sale would be longer than the journal takes."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from pos.domain import facts
from pos.domain.cart import MAX_LINES, Cart
from pos.domain.cart_size import SURELY_FITS, fits_the_journal
from pos.domain.entry import MAX_BODY_BYTES, canonical
from pos.domain.errors import CartFull
from pos.domain.money import Money
from pos.domain.pricing import read_book
from pos.domain.product import Product, TaxCategory
from pos.domain.quantity import Unit
from pos.domain.sale import Sale, Tender, TenderKind, sale_lines

NOON = datetime.fromisoformat("2026-11-28T12:00")
GENERAL = TaxCategory("13", 130)
NAME = "青禾原味矿泉水550ml"
TENDERS = 100
"""More parts than anybody pays in."""


def product(number: int, name: str) -> Product:
    return Product(f"{number:08d}", name, "", Money(9_999_999), Unit.PIECE, GENERAL, "", "饮料", f"690{number:010d}")


def ruled(name: str, lines: int) -> Cart:
    """A cart of so many lines, in which five rules take something off each."""
    everything: dict[str, Any] = {"scope": {"all": 1}, "name": name, "name_en": "Offer"}
    rules: list[dict[str, Any]] = [{"id": "percent", "kind": "percent", "percent_off": 10, **everything}]
    rules += [{"id": f"spend-{number}", "kind": "spend", "steps": [{"at_fen": 1, "off_fen": 1_000_000}], **everything}
              for number in range(4)]  # fmt: skip
    cart = Cart("0192f0c4-7c5e-7d4a-9f0a-1b2c3d4e5f60")
    for number in range(lines):
        cart.add(product(number, NAME))
    cart.use_rules(read_book({"promotions": rules}, "v1"), "0017", NOON)
    return cart


def fill(cart: Cart) -> None:
    for number in range(len(cart.lines), MAX_LINES):
        cart.add(product(number, NAME))


def entry_bytes(cart: Cart) -> int:
    """The length of its sale's entry, paid in a hundred parts."""
    share, rest = divmod(cart.total.fen, TENDERS)
    parts = [Money(share + rest), *[Money(share)] * (TENDERS - 1)]
    tenders = tuple(
        Tender(TenderKind.ALIPAY, part, part, "0192f0c4-7c5e-7d4a-9f0a-1b2c3d4e5f60", "GT0017032026112800010000000001",
               "2026112322001400001234567890")
        for part in parts
    )  # fmt: skip
    sale = Sale("0192f0c4-7c5e-7d4a-9f0a-1b2c3d4e5f60", "0017-03-20261128-0001", 1, date(2026, 11, 28),
                "0192f0c4-7c5e-7d4a-9f0a-1b2c3d4e5f60", "1001", datetime(2026, 11, 28, tzinfo=UTC), sale_lines(cart),
                tenders)  # fmt: skip
    return len(canonical(facts.sale_facts(sale)))


@pytest.mark.parametrize(("name", "lines"), [("满100减20", 280), ("一" * 80, 100)], ids=["short", "long"])
def test_a_cart_of_five_reductions_a_line_is_full_while_its_sale_still_fits(name: str, lines: int) -> None:
    cart = ruled(name, lines)
    with pytest.raises(CartFull) as refused:
        fill(cart)
    assert len(cart.lines) > lines
    assert refused.value.facts == {"limit": len(cart.lines)}
    assert len(cart.priced.reductions) == 5 * len(cart.lines)
    assert MAX_BODY_BYTES * 3 // 4 < entry_bytes(cart) <= MAX_BODY_BYTES


def test_three_hundred_lines_that_nothing_is_taken_off_fit() -> None:
    cart = Cart("sale")
    for number in range(MAX_LINES):
        cart.add(product(number, NAME))
    assert entry_bytes(cart) <= MAX_BODY_BYTES


def test_what_is_not_counted_fits_however_long_its_texts_are() -> None:
    cart = Cart("sale")
    for number in range(SURELY_FITS):
        cart.add(product(number, "一" * 200), text="一" * 500 + str(number), lot="一" * 20)
    assert fits_the_journal(cart.lines, ())
    assert entry_bytes(cart) <= MAX_BODY_BYTES


def test_a_full_cart_still_loses_lines() -> None:
    cart = ruled("一" * 80, 100)
    with pytest.raises(CartFull):
        fill(cart)
    cart.remove(cart.lines[0].line_no)
    assert cart.add(product(999, NAME))

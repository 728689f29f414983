"""A product has a price that is not negative and a tax rate that is one."""

import pytest

from pos.domain.errors import AmountOutOfRange
from pos.domain.money import LIMIT_FEN, Money
from pos.domain.product import Pack, Product, TaxCategory, the_only
from pos.domain.quantity import Unit


def priced(fen: int) -> Product:
    return Product("100001", "饮用水", "Water", Money(fen), Unit.PIECE, TaxCategory("13", 130))


@pytest.mark.parametrize("fen", [0, 1, LIMIT_FEN])
def test_a_price_is_nothing_or_more(fen: int) -> None:
    assert priced(fen).price == Money(fen)


def test_a_negative_price_is_refused() -> None:
    with pytest.raises(AmountOutOfRange) as refused:
        priced(-1)
    assert refused.value.facts == {"limit_fen": LIMIT_FEN}


@pytest.mark.parametrize("rate", [0, 90, 130, 1000])
def test_a_tax_rate_is_a_share_of_the_whole(rate: int) -> None:
    assert TaxCategory("any", rate).rate_permille == rate


@pytest.mark.parametrize("rate", [-1, 1001])
def test_a_rate_outside_is_a_bug(rate: int) -> None:
    with pytest.raises(AssertionError):
        TaxCategory("any", rate)


def test_a_changed_price_makes_another_product() -> None:
    assert priced(100) == priced(100)
    assert priced(100) != priced(101)


def test_a_pack_costs_its_own_price_else_what_its_pieces_cost() -> None:
    water = priced(200)
    assert Pack(water, "6901234567892").price == Money(200)
    assert Pack(water, "26901234567896", 6).price == Money(1200)
    assert Pack(water, "16901234567899", 24, Money(4500)).price == Money(4500)


@pytest.mark.parametrize(("quantity", "own", "plain"), [(1, None, True), (6, None, False), (1, Money(150), False)])
def test_only_one_piece_at_its_own_price_is_plain(quantity: int, own: Money | None, *, plain: bool) -> None:
    assert Pack(priced(200), "1", quantity, own).is_plain is plain


@pytest.mark.parametrize("quantity", [0, -1, 10_000])
def test_a_pack_of_no_pieces_is_a_bug(quantity: int) -> None:
    with pytest.raises(AssertionError):
        Pack(priced(200), "1", quantity)


def test_one_meaning_is_taken_and_of_several_none_is_guessed() -> None:
    one, other = Pack(priced(200), "1"), Pack(priced(300), "1")
    assert the_only([one]) is one
    assert the_only([one, other]) is None
    assert the_only([]) is None

"""A product has a price that is not negative and a tax rate that is one."""

import pytest

from pos.domain.errors import AmountOutOfRange
from pos.domain.money import LIMIT_FEN, Money
from pos.domain.product import Product, TaxCategory
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

"""A quantity is whole pieces or whole grams, and its cost is right to the fen."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.errors import AmountOutOfRange, QuantityOutOfRange
from pos.domain.money import LIMIT_FEN, Money
from pos.domain.quantity import ONE, Quantity, Unit

PIECES_AT_MOST = 9_999
GRAMS_AT_MOST = 999_999

pieces = st.integers(1, PIECES_AT_MOST)
grams = st.integers(1, GRAMS_AT_MOST)


@pytest.mark.parametrize(
    ("amount", "unit"), [(1, Unit.PIECE), (PIECES_AT_MOST, Unit.PIECE), (1, Unit.GRAM), (GRAMS_AT_MOST, Unit.GRAM)]
)
def test_both_ends_of_the_range_are_quantities(amount: int, unit: Unit) -> None:
    assert Quantity(amount, unit).amount == amount


@pytest.mark.parametrize(
    ("amount", "unit", "limit"),
    [
        (0, Unit.PIECE, PIECES_AT_MOST),
        (-1, Unit.PIECE, PIECES_AT_MOST),
        (PIECES_AT_MOST + 1, Unit.PIECE, PIECES_AT_MOST),
        (0, Unit.GRAM, GRAMS_AT_MOST),
        (GRAMS_AT_MOST + 1, Unit.GRAM, GRAMS_AT_MOST),
    ],
)
def test_what_lies_outside_is_refused_with_the_limit(amount: int, unit: Unit, limit: int) -> None:
    with pytest.raises(QuantityOutOfRange) as refused:
        Quantity(amount, unit)
    assert refused.value.facts == {"limit": limit}


@pytest.mark.parametrize("amount", [1.0, True, "1"])
def test_only_whole_numbers_are_quantities(amount: object) -> None:
    with pytest.raises(AssertionError):
        Quantity(amount)  # type: ignore[arg-type]


def test_one_is_one_piece() -> None:
    assert (ONE.amount, ONE.unit) == (1, Unit.PIECE)


def test_quantities_of_one_unit_add_up() -> None:
    assert Quantity(2) + Quantity(3) == Quantity(5)
    assert Quantity(250, Unit.GRAM) + Quantity(750, Unit.GRAM) == Quantity(1000, Unit.GRAM)


def test_a_sum_beyond_the_limit_is_refused() -> None:
    with pytest.raises(QuantityOutOfRange):
        Quantity(PIECES_AT_MOST) + ONE


def test_pieces_and_grams_do_not_mix() -> None:
    with pytest.raises(AssertionError):
        ONE + Quantity(1, Unit.GRAM)


@given(pieces, st.integers(0, LIMIT_FEN // PIECES_AT_MOST))
def test_pieces_cost_their_number_times_the_price(amount: int, price_fen: int) -> None:
    assert Quantity(amount).cost(Money(price_fen)) == Money(sum([price_fen] * amount))


@given(grams, st.integers(0, LIMIT_FEN // 1000))
def test_weight_costs_the_exact_share_of_a_kilogram_to_the_nearest_fen(amount: int, price_fen: int) -> None:
    exact = Fraction(price_fen) * Fraction(amount, 1000)
    cost = Quantity(amount, Unit.GRAM).cost(Money(price_fen)).fen
    assert exact - Fraction(1, 2) < cost <= exact + Fraction(1, 2)


@pytest.mark.parametrize(
    ("amount", "price_fen", "cost_fen"),
    [
        (1000, 1298, 1298),
        (1235, 1298, 1603),  # 16.0303
        (500, 1, 1),  # half a fen
        (499, 1, 0),
        (1, 499, 0),
        (1, 500, 1),
        (GRAMS_AT_MOST, 16_800, 16_799_983),  # 167,999.832
    ],
)
def test_weighed_goods_cost_what_a_pocket_calculator_says(amount: int, price_fen: int, cost_fen: int) -> None:
    assert Quantity(amount, Unit.GRAM).cost(Money(price_fen)) == Money(cost_fen)


@pytest.mark.parametrize("unit", [Unit.PIECE, Unit.GRAM])
def test_a_cost_beyond_the_limit_is_refused(unit: Unit) -> None:
    with pytest.raises(AmountOutOfRange):
        Quantity(9_999, unit).cost(Money(LIMIT_FEN))


@pytest.mark.parametrize(
    ("quantity", "shown"),
    [
        (Quantity(3), "3"),
        (Quantity(5, Unit.GRAM), "0.005 kg"),
        (Quantity(1000, Unit.GRAM), "1.000 kg"),
        (Quantity(1235, Unit.GRAM), "1.235 kg"),
    ],
)
def test_weight_is_shown_in_kilograms(quantity: Quantity, shown: str) -> None:
    assert str(quantity) == shown

"""Money is whole fen, read and written without a loss."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.errors import AmountOutOfRange, BadNumber
from pos.domain.money import LIMIT_FEN, ZERO, Money, divide_half_up

ONE_HUNDRED_MILLION_YUAN = 100_000_000 * 100

amounts = st.integers(-LIMIT_FEN, LIMIT_FEN)
small_amounts = st.integers(-LIMIT_FEN // 4, LIMIT_FEN // 4)


def test_the_limit_is_one_hundred_million_yuan() -> None:
    assert LIMIT_FEN == ONE_HUNDRED_MILLION_YUAN
    assert Money(LIMIT_FEN).yuan == "100000000.00"
    assert Money(-LIMIT_FEN).yuan == "-100000000.00"


@pytest.mark.parametrize("fen", [LIMIT_FEN + 1, -LIMIT_FEN - 1, 2**63])
def test_an_amount_beyond_the_limit_is_refused(fen: int) -> None:
    with pytest.raises(AmountOutOfRange) as refused:
        Money(fen)
    assert refused.value.facts == {"limit_fen": LIMIT_FEN}


@pytest.mark.parametrize("fen", [1.0, True, "1", None])
def test_only_whole_numbers_are_money(fen: object) -> None:
    with pytest.raises(AssertionError):
        Money(fen)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("12", 1200),
        ("12.5", 1250),
        ("12.50", 1250),
        ("12.05", 1205),
        ("-12.50", -1250),
        ("-0.01", -1),
        ("0.01", 1),
        ("0.1", 10),
        ("0", 0),
        ("-0", 0),
        ("007", 700),
        ("000000000", 0),
        ("100000000.00", ONE_HUNDRED_MILLION_YUAN),
    ],
)
def test_yuan_are_read_as_people_type_them(text: str, fen: int) -> None:
    assert Money.parse(text) == Money(fen)


@pytest.mark.parametrize(
    "text",
    [
        *[
            "",
            "-",
            ".",
            ".5",
            "5.",
            "1.234",
            "1,000",
            "+1",
            "1e3",
            " 1",
            "1 ",
            "1\n",
            "¥1",
            "--1",
            "1.2.3",
            "nan",
            "0x10",
        ],
        *["1_000", "\N{MINUS SIGN}1", "１２", "١٢", "1．5", "一", "1234567890", "1" * 5000],
    ],
)
def test_anything_else_is_no_number(text: str) -> None:
    with pytest.raises(BadNumber):
        Money.parse(text)


def test_a_refused_number_is_told_in_short() -> None:
    with pytest.raises(BadNumber) as refused:
        Money.parse("x" * 500)
    assert refused.value.facts == {"text": "x" * 20}


def test_a_number_beyond_the_limit_is_out_of_range() -> None:
    with pytest.raises(AmountOutOfRange):
        Money.parse("100000000.01")


@given(amounts)
def test_reading_what_was_written_gives_the_same_amount(fen: int) -> None:
    assert Money.parse(Money(fen).yuan) == Money(fen)


@given(amounts)
def test_yuan_have_two_decimals_and_no_separators(fen: int) -> None:
    assert Money(fen).yuan == f"{Decimal(fen).scaleb(-2):f}"


@given(st.text(max_size=12) | st.from_regex(r"-?[0-9]{0,10}\.?[0-9]{0,3}"))
def test_a_text_is_its_decimal_value_or_refused(text: str) -> None:
    try:
        money = Money.parse(text)
    except (BadNumber, AmountOutOfRange):
        return
    assert Decimal(money.fen) == Decimal(text) * 100


@pytest.mark.parametrize(
    ("fen", "shown"),
    [(0, "¥0.00"), (5, "¥0.05"), (-5, "-¥0.05"), (-1250, "-¥12.50"), (123_456_789, "¥1,234,567.89")],
)
def test_the_screen_shows_a_sign_the_currency_and_thousands(fen: int, shown: str) -> None:
    assert str(Money(fen)) == shown


@given(small_amounts, small_amounts, small_amounts)
def test_money_adds_up_as_whole_numbers_do(first: int, second: int, third: int) -> None:
    assert Money(first) + Money(second) == Money(first + second)
    assert Money(first) - Money(second) == Money(first - second)
    assert (Money(first) + Money(second)) + Money(third) == Money(first) + (Money(second) + Money(third))
    assert Money(first) + -Money(first) == ZERO
    assert (Money(first) < Money(second)) == (first < second)


def test_a_sum_beyond_the_limit_is_refused() -> None:
    with pytest.raises(AmountOutOfRange):
        Money(LIMIT_FEN) + Money(1)
    with pytest.raises(AmountOutOfRange):
        Money(-LIMIT_FEN) - Money(1)


@given(amounts)
def test_only_nothing_is_false(fen: int) -> None:
    assert bool(Money(fen)) == (fen != 0)


@pytest.mark.parametrize(
    ("dividend", "divisor", "quotient"),
    [(5, 10, 1), (-5, 10, -1), (4, 10, 0), (-4, 10, 0), (15, 10, 2), (25, 10, 3), (-25, 10, -3), (7, 7, 1), (0, 3, 0)],
)
def test_halves_go_away_from_zero(dividend: int, divisor: int, quotient: int) -> None:
    assert divide_half_up(dividend, divisor) == quotient


@given(st.integers(-(10**16), 10**16), st.integers(1, 10**6))
def test_rounding_is_to_the_nearest_and_never_towards_zero_at_a_half(dividend: int, divisor: int) -> None:
    exact = Fraction(dividend, divisor)
    rounded = divide_half_up(dividend, divisor)
    assert abs(rounded - exact) <= Fraction(1, 2)
    if abs(rounded - exact) == Fraction(1, 2):
        assert abs(rounded) > abs(exact)

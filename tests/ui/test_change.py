"""What a typed text would do: read by kind, tried on a copy, refused when it is no such number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.cart import Cart
from pos.domain.errors import (
    DiscountOfNothing,
    DiscountOutOfRange,
    GramsOrKilograms,
    NotOnThisLine,
    NumberTooLong,
    PosError,
    TooHeavyByHand,
)
from pos.domain.money import Money
from pos.domain.product import Product, TaxCategory
from pos.domain.quantity import Quantity, Unit
from ui.operations.change import Change, Kind, quantity_typed, tried

TAX = TaxCategory("13", 130)
COLA = Product("1", "可乐", "Cola", Money(300), Unit.PIECE, TAX)
PEARS = Product("2", "梨", "Pears", Money(1000), Unit.GRAM, TAX)


def cart() -> Cart:
    """A cart of some pieces and something weighed."""
    made = Cart("sale-1")
    made.add(COLA, Quantity(4))
    made.add(PEARS, Quantity(1000, Unit.GRAM))
    return made


@pytest.mark.parametrize(
    ("change", "text", "fen"),
    [
        (Change(Kind.QUANTITY, 1), "5", 1500),
        (Change(Kind.QUANTITY, 2, Unit.GRAM), "750", 750),
        (Change(Kind.QUANTITY, 2, Unit.GRAM), "0.75", 750),
        (Change(Kind.PRICE, 1), "2.5", 1000),
        (Change(Kind.PRICE, 2, Unit.GRAM), "8", 800),
        (Change(Kind.TARE, 2, Unit.GRAM), "50", 950),
        (Change(Kind.LINE_PERCENT, 1), "15", 1020),
        (Change(Kind.LINE_AMOUNT, 1), "2.40", 960),
        (Change(Kind.ORDER_PERCENT), "10", 1980),
        (Change(Kind.ORDER_AMOUNT), "2", 2000),
        (Change(Kind.MEMBER), "6001", 2200),
    ],
)
def test_a_text_does_what_its_kind_says(change: Change, text: str, fen: int) -> None:
    """Four colas are ¥12.00, a kilogram of pears ¥10.00."""
    before = cart()
    deed = change.deed(text)
    assert deed
    assert tried(before, change, deed) == Money(fen)
    assert before.total == Money(2200), "trying changes nothing"
    deed(before)
    assert change.cost(before) == Money(fen)


@pytest.mark.parametrize(
    ("kind", "text"),
    [(Kind.QUANTITY, ""), (Kind.QUANTITY, "1.5"), (Kind.PRICE, "1.234"), (Kind.PRICE, "."), (Kind.LINE_PERCENT, "1.5"),
     (Kind.MEMBER, "")],
)  # fmt: skip
def test_what_is_no_number_of_the_kind_does_nothing(kind: Kind, text: str) -> None:
    assert Change(kind, 1).deed(text) is None


def test_more_than_a_line_costs_is_refused_in_words_before_it_is_done() -> None:
    change = Change(Kind.LINE_AMOUNT, 1)
    deed = change.deed("12.01")
    assert deed
    assert isinstance(tried(cart(), change, deed), DiscountOutOfRange)
    with pytest.raises(DiscountOutOfRange):
        Change(Kind.LINE_PERCENT, 1).deed("101")


def test_only_what_is_weighed_has_a_tare() -> None:
    change = Change(Kind.TARE, 1)
    deed = change.deed("20")
    assert deed
    assert isinstance(tried(cart(), change, deed), NotOnThisLine)


@pytest.mark.parametrize(
    ("kind", "text"), [(Kind.PRICE, "1"), (Kind.LINE_PERCENT, "50"), (Kind.LINE_AMOUNT, "3"), (Kind.ORDER_PERCENT, "5")]
)
def test_what_was_changed_by_hand_can_be_put_back(kind: Kind, text: str) -> None:
    made, change = cart(), Change(kind, 0 if kind is Kind.ORDER_PERCENT else 1)
    deed, undone = change.deed(text), change.undone()
    assert deed
    assert undone
    deed(made)
    assert made.total != Money(2200)
    undone(made)
    assert made.total == Money(2200)


@given(st.text(max_size=14))
def test_no_text_breaks_the_pad(text: str) -> None:
    for kind in Kind:
        for unit in Unit:
            change = Change(kind, 1, unit)
            try:
                deed = change.deed(text)
            except (DiscountOfNothing, DiscountOutOfRange):
                continue
            if deed:
                cost = tried(cart(), change, deed)
                assert isinstance(cost, PosError) or cost >= Money(0)


@given(st.integers(1, 999_999), st.sampled_from(Unit))
def test_the_number_before_the_next_thing_is_small_and_only_of_pieces(number: int, unit: Unit) -> None:
    is_times = unit is Unit.PIECE and number <= 999
    assert Change(Kind.QUANTITY, 1, unit).times(str(number)) == (number if is_times else 1)
    assert Change(Kind.PRICE, 1, unit).times(str(number)) == 1


@pytest.mark.parametrize(
    ("text", "grams"),
    [("0.75", 750), (".5", 500), ("61", 61), ("12.0", 12_000), ("0.012", 12), ("1.2345", None), ("a", None)],
)
def test_weights_are_grams_or_kilograms_with_a_point(text: str, grams: int | None) -> None:
    assert quantity_typed(text, Unit.GRAM) == grams


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in {Kind.MEMBER, Kind.COUPON}])
@pytest.mark.parametrize("unit", Unit)
@pytest.mark.parametrize("barcode", ["6901234567892", "0012345678905", "00012348"])
def test_a_barcode_is_no_number_of_any_kind(kind: Kind, unit: Unit, barcode: str) -> None:
    with pytest.raises(NumberTooLong):
        Change(kind, 2, unit).deed(barcode)


@pytest.mark.parametrize("text", ["1", "12", "60"])
def test_a_whole_number_that_may_be_kilograms_as_well_is_asked_about_but_not_of_a_wrapping(text: str) -> None:
    with pytest.raises(GramsOrKilograms):
        Change(Kind.QUANTITY, 2, Unit.GRAM).deed(text)
    assert Change(Kind.TARE, 2, Unit.GRAM).deed(text)


@pytest.mark.parametrize("text", ["60001", "690123", "60.001", "901.2"])
def test_a_weight_that_no_scale_at_a_counter_shows_is_refused(text: str) -> None:
    for kind in (Kind.QUANTITY, Kind.TARE):
        with pytest.raises(TooHeavyByHand):
            Change(kind, 2, Unit.GRAM).deed(text)
    assert quantity_typed("60000", Unit.GRAM) == quantity_typed("60.0", Unit.GRAM) == 60_000

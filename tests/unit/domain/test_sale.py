"""A sale is goods for money, whole or not at all."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.cart import Cart
from pos.domain.errors import CartNotPayable, NotEnoughTendered
from pos.domain.money import LIMIT_FEN, ZERO, Money
from pos.domain.product import Product, TaxCategory
from pos.domain.quantity import ONE, Quantity, Unit
from pos.domain.sale import Sale, SaleLine, Tender, TenderKind, cash, receipt_number, sale_lines, whole_receipt_number

GENERAL = TaxCategory("13", 130)
EXEMPT = TaxCategory("exempt", 0)
WATER = Product("100001", "饮用水550ml", "Water 550ml", Money(200), Unit.PIECE, GENERAL, barcode="6961824500401")
PORK = Product("190001", "猪五花肉", "Pork belly", Money(3596), Unit.GRAM, EXEMPT)
DAY = date(2026, 11, 23)


def line(number: int, fen: int, tax: TaxCategory = GENERAL) -> SaleLine:
    """A line of one bottle of water."""
    return SaleLine(number, "100001", "6961824500401", "饮用水550ml", ONE, Money(fen), Money(fen), tax, Money(fen))


def sale(lines: tuple[SaleLine, ...], tenders: tuple[Tender, ...]) -> Sale:
    """A sale of these lines, paid so."""
    at = datetime(2026, 11, 23, 4, 5, tzinfo=UTC)
    return Sale("s1", "0017-03-20261123-0001", 1, DAY, "shift-1", "1001", at, lines, tenders)


def alipay(fen: int) -> Tender:
    """A payment by Alipay."""
    return Tender(TenderKind.ALIPAY, Money(fen), Money(fen), "a1", "GTa1", "2026112322001")


def test_cash_pays_what_is_due_and_gives_change() -> None:
    tender = cash(Money(1250), Money(2000))
    assert (tender.kind, tender.amount, tender.handed_over) == (TenderKind.CASH, Money(1250), Money(2000))
    assert tender.change == Money(750)


def test_exact_cash_gives_no_change() -> None:
    assert cash(Money(1250), Money(1250)).change == ZERO


def test_too_little_cash_is_refused_with_both_amounts() -> None:
    with pytest.raises(NotEnoughTendered) as refused:
        cash(Money(1250), Money(1249))
    assert refused.value.facts == {"due": Money(1250), "handed_over": Money(1249)}


@given(st.integers(0, LIMIT_FEN), st.integers(0, LIMIT_FEN))
def test_change_and_amount_are_what_was_handed_over(due: int, handed_over: int) -> None:
    if handed_over < due:
        with pytest.raises(NotEnoughTendered):
            cash(Money(due), Money(handed_over))
        return
    tender = cash(Money(due), Money(handed_over))
    assert tender.amount + tender.change == Money(handed_over)
    assert tender.change >= ZERO


@pytest.mark.parametrize(
    ("kind", "amount", "handed_over"),
    [(TenderKind.CASH, -1, 0), (TenderKind.CASH, 100, 99), (TenderKind.ALIPAY, 100, 101), (TenderKind.ALIPAY, 100, 99)],
)
def test_a_tender_that_does_not_add_up_is_a_bug(kind: TenderKind, amount: int, handed_over: int) -> None:
    with pytest.raises(AssertionError):
        Tender(kind, Money(amount), Money(handed_over))


def test_a_sale_is_worth_its_lines_and_gives_the_change_of_its_tenders() -> None:
    made = sale((line(1, 1000), line(2, 250)), (alipay(250), cash(Money(1000), Money(5000))))
    assert made.total == Money(1250)
    assert made.change == Money(4000)


@pytest.mark.parametrize("paid", [0, 1249, 1251])
def test_tenders_that_are_not_the_total_make_no_sale(paid: int) -> None:
    with pytest.raises(AssertionError):
        sale((line(1, 1250),), (alipay(paid),))


def test_tenders_beside_the_total_make_no_sale() -> None:
    with pytest.raises(AssertionError):
        sale((line(1, 1250),), ())
    with pytest.raises(AssertionError):
        sale((line(1, 1250),), (alipay(1250), alipay(1250)))


def test_a_sale_without_lines_is_a_bug() -> None:
    with pytest.raises(AssertionError):
        sale((), ())


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=20), st.data())
def test_any_split_of_the_total_pays_and_anything_else_does_not(prices: list[int], data: st.DataObject) -> None:
    total = sum(prices)
    first = data.draw(st.integers(0, total))
    lines = tuple(line(number, fen) for number, fen in enumerate(prices, 1))
    made = sale(lines, (alipay(first), cash(Money(total - first), Money(total))))
    assert made.total == Money(total)
    assert made.change == Money(first)
    with pytest.raises(AssertionError):
        sale(lines, (alipay(first), alipay(total - first + 1)))


def test_the_tax_of_a_sale_is_told_by_category() -> None:
    made = sale((line(1, 565), line(2, 565), line(3, 999, EXEMPT)), (alipay(2129),))
    assert [(tax.category, tax.gross, tax.tax) for tax in made.taxes] == [
        (GENERAL, Money(1130), Money(130)),
        (EXEMPT, Money(999), ZERO),
    ]


def test_sale_lines_keep_the_words_and_prices_of_the_cart_and_count_from_one() -> None:
    cart = Cart("s1")
    cart.add(WATER)
    cart.add(WATER)
    cart.add_unknown("hello")
    cart.add(PORK, Quantity(250, Unit.GRAM))
    cart.remove(2)
    assert sale_lines(cart) == (
        SaleLine(1, "100001", "6961824500401", "饮用水550ml", Quantity(2), Money(200), Money(400), GENERAL, Money(200)),
        SaleLine(
            2, "190001", "190001", "猪五花肉", Quantity(250, Unit.GRAM), Money(3596), Money(899), EXEMPT, Money(3596)
        ),
    )


def test_an_unknown_line_makes_no_sale() -> None:
    cart = Cart("s1")
    cart.add(WATER)
    cart.add_unknown("hello")
    with pytest.raises(CartNotPayable) as refused:
        sale_lines(cart)
    assert refused.value.facts == {"unknown": 1}


def test_an_empty_cart_makes_no_sale() -> None:
    with pytest.raises(CartNotPayable) as refused:
        sale_lines(Cart("s1"))
    assert refused.value.facts == {"unknown": 0}


@pytest.mark.parametrize(
    ("counter", "number"),
    [(1, "0017-03-20261123-0001"), (9999, "0017-03-20261123-9999"), (10_000, "0017-03-20261123-10000")],
)
def test_a_receipt_number_is_store_till_day_and_counter(counter: int, number: str) -> None:
    assert receipt_number("0017", "03", DAY, counter) == number


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("0002", "0017-03-20261123-0002"),
        ("2", "0017-03-20261123-0002"),
        ("00170320261122" + "0009", "0017-03-20261122-0009"),
        ("00170320261122" + "20009", "0017-03-20261122-2-0009"),
        ("0017-05-20261122-0009", "0017-05-20261122-0009"),
        ("6901234567892", "6901234567892"),
    ],
)
def test_a_receipt_number_may_be_typed_in_short(typed: str, number: str) -> None:
    assert whole_receipt_number(typed, ("0017", "03", 1), date(2026, 11, 23)) == number


def test_a_sale_never_changes() -> None:
    made = sale((line(1, 100),), (alipay(100),))
    with pytest.raises(AttributeError):
        made.cashier = "1002"  # type: ignore[misc]
    with pytest.raises(AssertionError):
        replace(made, tenders=(alipay(99),))

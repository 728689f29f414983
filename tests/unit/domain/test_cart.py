"""A cart is the sum of its lines, whatever is done to it in whatever order."""

from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from pos.domain.cart import MAX_LINES, Cart, tax_totals, tax_within
from pos.domain.cart_line import CartLine
from pos.domain.errors import (
    AmountOutOfRange,
    CartFull,
    CartNotPayable,
    CheckoutError,
    NoSuchLine,
    PriceMissing,
    QuantityOutOfRange,
)
from pos.domain.money import LIMIT_FEN, ZERO, Money
from pos.domain.product import Product, TaxCategory
from pos.domain.quantity import ONE, Quantity, Unit

GENERAL = TaxCategory("13", 130)
FARM = TaxCategory("9", 90)
EXEMPT = TaxCategory("exempt", 0)
CATEGORIES = [GENERAL, FARM, EXEMPT]


def product(sku: str, fen: int, tax: TaxCategory = GENERAL, unit: Unit = Unit.PIECE) -> Product:
    """A product with a price and a tax."""
    return Product(sku, f"商品{sku}", f"Product {sku}", Money(fen), unit, tax, barcode=f"69{sku}")


WATER = product("100001", 200)
RICE = product("150001", 3590, FARM)
FREE = product("250001", 0)
DEAR = product("210001", LIMIT_FEN // 2)
APPLES = product("170001", 1198, FARM, Unit.GRAM)
PORK = product("190001", 3596, EXEMPT, Unit.GRAM)
LIMITS = {Unit.PIECE: 9_999, Unit.GRAM: 999_999}


Row = tuple[int, str, Product | None, int]
"""Line number, text, product, pieces or grams."""


def half_up(exact: Fraction) -> int:
    """Rounded to the nearest whole, halves up."""
    return int(exact + Fraction(1, 2))


class CartAgainstPaper(RuleBasedStateMachine):
    """The cart beside a sheet of paper, with room for few lines so that it is often full."""

    def __init__(self) -> None:
        super().__init__()
        self.patch = pytest.MonkeyPatch()
        self.patch.setattr("pos.domain.cart.MAX_LINES", 7)
        self.cart = Cart("sale-1")
        self.paper: list[Row] = []

    def teardown(self) -> None:
        """Put back what was replaced."""
        self.patch.undo()

    def cost(self, row: Row) -> int:
        """What a line costs, by hand."""
        _, _, what, amount = row
        if what is None:
            return 0
        return half_up(Fraction(what.price.fen * amount, 1000 if what.unit is Unit.GRAM else 1))

    def total(self, rows: list[Row]) -> int:
        """What all lines cost, by hand."""
        return sum(self.cost(row) for row in rows)

    def try_both(self, act: Callable[[], object], wanted: list[Row], wrong: set[type[CheckoutError]]) -> None:
        """Do it; it fails with one of the errors the paper expects, and then nothing has changed."""
        if any(self.cost(row) > LIMIT_FEN for row in wanted) or self.total(wanted) > LIMIT_FEN:
            wrong = wrong | {AmountOutOfRange}
        before = self.cart.snapshot()
        if wrong:
            with pytest.raises(tuple(wrong)):
                act()
            assert self.cart == before
        else:
            act()
            self.paper = wanted

    def appended(self, text: str, what: Product | None, amount: int) -> list[Row]:
        """The paper with one line more."""
        number = 1 + max((row[0] for row in self.paper), default=0)
        return [*self.paper, (number, text, what, amount)]

    def changed(self, place: int, amount: int) -> list[Row]:
        """The paper with another amount on one line."""
        rows = list(self.paper)
        number, text, what, _ = rows[place]
        rows[place] = (number, text, what, amount)
        return rows

    def full(self) -> set[type[CheckoutError]]:
        """The refusal that is due when nothing more goes in."""
        return {CartFull} if len(self.paper) >= 7 else set()

    @rule(
        what=st.sampled_from([WATER, RICE, FREE, DEAR]),
        amount=st.integers(1, 3) | st.sampled_from([5_000, 9_998, 9_999]),
    )
    def add_pieces(self, what: Product, amount: int) -> None:
        """Add pieces to both."""
        act = lambda: self.cart.add(what, Quantity(amount))  # noqa: E731
        for place, row in enumerate(self.paper):
            if row[2] == what:
                whole = row[3] + amount
                self.try_both(act, self.changed(place, whole), {QuantityOutOfRange} if whole > 9_999 else set())
                return
        self.try_both(act, self.appended(what.barcode, what, amount), self.full())

    @rule(what=st.sampled_from([APPLES, PORK]), amount=st.integers(1, 999_999))
    def add_weighed(self, what: Product, amount: int) -> None:
        """Add something weighed to both."""
        quantity = Quantity(amount, Unit.GRAM)
        self.try_both(lambda: self.cart.add(what, quantity), self.appended(what.barcode, what, amount), self.full())

    @rule(text=st.sampled_from(["4006381333931", "hello", "?"]))
    def scan_something_unknown(self, text: str) -> None:
        """Add a text that nobody knows to both."""
        known = [row for row in self.paper if row[2] is None and row[1] == text]
        wanted = self.paper if known else self.appended(text, None, 1)
        self.try_both(lambda: self.cart.add_unknown(text), wanted, set() if known else self.full())

    @rule(data=st.data(), amount=st.integers(-1, 12_000) | st.just(1_000_000))
    def set_quantity(self, data: st.DataObject, amount: int) -> None:
        """Change how many or how much of a line on both."""
        if not self.paper:
            return
        place = data.draw(st.integers(0, len(self.paper) - 1))
        number, _, what, _ = self.paper[place]
        limit = LIMITS[what.unit if what else Unit.PIECE]
        if not 1 <= amount <= limit:
            self.try_both(lambda: self.cart.set_quantity(number, amount), self.paper, {QuantityOutOfRange})
            return
        self.try_both(lambda: self.cart.set_quantity(number, amount), self.changed(place, amount), set())

    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        """Take a line out of both."""
        if not self.paper:
            return
        place = data.draw(st.integers(0, len(self.paper) - 1))
        rows = [row for row in self.paper if row is not self.paper[place]]
        self.try_both(lambda: self.cart.remove(self.paper[place][0]), rows, set())

    @rule(number=st.sampled_from([0, -1, 1_000]))
    def touch_a_line_that_is_not_there(self, number: int) -> None:
        """Ask for a line that neither has."""
        self.try_both(lambda: self.cart.line(number), self.paper, {NoSuchLine})
        self.try_both(lambda: self.cart.remove(number), self.paper, {NoSuchLine})
        self.try_both(lambda: self.cart.set_quantity(number, 1), self.paper, {NoSuchLine})

    @invariant()
    def the_lines_are_those_on_paper(self) -> None:
        """Compare line by line."""
        assert [(line.line_no, line.text, line.product, line.quantity.amount) for line in self.cart.lines] == self.paper
        numbers = [line.line_no for line in self.cart.lines]
        assert len(numbers) == len(set(numbers)) <= 7
        assert all(number >= 1 for number in numbers)
        assert self.cart.last_line_no in {*numbers, None}

    @invariant()
    def the_total_is_a_naive_sum(self) -> None:
        """Compare the totals."""
        assert self.cart.total == Money(self.total(self.paper))
        assert sum(tax.gross.fen for tax in self.cart.taxes) == self.cart.total.fen

    @invariant()
    def only_known_goods_can_be_paid(self) -> None:
        """Compare whether it may be paid."""
        unknown = [row for row in self.paper if row[2] is None]
        assert [line.line_no for line in self.cart.unknown_lines] == [row[0] for row in unknown]
        free = [row for row in self.paper if row[2] == FREE]
        if self.paper and not unknown and not free:
            self.cart.check_payable()
            return
        with pytest.raises((CartNotPayable, PriceMissing)) as refused:
            self.cart.check_payable()
        is_open = bool(self.paper) and not unknown
        told = {"count": len(free), "name": FREE.name} if is_open else {"unknown": len(unknown)}
        assert refused.value.facts == told

    @invariant()
    def weighed_lines_count_as_one_piece(self) -> None:
        """Compare how many pieces there are."""
        whole = sum(row[3] if row[2] is None or row[2].unit is Unit.PIECE else 1 for row in self.paper)
        assert self.cart.pieces == whole


CartAgainstPaper.TestCase.settings = settings(max_examples=100, stateful_step_count=30, deadline=None)
TestCartAgainstPaper = CartAgainstPaper.TestCase


def cart_of(*lines: tuple[Product, Quantity]) -> Cart:
    """A cart with these goods in it."""
    cart = Cart("sale-1")
    for what, quantity in lines:
        cart.add(what, quantity)
    return cart


def test_the_same_product_twice_is_one_line_of_two() -> None:
    cart = cart_of((WATER, ONE), (RICE, ONE), (WATER, ONE))
    assert [(line.product, line.quantity) for line in cart.lines] == [(WATER, Quantity(2)), (RICE, ONE)]
    assert cart.last_line_no == 1
    assert cart.total == Money(200 * 2 + 3590)


def test_the_same_product_weighed_twice_is_two_lines() -> None:
    cart = cart_of((APPLES, Quantity(500, Unit.GRAM)), (APPLES, Quantity(300, Unit.GRAM)))
    assert [line.gross for line in cart.lines] == [Money(599), Money(359)]


def test_a_product_with_a_new_price_gets_a_line_of_its_own() -> None:
    cart = cart_of((WATER, ONE), (product("100001", 250), ONE))
    assert [line.gross for line in cart.lines] == [Money(200), Money(250)]


def test_a_weighed_product_is_never_sold_by_the_piece() -> None:
    with pytest.raises(AssertionError):
        Cart("sale-1").add(APPLES)
    with pytest.raises(AssertionError):
        Cart("sale-1").add(WATER, Quantity(500, Unit.GRAM))


def test_a_line_keeps_what_was_scanned_else_its_barcode_else_its_number() -> None:
    bare = Product("170009", "散装", "Loose", Money(100), Unit.PIECE, FARM)
    cart = Cart("sale-1")
    assert cart.add(WATER, text="042100005264").text == "042100005264"
    assert cart.add(RICE).text == RICE.barcode
    assert cart.add(bare).text == bare.sku


def test_the_three_hundred_and_first_line_is_refused() -> None:
    assert MAX_LINES == 300
    cart = cart_of(*[(APPLES, Quantity(100, Unit.GRAM))] * 300)
    before = cart.snapshot()
    with pytest.raises(CartFull) as refused:
        cart.add(WATER)
    assert refused.value.facts == {"limit": 300}
    with pytest.raises(CartFull):
        cart.add_unknown("?")
    assert cart == before


def test_a_full_cart_still_lengthens_the_lines_it_has() -> None:
    cart = cart_of((WATER, ONE), *[(APPLES, Quantity(100, Unit.GRAM))] * 299)
    assert cart.add(WATER).quantity == Quantity(2)


def test_a_total_beyond_the_limit_leaves_the_cart_as_it_was() -> None:
    cart = cart_of((DEAR, Quantity(2)))
    before = cart.snapshot()
    with pytest.raises(AmountOutOfRange):
        cart.add(WATER)
    with pytest.raises(AmountOutOfRange):
        cart.add(DEAR)
    with pytest.raises(AmountOutOfRange):
        cart.set_quantity(1, 3)
    assert cart == before


def test_a_line_shrinks_even_when_the_cart_is_at_its_limit() -> None:
    cart = cart_of((DEAR, Quantity(2)))
    assert cart.set_quantity(1, 1).gross == DEAR.price


def test_an_unknown_text_is_one_line_however_often_it_is_scanned() -> None:
    cart = Cart("sale-1")
    first = cart.add_unknown("hello")
    cart.add(WATER)
    assert cart.add_unknown("hello") == first
    assert len(cart.lines) == 2
    assert cart.last_line_no == first.line_no
    assert first.is_unknown
    assert first.gross == ZERO


def test_line_numbers_stay_when_a_line_goes() -> None:
    cart = cart_of((WATER, ONE), (RICE, ONE), (FREE, ONE))
    cart.remove(2)
    assert [line.line_no for line in cart.lines] == [1, 3]
    assert cart.last_line_no == 3
    with pytest.raises(NoSuchLine) as refused:
        cart.line(2)
    assert refused.value.facts == {"line_no": 2}


def test_after_a_line_is_gone_its_neighbour_is_the_last() -> None:
    cart = cart_of((WATER, ONE), (RICE, ONE), (FREE, ONE))
    cart.remove(1)
    assert cart.last_line_no == 2
    cart.remove(3)
    assert cart.last_line_no == 2


def test_after_an_unknown_line_is_gone_the_next_unknown_one_is_the_last_and_then_none() -> None:
    cart = cart_of((WATER, ONE))
    cart.add_unknown("hello")
    cart.add_unknown("again")
    cart.remove(3)
    assert (len(cart.lines), cart.last_line_no) == (2, 2)
    cart.remove(2)
    assert ([line.product for line in cart.lines], cart.last_line_no) == ([WATER], None)
    cart.undo()
    assert cart.last_line_no == 2


def test_an_emptied_cart_has_no_last_line() -> None:
    cart = cart_of((WATER, ONE))
    cart.remove(1)
    assert cart.last_line_no is None
    with pytest.raises(CartNotPayable):
        cart.check_payable()


def test_a_snapshot_stays_as_it_was_taken() -> None:
    cart = cart_of((WATER, ONE))
    taken = cart.snapshot()
    cart.add(WATER)
    cart.add(RICE)
    assert taken == Cart("sale-1", [CartLine(1, WATER.barcode, WATER, ONE)], 1)


@pytest.mark.parametrize(
    ("gross_fen", "rate", "tax_fen"),
    [
        (11_300, 130, 1_300),
        (10_900, 90, 900),
        (10_000, 130, 1_150),  # 1150.44
        (10_000, 90, 826),  # 825.69
        (10_000, 0, 0),
        (4, 130, 0),  # 0.46
        (5, 130, 1),  # 0.58
        (0, 130, 0),
    ],
)
def test_the_tax_is_what_an_invoice_would_say(gross_fen: int, rate: int, tax_fen: int) -> None:
    assert tax_within(Money(gross_fen), rate) == Money(tax_fen)


@given(st.integers(0, LIMIT_FEN), st.integers(0, 1000))
def test_the_tax_is_the_nearest_fen_and_never_more_than_the_amount(gross_fen: int, rate: int) -> None:
    tax = tax_within(Money(gross_fen), rate).fen
    net = Fraction(gross_fen, 1) / (1 + Fraction(rate, 1000))
    assert tax == half_up(gross_fen - net)
    assert 0 <= tax <= gross_fen


def test_tax_is_rounded_once_per_category() -> None:
    [tax] = tax_totals([(GENERAL, Money(4))] * 3)
    assert (tax.gross, tax.tax) == (Money(12), Money(1))  # 12 * 130 / 1130 = 1.38; three times 0.46 would be 0


@given(st.lists(st.tuples(st.sampled_from(CATEGORIES), st.integers(0, 10**7)), max_size=30))
def test_taxes_add_up_by_category_in_the_order_of_their_codes(parts: list[tuple[TaxCategory, int]]) -> None:
    totals = tax_totals((category, Money(fen)) for category, fen in parts)
    assert [total.category.code for total in totals] == sorted({category.code for category, _ in parts})
    for total in totals:
        gross = sum(fen for category, fen in parts if category == total.category)
        rate = total.category.rate_permille
        assert total.gross == Money(gross)
        assert total.tax == Money(half_up(Fraction(gross * rate, 1000 + rate)))


def test_one_code_at_two_rates_is_two_totals() -> None:
    totals = tax_totals([(TaxCategory("old", 170), Money(1170)), (TaxCategory("old", 130), Money(1130))])
    assert [(total.gross, total.tax) for total in totals] == [(Money(1130), Money(130)), (Money(1170), Money(170))]

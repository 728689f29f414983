"""What is said of a line, of the whole, of the customer: prices by hand, discounts, members, and taking it back."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from pos.domain.cart import Cart
from pos.domain.cart_line import Discount
from pos.domain.errors import (
    AmountOutOfRange,
    CheckoutError,
    DiscountOfNothing,
    DiscountOutOfRange,
    NothingToUndo,
    NotOnThisLine,
    PriceMissing,
    TareTooHeavy,
)
from pos.domain.member import Member
from pos.domain.money import LIMIT_FEN, ZERO, Money, share_out
from pos.domain.pricing import Good, Occasion, Priced, Reduction
from pos.domain.product import Product, TaxCategory
from pos.domain.promotion import EMPTY_BOOK, PromotionBook, read_book
from pos.domain.quantity import ONE, Quantity, Unit

GENERAL, FARM = TaxCategory("13", 130), TaxCategory("9", 90)
WATER = Product("100001", "水", "Water", Money(200), Unit.PIECE, GENERAL, category="饮料")
RICE = Product("150001", "米", "Rice", Money(3590), Unit.PIECE, FARM, category="粮油")
CAKE = Product("260001", "现做蛋糕", "Cake", ZERO, Unit.PIECE, GENERAL)
PORK = Product("190001", "猪五花肉", "Pork belly", Money(3596), Unit.GRAM, FARM)
AT = datetime(2026, 11, 23, 12, 5)  # noqa: DTZ001  (the shop's own time)


def cart_of(*lines: tuple[Product, Quantity]) -> Cart:
    """A cart with these goods in it."""
    cart = Cart("sale-1")
    for what, quantity in lines:
        cart.add(what, quantity)
    return cart


def test_a_price_by_hand_is_the_price_of_a_piece() -> None:
    cart = cart_of((WATER, Quantity(3)))
    cart.set_price(1, Money(150))
    assert (cart.total, cart.savings, cart.line(1).price) == (Money(450), ZERO, Money(150))
    cart.set_price(1, None)
    assert cart.total == Money(600)


def test_an_open_price_must_be_set_before_it_is_paid() -> None:
    cart = cart_of((CAKE, ONE), (WATER, ONE))
    with pytest.raises(PriceMissing) as refused:
        cart.check_payable()
    assert refused.value.facts == {"count": 1, "name": "现做蛋糕"}
    assert not cart.is_payable
    cart.set_price(1, Money(8800))
    assert (cart.is_payable, cart.total) == (True, Money(9000))


def test_goods_may_be_given_away_by_hand() -> None:
    cart = cart_of((CAKE, ONE))
    cart.set_price(1, ZERO)
    assert (cart.is_payable, cart.total) == (True, ZERO)


def test_a_line_discount_is_to_the_nearest_fen() -> None:
    cart = cart_of((WATER, ONE), (RICE, ONE))
    cart.set_discount(2, Discount(percent=15))  # 538.5
    assert (cart.amount_of(2), cart.amount_of(1), cart.savings) == (Money(3051), Money(200), Money(539))
    cart.set_discount(2, Discount(amount=Money(590)))
    assert (cart.amount_of(2), cart.total) == (Money(3000), Money(3200))
    cart.set_discount(2, None)
    assert cart.savings == ZERO


def test_an_order_discount_is_spread_by_what_the_lines_cost() -> None:
    cart = cart_of((WATER, ONE), (WATER_2, ONE), (RICE, ONE))
    cart.set_order_discount(Discount(amount=Money(100)))
    # 200 : 200 : 3590 of 100 is 5.01, 5.01, 89.97: the last fen goes to the largest remainder
    assert [cart.amount_of(line.line_no) for line in cart.lines] == [Money(195), Money(195), Money(3500)]
    assert cart.total == Money(3890)
    assert [each.kind for each in cart.priced.reductions] == ["manual_order"] * 3


WATER_2 = Product("100002", "水2", "Water 2", Money(200), Unit.PIECE, GENERAL)


def test_taxes_are_of_what_is_paid() -> None:
    cart = cart_of((WATER, ONE), (RICE, ONE))
    cart.set_discount(1, Discount(percent=50))
    assert [(tax.gross, tax.tax) for tax in cart.taxes] == [(Money(100), Money(12)), (Money(3590), Money(296))]


@pytest.mark.parametrize(("percent", "fen"), [(101, 0), (-1, 0), (0, -5), (10, 5)])
def test_a_discount_is_some_percent_or_some_amount(percent: int, fen: int) -> None:
    with pytest.raises(DiscountOutOfRange):
        Discount(percent, Money(fen))


def test_a_discount_of_nothing_is_refused_as_such() -> None:
    with pytest.raises(DiscountOfNothing):
        Discount()


def test_no_more_is_taken_off_than_there_is() -> None:
    cart = cart_of((WATER, Quantity(2)), (RICE, ONE))
    before = cart.snapshot()
    with pytest.raises(DiscountOutOfRange) as refused:
        cart.set_discount(1, Discount(amount=Money(401)))
    assert refused.value.facts == {"limit": Money(400)}
    with pytest.raises(DiscountOutOfRange):
        cart.set_order_discount(Discount(amount=Money(3991)))
    assert cart == before
    cart.set_discount(1, Discount(amount=Money(400)))
    cart.set_quantity(1, 1)
    assert cart.amount_of(1) == ZERO


def test_a_discount_may_be_set_again_as_high() -> None:
    cart = cart_of((WATER, ONE))
    cart.set_discount(1, Discount(amount=Money(200)))
    cart.set_discount(1, Discount(amount=Money(200)))
    cart.set_discount(1, None)
    cart.set_order_discount(Discount(amount=Money(200)))
    cart.set_order_discount(Discount(amount=Money(150)))
    assert cart.total == Money(50)


def test_a_label_of_a_scale_fixes_the_amount_until_it_is_weighed_again() -> None:
    cart = Cart("sale-1")
    cart.add(PORK, Quantity(500, Unit.GRAM), label_amount=Money(1790))
    assert cart.total == Money(1790)
    cart.set_quantity(1, 250)
    assert (cart.total, cart.line(1).label_amount) == (Money(899), None)


def test_a_tare_comes_off_the_weight_once() -> None:
    cart = cart_of((PORK, Quantity(520, Unit.GRAM)))
    assert cart.set_tare(1, 20).quantity == Quantity(500, Unit.GRAM)
    assert cart.set_tare(1, 10).quantity == Quantity(510, Unit.GRAM)
    with pytest.raises(TareTooHeavy) as refused:
        cart.set_tare(1, 520)
    assert refused.value.facts == {"tare_g": 520, "gross_g": 520}
    assert cart.set_quantity(1, 480, tare_g=15).tare_g == 15


def test_a_piece_has_no_tare_and_an_unknown_text_no_price() -> None:
    cart = cart_of((WATER, ONE))
    cart.add_unknown("hello")
    before = cart.snapshot()
    with pytest.raises(NotOnThisLine):
        cart.set_tare(1, 5)
    with pytest.raises(NotOnThisLine):
        cart.set_quantity(1, 5, tare_g=-1)
    with pytest.raises(NotOnThisLine):
        cart.set_price(2, Money(100))
    with pytest.raises(AmountOutOfRange):
        cart.set_price(1, Money(-1))
    assert cart == before


def test_only_the_same_on_the_same_terms_shares_a_line() -> None:
    cart = cart_of((WATER, ONE), (WATER, ONE))
    cart.add(WATER, lot="B7", expires_on=date(2026, 12, 1))
    cart.add(WATER, lot="B7", expires_on=date(2026, 12, 1))
    cart.set_discount(1, Discount(percent=10))
    cart.add(WATER)
    cart.add(WATER, price_by_hand=Money(100))
    assert [line.quantity.amount for line in cart.lines] == [2, 2, 1, 1]
    assert (cart.lines[1].lot, cart.lines[1].expires_on) == ("B7", date(2026, 12, 1))


def test_near_its_expiry_a_thing_is_marked_down_and_says_so() -> None:
    cart = Cart("sale-1")
    cart.add(RICE, markdown_percent=30)
    [reduction] = cart.reductions_of(1)
    assert (reduction.kind, reduction.amount, cart.total) == ("markdown", Money(1077), Money(2513))


def half_of_drinks(goods: list[Good], _book: PromotionBook, occasion: Occasion) -> Priced:
    """Stands for a rule: drinks at half price for gold members, or for whoever has the coupon."""
    if occasion.member != "gold" and "C1" not in occasion.coupons:
        return Priced()
    drinks = [good for good in goods if good.category == "饮料" and not good.is_fixed]
    off = [Reduction(each.line_no, "r1", "percent", "饮料半价", "Half", Money(each.amount.fen // 2)) for each in drinks]
    return Priced(tuple(off), tuple(code for code in occasion.coupons if off))


@pytest.fixture
def ruled(monkeypatch: pytest.MonkeyPatch) -> Cart:
    """A cart under a rule of our own: drinks at half their price."""
    monkeypatch.setattr("pos.domain.reckoning.price", half_of_drinks)
    cart = cart_of((WATER, ONE), (RICE, ONE))
    cart.use_rules(PromotionBook(version="v7"), "0017", AT)
    return cart


def test_rules_are_asked_with_who_buys_and_when(ruled: Cart) -> None:
    assert (ruled.total, ruled.rules_version) == (Money(3790), "v7")
    ruled.set_member(Member("8001", "王*", "gold"))
    assert [(each.rule, each.amount) for each in ruled.reductions_of(1)] == [("r1", Money(100))]
    assert (ruled.total, ruled.savings) == (Money(3690), Money(100))
    ruled.set_member(None)
    ruled.add_coupon("C1")
    ruled.add_coupon("C1")
    assert (ruled.total, ruled.coupons, ruled.priced.used_coupons) == (Money(3690), ("C1",), ("C1",))


def test_the_cashier_takes_off_what_the_rules_leave(ruled: Cart) -> None:
    ruled.set_member(Member("8001", "王*", "gold"))
    ruled.set_discount(1, Discount(percent=10))
    ruled.set_order_discount(Discount(percent=10))
    assert [(each.kind, each.amount.fen) for each in ruled.reductions_of(1)] == [
        ("percent", 100),
        ("manual_line", 10),
        ("manual_order", 9),
    ]
    assert ruled.total == Money(90 + 3590 - 368)


def test_no_rule_touches_what_has_its_price_by_hand(ruled: Cart) -> None:
    ruled.set_member(Member("8001", "王*", "gold"))
    ruled.set_price(1, Money(180))
    assert ruled.amount_of(1) == Money(180)


def test_a_copy_keeps_what_it_was_priced_at(ruled: Cart) -> None:
    ruled.add_coupon("C1")
    taken = ruled.snapshot()
    ruled.use_rules(EMPTY_BOOK, "0017", AT)
    ruled.remove(1)
    assert (taken.total, taken.rules_version, taken.amount_of(1)) == (Money(3690), "v7", Money(100))


def test_changes_are_taken_back_one_by_one() -> None:
    cart = cart_of((WATER, ONE), (RICE, ONE))
    cart.set_discount(1, Discount(percent=50))
    cart.remove(2)
    cart.set_member(Member("8001"))
    totals = []
    while cart.can_undo:
        totals.append(cart.total.fen)
        cart.undo()
    assert totals == [100, 100, 3690, 3790, 200]
    assert not cart.lines
    with pytest.raises(NothingToUndo):
        cart.undo()


def test_an_emptied_cart_is_of_another_sale_and_can_be_filled_again() -> None:
    cart = cart_of((WATER, ONE), (RICE, ONE))
    cart.clear("sale-2")
    assert (cart.sale_id, cart.lines, cart.total) == ("sale-2", [], ZERO)
    cart.undo()
    assert (cart.sale_id, cart.total) == ("sale-2", Money(3790))


def test_what_changes_nothing_is_no_step() -> None:
    cart = cart_of((WATER, ONE))
    cart.set_quantity(1, 1)
    cart.set_order_discount(None)
    cart.undo()
    assert not cart.lines


class CartOnTerms(RuleBasedStateMachine):
    """Whatever is done: what fails changes nothing, and undo gives back exactly what was before."""

    def __init__(self) -> None:
        super().__init__()
        self.cart = Cart("sale-1")
        self.before: list[Cart] = []

    def act(self, do: Callable[[], object]) -> None:
        """Do something that may be refused; then the cart is as it was."""
        was = self.cart.snapshot()
        try:
            do()
        except CheckoutError:
            assert self.cart == was
        else:
            if self.cart != was and self.cart.can_undo:
                self.before.append(was)

    @rule(what=st.sampled_from([WATER, RICE, CAKE]), amount=st.integers(1, 5), by_hand=st.none() | st.integers(0, 500))
    def add(self, what: Product, amount: int, by_hand: int | None) -> None:
        """Add pieces, at a price by hand or not."""
        price = None if by_hand is None else Money(by_hand)
        self.act(lambda: self.cart.add(what, Quantity(amount), price_by_hand=price))

    @rule(amount=st.integers(1, 9_000), label=st.none() | st.integers(0, 10**5))
    def weigh(self, amount: int, label: int | None) -> None:
        """Add something weighed, with an amount on its label or not."""
        told = None if label is None else Money(label)
        self.act(lambda: self.cart.add(PORK, Quantity(amount, Unit.GRAM), label_amount=told))

    @rule(line_no=st.integers(1, 4), fen=st.integers(-1, 10**6) | st.just(LIMIT_FEN))
    def price(self, line_no: int, fen: int) -> None:
        """Set a line's price by hand."""
        self.act(lambda: self.cart.set_price(line_no, Money(fen)))

    @rule(line_no=st.integers(0, 4), percent=st.integers(1, 100), fen=st.none() | st.integers(1, 2_000))
    def discount(self, line_no: int, percent: int, fen: int | None) -> None:
        """Take something off a line."""
        off = Discount(percent) if fen is None else Discount(amount=Money(fen))
        if line_no:
            self.act(lambda: self.cart.set_discount(line_no, off))
        else:
            self.act(lambda: self.cart.set_order_discount(off))

    @rule(line_no=st.integers(1, 4), amount=st.integers(0, 5_000), tare=st.integers(0, 50))
    def quantity(self, line_no: int, amount: int, tare: int) -> None:
        """Change how much of a line there is, and its tare."""
        self.act(lambda: self.cart.set_quantity(line_no, amount, tare_g=tare))

    @rule(line_no=st.integers(1, 4))
    def remove(self, line_no: int) -> None:
        """Take a line out."""
        self.act(lambda: self.cart.remove(line_no))

    @rule()
    def undo(self) -> None:
        """Take the last step back, and compare with what was before it."""
        if self.before:
            self.cart.undo()
            assert self.cart == self.before.pop()

    @invariant()
    def the_lines_add_up_and_none_is_below_nothing(self) -> None:
        """The lines come to the total, and none is negative."""
        amounts = [self.cart.amount_of(line.line_no) for line in self.cart.lines]
        assert all(each >= ZERO for each in amounts)
        assert sum(each.fen for each in amounts) == self.cart.total.fen
        assert sum(tax.gross.fen for tax in self.cart.taxes) == self.cart.total.fen


CartOnTerms.TestCase.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
TestCartOnTerms = CartOnTerms.TestCase


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=30), st.data())
def test_shares_are_fair_and_add_up(weights: list[int], data: st.DataObject) -> None:
    whole = data.draw(st.integers(0, sum(weights)))
    shares = share_out(whole, weights)
    assert sum(shares) == whole
    for share, weight in zip(shares, weights, strict=True):
        assert 0 <= share <= weight
        assert abs(share * sum(weights) - whole * weight) < max(1, sum(weights))


@pytest.mark.parametrize(
    ("whole", "weights", "shares"),
    [(1, [5, 5], [1, 0]), (3, [1, 1], [2, 1]), (1, [5, 5, 5], [1, 0, 0]), (2, [3, 6], [1, 1]), (5, [1, 9], [1, 4]),
     (4, [1, 9], [0, 4]), (0, [2, 3], [0, 0])],
)  # fmt: skip
def test_what_rounding_leaves_goes_to_the_largest_remainder_and_then_to_the_first(
    whole: int, weights: list[int], shares: list[int]
) -> None:
    assert share_out(whole, weights) == shares


def test_the_rules_are_asked_anew_only_when_others_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    def count(*asking: object) -> Priced:
        asked.append(asking)
        return Priced()

    evening = {"id": "e", "kind": "percent", "name": "晚市", "name_en": "Evening", "percent_off": 10,
               "scope": {"all": 1}, "hours": [["17:00", "21:00"]]}  # fmt: skip
    book = read_book({"promotions": [evening]}, "v7")
    cart = cart_of((WATER, ONE))
    monkeypatch.setattr("pos.domain.cart.reckon", count)
    for hour, times in ((12, 1), (13, 1), (17, 2), (20, 2), (21, 3)):
        cart.use_rules(book, "0017", AT.replace(hour=hour, minute=0))
        assert (len(asked), cart.priced_at) == (times, AT.replace(hour=hour, minute=0))
    cart.use_rules(book, "0018", AT.replace(hour=21, minute=0))
    cart.use_rules(read_book({}, "v8"), "0018", AT.replace(hour=21, minute=0))
    assert len(asked) == 5

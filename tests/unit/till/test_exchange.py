"""Goods that come back pay for others: only the difference is paid, both are written or neither."""

from collections.abc import Callable
from dataclasses import replace
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from pos.domain import facts
from pos.domain.cart import Cart
from pos.domain.errors import CartSold, ExchangeDone, ExchangeGone, MoreThanWasSold, NeedsManager, PaidMoreThanTotal
from pos.domain.exchange import Exchange, exchange_facts, exchange_from
from pos.domain.money import ZERO, Money
from pos.domain.refund import RefundState
from pos.domain.sale import Sale, TenderKind
from pos.domain.staff import By
from pos.storage import payments, refunds
from pos.storage import returns as stored
from pos.storage.self_check import check_all
from pos.till import exchange, pay, resolve, returns, sell, shifts, suspend
from pos.till.till import Till
from tests.audit import check_books, check_money
from tests.fake_alipay import FakeAlipay
from tests.fakes import APPLES, BY_MEI, LIN, NOODLES, TEA, WATER, World, fail_next_commit, quick_folder

CartOf = Callable[..., Cart]
CASH, ALIPAY, EXCHANGE = TenderKind.CASH, TenderKind.ALIPAY, TenderKind.EXCHANGE


def swap(till: Till, cart: Cart, sale: Sale, wanted: dict[int, int], by: By = BY_MEI) -> None:
    """Let goods of a sale pay for a cart."""
    of = returns.find_returnable(till, sale.receipt_no)
    cart.credit = exchange.begin(till, cart, Exchange(of, wanted, "换一个", "", ""), by=by)


def told(sale: Sale) -> list[tuple[TenderKind, int]]:
    """A sale's tenders, by kind and fen."""
    return [(each.kind, each.amount.fen) for each in sale.tenders]


def in_drawer(till: Till) -> int:
    """What should be in the drawer."""
    shift = shifts.current_shift(till)
    assert shift
    return shifts.expected_cash(till, shift).fen


def test_dearer_goods_cost_the_difference(till: Till, cart_of: CartOf) -> None:
    bought = sell.pay_cash(till, cart_of(WATER, WATER), Money(400))
    cart = cart_of(NOODLES)
    swap(till, cart, bought, {1: 1})
    assert cart.to_pay == Money(250)
    sale = sell.pay_cash(till, cart, Money(300))
    assert told(sale) == [(EXCHANGE, 200), (CASH, 250)]
    assert (sale.total, sale.change) == (Money(450), Money(50))
    (made,) = stored.list_of_receipt(till.db, bought.receipt_no)
    assert (made.exchange_sale_id, made.exchanged, made.in_cash) == (sale.id, Money(200), ZERO)
    assert in_drawer(till) == 10_000 + 400 + 250
    check_books(till)
    check_all(till.db, till.identity)


def test_cheaper_goods_give_the_difference_back(till: Till, cart_of: CartOf) -> None:
    bought = sell.pay_cash(till, cart_of(NOODLES), Money(450))
    cart = cart_of(WATER)
    swap(till, cart, bought, {1: 1})
    assert cart.to_pay == ZERO
    sale = sell.pay_cash(till, cart, ZERO)
    assert told(sale) == [(EXCHANGE, 200)]
    (made,) = stored.list_of_receipt(till.db, bought.receipt_no)
    assert (made.in_cash, made.exchanged) == (Money(250), Money(200))
    assert in_drawer(till) == 10_000 + 450 - 250
    check_books(till)


def test_what_was_paid_by_alipay_goes_back_to_alipay_when_its_time_has_come(
    world: World, till: Till, cart_of: CartOf
) -> None:
    paid = pay.charge(till, cart_of(TEA), world.alipay.show_code())
    assert isinstance(paid, pay.Settled)
    cart = cart_of(NOODLES)
    swap(till, cart, paid.sale, {1: 1})
    sale = sell.pay_cash(till, cart, ZERO)
    assert [(each.amount, each.state) for each in refunds.list_open(till.db)] == [(Money(19_549), RefundState.SENT)]
    world.clock.advance(30)
    resolve.resolve(till)
    assert world.alipay.kept == Money(450)
    returns.give_back(till, returns.find_returnable(till, sale.receipt_no), {1: 1}, "也不要了", by=BY_MEI)
    assert world.alipay.kept == ZERO
    check_money(check_books(till), world.alipay)


def test_the_difference_may_be_paid_by_alipay(world: World, till: Till, cart_of: CartOf) -> None:
    bought = sell.pay_cash(till, cart_of(WATER), Money(200))
    cart = cart_of(TEA)
    swap(till, cart, bought, {1: 1})
    outcome = pay.charge(till, cart, world.alipay.show_code())
    assert isinstance(outcome, pay.Settled)
    assert told(outcome.sale) == [(EXCHANGE, 200), (ALIPAY, 19_799)]
    check_money(check_books(till), world.alipay)


def test_a_cut_before_it_is_paid_gives_the_cart_back_with_what_comes_back(
    world: World, till: Till, cart_of: CartOf
) -> None:
    bought = sell.pay_cash(till, cart_of(WATER), Money(200))
    cart = cart_of(NOODLES)
    swap(till, cart, bought, {1: 1})
    sell.keep_draft(till, facts.cart_facts(cart))
    again = world.open_anew()
    assert check_books(again).returns == {}
    restored = sell.restore_cart(again)
    assert restored
    assert restored.to_pay == Money(250)
    assert told(sell.pay_cash(again, restored, Money(250))) == [(EXCHANGE, 200), (CASH, 250)]
    check_books(again)


class Cut(BaseException):
    """The power is gone."""


@pytest.mark.parametrize("on_disk", [True, False])
def test_a_cut_while_it_is_written_leaves_both_or_neither(
    world: World,
    till: Till,
    cart_of: CartOf,
    on_disk: bool,  # noqa: FBT001
) -> None:
    bought = sell.pay_cash(till, cart_of(WATER), Money(200))
    cart = cart_of(NOODLES)
    swap(till, cart, bought, {1: 1})
    fail_next_commit(till.db, on_disk=on_disk, dying=Cut())
    with pytest.raises(Cut):
        sell.pay_cash(till, cart, Money(250))
    books = check_books(world.open_anew())
    assert (len(books.sales), len(books.returns)) == ((2, 1) if on_disk else (1, 0))


def test_a_cashier_alone_exchanges_nothing(till: Till, cart_of: CartOf) -> None:
    bought = sell.pay_cash(till, cart_of(WATER), Money(200))
    with pytest.raises(NeedsManager):
        swap(till, cart_of(NOODLES), bought, {1: 1}, By(LIN))


def test_goods_that_came_back_meanwhile_pay_for_nothing(till: Till, cart_of: CartOf) -> None:
    bought = sell.pay_cash(till, cart_of(WATER), Money(200))
    cart = cart_of(NOODLES)
    swap(till, cart, bought, {1: 1})
    returns.give_back(till, returns.find_returnable(till, bought.receipt_no), {1: 1}, "", by=BY_MEI)
    with pytest.raises(ExchangeGone):
        sell.pay_cash(till, cart, Money(250))
    with pytest.raises(MoreThanWasSold):
        swap(till, cart_of(NOODLES), bought, {1: 1})
    assert len(check_books(till).sales) == 1


def test_nobody_is_asked_for_money_once_the_goods_came_back_otherwise(
    till: Till, cart_of: CartOf, alipay: FakeAlipay
) -> None:
    bought = sell.pay_cash(till, cart_of(WATER), Money(200))
    cart = cart_of(NOODLES)
    swap(till, cart, bought, {1: 1})
    returns.give_back(till, returns.find_returnable(till, bought.receipt_no), {1: 1}, "", by=BY_MEI)
    with pytest.raises(ExchangeGone):
        pay.charge(till, cart, alipay.show_code())
    assert not alipay.calls
    assert not payments.list_open(till.db)


def test_money_that_came_after_the_goods_came_back_otherwise_goes_back_at_once(
    till: Till, cart_of: CartOf, alipay: FakeAlipay
) -> None:
    bought = sell.pay_cash(till, cart_of(WATER), Money(200))
    cart = cart_of(NOODLES)
    swap(till, cart, bought, {1: 1})
    waiting = pay.charge(till, cart, alipay.show_code(must_confirm=True))
    assert isinstance(waiting, pay.Waiting)
    returns.give_back(till, returns.find_returnable(till, bought.receipt_no), {1: 1}, "", by=BY_MEI)
    alipay.confirm()
    refused = pay.check(till, cart, waiting.attempt)
    assert isinstance(refused, pay.Refused)
    assert refused.is_returned
    assert alipay.kept == ZERO
    assert not payments.list_open(till.db)
    check_money(check_books(till), alipay)


def test_a_cart_that_goods_pay_for_is_not_laid_aside(till: Till, cart_of: CartOf) -> None:
    bought = sell.pay_cash(till, cart_of(WATER), Money(200))
    cart = cart_of(NOODLES)
    swap(till, cart, bought, {1: 1})
    with pytest.raises(ExchangeDone):
        suspend.suspend(till, cart, by=BY_MEI)


def test_a_cart_that_says_so_without_any_exchange_is_not_sold(till: Till, cart_of: CartOf) -> None:
    cart = cart_of(NOODLES)
    cart.credit = Money(400)
    with pytest.raises(ExchangeGone):
        sell.pay_cash(till, cart, Money(50))


def test_goods_worth_less_than_the_rounding_need_no_tender(till: Till, cart_of: CartOf) -> None:
    till.settings = replace(till.settings, till=replace(till.settings.till, cash_rounding_fen=10))
    bought = sell.pay_cash(till, cart_of(WATER), Money(200))
    cart = cart_of(APPLES)
    cart.set_quantity(1, 1)
    swap(till, cart, bought, {1: 1})
    sale = sell.pay_cash(till, cart, ZERO)
    assert (sale.total, told(sale)) == (ZERO, [])
    assert in_drawer(till) == 10_000
    check_books(till)


def test_one_exchange_at_a_time(till: Till, cart_of: CartOf) -> None:
    bought = sell.pay_cash(till, cart_of(WATER, WATER), Money(400))
    cart = cart_of(NOODLES)
    swap(till, cart, bought, {1: 1})
    with pytest.raises(ExchangeDone):
        swap(till, cart, bought, {1: 1})


def test_goods_do_not_become_worth_less_than_what_is_paid_beside_the_exchange(till: Till, cart_of: CartOf) -> None:
    bought = sell.pay_cash(till, cart_of(WATER), Money(200))
    cart = cart_of(NOODLES, WATER)
    swap(till, cart, bought, {1: 1})
    cart.paid = Money(400)
    with pytest.raises(PaidMoreThanTotal):
        cart.remove(2)


def test_an_exchange_comes_back_from_disk_as_it_was(till: Till, cart_of: CartOf) -> None:
    bought = sell.pay_cash(till, cart_of(WATER, WATER), Money(400))
    returns.give_back(till, returns.find_returnable(till, bought.receipt_no), {1: 1}, "", by=BY_MEI)
    wish = Exchange(returns.find_returnable(till, bought.receipt_no), {1: 1}, "换一个", "1001", "9001")
    assert exchange_from(exchange_facts(wish)) == wish


@given(st.data())
@hypothesis_settings(max_examples=25, deadline=None)
def test_a_day_of_exchanges_loses_no_fen(random: st.DataObject) -> None:
    with quick_folder() as folder:
        world = World(folder)
        till = world.open_selling()
        step: Literal[1, 10, 50, 100] = random.draw(st.sampled_from([1, 10, 50, 100]))
        till.settings = replace(till.settings, till=replace(till.settings.till, cash_rounding_fen=step))
        made = [_sell(world, till, random, _any_cart(till, random))]
        for _ in range(3):
            left = returns.find_returnable(till, made[-1].receipt_no).left
            line = random.draw(st.sampled_from(left))
            cart = _any_cart(till, random)
            swap(till, cart, made[-1], {line.line_no: random.draw(st.integers(1, line.quantity.amount))})
            made.append(_sell(world, till, random, cart))
        for sale in made:
            rest = {each.line_no: each.quantity.amount for each in returns.find_returnable(till, sale.receipt_no).left}
            if rest:
                returns.give_back(till, returns.find_returnable(till, sale.receipt_no), rest, "", by=BY_MEI)
        world.clock.advance(30)
        resolve.resolve(till)
        check_money(check_books(till), world.alipay)
        check_all(till.db, till.identity)
        assert world.alipay.kept == ZERO
        assert in_drawer(till) == 10_000
        till.close()


def _any_cart(till: Till, random: st.DataObject) -> Cart:
    cart = sell.new_cart(till)
    for text in random.draw(st.lists(st.sampled_from([WATER, NOODLES, TEA, APPLES]), min_size=1, max_size=4)):
        line = sell.scan(till, cart, text).line
        if line and text == APPLES:
            cart.set_quantity(line.line_no, random.draw(st.integers(1, 5_000)))
    return cart


def _sell(world: World, till: Till, random: st.DataObject, cart: Cart) -> Sale:
    part = Money(random.draw(st.integers(0, cart.to_pay.fen)))
    if part:
        outcome = pay.charge(till, cart, world.alipay.show_code(), part)
        if isinstance(outcome, pay.Settled):
            return outcome.sale
    return sell.pay_cash(till, cart, Money(100_000) if cart.to_pay else ZERO)


def test_a_cart_that_is_sold_takes_no_exchange_and_no_money_for_other_goods(till: Till, cart_of: CartOf) -> None:
    cart = cart_of(NOODLES)
    first = sell.pay_cash(till, cart, Money(450))
    assert sell.pay_cash(till, cart, Money(450)) == first
    wish = Exchange(returns.find_returnable(till, first.receipt_no), {1: 1}, "大小不合适", "", "")
    with pytest.raises(CartSold):
        exchange.begin(till, cart, wish, by=BY_MEI)
    sell.scan(till, cart, TEA)
    with pytest.raises(CartSold):
        sell.pay_cash(till, cart, Money(30_000))
    check_books(till)

"""How a day was paid, and what should be in the drawer now; worked by hand."""

from collections.abc import Callable
from datetime import date, timedelta

from pos.domain.cart import Cart
from pos.domain.exchange import Exchange
from pos.domain.money import Money
from pos.domain.sale import TenderKind
from pos.till import corrections, exchange, pay, returns, sell, shifts
from pos.till.figures.tender_mix import TenderMix, tender_mix
from pos.till.till import Till
from tests.fakes import BY_MEI, LIN, NOODLES, TEA, WATER, World

DAY = date(2026, 11, 23)
A_DAY = timedelta(days=1)


def shares(mix: TenderMix) -> list[tuple[str, int, int | None]]:
    """Kind, fen and thousandths, in the order of the page."""
    return [(each.kind.value, each.amount.fen, each.share) for each in mix.tenders]


def test_only_the_drawer_of_the_open_shift_holds_anything(
    world: World, till: Till, cart_of: Callable[..., Cart]
) -> None:
    """Three shifts, one float of 100.00 handed on, 2.00 in each: there are 102.00, and none once all are closed."""
    for _shift in range(2):
        sell.pay_cash(till, cart_of(WATER), Money(200))
        shifts.close_shift(till, Money(10_200))
        world.clock.advance(60)
        shifts.open_shift(till, LIN, Money(10_000))
    sell.pay_cash(till, cart_of(WATER), Money(200))
    assert tender_mix(till, DAY, by=BY_MEI).expected_cash == Money(10_200)
    shifts.close_shift(till, Money(10_200))
    assert tender_mix(till, DAY, by=BY_MEI).expected_cash is None


def test_what_a_correction_takes_from_a_later_day_has_no_share(
    world: World, till: Till, cart_of: Callable[..., Cart]
) -> None:
    """Yesterday's 199.99 in cash was a card; today 4.50 in cash and 199.99 by Alipay. Of 399.98 half came each way."""
    sold = sell.pay_cash(till, cart_of(TEA), Money(20_000))
    shifts.close_shift(till, Money(29_999))
    world.clock.advance(24 * 3600)
    shifts.open_shift(till, LIN, Money(50_000))
    sell.pay_cash(till, cart_of(NOODLES), Money(450))
    corrections.correct_tender(till, sold.id, 1, TenderKind.BANK_CARD, "昨天刷的卡", by=BY_MEI)
    pay.charge(till, cart_of(TEA), world.alipay.show_code())
    assert shares(tender_mix(till, DAY + A_DAY, by=BY_MEI)) == [
        ("alipay", 19_999, 500), ("bank_card", 19_999, 500), ("cash", -19_549, None),
    ]  # fmt: skip


def test_goods_that_pay_for_goods_are_no_money(world: World, till: Till, cart_of: Callable[..., Cart]) -> None:
    """Noodles for 4.50 in cash come back for a water of 2.00: 4.50 in cash is all the money there was."""
    sold = sell.pay_cash(till, cart_of(NOODLES), Money(450))
    world.clock.advance(60)
    cart = cart_of(WATER)
    of = Exchange(returns.find_returnable(till, sold.receipt_no), {1: 1}, "换", "", "")
    cart.credit = exchange.begin(till, cart, of, by=BY_MEI)
    exchange_paid = sell.pay_cash(till, cart, Money(0))
    assert exchange_paid.total == Money(200)
    told = shares(tender_mix(till, DAY, by=BY_MEI))
    assert ("exchange", 200, None) in told
    assert sum(share or 0 for _, _, share in told) == 1000

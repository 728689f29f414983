"""A finished sale that was paid otherwise is said anew; nothing is written over, and no Alipay payment is invented."""

from collections.abc import Callable

import pytest

from pos.domain.cart import Cart
from pos.domain.errors import NeedsManager, ReasonMissing, SaleNotFound, TenderExchanged, TenderNotCorrectable
from pos.domain.exchange import Exchange
from pos.domain.money import ZERO, Money
from pos.domain.sale import TenderKind
from pos.domain.staff import By
from pos.storage import journal, payments, sales, totals
from pos.storage.totals import Total
from pos.till import corrections, exchange, pay, report, returns, sell, shifts
from pos.till.till import Till
from tests.audit import check_books
from tests.fake_alipay import FakeAlipay
from tests.fakes import LIN, MEI, NOODLES, TEA, WATER

CartOf = Callable[..., Cart]
CARD, CASH = TenderKind.BANK_CARD, TenderKind.CASH
BY = By(LIN, MEI)


def test_a_sale_that_was_paid_by_card_is_said_so_and_totals_follow(till: Till, cart_of: CartOf) -> None:
    """By hand: 2.00 and 199.99 in cash; the tea was a card: 2.00 of cash kept on 100.00."""
    sell.pay_cash(till, cart_of(WATER), Money(500))
    tea = sell.pay_cash(till, cart_of(TEA), Money(20_000))
    made = corrections.correct_tender(till, tea.id, 1, CARD, "刷卡按成了现金", by=BY)
    shift = shifts.current_shift(till)
    assert shift
    found = totals.totals_of_shift(till.db, shift.id)
    assert (found["cash"], found["bank_card"]) == (Total(1, Money(200)), Total(1, Money(19_999)))
    assert shifts.expected_cash(till, shift) == Money(10_200)
    now = sales.find_sale(till.db, tea.id)
    assert now
    assert [(each.kind, each.amount, each.change) for each in now.tenders] == [(CARD, Money(19_999), ZERO)]
    last = list(journal.entries(till.db, till.identity.name, 1))[-1]
    kept = {"cashier": "1001", "approver": "9001", "reason": "刷卡按成了现金", "was": "cash", "now": "bank_card",
            "amount_fen": 19_999, "sale_id": tea.id, "correction_id": made.id}  # fmt: skip
    assert last.kind == "tender.corrected"
    assert kept.items() <= last.facts.items()
    check_books(till)


def test_a_correction_may_be_corrected(till: Till, cart_of: CartOf) -> None:
    sale = sell.pay_cash(till, cart_of(WATER), Money(200))
    corrections.correct_tender(till, sale.id, 1, CARD, "按错", by=BY)
    corrections.correct_tender(till, sale.id, 1, CASH, "又错", by=BY)
    assert sales.find_sale(till.db, sale.id) == sale
    assert report.today(till, sale.business_day).tenders[CARD] == Total(0, ZERO)
    check_books(till)


def test_the_drawer_of_a_closed_shift_stays_as_it_was_counted(till: Till, cart_of: CartOf) -> None:
    sale = sell.pay_cash(till, cart_of(WATER), Money(200))
    first = shifts.close_shift(till, Money(10_000))
    assert first.difference == Money(-200)
    second = shifts.open_shift(till, LIN, Money(5_000))
    corrections.correct_tender(till, sale.id, 1, CARD, "昨天刷的卡", by=BY)
    assert shifts.expected_cash(till, second) == Money(5_000)
    assert totals.totals_of_shift(till.db, second.id)["cash"] == Total(-1, Money(-200))
    assert shifts.read_z(till, first.id).shift.difference == Money(-200)
    check_books(till)


def test_a_part_that_an_earlier_shift_took_moves_no_cash_of_the_drawer_that_is_open(
    till: Till, cart_of: CartOf
) -> None:
    """By hand: the first drawer took 1.00 of 2.00, the second the rest; both were cards, only the second's is here."""
    cart = cart_of(WATER)
    pay.take(till, cart, CASH, Money(100))
    first = shifts.close_shift(till, Money(10_100))
    second = shifts.open_shift(till, LIN, Money(5_000))
    sold = pay.take(till, cart, CASH)
    assert isinstance(sold, pay.Settled)
    corrections.correct_tender(till, sold.sale.id, 1, CARD, "刷的卡", by=BY)
    assert shifts.expected_cash(till, second) == Money(5_100)
    corrections.correct_tender(till, sold.sale.id, 2, CARD, "也是刷卡", by=BY)
    assert shifts.expected_cash(till, second) == Money(5_000)
    assert shifts.read_z(till, first.id).shift.expected == Money(10_100)
    assert totals.totals_of_shift(till.db, second.id)["bank_card"] == Total(2, Money(200))
    check_books(till)


def test_a_part_of_which_no_entry_is_left_was_taken_in_no_shift_that_is_known(till: Till) -> None:
    """A rebuild may have lost ``payment.settled`` and kept the sale: its tender is corrected all the same."""
    assert payments.shift_that_took(till.db, "nobody knows it") == ""


@pytest.mark.parametrize("to", [TenderKind.ALIPAY, TenderKind.PREPAID_CARD, CASH])
def test_cash_never_becomes_what_only_a_service_can_say(till: Till, cart_of: CartOf, to: TenderKind) -> None:
    sale = sell.pay_cash(till, cart_of(), Money(200))
    with pytest.raises(TenderNotCorrectable):
        corrections.correct_tender(till, sale.id, 1, to, "按错", by=By(MEI))


@pytest.mark.parametrize("to", [CASH, CARD])
def test_an_alipay_payment_is_never_talked_away(
    till: Till, alipay: FakeAlipay, cart_of: CartOf, to: TenderKind
) -> None:
    sold = pay.charge(till, cart_of(), alipay.show_code())
    assert isinstance(sold, pay.Settled)
    with pytest.raises(TenderNotCorrectable):
        corrections.correct_tender(till, sold.sale.id, 1, to, "按错", by=By(MEI))


def test_a_cashier_corrects_nothing_alone_and_nobody_without_a_reason(till: Till, cart_of: CartOf) -> None:
    sale = sell.pay_cash(till, cart_of(), Money(200))
    before = report.journal_marks(till)
    with pytest.raises(NeedsManager):
        corrections.correct_tender(till, sale.id, 1, CARD, "按错", by=By(LIN))
    with pytest.raises(ReasonMissing):
        corrections.correct_tender(till, sale.id, 1, CARD, " ", by=By(MEI))
    with pytest.raises(SaleNotFound):
        corrections.correct_tender(till, "none", 1, CARD, "按错", by=By(MEI))
    with pytest.raises(TenderNotCorrectable):
        corrections.correct_tender(till, sale.id, 2, CARD, "按错", by=By(MEI))
    assert report.journal_marks(till) == before


def test_what_paid_for_exchanged_goods_stays_what_it_was_called(till: Till, cart_of: CartOf) -> None:
    """Attack: cash, exchanged, then called a card: the other goods come back as cash that a card paid."""
    tea = sell.pay_cash(till, cart_of(TEA), Money(20_000))
    cart = cart_of(NOODLES)
    wish = Exchange(returns.find_returnable(till, tea.receipt_no), {1: 1}, "大小不合适", "", "")
    cart.credit = exchange.begin(till, cart, wish, by=By(MEI))
    sell.pay_cash(till, cart, ZERO)
    with pytest.raises(TenderExchanged):
        corrections.correct_tender(till, tea.id, 1, CARD, "按错", by=By(MEI))
    check_books(till)


def test_the_tender_beside_an_exchanged_one_may_be_corrected(till: Till, cart_of: CartOf) -> None:
    """By hand: of 2.50 and 2.00 the last goes back first, with 0.50 of the first; 2.00 of the first pay the water."""
    cart = cart_of(NOODLES)
    pay.take(till, cart, CASH, Money(250))
    noodles = sell.pay_cash(till, cart, Money(200))
    other = cart_of(WATER)
    wish = Exchange(returns.find_returnable(till, noodles.receipt_no), {1: 1}, "大小不合适", "", "")
    other.credit = exchange.begin(till, other, wish, by=By(MEI))
    sell.pay_cash(till, other, ZERO)
    with pytest.raises(TenderExchanged):
        corrections.correct_tender(till, noodles.id, 1, CARD, "按错", by=By(MEI))
    made = corrections.correct_tender(till, noodles.id, 2, CARD, "按错", by=By(MEI))
    assert made.amount == Money(200)
    check_books(till)

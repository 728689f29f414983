"""A prepaid card sells through parts of a sale, and nothing in pos/till knows of it."""

from collections.abc import Callable

import pytest

from pos.domain.cart import Cart
from pos.domain.errors import (
    PaymentUnavailable,
)
from pos.domain.money import ZERO, Money
from pos.domain.payment import PaymentAttempt
from pos.domain.sale import TenderKind
from pos.storage import payments
from pos.till import pay, report, resolve
from pos.till.till import Till
from tests.audit import check_books
from tests.fake_alipay import FakeAlipay
from tests.fake_card import FakeCard
from tests.fakes import TEA, WATER
from tests.unit.till.attempts import CANCELLING

CartOf = Callable[..., Cart]
CARD = TenderKind.PREPAID_CARD


def part_of(outcome: pay.Outcome) -> PaymentAttempt:
    assert isinstance(outcome, pay.PartPaid)
    return outcome.attempt


@pytest.fixture
def card(till: Till) -> FakeCard:
    card = FakeCard({"6001": Money(6_320)})
    till.more_tenders[CARD] = card
    return card


def test_a_card_pays_what_it_holds_and_alipay_the_rest(
    till: Till, alipay: FakeAlipay, card: FakeCard, cart_of: CartOf
) -> None:
    cart = cart_of(TEA)
    can_pay = till.tender(CARD).balance("6001")
    assert can_pay == Money(6_320)
    part = pay.take(till, cart, CARD, can_pay, account="6001")
    assert isinstance(part, pay.PartPaid)
    assert part.due == Money(13_679)
    assert isinstance(pay.charge(till, cart, alipay.show_code()), pay.Settled)
    (sale,) = check_books(till).sales.values()
    assert [(each["kind"], each["amount_fen"]) for each in sale["tenders"]] == [
        ("prepaid_card", 6_320),
        ("alipay", 13_679),
    ]
    assert (card.holds["6001"], alipay.kept) == (ZERO, Money(13_679))
    assert report.today(till, report.shop_today(till)).tenders[CARD].amount == Money(6_320)


def test_a_card_that_holds_too_little_is_declined_and_nothing_is_gone(
    till: Till, card: FakeCard, cart_of: CartOf
) -> None:
    refused = pay.take(till, cart_of(TEA), CARD, account="6001")
    assert isinstance(refused, pay.Refused)
    assert (refused.reason, card.holds["6001"]) == ("CARD.BALANCE_NOT_ENOUGH", Money(6_320))


def test_a_part_by_card_goes_back_to_the_card_though_the_answer_is_lost(
    till: Till, card: FakeCard, cart_of: CartOf
) -> None:
    cart = cart_of(TEA)
    part = part_of(pay.take(till, cart, CARD, Money(6_000), account="6001"))
    card.lost = 1
    assert resolve.give_back(till, part).state is CANCELLING
    assert resolve.resolve(till).open == ()
    assert card.holds["6001"] == Money(6_320)


def test_a_card_whose_answer_is_lost_is_asked_what_became_of_it(till: Till, card: FakeCard, cart_of: CartOf) -> None:
    cart = cart_of(WATER)
    card.lost = 2
    waiting = pay.take(till, cart, CARD, account="6001")
    assert isinstance(waiting, pay.Waiting)
    assert isinstance(pay.check(till, cart, waiting.attempt), pay.Settled)
    assert card.holds["6001"] == Money(6_120)


def test_a_tender_nobody_set_up_takes_nothing(till: Till, cart_of: CartOf) -> None:
    with pytest.raises(PaymentUnavailable):
        pay.take(till, cart_of(TEA), CARD, account="6001")
    assert payments.list_open(till.db) == []

"""Payments of a till that is gone are ended by a person at another till, once, and on record."""

from collections.abc import Callable

import pytest

from pos.domain.cart import Cart
from pos.domain.errors import PaymentUnavailable
from pos.domain.gateway import Cancelled, NotFound, Paid, Refunded
from pos.domain.money import ZERO, Money
from pos.domain.payment import Orphan
from pos.storage import journal, refunds
from pos.till import orphans, pay, refund
from pos.till.till import Till
from tests.fake_alipay import FakeAlipay
from tests.fake_time import MORNING
from tests.fakes import BY_MEI, World

CartOf = Callable[..., Cart]


def orphan_of(till: Till, alipay: FakeAlipay, cart: Cart, *, arrives: bool = True) -> Orphan:
    """Return the attempt of a till that died while it asked."""
    (alipay.lose_next_reply if arrives else alipay.lose_next_request)(dying=KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        pay.charge(till, cart, alipay.show_code())
    number = alipay.calls[-1][1]
    return Orphan("0017-04", number, "", cart.total, "sent", MORNING)


def told(till: Till) -> list[tuple[str, object]]:
    return [(each.kind, each.facts["ordered_by"]) for each in journal.entries(till.db, till.identity.name, 1)
            if each.kind.startswith("orphan.")]  # fmt: skip


def test_looking_says_what_alipay_knows_and_moves_nothing(till: Till, alipay: FakeAlipay, cart_of: CartOf) -> None:
    paid = orphan_of(till, alipay, cart_of())
    assert isinstance(orphans.look(till, paid), Paid)
    assert alipay.kept == paid.amount
    assert told(till) == []


def test_money_of_a_dead_till_goes_back_once_however_often_it_is_ordered(
    till: Till, alipay: FakeAlipay, cart_of: CartOf
) -> None:
    orphan = orphan_of(till, alipay, cart_of())
    assert orphans.give_back(till, orphan, by=BY_MEI) == Cancelled(refunded=True)
    assert orphans.give_back(till, orphan, by=BY_MEI) == Cancelled(refunded=True)
    assert alipay.kept == ZERO
    assert told(till) == [("orphan.cancelled", "9001")] * 2


def test_an_old_one_goes_back_by_a_refund(world: World, till: Till, alipay: FakeAlipay, cart_of: CartOf) -> None:
    orphan = orphan_of(till, alipay, cart_of())
    world.clock.advance(3 * 24 * 3600)
    assert orphans.give_back(till, orphan, by=BY_MEI) == Refunded()
    assert alipay.kept == ZERO


def test_a_refund_of_a_dead_till_is_carried_through_under_its_own_number(
    till: Till, alipay: FakeAlipay, cart_of: CartOf
) -> None:
    sold = pay.charge(till, cart_of(), alipay.show_code())
    assert isinstance(sold, pay.Settled)
    of = refund.find_refundable(till, sold.sale.receipt_no)
    alipay.lose_next_request(dying=KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        refund.give_refund(till, of, Money(50), "", by=BY_MEI)
    (left,) = refunds.list_open(till.db)
    orphan = Orphan("0017-04", of.out_trade_no, left.request_no, left.amount, "sent", MORNING)
    assert orphans.look(till, orphan) == NotFound()
    assert orphans.give_back(till, orphan, by=BY_MEI) == Refunded()
    orphans.give_back(till, orphan, by=BY_MEI)
    assert orphans.look(till, orphan) == Refunded()
    assert alipay.kept == of.paid - Money(50)


def test_what_never_arrived_is_said_to_be_nothing(till: Till, alipay: FakeAlipay, cart_of: CartOf) -> None:
    orphan = orphan_of(till, alipay, cart_of(), arrives=False)
    assert orphans.look(till, orphan) == NotFound()
    assert orphans.give_back(till, orphan, by=BY_MEI) == Cancelled()


def test_the_order_is_in_the_journal_before_alipay_is_asked(till: Till, alipay: FakeAlipay, cart_of: CartOf) -> None:
    orphan = orphan_of(till, alipay, cart_of())
    alipay.lose_next_request(dying=KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        orphans.give_back(till, orphan, by=BY_MEI)
    assert told(till) == [("orphan.cancelled", "9001")]


def test_without_an_account_nothing_is_ordered(till: Till, alipay: FakeAlipay, cart_of: CartOf) -> None:
    orphan = orphan_of(till, alipay, cart_of())
    till.gateway = None
    with pytest.raises(PaymentUnavailable):
        orphans.give_back(till, orphan, by=BY_MEI)
    assert told(till) == []

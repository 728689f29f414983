"""The customer scans a code of ours: it is shown once, paid once, and dead when the till has let go of it."""

from collections.abc import Callable

import pytest

from pos.domain.cart import Cart
from pos.domain.errors import GatewayDown, SaleIsBeingPaid
from pos.domain.gateway import Declined, NotFound, Reach, Refunded, TooLate, Unknown
from pos.domain.money import ZERO
from pos.domain.payment import QR_LIFE, QR_SHOWN, REQUEST_LIFE, AttemptState, Way
from pos.storage import payments
from pos.till import pay, resolve, sell
from pos.till.till import Till
from tests.audit import check_books, check_money
from tests.fake_alipay import FakeAlipay, ScriptedGateway
from tests.fakes import World
from tests.unit.till.attempts import DUE, state_on_disk

CartOf = Callable[..., Cart]


def shown(till: Till, cart: Cart) -> pay.Waiting:
    outcome = pay.show_qr(till, cart)
    assert isinstance(outcome, pay.Waiting)
    assert outcome.qr
    return outcome


def test_the_attempt_is_on_disk_before_the_code_is_asked_for(till: Till, alipay: FakeAlipay, cart_of: CartOf) -> None:
    seen: list[AttemptState] = []
    alipay.on_call = lambda _name, number: seen.append(
        state_on_disk(till, next(each.id for each in payments.list_open(till.db) if each.out_trade_no == number))
    )
    waiting = shown(till, cart_of())
    assert seen == [AttemptState.SENT]
    assert waiting.attempt.way is Way.MERCHANT_QR
    assert (waiting.is_unknown, waiting.is_scanned) == (False, False)


def test_until_it_is_scanned_nothing_is_wrong(till: Till, cart_of: CartOf) -> None:
    cart = cart_of()
    attempt = shown(till, cart).attempt
    assert pay.check(till, cart, attempt) == pay.Waiting(attempt, is_unknown=False, is_scanned=False)


def test_a_scan_that_waits_for_the_password_is_told_apart(till: Till, alipay: FakeAlipay, cart_of: CartOf) -> None:
    cart = cart_of()
    waiting = shown(till, cart)
    assert alipay.scan(waiting.qr, must_confirm=True)
    assert pay.check(till, cart, waiting.attempt) == pay.Waiting(waiting.attempt, is_unknown=False, is_scanned=True)


def test_a_scan_that_is_paid_is_a_sale(till: Till, alipay: FakeAlipay, cart_of: CartOf) -> None:
    cart = cart_of()
    waiting = shown(till, cart)
    alipay.scan(waiting.qr)
    outcome = pay.check(till, cart, waiting.attempt)
    assert isinstance(outcome, pay.Settled)
    assert outcome.sale.tenders[0].out_trade_no == waiting.attempt.out_trade_no
    check_money(check_books(till), alipay)


@pytest.mark.parametrize(
    ("reply", "reason"),
    [(Declined("ACQ.TOTAL_FEE_EXCEED"), "ACQ.TOTAL_FEE_EXCEED"), (Unknown("network ReadTimeout"), "no_code")],
)
def test_a_code_that_never_came_ends_at_once(
    till: Till, cart_of: CartOf, reply: Declined | Unknown, reason: str
) -> None:
    """Nobody saw it, so nobody can pay it: the next attempt need not wait."""
    till.gateway = ScriptedGateway(precreates=[reply])
    outcome = pay.show_qr(till, cart_of())
    assert isinstance(outcome, pay.Refused)
    assert (outcome.reason, outcome.is_certain, outcome.attempt.state) == (reason, True, AttemptState.DEAD)


def test_one_sale_has_one_live_attempt_whichever_way(till: Till, alipay: FakeAlipay, cart_of: CartOf) -> None:
    cart = cart_of()
    shown(till, cart)
    with pytest.raises(SaleIsBeingPaid):
        pay.charge(till, cart, alipay.show_code())
    with pytest.raises(SaleIsBeingPaid):
        pay.show_qr(till, cart)
    with pytest.raises(SaleIsBeingPaid):
        sell.pay_cash(till, cart, DUE)


def test_a_picture_of_the_code_paid_after_the_stop_goes_back(
    world: World, till: Till, alipay: FakeAlipay, cart_of: CartOf
) -> None:
    """Alipay keeps a code alive that was never scanned; the till watches until it is dead."""
    cart = cart_of()
    waiting = shown(till, cart)
    stopped = pay.stop(till, cart, waiting.attempt, "stopped")
    assert isinstance(stopped, pay.Refused)
    assert not stopped.is_certain
    sell.pay_cash(till, cart, DUE)
    world.clock.advance(200)
    assert alipay.scan(waiting.qr)
    resolve.resolve(till)
    assert alipay.kept == ZERO
    check_money(check_books(till), alipay)


def test_a_code_that_nobody_scanned_is_watched_until_it_is_dead(
    world: World, till: Till, alipay: FakeAlipay, cart_of: CartOf
) -> None:
    waiting = shown(till, cart_of())
    world.clock.advance(QR_SHOWN.total_seconds())
    resolve.resolve(till)
    assert state_on_disk(till, waiting.attempt.id) is AttemptState.CANCELLING
    world.clock.advance((QR_LIFE + REQUEST_LIFE - QR_SHOWN).total_seconds() - 1)
    resolve.resolve(till)
    assert state_on_disk(till, waiting.attempt.id) is AttemptState.CANCELLING
    assert not alipay.scan(waiting.qr)
    world.clock.advance(1)
    resolve.resolve(till)
    assert state_on_disk(till, waiting.attempt.id) is AttemptState.DEAD


def test_a_customer_who_is_typing_is_not_cut_off_by_the_background(
    world: World, till: Till, alipay: FakeAlipay, cart_of: CartOf
) -> None:
    waiting = shown(till, cart_of())
    alipay.scan(waiting.qr, must_confirm=True)
    world.clock.advance(QR_SHOWN.total_seconds() - 1)
    assert resolve.resolve(till).open == (waiting.attempt,)


def test_nothing_is_begun_while_the_line_is_down(till: Till, alipay: FakeAlipay, cart_of: CartOf) -> None:
    alipay.reach = Reach(unanswered=3)
    with pytest.raises(GatewayDown):
        pay.show_qr(till, cart_of())
    with pytest.raises(GatewayDown):
        pay.charge(till, cart_of(), alipay.show_code())
    assert payments.list_open(till.db) == []
    assert alipay.calls == []


def test_a_line_that_is_back_is_found_out_without_a_customer(till: Till, alipay: FakeAlipay) -> None:
    alipay.reach = Reach(unanswered=3)
    resolve.resolve(till)
    assert alipay.calls == [("query", resolve.NEVER_USED)]
    assert not alipay.reach.is_down
    resolve.resolve(till)
    assert len(alipay.calls) == 1


def test_too_old_to_be_cancelled_goes_back_by_a_refund(
    world: World, till: Till, alipay: FakeAlipay, cart_of: CartOf
) -> None:
    """A till that was off for two days: Alipay takes no cancel after 24 hours."""
    waiting = shown(till, cart_of())
    alipay.scan(waiting.qr)
    world.clock.advance(48 * 3600)
    assert len(resolve.resolve(till).unclaimed) == 1
    world.clock.advance(600)
    alipay.is_down = True
    resolve.resolve(till)
    alipay.is_down = False
    resolve.resolve(till)
    assert state_on_disk(till, waiting.attempt.id) is AttemptState.DEAD
    assert alipay.kept == ZERO
    assert [name for name, _ in alipay.calls].count("refund") == 1


def test_a_refund_in_place_of_a_cancel_whose_answer_is_lost_is_looked_up(till: Till, cart_of: CartOf) -> None:
    attempt = shown(till, cart_of()).attempt
    cancelling = pay.move(till, attempt, AttemptState.CANCELLING, reason="timeout")
    till.gateway = ScriptedGateway(
        cancels=[TooLate(), TooLate()],
        refunds=[Unknown("lost"), Unknown("fund_change N")],
        statuses=[NotFound(), Refunded()],
    )
    assert not pay.cancel(till, cancelling).is_certain
    assert pay.cancel(till, cancelling).is_returned

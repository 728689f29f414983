"""Money goes back once, under one number, to the trade it came from, and never more than came."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.domain.cart import Cart
from pos.domain.errors import (
    GatewayDown,
    HubUnreachable,
    MoreThanIsLeft,
    NothingToRefund,
    PaymentUnavailable,
    SaleNotFound,
    ShiftNotOpen,
)
from pos.domain.gateway import Declined, NotFound, Reach, Refunded, Unknown
from pos.domain.money import ZERO, Money
from pos.domain.refund import Back, Refundable, RefundState
from pos.domain.returns import Return
from pos.domain.sale import Sale
from pos.storage import refunds
from pos.till import pay, refund, report, resolve, sell, shifts
from pos.till.till import Till
from tests.audit import check_books, check_money
from tests.fake_alipay import FakeAlipay, ScriptedGateway
from tests.fake_time import MORNING
from tests.fakes import BY_MEI, TEA, WATER, World, quick_folder

CartOf = Callable[..., Cart]
PRICE = Money(19_999)


class Copies:
    """A hub that knows one sale, or cannot be reached."""

    def __init__(self, known: Refundable | None = None, *, is_down: bool = False) -> None:
        self.known, self.is_down = known, is_down

    def find_all(self, receipt_no: str) -> list[Refundable]:
        """The one sale, if it is asked for."""
        if self.is_down:
            raise HubUnreachable(reason="cut")
        return [self.known] if self.known and self.known.receipt_no == receipt_no else []

    def find_returns(self, _receipt_no: str) -> list[Return]:
        """Nothing came back by a code alone."""
        return []


def sold_tea(till: Till, alipay: FakeAlipay) -> Sale:
    """Sell a tea by Alipay."""
    cart = sell.new_cart(till)
    sell.scan(till, cart, TEA)
    outcome = pay.charge(till, cart, alipay.show_code())
    assert isinstance(outcome, pay.Settled)
    return outcome.sale


def test_a_part_goes_back_and_the_rest_may_follow(till: Till, alipay: FakeAlipay) -> None:
    sale = sold_tea(till, alipay)
    of = refund.find_refundable(till, sale.receipt_no)
    assert (of.paid, of.left, of.till_name) == (PRICE, PRICE, "0017-03")
    assert refund.give_refund(till, of, Money(999), "一袋破了", by=BY_MEI).state is RefundState.DONE
    after = refund.find_refundable(till, sale.receipt_no)
    assert after.left == Money(19_000)
    assert refund.give_refund(till, after, after.left, "都不要了", by=BY_MEI).state is RefundState.DONE
    assert alipay.kept == ZERO
    check_money(check_books(till), alipay)


@pytest.mark.parametrize("fen", [0, -1, 20_000])
def test_more_than_came_or_nothing_is_refused_before_anybody_is_asked(till: Till, alipay: FakeAlipay, fen: int) -> None:
    of = refund.find_refundable(till, sold_tea(till, alipay).receipt_no)
    calls = len(alipay.calls)
    with pytest.raises(MoreThanIsLeft):
        refund.give_refund(till, of, Money(fen), "", by=BY_MEI)
    assert len(alipay.calls) == calls
    assert refunds.list_of_trade(till.db, of.out_trade_no) == []


def test_pressing_twice_on_a_screen_that_is_old_does_not_pay_twice(till: Till, alipay: FakeAlipay) -> None:
    of = refund.find_refundable(till, sold_tea(till, alipay).receipt_no)
    refund.give_refund(till, of, PRICE, "", by=BY_MEI)
    with pytest.raises(MoreThanIsLeft):
        refund.give_refund(till, of, PRICE, "", by=BY_MEI)


def test_the_refund_is_on_disk_before_it_is_asked_for(till: Till, alipay: FakeAlipay) -> None:
    of = refund.find_refundable(till, sold_tea(till, alipay).receipt_no)
    alipay.lose_next_request(dying=KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        refund.give_refund(till, of, Money(500), "", by=BY_MEI)
    (left,) = refunds.list_open(till.db)
    assert (left.amount, left.state) == (Money(500), RefundState.SENT)


@pytest.mark.parametrize("lost", ["request", "reply"])
def test_a_refund_nobody_heard_of_or_answered_goes_back_once(
    world: World, till: Till, alipay: FakeAlipay, lost: str
) -> None:
    of = refund.find_refundable(till, sold_tea(till, alipay).receipt_no)
    lose = alipay.lose_next_request if lost == "request" else alipay.lose_next_reply
    lose()
    first = refund.give_refund(till, of, Money(500), "", by=BY_MEI)
    assert first.state is RefundState.SENT
    assert resolve.resolve(till).refunds == (first,)  # Alipay wants to be left alone for ten seconds
    world.clock.advance(10)
    (second,) = resolve.resolve(till).refunds
    assert (second.state, second.request_no) == (RefundState.DONE, first.request_no)
    assert alipay.kept == PRICE - Money(500)
    check_money(check_books(till), alipay)


def test_a_refusal_for_good_ends_it_and_frees_the_amount(till: Till, alipay: FakeAlipay) -> None:
    sale = sold_tea(till, alipay)
    alipay.refuse_next_refund("ACQ.TRADE_HAS_FINISHED")
    refused = refund.give_refund(till, refund.find_refundable(till, sale.receipt_no), PRICE, "", by=BY_MEI)
    assert (refused.state, refused.refusal) == (RefundState.REFUSED, "ACQ.TRADE_HAS_FINISHED")
    assert refund.find_refundable(till, sale.receipt_no).left == PRICE
    check_money(check_books(till), alipay)


def test_an_empty_purse_of_the_shop_is_tried_again_by_itself(world: World, till: Till, alipay: FakeAlipay) -> None:
    of = refund.find_refundable(till, sold_tea(till, alipay).receipt_no)
    alipay.refuse_next_refund("ACQ.SELLER_BALANCE_NOT_ENOUGH")
    first = refund.give_refund(till, of, PRICE, "", by=BY_MEI)
    assert (first.state, first.refusal) == (RefundState.SENT, "ACQ.SELLER_BALANCE_NOT_ENOUGH")
    world.clock.advance(60)
    assert resolve.resolve(till).refunds[0].state is RefundState.DONE
    assert alipay.kept == ZERO


def test_a_refund_counts_on_the_day_and_in_the_shift_it_was_asked_for(
    world: World, till: Till, alipay: FakeAlipay
) -> None:
    of = refund.find_refundable(till, sold_tea(till, alipay).receipt_no)
    alipay.lose_next_request()
    refund.give_refund(till, of, Money(500), "", by=BY_MEI)
    shifts.close_shift(till, Money(10_000))
    world.clock.advance(20 * 3600)
    resolve.resolve(till)
    day = report.today(till, MORNING.date())
    assert (day.sold, day.refunds.amount, day.net) == (PRICE, Money(500), Money(19_499))
    assert report.today(till, report.shop_today(till)).net == ZERO
    check_books(till)


def test_cash_is_not_paid_back_by_alipay(till: Till, cart_of: CartOf) -> None:
    sale = sell.pay_cash(till, cart_of(WATER), Money(200))
    with pytest.raises(NothingToRefund):
        refund.find_refundable(till, sale.receipt_no)


def test_another_tills_sale_is_paid_back_by_the_hubs_copy(till: Till, alipay: FakeAlipay) -> None:
    ours = refund.find_refundable(till, sold_tea(till, alipay).receipt_no)
    theirs = replace(ours, sale_id="theirs", receipt_no="0017-04-20261123-0009", till_name="0017-04",
                     backs=(Back("GRthem", Money(9_999)),))  # fmt: skip
    found = refund.find_refundable(till, theirs.receipt_no, Copies(theirs))
    assert (found.till_name, found.left) == ("0017-04", Money(10_000))
    done = refund.give_refund(till, found, Money(10_000), "", by=BY_MEI)
    assert (done.state, done.receipt_no, done.sale_id) == (RefundState.DONE, theirs.receipt_no, "theirs")
    assert refund.find_refundable(till, theirs.receipt_no, Copies(theirs)).left == ZERO


def test_what_another_till_gave_back_of_our_sale_is_counted(till: Till, alipay: FakeAlipay) -> None:
    sale = sold_tea(till, alipay)
    ours = refund.find_refundable(till, sale.receipt_no)
    assert refund.find_refundable(till, sale.receipt_no, Copies(is_down=True)) == ours
    copy = replace(ours, backs=(Back("GRthem", Money(9_999)),))
    assert refund.find_refundable(till, sale.receipt_no, Copies(copy)).left == Money(10_000)


def test_a_receipt_nobody_knows_is_said_to_be_unknown(till: Till) -> None:
    with pytest.raises(SaleNotFound):
        refund.find_refundable(till, "0017-04-20261123-0009", Copies())
    with pytest.raises(HubUnreachable):
        refund.find_refundable(till, "0017-04-20261123-0009", Copies(is_down=True))


def test_without_a_shift_a_line_or_an_account_nothing_is_asked(till: Till, alipay: FakeAlipay) -> None:
    of = refund.find_refundable(till, sold_tea(till, alipay).receipt_no)
    alipay.reach = Reach(unanswered=3)
    with pytest.raises(GatewayDown):
        refund.give_refund(till, of, PRICE, "", by=BY_MEI)
    alipay.reach = Reach(MORNING)
    shifts.close_shift(till, Money(10_000))
    with pytest.raises(ShiftNotOpen):
        refund.give_refund(till, of, PRICE, "", by=BY_MEI)
    till.gateway = None
    with pytest.raises(PaymentUnavailable):
        refund.give_refund(till, of, PRICE, "", by=BY_MEI)
    assert refunds.list_of_trade(till.db, of.out_trade_no) == []


def test_what_is_under_way_is_looked_up_before_it_is_asked_again(world: World, till: Till, alipay: FakeAlipay) -> None:
    of = refund.find_refundable(till, sold_tea(till, alipay).receipt_no)
    gateway = ScriptedGateway(refunds=[Unknown("fund_change N")], statuses=[Refunded()])
    till.gateway = gateway
    refund.give_refund(till, of, Money(500), "", by=BY_MEI)
    world.clock.advance(10)
    assert resolve.resolve(till).refunds[0].state is RefundState.DONE
    assert gateway.calls == ["refund", "refund_status"]


@pytest.mark.parametrize(
    ("status", "state"),
    [(Refunded(), RefundState.DONE), (NotFound(), RefundState.REFUSED), (Unknown("lost"), RefundState.SENT)],
)
def test_a_no_to_a_repeat_is_believed_only_when_nothing_went_back(
    world: World, till: Till, alipay: FakeAlipay, status: Refunded | NotFound | Unknown, state: RefundState
) -> None:
    """The first request went through unheard; Alipay says that the trade is closed, because all of it went back."""
    of = refund.find_refundable(till, sold_tea(till, alipay).receipt_no)
    till.gateway = ScriptedGateway(
        refunds=[Unknown("lost"), Declined("ACQ.TRADE_HAS_CLOSE")], statuses=[NotFound(), status]
    )
    first = refund.give_refund(till, of, PRICE, "", by=BY_MEI)
    world.clock.advance(10)
    assert refund.look(till, first).state is state


def test_an_end_another_lane_wrote_meanwhile_stands(world: World, till: Till, alipay: FakeAlipay) -> None:
    of = refund.find_refundable(till, sold_tea(till, alipay).receipt_no)
    till.gateway = ScriptedGateway(refunds=[Unknown("lost"), Declined("ACQ.TRADE_HAS_FINISHED")])
    first = refund.give_refund(till, of, Money(500), "", by=BY_MEI)
    other = world.open()
    world.clock.advance(10)
    till.gateway = ScriptedGateway(statuses=[Refunded()])
    till.gateway.statuses.append(Refunded())
    stale = first
    refund.look(till, stale)
    other.gateway = ScriptedGateway(statuses=[Refunded()])
    assert resolve.resolve(other).refunds == ()
    other.close()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 25_000), st.sampled_from(["", "request", "reply"])), max_size=8))
def test_whatever_is_asked_back_never_is_more_than_came(asked: list[tuple[int, str]]) -> None:
    with quick_folder() as folder:
        world = World(folder)
        till = world.open_selling()
        sale = sold_tea(till, world.alipay)
        for fen, lost in asked:
            if lost:
                (world.alipay.lose_next_request if lost == "request" else world.alipay.lose_next_reply)()
            of = refund.find_refundable(till, sale.receipt_no)
            if fen <= of.left.fen:
                refund.give_refund(till, of, Money(fen), "", by=BY_MEI)
            world.alipay.forget_faults()
            world.alipay.reach = Reach(MORNING)
            world.clock.advance(7)
            resolve.resolve(till)
        world.clock.advance(10)
        resolve.resolve(till)
        assert ZERO <= world.alipay.kept <= PRICE
        check_money(check_books(till), world.alipay)
        till.close()


def test_a_refund_begun_while_the_clock_was_ahead_is_asked_again(world: World, till: Till, alipay: FakeAlipay) -> None:
    of = refund.find_refundable(till, sold_tea(till, alipay).receipt_no)
    right = world.clock.now()
    world.clock.set(right + timedelta(days=3650))
    alipay.lose_next_request()
    begun = refund.give_refund(till, of, PRICE, "", by=BY_MEI)
    world.clock.set(right)
    assert refund.look(till, begun).state is RefundState.SENT
    world.clock.advance(10)
    assert refund.look(till, begun).state is RefundState.DONE


def test_each_payment_of_a_shared_sale_goes_back_to_whom_it_came_from(till: Till, alipay: FakeAlipay) -> None:
    """By hand: ¥100.00 and ¥99.99 of a tea; all of the second and ¥1.00 of the first go back."""
    cart = sell.new_cart(till)
    sell.scan(till, cart, TEA)
    pay.charge(till, cart, alipay.show_code("王女士"), Money(10_000))
    settled = pay.charge(till, cart, alipay.show_code("李先生"))
    assert isinstance(settled, pay.Settled)
    first, second = refund.list_refundable(till, settled.sale.receipt_no)
    assert (first.left, second.left) == (Money(10_000), Money(9_999))
    with pytest.raises(MoreThanIsLeft):
        refund.give_refund(till, second, Money(10_000), "", by=BY_MEI)
    refund.give_refund(till, second, second.left, "", by=BY_MEI)
    refund.give_refund(till, first, Money(100), "", by=BY_MEI)
    assert (alipay.kept_from("王女士"), alipay.kept_from("李先生")) == (Money(9_900), ZERO)
    assert [each.left for each in refund.list_refundable(till, settled.sale.receipt_no)] == [Money(9_900), ZERO]
    assert refund.find_refundable(till, settled.sale.receipt_no).out_trade_no == first.out_trade_no
    check_money(check_books(till), alipay)


def test_what_the_hub_knows_to_be_back_counts_for_its_own_payment_alone(till: Till, alipay: FakeAlipay) -> None:
    cart = sell.new_cart(till)
    sell.scan(till, cart, TEA)
    pay.charge(till, cart, alipay.show_code(), Money(10_000))
    settled = pay.charge(till, cart, alipay.show_code())
    assert isinstance(settled, pay.Settled)
    _, second = refund.list_refundable(till, settled.sale.receipt_no)
    at_hub = replace(second, backs=(Back("GRother", Money(999)),))
    found = refund.list_refundable(till, settled.sale.receipt_no, Copies(at_hub))
    assert [each.left for each in found] == [Money(10_000), Money(9_000)]

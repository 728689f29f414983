"""Goods come back once, and the money for them to where it came from; a cut at any step pays nobody twice."""

from collections.abc import Callable
from dataclasses import replace
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from pos.domain.cart import Cart
from pos.domain.errors import (
    CardNotExchanged,
    ExchangeGone,
    GatewayDown,
    HubUnreachable,
    IllegalMove,
    MoreThanReceipt,
    MoreThanWasSold,
    NeedsManager,
    NothingToReturn,
    ReceiptForged,
    SaleNotFound,
    ShiftNotOpen,
)
from pos.domain.exchange import Exchange
from pos.domain.gateway import Declined, Reach, RefundAsk, RefundReply, Unknown
from pos.domain.money import ZERO, Money
from pos.domain.receipt_code import ReceiptCode
from pos.domain.refund import Back, RefundState
from pos.domain.returns import Basis, Return, SaleCopy
from pos.domain.sale import Sale, TenderKind
from pos.domain.shift import Figure
from pos.domain.shift_rows import Row, rows_of
from pos.domain.staff import By
from pos.storage import catalogue, refunds, totals
from pos.storage import returns as stored
from pos.storage.self_check import check_all
from pos.storage.totals import Total
from pos.till import corrections, exchange, pay, refund, report, resolve, return_entries, returns, sell, shifts
from pos.till.till import Till
from tests.audit import check_books, check_money
from tests.fake_alipay import FakeAlipay, ScriptedGateway
from tests.fakes import BY_MEI, LIN, NOODLES, TEA, WATER, World, fail_next_commit, quick_folder

CartOf = Callable[..., Cart]
WHY = "商品有问题"


class Copies:
    """A hub that has copies, or cannot be reached."""

    def __init__(self, *known: SaleCopy, is_down: bool = False) -> None:
        self.known, self.is_down = known, is_down

    def find_copy(self, receipt_no: str) -> SaleCopy | None:
        """The sale of this receipt, if the hub has it."""
        if self.is_down:
            raise HubUnreachable(reason="cut")
        return next((each for each in self.known if each.sale.receipt_no == receipt_no), None)

    def find_returns(self, receipt_no: str) -> tuple[Return, ...]:
        """What came back of it."""
        copy = self.find_copy(receipt_no)
        return copy.returns if copy else ()


def sold(till: Till, cart: Cart, *, alipay: Money = ZERO, code: str = "") -> Sale:
    """Sell a cart, some of it by Alipay, the rest in cash."""
    if alipay:
        outcome = pay.charge(till, cart, code, alipay)
        if isinstance(outcome, pay.Settled):
            return outcome.sale
    return sell.pay_cash(till, cart, Money(1_000_000))


def back(till: Till, sale: Sale, wanted: dict[int, int], by: By = BY_MEI) -> Return:
    """Take goods back."""
    return returns.give_back(till, returns.find_returnable(till, sale.receipt_no), wanted, WHY, by=by).made


def test_one_of_two_waters_comes_back_and_the_drawer_gives_what_it_cost(till: Till, cart_of: CartOf) -> None:
    sale = sold(till, cart_of(WATER, WATER, NOODLES))
    made = back(till, sale, {1: 1})
    assert (made.total, made.in_cash, made.return_no) == (Money(200), Money(200), "0017-03-20261123-R0001")
    shift = shifts.current_shift(till)
    assert shift
    assert shifts.expected_cash(till, shift) == Money(10_000 + 850 - 200)
    left = returns.find_returnable(till, sale.receipt_no).left
    assert [(each.line_no, each.quantity.amount) for each in left] == [(1, 1), (2, 1)]
    assert stored.find_return(till.db, made.id) == made
    assert report.today(till, made.business_day).net == Money(650)
    check_books(till)


def test_what_came_back_does_not_come_back_again(till: Till, cart_of: CartOf) -> None:
    sale = sold(till, cart_of(WATER))
    of = returns.find_returnable(till, sale.receipt_no)
    returns.give_back(till, of, {1: 1}, WHY, by=BY_MEI)
    with pytest.raises(MoreThanWasSold):
        returns.give_back(till, of, {1: 1}, WHY, by=BY_MEI)  # from the same, old page
    assert len(check_books(till).returns) == 1


def test_money_goes_back_to_the_tenders_the_last_first(world: World, till: Till, cart_of: CartOf) -> None:
    sale = sold(till, cart_of(TEA, WATER), alipay=Money(15_000), code=world.alipay.show_code())
    given_back = returns.give_back(till, returns.find_returnable(till, sale.receipt_no), {1: 1}, WHY, by=BY_MEI)
    cash, alipay = given_back.made.paybacks
    assert (cash.amount, alipay.amount) == (Money(5_199), Money(14_800))
    assert [each.state for each in given_back.refunds] == [RefundState.DONE]
    assert world.alipay.kept == Money(200)
    check_money(check_books(till), world.alipay)


def test_a_cashier_alone_takes_nothing_back(till: Till, cart_of: CartOf) -> None:
    sale = sold(till, cart_of(WATER))
    with pytest.raises(NeedsManager):
        back(till, sale, {1: 1}, By(LIN))
    made = back(till, sale, {1: 1}, By(LIN, BY_MEI.actor))
    assert (made.cashier, made.approver) == ("1001", "9001")


def test_without_a_shift_nothing_comes_back(till: Till, cart_of: CartOf) -> None:
    sale = sold(till, cart_of(WATER))
    shifts.close_shift(till, Money(10_200))
    with pytest.raises(ShiftNotOpen):
        back(till, sale, {1: 1})


def test_while_alipay_is_silent_nothing_of_its_money_is_begun(world: World, till: Till, cart_of: CartOf) -> None:
    sale = sold(till, cart_of(TEA), alipay=Money(19_999), code=world.alipay.show_code())
    till.gateway = ScriptedGateway(reach=Reach(None, 9))
    with pytest.raises(GatewayDown):
        back(till, sale, {1: 1})
    assert check_books(till).returns == {}


def test_cash_comes_back_in_the_coins_there_are(till: Till, cart_of: CartOf) -> None:
    till.settings = replace(till.settings, till=replace(till.settings.till, cash_rounding_fen=50))
    sale = sold(till, cart_of(TEA, WATER))  # 201.99, paid 201.50
    assert sale.rounding == Money(-49)
    first, last = back(till, sale, {2: 1}), back(till, sale, {1: 1})
    assert (first.in_cash, last.in_cash) == (Money(200), Money(19_950))
    assert first.rounding + last.rounding == sale.rounding
    check_books(till)


def test_what_a_bank_card_paid_goes_back_on_its_own_terminal_and_not_out_of_the_drawer(
    till: Till, cart_of: CartOf
) -> None:
    sale = sold(till, cart_of(WATER, WATER))
    corrections.correct_tender(till, sale.id, 1, TenderKind.BANK_CARD, "刷的卡", by=BY_MEI)
    given = returns.give_back(till, returns.find_returnable(till, sale.receipt_no), {1: 1}, WHY, by=BY_MEI)
    assert (given.made.on_card, given.made.in_cash, given.refunds) == (Money(200), ZERO, ())
    shift = shifts.current_shift(till)
    assert shift
    assert shifts.expected_cash(till, shift) == shift.opening_float
    found = totals.totals_of_shift(till.db, shift.id)
    assert found["refund"] == Total(1, Money(200))
    assert "cash_back" not in found
    now = shifts.read_x(till)
    assert now.figure("card_back") == Figure(1, Money(200))
    assert Row("card_back", 1, Money(200)) in [row for group in rows_of(now) for row in group.rows]
    check_books(till)


def test_what_a_bank_card_paid_pays_for_no_other_goods(till: Till, cart_of: CartOf) -> None:
    """The goods it paid for would come back as cash."""
    sale = sold(till, cart_of(WATER))
    wish = Exchange(returns.find_returnable(till, sale.receipt_no), {1: 1}, WHY, "", "")
    cart = cart_of(TEA)
    cart.credit = exchange.begin(till, cart, wish, by=BY_MEI)
    corrections.correct_tender(till, sale.id, 1, TenderKind.BANK_CARD, "刷的卡", by=BY_MEI)
    with pytest.raises(ExchangeGone):
        sell.pay_cash(till, cart, Money(20_000))
    with pytest.raises(CardNotExchanged):
        exchange.begin(till, cart_of(TEA), wish, by=BY_MEI)


# Other tills


def elsewhere(sale: Sale, number: str) -> SaleCopy:
    """Return a hub's copy of a sale of till 05."""
    return SaleCopy(replace(sale, id=f"other-{sale.id}", receipt_no=number), "0017-05", (), {})


def test_a_sale_of_another_till_comes_back_by_the_hubs_copy(till: Till, cart_of: CartOf) -> None:
    copy = elsewhere(sold(till, cart_of(WATER, WATER)), "0017-05-20261122-0009")
    of = returns.find_returnable(till, "0017-05-20261122-0009", Copies(copy))
    made = returns.give_back(till, of, {1: 1}, WHY, by=BY_MEI).made
    assert (made.sold_by, made.receipt_no, made.total) == ("0017-05", "0017-05-20261122-0009", Money(200))
    again = returns.find_returnable(till, "0017-05-20261122-0009", Copies(copy))  # the hub has not heard of it yet
    assert [each.quantity.amount for each in again.left] == [1]


def test_what_other_tills_took_back_of_our_sale_counts_when_the_hub_can_say_so(till: Till, cart_of: CartOf) -> None:
    sale = sold(till, cart_of(WATER, WATER))
    line = return_entries.plan(till, returns.find_returnable(till, sale.receipt_no), {1: 1})
    theirs = Return(
        "their-1", "0017-05-20261123-R0001", 1, sale.id, sale.receipt_no, "0017-03", Basis.SALE, sale.business_day,
        "s", "1005", "9001", "", sale.completed_at, line.lines, line.paybacks, line.taxes,
    )  # fmt: skip
    hub = Copies(SaleCopy(sale, "0017-03", (theirs,), {}))
    known = returns.find_returnable(till, sale.receipt_no, hub)
    assert [each.quantity.amount for each in known.left] == [1]
    with pytest.raises(MoreThanWasSold):
        returns.give_back(till, known, {1: 2}, WHY, by=BY_MEI)
    alone = returns.find_returnable(till, sale.receipt_no, Copies(is_down=True))
    assert not alone.knows_others
    assert [each.quantity.amount for each in alone.left] == [2]


def test_refunds_another_till_gave_count_once(world: World, till: Till, cart_of: CartOf) -> None:
    sale = sold(till, cart_of(TEA), alipay=Money(19_999), code=world.alipay.show_code())
    trade = sale.tenders[0].out_trade_no
    hub = Copies(SaleCopy(sale, "0017-03", (), {trade: (Back("GRother", Money(5_000)),)}))
    made = returns.give_back(till, returns.find_returnable(till, sale.receipt_no, hub), {1: 1}, WHY, by=BY_MEI).made
    assert made.total == Money(14_999)


def test_nobody_knows_the_receipt(till: Till) -> None:
    with pytest.raises(SaleNotFound):
        returns.find_returnable(till, "0017-05-20261122-0009", Copies())
    with pytest.raises(HubUnreachable):
        returns.find_returnable(till, "0017-05-20261122-0009", Copies(is_down=True))


# Without the sale


def test_a_signed_receipt_is_believed_without_a_line_for_no_more_than_was_paid(till: Till, cart_of: CartOf) -> None:
    _give_key(till)
    sale = sold(till, cart_of(WATER, WATER))
    receipt = returns.read_receipt(till, returns.code_of(till, sale))
    assert receipt == ReceiptCode(sale.receipt_no, Money(400))
    theirs = ReceiptCode("0017-05-20261122-0009", Money(400))
    made = returns.give_back_unproven(till, cart_of(WATER), WHY, by=BY_MEI, receipt=theirs).made
    assert (made.basis, made.in_cash, made.sold_by) == (Basis.CODE, Money(200), "0017-05")
    with pytest.raises(MoreThanReceipt):
        returns.give_back_unproven(till, cart_of(WATER, WATER), WHY, by=BY_MEI, receipt=theirs)
    returns.give_back_unproven(till, cart_of(WATER), WHY, by=BY_MEI, receipt=theirs)
    with pytest.raises(MoreThanReceipt):
        returns.give_back_unproven(till, cart_of(WATER), WHY, by=BY_MEI, receipt=theirs)
    check_books(till)


def test_a_receipt_signed_by_nobody_of_ours_is_refused(till: Till, cart_of: CartOf) -> None:
    _give_key(till)
    code = returns.code_of(till, sold(till, cart_of(WATER)))
    with pytest.raises(ReceiptForged):
        returns.read_receipt(till, code.replace(":200:", ":900:"))


def test_without_a_receipt_goods_come_back_at_what_they_cost_today_if_two_say_so(till: Till, cart_of: CartOf) -> None:
    with pytest.raises(NeedsManager):
        returns.give_back_unproven(till, cart_of(NOODLES), WHY, by=By(LIN))
    made = returns.give_back_unproven(till, cart_of(NOODLES), WHY, by=By(LIN, BY_MEI.actor)).made
    assert (made.basis, made.total, made.receipt_no) == (Basis.NOTHING, Money(450), "")
    with pytest.raises(NothingToReturn):
        returns.give_back_unproven(till, sell.new_cart(till), WHY, by=BY_MEI)
    check_books(till)
    check_all(till.db, till.identity)


def _give_key(till: Till) -> None:
    catalogue.keep_rules(till.prices, "1", {"receipts": {"keys": [{"id": "1", "secret": "ab" * 32}]}})


# Cuts


class Cut(BaseException):
    """The power is gone."""


def paid_by_both(world: World, till: Till) -> Sale:
    """Sell a tea and a water, 150.00 of it by Alipay and the rest in cash."""
    cart = sell.new_cart(till)
    for text in (TEA, WATER):
        sell.scan(till, cart, text)
    return sold(till, cart, alipay=Money(15_000), code=world.alipay.show_code())


def settle(world: World, till: Till) -> None:
    """Let what is open come to its end."""
    world.clock.advance(60)
    resolve.resolve(till)


@pytest.mark.parametrize("on_disk", [True, False])
def test_a_cut_while_it_is_written_leaves_all_of_it_or_nothing(world: World, till: Till, on_disk: bool) -> None:  # noqa: FBT001
    sale = paid_by_both(world, till)
    fail_next_commit(till.db, on_disk=on_disk, dying=Cut())
    with pytest.raises(Cut):
        back(till, sale, {1: 1})
    again = world.open_anew()
    settle(world, again)
    books = check_books(again)
    check_money(books, world.alipay)
    assert len(books.returns) == int(on_disk)
    assert world.alipay.kept == Money(200 if on_disk else 15_000)
    left = [each.line_no for each in returns.find_returnable(again, sale.receipt_no).left]
    assert left == ([2] if on_disk else [1, 2])


def test_a_commit_that_raised_and_is_on_disk_is_the_return(world: World, till: Till) -> None:
    sale = paid_by_both(world, till)
    fail_next_commit(till.db, on_disk=True)
    assert back(till, sale, {1: 1}).total == Money(19_999)
    assert len(check_books(till).returns) == 1


class Cutting(ScriptedGateway):
    """A gateway that gives the money back, and then the power is gone."""

    def __init__(self, alipay: FakeAlipay) -> None:
        super().__init__()
        self.alipay = alipay

    def refund(self, ask: RefundAsk) -> RefundReply:
        """Pay back, and be cut off before the answer."""
        self.alipay.refund(ask)
        raise Cut


def test_a_cut_while_the_money_is_asked_for_pays_it_once(world: World, till: Till) -> None:
    sale = paid_by_both(world, till)
    till.gateway = Cutting(world.alipay)
    with pytest.raises(Cut):
        back(till, sale, {1: 1})
    again = world.open_anew()
    settle(world, again)
    check_money(check_books(again), world.alipay)
    assert world.alipay.kept == Money(200)
    assert refunds.list_open(again.db) == []


def test_an_answer_that_is_lost_leaves_it_open_until_alipay_says_what_became_of_it(world: World, till: Till) -> None:
    sale = paid_by_both(world, till)
    till.gateway = ScriptedGateway(refunds=[Unknown("lost")])
    of = returns.find_returnable(till, sale.receipt_no)
    assert [each.state for each in returns.give_back(till, of, {1: 1}, WHY, by=BY_MEI).refunds] == [RefundState.SENT]
    till.gateway = world.alipay
    settle(world, till)
    check_money(check_books(till), world.alipay)
    assert world.alipay.kept == Money(200)


def test_a_refund_that_never_left_goes_out_after_the_cut(world: World, till: Till) -> None:
    sale = paid_by_both(world, till)
    fail_next_commit(till.db, on_disk=True, dying=Cut())
    with pytest.raises(Cut):
        back(till, sale, {1: 1})
    assert world.alipay.kept == Money(15_000)
    again = world.open_anew()
    settle(world, again)
    assert world.alipay.kept == Money(200)


def test_what_alipay_refused_for_good_is_still_owed(world: World, till: Till) -> None:
    sale = paid_by_both(world, till)
    till.gateway = ScriptedGateway(refunds=[Declined("ACQ.TRADE_HAS_FINISHED")])
    given_back = returns.give_back(till, returns.find_returnable(till, sale.receipt_no), {1: 1}, WHY, by=BY_MEI)
    assert [each.state for each in given_back.refunds] == [RefundState.REFUSED]
    till.gateway = world.alipay
    assert [each.amount for each in returns.owed(till, sale.receipt_no)] == [Money(14_800)]
    assert back(till, sale, {2: 1}).total == Money(200)


def test_what_is_owed_is_given_in_cash_once(world: World, till: Till) -> None:
    sale = paid_by_both(world, till)
    world.alipay.refuse_next_refund("ACQ.TRADE_HAS_FINISHED")
    back(till, sale, {1: 1})  # 51.99 in cash, 148.00 refused
    (owed,) = returns.owed(till, sale.receipt_no)
    with pytest.raises(NeedsManager):
        returns.give_owed(till, owed, by=By(LIN))
    given_in_cash = returns.give_owed(till, owed, by=By(LIN, BY_MEI.actor))
    assert (given_in_cash.state, given_in_cash.amount) == (RefundState.IN_CASH, Money(14_800))
    assert (given_in_cash.cashier, given_in_cash.approver) == ("1001", "9001")
    assert returns.owed(till, sale.receipt_no) == []
    with pytest.raises(IllegalMove):
        returns.give_owed(till, owed, by=BY_MEI)
    shift = shifts.current_shift(till)
    assert shift
    assert shifts.expected_cash(till, shift) == Money(10_000 + 5_199 - 5_199 - 14_800)
    assert back(till, sale, {2: 1}).total == Money(200)
    check_money(check_books(till), world.alipay)
    check_all(till.db, till.identity)


def test_what_is_owed_is_given_in_the_shift_of_the_drawer(world: World, till: Till) -> None:
    sale = paid_by_both(world, till)
    world.alipay.refuse_next_refund("ACQ.TRADE_HAS_FINISHED")
    back(till, sale, {1: 1})
    first = shifts.close_shift(till, Money(10_000))
    world.clock.advance(86_400)
    second = shifts.open_shift(till, LIN, Money(20_000))
    (owed,) = returns.owed(till, sale.receipt_no)
    given_in_cash = returns.give_owed(till, owed, by=BY_MEI)
    assert (given_in_cash.shift_id, given_in_cash.business_day) == (second.id, second.business_day)
    assert first.expected == Money(10_000)
    assert shifts.expected_cash(till, second) == Money(20_000 - 14_800)
    check_books(till)


def test_money_that_paid_for_other_goods_is_not_refunded_beside_them(world: World, till: Till, cart_of: CartOf) -> None:
    sale = sold(till, cart_of(TEA), alipay=Money(19_999), code=world.alipay.show_code())
    cart = cart_of(NOODLES)
    wish = Exchange(returns.find_returnable(till, sale.receipt_no), {1: 1}, "", "", "")
    cart.credit = exchange.begin(till, cart, wish, by=BY_MEI)
    sell.pay_cash(till, cart, ZERO)
    assert refund.find_refundable(till, sale.receipt_no).left == ZERO


# Any day


@given(st.data())
@hypothesis_settings(max_examples=25, deadline=None)
def test_a_day_of_returns_never_gives_more_than_was_paid(random: st.DataObject) -> None:
    with quick_folder() as folder:
        world = World(folder)
        till = world.open_selling()
        step: Literal[1, 10, 50, 100] = random.draw(st.sampled_from([1, 10, 50, 100]))
        till.settings = replace(till.settings, till=replace(till.settings.till, cash_rounding_fen=step))
        made = [_any_sale(world, till, random) for _ in range(2)]
        for _ in range(random.draw(st.integers(1, 6))):
            sale = random.draw(st.sampled_from(made))
            left = returns.find_returnable(till, sale.receipt_no).left
            if left:
                line = random.draw(st.sampled_from(left))
                back(till, sale, {line.line_no: random.draw(st.integers(1, line.quantity.amount))})
        check_money(check_books(till), world.alipay)
        check_all(till.db, till.identity)
        shift = shifts.current_shift(till)
        assert shift
        assert shifts.expected_cash(till, shift) >= shift.opening_float
        till.close()


def _any_sale(world: World, till: Till, random: st.DataObject) -> Sale:
    cart = sell.new_cart(till)
    for text in random.draw(st.lists(st.sampled_from([WATER, NOODLES, TEA, "600103"]), min_size=1, max_size=6)):
        line = sell.scan(till, cart, text).line
        if line and text == "600103":
            cart.set_quantity(line.line_no, random.draw(st.integers(1, 5_000)))
    part = Money(random.draw(st.integers(0, cart.total.fen)))
    alipay: FakeAlipay = world.alipay
    return sold(till, cart, alipay=part, code=alipay.show_code())

"""A sale is paid in parts, in any mix: what is here stands, what fails leaves it standing, and all of it goes back."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.domain import facts
from pos.domain.cart import Cart
from pos.domain.errors import (
    CommitUnknown,
    IllegalMove,
    MoreThanIsDue,
    NotEnoughTendered,
    PaidMoreThanTotal,
    SaleIsBeingPaid,
)
from pos.domain.money import ZERO, Money
from pos.domain.payment import PaymentAttempt
from pos.domain.sale import Tender, TenderKind
from pos.till import parts, pay, report, resolve, review, sell, shifts
from pos.till.till import Till
from tests.audit import check_books, check_money
from tests.fake_alipay import FakeAlipay
from tests.fake_card import FakeCard
from tests.fakes import LIN, NOODLES, TEA, WATER, World, fail_next_commit, quick_folder
from tests.unit.till.attempts import CANCELLING, DEAD, PAID_STATE, state_on_disk

CartOf = Callable[..., Cart]
CASH, ALIPAY, CARD = TenderKind.CASH, TenderKind.ALIPAY, TenderKind.PREPAID_CARD
PRICE = Money(19_999)


def part_of(outcome: pay.Outcome) -> PaymentAttempt:
    assert isinstance(outcome, pay.PartPaid)
    return outcome.attempt


def cash_part(till: Till, cart: Cart, fen: int) -> PaymentAttempt:
    return part_of(pay.take(till, cart, CASH, Money(fen)))


def alipay_part(till: Till, alipay: FakeAlipay, cart: Cart, fen: int) -> PaymentAttempt:
    return part_of(pay.charge(till, cart, alipay.show_code(), Money(fen)))


# Adding up


def test_half_in_cash_and_half_by_alipay_is_one_sale(till: Till, alipay: FakeAlipay, cart_of: CartOf) -> None:
    cart = cart_of(TEA)
    part = pay.take(till, cart, CASH, Money(10_000))
    assert isinstance(part, pay.PartPaid)
    assert (part.due, check_books(till).sales) == (Money(9_999), {})
    settled = pay.charge(till, cart, alipay.show_code())
    assert isinstance(settled, pay.Settled)
    in_cash, by_alipay = settled.sale.tenders
    assert in_cash == Tender(CASH, Money(10_000), Money(10_000), part.attempt.id)
    assert (by_alipay.kind, by_alipay.amount, alipay.kept) == (ALIPAY, Money(9_999), Money(9_999))
    check_money(check_books(till), alipay)


def test_alipay_first_and_the_rest_in_cash_gives_change(till: Till, alipay: FakeAlipay, cart_of: CartOf) -> None:
    cart = cart_of(TEA)
    alipay_part(till, alipay, cart, 15_000)
    sale = sell.pay_cash(till, cart, Money(5_000))
    assert [(each.kind, each.amount) for each in sale.tenders] == [(ALIPAY, Money(15_000)), (CASH, Money(4_999))]
    assert sale.change == Money(1)
    assert sell.pay_cash(till, cart, Money(5_000)) == sale
    check_money(check_books(till), alipay)


def test_two_customers_pay_their_halves_by_alipay(till: Till, alipay: FakeAlipay, cart_of: CartOf) -> None:
    cart = cart_of(TEA)
    part_of(pay.charge(till, cart, alipay.show_code("王女士"), Money(10_000)))
    assert isinstance(pay.charge(till, cart, alipay.show_code("李先生")), pay.Settled)
    assert (alipay.kept_from("王女士"), alipay.kept_from("李先生")) == (Money(10_000), Money(9_999))


def test_a_code_of_ours_takes_a_part(till: Till, alipay: FakeAlipay, cart_of: CartOf) -> None:
    cart = cart_of(TEA)
    waiting = pay.show_qr(till, cart, Money(9_999))
    assert isinstance(waiting, pay.Waiting)
    alipay.scan(waiting.qr)
    part = pay.check(till, cart, waiting.attempt)
    assert isinstance(part, pay.PartPaid)
    assert part.due == Money(10_000)


def test_the_last_part_in_cash_may_be_exact(till: Till, cart_of: CartOf) -> None:
    cart = cart_of(WATER)
    cash_part(till, cart, 50)
    settled = pay.take(till, cart, CASH)
    assert isinstance(settled, pay.Settled)
    assert [each.amount.fen for each in settled.sale.tenders] == [50, 150]
    with pytest.raises(SaleIsBeingPaid):
        sell.pay_cash(till, cart, Money(200))
    check_books(till)


def test_the_customers_bill_names_the_goods_only_where_it_pays_for_all_of_them(
    till: Till, alipay: FakeAlipay, cart_of: CartOf
) -> None:
    cart = cart_of(WATER)
    alipay_part(till, alipay, cart, 50)
    pay.charge(till, cart_of(WATER), alipay.show_code())
    assert [len(each.charge.goods) for each in alipay.trades.values()] == [0, 1]


@pytest.mark.parametrize("fen", [0, -1, 15_000, 20_000])
def test_no_part_is_nothing_or_more_than_is_due(till: Till, alipay: FakeAlipay, cart_of: CartOf, fen: int) -> None:
    cart = cart_of(TEA)
    cash_part(till, cart, 5_000)
    calls = list(alipay.calls)
    for kind in (CASH, ALIPAY):
        with pytest.raises(MoreThanIsDue):
            pay.take(till, cart, kind, Money(fen), account=alipay.show_code())
    assert alipay.calls == calls
    assert parts.standing(till, cart.sale_id).taken == Money(5_000)


def test_too_little_cash_for_what_is_due_sells_nothing(till: Till, cart_of: CartOf) -> None:
    cart = cart_of(TEA)
    cash_part(till, cart, 10_000)
    with pytest.raises(NotEnoughTendered, match=r"99\.99"):
        sell.pay_cash(till, cart, Money(9_998))
    assert check_books(till).sales == {}


def test_while_a_part_is_asked_for_no_other_begins(till: Till, alipay: FakeAlipay, cart_of: CartOf) -> None:
    cart = cart_of(TEA)
    cash_part(till, cart, 5_000)
    pay.charge(till, cart, alipay.show_code(must_confirm=True), Money(5_000))
    for begin in (
        lambda: pay.charge(till, cart, alipay.show_code(), Money(100)),
        lambda: pay.take(till, cart, CASH, Money(100)),
        lambda: sell.pay_cash(till, cart, PRICE),
    ):
        with pytest.raises(SaleIsBeingPaid):
            begin()


# The cart goes on


def test_goods_may_join_while_parts_stand(till: Till, alipay: FakeAlipay, cart_of: CartOf) -> None:
    cart = cart_of(WATER)
    alipay_part(till, alipay, cart, 150)
    sell.scan(till, cart, NOODLES)
    sell.keep_draft(till, facts.cart_facts(cart), parts_known=1)
    restored = sell.restore_cart(till)
    assert restored
    assert restored.total == Money(650)
    sale = sell.pay_cash(till, cart, Money(500))
    assert [each.amount.fen for each in sale.tenders] == [150, 500]


def test_a_draft_that_was_made_before_a_part_came_changes_nothing(till: Till, cart_of: CartOf) -> None:
    cart = cart_of(WATER, NOODLES)
    early = facts.cart_facts(cart)
    sell.scan(till, cart, TEA)
    cash_part(till, cart, 100)
    sell.keep_draft(till, early)
    restored = sell.restore_cart(till)
    assert restored
    assert restored.total == cart.total


def test_the_goods_never_become_worth_less_than_what_is_paid(till: Till, cart_of: CartOf) -> None:
    cart = cart_of(WATER, NOODLES)
    cash_part(till, cart, 500)
    cart.remove(1)
    for refused in (
        lambda: sell.keep_draft(till, facts.cart_facts(cart), parts_known=1),
        lambda: sell.pay_cash(till, cart, Money(500)),
    ):
        with pytest.raises((PaidMoreThanTotal, NotEnoughTendered)):
            refused()
    assert parts.standing(till, cart.sale_id).taken == Money(500)
    assert check_books(till).sales == {}


# What fails leaves the others standing


@pytest.mark.parametrize("fault", ["declined", "stopped", "down"])
def test_a_part_that_fails_leaves_the_others_standing(
    till: Till, alipay: FakeAlipay, cart_of: CartOf, fault: str
) -> None:
    cart = cart_of(TEA)
    first = cash_part(till, cart, 5_000)
    second = alipay_part(till, alipay, cart, 5_000)
    sub_code = "ACQ.BUYER_BALANCE_NOT_ENOUGH" if fault == "declined" else ""
    alipay.is_down = fault == "down"
    outcome = pay.charge(till, cart, alipay.show_code(sub_code=sub_code, must_confirm=True), Money(1_000))
    if isinstance(outcome, pay.Waiting):
        outcome = pay.stop(till, cart, outcome.attempt, "stopped")
    assert isinstance(outcome, pay.Refused)
    standing = parts.standing(till, cart.sale_id)
    assert (standing.paid, standing.due(cart.total)) == ((first, second), Money(9_999))
    sell.pay_cash(till, cart, Money(9_999))
    alipay.forget_faults()
    for _ in range(4):
        till.clock.advance(60)  # type: ignore[attr-defined]
        resolve.resolve(till)
    check_money(check_books(till), alipay)


def test_a_part_whose_answer_was_lost_is_found_and_counted(till: Till, alipay: FakeAlipay, cart_of: CartOf) -> None:
    cart = cart_of(TEA)
    cash_part(till, cart, 5_000)
    alipay.lose_next_reply()
    alipay.lose_next_reply()
    assert isinstance(pay.charge(till, cart, alipay.show_code(), Money(5_000)), pay.Waiting)
    found = resolve.resolve(till)
    assert (found.unclaimed, parts.standing(till, cart.sale_id).due(cart.total)) == ((), Money(9_999))
    sell.pay_cash(till, cart, Money(10_000))
    check_money(check_books(till), alipay)


def test_the_last_part_that_came_while_the_till_was_away_completes_the_sale_when_somebody_says_so(
    till: Till, alipay: FakeAlipay, cart_of: CartOf
) -> None:
    cart = cart_of(TEA)
    cash_part(till, cart, 5_000)
    alipay.lose_next_reply()
    alipay.lose_next_reply()
    pay.charge(till, cart, alipay.show_code())
    (attempt,) = resolve.resolve(till).looked_at
    assert not parts.standing(till, cart.sale_id).due(cart.total)
    with pytest.raises(SaleIsBeingPaid):
        sell.pay_cash(till, cart, ZERO)
    sale = pay.finish_paid(till, cart, attempt)
    assert pay.finish_paid(till, cart, attempt) == sale
    check_money(check_books(till), alipay)


def test_a_part_alone_does_not_complete_a_sale(till: Till, alipay: FakeAlipay, cart_of: CartOf) -> None:
    cart = cart_of(TEA)
    part = alipay_part(till, alipay, cart, 5_000)
    with pytest.raises(NotEnoughTendered):
        pay.finish_paid(till, cart, part)
    assert check_books(till).sales == {}


# Going back


def test_one_part_goes_back_and_the_others_stand(till: Till, alipay: FakeAlipay, cart_of: CartOf) -> None:
    cart = cart_of(TEA)
    first, second = cash_part(till, cart, 5_000), alipay_part(till, alipay, cart, 6_000)
    assert resolve.give_back(till, second).state is DEAD
    assert (alipay.kept, parts.standing(till, cart.sale_id).paid) == (ZERO, (first,))
    sell.pay_cash(till, cart, Money(14_999))
    check_money(check_books(till), alipay)


def test_cash_goes_back_by_hand_and_only_by_the_cashiers_word(world: World, till: Till, cart_of: CartOf) -> None:
    cart = cart_of(TEA)
    part = cash_part(till, cart, 5_000)
    going = resolve.give_back(till, part)
    assert (going.state, going.reason) == (CANCELLING, "returned")
    world.clock.advance(24 * 3600)
    assert resolve.resolve(till).open == (going,)
    assert state_on_disk(till, part.id) is CANCELLING
    assert review.open_payments(till).attempts == (going,)
    assert parts.handed_back(till, going).state is DEAD
    with pytest.raises(IllegalMove):
        parts.handed_back(till, going)
    assert resolve.resolve(till).open == ()
    check_books(till)


def test_only_cash_that_is_to_go_back_is_said_to_be_back(till: Till, alipay: FakeAlipay, cart_of: CartOf) -> None:
    cart = cart_of(TEA)
    standing = cash_part(till, cart, 5_000)
    by_alipay = alipay_part(till, alipay, cart, 6_000)
    alipay.is_down = True
    for part in (standing, by_alipay, resolve.give_back(till, by_alipay)):
        with pytest.raises(IllegalMove):
            parts.handed_back(till, part)


def test_giving_up_the_sale_gives_every_part_back(till: Till, alipay: FakeAlipay, cart_of: CartOf) -> None:
    cart = cart_of(TEA)
    cash_part(till, cart, 5_000)
    alipay_part(till, alipay, cart, 6_000)
    given = parts.give_back_all(till, cart.sale_id)
    assert [(each.kind, each.state) for each in given] == [(CASH, CANCELLING), (ALIPAY, DEAD)]
    assert parts.give_back_all(till, cart.sale_id) == []
    assert (alipay.kept, parts.standing(till, cart.sale_id)) == (ZERO, parts.NOTHING)
    parts.handed_back(till, given[0])
    check_money(check_books(till), alipay)


def test_nothing_of_a_sale_that_is_done_goes_back_this_way(till: Till, alipay: FakeAlipay, cart_of: CartOf) -> None:
    cart = cart_of(TEA)
    part = cash_part(till, cart, 5_000)
    pay.charge(till, cart, alipay.show_code())
    assert parts.give_back_all(till, cart.sale_id) == []
    with pytest.raises(IllegalMove, match="sold"):
        resolve.give_back(till, part)


def test_parts_of_the_cart_on_the_counter_are_kept_for_as_long_as_somebody_may_be_served(
    world: World, till: Till, alipay: FakeAlipay, cart_of: CartOf
) -> None:
    cart = cart_of(TEA)
    part = alipay_part(till, alipay, cart, 5_000)
    for _ in range(2):
        world.clock.advance(3600)
        assert resolve.resolve(till).unclaimed == ()
    shifts.close_shift(till, Money(10_000))
    assert resolve.resolve(till).looked_at[0].id == part.id
    assert alipay.kept == ZERO


def test_parts_of_no_cart_go_back_after_ten_minutes_but_for_cash(
    world: World, till: Till, alipay: FakeAlipay, cart_of: CartOf
) -> None:
    gone = cart_of(TEA)
    in_cash, by_alipay = cash_part(till, gone, 5_000), alipay_part(till, alipay, gone, 6_000)
    sell.keep_draft(till, facts.cart_facts(cart_of(WATER)))
    assert {each.id for each in resolve.resolve(till).unclaimed} == {in_cash.id, by_alipay.id}
    world.clock.advance(600)
    assert resolve.resolve(till).unclaimed == (in_cash,)
    assert (state_on_disk(till, in_cash.id), state_on_disk(till, by_alipay.id)) == (PAID_STATE, DEAD)
    assert review.open_payments(till).attempts == (in_cash,)
    assert parts.cash_to_hand_back(till) == [in_cash]


# The drawer


def test_a_part_in_cash_is_in_the_drawer_of_the_shift_that_took_it(till: Till, cart_of: CartOf) -> None:
    """By hand: 100.00 float and 50.00 of a sale that is not done are counted; the next shift takes 149.99 of it."""
    cart = cart_of(TEA)
    cash_part(till, cart, 5_000)
    first = shifts.close_shift(till, Money(15_000))
    assert (first.expected, first.difference) == (Money(15_000), ZERO)
    assert shifts.read_z(till, first.id).left.loose_cash == Money(5_000)
    shifts.open_shift(till, LIN, Money(15_000))
    sell.pay_cash(till, cart, PRICE - Money(5_000))
    assert shifts.close_shift(till, Money(29_999)).expected == Money(29_999)
    check_books(till)


def test_cash_that_the_next_shift_hands_back_leaves_its_drawer(till: Till, cart_of: CartOf) -> None:
    part = cash_part(till, cart_of(TEA), 5_000)
    going = resolve.give_back(till, part)
    assert shifts.close_shift(till, Money(15_000)).expected == Money(15_000)
    shifts.open_shift(till, LIN, Money(15_000))
    parts.handed_back(till, going)
    assert shifts.close_shift(till, Money(10_000)).expected == Money(10_000)
    check_books(till)


def test_parts_in_cash_are_in_the_drawer_once_the_sale_is_done(till: Till, alipay: FakeAlipay, cart_of: CartOf) -> None:
    """By hand: ¥100.00 float, ¥50.00 and ¥99.99 in cash, ¥50.00 by Alipay."""
    cart = cart_of(TEA)
    cash_part(till, cart, 5_000)
    alipay_part(till, alipay, cart, 5_000)
    sell.pay_cash(till, cart, Money(10_000))
    assert shifts.close_shift(till, Money(24_999)).expected == Money(24_999)
    day = report.today(till, report.shop_today(till))
    assert {kind.value: (each.count, each.amount.fen) for kind, each in day.tenders.items()} == {
        "cash": (2, 14_999),
        "alipay": (1, 5_000),
    }


# Power cuts


@pytest.mark.parametrize("on_disk", [False, True])
def test_a_doubtful_commit_of_a_part_in_cash_is_there_or_not(till: Till, cart_of: CartOf, *, on_disk: bool) -> None:
    cart = cart_of(TEA)
    fail_next_commit(till.db, on_disk=on_disk)
    with pytest.raises(CommitUnknown):
        pay.take(till, cart, CASH, Money(5_000))
    assert len(parts.standing(till, cart.sale_id).paid) == on_disk


MIX = st.lists(st.tuples(st.sampled_from([CASH, ALIPAY, CARD]), st.integers(1, 20_000)), min_size=1, max_size=5)


@given(mix=MIX, cut=st.integers(0, 30), dies=st.booleans())
@settings(max_examples=60, deadline=None)
def test_any_mix_adds_up_and_a_power_cut_between_any_two_steps_loses_nothing(
    mix: list[tuple[TenderKind, int]], cut: int, *, dies: bool
) -> None:
    with quick_folder() as folder:
        world, card = World(folder / "till"), FakeCard({"6001": Money(1_000_000)})
        till = world.open_selling()
        till.more_tenders = {CARD: card}
        cart = sell.new_cart(till)
        sell.scan(till, cart, TEA)
        for step, (kind, fen) in enumerate(mix):
            due = parts.standing(till, cart.sale_id).due(cart.total)
            account = {ALIPAY: world.alipay.show_code(), CARD: "6001", CASH: ""}[kind]
            if isinstance(pay.take(till, cart, kind, min(Money(fen), due), account=account), pay.Settled):
                break
            if dies and step == cut % len(mix):
                till = world.open_anew()
                till.more_tenders = {CARD: card}
                restored = sell.restore_cart(till)
                assert restored
                assert restored.total == cart.total
                cart = restored
        else:
            taken = parts.standing(till, cart.sale_id).taken
            assert taken.fen == sum(fen for _, fen in mix)
            sell.pay_cash(till, cart, cart.total - taken)
        books = check_books(till)
        (sale,) = books.sales.values()
        assert sum(each["amount_fen"] for each in sale["tenders"]) == 19_999
        assert card.holds["6001"].fen == 1_000_000 - sum(
            each["amount_fen"] for each in sale["tenders"] if each["kind"] == "prepaid_card"
        )
        check_money(books, world.alipay)
        till.close()


def test_parts_come_in_the_order_they_began_whatever_the_clock_says(
    world: World, till: Till, alipay: FakeAlipay, cart_of: CartOf
) -> None:
    cart = cart_of(TEA)
    made = []
    for hours in (0, -5, 9):
        world.clock.set(world.clock.now().replace(hour=10 + hours))
        made.append(cash_part(till, cart, 1_000).id)
    assert [each.id for each in parts.standing(till, cart.sale_id).paid] == made
    sale = sell.pay_cash(till, cart, PRICE)
    assert [each.attempt_id for each in sale.tenders] == [*made, ""]
    assert all(a != b for a, b in pairwise(made))
    assert alipay.calls == []


def test_the_next_shift_may_open_after_all_this(till: Till, alipay: FakeAlipay, cart_of: CartOf) -> None:
    cart = cart_of(TEA)
    cash_part(till, cart, 5_000)
    pay.charge(till, cart, alipay.show_code())
    shifts.close_shift(till, Money(15_000))
    shifts.open_shift(till, LIN, Money(10_000))
    assert shifts.close_shift(till, Money(10_000)).expected == Money(10_000)

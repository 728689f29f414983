"""A suspended cart is on the counter or laid aside, never both and never neither."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.domain.cart import Cart
from pos.domain.errors import (
    CartGone,
    CartSold,
    CartTaken,
    CartUnreadable,
    CommitUnknown,
    CounterNotEmpty,
    HubUnreachable,
    NothingToSuspend,
    SaleIsBeingPaid,
    TooManySuspended,
)
from pos.domain.facts import cart_facts
from pos.domain.money import ZERO, Money
from pos.domain.staff import By
from pos.domain.suspended import SUSPENDED_MAX, SuspendedCart
from pos.storage import drafts, journal
from pos.storage import suspended as stored
from pos.storage.database import transaction
from pos.storage.suspended import Offer
from pos.till import sell, shifts, suspend
from pos.till.till import Till
from tests.fake_time import MORNING
from tests.fakes import APPLES, LIN, NOODLES, TEA, WATER, World, fail_next_commit, quick_folder
from tests.unit.till.attempts import begin

CartOf = Callable[..., Cart]
BY_LIN = By(LIN)


class Counted:
    """A hub that has these carts, and hands each out once."""

    def __init__(self, *carts: SuspendedCart, taken_by: str = "") -> None:
        self.carts = {each.sale_id: each for each in carts}
        self.taken_by, self.is_down = taken_by, False
        self.asked: list[tuple[str, str]] = []

    def list_open(self) -> Sequence[SuspendedCart]:
        self._reach()
        return [replace(each, cart={}) for each in self.carts.values()]

    def take(self, sale_id: str, hold_id: str) -> SuspendedCart:
        self.asked.append((sale_id, hold_id))
        self._reach()
        if self.taken_by:
            raise CartTaken(till=self.taken_by)
        if sale_id not in self.carts:
            raise CartGone
        return self.carts[sale_id]

    def _reach(self) -> None:
        if self.is_down:
            raise HubUnreachable(reason="cut")


def on_counter(till: Till, cart: Cart) -> Cart:
    sell.keep_draft(till, cart_facts(cart))
    return cart


def told(till: Till) -> list[tuple[str, dict[str, object]]]:
    """What the journal says of suspended carts."""
    found = journal.entries(till.db, till.identity.name, 1)
    return [(entry.kind, json.loads(entry.body)) for entry in found if entry.kind.startswith("cart.")]


def elsewhere(cart: Cart, number: int = 1) -> SuspendedCart:
    """A cart that another till of the store has laid aside."""
    return SuspendedCart(
        f"sale-{number}", f"hold-{number}", "0017-04", "1002", "去拿牛奶", MORNING, 1, cart.total, "农夫山泉 550ml",
        cart_facts(cart) | {"sale_id": f"sale-{number}"},
    )  # fmt: skip


def test_a_suspended_cart_leaves_the_counter_and_comes_back_as_it_was(till: Till, cart_of: CartOf) -> None:
    cart = on_counter(till, cart_of(WATER, APPLES, WATER, "6999999999994"))
    held = suspend.suspend(till, cart, "  红衣服  ", by=BY_LIN)
    assert (held.till, held.cashier, held.note, held.suspended_at) == ("0017-03", "1001", "红衣服", MORNING)
    assert (held.lines, held.total, held.goods) == (3, Money(1598), "农夫山泉 550ml、红富士苹果、6999999999994")
    assert sell.restore_cart(till) is None
    assert suspend.list_suspended(till).carts == (held,)
    assert suspend.resume(till, held, by=BY_LIN) == cart
    assert sell.restore_cart(till) == cart
    assert suspend.count_suspended(till) == 0


def test_the_journal_tells_who_laid_what_aside_and_what_became_of_it(till: Till, cart_of: CartOf) -> None:
    held = suspend.suspend(till, on_counter(till, cart_of(WATER, TEA)), by=BY_LIN)
    suspend.resume(till, held, by=BY_LIN)
    again = suspend.suspend(till, cart_of(NOODLES), by=BY_LIN)
    suspend.discard(till, again, by=BY_LIN)
    names = ("sale_id", "lines", "total_fen", "cashier")
    assert [(kind, *(body[name] for name in names)) for kind, body in told(till)] == [
        ("cart.suspended", held.sale_id, 2, 20_199, "1001"), ("cart.resumed", held.sale_id, 2, 20_199, "1001"),
        ("cart.suspended", again.sale_id, 1, 450, "1001"), ("cart.discarded", again.sale_id, 1, 450, "1001"),
    ]  # fmt: skip
    assert suspend.list_suspended(till).carts == ()
    assert sell.restore_cart(till) is not None


def test_nothing_cannot_be_suspended(till: Till) -> None:
    with pytest.raises(NothingToSuspend):
        suspend.suspend(till, sell.new_cart(till), by=BY_LIN)


def test_a_cart_whose_payment_is_under_way_stays_on_the_counter(till: Till, cart_of: CartOf) -> None:
    cart = on_counter(till, cart_of(WATER))
    begin(till, cart)
    with pytest.raises(SaleIsBeingPaid):
        suspend.suspend(till, cart, by=BY_LIN)
    assert sell.restore_cart(till) == cart
    assert told(till) == []


def test_a_sold_cart_is_not_suspended_and_not_resumed(till: Till, cart_of: CartOf) -> None:
    cart = cart_of(WATER)
    sale = sell.pay_cash(till, cart, Money(200))
    with pytest.raises(CartSold) as error:
        suspend.suspend(till, cart, by=BY_LIN)
    assert error.value.facts == {"receipt_no": sale.receipt_no}
    with pytest.raises(CartSold):
        suspend.resume(till, replace(elsewhere(cart), sale_id=cart.sale_id), by=BY_LIN, hub=Counted())


def test_a_resumed_cart_is_sold_once(till: Till, cart_of: CartOf) -> None:
    held = suspend.suspend(till, on_counter(till, cart_of(WATER)), by=BY_LIN)
    cart = suspend.resume(till, held, by=BY_LIN)
    sale = sell.pay_cash(till, cart, Money(200))
    assert sale.id == held.sale_id
    assert sell.pay_cash(till, cart, Money(200)) == sale
    with pytest.raises(CartSold):
        suspend.resume(till, held, by=BY_LIN)


def test_a_cart_can_be_resumed_only_once(till: Till, cart_of: CartOf) -> None:
    held = suspend.suspend(till, cart_of(WATER), by=BY_LIN)
    suspend.discard(till, held, by=BY_LIN)
    for verb in (suspend.resume, suspend.discard):
        with pytest.raises(CartGone):
            verb(till, held, by=BY_LIN)


def test_the_counter_must_be_empty_to_resume(till: Till, cart_of: CartOf) -> None:
    held = suspend.suspend(till, cart_of(WATER), by=BY_LIN)
    next_cart = on_counter(till, cart_of(TEA))
    with pytest.raises(CounterNotEmpty):
        suspend.resume(till, held, by=BY_LIN)
    assert sell.restore_cart(till) == next_cart
    assert suspend.count_suspended(till) == 1
    on_counter(till, Cart(next_cart.sale_id))
    assert suspend.resume(till, held, by=BY_LIN).sale_id == held.sale_id


def test_the_fifty_first_is_refused_by_the_limit(till: Till, cart_of: CartOf) -> None:
    for _ in range(SUSPENDED_MAX):
        suspend.suspend(till, cart_of(WATER), by=BY_LIN)
    with pytest.raises(TooManySuspended) as error:
        suspend.suspend(till, cart_of(WATER), by=BY_LIN)
    assert error.value.facts == {"limit": 50}


def test_a_draft_that_comes_late_does_not_put_a_suspended_cart_back(till: Till, cart_of: CartOf) -> None:
    cart = cart_of(WATER)
    suspend.suspend(till, cart, by=BY_LIN)
    sell.keep_draft(till, cart_facts(cart))
    assert sell.restore_cart(till) is None


def test_the_same_cart_suspended_twice_is_suspended_once(till: Till, cart_of: CartOf) -> None:
    cart = cart_of(WATER)
    assert suspend.suspend(till, cart, by=BY_LIN) == suspend.suspend(till, cart, by=BY_LIN)
    assert len(told(till)) == 1


def test_a_shift_is_closed_over_suspended_carts_and_the_next_one_finds_them(till: Till, cart_of: CartOf) -> None:
    held = suspend.suspend(till, cart_of(WATER), by=BY_LIN)
    shifts.close_shift(till, Money(10_000))
    shifts.open_shift(till, LIN, ZERO)
    assert suspend.list_suspended(till).carts == (held,)


@pytest.mark.parametrize("on_disk", [False, True])
def test_a_power_cut_while_suspending_leaves_the_cart_in_one_place(
    world: World, till: Till, cart_of: CartOf, *, on_disk: bool
) -> None:
    cart = on_counter(till, cart_of(WATER))
    fail_next_commit(till.db, on_disk=on_disk)
    with pytest.raises(CommitUnknown):
        suspend.suspend(till, cart, by=BY_LIN)
    again = world.open_anew()
    places = [sell.restore_cart(again) is not None, suspend.count_suspended(again) == 1]
    assert places == [not on_disk, on_disk]
    assert len(told(again)) == int(on_disk)


def test_a_cart_the_disk_has_changed_is_not_offered(till: Till, cart_of: CartOf) -> None:
    suspend.suspend(till, cart_of(WATER), by=BY_LIN)
    with transaction(till.db):
        till.db.execute("UPDATE drafts SET body = replace(body, '\"price_fen\":200', '\"price_fen\":100')")
    assert suspend.list_suspended(till).carts == ()


# With the hub


def test_the_list_has_the_carts_of_the_other_tills(till: Till, world: World, cart_of: CartOf) -> None:
    first = elsewhere(cart_of(TEA))
    world.clock.advance(60)
    own = suspend.suspend(till, cart_of(WATER), by=BY_LIN)
    hub = Counted(first, replace(own, cart={}))
    assert [(each.sale_id, each.is_here) for each in suspend.list_suspended(till, hub).carts] == [
        (first.sale_id, False), (own.sale_id, True),
    ]  # fmt: skip


def test_without_the_hub_the_list_is_our_own_and_says_why(till: Till, cart_of: CartOf) -> None:
    held, hub = suspend.suspend(till, cart_of(WATER), by=BY_LIN), Counted(elsewhere(cart_of(TEA)))
    hub.is_down = True
    listed = suspend.list_suspended(till, hub)
    assert listed.carts == (held,)
    assert isinstance(listed.trouble, HubUnreachable)


def test_another_tills_cart_is_gone_on_with_here(till: Till, cart_of: CartOf) -> None:
    held = elsewhere(cart_of(WATER))
    cart = suspend.resume(till, held, by=BY_LIN, hub=Counted(held))
    assert (cart.sale_id, cart.total) == ("sale-1", Money(200))
    assert sell.restore_cart(till) == cart
    assert told(till)[0][1]["till"] == "0017-04"
    assert stored.list_takings(till.db) == []


def test_another_tills_cart_that_somebody_else_took_is_refused_by_name(till: Till, cart_of: CartOf) -> None:
    held = elsewhere(cart_of(WATER))
    with pytest.raises(CartTaken) as error:
        suspend.resume(till, held, by=BY_LIN, hub=Counted(held, taken_by="0017-05"))
    assert error.value.facts == {"till": "0017-05"}
    assert (sell.restore_cart(till), stored.list_takings(till.db), told(till)) == (None, [], [])


def test_a_question_without_an_answer_is_remembered_on_disk(world: World, till: Till, cart_of: CartOf) -> None:
    held = elsewhere(cart_of(WATER))
    hub = Counted(held)
    hub.is_down = True
    with pytest.raises(HubUnreachable):
        suspend.resume(till, held, by=BY_LIN, hub=hub)
    again = world.open_anew()
    assert [(each.sale_id, each.hold_id) for each in stored.list_takings(again.db)] == [("sale-1", "hold-1")]
    hub.is_down = False
    assert suspend.resume(again, held, by=BY_LIN, hub=hub).sale_id == "sale-1"
    assert stored.list_takings(again.db) == []


def test_a_cart_of_a_newer_program_is_refused_and_kept(till: Till, cart_of: CartOf) -> None:
    held = replace(elsewhere(cart_of(WATER)), cart={"sale_id": "sale-1", "shape": 9})
    with pytest.raises(CartUnreadable):
        suspend.resume(till, held, by=BY_LIN, hub=Counted(held))
    assert len(stored.list_takings(till.db)) == 1
    assert told(till) == []


def offered(till: Till, held: SuspendedCart) -> SuspendedCart:
    """The hub has it."""
    with till.transaction():
        stored.note_offer(till.db, Offer(held.sale_id, held.hold_id), MORNING)
    return held


def test_our_own_cart_is_had_from_the_hub_first_where_the_hub_has_it(till: Till, cart_of: CartOf) -> None:
    held = suspend.suspend(till, cart_of(WATER), by=BY_LIN)
    hub = Counted(held)
    suspend.resume(till, held, by=BY_LIN, hub=hub)
    assert hub.asked == []
    other = offered(till, suspend.suspend(till, sell.restore_cart(till) or cart_of(), by=BY_LIN))
    suspend.resume(till, other, by=BY_LIN, hub=hub)
    assert hub.asked == [(other.sale_id, other.hold_id)]
    assert [each.sale_id for each in stored.list_offers(till.db)] == [other.sale_id], "the sync loop tells the hub"


def test_our_own_cart_that_another_till_took_is_refused_and_gone(till: Till, cart_of: CartOf) -> None:
    held = offered(till, suspend.suspend(till, cart_of(WATER), by=BY_LIN))
    with pytest.raises(CartTaken):
        suspend.resume(till, held, by=BY_LIN, hub=Counted(held, taken_by="0017-04"))
    assert suspend.list_suspended(till).carts == ()
    assert sell.restore_cart(till) is None


def test_our_own_cart_is_had_without_the_hub(till: Till, cart_of: CartOf) -> None:
    held = offered(till, suspend.suspend(till, cart_of(WATER), by=BY_LIN))
    hub = Counted(held, taken_by="0017-04")
    hub.is_down = True
    assert suspend.resume(till, held, by=BY_LIN, hub=hub).sale_id == held.sale_id


STEPS = st.lists(st.sampled_from(["scan", "suspend", "resume", "discard", "pay", "cut"]), max_size=14)


@settings(max_examples=25, deadline=timedelta(seconds=5))
@given(STEPS)
def test_whatever_is_done_each_cart_is_in_one_place_or_was_sold_or_thrown_away_once(steps: list[str]) -> None:
    with quick_folder() as folder:
        world = World(folder / "till")
        till = world.open_selling()
        made: set[str] = set()
        gone: list[str] = []
        for step in steps:
            cart = sell.restore_cart(till) or sell.new_cart(till)
            waiting = suspend.list_suspended(till).carts
            if step == "cut":
                till = world.open_anew()
            elif step == "scan":
                sell.scan(till, cart, WATER)
                made.add(cart.sale_id)
                on_counter(till, cart)
            elif step == "suspend" and cart.lines:
                suspend.suspend(till, cart, by=BY_LIN)
            elif step == "pay" and cart.lines:
                gone.append(sell.pay_cash(till, cart, cart.total).id)
            elif step == "resume" and waiting and not cart.lines:
                suspend.resume(till, waiting[0], by=BY_LIN)
            elif step == "discard" and waiting:
                suspend.discard(till, waiting[-1], by=BY_LIN)
                gone.append(waiting[-1].sale_id)
        laid = [each.sale_id for each in suspend.list_suspended(till).carts]
        counter = drafts.find_draft(till.db, drafts.COUNTER)
        assert sorted(laid + gone + ([counter["sale_id"]] if counter else [])) == sorted(made)

"""The tables are a fold of the journal: thrown away and folded again, they are equal."""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pysqlite3.dbapi2 as sqlite
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.domain.approval import Asked, ByBadge
from pos.domain.cart_line import Discount
from pos.domain.cash import CashKind
from pos.domain.errors import PosError, UnknownBadge
from pos.domain.gateway import Reach
from pos.domain.money import Money
from pos.domain.sale import TenderKind
from pos.domain.staff import Act
from pos.storage import journal, projections, sales
from pos.storage.database import transaction
from pos.storage.journal import Fact
from pos.till import approvals, cash, corrections, pay, proofs, refund, resolve, returns, sell, shifts, voids
from pos.till.figures.day_close import close_day
from pos.till.till import Till
from tests.fake_time import MORNING
from tests.fakes import BY_MEI, LIN, MEI, NOODLES, TEA, WATER, World, quick_folder

Tables = dict[str, list[tuple[Any, ...]]]


def tables(till: Till) -> Tables:
    return {name: sorted(till.db.execute(f"SELECT * FROM {name}").fetchall()) for name in projections.TABLES}


def sell_cash(_world: World, till: Till) -> None:
    cart = sell.new_cart(till)
    for text in (WATER, NOODLES, WATER, "600103"):
        sell.scan(till, cart, text)
    cart.set_discount(2, Discount(percent=10))
    cart.set_quantity(cart.lines[-1].line_no, 1_000)
    sell.pay_cash(till, cart, Money(10_000))


def sell_alipay(world: World, till: Till) -> None:
    cart = sell.new_cart(till)
    sell.scan(till, cart, TEA)
    pay.charge(till, cart, world.alipay.show_code())


def decline(world: World, till: Till) -> None:
    cart = sell.new_cart(till)
    sell.scan(till, cart, TEA)
    pay.charge(till, cart, world.alipay.show_code(sub_code="ACQ.BUYER_BALANCE_NOT_ENOUGH"))


def lose(world: World, till: Till) -> None:
    world.alipay.lose_next_reply()
    world.alipay.lose_next_reply()
    world.alipay.reach = Reach(MORNING)
    sell_alipay(world, till)


def pay_back(world: World, till: Till) -> None:
    """Three refunds of a tea: one goes through, one is refused for good, one gets lost."""
    sell_alipay(world, till)
    row = till.db.execute("SELECT receipt_no FROM sales ORDER BY rowid DESC").fetchone()
    of = refund.find_refundable(till, row[0])
    if of.left > Money(300):
        refund.give_refund(till, of, Money(300), "一袋破了", by=BY_MEI)
        world.alipay.refuse_next_refund("ACQ.TRADE_HAS_FINISHED")
        refund.give_refund(till, of, Money(100), "又一袋", by=BY_MEI)
        world.alipay.lose_next_request()
        refund.give_refund(till, of, Money(100), "再一袋", by=BY_MEI)


def take_back(world: World, till: Till) -> None:
    """Two teas come back: the money of one to Alipay, of the other, which Alipay refuses, from the drawer."""
    sell_alipay(world, till)
    row = till.db.execute("SELECT receipt_no FROM sales ORDER BY rowid DESC").fetchone()
    found = returns.find_returnable(till, row[0])
    if found.left:
        returns.give_back(till, found, {1: 1}, "不要了", by=BY_MEI)
    sell_alipay(world, till)
    row = till.db.execute("SELECT receipt_no FROM sales ORDER BY rowid DESC").fetchone()
    found = returns.find_returnable(till, row[0])
    if found.left:
        world.alipay.refuse_next_refund("ACQ.TRADE_HAS_FINISHED")
        returns.give_back(till, found, {1: 1}, "不要了", by=BY_MEI)
        for owed in returns.owed(till, row[0]):
            returns.give_owed(till, owed, by=BY_MEI)


def look_after(world: World, till: Till) -> None:
    world.clock.advance(100)
    resolve.resolve(till)


def wait(world: World, _till: Till) -> None:
    world.clock.advance(600)


def change_shift(world: World, till: Till) -> None:
    shifts.close_shift(till, Money(12_345))
    world.clock.advance(9 * 3600)
    shifts.open_shift(till, LIN, Money(5_000))


def void(_world: World, till: Till) -> None:
    voids.note_void(till, "a cart", 2, Money(650), LIN)


def move_cash(_world: World, till: Till) -> None:
    """Of each kind once, and a part in cash of a sale that is never done."""
    for kind in CashKind:
        cash.move_cash(till, kind, Money(0 if kind is CashKind.OPENED else 500), "换零钱", by=BY_MEI)
    cart = sell.new_cart(till)
    sell.scan(till, cart, TEA)
    pay.take(till, cart, TenderKind.CASH, Money(1_000))


def correct(world: World, till: Till) -> None:
    """Two sales in cash: one was paid by card, and one was not, after all."""
    for _ in range(2):
        sell_cash(world, till)
        by_card(till)
    corrections.correct_tender(till, last_id(till), 1, TenderKind.CASH, "又按错了", by=BY_MEI)


def by_card(till: Till) -> None:
    corrections.correct_tender(till, last_id(till), 1, TenderKind.BANK_CARD, "按错了键", by=BY_MEI)


def last_id(till: Till) -> str:
    sale = sales.last_sale(till.db)
    assert sale
    return sale.id


def let_somebody(_world: World, till: Till) -> None:
    """A yes, and a no."""
    badge = proofs.give_badge(till, MEI.number, by=BY_MEI)
    for text in (badge, badge[:-1] + "-"):
        with suppress(UnknownBadge):
            approvals.approve(till, Asked(Act.NO_SALE, LIN), ByBadge(text))


STEPS: list[Callable[[World, Till], None]] = [
    sell_cash, sell_alipay, decline, lose, pay_back, take_back, look_after, wait, change_shift, move_cash, correct,
    let_somebody, void,
]  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(steps=st.lists(st.sampled_from(STEPS), max_size=12))
def test_rebuilt_from_the_journal_the_tables_are_equal(steps: list[Callable[[World, Till], None]]) -> None:
    with quick_folder() as folder:
        world = World(folder)
        till = world.open_selling()
        for step in steps:
            step(world, till)
        written = tables(till)
        with transaction(till.db):
            count = projections.rebuild(till.db, till.identity)
        assert tables(till) == written
        assert count == journal.verify(till.db, till.identity)
        made = sum(step in {sell_cash, sell_alipay, pay_back} for step in steps)
        made += 2 * sum(step in {take_back, correct} for step in steps)
        assert len(written["sales"]) == made
        till.close()


@pytest.fixture
def busy(world: World, till: Till) -> Till:
    """A till after one of each step, and another look when no request can arrive any more."""
    for step in [*STEPS, look_after]:
        step(world, till)
    shifts.close_shift(till, Money(5_000))
    close_day(till, MORNING.date(), by=BY_MEI)
    return till


@pytest.fixture
def sold(world: World, till: Till) -> Till:
    """A till after one of each step of selling."""
    for step in [
        sell_cash,
        sell_alipay,
        decline,
        lose,
        pay_back,
        take_back,
        look_after,
        wait,
        change_shift,
        look_after,
    ]:
        step(world, till)
    return till


@pytest.mark.parametrize("table", sorted({*projections.TABLES} - {"return_refunds", "unsold"}))  # may be empty here
def test_a_table_that_was_spoilt_is_mended_by_the_rebuild(busy: Till, table: str) -> None:
    good = tables(busy)
    assert good[table]
    with sqlite.connect(str(busy.settings.data_dir / "till.db"), isolation_level=None) as vandal:
        vandal.execute(f"DELETE FROM {table}")
        vandal.execute("UPDATE totals SET amount_fen = amount_fen + 1")
    vandal.close()
    assert tables(busy) != good
    with transaction(busy.db):
        projections.rebuild(busy.db, busy.identity)
    assert tables(busy) == good


def test_a_rebuild_that_is_broken_off_changes_nothing(busy: Till) -> None:
    def rebuild_in_vain() -> None:
        with transaction(busy.db):
            projections.rebuild(busy.db, busy.identity)
            raise LookupError

    good = tables(busy)
    with pytest.raises(LookupError):
        rebuild_in_vain()
    assert tables(busy) == good


ONLY_KEPT = {
    "orphan.cancelled", "epoch.begun", "cart.suspended", "cart.resumed", "cart.discarded",
}  # fmt: skip


def test_every_kind_of_fact_has_a_table(busy: Till) -> None:
    """A day with one of each step writes each kind there is; a new kind without a fold would raise here."""
    kinds = Counter(kind for (kind,) in busy.db.execute("SELECT kind FROM journal"))
    assert set(kinds) == set(projections._PROJECT) - ONLY_KEPT


def test_a_fact_that_cannot_be_projected_is_not_in_the_journal_either(till: Till) -> None:
    before = journal.head(till.db, 1)
    body = {"shift_id": "s", "cashier": "1", "business_day": "2026-11-23", "opened_at": ""}  # no float_fen
    with pytest.raises(KeyError), transaction(till.db):
        projections.record(till.db, till.identity, Fact("shift.opened", "new", MORNING, body))
    assert journal.head(till.db, 1) == before


def test_the_figures_of_a_day_are_what_was_rung_up(sold: Till) -> None:
    """Worked by hand: water 2.00 x 2, noodles 4.50 less 10 %, apples 11.98; four teas at 199.99, two and 4.00 back."""
    totals = {kind: (count, fen) for _, _, kind, count, fen in tables(sold)["totals"]}
    assert totals["cash"] == (1, 400 + 405 + 1198)
    assert totals["alipay"] == (4, 4 * 19_999)
    assert totals["refund"] == (4, 300 + 100 + 2 * 19_999)
    assert totals["cash_back"] == (1, 19_999)
    assert totals["sale"] == (5, 2003 + 4 * 19_999)
    assert (totals["return"], totals["return_tax"]) == ((2, 2 * 19_999), (2, 2 * 2301))
    assert {TenderKind.CASH, TenderKind.ALIPAY} <= set(totals)
    assert totals["discount"] == (1, 45)
    # 13 % inside 8.05: 0.93; 9 % inside 11.98: 0.99; 13 % inside 199.99: 23.01.
    assert totals["tax"] == (5, 93 + 99 + 4 * 2301)
    assert tables(sold)["stock"] == [("600101", -2), ("600102", -1), ("600103", -1000), ("600104", -2)]


def test_a_sale_told_twice_to_the_tables_is_refused_whole(till: Till) -> None:
    sell_cash(World(till.settings.data_dir), till)
    good = tables(till)
    entry = list(journal.entries(till.db, till.identity.name, 1))[-1]
    with pytest.raises((PosError, sqlite.IntegrityError)), transaction(till.db):
        projections.project(till.db, entry)
    assert tables(till) == good

"""The day book takes each entry for what it is, passes over what it does not know, and is made again when need be."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pysqlite3.dbapi2 as sqlite
import pytest
from sqlite_utils import Database

from pos.domain.cart import Cart
from pos.domain.daybook import Tally
from pos.domain.entry import GENESIS, JournalEntry
from pos.domain.money import Money
from pos.storage import daybook, sales
from pos.storage.catalogue import apply_feed
from pos.storage.database import transaction
from pos.till import sell
from pos.till.figures.today import trust
from pos.till.till import Till
from tests.fake_time import MORNING
from tests.fakes import SHELF, WATER, World


@pytest.fixture
def cart_of(till: Till) -> Callable[..., Cart]:
    """Makes carts."""

    def make(*texts: str) -> Cart:
        cart = sell.new_cart(till)
        for text in texts:
            sell.scan(till, cart, text)
        return cart

    return make


HEAD = {"business_day": "2026-11-23", "shift_id": "s", "cashier": "1001"}


def take(till: Till, kind: str, body: dict[str, Any], seq: int = 900) -> None:
    """Give the day book an entry of another part of the till, as that part writes it."""
    entry = JournalEntry.make(
        till="0017-03",
        epoch=1,
        seq=seq,
        id=f"id-{seq}",
        at=MORNING,
        kind=kind,
        version=1,
        body=HEAD | body,
        prev=GENESIS,
    )
    with transaction(till.db):
        daybook.count(till.db, entry, entry.facts)


def rows(till: Till, query: str) -> list[tuple[Any, ...]]:
    """What a query finds."""
    return [tuple(row) for row in till.db.execute(query).fetchall()]


def returned(sale_id: str, **changes: object) -> dict[str, Any]:
    """One of three waters comes back: 2.00, which had cost 1.20; its refund goes by Alipay."""
    line = {
        "sale_line_no": 1,
        "sku": "600101",
        "name": "农夫山泉 550ml",
        "quantity": 1,
        "unit": "piece",
        "amount_fen": 200,
    }
    return {
        "return_id": "r", "return_no": "0017-03-20261123-R0001", "sale_id": sale_id, "receipt_no": "", "basis": "sale",
        "completed_at": "2026-11-23T02:10:00.000Z", "total_fen": 200, "lines": [line], "approver": "9001",
        "paybacks": [{"refund_id": "back"}], "reason": "破损",
    } | changes  # fmt: skip


def test_a_return_takes_off_goods_money_and_cost_and_its_refund_counts_no_second_time(
    till: Till, cart_of: Callable[..., Cart]
) -> None:
    apply_feed(till.prices, [SHELF[0] | {"cost_fen": 120}], [], "2")
    sale = sell.pay_cash(till, cart_of(WATER, WATER, WATER), Money(1000))
    take(till, "return.completed", returned(sale.id))
    take(till, "refund.done", {"refund_id": "back", "amount_fen": 200, "changed_at": "2026-11-23T02:11:00.000Z"}, 901)
    found = rows(till, "SELECT kind, total_fen, costed_fen, cost_fen FROM daybook ORDER BY at")
    assert found == [("sale", 600, 600, 360), ("return", 200, 200, 120)]
    assert rows(till, "SELECT sku, quantity, amount_fen FROM goods_days") == [("600101", 2, 400)]
    assert rows(till, "SELECT tally, count, amount FROM tallies WHERE tally IN ('return', 'refund')") == [
        ("return", 1, 200)
    ]
    assert rows(till, "SELECT kind, approver, words FROM unusual WHERE seq = 900") == [("return", "9001", "破损")]


def test_a_share_of_what_goods_had_cost_is_rounded_as_money_is(till: Till, cart_of: Callable[..., Cart]) -> None:
    """A water cost 0.33; of three, 0.99, two thirds are 0.66. Of two at 0.75 in all, half is 0.375: 0.38."""
    apply_feed(till.prices, [SHELF[0] | {"cost_fen": 33}], [], "2")
    first = sell.pay_cash(till, cart_of(WATER, WATER, WATER), Money(1000))
    second = sell.pay_cash(till, cart_of(WATER, WATER), Money(1000))
    with transaction(till.db):
        till.db.execute("UPDATE sale_lines SET cost_fen = 75 WHERE sale_id = ?", [second.id])
    line = returned("")["lines"][0]
    take(till, "return.completed", returned(first.id, lines=[line | {"quantity": 2, "amount_fen": 400}]), 900)
    take(till, "return.completed", returned(second.id), 901)
    assert rows(till, "SELECT cost_fen FROM daybook WHERE kind = 'return' ORDER BY seq") == [(66,), (38,)]


@pytest.mark.parametrize("end", ["payment.cancelling", "payment.dead"])
def test_money_without_a_sale_is_looked_for_until_it_goes_back(till: Till, end: str) -> None:
    paid = {"attempt_id": "a", "sale_id": "none", "amount_fen": 200, "started_at": "2026-11-23T02:00:00.000Z",
            "changed_at": "2026-11-23T02:00:02.000Z", "out_trade_no": "o"}  # fmt: skip
    take(till, "payment.settled", paid, 900)
    assert rows(till, "SELECT attempt_id FROM unsold") == [("a",)]
    take(till, end, paid, 901)
    assert rows(till, "SELECT attempt_id FROM unsold") == []


def test_goods_without_a_receipt_are_returned_unproven_and_their_cost_is_not_guessed(till: Till) -> None:
    take(till, "return.completed", returned("", basis="nothing", paybacks=[]))
    assert rows(till, "SELECT costed_fen, cost_fen FROM daybook") == [(0, 0)]
    assert rows(till, "SELECT kind FROM unusual") == [("return_unproven",)]


@pytest.mark.parametrize(
    ("kind", "tally"),
    [("cash.in", "cash_in"), ("cash.out", "cash_out"), ("cash.drop", "cash_drop"), ("cash.opened", "no_sale")],
)
def test_what_moves_in_a_drawer_is_counted_by_person(till: Till, kind: str, tally: str) -> None:
    take(till, kind, {"cash_id": "c", "amount_fen": 500, "reason": "买笔", "approver": ""})
    assert rows(till, "SELECT cashier, tally, count, amount FROM tallies") == [("1001", tally, 1, 500)]
    assert rows(till, "SELECT kind, amount_fen, words FROM unusual") == [(tally, 500, "买笔")]


@pytest.mark.parametrize("kind", ["approval.given", "approval.refused", "tender.corrected"])
def test_what_somebody_had_to_allow_is_on_the_list(till: Till, kind: str) -> None:
    take(till, kind, {"actor": "1001", "approver": "9001", "amount_fen": 100, "reason": "x", "receipt_no": "r"})
    told = [("approval" if kind == "approval.given" else kind.replace(".", "_"), "1001", "9001", 100)]
    assert rows(till, "SELECT kind, cashier, approver, amount_fen FROM unusual") == told


def test_a_kind_nobody_here_knows_is_passed_over(till: Till) -> None:
    before = [rows(till, f"SELECT count(*) FROM {table}") for table in daybook.TABLES]
    take(till, "fridge.opened", {"degrees": 9})
    assert [rows(till, f"SELECT count(*) FROM {table}") for table in daybook.TABLES] == before


def test_a_till_of_an_older_fold_is_folded_again_when_it_opens(
    world: World, till: Till, cart_of: Callable[..., Cart]
) -> None:
    sell.pay_cash(till, cart_of(WATER), Money(1000))
    good = {table: sorted(rows(till, f"SELECT * FROM {table}")) for table in daybook.TABLES}
    with transaction(till.db):
        till.db.execute("UPDATE daybook_fold SET fold = 0")
        for table in daybook.TABLES:
            till.db.execute(f"DELETE FROM {table}")
    till.close()
    again = world.open()
    assert {table: sorted(rows(again, f"SELECT * FROM {table}")) for table in daybook.TABLES} == good
    assert daybook.is_caught_up(again.db)


def test_a_fault_in_the_day_book_stops_no_sale_and_is_told(
    world: World,
    till: Till,
    cart_of: Callable[..., Cart],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def half_and_then_no_more(db: Database, entry: JournalEntry, body: dict[str, Any]) -> None:
        daybook._tally(db, body, Tally.SALE, 1)
        raise KeyError(entry.kind)

    sell.pay_cash(till, cart_of(WATER), Money(1000))
    with monkeypatch.context() as broken:
        broken.setitem(daybook._FOLDS, "sale.completed", half_and_then_no_more)
        sale = sell.pay_cash(till, cart_of(WATER, WATER), Money(1000))
        assert "is left out" in caplog.text
        caplog.clear()
    assert sales.find_sale(till.db, sale.id) is not None
    assert rows(till, "SELECT total_fen FROM daybook") == [(200,)]
    assert rows(till, "SELECT count, amount FROM tallies WHERE tally = 'sale'") == [(1, 200)]
    assert not trust(till).is_whole
    till.close()
    monkeypatch.setattr(daybook, "FOLD", daybook.FOLD + 1)
    again = world.open()
    assert trust(again).is_whole
    assert rows(again, "SELECT total_fen FROM daybook ORDER BY seq") == [(200,), (400,)]


def test_an_entry_nobody_can_read_is_left_out(till: Till) -> None:
    entry = JournalEntry.make(till="0017-03", epoch=1, seq=900, id="x", at=MORNING, kind="sale.completed", version=1,
                              body=HEAD, prev=GENESIS)  # fmt: skip
    with transaction(till.db):
        daybook.count(till.db, replace(entry, body=b"\xff{"))
    assert rows(till, "SELECT count(*) FROM daybook") == [(0,)]
    assert not daybook.is_whole(till.db)


def test_a_disk_without_room_for_figures_lets_the_till_open(
    world: World, till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    def is_full(_db: Database, _till: str) -> bool:
        error = sqlite.OperationalError("database or disk is full")
        error.sqlite_errorcode = 13
        raise error

    till.close()
    monkeypatch.setattr(daybook, "FOLD", daybook.FOLD + 1)
    monkeypatch.setattr(daybook, "catch_up", is_full)
    again = world.open()
    cart = sell.new_cart(again)
    sell.scan(again, cart, WATER)
    assert sell.pay_cash(again, cart, Money(1000)).receipt_no
    assert not trust(again).is_whole

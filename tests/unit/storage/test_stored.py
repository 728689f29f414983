"""What the tables keep comes back as the value it was: sales, attempts, shifts, totals, drafts and staff."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pysqlite3.dbapi2 as sqlite
import pytest
from sqlite_utils import Database

from pos.domain import facts
from pos.domain.cart import Cart
from pos.domain.cart_line import Discount
from pos.domain.member import Member
from pos.domain.money import ZERO, Money
from pos.domain.payment import AttemptState
from pos.domain.pin import Tries
from pos.domain.quantity import Quantity, Unit
from pos.domain.staff import Cashier, Role
from pos.storage import drafts, journal, payments, preferences, projections, sales, shifts, staff, totals
from pos.storage.database import transaction
from pos.storage.self_check import check_all
from pos.storage.totals import Total
from pos.till import audit, pay, resolve, sell
from pos.till import shifts as shift_verbs
from pos.till.till import Till
from tests.audit import check_books
from tests.fake_time import MORNING
from tests.fakes import LIN, NOODLES, TEA, WATER, World

DAY = date(2026, 11, 23)


def cart_of(till: Till, *texts: str) -> Cart:
    cart = sell.new_cart(till)
    for text in texts:
        sell.scan(till, cart, text)
    return cart


# Sales


def test_a_sale_comes_back_as_it_was_made(world: World, till: Till) -> None:
    cart = cart_of(till, WATER, "600103", WATER)
    cart.set_quantity(2, 750)
    in_cash = sell.pay_cash(till, cart, Money(5000))
    paid = pay.charge(till, cart_of(till, TEA), world.alipay.show_code())
    assert isinstance(paid, pay.Settled)
    for sale in (in_cash, paid.sale):
        assert sales.find_sale(till.db, sale.id) == sale
    assert sales.find_sale(till.db, "none") is None


def test_a_sale_comes_back_with_all_that_was_taken_off(till: Till) -> None:
    """Two waters less 10 % and an apple label less its share of the order's 0.30: 8.30, paid 8.00."""
    till.settings = replace(till.settings, till=replace(till.settings.till, cash_rounding_fen=50))
    cart = cart_of(till, WATER, WATER)
    cart.set_discount(1, Discount(percent=10))
    apples = sell.search(till, "600103")[0]
    cart.add(apples, Quantity(400, Unit.GRAM), label_amount=Money(500), tare_g=5, lot="B7", expires_on=DAY)
    cart.set_order_discount(Discount(amount=Money(30)))
    cart.set_member(Member("8001", "王*", "gold"))
    assert sell.cash_due(till, cart) == Money(800)
    sale = sell.pay_cash(till, cart, Money(1000))
    assert (sale.total, sale.rounding, sale.savings, sale.change) == (Money(800), Money(-30), Money(70), Money(200))
    assert (sale.member, sale.member_level, sum(tax.gross.fen for tax in sale.taxes)) == ("8001", "gold", 830)
    assert [(each.kind, each.amount.fen) for each in sale.lines[0].reductions] == [
        ("manual_line", 40),
        ("manual_order", 13),  # 30 * 360 / 860 = 12.56
    ]
    assert sales.find_sale(till.db, sale.id) == sale
    assert sales.sum_of_lines(till.db) == Money(800)
    found = totals.totals_of_day(till.db, DAY)
    assert (found["discount"], found["rounding"], found["cash"]) == (
        Total(1, Money(70)), Total(1, Money(-30)), Total(1, Money(800)),
    )  # fmt: skip
    assert not audit.audit(till)
    check_books(till)
    assert check_all(till.db, till.identity) == 2
    with transaction(till.db):
        before = tables_of_sales(till.db)
        projections.rebuild(till.db, till.identity)
    assert tables_of_sales(till.db) == before


def tables_of_sales(db: Database) -> list[list[tuple[object, ...]]]:
    return [db.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in projections.TABLES]


def test_a_sale_of_an_older_till_is_read_as_if_nothing_was_taken_off(till: Till) -> None:
    sale = sell.pay_cash(till, cart_of(till, WATER), Money(200))
    new = {"rounding_fen", "rules_version", "member", "member_level", "coupons"}
    of_line = {"list_price_fen", "gross_fen", "reductions", "tare_g", "lot", "expires_on", "pack"}
    of_line |= {"department", "cost_fen"}
    body = {key: value for key, value in facts.sale_facts(sale).items() if key not in new}
    body["lines"] = [
        {key: value for key, value in line.items() if key not in of_line} for line in facts.sale_told(body)["lines"]
    ]
    body |= {"sale_id": "old", "receipt_no": "0017-03-20261123-0002", "counter": 2}
    with transaction(till.db):
        projections.record(till.db, till.identity, journal.Fact(facts.SALE_COMPLETED, "old", MORNING, body, version=1))
    found = sales.find_sale(till.db, "old")
    assert found is not None
    assert found.lines == tuple(replace(line, department="", cost=None) for line in sale.lines)
    assert found.total == sale.total
    assert not audit.audit(till)
    assert check_all(till.db, till.identity) == 3


def test_the_counter_of_a_day_goes_on_where_its_sales_end(till: Till) -> None:
    assert sales.next_counter(till.db, DAY) == 1
    sell.pay_cash(till, cart_of(till, WATER), Money(200))
    assert sales.next_counter(till.db, DAY) == 2
    assert sales.next_counter(till.db, DAY + timedelta(days=1)) == 1


def test_the_last_sale_is_the_one_made_last_whatever_the_clock_said(world: World, till: Till) -> None:
    assert sales.last_sale(till.db) is None
    shift_verbs.close_shift(till, ZERO)
    world.clock.set(MORNING + timedelta(days=400))  # somebody set the clock a year ahead
    shift_verbs.open_shift(till, LIN, ZERO)
    sell.pay_cash(till, cart_of(till, NOODLES), Money(450))
    shift_verbs.close_shift(till, ZERO)
    world.clock.set(MORNING + timedelta(hours=1))
    shift_verbs.open_shift(till, LIN, ZERO)
    last = sell.pay_cash(till, cart_of(till, WATER), Money(200))
    assert sales.last_sale(till.db) == last


def test_no_two_sales_share_a_receipt(till: Till) -> None:
    sell.pay_cash(till, cart_of(till, WATER), Money(200))
    sell.pay_cash(till, cart_of(till, WATER), Money(200))
    with pytest.raises(sqlite.IntegrityError), transaction(till.db):
        till.db.execute("UPDATE sales SET counter = 1")
    with pytest.raises(sqlite.IntegrityError), transaction(till.db):
        till.db.execute("UPDATE sales SET receipt_no = 'same'")


def test_the_lines_add_up_to_what_was_sold(till: Till) -> None:
    assert sales.sum_of_lines(till.db) == ZERO
    sell.pay_cash(till, cart_of(till, WATER, NOODLES), Money(1000))
    assert sales.sum_of_lines(till.db) == Money(650)


# Attempts


def test_attempts_are_listed_by_where_they_stand(world: World, till: Till) -> None:
    carts = {name: cart_of(till, WATER) for name in ("waiting", "declined", "sold", "unclaimed")}
    pay.charge(till, carts["waiting"], world.alipay.show_code("a", must_confirm=True))
    pay.charge(till, carts["declined"], world.alipay.show_code("b", sub_code="ACQ.BUYER_BANKCARD_BALANCE_NOT_ENOUGH"))
    pay.charge(till, carts["sold"], world.alipay.show_code("c"))
    world.alipay.lose_next_reply()
    world.alipay.lose_next_reply()
    pay.charge(till, carts["unclaimed"], world.alipay.show_code("d"))
    waiting = payments.list_live(till.db, carts["waiting"].sale_id)
    resolve.resolve(till, watched_id=waiting[0].id)

    states = {name: [each.state for each in payments.list_live(till.db, cart.sale_id)] for name, cart in carts.items()}
    assert states == {
        "waiting": [AttemptState.SENT],
        "declined": [],
        "sold": [AttemptState.PAID],
        "unclaimed": [AttemptState.PAID],
    }
    open_of = [each.sale_id for each in payments.list_open(till.db)]
    assert open_of == [carts["waiting"].sale_id, carts["declined"].sale_id]
    assert [each.sale_id for each in payments.list_paid_without_sale(till.db)] == [carts["unclaimed"].sale_id]
    assert payments.find_attempt(till.db, waiting[0].id) == waiting[0]
    assert payments.find_attempt(till.db, "none") is None


# Shifts and totals


def test_a_shift_is_open_until_it_is_closed(till: Till) -> None:
    opened = shifts.find_open_shift(till.db)
    assert opened
    assert (opened.cashier, opened.business_day, opened.opening_float) == ("1001", DAY, Money(10_000))
    shift_verbs.close_shift(till, Money(10_000))
    assert shifts.find_open_shift(till.db) is None


def test_totals_are_kept_by_day_and_by_shift(till: Till) -> None:
    first = shift_verbs.current_shift(till)
    assert first
    sell.pay_cash(till, cart_of(till, WATER), Money(1000))
    shift_verbs.close_shift(till, Money(10_200))
    second = shift_verbs.open_shift(till, LIN, Money(100))
    sell.pay_cash(till, cart_of(till, NOODLES), Money(1000))
    assert totals.totals_of_shift(till.db, first.id)["sale"] == Total(1, Money(200))
    assert totals.totals_of_shift(till.db, second.id)["cash"] == Total(1, Money(450))
    assert totals.totals_of_day(till.db, DAY)["sale"] == Total(2, Money(650))
    assert totals.totals_of_day(till.db, DAY + timedelta(days=1)) == {}


# Drafts


def test_a_draft_is_replaced_found_and_dropped_with_its_sale(till: Till) -> None:
    for texts in ((WATER,), (WATER, NOODLES)):
        with transaction(till.db):
            drafts.save_draft(till.db, drafts.COUNTER, facts.cart_facts(cart_of(till, *texts)), MORNING)
    found = drafts.find_draft(till.db, drafts.COUNTER)
    assert found
    assert [line["text"] for line in found["lines"]] == [WATER, NOODLES]
    assert drafts.find_draft(till.db, "other") is None
    with transaction(till.db):
        drafts.drop_draft(till.db, "some other sale")
    assert drafts.find_draft(till.db, drafts.COUNTER) == found
    with transaction(till.db):
        drafts.drop_draft(till.db, found["sale_id"])
    assert drafts.find_draft(till.db, drafts.COUNTER) is None


# Staff


def put(db: Database, number: str = "1001", name: str = "林小雨") -> None:
    with transaction(db):
        staff.put_staff(db, Cashier(number, name, Role.MANAGER), "hash of " + name)


def test_a_person_comes_back_with_what_the_pin_is_checked_against(db: Database) -> None:
    with transaction(db):
        staff.put_staff(db, Cashier("9001", "梅店长", Role.MANAGER), "hash", "hash of the unlock code")
        staff.put_staff(db, LIN, "old hash")
        staff.keep_pin_hash(db, LIN.number, "new hash")
    mei = staff.StaffRow(Cashier("9001", "梅店长", Role.MANAGER), "hash", "hash of the unlock code")
    assert staff.find_staff(db, "9001") == mei
    assert staff.list_staff(db) == [staff.StaffRow(LIN, "new hash", ""), mei]
    assert staff.find_staff(db, "9999") is None


def test_tries_are_kept_by_number_and_those_that_ran_out_are_forgotten(db: Database) -> None:
    with transaction(db):
        staff.keep_tries(db, "1001", Tries(500, 1000))
        staff.keep_tries(db, staff.THE_TILL, Tries(900, 1000))
    assert staff.find_tries(db, "1001") == Tries(500, 1000)
    with transaction(db):
        staff.keep_tries(db, staff.THE_TILL, Tries(400, 1500))
    assert staff.find_tries(db, "1001") == Tries()
    assert staff.find_tries(db, staff.THE_TILL) == Tries(400, 1500)


def test_a_new_pin_is_a_clean_slate_and_nobody_elses(db: Database) -> None:
    put(db)
    put(db, "1002", "王强")
    with transaction(db):
        for number in ("1001", "1002"):
            staff.keep_tries(db, number, Tries(500, 0))
    put(db, name="林大雨")
    found = staff.find_staff(db, "1001")
    assert found
    assert found.cashier.name == "林大雨"
    assert staff.find_tries(db, "1001") == Tries()
    assert staff.find_tries(db, "1002") == Tries(500, 0)


def test_what_changes_rows_outside_a_transaction_is_a_bug(db: Database) -> None:
    steps: list[Callable[[], None]] = [
        lambda: staff.put_staff(db, LIN, ""),
        lambda: staff.keep_pin_hash(db, "1001", ""),
        lambda: staff.keep_tries(db, "1001", Tries()),
        lambda: staff.forget_tries(db, "1001"),
        lambda: drafts.save_draft(db, "counter", {}, MORNING),
        lambda: drafts.drop_draft(db, "x"),
    ]
    for step in steps:
        with pytest.raises(AssertionError):
            step()


# Preferences


def test_a_preference_is_the_last_one_kept_and_what_the_disk_changed_is_none(till: Till) -> None:
    assert preferences.find_preference(till.db, "keys") is None
    for keys in ({"pay": "F12"}, {"pay": "+", "help": ["F1"]}):
        with till.transaction():
            preferences.keep_preference(till.db, "keys", keys, MORNING)
    assert preferences.find_preference(till.db, "keys") == {"pay": "+", "help": ["F1"]}
    assert preferences.find_preference(till.db, "tiles") is None
    till.db.execute("UPDATE preferences SET body = CAST(x'7b22ff' AS TEXT)")
    assert preferences.find_preference(till.db, "keys") is None

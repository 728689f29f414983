"""From a scanned text to a sale on disk: whole, once, and numbered without a gap."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pos.domain import facts
from pos.domain.cart import MAX_LINES, Cart
from pos.domain.code import CodeKind
from pos.domain.errors import (
    CartFull,
    CartNotPayable,
    CommitUnknown,
    DiskFull,
    NotEnoughTendered,
    PosError,
    QuantityOutOfRange,
    SaleIsBeingPaid,
    WeightMissing,
)
from pos.domain.money import ZERO, Money
from pos.domain.quantity import Quantity, Unit
from pos.domain.sale import Tender, TenderKind
from pos.domain.shelves import Shelf
from pos.storage import catalogue, drafts, journal, sales
from pos.till import pay, resolve, sell
from pos.till.till import Till
from tests.audit import check_books
from tests.fake_alipay import FakeAlipay
from tests.fakes import NOODLES, SHELF, TEA, WATER, World, fail_next_commit, goods

CartOf = Callable[..., Cart]


# Scanning


def test_a_barcode_makes_a_line_and_again_lengthens_it(till: Till) -> None:
    cart = sell.new_cart(till)
    for pieces in (1, 2, 3):
        scanned = sell.scan(till, cart, WATER)
        assert scanned.line
        assert scanned.line.quantity == Quantity(pieces)
    assert (len(cart.lines), cart.total) == (1, Money(600))
    assert cart.lines[0].text == WATER


@pytest.mark.parametrize(
    ("text", "sku"),
    [
        (WATER, "600101"),
        (f" {WATER}\r\n", "600101"),
        (TEA, "600104"),  # EAN-8
        ("600103", "600103"),  # the store's own number
        ("012345678905", "upc"),  # UPC-A, which the catalogue keeps as EAN-13
        ("0012345678905", "upc"),
        ("LOCAL-7", "local"),  # a code of the store's own making
    ],
)
def test_a_text_finds_its_product(till: Till, text: str, sku: str) -> None:
    extra = [goods("upc", "进口饼干", 990, "0012345678905"), goods("local", "散装糖", 100, "LOCAL-7")]
    catalogue.apply_feed(till.prices, extra, [], "2")
    line = sell.scan(till, sell.new_cart(till), text).line
    assert line
    assert line.product
    assert line.product.sku == sku


def test_what_is_weighed_costs_nothing_and_blocks_payment_until_somebody_weighs_it(till: Till) -> None:
    cart = sell.new_cart(till)
    sell.scan(till, cart, "600103")
    sell.scan(till, cart, "600103")
    assert ([line.line_no for line in cart.unweighed_lines], cart.total, cart.is_payable) == ([1, 2], Money(0), False)
    with pytest.raises(WeightMissing) as refused:
        sell.pay_cash(till, cart, Money(10_000))
    assert refused.value.facts == {"count": 2, "name": "红富士苹果"}
    cart.set_quantity(1, 250)
    assert (cart.total, len(cart.unweighed_lines)) == (Money(300), 1)  # 11.98 x 0.250 = 2.995, halves up
    cart.set_tare(2, 15)
    assert cart.line(2).needs_weight
    sell.keep_draft(till, facts.cart_facts(cart))
    assert sell.restore_cart(till) == cart
    cart.set_quantity(2, 1000, tare_g=15)
    assert sell.pay_cash(till, cart, Money(10_000)).total == Money(300 + 1198)


def test_a_text_nobody_knows_is_a_line_that_blocks_payment(till: Till, alipay: FakeAlipay) -> None:
    cart = sell.new_cart(till)
    sell.scan(till, cart, WATER)
    line = sell.scan(till, cart, "6900000000014").line
    assert line
    assert (line.is_unknown, line.text) == (True, "6900000000014")
    with pytest.raises(CartNotPayable):
        sell.pay_cash(till, cart, Money(10_000))
    with pytest.raises(CartNotPayable):
        pay.charge(till, cart, alipay.show_code())
    cart.remove(line.line_no)
    assert sell.pay_cash(till, cart, Money(200)).total == Money(200)
    assert alipay.calls == []


def test_a_payment_code_is_no_product(till: Till, alipay: FakeAlipay) -> None:
    cart = sell.new_cart(till)
    scanned = sell.scan(till, cart, alipay.show_code())
    assert (scanned.line, scanned.code.kind, cart.lines) == (None, CodeKind.PAYMENT, [])


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=40) | st.from_regex(r"[0-9]{7,14}", fullmatch=True))
def test_whatever_is_scanned_gives_a_line_a_payment_code_or_an_error_of_ours(till: Till, text: str) -> None:
    cart = sell.new_cart(till)
    try:
        scanned = sell.scan(till, cart, text)
    except PosError:
        assert cart.lines == []
    else:
        assert (scanned.line is None) is (scanned.code.kind is CodeKind.PAYMENT)
        sell.keep_draft(till, facts.cart_facts(cart))
        restored = sell.restore_cart(till)
        assert restored
        assert restored.lines == cart.lines


def test_a_stuck_scanner_stops_at_a_full_cart(till: Till) -> None:
    cart = sell.new_cart(till)
    for number in range(MAX_LINES):
        sell.scan(till, cart, f"unknown {number}")
    with pytest.raises(CartFull):
        sell.scan(till, cart, "one more")
    assert len(cart.lines) == MAX_LINES


def test_a_full_cart_can_be_sold(till: Till, cart_of: CartOf) -> None:
    sale = sell.pay_cash(till, cart_of(*["600103"] * MAX_LINES), Money(1_000_000))
    assert (len(sale.lines), sale.total) == (MAX_LINES, Money(1198 * MAX_LINES))
    assert sales.find_sale(till.db, sale.id) == sale
    check_books(till)


def test_too_many_of_one_thing_leave_the_cart_as_it_was(till: Till, cart_of: CartOf) -> None:
    cart = cart_of(WATER)
    cart.set_quantity(1, 9999)
    with pytest.raises(QuantityOutOfRange):
        sell.scan(till, cart, WATER)
    assert cart.lines[0].quantity == Quantity(9999)


def test_goods_are_found_by_searching_and_by_shelf(till: Till) -> None:
    (noodles,) = sell.search(till, "hsn")
    cart = sell.new_cart(till)
    sell.add_product(cart, noodles)
    assert cart.lines[0].text == NOODLES
    catalogue.keep_rules(till.prices, "1-aaaa", {"shelves": [{"name": "饮料", "name_en": "Drinks"}]})
    assert sell.shelves(till) == [Shelf("饮料", "Drinks"), Shelf("食品"), Shelf("水果")]
    (apples,) = sell.shelf(till, "水果")
    assert sell.add_product(cart, apples).quantity == Quantity(1000, Unit.GRAM)


# Cash


def test_cash_makes_a_sale_with_change(till: Till, cart_of: CartOf) -> None:
    cart = cart_of(WATER, NOODLES)
    sale = sell.pay_cash(till, cart, Money(1000))
    assert (sale.id, sale.total, sale.change) == (cart.sale_id, Money(650), Money(350))
    assert sale.tenders == (Tender(TenderKind.CASH, Money(650), Money(1000)),)
    assert (sale.receipt_no, sale.cashier) == ("0017-03-20261123-0001", "1001")
    assert sales.find_sale(till.db, sale.id) == sale
    check_books(till)


@pytest.mark.parametrize("handed_over", [649, 0, -1000])
def test_too_little_is_no_sale(till: Till, cart_of: CartOf, handed_over: int) -> None:
    cart = cart_of(WATER, NOODLES)
    with pytest.raises(NotEnoughTendered):
        sell.pay_cash(till, cart, Money(handed_over))
    assert check_books(till).sales == {}


def test_an_empty_cart_is_no_sale(till: Till) -> None:
    with pytest.raises(CartNotPayable):
        sell.pay_cash(till, sell.new_cart(till), ZERO)


def test_paid_twice_it_is_one_sale(till: Till, cart_of: CartOf) -> None:
    cart = cart_of()
    first = sell.pay_cash(till, cart, Money(500))
    assert sell.pay_cash(till, cart, Money(200)) == first
    assert sell.commit_sale(till, cart.sale_id, lambda: sell.write_sale(till, cart, [])) == first
    assert list(check_books(till).sales) == [cart.sale_id]


def test_a_sale_that_alipay_paid_is_not_paid_again_in_cash(till: Till, alipay: FakeAlipay, cart_of: CartOf) -> None:
    cart = cart_of()
    settled = pay.charge(till, cart, alipay.show_code())
    assert isinstance(settled, pay.Settled)
    with pytest.raises(SaleIsBeingPaid):
        sell.pay_cash(till, cart, Money(200))
    assert check_books(till).sold_fen == 200


@pytest.mark.parametrize("state", ["waiting", "unknown", "unclaimed"])
def test_cash_waits_for_an_attempt_that_may_yet_be_paid(
    till: Till, alipay: FakeAlipay, cart_of: CartOf, state: str
) -> None:
    cart = cart_of()
    if state != "waiting":
        alipay.lose_next_reply()
        alipay.lose_next_reply()
    pay.charge(till, cart, alipay.show_code(must_confirm=state == "waiting"))
    if state == "unclaimed":
        resolve.resolve(till)
    with pytest.raises(SaleIsBeingPaid):
        sell.pay_cash(till, cart, Money(200))
    assert check_books(till).sales == {}


def test_receipts_are_numbered_without_a_gap_though_some_sales_fail(till: Till, cart_of: CartOf) -> None:
    numbers = []
    for round_no in range(6):
        if round_no % 2:
            fail_next_commit(till.db, on_disk=False)
            with pytest.raises(CommitUnknown):
                sell.pay_cash(till, cart_of(), Money(200))
        numbers.append(sell.pay_cash(till, cart_of(), Money(200)).counter)
    assert numbers == [1, 2, 3, 4, 5, 6]


def test_the_price_on_the_receipt_is_the_price_that_was_scanned(till: Till, cart_of: CartOf) -> None:
    cart = cart_of(WATER)
    catalogue.apply_feed(till.prices, [goods("600101", "农夫山泉 550ml", 999, WATER)], [], "2")
    sale = sell.pay_cash(till, cart, Money(200))
    assert (sale.total, sale.lines[0].price) == (Money(200), Money(200))


# Commits that raise


def test_a_commit_that_raised_but_is_on_disk_is_a_sale(till: Till, cart_of: CartOf) -> None:
    cart = cart_of()
    fail_next_commit(till.db, on_disk=True)
    sale = sell.pay_cash(till, cart, Money(500))
    assert (sale.id, sale.change) == (cart.sale_id, Money(300))
    assert sell.pay_cash(till, cart, Money(500)) == sale
    assert list(check_books(till).sales) == [cart.sale_id]


def test_a_commit_that_raised_and_is_not_on_disk_is_told_and_can_be_done_again(till: Till, cart_of: CartOf) -> None:
    cart = cart_of()
    fail_next_commit(till.db, on_disk=False)
    with pytest.raises(CommitUnknown):
        sell.pay_cash(till, cart, Money(500))
    assert check_books(till).sales == {}
    assert sell.pay_cash(till, cart, Money(500)).counter == 1
    assert list(check_books(till).sales) == [cart.sale_id]


def test_a_full_disk_sells_nothing_and_loses_nothing(till: Till, cart_of: CartOf) -> None:
    for _ in range(3):
        sell.pay_cash(till, cart_of(), Money(200))
    till.db.conn.execute(f"PRAGMA max_page_count={till.db.conn.execute('PRAGMA page_count').fetchone()[0]}")

    def sell_on() -> None:
        for _ in range(100):
            sell.pay_cash(till, cart_of(WATER, NOODLES), Money(1000))

    with pytest.raises(DiskFull):
        sell_on()
    sold = len(check_books(till).sales)
    assert 3 <= sold < 103
    till.db.conn.execute("PRAGMA max_page_count=1000000")
    assert sell.pay_cash(till, cart_of(), Money(200)).counter == sold + 1
    check_books(till)


# Drafts


def kept_lines(till: Till) -> Sequence[str]:
    cart = sell.restore_cart(till)
    return [line.text for line in cart.lines] if cart else []


def test_the_cart_on_the_counter_survives_a_crash(world: World, till: Till, cart_of: CartOf) -> None:
    cart = cart_of(WATER, NOODLES, "600103", "who knows", WATER)
    cart.set_quantity(3, 250)
    sell.keep_draft(till, facts.cart_facts(cart))
    again = world.open_anew()
    restored = sell.restore_cart(again)
    assert restored
    assert (restored.sale_id, restored.lines, restored.total) == (cart.sale_id, cart.lines, cart.total)
    again.close()


def test_a_restored_cart_keeps_the_price_the_customer_was_shown(till: Till, cart_of: CartOf) -> None:
    sell.keep_draft(till, facts.cart_facts(cart_of(WATER)))
    catalogue.apply_feed(till.prices, [goods("600101", "农夫山泉", 999, WATER)], [], "2")
    restored = sell.restore_cart(till)
    assert restored
    assert restored.total == Money(200)


def test_a_sale_takes_its_draft_with_it(till: Till, cart_of: CartOf) -> None:
    cart = cart_of()
    sell.keep_draft(till, facts.cart_facts(cart))
    sell.pay_cash(till, cart, Money(200))
    assert sell.restore_cart(till) is None


def test_a_draft_that_comes_after_its_sale_does_not_bring_the_goods_back(till: Till, cart_of: CartOf) -> None:
    cart = cart_of()
    late = facts.cart_facts(cart)
    sell.pay_cash(till, cart, Money(200))
    sell.keep_draft(till, late)
    assert sell.restore_cart(till) is None


def test_a_sale_leaves_the_draft_of_the_next_cart_alone(till: Till, cart_of: CartOf) -> None:
    first, second = cart_of(WATER), cart_of(NOODLES)
    sell.keep_draft(till, facts.cart_facts(second))
    sell.pay_cash(till, first, Money(200))
    assert kept_lines(till) == [NOODLES]


def test_an_emptied_cart_stays_empty(till: Till, cart_of: CartOf) -> None:
    cart = cart_of()
    cart.remove(1)
    sell.keep_draft(till, facts.cart_facts(cart))
    restored = sell.restore_cart(till)
    assert restored
    assert (restored.sale_id, restored.lines) == (cart.sale_id, [])


def test_a_cart_goes_to_disk_with_the_attempt_to_have_it_paid(till: Till, alipay: FakeAlipay, cart_of: CartOf) -> None:
    """Two lanes write: the last draft may still be under way when the money is asked for."""
    cart = cart_of(WATER, NOODLES)
    early = facts.cart_facts(cart_of(WATER)) | {"sale_id": cart.sale_id}
    sell.keep_draft(till, early)
    pay.charge(till, cart, alipay.show_code(must_confirm=True))
    sell.keep_draft(till, early)  # it was under way and comes late
    assert kept_lines(till) == [WATER, NOODLES]


def test_drafts_are_no_business_of_the_journal(till: Till, cart_of: CartOf) -> None:
    before = journal.head(till.db, 1)
    sell.keep_draft(till, facts.cart_facts(cart_of()))
    assert journal.head(till.db, 1) == before
    assert drafts.find_draft(till.db, drafts.COUNTER)


def test_every_product_on_the_shelf_can_be_sold(till: Till, cart_of: CartOf) -> None:
    sale = sell.pay_cash(till, cart_of(*(product["sku"] for product in SHELF)), Money(100_000))
    assert sale.total == Money(200 + 450 + 1198 + 19_999)
    check_books(till)


@pytest.mark.parametrize("on_disk", [False, True])
def test_a_doubtful_sale_stays_unknown_while_the_file_cannot_be_opened(
    till: Till, cart_of: CartOf, monkeypatch: pytest.MonkeyPatch, *, on_disk: bool
) -> None:
    """The old connection must not be asked: it may show a sale that a power cut takes away, or hide one that stands."""
    cart, whole = cart_of(), till.settings
    fail_next_commit(till.db, on_disk=on_disk)
    with monkeypatch.context() as patch:
        patch.setattr(till, "settings", replace(whole, data_dir=Path("/proc/nowhere")))
        with pytest.raises(CommitUnknown):
            sell.pay_cash(till, cart, Money(500))
    assert sell.pay_cash(till, cart, Money(500)).counter == 1
    assert list(check_books(till).sales) == [cart.sale_id]

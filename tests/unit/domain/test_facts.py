"""What the journal says of a sale, an attempt or a shift is what it was."""

import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain import facts
from pos.domain.cart import Cart
from pos.domain.cart_line import Discount
from pos.domain.cash import CashCount
from pos.domain.entry import canonical
from pos.domain.member import Member
from pos.domain.money import Money
from pos.domain.payment import AttemptState, PaymentAttempt
from pos.domain.product import Product, TaxCategory
from pos.domain.promotion import EMPTY_BOOK
from pos.domain.quantity import ONE, Quantity, Unit
from pos.domain.refund import Refund, RefundState
from pos.domain.sale import Sale, SaleLine, Tender, TenderKind, cash
from pos.domain.shift import Figure, LeftOpen, Shift, ShiftReport, report_from

GENERAL = TaxCategory("13", 130)
EXEMPT = TaxCategory("exempt", 0)
WATER = Product("100001", "饮用水550ml", "Water", Money(226), Unit.PIECE, GENERAL, "yys550ml", "饮料", "6961824500401")
PORK = Product("190001", "猪五花肉", "Pork belly", Money(3596), Unit.GRAM, EXEMPT, "zwhr", "肉禽蛋")
DAY = date(2026, 11, 23)
AT = datetime(2026, 11, 23, 4, 5, 6, 789_000, tzinfo=UTC)
SALE = Sale(
    "sale-1",
    "0017-03-20261123-0001",
    1,
    DAY,
    "shift-1",
    "1001",
    AT,
    (
        SaleLine(1, "100001", "6961824500401", "饮用水550ml", ONE, Money(226), Money(226), GENERAL, Money(226)),
        SaleLine(
            2, "190001", "190001", "猪五花肉", Quantity(250, Unit.GRAM), Money(3596), Money(899), EXEMPT, Money(3596)
        ),
    ),
    (
        Tender(TenderKind.ALIPAY, Money(1000), Money(1000), "attempt-1", "GT1", "2026112322001"),
        cash(Money(125), Money(200)),
    ),
)

texts = st.text(max_size=20)
products = st.builds(
    Product,
    sku=st.text(min_size=1, max_size=8),
    name=texts,
    name_en=texts,
    price=st.integers(0, 10**6).map(Money),
    unit=st.sampled_from(Unit),
    tax=st.builds(TaxCategory, texts, st.integers(0, 1000)),
    pinyin=texts,
    category=texts,
    barcode=texts,
)


SALE_TOLD = {
    "sale_id": "sale-1",
    "receipt_no": "0017-03-20261123-0001",
    "counter": 1,
    "business_day": "2026-11-23",
    "shift_id": "shift-1",
    "cashier": "1001",
    "completed_at": "2026-11-23T04:05:06.789Z",
    "total_fen": 1125,
    "rounding_fen": 0,
    "rules_version": "",
    "member": "",
    "member_level": "",
    "coupons": [],
    "lines": [
        {
            "line_no": 1,
            "sku": "100001",
            "barcode": "6961824500401",
            "name": "饮用水550ml",
            "quantity": 1,
            "unit": "piece",
            "price_fen": 226,
            "amount_fen": 226,
            "tax_code": "13",
            "tax_permille": 130,
            "list_price_fen": 226,
            "gross_fen": 226,
            "reductions": [],
            "tare_g": 0,
            "lot": "",
            "expires_on": "",
        },
        {
            "line_no": 2,
            "sku": "190001",
            "barcode": "190001",
            "name": "猪五花肉",
            "quantity": 250,
            "unit": "gram",
            "price_fen": 3596,
            "amount_fen": 899,
            "tax_code": "exempt",
            "tax_permille": 0,
            "list_price_fen": 3596,
            "gross_fen": 899,
            "reductions": [],
            "tare_g": 0,
            "lot": "",
            "expires_on": "",
        },
    ],
    "tenders": [
        {
            "kind": "alipay",
            "amount_fen": 1000,
            "handed_over_fen": 1000,
            "attempt_id": "attempt-1",
            "out_trade_no": "GT1",
            "trade_no": "2026112322001",
        },
        {
            "kind": "cash",
            "amount_fen": 125,
            "handed_over_fen": 200,
            "attempt_id": "",
            "out_trade_no": "",
            "trade_no": "",
        },
    ],
    "taxes": [
        {"code": "13", "permille": 130, "gross_fen": 226, "tax_fen": 26},
        {"code": "exempt", "permille": 0, "gross_fen": 899, "tax_fen": 0},
    ],
}


def test_a_sale_is_told_whole() -> None:
    assert facts.sale_facts(SALE) == SALE_TOLD


@pytest.mark.parametrize("state", AttemptState)
def test_an_attempt_is_told_as_it_stands(state: AttemptState) -> None:
    attempt = PaymentAttempt("a-1", "sale-1", Money(1250), state, AT, AT, "timeout", "2026112322001")
    assert facts.attempt_facts(attempt) == {
        "attempt_id": "a-1",
        "sale_id": "sale-1",
        "out_trade_no": "GTa1",
        "amount_fen": 1250,
        "state": state.value,
        "started_at": "2026-11-23T04:05:06.789Z",
        "changed_at": "2026-11-23T04:05:06.789Z",
        "reason": "timeout",
        "trade_no": "2026112322001",
        "way": "customer_code",
        "kind": "alipay",
    }


@pytest.mark.parametrize("state", RefundState)
def test_a_refund_is_told_as_it_stands(state: RefundState) -> None:
    refund = Refund("r-1", "sale-1", "0017-03-20261123-0001", "GTa1", Money(300), state, DAY, "shift-1", "1001", "退款",
                    AT, AT, "ACQ.TRADE_HAS_FINISHED", "9001")  # fmt: skip
    assert facts.refund_facts(refund) == {
        "refund_id": "r-1",
        "sale_id": "sale-1",
        "receipt_no": "0017-03-20261123-0001",
        "out_trade_no": "GTa1",
        "request_no": "GRr1",
        "amount_fen": 300,
        "state": state.value,
        "business_day": "2026-11-23",
        "shift_id": "shift-1",
        "cashier": "1001",
        "approver": "9001",
        "reason": "退款",
        "started_at": "2026-11-23T04:05:06.789Z",
        "changed_at": "2026-11-23T04:05:06.789Z",
        "refusal": "ACQ.TRADE_HAS_FINISHED",
    }


def test_a_shift_is_told_when_it_opens_and_when_it_closes() -> None:
    shift = Shift("shift-1", "1001", DAY, AT, Money(50_000), AT, Money(60_000), Money(60_100), 1, 7)
    assert facts.opened_facts(shift) == {
        "shift_id": "shift-1",
        "cashier": "1001",
        "business_day": "2026-11-23",
        "opened_at": "2026-11-23T04:05:06.789Z",
        "float_fen": 50_000,
    }
    count = CashCount({10_000: 5, 50: 3}, Money(9_850))
    left = LeftOpen(3, ("GT1",), (), 2, Money(5_000))
    report = ShiftReport(shift, {"sale": Figure(2, Money(900)), "no_sale": Figure(1)}, left, count)
    told = facts.closed_facts(report, "9001")
    assert report_from(shift, told) == report
    assert told == {
        "shift_id": "shift-1",
        "cashier": "1001",
        "business_day": "2026-11-23",
        "closed_at": "2026-11-23T04:05:06.789Z",
        "counted_fen": 60_000,
        "expected_fen": 60_100,
        "z_no": 7,
        "closed_by": "9001",
        "count": {"10000": 5, "50": 3, "other_fen": 9_850},
        "figures": {"sale": {"count": 2, "amount_fen": 900}, "no_sale": {"count": 1, "amount_fen": 0}},
        "left": {"unsent": 3, "payments": ["GT1"], "refunds": [], "suspended": 2, "loose_cash_fen": 5_000},
    }


def test_an_open_shift_cannot_be_told_as_closed() -> None:
    with pytest.raises(AssertionError):
        facts.closed_facts(ShiftReport(Shift("shift-1", "1001", DAY, AT, Money(50_000))), "1001")


def test_the_journal_keeps_every_body() -> None:
    shift = Shift("shift-1", "1001", DAY, AT, Money(50_000), AT, Money(60_000), Money(60_100), 1, 7)
    attempt = PaymentAttempt("a-1", "sale-1", Money(1250), AttemptState.SENT, AT, AT)
    for body in (
        facts.sale_facts(SALE),
        facts.attempt_facts(attempt),
        facts.opened_facts(shift),
        facts.closed_facts(ShiftReport(shift), shift.cashier),
    ):
        assert json.loads(canonical(body)) == body


@given(products)
def test_a_product_comes_back_as_it_was_shown(product: Product) -> None:
    assert facts.product_from(json.loads(canonical(facts.product_facts(product)))) == product


@given(st.lists(products | texts, max_size=6))
def test_a_cart_comes_back_as_it_was_left(wanted: list[Product | str]) -> None:
    cart = Cart("sale-1")
    for each in wanted:
        if isinstance(each, str):
            cart.add_unknown(each)
        else:
            cart.add(each, Quantity(7, each.unit))
    again = facts.cart_from(json.loads(canonical(facts.cart_facts(cart))))
    assert (again.sale_id, again.lines, again.total) == (cart.sale_id, cart.lines, cart.total)


def test_a_cart_that_came_back_goes_on_with_the_same_lines() -> None:
    cart = Cart("sale-1")
    cart.add(WATER)
    cart.add(PORK, Quantity(250, Unit.GRAM))
    again = facts.cart_from(json.loads(canonical(facts.cart_facts(cart))))
    assert again.last_line_no == 2
    assert again.add(WATER).quantity == Quantity(2)
    assert len(again.lines) == 2


def test_a_cart_comes_back_with_all_that_is_taken_off() -> None:
    cart = Cart("sale-1")
    cart.use_rules(EMPTY_BOOK, "0017", datetime(2026, 11, 23, 12, 5))  # noqa: DTZ001  (the shop's own time)
    cart.add_coupon("C1")
    cart.add(WATER, lot="B7", expires_on=DAY, markdown_percent=30)
    cart.add(PORK, Quantity(250, Unit.GRAM), label_amount=Money(899), tare_g=5)
    cart.add(PORK, Quantity(100, Unit.GRAM), price_by_hand=Money(0))
    cart.set_discount(2, Discount(percent=10))
    cart.set_order_discount(Discount(amount=Money(50)))
    cart.set_member(Member("8001", "王*", "gold"))
    again = facts.cart_from(json.loads(canonical(facts.cart_facts(cart))))
    assert again == cart
    assert (again.total, len(again.priced.reductions)) == (Money(226 - 68 + 899 - 90 - 50), 4)


def test_a_draft_from_before_there_were_discounts_still_comes_back() -> None:
    cart = Cart("sale-1")
    cart.add(WATER)
    draft = {
        "sale_id": "sale-1",
        "lines": [
            {"line_no": 1, "text": WATER.barcode, "quantity": 1, "unit": "piece", "product": facts.product_facts(WATER)}
        ],
    }
    assert facts.cart_from(draft) == cart


def test_an_empty_cart_comes_back_empty() -> None:
    assert facts.cart_from(facts.cart_facts(Cart("sale-1"))) == Cart("sale-1")

"""What a till hears of sales and payments from a real hub."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from pos.domain.bill import Claim
from pos.domain.errors import HubUnreachable, NothingToRefund
from pos.domain.money import Money
from pos.domain.payment import Orphan
from pos.domain.product import TaxCategory
from pos.domain.quantity import Quantity, Unit
from pos.domain.refund import Back, Refundable
from pos.domain.return_facts import return_facts
from pos.domain.returns import Basis, Payback, Return, ReturnLine, taxes_of
from pos.domain.sale import TenderKind
from pos.hub.intake import take
from pos.sync.client import HubClient
from pos.sync.copies import HubCopies
from tests.unit.hub.kit import NOON, NOW, cash, chain, refund_body, sale_body, sales
from tests.unit.sync.kit import Line

RECEIPT = "0017-03-20261123-0001"
OTHER_STORE = "0018-01-20261123-0001"


def test_a_sale_of_another_till_is_found_with_what_went_back_of_it(client: HubClient, sqlite_engine: Engine) -> None:
    take(sqlite_engine, sales(2), NOW)
    take(sqlite_engine, chain([("refund.done", refund_body(1))], till="0017-04"), NOW)
    (found,) = HubCopies(client).find_all(RECEIPT)
    assert found == Refundable(
        "sale-1", RECEIPT, "0017-03", "G1", "20261", Money(1500), NOON, (Back("GR1", Money(500)),)
    )


@pytest.mark.parametrize(
    "receipt_no",
    ["0017-03-20261123-0009", OTHER_STORE, "6901234567892", "../totals?day=2026-11-23", "退款"],
)
def test_a_receipt_the_hub_does_not_know_is_none(client: HubClient, receipt_no: str) -> None:
    assert HubCopies(client).find_all(receipt_no) == ()


def test_a_sale_in_cash_has_nothing_to_pay_back(client: HubClient, sqlite_engine: Engine) -> None:
    take(sqlite_engine, chain([("sale.completed", sale_body(1, tenders=[cash(2200, 2200)]))]), NOW)
    with pytest.raises(NothingToRefund):
        HubCopies(client).find_all(RECEIPT)


def test_a_tills_payments_and_refunds_of_a_span_are_told(client: HubClient, sqlite_engine: Engine) -> None:
    late = sale_body(2, completed_at="2026-11-23T05:00:00.000Z")
    take(sqlite_engine, chain([("sale.completed", sale_body(1)), ("refund.done", refund_body(9)),
                               ("sale.completed", late)]), NOW)  # fmt: skip
    found = HubCopies(client).payments("0017-03", NOON, NOON + timedelta(hours=1))
    assert found == [
        Claim("G1", "", Money(1500), RECEIPT, NOON),
        Claim("G9", "GR9", Money(-500), "0017-03-20261123-0009", NOON),
    ]


def test_without_a_line_nobody_can_be_asked(client: HubClient, line: Line) -> None:
    line.is_down = True
    with pytest.raises(HubUnreachable):
        HubCopies(client).find_all(RECEIPT)


def test_what_a_dead_till_left_open_is_told(client: HubClient, sqlite_engine: Engine) -> None:
    body = {"attempt_id": "a", "sale_id": "s", "out_trade_no": "GT1", "amount_fen": 1500, "state": "sent",
            "started_at": NOW, "changed_at": NOW, "reason": "", "trade_no": "", "way": "merchant_qr"}  # fmt: skip
    back = refund_body(2, state="sent", started_at="2026-11-23T04:00:01.000Z")
    take(sqlite_engine, chain([("refund.started", back), ("payment.started", body)]), NOW)
    assert HubCopies(client).orphans("0017-03") == [
        Orphan("0017-03", "GT1", "", Money(1500), "sent", NOON),
        Orphan("0017-03", "G2", "GR2", Money(500), "sent", NOON + timedelta(seconds=1)),
    ]
    assert HubCopies(client).orphans("0017-04") == []


def test_a_sale_that_two_customers_shared_is_two_payments_each_with_its_own_refunds(
    client: HubClient, sqlite_engine: Engine
) -> None:
    shared = [
        {"kind": "alipay", "amount_fen": fen, "handed_over_fen": fen, "attempt_id": number, "out_trade_no": number,
         "trade_no": f"2026{number}"}
        for number, fen in (("G1", 1000), ("G2", 1200))
    ]  # fmt: skip
    back = refund_body(1, out_trade_no="G2", amount_fen=200)
    take(sqlite_engine, chain([("sale.completed", sale_body(1, tenders=shared)), ("refund.done", back)]), NOW)
    found = HubCopies(client).find_all(RECEIPT)
    assert [(each.out_trade_no, each.paid.fen, each.left.fen) for each in found] == [
        ("G1", 1000, 1000),
        ("G2", 1200, 1000),
    ]


@pytest.mark.parametrize("way", [Payback(TenderKind.ALIPAY, Money(900), 1, "G1", is_exchange=True),
                                 Payback(TenderKind.CASH, Money(900))])  # fmt: skip
def test_what_paid_for_other_goods_or_was_given_in_cash_at_another_till_is_no_more_to_be_refunded(
    client: HubClient, sqlite_engine: Engine, way: Payback
) -> None:
    line = ReturnLine(1, "600101", "", "可乐", Quantity(1, Unit.PIECE), Money(900), Money(900), TaxCategory("13", 130))
    made = Return("r", "0017-04-20261123-R0001", 1, "sale-1", RECEIPT, "0017-03", Basis.SALE, NOON.date(), "shift",
                  "1001", "9001", "", NOON, (line,), (way,), taxes_of([line]))  # fmt: skip
    take(sqlite_engine, sales(1), NOW)
    take(sqlite_engine, chain([("return.completed", return_facts(made))], till="0017-04"), NOW)
    (found,) = HubCopies(client).find_all(RECEIPT)
    assert (found.paid, found.left) == (Money(1500), Money(600))
    assert found.backs == (Back(f"0017-04-20261123-R0001/{way.tender_no}", Money(900)),)

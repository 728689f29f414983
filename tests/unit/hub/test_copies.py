"""What the hub tells of sales, payments and open ends, from what tills sent it."""

import re

import httpx
import pytest
from sqlalchemy import Engine

from pos.hub import copies, database, schema
from pos.hub.intake import TillName, take
from pos.hub.wire import GivenBack, OpenAttempt, OpenRefund, PaidBy, Payment
from tests.unit.hub.kit import NOW, chain, reduced_sale_body, refund_body, sale_body, sales

TILL = TillName("0017", "03")
LATER = "2026-11-23T05:00:00.000Z"


def attempt_body(number: int, state: str, **changes: str) -> dict[str, object]:
    return {"attempt_id": f"a{number}", "sale_id": f"sale-{number}", "out_trade_no": f"GT{number}", "amount_fen": 1500,
            "state": state, "started_at": NOW, "changed_at": NOW, "reason": "", "trade_no": "",
            "way": "customer_code"} | changes  # fmt: skip


def test_a_sale_is_told_with_its_tenders_and_every_tills_refunds(engine: Engine) -> None:
    take(engine, sales(1), NOW)
    steps = [
        ("refund.started", refund_body(1, state="sent")), ("refund.done", refund_body(1)),
        ("refund.done", refund_body(2)),
        ("refund.started", refund_body(3, state="sent", out_trade_no="G1", amount_fen=70)),
        ("refund.started", refund_body(4, state="sent", out_trade_no="G1")),
        ("refund.refused", refund_body(4, state="refused", out_trade_no="G1")),
    ]  # fmt: skip
    take(engine, chain(steps, till="0017-04"), NOW)
    found = copies.find_sale(engine, "0017-03-20261123-0001")
    assert found is not None
    assert (found.till, found.sale_id, found.total_fen) == ("0017-03", "sale-1", 2200)
    assert found.tenders == [PaidBy("cash", 700, "", ""), PaidBy("alipay", 1500, "G1", "20261")]
    assert found.refunds == [
        GivenBack("G1", "GR1", 500, "0017-04", "0017-03-20261123-0001"),
        GivenBack("G1", "GR3", 70, "0017-04", "0017-03-20261123-0003"),
    ]


def test_payments_of_a_span_have_its_beginning_and_not_its_end(engine: Engine) -> None:
    take(engine, chain([("sale.completed", sale_body(1)), ("sale.completed", sale_body(2, completed_at=LATER)),
                        ("refund.done", refund_body(1, changed_at=LATER))]), NOW)  # fmt: skip
    first = Payment("G1", "", 1500, "0017-03-20261123-0001", NOW)
    second = Payment("G2", "", 1500, "0017-03-20261123-0002", LATER)
    back = Payment("G1", "GR1", -500, "0017-03-20261123-0001", LATER)
    assert copies.payments(engine, TILL, NOW, LATER).payments == [first]
    assert copies.payments(engine, TILL, NOW, "2026-11-23T06:00:00.000Z").payments == [first, back, second]
    assert copies.payments(engine, TillName("0017", "04"), NOW, "2026-11-23T06:00:00.000Z").payments == []


def test_what_a_till_began_and_did_not_end_is_listed(engine: Engine) -> None:
    facts = [
        ("payment.started", attempt_body(1, "sent")), ("payment.settled", attempt_body(1, "paid")),
        ("sale.completed", sale_body(1)),
        ("payment.started", attempt_body(2, "sent")), ("payment.dead", attempt_body(2, "dead")),
        ("payment.started", attempt_body(3, "sent")), ("payment.cancelling", attempt_body(3, "cancelling")),
        ("payment.started", attempt_body(4, "sent")), ("payment.settled", attempt_body(4, "paid")),
        ("payment.started", attempt_body(5, "sent")),
        ("payment.started@2", attempt_body(6, "sent", kind="prepaid_card")),
        ("payment.settled@2", attempt_body(7, "paid", kind="cash")),
        ("payment.started", {"nonsense": 1}),
        ("refund.started", refund_body(1, state="sent")), ("refund.started", refund_body(2, state="sent")),
        ("refund.done", refund_body(1)),
    ]  # fmt: skip
    take(engine, chain(facts), NOW)
    found = copies.left_open(engine, TILL)
    assert found.heard_at == NOW
    assert found.attempts == [
        OpenAttempt("GT3", 1500, "cancelling", "sale-3", NOW),
        OpenAttempt("GT4", 1500, "paid", "sale-4", NOW),
        OpenAttempt("GT5", 1500, "sent", "sale-5", NOW),
        OpenAttempt("GT6", 1500, "sent", "sale-6", NOW, "prepaid_card"),
    ]
    assert found.refunds == [OpenRefund("G2", "GR2", 500, "sent", "0017-03-20261123-0002", NOW)]


def test_a_till_nobody_heard_of_left_nothing_open(engine: Engine) -> None:
    found = copies.left_open(engine, TillName("0099", "01"))
    assert (found.heard_at, found.attempts, found.refunds) == ("", [], [])


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/v1/sales/0017-03-20261123-0009", 404, "no_such_sale"),
        ("/v1/sales/6901234567892", 404, "no_such_sale"),
        ("/v1/tills/x/payments?since=&until=", 404, "no_such_till"),
        ("/v1/tills/0017-03/payments", 400, "bad_query"),
        ("/v1/tills/0017-03/payments?since=2026-11-23&until=2026-11-24", 400, "bad_query"),
        ("/v1/tills/x/open", 404, "no_such_till"),
    ],
)
def test_what_cannot_be_told_is_refused_in_words(hub: httpx.Client, path: str, status: int, code: str) -> None:
    answer = hub.get(path)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_a_hub_of_the_version_before_gets_what_is_new(sqlite_engine: Engine) -> None:
    """Version 1 had no refunds, no index by receipt, and nothing was taken off."""
    take(sqlite_engine, chain([("sale.completed", sale_body(1))]), NOW)
    with database.writing(sqlite_engine) as connection:
        for table, column in re.findall(r"TABLE (\w+) ADD COLUMN (\w+)", "".join(schema.STEPS.values())):
            connection.exec_driver_sql(f"ALTER TABLE {table} DROP COLUMN {column}")
        for statement in ("DROP TABLE sale_reductions", "DROP TABLE refunds",
                          "DROP INDEX sales_by_receipt", "DROP INDEX sales_by_time",
                          "UPDATE hub SET version = 1"):  # fmt: skip
            connection.exec_driver_sql(statement)
    sqlite_engine.dispose()
    again = database.open_engine(str(sqlite_engine.url))
    before = chain([("sale.completed", sale_body(1))])[0]
    more = [("sale.completed@2", reduced_sale_body(2)), ("refund.done", refund_body(1))]
    take(again, chain(more, after=before), NOW)
    with database.reading(again) as connection:
        assert connection.exec_driver_sql("SELECT version FROM hub").scalar() == schema.VERSION
        names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'index'").scalars().all()
        assert connection.exec_driver_sql("SELECT count(*) FROM refunds").scalar() == 1
        kept = "SELECT gross_fen - amount_fen, list_price_fen FROM sale_lines ORDER BY sale_id, line_no"
        assert connection.exec_driver_sql(kept).all() == [(0, 350), (0, 1200), (175, 350), (0, 1380)]
    assert {"sales_by_receipt", "sales_by_time"} <= set(names)
    again.dispose()

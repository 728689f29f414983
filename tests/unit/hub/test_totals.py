"""What the head office sees, against sums made by hand."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Engine, event

from pos.hub.intake import take
from pos.hub.totals import day_totals, list_forks, list_parked, store_day
from pos.hub.wire import ForkedEntry, TillTotals
from tests.unit.hub.kit import COLA, NOW, cash, chain, refund_body, sale_body, sales

CASH_ONLY = {
    "lines": [COLA],
    "total_fen": 700,
    "tenders": [
        {
            "kind": "cash",
            "amount_fen": 700,
            "handed_over_fen": 700,
            "attempt_id": "",
            "out_trade_no": "",
            "trade_no": "",
        }
    ],
    "taxes": [{"code": "13", "permille": 130, "gross_fen": 700, "tax_fen": 81}],
}


def test_a_day_adds_up_by_till_and_tender(engine: Engine) -> None:
    take(engine, sales(3, till="0017-03"), NOW)
    take(engine, chain([("sale.completed", sale_body(9, **CASH_ONLY))], till="0017-04"), NOW)
    take(engine, chain([("sale.completed", sale_body(1, business_day="2026-11-24"))], till="0018-01"), NOW)
    day = day_totals(engine, "2026-11-23")
    # Three sales of 7.00 cash + 15.00 Alipay, and one of 7.00 cash at the till beside it.
    assert day.tills == [
        TillTotals("0017-03", 3, 6600, {"alipay": 4500, "cash": 2100}, 0, 0, 0, 0),
        TillTotals("0017-04", 1, 700, {"cash": 700}, 0, 0, 0, 0),
    ]
    assert (day.sales, day.total_fen, day.tenders) == (4, 7300, {"alipay": 4500, "cash": 2800})
    assert (day.parked, day.forks) == (0, 0)


def test_a_stores_day_reads_the_rows_of_that_store_alone(engine: Engine) -> None:
    """By hand: two sales of 22.00 here, one given back in part; the store beside it sold five."""
    take(engine, [*chain([*sold(2), ("refund.done", refund_body(1)), ("unheard.of", {})])], NOW)
    take(engine, sales(5, till="0018-01"), NOW)
    asked: list[tuple[str, str]] = []

    def note(_connection: object, _cursor: object, query: str, values: object, *_more: object) -> None:
        asked.append((query, str(values)))

    event.listen(engine, "before_cursor_execute", note)
    day = store_day(engine, "0017", "2026-11-23")
    event.remove(engine, "before_cursor_execute", note)
    assert [(each.till, each.sales, each.total_fen, each.tenders) for each in day.tills] == [
        ("0017-03", 2, 4400, {"alipay": 3000, "cash": 1400})]  # fmt: skip
    assert [(each.refunds, each.refunded_fen, each.parked, each.forks) for each in day.tills] == [(1, 500, 1, 0)]
    assert [query for query, values in asked if "FROM" in query and "0017" not in values] == []


def sold(count: int) -> list[tuple[str, Mapping[str, Any]]]:
    """So many sales."""
    return [("sale.completed", sale_body(number)) for number in range(1, count + 1)]


def test_a_corrected_tender_moves_from_one_kind_to_the_other_on_the_day_it_was_corrected(engine: Engine) -> None:
    """By hand: 7.00 of 7.00 in cash were a card; the next day one is put back."""
    moved = {"correction_id": "k-1", "sale_id": "sale-1", "receipt_no": "r", "tender_no": 1, "was": "cash",
             "now": "bank_card", "amount_fen": 700, "shift_id": "s-1", "sale_shift_id": "s-1",
             "business_day": "2026-11-23", "cashier": "1001", "approver": "9001", "reason": "x",
             "corrected_at": ""}  # fmt: skip
    back = moved | {"correction_id": "k-2", "was": "bank_card", "now": "cash", "business_day": "2026-11-24"}
    told = [("sale.completed", sale_body(1, **CASH_ONLY)), ("tender.corrected", moved), ("tender.corrected", back)]
    take(engine, chain(told), NOW)
    assert day_totals(engine, "2026-11-23").tenders == {"bank_card": 700, "cash": 0}
    assert day_totals(engine, "2026-11-24").tenders == {"bank_card": -700, "cash": 700}


def test_a_refund_counts_on_the_day_and_at_the_till_that_gave_it(engine: Engine) -> None:
    take(engine, sales(1, till="0017-03"), NOW)
    take(
        engine,
        chain(
            [
                ("refund.done", refund_body(1)),
                ("refund.done", refund_body(2)),
                ("refund.started", refund_body(3, state="sent")),
            ],
            till="0017-04",
        ),
        NOW,
    )
    take(engine, chain([("refund.done", refund_body(3, business_day="2026-11-24"))], till="0017-05"), NOW)
    day = day_totals(engine, "2026-11-23")
    assert day.tills[1] == TillTotals("0017-04", 0, 0, {}, 2, 1000, 0, 0)
    assert (day.sales, day.total_fen, day.refunds, day.refunded_fen) == (1, 2200, 2, 1000)


def test_a_day_without_sales_is_empty(engine: Engine) -> None:
    day = day_totals(engine, "2026-11-23")
    assert (day.sales, day.total_fen, day.tenders, day.tills) == (0, 0, {}, [])


def test_a_till_with_nothing_but_trouble_is_listed(engine: Engine) -> None:
    take(engine, chain([("drone.flown", {"n": number}) for number in range(3)]), NOW)
    other = sales(2)
    take(engine, other, NOW)
    day = day_totals(engine, "2026-11-23")
    assert day.tills == [TillTotals("0017-03", 0, 0, {}, 0, 0, 3, 2)]
    assert (day.parked, day.forks) == (3, 2)


def test_the_lists_count_all_and_show_the_latest(engine: Engine) -> None:
    take(engine, chain([("drone.flown", {"n": 1})]), "2026-11-23T01:00:00.000Z")
    take(engine, chain([("drone.flown", {"n": 2})], till="0017-04"), "2026-11-23T02:00:00.000Z")
    found = list_parked(engine, 1)
    assert found.count == 2
    assert [(row.till, row.seq, row.kind, row.reason) for row in found.entries] == [
        ("0017-04", 1, "drone.flown", "unknown kind drone.flown version 1")
    ]


def test_forks_are_listed(engine: Engine) -> None:
    take(engine, sales(1), NOW)
    other = sales(1, first=8)
    take(engine, other, NOW)
    found = list_forks(engine, 10)
    assert (found.count, found.entries) == (1, [ForkedEntry("0017-03", 1, 1, other[0].hash, "sale.completed", NOW)])


def test_several_parts_of_one_kind_add_up(engine: Engine) -> None:
    """By hand: 7.00 and 3.00 in cash, 5.00 and 7.00 by Alipay are 10.00 and 12.00 of 22.00."""
    parts = [
        cash(700, 700) | {"attempt_id": "p1"},
        {"kind": "alipay", "amount_fen": 500, "handed_over_fen": 500, "attempt_id": "p2", "out_trade_no": "G2",
         "trade_no": "20262"},
        {"kind": "alipay", "amount_fen": 700, "handed_over_fen": 700, "attempt_id": "p3", "out_trade_no": "G3",
         "trade_no": "20263"},
        cash(300, 500),
    ]  # fmt: skip
    take(engine, chain([("sale.completed", sale_body(1, tenders=parts))]), NOW)
    found = day_totals(engine, "2026-11-23")
    assert (found.total_fen, found.tenders) == (2200, {"alipay": 1200, "cash": 1000})

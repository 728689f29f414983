"""Goods that came back are kept, told to the next till, counted in the day, and listed when they came back twice."""

import json
from typing import Any

import httpx
import msgspec
import pytest
from sqlalchemy import Engine

from pos.domain.entry import JournalEntry
from pos.domain.money import ZERO, Money
from pos.domain.return_facts import return_facts, return_from
from pos.domain.sale import TenderKind
from pos.hub import copies, returned_twice, schema
from pos.hub.intake import TillName, take
from pos.hub.projections import fold
from pos.hub.totals import day_totals, list_parked
from pos.hub.wire import GivenBack, TooMuchBack
from pos.sync.client import HubClient
from pos.sync.copies import HubCopies
from tests.unit.hub.devices import device_of
from tests.unit.hub.kit import NOON, NOW, chain, on_the_wire, reduced_sale_body, refund_body, sale_body
from tests.unit.hub.test_protocol import BLOCKS, example

RECEIPT = "0017-03-20261123-0001"


def return_body(number: int, **changes: object) -> dict[str, Any]:
    """One cola and all the apples of sale 1: 7.00 in cash, 11.50 by Alipay, at another till."""
    cola = {"sale_line_no": 1, "sku": "100001", "barcode": "", "name": "可口可乐 330ml", "quantity": 1, "unit": "piece",
            "price_fen": 350, "amount_fen": 350, "gross_fen": 350, "tax_code": "13", "tax_permille": 130,
            "reductions": []}  # fmt: skip
    apples = cola | {"sale_line_no": 2, "sku": "200001", "name": "红富士苹果", "quantity": 1250, "unit": "gram",
                     "price_fen": 1200, "amount_fen": 1500, "gross_fen": 1500, "tax_code": "9",
                     "tax_permille": 90}  # fmt: skip
    cash = {"way": "back", "kind": "cash", "amount_fen": 700, "tender_no": 1, "out_trade_no": "", "trade_no": "",
            "refund_id": ""}  # fmt: skip
    alipay = cash | {
        "kind": "alipay",
        "amount_fen": 1150,
        "tender_no": 2,
        "out_trade_no": "G1",
        "refund_id": "refund-9",
    }
    return {
        "return_id": f"return-{number}", "return_no": f"0017-04-20261123-R{number:04d}", "counter": number,
        "sale_id": "sale-1", "receipt_no": RECEIPT, "sold_by": "0017-03", "basis": "sale",
        "business_day": "2026-11-23", "shift_id": "shift-1", "cashier": "1001", "approver": "9001", "reason": "坏了",
        "completed_at": NOW, "exchange_sale_id": "", "total_fen": 1850, "rounding_fen": 0, "lines": [cola, apples],
        "paybacks": [cash, alipay],
        "taxes": [{"code": "13", "permille": 130, "gross_fen": 350, "tax_fen": 40},
                  {"code": "9", "permille": 90, "gross_fen": 1500, "tax_fen": 124}],
    } | changes  # fmt: skip


def returned(*bodies: dict[str, Any], till: str = "0017-04") -> list[JournalEntry]:
    """Returns of a till."""
    return chain([("return.completed", body) for body in bodies], till=till)


def test_a_return_as_written_is_what_the_till_writes_and_the_hub_reads() -> None:
    told = example("return.completed")
    assert return_facts(return_from(told)) == told
    rows = fold(chain([("return.completed", told)])[0])
    assert rows[schema.returns][0]["cash_fen"] == 520
    assert len(rows[schema.return_lines]) == 1
    assert BLOCKS["return.completed"].startswith('{"return_id"')


def test_a_sale_is_told_with_its_lines_and_all_that_came_back(engine: Engine) -> None:
    take(engine, chain([("sale.completed@2", reduced_sale_body(1))]), NOW)
    steps = [("return.completed", return_body(1)), ("refund.started", refund_body(9, out_trade_no="G1", state="sent"))]
    take(engine, chain(steps, till="0017-04"), NOW)
    found = copies.find_sale(engine, RECEIPT)
    assert found
    assert (found.version, found.body) == (2, chain([("sale.completed@2", reduced_sale_body(1))])[0].body.decode())
    assert [(each.till, each.version) for each in found.returns] == [("0017-04", 1)]
    assert found.returns[0].body == returned(return_body(1))[0].body.decode()


def test_refunds_say_of_which_sale_they_are(engine: Engine) -> None:
    take(engine, chain([("sale.completed", sale_body(1)), ("refund.done", refund_body(1))]), NOW)
    found = copies.find_sale(engine, RECEIPT)
    assert found
    assert found.refunds == [GivenBack("G1", "GR1", 500, "0017-03", RECEIPT)]


def test_a_till_reads_the_copy_as_sale_and_returns(hub: httpx.Client) -> None:
    for till, entries in (("0017-03", chain([("sale.completed@2", reduced_sale_body(1))])),
                          ("0017-04", returned(return_body(1)))):  # fmt: skip
        answer = hub.post(f"/v1/tills/{till}/entries", json={"entries": [on_the_wire(each) for each in entries]})
        assert answer.status_code == 200, answer.text
    told = hub.get(f"/v1/sales/{RECEIPT}").json()

    class Told(HubClient):
        def __init__(self) -> None:
            super().__init__("http://hub", device_of("0017-04"))

        def get(self, path: str, shape: Any, *, params: Any) -> Any:  # noqa: ANN401
            import msgspec  # noqa: PLC0415

            assert (path, params) == (f"/v1/sales/{RECEIPT}", {})
            return msgspec.convert(told, shape)

    copy = HubCopies(Told()).find_copy(RECEIPT)
    assert copy
    assert (copy.sale.total, copy.sale.rounding, copy.sold_by) == (Money(2020), Money(-5), "0017-03")
    assert copy.sale.lines[0].reductions[0].amount == Money(175)
    assert copy.sale.completed_at == NOON
    assert [each.total for each in copy.returns] == [Money(1850)]


def test_a_till_reads_a_corrected_tender_as_what_it_really_was(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its cash was a card: no till of the group gives cash for it."""
    changed = example("tender.corrected") | {"sale_id": "sale-1", "receipt_no": RECEIPT, "tender_no": 1}
    back = changed | {"correction_id": "c-2", "was": "bank_card", "now": "cash"}
    again = changed | {"correction_id": "c-3"}
    said = [("tender.corrected", each) for each in (changed, back, again)]
    take(engine, chain([("sale.completed@2", reduced_sale_body(1)), *said]), NOW)
    found = copies.find_sale(engine, RECEIPT)
    assert found
    assert [each.kind for each in found.tenders] == ["bank_card"]
    told = json.loads(msgspec.json.encode(found))
    hub = HubClient("http://hub", device_of("0017-04"))
    monkeypatch.setattr(hub, "get", lambda _path, shape, **_: msgspec.convert(told, shape))
    copy = HubCopies(hub).find_copy(RECEIPT)
    assert copy
    assert copy.sale.tenders[0].kind is TenderKind.BANK_CARD
    assert copy.sale.tenders[0].change == ZERO


def test_money_given_back_on_a_bank_card_counts_among_the_refunds_of_the_day(engine: Engine) -> None:
    card = return_body(1)["paybacks"][0] | {"kind": "bank_card"}
    body = return_body(1, paybacks=[card, return_body(1)["paybacks"][1]])
    take(engine, chain([("return.completed", body), ("refund.done", refund_body(9, amount_fen=1150))]), NOW)
    day = day_totals(engine, "2026-11-23")
    assert (day.refunds, day.refunded_fen, day.parked) == (2, 1850, 0)


def test_cash_that_was_given_counts_among_the_refunds_of_the_day(engine: Engine) -> None:
    take(engine, chain([("return.completed", return_body(1)), ("refund.done", refund_body(9, amount_fen=1150))]), NOW)
    day = day_totals(engine, "2026-11-23")
    assert (day.refunds, day.refunded_fen, day.parked) == (2, 1850, 0)


def test_a_return_whose_sums_disagree_is_parked(engine: Engine) -> None:
    take(engine, returned(return_body(1, total_fen=1), return_body(2, rounding_fen=5)), NOW)
    assert list_parked(engine, 9).count == 2


def test_the_money_of_an_exchange_was_taken_for_another_sale(engine: Engine) -> None:
    exchanged = {"kind": "exchange", "amount_fen": 2200, "handed_over_fen": 2200, "attempt_id": "",
                 "out_trade_no": "G9", "trade_no": ""}  # fmt: skip
    take(engine, chain([("sale.completed", sale_body(1, tenders=[exchanged]))]), NOW)
    assert copies.payments(engine, TillName("0017", "03"), NOW, "2026-11-24T00:00:00.000Z").payments == []


def test_goods_that_came_back_at_two_tills_are_listed(engine: Engine) -> None:
    take(engine, chain([("sale.completed", sale_body(1))]), NOW)
    take(engine, returned(return_body(1)), NOW)
    assert returned_twice.list_of(engine, 9).count == 0
    take(engine, returned(return_body(2), till="0017-05"), NOW)
    found = returned_twice.list_of(engine, 9)
    assert found.sales == [TooMuchBack(RECEIPT, "200001", "红富士苹果", 1250, 2500, ["0017-04", "0017-05"])]
    assert (found.count, len(returned_twice.list_of(engine, 1).sales)) == (1, 1)


def test_money_that_came_back_beyond_the_sale_is_listed_whatever_the_goods_were(engine: Engine) -> None:
    dear = return_body(1)["lines"][0] | {"sale_line_no": 0, "amount_fen": 2300, "gross_fen": 2300}
    by_code = {"basis": "code", "sale_id": "", "lines": [dear], "total_fen": 2300,
               "paybacks": [{"way": "back", "kind": "cash", "amount_fen": 2300, "tender_no": 0, "out_trade_no": "",
                             "trade_no": "", "refund_id": ""}],
               "taxes": [{"code": "13", "permille": 130, "gross_fen": 2300, "tax_fen": 265}]}  # fmt: skip
    take(engine, returned(return_body(1, **by_code)), NOW)
    assert returned_twice.list_of(engine, 9).sales == [TooMuchBack(RECEIPT, "", "", 0, 2300, ["0017-04"])]
    take(engine, chain([("sale.completed", sale_body(1))]), NOW)
    assert returned_twice.list_of(engine, 9).sales == [TooMuchBack(RECEIPT, "", "", 2200, 2300, ["0017-04"])]


def test_what_came_back_by_a_code_is_told_before_its_sale_has_arrived(engine: Engine) -> None:
    by_code = return_body(1, basis="code", sale_id="")
    take(engine, returned(by_code), NOW)
    found = copies.find_sale(engine, RECEIPT)
    assert found
    assert (found.sale_id, found.body, found.tenders) == ("", "", [])
    assert [(each.till, each.body) for each in found.returns] == [("0017-04", returned(by_code)[0].body.decode())]
    assert copies.find_sale(engine, "0017-03-20261123-0002") is None


def test_money_that_went_back_without_goods_counts_with_the_goods_that_came_back(engine: Engine) -> None:
    """By hand: of 22.00 there came back 18.50 in goods, 11.50 of it by refund 9; 5.00 beside them is 1.50 too much."""
    take(engine, chain([("sale.completed", sale_body(1))]), NOW)
    steps = [("return.completed", return_body(1)), ("refund.done", refund_body(9, refund_id="refund-9", amount_fen=1150,
                                                                               receipt_no=RECEIPT))]  # fmt: skip
    take(engine, chain(steps, till="0017-04"), NOW)
    assert returned_twice.list_of(engine, 9).count == 0
    beside = refund_body(1, amount_fen=500, receipt_no=RECEIPT)
    take(engine, chain([("refund.started", beside | {"state": "sent"})], till="0017-05"), NOW)
    assert returned_twice.list_of(engine, 9).count == 0
    take(engine, chain([("refund.done", beside)], till="0017-06"), NOW)
    found = returned_twice.list_of(engine, 9).sales
    assert found == [TooMuchBack(RECEIPT, "", "", 2200, 2350, ["0017-04", "0017-06"])]


def test_the_list_is_served(hub: httpx.Client) -> None:
    assert hub.get("/v1/returned-twice").json() == {"count": 0, "sales": []}

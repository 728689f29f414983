"""What adds up, what is parked, and that both can be made again from the entries."""

from typing import Any

import pytest
from sqlalchemy import Engine, delete, select

from pos.domain.entry import JournalEntry
from pos.hub import schema
from pos.hub.bodies import Unprojectable
from pos.hub.database import reading, writing
from pos.hub.intake import Kept, take
from pos.hub.projections import Reprojected, fold, reproject
from tests.unit.hub.kit import APPLES, COLA, NOW, chain, dump, reduced_sale_body, refund_body, sale_body, sales


def parked(engine: Engine) -> dict[int, str]:
    """What is parked and why, by its place."""
    with reading(engine) as connection:
        return {row.seq: row.reason for row in connection.execute(select(schema.parked))}


def sale(**changes: object) -> JournalEntry:
    """A sale whose body was changed so."""
    return chain([("sale.completed", sale_body(1, **changes))])[0]


def reason(entry: JournalEntry) -> str:
    """Why an entry cannot be added up."""
    with pytest.raises(Unprojectable) as found:
        fold(entry)
    return str(found.value)


def test_a_sale_becomes_rows_that_say_the_same(engine: Engine) -> None:
    take(engine, [sale()], NOW)
    with reading(engine) as connection:
        head = connection.execute(select(schema.sales)).mappings().one()
        lines = connection.execute(select(schema.sale_lines).order_by(schema.sale_lines.c.line_no)).mappings().all()
        paid = connection.execute(select(schema.tenders).order_by(schema.tenders.c.tender_no)).mappings().all()
        taxes = connection.execute(select(schema.sale_taxes).order_by(schema.sale_taxes.c.code)).mappings().all()
    assert (head["store"], head["till"], head["epoch"], head["seq"]) == ("0017", "03", 1, 1)
    assert (head["receipt_no"], head["business_day"], head["total_fen"]) == (
        "0017-03-20261123-0001",
        "2026-11-23",
        2200,
    )
    assert [{name: line[name] for name in COLA} for line in lines] == [COLA, APPLES]
    assert [(tender["kind"], tender["amount_fen"], tender["handed_over_fen"]) for tender in paid] == [
        ("cash", 700, 1000),
        ("alipay", 1500, 1500),
    ]
    assert [(tax["code"], tax["gross_fen"], tax["tax_fen"]) for tax in taxes] == [("13", 700, 81), ("9", 1500, 124)]


def test_a_sale_of_version_2_says_what_was_taken_off(engine: Engine) -> None:
    take(engine, chain([("sale.completed@2", reduced_sale_body(1))]), NOW)
    with reading(engine) as connection:
        head = connection.execute(select(schema.sales)).mappings().one()
        line = connection.execute(select(schema.sale_lines).filter_by(line_no=1)).mappings().one()
        off = connection.execute(select(schema.sale_reductions)).mappings().one()
    assert (head["total_fen"], head["rounding_fen"], head["rules_version"]) == (2020, -5, "v7")
    assert (head["member"], head["member_level"], head["coupons"]) == ("8001", "gold", '["券1"]')
    assert (line["list_price_fen"], line["gross_fen"], line["amount_fen"]) == (350, 700, 525)
    assert (off["line_no"], off["place"], off["rule"], off["name"], off["amount_fen"]) == (
        1, 1, "cola-half", "第二件半价", 175,
    )  # fmt: skip
    assert parked(engine) == {}


def reduced(**changes: object) -> JournalEntry:
    """A sale with promotions whose body was changed so."""
    return chain([("sale.completed@2", reduced_sale_body(1, **changes))])[0]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"rounding_fen": 0}, "lines add up to 2025, not to total_fen 2020"),
        ({"rounding_fen": 5}, "unreadable body"),
        ({"coupons": "券1"}, "unreadable body"),
        ({"lines": [COLA, APPLES]}, "unreadable body"),
        ({"tenders": []}, "tenders add up to 0, not to total_fen 2020"),
        ({"taxes": []}, "taxes add up to -5, not to total_fen 2020"),
    ],
)
def test_a_body_of_version_2_that_disagrees_with_itself_is_told_why(changes: dict[str, Any], told: str) -> None:
    assert reason(reduced(**changes)).startswith(told)


def test_reductions_that_do_not_make_the_amount_are_parked() -> None:
    lines = [line | {"reductions": []} for line in reduced_sale_body(1)["lines"]]
    assert reason(reduced(lines=lines)) == "line 1: gross_fen less its reductions is not amount_fen"


def test_what_cannot_be_added_up_is_parked_with_its_reason_and_holds_nothing_up(engine: Engine) -> None:
    journal = chain(
        [
            ("sale.completed", sale_body(1)),
            ("drone.flown", {"height": 3}),
            ("sale.completed@3", sale_body(2)),
            ("sale.completed", sale_body(3, total_fen=2199)),
            ("sale.completed", {"sale_id": "4"}),
            ("sale.completed", sale_body(5)),
        ]
    )
    assert take(engine, journal, NOW) == Kept(1, 6, journal[5].hash)
    found = parked(engine)
    assert found[2] == "unknown kind drone.flown version 1"
    assert found[3] == "unknown kind sale.completed version 3"
    assert found[4] == "lines add up to 2200, not to total_fen 2199"
    assert found[5].startswith("unreadable body: ")
    assert sorted(found) == [2, 3, 4, 5]
    assert [row[2] for row in dump(engine, schema.sales)[0]] == ["sale-1", "sale-5"]


def test_a_sale_told_in_two_entries_counts_once(engine: Engine) -> None:
    journal = chain(
        [("sale.completed", sale_body(1)), ("sale.completed", sale_body(2)), ("sale.completed", sale_body(1))]
    )
    take(engine, journal, NOW)
    assert [row[2] for row in dump(engine, schema.sales)[0]] == ["sale-1", "sale-2"]
    assert list(parked(engine)) == [3]
    assert parked(engine)[3].startswith("contradicts what is kept: ")


def test_two_lines_of_one_number_are_parked_and_leave_no_half_sale(engine: Engine) -> None:
    twice = {**APPLES, "line_no": 1}
    take(engine, [*chain([("sale.completed", sale_body(1, lines=[COLA, twice]))])], NOW)
    assert list(parked(engine)) == [1]
    assert dump(engine, schema.sales, schema.sale_lines, schema.tenders) == [[], [], []]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"total_fen": 2201}, "lines add up to 2200, not to total_fen 2201"),
        ({"lines": [COLA]}, "lines add up to 700, not to total_fen 2200"),
        ({"tenders": []}, "tenders add up to 0, not to total_fen 2200"),
        ({"taxes": []}, "taxes add up to 0, not to total_fen 2200"),
        ({"lines": []}, "unreadable body"),
        ({"business_day": "2026-02-30"}, "unreadable body"),
        ({"business_day": "20261123"}, "unreadable body"),
        ({"cashier": "a\u0000b"}, "unreadable body: holds a NUL"),
        ({"total_fen": -1}, "unreadable body"),
        ({"total_fen": "2200"}, "unreadable body"),
        ({"total_fen": 10_000_000_001}, "unreadable body"),
        ({"lines": [{**COLA, "unit": "litre"}]}, "unreadable body"),
        ({"lines": [{**COLA, "quantity": 0}]}, "unreadable body"),
        ({"sale_id": ""}, "unreadable body"),
    ],
)
def test_a_body_that_disagrees_with_itself_is_told_why(changes: dict[str, Any], told: str) -> None:
    assert reason(sale(**changes)).startswith(told)


def test_less_handed_over_than_taken_is_parked() -> None:
    tender = {
        "kind": "cash",
        "amount_fen": 2200,
        "handed_over_fen": 2199,
        "attempt_id": "",
        "out_trade_no": "",
        "trade_no": "",
    }
    assert reason(sale(tenders=[tender])) == "handed_over_fen 2199 is less than amount_fen 2200"


def test_a_body_nested_without_end_is_parked() -> None:
    entry = chain([("sale.completed", {})])[0]
    deep = JournalEntry(
        entry.till,
        1,
        1,
        entry.id,
        entry.at,
        entry.kind,
        1,
        b'{"x":' + b"[" * 90_000 + b"]" * 90_000 + b"}",
        entry.prev,
        "",
    )
    assert reason(deep).startswith("unreadable body")


def test_names_we_do_not_know_yet_do_no_harm() -> None:
    assert fold(sale(weather="rain"))


@pytest.mark.parametrize(
    "kind", ["shift.opened", "shift.closed", "payment.started", "payment.settled", "payment.cancelling", "payment.dead"]
)
def test_kinds_that_are_only_kept_are_not_parked(kind: str) -> None:
    assert fold(chain([(kind, {"anything": 1})])[0]) == {}


@pytest.mark.parametrize("step", ["started", "settled", "cancelling", "dead"])
def test_payments_of_every_kind_of_tender_are_not_parked(step: str) -> None:
    assert fold(chain([(f"payment.{step}@2", {"kind": "prepaid_card"})])[0]) == {}


CLOSED = {"shift_id": "s-1", "business_day": "2026-11-23", "cashier": "1001", "closed_by": "1001", "closed_at": "",
          "z_no": 1, "counted_fen": 10_050, "expected_fen": 10_000, "count": {"10000": 1, "other_fen": 50}}  # fmt: skip
MOVED = {"cash_id": "c-1", "shift_id": "s-1", "business_day": "2026-11-23", "amount_fen": 5, "cashier": "1001",
         "approver": "", "reason": "x", "moved_at": ""}  # fmt: skip
CORRECTED = {"correction_id": "k-1", "sale_id": "sale-1", "receipt_no": "r", "tender_no": 1, "was": "cash",
             "now": "bank_card", "amount_fen": 700, "shift_id": "s-1", "sale_shift_id": "s-1",
             "business_day": "2026-11-23", "cashier": "1001", "approver": "9001", "reason": "x",
             "corrected_at": ""}  # fmt: skip
APPROVED = {"approval_id": "a-1", "act": "refund", "sale_id": "", "amount_fen": 5, "actor": "1001", "approver": "9001",
            "way": "pin", "reason": "x", "given_at": "", "shift_id": "s-1", "business_day": "2026-11-23"}  # fmt: skip
DRAWER = [("shift.closed@2", CLOSED), ("cash.in", MOVED), ("tender.corrected", CORRECTED), ("approval.given", APPROVED)]


@pytest.mark.parametrize(
    ("kind", "body", "words"),
    [
        ("shift.closed@2", CLOSED | {"counted_fen": 1}, "count adds up to 10050, not to counted_fen 1"),
        ("shift.closed@2", CLOSED | {"count": {"x": 1}}, "count is by fen"),
        ("shift.closed@2", CLOSED | {"z_no": 0}, "z_no"),
        ("cash.in", MOVED | {"amount_fen": -1}, "amount_fen"),
        ("tender.corrected", CORRECTED | {"now": "alipay"}, "alipay"),
        ("tender.corrected", CORRECTED | {"now": "cash"}, "corrects nothing"),
        ("approval.given", APPROVED | {"approver": "1001"}, "approved their own act"),
    ],
)
def test_what_no_drawer_could_have_told_is_parked(kind: str, body: dict[str, Any], words: str) -> None:
    with pytest.raises(Unprojectable, match=words):
        fold(chain([(kind, body)])[0])


def test_a_projection_made_again_is_the_same(engine: Engine) -> None:
    take(engine, sales(7), NOW)
    take(engine, sales(3, epoch=2, first=20), NOW)
    odd = [("drone.flown", {}), ("sale.completed", sale_body(1)), ("refund.done", refund_body(1)),
           ("sale.completed@2", reduced_sale_body(30)), *DRAWER]  # fmt: skip
    take(engine, chain(odd, till="0018-01"), NOW)
    before = dump(engine, *schema.PROJECTED)
    with writing(engine) as connection:
        connection.execute(delete(schema.sales).where(schema.sales.c.sale_id == "sale-2"))
        connection.execute(delete(schema.parked))
    assert dump(engine, *schema.PROJECTED) != before
    assert reproject(engine, NOW) == Reprojected(entries=18, parked=1)
    assert dump(engine, *schema.PROJECTED) == before
    assert [len(rows) for rows in before] == [1, 12, 24, 1, 23, 24, 1, 0, 0, 1, 1, 1, 1, 0]


def test_a_long_journal_is_folded_page_by_page(engine: Engine) -> None:
    journal = chain([("shift.opened", {"shift_id": str(n)}) for n in range(1_001)] + [("sale.completed", sale_body(1))])
    for first in range(0, len(journal), 100):
        take(engine, journal[first : first + 100], NOW)
    before = dump(engine, *schema.PROJECTED)
    assert reproject(engine, NOW) == Reprojected(entries=1_002, parked=0)
    assert dump(engine, *schema.PROJECTED) == before


def test_what_a_till_tells_again_after_it_was_made_again_is_added_up_once(engine: Engine) -> None:
    first = chain([("sale.completed", sale_body(1)), ("cash.out", cash_out("cash-1"))])
    again = chain([("epoch.begun", {"epochs": [], "hub_heard": 0, "begun_at": NOW}),
                   ("sale.completed", sale_body(1) | {"adopted": first[0].hash}),
                   ("cash.out", cash_out("cash-1") | {"adopted": first[1].hash}),
                   ("sale.completed", sale_body(2) | {"adopted": "f" * 64})], epoch=2)  # fmt: skip
    take(engine, first, NOW)
    take(engine, again, NOW)
    before = dump(engine, *schema.PROJECTED)
    assert parked(engine) == {}
    assert [each[2] for each in dump(engine, schema.sales)[0]] == ["sale-1", "sale-2"]
    assert reproject(engine, NOW) == Reprojected(6, 0)
    assert dump(engine, *schema.PROJECTED) == before


def test_what_is_told_again_of_a_parked_entry_is_added_up(engine: Engine) -> None:
    first = chain([("sale.completed", sale_body(1))])
    take(engine, first, NOW, {1: "bad signature"})
    take(engine, chain([("sale.completed", sale_body(1) | {"adopted": first[0].hash})], epoch=2), NOW)
    assert len(dump(engine, schema.sales)[0]) == 1


def cash_out(number: str) -> dict[str, Any]:
    """Cash that was taken out."""
    return {"cash_id": number, "shift_id": "shift-1", "business_day": "2026-11-23", "amount_fen": 1230,
            "cashier": "1001", "approver": "9001", "reason": "买胶带", "moved_at": NOW}  # fmt: skip

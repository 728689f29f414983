"""One cashier's day through the real window; at its end the Z, the journal, the tally by hand and head office agree."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.domain.cash import DENOMINATIONS_FEN
from pos.domain.money import Money
from pos.till import shifts
from tests.audit import check_books, check_money
from tests.fakes import LIN
from tests.flow.day import drawer, faults, returning, selling
from tests.flow.day.tally import recompute
from tests.flow.day.till_of_the_day import Day, make_day
from tests.flow.selling.shop import LONG_ENOUGH_S, PIN, sign_in_as
from ui.stage import Stage

pytestmark = pytest.mark.x11

FLOAT_FEN = 20_000
SHORT_FEN = 30
"""What is missing when the drawer is counted: three jiao."""
SALES = 40


@pytest.fixture
def day(tmp_path: Path) -> Iterator[Day]:
    """A till before its first sale, with its printer and head office."""
    with make_day(tmp_path) as made:
        yield made


def test_a_cashiers_day_ends_with_a_z_that_equals_the_journal_to_the_fen(
    day: Day, qtbot: QtBot, qapp: QApplication
) -> None:
    with day.open(qtbot, qapp):
        begin(day)
        morning(day)
        faults.customer_confirms_while_the_power_is_out(day)
    with day.open(qtbot, qapp):
        sign_in_as(day.shop, LIN.number, PIN)
        faults.payment_is_settled_after_all(day)
        afternoon(day)
        assert len(day.shop.sales()) == SALES
        close_blind(day)
        check_the_z(day)
        check_every_yes(day)
        check_head_office(day)


def begin(day: Day) -> None:
    """Sign in and count the float in: the drawer opens for it."""
    sign_in_as(day.shop, LIN.number, PIN)
    assert day.shop.counter.stage is Stage.OPEN_SHIFT
    day.shop.write("200")
    day.shop.type("Enter")
    day.wait_for(Stage.SELL)
    day.tally.opened += 1
    day.printer.wait_for(lambda paper: paper.kicks == 1)


def morning(day: Day) -> None:
    """Sell in every way there is, and take back what comes back at once."""
    selling.in_cash(day)
    receipts = [each["receipt_no"] for each in day.shop.sales()]
    returning.in_two_parts(day, receipts[1])
    returning.exchanged_for_more(day, receipts[0])
    returning.exchanged_for_less(day, receipts[3])
    selling.by_alipay(day)
    drawer.change_is_put_in(day)
    drawer.freight_is_paid(day)
    selling.in_parts(day)
    returning.to_both(day, day.shop.sales()[-2]["receipt_no"])
    faults.printer_without_a_plug(day)


def afternoon(day: Day) -> None:
    """The rest of it, an hour of which head office is gone."""
    selling.by_weight(day)
    receipts = [each["receipt_no"] for each in day.shop.sales()]
    returning.with_its_rounding(day, receipts[-4])
    returning.to_alipay(day, receipts[-3])
    selling.with_something_off(day)
    returning.without_a_receipt(day)
    returning.of_the_other_till(day)
    drawer.notes_go_into_the_safe(day)
    drawer.it_is_opened_for_nothing(day)
    drawer.a_card_was_rung_up_as_cash(day)
    faults.head_office_is_gone_for_an_hour(day)
    selling.in_bursts(day, SALES - len(day.shop.sales()))


def close_blind(day: Day) -> None:
    """Count note by note; nothing on the screen tells what should be there, until it is said what is."""
    shop = day.shop
    day.world.clock.advance(LONG_ENOUGH_S)
    shop.counter.resolve_now()
    shop.settle()
    shop.type("F10", "6")
    assert shop.sees("figures_note")
    assert not shop.sees("figures_slip_expected")
    shop.type("Esc", "Esc", "Ctrl+F7", "F10")
    day.tally.moved("cash.opened")
    assert str(Money(FLOAT_FEN + day.tally.drawer)) not in "".join(shop.reads("close_shift_advice"))
    left = FLOAT_FEN + day.tally.drawer - SHORT_FEN
    for fen in DENOMINATIONS_FEN:
        pieces, left = divmod(left, fen)
        if pieces:
            shop.write(str(pieces))
        shop.type("Enter")
    assert left == 0
    assert shop.counter.stage is Stage.CLOSE_SHIFT  # the sum is seen before it is final
    shop.type("Enter")
    day.wait_for(Stage.SHIFT_CLOSED)


def check_the_z(day: Day) -> None:
    """Four ways to the same figures: screen and paper, what was closed, the journal's text, the tally by hand."""
    shop, expected = day.shop, FLOAT_FEN + day.tally.drawer
    assert shop.read("closed_expected") == f"应有现金 {Money(expected)}"
    assert shop.read("closed_difference") == f"⚠ 短款 {Money(SHORT_FEN)}"
    recomputed, in_drawer = recompute(day.journal())
    assert in_drawer == expected
    only_told = {"tax", "return_tax"}
    assert {kind: each for kind, each in recomputed.items() if kind not in only_told} == day.tally.told()
    closed = json.loads(next(body for kind, body in day.journal() if kind == "shift.closed"))
    z_figures = {kind: [each["count"], each["amount_fen"]] for kind, each in closed["figures"].items()}
    assert z_figures.pop("drawer")[1] == day.tally.drawer
    assert z_figures == recomputed
    assert (closed["expected_fen"], closed["counted_fen"]) == (expected, expected - SHORT_FEN)
    report = shifts.read_z(shop.reading, closed["shift_id"])
    assert (report.shift.z_no, report.shift.difference) == (1, Money(-SHORT_FEN))
    day.printer.wait_for(lambda paper: "Z0001" in "".join(paper.slips[-1]))
    rows = ["".join(row.split()) for row in day.printer.paper.slips[-1]]
    assert f"应有现金￥{Money(expected).yuan}" in rows
    assert f"销售{SALES}笔￥{Money(recomputed['sale'][1]).yuan}" in rows
    assert (day.printer.paper.faults, day.printer.paper.kicks) == ([], day.tally.opened)
    check_money(check_books(shop.reading), day.world.alipay)


def check_every_yes(day: Day) -> None:
    """Somebody said yes in every way there is, never the cashier; what was refused is in the journal as well."""
    given = [json.loads(body) for kind, body in day.journal() if kind == "approval.given"]
    assert {each["way"] for each in given} == {"pin", "badge", "phone"}
    assert {each["act"] for each in given} == {
        "refund", "return_without_receipt", "discount", "cash_out", "no_sale", "correct_tender",
    }  # fmt: skip
    assert {(each["actor"], each["approver"]) for each in given} == {("1001", "9001")}
    assert all(each["reason"] for each in given)
    refused = [json.loads(body)["why"] for kind, body in day.journal() if kind == "approval.refused"]
    assert refused == ["P-109", "P-117"]


def check_head_office(day: Day) -> None:
    """What went up is what is here, to the fen; nothing is parked, and nothing came back twice."""
    day.send()
    told = day.ask_hub("/v1/totals?day=2026-11-23")
    there = next(each for each in told["tills"] if each["till"] == "0017-03")
    recomputed, _ = recompute(day.journal())
    assert (there["sales"], there["total_fen"]) == tuple(recomputed["sale"])
    kinds = ("cash", "alipay", "bank_card", "exchange")
    assert there["tenders"] == {kind: recomputed[kind][1] for kind in kinds}
    assert (told["parked"], told["forks"]) == (0, 0)
    assert day.ask_hub("/v1/returned-twice")["count"] == 0
    assert (there["refunds"], there["refunded_fen"]) == tuple(recomputed["refund"])
    assert day.ask_hub("/v1/tills/0017-03/head")["acked"] == len(day.journal())

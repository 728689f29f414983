"""States of managers: the room that a manager sees, at a till that has sold for five weeks."""

import json
from contextlib import closing
from datetime import datetime, timedelta
from typing import Any

from PySide6.QtWidgets import QWidget

from pos.domain import facts
from pos.domain.entry import Json, utc_text
from pos.domain.money import Money
from pos.domain.store_day import StoreDay, TillDay
from tests.screens.month import TODAY
from tests.screens.scene import Scene
from tests.screens.states import after_a_month
from ui.manager.tills_view import TillsBoard
from ui.stage import Stage


def _at_view(scene: Scene, place: int) -> QWidget:
    scene.sign_in_manager()
    scene.counter.show(Stage.TODAY)
    scene.press(f"manager_rail_{place}")
    return scene.window


@after_a_month
def today(scene: Scene) -> QWidget:
    """Is the drawer right, is the day good beside last week at this time, is it all sent."""
    return _at_view(scene, 1)


@after_a_month
def today_numbers(scene: Scene) -> QWidget:
    """The numbers behind the charts, and what a figure means."""
    _at_view(scene, 1)
    scene.press("manager_numbers")
    scene.press("today_card_discount_rate")
    return scene.window


@after_a_month
def manager_cash(scene: Scene) -> QWidget:
    """Each drawer, expected against counted; four weeks of being over or short."""
    return _at_view(scene, 2)


@after_a_month
def manager_closing(scene: Scene) -> QWidget:
    """The Z of yesterday; two refunds that Alipay let wait over the night restate it, each by itself."""
    day = TODAY - timedelta(days=1)
    with closing(scene.world.open()) as till, till.transaction():
        found = till.db.execute(
            "SELECT body FROM journal WHERE kind = 'sale.completed'"
            " AND json_extract(body, '$.business_day') = ? LIMIT 2",
            [day.isoformat()],
        ).fetchall()
        for place, (body,) in enumerate(found):
            till.record(facts.REFUND_DONE, _refund_of(json.loads(body), f"late-{place}", scene.world.clock.now()))
    _at_view(scene, 2)
    scene.window.today.pick(day)
    scene.press("cash_shown_1")
    return scene.window


def _refund_of(sale: dict[str, Any], refund_id: str, at: datetime) -> dict[str, Json]:
    head = {name: sale[name] for name in ("sale_id", "receipt_no", "business_day", "shift_id", "cashier")}
    asked = utc_text(at - timedelta(hours=17))
    return head | {
        "refund_id": refund_id, "request_no": f"GR{refund_id}", "out_trade_no": f"GT{refund_id}",
        "amount_fen": min(sale["total_fen"], 650),
        "state": "done", "reason": "少给了一件", "started_at": asked, "changed_at": utc_text(at), "refusal": "",
        "approver": "9001",
    }  # fmt: skip


@after_a_month
def manager_goods(scene: Scene) -> QWidget:
    """What sold most today."""
    return _at_view(scene, 3)


@after_a_month
def manager_people(scene: Scene) -> QWidget:
    """What each cashier did beside what is usual; a signal, not proof."""
    return _at_view(scene, 4)


@after_a_month
def manager_unusual(scene: Scene) -> QWidget:
    """Everything unusual in a week, and the receipt behind a row."""
    _at_view(scene, 5)
    scene.press("unusual_span_1")
    scene.press("unusual_group_1")
    scene.window.today.boards.unusual.open_row(2)
    return scene.window


@after_a_month
def manager_payments(scene: Scene) -> QWidget:
    """What Alipay brought, and what is open."""
    return _at_view(scene, 6)


@after_a_month
def manager_calendar(scene: Scene) -> QWidget:
    """Five weeks, each day with its money and what kind of day it was."""
    return _at_view(scene, 7)


@after_a_month
def manager_tills(scene: Scene) -> QWidget:
    """The whole store as head office has it, one till silent; this till's own apart."""
    _at_view(scene, 8)
    board = scene.window.today.view
    assert isinstance(board, TillsBoard)
    now, day = scene.world.clock.now(), scene.window.today.day
    tills = (
        TillDay("0017-01", 148, Money(1_043_210), 1, Money(1_990), {"cash": Money(351_020), "alipay": Money(692_190)},
                now - timedelta(seconds=20)),
        TillDay("0017-02", 97, Money(688_400), 0, Money(0), {"cash": Money(201_400), "alipay": Money(487_000)},
                now - timedelta(minutes=42)),
        TillDay("0017-03", 61, Money(439_870), 0, Money(0), {"cash": Money(181_230), "alipay": Money(258_640)},
                now - timedelta(minutes=4)),
    )  # fmt: skip
    board.show_store(StoreDay("0017", day, now, tills, ("0017-02",), 23))
    return scene.window


@after_a_month
def manager_journal(scene: Scene) -> QWidget:
    """Is the journal whole, what goes out, what is set."""
    return _at_view(scene, 9)


@after_a_month
def manager_staff(scene: Scene) -> QWidget:
    """Who works here; a person is chosen for a new PIN."""
    _at_view(scene, 9)
    scene.press("journal_staff")
    scene.window.today.boards.staff.pick(1)
    return scene.window

"""The lamp is green only when nothing is unsent and nothing is open, whatever is on the screen and whoever wrote it."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from pos.domain.money import Money
from pos.settings import HubSettings
from pos.storage import journal
from pos.till import report, sell, sign_in
from pos.till.till import Till
from tests.fakes import CHEAP_HASHER, LIN, TEA, WATER, World, quick_folder
from tests.ui.conftest import PIN, Desk, open_desk
from tests.unit.till.attempts import begin
from ui.stage import Stage

GREEN, NOT_YET = "可以关机", "先别关机"


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication) -> Iterator[Desk]:
    """A till with a head office, which has everything so far."""
    with quick_folder() as folder:
        world = World(folder / "till")
        first = world.open_selling()
        sign_in.put_staff(first, LIN, PIN, hasher=CHEAP_HASHER)
        acknowledge_all(first)
        first.close()
        for opened in open_desk(world, qtbot, qapp):
            opened.till.settings = replace(opened.till.settings, hub=HubSettings("http://127.0.0.1:1"))
            opened.counter.resolve_now()
            wait_lamp(opened, GREEN)
            yield opened


def acknowledge_all(till: Till) -> None:
    with till.transaction():
        journal.acknowledge(till.db, 1, report.journal_marks(till)[0], till.clock.now())


def the_hub_takes_all(desk: Desk) -> None:
    lane = desk.world.open()
    acknowledge_all(lane)
    lane.close()


def lamp(desk: Desk) -> str:
    found = desk.window.strip.findChild(QLabel, "strip_off")
    assert isinstance(found, QLabel)
    return found.text()


def wait_lamp(desk: Desk, words: str) -> None:
    desk.qtbot.waitUntil(lambda: lamp(desk) == words, timeout=4000)


def is_clear(desk: Desk) -> bool:
    """What the lamp must not be without, by a connection of its own."""
    other = desk.world.open()
    try:
        seq, acked = report.journal_marks(other)
        moving = other.db.execute("SELECT count(*) FROM attempts WHERE state IN ('sent','cancelling')").fetchone()[0]
    finally:
        other.close()
    return seq == acked and not moving


def test_in_every_stage_of_a_day_green_means_clear(desk: Desk) -> None:
    seen: dict[Stage, set[str]] = {}

    def note(stage: Stage) -> None:
        seen.setdefault(stage, set()).add(lamp(desk))
        if lamp(desk) == GREEN:
            assert is_clear(desk), stage
            assert not stage.is_paying, stage

    desk.counter.stage_changed.connect(note)
    desk.sign_in()
    desk.counter.code_seen(TEA)
    desk.counter.begin_pay()
    desk.counter.pay_cash(Money(20_000))
    desk.wait_for(Stage.PAID)
    assert lamp(desk) == NOT_YET
    desk.counter.next_sale()
    the_hub_takes_all(desk)
    wait_lamp(desk, GREEN)
    desk.counter.code_seen(TEA)
    desk.counter.begin_pay()
    desk.world.alipay.lose_next_request(arrives_after_s=5)
    desk.counter.code_seen(desk.world.alipay.show_code())
    desk.wait_for(Stage.UNKNOWN)
    the_hub_takes_all(desk)
    desk.window.look_whether_off()
    assert lamp(desk) == NOT_YET, "all is sent, but a payment is open"
    desk.world.clock.advance(6)
    desk.counter.query_now()
    desk.wait_for(Stage.PAID)
    desk.counter.next_sale()
    for stage in (Stage.TODAY, Stage.REVIEW, Stage.REFUND, Stage.CLOSE_SHIFT):
        desk.counter.show(stage)
    the_hub_takes_all(desk)
    desk.counter.close_shift(Money(0))
    desk.wait_for(Stage.SHIFT_CLOSED)
    assert lamp(desk) == NOT_YET
    the_hub_takes_all(desk)
    wait_lamp(desk, GREEN)
    assert {Stage.ASKING, Stage.UNKNOWN, Stage.PAID, Stage.TODAY, Stage.SHIFT_CLOSED} <= set(seen)


def test_what_another_thread_writes_is_seen_within_a_second_or_two(desk: Desk) -> None:
    lane = desk.world.open()
    cart = sell.new_cart(lane)
    sell.scan(lane, cart, WATER)
    sell.pay_cash(lane, cart, Money(200))
    lane.close()
    wait_lamp(desk, NOT_YET)
    assert "未上传 1" in desk.read("strip_unsent")
    the_hub_takes_all(desk)
    wait_lamp(desk, GREEN)


def test_a_payment_that_another_thread_began_keeps_it_from_being_green(desk: Desk) -> None:
    lane = desk.world.open()
    cart = sell.new_cart(lane)
    sell.scan(lane, cart, WATER)
    begin(lane, cart)
    acknowledge_all(lane)
    lane.close()
    wait_lamp(desk, NOT_YET)
    assert "全部上传" in desk.read("strip_unsent")


def test_before_anybody_looked_for_open_payments_nothing_is_promised(qtbot: QtBot, qapp: QApplication) -> None:
    with quick_folder() as folder:
        world = World(folder / "till")
        world.open_selling().close()
        for opened in open_desk(world, qtbot, qapp):
            assert lamp(opened) == NOT_YET
            opened.counter.resolve_now()
            wait_lamp(opened, GREEN)


def test_closing_with_something_unsent_says_so_and_is_allowed(desk: Desk) -> None:
    desk.sign_in()
    desk.counter.code_seen(TEA)
    desk.counter.begin_pay()
    desk.counter.pay_cash(Money(20_000))
    desk.wait_for(Stage.PAID)
    assert not desk.window.close()
    assert desk.read("leave_words_0") == "1 条账还没有上传总部。关机前最好等它传完。"
    assert "不会丢" in desk.read("leave_kept")
    desk.press("leave_stay")
    assert desk.window.isVisible()
    assert not desk.window.close()
    desk.press("leave_go")
    assert not desk.window.isVisible()


def test_closing_with_a_payment_unknown_says_so(desk: Desk) -> None:
    desk.sign_in()
    desk.counter.code_seen(TEA)
    desk.counter.begin_pay()
    desk.world.alipay.lose_next_request(arrives_after_s=5)
    desk.counter.code_seen(desk.world.alipay.show_code())
    desk.wait_for(Stage.UNKNOWN)
    the_hub_takes_all(desk)
    assert not desk.window.close()
    assert "还没有结果" in desk.read("leave_words_0")


def test_with_nothing_open_the_window_just_closes(desk: Desk) -> None:
    assert desk.window.close()

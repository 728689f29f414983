"""Answers come late, out of order and as errors: each counts only for the attempt it is about."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, cast

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.domain.cart import Cart
from pos.domain.errors import DiskFull, IllegalMove, PosError
from pos.domain.money import Money
from pos.domain.payment import AttemptState, PaymentAttempt
from pos.till import pay, sell
from pos.till.till import Till
from tests.fake_time import MORNING, FakeClock
from tests.fakes import NOODLES
from tests.ui.conftest import Desk
from ui.charging import Charging
from ui.lane import Lane
from ui.stage import Pace, Stage

OPEN = PaymentAttempt("a-1", "sale-1", Money(450), AttemptState.SENT, MORNING, MORNING)


@dataclass
class SlowLane:
    """A lane whose answers are given by hand."""

    asked: list[tuple[Callable[[Any], None], Callable[[PosError], None]]] = field(default_factory=list)

    def run(self, _task: object, then: Callable[[Any], None], failed: Callable[[PosError], None]) -> None:
        self.asked.append((then, failed))


@dataclass
class Clocked:
    """As much of a till as charging looks at."""

    clock: FakeClock = field(default_factory=FakeClock)


@dataclass
class Told:
    """What charging said, in order."""

    words: list[str] = field(default_factory=list)

    def listen(self, charging: Charging) -> None:
        charging.waiting.connect(lambda _waiting: self.words.append("waiting"))
        charging.ended.connect(lambda outcome: self.words.append(type(outcome).__name__))
        charging.failed.connect(lambda error: self.words.append(type(error).__name__))


@pytest.fixture
def slow(qapp: QApplication) -> tuple[Charging, SlowLane, Told]:
    assert qapp
    lane, told = SlowLane(), Told()
    charging = Charging(cast("Till", Clocked()), cast("Lane[Till]", lane), Pace())
    told.listen(charging)
    return charging, lane, told


def test_a_stop_that_fails_after_the_sale_was_paid_does_not_end_the_next_customers_payment(
    slow: tuple[Charging, SlowLane, Told],
) -> None:
    charging, lane, told = slow
    charging.start(Cart("sale-1"), "code")
    lane.asked[0][0](pay.Waiting(OPEN, is_unknown=False))
    charging.look()
    charging.stop("stopped")
    lane.asked[1][0](pay.Settled(cast("Any", "sale")))
    charging.start(Cart("sale-2"), "code")
    lane.asked[2][1](IllegalMove(state="sold", to=""))
    assert told.words == ["waiting", "Settled"]
    lane.asked[3][0](pay.Settled(cast("Any", "sale 2")))
    assert told.words == ["waiting", "Settled", "Settled"]


def test_a_look_that_answers_after_the_end_says_nothing(slow: tuple[Charging, SlowLane, Told]) -> None:
    charging, lane, told = slow
    charging.start(Cart("sale-1"), "code")
    lane.asked[0][0](pay.Waiting(OPEN, is_unknown=True))
    charging.look()
    charging.look()
    assert len(lane.asked) == 2, "one look at a time"
    charging.stop("stopped")
    charging.look()
    charging.stop("stopped")
    assert len(lane.asked) == 3, "nothing is asked beside a stop, and one stop is enough"
    lane.asked[1][0](pay.Waiting(OPEN, is_unknown=True))
    assert told.words == ["waiting"], "while it is stopping, a look that waits changes nothing"
    lane.asked[2][0](pay.Refused(OPEN, "stopped", is_certain=True))
    assert told.words == ["waiting", "Refused"]


def test_an_error_that_stays_is_said_and_asked_about_at_the_pace_of_the_clock(desk: Desk, qtbot: QtBot) -> None:
    """The disk is full when the money comes: no storm of questions, words on the screen, and the time runs on."""
    desk.sign_in()
    desk.counter.code_seen(NOODLES)
    desk.counter.begin_pay()
    charging = desk.counter._charging
    charging._poll.setInterval(3000)
    asked: list[str] = []
    desk.world.alipay.on_call = lambda name, _number: asked.append(name)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sell, "commit_sale", _disk_full)
        desk.counter.code_seen(desk.world.alipay.show_code())
        desk.wait_for(Stage.UNKNOWN)
        qtbot.wait(400)
        assert any(isinstance(each, DiskFull) for each in desk.said)
        assert len(asked) <= 2
        confirm_by = charging._confirm_by
        charging.look()
        qtbot.wait(200)
        assert charging._confirm_by == confirm_by
        assert len(asked) <= 3
    charging.look()
    desk.wait_for(Stage.PAID)
    assert desk.world.alipay.kept == Money(450)


def _disk_full(_till: Till, _sale_id: str, _write: Callable[[], object]) -> Any:  # noqa: ANN401  (never returns)
    raise DiskFull(path="till.db")


def test_nobody_leaves_the_counter_while_money_is_on_its_way(desk: Desk) -> None:
    desk.sign_in()
    desk.counter.code_seen(NOODLES)
    desk.counter.begin_pay()
    desk.counter.code_seen(desk.world.alipay.show_code(must_confirm=True))
    desk.wait_for(Stage.WAITING)
    desk.counter.sign_out()
    desk.counter.show(Stage.TODAY)
    assert desk.counter.stage is Stage.WAITING
    assert desk.counter.cashier is not None


def test_the_line_is_known_to_be_well_as_soon_as_it_answers(desk: Desk) -> None:
    desk.sign_in()
    desk.counter.code_seen(NOODLES)
    desk.counter.begin_pay()
    for _ in range(3):
        desk.world.alipay.lose_next_reply()
    desk.counter.code_seen(desk.world.alipay.show_code())
    desk.wait_for(Stage.PAID)
    desk.qtbot.waitUntil(lambda: not desk.counter.reach.is_down, timeout=2000)

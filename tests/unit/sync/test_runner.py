"""The loop: when it asks, how long it waits, what it tells; first without a thread, then with one."""

import queue
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from pos.clock import Clock, SystemClock
from pos.domain.errors import DatabaseDamaged
from pos.sync import runner
from pos.sync.client import HubClient
from pos.sync.runner import Sync, SyncRunner
from pos.sync.status import SyncStatus
from tests.unit.hub.devices import Signing, device_of
from tests.unit.hub.kit import TILL, StoppedClock, post, sales
from tests.unit.sync.kit import Line, TillDisk, answer, skus
from tests.unit.sync.test_exchange import HEAD, SEND, cola

PULL = "GET /v1/catalogue?after=&limit=500"
RULES = "GET /v1/rules?store=0017&after="


@pytest.fixture
def sync(client: HubClient, disk: TillDisk, clock: StoppedClock) -> Sync:
    """A sync whose clock stands and whose chance is none."""
    return Sync(client, disk.outbox, disk.sink, clock, random=lambda: 1.0)


def settle(sync: Sync) -> float:
    """Step until there is a pause, and return it."""
    for _ in range(20):
        pause_s = sync.step()
        if pause_s:
            return pause_s
    raise AssertionError("it never rests")


def test_before_the_first_step_nothing_is_known(sync: Sync, disk: TillDisk) -> None:
    disk.sell(2)
    assert sync.status() == SyncStatus(unsent=2, oldest_unsent_at="2026-11-23T04:00:01.000Z")


def test_all_is_sent_and_told(sync: Sync, disk: TillDisk, line: Line) -> None:
    disk.sell(150)
    assert settle(sync) == 30.0
    assert line.asked == [SEND, PULL, RULES, SEND]
    assert sync.status() == SyncStatus(is_online=True, last_ack_at="2026-11-23T04:00:00.000Z")


def test_an_idle_till_asks_for_the_head_each_half_minute_and_for_prices_each_minute(
    sync: Sync, line: Line, clock: StoppedClock
) -> None:
    for _ in range(4):
        clock.move(settle(sync))
    assert line.asked == [HEAD, PULL, RULES, HEAD, HEAD, PULL, RULES, HEAD]


def test_a_step_too_early_does_nothing(sync: Sync, line: Line, clock: StoppedClock) -> None:
    settle(sync)
    clock.move(10)
    assert sync.step() == 20.0
    assert line.asked == [HEAD, PULL, RULES]


def test_a_sale_does_not_wait_for_the_next_round(sync: Sync, disk: TillDisk, line: Line) -> None:
    settle(sync)
    disk.sell(1)
    sync.hurry()
    settle(sync)
    assert line.asked == [HEAD, PULL, RULES, SEND]
    assert sync.status().unsent == 0


def test_pauses_grow_with_failures_up_to_half_a_minute(
    sync: Sync, disk: TillDisk, line: Line, clock: StoppedClock
) -> None:
    disk.sell(1)
    line.is_down = True
    pauses = []
    for _ in range(10):
        pauses.append(sync.step())
        clock.move(pauses[-1])
    assert pauses == pytest.approx([0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8, 25.6, 30.0, 30.0])
    assert sync.status() == SyncStatus(unsent=1, oldest_unsent_at="2026-11-23T04:00:01.000Z", problem="P-401")


def test_pauses_are_spread_over_their_whole_length(
    client: HubClient, disk: TillDisk, clock: StoppedClock, line: Line
) -> None:
    line.is_down = True
    dice = iter([0.0, 0.0, 0.25, 0.25])
    sync = Sync(client, disk.outbox, disk.sink, clock, random=lambda: next(dice))
    assert sync.step() == 0.0
    assert sync.step() == pytest.approx(0.1)


def test_the_hubs_own_pause_is_kept_and_jitter_added(sync: Sync, disk: TillDisk, line: Line) -> None:
    disk.sell(1)
    line.answers = [
        answer(503, {"code": "busy"}, {"retry-after": "8"}),
        answer(503, {"code": "busy"}, {"retry-after": "9"}),
    ]
    assert sync.step() == pytest.approx(8.2)
    assert sync.status().problem == "P-403"
    assert sync.status().is_online is False


def test_new_sales_do_not_press_a_hub_that_asked_for_a_pause(sync: Sync, disk: TillDisk, line: Line) -> None:
    disk.sell(1)
    line.answers = [answer(503, {"code": "busy"}, {"retry-after": "8"})]
    sync.step()
    disk.sell(1)
    sync.hurry()
    assert sync.step() == pytest.approx(8.2)
    assert line.asked == [SEND, PULL, RULES]


def test_once_it_is_back_all_is_forgotten(sync: Sync, disk: TillDisk, line: Line, clock: StoppedClock) -> None:
    disk.sell(1)
    line.is_down = True
    for _ in range(5):
        clock.move(sync.step())
    line.is_down = False
    for _ in range(2):
        clock.move(sync.step())
    assert sync.status() == SyncStatus(is_online=True, last_ack_at=sync.status().last_ack_at)
    line.is_down = True
    disk.sell(1)
    sync.hurry()
    assert sync.step() == pytest.approx(0.2)


def test_a_fork_is_told_and_tried_seldom_and_prices_still_come(
    sync: Sync, disk: TillDisk, line: Line, clock: StoppedClock, hub: httpx.Client
) -> None:
    hub.auth = Signing(TILL, clock)
    post(hub, sales(3, first=500))
    hub.auth = Signing("office", clock)
    hub.post("/v1/catalogue", json={"products": [cola("1")]})
    disk.sell(2)
    assert sync.step() == 60.0
    assert sync.status().problem == "P-402"
    assert sync.status().is_online is True
    assert skus(disk.sink) == ["1"]
    for _ in range(4):
        clock.move(60)
        sync.step()
    assert line.asked.count(SEND) == 1
    clock.move(60)
    sync.step()
    assert line.asked.count(SEND) == 2


class Watched:
    """A runner, and the statuses it tells."""

    def __init__(self, url: str, open_disk: Callable[[], TillDisk], clock: Clock) -> None:
        self._told: queue.Queue[SyncStatus] = queue.Queue()

        def open_ports() -> tuple[object, object, None]:
            disk = open_disk()
            return disk.outbox, disk.sink, None

        self.runner = SyncRunner(HubClient(url, device_of(TILL), clock=clock), open_ports, on_status=self._told.put)  # type: ignore[arg-type]

    def until(self, is_so: Callable[[SyncStatus], bool]) -> SyncStatus:
        """Take what is told until it is so."""
        while True:
            status = self._told.get(timeout=20)
            if is_so(status):
                return status


@contextmanager
def running(url: str, open_disk: Callable[[], TillDisk], clock: Clock) -> Iterator[Watched]:
    """A runner that runs as long as the test."""
    watched = Watched(url, open_disk, clock)
    watched.runner.start()
    yield watched
    assert watched.runner.stop()


def test_the_thread_sends_when_woken_and_tells(hub_url: str, disk: TillDisk, quick: Path, clock: StoppedClock) -> None:
    with running(hub_url, lambda: TillDisk(quick / "till"), clock) as watched:
        watched.until(lambda status: status.is_online)
        disk.sell(3)
        watched.runner.wake()
        status = watched.until(lambda status: status.last_ack_at != "")
        assert (status.unsent, status.problem) == (0, "")
        assert watched.runner.status == status


def test_a_disk_that_fails_is_opened_again(
    hub_url: str, quick: Path, monkeypatch: pytest.MonkeyPatch, clock: StoppedClock
) -> None:
    monkeypatch.setattr(runner, "REOPEN_S", 0.01)
    failures: list[Exception] = [DatabaseDamaged(path="till.db", reason="torn"), ZeroDivisionError("a bug")]

    def open_disk() -> TillDisk:
        if failures:
            raise failures.pop(0)
        return TillDisk(quick / "till")

    with running(hub_url, open_disk, clock) as watched:
        assert watched.until(lambda status: status.problem != "").problem == "P-502"
        assert watched.until(lambda status: status.problem != "").problem == "P-000"
        assert watched.until(lambda status: status.is_online).problem == ""


def test_a_runner_that_was_never_started_stops() -> None:
    assert SyncRunner(HubClient("http://127.0.0.1:9"), lambda: (_ for _ in ()).throw(AssertionError)).stop()


def test_stopping_does_not_wait_for_the_pause(quick: Path) -> None:
    with running("http://127.0.0.1:9", lambda: TillDisk(quick / "till"), SystemClock()) as watched:
        assert watched.until(lambda status: status.problem != "").problem == "P-401"

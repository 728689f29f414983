"""The sync loop: push what is unsent, pull the catalogue, share suspended carts, wait, again; on its own thread."""

import logging
import threading
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import replace
from random import SystemRandom
from typing import Any

from pos.clock import Clock, SystemClock
from pos.domain.errors import (
    ClocksApart,
    HubRefused,
    HubUnreachable,
    JournalFork,
    NotEnrolled,
    PosError,
    RulesRefused,
    SyncError,
)
from pos.domain.signing import CLOCK_TOLERANCE_S
from pos.sync.carts import HubCarts, OwnCarts, share_once
from pos.sync.client import HubClient
from pos.sync.exchange import Check, pull_once, pull_rules, push_once
from pos.sync.ports import CatalogueSink, Outbox
from pos.sync.status import SyncStatus

HEARTBEAT_S = 30.0
"""Between two looks at the hub when nothing is unsent."""
PULL_S = 60.0
"""Between two looks at the catalogue, and at the store's rules."""
BACKOFF_FIRST_S = 0.2
BACKOFF_LAST_S = 30.0
FORK_S = 300.0
"""Between two tries when the hub keeps another journal under our name; only people can mend that."""
REOPEN_S = 10.0
"""Before the till's own databases are opened again after they failed under us."""

_dice = SystemRandom()
_log = logging.getLogger(__name__)


class _Leg:
    """One direction: when it is due, and how long it waits after failures."""

    def __init__(self, once: Callable[[], bool], pause_s: float) -> None:
        self.once = once
        self.pause_s = pause_s
        self.due_at = 0.0
        self.failures = 0
        self.problem = ""


def accept(_version: str, _document: Mapping[str, Any]) -> None:
    """Find every rule document good."""


class Sync:
    """Both directions, without a thread: call ``step`` and then wait as long as it says.

    Args:
        random: gives 0.0 <= x < 1.0, for the jitter.
        check: looks at a rule document before it is kept.
        carts: what is suspended here; None for a till that shares nothing.
    """

    def __init__(
        self,
        client: HubClient,
        outbox: Outbox,
        sink: CatalogueSink,
        clock: Clock,
        random: Callable[[], float],
        *,
        check: Check = accept,
        carts: OwnCarts | None = None,
    ) -> None:
        self._client, self._outbox, self._clock, self._random = client, outbox, clock, random
        self._sink, self._check = sink, check
        self._push = _Leg(lambda: push_once(client, outbox, clock), HEARTBEAT_S)
        self._pull = _Leg(self._pull_once, PULL_S)
        self._carts = carts
        self._share = _Leg(self._share_carts, HEARTBEAT_S)
        self._count = _Leg(self._count_elsewhere, PULL_S)
        self._waiting_elsewhere = 0
        self._is_online = False

    def step(self) -> float:
        """Do what is due, one batch and one page at most, and return the seconds until something is due again."""
        for leg in self._legs():
            if leg.due_at <= self._clock.monotonic():
                self._run(leg)
        return max(0.0, min(leg.due_at for leg in self._legs()) - self._clock.monotonic())

    def hurry(self) -> None:
        """Something new is unsent: push in the next step, unless the hub is being left alone after a failure."""
        for leg in self._legs():
            if leg not in {self._pull, self._count} and not leg.failures:
                leg.due_at = self._clock.monotonic()

    def status(self) -> SyncStatus:
        """Read from disk how things stand."""
        backlog = self._outbox.backlog()
        problem = self._push.problem or self._pull.problem
        if not problem and abs(self._client.clock_apart_s) > CLOCK_TOLERANCE_S:
            problem = ClocksApart.code
        return SyncStatus(self._is_online, backlog.count, backlog.oldest_at, backlog.acknowledged_at, problem,
                          self._waiting_elsewhere)  # fmt: skip

    def _pull_once(self) -> bool:
        """Take a page of the catalogue, and behind the last one the rules; return whether there is more to take."""
        has_more = pull_once(self._client, self._sink)
        if not has_more:
            pull_rules(self._client, self._sink, self._outbox.till.partition("-")[0], self._check)
        return has_more

    def _legs(self) -> list[_Leg]:
        """What this till does; what it has laid aside is shared while there is any."""
        if self._carts is None:
            return [self._push, self._pull]
        return [self._push, self._pull, *([self._share] if self._carts.has_any else []), self._count]

    def _share_carts(self) -> bool:
        assert self._carts is not None
        share_once(HubCarts(self._client), self._carts)
        return False

    def _count_elsewhere(self) -> bool:
        """See how many carts wait at other tills, for the badge."""
        assert self._carts is not None
        told = HubCarts(self._client).list_open()
        self._waiting_elsewhere = sum(each.till != self._carts.till for each in told)
        return False

    def _run(self, leg: _Leg) -> None:
        try:
            pause_s = 0.0 if leg.once() else leg.pause_s
        except SyncError as error:
            if error.code != leg.problem:
                _log.warning("sync: %s", error)
            leg.problem = error.code
            leg.failures += 1
            pause_s = self._pause_after(error, leg.failures)
            self._is_online = _has_answered(error)
        else:
            leg.problem, leg.failures, self._is_online = "", 0, True
        leg.due_at = self._clock.monotonic() + pause_s

    def _pause_after(self, error: SyncError, failures: int) -> float:
        if isinstance(error, (JournalFork, NotEnrolled)):
            return FORK_S
        if isinstance(error, RulesRefused):
            return PULL_S  # the head office has to write another one
        ceiling = min(BACKOFF_LAST_S, BACKOFF_FIRST_S * 2.0 ** min(failures - 1, 20))
        asked = error.facts["retry_after_s"] if isinstance(error, HubRefused) else 0
        assert isinstance(asked, int)
        return asked + ceiling * self._random()


def _has_answered(error: SyncError) -> bool:
    if isinstance(error, HubRefused):
        status = error.facts["status"]
        return isinstance(status, int) and status < 500
    return not isinstance(error, (HubUnreachable, NotEnrolled))


class SyncRunner:
    """Runs a Sync on a thread of its own until stopped; selling never waits for it.

    Args:
        client: used by the sync thread only, and closed by it at the end.
        open_disk: opens the outbox, the sink and the suspended carts; called on the sync thread, again when they fail.
        on_status: called on the sync thread with each status that differs from the last.
        check_rules: raises a PosError over a rule document that cannot be used; on the sync thread.
    """

    def __init__(
        self,
        client: HubClient,
        open_disk: Callable[[], tuple[Outbox, CatalogueSink, OwnCarts | None]],
        *,
        on_status: Callable[[SyncStatus], None] = lambda _status: None,
        clock: Clock | None = None,
        random: Callable[[], float] = _dice.random,
        check_rules: Check = accept,
    ) -> None:
        self._client, self._open_disk, self._on_status = client, open_disk, on_status
        self._check_rules = check_rules
        self._clock, self._random = clock or SystemClock(), random
        self._bell = threading.Event()
        self._stopping = threading.Event()
        self._status = SyncStatus()
        self._thread = threading.Thread(target=self._run, name="sync", daemon=True)

    @property
    def status(self) -> SyncStatus:
        """The latest status; from any thread."""
        return self._status

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def wake(self) -> None:
        """Say that something is unsent; from any thread, never waits."""
        self._bell.set()

    def stop(self, timeout_s: float = 15.0) -> bool:
        """End after the request under way, and return whether it ended in time."""
        self._stopping.set()
        self._bell.set()
        if self._thread.ident is not None:
            self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        with self._client:
            while not self._stopping.is_set():
                try:
                    self._work()
                except PosError as error:
                    _log.warning("sync: %s; again in %s s", error, REOPEN_S)
                    self._pause_with(error.code)
                except Exception:  # noqa: BLE001  (told below)
                    # A bug must not end uploading for the day: it is logged whole, shown, and the loop starts afresh.
                    _log.exception("sync: a bug; again in %s s", REOPEN_S)
                    self._pause_with(PosError.code)

    def _work(self) -> None:
        outbox, sink, carts = self._open_disk()
        with closing(outbox), closing(sink):
            sync = Sync(self._client, outbox, sink, self._clock, self._random, check=self._check_rules, carts=carts)
            self._loop(sync)

    def _pause_with(self, problem: str) -> None:
        self._tell(replace(self._status, problem=problem))
        self._stopping.wait(REOPEN_S)

    def _loop(self, sync: Sync) -> None:
        while not self._stopping.is_set():
            pause_s = sync.step()
            self._tell(sync.status())
            if self._bell.wait(pause_s):
                self._bell.clear()
                sync.hurry()

    def _tell(self, status: SyncStatus) -> None:
        if status != self._status:
            self._status = status
            self._on_status(status)

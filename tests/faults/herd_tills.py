"""Tills for a herd: a journal and a catalogue in memory, everything between them and the hub the real one."""

import os
import random
import threading
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Self

import httpx

from pos.clock import SystemClock, uuid7
from pos.domain.device import Device
from pos.domain.entry import GENESIS, JournalEntry, utc_text
from pos.sync.client import HubClient
from pos.sync.ports import Backlog
from pos.sync.runner import Sync
from tests.unit.hub.devices import device_of
from tests.unit.hub.kit import NOON, sale_body


class MemoryJournal:
    """A till's journal without a disk, with what the sync loop asks of one.

    Attributes:
        sold_at: when each sale was made, by the machine's monotonic clock, by seq.
        acked_at: when the till learned that the hub has it.
    """

    def __init__(self, device: Device) -> None:
        self.till, self.epoch = device.name, 1
        self.entries: list[JournalEntry] = []
        self.sold_at: list[float] = []
        self.acked_at: list[float] = []
        self._device = device

    def sell(self) -> None:
        """Append one signed sale of two lines."""
        seq = len(self.entries) + 1
        at = NOON + timedelta(seconds=seq)
        body = sale_body(seq, receipt_no=f"{self.till}-20261123-{seq:04d}")
        prev = self.entries[-1].hash if self.entries else GENESIS
        unsigned = JournalEntry.make(
            till=self.till, epoch=1, seq=seq, id=uuid7(at, seq.to_bytes(10, "big")), at=at, kind="sale.completed",
            version=1, body=body, prev=prev,
        )  # fmt: skip
        self.entries.append(_signed(unsigned, self._device))
        self.sold_at.append(time.monotonic())

    def unsent(self, limit: int) -> Sequence[JournalEntry]:
        return self.entries[len(self.acked_at) :][:limit]

    def entry_hash(self, epoch: int, seq: int) -> str | None:
        return self.entries[seq - 1].hash if epoch == 1 and 1 <= seq <= len(self.entries) else None

    def acknowledged(self, epoch: int) -> int:
        return len(self.acked_at) if epoch == 1 else 0

    def acknowledge(self, epoch: int, seq: int, at: datetime) -> None:
        del at
        assert epoch == 1
        self.acked_at += [time.monotonic()] * (seq - len(self.acked_at))

    def rewind(self, epoch: int, seq: int) -> None:
        assert epoch == 1
        del self.acked_at[seq - 1 :]

    def backlog(self) -> Backlog:
        return Backlog(len(self.entries) - len(self.acked_at), "", utc_text(datetime.now(UTC)))

    def close(self) -> None:
        """Nothing is open."""


def _signed(entry: JournalEntry, device: Device) -> JournalEntry:
    return JournalEntry(entry.till, entry.epoch, entry.seq, entry.id, entry.at, entry.kind, entry.version, entry.body,
                        entry.prev, entry.hash, signature=device.sign(entry.hash))  # fmt: skip


class MemoryShelf:
    """A till's catalogue without a disk."""

    def __init__(self) -> None:
        self._cursor = ""

    def cursor(self) -> str:
        return self._cursor

    def apply(self, changed: Sequence[Mapping[str, Any]], removed: Sequence[str], cursor: str) -> None:
        del changed, removed
        self._cursor = cursor

    def rules_version(self) -> str:
        return ""

    def keep_rules(self, version: str, document: Mapping[str, Any]) -> None:
        raise AssertionError((version, document))  # this head office gives none

    def close(self) -> None:
        """Nothing is open."""


class CountingLine(httpx.BaseTransport):
    """The way to the hub, which counts what is answered there.

    Attributes:
        answers: by status, or by the name of the error; a 503 that does not say when to come again is named apart.
        refused_sales: entries sent and not answered by 200.
    """

    def __init__(self) -> None:
        self.answers: Counter[str] = Counter()
        self.refused_sales = 0
        self._real = httpx.HTTPTransport(verify=False)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        try:
            answer = self._real.handle_request(request)
        except httpx.HTTPError as error:
            self._count(request, type(error).__name__)
            raise
        is_vague = answer.status_code == httpx.codes.SERVICE_UNAVAILABLE and "retry-after" not in answer.headers
        self._count(request, f"{answer.status_code}{' without Retry-After' if is_vague else ''}")
        return answer

    def _count(self, request: httpx.Request, answer: str) -> None:
        self.answers[answer] += 1
        self.refused_sales += request.method == "POST" and answer != "200"

    def close(self) -> None:
        self._real.close()


class Till:
    """A till of the herd: the real sync loop over a journal in memory, on whatever thread calls it."""

    def __init__(self, url: str, name: str, seed: int) -> None:
        device = device_of(name)
        self.name, self.line, self.journal = name, CountingLine(), MemoryJournal(device)
        self._client = HubClient(url, device, transport=self.line)
        self._sync = Sync(self._client, self.journal, MemoryShelf(), SystemClock(), random.Random(seed).random)

    def drain(self, until: float) -> None:
        """Sync as a till does until nothing is unsent, or ``until`` by the monotonic clock."""
        self._sync.hurry()
        while (pause_s := self._sync.step()) >= 0 and self.journal.unsent(1) and time.monotonic() < until:
            time.sleep(pause_s)

    def close(self) -> None:
        self._client.close()


@dataclass
class Drained:
    """What became of a herd; times are of the machine's monotonic clock.

    Attributes:
        drained_at: by till.
        heads: hash of each till's last entry.
        sent: entries of all of them.
        processor_s: what the herd itself used.
    """

    began: float
    drained_at: dict[str, float]
    heads: dict[str, str]
    sent: int
    processor_s: float
    answers: Counter[str] = field(default_factory=Counter)


_herd: list[Till] = []
"""Of this process; made before the line comes back, so that nothing else is measured then."""


def prepare(url: str, names: Sequence[str], entries: int, seed: int) -> None:
    """Make tills that sold for so long without a line."""
    os.nice(10)  # in life each has a processor of its own, and takes none from the hub
    _herd[:] = [Till(url, name, seed + number) for number, name in enumerate(names)]
    for till in _herd:
        for _ in range(entries):
            till.journal.sell()


def stampede(patience_s: float) -> Drained:
    """Let the tills made before each find the line back in the same moment, a thread for each.

    Raises:
        AssertionError: a till still has something unsent when the patience is over.
    """
    gun = threading.Barrier(len(_herd) + 1)
    threads = [threading.Thread(target=_run, args=(till, gun, patience_s)) for till in _herd]
    for thread in threads:
        thread.start()
    gun.wait()
    began, used = time.monotonic(), time.process_time()
    for thread in threads:
        thread.join()
    late = [till.name for till in _herd if till.journal.unsent(1)]
    assert not late, f"{len(late)} tills still have something unsent after {patience_s} s: {late[:5]}"
    return Drained(
        began,
        {till.name: till.journal.acked_at[-1] for till in _herd},
        {till.name: till.journal.entries[-1].hash for till in _herd},
        sum(len(till.journal.entries) for till in _herd),
        time.process_time() - used,
        sum((till.line.answers for till in _herd), Counter()),
    )


def _run(till: Till, gun: threading.Barrier, patience_s: float) -> None:
    gun.wait()
    till.drain(time.monotonic() + patience_s)
    till.close()


class Counters:
    """Tills with customers: each sells about once in ``every_s`` and syncs at once, until told to stop."""

    def __init__(self, url: str, names: Sequence[str], every_s: float, seed: int) -> None:
        self.tills = [Till(url, name, seed + number) for number, name in enumerate(names)]
        self._every_s, self._chance, self._closing = every_s, random.Random(seed), threading.Event()
        self._threads = [threading.Thread(target=self._trade, args=(till,)) for till in self.tills]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        for thread in self._threads:
            thread.join()

    def _trade(self, till: Till) -> None:
        while not self._closing.wait(self._chance.uniform(0, 2 * self._every_s)):
            till.journal.sell()
            till.drain(time.monotonic() + 60)
        till.drain(time.monotonic() + 60)
        till.close()

    def waited_ms(self, since: float, until: float) -> list[float]:
        """Return how long each sale made in a span took to be at the hub and known to be there."""
        pairs = [pair for till in self.tills for pair in zip(till.journal.sold_at, till.journal.acked_at, strict=True)]
        return [(acked - sold) * 1000 for sold, acked in pairs if since <= sold < until]

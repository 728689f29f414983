"""A line comes back after a store-wide outage: tills with a backlog all at once, others with customers meanwhile."""

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import ceil
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import monotonic, process_time, sleep

from sqlalchemy import Engine, func, select

from pos.domain.entry import GENESIS, JournalEntry
from pos.hub import schema
from pos.hub.database import open_engine, reading
from tests.faults.herd_tills import Counters, Drained, prepare, stampede
from tests.faults.processor import processor_s
from tests.unit.hub.kit import Cluster, HubProcess

Figure = int | float | str

PATIENCE_S = 900.0
"""After which a till that still has something unsent is a broken promise."""


@dataclass(frozen=True, slots=True)
class Size:
    """How large an outage is.

    Attributes:
        live: tills with customers and no backlog.
        every_s: between two sales of one of them, in the middle.
        quiet_s: how long they have the hub to themselves, for comparison.
    """

    tills: int = 600
    entries: int = 120
    live: int = 20
    every_s: float = 1.0
    quiet_s: float = 10.0

    @property
    def herd(self) -> list[str]:
        """The names of the tills that come back, eight to a store."""
        return [f"{1000 + number // 8}-{number % 8 + 1:02d}" for number in range(self.tills)]

    @property
    def counters(self) -> list[str]:
        """The names of the tills with customers."""
        return [f"{5000 + number}-01" for number in range(self.live)]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was measured; milliseconds.

    Attributes:
        drained_ms: until each till of the herd had nothing unsent, from the moment the line came back.
        quiet_ms: until a sale was at the hub, before the herd.
        live_ms: the same while the herd was there.
        answers: of the hub to the herd, by status.
        refused_live: sales of the tills with customers that were answered otherwise than by 200.
        rows: entries that the hub keeps, all looked at.
        processor_s: seconds of processor while the herd was there, by who used them.
    """

    drained_ms: list[float]
    quiet_ms: list[float]
    live_ms: list[float]
    answers: Counter[str] = field(default_factory=Counter)
    refused_live: int = 0
    rows: int = 0
    processor_s: dict[str, float] = field(default_factory=dict)

    @property
    def live_p99_ms(self) -> float:
        """99 of 100 sales were quicker while the herd was there."""
        return quantile(self.live_ms, 0.99)

    def figures(self, size: Size) -> dict[str, Figure]:
        """Return the figures for people, in the order they are read."""
        last_s = max(self.drained_ms) / 1000
        busy = ", ".join(f"{name} {seconds:.0f}" for name, seconds in self.processor_s.items())
        return {
            "tills": size.tills,
            "entries of each": size.entries,
            "drained, half of the tills, s": round(median(self.drained_ms) / 1000, 1),
            "drained, 99 of 100, s": round(quantile(self.drained_ms, 0.99) / 1000, 1),
            "drained, the last, s": round(last_s, 1),
            "entries/s": round(size.tills * size.entries / last_s),
            "tills with customers": size.live,
            "their sales meanwhile": len(self.live_ms),
            "sale at the hub, quiet, p50 ms": round(median(self.quiet_ms)),
            "sale at the hub, quiet, p99 ms": round(quantile(self.quiet_ms, 0.99)),
            "sale at the hub, herd, p50 ms": round(median(self.live_ms)),
            "sale at the hub, herd, p99 ms": round(self.live_p99_ms),
            "sale at the hub, herd, longest ms": round(max(self.live_ms)),
            "sales refused": self.refused_live,
            "answers to the herd": ", ".join(f"{count} x {name}" for name, count in sorted(self.answers.items())),
            "rows, each looked at": self.rows,
            "lost or doubled": 0,  # or ``audit`` had raised
            "processor seconds": busy,
            "machine": machine(),
        }


def quantile(values: Sequence[float], part: float) -> float:
    """Return the value that so large a part of them does not exceed (nearest rank)."""
    return sorted(values)[ceil(part * len(values)) - 1]


@contextmanager
def database(kind: str) -> Iterator[tuple[str, Callable[[], float]]]:
    """Give an empty database on a real disk, ``sqlite`` or ``postgresql``, which syncs each commit.

    Yields:
        Its URL, and what tells how many seconds of processor its own processes have used.
    """
    if kind == "sqlite":
        with TemporaryDirectory(prefix="guitai-herd-") as folder:
            yield f"sqlite:///{Path(folder) / 'hub.db'}", lambda: 0.0
        return
    cluster = Cluster(fsync="on")
    cluster.start()
    try:
        yield cluster.new_database(), lambda: processor_s(cluster.pid)
    finally:
        cluster.stop()


def outage(kind: str, size: Size, seed: int) -> Outcome:
    """Play one outage against a hub in a process of its own, and hold every row of the hub against what was sent.

    Raises:
        AssertionError: an entry is lost, doubled, off its chain or not added up, or a till never got through.
    """
    names = [*size.herd, *size.counters]
    with database(kind) as (url, database_s), HubProcess(url, names) as hub:

        def used() -> dict[str, float]:
            return {"hub": processor_s(hub.pid), "database": database_s(), "live tills": process_time()}

        counters = Counters(hub.url, size.counters, size.every_s, seed)
        # The herd is another process, or its threads would be what the sales wait for.
        with counters, ProcessPoolExecutor(1, mp_context=get_context("spawn")) as stable:
            stable.submit(prepare, hub.url, size.herd, size.entries, seed).result()
            opened = monotonic()
            sleep(size.quiet_s)
            before, began = used(), monotonic()
            drained = stable.submit(stampede, PATIENCE_S).result()
            after = used()
        spent = {name: after[name] - before[name] for name in after} | {"herd": drained.processor_s}
        return _outcome(url, counters, drained, (opened, began), spent)


def _outcome(
    url: str, counters: Counters, drained: Drained, quiet: tuple[float, float], spent: dict[str, float]
) -> Outcome:
    heads = drained.heads | {till.name: till.journal.entries[-1].hash for till in counters.tills}
    sent = drained.sent + sum(len(till.journal.entries) for till in counters.tills)
    engine = open_engine(url)
    try:
        rows = audit(engine, heads)
    finally:
        engine.dispose()
    assert rows == sent, f"{rows} entries at the hub, {sent} were sent"
    return Outcome(
        [(at - drained.began) * 1000 for at in drained.drained_at.values()],
        counters.waited_ms(*quiet),
        counters.waited_ms(drained.began, max(drained.drained_at.values())),
        drained.answers,
        sum(till.line.refused_sales for till in counters.tills),
        rows,
        spent,
    )


def audit(engine: Engine, heads: dict[str, str]) -> int:
    """Follow every till's chain at the hub to the last entry that the till made, and return the entries kept.

    Raises:
        AssertionError: something is missing, doubled, untrue, off the chain, parked, forked, or sold and not counted.
    """
    with reading(engine) as connection:
        known = {f"{store}-{till}" for store, till in connection.execute(_TILLS)}
        assert known == heads.keys()
        rows = sum(_follow(engine, name, last) for name, last in heads.items())
        for table, expected in ((schema.entries, rows), (schema.sales, rows), (schema.parked, 0), (schema.forks, 0)):
            found = connection.scalar(select(func.count()).select_from(table))
            assert found == expected, f"{table.name}: {found} rows instead of {expected}"
    return rows


_TILLS = select(schema.till_heads.c.store, schema.till_heads.c.till)
_FIELDS = [schema.entries.c[each] for each in ("epoch", "seq", "id", "at", "kind", "version", "body", "prev", "hash")]


def _follow(engine: Engine, name: str, last: str) -> int:
    store, _, till = name.partition("-")
    with reading(engine) as connection:
        query = select(*_FIELDS).filter_by(store=store, till=till).order_by(schema.entries.c.seq)
        kept: Sequence[JournalEntry] = [JournalEntry(name, *row) for row in connection.execute(query)]
    prev = GENESIS
    for seq, entry in enumerate(kept, 1):
        assert (entry.epoch, entry.seq, entry.prev) == (1, seq, prev), f"{name} is broken at {seq}"
        assert entry.hash == entry.content_hash(), f"{name} is untrue at {seq}"
        prev = entry.hash
    assert prev == last, f"{name}: the hub's last entry is not the till's"
    return len(kept)


def machine() -> str:
    """Say what ran it, and how busy that was with other things."""
    return f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"

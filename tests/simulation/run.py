"""Run seeds, one or thousands."""

import os
import traceback
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context

from tests.fakes import quick_folder
from tests.simulation.world import Story, World

CHUNK = 25
"""Seeds that a process is given at a time."""


@dataclass(slots=True)
class Tally:
    """What many seeds came to.

    Attributes:
        failed: what went wrong, by seed.
    """

    seeds: int = 0
    events: int = 0
    sales: int = 0
    kills: int = 0
    checks: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    failed: dict[int, str] = field(default_factory=dict)

    def add(self, story: Story) -> None:
        """Count one story."""
        self.seeds += 1
        self.events, self.sales = self.events + story.events, self.sales + story.sales
        self.kills, self.checks = self.kills + story.kills, self.checks + story.checks
        self.faults.update(story.faults)

    def merge(self, other: "Tally") -> None:
        """Count what another process counted."""
        self.seeds, self.events, self.sales = (
            self.seeds + other.seeds,
            self.events + other.events,
            self.sales + other.sales,
        )
        self.kills, self.checks = self.kills + other.kills, self.checks + other.checks
        self.faults.update(other.faults)
        self.failed |= other.failed

    @property
    def bound(self) -> str:
        """How rare a bug must be that so many clean seeds did not show, with 95 % confidence (the rule of three)."""
        return f"bug rate below {3 / self.seeds:.3%} a seed at 95 %" if self.seeds and not self.failed else "not clean"

    def __str__(self) -> str:
        return (
            f"{self.seeds} seeds, {len(self.failed)} failed: {self.bound}; {self.events} events, {self.sales} sales,"
            f" {self.faults.total()} faults, {self.kills} kills, {self.checks} audits"
        )


def run_seed(seed: int) -> Story:
    """Run one seed on files of its own.

    Raises:
        AssertionError: a promise is broken.
    """
    with quick_folder() as folder:
        return World(seed, folder).run()


def run_chunk(seeds: Iterable[int]) -> Tally:
    """Run seeds one after the other; one that fails does not stop the others."""
    tally = Tally()
    for seed in seeds:
        try:
            tally.add(run_seed(seed))
        except Exception:  # noqa: BLE001  (whatever it is, it is this seed's)
            tally.seeds += 1
            tally.failed[seed] = traceback.format_exc()
    return tally


def run_many(first: int, count: int) -> Tally:
    """Run seeds on all cores."""
    chunks = [range(at, min(at + CHUNK, first + count)) for at in range(first, first + count, CHUNK)]
    tally = Tally()
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        for part in pool.map(run_chunk, chunks):
            tally.merge(part)
    return tally

"""Mutation: plant each bug and let the simulation look for it."""

import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from tests.simulation.bugs import BUGS, plant
from tests.simulation.run import run_seed

SEEDS_MAX = 500
"""A bug that lives longer than this is one the simulation does not see."""


def seeds_to_kill(name: str, first: int = 1, limit: int = SEEDS_MAX) -> int:
    """Return how many seeds it takes until a planted bug is found, 0 when it is not found within ``limit``."""
    with plant(name):
        for count, seed in enumerate(range(first, first + limit), 1):
            try:
                run_seed(seed)
            except Exception:  # noqa: BLE001  (a bug may show as anything, as long as it shows)
                return count
    return 0


def kill_all(first: int = 1) -> dict[str, int]:
    """Return ``seeds_to_kill`` of every planted bug, on all cores."""
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        return dict(zip(BUGS, pool.map(seeds_to_kill, BUGS, [first] * len(BUGS)), strict=True))


def prove(seconds: float, seed: int) -> dict[str, int | float | str]:
    """Plant every bug once; it takes as long as it takes.

    Raises:
        AssertionError: a bug lived.
    """
    del seconds
    found = kill_all(seed)
    assert all(found.values()), [name for name, seeds in found.items() if not seeds]
    slowest = max(found, key=lambda name: found[name])
    return {"bugs planted": len(found), "bugs killed": len(found), "most seeds to kill one": found[slowest],
            "hardest to find": slowest, "seeds run": sum(found.values())}  # fmt: skip

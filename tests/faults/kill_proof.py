"""The real app, killed at random moments again and again, on several tills side by side."""

import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

from tests.fakes import quick_folder
from tests.faults.lives import counter

LIFE_S = 1.6
"""The longest life at first, from when the window is there; it follows what this machine sells in a life."""
LONGER, SHORTER = 1.2, 0.95
"""After a life that sold nothing, and after one that sold: about four lives in five sell."""
START_S = 1.2
"""One life in six ends within this, while the program starts."""


def kill_often(folder: Path, kills: int, seed: int, seconds: float = 0) -> dict[str, int]:
    """Kill one till's app so often, or for so many seconds, then let it settle; return what happened, counted."""
    chance, began, life_s = Random(seed), time.monotonic(), LIFE_S
    with counter(folder) as till:
        while till.kills < kills or time.monotonic() - began < seconds:
            in_start = chance.random() < 1 / 6
            after_s, had = chance.uniform(0.2, START_S if in_start else life_s), len(till.receipts)
            status = till.live(chance.randrange(10**9), 10**6, after_s, in_start=in_start)
            assert status == -9, f"seed {seed}: the app ended by itself with {status}; see app.log"
            if not in_start:
                life_s *= SHORTER if len(till.receipts) > had else LONGER
        settled = till.settle(seed)
        return settled | {"kills": till.kills, "receipts": len(till.receipts), "drafts": till.drafts}


def kill_side_by_side(kills: int, seed: int, seconds: float = 0) -> dict[str, int]:
    """Kill the apps of as many tills as there are cores, so often together."""
    tills = os.cpu_count() or 1
    with quick_folder() as folder, ThreadPoolExecutor(tills) as pool:
        each = -(-kills // tills)
        jobs = [pool.submit(kill_often, folder / str(place), each, seed + place, seconds) for place in range(tills)]
        done = [job.result() for job in jobs]
    return {name: sum(one[name] for one in done) for name in done[0]}


def prove(seconds: float, seed: int) -> dict[str, int | float | str]:
    """Kill for so long.

    Raises:
        AssertionError: a receipt, a draft, a number or money is lost.
    """
    return {"first seed": seed, **kill_side_by_side(1, seed, seconds)}

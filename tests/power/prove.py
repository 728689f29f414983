"""Power loss and disk faults at full size: fresh seeds for as long as is given."""

import os
import time
from random import Random

from tests.power.cuts import Tally, run_many
from tests.power.flips import flip_many
from tests.power.scenes import SCENES
from tests.power.trials import try_all

ROUND = 5_000
"""Images between two looks at the clock."""


FULL_FROM_S = 240
"""From here on faults that last and short reads are tried too; that takes a minute or two."""


def prove(seconds: float, seed: int) -> dict[str, int | float | str]:
    """Let every operation fail, flip bits for a fifth of the time, and cut the power for the rest.

    Raises:
        AssertionError: a promise is broken; what makes it again is in the text.
    """
    until = time.monotonic() + seconds
    faults = try_all(is_full=seconds >= FULL_FROM_S)
    assert not faults.failed, faults.failed
    flips = flip_many(0, Random(seed).randrange(1 << 30), seconds=max(5.0, seconds / 5))
    assert not flips.unseen, flips.unseen
    cuts = Tally()
    while not cuts.images or time.monotonic() < until:
        cuts.merge(run_many(seed, tuple(SCENES), ROUND))
        assert not cuts.failed, cuts.failed
        seed += os.cpu_count() or 1
    return {
        "power cuts": cuts.images, "operations cut after": cuts.operations, "folds and audits": cuts.audits,
        "disk faults": faults.runs, "operations that failed": sum(faults.operations.values()),
        "images after a fault": faults.images, "short reads named": faults.named,
        "short reads of prices unnoticed": faults.unnoticed,
        "bits flipped": flips.flips, "named at the start": flips.named.total(), "in a draft not used": flips.unused,
        "in free space, not detected": flips.nothing, "in staff, not covered": flips.staff,
        "in the date of a migration, not detected": flips.notes,
    }  # fmt: skip

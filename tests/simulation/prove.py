"""The simulation at full size: fresh seeds for as long as is given."""

import time

from tests.simulation.run import Tally, run_many

ROUND = 200
"""Seeds between two looks at the clock."""


def prove(seconds: float, seed: int) -> dict[str, int | float | str]:
    """Run seeds from ``seed`` on for so many seconds, and return what they came to.

    Raises:
        AssertionError: a seed failed; its number and its error are in the text.
    """
    until, tally = time.monotonic() + seconds, Tally()
    while not tally.seeds or time.monotonic() < until:
        tally.merge(run_many(seed + tally.seeds, ROUND))
        assert not tally.failed, tally.failed
    return {
        "seeds": tally.seeds, "first seed": seed, "bound": tally.bound, "events": tally.events, "sales": tally.sales,
        "faults injected": tally.faults.total(), "kills": tally.kills, "audits of all books": tally.checks,
    }  # fmt: skip

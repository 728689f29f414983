"""A store-wide outage at full size: 600 tills come back at once to one hub on PostgreSQL while others sell."""

from tests.faults.herd import Figure, Outcome, Size, outage

LIVE_P99_MAX_MS = 1_000
"""Of a sale of another till, from the counter to the hub and back."""


def check(outcome: Outcome) -> None:
    """Check what was promised beyond the rows, which ``outage`` has looked at.

    Raises:
        AssertionError: nobody was sent away, somebody was without being told until when, or a sale was.
    """
    answers = {answer for answer in outcome.answers if answer[0].isdigit()}  # the others are lines that broke
    assert answers == {"200", "503"}, outcome.answers
    assert outcome.refused_live == 0, f"{outcome.refused_live} sales of this minute were sent away"


def prove(seconds: float, seed: int) -> dict[str, Figure]:
    """Play one outage at full size; it takes as long as it takes.

    Raises:
        AssertionError: an entry is lost or doubled, a sale was refused, or sales of other tills were slow.
    """
    del seconds
    size = Size()
    outcome = outage("postgresql", size, seed)
    check(outcome)
    assert outcome.live_p99_ms < LIVE_P99_MAX_MS, f"99 of 100 sales: {outcome.live_p99_ms:.0f} ms"
    return {"seed": seed, **outcome.figures(size)}

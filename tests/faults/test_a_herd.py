"""A small outage: tills come back all at once, others sell meanwhile; nothing is lost, doubled, or sold in vain."""

import os
import sys
from random import SystemRandom

import pytest

from tests.faults.herd import Size, outage
from tests.faults.herd_proof import check

SEED = int(os.environ.get("GUITAI_SEED", str(SystemRandom().randrange(10**6))))
SMALL = Size(tills=60, entries=40, live=10, every_s=0.2, quiet_s=1.0)


@pytest.mark.parametrize("kind", ["postgresql", "sqlite"])
def test_a_herd_is_drained_in_turns_and_no_sale_is_sent_away(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    outcome = outage(kind, SMALL, SEED)
    with capsys.disabled():
        sys.stdout.write(f"\n{kind}, seed {SEED}: {outcome.figures(SMALL)}\n")
    check(outcome)
    assert outcome.rows >= SMALL.tills * SMALL.entries
    assert len(outcome.live_ms) >= 10

"""A hundred times ``kill -9`` at a random moment: no receipt, draft or number is lost, nobody is charged twice."""

import os
import sys
from random import SystemRandom

import pytest

from tests.faults.kill_proof import kill_side_by_side

KILLS = int(os.environ.get("GUITAI_KILLS", "100"))
SEED = int(os.environ.get("GUITAI_SEED", str(SystemRandom().randrange(10**6))))


def test_a_hundred_kills_lose_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    done = kill_side_by_side(KILLS, SEED)
    with capsys.disabled():
        sys.stdout.write(f"\nseed {SEED}: {done}\n")
    assert done["kills"] >= KILLS
    assert done["sales"] >= done["receipts"] > KILLS // 2
    assert done["drafts"] > 0

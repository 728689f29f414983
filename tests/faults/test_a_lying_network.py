"""Tills sell through cut, stalled and reset lines while the hub is killed: no row, sale or fen is lost or doubled."""

import os
import sys
from random import SystemRandom

import pytest

from tests.faults.proxy_proof import RECEIPTS, storm

FIRST_SEED = int(os.environ.get("GUITAI_SEED", str(SystemRandom().randrange(10**6))))
KINDS = ("refused", "cut", "cut answer", "reset", "blackhole", "swallowed", "late", "trickle")


@pytest.mark.parametrize("number", range(3))
def test_after_a_storm_everybody_says_the_same(number: int, capsys: pytest.CaptureFixture[str]) -> None:
    figures = storm(FIRST_SEED + number)
    with capsys.disabled():
        sys.stdout.write(f"\nseed {FIRST_SEED + number}: {dict(sorted(figures.items()))}\n")
    assert figures["hub kills"] >= 1
    assert figures["sales"] >= figures["receipts"] >= RECEIPTS
    assert sum(figures[f"connections {kind}"] > 0 for kind in KINDS) >= 5, figures

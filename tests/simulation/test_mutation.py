"""Bugs put into the code on purpose: a simulation that does not see them proves nothing."""

import sys

import pytest

from tests.simulation.bugs import BUGS
from tests.simulation.mutation import SEEDS_MAX, kill_all


def test_every_planted_bug_is_found(capsys: pytest.CaptureFixture[str]) -> None:
    found = kill_all()
    with capsys.disabled():
        sys.stdout.write(f"\n{len(found)} bugs planted; seeds until each was found: {sorted(found.values())}\n")
    assert len(BUGS) >= 20
    assert [name for name, seeds in found.items() if not 0 < seeds <= SEEDS_MAX] == []

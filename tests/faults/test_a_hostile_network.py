"""Strangers and a stolen key against a real hub: bounded memory, an answer or a cut line, and a good till sells on."""

import os
import sys
from random import SystemRandom

import pytest

from tests.faults.hostile_proof import besiege, check

SEED = int(os.environ.get("GUITAI_SEED", str(SystemRandom().randrange(10**6))))


def test_mischief_of_every_kind_wears_out_nobody(capsys: pytest.CaptureFixture[str]) -> None:
    answers, figures = besiege(SEED)
    with capsys.disabled():
        sys.stdout.write(f"\nseed {SEED}: {figures} {sorted(answers)}\n")
    check(answers, figures)

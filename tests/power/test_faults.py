"""A disk that fails at the n-th operation, for every n of every verb: never torn, and what the till says is so."""

import sys

import pytest

from tests.power.trials import try_all


def test_whatever_operation_fails_the_verb_is_honest_and_the_till_goes_on(capsys: pytest.CaptureFixture[str]) -> None:
    tally = try_all()
    with capsys.disabled():
        sys.stdout.write(f"\n{tally}\n")
    assert not tally.failed, "\n".join(tally.failed)
    assert tally.runs > sum(tally.operations.values()), "each operation failed, and each write in two ways"
    assert set(tally.said) == {"done", "StorageError", "DiskFull", "CommitUnknown"}

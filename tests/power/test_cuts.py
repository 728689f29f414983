"""Power cuts at every moment of every kind of transaction, on a disk that loses and tears what was not synced."""

import sys
from dataclasses import replace

import pytest

from tests.power.cuts import again, judge_all, record, run_many
from tests.power.scenes import SCENES
from tests.power.tape import Recording

SEED = 1
IMAGES = 20_000


def test_after_any_power_cut_every_promise_is_kept_and_nothing_is_half_there(
    capsys: pytest.CaptureFixture[str],
) -> None:
    tally = run_many(SEED, tuple(SCENES), IMAGES)
    with capsys.disabled():
        sys.stdout.write(f"\nseeds from {SEED}: {tally}\n")
    assert not tally.failed, "\n".join(
        f"python -m tests.power.cuts {which}\n{why}" for which, why in tally.failed.items()
    )
    assert tally.images >= IMAGES
    assert set(tally.by_scene) == set(SCENES)


@pytest.fixture(scope="module")
def sale() -> Recording:
    (recording,) = record(SEED, ["cash sale"])
    return recording


def test_a_disk_that_only_says_it_has_synced_is_found_out(sale: Recording) -> None:
    lying = [op for op in sale.ops if op.kind != "sync"]
    assert judge_all(replace(sale, ops=lying)).failed


def test_a_till_that_speaks_before_its_commit_is_found_out(sale: Recording) -> None:
    """The receipt first, the commit then: a cut between them leaves a customer with a receipt and a till without."""
    hasty = [*sale.ops]
    said = next(index for index, op in enumerate(hasty) if op.kind == "said")
    commit = max(index for index, op in enumerate(hasty[:said]) if op.kind == "commit")
    sync = max(index for index, op in enumerate(hasty[:commit]) if op.kind == "sync")
    hasty.insert(sync, hasty.pop(said))
    failed = judge_all(replace(sale, ops=hasty)).failed
    assert failed
    assert all("AssertionError" in why for why in failed.values())


def test_an_image_can_be_made_again_by_its_numbers(sale: Recording) -> None:
    (other,) = record(SEED, ["refund", "cash sale"])[1:]
    assert [(op.kind, op.name, op.at, len(op.data)) for op in other.ops] == [
        (op.kind, op.name, op.at, len(op.data)) for op in sale.ops
    ]
    assert other.states == sale.states
    again(SEED, "cash sale", len(sale.ops) // 2, 2)

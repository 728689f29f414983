"""Bits that the disk changed by itself: found before they reach a receipt or the hub."""

import sys

import pytest

from tests.power.flips import flip_many

SEED, FLIPS = 1, 500


def test_a_flipped_bit_is_found_before_it_reaches_a_receipt_or_the_hub(capsys: pytest.CaptureFixture[str]) -> None:
    tally = flip_many(FLIPS, SEED)
    with capsys.disabled():
        sys.stdout.write(f"\nseed {SEED}: {tally}\n")
    assert not tally.unseen, "\n".join(tally.unseen)
    assert tally.flips == FLIPS
    assert tally.named.total() + tally.unused + tally.nothing + tally.staff + tally.notes + tally.figures == FLIPS
    assert tally.named.total() > FLIPS // 4


def test_without_the_self_check_some_would_reach_a_receipt(monkeypatch: pytest.MonkeyPatch) -> None:
    """Opening alone checks pages and the chain, not whether the tables say what the journal says."""
    monkeypatch.setattr("tests.power.flips.check_recent", lambda _db, _identity: None)
    assert flip_many(60, SEED).unseen

"""Lines that cut, swallow and stall between till, hub and Alipay, while the hub is killed: all agree at the end."""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.faults.proxy_proof import sell_through_faults

SEEDS = (1, 2, 3)


def test_all_books_agree_whatever_the_line_did(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with ThreadPoolExecutor(len(SEEDS)) as pool:
        jobs = [pool.submit(sell_through_faults, tmp_path / str(seed), seed, 10) for seed in SEEDS]
        done = [job.result() for job in jobs]
    with capsys.disabled():
        sys.stdout.write(f"\n{done}\n")
    assert all(each["sales"] >= 10 and each["faulty"] and each["hub kills"] for each in done)

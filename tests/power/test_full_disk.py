"""A full disk: the sales in hand are finished in the room of the ballast, then refused in words; nothing is lost."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from pos.domain.errors import BallastFreed, DiskFull
from tests.power.cuts import ROOT
from tests.power.fill import BALLAST_MB
from ui.messages import notice_for

DISK_MB = 4 * BALLAST_MB


def on_a_small_disk(folder: Path) -> dict[str, Any] | None:
    """Run the program on a disk of its own; None where this machine lets nobody mount one."""
    mount = f'mount -t tmpfs -o size={DISK_MB}m none "$0" && exec "$@"'
    if shutil.which("unshare") is None:
        return None
    for unshare in (["unshare", "-m"], ["unshare", "-rm"]):
        on_it = [*unshare, "sh", "-c", mount, str(folder)]
        if (
            shutil.which("unshare") is None
            or subprocess.run([*on_it, "true"], capture_output=True, check=False).returncode
        ):
            continue
        program = [*on_it, sys.executable, "-m", "tests.power.fill", str(folder)]
        done = subprocess.run(program, cwd=ROOT, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()
        told: dict[str, Any] = json.loads(done.stdout)
        return told
    return None


def test_a_full_disk_lets_the_sales_in_hand_be_finished_and_then_says_so(tmp_path: Path) -> None:
    told = on_a_small_disk(tmp_path)
    if told is None:  # tests/unit/till/test_full_disk.py shows the same with a limit on the file
        return
    sys.stdout.write(f"{told}\n")
    assert told["ballast made"] is told["ballast made again"] is True
    assert (told["sold as the ballast was freed"], told["refused then"], told["ballast left"]) == (20, "", False)
    assert told["refused when full"] == DiskFull.code
    assert told["sold by a second try"] > 0
    assert told["refused in the second try"] == ""
    assert (told["sold when there was room"], told["refused in the end"]) == (20, "")
    sold = sum(count for phase, count in told.items() if phase.startswith("sold"))
    assert told["on disk"] == sold


def test_a_cashier_is_told_in_words_what_to_do() -> None:
    for error in (DiskFull(path=Path("till.db")), BallastFreed(path=Path("till.db"))):
        notice = notice_for(error)
        assert notice.kind == "stop"
        assert "磁盘满了" in notice.words
        assert "技术人员" in notice.action

"""The app of the unattended demo, killed at random moments and started again until its day is done.

What it has told on standard output is what a customer holds in hand: a receipt, or goods on the screen.
"""

import contextlib
import json
import os
import random
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pysqlite3.dbapi2 as sqlite

from pos.storage.database import open_reader
from pos.storage.journal import Identity, verify

KILLS = int(os.environ.get("GUITAI_KILLS", "20"))
SEED = int(os.environ.get("GUITAI_SEED", str(random.SystemRandom().randrange(10**6))))


@dataclass
class Told:
    """What one life of the app said it had on disk."""

    receipts: list[str] = field(default_factory=list)
    draft: tuple[str, int] = ("", 0)
    restored: tuple[str, int] | None = None
    exit_status: int | None = None
    summary: dict[str, Any] = field(default_factory=dict)

    def hear(self, line: str) -> None:
        said = json.loads(line)
        if "acknowledged" in said:
            self.receipts.append(said["acknowledged"])
            self.draft = ("", 0)
        elif "draft" in said:
            self.draft = (said["draft"], said["lines"])
        elif "restored" in said:
            self.restored = (said["restored"], said["lines"])
            self.draft = self.restored
        else:
            self.summary = said


def live(out: Path, kill_after_s: float | None) -> Told:
    app = subprocess.Popen(
        [sys.executable, "-m", "ui", "demo", "--unattended", "--out", str(out)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    killer = threading.Timer(kill_after_s or 0, app.kill)
    if kill_after_s is not None:
        killer.start()
    told = Told()
    assert app.stdout is not None
    for line in app.stdout:
        with contextlib.suppress(json.JSONDecodeError):  # the last line of a killed process may be torn
            told.hear(line)
    killer.cancel()
    told.exit_status = app.wait()
    app.stdout.close()
    return told


def receipts_on_disk(out: Path) -> list[str]:
    with contextlib.closing(sqlite.connect(out / "till" / "till.db")) as db:
        return [row[0] for row in db.execute("SELECT receipt_no FROM sales ORDER BY business_day, counter")]


def was_sold(out: Path, sale_id: str) -> bool:
    with contextlib.closing(sqlite.connect(out / "till" / "till.db")) as db:
        return bool(db.execute("SELECT 1 FROM sales WHERE id = ?", [sale_id]).fetchone())


def check_disk(out: Path, acknowledged: list[str]) -> None:
    if not (out / "till" / "till.db").exists():
        assert not acknowledged
        return
    on_disk = receipts_on_disk(out)
    assert set(acknowledged) <= set(on_disk), "a receipt in a customer's hand is not in the books"
    by_day: dict[str, list[int]] = {}
    for receipt_no in on_disk:
        _store, _till, day, counter = receipt_no.split("-")
        by_day.setdefault(day, []).append(int(counter))
    for day, counters in by_day.items():
        assert counters == list(range(1, len(counters) + 1)), f"receipt numbers of {day} are not dense"


def test_a_day_with_many_deaths_loses_no_sale_no_draft_and_no_number(tmp_path: Path) -> None:
    print(f"seed {SEED}, {KILLS} kills")
    chance = random.Random(SEED)
    acknowledged: list[str] = []
    before = Told()
    kills = 0
    while kills < KILLS:
        told = live(tmp_path, kill_after_s=chance.uniform(0.5, 14))
        assert told.exit_status in {-9, 0}, told
        kills += told.exit_status == -9
        acknowledged += told.receipts
        check_disk(tmp_path, acknowledged)
        if told.restored is not None:
            sale_id, lines = before.draft
            is_kept = told.restored[0] == sale_id and told.restored[1] >= lines
            assert not lines or is_kept or was_sold(tmp_path, sale_id), (before.draft, told.restored)
            before = told
        if told.exit_status == 0:
            break
    last = live(tmp_path, kill_after_s=None)
    acknowledged += last.receipts
    check_disk(tmp_path, acknowledged)
    assert last.exit_status == 0, last.summary
    assert last.summary["sales"] == len(receipts_on_disk(tmp_path)) >= 20
    with contextlib.closing(open_reader(tmp_path / "till" / "till.db")) as db:
        assert verify(db, Identity("0001", "01")) == last.summary["journal_entries"] == last.summary["acked"]
    assert len(acknowledged) == len(set(acknowledged))
    print(f"{kills} kills, {len(acknowledged)} receipts acknowledged, none lost")

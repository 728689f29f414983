"""The app of the unattended demo, killed at random moments and started again until its day is done.

What it has told on standard output is what a customer holds in hand: a receipt, or goods on the screen.
"""

import contextlib
import json
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
from pos.storage.migrations import TILL_FILE, till_steps
from tests.fakes import quick_folder

KILLS = 20


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


@dataclass
class Store:
    """What the world outside knows of the demo's till, over all its lives."""

    out: Path
    acknowledged: list[str] = field(default_factory=list)
    draft: tuple[str, int] = ("", 0)

    def after(self, told: Told) -> None:
        """Look at the disk after a life ended, and compare it with what was told."""
        self.acknowledged += told.receipts
        on_disk = self.receipts()
        assert set(self.acknowledged) <= set(on_disk), "a receipt in a customer's hand is not in the books"
        assert_dense(on_disk)
        if told.restored is None:
            return
        sale_id, lines = self.draft
        is_back = told.restored[0] == sale_id and told.restored[1] >= lines
        assert not lines or is_back or self.was_sold(sale_id), (self.draft, told.restored)
        self.draft = told.draft

    def receipts(self) -> list[str]:
        """The receipt numbers in the books, in their order."""
        return [row[0] for row in self._ask("SELECT receipt_no FROM sales ORDER BY business_day, counter")]

    def was_sold(self, sale_id: str) -> bool:
        """Whether the cart became a sale instead of coming back."""
        return bool(self._ask("SELECT 1 FROM sales WHERE id = ?", sale_id))

    def _ask(self, question: str, *values: str) -> list[Any]:
        path = self.out / "till" / "till.db"
        if not path.exists():
            return []
        with contextlib.closing(sqlite.connect(path)) as db:
            is_made = db.execute("SELECT 1 FROM sqlite_master WHERE name = 'sales'").fetchone()
            return list(db.execute(question, values)) if is_made else []


def assert_dense(receipts: list[str]) -> None:
    by_day: dict[str, list[int]] = {}
    for receipt_no in receipts:
        _store, _till, day, counter = receipt_no.split("-")
        by_day.setdefault(day, []).append(int(counter))
    for day, counters in by_day.items():
        assert counters == list(range(1, len(counters) + 1)), f"receipt numbers of {day} are not dense"


def die_often(store: Store, chance: random.Random) -> int:
    """Live and die ``KILLS`` times, and return how often the end came before the kill."""
    finished = 0
    for _life in range(KILLS):
        told = live(store.out, kill_after_s=chance.uniform(1, 12))
        assert told.exit_status in {-9, 0}, told
        store.after(told)
        finished += told.exit_status == 0
    return finished


def prove(seconds: float, seed: int) -> dict[str, int | float | str]:
    """Play one demo day through ``KILLS`` deaths; it takes as long as it takes.

    Raises:
        AssertionError: a receipt, a draft, a number or an entry is lost.
    """
    del seconds
    with quick_folder() as folder:
        store = Store(folder)
        finished = die_often(store, random.Random(seed))
        last = live(folder, kill_after_s=None)
        store.after(last)
        assert finished == 0
        assert last.exit_status == 0, last
        assert last.summary["sales"] == len(store.receipts()) >= 20
        assert len(store.acknowledged) == len(set(store.acknowledged))
        assert count_chain(folder) == last.summary["journal_entries"] == last.summary["acked"]
    return {"kills": KILLS, "receipts shown": len(store.acknowledged), "sales of the day": last.summary["sales"]}


def count_chain(out: Path) -> int:
    db = open_reader(out / "till" / "till.db", till_steps, application_id=TILL_FILE)
    with contextlib.closing(db):
        return verify(db, Identity("0001", "01"))

"""Lives of the real app: started, killed, started again on its files, while the world remembers what it said."""

import contextlib
import json
import pickle
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol

import httpx
import pysqlite3.dbapi2 as sqlite

from pos.settings import Settings
from pos.sync.client import HubClient
from pos.till.till import open_reading_till, open_till
from tests.audit import check_books
from ui.demo.store import DemoStore, hire, open_store


class Way(Protocol):
    """Where the till finds hub and gateway, which may be something in between."""

    def __call__(self, settings: Settings) -> Settings:
        """Return settings that lead there."""


@dataclass
class Counter:
    """A store with its hub and its gateway, and what its customers hold in hand.

    Attributes:
        receipts: every receipt that was shown: its total in fen by its number.
        kills: how often the app was killed.
    """

    store: DemoStore
    settings: Settings
    receipts: dict[str, int] = field(default_factory=dict)
    kills: int = 0
    drafts: int = 0
    _draft: tuple[str, int] = ("", 0)

    def live(self, seed: int, sales: int, kill_after_s: float | None = None, *, in_start: bool = False) -> int:
        """Run the app once, kill it or let it end, check what is on disk, and return its exit status.

        Args:
            kill_after_s: counted from when its window is there, or from the very start (``in_start``).
        """
        command = [sys.executable, "-m", "tests.faults.counter_app", str(self.store.folder), str(seed), str(sales)]
        log = (self.store.folder / "app.log").open("a", encoding="utf-8")
        with log, subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True) as app:
            killer = threading.Timer(kill_after_s or 0, app.kill)
            if kill_after_s is not None and in_start:
                killer.start()
            assert app.stdout is not None
            for line in app.stdout:
                with contextlib.suppress(json.JSONDecodeError):  # the last line of a killed process may be torn
                    said = json.loads(line)
                    self._hear(said)
                    if "up" in said and kill_after_s is not None and not in_start:
                        killer.start()
            killer.cancel()
        self.kills += app.returncode == -9
        self.check()
        return app.returncode

    def _hear(self, said: dict[str, Any]) -> None:
        if "acknowledged" in said:
            self.receipts[said["acknowledged"]] = said["fen"]
            self._draft = ("", 0)
        elif "draft" in said:
            self._draft = (said["draft"], said["lines"])
        elif "restored" in said:
            sale_id, lines = self._draft
            is_back = said["restored"] == sale_id and said["lines"] >= lines
            assert not lines or is_back or self._was_sold(sale_id), (self._draft, said)
            self.drafts += bool(lines) and is_back
            self._draft = (said["restored"], said["lines"])

    def check(self) -> None:
        """Check that every receipt that was shown is in the books, and that their numbers are dense."""
        rows = self._ask(
            "SELECT receipt_no, total_fen, business_day, counter FROM sales ORDER BY business_day, counter"
        )
        kept = {row[0]: row[1] for row in rows}
        assert self.receipts.items() <= kept.items(), sorted(self.receipts.keys() - kept.keys())
        by_day: dict[str, list[int]] = {}
        for _number, _fen, day, counter in rows:
            by_day.setdefault(day, []).append(counter)
        assert all(each == list(range(1, len(each) + 1)) for each in by_day.values()), by_day

    def settle(self, seed: int) -> dict[str, int]:
        """Let the app live until nothing is open, and compare till, hub and Alipay to the fen."""
        assert self.live(seed, 0) == 0
        till = open_till(self.settings)
        with contextlib.closing(till):
            books = check_books(till)
            name = till.identity.name
        alipay = sum(books.alipay_tender(sale_id).fen for sale_id in books.sales)
        totals = httpx.get(f"{self.store.gateway.address}/sandbox/totals", timeout=10, trust_env=False).json()
        assert totals["kept_fen"] == alipay, (totals, alipay)
        with HubClient(self.store.hub.address, self.store.office) as office:
            kept = office.history(name).entries
        with contextlib.closing(open_reading_till(self.settings)) as till:
            ours = [row[0] for row in till.db.execute("SELECT hash FROM journal ORDER BY epoch, seq")]
        assert [each.hash for each in kept] == ours
        return {"sales": len(books.sales), "alipay_fen": alipay, "entries": books.entries}

    def _was_sold(self, sale_id: str) -> bool:
        return bool(self._ask("SELECT 1 FROM sales WHERE id = ?", sale_id))

    def _ask(self, question: str, *values: str) -> list[Any]:
        with contextlib.closing(sqlite.connect(self.settings.data_dir / "till.db")) as db:
            return list(db.execute(question, values))


@contextmanager
def counter(folder: Path, way: Way | None = None) -> Iterator[Counter]:
    """Open a store in a folder, with hub and gateway as processes of their own."""
    store = open_store(folder, camera="none")
    try:
        with contextlib.closing(open_till(store.settings)) as till:
            hire(till)
        settings = way(store.settings) if way else store.settings
        (folder / "settings.pickle").write_bytes(pickle.dumps((settings, store.gateway.address)))
        yield Counter(store, settings)
    finally:
        store.close()


def through(settings: Settings, hub: str, gateway: str) -> Settings:
    """Return settings whose hub and gateway are somewhere else."""
    return replace(
        settings, hub=replace(settings.hub, url=hub), alipay=replace(settings.alipay, gateway=f"{gateway}/gateway.do")
    )

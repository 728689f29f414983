"""Errands: what takes longer than a glance: the journal proven and written out, head office asked; on a lane apart."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

from pos.domain.errors import ExportNotWritten, NeedsManager
from pos.domain.staff import Act, By, Cashier
from pos.domain.store_day import StoreDay
from pos.till.figures import proof
from pos.till.figures.proof import EpochProof
from pos.till.figures.store_day import StoreTotals, store_day
from pos.till.till import Till, open_reading_till
from ui.lane import Lane
from ui.manager.lists import free_path, make_folder
from ui.manager.waiting import Failed, Waiting

T = TypeVar("T")
OUT = "out"
"""The folder beside the till's files where everything goes that leaves it."""


class Errands:
    """Has a connection and a thread of its own, from the first errand on, so that nothing on the counter waits.

    Args:
        who: who is at the counter; None for nobody.
        totals: of the store's tills; None for a till that keeps to itself.
    """

    def __init__(self, till: Till, who: Callable[[], Cashier | None], totals: StoreTotals | None = None) -> None:
        self._till, self._who, self._totals = till, who, totals
        self._lane: Lane[Till] | None = None
        self.waiting = Waiting()

    @property
    def knows_other_tills(self) -> bool:
        """Whether there is anybody to ask about the store's other tills."""
        return self._totals is not None

    @property
    def folder(self) -> Path:
        """Where things are written."""
        return self._till.settings.data_dir / OUT

    def verify(self, then: Callable[[tuple[EpochProof, ...]], None], failed: Failed) -> None:
        """Check every entry."""
        by = self._by()
        self._run(lambda till: proof.verify_journal(till, by=by), then, failed)

    def export(self, then: Callable[[Path], None], failed: Failed) -> None:
        """Write the journal for an auditor into a new folder, named by the till and this moment."""
        by, now = self._by(), self._till.clock.now()
        folder = self.folder / f"{self._till.identity.name}-{now:%Y%m%d-%H%M%S}"

        def write(till: Till) -> Path:
            proof.export_journal(till, folder, by=by)
            return folder

        self._run(write, then, failed)

    def write_poslog(self, day: date, then: Callable[[Path], None], failed: Failed) -> None:
        """Write a day as POSLog."""
        by, name = self._by(), f"POSLog-{self._till.identity.name}-{day:%Y%m%d}.xml"

        def write(till: Till) -> Path:
            from pos.till.figures import poslog  # noqa: PLC0415  (what writes XML: only this thread waits for it)

            written = poslog.poslog(till, day, by=by)
            make_folder(self.folder)
            path = free_path(self.folder / name, written)
            try:
                path.write_bytes(written)
            except OSError as reason:
                raise ExportNotWritten(path=path, reason=reason.strerror) from reason
            return path

        self._run(write, then, failed)

    def write_parcel(self, then: Callable[[tuple[Path, int]], None], failed: Failed) -> None:
        """Write what head office does not have into a sealed file; ``then`` gets it, and how many entries that is."""
        by, now, address = self._by(), self._till.clock.now(), self._till.settings.hub.parcels_to
        path = self.folder / f"{self._till.identity.name}-{now:%Y%m%d-%H%M%S}.parcel"

        def seal(till: Till) -> tuple[Path, int]:
            from pos.manager import seal_parcel  # noqa: PLC0415  (all commands of managers with it)

            return path, seal_parcel(till, address, path, by=by)

        self._run(seal, then, failed)

    def ask_store(self, day: date, then: Callable[[StoreDay], None], failed: Failed) -> None:
        """Ask head office about a day of all tills."""
        by, totals = self._by(), self._totals
        assert totals is not None
        self._run(lambda till: store_day(till, day, totals, by=by), then, failed)

    def close(self) -> None:
        """Finish what was asked for."""
        if self._lane is not None:
            self._lane.close()
            self._lane = None

    def _run(self, task: Callable[[Till], T], then: Callable[[T], None], failed: Failed) -> None:
        if self._lane is None:
            till = self._till
            self._lane = Lane(lambda: open_reading_till(till.settings, till.clock, till.ids), "errands")
        self.waiting.run(self._lane, task, then, failed)

    def _by(self) -> By:
        cashier = self._who()
        if cashier is None:
            raise NeedsManager(act=Act.SEE_FIGURES.value)
        return By(cashier)

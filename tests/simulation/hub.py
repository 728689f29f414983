"""The hub in this process: its real intake on a real file, behind the calls a till makes."""

import shutil
from collections.abc import Sequence
from pathlib import Path
from random import Random

from sqlalchemy import Engine

from pos.domain.entry import JournalEntry, utc_text
from pos.domain.errors import HubUnreachable, JournalFork
from pos.hub import intake
from pos.hub.database import open_engine, reading
from pos.sync.client import Gap, Kept
from tests.simulation.chance import Options
from tests.simulation.times import TrueTime


class SimHub:
    """Answers what ``exchange.push_once`` asks, dies, and comes back from older copies.

    Attributes:
        is_mended: it answers every call.
        restores: how often it was put back.
    """

    def __init__(self, file: Path, options: Options, chance: Random, time: TrueTime, counts: dict[str, int]) -> None:
        self._file, self._options, self._chance, self._time, self._counts = file, options, chance, time, counts
        self.is_mended, self.restores = False, 0
        self.engine: Engine = open_engine(f"sqlite:///{file}")

    def send(self, batch: Sequence[JournalEntry]) -> Kept | Gap:
        """Take a batch, or not, and say so, or not."""
        dies = self._meet_faults()
        if dies == "before":
            raise HubUnreachable(url="sim", reason="died before its commit")
        taken = intake.take(self.engine, batch, utc_text(self._time.now()))
        if dies == "after":
            raise HubUnreachable(url="sim", reason="died after its commit")
        match taken:
            case intake.Kept(epoch, seq, told):
                return Kept(epoch, seq, told)
            case intake.Gap(epoch, send_from):
                return Gap(epoch, send_from)
            case intake.Fork(_epoch, seq):
                raise JournalFork(seq=seq)

    def latest_head(self, till: str) -> Kept:
        """Say how far a till's latest epoch is kept."""
        self._meet_faults()
        return self.kept(till, None)

    def head(self, till: str, epoch: int) -> Kept:
        """Say how far an epoch of a till is kept."""
        self._meet_faults()
        return self.kept(till, epoch)

    def kept(self, till: str, epoch: int | None) -> Kept:
        """Return how far a till is kept; for auditors, who need no line."""
        with reading(self.engine) as connection:
            head = intake.head_of(connection, intake.TillName.parse(till), epoch)
        return Kept(head.epoch, head.seq, head.hash)

    def back_up(self) -> None:
        """Keep a copy of what is there now."""
        self.engine.dispose()  # the last connection that closes brings the log into the file
        shutil.copy(self._file, self._copy)
        self.engine = open_engine(f"sqlite:///{self._file}")

    def restore(self) -> None:
        """Go back to the last copy, if there is one."""
        if not self._copy.exists():
            return
        self.restores += 1
        self._counts["hub_restored"] = self.restores
        self.engine.dispose()
        shutil.copy(self._copy, self._file)
        self.engine = open_engine(f"sqlite:///{self._file}")

    @property
    def _copy(self) -> Path:
        return self._file.with_suffix(".copy")

    def _meet_faults(self) -> str:
        down, dies, when = (self._chance.random() for _ in range(3))
        if self.is_mended:
            return ""
        if down < self._options.hub_down:
            self._counts["hub_down"] = self._counts.get("hub_down", 0) + 1
            raise HubUnreachable(url="sim", reason="no line")
        if dies < self._options.hub_dies:
            self._counts["hub_dies"] = self._counts.get("hub_dies", 0) + 1
            return "before" if when < 0.5 else "after"
        return ""

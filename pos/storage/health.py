"""Health: how a till's file is, without opening it for work and without changing it."""

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from pos.storage.database import open_reader, told_as_ours
from pos.storage.migrations import TILL_FILE, till_steps

WELL = "ok"
"""SQLite's verdict on a file that is whole."""


@dataclass(frozen=True, slots=True)
class Health:
    """What was found.

    Attributes:
        verdict: of SQLite's quick check; ``WELL`` or its first complaint.
        version, known: of the file's shape, and of the shape this program knows.
        size: bytes, the write-ahead log included.
    """

    verdict: str
    version: int
    known: int
    size: int

    @property
    def is_current(self) -> bool:
        """Whether its tables are whole, and the ones this program knows."""
        return self.verdict == WELL and self.version == self.known


def look(path: Path) -> Health:
    """Check a till's file from end to end; it may be in use.

    Raises:
        StorageError: it cannot be read at all, is another program's or a newer one's.
    """
    known = len(till_steps._migrations)  # noqa: SLF001  (sqlite-utils offers no count)
    with told_as_ours(path), closing(open_reader(path, till_steps, application_id=TILL_FILE).conn) as connection:
        verdict = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        version = connection.execute("PRAGMA user_version").fetchone()[0]
    logs = [path, path.with_name(path.name + "-wal")]
    return Health(str(verdict), version, known, sum(each.stat().st_size for each in logs if each.exists()))

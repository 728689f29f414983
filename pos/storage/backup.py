"""Backup: a checked copy of a till's file, made while the till sells, that no till takes for its own."""

from contextlib import closing
from pathlib import Path

import pysqlite3.dbapi2 as sqlite
from sqlite_utils import Database

from pos.domain.errors import DatabaseDamaged, StorageError
from pos.storage import journal
from pos.storage.database import BACKUP_FILE, sync_folder, told_as_ours

PAGES_A_STEP = 1_000


def back_up(db: Database, till: str, path: Path) -> int:
    """Copy a till's file as it is now to ``path``, check the copy, and return how many entries it holds.

    The copy is one file that needs no log beside it. It is marked as a backup, so that a till that finds it in the
    place of its own file says so instead of giving out numbers that were given out since.

    Raises:
        StorageError: there is a file at ``path`` already, or it cannot be written; none is left there then.
        DatabaseDamaged: the copy does not pass the check.
    """
    if path.exists():
        raise StorageError(path=path, reason="exists already")
    half = path.with_name(path.name + ".part")
    with told_as_ours(path):
        half.unlink(missing_ok=True)
        half.touch(mode=0o600)
        try:
            _copy(db, half)
            count = _check(half, till)
            half.rename(path)
        finally:
            half.unlink(missing_ok=True)
        sync_folder(path.parent)
    return count


def mark_as_backup(path: Path) -> None:
    """Mark a till's file, so that no till takes it for its own."""
    with told_as_ours(path), closing(sqlite.connect(path.as_posix(), isolation_level=None)) as copy:
        copy.execute("PRAGMA synchronous=FULL")
        copy.execute("PRAGMA journal_mode=DELETE").fetchall()
        copy.execute(f"PRAGMA application_id={BACKUP_FILE}")


def _copy(db: Database, path: Path) -> None:
    with closing(sqlite.connect(path.as_posix(), isolation_level=None)) as copy:
        copy.execute("PRAGMA synchronous=FULL")
        db.conn.backup(copy, pages=PAGES_A_STEP)
    mark_as_backup(path)


def _check(path: Path, till: str) -> int:
    with closing(sqlite.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)) as connection:
        verdict = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if verdict != "ok":
            raise DatabaseDamaged(path=path, reason=verdict)
        copy = Database(connection, execute_plugins=False)
        for epoch, seq, reason in journal.breaks(copy, till):
            raise DatabaseDamaged(path=path, reason=f"entry {epoch}/{seq} {reason}")
        return int(connection.execute("SELECT count(*) FROM journal").fetchone()[0])

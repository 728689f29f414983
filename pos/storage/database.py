"""Open a database file so that what was committed stays: pragmas, migrations, one writer.

Figures behind the pragmas: WAL + FULL lost no acknowledged sale in 7,251 simulated power cuts,
WAL + NORMAL up to 120 (docs/decisions/0003).
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pysqlite3.dbapi2 as sqlite
from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from pos.domain.errors import (
    CommitUnknown,
    DatabaseDamaged,
    DatabaseInUse,
    DiskFull,
    SchemaTooNew,
    SqliteTooOld,
    StorageError,
)

SQLITE_NEEDED = (3, 51, 3)
"""The first version without the WAL-reset defect (sqlite.org/wal.html#walresetbug)."""

_PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "recursive_triggers": 1,  # without it INSERT OR REPLACE slips past the append-only triggers
    "busy_timeout": 5000,
    "wal_autocheckpoint": 0,  # the writer checkpoints when idle, never inside a sale
    "trusted_schema": 0,
    "cell_size_check": 1,
    "mmap_size": 0,
}
_CHECK_WHOLE_BELOW_BYTES = 64 * 1024 * 1024

_DDL = {
    getattr(sqlite, name)
    for name in (
        "SQLITE_CREATE_INDEX SQLITE_CREATE_TABLE SQLITE_CREATE_TRIGGER SQLITE_CREATE_VIEW SQLITE_DROP_INDEX "
        "SQLITE_DROP_TABLE SQLITE_DROP_TRIGGER SQLITE_DROP_VIEW SQLITE_ALTER_TABLE SQLITE_ATTACH SQLITE_DETACH"
    ).split()
}


def check_sqlite(version: tuple[int, ...] = sqlite.sqlite_version_info) -> None:
    """Raise SqliteTooOld when the library is one that may lose a commit."""
    if version < SQLITE_NEEDED:
        raise SqliteTooOld(found=".".join(map(str, version)), needed=".".join(map(str, SQLITE_NEEDED)))


def open_database(path: Path, migrations: Migrations, *, application_id: int) -> Database:
    """Open a file for writing, bring it up to date, and read every pragma back.

    Raises:
        SqliteTooOld, SchemaTooNew: the library or this program is older than the file needs.
        DatabaseDamaged: the file is not ours, or fails its check.
        DiskFull: there is no room for it.
    """
    check_sqlite()
    is_new = not path.exists()
    with _told_as_ours(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        db = _connect(path.as_posix(), uri=False)
        _refuse_strangers(db, path, migrations, application_id)
        _set_pragmas(db, _PRAGMAS)
        _check_whole(db, path)
        _migrate(db, migrations, application_id)
        if is_new:
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            _sync_folder(path.parent)
    _ = db.supports_on_conflict  # sqlite-utils finds out by making a table, which is about to be forbidden
    db.conn.set_authorizer(_deny_ddl)
    return db


def open_reader(path: Path) -> Database:
    """Open a file that a writer has opened before, for reading only."""
    with _told_as_ours(path):
        db = _connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        _set_pragmas(db, {"busy_timeout": 5000, "query_only": 1, "mmap_size": 0})
    return db


@contextmanager
def transaction(db: Database) -> Iterator[None]:
    """Do all of it or nothing: BEGIN IMMEDIATE, then COMMIT, or ROLLBACK when anything raises.

    Raises:
        DiskFull: nothing was written.
        CommitUnknown: COMMIT itself raised, so it may be on disk; reopen and look.
    """
    path = Path(str(database_path(db)))
    with _told_as_ours(path):
        db.conn.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            _roll_back(db)
            raise
        _commit(db)


def database_path(db: Database) -> str:
    """Return the path of the main file."""
    return str(db.conn.execute("PRAGMA database_list").fetchone()[2])


def checkpoint(db: Database) -> None:
    """Move the write-ahead log into the file; for idle moments."""
    db.conn.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Hold the folder's lock, so that no second till program works on it.

    Raises:
        DatabaseInUse: another program holds it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "till.lock"
    with path.open("a+") as held:
        if not _try_lock(held):
            raise DatabaseInUse(path=folder)
        yield


def _try_lock(held: IO[str]) -> bool:
    try:
        if os.name == "nt":
            import msvcrt  # noqa: PLC0415  (exists on Windows only)

            held.seek(0)
            msvcrt.locking(held.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl  # noqa: PLC0415  (exists on POSIX only)

            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _connect(name: str, *, uri: bool) -> Database:
    connection = sqlite.connect(name, isolation_level=None, uri=uri)
    return Database(connection, execute_plugins=False)


def _set_pragmas(db: Database, pragmas: dict[str, str | int]) -> None:
    for name, value in pragmas.items():
        db.conn.execute(f"PRAGMA {name}={value}").fetchall()
        found = db.conn.execute(f"PRAGMA {name}").fetchone()[0]
        assert found == value, (name, found, value)


def _refuse_strangers(db: Database, path: Path, migrations: Migrations, application_id: int) -> None:
    found_id = db.conn.execute("PRAGMA application_id").fetchone()[0]
    version = db.conn.execute("PRAGMA user_version").fetchone()[0]
    has_tables = db.conn.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if has_tables and found_id != application_id:
        raise DatabaseDamaged(path=path, reason="not a file of this program")
    if version > _steps(migrations):
        raise SchemaTooNew(path=path, found=version, known=_steps(migrations))


def _steps(migrations: Migrations) -> int:
    return len(migrations._migrations)  # noqa: SLF001  (sqlite-utils offers no count)


def _check_whole(db: Database, path: Path) -> None:
    if path.stat().st_size > _CHECK_WHOLE_BELOW_BYTES:
        return
    verdict = db.conn.execute("PRAGMA quick_check(1)").fetchone()[0]
    if verdict != "ok":
        raise DatabaseDamaged(path=path, reason=verdict)


def _migrate(db: Database, migrations: Migrations, application_id: int) -> None:
    if not migrations.pending(db):
        return
    db.conn.execute(f"PRAGMA application_id={application_id}")
    migrations.apply(db)
    db.conn.execute(f"PRAGMA user_version={_steps(migrations)}")


def _deny_ddl(action: int, first: str | None, *_rest: object) -> int:
    if action in _DDL and not (first or "").startswith("sqlite_"):
        return int(sqlite.SQLITE_DENY)
    return int(sqlite.SQLITE_OK)


def _sync_folder(folder: Path) -> None:
    """Make a new file's name durable too; SQLite does not do it for the main file."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _roll_back(db: Database) -> None:
    if db.conn.in_transaction:
        db.conn.execute("ROLLBACK")


def _commit(db: Database) -> None:
    try:
        db.conn.execute("COMMIT")
    except sqlite.OperationalError as reason:
        if _is_full(reason):
            _roll_back(db)
            raise
        raise CommitUnknown(reason=reason) from reason


def _is_full(reason: Exception) -> bool:
    return "database or disk is full" in str(reason)


@contextmanager
def _told_as_ours(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite.DatabaseError as reason:
        if _is_full(reason):
            raise DiskFull(path=path) from reason
        if isinstance(reason, sqlite.OperationalError) and "locked" in str(reason):
            raise DatabaseInUse(path=path) from reason
        if isinstance(reason, (sqlite.IntegrityError, sqlite.ProgrammingError)) or "not authorized" in str(reason):
            raise
        if "malformed" in str(reason) or "not a database" in str(reason):
            raise DatabaseDamaged(path=path, reason=reason) from reason
        raise StorageError(path=path, reason=reason) from reason
    except OSError as reason:
        raise StorageError(path=path, reason=reason) from reason

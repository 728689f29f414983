"""Open a database file so that what was committed stays: pragmas, migrations, one writer.

Figures behind the pragmas: WAL + FULL lost no acknowledged sale in 7,251 simulated power cuts,
WAL + NORMAL up to 120 (docs/decisions/0003).
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import pysqlite3.dbapi2 as sqlite
from sqlite_utils import Database as Database  # noqa: PLC0414  (others name the type by us)
from sqlite_utils.migrations import Migrations

from pos.domain.errors import (
    BackupInPlace,
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

BACKUP_FILE = 0x47545442  # "GTTB"
"""The application id of a backup, which is never opened as a till's own file."""

_READER_PRAGMAS: dict[str, str | int] = {
    "busy_timeout": 5000,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "mmap_size": 0,
}
_PRAGMAS: dict[str, str | int] = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "recursive_triggers": 1,  # without it INSERT OR REPLACE slips past the append-only triggers
    "fullfsync": 1,  # on macOS fsync alone does not reach the disk; elsewhere it means nothing
    "wal_autocheckpoint": 0,  # the writer checkpoints when idle, never inside a sale
    **_READER_PRAGMAS,
}
_MAGIC = b"SQLite format 3\0"
_CHECK_WHOLE_BELOW_BYTES = 64 * 1024 * 1024

_DDL = {
    getattr(sqlite, f"SQLITE_{name}")
    for name in (
        "CREATE_INDEX CREATE_TABLE CREATE_TRIGGER CREATE_VIEW CREATE_VTABLE "
        "CREATE_TEMP_INDEX CREATE_TEMP_TABLE CREATE_TEMP_TRIGGER CREATE_TEMP_VIEW "
        "DROP_INDEX DROP_TABLE DROP_TRIGGER DROP_VIEW DROP_VTABLE ALTER_TABLE ATTACH DETACH"
    ).split()
}

UNREADABLE = (sqlite.DatabaseError, UnicodeDecodeError)
"""What the driver raises over a damaged file; the second where SQLite's own words quote the damage."""
_TOLD_AS: dict[int | None, type[StorageError]] = {
    sqlite.SQLITE_FULL: DiskFull,
    sqlite.SQLITE_BUSY: DatabaseInUse,
    sqlite.SQLITE_PROTOCOL: DatabaseInUse,
    sqlite.SQLITE_CORRUPT: DatabaseDamaged,
    sqlite.SQLITE_NOTADB: DatabaseDamaged,
    sqlite.SQLITE_IOERR: StorageError,
    sqlite.SQLITE_CANTOPEN: StorageError,
    sqlite.SQLITE_PERM: StorageError,
    sqlite.SQLITE_READONLY: StorageError,
    sqlite.SQLITE_NOMEM: StorageError,
}
"""What the world may do to a file; any other result code is a mistake of ours, and is not dressed up."""


def check_sqlite(version: tuple[int, ...] = sqlite.sqlite_version_info) -> None:
    """Raise SqliteTooOld when the library is one that may lose a commit."""
    if version < SQLITE_NEEDED:
        raise SqliteTooOld(found=".".join(map(str, version)), needed=".".join(map(str, SQLITE_NEEDED)))


def open_database(path: Path, migrations: Migrations, *, application_id: int, is_checked: bool = False) -> Database:
    """Open a file for writing, bring it up to date, and read every pragma back.

    A file that is refused stays as it was, to the byte.

    Args:
        is_checked: this program has looked at all its pages since it started.

    Raises:
        SqliteTooOld, SchemaTooNew: the library or this program is older than the file needs.
        DatabaseDamaged: the file is not ours, or fails its check.
        DatabaseInUse: another program writes to it.
        DiskFull: there is no room for it.
    """
    check_sqlite()
    with told_as_ours(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        is_new = _is_empty(path)
        if not is_new:
            _examine(path, migrations, application_id, is_checked=is_checked)
        db = _connect(path.as_posix(), uri=False)
        with closed_if_it_fails(db):
            _refuse_strangers(db, path, migrations, application_id)
            _set_pragmas(db, _PRAGMAS)
            _migrate(db, migrations, application_id)
            if is_new:
                db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
                sync_folder(path.parent)
    # sqlite-utils would find out by making a table, which is about to be forbidden.
    db._supports_on_conflict = True  # noqa: SLF001
    db.conn.set_authorizer(_deny_ddl)
    return db


def open_reader(path: Path, migrations: Migrations, *, application_id: int) -> Database:
    """Open a file that a writer has opened before, for reading only.

    Raises:
        SchemaTooNew, DatabaseDamaged: as ``open_database``; the pages themselves are not checked again.
    """
    with told_as_ours(path):
        db = _connect_to_read(path)
        with closed_if_it_fails(db):
            _set_pragmas(db, {**_READER_PRAGMAS, "query_only": 1})
            _refuse_strangers(db, path, migrations, application_id)
    return db


@contextmanager
def transaction(db: Database) -> Iterator[None]:
    """Do all of it or nothing: BEGIN IMMEDIATE, then COMMIT, or ROLLBACK when anything raises.

    Raises:
        DatabaseInUse: another program kept writing for 5 s; nothing was written.
        DiskFull: nothing was written.
        CommitUnknown: COMMIT itself raised, so it may be on disk; reopen and look.
    """
    assert not db.conn.in_transaction
    with told_as_ours(Path(database_path(db))):
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
    with told_as_ours(Path(database_path(db))):
        db.conn.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()


@contextmanager
def closed_if_it_fails(db: Database) -> Iterator[None]:
    """Let go of the file when what follows raises; held open, it could not be put aside."""
    try:
        yield
    except BaseException:
        db.conn.close()
        raise


@contextmanager
def told_as_ours(path: Path) -> Iterator[None]:
    """Turn what SQLite and the file system raise into StorageErrors; a mistake of our own SQL stays what it is."""
    try:
        yield
    except sqlite.DatabaseError as reason:
        kind = _told_as(reason)
        if kind is None:
            raise
        raise kind(path=path, reason=reason) from reason
    except UnicodeDecodeError as reason:
        raise DatabaseDamaged(path=path, reason="what SQLite says of it is not even text") from reason
    except OSError as reason:
        raise StorageError(path=path, reason=reason) from reason


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Hold the folder's lock, so that no second till program works on it.

    Raises:
        DatabaseInUse: another program holds it.
    """
    with told_as_ours(folder):
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / "till.lock").open("a+")
    with lock as held:
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


def _connect_to_read(path: Path) -> Database:
    return _connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)


def _is_empty(path: Path) -> bool:
    """Whether there is no file yet, or one that nothing was ever written to.

    Raises:
        DatabaseDamaged: its write-ahead log is there, so the file was more than that. SQLite would drop the log.
    """
    if path.exists() and path.stat().st_size:
        return False
    log = path.with_name(path.name + "-wal")
    if log.exists() and log.stat().st_size:
        raise DatabaseDamaged(path=path, reason="the file is gone, its log is not")
    return True


def _examine(path: Path, migrations: Migrations, application_id: int, *, is_checked: bool) -> None:
    """Refuse what is not ours, newer or damaged, on a connection that cannot write, not even when it closes."""
    is_half_made = path.with_name(path.name + "-journal").exists()
    with path.open("rb") as file:
        if file.read(len(_MAGIC)) != _MAGIC and not is_half_made:
            raise DatabaseDamaged(path=path, reason="not a database")
    db = _connect_to_read(path)
    try:
        _refuse_strangers(db, path, migrations, application_id)
        if not is_checked:
            _check_whole(db, path)
    except sqlite.OperationalError as reason:
        if _code(reason) == sqlite.SQLITE_ERROR:  # this SQL is right, so the file is not
            raise DatabaseDamaged(path=path, reason=reason) from reason
        # READONLY: a writer died while it made the file; only a writer can undo what it left, and looks again.
        if _code(reason) != sqlite.SQLITE_READONLY:
            raise
    finally:
        db.conn.close()


def _set_pragmas(db: Database, pragmas: dict[str, str | int]) -> None:
    for name, value in pragmas.items():
        db.conn.execute(f"PRAGMA {name}={value}").fetchall()
        found = db.conn.execute(f"PRAGMA {name}").fetchone()[0]
        assert found == value, (name, found, value)


def _refuse_strangers(db: Database, path: Path, migrations: Migrations, application_id: int) -> None:
    found_id = db.conn.execute("PRAGMA application_id").fetchone()[0]
    version = db.conn.execute("PRAGMA user_version").fetchone()[0]
    has_tables = db.conn.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if found_id == BACKUP_FILE:
        raise BackupInPlace(path=path)
    if found_id != application_id and (found_id or has_tables):
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
    """Take every missing step, and say so in the file's header: all of it or nothing."""
    pending = migrations.pending(db)
    if not pending:
        return
    if db.conn.execute("PRAGMA user_version").fetchone()[0] + len(pending) != _steps(migrations):
        raise DatabaseDamaged(path=database_path(db), reason="its header and its list of migrations differ")
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        db.conn.execute(f"PRAGMA application_id={application_id}")
        migrations.apply(db)
        db.conn.execute(f"PRAGMA user_version={_steps(migrations)}")
        db.conn.execute("COMMIT")
    except BaseException:
        _roll_back(db)
        raise


def _deny_ddl(action: int, *_rest: object) -> int:
    return int(sqlite.SQLITE_DENY if action in _DDL else sqlite.SQLITE_OK)


def _told_as(reason: sqlite.DatabaseError) -> type[StorageError] | None:
    if _code(reason) is None and isinstance(reason, sqlite.OperationalError):
        return DatabaseDamaged  # the driver met a text that is not UTF-8
    return _TOLD_AS.get(_code(reason))


def sync_folder(folder: Path) -> None:
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
    except sqlite.DatabaseError as reason:
        with suppress(sqlite.DatabaseError):  # that it cannot even be taken back makes it no better known
            _roll_back(db)
        if _code(reason) == sqlite.SQLITE_FULL:
            raise
        raise CommitUnknown(reason=reason) from reason


def _code(reason: sqlite.DatabaseError) -> int | None:
    """Return SQLite's primary result code; None for what the driver itself found wrong."""
    extended = getattr(reason, "sqlite_errorcode", None)
    return None if extended is None else int(extended) & 0xFF

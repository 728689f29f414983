"""A till's disk: commits that die, err or find no room, and what is left of the files after a crash."""

import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any, cast

import pysqlite3.dbapi2 as sqlite
from sqlite_utils import Database

from tests.simulation.chance import Options


class Killed(BaseException):
    """A till's process is no more; its files lie in ``folder``."""

    def __init__(self, till: str, folder: Path) -> None:
        super().__init__(till)
        self.till, self.folder = till, folder


class Disk:
    """What holds a till's files, under a seed.

    Attributes:
        folder: where the files are now; a crash leaves them in another.
        is_mended: no faults any more.
    """

    def __init__(self, till: str, folder: Path, options: Options, chance: Random, counts: dict[str, int]) -> None:
        self.till, self.folder = till, folder
        self._options, self._chance, self._counts = options, chance, counts
        self.is_mended = False

    def hold(self, db: Database) -> None:
        """Let this connection's commits meet what the seed has for them; harmless when it holds it already."""
        if not isinstance(db.conn, _Connection):
            db.conn = cast("Any", _Connection(db.conn, self.commit))

    def die(self, *, cut: int | None = None) -> Killed:
        """Return the end of the process; of the log only the first ``cut`` bytes are left."""
        left = self.folder.with_name(self.folder.name + "+")
        shutil.copytree(self.folder, left, ignore=shutil.ignore_patterns("*-shm"))
        if cut is not None:
            with (left / "till.db-wal").open("r+b") as log:
                log.truncate(cut)
        return Killed(self.till, left)

    def commit(self, commit: Callable[[], Any]) -> Any:  # noqa: ANN401  (untyped driver)
        """Commit, or do what the seed says instead."""
        dies, errs, is_full, where = (self._chance.random() for _ in range(4))
        if self.is_mended:
            return commit()
        if is_full < self._options.disk_full:
            raise self._error("disk_full", sqlite.SQLITE_FULL, "database or disk is full")
        if errs < self._options.commit_errs:
            if where < 0.5:
                commit()
            raise self._error("commit_errs", 1034, "disk I/O error")  # SQLITE_IOERR_FSYNC (sqlite.org/rescode.html)
        if dies < self._options.commit_dies:
            raise self._torn(commit, where)
        return commit()

    def _torn(self, commit: Callable[[], Any], where: float) -> Killed:
        """Let power go while the log is written: any part of what this commit added may be missing."""
        self._count("commit_dies")
        before = self._log_bytes()
        commit()
        return self.die(cut=before + round((self._log_bytes() - before) * min(1.0, where * 1.5)))

    def _log_bytes(self) -> int:
        log = self.folder / "till.db-wal"
        return log.stat().st_size if log.exists() else 0

    def _error(self, name: str, code: int, text: str) -> sqlite.OperationalError:
        self._count(name)
        error = sqlite.OperationalError(text)
        error.sqlite_errorcode = code
        return error

    def _count(self, name: str) -> None:
        self._counts[name] = self._counts.get(name, 0) + 1


class _Connection:
    """A connection whose COMMIT is somebody else's business."""

    def __init__(self, connection: Any, commit: Callable[[Callable[[], Any]], Any]) -> None:  # noqa: ANN401
        self._connection, self._commit = connection, commit

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        return getattr(self._connection, name)

    def execute(self, statement: str, *values: object) -> Any:  # noqa: ANN401
        if statement != "COMMIT":
            return self._connection.execute(statement, *values)
        return self._commit(lambda: self._connection.execute(statement))

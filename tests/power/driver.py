"""The till's SQLite driver over apsw: stands in for pysqlite3, in a process of its own, so that a disk of ours is used.

Only what pos/storage and sqlite-utils call is here. ``install`` comes before anything of ``pos.storage`` is imported:
the process then holds one SQLite, apsw's.
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from types import ModuleType
from typing import Any

import apsw

Values = Sequence[Any] | Mapping[str, Any]


class Error(Exception):
    """As PEP 249 has it; ``sqlite_errorcode`` is SQLite's extended result code."""

    sqlite_errorcode: int


class DatabaseError(Error): ...


class OperationalError(DatabaseError): ...


class IntegrityError(DatabaseError): ...


class NotSupportedError(DatabaseError): ...


_AS_OPERATIONAL = {
    apsw.SQLITE_ERROR, apsw.SQLITE_PERM, apsw.SQLITE_ABORT, apsw.SQLITE_BUSY, apsw.SQLITE_LOCKED, apsw.SQLITE_READONLY,
    apsw.SQLITE_INTERRUPT, apsw.SQLITE_IOERR, apsw.SQLITE_FULL, apsw.SQLITE_CANTOPEN, apsw.SQLITE_PROTOCOL,
    apsw.SQLITE_SCHEMA,
}  # fmt: skip
"""As the standard library's driver sorts them (Modules/_sqlite/util.c)."""


def _told(reason: Any) -> DatabaseError:  # noqa: ANN401  (the stubs of apsw.Error know no codes)
    primary = reason.result
    kind: type[DatabaseError] = OperationalError if primary in _AS_OPERATIONAL else DatabaseError
    if primary in {apsw.SQLITE_CONSTRAINT, apsw.SQLITE_MISMATCH}:
        kind = IntegrityError
    told = kind(str(reason))
    told.sqlite_errorcode = reason.extendedresult
    return told


class Cursor:
    """The rows of one statement, all read at once."""

    def __init__(self, connection: "Connection", statement: str, values: Values) -> None:
        self.description: tuple[tuple[Any, ...], ...] | None = None
        inner = connection.apsw.cursor()
        inner.exec_trace = self._describe
        before = connection.apsw.total_changes()
        try:
            self._rows = iter(list(inner.execute(statement, values)))
        except apsw.Error as reason:
            raise _told(reason) from reason
        self.lastrowid = connection.apsw.last_insert_rowid()
        self.rowcount = connection.apsw.total_changes() - before

    def _describe(self, cursor: apsw.Cursor, _statement: str, _values: object) -> bool:
        columns = cursor.get_description()
        self.description = tuple((column[0], None, None, None, None, None, None) for column in columns) or None
        return True

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return self._rows

    def fetchone(self) -> tuple[Any, ...] | None:
        return next(self._rows, None)

    def fetchall(self) -> list[tuple[Any, ...]]:
        return list(self._rows)


class Connection:
    """A connection in autocommit, which is how the till works.

    Attributes:
        committed: called after each COMMIT that returned; for the one who records.
    """

    committed: Callable[["Connection"], None] | None = None
    isolation_level = None

    def __init__(self, name: str, *, uri: bool) -> None:
        flags = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE | (apsw.SQLITE_OPEN_URI if uri else 0)
        try:
            self.apsw = apsw.Connection(name, flags)
        except apsw.Error as reason:
            raise _told(reason) from reason

    @property
    def in_transaction(self) -> bool:
        return self.apsw.in_transaction

    def execute(self, statement: str, values: Values = ()) -> Cursor:
        cursor = Cursor(self, statement, values)
        if statement == "COMMIT" and Connection.committed:
            Connection.committed(self)
        return cursor

    def executemany(self, statement: str, rows: Iterable[Values]) -> None:
        """Do a statement once for each row of values."""
        for values in rows:
            Cursor(self, statement, values)

    def set_authorizer(self, ask: Callable[..., int]) -> None:
        self.apsw.authorizer = ask

    def close(self) -> None:
        with suppress(apsw.Error):  # SQLite itself keeps silent about a last checkpoint that cannot be
            self.apsw.close()


def connect(name: str, *, isolation_level: None = None, uri: bool = False) -> Connection:
    """Open a file, on the disk that is apsw's default."""
    assert isolation_level is None
    return Connection(name, uri=uri)


def install() -> None:
    """Be pysqlite3 for this process."""
    assert not {"pysqlite3", "sqlite3", "_sqlite3", "sqlite_utils"} & set(sys.modules), "another SQLite is here already"
    package, dbapi2 = ModuleType("pysqlite3"), ModuleType("pysqlite3.dbapi2")
    names: dict[str, Any] = {name: getattr(apsw, name) for name in dir(apsw) if name.startswith("SQLITE_")}
    names |= {
        "connect": connect, "Connection": Connection, "Cursor": Cursor, "Error": Error, "DatabaseError": DatabaseError,
        "OperationalError": OperationalError, "IntegrityError": IntegrityError, "NotSupportedError": NotSupportedError,
        "sqlite_version_info": tuple(map(int, apsw.sqlite_lib_version().split("."))),
        "sqlite_version": apsw.sqlite_lib_version(),
    }  # fmt: skip
    for module in (package, dbapi2):
        module.__dict__.update(names)
    package.__dict__["dbapi2"] = dbapi2
    sys.modules |= {"pysqlite3": package, "pysqlite3.dbapi2": dbapi2}

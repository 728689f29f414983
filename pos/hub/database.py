"""Open the hub's database by its URL, SQLite or PostgreSQL, and hand out transactions."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from operator import itemgetter
from typing import Any

import pysqlite3.dbapi2 as sqlite
from sqlalchemy import Connection, Dialect, Engine, Table, create_engine, event, insert, make_url, select, text, update
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects import sqlite as sqlite_dialect
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError

from pos.domain.errors import HubDatabaseUnusable, SchemaTooNew, SqliteTooOld
from pos.hub import schema

CONNECTIONS_MAX = 8
"""Connections held to the database at once."""
SQLITE_NEEDED = (3, 51, 3)
"""The first version without the WAL-reset defect (sqlite.org/wal.html#walresetbug)."""

_PRAGMAS: Mapping[str, str | int] = {
    "journal_mode": "wal",
    "synchronous": 2,
    "busy_timeout": 10_000,
    "trusted_schema": 0,
}
_SET_UP_LOCK = 0x475443  # any number that every hub uses for the same thing

Row = dict[str, Any]


def open_engine(database_url: str) -> Engine:
    """Connect, make the tables when there are none, and return the engine.

    Args:
        database_url: ``sqlite:///FILE`` or ``postgresql+psycopg://user@host/name``.

    Raises:
        HubDatabaseUnusable: the URL is no such URL, or the database cannot be opened.
        SchemaTooNew: a newer hub has written it.
        SqliteTooOld: the SQLite library may lose a commit.
    """
    try:
        url = make_url(database_url)
    except ArgumentError as reason:
        raise HubDatabaseUnusable(url="?", reason="not a database URL") from reason
    shown = url.render_as_string(hide_password=True)
    engine = _make_engine(url, shown)
    try:
        _set_up(engine, shown)
    except DBAPIError as reason:
        engine.dispose()
        raise HubDatabaseUnusable(url=shown, reason=reason.orig) from reason
    except SchemaTooNew:
        engine.dispose()
        raise
    return engine


def _make_engine(url: URL, shown: str) -> Engine:
    if url.drivername == "sqlite" and url.database:
        return _sqlite_engine(url)
    if url.drivername == "postgresql+psycopg":
        return create_engine(url, pool_size=CONNECTIONS_MAX, max_overflow=0, pool_timeout=5, pool_pre_ping=True)
    raise HubDatabaseUnusable(url=shown, reason="neither sqlite:///FILE nor postgresql+psycopg://")


def _sqlite_engine(url: URL) -> Engine:
    if sqlite.sqlite_version_info < SQLITE_NEEDED:
        raise SqliteTooOld(found=sqlite.sqlite_version, needed=".".join(map(str, SQLITE_NEEDED)))
    engine = create_engine(url, module=sqlite, pool_size=CONNECTIONS_MAX, max_overflow=0, pool_timeout=15)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite.Connection, _record: object) -> None:
    connection.isolation_level = None  # we begin transactions ourselves
    for name, value in _PRAGMAS.items():
        connection.execute(f"PRAGMA {name}={value}").fetchall()
        found = connection.execute(f"PRAGMA {name}").fetchone()[0]
        assert found == value, (name, found, value)


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction that changes something: all of it or nothing."""
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One transaction that sees a single state of the database, however many queries it makes."""
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin():
            yield connection


def insert_all(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows that have all columns of the table.

    SQLAlchemy writes the statement once and the rows go to the driver as they are: a sale of twelve lines is sixteen
    rows, and preparing each of them anew took half of the hub's time.
    """
    statement, columns = _insert_statement(table, connection.dialect)
    if columns:
        in_order = itemgetter(*columns)
        connection.exec_driver_sql(statement, [in_order(row) for row in rows])
    else:
        connection.exec_driver_sql(statement, list(rows))


@lru_cache(64)
def _insert_statement(table: Table, dialect: Dialect) -> tuple[str, Sequence[str]]:
    """Return the SQL of an insert, and the order of its columns where the driver counts instead of naming."""
    compiled = insert(table).compile(dialect=dialect)
    return str(compiled), tuple(compiled.positiontup or ())


def insert_new(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert the rows whose primary keys are not there yet."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite_dialect
    connection.execute(dialect.insert(table).on_conflict_do_nothing(), rows)


def _set_up(engine: Engine, shown: str) -> None:
    with writing(engine) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _SET_UP_LOCK})
        schema.hub.create(connection, checkfirst=True)
        found = connection.scalar(select(schema.hub.c.version))
        if found is not None and found > schema.VERSION:
            raise SchemaTooNew(path=shown, found=found, known=schema.VERSION)
        if found != schema.VERSION:
            _put_in_shape(connection, found)


def _put_in_shape(connection: Connection, found: int | None) -> None:
    """Make what is not there yet, and take the steps of the versions since."""
    schema.metadata.create_all(connection)
    whole = "INTEGER" if connection.dialect.name == "sqlite" else "BIGINT"
    for version, script in schema.STEPS.items():
        if found is not None and found < version:
            for statement in script.split(";"):
                connection.execute(text(statement.replace("WHOLE", whole)))
    for table in schema.metadata.tables.values():
        for index in table.indexes:
            index.create(connection, checkfirst=True)
    if found is None:
        connection.execute(insert(schema.hub), {"one": 1, "version": schema.VERSION})
    else:
        connection.execute(update(schema.hub), {"version": schema.VERSION})

"""Salvage: what can still be read of a till's file, however damaged it is; nothing of the file is changed."""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pysqlite3.dbapi2 as sqlite

from pos.domain.chain import is_true
from pos.domain.entry import JournalEntry
from pos.storage.database import UNREADABLE

FILES = ("", "-wal", "-shm", "-journal")
"""What SQLite keeps of one database beside each other, by what follows its name."""
UNFOLDED = ("staff", "drafts", "preferences", "print_jobs")
"""Tables that are no fold of the journal and that nobody else has."""
_ROWS_TRIED = 200_000
_FAILURES_MAX = 5_000
"""Unreadable rows on end before what lies behind is given up: more than one lost inner page leads to."""
_COLUMNS = "epoch, seq, id, at, kind, version, body, prev, hash"


@dataclass(slots=True)
class Salvaged:
    """What was read.

    Attributes:
        owner: store and till the file says it is of; None when that cannot be read.
        epoch: of the file, 0 when that cannot be read.
        entries: each whole by its own hash; the chain is not checked.
        untrue: (epoch, seq) of rows that could be read and are not what was written.
        tables: the rows of ``UNFOLDED`` by column.
        is_whole: whether everything could be read, so that what is not here never was.
    """

    owner: tuple[str, str] | None = None
    epoch: int = 0
    entries: list[JournalEntry] = field(default_factory=list)
    untrue: list[tuple[object, object]] = field(default_factory=list)
    tables: dict[str, list[Mapping[str, Any]]] = field(default_factory=dict)
    is_whole: bool = True


def read_file(path: Path, till: str) -> Salvaged:
    """Read a till's file, a backup of one, or what is left of one; an empty answer when nothing can be read."""
    found = Salvaged()
    if not path.exists():
        return Salvaged(is_whole=False)
    with TemporaryDirectory(prefix="salvage-", dir=path.parent) as folder:
        # On a copy, because even reading lets SQLite roll a log forward or back.
        for suffix in FILES[:2] + FILES[3:]:
            beside = path.with_name(path.name + suffix)
            if beside.exists():
                shutil.copyfile(beside, Path(folder, "copy.db" + suffix))
        connection = sqlite.connect(Path(folder, "copy.db").as_posix(), isolation_level=None)
        connection.text_factory = lambda raw: raw.decode(errors="replace")
        try:
            _read(connection, till, found)
        finally:
            connection.close()
    return found


def _read(connection: Any, till: str, found: Salvaged) -> None:  # noqa: ANN401  (the driver is untyped)
    try:
        row = connection.execute("SELECT store, till, epoch FROM identity").fetchone()
        if row:
            found.owner, found.epoch = (row[0], row[1]), row[2]
    except UNREADABLE:
        found.is_whole = False
    for row in _rows(connection, "journal", _COLUMNS, found):
        entry = _entry(till, row)
        if entry:
            found.entries.append(entry)
        else:
            found.untrue.append((row[0], row[1]))
    for table in UNFOLDED:
        found.tables[table] = _table(connection, table, found)


def _entry(till: str, row: Sequence[Any]) -> JournalEntry | None:
    epoch, seq, body = row[0], row[1], row[6]
    if type(epoch) is not int or type(seq) is not int or not isinstance(body, bytes):
        return None
    entry = JournalEntry(till, *row)
    return entry if is_true(entry) else None


def _rows(connection: Any, table: str, columns: str, found: Salvaged) -> Iterator[Sequence[Any]]:  # noqa: ANN401
    """Read a table from its beginning, then from its end, then row by row across the damage between."""
    first, last = 0, 0
    try:
        for rowid, *row in connection.execute(f"SELECT rowid, {columns} FROM {table} ORDER BY rowid"):  # noqa: S608
            first = rowid
            yield row
    except UNREADABLE:
        found.is_whole = False
    else:
        return
    last = first + _ROWS_TRIED
    query = f"SELECT rowid, {columns} FROM {table} WHERE rowid > {first} ORDER BY rowid DESC"  # noqa: S608  (numbers)
    try:
        for rowid, *row in connection.execute(query):
            last = rowid
            yield row
    except UNREADABLE:
        pass
    failed = 0
    for rowid in range(first + 1, last):
        try:
            row = connection.execute(f"SELECT {columns} FROM {table} WHERE rowid = {rowid}").fetchone()  # noqa: S608
        except UNREADABLE:
            failed += 1
            if failed == _FAILURES_MAX:
                return
            continue
        if row:
            failed = 0
            yield row


def _table(connection: Any, table: str, found: Salvaged) -> list[Mapping[str, Any]]:  # noqa: ANN401
    try:
        cursor = connection.execute(f"SELECT * FROM {table}")  # noqa: S608  (a constant)
        names = [each[0] for each in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]
    except UNREADABLE:
        found.is_whole = False
        return []

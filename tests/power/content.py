"""Everything a database says, as one digest; read on a connection of its own, or on the one given."""

import hashlib
from contextlib import closing
from pathlib import Path
from typing import Any

import pysqlite3.dbapi2 as sqlite


def rows(connection: Any) -> dict[str, list[tuple[Any, ...]]]:  # noqa: ANN401  (untyped driver)
    """Return all rows by table; when a migration was applied is nobody's promise."""
    names = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%sqlite%' ORDER BY name"
    ).fetchall()
    return {name: sorted(connection.execute(f"SELECT * FROM {name} NOT INDEXED"), key=repr) for (name,) in names}


def digest_of(connection: Any) -> str:  # noqa: ANN401
    """Return a digest of all rows."""
    return hashlib.sha256(repr(rows(connection)).encode()).hexdigest()[:16]


def digest(path: Path) -> str:
    """Return a digest of all rows of a file; of none when there is none."""
    if not path.exists():
        return ""
    with closing(sqlite.connect(path.as_posix(), isolation_level=None)) as connection:
        return digest_of(connection)

"""Where facts live: SQLite through sqlite-utils; the only SQL outside the hub."""

import sys
from types import ModuleType
from typing import Any

import pysqlite3

# sqlite-utils imports the standard library's module for a type hint, and with it comes a second SQLite, which
# must not be in the process: two of them drop each other's locks.
sys.modules.setdefault("sqlite3", pysqlite3)


def _import_lightly() -> None:
    """Import sqlite-utils without numpy, and without the recipes of its command line: a seventh of a till's start."""
    loaded: dict[str, Any] = sys.modules
    kept = {"numpy": loaded["numpy"]} if "numpy" in loaded else {}
    loaded["numpy"] = None  # so Python says that there is none
    loaded.setdefault("sqlite_utils.recipes", ModuleType("sqlite_utils.recipes"))
    import sqlite_utils  # noqa: F401, PLC0415  (only here is there no numpy)

    del loaded["numpy"]
    loaded.update(kept)


_import_lightly()

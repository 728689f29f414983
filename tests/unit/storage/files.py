"""Words the tests of storage share."""

import subprocess
import sys
from pathlib import Path

from sqlite_utils import Database

from pos.storage.database import open_database, open_reader
from pos.storage.migrations import TILL_FILE, till_steps


def open_till_file(path: Path) -> Database:
    return open_database(path, till_steps, application_id=TILL_FILE)


def read_till_file(path: Path) -> Database:
    return open_reader(path, till_steps, application_id=TILL_FILE)


def put_one(db: Database, value: object = "03") -> None:
    db.execute("INSERT OR REPLACE INTO identity (one, store, till, epoch) VALUES (1, '0017', ?, 1)", [value])


def run_python(script: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", script, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)

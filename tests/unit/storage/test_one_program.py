"""One program on a folder, and one SQLite in the program."""

import subprocess
import sys
from pathlib import Path

import pytest

from pos.domain.errors import DatabaseInUse
from pos.storage.database import only_one
from tests.unit.storage.files import run_python

SECOND = """
import sys
from pathlib import Path
from pos.domain.errors import DatabaseInUse
from pos.storage.database import only_one
try:
    with only_one(Path(sys.argv[1])):
        print("held")
except DatabaseInUse as error:
    print(error.code)
"""


def test_a_second_program_on_the_folder_is_refused_while_the_first_lives(tmp_path: Path) -> None:
    with only_one(tmp_path):
        assert run_python(SECOND, tmp_path).stdout == "P-505\n"
        with pytest.raises(DatabaseInUse), only_one(tmp_path):
            pytest.fail("twice in one program")
    assert run_python(SECOND, tmp_path).stdout == "held\n"


def test_a_program_that_was_killed_holds_nothing(tmp_path: Path) -> None:
    script = SECOND.replace('print("held")', 'print("held", flush=True); sys.stdin.read()')
    with subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as first:
        assert first.stdout
        assert first.stdout.readline() == "held\n"
        assert run_python(SECOND, tmp_path).stdout == "P-505\n"
        first.kill()
        first.wait()
    assert run_python(SECOND, tmp_path).stdout == "held\n"


def test_the_process_has_one_sqlite() -> None:
    """Two libraries on one file drop each other's locks (sqlite.org/howtocorrupt.html 2.2.1)."""
    script = """
import importlib, pkgutil, sys
import ui.app, pos.till, pos.storage, pos.sync, pos.scan, pos.alipay, pos.device
for package in (pos.till, pos.storage, pos.sync, pos.scan, pos.alipay, pos.device):
    for each in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
        importlib.import_module(each.name)
from PySide6 import QtCore, QtGui, QtWidgets
files = {line.split(maxsplit=5)[5].strip() for line in open("/proc/self/maps") if line.count("/")}
for name in sorted(files):
    with open(name, "rb") as file:
        if b"SQLite format 3" in file.read():
            print(name)
print("_sqlite3" in sys.modules)
"""
    done = run_python(script)
    *libraries, standard = done.stdout.split()
    assert done.returncode == 0, done.stderr
    assert [Path(each).parent.name for each in libraries] == ["pysqlite3"]
    assert standard == "False"

"""Paint: from starting Python to what a person sees first, and to the counter, beside an empty PySide6 window."""

import os
import subprocess
import sys
from functools import partial

from tests.bench.figure import Figure, in_turns

_EMPTY = """
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication([]); window = QWidget(); window.resize(1366, 768); window.show()
app.processEvents(); window.grab()
print("there", flush=True); app.exec()
"""
_FIRST = """
import pathlib, tempfile
from pos.settings import Settings
from ui.application import SMALL_SCREEN, Starting, make_application
folder = tempfile.TemporaryDirectory()
settings = Settings(data_dir=pathlib.Path(folder.name))
qt = make_application(settings, SMALL_SCREEN)
starting = Starting(settings.till.store_name)
starting.show_and_wait(SMALL_SCREEN)
"""
_STARTING = f"""{_FIRST}
print("there", flush=True); qt.exec()
"""
_COUNTER = f"""import gc; gc.disable()
{_FIRST}
from ui.app import App
app = App(settings, None)
app.window.resize(SMALL_SCREEN); app.window.show(); starting.close()
qt.processEvents(); app.window.grab()
print("there", flush=True); qt.exec()
"""


def measure() -> list[Figure]:
    """Time all as whole processes."""
    empty = partial(wait_for, _EMPTY)
    for program in (_EMPTY, _COUNTER):
        wait_for(program)
    return [
        in_turns("start to first paint", partial(wait_for, _STARTING), "an empty PySide6 window", empty, times=7),
        in_turns("start to the sign-in page", partial(wait_for, _COUNTER), "an empty PySide6 window", empty, times=7),
    ]


def as_installed() -> dict[str, str]:
    """Return the environment of a till in a shop, where Python keeps what it has read of each file."""
    return {**{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
            "QT_QPA_PLATFORM": "offscreen"}  # fmt: skip


def wait_for(program: str, *arguments: str) -> None:
    """Run a program until it says that it is there: how it ends is no part of its start."""
    command = [sys.executable, "-c", program, *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=as_installed(), text=True) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "there\n"
        running.kill()

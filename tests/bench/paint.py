"""Paint: from starting Python to the first painted window, beside an empty PySide6 window."""

import os
import subprocess
import sys

from tests.bench.figure import Figure, in_turns

_EMPTY = """
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication([]); window = QWidget(); window.resize(1366, 768); window.show()
app.processEvents(); window.grab()
"""
_OURS = """
import tempfile, pathlib
from pos.settings import Settings
from ui.run import make_application
from ui.app import App
with tempfile.TemporaryDirectory() as folder:
    settings = Settings(data_dir=pathlib.Path(folder))
    qt = make_application(settings); app = App(settings, None)
    app.window.resize(1366, 768); app.window.show()
    qt.processEvents(); app.window.grab(); app.close()
"""


def measure() -> list[Figure]:
    """Time both as whole processes."""
    return [in_turns("start to first paint", lambda: _run(_OURS), "an empty PySide6 window",
                     lambda: _run(_EMPTY), times=7)]  # fmt: skip


def _run(program: str) -> None:
    subprocess.run([sys.executable, "-c", program], check=True, env=os.environ | {"QT_QPA_PLATFORM": "offscreen"})

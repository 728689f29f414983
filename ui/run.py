"""Run: the till of a store, from its settings to the closed window."""

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from pos.settings import Settings
from pos.till.training import prepare_training
from ui.app import App
from ui.application import Starting, settle
from ui.crash import CrashReporter, LineFormatter
from ui.messages import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from pos.scan.camera import Source

LOG_BYTES = 2_000_000
LOG_FILES = 5
TRAINING_NOTICE = QT_TRANSLATE_NOOP("run", "练习 · 不是真实收款 · TRAINING")


def run(qt: QApplication, starting: Starting, settings: Settings, *, is_training: bool = False) -> int:
    """Show the till and stay until its window is closed; in between it may be a till to practise on.

    Args:
        starting: what is on the screen until the window is.
    """
    keep_log(settings.data_dir)
    wanted: bool | None = is_training
    while wanted is not None:
        wanted = _run_one(qt, starting, prepare_training(settings) if wanted else settings)
    return 0


def _run_one(qt: QApplication, starting: Starting, settings: Settings) -> bool | None:
    """Run one till; return whether a till to practise on is wanted next, None when the window was closed."""
    if not starting.isVisible():
        starting.show_and_wait()
    notice = QCoreApplication.translate("run", TRAINING_NOTICE) if settings.is_training else ""
    app = App(settings, lambda: source_of(settings), notice=notice, can_train=True)
    wanted: list[bool] = []
    app.window.training_wanted.connect(wanted.append)
    app.window.training_wanted.connect(qt.exit)
    try:
        app.window.showFullScreen()
        starting.close()
        app.start()
        settle()
        qt.exec()
    finally:
        app.close()
        app.window.hide()
        for each in (app.window, app.customer):
            each.deleteLater()
    return wanted[-1] if wanted else None


def keep_log(folder: Path) -> None:
    """Write what happens to ``till.log`` beside the sales, five files of two megabytes at most, and what crashes."""
    folder.mkdir(parents=True, exist_ok=True)
    file = _LogFile(folder / "till.log", maxBytes=LOG_BYTES, backupCount=LOG_FILES - 1, encoding="utf-8")
    file.setFormatter(LineFormatter())
    root = logging.getLogger()
    root.addHandler(file)
    root.addHandler(CrashReporter(folder))
    root.setLevel(logging.INFO)


class _LogFile(RotatingFileHandler):
    """A log that a full disk makes silent, and nothing else."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  (logging's name)
        """Let the line go."""


def source_of(settings: Settings) -> "Source | None":
    """Return the camera that the settings name, None for none."""
    from pos.scan.camera import find_source  # noqa: PLC0415  (numpy with it, which the window does not wait for)

    return find_source(settings.till.camera, settings.camera)

"""Run: the till of a store, from its settings to the closed window."""

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from pos.scan.camera import Source, find_source
from pos.settings import Settings
from ui import language, theme
from ui.app import App
from ui.crash import CrashReporter, LineFormatter

SMALL_SCREEN = QSize(1366, 768)
LOG_BYTES = 2_000_000
LOG_FILES = 5


def make_application(settings: Settings, size: QSize | None = None) -> QApplication:
    """Return the Qt application, in the settings' language and the theme's looks.

    Args:
        size: of the window, when it will not fill the screen.
    """
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    language.install(app, settings.till.language)
    theme.apply(app, theme.scale_for(size or app.primaryScreen().size()))
    return app


def run(settings: Settings) -> int:
    """Show the till and stay until its window is closed."""
    qt = make_application(settings)
    keep_log(settings.data_dir)
    app = App(settings, source_of(settings))
    try:
        app.window.showFullScreen()
        app.start()
        return qt.exec()
    finally:
        app.close()


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


def source_of(settings: Settings) -> Source | None:
    """Return the camera that the settings name, None for none."""
    return find_source(settings.till.camera, settings.camera)

"""Run: the till of a store, from its settings to the closed window."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from pos.scan.camera import Source, find_source
from pos.settings import Settings, TillSettings
from ui import language, theme
from ui.app import App

SMALL_SCREEN = QSize(1366, 768)


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
    app = App(settings, source_of(settings.till))
    try:
        app.window.showFullScreen()
        app.start()
        return qt.exec()
    finally:
        app.close()


def source_of(settings: TillSettings) -> Source | None:
    """Return the camera that the settings name, None for none."""
    return find_source(settings.camera)

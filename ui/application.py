"""Application: Qt itself in the till's language and looks, and the first thing a person sees of it.

It imports little, so that it is there long before the libraries that read codes and ask for money are: not even
QtCore.Qt, whose enumerations take a tenth of the way to the first picture.
"""

import gc

from PySide6.QtCore import QEvent, QEventLoop, QSize, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from pos.settings import Settings
from ui import language, plain_pyside, theme  # noqa: F401  (before whatever else is imported)
from ui.rubbish import Rubbish

SMALL_SCREEN = QSize(1366, 768)
PAINTED_WITHIN_MS = 500
"""How long the start waits for its own first picture, on a screen that shows none."""


def make_application(settings: Settings, size: QSize | None = None) -> QApplication:
    """Return the Qt application, in the settings' language and the theme's looks.

    Args:
        size: of the window, when it will not fill the screen.
    """
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    language.install(app, settings.till.language)
    language.set_customers(settings.till.customer_language)
    theme.apply(app, theme.scale_for(size or app.primaryScreen().size(), settings.till.scale_percent))
    return app


def settle() -> None:
    """Have rubbish collected from now on, on this thread, and never look at what the start has made: all of it stays.

    Once only: a window that is made later, to practise in, comes after one that is rubbish by then.
    """
    if not gc.get_freeze_count():
        gc.freeze()
        application = QApplication.instance()
        assert application is not None
        Rubbish(application)


class Starting(QWidget):
    """Stands where the till's window will, and says that it is coming."""

    def __init__(self, store_name: str) -> None:
        super().__init__()
        self.setObjectName("starting")
        self.setWindowTitle(self.tr("柜台 Guitai"))
        layout = QVBoxLayout(self)
        for name, text, role in (
            ("starting_store", store_name, "title"),
            ("starting_words", self.tr("正在打开柜台，请稍候…"), "advice"),
        ):
            made = QLabel(text)
            made.setObjectName(name)
            made.setProperty("role", role)
            layout.addWidget(made)
        layout.insertStretch(0)
        layout.addStretch()
        self._seen = QEventLoop()

    def show_and_wait(self, size: QSize | None = None) -> None:
        """Come onto the screen, and return once it can be seen there.

        Args:
            size: of the window, None to fill the screen.
        """
        if size is None:
            self.showFullScreen()
        else:
            self.resize(size)
            self.show()
        QTimer.singleShot(PAINTED_WITHIN_MS, self._seen.quit)
        self._seen.exec()

    def event(self, event: QEvent) -> bool:
        """Take note of the first picture."""
        is_done = super().event(event)
        if event.type() is QEvent.Type.Paint:
            QTimer.singleShot(0, self._seen.quit)
        return is_done

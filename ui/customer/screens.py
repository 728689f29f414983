"""Second screen: the customer's window is on it for as long as there is one."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication, QScreen

from ui.customer.window import CustomerWindow


class SecondScreen(QObject):
    """Follows screens that come and go; ``changed`` tells whether the customer has one."""

    changed = Signal(bool)

    def __init__(self, window: CustomerWindow) -> None:
        super().__init__()
        self._window = window
        self._qt = QGuiApplication.instance()
        assert isinstance(self._qt, QGuiApplication)
        self._qt.screenAdded.connect(self._on_screen)
        self._qt.screenRemoved.connect(self._on_screen)

    @property
    def is_there(self) -> bool:
        """Whether the customer has a screen."""
        return self._second() is not None

    def show(self) -> None:
        """Put the window on the second screen, or away when there is none."""
        second = self._second()
        if second is None:
            self._window.hide()
        else:
            self._window.setGeometry(second.geometry())
            self._window.showFullScreen()
        self.changed.emit(second is not None)

    def _on_screen(self, _screen: QScreen) -> None:
        self.show()

    @staticmethod
    def _second() -> QScreen | None:
        others = [each for each in QGuiApplication.screens() if each is not QGuiApplication.primaryScreen()]
        return others[0] if others else None

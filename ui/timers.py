"""One way to make a timer."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


def timer(parent: QObject, every_ms: int, slot: Callable[[], None], *, once: bool = False) -> QTimer:
    """Return a timer that is not running yet."""
    made = QTimer(parent)
    made.setInterval(every_ms)
    made.setSingleShot(once)
    made.timeout.connect(slot)
    return made

"""Painted: how often a widget was painted, at next to no cost."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget


class Painted(QObject):
    """Counts the paints of a widget.

    Attributes:
        times: it was painted since somebody set this to 0.
    """

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.times = 0
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        """Let every event pass."""
        self.times += event.type() is QEvent.Type.Paint
        return False

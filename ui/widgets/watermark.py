"""Watermark: words across a whole window that say that nothing here is real; touches and keys pass through."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui import theme
from ui.parts import dress

ANGLE, FAINT = -24, 34
"""Degrees, and how much of 255: seen at three metres, read through at one."""


class Watermark(QWidget):
    """Lies over a window for good."""

    def __init__(self, window: QWidget, words: str) -> None:
        super().__init__(window)
        self.setObjectName("watermark")
        self._window, self._words = window, words
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        window.installEventFilter(self)
        self._lie_over()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        """Stay as large as the window and above everything in it."""
        if watched is self._window and event.type() in {QEvent.Type.Resize, QEvent.Type.ChildAdded}:
            self._lie_over()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  (Qt's name)
        """Write the words in rows across the window."""
        painter = QPainter(self)
        font = QFont()
        font.setFamilies(theme.FAMILIES)
        font.setPixelSize(theme.px(72))
        font.setBold(True)
        painter.setFont(font)
        colour = QColor(theme.VIOLET)
        colour.setAlpha(FAINT)
        painter.setPen(colour)
        across, down = painter.fontMetrics().horizontalAdvance(self._words) + theme.px(160), theme.px(240)
        for row, y in enumerate(range(theme.px(160), self.height() + down, down)):
            for x in range(theme.px(60) - (row % 2) * across // 2, self.width(), across):
                painter.save()
                painter.translate(x, y)
                painter.rotate(ANGLE)
                painter.drawText(0, 0, self._words)
                painter.restore()

    def _lie_over(self) -> None:
        self.setGeometry(self._window.rect())
        self.raise_()


def mark_training(window: QWidget) -> None:
    """Dress a window so that nobody takes what it shows for real."""
    dress(window, "mode", "training")
    Watermark(window, QCoreApplication.translate("Watermark", "练习 TRAINING"))

"""QR picture: a text as a QR code of whole pixels with its quiet zone, crisp at any size."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui import qr, theme


class QrPicture(QWidget):
    """Paints one text in the middle of its place; an empty one is nothing."""

    def __init__(self, name: str, side: int) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setMinimumSize(theme.px(side), theme.px(side))
        self._cells: list[list[bool]] = []

    def show_text(self, text: str) -> None:
        """Show another text, or nothing."""
        self._cells = qr.cells(text) if text else []
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  (Qt's name)
        """Draw the cells as squares of whole pixels, in the middle."""
        if not self._cells:
            return
        painter = QPainter(self)
        side = min(self.width(), self.height()) // len(self._cells)
        left, top = ((length - side * len(self._cells)) // 2 for length in (self.width(), self.height()))
        painter.fillRect(QRect(left, top, side * len(self._cells), side * len(self._cells)), QColor("white"))
        for row, cells in enumerate(self._cells):
            for column, is_dark in enumerate(cells):
                if is_dark:
                    painter.fillRect(QRect(left + column * side, top + row * side, side, side), QColor("black"))

"""View: a slip on the screen, exactly as it is printed."""

from collections.abc import Iterable

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from pos.domain.slip import WIDE, Part, as_text, lay_out
from ui import theme
from ui.paper.drawing import Drawing

MARGIN = 16
"""Of white around the paper, at base."""
DOT = 0.72
"""Pixels of a dot at base: the print is then as large as the rest of the screen's small words."""


def show_end(paper: QScrollArea) -> None:
    """Have paper that is longer than its room show its end, where the sum is and how it was paid."""
    bar = paper.verticalScrollBar()
    bar.rangeChanged.connect(lambda _low, high: bar.setValue(high))
    bar.setValue(bar.maximum())


class SlipView(QWidget):
    """White paper with a slip on it; ``text`` is what it says, for tests and screen readers."""

    def __init__(self, name: str, dot: float = DOT) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._dot = dot
        self._drawing = Drawing((), WIDE)
        self._text = ""

    def show_slip(self, slip: Iterable[Part], width: int) -> None:
        """Show another slip, on paper of so many columns."""
        parts = tuple(slip)
        self._drawing = Drawing(lay_out(parts, width), width)
        self._text = "\n".join(as_text(parts, width))
        self.setAccessibleDescription(self._text)
        self.setFixedSize(self.sizeHint())
        self.update()

    def text(self) -> str:
        """Return the rows as text."""
        return self._text

    def sizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        """Return the size of the paper."""
        margin, dot = 2 * theme.px(MARGIN), self._pixels_of_a_dot()
        return QSize(round(self._drawing.width * dot) + margin, round(self._drawing.height * dot) + margin)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  (Qt's name)
        """Draw the paper and what is on it."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.PAPER)
        painter.translate(theme.px(MARGIN), theme.px(MARGIN))
        self._drawing.draw(painter, self._pixels_of_a_dot())

    def _pixels_of_a_dot(self) -> float:
        return theme.px(1000) / 1000 * self._dot

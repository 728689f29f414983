"""Pen: words, bars and patterns as every chart draws them, on a screen and on paper alike."""

from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPen

from ui import theme

SMALL, PLAIN, LARGE = 15, 18, 24
"""Sizes of words at base."""
LEFT, RIGHT, MIDDLE = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignHCenter
PATTERNS = (
    Qt.BrushStyle.SolidPattern, Qt.BrushStyle.BDiagPattern, Qt.BrushStyle.Dense5Pattern, Qt.BrushStyle.HorPattern,
)  # fmt: skip
"""What tells parts of a whole apart besides their colours."""


@dataclass(frozen=True, slots=True)
class Look:
    """How words are written; sizes as at base."""

    size: int = PLAIN
    colour: str = theme.INK
    is_bold: bool = False
    side: Qt.AlignmentFlag = LEFT


def font(look: Look) -> QFont:
    """Return the font of a look, on this screen."""
    return _fonts(max(1, theme.px(look.size)), look.is_bold)[0]


def width(words: str, look: Look) -> float:
    """Return how wide words are."""
    return _fonts(max(1, theme.px(look.size)), look.is_bold)[1].horizontalAdvance(words)


@cache
def _fonts(size: int, is_bold: bool) -> tuple[QFont, QFontMetricsF]:  # noqa: FBT001  (a key of the cache)
    made = QFont()
    made.setFamilies(theme.FAMILIES)
    made.setPixelSize(size)
    made.setBold(is_bold)
    return made, QFontMetricsF(made)


def write(painter: QPainter, box: QRectF, words: str, look: Look) -> None:
    """Write words in one row of a box, in the middle of its height; what does not fit ends in dots."""
    chosen, measure = _fonts(max(1, theme.px(look.size)), look.is_bold)
    painter.setFont(chosen)
    painter.setPen(QColor(look.colour))
    shown = measure.elidedText(words, Qt.TextElideMode.ElideRight, box.width() + 1)
    painter.drawText(box, look.side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)


def fill(painter: QPainter, box: QRectF, colour: str, pattern: Qt.BrushStyle = Qt.BrushStyle.SolidPattern) -> None:
    """Fill a box; one with a pattern has an edge, so that it is seen on any paper."""
    is_solid = pattern is Qt.BrushStyle.SolidPattern
    painter.setPen(Qt.PenStyle.NoPen if is_solid else QPen(QColor(colour), 1))
    painter.setBrush(QBrush(QColor(colour), pattern))
    painter.drawRect(box)


def outline(painter: QPainter, box: QRectF, colour: str = theme.GREY) -> None:
    """Draw what was, beside what is: a dashed edge with nothing in it."""
    painter.setPen(QPen(QColor(colour), max(1.0, theme.px(2) * 0.75), Qt.PenStyle.DashLine))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box)


def line(painter: QPainter, box: QRectF, colour: str = theme.LINE) -> None:
    """Draw the lower edge of a box."""
    painter.setPen(QPen(QColor(colour), 1))
    painter.drawLine(box.bottomLeft(), box.bottomRight())

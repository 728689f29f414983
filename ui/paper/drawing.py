"""Drawing: the rows of a slip as a printer sets them, each character in its column, at any size.

Measured in dots of the paper: a column is 12 wide, a row 30 high, as on printers of 203 dpi.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter

from pos.domain.slip import Code, Logo, Look, Printed, Row, columns
from ui.qr import cells

COLUMN, ROW, GLYPH = 12, 30, 24
"""Dots: the width of a column, the height of a row, the height of what stands in it."""
MODULE = 5
"""Dots of one square of a QR code."""
FAMILIES = ["WenQuanYi Micro Hei Mono", "Noto Sans Mono CJK SC", "NSimSun", "monospace"]
_INK = QColor("black")


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is to be drawn, and on paper of how many columns."""

    printed: Sequence[Printed]
    columns: int

    @property
    def width(self) -> int:
        """Dots across."""
        return self.columns * COLUMN

    @property
    def height(self) -> int:
        """Dots down."""
        return sum(height_of(each) for each in self.printed)

    def draw(self, painter: QPainter, dot: float) -> None:
        """Draw all of it, a dot being so many units of the painter."""
        painter.save()
        painter.scale(dot, dot)
        for each in self.printed:
            if isinstance(each, Row):
                _draw_row(painter, each)
            elif isinstance(each, Code):
                _draw_code(painter, cells(each.text), self.width)
            else:
                _draw_logo(painter, each, self.width)
            painter.translate(0, height_of(each))
        painter.restore()


def height_of(printed: Printed) -> int:
    """Return how many dots something takes down the paper."""
    if isinstance(printed, Row):
        return ROW * 2 if printed.look is Look.BIG else ROW
    if isinstance(printed, Code):
        return len(cells(printed.text)) * MODULE
    return printed.height + ROW - GLYPH


def _draw_row(painter: QPainter, row: Row) -> None:
    painter.save()
    if row.look is Look.BIG:
        painter.scale(2, 2)
    font = QFont()
    font.setFamilies(FAMILIES)
    font.setPixelSize(GLYPH - 2)
    font.setBold(row.look is not Look.PLAIN)
    painter.setFont(font)
    painter.setPen(_INK)
    metrics, at = QFontMetricsF(font, painter.device()), 0
    for character in row.text:
        cell = columns(character) * COLUMN
        if character != " ":
            _draw_character(painter, character, QRectF(at, 0, cell, ROW), metrics)
        at += cell
    painter.restore()


def _draw_character(painter: QPainter, character: str, cell: QRectF, metrics: QFontMetricsF) -> None:
    """Draw a character in the middle of its column, narrower where its font would make it wider."""
    wide = metrics.horizontalAdvance(character)
    fits = min(1.0, cell.width() / wide) if wide else 1.0
    base = (ROW - GLYPH) / 2 + metrics.ascent() * GLYPH / max(metrics.height(), 1.0)
    painter.save()
    painter.translate(cell.left() + (cell.width() - wide * fits) / 2, base)
    painter.scale(fits, 1.0)
    painter.drawText(QPointF(0, 0), character)
    painter.restore()


def _draw_code(painter: QPainter, cells: list[list[bool]], width: int) -> None:
    left = (width - len(cells) * MODULE) // 2
    for row, squares in enumerate(cells):
        for column, is_dark in enumerate(squares):
            if is_dark:
                painter.fillRect(left + column * MODULE, row * MODULE, MODULE, MODULE, _INK)


def _draw_logo(painter: QPainter, logo: Logo, width: int) -> None:
    image = QImage(logo.bits, logo.width, logo.height, (logo.width + 7) // 8, QImage.Format.Format_Mono)
    image.setColorTable([0xFFFFFFFF, 0xFF000000])
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(QPointF((width - logo.width) // 2, 0), image.convertToFormat(QImage.Format.Format_RGB32))
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=False)

"""Two rows in a cell: what counts, and below it, small and grey, why."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPixmap
from PySide6.QtWidgets import QTableView

from ui import theme

BELOW = Qt.ItemDataRole.UserRole + 1
"""The words of the second row."""
SMALL, FOOT, MARGIN = 15, 24, 4
"""Size of the second row's words, its height, and what is left free at both sides."""
PICTURES_MAX = 200
"""Pictures of rows that are kept; a screen shows a dozen."""
_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True, slots=True)
class Cell:
    """What is drawn in a cell.

    Attributes:
        is_struck: what stands below was so before, and stands at the right.
    """

    words: str
    below: str
    is_bold: bool
    is_right: bool
    is_struck: bool


class RowPictures:
    """Pictures of a table's rows, each drawn once and kept until its words or colours are others."""

    def __init__(self, table: QTableView) -> None:
        self._table = table
        self._known: dict[object, QPixmap] = {}

    def of(self, cells: Sequence[Cell], height: int, ground: str, ink: str = "") -> QPixmap:
        """Return the picture of a row.

        Args:
            ink: the colour of every word; empty for ink and grey.
        """
        places = [(self._table.columnViewportPosition(column), self._table.columnWidth(column))
                  for column in range(len(cells))]  # fmt: skip
        ratio = self._table.devicePixelRatioF()
        key = (tuple(cells), tuple(places), height, ground, ink, ratio)
        known = self._known.get(key)
        if known is None:
            if len(self._known) >= PICTURES_MAX:
                self._known.clear()
            boxes = [QRect(left, 0, width, height) for left, width in places]
            known = self._known[key] = _drawn(cells, boxes, self._table.font(), (ground, ink), ratio)
        return known


def _drawn(cells: Sequence[Cell], boxes: list[QRect], font: QFont, colours: tuple[str, str], ratio: float) -> QPixmap:
    ground, ink = colours
    picture = QPixmap(round((boxes[-1].right() + 1) * ratio), round(boxes[-1].height() * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(QColor(ground or theme.PAPER))
    grey = ink or (theme.INK if ground else theme.GREY)  # grey is too pale on anything but paper
    painter = QPainter(picture)
    for cell, box in zip(cells, boxes, strict=True):
        inner = box.adjusted(theme.px(MARGIN), 0, -theme.px(MARGIN), 0)
        _draw_words(painter, inner, cell, QFont(font), ink or theme.INK)
        if cell.below:
            _draw_below(painter, inner, cell, QFont(font), grey)
    painter.end()
    return picture


def _draw_words(painter: QPainter, inner: QRect, cell: Cell, font: QFont, ink: str) -> None:
    font.setBold(cell.is_bold)
    painter.setFont(font)
    painter.setPen(QColor(ink))
    box = inner.adjusted(0, 0, 0, theme.px(6) - theme.px(FOOT)) if cell.below else inner
    words = cell.words
    if not cell.is_right:  # what is counted is never cut
        words = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideMiddle, box.width())
    painter.drawText(box, (_RIGHT if cell.is_right else _LEFT) | Qt.AlignmentFlag.AlignVCenter, words)


def _draw_below(painter: QPainter, inner: QRect, cell: Cell, font: QFont, ink: str) -> None:
    font.setPixelSize(theme.px(SMALL))
    font.setStrikeOut(cell.is_struck)
    painter.setFont(font)
    painter.setPen(QColor(ink))
    foot = QRect(inner.left(), inner.bottom() + 1 - theme.px(FOOT), inner.width(), theme.px(FOOT))
    words = painter.fontMetrics().elidedText(cell.below, Qt.TextElideMode.ElideRight, foot.width())
    painter.drawText(foot, (_RIGHT if cell.is_struck else _LEFT) | Qt.AlignmentFlag.AlignTop, words)

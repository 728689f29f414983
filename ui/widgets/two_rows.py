"""Two rows in a cell: what counts, and below it, small and grey, why."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

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
_LEFT_MIDDLE, _RIGHT_MIDDLE = _LEFT | Qt.AlignmentFlag.AlignVCenter, _RIGHT | Qt.AlignmentFlag.AlignVCenter


class Cell(NamedTuple):
    """What is drawn in a cell.

    Attributes:
        is_struck: what stands below was so before, and stands at the right.
    """

    words: str
    below: str
    is_bold: bool
    is_right: bool
    is_struck: bool


@dataclass(frozen=True, slots=True)
class _Fonts:
    """Of the first row and of the second: made once, since a new one is looked up anew at its first word."""

    plain: QFont
    bold: QFont
    small: QFont
    struck: QFont


class RowPictures:
    """Pictures of a table's rows, each drawn once and kept until its words, colours or measures are others."""

    def __init__(self, table: QTableView) -> None:
        self._table = table
        self._known: dict[object, QPixmap] = {}
        self._columns: tuple[tuple[int, int], ...] = ()
        self._fonts = _fonts_like(table.font())

    def measure(self) -> None:
        """Look where the columns stand and in what font they are written; to be called before rows are drawn."""
        table = self._table
        self._columns = tuple([(table.columnViewportPosition(column), table.columnWidth(column))
                               for column in range(table.model().columnCount())])  # fmt: skip
        if table.font() != self._fonts.plain:
            self._fonts = _fonts_like(table.font())
            self._known.clear()

    def of(self, cells: Sequence[Cell], height: int, ground: str, ink: str = "") -> QPixmap:
        """Return the picture of a row.

        Args:
            ink: the colour of every word; empty for ink and grey.
        """
        ratio = self._table.devicePixelRatioF()
        key = (tuple(cells), self._columns, height, ground, ink, ratio)
        known = self._known.get(key)
        if known is None:
            if len(self._known) >= PICTURES_MAX:
                self._known.clear()
            boxes = [QRect(left, 0, width, height) for left, width in self._columns]
            known = self._known[key] = _drawn(cells, boxes, self._fonts, (ground, ink), ratio)
        return known


def _fonts_like(font: QFont) -> _Fonts:
    bold, small, struck = QFont(font), QFont(font), QFont(font)
    bold.setBold(True)
    for each in (small, struck):
        each.setPixelSize(theme.px(SMALL))
    struck.setStrikeOut(True)
    return _Fonts(QFont(font), bold, small, struck)


def _drawn(cells: Sequence[Cell], boxes: list[QRect], fonts: _Fonts, colours: tuple[str, str], ratio: float) -> QPixmap:
    ground, ink = colours
    picture = QPixmap(round((boxes[-1].right() + 1) * ratio), round(boxes[-1].height() * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(QColor(ground or theme.PAPER))
    dark, grey = QColor(ink or theme.INK), QColor(ink or (theme.INK if ground else theme.GREY))
    painter = QPainter(picture)  # grey is too pale on anything but paper
    painter.setPen(dark)
    for cell, box in zip(cells, boxes, strict=True):
        inner = box.adjusted(theme.px(MARGIN), 0, -theme.px(MARGIN), 0)
        _draw_words(painter, inner, cell, fonts)
        if cell.below:
            painter.setPen(grey)
            _draw_below(painter, inner, cell, fonts)
            painter.setPen(dark)
    painter.end()
    return picture


def _draw_words(painter: QPainter, inner: QRect, cell: Cell, fonts: _Fonts) -> None:
    painter.setFont(fonts.bold if cell.is_bold else fonts.plain)
    box = inner.adjusted(0, 0, 0, theme.px(6) - theme.px(FOOT)) if cell.below else inner
    words = cell.words
    if not cell.is_right:  # what is counted is never cut
        words = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideMiddle, box.width())
    painter.drawText(box, _RIGHT_MIDDLE if cell.is_right else _LEFT_MIDDLE, words)


def _draw_below(painter: QPainter, inner: QRect, cell: Cell, fonts: _Fonts) -> None:
    painter.setFont(fonts.struck if cell.is_struck else fonts.small)
    foot = QRect(inner.left(), inner.bottom() + 1 - theme.px(FOOT), inner.width(), theme.px(FOOT))
    words = painter.fontMetrics().elidedText(cell.below, Qt.TextElideMode.ElideRight, foot.width())
    painter.drawText(foot, (_RIGHT if cell.is_struck else _LEFT) | Qt.AlignmentFlag.AlignTop, words)

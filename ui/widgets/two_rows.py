"""Two rows in a cell: what counts, and below it, small and grey, why."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui import theme

BELOW = Qt.ItemDataRole.UserRole + 1
"""The words of the second row."""
SMALL, FOOT, MARGIN = 15, 24, 4
"""Size of the second row's words, its height, and what is left free at both sides."""
PICTURES_MAX = 500
"""Pictures of cells that are kept; a cart on the screen has a hundred."""
_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True, slots=True)
class Cell:
    """What is drawn in a cell.

    Attributes:
        ground: the colour behind it; empty for paper.
        is_struck: what stands below was so before, and stands at the right.
    """

    words: str
    below: str
    ground: str
    is_bold: bool
    is_right: bool
    is_struck: bool


class TwoRows(QStyledItemDelegate):
    """Draws the cells of a table, each once: until its words or colours change its picture is kept.

    Args:
        cell: tells what stands in a row and column.
    """

    def __init__(self, parent: QObject, cell: Callable[[int, int], Cell]) -> None:
        super().__init__(parent)
        self._cell = cell
        self._pictures: dict[tuple[Cell, int, int, bool], QPixmap] = {}

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the cell."""
        cell, box = self._cell(index.row(), index.column()), option.rect
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        key = (cell, box.width(), box.height(), is_chosen)
        picture = self._pictures.get(key)
        if picture is None:
            if len(self._pictures) >= PICTURES_MAX:
                self._pictures.clear()
            picture = self._pictures[key] = _drawn(cell, option, painter.device().devicePixelRatioF(), is_chosen)
        painter.drawPixmap(box.topLeft(), picture)


def _drawn(cell: Cell, option: QStyleOptionViewItem, ratio: float, is_chosen: bool) -> QPixmap:  # noqa: FBT001
    picture = QPixmap(option.rect.size() * ratio)
    picture.setDevicePixelRatio(ratio)
    ink, ground = QColor(theme.INK), QColor(cell.ground or theme.PAPER)
    below = ink if cell.ground else QColor(theme.GREY)  # grey is too pale on anything but paper
    if is_chosen:
        ink = below = option.palette.highlightedText().color()
        ground = option.palette.highlight().color()
    picture.fill(ground)
    painter = QPainter(picture)
    inner = QRect(QPoint(), option.rect.size()).adjusted(theme.px(MARGIN), 0, -theme.px(MARGIN), 0)
    _draw_words(painter, inner, cell, option.font, ink)
    if cell.below:
        _draw_below(painter, inner, cell, option.font, below)
    painter.end()
    return picture


def _draw_words(painter: QPainter, inner: QRect, cell: Cell, font: QFont, ink: QColor) -> None:
    font.setBold(cell.is_bold)
    painter.setFont(font)
    painter.setPen(ink)
    box = inner.adjusted(0, 0, 0, theme.px(6) - theme.px(FOOT)) if cell.below else inner
    how = Qt.TextElideMode.ElideNone if cell.is_right else Qt.TextElideMode.ElideMiddle  # what is counted is never cut
    words = painter.fontMetrics().elidedText(cell.words, how, box.width())
    painter.drawText(box, (_RIGHT if cell.is_right else _LEFT) | Qt.AlignmentFlag.AlignVCenter, words)


def _draw_below(painter: QPainter, inner: QRect, cell: Cell, font: QFont, ink: QColor) -> None:
    font.setBold(False)
    font.setPixelSize(theme.px(SMALL))
    font.setStrikeOut(cell.is_struck)
    painter.setFont(font)
    painter.setPen(ink)
    foot = QRect(inner.left(), inner.bottom() + 1 - theme.px(FOOT), inner.width(), theme.px(FOOT))
    words = painter.fontMetrics().elidedText(cell.below, Qt.TextElideMode.ElideRight, foot.width())
    painter.drawText(foot, (_RIGHT if cell.is_struck else _LEFT) | Qt.AlignmentFlag.AlignTop, words)

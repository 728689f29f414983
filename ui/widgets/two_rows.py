"""Two rows in a cell: what counts, and below it, small and grey, why."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui import theme

BELOW, IS_STRUCK = Qt.ItemDataRole.UserRole + 1, Qt.ItemDataRole.UserRole + 2
"""The words of the second row, and whether they are struck through."""
SMALL, FOOT = 15, 24
"""Size of the second row's words, and its height."""


class TwoRows(QStyledItemDelegate):
    """Draws a cell that has something below as two rows; every other cell as ever."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the cell."""
        below = str(index.data(BELOW) or "")
        if not below:
            super().paint(painter, option, index)
            return
        box = QRect(option.rect)
        foot = QRect(box.left(), box.bottom() + 1 - theme.px(FOOT), box.width(), theme.px(FOOT))
        background = index.data(Qt.ItemDataRole.BackgroundRole)
        if background is not None:
            painter.fillRect(box, background)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, option.palette.highlight())
        top = QStyleOptionViewItem(option)
        top.rect = box.adjusted(0, 0, 0, -theme.px(FOOT) + theme.px(6))
        super().paint(painter, top, index)
        self._paint_below(painter, foot, option, index)

    @staticmethod
    def _ink(option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QColor:
        """Grey is too pale on anything but paper."""
        if option.state & QStyle.StateFlag.State_Selected:
            return option.palette.highlightedText().color()
        return QColor(theme.GREY if index.data(Qt.ItemDataRole.BackgroundRole) is None else theme.INK)

    def _paint_below(
        self, painter: QPainter, foot: QRect, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        painter.save()
        font = option.font
        font.setPixelSize(theme.px(SMALL))
        font.setStrikeOut(bool(index.data(IS_STRUCK)))
        painter.setFont(font)
        painter.setPen(self._ink(option, index))
        inner = foot.adjusted(theme.px(4), 0, -theme.px(4), 0)
        side = Qt.AlignmentFlag.AlignRight if index.data(IS_STRUCK) else Qt.AlignmentFlag.AlignLeft
        words = painter.fontMetrics().elidedText(str(index.data(BELOW)), Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, side | Qt.AlignmentFlag.AlignTop, words)
        painter.restore()

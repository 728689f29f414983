"""Product tiles: things to touch, as many rows as there are and only those that show are drawn."""

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyledItemDelegate, QStyleOptionViewItem
from shiboken6 import isValid

from pos.domain.product import Product
from pos.domain.quantity import Unit
from ui import theme
from ui.display import product_name
from ui.scanner_keys import no_input_method

Index = QModelIndex | QPersistentModelIndex
PRODUCT = Qt.ItemDataRole.UserRole
COLUMNS = 3


class TilesModel(QAbstractListModel):
    """The products on show."""

    def __init__(self) -> None:
        super().__init__()
        self.products: list[Product] = []

    def show_products(self, products: list[Product]) -> None:
        """Show other products."""
        self.beginResetModel()
        self.products = products
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008  (Qt's name and default)
        """The number of products."""
        return 0 if parent.isValid() else len(self.products)

    def data(self, index: Index, role: int = 0) -> Any:  # noqa: ANN401  (Qt's variant)
        """The product, or its words for a screen reader."""
        product = self.products[index.row()]
        if role == PRODUCT:
            return product
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return f"{product.name} {product.price}"
        return None


class TilePainter(QStyledItemDelegate):
    """Draws a tile: the name on two rows, the price at the bottom right."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802  (Qt's name)
        """A third of the width."""
        return QSize(self._view.viewport().width() // COLUMNS - 1, theme.px(96))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one tile."""
        product: Product = index.data(PRODUCT)
        gap = theme.px(3)
        box: QRect = option.rect.adjusted(gap, gap, -gap, -gap)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.LINE)))
        painter.setBrush(QColor(theme.PAPER))
        painter.drawRoundedRect(box, theme.px(8), theme.px(8))
        self._write(painter, box.adjusted(theme.px(8), theme.px(6), -theme.px(8), -theme.px(6)), product)
        painter.restore()

    def _write(self, painter: QPainter, box: QRect, product: Product) -> None:
        font = painter.font()
        font.setPixelSize(theme.px(18))
        painter.setFont(font)
        painter.setPen(QColor(theme.INK))
        words = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        two_rows = QRect(box.topLeft(), QSize(box.width(), 2 * painter.fontMetrics().lineSpacing()))
        painter.drawText(two_rows, words, product_name(product))
        font.setBold(True)
        font.setPixelSize(theme.px(20))
        painter.setFont(font)
        painter.setPen(QColor(theme.GREEN))
        price = f"{product.price}/kg" if product.unit is Unit.GRAM else str(product.price)
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, price)


class ProductTiles(QListView):
    """A grid of tiles; ``picked`` carries the Product that was touched."""

    picked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("tiles")
        self.setAccessibleName(self.tr("商品"))
        self._model = TilesModel()
        self.setModel(self._model)
        self.setItemDelegate(TilePainter(self))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        bar = self.verticalScrollBar()  # always on, so that the tiles keep their width; without a handle while all show
        # The bar of a page that goes says a last word when it is gone itself.
        bar.rangeChanged.connect(lambda low, high: bar.setEnabled(high > low) if isValid(bar) else None)
        bar.setEnabled(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        no_input_method(self)
        self.clicked.connect(lambda index: self.picked.emit(index.data(PRODUCT)))

    def show_products(self, products: list[Product]) -> None:
        """Show other products, from the top."""
        self._model.show_products(products)
        self.scrollToTop()

"""Cart view: what is being bought; the line that changed last is marked and always visible."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from pos.domain.cart import Cart
from pos.domain.cart_line import CartLine
from ui import theme
from ui.display import line_price, line_quantity, product_name, reduction_name
from ui.timers import timer
from ui.widgets.two_rows import BELOW, IS_STRUCK, TwoRows

FLASH_MS = 150
ROW, TALL_ROW = 48, 60
"""Heights of a line, and of one that has something to say below its name."""
_NUMBER, _NAME, _QUANTITY, _PRICE, _AMOUNT = range(5)
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

Index = QModelIndex | QPersistentModelIndex


class CartModel(QAbstractTableModel):
    """The cart's lines as rows."""

    def __init__(self) -> None:
        super().__init__()
        self._cart: Cart | None = None
        self.lines: list[CartLine] = []
        self.last_line_no: int | None = None
        self.flash: str = ""
        self._bold = QFont()
        self._bold.setBold(True)

    def show_cart(self, cart: Cart) -> None:
        """Show another cart, or another state of the same."""
        self.beginResetModel()
        self._cart, self.lines, self.last_line_no = cart, list(cart.lines), cart.last_line_no
        self.endResetModel()

    def repaint(self) -> None:
        """Draw the rows again in their present colours."""
        if self.lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.lines) - 1, _AMOUNT))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008  (Qt's name and default)
        """The number of lines."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        """Number, name, quantity, price, amount."""
        return 0 if parent.isValid() else 5

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:  # noqa: N802, ANN401
        """The words above the columns."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return ("#", self.tr("商品"), self.tr("数量"), self.tr("单价"), self.tr("小计"))[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and section > _NAME:
            return _RIGHT
        return None

    def data(self, index: Index, role: int = 0) -> Any:  # noqa: ANN401  (Qt's variant)
        """A cell's text, alignment and colour."""
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(line, index)
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() > _NAME:
            return _RIGHT
        if role == Qt.ItemDataRole.BackgroundRole:
            return self._background(line)
        if role == BELOW:
            return self.below(line, index.column())
        if role == IS_STRUCK:
            return index.column() != _NAME
        is_bold = role == Qt.ItemDataRole.FontRole and line.line_no == self.last_line_no and index.column() != _NAME
        return self._bold if is_bold else None

    def below(self, line: CartLine, column: int = _NAME) -> str:
        """What stands below: why it costs less, and under price and amount what they were before."""
        taken = self._cart.reductions_of(line.line_no) if self._cart else ()
        if column == _AMOUNT:
            return line.gross.yuan if taken else ""
        if column == _PRICE:
            was = line.product.price if line.product else line.price
            return was.yuan if was and was != line.price else ""
        if column != _NAME:
            return ""
        told = [self.tr("还没有价格")] if line.needs_price else []
        told += [self.tr("还没有称重")] if line.needs_weight else []
        told += [f"−{each.amount} {reduction_name(each)}" for each in taken]
        told += [self.tr("到期 %s") % line.expires_on.isoformat()] if line.expires_on else []
        return " · ".join(told)

    def _text(self, line: CartLine, index: Index) -> str:
        column = index.column()
        if column == _NUMBER:
            return "⚠" if _lacks_something(line) else str(index.row() + 1)
        if column == _NAME:
            return product_name(line.product) if line.product else self.tr("不认识 %s") % line.text[:24]
        if line.product is None or self._cart is None:
            return ""
        amount = self._cart.amount_of(line.line_no)
        costs = "" if line.needs_weight else amount.yuan
        return (line_quantity(line), line_price(line).yuan, costs)[column - _QUANTITY]

    def _background(self, line: CartLine) -> QBrush | None:
        if _lacks_something(line):
            return QBrush(QColor(theme.AMBER))
        if line.line_no != self.last_line_no:
            return None
        return QBrush(QColor(self.flash or theme.GREEN_PALE))


def _lacks_something(line: CartLine) -> bool:
    """Whether somebody has to do something about a line before it can be paid."""
    return line.is_unknown or line.needs_price or line.needs_weight


class CartView(QTableView):
    """The table of lines."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("cart")
        self.setAccessibleName(self.tr("购物车"))
        self._model = CartModel()
        self.setModel(self._model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setShowGrid(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # how much is in it stands at the end
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.px(ROW))
        self.setItemDelegate(TwoRows(self))
        self._size_columns()
        self._flash_over = timer(self, FLASH_MS, self._end_flash, once=True)

    @property
    def chosen_line_no(self) -> int | None:
        """The line that was touched, else the one that changed last."""
        rows = self.selectionModel().selectedRows()
        return self._model.lines[rows[0].row()].line_no if rows else self._model.last_line_no

    @property
    def is_chosen(self) -> bool:
        """Whether somebody chose a line, by touch or by key, since the cart last changed."""
        return bool(self.selectionModel().selectedRows())

    def choose(self, step: int) -> None:
        """Choose the line above or below the chosen one."""
        rows = self.selectionModel().selectedRows()
        numbers = [line.line_no for line in self._model.lines]
        if self.chosen_line_no in numbers:
            at = rows[0].row() if rows else numbers.index(self.chosen_line_no)
            at = max(0, min(len(numbers) - 1, at + step))
            self.selectRow(at)
            self.scrollTo(self._model.index(at, 0))

    def show_cart(self, cart: Cart) -> None:
        """Show a cart and bring its last line into view."""
        self._model.show_cart(cart.snapshot())
        for row, line in enumerate(cart.lines):
            self.setRowHeight(row, theme.px(TALL_ROW if self._model.below(line) else ROW))
        self._show_last_line()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  (Qt's name)
        """Keep the last line in view when the room for the cart changes."""
        super().resizeEvent(event)
        self._show_last_line()

    def _show_last_line(self) -> None:
        self.updateGeometries()  # else the scroll bar does not know the newest row yet
        for row, line in enumerate(self._model.lines):
            if line.line_no == self._model.last_line_no:
                self.scrollTo(self._model.index(row, 0))

    def flash(self, is_good: bool) -> None:  # noqa: FBT001  (a signal's argument)
        """Mark the last line for a moment."""
        self._model.flash = "#8FD6B7" if is_good else "#F1A9A4"
        self._model.repaint()
        self._flash_over.start()

    def _end_flash(self) -> None:
        self._model.flash = ""
        self._model.repaint()

    def _size_columns(self) -> None:
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        for column, width in ((_NUMBER, 36), (_QUANTITY, 84), (_PRICE, 76), (_AMOUNT, 88)):
            self.setColumnWidth(column, theme.px(width))

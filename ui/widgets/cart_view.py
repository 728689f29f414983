"""Cart view: what is being bought; the line that changed last is marked and always visible."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from pos.domain.cart import Cart
from pos.domain.cart_line import CartLine
from pos.domain.money import ZERO
from pos.domain.priced import Reduction
from ui import theme
from ui.display import line_price, line_quantity, product_name, reduction_name
from ui.timers import timer
from ui.widgets.two_rows import BELOW, Cell, TwoRows

FLASH_MS = 150
ROW, TALL_ROW = 48, 60
"""Heights of a line, and of one that has something to say below its name."""
_NUMBER, _NAME, _QUANTITY, _PRICE, _AMOUNT = range(5)
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class _Row:
    """A line as it is written: words by column, and below them why it costs less and what it cost before."""

    line: CartLine
    taken: tuple[Reduction, ...]
    needs_look: bool
    words: tuple[str, ...]
    below: tuple[str, ...]


class CartModel(QAbstractTableModel):
    """The cart's lines as rows; what stands in a row is worked out once for each change of its line."""

    def __init__(self) -> None:
        super().__init__()
        self._heads = ("#", self.tr("商品"), self.tr("数量"), self.tr("单价"), self.tr("小计"))
        self._rows: list[_Row] = []
        self.lines: list[CartLine] = []
        self.last_line_no: int | None = None
        self.flash: str = ""

    def show_cart(self, cart: Cart) -> None:
        """Show another cart, or another state of the same."""
        taken: dict[int, list[Reduction]] = {}
        for each in cart.priced.reductions:
            taken.setdefault(each.line_no, []).append(each)
        known = {row.line.line_no: row for row in self._rows}
        self.beginResetModel()
        self.lines, self.last_line_no = list(cart.lines), cart.last_line_no
        self._rows = [self._row(line, tuple(taken.get(line.line_no, ())), known.get(line.line_no))
                      for line in self.lines]  # fmt: skip
        self.endResetModel()

    def repaint(self) -> None:
        """Draw the line that changed last again in its present colours."""
        for row, line in enumerate(self.lines):
            if line.line_no == self.last_line_no:
                self.dataChanged.emit(self.index(row, 0), self.index(row, _AMOUNT))

    def is_tall(self, row: int) -> bool:
        """Whether a row has something to say below its name."""
        return bool(self._rows[row].below[_NAME])

    def cell(self, row: int, column: int) -> Cell:
        """Return what is drawn in a cell."""
        its = self._rows[row]
        is_last = its.line.line_no == self.last_line_no
        ground = theme.AMBER if its.needs_look else (self.flash or theme.GREEN_PALE) if is_last else ""
        return Cell(its.words[column], its.below[column], ground, is_last and column != _NAME, column > _NAME,
                    column != _NAME)  # fmt: skip

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
            return self._heads[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and section > _NAME:
            return _RIGHT
        return None

    def data(self, index: Index, role: int = 0) -> Any:  # noqa: ANN401  (Qt's variant)
        """A cell's text, and what stands below it; how it is drawn is in ``cell``."""
        if role == Qt.ItemDataRole.DisplayRole:
            return self._rows[index.row()].words[index.column()]
        if role == BELOW:
            return self._rows[index.row()].below[index.column()]
        return None

    def _row(self, line: CartLine, taken: tuple[Reduction, ...], known: _Row | None) -> _Row:
        if known is not None and known.line is line and known.taken == taken:
            return known
        needs_look = _lacks_something(line)
        number = "⚠" if needs_look else str(self.lines.index(line) + 1)
        name = product_name(line.product) if line.product else self.tr("不认识 %s") % line.text[:24]
        amount = line.gross - sum((each.amount for each in taken), ZERO)
        costs = "" if line.needs_weight else amount.yuan
        told = (line_quantity(line), line_price(line).yuan, costs) if line.product else ("", "", "")
        was = line.product.price if line.product else line.price
        dearer = was.yuan if was and was != line.price else ""
        below = ("", self._why(line, taken), "", dearer, line.gross.yuan if taken else "")
        return _Row(line, taken, needs_look, (number, name, *told), below)

    def _why(self, line: CartLine, taken: tuple[Reduction, ...]) -> str:
        """Return why a line costs less, and what else is to be known of it."""
        told = [self.tr("还没有价格")] if line.needs_price else []
        told += [self.tr("还没有称重")] if line.needs_weight else []
        told += [f"−{each.amount} {reduction_name(each)}" for each in taken]
        told += [self.tr("到期 %s") % line.expires_on.isoformat()] if line.expires_on else []
        return " · ".join(told)


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
        self.setItemDelegate(TwoRows(self, self._model.cell))
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
        self._model.show_cart(cart)
        for row in range(len(self._model.lines)):
            if self._model.is_tall(row):
                self.setRowHeight(row, theme.px(TALL_ROW))
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

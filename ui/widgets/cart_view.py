"""Cart view: what is being bought; the line that changed last is marked and always visible."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from pos.domain.cart import Cart
from pos.domain.cart_line import CartLine
from pos.domain.money import ZERO
from pos.domain.priced import Reduction
from pos.domain.quantity import ONE
from ui import theme
from ui.display import line_price, line_quantity, product_name, reduction_name
from ui.timers import timer
from ui.widgets.two_rows import BELOW, Cell, RowPictures

FLASH_MS = 150
ROW, TALL_ROW = 48, 60
"""Heights of a line, and of one that has something to say below its name."""
_NUMBER, _NAME, _QUANTITY, _PRICE, _AMOUNT = range(5)
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class _Row:
    """A line as it is written: words by column, and below them why it costs less and what it cost before."""

    number: int
    line: CartLine
    taken: tuple[Reduction, ...]
    needs_look: bool
    words: tuple[str, ...]
    below: tuple[str, ...]


_NOTHING = CartLine(0, "", None, ONE)
_EMPTY = _Row(0, _NOTHING, (), False, ("",) * 5, ("",) * 5)  # noqa: FBT003  (a row nobody sees)


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
        lines = list(cart.lines)
        rows = [self._row(number, line, tuple(taken.get(line.line_no, ())), known.get(line.line_no))
                for number, line in enumerate(lines, 1)]  # fmt: skip
        if (rows, cart.last_line_no) == (self._rows, self.last_line_no):
            return
        self._grow_to(len(rows))
        self.lines, self.last_line_no, self._rows = lines, cart.last_line_no, rows
        if rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, _AMOUNT))

    def _grow_to(self, count: int) -> None:
        """Have so many rows: to begin anew would have the whole table measured again at each scan."""
        have = len(self.lines)
        if count > have:
            self.beginInsertRows(QModelIndex(), have, count - 1)
            self.lines, self._rows = self.lines + [_NOTHING] * (count - have), self._rows + [_EMPTY] * (count - have)
            self.endInsertRows()
        elif count < have:
            self.beginRemoveRows(QModelIndex(), count, have - 1)
            self.lines, self._rows = self.lines[:count], self._rows[:count]
            self.endRemoveRows()

    def repaint(self) -> int:
        """Draw the line that changed last again in its present colours, and return its row; 0 when there is none."""
        for row, line in enumerate(self.lines):
            if line.line_no == self.last_line_no:
                self.dataChanged.emit(self.index(row, 0), self.index(row, _AMOUNT))
                return row
        return 0

    def is_tall(self, row: int) -> bool:
        """Whether a row has something to say below its name."""
        return bool(self._rows[row].below[_NAME])

    def cells(self, row: int) -> list[Cell]:
        """Return what is drawn in a row."""
        its, is_last = self._rows[row], self.lines[row].line_no == self.last_line_no
        return [Cell(words, below, is_last and column != _NAME, column > _NAME, column != _NAME)
                for column, (words, below) in enumerate(zip(its.words, its.below, strict=True))]  # fmt: skip

    def ground(self, row: int) -> str:
        """Return the colour behind a row; empty for paper."""
        if self._rows[row].needs_look:
            return theme.AMBER
        return (self.flash or theme.GREEN_PALE) if self.lines[row].line_no == self.last_line_no else ""

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

    def _row(self, number: int, line: CartLine, taken: tuple[Reduction, ...], known: _Row | None) -> _Row:
        if known is not None and known.number == number and known.line is line and known.taken == taken:
            return known
        needs_look = _lacks_something(line)
        sign = "⚠" if needs_look else str(number)
        name = product_name(line.product) if line.product else self.tr("不认识 %s") % line.text[:24]
        amount = line.gross - sum((each.amount for each in taken), ZERO)
        costs = "" if line.needs_weight else amount.yuan
        told = (line_quantity(line), line_price(line).yuan, costs) if line.product else ("", "", "")
        was = line.product.price if line.product else line.price
        dearer = was.yuan if was and was != line.price else ""
        below = ("", self._why(line, taken), "", dearer, line.gross.yuan if taken else "")
        return _Row(number, line, taken, needs_look, (sign, name, *told), below)

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
        self._pictures = RowPictures(self)
        self._named: int | None = None
        self.pressed.connect(self._forget_named)
        self.viewport().setAttribute(
            Qt.WidgetAttribute.WA_OpaquePaintEvent
        )  # else all that lies below is painted first
        self._size_columns()
        self._flash_over = timer(self, FLASH_MS, self._end_flash, once=True)

    @property
    def chosen_line_no(self) -> int | None:
        """The line that was touched, else the one that changed last; None where neither is there."""
        rows = self.selectionModel().selectedRows()
        return self._model.lines[rows[0].row()].line_no if rows else self._model.last_line_no

    @property
    def is_chosen(self) -> bool:
        """Whether somebody chose a line, by touch or by key, since the cart last changed."""
        return bool(self.selectionModel().selectedRows()) and self.chosen_line_no != self._named

    def choose(self, step: int) -> None:
        """Choose the line above or below the chosen one."""
        self._named = None
        rows = self.selectionModel().selectedRows()
        numbers = [line.line_no for line in self._model.lines]
        if numbers:
            last = numbers.index(self.chosen_line_no) if self.chosen_line_no in numbers else len(numbers)
            at = max(0, min(len(numbers) - 1, (rows[0].row() if rows else last) + step))
            self.selectRow(at)
            self.scrollTo(self._model.index(at, 0))

    def choose_line(self, line_no: int) -> None:
        """Choose this line for what takes a line out; nobody pointed at it, so a number that is typed is not for it."""
        self._named = line_no
        numbers = [line.line_no for line in self._model.lines]
        if line_no in numbers:
            self.selectRow(numbers.index(line_no))
            self.scrollTo(self._model.index(numbers.index(line_no), 0))

    def _forget_named(self) -> None:
        self._named = None

    def show_cart(self, cart: Cart) -> None:
        """Show a cart, nothing in it chosen, and bring its last line into view."""
        self._named = None
        self.selectionModel().clear()
        self._show_lines(cart)

    def _show_lines(self, cart: Cart) -> None:
        self._model.show_cart(cart)
        for row in range(len(self._model.lines)):
            height = theme.px(TALL_ROW if self._model.is_tall(row) else ROW)
            if self.rowHeight(row) != height:
                self.setRowHeight(row, height)
        self._show_last_line()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  (Qt's name)
        """Draw the rows from their pictures: asking a delegate for each cell took most of a scan's time."""
        painter, chosen = QPainter(self.viewport()), {index.row() for index in self.selectionModel().selectedRows()}
        painter.fillRect(event.rect(), theme.PAPER)
        self._pictures.measure()
        for row in range(max(0, self.rowAt(event.rect().top())), len(self._model.lines)):
            top = self.rowViewportPosition(row)
            if top > event.rect().bottom():
                break
            ground, ink = (theme.BLUE, theme.PAPER) if row in chosen else (self._model.ground(row), "")
            painter.drawPixmap(0, top, self._pictures.of(self._model.cells(row), self.rowHeight(row), ground, ink))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  (Qt's name)
        """Keep the last line in view when the room for the cart changes."""
        super().resizeEvent(event)
        self._show_last_line()

    def _show_last_line(self) -> None:
        if self.verticalHeader().length() <= self.viewport().height() and not self.verticalScrollBar().maximum():
            return
        self.updateGeometries()  # else the scroll bar does not know the newest row yet
        for row, line in enumerate(self._model.lines):
            if line.line_no == self._model.last_line_no:
                self.scrollTo(self._model.index(row, 0))

    def flash(self, cart: Cart, is_good: bool) -> None:  # noqa: FBT001  (a signal's argument)
        """Show a cart, its last line marked for a moment; that line is painted when this returns, the rest soon."""
        seen = self.verticalScrollBar().value()
        self._show_lines(cart)
        self._model.flash = "#8FD6B7" if is_good else "#F1A9A4"
        row = self._model.repaint()
        self._flash_over.start()
        room = self.viewport().rect()
        if self.verticalScrollBar().value() == seen:
            room.setTop(self.rowViewportPosition(row))
        self.viewport().repaint(room)

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

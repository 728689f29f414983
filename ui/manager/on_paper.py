"""On paper: a view's lists as they go to the receipt printer."""

from datetime import date

from pos.domain.figures_slip import FiguresList, FiguresPage
from pos.domain.money import Money
from ui.manager.sheet import Cell, Sheet, cell_text
from ui.manager.view import View


def page_of(view: View, title: str, day: date) -> FiguresPage:
    """Return what of a view is printed."""
    return FiguresPage(title, view.since(day), day, tuple(map(_list_of, view.whole_sheets())))


def _list_of(sheet: Sheet) -> FiguresList:
    rows = tuple(tuple(map(_words, row)) for row in sheet.rows)
    numbers = frozenset(column for column in range(len(sheet.heads)) if sheet.is_number(column))
    return FiguresList(sheet.name, sheet.heads, rows, numbers)


def _words(cell: Cell) -> str:
    """Return a place in few columns: no sign before an amount, and nothing where nothing is known."""
    if isinstance(cell, Money):
        return cell.yuan
    return "" if cell is None else cell_text(cell)

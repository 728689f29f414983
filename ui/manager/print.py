"""Print: a view as pages of A4: its picture, drawn by the same paint code as on the screen, then all of its lists."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from PySide6.QtCore import QMarginsF, QPoint, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter, QRegion
from PySide6.QtWidgets import QWidget

from pos.domain.errors import ExportNotWritten
from ui import theme
from ui.manager.lists import make_folder
from ui.manager.pen import RIGHT, SMALL, Look, line, width, write
from ui.manager.sheet import Sheet, SheetTable, cell_text
from ui.manager.view import ChartCard, View
from ui.manager.words import say
from ui.messages import QT_TRANSLATE_NOOP

MARGIN_MM, DOTS_AN_INCH = 12, 300
HEAD, ROW, WIDE = 48, 26, 1120
"""At base: how high the head of a page and a row of a list are, and how wide a page of lists is drawn."""
GAP, NARROWEST = 18, 70
PAGE_OF = QT_TRANSLATE_NOOP("manager", "第 {number} 页，共 {count} 页")
Places = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of a page: its cells from left to right, each with its place and look; a heading repeats on every page."""

    cells: tuple[tuple[float, float, str, Look], ...]
    is_head: bool = False


def print_view(view: View, title: str, path: Path) -> Path:
    """Write a view, the picture as large as the page allows, then every row of its lists; return where.

    Raises:
        ExportNotWritten: it cannot be written there.
    """
    make_folder(path.parent)
    paper = QPdfWriter(str(path))
    paper.setResolution(DOTS_AN_INCH)
    paper.setTitle(title)
    margins = QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
    page = QPageSize(QPageSize.PageSizeId.A4)
    paper.setPageLayout(QPageLayout(page, QPageLayout.Orientation.Landscape, margins, QPageLayout.Unit.Millimeter))
    painter = QPainter()
    if not painter.begin(paper):
        raise ExportNotWritten(path=path, reason="")
    _draw_all(painter, paper, view, title)
    painter.end()
    return path


def _draw_all(painter: QPainter, paper: QPdfWriter, view: View, title: str) -> None:
    room = QSizeF(paper.width(), paper.height())
    high = room.height() * theme.px(WIDE) / room.width()
    pages = list(_pages(view.whole_sheets(), high - theme.px(HEAD)))
    has_picture = any(each.isVisible() for each in view.findChildren(ChartCard)) or not _cut(view)
    count = len(pages) + has_picture
    if has_picture:
        _draw_picture(painter, view, _title(title, 1, count), room)
    for place, rows in enumerate(pages, 1 + has_picture):
        if place > 1:
            paper.newPage()
        _draw_rows(painter, rows, _title(title, place, count), room)


def _title(title: str, number: int, count: int) -> tuple[str, str]:
    return title, say(PAGE_OF, number=number, count=count)


def _draw_picture(painter: QPainter, view: View, title: tuple[str, str], room: QSizeF) -> None:
    """Draw the view; a list of which it shows only a part is left out, as all of it follows."""
    cut = _cut(view)
    for each in cut:
        each.hide()
    head = theme.px(HEAD)
    painter.save()
    scale = min(room.width() / view.width(), room.height() / (view.height() + head))
    painter.scale(scale, scale)
    _draw_title(painter, title, view.width())
    painter.translate(0, head)
    view.render(painter, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)
    painter.restore()
    for each in cut:
        each.show()


def _cut(view: View) -> list[SheetTable]:
    """Return the lists of which only a part can be seen."""
    seen = [each for each in view.findChildren(SheetTable) if each.isVisibleTo(view)]
    return [each for each in seen if each.verticalScrollBar().maximum() > 0]


def _draw_title(painter: QPainter, title: tuple[str, str], wide: float) -> None:
    box = QRectF(0, 0, wide, theme.px(HEAD))
    write(painter, box.adjusted(0, 0, -theme.px(200), 0), title[0], Look(24, is_bold=True))
    write(painter, box, title[1], Look(SMALL, theme.GREY, side=RIGHT))


def _draw_rows(painter: QPainter, rows: Sequence[_Line], title: tuple[str, str], room: QSizeF) -> None:
    painter.save()
    scale = room.width() / theme.px(WIDE)
    painter.scale(scale, scale)
    _draw_title(painter, title, theme.px(WIDE))
    for place, row in enumerate(rows):
        top = float(theme.px(HEAD) + place * theme.px(ROW))
        for left, wide, words, look in row.cells:
            write(painter, QRectF(left, top, wide, theme.px(ROW)), words, look)
        if row.is_head:
            line(painter, QRectF(0, top, theme.px(WIDE), theme.px(ROW)), theme.GREY)
    painter.restore()


def _pages(sheets: Sequence[Sheet], high: float) -> Iterator[list[_Line]]:
    """Give the rows of each page: a list's name and headings stand above its rows on every page that has any."""
    most, page = int(high // theme.px(ROW)), list[_Line]()
    for sheet in sheets:
        places = _places(sheet)
        name = _Line(((0.0, float(theme.px(WIDE)), sheet.name, Look(is_bold=True)),))
        head = [name, _line_of(sheet, places, sheet.heads, Look(SMALL, theme.GREY), is_head=True)]
        if page and len(page) + 1 + len(head) + 1 > most:
            yield page
            page = []
        page += [*([_Line(())] if page else []), *head]
        for row in sheet.rows:
            if len(page) >= most:
                yield page
                page = list(head)
            page.append(_line_of(sheet, places, tuple(map(cell_text, row)), Look(SMALL)))
    if page:
        yield page


def _line_of(sheet: Sheet, places: Places, words: Sequence[str], look: Look, *, is_head: bool = False) -> _Line:
    cells = []
    for column, ((left, wide), text) in enumerate(zip(places, words, strict=True)):
        side = RIGHT if sheet.is_number(column) else look.side
        cells.append((left, wide, text, Look(look.size, look.colour, side=side)))
    return _Line(tuple(cells), is_head)


def _places(sheet: Sheet) -> Places:
    """Return where each column stands, and how wide; where the page is too narrow, the widest words end in dots."""
    look = Look(SMALL)
    told = [sheet.heads, *(tuple(map(cell_text, row)) for row in sheet.rows)]
    wide = [max(width(text, look) for text in column) + 2 for column in zip(*told, strict=True)]
    over = sum(wide) + theme.px(GAP) * (len(wide) - 1) - theme.px(WIDE)
    words = sorted((each for each in range(len(wide)) if not sheet.is_number(each)), key=lambda each: -wide[each])
    for each in words:
        less = min(max(0.0, over), max(0.0, wide[each] - theme.px(NARROWEST)))
        wide[each], over = wide[each] - less, over - less
    lefts = accumulate(wide, lambda left, each: left + each + theme.px(GAP), initial=0.0)
    return list(zip(lefts, wide, strict=False))

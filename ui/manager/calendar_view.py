"""Calendar: five weeks by weekday, each day with its money and what kind of day it was; a touch opens it."""

from datetime import date, timedelta

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from pos.domain.holidays import DayKind
from pos.domain.money import ZERO
from pos.till.figures.calendar import CalendarDay
from pos.till.figures.tables import FigureTable, calendar_table
from ui import language, theme
from ui.manager.books import Books
from ui.manager.pen import RIGHT, SMALL, Look, fill, write
from ui.manager.sheet import Sheet, SheetTable
from ui.manager.view import View
from ui.manager.words import weekday, whole_yuan
from ui.parts import label, named

DAYS = 28


class DayKey(QPushButton):
    """A day as a key: its date, what kind of day it was, its money, and a bar."""

    def __init__(self, place: int) -> None:
        super().__init__()
        named(self, f"calendar_day_{place}").setProperty("role", "day")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.day: CalendarDay | None = None
        self._mark, self._share, self._is_now, self._is_first = "", 0.0, False, place == 0

    def show_day(self, day: CalendarDay, mark: str, share: float, *, is_now: bool) -> None:
        """Show a day.

        Args:
            mark: what kind of day it was, in a word or two.
            share: its money by that of the best day.
        """
        self.day, self._mark, self._share, self._is_now = day, mark, share, is_now
        self.setAccessibleName(f"{day.day:%m-%d} {mark} {day.net}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  (Qt's name)
        """Draw the key, and the day on it."""
        super().paintEvent(event)
        if self.day is None:
            return
        with QPainter(self) as painter:
            inner = QRectF(self.rect()).adjusted(theme.px(8), theme.px(4), -theme.px(8), -theme.px(6))
            self._draw(painter, inner)

    def _draw(self, painter: QPainter, box: QRectF) -> None:
        assert self.day is not None
        head = QRectF(box.x(), box.y(), box.width(), box.height() * 0.38)
        is_told = self.day.day.day == 1 or self._is_now or self._is_first
        date_words = f"{self.day.day:%m-%d}" if is_told else f"{self.day.day.day}"
        write(painter, head, date_words, Look(18, is_bold=True))
        look = Look(SMALL, theme.RED if self.day.kind is DayKind.HOLIDAY else theme.GREY, side=RIGHT)
        write(painter, head, self._mark, look)
        middle = QRectF(box.x(), head.bottom(), box.width(), box.height() * 0.44)
        words = f"¥{whole_yuan(self.day.net)}" if self.day.sales or self.day.net else "—"
        write(painter, middle, words, Look(20))
        bar = QRectF(box.x(), box.bottom() - theme.px(8), box.width(), theme.px(7))
        fill(painter, bar, theme.GROUND)
        bar.setWidth(box.width() * max(0.0, self._share))
        fill(painter, bar, theme.INK)


class CalendarBoard(View):
    """Weeks as rows, Monday first."""

    def __init__(self, books: Books) -> None:
        super().__init__()
        self.setObjectName("calendar_board")
        self._books = books
        self._keys = [DayKey(place) for place in range(35)]
        self._answer = label("calendar_answer", "", role="answer")
        self._table = SheetTable("calendar_table", self.tr("日历"))
        self._sheet = Sheet("", (), ())
        self._found: tuple[CalendarDay, ...] = ()
        self._stack = QStackedLayout()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(8))
        layout.addWidget(self._answer)
        layout.addLayout(self._stack, 1)
        for each in (self._make_grid(), self._table):  # a stack without a parent shows what is first as a window
            self._stack.addWidget(each)

    def show_day(self, day: date) -> None:
        """Read the four weeks before a day's own, and that."""
        found = self._books.calendar(day, DAYS + day.weekday() + 1)
        most = max(1, *(each.net.fen for each in found))
        for key, each in zip(self._keys, found, strict=False):
            key.show_day(each, self._mark(each), each.net.fen / most, is_now=each.day == day)
        for place, key in enumerate(self._keys):
            key.setVisible(place < len(found))
        self._found = found
        self._answer.setText(self._words(found))
        self._sheet = self._make_sheet(found)
        self.show_numbers(bool(self._stack.currentIndex()))

    def sheets(self) -> tuple[Sheet, ...]:
        """Return the days."""
        return (self._sheet,)

    def tables(self) -> tuple[FigureTable, ...]:
        """Return the days."""
        return (calendar_table(self._found),)

    def since(self, day: date) -> date:
        """Return the Monday four weeks back."""
        return day - timedelta(days=DAYS + day.weekday())

    def show_numbers(self, is_wanted: bool) -> None:  # noqa: FBT001  (a key's state)
        """Show the list, or the weeks again."""
        if is_wanted:
            self._table.show_sheet(self._sheet, wide=2)
        self._stack.setCurrentIndex(int(is_wanted))

    def _words(self, found: tuple[CalendarDay, ...]) -> str:
        week = found[-7:]
        net = sum((each.net for each in week), ZERO)
        words = self.tr("最近 7 天净销售额 %s，%d 笔") % (net, sum(each.sales for each in week))
        unknown = {each.day.year for each in found if not each.is_known}
        return words + (self.tr("；%d 年的调休还没有公布") % min(unknown) if unknown else "")

    def _mark(self, each: CalendarDay) -> str:
        name = each.name_en if language.current() == "en" else each.name
        closed = " ✓" if each.is_closed else ""
        if each.kind is DayKind.HOLIDAY:
            return (self.tr("休 %s") % name) + closed
        if each.kind is DayKind.SWAPPED:
            return self.tr("班 调休") + closed
        return closed

    def _make_sheet(self, found: tuple[CalendarDay, ...]) -> Sheet:
        heads = (self.tr("日期"), self.tr("星期"), self.tr("哪种日子"), self.tr("笔数"), self.tr("净销售额"),
                 self.tr("日结"))  # fmt: skip
        rows = tuple((each.day, weekday(each.day), self._mark(each).removesuffix(" ✓") or None, each.sales, each.net,
                      "✓" if each.is_closed else None) for each in reversed(found))  # fmt: skip
        return Sheet(self.tr("日历"), heads, rows)

    def _make_grid(self) -> QWidget:
        grid = QGridLayout()
        grid.setSpacing(theme.px(6))
        grid.setContentsMargins(0, 0, 0, 0)
        monday = date(2026, 11, 23)
        for column in range(7):
            grid.addWidget(label(f"calendar_head_{column}", weekday(monday + timedelta(days=column)), role="advice"),
                           0, column)  # fmt: skip
            grid.setColumnStretch(column, 1)
        for row in range(1, 6):
            grid.setRowStretch(row, 1)
        for place, key in enumerate(self._keys):
            grid.addWidget(key, 1 + place // 7, place % 7)
            key.clicked.connect(lambda _down, key=key: self.day_wanted.emit(key.day.day))
        weeks = QWidget()
        weeks.setLayout(grid)
        return weeks

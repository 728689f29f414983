"""View: what the pages of the managers' room have in common: a day, charts that turn into numbers, keys to touch."""

from datetime import date

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from pos.till.figures.tables import FigureTable
from ui import theme
from ui.manager.charts import Chart
from ui.manager.sheet import Sheet, SheetTable
from ui.parts import button, label, named


class View(QWidget):
    """One page of the room.

    Signals: ``day_wanted`` carries the date that somebody touched; ``sheets_changed`` says that an answer came and
    ``sheets`` are others.

    Attributes:
        has_numbers: whether its charts turn into numbers.
        is_live: whether it is read again as sales land.
        is_form: whether digits are typed into it; elsewhere they choose a view.
    """

    day_wanted = Signal(object)
    sheets_changed = Signal()
    has_numbers = True
    is_live = False
    is_form = False

    def show_day(self, day: date) -> None:
        """Read the figures of a day; called again while sales land."""
        raise NotImplementedError

    def sheets(self) -> tuple[Sheet, ...]:
        """Return the lists of what is shown, as they are read."""
        raise NotImplementedError

    def tables(self) -> tuple[FigureTable, ...]:
        """Return what is shown as lists for a spreadsheet, whole, whatever there was room for."""
        return ()

    def whole_sheets(self) -> tuple[Sheet, ...]:
        """Return the lists of what is shown, for paper: all rows, whatever there was room for."""
        return self.sheets()

    @property
    def paper_name(self) -> str:
        """What its paper is called, where it is not the view's own name."""
        return ""

    @property
    def choice(self) -> str:
        """What was chosen besides the days, for a file's name."""
        return ""

    def since(self, day: date) -> date:
        """Return the first of the days up to one that it shows."""
        return day

    def show_numbers(self, is_wanted: bool) -> None:  # noqa: FBT001  (a key's state)
        """Turn charts into tables, or back."""
        for card in self.findChildren(ChartCard):
            card.show_numbers(is_wanted)


class ChartCard(QFrame):
    """A chart under its name, and the numbers behind it."""

    def __init__(self, name: str, title: str) -> None:
        super().__init__()
        named(self, name).setProperty("role", "card")
        self._title = label(f"{name}_title", title, role="title")
        self._title.setWordWrap(False)
        self._picture = _Picture(f"{name}_picture", title)
        self._table = SheetTable(f"{name}_table", title)
        self._sheet, self._wide = Sheet("", (), ()), 0
        self._stack = QStackedLayout()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(14), theme.px(8), theme.px(14), theme.px(8))
        layout.setSpacing(theme.px(4))
        layout.addWidget(self._title)
        layout.addLayout(self._stack, 1)
        for each in (self._picture, self._table):  # a stack without a parent shows what is first as a window
            self._stack.addWidget(each)

    def show_chart(self, chart: Chart, sheet: Sheet, *, wide: int = 0) -> None:
        """Draw another chart, and have its numbers ready."""
        self._picture.chart = chart
        self._picture.update()
        self._sheet, self._wide = sheet, wide
        if self._stack.currentIndex():
            self._table.show_sheet(sheet, wide=wide)

    def show_title(self, words: str) -> None:
        """Give it another name."""
        self._title.setText(words)

    def show_numbers(self, is_wanted: bool) -> None:  # noqa: FBT001  (a key's state)
        """Show the numbers, or the chart again."""
        if is_wanted:
            self._table.show_sheet(self._sheet, wide=self._wide)
        self._stack.setCurrentIndex(int(is_wanted))


class _Picture(QWidget):
    """Where a chart is drawn."""

    def __init__(self, name: str, title: str) -> None:
        super().__init__()
        named(self, name).setAccessibleName(title)
        self.chart: Chart | None = None

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  (Qt's name)
        """Draw it as large as there is room; a printer's painter comes the same way."""
        if self.chart is None:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self.chart.draw(painter, QRectF(self.rect()))


class Choice(QWidget):
    """Keys in a row, of which one is down.

    Signals: ``chosen`` carries the place of the one that was touched.
    """

    chosen = Signal(int)

    def __init__(self, name: str, words: tuple[str, ...]) -> None:
        super().__init__()
        self.setObjectName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        self._keys = [self._make_key(place, text) for place, text in enumerate(words)]
        for key in self._keys:
            row.addWidget(key)
        self.place = 0
        self._keys[0].setChecked(True)

    def choose(self, place: int) -> None:
        """Press one, and let the others up."""
        self.place = place
        for at, key in enumerate(self._keys):
            key.setChecked(at == place)
        self.chosen.emit(place)

    def _make_key(self, place: int, words: str) -> QPushButton:
        key = button(f"{self.objectName()}_{place}", words, role="choice")
        key.setCheckable(True)
        key.clicked.connect(lambda: self.choose(place))
        return key

"""Manager's room: a rail of views at the left, a day above, one view; by digits, arrows and touch."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from pos.domain.errors import PosError
from pos.domain.staff import By
from pos.till.printing import Standing
from ui import theme
from ui.counter import Counter
from ui.keys.keymap import Press
from ui.manager.boards import Boards
from ui.manager.books import Books
from ui.manager.by_keys import ByKeys
from ui.manager.errands import Errands
from ui.manager.lists import file_name, free_path, write_lists
from ui.manager.on_paper import page_of
from ui.manager.print import print_view
from ui.manager.sheet import UP_AND_DOWN, SheetTable
from ui.manager.view import View
from ui.manager.words import weekday
from ui.messages import notice_for
from ui.parts import button, label
from ui.printing.desk import PrintDesk
from ui.printing.words import figures_words
from ui.stage import Stage

A_DAY = timedelta(days=1)


class ManagerPage(QWidget):
    """What only managers see; to anybody else it says whom to ask, and shows nothing."""

    def __init__(self, counter: Counter, books: Books, errands: Errands, printing: PrintDesk) -> None:
        super().__init__()
        self.setObjectName("manager_page")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a touch takes the focus from no box
        self._counter, self._books, self._errands, self._printing = counter, books, errands, printing
        self.day = date.min
        self._refusal = label("manager_refusal", "", role="sentence")
        self._room = QWidget()
        self.boards = Boards(counter, books, errands, printing)
        names = (self.tr("今日"), self.tr("现金"), self.tr("商品"), self.tr("员工"), self.tr("异常"), self.tr("支付"),
                 self.tr("日历"), self.tr("全店"), self.tr("账本"))  # fmt: skip
        self._rail = [self._make_rail_key(place, words) for place, words in enumerate(names)]
        self.boards.staff_wanted.connect(lambda: self.choose(len(names)))
        self.boards.day_wanted.connect(self._show_day_of_today)
        self.boards.sheets_changed.connect(self._offer_lists)
        self._lay_out()
        self._keys = ByKeys(self)
        self.boards.made.connect(self._keys.take_in)
        self.choose(0)
        counter.figures_changed.connect(self._refresh)

    @property
    def view(self) -> View:
        """The one that is seen."""
        return self.boards.view

    @property
    def _is_at_staff(self) -> bool:
        return self.boards.place == len(self._rail)

    def open(self) -> None:
        """Begin with today's figures; say to whoever is no manager whom to ask."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._books.may_read:
            self.day = self._books.trading_day
        self.choose(0)
        self._read()

    def press_enter(self) -> None:
        """Press what has the focus; keep what is typed, where something can be."""
        if not self._keys.press_enter() and self._is_at_staff:
            self.boards.staff.keep()

    def choose(self, place: int) -> None:
        """Turn to a view; the one behind the last key of the rail has that key marked."""
        self.boards.turn_to(place)
        for at, key in enumerate(self._rail):
            key.setChecked(at == min(place, len(self._rail) - 1))
        self._numbers.setVisible(self.view.has_numbers)
        self._turn_numbers(is_wanted=False)
        if self.isVisible():
            (self.view if self.view.is_form else self).setFocus(Qt.FocusReason.OtherFocusReason)
            self._read()
            self._keys.come_back()

    def focusNextPrevChild(self, next_one: bool) -> bool:  # noqa: FBT001, N802  (Qt's)
        """Let Tab go through what is seen of the room, and round again."""
        return self._keys.step(forward=next_one)

    def pick(self, day: date) -> None:
        """Turn to a day; none has come after the one that is on."""
        day = min(day, self._books.trading_day)
        if day != self.day:
            self.day = day
            self._read()

    def leave(self) -> None:
        """Go back to the counter; from the staff, to where they were come to from."""
        if self._is_at_staff:
            self.choose(len(self._rail) - 1)
        else:
            self._counter.show(Stage.SELL)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  (Qt's name)
        """Take the digit of a view, an arrow to another day or row, and the space bar for the numbers."""
        place = "123456789".find(event.text()) if event.text() else -1
        if not self._room.isVisible():
            super().keyPressEvent(event)
        elif place >= 0 and not self.view.is_form:
            self.choose(place)
        elif self.view.is_form:
            super().keyPressEvent(event)
        elif event.key() in UP_AND_DOWN and self.view.findChildren(SheetTable):
            self._keys.into_list(event)
        elif event.key() == Qt.Key.Key_Left:
            self.pick(self.day - A_DAY)
        elif event.key() == Qt.Key.Key_Right:
            self.pick(self.day + A_DAY)
        elif event.key() == Qt.Key.Key_Space and self.view.has_numbers:
            self._turn_numbers(is_wanted=not self._numbers.isChecked())
        else:
            super().keyPressEvent(event)

    def _read(self) -> None:
        """Read the view's figures; the verbs refuse whoever may not."""
        try:
            self.view.show_day(self.day)
        except PosError as error:
            notice = notice_for(error)
            self._refusal.setText(f"⚠ {notice.words}：{notice.action}")
        else:
            self._show_day_words()
            self._offer_lists()
            self._refusal.setText("")
        self._refusal.setVisible(bool(self._refusal.text()))
        self._room.setVisible(not self._refusal.text())

    def _offer_lists(self) -> None:
        for key in (self._csv, self._paper):
            key.setEnabled(bool(self.view.sheets()))

    def _refresh(self) -> None:
        if self.isVisible() and self.view.is_live:
            said = self._said.text()
            self._read()
            self._said.setText(said)

    def _write_page(self) -> None:
        """Write what is seen as a page."""
        since = self.view.since(self.day)
        days = self._day_words.text() if since == self.day else f"{since:%Y-%m-%d} ~ {self.day:%Y-%m-%d}"
        title = f"{self._paper_name()}  {days}"
        name = file_name(self._days(), self.view.objectName().removesuffix("_board"), self.view.choice)
        self._write(lambda: [print_view(self.view, title, free_path(self._errands.folder / f"{name}.pdf"))])

    def _write_lists(self) -> None:
        """Write what is seen as lists, whole."""
        view = self.view
        self._write(lambda: write_lists(view.tables(), self._errands.folder, self._days(), view.choice))

    def _print(self) -> None:
        """Put the numbers of what is seen on the receipt printer."""
        page = page_of(self.view, self._paper_name(), self.day)
        if self._counter.cashier is not None:
            self._said.setText(self.tr("正在打印…"))
            self._printing.print_figures(page, By(self._counter.cashier), self._tell_printed, self._tell)

    def _tell_printed(self, stands: Standing) -> None:
        self._said.setText(figures_words(stands))

    def _tell(self, error: PosError) -> None:
        notice = notice_for(error)
        self._said.setText(f"⚠ {notice.words}：{notice.action}")

    def _paper_name(self) -> str:
        place = self.boards.place
        name = self._rail[place].text().lstrip("0123456789 ") if place < len(self._rail) else self.tr("员工")
        return self.view.paper_name or name

    def _write(self, do: Callable[[], list[Path]]) -> None:
        """Write, and say where it is or why it is not."""
        try:
            written = do()
        except PosError as error:
            self._tell(error)
        else:
            where = written[0] if len(written) == 1 else f"{written[0].parent} ({len(written)})"
            self._said.setText(self.tr("✓ 写好了：%s") % where)

    def _days(self) -> str:
        """Which days are seen, for a file's name."""
        since = self.view.since(self.day)
        return f"{self.day:%Y%m%d}" if since == self.day else f"{since:%Y%m%d}-{self.day:%Y%m%d}"

    def _show_day_of_today(self, day: date) -> None:
        self.day = day
        self.choose(0)

    def _show_day_words(self) -> None:
        self._said.clear()
        is_today = self.day == self._books.trading_day
        words = self.tr("今天 %s %s") if is_today else self.tr("%s %s")
        self._day_words.setText(words % (f"{self.day:%Y-%m-%d}", weekday(self.day)))
        self._later.setEnabled(not is_today)

    def _turn_numbers(self, *, is_wanted: bool) -> None:
        self._numbers.setChecked(is_wanted)
        self._numbers.setText(self.tr("空格 图") if is_wanted else self.tr("空格 数字"))
        self.view.show_numbers(is_wanted)

    def _lay_out(self) -> None:
        rail = QVBoxLayout()
        rail.setSpacing(theme.px(6))
        for key in self._rail:
            rail.addWidget(key)
        rail.addStretch()
        back = button("manager_back", self.tr("返回"), role="quiet", press=Press.STOP)
        back.clicked.connect(self.leave)
        rail.addWidget(back)
        right = QVBoxLayout()
        right.setSpacing(theme.px(8))
        right.addLayout(self._make_head())
        right.addWidget(self.boards, 1)
        inside = QHBoxLayout(self._room)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addLayout(right, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.px(12), theme.px(4), theme.px(12), theme.px(4))
        layout.setSpacing(theme.px(12))
        layout.addLayout(rail)
        layout.addWidget(self._room, 1)
        layout.addWidget(self._refusal, 1)

    def _make_head(self) -> QHBoxLayout:
        self._day_words = label("manager_day", "", role="emphasis")
        self._day_words.setWordWrap(False)
        earlier = button("manager_earlier", self.tr("← 前一天"), role="quiet")
        self._later = button("manager_later", self.tr("后一天 →"), role="quiet")
        earlier.clicked.connect(lambda: self.pick(self.day - A_DAY))
        self._later.clicked.connect(lambda: self.pick(self.day + A_DAY))
        self._numbers = button("manager_numbers", self.tr("空格 数字"), role="choice")
        self._numbers.setCheckable(True)
        self._numbers.clicked.connect(lambda is_down: self._turn_numbers(is_wanted=is_down))
        pdf = button("manager_pdf", self.tr("导出页"), role="choice")
        pdf.clicked.connect(self._write_page)
        self._paper = button("manager_print", self.tr("打印"), role="choice")
        self._paper.clicked.connect(self._print)
        self._csv = button("manager_csv", self.tr("导出表"), role="choice")
        self._csv.clicked.connect(self._write_lists)
        self._said = label("manager_said", "", role="advice")
        head = QHBoxLayout()
        head.setSpacing(theme.px(8))
        for each in (earlier, self._later, self._day_words):
            head.addWidget(each)
        head.addWidget(self._said, 1)
        head.addWidget(self._numbers)
        head.addWidget(self._csv)
        head.addWidget(pdf)
        head.addWidget(self._paper)
        return head

    def _make_rail_key(self, place: int, words: str) -> QPushButton:
        key = button(f"manager_rail_{place + 1}", f"{place + 1}  {words}", role="rail")
        key.setCheckable(True)
        key.clicked.connect(lambda: self.choose(place))
        return key

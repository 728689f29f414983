"""Figures page: the shift as it stands, and the ones that were closed, each by its number."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from pos.domain.errors import PosError
from pos.domain.shift import Shift, z_text
from pos.domain.staff import MAY, Act
from ui import theme
from ui.counter import Counter
from ui.display import shop_time
from ui.keys.keymap import Press
from ui.messages import notice_for
from ui.parts import button, dress, label
from ui.printing.desk import PrintDesk
from ui.printing.paper_keys import PaperKeys
from ui.shift.lists import moves_table, returns_table, sales_table
from ui.shift.slip_view import SlipView
from ui.stage import Stage
from ui.tables import Table, ask_for_table

CLOSED = 5


class FiguresPage(QWidget):
    """Left the shifts, right the one that is chosen; who counts the drawer blind does not see what should be in it."""

    def __init__(self, counter: Counter, printing: PrintDesk) -> None:
        super().__init__()
        self.setObjectName("figures_page")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._counter, self._printing = counter, printing
        self._keys = PaperKeys(printing, "figures")
        self._closed: list[Shift] = []
        self._title = label("figures_title", "", role="big")
        self._note = label("figures_note", self.tr("应有现金要先点数、交班以后才看得到"), role="advice")
        self._slip = SlipView("figures_slip")
        self._now = button("figures_now", "", role="quiet")
        self._shown: Shift | None = None
        self._lists = [
            self._make_list("figures_sales", self.tr("小票"), self._sales_table),
            self._make_list("figures_returns", self.tr("退货"), self._returns_table),
            self._make_list("figures_moves", self.tr("现金进出"), self._moves_table),
        ]
        self._said = label("figures_said", self._lists_words(), role="body")
        self._rows = [button(f"figures_z_{place}", "", role="quiet") for place in range(CLOSED)]
        self._lay_out()

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(theme.px(8))
        left.addWidget(label("figures_shifts", self.tr("班次"), role="title"))
        for place, row in enumerate((self._now, *self._rows)):
            row.clicked.connect(lambda _checked=False, place=place: self._show(place))
            left.addWidget(row)
        left.addStretch()
        back = button("figures_back", self.tr("返回"), role="quiet", press=Press.STOP)
        back.clicked.connect(lambda: self._counter.show(Stage.DRAWER))
        left.addWidget(back)
        right = QVBoxLayout()
        for each in (self._title, self._note):
            right.addWidget(each)
        right.addWidget(self._slip, 1)
        right.addWidget(self._keys)
        lists = QHBoxLayout()
        lists.addWidget(self._said)
        for key in self._lists:
            lists.addWidget(key)
        right.addLayout(lists)
        layout = QHBoxLayout(self)
        layout.setSpacing(theme.px(24))
        layout.addLayout(left, 2)
        layout.addLayout(right, 3)

    def _make_list(self, name: str, words: str, make: Callable[[Shift], Table]) -> QPushButton:
        key = button(name, words, role="quiet")
        key.clicked.connect(lambda: ask_for_table(self, make(self._shown), self._say) if self._shown else None)
        return key

    def _sales_table(self, shift: Shift) -> Table:
        return sales_table(f"{self.tr('小票')} {self._name(shift)}", self._counter.drawer.sales_of(shift))

    def _returns_table(self, shift: Shift) -> Table:
        return returns_table(f"{self.tr('退货')} {self._name(shift)}", self._counter.drawer.returns_of(shift))

    def _moves_table(self, shift: Shift) -> Table:
        return moves_table(f"{self.tr('现金进出')} {self._name(shift)}", self._counter.drawer.moves_of(shift))

    def _lists_words(self) -> str:
        return self.tr("导出成表格：")

    def _name(self, shift: Shift) -> str:
        return "X" if shift.is_open else z_text(self._counter.till_name, shift)

    def _say(self, error: PosError | None, path: Path, rows: int) -> None:
        """Say how writing a list went."""
        notice = notice_for(error) if error else None
        done = self.tr("✓ %s：%d 行") % (path.name, rows)
        self._said.setText(f"✕ {notice.words}\n{notice.action} ({notice.code})" if notice else done)
        dress(self._said, "role", "sentence" if notice else "body")

    def open(self) -> None:
        """Show the shift as it stands."""
        cashier = self._counter.cashier
        self._closed = self._counter.drawer.closed_for(cashier)[:CLOSED] if cashier else []
        self._now.setText(self.tr("1   本班（X）"))
        for place, row in enumerate(self._rows):
            row.setVisible(place < len(self._closed))
            if place < len(self._closed):
                shift = self._closed[place]
                row.setText(f"{place + 2}   {z_text(self._counter.till_name, shift)}   {_closed_at(shift)}")
        self._show(0)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  (Qt's name)
        """Show the shift of a digit."""
        place = "123456".find(event.text()) if event.text() else -1
        if place >= 0:
            self._show(place)
        else:
            super().keyPressEvent(event)

    def _show(self, place: int) -> None:
        shift = self._counter.shift if place == 0 else next(iter(self._closed[place - 1 : place]), None)
        cashier = self._counter.cashier
        if shift is None or cashier is None:
            return
        report = self._counter.drawer.look_into(shift, cashier)
        is_blind = shift.is_open and Act.SEE_FIGURES not in MAY[cashier.role]
        self._note.setVisible(is_blind)
        self._shown = shift
        self._said.setText(self._lists_words())
        dress(self._said, "role", "body")
        for each in self._lists:
            each.setEnabled(not is_blind)
        number = self._name(shift)
        self._title.setText(self.tr("%s　工号 %s　%s") % (number, shift.cashier, shift.business_day.isoformat()))
        self._slip.show_report(report, is_blind=is_blind)
        printing = self._printing
        self._keys.offer(printing.report(report, is_blind=is_blind), number,
                         lambda: printing.print_report(report, is_blind=is_blind))  # fmt: skip


def _closed_at(shift: Shift) -> str:
    return shop_time(shift.closed_at) if shift.closed_at else ""

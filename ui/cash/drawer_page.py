"""Drawer page: what can be done with the drawer besides selling; big rows, each with a digit."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from pos.domain.cash import CashKind
from ui import theme
from ui.cash.words import kind_words
from ui.counter import Counter
from ui.keys.keymap import Press
from ui.parts import button, centred, label
from ui.stage import Stage


class DrawerPage(QWidget):
    """In, out, into the safe, open; a wrong tender, and the shift in figures.

    Signals: ``wanted`` carries the CashKind somebody chose.
    """

    wanted = Signal(object)

    def __init__(self, counter: Counter) -> None:
        super().__init__()
        self.setObjectName("drawer_page")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._counter = counter
        self._rows = [self._make_kind(place, kind) for place, kind in enumerate(CashKind, 1)]
        more = (
            ("drawer_tenders", self.tr("改付款方式"), self.tr("刷卡按成了现金，或反过来"), Stage.TENDERS),
            ("drawer_figures", self.tr("本班报表"), self.tr("到现在为止的账，和交过的班"), Stage.FIGURES),
        )
        self._rows += [self._make_more(place, *row) for place, row in enumerate(more, 1 + len(CashKind))]
        back = button("drawer_back", self.tr("返回柜台"), role="quiet", press=Press.STOP)
        back.clicked.connect(lambda: counter.show(Stage.SELL))
        grid = QGridLayout()
        grid.setSpacing(theme.px(16))
        for place, row in enumerate(self._rows):
            grid.addWidget(row, place // 2, place % 2)
        layout = QVBoxLayout()
        layout.setSpacing(theme.px(16))
        layout.addWidget(label("drawer_title", self.tr("钱箱"), role="big"))
        layout.addLayout(grid)
        layout.addStretch()
        layout.addWidget(back)
        self.setLayout(centred(layout, 1100))

    def open(self) -> None:
        """Wait for a digit."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  (Qt's name)
        """Take the digit of a row."""
        place = "123456".find(event.text()) if event.text() else -1
        if place >= 0:
            self._rows[place].click()
        else:
            super().keyPressEvent(event)

    def _make_kind(self, digit: int, kind: CashKind) -> QPushButton:
        name, purpose = kind_words(kind)
        row = _row(f"drawer_{kind.name.lower()}", f"{digit}   {name}\n{purpose}")
        row.clicked.connect(lambda: self.wanted.emit(kind))
        return row

    def _make_more(self, digit: int, name: str, title: str, words: str, stage: Stage) -> QPushButton:
        row = _row(name, f"{digit}   {title}\n{words}")
        row.clicked.connect(lambda: self._counter.show(stage))
        return row


def _row(name: str, words: str) -> QPushButton:
    row = button(name, words, role="pick")
    row.setMinimumHeight(theme.px(104))
    return row

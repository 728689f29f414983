"""Shelf bar: the pages of tiles as keys that stay in their rows, however many there are."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QWidget

from pos.domain.slip import columns
from ui import theme
from ui.display import shortened
from ui.parts import button

COLUMNS, ROWS = 6, 3
PLACES = COLUMNS * ROWS
ROOM = 8
"""Columns of words in a row of a key; with more, the bar would be wider than its place."""


class ShelfBar(QWidget):
    """Three rows at most; when there are more, the last key turns to the next ones. ``chosen`` carries a place."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("shelf_bar")
        self.names: list[str] = []
        self.place = 0
        self._first = 0
        self._group = QButtonGroup(self)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.px(4))

    def show_names(self, names: Sequence[str]) -> bool:
        """Show these pages from the first on; return whether they are others than before."""
        if list(names) == self.names:
            return False
        self.names, self._first, self.place = list(names), 0, 0
        self._draw()
        return True

    def _draw(self) -> None:
        for old in self.findChildren(QWidget):
            self._grid.removeWidget(old)
            old.setParent(None)
            old.deleteLater()
        last = self._first + (PLACES if len(self.names) <= PLACES else PLACES - 1)
        for at, place in enumerate(range(self._first, min(last, len(self.names)))):
            key = button(f"shelf_{place}", _in_rows(self.names[place]).replace("&", "&&"), role="shelf")
            key.setAccessibleName(self.names[place])
            key.setCheckable(True)
            key.setChecked(place == self.place)
            key.clicked.connect(lambda _checked=False, place=place: self._choose(place))
            self._group.addButton(key)
            self._grid.addWidget(key, at // COLUMNS, at % COLUMNS)
        if len(self.names) > PLACES:
            more = button("shelf_more", self.tr("更多 ›"), role="shelf")
            more.clicked.connect(self._turn)
            self._grid.addWidget(more, ROWS - 1, COLUMNS - 1)

    def _choose(self, place: int) -> None:
        self.place = place
        self.chosen.emit(place)

    def _turn(self) -> None:
        self._first += PLACES - 1
        if self._first >= len(self.names):
            self._first = 0
        self._draw()


def _in_rows(name: str) -> str:
    """Return a name in two rows where it is long, parted at the blank nearest its middle; neither is too long."""
    if columns(name) <= ROOM:
        return name
    blanks = [at for at, sign in enumerate(name) if sign == " "] or [len(name)]
    at = min(blanks, key=lambda at: abs(2 * at - len(name)))
    return "\n".join(shortened(row, ROOM) for row in (name[:at], name[at + 1 :]) if row)

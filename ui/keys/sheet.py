"""Sheet: every key on one page, over whatever was there; any key or touch puts it away, and a scan goes on."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui import theme
from ui.keys import now
from ui.keys.keymap import Part, Press, keys_words, part_of
from ui.keys.words import part_words, press_words
from ui.parts import button, label, named

COLUMNS = 3


class KeySheet(QFrame):
    """What every key does now.

    Signals: ``change_wanted`` when somebody wants other keys.

    Args:
        presses: what this till can do; a key that does nothing is not told.
    """

    change_wanted = Signal()

    def __init__(self, window: QWidget, presses: Callable[[], list[Press]]) -> None:
        super().__init__(window)
        named(self, "key_sheet")
        self._window = window
        self._presses = presses
        self._rows = QGridLayout()
        self._rows.setHorizontalSpacing(theme.px(12))
        self._change = button("key_sheet_change", press_words(Press.KEYS), role="quiet", press=Press.KEYS)
        self._change.clicked.connect(self._on_change)
        top = QHBoxLayout()
        top.addWidget(label("key_sheet_title", press_words(Press.HELP), role="big"), 1)
        top.addWidget(label("key_sheet_advice", self.tr("按任意键或点一下就关闭；扫码照常"), role="advice"), 1)
        top.addWidget(self._change)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(32), theme.px(24), theme.px(32), theme.px(24))
        layout.addLayout(top)
        layout.addLayout(self._rows)
        layout.addStretch()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        window.installEventFilter(self)
        self.hide()

    def open(self, *, may_change: bool) -> None:
        """Lay the sheet over the window."""
        for old in self.findChildren(QLabel, "key_sheet_cell"):
            old.deleteLater()
        for column, told in enumerate(in_columns(self._presses())):
            for row, each in enumerate(told):
                self._add_row(row, column * 2, each)
        for column in range(COLUMNS):
            self._rows.setColumnStretch(column * 2, 2)
            self._rows.setColumnStretch(column * 2 + 1, 3)
        self._change.setVisible(may_change)
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()
        self._had_focus = self._window.focusWidget()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_row(self, row: int, column: int, told: Press | Part) -> None:
        words = named(QLabel(part_words(told) if isinstance(told, Part) else press_words(told)), "key_sheet_cell")
        words.setWordWrap(True)
        if isinstance(told, Part):
            words.setProperty("role", "title")
            self._rows.addWidget(words, row, column, 1, 2)
        else:
            keys = named(QLabel(keys_words(now.current().keys_of(told))), "key_sheet_cell")
            keys.setProperty("role", "cap")
            self._rows.addWidget(keys, row, column, Qt.AlignmentFlag.AlignRight)
            self._rows.addWidget(words, row, column + 1)

    def close_sheet(self) -> bool:
        """Put the sheet away; False when it was not there."""
        if self.isHidden():
            return False
        self.hide()
        if self._had_focus:
            self._had_focus.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        """Stay as large as the window."""
        if event.type() is QEvent.Type.Resize and watched is self._window:
            self.setGeometry(self._window.rect())
        return super().eventFilter(watched, event)

    def keyPressEvent(self, _event: QKeyEvent) -> None:  # noqa: N802  (Qt's name)
        """Any key closes it."""
        self.close_sheet()

    def mousePressEvent(self, _event: QMouseEvent) -> None:  # noqa: N802  (Qt's name)
        """So does any touch."""
        self.close_sheet()

    def _on_change(self) -> None:
        self.close_sheet()
        self.change_wanted.emit()


def in_columns(presses: Sequence[Press]) -> list[list[Press | Part]]:
    """Return the keys in as many columns as there are, as short as can be; each part and column begins with where."""
    height = -(-len(presses) // COLUMNS)
    while len(made := _columns_of(presses, height)) > COLUMNS:
        height += 1
    return made


def _columns_of(presses: Sequence[Press], height: int) -> list[list[Press | Part]]:
    made: list[list[Press | Part]] = [[]]
    for part in Part:
        is_begun = False
        for press in (each for each in presses if part_of(each) is part):
            if len(made[-1]) + (1 if is_begun else 2) > height:
                made.append([])
            if not is_begun or not made[-1]:
                made[-1].append(part)
            made[-1].append(press)
            is_begun = True
    return made

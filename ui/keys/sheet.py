"""Sheet: every key on one page, over whatever was there; any key or touch puts it away, and a scan goes on."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui import theme
from ui.keys import now
from ui.keys.keymap import Press, keys_words
from ui.keys.words import press_words
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
        presses = self._presses()
        height = -(-len(presses) // COLUMNS)
        for place, press in enumerate(presses):
            keys = named(QLabel(keys_words(now.current().keys_of(press))), "key_sheet_cell")
            keys.setProperty("role", "cap")
            words = named(QLabel(press_words(press)), "key_sheet_cell")
            words.setWordWrap(True)
            self._rows.addWidget(keys, place % height, place // height * 2, Qt.AlignmentFlag.AlignRight)
            self._rows.addWidget(words, place % height, place // height * 2 + 1)
        for column in range(COLUMNS):
            self._rows.setColumnStretch(column * 2, 2)
            self._rows.setColumnStretch(column * 2 + 1, 3)
        self._change.setVisible(may_change)
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()
        self._had_focus = self._window.focusWidget()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

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

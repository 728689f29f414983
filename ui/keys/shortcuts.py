"""Shortcuts: the keys of the map, alive where they do something and left to whatever has the focus elsewhere."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.keys import now
from ui.keys.button import print_keys
from ui.keys.keymap import SIGNS, Press

_MODIFIERS = {Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta}

_REPEATING = {Press.LINE_UP, Press.LINE_DOWN}
"""What a key that is held down does again; whatever else is done twice must be pressed twice."""


def key_of(event: QKeyEvent) -> str:
    """Return how a pressed key is written in a map; empty for one that only changes others."""
    if event.key() in _MODIFIERS:
        return ""
    text = event.text()
    if len(text) == 1 and text.isprintable() and not text.isalnum() and not text.isspace():
        return text
    return QKeySequence(event.keyCombination()).toString(QKeySequence.SequenceFormat.PortableText)


class KeepShortcuts(QObject):
    """Keeps a box from taking the keys of the map: signs at once, a point and what edits only while it is empty."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        """Stop the box from claiming such a key; the window's shortcut then gets it."""
        if event.type() is not QEvent.Type.ShortcutOverride:
            return False
        assert isinstance(event, QKeyEvent)
        assert isinstance(watched, QLineEdit)
        key = key_of(event)
        is_ours = key in now.current().every_key() and (key in SIGNS - {"."} or not watched.text())
        if is_ours:
            event.ignore()
        return is_ours


class Shortcuts(QObject):
    """Every key of the map that is in use.

    Args:
        press: does what a key is for, where the window stands now.
        can_press: whether a key is for anything there.
    """

    def __init__(self, window: QWidget, press: Callable[[str], None], can_press: Callable[[str], bool]) -> None:
        super().__init__(window)
        self._window, self._press, self._can_press = window, press, can_press
        self._keep = KeepShortcuts(self)
        self._made: list[QShortcut] = []

    def guard(self, pages: QWidget) -> None:
        """Keep the boxes of pages from taking our keys."""
        for box in pages.findChildren(QLineEdit):
            box.installEventFilter(self._keep)

    def renew(self) -> None:
        """Obey the map that is in use now, and print it on buttons that were made before it."""
        self.obey()
        print_keys(self._window)

    def obey(self) -> None:
        """Obey the map that is in use now; a button prints its key itself when it is made."""
        for old in self._made:
            old.setEnabled(False)
            old.deleteLater()
        self._made = [self._make(key) for key in now.current().every_key()]
        self.wake()

    def wake(self) -> None:
        """Look again which keys are for something."""
        for each in self._made:
            each.setEnabled(self._can_press(each.objectName()))

    def _make(self, key: str) -> QShortcut:
        made = QShortcut(QKeySequence(key), self._window, context=Qt.ShortcutContext.WindowShortcut)
        made.setObjectName(key)
        made.setAutoRepeat(bool(_REPEATING & {press for press in Press if key in now.current().keys_of(press)}))
        made.activated.connect(lambda: self._press(key))
        return made

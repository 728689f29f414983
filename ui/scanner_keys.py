"""Scanner keys: tell a keyboard-wedge scanner from a person, wherever the focus is.

A scanner types its digits a few milliseconds apart and ends with Enter or Tab (measured: gaps of 16 ms
at most on a loaded machine). So each key is held for one gap: if no other follows in time it goes on
to where it was going; if enough of them come in one burst, they are a scan, and neither they nor
their Enter reach anything else. Some scanners end twice, with CR and LF or two Enters: no hand presses
Enter within a gap of a scan, so what comes then is the scan's, too.
"""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from ui.timers import timer

SCAN_LENGTH_MIN = 6
SCAN_LENGTH_MAX = 512
REPEAT_MS = 10
"""A key that is held down repeats itself no sooner; the same digit twice comes quicker from a scanner, and X11 may tell
both alike."""
_TOUCHES = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin})
_ENDS = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab}
_MODIFIERS = {Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_CapsLock}
"""Keys a scanner presses on its way to a capital letter, a sign, or the separator of GS1 (Ctrl and ``]``)."""
_SEPARATOR = "\x1d"
_FOREIGN = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.MetaModifier


def no_input_method(widget: QWidget) -> None:
    """Keep the Chinese input method away from a box for numbers and codes."""
    widget.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)  # noqa: FBT003  (Qt's own)
    widget.setInputMethodHints(Qt.InputMethodHint.ImhNoPredictiveText | Qt.InputMethodHint.ImhPreferLatin)


@dataclass(frozen=True, slots=True)
class _Held:
    window: QWindow
    event: QKeyEvent


class ScannerKeys(QObject):
    """Watches every key of the application; install it once with ``app.installEventFilter``.

    Signals: ``scanned`` carries the text of a scan; ``touched`` that somebody pressed a key or the screen.

    Args:
        gap_ms: the longest pause between two keys of a scanner.
        now_ms: gives the time of a key event, in milliseconds that never jump.
    """

    scanned = Signal(str)
    touched = Signal()

    def __init__(self, gap_ms: int, now_ms: Callable[[QKeyEvent], float] | None = None) -> None:
        super().__init__()
        self._gap_ms = gap_ms
        self._now_ms = now_ms or _event_ms
        self._held: list[_Held] = []
        self._last_ms = 0.0
        self._scanned_ms = -math.inf
        self._is_passing = False
        self._is_last_call = False
        self._silence = timer(self, gap_ms, self._on_silence, once=True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        """Hold a key press that may be a scanner's; let everything else pass."""
        if not isinstance(watched, QWindow):  # asked first: nearly every event there is comes by here
            return False
        kind = event.type()
        if kind in _TOUCHES:
            self.touched.emit()
        if kind is QEvent.Type.ShortcutOverride:
            return self._claim(event)
        if self._is_passing or kind is not QEvent.Type.KeyPress:
            return False
        assert isinstance(event, QKeyEvent)
        return self._press(watched, event)

    def _press(self, window: QWindow, event: QKeyEvent) -> bool:
        now = self._now_ms(event)
        pause_ms, self._last_ms = now - self._last_ms, now
        if self._held and pause_ms > self._gap_ms:
            self._let_go()
        if event.key() in _MODIFIERS:
            return self._wait_on()
        if self._is_second_end(event, now):
            self._scanned_ms = now
            return True
        if self._held and _is_end(event):
            return self._end()
        if not _may_be_scanned(event) or (event.isAutoRepeat() and pause_ms >= REPEAT_MS):
            self._let_go()
            return False
        self._hold(window, event)
        return True

    def _claim(self, event: QEvent) -> bool:
        """In a burst no key is a shortcut: Enter would press the green button before the scan is known to be one.

        After a pause it may be one, and what was typed before it goes first: of "20" and Enter on a busy screen the
        "0" would else be typed after the 2 was taken.
        """
        assert isinstance(event, QKeyEvent)
        if self._is_passing:
            return False
        if self._is_second_end(event, self._now_ms(event)):
            event.accept()
            return True
        if not self._held:
            return False
        is_burst = self._now_ms(event) - self._last_ms <= self._gap_ms
        if is_burst:
            event.accept()
        else:
            self._let_go()
        return is_burst

    def _hold(self, window: QWindow, event: QKeyEvent) -> None:
        self._held.append(_Held(window, QKeyEvent(event)))
        self._is_last_call = False
        if len(self._held) >= SCAN_LENGTH_MAX:
            self._let_go()
        else:
            self._silence.start()

    def _wait_on(self) -> bool:
        """A key that only changes the next one goes where it was going, and is part of the burst all the same."""
        if self._held:
            self._silence.start()
        return False

    def _is_second_end(self, event: QKeyEvent, now: float) -> bool:
        return not self._held and 0 <= now - self._scanned_ms <= self._gap_ms and _is_end(event)

    def _end(self) -> bool:
        """Enter or Tab right after held keys: a scan if there are enough, else a fast person."""
        if len(self._held) >= SCAN_LENGTH_MIN:
            text = "".join(held.event.text() for held in self._held)
            self._held.clear()
            self._silence.stop()
            self._scanned_ms = self._last_ms
            self.scanned.emit(text)
            return True
        self._let_go()
        return False

    def _on_silence(self) -> None:
        """Give keys that wait in the queue of a busy screen one more chance before letting go."""
        if self._is_last_call:
            self._let_go()
        else:
            self._is_last_call = True
            self._silence.start(0)
            self._silence.setInterval(self._gap_ms)

    def _let_go(self) -> None:
        held, self._held = self._held, []
        self._silence.stop()
        self._is_last_call = False
        self._is_passing = True
        try:
            for each in held:
                if isValid(each.window):  # a window may close while it waits for its key
                    QCoreApplication.sendEvent(each.window, each.event)
        finally:
            self._is_passing = False


def _is_end(event: QKeyEvent) -> bool:
    return event.key() in _ENDS or event.text() in {"\r", "\n", "\t"}


def _may_be_scanned(event: QKeyEvent) -> bool:
    text = event.text()
    if text == _SEPARATOR:
        return True
    is_plain = not (event.modifiers() & _FOREIGN)
    return is_plain and len(text) == 1 and text.isprintable() and text.isascii()


def _event_ms(event: QKeyEvent) -> float:
    return float(event.timestamp()) or time.monotonic() * 1000

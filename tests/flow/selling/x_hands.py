"""Hands of the X server: keys and a pointer that come through it like those of real devices (XTEST).

A scanner's digits are handed to the server in one piece, so that they are as close together as a scanner's
electronics make them, however busy the machine is.
"""

import ctypes
from ctypes import c_char_p, c_int, c_uint, c_ulong, c_void_p

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QMouseEvent, QWindow

_SHIFT, _CONTROL = "Shift_L", "Control_L"
_NAMES = {"\n": "Return", "\t": "Tab", "Enter": "Return", "Esc": "Escape", "Del": "Delete"}
_LEFT_BUTTON = 1


class XHands:
    """A connection to the X server of ``DISPLAY``."""

    def __init__(self) -> None:
        self._x, self._test = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXtst.so.6")
        self._x.XOpenDisplay.restype, self._x.XOpenDisplay.argtypes = c_void_p, [c_char_p]
        self._x.XStringToKeysym.restype, self._x.XStringToKeysym.argtypes = c_ulong, [c_char_p]
        self._x.XkbKeycodeToKeysym.restype = c_ulong
        self._x.XkbKeycodeToKeysym.argtypes = [c_void_p, c_uint, c_int, c_int]
        self._x.XKeysymToKeycode.restype, self._x.XKeysymToKeycode.argtypes = c_uint, [c_void_p, c_ulong]
        self._x.XSetInputFocus.argtypes = [c_void_p, c_ulong, c_int, c_ulong]
        self._x.XRaiseWindow.argtypes = [c_void_p, c_ulong]
        self._x.XSync.argtypes = [c_void_p, c_int]
        self._x.XCloseDisplay.argtypes = [c_void_p]
        self._test.XTestFakeKeyEvent.argtypes = [c_void_p, c_uint, c_int, c_ulong]
        self._test.XTestFakeButtonEvent.argtypes = [c_void_p, c_uint, c_int, c_ulong]
        self._test.XTestFakeMotionEvent.argtypes = [c_void_p, c_int, c_int, c_int, c_ulong]
        found = self._x.XOpenDisplay(None)
        assert found, "there is no X server"
        self._display = c_void_p(found)
        self.let_go = 0
        """How many keys and buttons were pressed and let go of again."""

    def close(self) -> None:
        """Let go of the server."""
        self._x.XCloseDisplay(self._display)

    def focus(self, window: int) -> None:
        """Give the keys to a window, as a window manager does at a click."""
        self._x.XRaiseWindow(self._display, window)
        self._x.XSetInputFocus(self._display, window, 2, 0)
        self._flush()

    def press(self, *keys: str) -> None:
        """Press and release keys one after the other, all at once: ``5``, ``F12``, ``Ctrl+Z``."""
        for key in keys:
            self._press(key)
        self._flush()

    def touch(self, x: int, y: int) -> None:
        """Put the pointer to a place and press there, as most touch screens of tills do."""
        self._test.XTestFakeMotionEvent(self._display, -1, x, y, 0)
        for is_down in (1, 0):
            self._test.XTestFakeButtonEvent(self._display, _LEFT_BUTTON, is_down, 0)
        self.let_go += 1
        self._flush()

    def _press(self, key: str) -> None:
        key = key.replace("\x1d", "Ctrl+]")  # how scanners type the separator of GS1
        control, name = key.startswith("Ctrl+"), key.removeprefix("Ctrl+")
        code, is_shifted = self._where(_NAMES.get(name, name))
        around = [_CONTROL] * control + [_SHIFT] * is_shifted
        for each in around:
            self._key(self._where(each)[0], is_down=True)
        self._key(code, is_down=True)
        self._key(code, is_down=False)
        for each in reversed(around):
            self._key(self._where(each)[0], is_down=False)

    def _where(self, name: str) -> tuple[int, bool]:
        """Return the key that writes a sign, and whether Shift has to be held."""
        symbol = ord(name) if len(name) == 1 else self._x.XStringToKeysym(name.encode())
        code = self._x.XKeysymToKeycode(self._display, symbol)
        assert code, f"no key is called {name}"
        return code, self._x.XkbKeycodeToKeysym(self._display, code, 0, 0) != symbol

    def _key(self, code: int, *, is_down: bool) -> None:
        self.let_go += not is_down
        self._test.XTestFakeKeyEvent(self._display, code, int(is_down), 0)

    def _flush(self) -> None:
        self._x.XSync(self._display, 0)


class Ears(QObject):
    """Counts what has come through the X server: it may be under way still when the hands are done.

    Attributes:
        let_go: keys and buttons that the windows were told to have been let go of.
    """

    def __init__(self) -> None:
        super().__init__()
        self.let_go = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        """Count, and let everything pass; a key that waited for its burst to end comes by twice, its release once."""
        if isinstance(watched, QWindow):
            self.let_go += event.type() is QEvent.Type.KeyRelease or _is_button_up(event)
        return False


def _is_button_up(event: QEvent) -> bool:
    """Whether a button of a pointer was let go of; what Qt makes of a finger is none."""
    if not isinstance(event, QMouseEvent) or event.type() is not QEvent.Type.MouseButtonRelease:
        return False
    return event.source() is Qt.MouseEventSource.MouseEventNotSynthesized

"""A scanner that types, and a person who types; keys come through the window as Qt brings them."""

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.scanner_keys import ScannerKeys

GAP_MS = 35
NOTHING = Qt.KeyboardModifier.NoModifier
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


class Keyboard:
    """Sends keys to a window at times of its own, as the platform does."""

    def __init__(self, window: QWindow) -> None:
        self.now = 1000.0
        self._window = window

    def type(self, text: str, every_ms: float) -> None:
        """Type a text."""
        for character in text:
            self.key(Qt.Key(ord(character.upper())), character, every_ms)

    def end(self, after_ms: float, key: Qt.Key = Qt.Key.Key_Return) -> None:
        """Press Enter."""
        self.key(key, "\r", after_ms)

    def key(self, key: Qt.Key, text: str, after_ms: float, held: Qt.KeyboardModifier = NOTHING, *,
            is_repeat: bool = False) -> None:  # fmt: skip
        """Press one key."""
        self.now += after_ms
        for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, held, text, is_repeat)
            QCoreApplication.sendEvent(self._window, event)


class Bench:
    """A window with a box and a default button, and what was scanned before it."""

    def __init__(self, qtbot: QtBot, qapp: QApplication) -> None:
        self.window = QWidget()
        self.box, self.button = QLineEdit(), QPushButton("收款", default=True)
        layout = QVBoxLayout(self.window)
        layout.addWidget(self.box)
        layout.addWidget(self.button)
        qtbot.addWidget(self.window)
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.box.setFocus()
        self.pressed = 0
        self.button.clicked.connect(self._press)
        self.scans: list[str] = []
        handle = self.window.windowHandle()
        self.keyboard = Keyboard(handle)
        self.keys = ScannerKeys(GAP_MS, now_ms=lambda _event: self.keyboard.now)
        self.keys.scanned.connect(self.scans.append)
        qapp.installEventFilter(self.keys)

    def _press(self) -> None:
        self.pressed += 1


class Reached(QObject):
    """Notes the keys that get as far as the boxes of a window, pressed or asked whether they are a shortcut."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.keys: list[int] = []
        for part in window.findChildren(QWidget):
            part.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        if isinstance(event, QKeyEvent) and event.type() is not QEvent.Type.KeyRelease:
            self.keys.append(event.key())
        return False


@pytest.fixture
def bench(qtbot: QtBot, qapp: QApplication) -> Iterator[Bench]:
    """A window that listens to a scanner."""
    made = Bench(qtbot, qapp)
    yield made
    qapp.removeEventFilter(made.keys)


def test_a_burst_that_ends_with_enter_is_a_scan_and_reaches_nothing_else(bench: Bench) -> None:
    bench.keyboard.type("6901234567892", every_ms=8)
    bench.keyboard.end(8)
    assert bench.scans == ["6901234567892"]
    assert bench.box.text() == ""
    assert bench.pressed == 0


@pytest.mark.parametrize("every_ms", [0.8, 3.5, 16, 35])
def test_every_pace_of_a_scanner_is_a_scan(bench: Bench, every_ms: float) -> None:
    bench.keyboard.type("96385074", every_ms)
    bench.keyboard.end(every_ms, Qt.Key.Key_Tab)
    assert bench.scans == ["96385074"]


def test_two_scans_back_to_back_are_two(bench: Bench) -> None:
    for _time in range(2):
        bench.keyboard.type("96385074", 5)
        bench.keyboard.end(5)
    assert bench.scans == ["96385074", "96385074"]


@pytest.mark.parametrize("second", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_J])
def test_a_scanner_that_ends_twice_presses_nothing_with_its_second_end(bench: Bench, second: Qt.Key) -> None:
    reached = Reached(bench.window)
    held = CONTROL if second == Qt.Key.Key_J else NOTHING
    for _time in range(2):
        bench.keyboard.type("96385074", 5)
        bench.keyboard.end(5)
        bench.keyboard.key(second, "\n" if held else "\r", 5, held)
    assert bench.scans == ["96385074", "96385074"]
    assert second not in reached.keys


def test_enter_by_hand_after_a_scan_is_the_cashiers(bench: Bench) -> None:
    bench.box.returnPressed.connect(bench._press)
    bench.keyboard.type("96385074", 5)
    bench.keyboard.end(5)
    bench.keyboard.end(GAP_MS + 1)
    assert bench.pressed == 1


def test_enter_by_hand_is_the_cashiers_although_the_clock_of_keys_began_anew(bench: Bench) -> None:
    """The X server counts its milliseconds in 32 bits, which are full after 49 days."""
    bench.box.returnPressed.connect(bench._press)
    bench.keyboard.now = 2.0**32 - 100
    bench.keyboard.type("96385074", 5)
    bench.keyboard.end(5)
    bench.keyboard.now = 0.0
    bench.keyboard.end(5000)
    assert (bench.pressed, bench.scans) == (1, ["96385074"])


def test_a_person_types_unharmed(bench: Bench, qtbot: QtBot) -> None:
    bench.keyboard.type("hsnrm12", every_ms=120)
    qtbot.waitUntil(lambda: bench.box.text() == "hsnrm12")
    assert bench.scans == []


def test_a_key_with_a_shortcut_of_its_own_never_overtakes_what_was_typed_before_it(bench: Bench) -> None:
    bench.keyboard.type("20", every_ms=90)
    bench.keyboard.now += 240
    enter = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Return, NOTHING, "\r")
    QCoreApplication.sendEvent(bench.window.windowHandle(), enter)  # the screen was busy: all of it waited in the queue
    assert bench.box.text() == "20"
    assert not enter.isAccepted()


def test_what_a_person_typed_before_a_scan_stays_and_in_order(bench: Bench, qtbot: QtBot) -> None:
    bench.keyboard.type("ab", every_ms=150)
    bench.keyboard.now += 500
    bench.keyboard.type("6901234567892", every_ms=5)
    bench.keyboard.end(5)
    bench.keyboard.type("cd", every_ms=150)
    qtbot.waitUntil(lambda: bench.box.text() == "abcd")
    assert bench.scans == ["6901234567892"]


def test_five_quick_keys_and_enter_are_a_person(bench: Bench) -> None:
    bench.keyboard.type("12345", every_ms=5)
    bench.keyboard.end(5)
    assert bench.scans == []
    assert bench.box.text() == "12345"


def test_a_burst_without_an_end_is_given_back(bench: Bench, qtbot: QtBot) -> None:
    bench.keyboard.type("6901234", every_ms=5)
    qtbot.waitUntil(lambda: bench.box.text() == "6901234")
    assert bench.scans == []


def test_enter_long_after_a_burst_is_no_scan(bench: Bench) -> None:
    bench.keyboard.type("6901234567892", every_ms=5)
    bench.keyboard.end(GAP_MS + 1)
    assert bench.scans == []
    assert bench.box.text() == "6901234567892"


def test_a_burst_that_never_ends_is_let_go(bench: Bench) -> None:
    bench.keyboard.type("1" * 600, every_ms=1)
    assert bench.scans == []
    assert len(bench.box.text()) >= 512


def test_chinese_and_function_keys_pass_at_once(bench: Bench) -> None:
    bench.keyboard.key(Qt.Key.Key_unknown, "柜", 5)
    assert bench.box.text() == "柜"
    bench.keyboard.key(Qt.Key.Key_Home, "", 5)
    assert bench.box.cursorPosition() == 0


def test_a_key_whose_window_closed_meanwhile_is_dropped(bench: Bench, qtbot: QtBot) -> None:
    """A dialog is deleted in the few milliseconds in which its last key waits to be known."""
    dialog = QWidget()
    dialog.show()
    Keyboard(dialog.windowHandle()).type("7", every_ms=5)
    shiboken6.delete(dialog)
    bench.keyboard.type("8", every_ms=GAP_MS + 500)
    qtbot.waitUntil(lambda: bench.box.text() == "8")


def test_capitals_and_signs_of_a_scan_come_with_shift(bench: Bench) -> None:
    """A keyboard has no key for a capital letter: a scanner presses Shift before it, as long as a key."""
    for character in "GTB1:AB2":
        if not character.isdigit():
            bench.keyboard.key(Qt.Key.Key_Shift, "", 16)
        held = NOTHING if character.isdigit() else SHIFT
        bench.keyboard.key(Qt.Key(ord(character)), character, 16, held)
    bench.keyboard.end(16)
    assert bench.scans == ["GTB1:AB2"]
    assert bench.box.text() == ""


def test_the_separator_of_gs1_is_control_and_a_bracket(bench: Bench) -> None:
    bench.keyboard.type("10A1", 5)
    bench.keyboard.key(Qt.Key.Key_Control, "", 5, CONTROL)
    bench.keyboard.key(Qt.Key.Key_BracketRight, "\x1d", 5, CONTROL)
    bench.keyboard.type("17", 5)
    bench.keyboard.end(5)
    assert bench.scans == ["10A1\x1d17"]


def test_the_same_digit_twice_is_no_key_held_down(bench: Bench) -> None:
    """X11 tells a repeat by equal times, which a quick scanner has, too."""
    for place, digit in enumerate("69900112"):
        bench.keyboard.key(Qt.Key(ord(digit)), digit, 1, is_repeat=place > 0)
    bench.keyboard.end(1)
    assert bench.scans == ["69900112"]


def test_a_key_held_down_is_no_scan(bench: Bench, qtbot: QtBot) -> None:
    for place in range(8):
        bench.keyboard.key(Qt.Key.Key_1, "1", 30, is_repeat=place > 0)
    bench.keyboard.end(30)
    assert bench.scans == []
    qtbot.waitUntil(lambda: bench.box.text() == "11111111")


def test_a_shortcut_that_follows_quickly_is_still_one(bench: Bench) -> None:
    bench.keyboard.type("ab", 5)
    bench.keyboard.key(Qt.Key.Key_Control, "", 5, CONTROL)
    bench.keyboard.key(Qt.Key.Key_A, "\x01", 5, CONTROL)
    assert bench.box.selectedText() == "ab"
    assert bench.scans == []

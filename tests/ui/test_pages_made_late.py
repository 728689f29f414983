"""Pages that no start waits for: made when they are opened, or ahead of it in quiet moments."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from pos.settings import Settings, TillSettings
from tests.fakes import WATER
from tests.ui.conftest import Desk
from ui import ahead
from ui.ahead import Ahead
from ui.app import App
from ui.manager.boards import NAMES
from ui.pages import FIRST, LATE
from ui.stage import Stage

NOT_FOR_THE_WINDOW = ("numpy", "cv2", "httpx", "qrcode", "PIL", "dateutil", "ui.manager.page")


def made(desk: Desk) -> set[str]:
    """The pages that are made."""
    return set(LATE.values()) & set(vars(desk.window))


def test_a_start_makes_what_a_cashier_begins_with_and_nothing_else(desk: Desk) -> None:
    assert made(desk) == set()
    desk.sign_in()
    desk.counter.code_seen(WATER)
    desk.press("pay")
    desk.press("cash_exact")
    desk.wait_for(Stage.PAID)
    assert made(desk) == set(), "selling needs none of them"


def test_a_page_is_made_when_it_is_opened(desk: Desk) -> None:
    desk.sign_in()
    desk.counter.show(Stage.DRAWER)
    assert made(desk) == {"drawer"}
    assert desk.window.drawer.isVisible()


@pytest.mark.parametrize("stage", [*FIRST, *LATE])
def test_every_page_opens_the_first_time(desk: Desk, stage: Stage) -> None:
    desk.sign_in()
    if stage is Stage.SHIFT_CLOSED:
        desk.counter.close_shift(desk.counter.cart.total)
        desk.wait_for(stage)
    else:
        desk.counter.show(stage)
    page: QWidget = getattr(desk.window, (FIRST | LATE)[stage])
    assert page.isVisible()


def test_a_page_that_is_made_late_speaks_the_language_of_now(desk: Desk) -> None:
    desk.sign_in()
    desk.window.switch_language()
    try:
        desk.counter.show(Stage.DRAWER)
        words = [each.text() for each in desk.window.drawer.findChildren(QAbstractButton)]
        assert words
        assert not [text for text in words if any("\u4e00" <= sign <= "\u9fff" for sign in text)]
    finally:
        desk.counter.show(Stage.SELL)
        desk.window.switch_language()


def test_after_a_change_of_language_the_pages_of_before_are_let_go(desk: Desk) -> None:
    desk.sign_in()
    before = desk.window.drawer
    desk.window.switch_language()
    desk.window.switch_language()
    assert made(desk) == set()
    assert desk.window.drawer is not before


def test_keys_work_on_a_page_that_is_made_late(desk: Desk) -> None:
    desk.sign_in()
    desk.counter.show(Stage.KEYS)
    desk.window.activateWindow()
    QTest.keyClick(desk.window, Qt.Key.Key_Return)
    assert desk.window.keys._is_listening
    QTest.keyClick(desk.window.keys, Qt.Key.Key_Escape)
    QTest.keyClick(desk.window, Qt.Key.Key_Escape)
    assert desk.counter.stage is Stage.SELL


def test_a_box_of_a_page_that_is_made_late_is_named_and_leaves_the_keys_of_the_map_alone(desk: Desk) -> None:
    desk.sign_in()
    desk.counter.show(Stage.RETURN)
    boxes = [each for each in desk.window.returns.findChildren(QLineEdit) if each.placeholderText()]
    assert boxes
    assert all(each.accessibleName() for each in boxes)
    box = next(each for each in boxes if each.isVisible())
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_F1)
    assert desk.window.sheet.isVisible()


def test_another_map_of_keys_is_obeyed_at_once_though_its_page_was_made_late(desk: Desk) -> None:
    desk.sign_in()
    heard: list[bool] = []
    desk.window.keys_kept.connect(lambda: heard.append(True))
    before = list(desk.window._shortcuts._made)
    desk.window.keys.kept.emit()
    assert heard
    assert desk.window._shortcuts._made[0] is not before[0]


def test_ahead_of_their_first_use_pages_are_made_one_by_one(desk: Desk) -> None:
    names = list(LATE.values())
    for count in range(1, len(names) + 1):
        assert desk.window.make_next()
        assert made(desk) == set(names[:count])
    boards = desk.window.today.boards
    for count in range(2, len(NAMES) + 1):
        assert desk.window.make_next()
        assert boards.count() == count, "the views of the managers' room, too"
    assert not desk.window.make_next()


def test_a_view_of_the_room_that_nobody_turned_to_is_not_made(desk: Desk) -> None:
    boards = desk.window.today.boards
    assert boards.count() == 1
    desk.window.today.choose(NAMES.index("calendar"))
    assert boards.count() == 2
    assert boards.currentWidget() is boards.calendar


class Shown(QObject):
    """Notes what comes onto the screen as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        """Note what is shown as a window of its own."""
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.names.append(watched.objectName() or type(watched).__name__)
        return False


def test_what_is_made_ahead_is_seen_by_nobody(desk: Desk, qapp: QApplication) -> None:
    desk.sign_in()
    shown = Shown()
    qapp.installEventFilter(shown)
    while desk.window.make_next():
        pass
    qapp.removeEventFilter(shown)
    assert shown.names == []


def test_nothing_is_made_ahead_while_somebody_is_there_or_money_is_on_its_way(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ahead, "QUIET_MS", 0)
    monkeypatch.setattr(ahead, "BETWEEN_MS", 0)
    steps: list[Stage] = []

    def step() -> bool:
        steps.append(desk.counter.stage)
        return len(steps) < 3

    waiting = Ahead(desk.counter, step)
    assert steps == [], "before anybody says that the till stands"
    desk.counter.stage = Stage.WAITING
    waiting.wait_anew()
    with qtbot.waitSignal(waiting._waiting.timeout):
        pass
    assert steps == []
    desk.counter.stage = Stage.SIGN_IN
    qtbot.waitUntil(lambda: len(steps) == 3)
    assert steps == [Stage.SIGN_IN] * 3
    assert not waiting._waiting.isActive(), "all is done"
    waiting.stop()


def test_an_open_till_makes_its_pages_ahead_by_itself(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ahead, "QUIET_MS", 0)
    app = App(Settings(tmp_path, TillSettings("0017", "03", camera="none")), None)
    try:
        app.window.show()
        app.start()
        qtbot.waitUntil(lambda: not app.window.make_next(), timeout=20_000)
        assert "qrcode" in sys.modules
    finally:
        app.close()


def test_the_window_stands_before_what_only_later_needs_is_loaded(tmp_path: Path) -> None:
    program = (
        "import pathlib, sys\n"
        "from pos.settings import Settings, TillSettings\n"
        "from ui.application import make_application\n"
        "from ui.app import App\n"
        "settings = Settings(data_dir=pathlib.Path(sys.argv[1]), till=TillSettings(camera='auto'))\n"
        "qt = make_application(settings); app = App(settings, lambda: None)\n"
        "app.window.show(); qt.processEvents()\n"
        f"print([each for each in {NOT_FOR_THE_WINDOW} if each in sys.modules])\n"
        "app.close()\n"
    )
    found = subprocess.run([sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"

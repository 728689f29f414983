"""Keys that really come through an X server, from a hand that types like a scanner."""

import os
import subprocess
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from pos.domain.money import Money
from tests.fakes import NOODLES, WATER
from tests.ui.conftest import Desk
from ui.scanner_keys import ScannerKeys
from ui.stage import Stage

pytestmark = pytest.mark.x11

GAP_MS = 400
"""A hand of this test is a process, which a busy machine stops for longer than a scanner's electronics ever do."""
A_PERSON_MS = "900"


@pytest.fixture
def typing(desk: Desk, qapp: QApplication) -> Iterator[Desk]:
    keys = ScannerKeys(GAP_MS)
    keys.scanned.connect(desk.counter.code_seen)
    qapp.installEventFilter(keys)
    desk.sign_in()
    window = str(int(desk.window.winId()))
    subprocess.run(["xdotool", "windowfocus", "--sync", window], check=True, env=os.environ)
    yield desk
    qapp.removeEventFilter(keys)


def hands(*commands: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(["xdotool", *commands], env=os.environ)


def test_a_scan_with_the_focus_in_the_search_box_is_a_line_and_presses_nothing(typing: Desk, qtbot: QtBot) -> None:
    hand = hands("key", "--delay", "5", *WATER, "Return")
    qtbot.waitUntil(lambda: typing.counter.cart.total == Money(200), timeout=10_000)
    hand.wait(10)
    box = typing.on_screen("search")
    assert isinstance(box, QLineEdit)
    assert box.text() == ""
    assert typing.counter.stage is Stage.SELL


def test_three_scans_in_a_row_are_all_there(typing: Desk, qtbot: QtBot) -> None:
    hand = hands("key", "--delay", "4", *WATER, "Return", *NOODLES, "Linefeed", *WATER, "Tab")
    qtbot.waitUntil(lambda: typing.counter.cart.total == Money(850), timeout=10_000)
    hand.wait(10)


def test_a_person_finds_by_pinyin_and_pays_by_keys(typing: Desk, qtbot: QtBot) -> None:
    hand = hands("type", "--delay", A_PERSON_MS, "nfsq")
    box = typing.on_screen("search")
    assert isinstance(box, QLineEdit)
    qtbot.waitUntil(lambda: box.text() == "nfsq", timeout=10_000)
    hand.wait(10)
    hands("key", "Return").wait(10)
    qtbot.waitUntil(lambda: typing.counter.cart.total == Money(200), timeout=10_000)
    hands("key", "--delay", A_PERSON_MS, "3", "asterisk", "Return").wait(10)
    qtbot.waitUntil(lambda: typing.counter.cart.total == Money(600), timeout=10_000)
    hands("key", "F12").wait(10)
    typing.wait_for(Stage.PAY)
    hands("key", "F9").wait(10)
    typing.wait_for(Stage.PAID)

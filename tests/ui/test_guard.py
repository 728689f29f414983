"""The pair of Python and PySide6 this suite runs on must be one that lasts a working day."""

import subprocess
import sys

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from pos.domain.errors import BrokenPair
from ui import guard

SOAK = """
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication([])
label = QLabel()
for number in range(10_000):
    label.setText("")
    label.update()
    label.setObjectName("")
print("lasted")
"""


@pytest.mark.parametrize(
    ("pyside", "python"),
    [("6.12.0", (3, 11, 7)), ("6.12.0", (3, 10, 13)), ("6.12.1", (3, 11, 2)), ("6.13.0a1", (3, 11)), ("7.0", (3, 11))],
)
def test_a_pair_that_aborts_is_refused(pyside: str, python: tuple[int, ...]) -> None:
    with pytest.raises(BrokenPair) as refused:
        guard.check_pair(pyside, python)
    assert refused.value.facts["pyside"] == pyside
    assert refused.value.code == "P-605"


@pytest.mark.parametrize(
    ("pyside", "python"),
    [("6.11.3", (3, 11, 7)), ("6.8.3", (3, 11, 7)), ("6.12.0", (3, 12, 0)), ("6.12.0", (3, 13, 0)), ("6.9", (3, 12))],
)
def test_a_pair_that_lasts_is_let_through(pyside: str, python: tuple[int, ...]) -> None:
    guard.check_pair(pyside, python)


def test_the_pair_at_hand_is_let_through() -> None:
    guard.check()


def test_setting_a_text_takes_nothing_from_none(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for _ in range(300):
        label.setText("")
    assert sys.getrefcount(None) - before > -50


def test_thirty_thousand_calls_leave_the_program_alive() -> None:
    soak = subprocess.run([sys.executable, "-c", SOAK], capture_output=True, text=True, timeout=120, check=False)
    assert (soak.returncode, soak.stdout) == (0, "lasted\n"), soak.stderr

"""A till on a real X server, in Chinese."""

import pytest
from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics, QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot


@pytest.mark.usefixtures("qapp")
def test_a_font_draws_chinese() -> None:
    families = QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)
    assert families, "Chinese would be empty boxes"
    drawn = QFontMetrics(QFont(families[0]))
    assert all(drawn.inFontUcs4(ord(sign)) for sign in "柜台收银￥")


@pytest.mark.x11
def test_a_window_comes_up_on_an_x_server(qtbot: QtBot) -> None:
    window = QPushButton("收款")
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    assert QGuiApplication.platformName() == "xcb"

"""The strip says in words what stands between the till and the head office."""

import pytest
from pytestqt.qtbot import QtBot

from pos.sync.status import SyncStatus
from ui.widgets.status_strip import StatusStrip


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        ("", "总部在线"),
        ("P-403", "总部不收账"),
        ("P-404", "未在总部登记"),
        ("P-405", "不是我们的总部"),
        ("P-406", "总部已停用本机"),
        ("P-407", "时钟和总部不一致"),
    ],
)
def test_what_is_wrong_with_the_way_to_the_head_office_has_words(qtbot: QtBot, problem: str, words: str) -> None:
    strip = StatusStrip()
    qtbot.addWidget(strip)
    strip.show_sync(SyncStatus(is_online=True, problem=problem))
    assert words in strip._line.text()
    assert problem in strip._line.text()

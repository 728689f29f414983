"""The strip says when the disk has no room to spare, and what to do, in both languages' words."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from pos.domain.errors import BallastFreed
from ui.widgets.status_strip import StatusStrip


def test_a_disk_without_room_to_spare_is_on_the_strip_until_there_is_some(qtbot: QtBot) -> None:
    strip = StatusStrip()
    qtbot.addWidget(strip)
    assert strip._troubles["disk"].isHidden()
    strip.show_trouble("disk", BallastFreed(path=Path("data")))
    assert not strip._troubles["disk"].isHidden()
    assert "磁盘" in strip._troubles["disk"].text()
    assert "请技术人员清理磁盘" in strip._troubles["disk"].toolTip()
    strip.show_trouble("disk", None)
    assert strip._troubles["disk"].isHidden()

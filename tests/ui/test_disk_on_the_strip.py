"""The strip says when the disk has no room to spare or a device is lost, and what to do, until it is well again."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from pos.domain.errors import BallastFreed, PoleLost, ScaleSilent
from ui.widgets.status_strip import StatusStrip


def test_a_disk_without_room_to_spare_is_on_the_strip_until_there_is_some(qtbot: QtBot) -> None:
    strip = StatusStrip()
    qtbot.addWidget(strip)
    disk = strip._troubles["disk"]
    assert disk.isHidden()
    strip.show_trouble("disk", BallastFreed(path=Path("data")))
    assert not disk.isHidden()
    assert "磁盘" in disk.text()
    assert "请技术人员清理磁盘" in disk.toolTip()
    strip.show_trouble("disk", None)
    assert disk.isHidden()


def test_a_scale_and_a_pole_display_that_are_dead_are_on_the_strip(qtbot: QtBot) -> None:
    strip = StatusStrip()
    qtbot.addWidget(strip)
    strip.show_trouble("scale", ScaleSilent(port="/dev/ttyUSB0", seconds=1.0))
    strip.show_trouble("pole", PoleLost(port="/dev/ttyS1"))
    scale, pole = strip._troubles["scale"], strip._troubles["pole"]
    assert (scale.text(), pole.text()) == ("⚠ 电子秤", "⚠ 顾客数字屏")
    assert "手工输入重量" in scale.toolTip()
    assert "照常收款" in pole.toolTip()
    strip.show_trouble("scale", None)
    assert (scale.isHidden(), pole.isHidden()) == (True, False)

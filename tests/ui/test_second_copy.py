"""The second copy's trouble is said quietly, and never stands between a sale and its receipt."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from pos.settings import Settings, TillSettings
from ui.app import App
from ui.messages import Notice


def started(folder: Path) -> App:
    settings = Settings(folder / "data", TillSettings("0017", "03", camera="none", second_copy=str(folder / "stick")))
    return App(settings, None)


def test_a_volume_that_is_not_there_is_a_quiet_sign_with_words(qtbot: QtBot, tmp_path: Path) -> None:
    app = started(tmp_path)
    try:
        strip = app.window.strip
        qtbot.waitUntil(lambda: strip._troubles["copy"].isVisibleTo(strip))
        assert "备份盘写不进去" in strip._troubles["copy"].toolTip()
    finally:
        app.close()


def test_a_volume_that_is_there_says_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    heard: list[Notice] = []
    app = started(tmp_path)
    app.counter.noticed.connect(heard.append)
    try:
        assert app.second_copy
        qtbot.waitUntil(lambda: app.second_copy is not None and app.second_copy.status.is_level)
        assert not app.window.strip._troubles["copy"].isVisibleTo(app.window.strip)
        assert heard == []
    finally:
        app.close()

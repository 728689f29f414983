"""The scale and the pole display that the settings name are opened with the till, and closed with it."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from pos.device.scale import Scale
from pos.domain.errors import ScaleLost, ScaleSilent
from pos.settings import PoleSettings, ScaleSettings, Settings, TillSettings
from tests.serial_devices import PluggedIn
from ui.app import App

CLEAR = b"\x0c"


def started(folder: Path, scale: str = "", pole: str = "") -> App:
    till = TillSettings("0017", "03", camera="none")
    return App(Settings(folder / "data", till, scale=ScaleSettings(scale), pole=PoleSettings(pole)), None)


def grams_on(scale: Scale) -> int | None:
    """What lies on it, None until it has spoken."""
    try:
        return scale.weigh().grams
    except ScaleSilent:
        return None


def test_the_scale_weighs_and_the_display_shows(qtbot: QtBot, tmp_path: Path) -> None:
    scale, pole = PluggedIn(tmp_path / "scale"), PluggedIn(tmp_path / "pole")
    app = started(tmp_path, str(scale.port), str(pole.port))
    try:
        weighing = app.counter.scale
        assert weighing
        scale.say(b"ST,GS,+  0.750kg\r\n")
        qtbot.waitUntil(lambda: grams_on(weighing) == 750, timeout=20_000)
        assert pole.hear(1) == CLEAR
    finally:
        app.close()
        for each in (scale, pole):
            each.close()


def test_devices_that_are_not_there_hold_up_nobody(tmp_path: Path) -> None:
    app = started(tmp_path, str(tmp_path / "no scale"), str(tmp_path / "no pole"))
    try:
        assert app.counter.scale
        with pytest.raises(ScaleLost):
            app.counter.scale.weigh()
        assert not app.counter.cart.lines
    finally:
        app.close()


def test_a_till_without_devices_has_none(tmp_path: Path) -> None:
    app = started(tmp_path)
    try:
        assert app.counter.scale is None
    finally:
        app.close()

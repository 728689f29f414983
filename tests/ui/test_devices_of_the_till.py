"""The scale and the pole display that the settings name are opened with the till, and closed with it."""

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from pos.device.scale import Scale
from pos.domain.errors import ScaleLost, ScaleSilent
from pos.settings import Language, PoleSettings, ScaleSettings, Settings, TillSettings
from tests.serial_devices import PluggedIn
from ui.app import App
from ui.language import current, install

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


@pytest.mark.usefixtures("qapp")
def test_what_is_pulled_out_is_on_the_strip_before_somebody_needs_it(tmp_path: Path) -> None:
    pole = PluggedIn(tmp_path / "pole")
    app = started(tmp_path, str(tmp_path / "no scale"), str(pole.port))
    try:
        app.window.resize(1366, 768)
        app.window.show()
        app._look_at_devices()
        strip = app.window.strip
        assert (strip._troubles["scale"].isVisible(), strip._troubles["pole"].isVisible()) == (True, False)
    finally:
        app.close()
        pole.close()


@pytest.mark.usefixtures("qapp")
def test_the_language_that_was_chosen_is_there_again_until_the_settings_say_another(tmp_path: Path) -> None:
    def start(language: Language) -> str:
        app = App(Settings(tmp_path / "data", TillSettings("0017", "03", camera="none", language=language)), None)
        try:
            spoken = current()
            if spoken == "zh":
                app.window.switch_language()
            return spoken
        finally:
            app.close()

    try:
        assert [start("zh"), start("zh"), start("en")] == ["zh", "en", "en"]
    finally:
        qt = QCoreApplication.instance()
        assert qt is not None
        install(qt, "zh")


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

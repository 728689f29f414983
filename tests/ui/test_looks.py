"""Colours that can be read, tones that can be heard, words in both languages."""

import math
import struct
import subprocess
import sys
import wave
import xml.etree.ElementTree as ET
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QSize
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QPlainTextEdit, QToolButton, QWidget
from pytestqt.modeltest import ModelTester

from pos.domain.cart import Cart
from pos.domain.facts import product_from
from tests.fakes import SHELF, fake_settings
from ui import language, theme
from ui.sounds import NOTES, Tone, write_tone
from ui.widgets.cart_view import CartModel
from ui.widgets.product_tiles import TilesModel

ROOT = Path(__file__).parents[2]


def luminance(colour: str) -> float:
    """Relative luminance by WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast of two colours (WCAG 2)."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(
    ("ink", "ground", "least"),
    [
        (theme.INK, theme.PAPER, 4.5),
        (theme.INK, theme.AMBER, 4.5),
        (theme.INK, theme.RED_PALE, 4.5),
        (theme.INK, theme.GREEN_PALE, 4.5),
        (theme.GREY, theme.GROUND, 4.5),
        (theme.GREEN, theme.GROUND, 4.5),
        (theme.RED, theme.PAPER, 4.5),
        (theme.PAPER, theme.GREEN, 4.5),
        (theme.PAPER, theme.INK, 4.5),
        (theme.PAPER, theme.ALIPAY, 4.5),
        (theme.PAPER, theme.VIOLET, 4.5),
        (theme.INK, theme.VIOLET_PALE, 4.5),
        (theme.GREEN, theme.VIOLET_PALE, 4.5),
        (theme.GREEN, theme.PAPER, 4.5),
        (theme.GREY, theme.VIOLET_PALE, 4.5),
        (theme.BLUE, theme.PAPER, 4.5),
        (theme.VIOLET, theme.VIOLET_PALE, 4.5),
        (theme.GREY, theme.PAPER, 4.5),
        (theme.GREY, "#ECEFF4", 4.5),
        (theme.GREY, "#DDE5E2", 4.5),
        (theme.INK, theme.AMBER_PALE, 4.5),
        (theme.GREY, theme.AMBER_PALE, 4.5),
        (theme.GREY, theme.RED_PALE, 4.5),
    ],
)
def test_words_can_be_read_on_their_ground(ink: str, ground: str, least: float) -> None:
    assert contrast(ink, ground) >= least


@pytest.mark.parametrize("kind", [QLineEdit, QPlainTextEdit])
def test_what_a_box_asks_for_can_be_read_before_anything_is_typed(
    qapp: QApplication, kind: type[QLineEdit | QPlainTextEdit]
) -> None:
    theme.apply(qapp, 1.0)
    box = kind()
    box.ensurePolished()
    asked = box.palette().color(QPalette.ColorRole.PlaceholderText)
    assert asked.alpha() == 255
    assert contrast(asked.name(), theme.PAPER) >= 4.5


def test_a_link_on_the_bar_of_training_can_be_read(qapp: QApplication) -> None:
    theme.apply(qapp, 1.0)
    window, bar = QWidget(), QFrame()
    window.setObjectName("window")
    window.setProperty("mode", "training")
    bar.setObjectName("status_strip")
    bar.setParent(window)
    link = QToolButton(bar)
    link.setProperty("role", "strip")
    link.ensurePolished()
    words, ground = (link.palette().color(role).name() for role in (link.foregroundRole(), link.backgroundRole()))
    assert contrast(words, ground) >= 4.5


def test_the_scale_follows_the_screen_within_reason() -> None:
    assert theme.scale_for(QSize(1366, 768)) == 1.0
    assert theme.scale_for(QSize(1920, 1080)) == 1.4
    assert theme.scale_for(QSize(3840, 2160)) == 1.4
    assert theme.scale_for(QSize(1024, 600)) == pytest.approx(0.75, abs=0.001)
    assert theme.scale_for(QSize(640, 480)) == 0.74
    assert theme.scale_for(QSize(3840, 2160), percent=200) == 2.8
    assert theme.scale_for(QSize(1366, 768), percent=200) == 1.0


def test_the_style_sheet_has_no_gaps() -> None:
    assert "$" not in theme.style_sheet(1.25)


@pytest.mark.parametrize("tone", Tone)
def test_a_tone_has_its_pitch_and_length(tone: Tone, tmp_path: Path) -> None:
    path = tmp_path / "tone.wav"
    write_tone(path, NOTES[tone])
    with wave.open(str(path)) as heard:
        count, rate = heard.getnframes(), heard.getframerate()
        samples = struct.unpack(f"<{count}h", heard.readframes(count))
    hertz, seconds = NOTES[tone][0]
    first = samples[: round(seconds * rate)]
    crossings = sum(1 for left, right in pairwise(first) if left < 0 <= right)
    assert math.isclose(crossings / seconds, hertz, rel_tol=0.05)
    assert math.isclose(count / rate, sum(seconds for _hertz, seconds in NOTES[tone]), rel_tol=0.01)


def test_the_models_keep_qts_rules(qtmodeltester: ModelTester) -> None:
    cart = Cart("sale")
    for each in SHELF[:2]:
        cart.add(product_from(each | {"barcode": ""}))
    cart.add_unknown("6999999999994")
    lines, tiles = CartModel(), TilesModel()
    lines.show_cart(cart)
    tiles.show_products([product_from(each | {"barcode": ""}) for each in SHELF])
    models: list[QAbstractItemModel] = [lines, tiles]
    for model in models:
        qtmodeltester.check(model)  # type: ignore[no-untyped-call]


def test_english_is_whole() -> None:
    tree = ET.parse(ROOT / "assets" / "i18n" / "guitai_en.ts")
    unfinished = [
        message.findtext("source")
        for message in tree.iter("message")
        if (told := message.find("translation")) is None or told.get("type") or not told.text
    ]
    assert not unfinished


def test_every_word_of_the_source_is_in_the_translation(tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.ts"
    sources = sorted((ROOT / "ui").rglob("*.py"))
    lupdate = Path(sys.executable).with_name("pyside6-lupdate")
    subprocess.run([lupdate, *sources, "-ts", fresh, "-silent"], cwd=ROOT, check=True)
    known = {(each.findtext("name"), words) for each, words in _words(ROOT / "assets" / "i18n" / "guitai_en.ts")}
    assert not {(each.findtext("name"), words) for each, words in _words(fresh)} - known


def _words(path: Path) -> list[tuple[ET.Element, str | None]]:
    contexts = ET.parse(path).getroot().findall("context")
    return [(context, each.findtext("source")) for context in contexts for each in context.findall("message")]


def test_the_compiled_english_is_what_the_window_shows(qapp: QApplication) -> None:
    language.install(qapp, "en")
    try:
        assert qapp.translate("CounterPage", "结算") == "Pay"
        assert qapp.translate("messages", "先扫商品") == "Scan goods first"
    finally:
        language.install(qapp, fake_settings(Path()).till.language)

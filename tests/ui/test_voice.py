"""The voice says what stands on the screen, and is silent wherever it cannot."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from pos.domain.money import Money
from pos.domain.sale import Tender, TenderKind
from tests.fakes import NOODLES, WATER
from tests.ui.conftest import Desk
from ui.sounds import Tone
from ui.stage import Stage
from ui.voice import Speech, open_voice, spoken, voice_of, words_of


@pytest.mark.parametrize(
    ("fen", "words"),
    [(0, "0元"), (5, "5分"), (50, "5角"), (55, "5角5分"), (100, "1元"), (105, "1元零5分"), (1250, "12元5角"),
     (123_456, "1234元5角6分"), (10_000, "100元")],
)  # fmt: skip
def test_amounts_are_said_as_people_say_them(fen: int, words: str) -> None:
    assert spoken(Money(fen)) == words


@given(st.integers(0, 10**9))
def test_no_fen_is_lost_in_words(fen: int) -> None:
    text = spoken(Money(fen)).replace("零", "")
    total = 0
    for sign, worth in (("元", 100), ("角", 10), ("分", 1)):
        count, found, rest = text.partition(sign)
        total, text = (total + int(count) * worth, rest) if found else (total, text)
    assert (total, text) == (fen, "")


class Engine:
    """A speech engine that writes down what it is told."""

    locales: tuple[QLocale.Language, ...] = (QLocale.Language.English, QLocale.Language.Chinese)

    def __init__(self, name: str) -> None:
        self.name = name
        self.done: list[object] = []

    @staticmethod
    def availableEngines() -> list[str]:  # noqa: N802  (Qt's name)
        return ["mock", "flite"]

    def availableLocales(self) -> list[QLocale]:  # noqa: N802
        return [QLocale(each) for each in self.locales]

    def setLocale(self, locale: QLocale) -> None:  # noqa: N802
        self.done.append(locale.language())

    def setVolume(self, volume: float) -> None:  # noqa: N802
        self.done.append(volume)

    def stop(self) -> None:
        self.done.append("stop")

    def say(self, words: str) -> None:
        self.done.append(words)


def test_a_new_sentence_ends_the_one_before() -> None:
    voice = voice_of(Engine, 60)
    assert isinstance(voice, Speech)
    voice.say("收款5元")
    assert voice._engine.name == "flite"
    assert voice._engine.done == [QLocale.Language.Chinese, 0.6, "stop", "收款5元"]


def test_where_nobody_speaks_chinese_nobody_speaks(monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> None:
    assert qapp
    monkeypatch.setattr(Engine, "locales", (QLocale.Language.English,))
    assert voice_of(Engine, 60) is None
    assert open_voice(is_wanted=False, volume_percent=80) is None
    assert open_voice(is_wanted=True, volume_percent=80) is None  # no sound on a screen that is not there


def test_what_is_said_of_a_sale_is_how_much_came_and_what_goes_back(desk: Desk) -> None:
    heard: list[str] = []
    desk.counter.sold.connect(lambda sale: heard.append(words_of(sale)))
    desk.sign_in()
    desk.counter.code_seen(NOODLES)
    desk.counter.begin_pay()
    desk.counter.pay_cash(Money(1000))
    desk.wait_for(Stage.PAID)
    assert heard == ["现金收款4元5角，找零5元5角"]
    assert desk.counter.sale
    alipay = Tender(TenderKind.ALIPAY, Money(450), Money(450), "a", "G1", "2026")
    assert words_of(replace(desk.counter.sale, tenders=(alipay,))) == "支付宝收款4元5角"


def test_each_thing_that_happens_has_a_tone_of_its_own(desk: Desk) -> None:
    desk.sign_in()
    for text in (WATER, WATER, "6999999999994", NOODLES):
        desk.counter.code_seen(text)
    assert desk.heard.tones == [Tone.GOOD, Tone.AGAIN, Tone.UNKNOWN, Tone.GOOD]

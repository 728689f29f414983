"""A till to practise on: it looks like no real one, asks nobody for money, and leaves nothing behind."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.alipay.practice import PracticeGateway
from pos.domain.errors import NeedsManager
from pos.domain.gateway import Charge, Closed, InProcess, Paid
from pos.domain.money import Money
from pos.settings import AlipaySettings, Settings
from pos.till import sign_in
from pos.till.till import open_till
from pos.till.training import prepare_training
from tests.fake_time import MORNING, FakeClock
from tests.fakes import BY_MEI, CHEAP_HASHER, LIN, MEI, NOODLES, WATER, World, quick_folder
from tests.ui.conftest import MEIS_PIN, PIN
from ui import run
from ui.app import App
from ui.application import Starting
from ui.paper.view import SlipView
from ui.stage import Stage

CODE = "281234567890123456"


@pytest.fixture
def real() -> Iterator[Settings]:
    """The settings of a till that has sold nothing yet, with Lin and Mei."""
    with quick_folder() as folder:
        world = World(folder / "till")
        till = world.open_selling()
        sign_in.put_staff(till, MEI, MEIS_PIN, hasher=CHEAP_HASHER)
        sign_in.put_staff(till, LIN, PIN, by=BY_MEI, hasher=CHEAP_HASHER)
        settings = replace(till.settings, alipay=AlipaySettings())
        till.close()
        yield settings


@pytest.fixture
def practice(real: Settings, qtbot: QtBot) -> Iterator[App]:
    assert qtbot
    app = App(prepare_training(real), None, notice="练习 · TRAINING", can_train=True)
    app.window.resize(1366, 768)
    app.window.show()
    yield app
    app.close()
    for each in (app.window, app.customer):
        each.deleteLater()


def fingerprints(folder: Path) -> dict[str, str]:
    return {
        each.name: hashlib.sha256(each.read_bytes()).hexdigest() for each in folder.iterdir() if each.suffix == ".db"
    }


def begin_shift(app: App, qtbot: QtBot) -> None:
    app.counter.sign_in(LIN.number, PIN)
    qtbot.waitUntil(lambda: app.counter.stage is Stage.OPEN_SHIFT, timeout=5000)
    app.counter.open_shift(Money(10_000))
    qtbot.waitUntil(lambda: app.counter.stage is Stage.SELL, timeout=5000)


def test_practising_touches_nothing_that_is_real(real: Settings, practice: App, qtbot: QtBot) -> None:
    before = fingerprints(real.data_dir)
    begin_shift(practice, qtbot)
    practice.counter.code_seen(WATER)
    practice.counter.begin_pay()
    practice.window.counter.take_exact()
    qtbot.waitUntil(lambda: practice.counter.stage is Stage.PAID, timeout=5000)
    assert practice.sold_fen() == 200
    assert fingerprints(real.data_dir) == before
    assert practice.sync is None


def test_a_receipt_says_so_at_the_top_and_at_the_bottom(practice: App, qtbot: QtBot) -> None:
    begin_shift(practice, qtbot)
    practice.counter.code_seen(NOODLES)
    practice.counter.begin_pay()
    practice.counter.code_seen(CODE)
    qtbot.waitUntil(lambda: practice.counter.stage is Stage.PAID, timeout=5000)
    receipt = practice.window.findChild(SlipView, "receipt")
    assert isinstance(receipt, SlipView)
    rows = receipt.text().splitlines()
    assert "练习" in rows[0]
    assert "练习" in rows[-1]
    assert practice.counter.sale
    assert practice.counter.sale.tenders[0].trade_no.startswith("TRAINING")


def test_every_window_is_marked(practice: App) -> None:
    for window in (practice.window, practice.customer):
        assert window.property("mode") == "training"
        assert window.findChildren(type(window), "watermark") is not None
    assert "TRAINING" in practice.window.strip._simulator.text()
    assert practice.window.strip.training.isVisible()


def test_the_mark_survives_another_language(practice: App) -> None:
    practice.window.switch_language()
    assert "TRAINING" in practice.window.strip._simulator.text()
    practice.window.switch_language()


def test_each_practice_begins_with_nothing(real: Settings) -> None:
    first = open_till(prepare_training(real))
    first.close()
    (real.data_dir / "training" / "left.txt").write_text("x")
    settings = prepare_training(real)
    assert not (settings.data_dir / "left.txt").exists()
    assert (settings.hub.url, settings.till.second_copy, settings.alipay.private_key) == ("", "", "")


def test_only_a_manager_begins_and_anybody_ends(real: Settings, qtbot: QtBot) -> None:
    app = App(real, None, can_train=True)
    app.window.show()
    wanted: list[bool] = []
    said: list[object] = []
    app.window.training_wanted.connect(wanted.append)
    app.counter.noticed.connect(said.append)
    try:
        app.window.strip.training.click()
        assert app.counter.stage is Stage.SIGN_IN
        app.window.sign_in.number.setText(LIN.number)
        app.window.sign_in.pin.setText(PIN)
        app.window.strip.training.click()
        qtbot.waitUntil(lambda: any(isinstance(each, NeedsManager) for each in said), timeout=5000)
        assert wanted == []
        app.window.sign_in.number.setText(MEI.number)
        app.window.sign_in.pin.setText(MEIS_PIN)
        app.window.strip.training.click()
        qtbot.waitUntil(lambda: wanted == [True], timeout=5000)
    finally:
        app.close()
        app.window.deleteLater()


def test_leaving_gives_the_real_till_back(real: Settings, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[bool] = []

    class Watched(App):
        def start(self) -> None:
            shown.append(self._settings.is_training)
            wanted = {1: True, 2: False}.get(len(shown))
            QTimer.singleShot(
                0, partial(qapp.exit, 0) if wanted is None else partial(self.window.training_wanted.emit, wanted)
            )

    monkeypatch.setattr(run, "App", Watched)
    monkeypatch.setattr(run, "keep_log", lambda _folder: None)
    starting = Starting("柜台示例店")
    assert run.run(qapp, starting, real) == 0
    starting.deleteLater()
    assert shown == [False, True, False]


def test_a_code_of_ours_is_paid_after_a_moment_and_can_be_stopped_before() -> None:
    gateway = PracticeGateway(FakeClock())
    for number in ("one", "two"):
        gateway.precreate(Charge(number, Money(500), "", "s", "0017", "03", "1001"), MORNING)
    assert [gateway.query("one") for _look in range(2)] == [InProcess(), InProcess()]
    assert isinstance(gateway.query("one"), Paid)
    gateway.close_trade("two")
    assert gateway.query("two") == Closed()

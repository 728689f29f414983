"""The page of labels: a manager scans three, compares, takes the rule; what cannot be is said in words."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
import shiboken6
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from pos.domain.staff import Cashier
from pos.storage import catalogue
from pos.till import labels
from pos.till.till import Till, open_reading_till
from tests.fakes import LIN, MEI, World, fake_settings, quick_folder
from tests.ui.conftest import find
from tests.unit.domain.test_scale_label import complete
from tests.unit.till.test_labels import SHELF
from ui import theme
from ui.labels.desk import LabelDesk, Rules
from ui.labels.page import LabelPage
from ui.lane import Lane

BY_AMOUNT = [complete("2200105" + "04780"), complete("2200106" + "04598"), complete("2200107" + "02433")]
"""39.60 x 1.207 kg, 89.80 x 0.512 kg, 69.90 x 0.348 kg"""
BY_BOTH = [
    complete("2600105" + "04780" + "01207"), complete("2600106" + "04086" + "00512"),
    complete("2600107" + "02433" + "00348"),
]  # fmt: skip
"""The second at 79.80, an old price."""


@dataclass
class Bench:
    """The page with a manager before it."""

    page: LabelPage
    till: Till
    qtbot: QtBot
    who: list[Cashier]
    left: list[bool] = field(default_factory=list)
    kept: list[Rules] = field(default_factory=list)

    def press(self, name: str) -> None:
        """Press a button that is seen."""
        button = find(self.page, name)
        assert isinstance(button, QAbstractButton)
        assert button.isVisible()
        button.click()

    def wait_for(self, name: str) -> None:
        """Wait until a part is seen."""
        self.qtbot.waitUntil(lambda: find(self.page, name).isVisible(), timeout=5000)

    def read(self, name: str) -> str:
        """What a label says; empty while it is not seen."""
        found = find(self.page, name)
        assert isinstance(found, QLabel)
        return found.text() if found.isVisible() else ""

    def scan(self, texts: list[str]) -> None:
        """Scan labels one after the other."""
        for text in texts:
            self.page.take(text)


@pytest.fixture
def bench(qtbot: QtBot, qapp: QApplication) -> Iterator[Bench]:
    """The page by itself, on a till that sells."""
    theme.apply(qapp, 1.0)
    with quick_folder() as folder:
        world = World(folder / "till")
        writing = world.open_selling()
        catalogue.apply_feed(writing.prices, SHELF, [], "2")
        writing.close()
        lane: Lane[Till] = Lane(world.open, "till")
        till = open_reading_till(fake_settings(world.folder), world.clock, world.ids)
        at_the_counter = [MEI]
        page = LabelPage(LabelDesk(till, lane), lambda: at_the_counter[0])
        made = Bench(page, till, qtbot, at_the_counter)
        page.left.connect(lambda: made.left.append(True))
        page.kept.connect(made.kept.append)
        page.resize(1366, 680)
        page.show()
        page.open()
        try:
            yield made
        finally:
            lane.close()
            shiboken6.delete(page)
            till.close()


def test_three_labels_are_read_back_and_one_button_takes_the_rule(bench: Bench) -> None:
    bench.scan(BY_AMOUNT[:2])
    assert not bench.page.proposal.isVisible(), "two labels prove nothing"
    bench.scan(BY_AMOUNT[2:])
    assert "开头 22" in bench.read("label_rule")
    assert "金额 5 位" in bench.read("label_rule")
    assert (bench.read("label_name_0"), bench.read("label_weight_0"), bench.read("label_amount_0")) == (
        "雪花梨", "1.207 kg", "¥47.80",
    )  # fmt: skip
    assert "整克数" in bench.read("label_reasons")
    bench.press("label_keep")
    bench.qtbot.waitUntil(lambda: bool(bench.kept), timeout=5000)
    assert labels.rules_found_here(bench.till)[0].layout == "PPWWWWWAAAAAC"
    assert bench.read("label_verdict").startswith("✓")
    bench.wait_for("label_found_rule")
    assert "开头 22" in bench.read("label_found_rule")


def test_another_reading_is_one_button_away_with_what_speaks_against_it(bench: Bench) -> None:
    bench.scan(BY_AMOUNT)
    bench.press("label_other")
    assert "重量 5 位" in bench.read("label_rule")
    assert bench.read("label_weight_0") == "4.780 kg"
    bench.press("label_other")
    assert "金额 5 位" in bench.read("label_rule")


def test_an_old_price_in_the_scale_is_shown_with_both_amounts(bench: Bench) -> None:
    bench.scan(BY_BOTH)
    # 89.80 x 0.512 = 45.9776
    assert bench.read("label_amount_1") == "⚠ ¥40.86 ≠ ¥45.98"
    assert "旧价" in bench.read("label_reasons")


def test_what_is_no_label_is_said_and_the_next_scan_works(bench: Bench) -> None:
    bench.scan(["6901234567892"])
    assert "这不是秤标签" in bench.read("label_verdict")
    bench.scan([BY_AMOUNT[0], BY_AMOUNT[0]])
    assert "已经扫过" in bench.read("label_verdict")
    bench.scan(BY_AMOUNT[1:])
    assert bench.page.proposal.isVisible()


def test_labels_that_contradict_each_other_are_refused_in_words(bench: Bench) -> None:
    bench.scan([BY_AMOUNT[0], BY_AMOUNT[1], BY_BOTH[2]])
    assert "不是同一种秤标签" in bench.read("label_verdict")
    assert not bench.page.proposal.isVisible()
    bench.scan([complete("229990100500"), complete("229990200600"), complete("229990300700")])
    assert "没有一种读法" in bench.read("label_verdict")
    bench.press("label_again")
    assert bench.read("label_verdict") == ""


def test_a_label_can_be_typed(bench: Bench) -> None:
    QTest.keyClicks(bench.page.box, BY_AMOUNT[0])
    bench.press("label_add")
    assert bench.read("label_text_0") == f"✓ {BY_AMOUNT[0]}"
    assert bench.page.box.text() == ""


def test_a_cashier_cannot_take_a_rule(bench: Bench) -> None:
    bench.who[0] = LIN
    bench.scan(BY_AMOUNT)
    bench.press("label_keep")
    bench.qtbot.waitUntil(lambda: "店长" in bench.read("label_verdict"), timeout=5000)
    assert labels.rules_found_here(bench.till) == ()


def test_a_rule_that_was_taken_can_be_taken_away(bench: Bench) -> None:
    bench.scan(BY_AMOUNT)
    bench.press("label_keep")
    bench.qtbot.waitUntil(lambda: len(bench.kept) == 1, timeout=5000)
    bench.wait_for("label_drop")
    bench.press("label_drop")
    bench.qtbot.waitUntil(lambda: len(bench.kept) == 2, timeout=5000)
    assert labels.rules_found_here(bench.till) == ()
    assert bench.read("label_verdict").startswith("✓")


def test_touch_targets_are_large_enough_and_nothing_is_cut(bench: Bench) -> None:
    bench.scan(BY_BOTH)
    for button in bench.page.findChildren(QAbstractButton):
        if button.isVisible():
            assert button.height() >= (80 if button.property("role") == "primary" else 56), button.objectName()
    for part in bench.page.findChildren(QWidget):
        if part.isVisible() and isinstance(part, QLabel) and part.text():
            assert part.height() >= part.heightForWidth(part.width()), part.objectName()
    bench.press("label_back")
    assert bench.left == [True]

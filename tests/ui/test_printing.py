"""Paper on the counter: it comes out with the sale, is waited for by nobody, and can be had again by one key."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QPlainTextEdit, QPushButton

from pos.domain.cash import CashKind
from pos.domain.money import Money
from pos.domain.paper import KEPT_AS, Paper
from pos.domain.slip import NARROW
from pos.till import preferences, printing, slips
from tests.fake_printer import FakePrinter
from tests.fakes import BY_MEI, LIN, MEI, WATER
from tests.ui.conftest import MEIS_PIN, PIN, Desk, find
from ui.paper.view import SlipView
from ui.printing.paper_keys import save_pdf
from ui.stage import Stage


@pytest.fixture
def fake() -> Iterator[FakePrinter]:
    """A printer on the network that speaks ESC/POS."""
    made = FakePrinter()
    yield made
    made.switch_off()


@pytest.fixture
def selling(desk: Desk, fake: FakePrinter) -> Desk:
    """A till with that printer, and Lin before it."""
    till = desk.world.open()
    preferences.keep_preference(till, KEPT_AS, Paper(printer=fake.address).as_json(), by=BY_MEI)
    till.close()
    desk.sign_in()
    return desk


def sell_water(desk: Desk) -> None:
    """Sell a bottle of water for cash."""
    desk.counter.code_seen(WATER)
    desk.counter.begin_pay()
    desk.counter.pay_cash(Money(200))
    desk.wait_for(Stage.PAID)


def wait_for_slips(desk: Desk, fake: FakePrinter, count: int) -> None:
    """Wait until so many slips came out."""
    desk.qtbot.waitUntil(lambda: len(fake.paper.slips) == count, timeout=10_000)


def visible(desk: Desk, name: str) -> list[QPushButton]:
    """The buttons of a name that are seen on the queue's page."""
    return [each for each in desk.window.printing.findChildren(QPushButton, name) if each.isVisible()]


def wait_for_waiting(desk: Desk, count: int) -> None:
    """Wait until so many jobs wait."""
    desk.qtbot.waitUntil(lambda: stands(desk).waiting == count, timeout=10_000)


def stands(desk: Desk) -> printing.Standing:
    """How printing stands."""
    return desk.window._room.printing.standing


def test_a_sale_comes_out_on_paper_and_the_drawer_opens(selling: Desk, fake: FakePrinter) -> None:
    sell_water(selling)
    selling.qtbot.waitUntil(lambda: selling.read("paid_printed").startswith("✓"), timeout=10_000)
    assert [len(fake.paper.slips), fake.paper.kicks, fake.paper.faults] == [1, 1, []]
    assert selling.counter.sale
    shown = find(selling.window, "receipt")
    assert isinstance(shown, SlipView)
    printed = [row for row in shown.text().splitlines() if not row.startswith("[")]
    assert fake.paper.slips[0] == printed
    assert fake.paper.codes == [selling.counter.sale.receipt_no]


def test_one_key_prints_the_last_receipt_again(selling: Desk, fake: FakePrinter) -> None:
    sell_water(selling)
    wait_for_slips(selling, fake, 1)
    QTest.keyClick(selling.window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    wait_for_slips(selling, fake, 2)
    assert "副本 1" in "".join(fake.paper.slips[1])
    selling.press("paid_again")
    wait_for_slips(selling, fake, 3)
    assert "副本 2" in "".join(fake.paper.slips[2])
    assert fake.paper.kicks == 1


def test_a_printer_without_paper_stops_no_sale_and_says_what_to_do(selling: Desk, fake: FakePrinter) -> None:
    fake.paper.has_paper = False
    for _ in range(2):
        sell_water(selling)
        selling.qtbot.waitUntil(lambda: selling.read("paid_printed") == "⚠ 缺纸：换纸后自动打印小票", timeout=10_000)
    assert fake.paper.kicks == 2
    strip = selling.window.strip.printing
    assert strip.isVisible()
    assert strip.text() == "⚠ 没有纸 · 2"
    strip.click()
    assert selling.counter.stage is Stage.PRINTING
    assert selling.read("print_title") == "⚠ 没有纸 · 2 张在等"
    assert "P-332" in selling.read("print_trouble")
    fake.paper.has_paper = True
    selling.window._room.printing.look()
    wait_for_slips(selling, fake, 2)
    selling.qtbot.waitUntil(lambda: stands(selling) == printing.Standing(), timeout=5_000)
    assert not strip.isVisible()


def test_what_is_old_is_printed_by_a_persons_word_only(selling: Desk, fake: FakePrinter) -> None:
    fake.paper.is_cover_open = True
    for count in (1, 2):
        sell_water(selling)
        wait_for_waiting(selling, count)
    selling.world.clock.advance(14 * 3600)
    fake.paper.is_cover_open = False
    selling.window._room.printing.look()
    selling.qtbot.waitUntil(lambda: stands(selling).held == 2, timeout=10_000)
    assert fake.paper.slips == []
    selling.counter.show(Stage.PRINTING)
    selling.qtbot.waitUntil(lambda: len(visible(selling, "print_go")) == 2, timeout=5_000)
    visible(selling, "print_go")[0].click()
    wait_for_slips(selling, fake, 1)
    selling.qtbot.waitUntil(lambda: stands(selling).held == 1, timeout=5_000)
    selling.qtbot.waitUntil(lambda: len(visible(selling, "print_drop")) == 1, timeout=5_000)
    visible(selling, "print_drop")[0].click()
    selling.qtbot.waitUntil(lambda: stands(selling) == printing.Standing(), timeout=5_000)
    assert len(fake.paper.slips) == 1
    QTest.keyClick(selling.window, Qt.Key.Key_Escape)
    assert selling.counter.stage is Stage.SELL


def test_where_no_printer_is_set_nothing_is_said_of_paper(desk: Desk) -> None:
    desk.sign_in()
    sell_water(desk)
    assert not desk.window.strip.printing.isVisible()
    assert not find(desk.window, "paid_printed").isVisible()
    QTest.keyClick(desk.window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    desk.qtbot.waitUntil(lambda: any(getattr(each, "code", "") == "P-336" for each in desk.said), timeout=5_000)


def test_another_language_prints_nothing_twice(selling: Desk, fake: FakePrinter) -> None:
    sell_water(selling)
    wait_for_slips(selling, fake, 1)
    selling.window.switch_language()
    try:
        told = selling.window.counter.findChild(QLabel, "paid_printed")
        assert isinstance(told, QLabel)
        selling.qtbot.waitUntil(lambda: told.text().startswith("✓"), timeout=5_000)
        assert len(fake.paper.slips) == 1
    finally:
        selling.window.switch_language()


def choose(desk: Desk, name: str, text: str) -> None:
    """Put a text into a box of the paper's page."""
    box = desk.on_screen(name)
    if isinstance(box, QPlainTextEdit):
        box.setPlainText(text)
    else:
        assert isinstance(box, QLineEdit)
        box.setText(text)


def preview(desk: Desk) -> str:
    """What the preview of the paper says."""
    shown = desk.on_screen("paper_preview")
    assert isinstance(shown, SlipView)
    return shown.text()


def test_a_manager_sees_what_the_store_will_print_tries_it_and_keeps_it(desk: Desk, fake: FakePrinter) -> None:
    desk.sign_in(MEI.number, MEIS_PIN)
    desk.counter.show(Stage.STORE)
    desk.press("store_paper")
    assert not find(desk.window, "paper_test").isEnabled()
    choose(desk, "paper_head", "人民路 1 号")
    choose(desk, "paper_foot", "欢迎再来")
    choose(desk, "paper_printer", fake.address)
    desk.press(f"paper_{NARROW}")
    fake.paper.columns = NARROW
    rows = [row for row in preview(desk).splitlines() if not row.startswith("[")]
    assert {"人民路 1 号", "欢迎再来"} <= {row.strip() for row in rows}
    assert "-" * NARROW in rows
    desk.press("paper_test")
    desk.qtbot.waitUntil(lambda: desk.read("paper_words").startswith("✓"), timeout=10_000)
    assert (fake.paper.slips, fake.paper.faults) == ([rows], [])
    desk.press("paper_keep")
    desk.qtbot.waitUntil(lambda: desk.read("paper_words") == "✓ 已保存", timeout=10_000)
    assert slips.paper_of(desk.till) == Paper(fake.address, NARROW, "人民路 1 号", "欢迎再来")
    QTest.keyClick(desk.window, Qt.Key.Key_Escape)
    assert desk.counter.stage is Stage.STORE


def test_an_address_that_nothing_can_have_is_not_kept(desk: Desk) -> None:
    desk.sign_in(MEI.number, MEIS_PIN)
    desk.counter.show(Stage.PAPER)
    choose(desk, "paper_printer", "打印机")
    desk.press("paper_keep")
    desk.qtbot.waitUntil(lambda: "P-330" in desk.read("paper_words"), timeout=5_000)
    assert slips.paper_of(desk.till) == Paper()


def test_a_cashier_keeps_nothing(desk: Desk) -> None:
    desk.sign_in()
    desk.counter.show(Stage.PAPER)
    choose(desk, "paper_head", "到处")
    desk.press("paper_keep")
    desk.qtbot.waitUntil(lambda: "P-116" in desk.read("paper_words"), timeout=5_000)
    assert slips.paper_of(desk.till) == Paper()


def test_a_picture_becomes_the_stores_sign(desk: Desk, tmp_path: Path) -> None:
    picture = QImage(800, 400, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.black)
    picture.save(str(tmp_path / "sign.png"))
    desk.sign_in(MEI.number, MEIS_PIN)
    desk.counter.show(Stage.PAPER)
    desk.window.paper._set_logo(tmp_path / "sign.png")
    logo = desk.window.paper.chosen.logo
    assert logo is not None
    assert (logo.width, logo.height, set(logo.bits)) == (384, 192, {0xFF})
    desk.window.paper._set_logo(tmp_path / "nothing.png")
    assert "P-338" in desk.read("paper_words")
    desk.press("paper_no_logo")
    assert desk.window.paper.chosen.logo is None


def test_any_paper_can_be_a_pdf(selling: Desk, fake: FakePrinter, tmp_path: Path) -> None:
    sell_water(selling)
    wait_for_slips(selling, fake, 1)
    [job] = selling.window._room.printing.jobs()
    save_pdf(selling.window._room.printing, (job.slip, 48), tmp_path / "1.pdf")
    assert (tmp_path / "1.pdf").read_bytes().startswith(b"%PDF-")
    save_pdf(selling.window._room.printing, (job.slip, 48), tmp_path / "gone" / "1.pdf")
    assert getattr(selling.said[-1], "code", "") == "P-337"


def give_back_all(desk: Desk) -> None:
    """Return every line of the sale that was made last, Mei agreeing."""
    assert desk.counter.sale
    desk.counter.code_seen(desk.counter.sale.receipt_no)
    desk.qtbot.waitUntil(lambda: bool(desk.window.returns._rows), timeout=5_000)
    desk.press("return_all")
    desk.window.returns.approval.number.setText(MEI.number)
    desk.window.returns.approval.pin.setText(MEIS_PIN)
    desk.press("return_confirm")
    desk.qtbot.waitUntil(lambda: find(desk.window, "return_slip").isVisible(), timeout=5_000)


def slip_rows(desk: Desk, name: str) -> list[str]:
    """Return the rows of a slip on the screen."""
    shown = desk.on_screen(name)
    assert isinstance(shown, SlipView)
    return [row for row in shown.text().splitlines() if not row.startswith("[")]


def test_a_return_comes_out_as_it_is_shown_and_again_by_key_and_touch(selling: Desk, fake: FakePrinter) -> None:
    sell_water(selling)
    wait_for_slips(selling, fake, 1)
    give_back_all(selling)
    wait_for_slips(selling, fake, 2)
    assert fake.paper.slips[1] == slip_rows(selling, "return_slip")
    assert any("退现金" in row for row in fake.paper.slips[1])
    assert (fake.paper.kicks, fake.paper.faults) == (2, [])
    QTest.keyClick(selling.window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    wait_for_slips(selling, fake, 3)
    selling.press("return_print")
    wait_for_slips(selling, fake, 4)
    assert ["副本 1" in "".join(fake.paper.slips[2]), "副本 2" in "".join(fake.paper.slips[3])] == [True, True]
    assert fake.paper.kicks == 2
    selling.counter.code_seen(WATER)
    assert not find(selling.window, "return_slip").isVisible()


def test_an_exchange_shows_and_prints_both_papers(selling: Desk, fake: FakePrinter) -> None:
    sell_water(selling)
    wait_for_slips(selling, fake, 1)
    assert selling.counter.sale
    selling.counter.code_seen(selling.counter.sale.receipt_no)
    selling.qtbot.waitUntil(lambda: bool(selling.window.returns._rows), timeout=5_000)
    selling.press("return_all")
    selling.window.returns.approval.number.setText(MEI.number)
    selling.window.returns.approval.pin.setText(MEIS_PIN)
    selling.press("return_exchange")
    selling.wait_for(Stage.SELL)
    sell_water(selling)
    wait_for_slips(selling, fake, 3)
    assert fake.paper.slips[1] == slip_rows(selling, "receipt")
    assert fake.paper.slips[2] == slip_rows(selling, "receipt_exchanged")
    assert fake.paper.kicks == 1


def test_a_shift_ends_with_its_report_on_paper_and_has_it_again_later(selling: Desk, fake: FakePrinter) -> None:
    sell_water(selling)
    wait_for_slips(selling, fake, 1)
    selling.counter.next_sale()
    selling.counter.show(Stage.CLOSE_SHIFT)
    assert (stands(selling).waiting, fake.paper.kicks) == (0, 1)
    QTest.keyClick(selling.window, Qt.Key.Key_F10)
    selling.qtbot.waitUntil(lambda: fake.paper.kicks == 2, timeout=5_000)
    selling.counter.close_shift(Money(10_200))
    selling.wait_for(Stage.SHIFT_CLOSED)
    wait_for_slips(selling, fake, 2)
    first = "\n".join(fake.paper.slips[1])
    assert "0017-03-Z0001" in first
    assert "开钱箱  1 笔" in first
    selling.press("closed_print")
    wait_for_slips(selling, fake, 3)
    assert "副本 1" in "\n".join(fake.paper.slips[2])
    assert fake.paper.kicks == 2


def test_the_drawer_opens_for_the_float_and_for_what_moves(selling: Desk, fake: FakePrinter) -> None:
    selling.counter.close_shift(Money(10_000))
    selling.wait_for(Stage.SHIFT_CLOSED)
    wait_for_slips(selling, fake, 1)
    assert fake.paper.kicks == 0
    selling.counter.sign_out()
    selling.counter.sign_in(LIN.number, PIN)
    selling.wait_for(Stage.OPEN_SHIFT)
    assert fake.paper.kicks == 0
    selling.counter.open_shift(Money(10_000))
    selling.qtbot.waitUntil(lambda: fake.paper.kicks == 1, timeout=5_000)
    selling.window.cash_move.kind = CashKind.IN
    selling.counter.show(Stage.CASH_MOVE)
    selling.window.cash_move.amount.setText("5")
    selling.press("cash_confirm")
    selling.qtbot.waitUntil(lambda: fake.paper.kicks == 2, timeout=5_000)


def test_a_past_shift_is_printed_again_and_an_open_one_without_what_is_to_be_counted(
    selling: Desk, fake: FakePrinter
) -> None:
    selling.counter.close_shift(Money(10_000))
    selling.wait_for(Stage.SHIFT_CLOSED)
    wait_for_slips(selling, fake, 1)
    selling.counter.sign_out()
    selling.sign_in()
    selling.counter.open_shift(Money(10_000))
    selling.wait_for(Stage.SELL)
    selling.counter.show(Stage.FIGURES)
    selling.press("figures_print")
    wait_for_slips(selling, fake, 2)
    x_report = "\n".join(fake.paper.slips[1])
    assert ["X 报表" in x_report, "应有现金" in x_report] == [True, False]
    selling.press("figures_z_0")
    QTest.keyClick(selling.window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    wait_for_slips(selling, fake, 3)
    again = "\n".join(fake.paper.slips[2])
    assert ["0017-03-Z0001" in again, "副本 1" in again, "应有现金" in again] == [True, True, True]


def test_where_no_printer_is_set_no_drawer_is_missed(desk: Desk) -> None:
    desk.sign_in()
    desk.counter.show(Stage.CLOSE_SHIFT)
    assert not find(desk.window, "close_shift_drawer").isVisible()
    QTest.keyClick(desk.window, Qt.Key.Key_F10)
    desk.counter.close_shift(Money(10_000))
    desk.wait_for(Stage.SHIFT_CLOSED)
    assert not find(desk.window, "closed_print").isVisible()
    assert find(desk.window, "closed_pdf").isVisible()
    assert [getattr(each, "code", "") for each in desk.said if each] == []


def test_a_part_in_cash_opens_the_drawer_when_it_is_taken_and_when_it_goes_back(
    selling: Desk, fake: FakePrinter
) -> None:
    selling.counter.code_seen(WATER)
    selling.counter.begin_pay()
    selling.counter.take_cash_part(Money(100))
    selling.wait_for(Stage.PAY)
    selling.qtbot.waitUntil(lambda: fake.paper.kicks == 1, timeout=5_000)
    (part,) = selling.counter.parts.standing.paid
    selling.counter.parts.give_back(part)
    selling.qtbot.waitUntil(lambda: fake.paper.kicks == 2, timeout=5_000)
    selling.counter.parts.handed_back(selling.counter.parts.to_hand_back[0])
    selling.qtbot.waitUntil(lambda: not selling.counter.parts.is_busy, timeout=5_000)
    assert fake.paper.kicks == 2


def test_a_z_is_a_pdf_by_its_key(
    selling: Desk, fake: FakePrinter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    selling.counter.close_shift(Money(10_000))
    selling.wait_for(Stage.SHIFT_CLOSED)
    wait_for_slips(selling, fake, 1)
    asked: list[str] = []

    def choose_file(_over: object, _title: str, name: str, _kinds: str) -> tuple[str, str]:
        asked.append(name)
        return str(tmp_path / name), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose_file)
    selling.press("closed_pdf")
    assert asked == ["0017-03-Z0001.pdf"]
    assert (tmp_path / asked[0]).read_bytes().startswith(b"%PDF-")


@pytest.fixture
def managing(selling: Desk) -> Desk:
    """Mei before her figures, after one bottle of water."""
    sell_water(selling)
    selling.counter.next_sale()
    selling.counter.sign_out()
    selling.sign_in(MEI.number, MEIS_PIN)
    selling.press("strip_today")
    return selling


def test_a_managers_view_is_one_job_of_the_receipt_printer(managing: Desk, fake: FakePrinter) -> None:
    wait_for_slips(managing, fake, 1)
    managing.press("manager_rail_3")
    managing.press("manager_print")
    wait_for_slips(managing, fake, 2)
    managing.qtbot.waitUntil(lambda: managing.read("manager_said") == "✓ 已打印", timeout=5_000)
    rows = fake.paper.slips[1]
    assert rows[2].strip() == "商品"
    assert "600101 农夫山泉 550ml" + " " * 18 + "1 件 2.00" in rows
    jobs = managing.window._room.printing.jobs()
    assert len(jobs) == 2
    assert fake.paper.kicks == 1, "the sale's"
    managing.counter.show(Stage.PRINTING)
    assert len(visible(managing, "print_pdf")) == 1, "the receipt's; figures are had on their page"


def test_a_span_of_days_says_on_paper_which(managing: Desk, fake: FakePrinter) -> None:
    managing.press("manager_rail_3")
    managing.press("goods_span_1")
    managing.press("manager_print")
    wait_for_slips(managing, fake, 2)
    assert any(row.endswith("2026-11-17 ~ 2026-11-23") for row in fake.paper.slips[1])


def test_without_a_printer_the_managers_page_says_what_to_do(managing: Desk) -> None:
    till = managing.world.open()
    preferences.keep_preference(till, KEPT_AS, Paper().as_json(), by=BY_MEI)
    till.close()
    managing.press("manager_print")
    managing.qtbot.waitUntil(lambda: managing.read("manager_said").startswith("⚠"), timeout=5_000)
    assert "打印机" in managing.read("manager_said")


def open_badge(desk: Desk) -> SlipView:
    """Lin's new badge, given by Mei."""
    desk.press("manager_rail_9")
    desk.press("journal_staff")
    desk.press("roster_badge")
    assert "先点一个人" in desk.read("staff_answer")
    desk.window.today.boards.staff.pick(0)
    desk.press("roster_badge")
    assert "再按一次" in desk.read("staff_answer")
    desk.press("roster_badge")
    desk.qtbot.waitUntil(lambda: "只显示这一次" in desk.read("staff_answer"), timeout=5_000)
    shown = desk.on_screen("badge_slip")
    assert isinstance(shown, SlipView)
    return shown


def test_a_new_badge_comes_out_as_it_is_shown_and_signs_in(managing: Desk, fake: FakePrinter) -> None:
    wait_for_slips(managing, fake, 1)
    shown = open_badge(managing).text()
    assert f"{LIN.name} {LIN.number}" in shown
    managing.press("badge_print")
    wait_for_slips(managing, fake, 2)
    badge = fake.paper.codes[-1]
    assert badge.startswith("GTB1:")
    assert f"[{badge}]" in shown
    assert len(managing.window._room.printing.jobs()) == 1, "the sale's: a badge is kept in no queue"
    managing.counter.sign_out()
    managing.counter.badges.show(badge)
    managing.qtbot.waitUntil(lambda: managing.counter.cashier == LIN, timeout=5_000)


def test_nobody_who_comes_next_sees_the_badge(managing: Desk) -> None:
    shown = open_badge(managing)
    managing.press("manager_rail_1")
    assert "GTB1:" not in shown.text()

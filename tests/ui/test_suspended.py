"""The list of suspended carts, used by hand: one key or one touch, and nothing is lost."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel

from pos.domain.cart import Cart
from pos.domain.errors import DiskFull, PosError
from pos.domain.facts import cart_facts
from pos.domain.money import Money
from pos.domain.staff import By
from pos.domain.suspended import SuspendedCart
from pos.till import suspend
from tests.fake_time import MORNING
from tests.fakes import LIN, NOODLES, TEA, WATER
from tests.ui.conftest import Desk, find
from tests.unit.till.test_suspend import Counted
from ui.language import spoken
from ui.suspended.aside import Aside
from ui.suspended.page import SuspendedPage
from ui.suspended.row import goods_words

BY_LIN = By(LIN)


def fail(error: PosError) -> None:
    """No error is expected."""
    raise AssertionError(error)


class Opened:
    """A page on a till, with a hub that has what it is given."""

    def __init__(self, desk: Desk, hub: Counted | None) -> None:
        self.desk, self.hub = desk, hub
        self.aside = Aside(desk.till, desk.counter._lane, desk.counter._payments, hub)
        self.counts: list[int] = []
        self.carts: list[Cart] = []
        self.aside.counted.connect(self.counts.append)
        self.page = SuspendedPage(desk.counter, self.aside)
        self.page.resumed.connect(self.carts.append)
        self.page.resize(1366, 768)

    def suspend(self, *texts: str, note: str = "") -> SuspendedCart:
        """Lay a cart aside."""
        for text in texts:
            self.desk.counter.code_seen(text)
        done: list[SuspendedCart] = []
        self.aside.suspend(self.desk.counter.cart.snapshot(), note, BY_LIN, done.append, fail)
        self.desk.qtbot.waitUntil(lambda: bool(done), timeout=5000)
        self.desk.counter.basket.start_next()
        return done[0]

    def open(self, rows: int) -> None:
        """Open the page."""
        self.page.show()
        self.page.open()
        self.desk.qtbot.waitUntil(lambda: len(self.rows()) == rows and not self.is_waiting(), timeout=5000)

    def is_waiting(self) -> bool:
        """Whether a lane has something to do."""
        asked = self.hub.asked if self.hub else []
        done: list[object] = []
        for lane in (self.desk.counter._lane, self.desk.counter._payments):
            lane.run(lambda _till: asked, done.append, done.append)
        self.desk.qtbot.waitUntil(lambda: len(done) == 2, timeout=5000)
        return False

    def rows(self) -> list[QAbstractButton]:
        """The rows that are seen."""
        found = self.page.findChildren(QAbstractButton, "suspended_resume")
        return [each for each in found if each.isVisible()]

    def read(self, name: str) -> list[str]:
        """The words of a label."""
        return [each.text() for each in self.page.findChildren(QLabel, name) if each.isVisible()]

    def press(self, name: str, place: int = 0) -> None:
        """Press a button."""
        found = [each for each in self.page.findChildren(QAbstractButton, name) if each.isVisible()]
        found[place].click()

    def resumed(self) -> Cart:
        """The cart that was gone on with last."""
        self.desk.qtbot.waitUntil(lambda: bool(self.carts), timeout=5000)
        return self.carts[-1]


@pytest.fixture
def opened(desk: Desk) -> Iterator[Opened]:
    """The page, with a till behind it."""
    desk.sign_in()
    made = Opened(desk, Counted())
    yield made
    made.is_waiting()
    shiboken6.delete(made.page)


def elsewhere(opened: Opened) -> SuspendedCart:
    """Let the hub have a cart of another till."""
    cart = Cart("sale-9")
    held = SuspendedCart(
        "sale-9", "hold-9", "0017-05", "1002", "", MORNING, 2, Money(700), "可口可乐、薯片", cart_facts(cart),
    )  # fmt: skip
    assert opened.hub
    opened.hub.carts["sale-9"] = held
    return held


def test_each_cart_is_a_row_with_all_that_tells_it_from_the_others(opened: Opened) -> None:
    opened.suspend(WATER, NOODLES, note="红衣服")
    opened.open(1)
    assert opened.read("suspended_title") == ["挂单：1 单"]
    assert opened.read("suspended_at") == ["10:00"]
    assert opened.read("suspended_who") == ["本柜台  1001"]
    assert opened.read("suspended_goods") == ["农夫山泉 550ml、红烧牛肉面  共 2 行"]
    assert opened.read("suspended_note") == ["“红衣服”"]
    assert opened.read("suspended_total") == ["¥6.50"]
    assert all(each.height() >= 80 for each in opened.rows())
    assert "¥6.50" in opened.rows()[0].accessibleName()


def test_a_row_speaks_the_language_of_the_screen(opened: Opened) -> None:
    held = opened.suspend(WATER, NOODLES)
    with spoken("en"):
        assert goods_words(held) == "Spring water, Beef noodles"
        assert goods_words(elsewhere(opened)) == ""
        assert goods_words(replace(held, cart={})) == "农夫山泉 550ml、红烧牛肉面"
    assert goods_words(held) == "农夫山泉 550ml、红烧牛肉面"


def test_a_cart_comes_back_though_the_disk_is_slow_to_hear_that_the_counter_was_emptied(opened: Opened) -> None:
    opened.suspend(WATER)
    opened.open(1)
    opened.desk.counter.code_seen(NOODLES)
    disk_is_free = threading.Event()
    opened.desk.counter._lane.run(lambda _till: disk_is_free.wait(10), lambda _waited: None, fail)
    opened.desk.counter.clear()
    opened.press("suspended_resume")
    asked: list[object] = []
    opened.desk.counter._payments.run(lambda _till: None, asked.append, fail)
    opened.desk.qtbot.waitUntil(lambda: bool(asked), timeout=5000)
    disk_is_free.set()
    assert [line.text for line in opened.resumed().lines] == [WATER]


def test_the_badge_counts_what_the_sync_loop_saw_at_other_tills(opened: Opened) -> None:
    opened.suspend(TEA)
    opened.aside.note_elsewhere(2)
    assert (opened.aside.count, opened.counts[-1]) == (3, 3)
    opened.aside.note_elsewhere(0)
    assert opened.counts[-1] == 1


def test_one_touch_goes_on_with_a_cart(opened: Opened) -> None:
    held = opened.suspend(TEA)
    opened.open(1)
    opened.press("suspended_resume")
    assert opened.resumed().sale_id == held.sale_id
    assert opened.counts[-1] == 0


def test_one_key_goes_on_with_a_cart(opened: Opened) -> None:
    opened.suspend(TEA)
    second = opened.suspend(WATER)
    opened.open(2)
    QTest.keyClick(opened.page, Qt.Key.Key_2)
    assert opened.resumed().sale_id == second.sale_id


def test_enter_goes_on_with_the_only_cart_and_with_none_of_two(opened: Opened) -> None:
    opened.suspend(TEA)
    opened.suspend(WATER)
    opened.open(2)
    opened.page.press_enter()
    opened.is_waiting()
    assert opened.carts == []
    opened.press("suspended_discard")
    opened.press("suspended_discard")
    opened.open(1)
    opened.page.press_enter()
    assert opened.resumed().total == Money(200)


def test_keys_that_are_no_row_do_nothing(opened: Opened) -> None:
    opened.suspend(TEA)
    opened.open(1)
    for text in ("9", "x", ""):
        opened.page.keyPressEvent(QKeyEvent(QKeyEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, text))
    opened.is_waiting()
    assert opened.carts == []


def test_throwing_away_asks_in_place_first(opened: Opened) -> None:
    opened.suspend(TEA)
    opened.open(1)
    opened.press("suspended_discard")
    opened.is_waiting()
    assert suspend.count_suspended(opened.desk.till) == 1
    assert find(opened.page, "suspended_discard").property("text") == "再按作废"
    opened.press("suspended_discard")
    opened.desk.qtbot.waitUntil(lambda: not opened.rows(), timeout=5000)
    assert opened.read("suspended_title") == ["没有挂着的单"]
    assert suspend.count_suspended(opened.desk.till) == 0


def test_another_tills_cart_is_named_and_had(opened: Opened) -> None:
    elsewhere(opened)
    opened.open(1)
    assert opened.read("suspended_who") == ["0017-05  1002"]
    assert (opened.aside.count, opened.counts[-1]) == (1, 1)
    opened.press("suspended_resume")
    assert opened.resumed().sale_id == "sale-9"


def test_a_cart_that_another_till_took_is_told_in_words_and_nothing_pops_up(opened: Opened) -> None:
    elsewhere(opened)
    opened.open(1)
    assert opened.hub
    opened.hub.taken_by = "0017-02"
    opened.press("suspended_resume")
    assert opened.read("suspended_trouble") == ["正在取单，请等几秒…"]
    opened.desk.qtbot.waitUntil(lambda: "⚠" in opened.read("suspended_trouble")[0], timeout=5000)
    assert opened.read("suspended_trouble")[0].startswith("⚠ 这一单已经被 0017-02 取走了\n请顾客到那台柜台付款")
    assert opened.carts == []


def test_without_the_hub_the_page_says_which_carts_it_cannot_see(opened: Opened) -> None:
    opened.suspend(TEA)
    assert opened.hub
    opened.hub.is_down = True
    opened.open(1)
    opened.desk.qtbot.waitUntil(lambda: bool(opened.read("suspended_trouble")), timeout=5000)
    assert "只看得到本柜台的挂单" in opened.read("suspended_trouble")[0]


def test_a_list_that_cannot_be_read_lets_nobody_go_from_a_cart_on_its_way(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    held, failing = opened.suspend(TEA), list[Callable[[PosError], None]]()
    monkeypatch.setattr(opened.aside, "look", lambda _then, failed: failing.append(failed))
    opened.open(1)
    opened.press("suspended_resume")
    failing[0](DiskFull())
    assert opened.desk.counter.hold.is_on
    assert opened.read("suspended_trouble") == ["正在取单，请等几秒…"]
    assert opened.resumed().sale_id == held.sale_id
    assert not opened.desk.counter.hold.is_on


def test_goods_on_the_counter_are_not_pushed_away(opened: Opened) -> None:
    held = opened.suspend(TEA)
    opened.desk.counter.code_seen(WATER)
    opened.open(1)
    opened.press("suspended_resume")
    opened.desk.qtbot.waitUntil(lambda: "⚠" in opened.read("suspended_trouble")[0], timeout=5000)
    assert "柜台上还有商品" in opened.read("suspended_trouble")[0]
    assert [each.sale_id for each in opened.aside.list_own().carts] == [held.sale_id]


def test_a_cart_that_is_at_two_tills_says_so(opened: Opened) -> None:
    held = opened.suspend(TEA)
    row = replace(held, also_at="0017-02")
    opened.open(1)
    opened.page._show(suspend.Listed((row,)))
    opened.desk.qtbot.waitUntil(lambda: opened.read("suspended_who") == ["⚠ 0017-02 也有这一单"], timeout=5000)


def test_fifty_carts_are_scrolled_and_nine_have_a_key(opened: Opened) -> None:
    for _ in range(50):
        opened.suspend(WATER)
    opened.open(50)
    assert [each for each in opened.read("suspended_key") if each] == list("123456789")
    opened.press("suspended_resume", 49)
    assert opened.resumed().total == Money(200)

"""A real window on a real till, with an Alipay that keeps its rules and a clock that stands still."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
import shiboken6
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from pos.storage import catalogue
from pos.till import sign_in
from pos.till.till import Till, open_reading_till
from tests.fakes import BY_MEI, CHEAP_HASHER, LIN, MEI, NOODLES, WATER, World, fake_settings, goods, quick_folder
from ui import theme
from ui.counter import Counter
from ui.desk import Desk as PaymentDesk
from ui.hands import Hands
from ui.keys import now
from ui.keys.keymap import OURS
from ui.lane import Lane
from ui.sounds import Tone
from ui.stage import Pace, Stage
from ui.store.room import open_room
from ui.window import Window

PIN = "704815"
MEIS_PIN = "905147"
CAKE = "600199"


@dataclass
class Heard:
    """Sounds that are written down instead of made."""

    tones: list[Tone] = field(default_factory=list)

    def play(self, tone: Tone) -> None:
        """Write it down."""
        self.tones.append(tone)


@dataclass
class Desk:
    """A till's window with Lin before it."""

    world: World
    till: Till
    counter: Counter
    window: Window
    heard: Heard
    said: list[object]
    qtbot: QtBot

    def wait_for(self, stage: Stage) -> None:
        """Wait until the counter is at a stage."""
        self.qtbot.waitUntil(lambda: self.counter.stage is stage, timeout=5000)

    def sign_in(self, number: str = LIN.number, pin: str = PIN) -> None:
        """Sign somebody in, Lin if nobody else is named."""
        self.counter.sign_in(number, pin)
        self.qtbot.waitUntil(lambda: self.counter.stage is not Stage.SIGN_IN, timeout=5000)

    def let_manager_type(self, number: str = MEI.number, pin: str = MEIS_PIN) -> None:
        """Type into the boxes where a manager agrees to a refund."""
        self.window.refund.approval.number.setText(number)
        self.window.refund.approval.pin.setText(pin)

    def press(self, name: str) -> None:
        """Press a button that is seen and can be pressed."""
        button = self.on_screen(name)
        assert isinstance(button, QAbstractButton)
        assert button.isEnabled(), f"{name} cannot be pressed"
        button.click()

    def read(self, name: str) -> str:
        """The words of a label that is seen."""
        part = self.on_screen(name)
        assert isinstance(part, QLabel)
        return part.text()

    def on_screen(self, name: str) -> QWidget:
        """The part of this name that can be seen now; pages may share a name."""
        seen = [part for part in self.window.findChildren(QWidget, name) if part.isVisible()]
        assert len(seen) == 1, f"{name} is on the screen {len(seen)} times"
        return seen[0]


def find(parent: QWidget, name: str) -> QWidget:
    """The part with this name: QTest given None would end the whole process."""
    found = parent.findChild(QWidget, name)
    assert isinstance(found, QWidget), f"nothing is called {name}"
    return found


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication) -> Iterator[Desk]:
    """A window on a till, with Mei and Lin on the roster."""
    with quick_folder() as folder:
        world = World(folder / "till")
        first = world.open_selling()
        sign_in.put_staff(first, MEI, MEIS_PIN, hasher=CHEAP_HASHER)
        sign_in.put_staff(first, LIN, PIN, by=BY_MEI, hasher=CHEAP_HASHER)
        first.close()
        yield from open_desk(world, qtbot, qapp)


def open_desk(world: World, qtbot: QtBot, qapp: QApplication) -> Iterator[Desk]:
    """Open a window on a world's till, and close all of it afterwards."""
    theme.apply(qapp, 1.0)
    lane: Lane[Till] = Lane(world.open, "till")
    payments: Lane[Till] = Lane(world.open, "payments")
    reading = open_reading_till(fake_settings(world.folder), world.clock, world.ids)
    heard = Heard()
    hands = Hands(reading, lane, payments, heard)
    counter = Counter(hands, Pace(poll_ms=20, resolve_ms=3_600_000))
    room = open_room(hands, lambda: counter.cashier)
    said: list[object] = []
    counter.noticed.connect(said.append)
    window = Window(counter, PaymentDesk(reading, payments, None), room, "示例店")
    window.resize(1366, 768)
    window.show()
    try:
        yield Desk(world, reading, counter, window, heard, said, qtbot)
    finally:
        room.errands.close()
        lane.close()
        payments.close()
        shiboken6.delete(window)  # with its timers, before the files that they read are closed
        reading.close()


def sell(desk: Desk, *barcodes: str) -> None:
    """Sell goods for exactly their price in cash."""
    for each in barcodes:
        desk.counter.code_seen(each)
    desk.press("pay")
    desk.press("cash_exact")
    desk.wait_for(Stage.PAID)
    desk.counter.next_sale()


@pytest.fixture
def sold(desk: Desk) -> Desk:
    """Lin has put one water, ¥2.00, into the cart; a cake without a price is on the shelf."""
    till = desk.world.open()
    catalogue.apply_feed(till.prices, [goods(CAKE, "现做蛋糕", 0, name_en="Cake")], [], "2")
    till.close()
    desk.qtbot.waitExposed(desk.window)
    desk.sign_in()
    desk.counter.code_seen(WATER)
    return desk


@pytest.fixture
def room(desk: Desk) -> Desk:
    """Two sales of Mei's, ¥4.50 and ¥2.00, and the room open."""
    desk.sign_in(MEI.number, MEIS_PIN)
    sell(desk, NOODLES)
    sell(desk, WATER)
    desk.press("strip_today")
    return desk


@pytest.fixture
def our_keys() -> Iterator[None]:
    """The keys as this till has them at first, before and after."""
    now.use(OURS)
    yield
    now.use(OURS)

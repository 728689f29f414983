"""Scene: the real window and the customer's, on a till of the sample store, at any size and in any language."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QSize
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from pos.domain.money import Money
from pos.sandbox.store import sample_products, sample_rules
from pos.settings import Language
from pos.storage import catalogue
from pos.till import shifts, sign_in
from pos.till.till import Till, open_reading_till
from tests.fake_time import CountingIds
from tests.fakes import BY_MEI, CHEAP_HASHER, LIN, MEI, World, fake_settings, quick_folder
from tests.screens.month import MEIS_PIN, PIN, lay_month
from ui import language, theme
from ui.counter import Counter
from ui.customer.window import CustomerWindow
from ui.desk import Desk
from ui.hands import Hands
from ui.lane import Lane
from ui.run import TRAINING_NOTICE
from ui.sounds import Tone
from ui.stage import Pace, Stage
from ui.store.room import open_room
from ui.widgets.watermark import mark_training
from ui.window import Window

STORE_NAME = "柜台示例店"
WAIT_S = 10
HINT = "林小雨  1001 / 704815\n梅店长  9001 / 905147"


@dataclass
class Silent:
    """Sounds nobody hears."""

    heard: list[Tone] = field(default_factory=list)

    def play(self, tone: Tone) -> None:
        """Write the tone down."""
        self.heard.append(tone)


@dataclass
class Scene:
    """A till's window with nobody signed in, and the hands to move it on."""

    world: World
    till: Till
    counter: Counter
    window: Window
    customer: CustomerWindow

    def wait(self, is_so: Callable[[], bool]) -> None:
        """Let Qt work until something is so."""
        ends = time.monotonic() + WAIT_S
        while not is_so():
            assert time.monotonic() < ends, "it never came to be so"
            QCoreApplication.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def wait_for(self, stage: Stage) -> None:
        """Wait until the counter is at a stage."""
        self.wait(lambda: self.counter.stage is stage)

    def settle(self) -> None:
        """Let layouts come to rest."""
        for _round in range(3):
            QCoreApplication.processEvents()

    def sign_in(self, number: str = LIN.number, pin: str = PIN) -> None:
        """Sign in, Lin where nobody else is named, and let the till look for what is open, as it does all day."""
        self.counter.sign_in(number, pin)
        self.wait(lambda: self.counter.stage is not Stage.SIGN_IN)
        self.counter.resolve_now()
        self.wait(lambda: self.window._open is not None)

    def sign_in_manager(self) -> None:
        """Sign the manager in."""
        self.sign_in(MEI.number, MEIS_PIN)

    def scan(self, count: int, *, start: int = 0) -> None:
        """Scan goods that every shop has."""
        for barcode in barcodes()[start : start + count]:
            self.counter.code_seen(barcode)

    def pay(self, count: int = 4) -> None:
        """Stand on the pay page with some goods."""
        self.scan(count)
        self.counter.begin_pay()

    def press(self, name: str) -> None:
        """Press a button that is seen."""
        button = self.find(name)
        assert isinstance(button, QAbstractButton)
        button.click()

    def find(self, name: str) -> QWidget:
        """The one part of a name that is seen."""
        found = [each for each in self.window.findChildren(QWidget, name) if each.isVisible()]
        assert len(found) == 1, f"{name} is on the screen {len(found)} times"
        return found[0]


@cache
def barcodes() -> list[str]:
    """Barcodes of things that are sold by the piece, from every shelf in turn."""
    by_piece = [each for each in sample_products() if each["unit"] == "piece" and each["barcodes"]]
    return [each["barcodes"][0] for each in by_piece[::7]]


@cache
def _stocked() -> TemporaryDirectory[str]:
    """A till's folder with the sample store on its shelves and Lin's shift open; it goes when the process ends."""
    folder = TemporaryDirectory(prefix="guitai-screens-")
    world = World(Path(folder.name, "till"))
    till = world.open()
    catalogue.apply_feed(till.prices, sample_products(), [], "1")
    catalogue.keep_rules(till.prices, "1-scene", {"shelves": sample_rules()["shelves"]})
    sign_in.put_staff(till, MEI, MEIS_PIN, hasher=CHEAP_HASHER)
    sign_in.put_staff(till, LIN, PIN, by=BY_MEI, hasher=CHEAP_HASHER)
    till.close()
    return folder


@contextmanager
def open_scene(
    words: Language, size: QSize, *, has_shift: bool = True, is_training: bool | None = None, has_month: bool = False
) -> Iterator[Scene]:
    """Open the windows at a size and in a language."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    language.install(application, words)
    theme.apply(application, theme.scale_for(size))
    with quick_folder() as folder:
        world = World(folder / "till")
        if has_month:
            lay_month(world)
        else:
            copytree(Path(_stocked().name, "till"), world.folder)
        world.ids = CountingIds(first=1000)
        if has_shift and not has_month:
            till = world.open()
            shifts.open_shift(till, LIN, Money(20_000))
            till.close()
        yield from _scene(world, size, is_training=is_training)
    language.install(application, "zh")
    theme.apply(application, 1.0)


def _scene(world: World, size: QSize, *, is_training: bool | None) -> Iterator[Scene]:
    notice = TRAINING_NOTICE if is_training else ""
    lane: Lane[Till] = Lane(world.open, "till")
    payments: Lane[Till] = Lane(world.open, "payments")
    reading = open_reading_till(fake_settings(world.folder), world.clock, world.ids)
    hands = Hands(reading, lane, payments, Silent())
    counter = Counter(hands, Pace(poll_ms=20, resolve_ms=3_600_000))
    room = open_room(hands, lambda: counter.cashier)
    window = Window(counter, Desk(reading, payments, None), room, STORE_NAME, hint=HINT, notice=notice,
                    training=is_training)  # fmt: skip
    customer = CustomerWindow(counter, STORE_NAME, notice)
    if is_training:
        mark_training(customer)
    try:
        for each in (window, customer):
            each.resize(size)
            each.show()
        yield Scene(world, reading, counter, window, customer)
    finally:
        room.errands.close()
        lane.close()
        payments.close()
        for each in (window, customer):
            shiboken6.delete(each)
        reading.close()

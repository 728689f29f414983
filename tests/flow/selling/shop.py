"""Shop: the real window on an X server with a till behind it, and hands that know only keys, touches and scans.

What is pressed goes through the X server; what is seen is read off the parts that can be seen now; what is on disk is
read by a connection of its own.
"""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import pytest
import shiboken6
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QInputMethodEvent, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QListView, QWidget
from pytestqt.qtbot import QtBot

from pos.device.scale import Scale, open_scale
from pos.domain.errors import PosError
from pos.domain.money import Money
from pos.settings import HubSettings, ScaleSettings
from pos.storage import catalogue
from pos.storage.drafts import COUNTER
from pos.sync.client import HubClient
from pos.sync.copies import HubCopies
from pos.till import shifts, sign_in
from pos.till.till import Till, open_reading_till, open_till
from tests.audit import check_books, check_money
from tests.fakes import BY_MEI, CHEAP_HASHER, LIN, MEI, World, fake_settings, quick_folder
from tests.flow.selling.store import RULES, SHELF
from tests.flow.selling.x_hands import Ears, XHands
from tests.serial_devices import PluggedIn
from ui import language, theme
from ui.counter import Counter
from ui.customer.window import CustomerWindow
from ui.desk import Desk
from ui.hands import Hands
from ui.lane import Lane
from ui.scanner_keys import ScannerKeys
from ui.sounds import Tone
from ui.stage import Pace, Stage
from ui.store.room import open_room
from ui.window import Window

Coin = Literal[1, 10, 50, 100]
PIN, MEIS_PIN = "704815", "905147"
GAP_MS = 35
"""As the till's settings have it."""
FAST_HAND = 5
"""Keys that hands roll over at once; fewer than any barcode has."""
WAIT_MS = 8_000
LONG_ENOUGH_S = 600
"""For every attempt to come to its end."""
NOTICE = "练习"
HUB_URL = "https://hub.example.com"
"""What the settings say; whoever asks has a line of their own."""
BESIDE = 1500
"""Where the customer's window stands, so that it does not lie over the till's."""


@dataclass
class Heard:
    """Sounds that are written down instead of made."""

    tones: list[Tone] = field(default_factory=list)

    def play(self, tone: Tone) -> None:
        """Write the tone down."""
        self.tones.append(tone)


@dataclass
class Shop:
    """A till with somebody before it."""

    world: World
    reading: Till
    counter: Counter
    window: Window
    customer: CustomerWindow
    hands: XHands
    ears: Ears
    keys: ScannerKeys
    lanes: tuple[Lane[Till], ...]
    qtbot: QtBot
    heard: Heard = field(default_factory=Heard)

    # Hands

    def type(self, *keys: str) -> None:
        """Press keys as a person does: each is heard before the next comes."""
        for key in keys:
            self.hands.press(key)
            self.settle()

    def write(self, text: str) -> None:
        """Type a text as fast hands do; never so much at once that it could be a scan."""
        for at in range(0, len(text), FAST_HAND):
            self.type_at_once(text[at : at + FAST_HAND])

    def type_at_once(self, text: str) -> None:
        """Type a few signs with no pause between them."""
        self.hands.press(*text)
        self.settle()

    def wedge(self, *texts: str, ends: tuple[str, ...] = ("Enter",)) -> None:
        """Scan with a scanner that types: every sign at once, an end behind each text; a hand comes later."""
        self.hands.press(*(sign for text in texts for sign in (*text, *ends)))
        self.settle()
        is_over = time.monotonic() + GAP_MS / 1000
        self.wait(lambda: time.monotonic() > is_over)

    def touch(self, name: str, place: int = 0) -> None:
        """Touch a part of the screen in its middle, with a finger."""
        part = self._visible(name)[place]
        if isinstance(part, QAbstractButton):
            assert part.isEnabled(), f"{name} cannot be pressed"
        self.touch_at(part, part.rect().center())

    def touch_at(self, part: QWidget, at: QPoint) -> None:
        """Touch a place on a part."""
        QTest.touchEvent(part.window(), _finger()).press(0, part.mapTo(part.window(), at)).commit()
        QTest.touchEvent(part.window(), _finger()).release(0, part.mapTo(part.window(), at)).commit()
        self.settle()

    def touch_line(self, place: int) -> None:
        """Touch a line of the cart."""
        view = self.window.counter._cart
        self.touch_at(view.viewport(), view.visualRect(view.model().index(place, 1)).center())

    @contextmanager
    def scale(self) -> Iterator[PluggedIn]:
        """Stand a scale beside the till, on a serial line; what it says is fresh for as long as the clock stands."""
        device = PluggedIn(self.world.folder.with_name("scale"))
        reading = open_scale(ScaleSettings(str(device.port)), self.world.clock)
        self.counter.scale = reading
        try:
            yield device
        finally:
            self.counter.scale = None
            assert reading
            reading.close()
            device.close()

    def put_on(self, scale: PluggedIn, grams: int, state: str = "ST") -> None:
        """Let a scale say what lies on it, and the till hear it."""
        reading = self.counter.scale
        assert reading

        def is_heard() -> bool:
            scale.say(f"{state},GS,+  {grams / 1000:.3f}kg\r\n".encode())  # over and over, as it does
            return _grams_on(reading) == grams

        self.wait(is_heard)

    def has_no_cap(self, name: str) -> bool:
        """Whether no key is printed on a button."""
        key = self._visible(name)[0]
        assert isinstance(key, QAbstractButton)
        return key.icon().isNull()

    def point(self, name: str, place: int = 0) -> None:
        """Press a part with the pointer, as most touch screens do."""
        part = self._visible(name)[place]
        at = part.mapToGlobal(part.rect().center())
        self.hands.touch(at.x(), at.y())
        self.settle()

    def compose(self, text: str) -> None:
        """Let an input method write into whatever has the focus, if that lets it."""
        box = QApplication.focusWidget()
        if box is not None and box.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled):
            event = QInputMethodEvent()
            event.setCommitString(text)
            QApplication.sendEvent(box, event)
        self.settle()

    def settle(self) -> None:
        """Let everything that was pressed be heard, and everything that was asked be answered."""
        QApplication.sync()
        self.wait(lambda: self.ears.let_go >= self.hands.let_go)
        self.wait(lambda: not self.keys._held)
        self._drain()
        self._drain()  # what one lane has answered may be asked of the other
        QApplication.processEvents()

    def _drain(self) -> None:
        done: list[object] = []
        for lane in self.lanes:
            lane.run(lambda _till: None, done.append, done.append)
        self.wait(lambda: len(done) == len(self.lanes))

    def wait(self, is_so: Callable[[], object]) -> None:
        """Let the window work until something is so."""
        self.qtbot.waitUntil(lambda: bool(is_so()), timeout=WAIT_MS)

    # The screen

    def read(self, name: str) -> str:
        """Return the words of the one part of this name that can be seen."""
        parts = self._visible(name)
        assert len(parts) == 1, f"{name} is on the screen {len(parts)} times"
        return words_of(parts[0])

    def reads(self, name: str) -> list[str]:
        """Return the words of every part of this name that can be seen."""
        return [words_of(each) for each in self._visible(name)]

    def where(self, name: str) -> QRect:
        """Return where a part is."""
        part = self._visible(name)[0]
        return QRect(part.mapTo(self.window, QPoint(0, 0)), part.size())

    def sees(self, name: str) -> bool:
        """Whether a part of this name can be seen."""
        return bool(self._visible(name))

    def rows(self) -> list[tuple[str, str, str]]:
        """Return the lines on the screen: what, how much, for how much."""
        model = self.window.counter._cart.model()
        texts = [[str(model.index(row, column).data() or "") for column in range(5)] for row in range(model.rowCount())]
        return [(each[1], each[2], each[4]) for each in texts]

    def line_in_sight(self, place: int) -> bool:
        """Whether a line of the cart can be seen whole."""
        view = self.window.counter._cart
        return view.viewport().rect().contains(view.visualRect(view.model().index(place, 1)))

    def tiles(self) -> list[str]:
        """Return what stands on the tiles."""
        view = self._tiles()
        return [str(view.model().index(row, 0).data()) for row in range(view.model().rowCount())]

    def touch_tile(self, place: int) -> None:
        """Touch one of the tiles."""
        view = self._tiles()
        at = view.visualRect(view.model().index(place, 0)).center()
        self.touch_at(view.viewport(), at)

    def _tiles(self) -> QListView:
        view = self._visible("tiles")[0]
        assert isinstance(view, QListView)
        return view

    def reads_all(self, start: str) -> list[str]:
        """Return the words of every part in sight whose name is this and a number, in the order of the numbers."""
        found = [each for each in self.window.findChildren(QAbstractButton) if each.isVisible()]
        numbered = {each.objectName().removeprefix(start): each.text() for each in found}
        return [numbered[number] for number in sorted(filter(str.isdigit, numbered), key=int)]

    def due(self) -> str:
        """Return the biggest number on the screen."""
        return self.read("total_amount")

    def notice(self) -> str:
        """Return what the notice says."""
        return self.read("notice_words")

    def customer_reads(self, name: str) -> str:
        """Return what the customer reads in a part of their window; nothing when it cannot be seen."""
        found = self.customer.findChild(QLabel, name)
        assert isinstance(found, QLabel), name
        return found.text() if found.isVisible() else ""

    def _visible(self, name: str) -> list[QWidget]:
        return [each for each in self.window.findChildren(QWidget, name) if each.isVisible()]

    # The disk

    def draft(self) -> list[tuple[str, int, int]]:
        """Return the cart as the disk has it: number, pieces or grams, and packing of each line."""
        lines = self._draft().get("lines", [])
        return [((each["product"] or {"sku": "?"})["sku"], each["quantity"], each["tare_g"]) for each in lines]

    def line_on_disk(self, place: int = -1) -> dict[str, Any]:
        """Return all the disk knows of a line."""
        return dict(self._draft()["lines"][place])

    def draft_says(self, key: str) -> Any:  # noqa: ANN401  (JSON)
        """Return something else that the disk knows of the cart."""
        return self._draft().get(key)

    def _draft(self) -> dict[str, Any]:
        row = self.reading.db.execute("SELECT body FROM drafts WHERE slot = ?", [COUNTER]).fetchone()
        return dict(json.loads(row[0])) if row else {}

    def suspended(self) -> int:
        """Return how many carts are laid aside."""
        return int(self.reading.db.execute("SELECT count(*) FROM drafts WHERE slot <> ?", [COUNTER]).fetchone()[0])

    def journal(self) -> list[str]:
        """Return the kinds of the entries since the shift was opened."""
        opened = "SELECT max(seq) FROM journal WHERE kind = 'shift.opened'"
        found = self.reading.db.execute(f"SELECT kind FROM journal WHERE seq > ({opened}) ORDER BY seq")
        return [row[0] for row in found]

    def sales(self) -> list[dict[str, Any]]:
        """Return the bodies of the sales in the journal."""
        found = self.reading.db.execute("SELECT body FROM journal WHERE kind = 'sale.completed' ORDER BY seq")
        return [json.loads(row[0]) for row in found]

    def tenders(self) -> list[tuple[str, int]]:
        """Return how the last sale was paid."""
        return [(each["kind"], each["amount_fen"]) for each in self.sales()[-1]["tenders"]]

    def check_books(self) -> None:
        """Hold every table against the journal, and Alipay's books against both, when all has come to its end."""
        self.world.clock.advance(LONG_ENOUGH_S)
        self.counter.resolve_now()
        self.settle()
        check_money(check_books(self.reading), self.world.alipay)


_FINGERS: list[QPointingDevice] = []


def _finger() -> QPointingDevice:
    """Return the one touch screen of this process."""
    if not _FINGERS:
        _FINGERS.append(QTest.createTouchDevice())
    return _FINGERS[0]


def _grams_on(scale: Scale) -> int | None:
    """What the till has heard of a scale; None until it has spoken."""
    try:
        return scale.weigh().grams
    except PosError:
        return None


def words_of(part: QWidget) -> str:
    """Return what stands on a part."""
    assert isinstance(part, QLabel | QAbstractButton | QLineEdit), part
    return part.text()


@contextmanager
def open_shop(
    world: World, qtbot: QtBot, qapp: QApplication, *, training: bool | None = None, smallest_coin_fen: Coin = 1,
    hub: HubClient | None = None,
) -> Iterator[Shop]:  # fmt: skip
    """Open the windows of a till, as its own start does, and close all of it afterwards.

    Args:
        training: as the window takes it.
        smallest_coin_fen: in the drawer.
        hub: the line to the head office, where there is one.
    """
    plain = fake_settings(world.folder)
    settings = replace(plain, till=replace(plain.till, cash_rounding_fen=smallest_coin_fen))
    settings = replace(settings, hub=HubSettings(url=HUB_URL)) if hub else settings
    language.install(qapp, "zh")
    theme.apply(qapp, 1.0)
    with ExitStack() as open_:
        lanes = tuple(
            Lane(lambda: open_till(settings, world.alipay, world.clock, world.ids), name)
            for name in ("till", "payments")
        )
        for lane in lanes:
            open_.callback(lane.close)
        reading = open_reading_till(settings, world.clock, world.ids)
        open_.callback(reading.close)
        heard = Heard()
        hands = Hands(reading, lanes[0], lanes[1], heard)
        counter = Counter(hands, Pace(poll_ms=20, resolve_ms=3_600_000))
        room = open_room(hands, lambda: counter.cashier)
        desk = Desk(reading, lanes[1], HubCopies(hub) if hub else None)
        window = Window(counter, desk, room, "示例店", notice=NOTICE if training else "", training=training)
        customer = CustomerWindow(counter, "示例店")
        for each in (window, customer):
            open_.callback(shiboken6.delete, each)
            each.resize(1366, 768)
            each.show()
        customer.move(BESIDE, 0)
        keys, x_hands, ears = ScannerKeys(GAP_MS), XHands(), Ears()
        keys.scanned.connect(counter.code_seen)
        open_.callback(x_hands.close)
        for hearing in (keys, ears):
            qapp.installEventFilter(hearing)
            open_.callback(qapp.removeEventFilter, hearing)
        shop = Shop(world, reading, counter, window, customer, x_hands, ears, keys, lanes, qtbot, heard)
        qtbot.waitExposed(window)
        x_hands.focus(int(window.winId()))
        shop.wait(window.isActiveWindow)
        yield shop


@pytest.fixture
def world() -> Iterator[World]:
    """A till of the selling flows' store, with Lin's shift open and ¥100 in the drawer."""
    with quick_folder() as folder:
        made = World(folder / "till")
        till = made.open()
        catalogue.apply_feed(till.prices, SHELF, [], "1")
        catalogue.keep_rules(till.prices, "1-flow", RULES)
        sign_in.put_staff(till, MEI, MEIS_PIN, hasher=CHEAP_HASHER)
        sign_in.put_staff(till, LIN, PIN, by=BY_MEI, hasher=CHEAP_HASHER)
        shifts.open_shift(till, LIN, Money(10_000))
        till.close()
        yield made


@pytest.fixture
def door(world: World, qtbot: QtBot, qapp: QApplication) -> Iterator[Shop]:
    """The shop with nobody signed in."""
    with open_shop(world, qtbot, qapp) as shop:
        yield shop


@pytest.fixture
def shop(door: Shop) -> Shop:
    """The shop with Lin at the counter; what the journal says from here on is of the sales."""
    door.counter.sign_in(LIN.number, PIN)
    door.wait(lambda: door.counter.stage is Stage.SELL)
    door.settle()
    return door


def sign_in_as(shop: Shop, number: str, pin: str) -> None:
    """Type a number and a PIN."""
    shop.write(number)
    shop.type("Enter")
    shop.write(pin)
    shop.type("Enter")
    shop.wait(lambda: shop.counter.stage is not Stage.SIGN_IN)
    shop.settle()

"""The till of the day: the real window, a printer, a head office that can be gone, and a second till of the store."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import httpx
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.domain.approval import answer_digits
from pos.domain.money import Money
from pos.domain.paper import KEPT_AS, Paper
from pos.domain.sale import Sale
from pos.domain.staff import Act
from pos.storage import catalogue, journal
from pos.storage.database import open_database
from pos.storage.migrations import TILL_FILE, till_steps
from pos.sync.client import HubClient
from pos.sync.disk import JournalOutbox
from pos.sync.exchange import push_once
from pos.till import preferences, proofs, sell, shifts, sign_in
from pos.till.till import Till, open_till, till_file
from tests.fake_printer import FakePrinter
from tests.fake_time import CountingIds
from tests.fakes import BY_MEI, CHEAP_HASHER, LIN, MEI, World, fake_settings, hire
from tests.flow.day.tally import Tally
from tests.flow.selling.shop import MEIS_PIN, PIN, Coin, Shop, open_shop
from tests.flow.selling.store import RULES, SHELF
from tests.unit.hub.devices import Signing, device_of
from tests.unit.hub.kit import HubProcess
from tests.unit.sync.kit import drained
from ui.stage import Stage

RECEIPT_KEYS = {"receipts": {"keys": [{"id": "1", "secret": "ab" * 32}]}}
OFFICE: Any = {"trust_env": False, "auth": Signing("office")}
PHONE_KEY = bytes(range(20))
COIN_FEN: Coin = 10
"""The smallest coin of the drawer: a jiao."""


@dataclass
class Day:
    """A cashier's day: who sells, and everything around it.

    Attributes:
        badge: the manager's.
    """

    world: World
    hub: HubProcess
    line: HubClient
    other_line: HubClient
    printer: FakePrinter
    other: Till
    badge: str
    tally: Tally = field(default_factory=Tally)
    _shop: Shop | None = None

    @property
    def shop(self) -> Shop:
        """The window that is open now."""
        assert self._shop
        return self._shop

    @contextmanager
    def open(self, qtbot: QtBot, qapp: QApplication) -> Iterator[Shop]:
        """Open the window, which looks after what was left open, as at every start."""
        with open_shop(self.world, qtbot, qapp, smallest_coin_fen=COIN_FEN, hub=self.line) as shop:
            self._shop = shop
            shop.counter.start()
            shop.settle()
            yield shop
        self._shop = None

    # What is seen

    def wait_for(self, stage: Stage) -> None:
        """Wait until the counter is there."""
        self.shop.wait(lambda: self.shop.counter.stage is stage)
        self.shop.settle()

    def wait_for_words(self, name: str, words: str) -> None:
        """Wait until something of that name says these words."""
        self.shop.wait(lambda: any(words in each for each in self.shop.reads(name)))
        self.shop.settle()

    def paid(self, *tenders: tuple[str, int], off: int = 0, rounding: int = 0, shown: str = "") -> None:
        """Wait for a sale, hold it against what the test says, and go on to the next customer."""
        self.wait_for(Stage.PAID)
        assert self.shop.tenders() == list(tenders)
        due = sum(fen for kind, fen in tenders if kind != "exchange") - rounding
        assert self.shop.read("total_amount") == (shown or str(Money(due)))
        self.tally.sold(*tenders, off=off, rounding=rounding)
        self.shop.type("F12")
        assert self.shop.counter.stage is Stage.SELL

    def code_on_paper(self, receipt_no: str) -> str:
        """What the QR says on the receipt that came out of the printer."""
        return next(code for code in self.printer.paper.codes if f":{receipt_no}:" in f":{code.removeprefix('GTR1:')}")

    @property
    def last_receipt(self) -> str:
        """Return the number of the sale made last."""
        return str(self.shop.sales()[-1]["receipt_no"])

    # Somebody else says yes

    def by_pin(self, number: str = MEI.number, pin: str = MEIS_PIN) -> None:
        """Number and PIN on the same screen, by keys alone."""
        for typed in (number, pin):
            self.shop.type("Enter")
            self.shop.write(typed)
        self.shop.type("Enter")

    def by_pin_again(self) -> None:
        """The number stands there still."""
        self.shop.type("Enter")
        self.shop.write(MEIS_PIN)
        self.shop.type("Enter")

    def by_badge(self) -> None:
        """The manager's badge under the scanner."""
        self.shop.wedge(self.badge)

    def by_phone(self, act: Act, amount: Money) -> None:
        """Eight digits are read out, six come back from the manager's own device."""
        self.shop.type("Ctrl+y")
        self.wait_for_words("approver_title", "念给对方")
        told = self.shop.read("approver_title")
        asked = next(word for word in told.replace("。", "，").split("，") if "\u00a0" in word).replace("\u00a0", "")
        assert "0017-03" in told
        assert amount == Money(0) or str(amount) in told
        self.shop.write(MEI.number)
        self.shop.type("Enter")
        self.shop.write(answer_digits(PHONE_KEY, "0017-03", act, amount, asked.strip()))
        self.shop.type("Enter")

    # The line

    def send(self) -> None:
        """Do one round of the sync, on a connection of its own as its thread does."""
        for folder, till in ((self.world.folder, self.shop.reading), (self.other.settings.data_dir, self.other)):
            db = open_database(till_file(fake_settings(folder)), till_steps, application_id=TILL_FILE, is_checked=True)
            outbox = JournalOutbox(db, till.identity, device_of(till.identity.name))
            line = self.line if till is not self.other else self.other_line
            drained(partial(push_once, line, outbox, self.world.clock))
            db.conn.close()

    def ask_hub(self, path: str) -> Any:  # noqa: ANN401  (JSON)
        """Return what head office answers to its own staff."""
        return httpx.get(self.hub.url + path, **OFFICE).json()

    # The disk

    def journal(self) -> list[tuple[str, str]]:
        """Kind and text of every entry of this till."""
        return [(row[0], row[1]) for row in self.shop.reading.db.execute("SELECT kind, body FROM journal ORDER BY seq")]

    def unsent(self) -> int:
        """Return how many entries head office does not have."""
        return journal.unsent(self.shop.reading.db, 1).count


def sell_at(till: Till, *texts: str) -> Sale:
    """Sell at the other till, whose window nobody looks at."""
    cart = sell.new_cart(till)
    for text in texts:
        sell.scan(till, cart, text)
    return sell.pay_cash(till, cart, Money(100_000))


@contextmanager
def make_day(folder: Path) -> Iterator[Day]:
    """Stock two tills of a store, hire its people, put a printer beside one, and start the head office."""
    with ExitStack() as open_:
        hub = open_.enter_context(HubProcess(f"sqlite:///{folder / 'hub.db'}"))
        printer = FakePrinter()
        open_.callback(printer.switch_off)
        world = World(folder / "till")
        badge = _stock(world, printer.address)
        other = _open_other(folder / "other", world)
        open_.callback(other.close)
        lines = [HubClient(hub.url, device_of(name)) for name in ("0017-03", "0017-02")]
        for each in lines:
            open_.callback(each.close)
        yield Day(world, hub, lines[0], lines[1], printer, other, badge)


def _stock(world: World, printer: str) -> str:
    till = world.open()
    _fill(till)
    sign_in.put_staff(till, MEI, MEIS_PIN, hasher=CHEAP_HASHER)
    sign_in.put_staff(till, LIN, PIN, by=BY_MEI, hasher=CHEAP_HASHER)
    proofs.give_phone_key(till, MEI.number, PHONE_KEY, by=BY_MEI)
    preferences.keep_preference(till, KEPT_AS, Paper(printer=printer).as_json(), by=BY_MEI)
    badge = proofs.give_badge(till, MEI.number, by=BY_MEI)
    till.close()
    return badge


def _fill(till: Till) -> None:
    catalogue.apply_feed(till.prices, SHELF, [], "1")
    catalogue.keep_rules(till.prices, "1-day", RULES | RECEIPT_KEYS)


def _open_other(folder: Path, world: World) -> Till:
    till = open_till(fake_settings(folder, till="02"), world.alipay, world.clock, CountingIds(first=500_000))
    _fill(till)
    hire(till)
    shifts.open_shift(till, LIN, Money(10_000))
    return till

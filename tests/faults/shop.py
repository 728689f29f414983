"""A shop for drills: a till on real files, perhaps a second copy and a hub, and the commands a technician types."""

import contextlib
import io
import random
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pysqlite3.dbapi2 as sqlite

from pos.__main__ import main
from pos.clock import RandomIds, SystemClock
from pos.domain.gateway import Reach
from pos.domain.money import Money
from pos.domain.sale import Sale
from pos.domain.staff import By, Cashier, Role
from pos.keyfile import keep_device
from pos.settings import Settings, load_settings
from pos.storage import catalogue, projections, staff
from pos.storage.database import Database, open_reader
from pos.storage.follower import SecondCopy
from pos.storage.migrations import TILL_FILE, till_steps
from pos.sync.client import HubClient
from pos.sync.disk import JournalOutbox
from pos.sync.exchange import push_once
from pos.till import pay, refund, sell, shifts
from pos.till.till import Till, open_till, till_file
from tests.fake_alipay import FakeAlipay
from tests.fake_time import FakeClock
from tests.fakes import CHEAP_HASHER, LIN, NOODLES, SHELF, TEA, WATER, scan_and_weigh
from tests.unit.hub.devices import Signing, device_of, trust_at

DAY = "2026-11-23"
WANG = Cashier("9001", "王店长", Role.MANAGER)
BY_WANG = By(WANG)


@dataclass
class Shop:
    """Till 03 of a store, in a folder.

    Attributes:
        hub_file: the hub's database, to enrol this till there.
        store: another one for each drill at the same hub.
        alipay: lives as long as the shop, so what it took is known after the till's database is gone.
        receipts: what customers hold: number and witness of every sale, in order.
    """

    folder: Path
    hub_url: str = ""
    hub_file: Path | None = None
    has_second_copy: bool = True
    store: str = "0017"
    clock: FakeClock = field(default_factory=FakeClock)
    alipay: FakeAlipay = field(init=False)
    receipts: list[tuple[str, str, int]] = field(default_factory=list)
    chance: random.Random = field(default_factory=lambda: random.Random(22))

    def __post_init__(self) -> None:
        self.alipay = FakeAlipay(self.clock)
        self.stick.mkdir(parents=True, exist_ok=True)
        self.write_settings()
        if self.hub_file:
            trust_at(f"sqlite:///{self.hub_file}", self.name, "office")
            keep_device(self.folder / "device.key", device_of(self.name))

    @property
    def stick(self) -> Path:
        """The other volume."""
        return self.folder / "stick"

    @property
    def settings_file(self) -> Path:
        """What the technician names on each command."""
        return self.folder / "till.toml"

    @property
    def file(self) -> Path:
        """The till's sales."""
        return till_file(self.settings)

    @property
    def settings(self) -> Settings:
        """The till's settings as written."""
        return load_settings(self.settings_file)

    def write_settings(self) -> None:
        """Write what is set up."""
        copy = 'second_copy = "stick"\n' if self.has_second_copy else ""
        hub = f'[hub]\nurl = "{self.hub_url}"\ndevice_key = "device.key"\n'
        alipay = '[alipay]\napp_id = "SANDBOX-0001"\n'
        text = f'data_dir = "data"\n[till]\nstore = "{self.store}"\ntill = "03"\ncamera = "none"\n{copy}{alipay}{hub}'
        self.settings_file.write_text(text, "utf-8")

    @contextlib.contextmanager
    def till(self) -> Iterator[Till]:
        """Open the till as the app does, with its second copy, and close it in order."""
        settings, second = self.settings, None
        with contextlib.ExitStack() as stack:
            till = stack.enter_context(closing(open_till(settings, self.alipay, self.clock, RandomIds())))
            if self.has_second_copy:
                second = SecondCopy(self.stick, till.identity, lambda: open_file_to_read(settings))
                stack.callback(second.stop)
                second.start()
                till.second_copy = second
            yield till

    def open_day(self) -> None:
        """Put goods on the shelf, a manager on the staff and open a shift."""
        with self.till() as till:
            catalogue.apply_feed(till.prices, SHELF, [], "1")
            _hire(till)
            shifts.open_shift(till, LIN, Money(10_000))

    def sell(self, count: int) -> list[Sale]:
        """Sell on for so many sales, cash and Alipay, with a refund now and then."""
        with self.till() as till:
            _hire(till)  # a till that was rebuilt knows nobody
            return [self.sell_one(till) for _ in range(count)]

    def sell_one(self, till: Till) -> Sale:
        """Sell once and hand out the receipt."""
        cart = sell.new_cart(till)
        for text in self.chance.choices([WATER, NOODLES, TEA, "600103"], k=self.chance.randint(1, 3)):
            scan_and_weigh(till, cart, text)
        if self.chance.random() < 0.5:
            sale = sell.pay_cash(till, cart, cart.total)
        else:
            settled = pay.charge(till, cart, self.alipay.show_code())
            assert isinstance(settled, pay.Settled)
            sale = settled.sale
            if self.chance.random() < 0.3:
                refund.give_refund(
                    till, refund.find_refundable(till, sale.receipt_no), Money(100), "商品有问题", by=BY_WANG
                )
        self.clock.advance(self.chance.randint(1, 90))
        self.receipts.append((sale.receipt_no, sale.witness, sale.total.fen))
        return sale

    def leave_open(self, till: Till) -> str:
        """Ask for money whose answer never comes, and return the number of the attempt."""
        cart = sell.new_cart(till)
        sell.scan(till, cart, TEA)
        for _ in range(2):
            self.alipay.lose_next_reply()
        pay.charge(till, cart, self.alipay.show_code())
        self.alipay.forget_faults()
        self.alipay.reach = Reach(self.clock.now())
        return str(till.db.execute("SELECT out_trade_no FROM attempts ORDER BY rowid DESC").fetchone()[0])

    def push(self, batches: int = 1_000) -> int:
        """Upload, and return how many entries the hub has acknowledged of the current epoch."""
        with closing(open_till(self.settings)) as till, HubClient(self.hub_url, till.device) as client:
            outbox = JournalOutbox(till.db, till.identity, till.device)
            for _ in range(batches):
                if not push_once(client, outbox, SystemClock()):
                    break
            return outbox.acknowledged(till.identity.epoch)

    @property
    def name(self) -> str:
        """The till as the hub knows it."""
        return f"{self.store}-03"

    def hub_totals(self) -> Mapping[str, Any]:
        """What the head office says of the till's day."""
        day = httpx.get(f"{self.hub_url}/v1/totals?day={DAY}", trust_env=False, auth=Signing("office")).json()
        told: Mapping[str, Any] = next(each for each in day["tills"] if each["till"] == self.name)
        return told

    def hub_sales(self) -> set[str]:
        """The receipt numbers of the sales that the hub has in this till's journal."""
        with HubClient(self.hub_url, device_of(self.name)) as client:
            entries = client.history(self.name).entries
        return {str(each.facts["receipt_no"]) for each in entries if each.kind == "sale.completed"}

    def till_totals(self) -> tuple[int, int, int]:
        """Sales, what they came to, and what went back, by the till's own tables."""
        with closing(open_till(self.settings)) as till:
            rows = till.db.execute("SELECT kind, sum(count), sum(amount_fen) FROM totals GROUP BY kind").fetchall()
        found = {kind: (count, fen) for kind, count, fen in rows}
        return (*found.get("sale", (0, 0)), found.get("refund", (0, 0))[1])

    def tables(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every projected table; that an epoch began is said by a rebuild itself, so it is left out."""
        with closing(open_till(self.settings)) as till:
            tables = {name: till.db.execute(f"SELECT * FROM {name}").fetchall() for name in projections.TABLES}
        tables["unusual"] = [row for row in tables["unusual"] if "epoch" not in row]
        return {name: sorted(rows) for name, rows in tables.items()}

    def command(self, *words: str | Path) -> tuple[int, str]:
        """Type ``./till admin …`` with this till's settings, and return its status and what it said."""
        said = io.StringIO()
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            status = main([*map(str, words), "--settings", str(self.settings_file)])
        return status, said.getvalue()

    def vandalise(self, *statements: str, values: tuple[object, ...] = ()) -> None:
        """Change the till's file with another program, past every trigger."""
        vandal = sqlite.connect(self.file.as_posix(), isolation_level=None)
        for trigger in ("journal_keeps_rows", "journal_keeps_words"):
            vandal.execute(f"DROP TRIGGER IF EXISTS {trigger}")
        for statement in statements:
            vandal.execute(statement, values if "?" in statement else ())
        vandal.close()


def open_file_to_read(settings: Settings) -> Database:
    """Open the sales for the second copy's thread."""
    return open_reader(till_file(settings), till_steps, application_id=TILL_FILE)


def _hire(till: Till) -> None:
    with till.transaction():
        staff.put_staff(till.db, WANG, CHEAP_HASHER.hash("246810"))

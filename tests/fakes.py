"""Stand-ins for the world: a disk that fails, a shelf of goods, and a till that stands among them."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

import pysqlite3.dbapi2 as sqlite
from argon2 import PasswordHasher
from sqlite_utils import Database

from pos.domain.cart import Cart
from pos.domain.entry import Json
from pos.domain.money import Money
from pos.domain.staff import By, Cashier, Role
from pos.settings import AlipaySettings, Settings, TillSettings
from pos.storage import catalogue, staff
from pos.till import sell, shifts
from pos.till.till import Till, open_till
from tests.fake_alipay import FakeAlipay
from tests.fake_time import CountingIds, FakeClock

CHEAP_HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""Argon2id that costs nothing; a hash says itself how it was made, so the till needs not know."""
LIN = Cashier("1001", "林小雨", Role.CASHIER)
MEI = Cashier("9001", "梅店长", Role.MANAGER)
BY_MEI = By(MEI)

WATER, NOODLES, APPLES, TEA = "6901234567892", "6909876543212", "600103", "96385074"
"""Texts that can be scanned: two EAN-13, the number of a weighed product, an EAN-8."""


# A disk


class _FailingCommit:
    """A connection whose next COMMIT raises, before or after the disk has it."""

    def __init__(self, connection: Any, failure: BaseException, *, on_disk: bool) -> None:  # noqa: ANN401  (untyped)
        self._connection, self._failure, self._on_disk, self._is_armed = connection, failure, on_disk, True

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        return getattr(self._connection, name)

    def execute(self, statement: str, *values: object) -> Any:  # noqa: ANN401
        if statement != "COMMIT" or not self._is_armed:
            return self._connection.execute(statement, *values)
        self._is_armed = False
        if self._on_disk:
            self._connection.execute(statement)
        raise self._failure


def fail_next_commit(db: Database, *, on_disk: bool, dying: BaseException | None = None) -> None:
    """Let the next COMMIT raise as a failing sync does, or kill; whether it is on disk then, only the disk knows."""
    failure = sqlite.OperationalError("disk I/O error")
    failure.sqlite_errorcode = 1034  # SQLITE_IOERR_FSYNC (sqlite.org/rescode.html)
    db.conn = cast("Any", _FailingCommit(db.conn, dying or failure, on_disk=on_disk))


# A till


def fake_settings(folder: Path, *, till: str = "03") -> Settings:
    """Return the settings of a till of store 0017 whose files are in a folder."""
    return Settings(
        data_dir=folder,
        till=TillSettings(store="0017", till=till, camera="none"),
        alipay=AlipaySettings(app_id="SANDBOX-0001"),
    )


def goods(sku: str, name: str, price_fen: int, *barcodes: str, **other: Json) -> dict[str, Any]:
    """Return a product as the hub's feed writes it."""
    plain = {"name_en": "", "unit": "piece", "tax_code": "13", "tax_permille": 130, "pinyin": "", "category": "食品"}
    return {"sku": sku, "name": name, "price_fen": price_fen, "barcodes": list(barcodes)} | plain | other


SHELF = [
    goods("600101", "农夫山泉 550ml", 200, WATER, name_en="Spring water", pinyin="nfsq", category="饮料"),
    goods("600102", "红烧牛肉面", 450, NOODLES, name_en="Beef noodles", pinyin="hsnrm"),
    goods("600103", "红富士苹果", 1198, name_en="Fuji apples", unit="gram", pinyin="hfspg", tax_code="9",
          tax_permille=90, category="水果"),
    goods("600104", "龙井茶", 19_999, TEA, name_en="Longjing tea", pinyin="ljc", category="饮料"),
]  # fmt: skip
"""Water ¥2.00, noodles ¥4.50, apples ¥11.98 a kilogram, tea ¥199.99."""


@dataclass(slots=True)
class World:
    """A till, what it stands in, and the way to open it again."""

    folder: Path
    clock: FakeClock = field(default_factory=FakeClock)
    ids: CountingIds = field(default_factory=CountingIds)
    alipay: FakeAlipay = field(init=False)

    def __post_init__(self) -> None:
        self.alipay = FakeAlipay(self.clock)

    def open(self) -> Till:
        """Open the till, or another lane of it."""
        return open_till(fake_settings(self.folder), self.alipay, self.clock, self.ids)

    def open_anew(self) -> Till:
        """Open the till after a crash: from a copy of the files as they are now, whoever still holds the old ones."""
        crashed, self.folder = self.folder, self.folder.with_name(self.folder.name + "+")
        shutil.copytree(crashed, self.folder, ignore=shutil.ignore_patterns("*-shm"))
        return self.open()

    def open_selling(self) -> Till:
        """Open the till with goods on the shelf and Lin's shift open, ¥100 in the drawer."""
        till = self.open()
        catalogue.apply_feed(till.prices, SHELF, [], "1")
        hire(till)
        shifts.open_shift(till, LIN, Money(10_000))
        return till


def hire(till: Till) -> None:
    """Let Lin and Mei work at a till; nobody knows a PIN of theirs."""
    with till.transaction():
        for each in (LIN, MEI):
            staff.put_staff(till.db, each, "")


@contextmanager
def quick_folder() -> Iterator[Path]:
    """Give a folder of real files in memory where there is one, for tests that commit thousands of times."""
    memory = Path("/dev/shm")
    with TemporaryDirectory(dir=memory if memory.is_dir() else None, prefix="guitai-") as folder:
        yield Path(folder)


def scan_and_weigh(till: Till, cart: Cart, text: str) -> None:
    """Scan a text; what is sold by weight is a kilogram."""
    sell.scan(till, cart, text)
    for line in cart.unweighed_lines:
        cart.set_quantity(line.line_no, 1000)

"""Selling: a sale of 12 lines onto the disk, beside one bare row in the same kind of file; then large catalogues."""

import tempfile
from itertools import count
from pathlib import Path

import pysqlite3.dbapi2 as sqlite

from pos.domain.cart import Cart
from pos.domain.money import Money
from pos.domain.staff import Cashier, Role
from pos.keyfile import keep_device
from pos.sandbox.store import sample_products
from pos.settings import Settings
from pos.storage.catalogue import apply_feed
from pos.till import sell, shifts
from pos.till.till import Till, open_till
from tests.bench import large
from tests.bench.figure import Amount, Figure, in_turns
from tests.unit.hub.devices import device_of

LINES = 12


def measure() -> list[Figure | Amount]:
    """Time a whole sale and a scan, and what a cashier waits for beside 100,000 and 1,000,000 products."""
    return [*_small(), *large.measure()]


def _small() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        till = _stocked_till(Path(folder))
        bare = _bare_file(Path(folder) / "bare.db")
        codes = [each["barcodes"][0] for each in sample_products() if each["barcodes"]][:LINES]
        try:
            return [_sale(till, codes, bare), _scan(till, codes[0], bare)]
        finally:
            till.close()
            bare.close()


def _stocked_till(folder: Path) -> Till:
    settings = Settings(data_dir=folder / "till")
    keep_device(settings.device_file, device_of("0001-01"))  # so that each entry is signed, as in a shop
    till = open_till(settings)
    assert till.device
    apply_feed(till.prices, sample_products(), [], "1")
    shifts.open_shift(till, Cashier("1001", "王敏", Role.CASHIER), Money(0))
    return till


def _bare_file(path: Path) -> sqlite.Connection:
    bare = sqlite.connect(path, isolation_level=None)
    bare.executescript("PRAGMA journal_mode=wal; PRAGMA synchronous=FULL; CREATE TABLE one (n INTEGER, body TEXT)")
    return bare


def _sale(till: Till, codes: list[str], bare: sqlite.Connection) -> Figure:
    def sell_one() -> None:
        cart = sell.new_cart(till)
        for code in codes:
            sell.scan(till, cart, code)
        sell.pay_cash(till, cart, Money(1_000_000))

    numbers = count()
    body = "x" * 3000
    return in_turns(
        f"scan {LINES} products and sell them, on disk", sell_one, "one row of 3 kB, WAL+FULL",
        lambda: bare.execute("INSERT INTO one VALUES (?, ?)", [next(numbers), body]),
    )  # fmt: skip


def _scan(till: Till, code: str, bare: sqlite.Connection) -> Figure:
    def scan_one() -> None:
        sell.scan(till, Cart("bench"), code)

    return in_turns("scan one product into the cart", scan_one, "one SELECT by rowid",
                    lambda: bare.execute("SELECT body FROM one WHERE rowid = 1").fetchone())  # fmt: skip

"""Rebuild proof: a till's file, its second copy or its whole past is damaged at random; what is rebuilt is equal.

A round: sell, upload some of it, damage, rebuild by the command, compare, sell on, upload, compare again, in the same
shop a few times over, so that epochs follow epochs. Promises that are broken raise AssertionError with the seed.
"""

import random
import shutil
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from pos.clock import SystemClock
from pos.domain.errors import JournalFork, StorageError
from pos.hub.app import create_app
from pos.hub.database import open_engine
from pos.hub.signatures import Gatekeeper
from pos.till.till import open_till
from tests.fakes import quick_folder
from tests.faults.audit_all import books_of_all_epochs
from tests.faults.shop import Shop
from tests.unit.hub.devices import HUB_KEY
from tests.unit.hub.kit import served

ROUNDS_A_SHOP = 3
Damage = Callable[[Shop, random.Random], None]


def prove(seconds: float, seed: int) -> dict[str, int | float | str]:
    """Damage and rebuild tills for so long, one round at least, and return what was done, counted.

    Raises:
        AssertionError: a promise is broken; the message names the seed of the shop.
    """
    began, counts, shop_seed = time.monotonic(), Counter[str](), seed
    with quick_folder() as folder:
        engine = open_engine(f"sqlite:///{folder / 'hub.db'}")
        keeper = Gatekeeper(engine, SystemClock(), HUB_KEY)
        with served(create_app(engine, SystemClock(), keeper=keeper)) as url:
            while not counts["rebuilds"] or time.monotonic() - began < seconds:
                try:
                    _live(folder, url, shop_seed, counts)
                except Exception as reason:
                    raise AssertionError(f"rebuild proof, seed {shop_seed}: {reason!r}") from reason
                shop_seed += 1
        engine.dispose()
    return {"seed": seed, "seconds": round(time.monotonic() - began, 1), **dict(sorted(counts.items()))}


def _live(folder: Path, url: str, seed: int, counts: Counter[str]) -> None:
    chance, hub_file, folder = random.Random(seed), folder / "hub.db", folder / "shop"
    shop = Shop(folder, url, hub_file, has_second_copy=chance.random() < 0.8, store=f"S{seed % 10**9}", chance=chance)
    shop.open_day()
    shop.push()
    for _ in range(ROUNDS_A_SHOP):
        _trade(shop, chance)
        _round(shop, chance, counts)
    counts["shops"] += 1
    shutil.rmtree(folder)


def _trade(shop: Shop, chance: random.Random) -> None:
    shop.sell(chance.randint(1, 6))
    if chance.random() < 0.8:
        shop.push()
    shop.sell(chance.randint(0, 6))


def _round(shop: Shop, chance: random.Random, counts: Counter[str]) -> None:
    at_hub = shop.hub_sales()
    before, made = shop.tables(), list(shop.receipts)
    name, damage = chance.choice(FILE_DAMAGES)
    damage(shop, chance)
    forked = shop.receipts[len(made) :]
    counts[f"file: {name}"] += 1
    is_copied = shop.has_second_copy and not forked
    if shop.has_second_copy and chance.random() < 0.4:
        name, damage = chance.choice(COPY_DAMAGES)
        damage(shop, chance)
        counts[f"copy: {name}"] += 1
        is_copied = False
    status, said = shop.command("rebuild")
    assert status in {0, 1}, said
    counts["rebuilds"] += 1
    _compare(shop, at_hub, counts)
    if is_copied:
        assert shop.tables() == before, "what the second copy held is not all there"
        counts["rebuilt equal"] += 1
    _sell_on(shop, counts)


def _compare(shop: Shop, at_hub: set[str], counts: Counter[str]) -> None:
    """No sale that a copy held is lost, none is doubled, none is invented."""
    handed_out = Counter((number, fen) for number, _, fen in shop.receipts)
    with closing(open_till(shop.settings)) as till:
        books = books_of_all_epochs(till, were_some_lost=True)
        numbers = {sale["receipt_no"] for sale in books.sales.values()}
    printed = [str(sale.get("printed_receipt_no", sale["receipt_no"])) for sale in books.sales.values()]
    there = Counter(zip(printed, (int(sale["total_fen"]) for sale in books.sales.values()), strict=True))
    assert not there - handed_out, f"told twice, or never made: {there - handed_out}"
    assert at_hub <= numbers, "the hub had a sale that the till has not"
    counts["sales recovered"] += there.total()
    counts["sales that no copy held"] += handed_out.total() - there.total()
    shop.receipts = [(number, "", fen) for number, fen in there.elements()]


def _sell_on(shop: Shop, counts: Counter[str]) -> None:
    used = {number for number, _, _ in shop.receipts}
    new = shop.sell(2)
    assert not used & {sale.receipt_no for sale in new}, "a number was given out twice"
    shop.push()
    count, sold_fen, back_fen = shop.till_totals()
    day = shop.hub_totals()
    assert (count, sold_fen) == (len(shop.receipts), sum(fen for _, _, fen in shop.receipts))
    assert (day["sales"], day["total_fen"], day["refunded_fen"]) == (count, sold_fen, back_fen), (day, count, sold_fen)
    assert day["parked"] == 0
    status, said = shop.command("journal", "verify")
    assert status == 0, said
    counts["sales after a rebuild"] += len(new)


# Damage to the file


def _noise(shop: Shop, chance: random.Random) -> None:
    _without_log(shop)
    shop.file.write_bytes(chance.randbytes(shop.file.stat().st_size))


def _gone(shop: Shop, _chance: random.Random) -> None:
    _without_log(shop)
    shop.file.unlink()


def _cut(shop: Shop, chance: random.Random) -> None:
    _fold_log(shop)
    content = shop.file.read_bytes()
    shop.file.write_bytes(content[: chance.randrange(len(content))])


def _flips(shop: Shop, chance: random.Random) -> None:
    _fold_log(shop)
    content = bytearray(shop.file.read_bytes())
    for _ in range(chance.randint(1, 60)):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    shop.file.write_bytes(content)


def _pages(shop: Shop, chance: random.Random) -> None:
    _fold_log(shop)
    content = bytearray(shop.file.read_bytes())
    for _ in range(chance.randint(1, 8)):
        page = chance.randrange(len(content) // 4096) * 4096
        content[page : page + 4096] = chance.randbytes(4096)
    shop.file.write_bytes(content)


def _log_lost(shop: Shop, _chance: random.Random) -> None:
    _without_log(shop)


def _rolled_back(shop: Shop, chance: random.Random) -> None:
    """An image of an hour ago is put back; where no second copy stops it, it sells on under the same numbers."""
    _fold_log(shop)
    image = shop.file.read_bytes()
    shop.sell(chance.randint(1, 4))
    if chance.random() < 0.5:
        shop.push()
    if chance.random() < 0.5:
        shutil.rmtree(shop.stick)
        shop.stick.mkdir()
    _without_log(shop)
    shop.file.write_bytes(image)
    with suppress(StorageError, JournalFork):
        shop.sell(chance.randint(1, 3))
        shop.push()


def _fold_log(shop: Shop) -> None:
    with closing(open_till(shop.settings)) as till:
        till.db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    _without_log(shop)


def _without_log(shop: Shop) -> None:
    for suffix in ("-wal", "-shm"):
        shop.file.with_name(shop.file.name + suffix).unlink(missing_ok=True)


# Damage to the second copy


def _torn(shop: Shop, chance: random.Random) -> None:
    file = chance.choice(list(shop.stick.glob("*.spool")))
    content = file.read_bytes()
    file.write_bytes(content[: chance.randrange(len(content) // 2, len(content))])


def _flipped(shop: Shop, chance: random.Random) -> None:
    file = chance.choice(list(shop.stick.glob("*.spool")))
    content = bytearray(file.read_bytes())
    for _ in range(chance.randint(1, 20)):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    file.write_bytes(content)


def _lines_lost(shop: Shop, chance: random.Random) -> None:
    for file in shop.stick.glob("*.spool"):
        lines = file.read_bytes().splitlines(keepends=True)
        file.write_bytes(b"".join(line for line in lines if chance.random() < 0.7))


def _emptied(shop: Shop, _chance: random.Random) -> None:
    for file in shop.stick.glob("*.spool"):
        file.unlink()


FILE_DAMAGES: list[tuple[str, Damage]] = [
    ("noise", _noise), ("gone", _gone), ("cut", _cut), ("bits flipped", _flips), ("pages lost", _pages),
    ("log lost", _log_lost), ("rolled back", _rolled_back),
]  # fmt: skip
COPY_DAMAGES: list[tuple[str, Damage]] = [
    ("torn", _torn), ("bits flipped", _flipped), ("lines lost", _lines_lost), ("emptied", _emptied),
]  # fmt: skip

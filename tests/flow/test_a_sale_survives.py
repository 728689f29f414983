"""Kill the till, fill its disk, lose its messages: no sale is lost, no number skipped, nobody charged twice."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from pos.clock import RandomIds
from pos.domain.errors import StorageError
from pos.domain.money import Money
from pos.till import sell, shifts
from pos.till.till import Till, open_till, till_file
from tests.audit import Books, check_books
from tests.fake_alipay import FakeAlipay
from tests.fake_time import FakeClock
from tests.fakes import NOODLES, WATER, World, fake_settings

ROOT = Path(__file__).parents[2]
KILLS = 60


@dataclass
class Seller:
    """The program that sells until it is killed, and what it has said."""

    program: subprocess.Popen[str]
    receipts: dict[str, tuple[str, int]] = field(default_factory=dict)
    draft: tuple[str, int] = ("", 0)

    def live(self, folder: Path, seed: int, *, words: int, then_s: float) -> None:
        """Let it sell until it has said so much, a moment more, then kill it with what cannot be caught."""
        assert self.program.stdin
        assert self.program.stdout
        self.program.stdin.write(f"{folder} {seed}\n")
        self.program.stdin.flush()
        pid = int(self.program.stdout.readline().split()[1])
        for _ in range(words):
            word, *rest = self.program.stdout.readline().split()
            self._hear(word, rest)
        time.sleep(then_s)  # not a wait for something: the moment of death
        os.kill(pid, signal.SIGKILL)
        for line in self.program.stdout:
            word, *rest = line.split()
            if word == "ended":
                return
            self._hear(word, rest)
        pytest.fail("the seller's parent died")

    def _hear(self, word: str, rest: list[str]) -> None:
        if word == "receipt":
            assert rest[0] not in self.receipts, "a receipt number was given twice"
            self.receipts[rest[0]] = rest[1], int(rest[2])
        elif word == "draft":
            self.draft = rest[0], int(rest[1])


@pytest.fixture
def seller() -> Iterator[Seller]:
    command = [sys.executable, "-m", "tests.flow.seller"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as program:
        yield Seller(program)
        assert program.stdin
        program.stdin.close()


def reopen(folder: Path) -> Till:
    clock = FakeClock()
    return open_till(fake_settings(folder), FakeAlipay(clock), clock, RandomIds())


def check_what_was_said(till: Till, books: Books, seller: Seller) -> None:
    """Whatever was said after a commit is there: each receipt, and the cart unless it is sold by now."""
    kept = {sale["receipt_no"]: (sale["sale_id"], sale["total_fen"]) for sale in books.sales.values()}
    assert seller.receipts.items() <= kept.items()
    sale_id, pieces = seller.draft
    cart = sell.restore_cart(till)
    if sale_id and sale_id not in books.sales:
        assert cart
        assert cart.sale_id == sale_id
        assert cart.pieces >= pieces


def test_a_till_that_is_killed_again_and_again_loses_no_sale(tmp_path: Path, seller: Seller) -> None:
    chance = random.Random(20261123)
    known: set[str] = set()
    for life in range(KILLS):
        seller.live(tmp_path, life, words=chance.randrange(9), then_s=chance.uniform(0, 0.02))
        till = reopen(tmp_path)
        books = check_books(till)
        check_what_was_said(till, books, seller)
        assert known <= set(books.sales), "a sale that was there is gone"
        known = set(books.sales)
        till.close()
    assert len(seller.receipts) > KILLS
    assert len(known) >= len(seller.receipts)
    assert len(books.attempts) > KILLS / 2


def test_a_till_that_is_killed_while_it_is_made_can_be_opened_after_all(tmp_path: Path, seller: Seller) -> None:
    for life in range(20):
        folder = tmp_path / str(life)
        seller.receipts, seller.draft = {}, ("", 0)
        seller.live(folder, life, words=0, then_s=life * 0.002)
        till = reopen(folder)
        check_what_was_said(till, check_books(till), seller)
        till.close()


# A disk that is really full


@contextmanager
def small_disk(folder: Path) -> Iterator[bool]:
    """Give a folder a disk of 2 MB of its own, where this user may; say whether it did."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)]
    is_small = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    try:
        yield is_small
    finally:
        if is_small:
            subprocess.run(["umount", "-l", str(folder)], check=True)


def sell_one(till: Till) -> str:
    cart = sell.new_cart(till)
    for text in (WATER, NOODLES):
        sell.scan(till, cart, text)
    return sell.pay_cash(till, cart, Money(1000)).receipt_no


def sell_until_it_fails(till: Till) -> list[str]:
    receipts: list[str] = []
    for _ in range(2000):
        try:
            receipts.append(sell_one(till))
        except StorageError:
            return receipts
    pytest.fail("the disk never got full")


def test_a_full_disk_stops_selling_in_words_and_room_lets_it_go_on(tmp_path: Path) -> None:
    folder = tmp_path / "disk"
    with small_disk(folder) as is_small:
        till = World(folder).open_selling()
        others = folder / "others"
        if is_small:
            others.write_bytes(b"\0" * 600_000)
        else:  # no right to mount: SQLite itself says full, by the same code
            till.db.conn.execute("PRAGMA max_page_count=60")
        receipts = sell_until_it_fails(till)
        assert receipts
        for _ in range(5):
            assert sell_until_it_fails(till) == []
            assert [sale["receipt_no"] for sale in check_books(till).sales.values()] == receipts
        if is_small:
            others.unlink()
        else:
            till.db.conn.execute("PRAGMA max_page_count=1000000")
        receipts += [sell_one(till) for _ in range(5)]
        assert [sale["receipt_no"] for sale in check_books(till).sales.values()] == receipts
        assert shifts.close_shift(till, Money(0)).expected == Money(10_000 + 650 * len(receipts))
        till.close()
        again = reopen(folder)
        assert [sale["receipt_no"] for sale in check_books(again).sales.values()] == receipts
        again.close()
    assert till_file(till.settings).name == "till.db"

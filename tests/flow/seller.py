"""A till that sells until it is killed; run as a program by ``test_a_sale_survives.py``.

For each line ``FOLDER SEED`` on standard input it forks a child that opens the till there, takes up the
cart on the counter and sells on, and says on standard output what it has on disk, each time after the commit
returned: ``draft SALE LINES`` and ``receipt NUMBER SALE FEN``. The pid comes first, ``ended`` last. Forking
saves the second that imports take; the parent itself never opens a file.
"""

import os
import random
import sys
from datetime import timedelta
from pathlib import Path

from pos.clock import RandomIds
from pos.domain import facts
from pos.domain.cart import Cart
from pos.domain.money import Money
from pos.domain.sale import Sale
from pos.storage import catalogue
from pos.storage.database import checkpoint
from pos.till import pay, resolve, sell, shifts
from pos.till.till import Till, open_till
from tests.fake_alipay import FakeAlipay
from tests.fake_time import MORNING, FakeClock
from tests.fakes import LIN, NOODLES, SHELF, TEA, WATER, fake_settings, scan_and_weigh

SALES_A_DAY = 40


def say(*words: object) -> None:
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def sell_on(folder: Path, seed: int) -> None:
    """Sell for ever."""
    chance = random.Random(seed)
    clock = FakeClock(MORNING + timedelta(minutes=seed))
    alipay = FakeAlipay(clock)
    till = open_till(fake_settings(folder), alipay, clock, RandomIds())
    catalogue.apply_feed(till.prices, SHELF, [], "1")
    while True:
        if shifts.current_shift(till) is None:
            shifts.open_shift(till, LIN, Money(10_000))
        cart = sell.restore_cart(till) or sell.new_cart(till)
        while resolve.live_attempt(till, cart.sale_id):  # this Alipay was born after it, and knows of nothing
            clock.advance(61)
            resolve.resolve(till)
        _fill(till, cart, chance)
        sale = _take_money(till, alipay, cart, chance)
        say("receipt", sale.receipt_no, sale.id, sale.total.fen)
        clock.advance(1)
        if chance.random() < 0.1:
            checkpoint(till.db)
        if sale.counter >= SALES_A_DAY:
            shifts.close_shift(till, Money(0))
            clock.advance(24 * 3600)


def _fill(till: Till, cart: Cart, chance: random.Random) -> None:
    for _ in range(chance.randint(1, 3)):
        scan_and_weigh(till, cart, chance.choice([WATER, NOODLES, TEA, "600103"]))
        sell.keep_draft(till, facts.cart_facts(cart))
        say("draft", cart.sale_id, cart.pieces)


def _take_money(till: Till, alipay: FakeAlipay, cart: Cart, chance: random.Random) -> Sale:
    if chance.random() < 0.5:
        return sell.pay_cash(till, cart, cart.total)
    settled = pay.charge(till, cart, alipay.show_code())
    assert isinstance(settled, pay.Settled)
    return settled.sale


def main() -> None:
    """Fork a seller for each line, and wait for its end."""
    for line in sys.stdin:
        folder, seed = line.split()
        child = os.fork()
        if child == 0:
            sell_on(Path(folder), int(seed))
        say("pid", child)
        os.waitpid(child, 0)
        say("ended")


if __name__ == "__main__":
    main()

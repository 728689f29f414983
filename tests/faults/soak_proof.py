"""Days and days of trading, compressed: the books agree each evening, and nothing grows but the journal.

Two tills sell through the verbs that the app calls, on real files, against a hub and a gateway simulator that are
processes of their own. A day is a shift of each till, refunds, a count of the drawer, all entries sent, the day's
totals asked at the hub and, next morning, Alipay's bill matched. Nobody sleeps: the time between customers is skipped.
Memory and handles are the process's own, so each run is a process: ``python -m tests.faults.soak_proof SALES SEED``.
"""

import gc
import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import httpx

from pos.alipay.bill import fetch_bill
from pos.alipay.gateway import AlipayGateway
from pos.clock import BEIJING, RandomIds, SystemClock, shop_day
from pos.domain.money import Money
from pos.sandbox.gateway_keys import ALIPAY_PUBLIC, APP_PRIVATE, SANDBOX_APP_ID
from pos.settings import AlipaySettings
from pos.storage.database import checkpoint
from pos.sync.client import HubClient
from pos.sync.copies import HubCopies
from pos.sync.disk import CatalogueFile, JournalOutbox
from pos.sync.exchange import pull_once, push_once
from pos.till import pay, reconcile, refund, resolve, sell, shifts
from pos.till.till import Till, open_till
from tests.audit import check_books
from tests.fakes import BY_MEI, LIN, fake_settings, hire, quick_folder
from tests.faults.proxy_proof import check_money
from tests.faults.skipping import Phones, SkippingClock
from tests.faults.stormy_till import BARCODES
from tests.unit.hub.devices import device_of
from tests.unit.hub.kit import HubProcess
from ui.demo.children import Child
from ui.demo.store import stock

SALES = 50_000
TILLS = ("01", "02")
SALES_A_DAY = 250
"""Of each till."""
IDLE_EVERY = 25
"""Sales between two idle moments, in which entries are sent and the log is folded into the file."""
MORNING = timedelta(hours=9, minutes=30)
"""When the store opens; Alipay's bill of the day before is ready at nine."""
GROWS_AT_MOST_KB = 16_000
"""From a tenth of the sales to the end; a third of a kilobyte a sale."""


def prove(seconds: float, seed: int) -> dict[str, int | float | str]:
    """Sell ``SALES`` times; it takes as long as it takes.

    Raises:
        AssertionError: books differ, a handle stays open, or memory grows with the sales.
    """
    del seconds
    figures = in_a_process(SALES, seed)
    assert figures["till KB at 100 %"] - figures["till KB at 10 %"] <= GROWS_AT_MOST_KB, figures
    assert figures["hub KB at 100 %"] - figures["hub KB at 10 %"] <= GROWS_AT_MOST_KB, figures
    assert figures["till handles at 100 %"] == figures["till handles at 10 %"], figures
    return {"seed": seed, **figures}


def in_a_process(sales: int, seed: int, *, is_bare: bool = False) -> dict[str, int]:
    """Trade in a process of its own and return its figures.

    Args:
        is_bare: the same without a sale, as what memory and handles are held against.
    """
    command = [sys.executable, "-m", "tests.faults.soak_proof", str(sales), str(seed), *(["bare"] if is_bare else [])]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
    assert done.returncode == 0, f"seed {seed}: {done.stderr[-3000:]}"
    figures: dict[str, int] = json.loads(done.stdout.splitlines()[-1])
    return figures


@dataclass(frozen=True, slots=True)
class Seat:
    """One till of the store: its ways to the gateway and to the hub."""

    till: Till
    gateway: AlipayGateway
    hub: HubClient

    @property
    def outbox(self) -> JournalOutbox:
        """What the hub does not have yet."""
        return JournalOutbox(self.till.db, self.till.identity, self.till.device)

    def send(self) -> None:
        """Send all there is, and fold the log into the file."""
        while push_once(self.hub, self.outbox, self.till.clock):
            pass
        checkpoint(self.till.db)


class Store:
    """A store of two tills whose days fly by."""

    def __init__(self, folder: Path, seed: int, opened: ExitStack, *, is_bare: bool) -> None:
        self._folder, self._opened, self._chance, self._is_bare = folder, opened, Random(seed), is_bare
        names = [f"0017-{number}" for number in TILLS]
        self.hub = opened.enter_context(HubProcess(f"sqlite:///{folder / 'hub.db'}", ["office", *names]))
        self.alipay = Child(["sandbox", "--dir", str(folder / "alipay")], folder / "alipay.log")
        self.alipay.start()
        opened.callback(self.alipay.kill)
        self.alipay.wait()
        stock(self.hub.url, device_of("office"))
        self._office = opened.enter_context(HubClient(self.hub.url, device_of("office")))
        self._phones = opened.enter_context(closing(Phones(self.alipay.address)))
        self._clock = SkippingClock(self._phones)
        self._seats = [self._seat(number) for number in TILLS]
        self._days = 0
        self.did: Counter[str] = Counter()

    def _seat(self, number: str) -> Seat:
        keys, folder = self._folder / "alipay", self._folder / number
        settings = replace(
            fake_settings(folder, till=number),
            alipay=AlipaySettings(
                gateway=f"{self.alipay.address}/gateway.do", app_id=SANDBOX_APP_ID,
                private_key=str(keys / APP_PRIVATE), alipay_public_key=str(keys / ALIPAY_PUBLIC),
            ),
        )  # fmt: skip
        gateway = self._opened.enter_context(closing(AlipayGateway(settings.alipay, SystemClock())))
        till = self._opened.enter_context(closing(open_till(settings, gateway, self._clock, RandomIds())))
        till.device = device_of(till.identity.name)
        hub = self._opened.enter_context(HubClient(self.hub.url, till.device))
        while pull_once(hub, CatalogueFile(till.prices)):
            pass
        hire(till)
        return Seat(till, gateway, hub)

    def trade_a_day(self) -> Iterator[int]:
        """Let a day pass at both tills; whenever they rest, say how many sales there were since they last did."""
        day = self._wait_for_morning()
        for seat in self._seats:
            if not self._is_bare:
                shifts.open_shift(seat.till, LIN, Money(10_000))
        for number in range(SALES_A_DAY):
            for seat in self._seats:
                self._serve(seat)
            if number % IDLE_EVERY == IDLE_EVERY - 1:
                self._rest()
                yield IDLE_EVERY * len(self._seats)
        self._close(day)

    def _wait_for_morning(self) -> date:
        """Skip the night; match the bill of the day that is over."""
        now = self._clock.now().astimezone(BEIJING)
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
        before = shop_day(self._clock.now())
        self._clock.skip((midnight + timedelta(days=1) + MORNING - now).total_seconds())
        if self._days and not self._is_bare:
            for seat in self._seats:
                self._match(seat, before)
        self._days += 1
        return shop_day(self._clock.now())

    def _match(self, seat: Seat, day: date) -> None:
        found = reconcile.match_day(seat.till, day, fetch_bill(seat.gateway, day), HubCopies(seat.hub), by=BY_MEI)
        assert not found.mismatches, (seat.till.identity.name, found)
        assert found.till == found.alipay == found.hub, found
        self.did["bill rows matched"] += found.agreed

    def _serve(self, seat: Seat) -> None:
        cart = sell.new_cart(seat.till)
        for barcode in self._chance.choices(BARCODES, k=self._chance.randint(1, 4)):
            sell.scan(seat.till, cart, barcode)
        if self._is_bare:
            if self._chance.random() < 0.3:
                self._phones.show_code()
                resolve.probe(seat.till)
            return
        if self._chance.random() < 0.7:
            sell.pay_cash(seat.till, cart, cart.total)
            return
        settled = pay.charge(seat.till, cart, self._phones.show_code())
        assert isinstance(settled, pay.Settled), settled
        if self._chance.random() < 0.1:
            amount = Money(self._chance.randint(1, cart.total.fen))
            refund.give_refund(
                seat.till, refund.find_refundable(seat.till, settled.sale.receipt_no), amount, "退货", by=BY_MEI
            )
            self.did["refunds"] += 1

    def _rest(self) -> None:
        for seat in self._seats:
            resolve.resolve(seat.till)
            seat.send()
        self._clock.skip(self._chance.uniform(600, 1_500))

    def _close(self, day: date) -> None:
        """Count the drawers, send all, and ask the hub what the day came to."""
        if self._is_bare:
            return
        for seat in self._seats:
            shift = shifts.current_shift(seat.till)
            assert shift
            closed = shifts.close_shift(seat.till, shifts.expected_cash(seat.till, shift))
            assert closed.counted == closed.expected
            seat.send()
            found = resolve.resolve(seat.till)
            assert (found.open, found.unclaimed, seat.outbox.backlog().count) == ((), (), 0)
        told = self._ask_totals(day)
        for seat in self._seats:
            here = dict(_day_here(seat.till, day))
            there = next(each for each in told["tills"] if each["till"] == seat.till.identity.name)
            assert (there["sales"], there["total_fen"]) == here["sale"], (there, here)
            assert there["refunded_fen"] == here.get("refund", (0, 0))[1], (there, here)
            assert there["parked"] == 0

    def _ask_totals(self, day: date) -> dict[str, Any]:
        return self._office.get("/v1/totals", dict[str, Any], params={"day": day.isoformat()})

    def audit(self) -> None:
        """Read every journal again: books, the hub's head, Alipay's trades."""
        books = [check_books(seat.till) for seat in self._seats]
        for seat in self._seats:
            ours = seat.till.db.execute("SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
            kept = seat.hub.latest_head(seat.till.identity.name)
            assert ours is None or (kept.seq, kept.hash) == tuple(ours), (kept, ours)
        trades = httpx.get(f"{self.alipay.address}/sandbox/trades", timeout=120, trust_env=False).json()
        check_money(books, trades)
        self.did += Counter({"sales": sum(len(each.sales) for each in books), "days": self._days,
                             "entries": sum(each.entries for each in books)})  # fmt: skip

    def mark(self, percent: int) -> dict[str, int]:
        """Measure, after every line was used, so that each has its one connection."""
        for seat in self._seats:
            resolve.probe(seat.till)
            seat.send()
        self._ask_totals(shop_day(self._clock.now()))
        gc.collect()
        assert self.hub._process
        hub = self.hub._process.pid
        return {
            f"till KB at {percent} %": resident_kb(os.getpid()), f"till handles at {percent} %": handles(os.getpid()),
            f"hub KB at {percent} %": resident_kb(hub), f"hub handles at {percent} %": handles(hub),
        }  # fmt: skip


def _day_here(till: Till, day: date) -> list[tuple[str, tuple[int, int]]]:
    asked = "SELECT kind, sum(count), sum(amount_fen) FROM totals WHERE business_day = ? GROUP BY kind"
    return [(kind, (count, fen)) for kind, count, fen in till.db.execute(asked, [day.isoformat()])]


def resident_kb(process: int) -> int:
    """Return the memory a process has in use (proc(5), VmRSS)."""
    status = Path(f"/proc/{process}/status").read_text("ascii", errors="replace")
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1])


def handles(process: int) -> int:
    """Return how many files, sockets and pipes a process has open."""
    return len(os.listdir(f"/proc/{process}/fd"))  # noqa: PTH208


def trade(sales: int, seed: int, *, is_bare: bool = False) -> dict[str, int]:
    """Trade whole days until so many sales are made; return the figures at 10, 50 and 100 % of them."""
    began, made, figures = time.monotonic(), 0, dict[str, int]()
    with quick_folder() as folder, ExitStack() as opened:
        store = Store(folder, seed, opened, is_bare=is_bare)
        marks = [10, 50, 100]
        while marks:
            for sold in store.trade_a_day():
                made += sold
                while marks and made >= sales * marks[0] // 100:
                    figures |= store.mark(marks.pop(0))
        store.audit()
        return dict(sorted(store.did.items())) | {"seconds": round(time.monotonic() - began)} | figures


if __name__ == "__main__":
    print(json.dumps(trade(int(sys.argv[1]), int(sys.argv[2]), is_bare="bare" in sys.argv[3:])))  # noqa: T201

"""Tills sell through lines that lie, to a hub that is killed: in the end everybody says the same, to the fen.

Hub and gateway simulator are processes of their own; between them and each till stands a ``FaultProxy``.
"""

import threading
import time
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import httpx

from pos.sandbox.gateway_keys import ALIPAY_PUBLIC, APP_PRIVATE, SANDBOX_APP_ID
from pos.settings import AlipaySettings, HubSettings
from pos.sync.client import HubClient
from pos.till.till import open_till
from tests.audit import Books, check_books
from tests.fakes import fake_settings, quick_folder
from tests.faults.proxy import FaultProxy
from tests.faults.skipping import Phones, SkippingClock
from tests.faults.stormy_till import StormyTill
from tests.unit.hub.devices import device_of
from tests.unit.hub.kit import HubProcess
from ui.demo.children import Child
from ui.demo.store import stock

TILLS = ("01", "02", "03")
STORM_S, RECEIPTS = 6.0, 30
"""How long the lines lie in a storm of the usual size, and how many sales are made meanwhile, at least."""
RAGES_AT_MOST_S = 90.0
KILL_EVERY_S = 2.5
"""Between two kills of the hub, about."""
SKIP_S, TICK_S = 3.0, 0.2
"""While the lines lie, the tills' day runs sixteen times as fast."""


def prove(seconds: float, seed: int) -> dict[str, int | float | str]:
    """Let storms come and go for so long, one at least.

    Raises:
        AssertionError: a row, a sale or a fen is missing or doubled, or something never came to its end; with the seed.
    """
    began, figures, storms = time.monotonic(), Counter[str](), 0
    while not storms or time.monotonic() - began < seconds:
        figures += storm(seed + storms, STORM_S * (1 + storms % 4))
        storms += 1
    return {"first seed": seed, "storms": storms, **dict(sorted(figures.items()))}


def storm(seed: int, seconds: float = STORM_S) -> Counter[str]:
    """Sell in a storm, mend the lines, wait until all is settled, compare all books; return what happened, counted."""
    with quick_folder() as folder, ExitStack() as opened:
        try:
            return _Storm(folder, seed, opened).blow(seconds)
        except Exception as reason:
            raise AssertionError(f"storm of seed {seed}: {reason!r}") from reason


class _Storm:
    def __init__(self, folder: Path, seed: int, opened: ExitStack) -> None:
        self._chance, self._opened = Random(seed), opened
        names = [f"0017-{number}" for number in TILLS]
        self._hub = opened.enter_context(HubProcess(f"sqlite:///{folder / 'hub.db'}", ["office", *names]))
        self._gateway = Child(["sandbox", "--dir", str(folder / "alipay")], folder / "alipay.log")
        self._gateway.start()
        opened.callback(self._gateway.kill)
        self._gateway.wait()
        self._phones = opened.enter_context(closing(Phones(self._gateway.address)))
        self._clock = SkippingClock(self._phones)
        stock(self._hub.url, device_of("office"))
        self._proxies = [self._proxy(self._hub.url) for _ in TILLS] + [
            self._proxy(self._gateway.address) for _ in TILLS
        ]
        self._is_over, self._is_mended, self._is_done = threading.Event(), threading.Event(), threading.Event()
        self._tills = [self._till(folder, place) for place in range(len(TILLS))]

    def _proxy(self, server: str) -> FaultProxy:
        return self._opened.enter_context(FaultProxy(server, self._chance.randrange(10**9)))

    def _till(self, folder: Path, place: int) -> StormyTill:
        hub, gateway = self._proxies[place], self._proxies[place + len(TILLS)]
        keys = folder / "alipay"
        alipay = AlipaySettings(
            gateway=f"{gateway.address}/gateway.do", app_id=SANDBOX_APP_ID, private_key=str(keys / APP_PRIVATE),
            alipay_public_key=str(keys / ALIPAY_PUBLIC),
        )  # fmt: skip
        settings = replace(
            fake_settings(folder / TILLS[place], till=TILLS[place]), hub=HubSettings(url=hub.address), alipay=alipay
        )
        chance = Random(self._chance.randrange(10**9))
        till = StormyTill(settings, self._phones, self._clock, chance, self._is_over, self._is_mended)
        till.begin(self._hub.url)
        return till

    def blow(self, seconds: float) -> Counter[str]:
        """Let it blow for so long, and check what is left."""
        with ThreadPoolExecutor(2 * len(TILLS)) as pool:
            cashiers = [pool.submit(till.sell) for till in self._tills]
            loops = [pool.submit(till.sync, self._is_done) for till in self._tills]
            try:
                kills = self._rage(seconds)
                self._is_over.set()
                for proxy in self._proxies:
                    proxy.mend()
                self._is_mended.set()
                while not all(each.done() for each in cashiers) and not any(each.done() for each in loops):
                    self._clock.skip(20)
                    time.sleep(TICK_S)
            finally:
                for event in (self._is_over, self._is_mended, self._is_done):
                    event.set()
            for job in [*loops, *cashiers]:
                job.result()
        return self._compare() + Counter({"hub kills": kills})

    def _rage(self, seconds: float) -> int:
        """Skip time and kill the hub now and then."""
        began, kills = time.monotonic(), 0
        kill_at = time.monotonic() + self._chance.uniform(0.3, 1.0) * KILL_EVERY_S
        while time.monotonic() < began + seconds or not kills or self._sold() < RECEIPTS:
            assert time.monotonic() < began + RAGES_AT_MOST_S, f"only {self._sold()} sales, {kills} kills"
            time.sleep(TICK_S)
            self._clock.skip(SKIP_S)
            if time.monotonic() > kill_at:
                self._hub.kill()
                time.sleep(self._chance.uniform(0, 0.5))
                self._hub.start()
                kills += 1
                kill_at = time.monotonic() + self._chance.uniform(0.5, 1.5) * KILL_EVERY_S
        return kills

    def _sold(self) -> int:
        return sum(len(till.receipts) for till in self._tills)

    def _compare(self) -> Counter[str]:
        books = [self._books(till) for till in self._tills]
        asked = httpx.get(f"{self._gateway.address}/sandbox/trades", timeout=30, trust_env=False)
        check_money(books, asked.json())
        figures = sum((till.did for till in self._tills), Counter[str]())
        for proxy in self._proxies:
            figures += Counter({f"connections {kind}": count for kind, count in proxy.fates.items()})
        figures["sales"] = sum(len(each.sales) for each in books)
        figures["entries, the same at till and hub"] = sum(each.entries for each in books)
        figures["attempts, all final"] = sum(len(each.attempts) for each in books)
        return figures

    def _books(self, till: StormyTill) -> Books:
        with closing(open_till(till.settings)) as opened, HubClient(self._hub.url, device_of("office")) as office:
            books = check_books(opened)
            ours = [tuple(row) for row in opened.db.execute(f"SELECT {_ROW} FROM journal ORDER BY seq")]
            kept = office.history(till.name)
        theirs = [tuple(getattr(entry, name) for name in _ROW.split(", ")) for entry in kept.entries]
        assert ours == theirs, f"{till.name}: {len(ours)} rows here, {len(theirs)} at the hub"
        assert not kept.forks, kept.forks
        sold = {sale["receipt_no"]: sale["total_fen"] for sale in books.sales.values()}
        assert till.receipts.items() <= sold.items(), till.receipts.keys() - sold.keys()
        return books


_ROW = "epoch, seq, id, at, kind, version, body, prev, hash"


def check_money(books: Iterable[Books], trades: list[dict[str, Any]]) -> None:
    """Check that Alipay keeps of each trade what is a sale's tender less its refunds, and nothing else."""
    claimed: Counter[str] = Counter()
    for each in books:
        assert {attempt["state"] for attempt in each.attempts.values()} <= {"paid", "dead"}
        assert {refund["state"] for refund in each.refunds.values()} <= {"done", "refused"}
        for sale in each.sales.values():
            for tender in sale["tenders"]:
                if tender["kind"] == "alipay":
                    assert tender["out_trade_no"] not in claimed
                    claimed[tender["out_trade_no"]] = tender["amount_fen"]
        for refund in each.refunds.values():
            if refund["state"] == "done":
                claimed[refund["out_trade_no"]] -= refund["amount_fen"]
    kept = {each["out_trade_no"]: each["amount_fen"] - each["refunded_fen"] for each in trades if each["paid_at"]}
    assert +claimed == +Counter(kept), (claimed, kept)

"""A till in a storm: the verbs and the sync loop that the app runs, on real files, by real HTTP, with little patience.

The time between customers is skipped: the tills' clock and the gateway simulator's run ahead together.
"""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from random import Random

import httpx

from pos.alipay.gateway import AlipayGateway
from pos.clock import RandomIds, SystemClock
from pos.domain.cart import Cart
from pos.domain.errors import PosError
from pos.domain.money import Money
from pos.domain.sale import Sale
from pos.sandbox.store import sample_products
from pos.settings import Settings
from pos.storage import refunds
from pos.sync.client import HubClient
from pos.sync.disk import CatalogueFile, JournalOutbox
from pos.sync.exchange import pull_once
from pos.sync.runner import Sync
from pos.till import pay, refund, resolve, sell, shifts
from pos.till.till import Till, open_till
from tests.fakes import BY_MEI, LIN, hire
from tests.faults.skipping import Phones, SkippingClock
from tests.unit.hub.devices import device_of

PATIENCE_S = 0.6
"""What a till waits here for an answer, in place of ten or fifteen seconds."""
SETTLED_WITHIN_S = 60.0
"""Real seconds for all to come to its end once nothing is broken, hours by the tills' clock."""
KINDS = (*["normal"] * 6, "password", "never", "decline_balance")
"""Customers, as the simulator names them."""
BARCODES = [str(each["barcodes"][0]) for each in sample_products() if each["barcodes"] and each["unit"] == "piece"]


class Impatient(httpx.HTTPTransport):
    """The network, for somebody who does not wait long."""

    def __init__(self) -> None:
        super().__init__(verify=False)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.extensions["timeout"] = dict.fromkeys(("connect", "read", "write", "pool"), PATIENCE_S)
        return super().handle_request(request)


@dataclass
class StormyTill:
    """A cashier and a sync loop, each on a thread of its own, and what the customers hold in hand.

    Attributes:
        settings: they lead through the lines that lie.
        phones: where customers get their codes: the simulator itself.
        is_over, is_mended: the storm ends, then the lines are whole; from then on all must come to its end.
    """

    settings: Settings
    phones: Phones
    clock: SkippingClock
    chance: Random
    is_over: threading.Event
    is_mended: threading.Event
    receipts: dict[str, int] = field(default_factory=dict)
    did: Counter[str] = field(default_factory=Counter)

    @property
    def name(self) -> str:
        """The till as the hub knows it."""
        return f"{self.settings.till.store}-{self.settings.till.till}"

    @contextmanager
    def open(self) -> Iterator[Till]:
        """Open the till for the thread that asks."""
        gateway = AlipayGateway(self.settings.alipay, SystemClock(), Impatient())
        with closing(gateway), closing(open_till(self.settings, gateway, self.clock, RandomIds())) as till:
            till.device = device_of(self.name)
            yield till

    def begin(self, hub: str) -> None:
        """Make the files before any thread starts, as the app does, with the hub's prices and an open shift."""
        with self.open() as till, HubClient(hub, till.device) as client:
            while pull_once(client, CatalogueFile(till.prices)):
                pass
            hire(till)
            shifts.open_shift(till, LIN, Money(10_000))

    def sell(self) -> None:
        """Serve customers while the storm lasts; when the lines are mended, bring what is open to its end."""
        with self.open() as till:
            while not self.is_over.is_set():
                self._serve(till)
                if self.chance.random() < 0.4:
                    resolve.resolve(till)
            self.is_mended.wait()
            self._wait_for(lambda: self._is_settled(till), "something is open for ever")

    def sync(self, is_done: threading.Event) -> None:
        """Push and pull as the app's sync thread does, until all is done."""
        hub = self.settings.hub.url
        with self.open() as till, HubClient(hub, till.device, transport=Impatient()) as client:
            outbox = JournalOutbox(till.db, till.identity, till.device)
            sync = Sync(client, outbox, CatalogueFile(till.prices), self.clock, self.chance.random)
            while not is_done.is_set():
                sync.hurry()
                is_done.wait(min(0.05, sync.step()))

    def _wait_for(self, is_so: Callable[[], bool], otherwise: str) -> None:
        until = time.monotonic() + SETTLED_WITHIN_S
        while not is_so():
            assert time.monotonic() < until, f"{self.name}: {otherwise}"
            time.sleep(0.05)

    def _is_settled(self, till: Till) -> bool:
        found = resolve.resolve(till)
        is_sent = not JournalOutbox(till.db, till.identity).backlog().count
        return is_sent and not (found.open or found.unclaimed or refunds.list_open(till.db))

    def _serve(self, till: Till) -> None:
        cart = sell.new_cart(till)
        for barcode in self.chance.choices(BARCODES, k=self.chance.randint(1, 4)):
            sell.scan(till, cart, barcode)
        if self.chance.random() < 0.3:
            self._take_cash(till, cart)
            return
        try:
            self._charge(till, cart)
        except PosError as reason:
            self.did[f"told {reason.code}"] += 1
            with suppress(PosError):  # it may be paid by now
                self._take_cash(till, cart)

    def _charge(self, till: Till, cart: Cart) -> None:
        outcome = pay.charge(till, cart, self.phones.show_code(self.chance.choice(KINDS)))
        self.did["charges"] += 1
        for _ in range(self.chance.randint(0, 3)):
            if isinstance(outcome, pay.Waiting):
                outcome = pay.check(till, cart, outcome.attempt)
        if isinstance(outcome, pay.Waiting) and self.chance.random() < 0.6:
            outcome = pay.stop(till, cart, outcome.attempt, "stopped")
        if isinstance(outcome, pay.Refused):
            self._take_cash(till, cart)
        elif isinstance(outcome, pay.Settled):
            self._hand_out(outcome.sale)
            if self.chance.random() < 0.3:
                self._give_back(till, outcome.sale)
        else:
            self.did["left waiting"] += 1

    def _give_back(self, till: Till, sale: Sale) -> None:
        amount = Money(self.chance.randint(1, sale.total.fen))
        refund.give_refund(till, refund.find_refundable(till, sale.receipt_no), amount, "商品有问题", by=BY_MEI)
        self.did["refunds"] += 1

    def _take_cash(self, till: Till, cart: Cart) -> None:
        self._hand_out(sell.pay_cash(till, cart, cart.total))

    def _hand_out(self, sale: Sale) -> None:
        self.receipts[sale.receipt_no] = sale.total.fen
        self.did["receipts"] += 1

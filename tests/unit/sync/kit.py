"""A till's journal on a real disk, and a line to the hub that can be cut."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pos.clock import Clock, SystemClock, uuid7
from pos.storage import journal
from pos.storage.catalogue import open_catalogue
from pos.storage.database import open_database, transaction
from pos.storage.journal import Fact, Identity
from pos.storage.migrations import TILL_FILE, till_steps
from pos.sync.disk import CatalogueFile, JournalOutbox
from tests.unit.hub.devices import HUB_KEY, Raw, device_of, sealed
from tests.unit.hub.kit import NOON, sale_body


class TillDisk:
    """A till's databases in a folder."""

    def __init__(self, folder: Path, epoch: int = 1, till: str = "03") -> None:
        self.identity = Identity("0017", till, epoch)
        self.db = open_database(folder / "till.db", till_steps, application_id=TILL_FILE)
        self.prices = open_catalogue(folder / "catalogue.db")
        self.device = device_of(self.identity.name)
        self.outbox = JournalOutbox(self.db, self.identity, self.device)
        self.sink = CatalogueFile(self.prices)

    def sell(self, count: int) -> None:
        """Append so many sales to the journal."""
        for _ in range(count):
            number = journal.head(self.db, self.identity.epoch)[0] + 1
            self.append("sale.completed", sale_body(number + 1000 * (self.identity.epoch - 1)))

    def append(self, kind: str, body: Mapping[str, Any]) -> None:
        """Append one entry to the journal."""
        seq = journal.head(self.db, self.identity.epoch)[0] + 1
        at = NOON + timedelta(seconds=seq)
        fact_id = uuid7(at, (1000 * self.identity.epoch + seq).to_bytes(10, "big"))
        with transaction(self.db):
            journal.append(self.db, self.identity, Fact(kind, fact_id, at, body))

    @property
    def acked(self) -> int:
        """What the till believes the hub keeps of its epoch."""
        return self.outbox.acknowledged(self.identity.epoch)

    def close(self) -> None:
        self.outbox.close()
        self.sink.close()


class Line(httpx.BaseTransport):
    """The way to the hub: cut before the hub, cut behind it, or answered by somebody else.

    Attributes:
        answers: what is answered instead, one for each request, while there are any.
        asked: the requests that set out, as ``POST /v1/…``.
        signs: the key that signs what is answered instead; None when nobody does.
    """

    def __init__(self, clock: Clock | None = None) -> None:
        self._clock = clock or SystemClock()
        self.signs: Ed25519PrivateKey | None = HUB_KEY
        self._real = httpx.HTTPTransport()
        self.is_down = False
        self.loses_answers = False
        self.answers: list[httpx.Response] = []
        self.asked: list[str] = []
        self.sent: list[httpx.Request] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(f"{request.method} {request.url.raw_path.decode()}")
        self.sent.append(request)
        if self.is_down:
            raise httpx.ConnectError("cut")
        if self.answers:
            made = self.answers.pop(0)
            return sealed(request, made, self.signs, self._clock.now()) if self.signs else made
        answer = self._real.handle_request(request)
        if self.loses_answers:
            answer.read()
            raise httpx.ReadError("cut")
        return answer

    def close(self) -> None:
        self._real.close()


def answer(status: int, body: object = None, headers: Mapping[str, str] | None = None) -> httpx.Response:
    """An answer made by hand."""
    named = {"content-type": "application/json", **(headers or {})}
    return httpx.Response(status, headers=named, stream=Raw(json.dumps(body).encode()))


def drained(once: Callable[[], bool], limit: int = 50) -> int:
    """Call until there is no more, and return how often; a loop that never ends fails."""
    for count in range(1, limit + 1):
        if not once():
            return count
    raise AssertionError("it never ends")


def skus(prices: CatalogueFile) -> Sequence[str]:
    """The products on the till's shelf."""
    return [row[0] for row in prices._prices.execute("SELECT sku FROM products ORDER BY sku").fetchall()]

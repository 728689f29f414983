"""A shop for the table of faults: a till, its customers, and an Alipay that can be told to behave badly."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

from pos.alipay.gateway import AlipayGateway
from pos.domain.money import Money
from pos.sandbox.gateway import create_app
from pos.sandbox.gateway_keys import ALIPAY_PUBLIC, APP_PRIVATE, SANDBOX_APP_ID, open_keys
from pos.sandbox.gateway_ledger import MemoryLedger
from pos.settings import AlipaySettings
from pos.storage import catalogue
from pos.till import shifts
from pos.till.till import Till, open_till
from tests.fake_time import CountingIds, FakeClock
from tests.fakes import LIN, SHELF, fake_settings, hire
from tests.unit.sandbox.gateway_kit import served


class TillDied(BaseException):
    """The power of the till went, in the middle of whatever it did."""


@dataclass
class Shop:
    """A till, its customers, and an Alipay that can be told to behave badly."""

    folder: Path
    address: str
    clock: FakeClock
    gateway: AlipayGateway
    http: httpx.Client
    ids: CountingIds = field(default_factory=CountingIds)
    seen: list[str] = field(default_factory=list)

    def open(self, number: str = "03") -> Till:
        """Open a till of the store, or open it again."""
        till = open_till(fake_settings(self.folder / number, till=number), self.gateway, self.clock, self.ids)
        catalogue.apply_feed(till.prices, SHELF, [], "1")
        if shifts.current_shift(till) is None:
            hire(till)
            shifts.open_shift(till, LIN, Money(10_000))
        return till

    def fault(self, name: str, method: str, *, seconds: float = 0, count: int = 1) -> None:
        """Let the next calls of a method go wrong."""
        order = {"next": name, "method": method, "count": count, "seconds": seconds}
        self.http.post("/sandbox/faults", json=order).raise_for_status()

    def mend(self) -> None:
        """Forget what was ordered."""
        self.http.post("/sandbox/faults", json={}).raise_for_status()

    def scan(self, qr: str, kind: str = "normal") -> None:
        """Let the customer scan a code of ours, dead or alive."""
        self.http.post("/sandbox/scan", json={"qr_code": qr, "kind": kind})

    def saw(self, words: str) -> None:
        """Note what the screen said, once for as long as it says it."""
        if not self.seen or self.seen[-1] != words:
            self.seen.append(words)

    @property
    def kept(self) -> Money:
        """What Alipay keeps for the shop."""
        return Money(self.http.get("/sandbox/totals").json()["kept_fen"])


@contextmanager
def opened_shop() -> Iterator[Shop]:
    """Open a shop on its first morning."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="guitai-")))
        clock = FakeClock()
        keys = folder / "alipay"
        app = create_app(open_keys(keys), MemoryLedger(), clock)
        address = stack.enter_context(served(app))
        settings = AlipaySettings(
            gateway=f"{address}/gateway.do", app_id=SANDBOX_APP_ID, private_key=str(keys / APP_PRIVATE),
            alipay_public_key=str(keys / ALIPAY_PUBLIC),
        )  # fmt: skip
        gateway = AlipayGateway(settings, clock)
        stack.callback(gateway.close)
        http = stack.enter_context(httpx.Client(base_url=address, trust_env=False))
        yield Shop(folder, address, clock, gateway, http)

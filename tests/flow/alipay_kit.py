"""A simulator and a till's client on each end of real HTTP."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest

from pos.alipay.gateway import AlipayGateway
from pos.clock import SystemClock
from pos.domain.gateway import (
    Charge,
    Paid,
    PayReply,
)
from pos.domain.money import Money
from pos.sandbox.gateway import create_app, fresh_codes
from pos.sandbox.gateway_keys import (
    ALIPAY_PUBLIC,
    APP_PRIVATE,
    SANDBOX_APP_ID,
    open_keys,
)
from pos.sandbox.gateway_ledger import MemoryLedger
from pos.settings import AlipaySettings
from tests.unit.sandbox.gateway_kit import StoppedClock, served

SERVE = "import sys\nfrom pathlib import Path\nfrom pos.sandbox.gateway import serve\nserve(Path(sys.argv[1]), {})"
PRICE = Money(8888)


class Simulator:
    """The simulator as a process of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.log = folder, folder.parent / "simulator.log"
        self.address = ""
        self.start()

    def start(self, port: int = 0) -> None:
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-c", SERVE.format(port), str(self.folder)],
                stdout=subprocess.PIPE, stderr=log, text=True, cwd=Path(__file__).parents[2],
            )  # fmt: skip
        assert self._process.stdout is not None
        self.address = json.loads(self._process.stdout.readline())["listening"]

    def kill(self) -> None:
        """End it as a power cut would."""
        self._process.kill()
        self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()

    def restart(self) -> None:
        self.kill()
        self.start(httpx.URL(self.address).port or 0)


@pytest.fixture(scope="module")
def simulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulator]:
    started = Simulator(tmp_path_factory.mktemp("sandbox") / "alipay")
    yield started
    started.kill()


@pytest.fixture
def opened() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


class Counter:
    """A till's counter: codes, a gateway, and what the simulator says of the money."""

    numbers = 0

    def __init__(self, address: str, gateway: AlipayGateway, stack: ExitStack) -> None:
        self.address, self.gateway = address, gateway
        stack.callback(gateway.close)
        self._http = stack.enter_context(httpx.Client(base_url=address, trust_env=False))
        Counter.numbers += 1
        self.number = f"GT{Counter.numbers:032d}"
        self._kept_before = self.kept

    @property
    def kept(self) -> int:
        return int(self._http.get("/sandbox/totals").json()["kept_fen"])

    @property
    def gained(self) -> int:
        """Fen the shop has more than when the counter was opened."""
        return self.kept - self._kept_before

    def code(self, kind: str = "normal") -> str:
        return fresh_codes(self.address, kind=kind)[0]

    def pay(self, code: str, amount: Money = PRICE) -> PayReply:
        return self.gateway.pay(Charge(self.number, amount, code, "牛奶/面包 2件", "0017", "03", "1001"))

    def fault(self, **order: object) -> None:
        self._http.post("/sandbox/faults", json=order).raise_for_status()

    def confirm(self, *, accept: bool = True) -> None:
        asked = {"out_trade_no": self.number, "accept": accept}
        self._http.post("/sandbox/confirm", json=asked).raise_for_status()

    def trade(self) -> dict[str, Any]:
        trades: list[dict[str, Any]] = self._http.get("/sandbox/trades").json()
        return next(each for each in trades if each["out_trade_no"] == self.number)


def till_settings(address: str, folder: Path) -> AlipaySettings:
    return AlipaySettings(
        gateway=f"{address}/gateway.do",
        app_id=SANDBOX_APP_ID,
        private_key=str(folder / APP_PRIVATE),
        alipay_public_key=str(folder / ALIPAY_PUBLIC),
    )


@pytest.fixture
def counter(simulator: Simulator, opened: ExitStack) -> Counter:
    gateway = AlipayGateway(till_settings(simulator.address, simulator.folder), SystemClock())
    return Counter(simulator.address, gateway, opened)


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock()


@pytest.fixture
def timed(clock: StoppedClock, tmp_path: Path, opened: ExitStack) -> Counter:
    """A counter whose till and simulator share a clock that stands still."""
    app = create_app(open_keys(tmp_path), MemoryLedger(), clock)
    address = opened.enter_context(served(app))
    return Counter(address, AlipayGateway(till_settings(address, tmp_path), clock), opened)


def is_paid(reply: object, amount: Money = PRICE) -> bool:
    return isinstance(reply, Paid) and reply.amount == amount

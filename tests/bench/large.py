"""Large: scans, searches and the start beside 100,000 and 1,000,000 products; memory over 10,000 sales.

Held against what peers publish for 100,000 products: a barcode in 50 ms, a search in 300 ms, loaded in 15 s. The
catalogues are made in a folder that goes with the bench.
"""

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import count, cycle
from pathlib import Path
from random import Random
from statistics import median, quantiles
from typing import Any

from pos.domain.money import Money
from pos.domain.staff import Cashier, Role
from pos.settings import Settings, TillSettings
from pos.storage import staff
from pos.storage.catalogue import apply_feed
from pos.storage.database import checkpoint
from pos.till import sell, shifts
from pos.till.till import Till, catalogue_file, open_till
from tests.bench.assortment import assortment, barcode_of
from tests.bench.figure import Amount, Figure
from tests.bench.paint import wait_for

SIZES = (100_000, 1_000_000)
PEER = "what peers need at 100,000"
PEERS_BARCODE_MS, PEERS_SEARCH_MS, PEERS_LOAD_MS = 50.0, 300.0, 15_000.0
PAGE = 5_000
SALES = 10_000
_KEEP_LINES = 12
_ROUNDS = 200
_SETTLING = 5
"""Rounds of events between two scans: what one leaves to do is not the next one's."""
_MA = Cashier("1001", "王敏", Role.CASHIER)

_START = """
import gc, sys, pathlib
gc.disable()
from pos.settings import Settings, TillSettings
from ui.application import make_application
from ui.app import App
settings = Settings(data_dir=pathlib.Path(sys.argv[1]), till=TillSettings(camera="none"))
qt = make_application(settings); app = App(settings, None)
app.window.resize(1366, 768); app.window.show(); qt.processEvents(); app.window.grab()
from pos.till import sell
assert sell.scan(app._reading, sell.new_cart(app._reading), sys.argv[2]).line.product
print("there", flush=True); qt.exec()
"""


@dataclass(frozen=True, slots=True)
class _Timed:
    """What something took on the clock, and on the processor of its own thread."""

    clock_ms: float
    processor_ms: float

    def since(self, before: "_Timed") -> "_Timed":
        return _Timed(self.clock_ms - before.clock_ms, self.processor_ms - before.processor_ms)


def measure() -> list[Figure | Amount]:
    """Build each catalogue and time what a cashier does beside it; then sell for a long day."""
    rows: list[Figure | Amount] = []
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder, _till(Path(folder)) as till:
            rows += [_build(till, size), *_searches(till, size), *_scans(till, size), _load(till, size)]
    return [*rows, _memory(), _load_of_machine()]


def _load_of_machine() -> Amount:
    """Say how busy the machine was meanwhile: figures of a busy one are no promise, only their ratios are."""
    return Amount("load of the machine, fifteen minutes", os.getloadavg()[2], "programs at work", "its processors",
                  float(os.cpu_count() or 1))  # fmt: skip


@contextmanager
def _till(folder: Path) -> Iterator[Till]:
    settings = Settings(data_dir=folder / "till", till=TillSettings(camera="none"))
    with closing(open_till(settings)) as till:
        with till.transaction():
            staff.put_staff(till.db, _MA, "")
        shifts.open_shift(till, _MA, Money(0))
        yield till


def _build(till: Till, size: int) -> Amount:
    """Time taking the feed, page by page as it comes from the hub; drawing up the assortment is no part of it."""
    taken_ms = 0.0
    for first in range(0, size, PAGE):
        page = list(assortment(PAGE, first))
        taken_ms += _ms(lambda page=page, first=first: _take(till, page, str(first)))  # type: ignore[misc]
    return Amount(f"take a catalogue of {size:,}", taken_ms / 1000, "s", "two minutes", 120.0)


def _take(till: Till, page: list[dict[str, Any]], cursor: str) -> None:
    apply_feed(till.prices, page, [], cursor)
    checkpoint(till.prices)


def _needles(size: int) -> list[str]:
    """Return what cashiers type: parts of names and initials, English words, numbers, and what there is not."""
    chosen, found = Random(7), ["水", "牛奶", "巧克力", "spicy", "choc", "没有这个", "zzz", "500ml", "s"]
    for number in chosen.sample(range(size), 40):
        [product] = assortment(1, number)
        name, pinyin, code = product["name"], product["pinyin"], product["barcodes"][0]
        at = chosen.randrange(len(name) - 3)
        found += [name[at : at + 2], name[at : at + 3], name[:4], pinyin[:3], pinyin[1:4], code[-4:], code[-6:],
                  product["sku"], product["name_en"].split()[2].lower()]  # fmt: skip
    return found


def _searches(till: Till, size: int) -> list[Amount]:
    taken = [_timed(lambda text=text: sell.search(till, text)) for text in _needles(size)]  # type: ignore[misc]
    return _beside(f"search in {size:,}", taken, PEERS_SEARCH_MS)


def _scans(till: Till, size: int) -> list[Amount]:
    """Time from a scanned text to its painted line, in the real window; what listens last is told after the paint."""
    from tests.bench.painted import Painted  # noqa: PLC0415
    from ui.app import App  # noqa: PLC0415  (the other benches need no Qt)
    from ui.application import make_application, settle  # noqa: PLC0415
    from ui.stage import Stage  # noqa: PLC0415

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    qt = make_application(till.settings)
    app = App(till.settings, None)
    counter, numbers = app.counter, cycle(Random(5).sample(range(size), _ROUNDS))
    counter._on_signed_in(_MA)  # the PIN is somebody else's figure
    app.window.resize(1366, 768)
    app.window.show()
    while counter.stage is not Stage.SELL:
        qt.processEvents()

    settle()
    taken, painted = [], Painted(app.window.counter._cart.viewport())
    stopped: list[_Timed] = []
    counter.basket.scanned.connect(lambda _is_good: stopped.append(_now()))
    for number in range(_ROUNDS):
        if number % _KEEP_LINES == 0:
            counter.clear()
        for _ in range(_SETTLING):
            qt.processEvents()
        painted.times = 0
        began = _now()
        counter.code_seen(barcode_of(next(numbers)))
        assert painted.times == 1, "the line was not painted before the scan was done with"
        taken.append(stopped[-1].since(began))
    app.close()
    return _beside(f"scan to painted line beside {size:,}", taken, PEERS_BARCODE_MS)


def _load(till: Till, size: int) -> Amount:
    """Time a whole start, from starting Python to the first scan."""
    with tempfile.TemporaryDirectory() as folder:
        catalogue = catalogue_file(Settings(data_dir=Path(folder)))
        os.link(catalogue_file(till.settings), catalogue)
        taken = [_ms(lambda: wait_for(_START, folder, barcode_of(size // 2))) for _ in range(6)]
    name = f"start to first scan beside {size:,}"  # the first start writes what Python keeps of each file
    return Amount(name, median(taken[1:]) / 1000, "s", f"a tenth of {PEER}", PEERS_LOAD_MS / 10_000)


def _memory() -> Amount:
    """Sell 10,000 times, and see what the process takes then and took after the first thousand."""
    numbers, early_mb = count(), 0.0
    with tempfile.TemporaryDirectory() as folder, _till(Path(folder)) as till:
        apply_feed(till.prices, assortment(1_000), [], "1")
        for sale in range(SALES):
            cart = sell.new_cart(till)
            for _ in range(3):
                sell.scan(till, cart, barcode_of(next(numbers) % 1_000))
            sell.pay_cash(till, cart, cart.total)
            if sale == SALES // 10:
                early_mb = _resident_mb()
        return Amount(f"memory after {SALES:,} sales", _resident_mb(), "MB", "after the first thousand", early_mb)


def _resident_mb() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def _beside(name: str, taken: list[_Timed], peers_ms: float) -> list[Amount]:
    """Return the clock's p50 and p95, and the processor's, which others on the machine change less."""
    clock, processor = [each.clock_ms for each in taken], [each.processor_ms for each in taken]
    against, limit_ms = f"a tenth of {PEER}", peers_ms / 10
    return [
        Amount(f"{name}, p50", median(clock), "ms", against, limit_ms),
        Amount(f"{name}, p95", quantiles(clock, n=20)[18], "ms", against, limit_ms),
        Amount("  on the processor, p50", median(processor), "ms", against, limit_ms),
        Amount("  on the processor, p95", quantiles(processor, n=20)[18], "ms", against, limit_ms),
    ]


def _timed(call: Callable[[], object]) -> _Timed:
    began = _now()
    call()
    return _now().since(began)


def _now() -> _Timed:
    return _Timed(time.perf_counter() * 1000, time.thread_time() * 1000)


def _ms(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return (time.perf_counter() - began) * 1000

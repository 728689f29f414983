"""The real app behind a lying network, with the hub killed as well: at the end nothing is lost, doubled or open."""

import threading
import time
from contextlib import ExitStack
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

from pos.settings import Settings
from tests.fakes import quick_folder
from tests.faults.lives import counter, through
from tests.faults.proxy import Proxy

HUB_LIVES_S = 1.5
"""How long the hub lives on average before it is killed."""


def sell_through_faults(folder: Path, seed: int, sales: int) -> dict[str, int]:
    """Let one till sell through two bad lines, mend them, and compare every book to the fen."""
    chance = Random(seed)
    with ExitStack() as stack:
        lines: list[Proxy] = []

        def way(settings: Settings) -> Settings:
            for url in (settings.hub.url, settings.alipay.gateway):
                port = urlsplit(url).port
                assert port
                lines.append(stack.enter_context(Proxy(port, Random(chance.randrange(10**9)))))
            return through(settings, lines[0].url, lines[1].url)

        till = stack.enter_context(counter(folder, way))
        stopping, killed = threading.Event(), [0]
        killer = threading.Thread(target=_kill_hub, args=(till.store.hub, chance, stopping, killed))
        killer.start()
        try:
            while len(till.receipts) < sales:
                assert till.live(chance.randrange(10**9), 10**6, 6.0) == -9, "the app ended by itself; see app.log"
        finally:
            stopping.set()
            killer.join()
        for line in lines:
            line.is_healed = True
        settled = till.settle(seed)
        return settled | {
            "hub kills": killed[0], "connections": sum(line.counts["connections"] for line in lines),
            "faulty": sum(line.faults for line in lines),
        }  # fmt: skip


def _kill_hub(hub: object, chance: Random, stopping: threading.Event, killed: list[int]) -> None:
    while not stopping.wait(chance.uniform(0.5, 2 * HUB_LIVES_S)):
        hub.kill()  # type: ignore[attr-defined]
        killed[0] += 1
        hub.start()  # type: ignore[attr-defined]
        hub.wait()  # type: ignore[attr-defined]


def prove(seconds: float, seed: int) -> dict[str, int | float | str]:
    """Run one seed after the other for so long, one at least.

    Raises:
        AssertionError: something is lost, doubled or open.
    """
    began, total, seeds = time.monotonic(), dict[str, int](), 0
    while not seeds or time.monotonic() - began < seconds:
        with quick_folder() as folder:
            done = sell_through_faults(folder / "till", seed + seeds, 25)
        total = {name: total.get(name, 0) + count for name, count in done.items()}
        seeds += 1
    return {"seeds": seeds, "first seed": seed, **total}

"""A bad line: a TCP proxy on loopback that does to each connection what its seed says; it works on bytes alone."""

import asyncio
import contextlib
import socket
import struct
import threading
from collections import Counter
from collections.abc import Coroutine
from dataclasses import dataclass
from random import Random
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

PIECE = 16_384
LATEST_S = 1.5
"""The longest a request is held back; it arrives even when nobody waits for its answer any more."""
NEVER = 10**9


@dataclass(frozen=True, slots=True)
class Fate:
    """What befalls one connection.

    Attributes:
        kind: its name, for the figures.
        up, down: bytes that get through, to the server and back; then the connection ends.
        is_reset: it ends by RST and not by FIN.
        held_s: how long each piece on its way to the server is held back.
        drip: bytes of the answer that are let through at once, one hundred times a second; 0 for all.
    """

    kind: str
    up: int = NEVER
    down: int = NEVER
    is_reset: bool = False
    held_s: float = 0.0
    drip: int = 0


CLEAN = Fate("clean")
HOLES = frozenset({"blackhole", "swallowed"})
"""Nothing ends here: what is beyond the last byte is taken and never handed on."""


def draw_fate(chance: Random) -> Fate:
    """Draw what befalls the next connection; one in five is clean for a while."""
    up, down = chance.randrange(1, 6_000), chance.randrange(2_500)
    fates = {
        Fate("clean", up=chance.randrange(1_000, 40_000)): 4,
        Fate("refused", 0, 0, is_reset=True): 2,
        Fate("cut", up=up, is_reset=chance.random() < 0.5): 3,
        Fate("cut answer", down=down): 3,
        Fate("reset", down=down, is_reset=True): 2,
        Fate("blackhole", down=down): 1,
        Fate("swallowed", up=up): 1,
        Fate("late", up=5 * up, held_s=chance.uniform(0.01, LATEST_S)): 2,
        Fate("trickle", down=3 * down, drip=chance.randrange(1, 40)): 2,
    }
    return chance.choices([*fates], [*fates.values()])[0]


class FaultProxy:
    """Stands before a server from a thread of its own, until it is left.

    Attributes:
        address: where to go in place of the server.
        fates: connections by what befell them.
    """

    def __init__(self, server: str, seed: int) -> None:
        """Make ready.

        Args:
            server: such as ``http://127.0.0.1:8700``; it may be away for a while.
            seed: of what befalls the connections, in the order they come.
        """
        self._server, self._chance = urlsplit(server), Random(seed)
        self._is_mended = False
        self._open: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="proxy")
        self.fates: Counter[str] = Counter()
        self.address = ""

    def mend(self) -> None:
        """End every connection, and let those that follow through untouched."""
        self._is_mended = True
        asyncio.run_coroutine_threadsafe(self._end_all(), self._loop).result(10)

    def __enter__(self) -> Self:
        self._thread.start()
        starting = asyncio.run_coroutine_threadsafe(asyncio.start_server(self._meet, "127.0.0.1", 0), self._loop)
        self._listener = starting.result(10)
        self.address = f"http://127.0.0.1:{self._listener.sockets[0].getsockname()[1]}"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _stop(self) -> None:
        self._listener.close()
        await self._end_all()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await asyncio.sleep(0)  # transports close in the next round

    async def _end_all(self) -> None:
        for writer in [*self._open]:
            _end(writer, is_reset=True)

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        fate = CLEAN if self._is_mended else draw_fate(self._chance)
        self.fates["after mending" if self._is_mended else fate.kind] += 1
        ends = [writer]
        self._open.add(writer)
        try:
            if fate.up:
                beyond, to_server = await asyncio.open_connection(self._server.hostname, self._server.port)
                ends.append(to_server)
                self._open.add(to_server)
                up = self._carry(reader, to_server, fate, fate.up, held_s=fate.held_s)
                down = self._carry(beyond, writer, fate, fate.down, drip=fate.drip)
                await _until_one_ends(up, down)
        except OSError:
            pass  # the server is away
        finally:
            for each in ends:
                self._open.discard(each)
                _end(each, is_reset=fate.is_reset)

    async def _carry(
        self, source: asyncio.StreamReader, to: asyncio.StreamWriter, fate: Fate, limit: int, *,
        held_s: float = 0.0, drip: int = 0,
    ) -> None:  # fmt: skip
        """Hand on what comes until the limit; in a hole, go on taking until the sender gives up."""
        carried = 0
        while piece := await source.read(drip or PIECE):
            if held_s or drip:
                await asyncio.sleep(held_s or 0.01)
            to.write(piece[: max(0, limit - carried)])
            await to.drain()
            carried += len(piece)
            if carried > limit and fate.kind not in HOLES:
                return


async def _until_one_ends(*ways: Coroutine[None, None, None]) -> None:
    tasks = [asyncio.create_task(way) for way in ways]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _end(writer: asyncio.StreamWriter, *, is_reset: bool) -> None:
    with contextlib.suppress(OSError):
        if is_reset:
            linger = struct.pack("ii", 1, 0)  # close() then sends RST (socket(7), SO_LINGER)
            writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        writer.close()

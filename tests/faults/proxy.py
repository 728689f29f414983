"""A lying network: a TCP proxy whose connections are refused, cut, reset, swallowed, delayed or trickled by a seed."""

import asyncio
import socket
import struct
import threading
from dataclasses import dataclass, field
from random import Random
from types import TracebackType
from typing import Self

FAULTS = ("refuse", "cut_request", "cut_answer", "swallow", "delay", "trickle")
"""What may befall a connection; about half of them meet something."""
_RATE = 0.12
_RESET = struct.pack("ii", 1, 0)


@dataclass
class Proxy:
    """Passes bytes between a till and a server on this machine, or does not; use it as a context.

    Attributes:
        counts: connections, and how many met each fault.
        is_healed: from now on every byte arrives.
    """

    target: int
    chance: Random
    counts: dict[str, int] = field(default_factory=dict)
    is_healed: bool = False
    port: int = 0

    def __enter__(self) -> Self:
        """Listen, on a thread of its own."""
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="proxy", daemon=True)
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(10)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Stop listening, and let go of what is open."""
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def faults(self) -> int:
        """How many connections met a fault."""
        return sum(count for name, count in self.counts.items() if name != "connections")

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _stop(self) -> None:
        self._server.close()
        running = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        fault, where = self._draw()
        try:
            if fault == "refuse":
                return
            there_reader, there_writer = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:
            return
        else:
            try:
                await asyncio.gather(
                    _pass(reader, there_writer, fault, where, "cut_request"),
                    _pass(there_reader, writer, fault, where, "cut_answer"),
                )
            except OSError:
                pass
            finally:
                there_writer.close()
        finally:
            _reset(writer)

    def _draw(self) -> tuple[str, float]:
        fault = next((name for name in FAULTS if self.chance.random() < _RATE), "")
        where = self.chance.random()
        fault = "" if self.is_healed else fault
        for name in ("connections", fault):
            if name:
                self.counts[name] = self.counts.get(name, 0) + 1
        return fault, where


async def _pass(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, fault: str, where: float, cuts: str
) -> None:
    """Pass bytes one way; a cut comes after a number of them that the seed drew."""
    left = int(where * 3000) if fault == cuts else None
    while data := await reader.read(16_384):
        if fault == "delay":
            await asyncio.sleep(where * 1.5)
        if fault == "swallow" and cuts == "cut_answer":
            continue
        for piece in _pieces(data, fault):
            if left is not None and len(piece) > left:
                writer.write(piece[:left])
                await writer.drain()
                raise ConnectionResetError
            left = None if left is None else left - len(piece)
            writer.write(piece)
            await writer.drain()
            if fault == "trickle":
                await asyncio.sleep(0.02)
    raise ConnectionResetError


def _pieces(data: bytes, fault: str) -> list[bytes]:
    size = 200 if fault == "trickle" else len(data)
    return [data[at : at + size] for at in range(0, len(data), size)]


def _reset(writer: asyncio.StreamWriter) -> None:
    """Close without a word, as a router that lost its memory does."""
    found = writer.get_extra_info("socket")
    if isinstance(found, socket.socket) or hasattr(found, "setsockopt"):
        found.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
    writer.close()

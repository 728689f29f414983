"""One connection to the hub, how long and how many of them it bears: whoever dawdles loses his line, nobody else."""

import asyncio
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Literal

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from pos.hub.admission import BUSY_RETRY_S
from pos.hub.requests import Refusal
from pos.hub.wire import Refused

CONNECTIONS_MAX = 4_000
"""Open at once, where the system lets us; one more ends the one that waited longest."""
_OTHER_FILES = 256
"""Open files kept for the database and whatever else is not a connection."""
HEAD_MAX_BYTES = 16_384
"""Of a request's head."""
HEAD_TIMEOUT_S = 10
"""How long a connection may stay without a whole head of a request."""
WORK_TIMEOUT_S = 60
"""How long a request may be served, its body included."""
REST_TIMEOUT_S = 5
"""How long the rest of a body that was refused, or an answer that nobody fetches, is borne."""
TURNS_MAX = 8
"""Requests of one device served at once; a till needs three."""

Stage = Literal["head", "work", "rest"]
_LIMITS_S: dict[Stage, float] = {"head": HEAD_TIMEOUT_S, "work": WORK_TIMEOUT_S, "rest": REST_TIMEOUT_S}


class Line(H11Protocol):
    """HTTP with an end to everything; uvicorn itself waits for ever for a head, a body and a reader."""

    connections_max = CONNECTIONS_MAX
    _timer: asyncio.TimerHandle | None = None
    _stage: tuple[Stage, int] | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to count, and make room for this line if need be."""
        super().connection_made(transport)
        self.since = self.loop.time()
        if len(self.connections) > self.connections_max:
            _end_the_longest_wait(each for each in self.connections if isinstance(each, Line))
        self._watch()

    def data_received(self, data: bytes) -> None:
        """Read on; bytes alone buy no time."""
        super().data_received(data)
        self._watch()

    def on_response_complete(self) -> None:
        """Wait for the next request, or for the rest of one that is answered already."""
        super().on_response_complete()
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """Count no more."""
        self._stop()
        super().connection_lost(exc)

    @property
    def is_waiting(self) -> bool:
        """Whether nothing is being done for it."""
        return self.cycle is None or self.cycle.response_complete

    def _watch(self) -> None:
        rest: Stage = "rest" if self.conn.their_state is h11.SEND_BODY else "head"
        stage: tuple[Stage, int] = (rest if self.is_waiting else "work", id(self.cycle))
        if stage != self._stage:
            self._stop()
            self._stage, self.since = stage, self.loop.time()
            self._timer = self.loop.call_later(_LIMITS_S[stage[0]], self._give_up)

    def _stop(self) -> None:
        if self._timer:
            self._timer.cancel()

    def _give_up(self) -> None:
        begun, _ = self.conn.trailing_data
        if begun and self.conn.our_state is h11.IDLE and not self.transport.is_closing():
            self._say_too_slow()
            self._timer = self.loop.call_later(REST_TIMEOUT_S, self.transport.abort)
        else:
            self.transport.abort()

    def _say_too_slow(self) -> None:
        text = f"the head must arrive within {HEAD_TIMEOUT_S} s"
        body = json.dumps({"code": "too_slow", "text": text}).encode()
        headers = [("content-type", "application/json"), ("content-length", str(len(body))), ("connection", "close")]
        for event in (h11.Response(status_code=408, headers=headers), h11.Data(data=body), h11.EndOfMessage()):
            self.transport.write(self.conn.send(event) or b"")
        self.transport.close()


def _end_the_longest_wait(lines: Iterable[Line]) -> None:
    waiting = [each for each in lines if each.is_waiting]
    if waiting:
        min(waiting, key=lambda each: each.since).transport.abort()


def line_for_this_machine() -> type[Line]:
    """Let this process open as many files as it may, and return a Line for as many connections as that makes."""
    if sys.platform == "win32":
        return Line
    import resource  # noqa: PLC0415  (not on Windows)

    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    room = CONNECTIONS_MAX if hard == resource.RLIM_INFINITY else min(CONNECTIONS_MAX, hard - _OTHER_FILES)
    return type("LineHere", (Line,), {"connections_max": room})


class Turns:
    """How many requests of each device are being served, so that one that dawdles takes no other's place."""

    def __init__(self, limit: int = TURNS_MAX) -> None:
        self._limit = limit
        self._taken: Counter[str] = Counter()

    @contextmanager
    def of(self, device_id: str) -> Iterator[None]:
        """Serve one request of a device.

        Raises:
            Refusal: 503, it has ``limit`` under way.
        """
        if self._taken[device_id] >= self._limit:
            raise Refusal(503, Refused("busy", f"{self._limit} requests of this device are being served"), BUSY_RETRY_S)
        self._taken[device_id] += 1
        try:
            yield
        finally:
            self._taken[device_id] -= 1
            self._taken += Counter()  # forgets those with none

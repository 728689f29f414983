"""Admission: who is served now and who is told when to come again, from the first line of a request and no more work.

Requests go by lanes, so that none can crowd out another: a sale of this minute never waits for a day's backlog of
others, nor a cashier's question. When a lane is full, each request beyond it is given a turn of its own, counted by how
fast the lane really moves: six hundred tills that come back at once return one after the other, not all each second.
"""

import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum

from starlette.types import ASGIApp, Receive, Scope, Send

from pos.domain.receipt_page import PATH
from pos.hub.requests import Refusal, refuse
from pos.hub.wire import Refused

SALE_MAX_BYTES = 2_500
"""Of a batch that counts as sales of this minute: packed, a sale of fifty lines is 2,300, one of two lines 700."""
BUSY_RETRY_S = 1
"""The shortest pause a till is asked for."""
RETRY_MAX_S = 120
"""The longest pause a till is asked for."""
_LEARNS = 0.1
"""How much the newest request tells of how long one takes."""


class Lane(StrEnum):
    """What a request is, as far as its first line and its length tell."""

    SALE = "sales"
    QUESTION = "questions"
    BACKLOG = "backlogs"
    ENROLMENT = "enrolments"
    PAGE = "pages"


def lane_of(method: str, path: str, length: int | None) -> Lane:
    """Return the lane of a request; ``length`` is its body's in bytes, None when it does not say."""
    if path == "/v1/enrolments":
        return Lane.ENROLMENT
    if path.startswith(PATH):
        return Lane.PAGE
    if method != "POST" or not path.endswith("/entries"):
        return Lane.QUESTION
    return Lane.SALE if length is not None and length <= SALE_MAX_BYTES else Lane.BACKLOG


class Pace:
    """How many of a lane are served, how fast it moves, and when whoever is sent away should come again.

    Args:
        limit: so many are served at once.
        clock: seconds that only grow.
    """

    def __init__(self, limit: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.limit, self.in_flight = limit, 0
        self._clock = clock
        self._mean_s = 0.0
        self._next_at = 0.0

    @contextmanager
    def one_more(self) -> Iterator[None]:
        """Count one while it is served, and note how long that took."""
        began = self._clock()
        self.in_flight += 1
        try:
            yield
        finally:
            self.in_flight -= 1
            seconds = self._clock() - began
            self._mean_s += (seconds - self._mean_s) * (_LEARNS if self._mean_s else 1)

    def retry_after_s(self) -> int:
        """Give out the next free turn, in whole seconds from now: ``BUSY_RETRY_S`` to ``RETRY_MAX_S``."""
        now = self._clock()
        # Little's law: a full lane lets one out each mean / limit seconds.
        self._next_at = max(self._next_at, now) + self._mean_s / self.limit
        self._next_at = min(self._next_at, now + RETRY_MAX_S)
        return max(BUSY_RETRY_S, math.ceil(self._next_at - now))


class Admission:
    """Answers 503 before any work: nothing of the body is read, nobody is asked who they are. Health is always told."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        """Guard an application.

        Args:
            limit: sales served at once; questions have half as many places, backlogs a quarter, enrolments and pages
                for customers an eighth each.
        """
        self._app = app
        # Anybody may try to enrol or ask for a page, so that takes none of the places of those who are enrolled.
        parts = {Lane.SALE: 1, Lane.QUESTION: 2, Lane.BACKLOG: 4, Lane.ENROLMENT: 8, Lane.PAGE: 8}
        self._paces = {lane: Pace(max(1, limit // part)) for lane, part in parts.items()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or refuse it."""
        if scope["type"] != "http" or scope["path"] == "/health":
            await self._app(scope, receive, send)
            return
        lane = lane_of(scope["method"], scope["path"], _length(scope))
        pace = self._paces[lane]
        if pace.in_flight >= pace.limit:
            busy = Refused("busy", f"{pace.limit} {lane} are being served")
            await refuse(Refusal(503, busy, pace.retry_after_s()))(scope, receive, send)
            return
        with pace.one_more():
            await self._app(scope, receive, send)


def _length(scope: Scope) -> int | None:
    told = [value for name, value in scope["headers"] if name == b"content-length"]
    return int(told[0]) if len(told) == 1 and told[0].isdigit() else None

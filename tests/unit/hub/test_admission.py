"""Who is served and who comes again: lanes, turns, and a sale that no backlog is put before."""

from collections.abc import Awaitable, Callable
from functools import partial

import anyio
import anyio.from_thread
import anyio.lowlevel
import httpx
import pytest
from msgspec import json
from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.types import Message, Receive, Scope, Send

from pos.hub import wire
from pos.hub.admission import RETRY_MAX_S, SALE_MAX_BYTES, Admission, Lane, Pace, lane_of
from pos.hub.app import HeadOffice
from pos.hub.openapi import routes
from tests.unit.hub.kit import StoppedClock, on_the_wire, sales

ENTRIES = "/v1/tills/0017-03/entries"
SALE, BACKLOG, QUESTION = ("POST", ENTRIES, 900), ("POST", ENTRIES, 17_000), ("GET", "/v1/catalogue", None)
HEALTH = ("GET", "/health", None)
Asked = tuple[str, str, int | None]


@pytest.mark.parametrize(
    ("asked", "lane"),
    [
        (SALE, Lane.SALE),
        (BACKLOG, Lane.BACKLOG),
        (("POST", ENTRIES, SALE_MAX_BYTES), Lane.SALE),
        (("POST", ENTRIES, SALE_MAX_BYTES + 1), Lane.BACKLOG),
        (("POST", ENTRIES, None), Lane.BACKLOG),  # it does not say how much will come
        (("GET", ENTRIES, None), Lane.QUESTION),
        (("POST", "/v1/catalogue", 900), Lane.QUESTION),
        (QUESTION, Lane.QUESTION),
        (("POST", "/v1/enrolments", 300), Lane.ENROLMENT),
    ],
)
def test_the_first_line_and_the_length_tell_the_lane(asked: Asked, lane: Lane) -> None:
    assert lane_of(*asked) is lane


class Counter:
    """A guarded application that serves nothing to its end until it is told to."""

    def __init__(self, limit: int) -> None:
        self.admission = Admission(self._serve, limit)
        self.done = anyio.Event()
        self.served: list[Asked] = []
        self.bodies_read = 0

    async def _serve(self, scope: Scope, _receive: Receive, send: Send) -> None:
        self.served.append(scope["asked"])
        if scope["asked"] != HEALTH:
            await self.done.wait()
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def ask(self, asked: Asked) -> Message:
        """Ask, and return how the answer begins."""
        method, path, length = asked
        headers = [] if length is None else [(b"content-length", b"%d" % length)]
        answer: list[Message] = []

        async def receive() -> Message:
            self.bodies_read += 1
            return {"type": "http.request"}

        async def send(message: Message) -> None:
            answer.append(message)

        scope = {"type": "http", "method": method, "path": path, "headers": headers, "asked": asked}
        await self.admission(scope, receive, send)
        return answer[0]

    def is_refused(self, answer: Message) -> bool:
        """Whether it is 503 and says when to come again."""
        return answer["status"] == 503 and any(name == b"retry-after" for name, _ in answer["headers"])


def play(scene: Callable[[Counter, Callable[..., None]], Awaitable[None]], limit: int = 8) -> None:
    """Play a scene: ``begin(asked)`` starts a request that is then served until the scene is over."""

    async def all_of_it() -> None:
        counter = Counter(limit)
        async with anyio.create_task_group() as group:

            def begin(*asked: Asked) -> None:
                for each in asked:
                    group.start_soon(counter.ask, each)

            await scene(counter, begin)
            counter.done.set()

    anyio.run(all_of_it)


def test_backlogs_that_fill_their_lane_hold_back_no_sale_and_no_question() -> None:
    async def scene(counter: Counter, begin: Callable[..., None]) -> None:
        begin(*[BACKLOG] * 2)
        await anyio.wait_all_tasks_blocked()
        assert counter.is_refused(await counter.ask(BACKLOG))
        assert counter.bodies_read == 0  # refused before any work
        begin(*[QUESTION] * 4)
        await anyio.wait_all_tasks_blocked()
        assert counter.is_refused(await counter.ask(QUESTION))
        begin(*[SALE] * 8)
        await anyio.wait_all_tasks_blocked()
        assert counter.served == [BACKLOG] * 2 + [QUESTION] * 4 + [SALE] * 8

    play(scene)


def test_sales_have_a_limit_too_and_health_is_told_beyond_it() -> None:
    async def scene(counter: Counter, begin: Callable[..., None]) -> None:
        begin(*[SALE] * 8)
        await anyio.wait_all_tasks_blocked()
        assert counter.is_refused(await counter.ask(SALE))
        assert (await counter.ask(HEALTH))["status"] == 200

    play(scene)


def test_a_place_is_free_again_when_its_request_broke() -> None:
    async def break_down(_scope: Scope, _receive: Receive, _send: Send) -> None:
        raise ConnectionError

    async def all_of_it() -> None:
        counter = Counter(8)
        counter.admission._app = break_down
        for _ in range(3):  # one more than there are places for backlogs
            with pytest.raises(ConnectionError):
                await counter.ask(BACKLOG)

    anyio.run(all_of_it)


def pace_of(seconds: float, limit: int) -> tuple[Pace, StoppedClock]:
    """A lane whose requests take so long each."""
    clock = StoppedClock()
    pace = Pace(limit, clock.monotonic)
    for _ in range(20):
        with pace.one_more():
            clock.move(seconds)
    return pace, clock


def test_whoever_is_sent_away_gets_a_turn_of_its_own_by_how_fast_the_lane_moves() -> None:
    pace, _ = pace_of(2.0, limit=4)  # one leaves each half second
    assert [pace.retry_after_s() for _ in range(6)] == [1, 1, 2, 2, 3, 3]


def test_turns_that_are_over_are_forgotten() -> None:
    pace, clock = pace_of(2.0, limit=4)
    for _ in range(20):
        pace.retry_after_s()
    clock.move(9.0)
    assert pace.retry_after_s() == 2
    clock.move(60.0)
    assert pace.retry_after_s() == 1


def test_nobody_is_sent_away_for_longer_than_two_minutes() -> None:
    pace, _ = pace_of(60.0, limit=1)
    assert [pace.retry_after_s() for _ in range(4)] == [60, 120, 120, 120]
    assert RETRY_MAX_S == 120


def test_before_anything_is_known_it_is_a_second() -> None:
    assert Pace(4).retry_after_s() == 1


def test_a_sale_is_written_before_the_backlogs_that_wait(
    sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    office, order = HeadOffice(sqlite_engine, StoppedClock()), list[int]()
    may_go_on = [anyio.Event()]

    def take(_request: Request, till: str, raw: bytes) -> wire.Head:
        order.append(len(raw))
        anyio.from_thread.run(may_go_on[0].wait)
        return wire.Head(1, 1, till)

    monkeypatch.setattr(office, "_take", take)
    backlogs = [json.encode({"entries": [on_the_wire(each) for each in sales(count)]}) for count in (3, 4, 5)]
    sale = json.encode({"entries": [on_the_wire(sales(1)[0])]})
    assert len(sale) <= SALE_MAX_BYTES < min(map(len, backlogs))

    async def all_of_it() -> None:
        may_go_on[0] = anyio.Event()
        transport = httpx.ASGITransport(Starlette(routes=routes(office.calls())))
        async with (
            httpx.AsyncClient(transport=transport, base_url="http://hub") as client,
            anyio.create_task_group() as group,
        ):
            for number, raw in enumerate([*backlogs, sale]):
                group.start_soon(_post, client, raw)
                await _until(partial(_has_waiting, office, number))
            may_go_on[0].set()

    anyio.run(all_of_it)
    assert order == [len(raw) for raw in (backlogs[0], sale, backlogs[1], backlogs[2])]


def _has_waiting(office: HeadOffice, number: int) -> bool:
    """Whether one is at work and so many wait behind it."""
    lines = [each.statistics() for each in (office._backlogs, office._writers)]
    return lines[1].borrowed_tokens == 1 and sum(each.tasks_waiting for each in lines) == number


async def _post(client: httpx.AsyncClient, raw: bytes) -> None:
    await client.post(ENTRIES, content=raw, headers={"content-type": "application/json"})


async def _until(holds: Callable[[], bool]) -> None:
    with anyio.fail_after(10):
        while not holds():
            await anyio.lowlevel.checkpoint()

"""One connection to the hub: it may neither dawdle nor crowd out others; one device may not take every place."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from pos.hub import line
from pos.hub.line import Line, Turns
from pos.hub.requests import Refusal
from tests.unit.hub.kit import served

QUESTION = b"GET / HTTP/1.1\r\nhost: hub\r\n\r\n"


@pytest.fixture
def limits(monkeypatch: pytest.MonkeyPatch) -> dict[str, float]:
    """How long each stage may take, of this test's own choice."""
    chosen = {"head": 30.0, "work": 30.0, "rest": 30.0}
    monkeypatch.setattr(line, "_LIMITS_S", chosen)
    return chosen


def test_a_head_that_does_not_come_is_answered_408(limits: dict[str, float]) -> None:
    limits["head"] = 0.1
    with _hub() as (_, hub), _call(hub) as caller:
        caller.sendall(b"GET / HT")
        assert b"".join(iter(lambda: caller.recv(4_096), b"")).startswith(b"HTTP/1.1 408 ")


def test_a_line_on_which_nothing_is_said_is_cut_without_a_word(limits: dict[str, float]) -> None:
    limits["head"] = 0.1
    with _hub() as (_, hub), _call(hub) as caller:
        assert _is_cut(caller)


def test_a_request_that_takes_too_long_is_cut(limits: dict[str, float]) -> None:
    limits["work"] = 0.1
    with _hub() as (_, hub), _call(hub) as caller:
        caller.sendall(b"POST /slow HTTP/1.1\r\nhost: hub\r\ncontent-length: 5\r\n\r\n")
        assert _is_cut(caller)


def test_the_rest_of_a_body_that_was_answered_already_is_not_borne_for_ever(limits: dict[str, float]) -> None:
    limits["rest"] = 0.1
    with _hub() as (_, hub), _call(hub) as caller:
        caller.sendall(b"POST / HTTP/1.1\r\nhost: hub\r\ncontent-length: 5\r\n\r\n1")
        assert _is_greeted(caller)
        assert _is_cut(caller)


def test_a_line_may_be_used_again_and_again(limits: dict[str, float]) -> None:
    del limits
    with _hub() as (_, hub), _call(hub) as caller:
        for _ in range(3):
            caller.sendall(QUESTION)
            assert _is_greeted(caller)


def test_one_line_too_many_ends_the_one_that_has_waited_longest(limits: dict[str, float]) -> None:
    del limits
    with ExitStack() as opened:
        kind, hub = opened.enter_context(_hub())
        kind.connections_max = 2
        first, second = (opened.enter_context(_call(hub)) for _ in range(2))
        for each in (first, second):
            each.sendall(QUESTION)
            assert _is_greeted(each)
        third = opened.enter_context(_call(hub))
        assert _is_cut(first)
        for each in (second, third):
            each.sendall(QUESTION)
            assert _is_greeted(each)


def test_one_device_takes_so_many_places_and_no_more() -> None:
    turns = Turns(2)
    with turns.of("a"), turns.of("a"), turns.of("b"):
        with pytest.raises(Refusal) as refused, turns.of("a"):
            pass
        assert (refused.value.status, refused.value.refused.code) == (503, "busy")
        with turns.of("b"):
            pass
    with turns.of("a"), turns.of("a"):
        pass


async def _greet(_request: object) -> PlainTextResponse:
    return PlainTextResponse("good morning")


async def _dawdle(request: Request) -> PlainTextResponse:
    while (await request.receive())["type"] != "http.disconnect":
        pass
    return PlainTextResponse("at last")


@contextmanager
def _hub() -> Iterator[tuple[Any, str]]:
    kind = type("LineOfThisTest", (Line,), {})
    app = Starlette(routes=[Route("/", _greet, methods=["GET", "POST"]), Route("/slow", _dawdle, methods=["POST"])])
    with served(app, http=kind) as url:
        yield kind, url


@contextmanager
def _call(url: str) -> Iterator[socket.socket]:
    host, _, port = url.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=20) as caller:
        yield caller


def _is_greeted(caller: socket.socket) -> bool:
    said = b""
    while not said.endswith(b"good morning") and (more := caller.recv(4_096)):
        said += more
    return said.startswith(b"HTTP/1.1 200 ")


def _is_cut(caller: socket.socket) -> bool:
    try:
        return not caller.recv(4_096)
    except ConnectionResetError:
        return True

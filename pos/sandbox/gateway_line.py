"""The line between a till and the gateway: calls come in by it, and go wrong on it when that was ordered."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from pos.clock import Clock
from pos.sandbox.gateway_control import origin_of, read_body
from pos.sandbox.gateway_door import Answer, Call, Door, read_call, trouble
from pos.sandbox.gateway_faults import Fault, Faults, Order, spoiled
from pos.sandbox.gateway_pages import page

_TIMER_SLACK_S = 0.01
"""A timer may go off a little before the clock says so."""


class Line:
    """``gateway.do``, with the faults that were ordered and the requests that are still under way."""

    def __init__(self, door: Door, clock: Clock) -> None:
        self._door, self._clock = door, clock
        self.faults = Faults()
        self._under_way: list[tuple[datetime, Call]] = []

    def __len__(self) -> int:
        return len(self._under_way)

    async def call(self, request: Request) -> Response:
        """Answer a call of Alipay's v2 interface, or spoil it if that was ordered."""
        call = read_call(request.scope["query_string"], await read_body(request), origin_of(request))
        order = self.faults.take(call.method)
        if order is None:
            return self._say(call, self._door.answer(call))
        return await self._go_wrong(request, call, order)

    def deliver(self, *, all_of_them: bool = False) -> int:
        """Let requests arrive that are due, or all that are under way, in the order they are due; return how many."""
        now = self._clock.now()
        due = [(at, call) for at, call in self._under_way if all_of_them or at <= now]
        self._under_way = [each for each in self._under_way if each not in due]
        for _, call in sorted(due, key=lambda each: each[0]):
            self._door.answer(call)
        return len(due)

    def _say(self, call: Call, answer: Answer, *, spoil: str = "") -> Response:
        body = self._door.write(answer, call.charset, spoil=spoil)
        return Response(body, media_type=f"text/html;charset={call.charset}")

    async def _go_wrong(self, request: Request, call: Call, order: Order) -> Response:
        answer = self._arrive(call, order.fault)
        match order.fault:
            case Fault.LATE:
                self._send_late(call, order.seconds)
                return await _drop(request)
            case Fault.DROP_BEFORE | Fault.DROP_AFTER:
                return await _drop(request)
            case Fault.HTTP_500:
                return Response("simulated trouble", 500)
            case Fault.HTML:
                return HTMLResponse(page("故障", "<p>这一页代替了回答。</p>"))
            case Fault.SLOW:
                await _dawdle(request, order.seconds)
            case Fault.UNSIGNED_ERROR:
                answer = replace(answer, name="error_response", is_signed=False)
            case Fault.BUSY_AFTER:
                answer = self._door.busy(call)
            case Fault.SYSTEM_ERROR:
                # Alipay's own list for cancel has the letters the wrong way round.
                family = "AQC" if call.method == "alipay.trade.cancel" else "ACQ"
                answer = replace(answer, node=trouble("40004", f"{family}.SYSTEM_ERROR"))
        return self._say(call, answer, spoil=" " if order.fault is Fault.BAD_SIGNATURE else "")

    def _arrive(self, call: Call, fault: Fault) -> Answer:
        """Do what a call asks as often as it arrives, and return what would be said."""
        if fault is Fault.REFUND_LOST:
            return self._door.promise(call)
        if fault is Fault.LIMITED:
            return self._door.busy(call, "40005", "isv.app-call-limited")
        if not fault.acts:
            return self._door.busy(call)
        answer = self._door.answer(call)
        if fault in {Fault.DUPLICATE, Fault.DUPLICATE_LAST}:
            again = self._door.answer(call)
            answer = again if fault is Fault.DUPLICATE_LAST else answer
        return replace(answer, node=spoiled(answer.node, fault))

    def _send_late(self, call: Call, seconds: float) -> None:
        self._under_way.append((self._clock.now() + timedelta(seconds=seconds), call))
        asyncio.get_running_loop().call_later(seconds + _TIMER_SLACK_S, self.deliver)


class Porter:
    """Lets late requests in before anything else is looked at, and labels every answer."""

    def __init__(self, app: ASGIApp, deliver: Callable[[], int]) -> None:
        self._app, self._deliver = app, deliver

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""

        async def labelled(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["x-simulator"] = "not Alipay, no money moves"
            await send(message)

        self._deliver()
        await self._app(scope, receive, labelled)


class CuttableProtocol(H11Protocol):
    """HTTP whose calls can reach their own connection, to break it without an answer."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Remember the connection where calls find it."""
        super().connection_made(transport)
        self.app_state = {**self.app_state, "transport": transport}


async def _drop(request: Request) -> Response:
    """Break the connection; what is returned then reaches nobody."""
    request.scope["state"]["transport"].abort()
    await _gone(request)
    return Response(status_code=500)


async def _dawdle(request: Request, seconds: float) -> None:
    """Wait, but no longer than somebody waits for us."""
    with suppress(TimeoutError):
        await asyncio.wait_for(_gone(request), seconds)


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass

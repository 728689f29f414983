"""A gateway simulator on loopback: Alipay's v2 ``gateway.do`` and a control interface beside it.

It moves no money, knows one app of its own, and says on every page and in every answer what it is.
"""

import asyncio
import errno
import json
import os
import random
import socket
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path

import httpx
import msgspec
import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route
from uvicorn.protocols.http.h11_impl import H11Protocol

from pos.clock import Clock, SystemClock
from pos.domain.entry import utc_text
from pos.domain.errors import PortTaken, SandboxUnreachable
from pos.sandbox.gateway_control import (
    CodeWanted,
    Confirmation,
    FaultsWanted,
    known_kind,
    read_body,
    read_wanted,
)
from pos.sandbox.gateway_door import TOLERANCE, Answer, Call, Door, read_call, trouble
from pos.sandbox.gateway_faults import Fault, Faults, Order
from pos.sandbox.gateway_keys import KeyRing, open_keys
from pos.sandbox.gateway_ledger import Ledger, open_ledger
from pos.sandbox.gateway_pages import home_page, page, phone_page
from pos.sandbox.gateway_rules import ANSWERS_AFTER, Acquirer
from pos.sandbox.gateway_values import CODE_LIFE, Trade

HOST = "127.0.0.1"
_PAGE_RULES = {"cache-control": "no-store", "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'"}


class Sandbox:
    """The endpoints. Calls are answered one after the other on the loop's thread, each safe on disk before."""

    def __init__(self, door: Door, acquirer: Acquirer, clock: Clock) -> None:
        self._door, self._acquirer, self._clock = door, acquirer, clock
        self._faults = Faults()

    def routes(self) -> list[Route]:
        """Return the addresses there are."""
        return [
            Route("/gateway.do", self.call, methods=["GET", "POST"]),
            Route("/", self.home),
            Route("/sandbox/phone", self.phone),
            Route("/sandbox/codes", self.issue_code, methods=["POST"]),
            Route("/sandbox/faults", self.order_faults, methods=["POST"]),
            Route("/sandbox/confirm", self.confirm, methods=["POST"]),
            Route("/sandbox/totals", self.totals),
            Route("/sandbox/trades", self.trades),
        ]

    async def call(self, request: Request) -> Response:
        """Answer a call of Alipay's v2 interface, or spoil it if that was ordered."""
        call = read_call(request.scope["query_string"], await read_body(request))
        order = self._faults.take(call.method)
        if order is None:
            return self._say(call, self._door.answer(call))
        return await self._go_wrong(request, call, order)

    async def home(self, _request: Request) -> Response:
        """Say what this is."""
        return HTMLResponse(home_page(), headers=_PAGE_RULES)

    async def phone(self, request: Request) -> Response:
        """Show a customer's phone with a fresh code."""
        kind, buyer = known_kind(request.query_params.get("kind", "normal")), request.query_params.get("buyer", "demo")
        code = self._acquirer.issue_code(buyer[:64], kind)
        return HTMLResponse(phone_page(code, buyer[:64], kind), headers=_PAGE_RULES)

    async def issue_code(self, request: Request) -> Response:
        """Give out a fresh code."""
        wanted = await read_wanted(request, CodeWanted)
        code = self._acquirer.issue_code(wanted.buyer, known_kind(wanted.kind))
        dies_at = utc_text(self._clock.now() + CODE_LIFE)
        return _json({"code": code, "buyer": wanted.buyer, "kind": wanted.kind, "dies_at": dies_at})

    async def order_faults(self, request: Request) -> Response:
        """Take an order to let calls go wrong."""
        wanted = await read_wanted(request, FaultsWanted)
        if wanted.next is None:
            self._faults.clear()
        elif not self._faults.add(Order(wanted.next, wanted.method, wanted.seconds), wanted.count):
            raise HTTPException(409, "too many orders already")
        return _json({"ordered": len(self._faults)})

    async def confirm(self, request: Request) -> Response:
        """Let the customer answer on the phone now."""
        wanted = await read_wanted(request, Confirmation)
        trade = self._acquirer.confirm(wanted.out_trade_no, accept=wanted.accept)
        if trade is None:
            raise HTTPException(404, "no such trade")
        return _json(_told(trade))

    async def totals(self, _request: Request) -> Response:
        """Add up all trades."""
        return _json(asdict(self._acquirer.totals()))

    async def trades(self, _request: Request) -> Response:
        """List all trades."""
        return _json([_told(trade) for trade in self._acquirer.trades()])

    def _say(self, call: Call, answer: Answer, *, spoil: str = "") -> Response:
        body = self._door.write(answer, call.charset, spoil=spoil)
        return Response(body, media_type=f"text/html;charset={call.charset}")

    async def _go_wrong(self, request: Request, call: Call, order: Order) -> Response:
        answer = self._door.answer(call) if order.fault.acts else self._door.busy(call)
        match order.fault:
            case Fault.DROP_BEFORE | Fault.DROP_AFTER:
                return await _drop(request)
            case Fault.HTTP_500:
                return Response("simulated trouble", 500)
            case Fault.HTML:
                return HTMLResponse(page("故障", "<p>这一页代替了回答。</p>"))
            case Fault.SLOW:
                await _dawdle(request, order.seconds)
            case Fault.UNSIGNED_ERROR:
                answer = Answer("error_response", trouble("20000", "isp.unknow-error"), is_signed=False)
            case Fault.BUSY_AFTER:
                answer = self._door.busy(call)
            case Fault.SYSTEM_ERROR:
                answer = Answer(answer.name, trouble("40004", "ACQ.SYSTEM_ERROR"))
        return self._say(call, answer, spoil=" " if order.fault is Fault.BAD_SIGNATURE else "")


def create_app(
    keys: KeyRing,
    ledger: Ledger,
    clock: Clock,
    *,
    tolerance: timedelta = TOLERANCE,
    answers_after: timedelta = ANSWERS_AFTER,
) -> Starlette:
    """Return the simulator over a ledger; serve it by ``CuttableProtocol``, or dropped calls end as status 500."""
    acquirer = Acquirer(clock, ledger, random.SystemRandom(), answers_after)
    sandbox = Sandbox(Door(keys, acquirer, clock, tolerance), acquirer, clock)
    return Starlette(
        routes=sandbox.routes(),
        # A page from elsewhere must not get at it under a name of its own.
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=[HOST, "localhost"])],
        exception_handlers={HTTPException: _on_refusal},
    )


class CuttableProtocol(H11Protocol):
    """HTTP whose calls can reach their own connection, to break it without an answer."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Remember the connection where calls find it."""
        super().connection_made(transport)
        self.app_state = {**self.app_state, "transport": transport}


def serve(
    directory: Path,
    port: int,
    *,
    clock: Clock | None = None,
    tolerance: timedelta = TOLERANCE,
    answers_after: timedelta = ANSWERS_AFTER,
) -> None:
    """Serve until told to stop (SIGINT or SIGTERM); print ``{"listening": "http://…"}`` once connections are taken.

    Args:
        directory: keys and trades; made when it is not there.
        port: 0 for any free one.
        tolerance: how far a request's timestamp may be off.
        answers_after: how long a customer takes to answer on the phone.

    Raises:
        PortTaken: another program listens there.
        DatabaseInUse: another simulator works in this directory.
        KeyUnreadable, DatabaseDamaged, StorageError: the directory cannot be used.
    """
    listener = _listen(port)
    try:
        keys = open_keys(directory)
        with open_ledger(directory / "trades.jsonl") as ledger:
            app = create_app(keys, ledger, clock or SystemClock(), tolerance=tolerance, answers_after=answers_after)
            sys.stdout.write(json.dumps({"listening": f"http://{HOST}:{listener.getsockname()[1]}"}) + "\n")
            sys.stdout.flush()
            config = uvicorn.Config(app, http=CuttableProtocol, log_level="warning", access_log=False, lifespan="off",
                                    timeout_graceful_shutdown=5)  # fmt: skip
            uvicorn.Server(config).run(sockets=[listener])
    finally:
        listener.close()


def fresh_codes(address: str, count: int = 1, *, buyer: str = "demo", kind: str = "normal") -> list[str]:
    """Ask a running simulator for payment codes; each lives 60 seconds.

    Raises:
        SandboxUnreachable: nothing answers there, or not as a simulator does.
    """
    codes = []
    with httpx.Client(base_url=address, timeout=5, trust_env=False) as client:
        for _ in range(count):
            try:
                reply = client.post("/sandbox/codes", json={"buyer": buyer, "kind": kind}).raise_for_status()
                codes.append(str(reply.json()["code"]))
            except (httpx.HTTPError, ValueError, KeyError, TypeError) as reason:
                raise SandboxUnreachable(address=address, reason=reason) from reason
    return codes


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


async def _on_refusal(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return _json({"error": error.detail}, error.status_code, error.headers)


def _json(content: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    return Response(msgspec.json.encode(content), status, headers, media_type="application/json")


def _told(trade: Trade) -> dict[str, object]:
    told = asdict(trade)
    del told["code"]
    return told


def _listen(port: int) -> socket.socket:
    # Named as TCP, so that the loop sends small answers at once (asyncio sets TCP_NODELAY by the protocol number).
    listener = socket.socket(proto=socket.IPPROTO_TCP)
    try:
        if os.name != "nt":  # there it would let two programs share the port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((HOST, port))
        listener.listen(512)
    except OSError as reason:
        listener.close()
        if reason.errno == errno.EADDRINUSE:
            raise PortTaken(address=f"{HOST}:{port}") from reason
        raise
    return listener

"""A gateway simulator on loopback: Alipay's v2 ``gateway.do`` and a control interface beside it.

It moves no money, knows one app of its own, and says on every page and in every answer what it is.
"""

import errno
import json
import os
import random
import socket
import sys
from datetime import timedelta
from pathlib import Path

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pos.clock import Clock, SystemClock
from pos.domain.errors import PortTaken, SandboxUnreachable
from pos.sandbox.gateway_door import TOLERANCE, Door
from pos.sandbox.gateway_keys import KeyRing, open_keys
from pos.sandbox.gateway_ledger import Ledger, open_ledger
from pos.sandbox.gateway_line import CuttableProtocol, Line, Porter
from pos.sandbox.gateway_phone import Phone
from pos.sandbox.gateway_remote import Remote, in_json
from pos.sandbox.gateway_rules import ANSWERS_AFTER, Acquirer

HOST = "127.0.0.1"


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
    line = Line(Door(keys, acquirer, tolerance), clock)
    return Starlette(
        routes=[
            Route("/gateway.do", line.call, methods=["GET", "POST"]),
            *Phone(acquirer).routes(),
            *Remote(line, acquirer).routes(),
        ],
        # A page from elsewhere must not get at it under a name of its own.
        middleware=[
            Middleware(Porter, deliver=line.deliver),
            Middleware(TrustedHostMiddleware, allowed_hosts=[HOST, "localhost"]),
        ],
        exception_handlers={HTTPException: _on_refusal},
    )


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


async def _on_refusal(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return in_json({"error": error.detail}, error.status_code, error.headers)


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

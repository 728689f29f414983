"""The head office as a web service: Starlette over a SQLAlchemy engine."""

import errno
import json
import os
import socket
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

import uvicorn
from anyio import CapacityLimiter, to_thread
from sqlalchemy import Engine, make_url, select
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolEmpty
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pos.clock import Clock, SystemClock
from pos.domain.entry import MAX_BODY_BYTES, MAX_INT, utc_text
from pos.domain.errors import PortTaken
from pos.domain.receipt_page import PATH
from pos.hub import (
    catalogue,
    copies,
    intake,
    receipt_page,
    requests,
    returned_twice,
    rules,
    signatures,
    suspended,
    totals,
    wire,
)
from pos.hub.admission import SALE_MAX_BYTES, Admission
from pos.hub.barcodes import BarcodeTaken
from pos.hub.database import CONNECTIONS_MAX, open_engine, reading
from pos.hub.line import HEAD_MAX_BYTES, line_for_this_machine
from pos.hub.openapi import Call, routes
from pos.hub.requests import Refusal
from pos.hub.signatures import Gate, Gatekeeper
from pos.hub.store_wire import StoreDay
from pos.hub.wire import Refused
from pos.keyfile import open_hub_key

IN_FLIGHT_MAX = 32
"""Sales served at once unless told otherwise, see ``Admission``; a till beyond them is told to come again."""
LIST_MAX = 500
"""Rows of the longest list of what is parked or forked."""

_T = TypeVar("_T")


class HeadOffice:
    """The endpoints, each a request in and an answer out; the database is only touched on worker threads."""

    def __init__(self, engine: Engine, clock: Clock, keeper: Gatekeeper | None = None) -> None:
        self._engine = engine
        self._clock = clock
        self._keeper = keeper
        # SQLite takes one writer at a time; waiting here is fair, waiting inside SQLite is not.
        writers = 1 if engine.dialect.name == "sqlite" else CONNECTIONS_MAX // 2
        self._writers = CapacityLimiter(writers)
        # A sale of this minute finds so many backlogs at work before it, and none that wait.
        self._backlogs = CapacityLimiter(max(1, writers // 2))
        self._readers = CapacityLimiter(CONNECTIONS_MAX // 2)

    def calls(self) -> tuple[Call, ...]:
        """Return the protocol as a table."""
        body = (400, 408, 413, 415, 422, 503)
        return (
            Call("POST", "/v1/tills/{till}/entries", "Send the next entries of a journal", self.post_entries,
                 wire.Head, (404, 409, *body), takes=wire.Entries),
            Call("GET", "/v1/tills/{till}/entries", "A journal as it is kept, to make a till's database again",
                 self.get_entries, wire.History, (400, 404, 503), query=["epoch", "after_seq", "limit"]),
            Call("GET", "/v1/tills/{till}/head", "How far a journal is kept", self.get_head,
                 wire.Head, (400, 404, 503), query=["epoch"]),
            Call("GET", "/v1/tills/{till}/payments", "What a till took through gateways and gave back",
                 self.get_payments, wire.Payments, (400, 404, 503), query=["since", "until"]),
            Call("GET", "/v1/tills/{till}/open", "Payments and refunds a till left open", self.get_open,
                 wire.OpenPayments, (404, 503)),
            Call("GET", "/v1/sales/{receipt_no}", "A sale of any till, to pay its money back", self.get_sale,
                 wire.SaleCopy, (404, 503)),
            Call("GET", "/v1/catalogue", "Changes of the catalogue after a cursor", self.get_catalogue,
                 wire.FeedPage, (400, 410, 503), query=["after", "limit"]),
            Call("POST", "/v1/catalogue", "Add, change and remove products", self.post_catalogue,
                 wire.Imported, (409, *body), takes=wire.Import),
            Call("GET", "/v1/rules", "The rule document of a store, unless the till has it", self.get_rules,
                 wire.Rules, (400, 403, 503), query=["store", "after"]),
            Call("POST", "/v1/rules", "Give a store, or all, another rule document", self.post_rules,
                 wire.RulesImported, body, takes=wire.RulesImport),
            Call("GET", "/v1/suspended", "Carts laid aside in a store", self.get_suspended,
                 wire.SuspendedCarts, (503,)),
            Call("PUT", "/v1/suspended/{sale_id}", "Lay a cart aside for the whole store", self.put_suspended,
                 wire.Holding, (404, 409, *body), takes=wire.Hold),
            Call("POST", "/v1/suspended/{sale_id}/take", "Be handed a cart that was laid aside", self.post_take,
                 wire.SuspendedCart, (404, 409, *body), takes=wire.Take),
            Call("GET", "/v1/totals", "A business day's sales by till and tender", self.get_totals,
                 wire.Totals, (400, 503), query=["day"]),
            Call("GET", "/v1/stores/{store}/day", "A business day of a store, till by till", self.get_store_day,
                 StoreDay, (400, 404, 503), query=["day"]),
            Call("GET", "/v1/parked", "Entries that could not be added up", self.get_parked,
                 wire.Parked, (400, 503), query=["limit"]),
            Call("GET", "/v1/forks", "Entries that contradict what is kept", self.get_forks,
                 wire.Forks, (400, 503), query=["limit"]),
            Call("GET", "/v1/returned-twice", "Goods and money that came back more than once", self.get_returned_twice,
                 wire.ReturnedTwice, (400, 503), query=["limit"]),
            Call("POST", "/v1/enrolments", "Enrol a device by a one-time code", self.post_enrolment,
                 wire.Enrolled, (403, 429, *body), takes=wire.Enrol),
            Call("GET", "/health", "Whether the hub can work", self.get_health, wire.Health, (503,)),
        )  # fmt: skip

    async def post_entries(self, request: Request) -> Response:
        """Take a batch of one till's journal."""
        till, raw = requests.till_name(request), await requests.read_body(request)
        work = partial(self._take, request, till, raw)
        if len(raw) <= SALE_MAX_BYTES:
            return requests.reply(await self._write(work))
        async with self._backlogs:
            return requests.reply(await self._write(work))

    async def get_entries(self, request: Request) -> Response:
        """Give a page of a journal back."""
        till = intake.TillName.parse(requests.till_name(request))
        epoch = requests.number_asked(request, "epoch", 1, 2**31 - 1)
        after_seq = requests.number_asked(request, "after_seq", 0, MAX_INT)
        limit = requests.number_asked(request, "limit", wire.HISTORY_MAX, wire.HISTORY_MAX)
        return requests.reply(await self._read(partial(copies.history, self._engine, till, epoch, after_seq, limit)))

    async def get_head(self, request: Request) -> Response:
        """Say how far a journal is kept."""
        till = intake.TillName.parse(requests.till_name(request))
        epoch = requests.number_asked(request, "epoch", 0, 2**31 - 1) or None
        return requests.reply(await self._read(partial(self._head, till, epoch)))

    async def get_payments(self, request: Request) -> Response:
        """List a till's payments and refunds of a span."""
        till = intake.TillName.parse(requests.till_name(request))
        since, until = requests.moment_asked(request, "since"), requests.moment_asked(request, "until")
        return requests.reply(await self._read(partial(copies.payments, self._engine, till, since, until)))

    async def get_open(self, request: Request) -> Response:
        """List what a till left open."""
        till = intake.TillName.parse(requests.till_name(request))
        return requests.reply(await self._read(partial(copies.left_open, self._engine, till)))

    async def get_sale(self, request: Request) -> Response:
        """Give a copy of a sale."""
        receipt_no = requests.receipt_number(request)
        found = await self._read(partial(copies.find_sale, self._engine, receipt_no))
        if found is None:
            raise Refusal(404, Refused("no_such_sale", receipt_no))
        return requests.reply(found)

    async def get_catalogue(self, request: Request) -> Response:
        """Give a page of the catalogue's feed."""
        after = request.query_params.get("after", "")
        limit = requests.number_asked(request, "limit", wire.FEED_MAX // 2, wire.FEED_MAX)
        try:
            return requests.reply(await self._read(partial(catalogue.feed_page, self._engine, after, limit)))
        except catalogue.CursorLost as reason:
            raise Refusal(410, Refused("cursor_lost", "start again without after")) from reason

    async def post_catalogue(self, request: Request) -> Response:
        """Change the catalogue."""
        raw = await requests.read_body(request)
        return requests.reply(await self._write(partial(self._import, request, raw)))

    async def get_rules(self, request: Request) -> Response:
        """Give a store's rule document."""
        store, after = requests.store_asked(request), request.query_params.get("after", "")
        device = signatures.sender(request.scope)
        if device and not signatures.is_of_store(device.name, store):
            raise Refusal(403, Refused("not_yours", f"{device.name} is not of store {store}"))
        return requests.reply(await self._read(partial(rules.rules_for, self._engine, store, after)))

    async def post_rules(self, request: Request) -> Response:
        """Change a rule document."""
        raw = await requests.read_body(request)
        return requests.reply(await self._write(partial(self._import_rules, request, raw)))

    async def get_suspended(self, request: Request) -> Response:
        """List the carts laid aside in a store."""
        return requests.reply(await self._read(partial(suspended.list_of, self._engine, _device(request))))

    async def put_suspended(self, request: Request) -> Response:
        """Keep a cart for the store."""
        sale_id, raw = requests.sale_id(request), await requests.read_body(request)
        return requests.reply(await self._write(partial(self._hold, request, sale_id, raw)))

    async def post_take(self, request: Request) -> Response:
        """Hand a cart over to the till that asks."""
        sale_id, raw = requests.sale_id(request), await requests.read_body(request)
        return requests.reply(await self._write(partial(self._hand_over, request, sale_id, raw)))

    async def get_totals(self, request: Request) -> Response:
        """Add up a business day."""
        return requests.reply(await self._read(partial(totals.day_totals, self._engine, requests.day_asked(request))))

    async def get_store_day(self, request: Request) -> Response:
        """Add up a business day of a store, till by till."""
        store, day = requests.store_named(request), requests.day_asked(request)
        return requests.reply(await self._read(partial(totals.store_day, self._engine, store, day)))

    async def get_parked(self, request: Request) -> Response:
        """List what could not be added up."""
        limit = requests.number_asked(request, "limit", LIST_MAX, LIST_MAX)
        return requests.reply(await self._read(partial(totals.list_parked, self._engine, limit)))

    async def get_forks(self, request: Request) -> Response:
        """List what contradicts the journals."""
        limit = requests.number_asked(request, "limit", LIST_MAX, LIST_MAX)
        return requests.reply(await self._read(partial(totals.list_forks, self._engine, limit)))

    async def get_returned_twice(self, request: Request) -> Response:
        """List what came back more than once."""
        limit = requests.number_asked(request, "limit", LIST_MAX, LIST_MAX)
        return requests.reply(await self._read(partial(returned_twice.list_of, self._engine, limit)))

    async def post_enrolment(self, request: Request) -> Response:
        """Take a device whose owner knows a one-time code."""
        raw = await requests.read_body(request)
        return requests.reply(await self._write(partial(self._enrol, request, raw)))

    async def get_receipt_page(self, request: Request) -> Response:
        """Show a customer their receipt."""
        token = request.path_params["token"]
        found = await self._read(partial(receipt_page.find_body, self._engine, token))
        return receipt_page.answer(found, request)

    async def get_health(self, _request: Request) -> Response:
        """Reach for the database."""
        return requests.reply(await self._read(self._ping))

    async def _write(self, work: Callable[[], _T]) -> _T:
        return await to_thread.run_sync(work, limiter=self._writers)

    async def _read(self, work: Callable[[], _T]) -> _T:
        return await to_thread.run_sync(work, limiter=self._readers)

    def _now(self) -> str:
        return utc_text(self._clock.now())

    def _take(self, request: Request, till: str, raw: bytes) -> wire.Head:
        batch = [each.of(till) for each in requests.decode(request, raw, wire.Entries).entries]
        if (seq := intake.first_too_large(batch)) is not None:
            raise Refusal(422, Refused("malformed", f"a body has {MAX_BODY_BYTES} bytes at most", seq=seq))
        if (seq := intake.first_out_of_order(batch)) is not None:
            raise Refusal(422, Refused("not_consecutive", "entries of one epoch, one after the other", seq=seq))
        if (seq := intake.first_untrue(batch)) is not None:
            raise Refusal(422, Refused("bad_hash", "nothing of the batch was kept", epoch=batch[0].epoch, seq=seq))
        device = signatures.sender(request.scope)
        faults = signatures.entry_faults(self._engine, device, batch) if device else None
        outcome = intake.take(self._engine, batch, self._now(), faults)
        if isinstance(outcome, intake.Gap):
            raise Refusal(409, Refused("gap", epoch=outcome.epoch, send_from=outcome.send_from))
        if isinstance(outcome, intake.Fork):
            raise Refusal(409, Refused("fork", "both are kept", epoch=outcome.epoch, seq=outcome.seq))
        return wire.Head(outcome.epoch, outcome.seq, outcome.hash)

    def _head(self, till: intake.TillName, epoch: int | None) -> wire.Head:
        with reading(self._engine) as connection:
            kept = intake.head_of(connection, till, epoch)
        return wire.Head(kept.epoch, kept.seq, kept.hash)

    def _enrol(self, request: Request, raw: bytes) -> wire.Enrolled:
        if self._keeper is None:
            raise Refusal(403, Refused("bad_code", "this hub gives out no codes"))
        address = request.client.host if request.client else ""
        return self._keeper.enrol(requests.decode(request, raw, wire.Enrol), address)

    def _import(self, request: Request, raw: bytes) -> wire.Imported:
        wanted = requests.decode(request, raw, wire.Import)
        try:
            return catalogue.import_products(self._engine, wanted, self._now())
        except BarcodeTaken as taken:
            raise Refusal(409, Refused("barcode_taken", f"two products would carry {taken}")) from taken

    def _import_rules(self, request: Request, raw: bytes) -> wire.RulesImported:
        wanted = requests.decode(request, raw, wire.RulesImport)
        try:
            return rules.import_rules(self._engine, wanted, self._now())
        except rules.NotCanonical as reason:
            raise Refusal(422, Refused("malformed", f"rules: {reason}")) from reason

    def _hold(self, request: Request, sale_id: str, raw: bytes) -> wire.Holding:
        wanted = requests.decode(request, raw, wire.Hold)
        try:
            held = suspended.put(self._engine, _device(request), sale_id, wanted, self._clock.now())
        except suspended.StoreFull as reason:
            raise Refusal(409, Refused("store_full", f"{suspended.STORE_MAX} carts of a store")) from reason
        if isinstance(held, suspended.Elsewhere):
            raise Refusal(409, Refused("taken", "another till has it", till=held.till))
        return held

    def _hand_over(self, request: Request, sale_id: str, raw: bytes) -> wire.SuspendedCart:
        wanted = requests.decode(request, raw, wire.Take)
        found = suspended.take(self._engine, _device(request), sale_id, wanted.hold_id, self._clock.now())
        if found is None:
            raise Refusal(404, Refused("no_such_cart", sale_id))
        if isinstance(found, suspended.Elsewhere):
            raise Refusal(409, Refused("taken", "another till has it", till=found.till))
        return found

    def _ping(self) -> wire.Health:
        with reading(self._engine) as connection:
            connection.execute(select(1))
        return wire.Health("ok")


def _device(request: Request) -> str:
    """Return who asks, by the key that signed; a cart is handed to nobody who has none."""
    device = signatures.sender(request.scope)
    if device is None:
        raise Refusal(403, Refused("not_yours", "only a device that signs has a store"))
    return device.name


def create_app(
    engine: Engine, clock: Clock, *, in_flight_max: int = IN_FLIGHT_MAX, keeper: Gatekeeper | None = None
) -> Starlette:
    """Return the service over an open engine.

    Args:
        keeper: asks everybody who they are; without one everybody is believed, which is for tests of what it guards.
    """
    office = HeadOffice(engine, clock, keeper)
    return Starlette(
        routes=[*routes(office.calls()), Route(PATH + "{token}", office.get_receipt_page)],
        middleware=[
            Middleware(Admission, limit=in_flight_max),
            *([Middleware(Gate, keeper=keeper)] if keeper else []),
            Middleware(GZipMiddleware, minimum_size=2_000, compresslevel=3),
        ],
        exception_handlers={
            Refusal: _on_refusal,
            HTTPException: _on_http_error,
            OperationalError: _on_database_down,
            InterfaceError: _on_database_down,
            PoolEmpty: _on_database_down,
        },
    )


async def _on_refusal(_request: Request, error: Exception) -> Response:
    assert isinstance(error, Refusal)
    return requests.refuse(error)


async def _on_http_error(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    code = {404: "no_such_call", 405: "wrong_method"}.get(error.status_code, "malformed")
    return requests.reply(Refused(code, str(error.detail)), error.status_code, error.headers)


async def _on_database_down(_request: Request, error: Exception) -> Response:
    down = Refused("database_down", type(error).__name__)
    return requests.refuse(Refusal(503, down, requests.DOWN_RETRY_S))


def serve(
    database_url: str, port: int, key_file: Path, *, host: str = "127.0.0.1", in_flight_max: int = IN_FLIGHT_MAX
) -> None:
    """Serve until told to stop (SIGINT or SIGTERM); print ``{"listening": "http://…"}`` once connections are taken.

    Args:
        port: 0 for any free one.
        key_file: the hub's own key; made when there is none.

    Raises:
        KeyUnreadable: the hub's key cannot be used.
        PortTaken: another program listens there.
        HubDatabaseUnusable, SchemaTooNew, SqliteTooOld: see ``open_engine``.
    """
    listener = listen_on(host, port)
    try:
        engine = open_engine(database_url)
        clock = SystemClock()
        keeper = Gatekeeper(engine, clock, open_hub_key(key_file))
        app = create_app(engine, clock, in_flight_max=in_flight_max, keeper=keeper)
        sys.stdout.write(json.dumps({"listening": f"http://{host}:{listener.getsockname()[1]}"}) + "\n")
        sys.stdout.flush()
        config = uvicorn.Config(
            app, http=line_for_this_machine(), ws="none", h11_max_incomplete_event_size=HEAD_MAX_BYTES,
            log_level="warning", access_log=False, lifespan="off", timeout_graceful_shutdown=5,
        )  # fmt: skip
        uvicorn.Server(config).run(sockets=[listener])
        engine.dispose()
    finally:
        listener.close()


def key_beside(database_url: str) -> Path:
    """Return where the hub's own key is when nobody says: beside an SQLite database, else in the working folder."""
    file = make_url(database_url).database if database_url.startswith("sqlite:///") else None
    return Path(file).with_suffix(".key") if file else Path("hub.key")


def listen_on(host: str, port: int) -> socket.socket:
    """Return a socket that takes connections already, or raise PortTaken; port 0 is any free one."""
    # Named as TCP, or asyncio leaves Nagle's delay on and every answer waits 40 ms for an acknowledgement.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name != "nt":  # there it would let two programs share the port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(2_048)  # tills that all come back in one moment wait here
    except OSError as reason:
        listener.close()
        if reason.errno == errno.EADDRINUSE:
            raise PortTaken(address=f"{host}:{port}") from reason
        raise
    return listener

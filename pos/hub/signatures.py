"""The gate in front of the hub: who asks, is it they, may they; and every answer signed with the hub's own key."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field

from anyio import CapacityLimiter, to_thread
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from sqlalchemy import Connection, Engine, select
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolEmpty
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pos.clock import Clock
from pos.domain.device import is_office
from pos.domain.entry import JournalEntry
from pos.domain.receipt_page import PATH
from pos.domain.signing import CLOCK_TOLERANCE_S, NotSigned, Stamp, digest_text, entry_fault, read_request, sign_answer
from pos.hub import devices
from pos.hub.database import CONNECTIONS_MAX, Row, insert_all, reading
from pos.hub.line import Turns
from pos.hub.requests import DOWN_RETRY_S, Refusal, refuse
from pos.hub.schema import entry_signatures
from pos.hub.wire import RECEIPT_PATTERN, STORE_PATTERN, TILL_PATTERN, Enrol, Enrolled, Refused

NONCES_MAX = 1_024
"""Remembered of one device; a till asks some ten times a minute."""

WRONG_MAX = 10
"""Wrong enrolment codes from one address within ``WRONG_WITHIN_S`` before it must wait."""
WRONG_WITHIN_S = 60
ADDRESSES_MAX = 10_000
"""Addresses whose wrong codes are remembered."""

_DEVICE = "guitai.device"
_OPEN = frozenset({"/health", "/openapi.json", "/v1/enrolments"})
_PAGES = re.compile(f"{PATH}[^/]+")
_OF_A_TILL = re.compile(f"/v1/tills/({TILL_PATTERN})/([a-z]+)", re.ASCII)
_OF_A_STORE = re.compile(f"/v1/stores/({STORE_PATTERN})/day", re.ASCII)
_SALES = "/v1/sales/"
_SHARED_IN_A_STORE = frozenset({"open"})
_CARTS = re.compile(r"/v1/suspended/[^/]*(/take)?", re.ASCII)
_FOR_EVERY_DEVICE = frozenset({("GET", "/v1/catalogue"), ("GET", "/v1/rules"), ("GET", "/v1/suspended")})
_FOR_AN_OFFICE = frozenset({("POST", "/v1/catalogue"), ("POST", "/v1/rules")})


@dataclass(slots=True)
class _Seen:
    """The nonces of one device that could still be sent again; what is older than ``floor`` cannot."""

    nonces: dict[str, int] = field(default_factory=dict)
    floor: int = 0

    def take(self, nonce: str, created: int, oldest: int) -> bool:
        """Whether the nonce is new; then it is remembered."""
        if nonce in self.nonces or created < self.floor:
            return False
        self.nonces[nonce] = created
        while len(self.nonces) > 1:
            first, when = next(iter(self.nonces.items()))
            if when >= oldest and len(self.nonces) <= NONCES_MAX:
                break
            del self.nonces[first]
            self.floor = max(self.floor, when + 1) if when >= oldest else self.floor
        return True


class Gatekeeper:
    """Knows the devices, remembers what they sent, and holds the hub's own key."""

    def __init__(self, engine: Engine, clock: Clock, key: Ed25519PrivateKey) -> None:
        self.key = key
        self._engine, self._clock = engine, clock
        self._readers = CapacityLimiter(CONNECTIONS_MAX // 2)
        self._seen: dict[str, _Seen] = {}
        self._wrong: dict[str, list[float]] = {}
        # What was sent to the hub before it was started again is not remembered, so it is not taken.
        self._started = self.now()

    def now(self) -> int:
        """The moment by the hub's clock, in seconds since 1970."""
        return int(self._clock.now().timestamp())

    def enrol(self, wanted: Enrol, address: str) -> Enrolled:
        """Take a device whose owner knows a one-time code.

        Args:
            address: where it asks from; one that is wrong too often is told to wait, and nobody else is.

        Raises:
            Refusal: 403 when the code is not right, 429 after too many that were not.
        """
        now = self._clock.monotonic()
        wrong = [at for at in self._wrong.get(address, ()) if at > now - WRONG_WITHIN_S]
        if len(wrong) >= WRONG_MAX:
            raise Refusal(429, Refused("too_many", f"{WRONG_MAX} wrong codes"), WRONG_WITHIN_S)
        try:
            return devices.enrol(self._engine, wanted, self.key.public_key(), self._clock.now())
        except devices.CodeRefused as reason:
            if len(self._wrong) >= ADDRESSES_MAX:
                self._wrong.clear()
            self._wrong[address] = [*wrong, now]
            raise Refusal(403, Refused("bad_code", "wrong, used or too old")) from reason

    async def admit(self, stamp: Stamp, scope: Scope) -> devices.Known:
        """Return the device that sent a request; nothing of its body was read yet.

        Raises:
            Refusal: 401 or 403, with the first thing that is wrong.
        """
        known = await to_thread.run_sync(devices.find, self._engine, stamp.key_id, limiter=self._readers)
        if known is None:
            raise Refusal(401, Refused("unknown_device", "enrol it first"))
        path, query = scope["raw_path"].decode("latin-1"), scope["query_string"].decode("latin-1")
        if not stamp.is_by(known.key, scope["method"], path, f"?{query}"):
            raise Refusal(401, Refused("bad_signature", "what was signed is not what arrived"))
        if known.revoked_at:
            raise Refusal(401, Refused("revoked", f"at {known.revoked_at}"))
        self._check_time(stamp)
        if not may(known.name, scope["method"], scope["path"]):
            raise Refusal(403, Refused("not_yours", f"{known.name} may not do this"))
        return known

    def _check_time(self, stamp: Stamp) -> None:
        now = self.now()
        if abs(stamp.created - now) > CLOCK_TOLERANCE_S or stamp.created < self._started:
            raise Refusal(401, Refused("clock", f"signed at {stamp.created}, it is {now} here"))
        seen = self._seen.setdefault(stamp.key_id, _Seen())
        if not seen.take(stamp.nonce, stamp.created, now - CLOCK_TOLERANCE_S):
            raise Refusal(401, Refused("replayed", "this very request came before"))


def may(name: str, method: str, path: str) -> bool:
    """Whether a device may make a call: a till for itself, and about its store where it must; an office for no till.

    Args:
        name: of the device, from its key only.
    """
    if is_office(name):
        return method == "GET" or (method, path) in _FOR_AN_OFFICE
    store = name.partition("-")[0]
    if of_till := _OF_A_TILL.fullmatch(path):
        is_of_store = method == "GET" and of_till[1].startswith(f"{store}-") and of_till[2] in _SHARED_IN_A_STORE
        return of_till[1] == name or is_of_store
    if of_store := _OF_A_STORE.fullmatch(path):
        return method == "GET" and of_store[1] == store
    if path.startswith(_SALES):
        receipt_no = path.removeprefix(_SALES)
        is_receipt = re.fullmatch(RECEIPT_PATTERN, receipt_no, re.ASCII)  # any other text is told that it is none
        return method == "GET" and (not is_receipt or receipt_no.startswith(f"{store}-"))
    if of_cart := _CARTS.fullmatch(path):  # the hub looks among the carts of the device's own store only
        return method == ("POST" if of_cart[1] else "PUT")
    return (method, path) in _FOR_EVERY_DEVICE


def is_of_store(name: str, store: str) -> bool:
    """Whether a device may hear what is a store's own: its tills, and every office."""
    return is_office(name) or name.partition("-")[0] == store


def _is_for_everybody(method: str, path: str) -> bool:
    return path in _OPEN or (method in {"GET", "HEAD"} and _PAGES.fullmatch(path) is not None)


class Gate:
    """Lets in what is signed by a device that may ask it, and signs what goes out."""

    def __init__(self, app: ASGIApp, keeper: Gatekeeper) -> None:
        self._app, self._keeper, self._turns = app, keeper, Turns()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or refuse it before its body is read."""
        if scope["type"] != "http" or _is_for_everybody(scope["method"], scope["path"]):
            await self._app(scope, receive, send)
            return
        try:
            stamp = read_request(_headers(scope))
        except NotSigned as reason:
            await refuse(Refusal(401, Refused("unsigned", str(reason))))(scope, receive, send)
            return
        sealed = self._sealing(send, stamp)
        with ExitStack() as turn:
            try:
                scope[_DEVICE] = known = await self._keeper.admit(stamp, scope)
                turn.enter_context(self._turns.of(known.id))
            except Refusal as refusal:
                await refuse(refusal)(scope, receive, sealed)
            except (OperationalError, InterfaceError, PoolEmpty) as reason:
                down = Refusal(503, Refused("database_down", type(reason).__name__), DOWN_RETRY_S)
                await refuse(down)(scope, receive, sealed)
            else:
                await self._app(scope, _checking(receive, stamp.digest), sealed)

    def _sealing(self, send: Send, stamp: Stamp) -> Send:
        start: Message = {}
        body = bytearray()

        async def seal(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
                return
            body.extend(message.get("body", b""))
            if not message.get("more_body"):
                named = sign_answer(start["status"], bytes(body), stamp.value, self._keeper.key, self._keeper.now())
                start["headers"] = [*start["headers"], *((k.encode(), v.encode()) for k, v in named.items())]
                await send(start)
                await send({"type": "http.response.body", "body": bytes(body)})

        return seal


def _headers(scope: Scope) -> Mapping[str, str]:
    """Return the headers by name; one that comes twice is joined, and is then no signature of ours."""
    found: dict[str, str] = {}
    for name, value in scope["headers"]:
        key, text = name.decode("latin-1"), value.decode("latin-1")
        found[key] = f"{found[key]}, {text}" if key in found else text
    return found


def _checking(receive: Receive, digest: str) -> Receive:
    """Return a way to read the body whose end is refused when it is not the body that was signed."""
    so_far = hashlib.sha256()

    async def read() -> Message:
        message = await receive()
        if message["type"] == "http.request":
            so_far.update(message.get("body", b""))
            if not message.get("more_body") and digest_text(so_far.digest()) != digest:
                raise Refusal(401, Refused("bad_digest", "the body is not the one that was signed"))
        return message

    return read


def sender(scope: Scope) -> devices.Known | None:
    """Return the device that the gate let in with a request; None where there is no gate."""
    known = scope.get(_DEVICE)
    assert known is None or isinstance(known, devices.Known)
    return known


def entry_faults(engine: Engine, device: devices.Known, batch: Sequence[JournalEntry]) -> dict[int, str]:
    """Return what is wrong with the signatures of true entries of a device's till, by seq; good ones are left out."""
    found = faults_of(batch, {device.id: device.key})
    if not found:
        return found
    # Perhaps an older key of the same till signed them.
    with reading(engine) as connection:
        return faults_of(batch, devices.keys_of(connection, device.name))


def faults_of(batch: Sequence[JournalEntry], keys: Mapping[str, Ed25519PublicKey]) -> dict[int, str]:
    """Return what is wrong with the signatures of entries of one till by any of its keys, by seq."""
    found = {entry.seq: entry_fault(entry.signature, entry.hash, keys) for entry in batch}
    return {seq: fault for seq, fault in found.items() if fault}


def keep_signatures(
    connection: Connection, till: Row, fresh: Sequence[JournalEntry], faults: Mapping[int, str]
) -> None:
    """Keep what came with entries as signatures, good or not, within the caller's transaction."""
    rows = [
        {**till, "epoch": entry.epoch, "seq": entry.seq, "signature": entry.signature,
         "fault": faults.get(entry.seq, "")}
        for entry in fresh
    ]  # fmt: skip
    insert_all(connection, entry_signatures, rows)


def kept_faults(connection: Connection, till: Row, epoch: int, after: int, last: int) -> dict[int, str]:
    """Return what was found wrong with the signatures of entries when they came, by seq."""
    kept = entry_signatures.c
    query = select(kept.seq, kept.fault).filter_by(**till, epoch=epoch).where(kept.seq.between(after + 1, last))
    return dict(connection.execute(query.where(kept.fault != "")).all())

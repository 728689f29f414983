"""Devices for tests: their keys come from their names, and the hub's key is always the same one."""

import base64
import hashlib
import json
import secrets
from collections.abc import Generator, Iterator
from datetime import datetime
from pathlib import Path

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Engine

from pos.clock import Clock, SystemClock
from pos.domain.device import Device
from pos.domain.signing import Asked, content_digest, key_id, sign_answer, sign_request
from pos.hub import devices
from pos.hub.database import open_engine, writing

ENROLLED_AT = "2026-11-01T00:00:00.000Z"


def key_of(name: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(name.encode()).digest())


HUB_KEY = key_of("the hub")


def device_of(name: str, *, hub_key: Ed25519PrivateKey = HUB_KEY) -> Device:
    """The device of this name, whether or not a hub knows it."""
    public = key_of(name).public_key()
    return Device(name, key_of(name), hub_key.public_key(), {key_id(public): public})


def trust(engine: Engine, *names: str) -> None:
    """Let the devices of these names speak, as if each had been enrolled; those that may already, may."""
    for name in names:
        public = key_of(name).public_key()
        if devices.find(engine, key_id(public)) is None:
            with writing(engine) as connection:
                devices.put_device(connection, name, public, ENROLLED_AT)


def trust_at(database_url: str, *names: str) -> None:
    """Let devices speak at a hub that may be running."""
    engine = open_engine(database_url)
    trust(engine, *names)
    engine.dispose()


def put_hub_key(path: Path) -> None:
    """Write the hub's key where a hub looks for it."""
    path.touch(0o600)
    path.write_text(json.dumps({"private_key": base64.b64encode(HUB_KEY.private_bytes_raw()).decode()}), "utf-8")


def signed(request: httpx.Request, key: Ed25519PrivateKey, at: datetime, nonce: str = "") -> httpx.Request:
    """Sign a request as docs/protocol.md says."""
    path, _, query = request.url.raw_path.decode().partition("?")
    asked = Asked(request.method, path, f"?{query}", content_digest(request.read()))
    request.headers.update(sign_request(asked, key, int(at.timestamp()), nonce or secrets.token_hex(16)))
    return request


class Signing(httpx.Auth):
    """Signs what a plain HTTP client asks, by the key of a name."""

    requires_request_body = True

    def __init__(self, name: str, clock: Clock | None = None) -> None:
        self._key, self._clock = key_of(name), clock or SystemClock()

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        yield signed(request, self._key, self._clock.now())


def sealed(
    request: httpx.Request, answer: httpx.Response, key: Ed25519PrivateKey = HUB_KEY, at: datetime | None = None
) -> httpx.Response:
    """Sign an answer made by hand as the hub would have."""
    body = b"".join(answer.iter_raw())
    value = request.headers["signature"].removeprefix("till=")
    created = int((at or SystemClock().now()).timestamp())
    answer.headers.update(sign_answer(answer.status_code, body, value, key, created))
    return httpx.Response(answer.status_code, headers=answer.headers, stream=Raw(body))


class Raw(httpx.SyncByteStream):
    """A body that is read as it travels, as from a socket."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def __iter__(self) -> Iterator[bytes]:
        yield self._body

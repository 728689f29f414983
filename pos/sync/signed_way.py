"""The way to the hub: every request signed with the device's key, every answer checked against the pinned one."""

import gzip
import secrets
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from msgspec import DecodeError, Raw, json

from pos.clock import Clock
from pos.domain.device import Device
from pos.domain.errors import HubNotOurs, HubUnreachable, NotEnrolled
from pos.domain.signing import Asked, NotSigned, check_answer, content_digest, sign_request
from pos.plain_httpx import httpx

ANSWER_MAX_BYTES = 8_000_000
"""Of an answer, as it travels and when it is unpacked; the longest page of the catalogue is below a third."""

_PACKED = {"content-type": "application/json", "content-encoding": "gzip"}
_PLAIN = {"content-type": "application/json"}


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer whose body is unpacked; it is the hub's own word unless its status is 500 or more."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class SignedWay:
    """Asks and is answered, one request at a time.

    Attributes:
        apart_s: how far the hub's clock was ahead of ours when it last signed an answer.
    """

    def __init__(self, http: httpx.Client, device: Device | None, clock: Clock) -> None:
        self._http, self._device, self._clock = http, device, clock
        self.apart_s = 0.0

    def close(self) -> None:
        """Drop the connection."""
        self._http.close()

    def unsigned(self, method: str, path: str, body: bytes) -> Answer:
        """Ask without a key; nothing about the answer is certain."""
        answer, raw = self._exchange(self._http.build_request(method, path, content=body, headers=_PLAIN))
        return _unpacked(answer, raw)

    def signed(
        self, method: str, path: str, body: bytes | None = None, *, params: Mapping[str, str | int] | None = None
    ) -> Answer:
        """Ask, and once more when the hub says that our clock is wrong: every answer tells what time it is there.

        Raises:
            NotEnrolled: there is no key to sign with.
            HubUnreachable: nobody answered in time, or not a hub.
            HubNotOurs: the answer is not signed with the pinned key, for this request.
        """
        if self._device is None:
            raise NotEnrolled
        before = self.apart_s
        packed = None if body is None else gzip.compress(body, compresslevel=3, mtime=0)
        answer = self._ask(self._device, method, path, packed, params)
        if _is_about_time(answer) and self.apart_s != before:
            answer = self._ask(self._device, method, path, packed, params)
        return answer

    def _ask(
        self, device: Device, method: str, path: str, body: bytes | None, params: Mapping[str, str | int] | None
    ) -> Answer:
        headers = _PLAIN if body is None else _PACKED
        request = self._http.build_request(method, path, content=body, headers=headers, params=params or None)
        address, _, query = request.url.raw_path.decode().partition("?")
        asked = Asked(method, address, f"?{query}", content_digest(body or b""))
        created = int(self._clock.now().timestamp() + self.apart_s)
        request.headers.update(sign_request(asked, device.key, created, secrets.token_hex(16)))
        answer, raw = self._exchange(request)
        # What only asks for patience need not be signed: a gateway in between may say it, and so may a hub that
        # has no time to sign. Nothing but a pause comes of it.
        if answer.status_code < httpx.codes.INTERNAL_SERVER_ERROR:
            self._believe(device, request, answer, raw)
        return _unpacked(answer, raw)

    def _believe(self, device: Device, request: httpx.Request, answer: httpx.Response, raw: bytes) -> None:
        value = request.headers["signature"].removeprefix("till=")
        try:
            signed_at = check_answer(answer.status_code, raw, dict(answer.headers), value, device.hub_key)
        except NotSigned as reason:
            if "signature" not in answer.headers and not _is_json(_unpacked(answer, raw).body):
                # A shop's Wi-Fi log-in page, for one.
                raise HubUnreachable(reason=f"what answers (status {answer.status_code}) is no hub") from reason
            raise HubNotOurs(reason=str(reason)) from reason
        self.apart_s = signed_at - int(self._clock.now().timestamp())

    def _exchange(self, request: httpx.Request) -> tuple[httpx.Response, bytes]:
        try:
            answer = self._http.send(request, stream=True)
            try:
                return answer, _read(answer)
            finally:
                answer.close()
        except httpx.HTTPError as reason:
            raise HubUnreachable(reason=f"{type(reason).__name__} {reason}".strip()) from reason


def _read(answer: httpx.Response) -> bytes:
    raw = bytearray()
    for part in answer.iter_raw():
        raw += part
        if len(raw) > ANSWER_MAX_BYTES:
            raise HubUnreachable(reason="the answer is too long for a hub's")
    return bytes(raw)


def _unpacked(answer: httpx.Response, raw: bytes) -> Answer:
    if answer.headers.get("content-encoding", "identity") != "gzip":
        return Answer(answer.status_code, answer.headers, raw)
    unpacker = zlib.decompressobj(wbits=31)  # 31: one gzip member, header and checksum
    try:
        plain = unpacker.decompress(raw, ANSWER_MAX_BYTES)
    except zlib.error as reason:
        raise HubUnreachable(reason=f"the answer cannot be unpacked: {reason}") from reason
    if not unpacker.eof:
        raise HubUnreachable(reason="the answer is cut off, or too long for a hub's")
    return Answer(answer.status_code, answer.headers, plain)


def _is_about_time(answer: Answer) -> bool:
    return answer.status == httpx.codes.UNAUTHORIZED and b'"code":"clock"' in answer.body


def _is_json(body: bytes) -> bool:
    try:
        json.decode(body, type=Raw)
    except (DecodeError, UnicodeDecodeError):
        return False
    return True

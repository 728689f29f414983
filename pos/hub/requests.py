"""From bytes to structs and back: limits, gunzip, JSON, refusals."""

import asyncio
import re
import zlib
from collections.abc import Mapping
from typing import TypeVar

from msgspec import DecodeError, ValidationError, json
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from pos.hub.wire import (
    DAY_PATTERN,
    ID_PATTERN,
    MOMENT_PATTERN,
    PLAIN_MAX_BYTES,
    RAW_MAX_BYTES,
    RECEIPT_PATTERN,
    STORE_PATTERN,
    TILL_PATTERN,
    Refused,
)

BODY_TIMEOUT_S = 15
"""How long a request body may take to arrive."""
DOWN_RETRY_S = 5
"""What a till is told to wait, at least, when the hub's own database cannot be had."""

_T = TypeVar("_T")


class Refusal(Exception):
    """An answer other than 200, with the status, the struct and perhaps Retry-After in seconds."""

    def __init__(self, status: int, refused: Refused, retry_after_s: int = 0) -> None:
        super().__init__(status, refused)
        self.status = status
        self.refused = refused
        self.retry_after_s = retry_after_s


def reply(value: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """Return a struct as a JSON answer."""
    return Response(json.encode(value), status, dict(headers or {}), media_type="application/json")


def refuse(refusal: Refusal) -> Response:
    """Return a refusal as an answer."""
    headers = {"retry-after": str(refusal.retry_after_s)} if refusal.retry_after_s else {}
    return reply(refusal.refused, refusal.status, headers)


async def read_body(request: Request) -> bytes:
    """Return the body as it travelled; ``decode`` makes sense of it.

    Raises:
        Refusal: 408, 413 or 415.
    """
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != "application/json":
        raise Refusal(415, Refused("content_type", "application/json is wanted"))
    if request.headers.get("content-encoding", "identity").lower() not in {"identity", "gzip"}:
        raise Refusal(415, Refused("content_encoding", "gzip or none"))
    # What is told to be too long is not waited for; h11 has seen that the length is a number.
    if int(request.headers.get("content-length", "0")) > RAW_MAX_BYTES:
        raise Refusal(413, Refused("too_large", f"{RAW_MAX_BYTES} bytes at most"))
    raw = bytearray()
    try:
        async with asyncio.timeout(BODY_TIMEOUT_S):
            async for part in request.stream():
                raw += part
                if len(raw) > RAW_MAX_BYTES:
                    raise Refusal(413, Refused("too_large", f"{RAW_MAX_BYTES} bytes at most"))
    except TimeoutError as reason:
        raise Refusal(408, Refused("too_slow", f"the body must arrive within {BODY_TIMEOUT_S} s")) from reason
    except ClientDisconnect as reason:
        raise Refusal(400, Refused("cut_off", "the body ended early")) from reason
    return bytes(raw)


def decode(request: Request, raw: bytes, kind: type[_T]) -> _T:
    """Return the struct a body holds.

    Raises:
        Refusal: 400 when it is not gzip or not JSON, 413 when it unpacks to too much, 422 when it is another shape.
    """
    plain = _gunzip(raw) if request.headers.get("content-encoding", "").lower() == "gzip" else raw
    try:
        return json.decode(plain, type=kind)
    except ValidationError as reason:
        raise Refusal(422, Refused("malformed", str(reason))) from reason
    except (DecodeError, UnicodeDecodeError, RecursionError) as reason:
        raise Refusal(400, Refused("not_json", str(reason))) from reason


def _gunzip(raw: bytes) -> bytes:
    unpacker = zlib.decompressobj(wbits=31)  # 31: one gzip member, header and checksum
    try:
        plain = unpacker.decompress(raw, PLAIN_MAX_BYTES + 1)
    except zlib.error as reason:
        raise Refusal(400, Refused("not_gzip", str(reason))) from reason
    if len(plain) > PLAIN_MAX_BYTES:
        raise Refusal(413, Refused("too_large", f"{PLAIN_MAX_BYTES} bytes at most when unpacked"))
    if not unpacker.eof or unpacker.unused_data:
        raise Refusal(400, Refused("not_gzip", "cut off, or more than one member"))
    return plain


def till_name(request: Request) -> str:
    """Return the till the address names, or refuse it with 404."""
    till: str = request.path_params["till"]
    if not re.fullmatch(TILL_PATTERN, till, re.ASCII):
        raise Refusal(404, Refused("no_such_till", "a till is named store-till, such as 0017-03"))
    return till


def day_asked(request: Request) -> str:
    """Return the business day asked for, or refuse it with 400."""
    day = request.query_params.get("day", "")
    if not re.fullmatch(DAY_PATTERN, day, re.ASCII):
        raise Refusal(400, Refused("bad_query", "day=YYYY-MM-DD is wanted"))
    return day


def store_asked(request: Request) -> str:
    """Return the store asked for, or refuse it with 400."""
    store = request.query_params.get("store", "")
    if not re.fullmatch(STORE_PATTERN, store, re.ASCII):
        raise Refusal(400, Refused("bad_query", "store=0017 is wanted"))
    return store


def store_named(request: Request) -> str:
    """Return the store the address names, or refuse it with 404."""
    store: str = request.path_params["store"]
    if not re.fullmatch(STORE_PATTERN, store, re.ASCII):
        raise Refusal(404, Refused("no_such_store", "a store is named such as 0017"))
    return store


def receipt_number(request: Request) -> str:
    """Return the receipt the address names, or refuse it with 404."""
    receipt_no: str = request.path_params["receipt_no"]
    if not re.fullmatch(RECEIPT_PATTERN, receipt_no, re.ASCII):
        raise Refusal(404, Refused("no_such_sale", "a receipt is named such as 0017-03-20261123-0001"))
    return receipt_no


def sale_id(request: Request) -> str:
    """Return the cart the address names, or refuse it with 404."""
    named: str = request.path_params["sale_id"]
    if not re.fullmatch(ID_PATTERN, named, re.ASCII):
        raise Refusal(404, Refused("no_such_cart", "a cart is named by the id its sale will have"))
    return named


def moment_asked(request: Request, name: str) -> str:
    """Return the moment asked for in journal UTC text, or refuse it with 400."""
    text = request.query_params.get(name, "")
    if not re.fullmatch(MOMENT_PATTERN, text, re.ASCII):
        raise Refusal(400, Refused("bad_query", f"{name}=YYYY-MM-DDThh:mm:ss.mmmZ is wanted"))
    return text


def number_asked(request: Request, name: str, default: int, limit: int) -> int:
    """Return a whole number 1..limit from the query, ``default`` when it is not there, or refuse it with 400."""
    text = request.query_params.get(name, "")
    if not text:
        return default
    if not re.fullmatch("[0-9]{1,16}", text, re.ASCII) or not 1 <= int(text) <= limit:
        raise Refusal(400, Refused("bad_query", f"{name} must be 1..{limit}"))
    return int(text)

"""What the control interface of the gateway simulator is asked for, as JSON."""

from typing import Annotated, TypeVar

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request

from pos.sandbox.gateway_faults import SLOW_S, Fault
from pos.sandbox.gateway_values import KINDS

BODY_MAX = 1_048_576
"""Bytes of any request; a payment with 150 goods takes less than half."""

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
_Wanted = TypeVar("_Wanted", bound=msgspec.Struct)


class CodeWanted(msgspec.Struct, forbid_unknown_fields=True):
    """A fresh payment code of ``buyer``, whose account behaves as ``kind`` says."""

    buyer: Name = "demo"
    kind: Name = "normal"


class FaultsWanted(msgspec.Struct, forbid_unknown_fields=True):
    """The next ``count`` calls (of ``method``, or of any) shall go wrong; ``none`` forgets what was ordered."""

    next: Fault | None = None
    count: Annotated[int, msgspec.Meta(ge=1, le=100)] = 1
    method: str = ""
    seconds: Annotated[float, msgspec.Meta(ge=0, le=300)] = SLOW_S


class Confirmation(msgspec.Struct, forbid_unknown_fields=True):
    """The customer answers on the phone: pays, or (``accept`` false) cancels."""

    out_trade_no: Name
    accept: bool = True


async def read_body(request: Request) -> bytes:
    """Return the body, or refuse one that is too long."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > BODY_MAX:
            raise HTTPException(413, "too long")
    return body


async def read_wanted(request: Request, kind: type[_Wanted]) -> _Wanted:
    """Return what is asked for, or refuse it with the reason."""
    try:
        return msgspec.json.decode(await read_body(request) or b"{}", type=kind)
    except msgspec.DecodeError as reason:
        raise HTTPException(400, str(reason)) from reason


def known_kind(kind: str) -> str:
    """Return the kind of customer, or refuse one there is not."""
    if kind not in KINDS:
        raise HTTPException(422, f"kind must be one of {', '.join(KINDS)}")
    return kind

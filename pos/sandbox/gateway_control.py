"""What the control interface of the gateway simulator is asked for, as JSON."""

from dataclasses import replace
from typing import Annotated, TypeVar
from urllib.parse import parse_qsl

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request

from pos.sandbox.gateway_faults import SLOW_S, Fault
from pos.sandbox.gateway_values import KINDS, Settings

BODY_MAX = 1_048_576
"""Bytes of any request; a payment with 150 goods takes less than half."""

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
Fen = Annotated[int, msgspec.Meta(ge=0, le=10**14)]
_YEARS_S = 20 * 366 * 86_400
Shift = Annotated[float, msgspec.Meta(ge=-_YEARS_S, le=_YEARS_S)]
"""Seconds a clock may be put off."""
Wait = Annotated[float, msgspec.Meta(ge=0, le=_YEARS_S)]
"""Seconds."""
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


class ScanWanted(msgspec.Struct, forbid_unknown_fields=True):
    """``buyer`` scans the shop's code (its address, or the last part of it) and does as ``kind`` says."""

    qr_code: Annotated[str, msgspec.Meta(min_length=1, max_length=1024)]
    buyer: Name = "demo"
    kind: Name = "normal"


class BalanceWanted(msgspec.Struct, forbid_unknown_fields=True):
    """What ``buyer`` shall have from now on (``balance_fen``), or the shop (``merchant_fen``)."""

    buyer: Name = "demo"
    balance_fen: Fen | None = None
    merchant_fen: Fen | None = None


class SettingsWanted(msgspec.Struct, forbid_unknown_fields=True):
    """What shall be as told from now on; what is not named stays (``Settings`` says what each means)."""

    clock_skew_s: Shift | msgspec.UnsetType = msgspec.UNSET
    travel_s: Shift | msgspec.UnsetType = msgspec.UNSET
    refund_delay_s: Wait | msgspec.UnsetType = msgspec.UNSET
    refund_window_days: Annotated[float, msgspec.Meta(ge=0, le=3660)] | msgspec.UnsetType = msgspec.UNSET
    bill_ready_s: Wait | msgspec.UnsetType = msgspec.UNSET
    answers_after_s: Wait | msgspec.UnsetType | None = msgspec.UNSET

    def over(self, settings: Settings) -> Settings:
        """Return settings with these put over them."""
        told = {name: getattr(self, name) for name in self.__struct_fields__}
        return replace(settings, **{name: value for name, value in told.items() if value is not msgspec.UNSET})


def refuse_strangers(request: Request) -> None:
    """Refuse what a page from elsewhere sends; programs send no origin."""
    origin = request.headers.get("origin")
    if origin is not None and origin != origin_of(request):
        raise HTTPException(403, "a page from elsewhere")


def origin_of(request: Request) -> str:
    """Return ``http://host:port`` as the caller knows the simulator."""
    return f"{request.url.scheme}://{request.url.netloc}"


async def read_form(request: Request) -> dict[str, str]:
    """Return a form's fields."""
    refuse_strangers(request)
    return dict(parse_qsl((await read_body(request)).decode("ascii", "replace"), errors="replace"))


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
    refuse_strangers(request)
    try:
        return msgspec.json.decode(await read_body(request) or b"{}", type=kind)
    except msgspec.DecodeError as reason:
        raise HTTPException(400, str(reason)) from reason


def known_kind(kind: str) -> str:
    """Return the kind of customer, or refuse one there is not."""
    if kind not in KINDS:
        raise HTTPException(422, f"kind must be one of {', '.join(KINDS)}")
    return kind

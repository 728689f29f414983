"""The hub's calls as one table, which makes both its routes and its OpenAPI 3.1 description."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from msgspec.json import schema_components
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pos.hub.requests import reply
from pos.hub.wire import (
    DAY_PATTERN,
    ID_PATTERN,
    MOMENT_PATTERN,
    RECEIPT_PATTERN,
    STORE_PATTERN,
    TILL_PATTERN,
    Refused,
)

Json = dict[str, Any]

QUERY: Mapping[str, Json] = {
    "after": {"type": "string", "description": "cursor or version; empty for the beginning"},
    "limit": {"type": "integer", "minimum": 1},
    "epoch": {"type": "integer", "minimum": 1, "description": "the latest when left out"},
    "after_seq": {"type": "integer", "minimum": 1, "description": "from the beginning when left out"},
    "store": {"type": "string", "pattern": f"^{STORE_PATTERN}$"},
    "day": {"type": "string", "pattern": f"^{DAY_PATTERN}$"},
    "since": {"type": "string", "pattern": f"^{MOMENT_PATTERN}$"},
    "until": {"type": "string", "pattern": f"^{MOMENT_PATTERN}$", "description": "not included"},
}
"""What may stand in a query."""
_PATH = {"till": TILL_PATTERN, "store": STORE_PATTERN, "receipt_no": RECEIPT_PATTERN, "sale_id": ID_PATTERN}
_REQUIRED = {"day", "since", "store", "until"}
_WORDS = {
    200: "done", 400: "unreadable", 404: "no such till, sale or cart", 408: "too slow",
    401: "not signed by a known device",
    403: "not yours, or a wrong code", 409: "contradicts what is kept",
    410: "cursor lost", 413: "too large", 415: "wrong content type or encoding", 422: "malformed or untrue",
    429: "too many wrong codes; see Retry-After", 503: "busy or database down; see Retry-After",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the protocol.

    Attributes:
        gives: what a 200 carries.
        refuses: the other statuses, each with ``Refused``.
        takes: the struct of the request body, None without one.
        query: names from ``QUERY``.
    """

    method: str
    path: str
    summary: str
    run: Callable[[Request], Awaitable[Response]]
    gives: type
    refuses: Sequence[int]
    takes: type | None = None
    query: Sequence[str] = ()


def routes(calls: Sequence[Call]) -> list[Route]:
    """Return the routes of the calls and of their description at ``/openapi.json``."""
    described = describe(calls)

    async def openapi(_request: Request) -> Response:
        return reply(described)

    return [Route(call.path, call.run, methods=[call.method]) for call in calls] + [Route("/openapi.json", openapi)]


def describe(calls: Sequence[Call]) -> Json:
    """Return the OpenAPI 3.1 document."""
    kinds = {Refused, *(call.gives for call in calls), *(call.takes for call in calls if call.takes)}
    ordered = sorted(kinds, key=lambda kind: kind.__name__)
    _, components = schema_components(ordered, ref_template="#/components/schemas/{name}")
    paths: dict[str, Json] = {}
    for call in calls:
        paths.setdefault(call.path, {})[call.method.lower()] = _operation(call)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Guitai hub",
            "version": "1",
            "description": "docs/protocol.md tells what each answer means.",
        },
        "paths": paths,
        "components": {"schemas": components},
    }


def _operation(call: Call) -> Json:
    answers = {"200": _content(call.gives, _WORDS[200])}
    gated = (401, 403) if call.path.startswith("/v1/") else ()
    answers |= {str(status): _content(Refused, _WORDS[status]) for status in sorted({*call.refuses, *gated})}
    parameters: list[Json] = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string", "pattern": f"^{pattern}$"}}
        for name, pattern in _PATH.items()
        if f"{{{name}}}" in call.path
    ]
    parameters += [
        {"name": name, "in": "query", "required": name in _REQUIRED, "schema": QUERY[name]} for name in call.query
    ]
    operation: Json = {"summary": call.summary, "parameters": parameters, "responses": answers}
    if call.takes:
        content = {key: value for key, value in _content(call.takes, "").items() if key == "content"}
        operation["requestBody"] = {"required": True, **content}
    return operation


def _content(kind: type, description: str) -> Json:
    schema = {"$ref": f"#/components/schemas/{kind.__name__}"}
    return {"description": description, "content": {"application/json": {"schema": schema}}}

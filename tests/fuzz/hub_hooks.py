"""What Schemathesis is told of the hub: who signs a request, and ids and hashes that are real ones for most of them."""

import itertools
import os
import random
import secrets
from pathlib import Path
from typing import Any

import schemathesis
from requests import PreparedRequest
from requests.auth import AuthBase

from pos.clock import SystemClock
from pos.domain.entry import GENESIS
from pos.domain.signing import Asked, content_digest, sign_request
from pos.hub.wire import Entry
from tests.unit.hub.devices import key_of

TILL, OFFICE, RECEIPT = "0017-03", "office", "0017-03-20261123-0001"
OPEN = ("/health", "/openapi.json", "/v1/enrolments")
REAL = 0.8
"""Of the requests, with ids the hub knows."""

_chance = random.Random(25)
_epochs = itertools.count(2)


class Signed(AuthBase):
    """Signs a request as docs/protocol.md says, by the key of a name."""

    def __init__(self, name: str) -> None:
        self._key = key_of(name)

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        """Add the headers; nothing of the request may change after this."""
        path, _, query = (request.path_url or "/").partition("?")
        body = request.body or b""
        digest = content_digest(body.encode() if isinstance(body, str) else body)
        asked = Asked(request.method or "GET", path, f"?{query}", digest)
        now = int(SystemClock().now().timestamp())
        request.headers.update(sign_request(asked, self._key, now, secrets.token_hex(16)))
        return request


@schemathesis.hook
def before_call(_context: object, case: Any, kwargs: dict[str, Any]) -> None:  # noqa: ANN401
    """Put in what is real, and sign."""
    path = case.operation.path
    if _chance.random() < REAL:
        known = {"till": TILL, "receipt_no": RECEIPT}
        for name in case.path_parameters or {}:
            case.path_parameters[name] = known.get(name, case.path_parameters[name])
        if path.endswith("/entries") and isinstance(case.body, dict):
            _make_true(case.body)
    if path not in OPEN:
        kwargs["auth"] = Signed(TILL if "{till}" in path or "{sale_id}" in path else OFFICE)


@schemathesis.hook
def after_call(_context: object, case: Any, response: Any) -> None:  # noqa: ANN401
    """Write down what was answered, where ``api.py`` counts it."""
    with Path(os.environ["GUITAI_FUZZ_TOLD"]).open("a", encoding="utf-8") as told:
        told.write(f"{case.operation.label} {response.status_code}\n")


def _make_true(body: dict[str, Any]) -> None:
    """Chain the entries, where they have the shape of entries, so that what the hub does with them is reached."""
    entries = body.get("entries")
    if not isinstance(entries, list) or not all(isinstance(each, dict) for each in entries):
        return
    prev, epoch = GENESIS, next(_epochs)
    for seq, each in enumerate(entries, 1):
        each |= {"epoch": epoch, "seq": seq, "prev": prev}
        try:
            entry = Entry(**{name: each[name] for name in Entry.__struct_fields__ if name in each})
            each["hash"] = prev = entry.of(TILL).content_hash()
        except (TypeError, ValueError, AttributeError):
            return

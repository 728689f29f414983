"""The description is of the calls that exist, and every name in it is defined."""

import re
from typing import Any

import httpx
from sqlalchemy import Engine
from starlette.routing import Route

from pos.hub.app import HeadOffice, create_app
from tests.unit.hub.kit import StoppedClock


def references(value: object) -> set[str]:
    if isinstance(value, dict):
        own = {value["$ref"]} if isinstance(value.get("$ref"), str) else set()
        return own.union(*(references(each) for each in value.values()))
    if isinstance(value, list):
        return set().union(*(references(each) for each in value))
    return set()


def test_each_route_is_described_and_each_path_is_served(hub: httpx.Client, sqlite_engine: Engine) -> None:
    described: dict[str, Any] = hub.get("/openapi.json").json()
    assert described["openapi"] == "3.1.0"
    app = create_app(sqlite_engine, StoppedClock())
    served = {
        (route.path, method.lower())
        for route in app.routes
        if isinstance(route, Route)
        for method in (route.methods or set()) - {"HEAD"}
    }
    assert served - {("/openapi.json", "get"), ("/r/{token}", "get")} == {  # the second is a page for people
        (path, each) for path, calls in described["paths"].items() for each in calls
    }
    assert sorted(described["paths"]) == [
        "/health", "/v1/catalogue", "/v1/enrolments", "/v1/forks", "/v1/parked",
        "/v1/returned-twice", "/v1/rules",
        "/v1/sales/{receipt_no}", "/v1/stores/{store}/day", "/v1/suspended", "/v1/suspended/{sale_id}",
        "/v1/suspended/{sale_id}/take",
        "/v1/tills/{till}/entries", "/v1/tills/{till}/head", "/v1/tills/{till}/open",
        "/v1/tills/{till}/payments",
        "/v1/totals",
    ]  # fmt: skip


def test_every_schema_that_is_named_is_there(hub: httpx.Client) -> None:
    described = hub.get("/openapi.json").json()
    defined = {f"#/components/schemas/{name}" for name in described["components"]["schemas"]}
    assert references(described) <= defined
    assert {"#/components/schemas/Entry", "#/components/schemas/Refused"} <= references(described)


def test_the_limits_stand_in_the_schema(hub: httpx.Client) -> None:
    schemas = hub.get("/openapi.json").json()["components"]["schemas"]
    assert schemas["Entries"]["properties"]["entries"]["maxItems"] == 100
    assert schemas["Entry"]["additionalProperties"] is False
    assert re.search(schemas["Entry"]["properties"]["hash"]["pattern"], "ab" * 32)


def test_every_call_says_what_it_may_refuse_with(sqlite_engine: Engine) -> None:
    for call in HeadOffice(sqlite_engine, StoppedClock()).calls():
        assert 503 in call.refuses
        assert 404 in call.refuses or "{till}" not in call.path

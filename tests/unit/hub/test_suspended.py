"""A laying aside is handed to one till, whoever asks how often in whatever order."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import httpx
import msgspec
import pytest
from sqlalchemy import Engine

from pos.hub import suspended
from pos.hub.app import create_app
from pos.hub.database import reading
from pos.hub.signatures import Gatekeeper, may
from pos.hub.suspended import Elsewhere, StoreFull, list_of, put, take
from pos.hub.wire import Hold, Holding, SuspendedCart
from tests.unit.hub.devices import HUB_KEY, Signing, trust
from tests.unit.hub.kit import NOON, NOW, StoppedClock, served
from tests.unit.hub.test_protocol import example

ONE, TWO, THREE = "0017-01", "0017-02", "0017-03"


def hold(number: int = 1, **changes: Any) -> Hold:  # noqa: ANN401
    plain = {"hold_id": f"hold-{number}", "cashier": "1001", "note": "", "suspended_at": NOW, "lines": 2,
             "total_fen": 2200, "goods": "可口可乐", "cart": '{"sale_id":"s"}'}  # fmt: skip
    return msgspec.convert(plain | changes, Hold)


def is_open(engine: Engine, till: str = TWO) -> list[tuple[str, str, str]]:
    return [(each.sale_id, each.hold_id, each.till) for each in list_of(engine, till).carts]


def test_a_cart_is_kept_listed_and_handed_over(engine: Engine) -> None:
    assert put(engine, ONE, "s", hold(), NOON) == Holding("s", "hold-1", "")
    assert is_open(engine) == [("s", "hold-1", ONE)]
    taken = take(engine, TWO, "s", "hold-1", NOON)
    assert isinstance(taken, SuspendedCart)
    assert (taken.till, taken.total_fen, taken.cart) == (ONE, 2200, '{"sale_id":"s"}')
    assert is_open(engine) == []


def test_who_asks_again_gets_the_same_and_who_comes_late_is_told_the_name(engine: Engine) -> None:
    put(engine, ONE, "s", hold(), NOON)
    first = take(engine, TWO, "s", "hold-1", NOON)
    assert take(engine, TWO, "s", "hold-1", NOON + timedelta(days=1)) == first
    assert take(engine, THREE, "s", "hold-1", NOON) == Elsewhere(TWO)
    assert take(engine, ONE, "s", "hold-1", NOON) == Elsewhere(TWO)
    assert take(engine, ONE, "s", "hold-9", NOON) is None
    assert take(engine, ONE, "other", "hold-1", NOON) is None


def test_the_same_request_again_changes_nothing(engine: Engine) -> None:
    put(engine, ONE, "s", hold(), NOON)
    assert put(engine, ONE, "s", hold(note="other"), NOON) == Holding("s", "hold-1", "")
    take(engine, TWO, "s", "hold-1", NOON)
    assert put(engine, ONE, "s", hold(), NOON) == Holding("s", "hold-1", TWO)
    assert is_open(engine) == []


def test_who_has_the_cart_may_lay_it_aside_again(engine: Engine) -> None:
    put(engine, ONE, "s", hold(1), NOON)
    take(engine, TWO, "s", "hold-1", NOON)
    assert put(engine, TWO, "s", hold(2, total_fen=300), NOON) == Holding("s", "hold-2", "")
    assert is_open(engine) == [("s", "hold-2", TWO)]
    assert put(engine, ONE, "s", hold(3), NOON) == Elsewhere(TWO)
    taken = take(engine, ONE, "s", "hold-2", NOON)
    assert isinstance(taken, SuspendedCart)
    assert taken.total_fen == 300


def test_a_till_that_went_on_without_the_hub_may_lay_its_own_aside_anew(engine: Engine) -> None:
    put(engine, ONE, "s", hold(1), NOON)
    assert put(engine, ONE, "s", hold(2), NOON) == Holding("s", "hold-2", "")
    assert is_open(engine) == [("s", "hold-2", ONE)]


def test_a_request_that_lost_its_way_brings_no_cart_back(engine: Engine) -> None:
    put(engine, ONE, "s", hold(1), NOON)
    put(engine, ONE, "s", hold(2), NOON)
    take(engine, ONE, "s", "hold-2", NOON)
    assert put(engine, ONE, "s", hold(1), NOON) == Holding("s", "hold-1", ONE)
    assert is_open(engine) == []


def test_who_laid_it_aside_first_hears_where_it_is_however_often_it_went_on(engine: Engine) -> None:
    put(engine, ONE, "s", hold(1), NOON)
    take(engine, TWO, "s", "hold-1", NOON)
    put(engine, TWO, "s", hold(2), NOON)
    assert put(engine, ONE, "s", hold(1), NOON) == Holding("s", "hold-1", TWO)
    assert take(engine, ONE, "s", "hold-1", NOON) == Elsewhere(TWO)
    take(engine, THREE, "s", "hold-2", NOON)
    assert put(engine, ONE, "s", hold(1), NOON) == Holding("s", "hold-1", THREE)
    assert put(engine, TWO, "s", hold(2), NOON) == Holding("s", "hold-2", THREE)


def test_another_stores_carts_are_not_seen_and_not_had(engine: Engine) -> None:
    put(engine, ONE, "s", hold(), NOON)
    assert is_open(engine, "0018-01") == []
    assert take(engine, "0018-01", "s", "hold-1", NOON) is None
    assert is_open(engine, "office") == [("s", "hold-1", ONE)]


def test_a_store_has_so_many_and_no_more(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suspended, "STORE_MAX", 3)
    for number in range(3):
        put(engine, ONE, f"s{number}", hold(number), NOON)
    with pytest.raises(StoreFull):
        put(engine, ONE, "s4", hold(4), NOON)
    assert put(engine, ONE, "s1", hold(1), NOON) == Holding("s1", "hold-1", "")
    take(engine, TWO, "s0", "hold-0", NOON)
    assert put(engine, ONE, "s4", hold(4), NOON) == Holding("s4", "hold-4", "")


def test_taken_carts_are_forgotten_after_ninety_days_and_waiting_ones_never(engine: Engine) -> None:
    for number in (1, 2):
        put(engine, ONE, f"s{number}", hold(number), NOON)
    take(engine, TWO, "s1", "hold-1", NOON)
    put(engine, ONE, "s3", hold(3), NOON + timedelta(days=90))
    assert take(engine, THREE, "s1", "hold-1", NOON) == Elsewhere(TWO)
    put(engine, ONE, "s4", hold(4), NOON + timedelta(days=91))
    assert take(engine, THREE, "s1", "hold-1", NOON) is None
    assert [sale for sale, _, _ in is_open(engine)] == ["s2", "s3", "s4"]


def test_of_ten_tills_that_ask_at_once_one_is_handed_the_cart(engine: Engine) -> None:
    put(engine, ONE, "s", hold(), NOON)
    answers: list[object] = []

    def ask(number: int) -> None:
        answers.append(take(engine, f"0017-{number}", "s", "hold-1", NOON))

    askers = [threading.Thread(target=ask, args=(number,)) for number in range(10)]
    for each in askers:
        each.start()
    for each in askers:
        each.join()
    assert sum(isinstance(each, SuspendedCart) for each in answers) == 1
    assert len({each.till for each in answers if isinstance(each, Elsewhere)}) == 1
    with reading(engine) as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM suspended").scalar() == 1


# Over the wire


@pytest.fixture
def gated(sqlite_engine: Engine, clock: StoppedClock) -> Iterator[httpx.Client]:
    trust(sqlite_engine, ONE, TWO, "office")
    keeper = Gatekeeper(sqlite_engine, clock, HUB_KEY)
    with served(create_app(sqlite_engine, clock, keeper=keeper)) as url, httpx.Client(base_url=url) as client:
        yield client


def ask(client: httpx.Client, name: str, method: str, path: str, body: object = None) -> tuple[int, dict[str, Any]]:
    answer = client.request(method, path, json=body, auth=Signing(name, StoppedClock()))
    return answer.status_code, answer.json()


def test_the_calls_are_answered_as_written(gated: httpx.Client) -> None:
    wanted, at = example("hold"), "/v1/suspended/01a2068f-9000-7000-8000-000000000002"
    take_it = {"hold_id": wanted["hold_id"]}
    assert ask(gated, ONE, "PUT", at, wanted) == (
        200, {"sale_id": at[-36:], "hold_id": wanted["hold_id"], "taken_by": ""},
    )  # fmt: skip
    listed = ask(gated, TWO, "GET", "/v1/suspended")[1]["carts"]
    told = {"sale_id": at[-36:], "till": ONE, **wanted}
    assert listed == [{name: value for name, value in told.items() if name != "cart"}]
    assert ask(gated, TWO, "POST", f"{at}/take", take_it) == (200, told)
    status, refused = ask(gated, ONE, "POST", f"{at}/take", take_it)
    assert (status, refused["code"], refused["till"]) == (409, "taken", TWO)
    assert ask(gated, TWO, "POST", f"{at}/take", {"hold_id": "x"})[1]["code"] == "no_such_cart"
    assert ask(gated, ONE, "GET", "/v1/suspended") == (200, {"carts": []})


@pytest.mark.parametrize(
    ("asked", "body", "status", "code"),
    [
        ("PUT /v1/suspended/s", {"hold_id": "h"}, 422, "malformed"),
        ("PUT /v1/suspended/s%20s", msgspec.to_builtins(hold()), 404, "no_such_cart"),
        ("PUT /v1/suspended/s", msgspec.to_builtins(hold()) | {"note": "a\nb"}, 422, "malformed"),
        ("POST /v1/suspended/s/take", {}, 422, "malformed"),
        ("POST /v1/suspended/s/take", {"hold_id": "h"}, 404, "no_such_cart"),
        ("POST /v1/suspended/s", {"hold_id": "h"}, 403, "not_yours"),
    ],
)
def test_what_cannot_be_kept_or_had_is_refused(
    gated: httpx.Client, asked: str, body: object, status: int, code: str
) -> None:
    method, path = asked.split()
    found, answer = ask(gated, ONE, method, path, body)
    assert (found, answer["code"]) == (status, code)


def test_a_cart_is_handed_to_tills_only(gated: httpx.Client, hub: httpx.Client) -> None:
    assert not may("office", "PUT", "/v1/suspended/s")
    assert not may("office", "POST", "/v1/suspended/s/take")
    assert may(ONE, "POST", "/v1/suspended/s/take")
    assert ask(gated, "office", "PUT", "/v1/suspended/s", {})[1]["code"] == "not_yours"
    assert ask(gated, "office", "GET", "/v1/suspended")[0] == 200
    assert hub.get("/v1/suspended").status_code == 403

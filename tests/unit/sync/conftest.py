"""A real till disk, a real hub on loopback with its gate shut, and the line between them."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Engine

from pos.hub.app import create_app
from pos.hub.signatures import Gatekeeper
from pos.sync.client import HubClient
from tests.unit.hub.devices import HUB_KEY, Signing, device_of, trust
from tests.unit.hub.fixtures import clock, quick, sqlite_engine
from tests.unit.hub.kit import TILL, StoppedClock, served
from tests.unit.sync.kit import Line, TillDisk

__all__ = ["clock", "quick", "sqlite_engine"]


@pytest.fixture
def hub_url(sqlite_engine: Engine, clock: StoppedClock) -> Iterator[str]:
    trust(sqlite_engine, TILL, "office")
    with served(create_app(sqlite_engine, clock, keeper=Gatekeeper(sqlite_engine, clock, HUB_KEY))) as url:
        yield url


@pytest.fixture
def hub(hub_url: str, clock: StoppedClock) -> Iterator[httpx.Client]:
    """The head office's own client."""
    with httpx.Client(base_url=hub_url, trust_env=False, auth=Signing("office", clock)) as client:
        yield client


@pytest.fixture
def disk(quick: Path) -> Iterator[TillDisk]:
    opened = TillDisk(quick / "till")
    yield opened
    opened.close()


@pytest.fixture
def line(clock: StoppedClock) -> Line:
    return Line(clock)


@pytest.fixture
def client(hub_url: str, line: Line, clock: StoppedClock) -> Iterator[HubClient]:
    with HubClient(hub_url, device_of(TILL), transport=line, clock=clock) as opened:
        yield opened

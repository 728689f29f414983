"""A real till disk, a real hub on loopback, and the line between them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.sync.client import HubClient
from tests.unit.hub.fixtures import clock, hub, hub_url, quick, sqlite_engine
from tests.unit.sync.kit import Line, TillDisk

__all__ = ["clock", "hub", "hub_url", "quick", "sqlite_engine"]


@pytest.fixture
def disk(quick: Path) -> Iterator[TillDisk]:
    opened = TillDisk(quick / "till")
    yield opened
    opened.close()


@pytest.fixture
def line() -> Line:
    return Line()


@pytest.fixture
def client(hub_url: str, line: Line) -> Iterator[HubClient]:
    with HubClient(hub_url, transport=line) as opened:
        yield opened

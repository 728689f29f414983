"""Fixtures of the hub's tests; a conftest takes them by importing them."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Engine

from pos.hub.app import create_app
from pos.hub.database import open_engine
from tests.fakes import quick_folder
from tests.unit.hub.kit import Cluster, StoppedClock, served


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    made = Cluster()
    made.start()
    yield made
    made.stop()


@pytest.fixture
def quick() -> Iterator[Path]:
    with quick_folder() as folder:
        yield folder


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, quick: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{quick / 'hub.db'}"
    cluster: Cluster = request.getfixturevalue("cluster")
    return cluster.new_database()


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    opened = open_engine(database_url)
    yield opened
    opened.dispose()


@pytest.fixture
def sqlite_engine(quick: Path) -> Iterator[Engine]:
    opened = open_engine(f"sqlite:///{quick / 'hub.db'}")
    yield opened
    opened.dispose()


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock()


@pytest.fixture
def hub_url(sqlite_engine: Engine, clock: StoppedClock) -> Iterator[str]:
    with served(create_app(sqlite_engine, clock)) as url:
        yield url


@pytest.fixture
def hub(hub_url: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=hub_url, trust_env=False) as client:
        yield client

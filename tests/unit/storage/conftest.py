"""Real SQLite files in a folder of their own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database

from pos.domain.money import Money
from pos.till import sell
from pos.till.till import Till
from tests.fakes import NOODLES, WATER, World, quick_folder
from tests.unit.storage.files import open_till_file


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """A folder of real files in memory: what is shown here is what is written, not how fast a disk syncs."""
    with quick_folder() as folder:
        yield folder


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    """An empty till's file, open for writing."""
    db = open_till_file(tmp_path / "till.db")
    yield db
    db.conn.close()


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


@pytest.fixture
def till(world: World) -> Iterator[Till]:
    """A till with goods on the shelf and a shift open."""
    till = world.open_selling()
    yield till
    till.close()


@pytest.fixture(scope="session")
def sold(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The file of a till that sold forty times and was closed well."""
    folder = tmp_path_factory.mktemp("sold")
    till = World(folder).open_selling()
    for _ in range(40):
        cart = sell.new_cart(till)
        sell.scan(till, cart, WATER)
        sell.scan(till, cart, NOODLES)
        sell.pay_cash(till, cart, Money(1000))
    till.close()
    return (folder / "till.db").read_bytes()

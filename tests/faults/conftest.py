"""One hub process for all the drills of a module; each drill has a store's till of its own folder and a fresh hub."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes import quick_folder
from tests.faults.shop import Shop
from tests.unit.hub.kit import HubProcess


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder of real files, in memory where there is one."""
    with quick_folder() as found:
        yield found


@pytest.fixture
def hub(folder: Path) -> Iterator[HubProcess]:
    """The head office as the program a shop runs."""
    with HubProcess(f"sqlite:///{folder / 'hub.db'}") as found:
        yield found


@pytest.fixture
def shop(folder: Path, hub: HubProcess) -> Shop:
    """A till with a second copy and a hub, after a morning of twelve sales that the hub has."""
    made = Shop(folder, hub.url)
    made.open_day()
    made.sell(12)
    made.push()
    return made

"""One hub process for all the drills; each drill is a store of its own there, with real files of its own."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.fakes import quick_folder
from tests.faults.shop import Shop
from tests.unit.hub.kit import HubProcess


@dataclass
class HeadOffice:
    """The hub as the program a shop runs, and its file."""

    url: str
    file: Path
    stores: Iterator[int] = field(default_factory=lambda: itertools.count(100))


@pytest.fixture(scope="session")
def office() -> Iterator[HeadOffice]:
    """A hub that stays for all drills."""
    with quick_folder() as folder, HubProcess(f"sqlite:///{folder / 'hub.db'}") as hub:
        yield HeadOffice(hub.url, folder / "hub.db")


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder of real files, in memory where there is one."""
    with quick_folder() as found:
        yield found


@pytest.fixture
def shop(folder: Path, office: HeadOffice) -> Shop:
    """A till with a second copy and a hub, after a morning of twelve sales that the hub has."""
    made = Shop(folder, office.url, office.file, store=f"{next(office.stores):04d}")
    made.open_day()
    made.sell(12)
    made.push()
    return made


@pytest.fixture
def lonely_shop(folder: Path, office: HeadOffice) -> Shop:
    """A till with a hub and no second copy, before its day begins."""
    return Shop(folder, office.url, office.file, has_second_copy=False, store=f"{next(office.stores):04d}")

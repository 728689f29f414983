"""Manager's pages: from the touch to the picture, read and painted, on a year of a till; beside an empty one."""

import os
from collections.abc import Callable
from contextlib import closing
from functools import partial

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QWidget

from pos.till.till import Till
from tests.bench.figure import Figure, in_turns
from tests.bench.manager import BOSS, LINES, open_year
from tests.screens.scene import Silent
from ui import theme
from ui.counter import Counter
from ui.hands import Hands
from ui.lane import Lane
from ui.manager.page import ManagerPage
from ui.store.room import open_room

SCREEN, TIMES = QSize(1366, 768), 20
VIEWS = ("today", "cash", "goods", "people", "unusual", "payments", "calendar", "tills", "journal")


def measure() -> list[Figure]:
    """Time every page."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    theme.apply(application, 1.0)
    with closing(open_year(LINES)) as till:
        return _measure(till)


def _measure(till: Till) -> list[Figure]:
    lane: Lane[Till] = Lane(lambda: till, "nobody writes here")
    counter = Counter(Hands(till, lane, lane, Silent()))
    room = open_room(Hands(till, lane, lane, Silent()), lambda: BOSS)
    page, bare = ManagerPage(counter, room.books, room.errands, room.printing), QWidget()
    for each in (page, bare):
        each.resize(SCREEN)
        each.show()
    page.open()
    empty = partial(_paint, bare, lambda: None)
    return [
        in_turns(f"page: {name}", partial(_paint, page, partial(page.choose, place)), "an empty window painted", empty,
                 times=TIMES)
        for place, name in enumerate(VIEWS)
    ]  # fmt: skip


def _paint(page: QWidget, touch: Callable[[], None]) -> None:
    touch()
    page.grab()

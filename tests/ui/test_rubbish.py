"""Rubbish is collected on the screen's thread: on another one, Qt and Python would wait for each other for ever."""

import gc
import threading
from collections.abc import Iterator
from io import StringIO

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.lane import Lane
from ui.rubbish import Rubbish, collect_what_is_due


class Leaf:
    """Is part of a circle, and notes on which thread it was taken apart."""

    gone_on: str = ""

    def __init__(self) -> None:
        self.itself = self

    def __del__(self) -> None:
        Leaf.gone_on = threading.current_thread().name


@pytest.fixture
def collecting() -> Iterator[None]:
    """Python collects by itself, as it does until somebody takes its place."""
    gc.enable()
    Leaf.gone_on = ""
    yield
    gc.disable()


def busy(_till: object) -> list[list[int]]:
    """Make more than Python's collector would let pass."""
    return [[number] for number in range(300_000)]


@pytest.mark.usefixtures("collecting", "qapp")
def test_a_lane_however_busy_collects_nothing(qtbot: QtBot) -> None:
    keeper, lane = QObject(), Lane(StringIO, "busy")
    rubbish = Rubbish(keeper)
    Leaf()
    done: list[list[list[int]]] = []
    lane.run(busy, done.append, lambda _error: None)
    qtbot.waitUntil(lambda: bool(done), timeout=10_000)
    assert (Leaf.gone_on, gc.isenabled()) == ("", False)
    collect_what_is_due()
    assert Leaf.gone_on == "MainThread"
    lane.close()
    assert rubbish.parent() is keeper


def test_where_little_was_made_nothing_is_collected(qapp: QApplication) -> None:
    del qapp
    gc.disable()
    gc.collect()
    Leaf.gone_on = ""
    Leaf()
    collect_what_is_due()
    assert Leaf.gone_on == ""
    gc.collect()
    assert Leaf.gone_on == "MainThread"

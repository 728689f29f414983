"""A lane does one thing after another on its own thread and answers on the screen's."""

import logging
import threading
from functools import partial

import pytest
from pytestqt.qtbot import QtBot

from pos.domain.errors import CartFull, PosError
from ui.lane import Bug, Lane


class Workplace:
    """Remembers on which threads it was made, used and closed."""

    def __init__(self) -> None:
        self.threads = [threading.get_ident()]

    def close(self) -> None:
        self.threads.append(threading.get_ident())


def never(_error: PosError) -> None:
    raise AssertionError("it failed")


def give(number: int, _place: Workplace) -> int:
    return number


def test_answers_come_in_order_on_the_screens_thread(qtbot: QtBot) -> None:
    lane = Lane(Workplace, "test")
    answers: list[tuple[int, int]] = []
    for number in range(50):
        lane.run(partial(give, number), lambda answer: answers.append((answer, threading.get_ident())), never)
    qtbot.waitUntil(lambda: len(answers) == 50)
    lane.close()
    assert answers == [(number, threading.get_ident()) for number in range(50)]


def test_the_workplace_is_made_used_and_closed_on_the_lanes_own_thread(qtbot: QtBot) -> None:
    lane = Lane(Workplace, "test")
    places: list[Workplace] = []
    used: list[int] = []

    def work(place: Workplace) -> Workplace:
        used.append(threading.get_ident())
        return place

    lane.run(work, places.append, never)
    qtbot.waitUntil(lambda: bool(places))
    lane.close()
    assert set(places[0].threads) == set(used)
    assert used[0] != threading.get_ident()


def test_an_expected_error_is_told_and_the_lane_lives_on(qtbot: QtBot) -> None:
    lane = Lane(Workplace, "test")
    told: list[object] = []

    def fail(_place: Workplace) -> None:
        raise CartFull(limit=3)

    lane.run(fail, told.append, told.append)
    lane.run(lambda _place: "next", told.append, never)
    qtbot.waitUntil(lambda: len(told) == 2)
    lane.close()
    assert isinstance(told[0], CartFull)
    assert told[1] == "next"


def divide_by_nothing(_place: Workplace) -> int:
    return 1 // 0


def test_a_bug_is_logged_whole_told_and_survived(qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    bugs: list[Exception] = []
    lane = Lane(Workplace, "test", bugs.append)
    told: list[PosError] = []
    with caplog.at_level(logging.ERROR):
        lane.run(divide_by_nothing, lambda _answer: None, told.append)
        qtbot.waitUntil(lambda: bool(told))
    lane.close()
    assert isinstance(bugs[0], ZeroDivisionError)
    assert isinstance(told[0], Bug)
    assert "ZeroDivisionError" in caplog.text


def note(done: list[int], number: int, _place: Workplace) -> None:
    done.append(number)


def test_closing_finishes_what_was_asked_for() -> None:
    lane = Lane(Workplace, "test")
    done: list[int] = []
    for number in range(20):
        lane.run(partial(note, done, number), lambda _answer: None, never)
    lane.close()
    assert done == list(range(20))

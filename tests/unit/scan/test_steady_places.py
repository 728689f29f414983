"""What has counted is followed by where it lies: it counts again only when its place shows that it has left."""

from dataclasses import replace

import numpy as np
import pytest

from pos.scan.patch import Patch
from pos.scan.seen import AGREED_VOTES, CERTAIN_VOTES, Corners, Seen, Symbology
from pos.scan.steady import Steady

TEA, COLA, MILK = "6901234567892", "4006381333931", "5901234123457"
FRAME_S = 1 / 30


def box(left: int) -> Corners:
    """Four corners of a label 190 pixels wide."""
    return (left, 100), (left + 190, 100), (left + 190, 220), (left, 220)


HERE, THERE = box(100), box(500)


def both(text: str, corners: Corners = HERE) -> list[Seen]:
    """What both libraries saw of an EAN-13."""
    return [Seen(text, Symbology.EAN13, corners, library) for library in ("zxing", "zbar")]


def likely(text: str, votes: int, corners: Corners = HERE) -> list[Seen]:
    """What ``likely`` read."""
    return [Seen(text, Symbology.EAN13, corners, "likely", votes=votes)]


def looks_like(what: int) -> Patch:
    """How a place looks with one thing or another on it; two things are alike in nothing."""
    patch = np.zeros((16, 48), np.float32)
    patch[0, what] = 1.0
    return patch


class Counter:
    """A counter of places that look like what lies on them, looked at thirty times a second."""

    def __init__(self) -> None:
        self.steady = Steady()
        self.lies: dict[Corners, int] = {}
        self.at = 1000.0

    def look(self, *seen: Seen, seconds: float = FRAME_S) -> list[str]:
        """Look for so long and return what counts."""
        counted = []
        for _ in range(round(seconds / FRAME_S)):
            counted += [reading.text for reading in self.steady.note(seen, self.at, self._view)]
            self.at += FRAME_S
        return counted

    def _view(self, corners: Corners) -> Patch | None:
        return looks_like(self.lies[corners]) if corners in self.lies else None


@pytest.fixture
def counter() -> Counter:
    """A counter with a label on it that has counted."""
    counter = Counter()
    counter.lies[HERE] = 1
    assert counter.look(*both(TEA), seconds=0.2) == [TEA]
    return counter


def test_a_label_that_no_look_reads_for_long_but_that_lies_there_does_not_count_again(counter: Counter) -> None:
    counter.look(seconds=9)
    assert counter.look(*both(TEA), seconds=1) == []


@pytest.mark.parametrize("what", [2, None], ids=["something else lies there", "nothing does"])
def test_a_label_whose_place_looks_otherwise_has_left_and_counts_again(counter: Counter, what: int | None) -> None:
    counter.lies = {HERE: what} if what else {}
    counter.look(seconds=0.9)
    counter.lies[THERE] = 1
    assert counter.look(*both(TEA, THERE), seconds=0.2) == [TEA]


def test_a_label_under_a_hand_has_not_left(counter: Counter) -> None:
    counter.lies[HERE] = 2
    counter.look(seconds=2.5)
    counter.lies[HERE] = 1
    assert counter.look(*both(TEA), seconds=2) == []
    counter.lies[THERE] = 1
    assert counter.look(*both(TEA), *both(TEA, THERE), seconds=0.5) == [TEA], "it is there, so another one is a second"


@pytest.mark.parametrize(
    "half", [((100, 100), (290, 100), (290, 150), (100, 150)), ((100, 170), (290, 170), (290, 220), (100, 220))]
)
def test_a_label_that_a_hand_draws_back_from_by_half_is_the_one_that_counted(counter: Counter, half: Corners) -> None:
    counter.lies = {HERE: 2, half: 3}
    counter.look(seconds=1.2)
    assert counter.look(*likely(TEA, CERTAIN_VOTES, half), seconds=2) == []
    counter.lies = {HERE: 1}
    assert counter.look(*both(TEA), seconds=2) == []


def test_an_equal_thing_that_comes_past_where_one_left_counts(counter: Counter) -> None:
    counter.lies = {}
    counter.look(seconds=1)
    ways = [counter.look(*likely(TEA, CERTAIN_VOTES, box(left))) for left in (101, 120, 140)]
    assert [text for counted in ways for text in counted] == [TEA]


def test_an_equal_thing_that_comes_to_rest_where_one_left_is_one_only(counter: Counter) -> None:
    counter.lies = {}
    counter.look(seconds=1)
    assert counter.look(*both(TEA, box(140)), seconds=0.2) == [TEA]
    counter.lies = {HERE: 1, THERE: 1}
    counter.look(*both(TEA), seconds=0.2)
    assert counter.look(*both(TEA), *both(TEA, THERE), seconds=0.5) == [TEA], "so another one is a second"


def test_an_equal_thing_that_follows_is_new_to_the_eye(counter: Counter) -> None:
    counter.lies = {}
    counter.look(seconds=1)
    counter.look(both(TEA, THERE)[0])
    assert counter.steady.is_new(both(TEA, THERE)[0], counter.at)
    assert counter.steady.is_undecided(counter.at)


def test_an_equal_one_that_is_brought_over_the_place_of_the_last_counts(counter: Counter) -> None:
    counter.lies = {}
    counter.look(seconds=0.9)
    counter.lies = {HERE: 1}
    counter.look()
    counter.lies = {THERE: 1}
    assert counter.look(*both(TEA, THERE), seconds=0.2) == [TEA]


def test_what_comes_to_a_place_long_after_its_like_has_left_is_another(counter: Counter) -> None:
    counter.lies = {}
    counter.look(seconds=3.2)
    counter.lies[HERE] = 1
    assert counter.look(*both(TEA), seconds=0.2) == [TEA]


def test_a_label_whose_place_another_text_is_read_off_has_left(counter: Counter) -> None:
    counter.look(*both(COLA), seconds=1.2)
    counter.lies = {THERE: 1}
    assert counter.look(*both(TEA, THERE), seconds=0.6) == [TEA]


def test_beside_one_that_lies_there_each_further_one_that_comes_and_goes_counts(counter: Counter) -> None:
    for _ in range(3):
        counter.lies[THERE] = 1
        assert counter.look(*both(TEA), *both(TEA, THERE), seconds=0.5) == [TEA]
        del counter.lies[THERE]
        counter.look(*both(TEA), seconds=3.2)


def test_of_two_equal_ones_one_that_is_not_read_for_long_does_not_count_again(counter: Counter) -> None:
    counter.lies[THERE] = 1
    counter.look(*both(TEA), *both(TEA, THERE), seconds=0.5)
    counter.look(*both(TEA), seconds=5)
    assert counter.look(*both(TEA), *both(TEA, THERE), seconds=0.5) == []


def test_two_labels_that_are_read_in_turn_and_never_in_one_look_both_count() -> None:
    counter = Counter()
    counter.look(*both(TEA, THERE), seconds=0.2)
    assert [text for _ in range(6) for text in counter.look(*both(COLA)) + counter.look(*both(TEA, THERE))] == [COLA]


@pytest.mark.parametrize(
    ("after", "counted"),
    [(likely(COLA, CERTAIN_VOTES), [COLA]), (both(COLA), [COLA]), (likely(COLA, AGREED_VOTES), [])],
    ids=["certain", "two libraries", "one that is sure only"],
)
def test_what_takes_a_place_counts_at_once_when_nobody_can_doubt_it(
    counter: Counter, after: list[Seen], counted: list[str]
) -> None:
    counter.lies[HERE] = 2
    assert counter.look(*after, seconds=0.1) == counted


def test_a_text_read_off_a_place_that_looks_as_before_is_a_rival_still(counter: Counter) -> None:
    assert counter.look(*both(COLA), seconds=0.1) == []


def test_a_likely_number_that_may_be_another_needs_a_library(counter: Counter) -> None:
    assert counter.look(*likely(MILK, 1, THERE), seconds=2) == []
    library = [replace(both(MILK, THERE)[0], votes=1)]
    assert counter.look(*likely(MILK, 1, THERE), *library, seconds=0.2) == [MILK]

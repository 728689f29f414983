"""Which places are tried first: what moves, but never only that."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import pytest

from pos.scan.decode import Decoder
from pos.scan.frame import Gray
from pos.scan.guess import Effort
from pos.scan.region import Region
from pos.scan.seen import CERTAIN_VOTES, Seen, Symbology
from pos.scan.stare import LYING_EVERY, Stare

LYING = Region(strength=1e6, angle=0.0, middle=(300.0, 300.0), length=200.0, height=80.0, fill=1.0)
MOVING = replace(LYING, strength=1e4, middle=(900.0, 300.0))
FRAME = np.zeros((720, 1280), np.uint8)


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch) -> list[Region]:
    """The places that were tried, one after another; none gives anything."""
    tried: list[Region] = []

    def in_vain(_decoder: Decoder, _gray: Gray, region: Region, *effort: Effort) -> list[Seen]:
        tried.extend([] if effort else [region])
        return []

    monkeypatch.setattr("pos.scan.stare._likely", in_vain)
    return tried


def look(stare: Stare, monkeypatch: pytest.MonkeyPatch, views: Sequence[Sequence[Region]]) -> Iterator[bool]:
    """Look at what stands in each view, with time for one place; give whether something is being brought."""
    decoder = Decoder()
    for number, regions in enumerate(views):
        monkeypatch.setattr("pos.scan.stare.find_regions", lambda *_, regions=regions, **__: list(regions))
        stare.look(decoder, FRAME, [], number / 30, lambda: False)
        yield stare.is_something_brought


def test_what_moves_is_tried_before_what_lies_there_though_that_is_stronger(
    tried: list[Region], monkeypatch: pytest.MonkeyPatch
) -> None:
    settled = [[LYING]] * 4
    brought = [[LYING, replace(MOVING, middle=(900.0 - 30 * step, 300.0))] for step in range(4)]
    assert list(look(Stare(), monkeypatch, [*settled, *brought]))[-1]
    assert [region.strength == MOVING.strength for region in tried[-4:]].count(True) >= 3


def test_what_lies_there_is_tried_though_something_never_stops_moving(
    tried: list[Region], monkeypatch: pytest.MonkeyPatch
) -> None:
    views = [
        [replace(LYING, strength=10.0), replace(MOVING, middle=(900.0 + 30 * (step % 9), 300.0))] for step in range(24)
    ]
    list(look(Stare(), monkeypatch, views))
    assert sum(region.strength == 10.0 for region in tried[6:]) >= 18 // LYING_EVERY


def test_two_places_of_one_thing_that_lies_still_are_not_taken_for_one_that_moves(
    tried: list[Region], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two sieves may find one print in two ways."""
    twice = [LYING, replace(LYING, middle=(340.0, 300.0), strength=2e6)]
    assert list(look(Stare(), monkeypatch, [twice] * 8))[4:] == [False] * 4
    assert tried


def test_of_two_places_that_are_read_alike_the_one_that_has_counted_waits_for_the_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With time for one place a look, the stronger was read for ever and the other never."""
    beside = replace(LYING, middle=(900.0, 300.0), strength=1e5)
    texts = {300.0: "6901234567892", 900.0: "4006381333931"}
    counted: set[str] = set()

    def read(_decoder: Decoder, _gray: Gray, region: Region, *_effort: Effort) -> list[Seen]:
        text = texts[region.middle[0]]
        counted.add(text)
        return [Seen(text, Symbology.EAN13, region.corners, "likely", votes=CERTAIN_VOTES)]

    monkeypatch.setattr("pos.scan.stare._likely", read)
    stare = Stare(lambda seen: seen.text in counted)
    looks = look(stare, monkeypatch, [[LYING, beside]] * 8)
    next(looks)
    assert stare.has_more, "there was no time for the other"
    list(looks)
    assert counted == set(texts.values())
    assert not stare.has_more


def test_where_a_label_lies_that_is_read_no_place_is_looked_for_until_it_moves(monkeypatch: pytest.MonkeyPatch) -> None:
    merged = replace(LYING, length=2 * LYING.length)
    there, left_out = [LYING, merged], list[list[Region]]()

    def find(*_args: object, but: list[Region], **_most: int) -> list[Region]:
        left_out.append(but)
        return [region for region in there if region not in but]

    monkeypatch.setattr("pos.scan.stare.find_regions", find)
    decoder, stare = Decoder(), Stare()
    read = Seen("6901234567892", Symbology.EAN13, LYING.corners, "zxing")
    moved = replace(read, corners=tuple((x + 60, y) for x, y in LYING.corners))
    for number, seen in enumerate([[read], [read], [moved], [], [read]]):
        stare.look(decoder, FRAME, seen, number / 30, lambda: False)
    assert left_out == [[], [LYING], [], [], []]

"""Looks at frames: what counts after how many, with the time of each look handed in."""

from collections.abc import Callable
from itertools import count

import numpy as np
import pytest

from pos.scan.eye import Eye
from pos.scan.frame import Gray, Shot
from pos.scan.opencv import load
from pos.scan.region import find_regions
from pos.scan.seen import Seen, Symbology
from pos.scan.stare import FAILS_BEFORE_REST
from tests.unit.scan.drawn import KINDS, beside_a_sharp_one, blurred, drawn, laid, noisy, swiped

NUMBER, COLA = "6901234567892", "4006381333931"


@pytest.fixture
def eye() -> Eye:
    """An eye that is awake."""
    eye = Eye()
    assert eye.wake()
    return eye


def counted(eye: Eye, gray: Gray, looks: int, begin: float = 0.0) -> list[str]:
    """What counts in so many looks at one frame, a thirtieth of a second apart, each with time for one thing only."""
    return [reading.text for look in range(looks) for reading in eye.look(_shot(gray, begin + look / 30), _rushed())[1]]


def _shot(gray: Gray, at: float) -> Shot:
    return Shot(np.asarray(load().cvtColor(gray, load().COLOR_GRAY2BGR), dtype=np.uint8), at)


def _rushed() -> Callable[[], float]:
    times = iter(range(1000))
    return lambda: float(next(times))


@pytest.mark.parametrize("degrees", [0, 30, 45, 90, 135, 180, 275])
def test_a_label_counts_within_six_looks_whichever_way_it_lies(eye: Eye, degrees: float) -> None:
    assert counted(eye, laid(drawn(KINDS.EAN13, NUMBER), degrees=degrees), 6) == [NUMBER]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (KINDS.EAN8, "96385074"),
        (KINDS.Code128, "287612345678901234"),
        (KINDS.Code39, "GUITAI-17"),
        (KINDS.ITF, "16901234567899"),
        (KINDS.DataBarOmni, "0106901234567892"),
        (KINDS.DataMatrix, "0106901234567892"),
        (KINDS.QRCode, "https://example.com/01/06901234567892"),
    ],
)
def test_what_shops_have_less_of_counts_within_half_a_second(eye: Eye, kind: KINDS, text: str) -> None:
    assert counted(eye, laid(drawn(kind, text)), 16) == [text]


def test_a_label_swiped_past_strong_stripes_counts(eye: Eye) -> None:
    """It moves by 45 pixels a frame; each look takes two frames' time."""
    frames = [swiped(NUMBER, at=(160 + 90 * look, 500)) for look in range(11)]
    readings = [eye.look(_shot(frame, look / 15), lambda: 0.0)[1] for look, frame in enumerate(frames)]
    assert [one.text for found in readings for one in found] == [NUMBER]


def test_a_label_on_stripes_counts_by_its_likely_number_though_together_they_are_not_like_bars(eye: Eye) -> None:
    frame = laid(drawn(KINDS.EAN13, NUMBER), scale=2 / 3, degrees=2)
    frame[270:310, 427:727] = np.repeat(np.arange(60) % 2 * 200, 5)
    frame = blurred(frame, 2.0)
    (place,) = find_regions(frame)
    assert not place.is_like_bars
    assert counted(eye, frame, 16) == [NUMBER]


def test_a_label_no_library_reads_counts_by_its_likely_number(eye: Eye) -> None:
    gray = noisy(blurred(laid(drawn(KINDS.EAN13, NUMBER), degrees=3, scale=2 / 3), 1.6), 4)
    assert counted(eye, gray, 10) == [NUMBER]


def test_nothing_counts_after_a_single_look(eye: Eye) -> None:
    assert counted(eye, laid(drawn(KINDS.QRCode, "member 17")), 1) == []
    assert counted(eye, laid(drawn(KINDS.EAN13, NUMBER)), 1, begin=9) == []


def test_stripes_that_are_no_code_are_let_rest(eye: Eye, monkeypatch: pytest.MonkeyPatch) -> None:
    stripes = np.tile(np.repeat(np.arange(60) % 2 * 150 + 40, 4).astype(np.uint8), (100, 1))
    frame = np.full((720, 1280), 200, np.uint8)
    frame[300:400, 500:740] = stripes
    counted(eye, frame, 3 * FAILS_BEFORE_REST)
    tried: list[int] = []

    def look_in_vain(*_: object) -> list[Seen]:
        tried.append(1)
        return []

    monkeypatch.setattr("pos.scan.stare._likely", look_in_vain)
    counted(eye, frame, 30, begin=FAILS_BEFORE_REST / 10)
    assert 1 <= len(tried) <= 2 * 3, "three tries, each asks once or twice"


@pytest.mark.parametrize("size", [(1, 640), (2, 1920), (9, 5000)])
def test_a_frame_of_a_few_lines_holds_nothing(eye: Eye, size: tuple[int, int]) -> None:
    assert counted(eye, np.full(size, 200, np.uint8), 2) == []


def test_what_one_library_sees_anew_in_each_look_keeps_no_label_from_counting(
    eye: Eye, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert eye._decoder
    glance, texts, away = eye._decoder.glance, count(), ((900, 100), (1100, 100), (1100, 160), (900, 160))

    def glance_and_more(gray: Gray) -> list[Seen]:
        return [*glance(gray), Seen(f"CASE-{next(texts)}", Symbology.CODE128, away, "zxing")]

    monkeypatch.setattr(eye._decoder, "glance", glance_and_more)
    dim = noisy(blurred(laid(drawn(KINDS.EAN13, NUMBER), degrees=3, scale=2 / 3), 2.0), 4)
    assert counted(eye, dim, 12) == [NUMBER]


def test_two_equal_items_side_by_side_count_twice(eye: Eye) -> None:
    frame = laid(drawn(KINDS.EAN13, NUMBER, 2), at=(300, 360))
    right = laid(drawn(KINDS.EAN13, NUMBER, 2), at=(900, 360))
    frame[:, 640:] = right[:, 640:]
    assert counted(eye, frame, 8) == [NUMBER, NUMBER]


def test_a_label_out_of_focus_beside_a_sharp_one_counts_though_that_stays(eye: Eye) -> None:
    assert counted(eye, noisy(beside_a_sharp_one(NUMBER, COLA), 3), 20) == [COLA, NUMBER]

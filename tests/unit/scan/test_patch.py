"""How a place looks is told from how it looks with something else on it, in other light and in noise."""

import numpy as np
import pytest

from pos.scan.frame import Gray
from pos.scan.patch import Patch, are_alike, patch_at
from pos.scan.seen import Corners
from tests.unit.scan.drawn import KINDS, PAPER, drawn, laid, noisy

TEA, COLA = "6901234567892", "4006381333931"
PLACE: Corners = ((500, 320), (780, 320), (780, 400), (500, 400))


def shown(text: str, at: tuple[int, int] = (640, 360)) -> Gray:
    """A frame with a label in its middle."""
    return laid(drawn(KINDS.EAN13, text), at=at)


def patch(frame: Gray) -> Patch | None:
    """How the place of the label looks."""
    return patch_at(frame, PLACE)


@pytest.mark.parametrize("seed", range(5))
def test_a_place_is_itself_again_in_less_light_and_in_noise(seed: int) -> None:
    darker = np.asarray(60 + shown(TEA) * 0.35, np.uint8)
    assert are_alike(patch(shown(TEA)), patch(noisy(darker, 10, seed)))


def test_another_label_on_the_same_place_is_another_place() -> None:
    assert not are_alike(patch(shown(TEA)), patch(shown(COLA)))


def test_a_label_that_was_pushed_aside_is_not_where_it_was() -> None:
    assert not are_alike(patch(shown(TEA)), patch(shown(TEA, at=(670, 360))))


def test_where_nothing_is_nothing_is_alike() -> None:
    empty = noisy(np.full((720, 1280), PAPER, np.uint8), 5)
    assert patch(empty) is None
    assert not are_alike(patch(empty), patch(empty))


def test_a_place_outside_the_frame_has_no_look() -> None:
    assert patch_at(shown(TEA), ((2000, 100), (2200, 100), (2200, 200), (2000, 200))) is None

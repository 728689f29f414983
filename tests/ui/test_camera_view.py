"""The camera's picture on the counter: what it says, what it frames, which side is which."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.scan.frame import Frame
from pos.scan.report import Hint, Mark, Preview, Stage, State
from ui import language, theme
from ui.widgets.camera_view import CameraView

WIDTH, HEIGHT = 320, 180


@pytest.fixture
def view(qtbot: QtBot) -> CameraView:
    """A view of a camera that is live."""
    view = CameraView()
    qtbot.addWidget(view)
    view.resize(WIDTH, HEIGHT)
    view.show_state(State(Stage.LIVE, "camera 0"))
    return view


@pytest.fixture
def english(qapp: QApplication) -> Iterator[None]:
    """English, for one test."""
    language.install(qapp, "en")
    yield
    language.install(qapp, "zh")


def gray(level: int = 90) -> Frame:
    """A frame of one gray."""
    return np.full((HEIGHT, WIDTH, 3), level, np.uint8)


def picture_of(view: CameraView) -> QImage:
    """The view as it is painted."""
    return view.grab().toImage()


def colours(image: QImage, left: int = 0, right: int = WIDTH, top: int = 0) -> set[str]:
    """The colours of a part of a picture."""
    return {image.pixelColor(x, y).name().upper() for x in range(left, right) for y in range(top, image.height())}


@pytest.mark.parametrize("hint", [Hint.MORE_LIGHT, Hint.CLEAN_LENS, Hint.FROZEN])
def test_a_hint_is_words_on_amber_below_the_picture(view: CameraView, hint: Hint) -> None:
    view.show_frame(Preview(gray(), ()))
    assert theme.AMBER not in colours(picture_of(view))
    view.show_frame(Preview(gray(), (), hint))
    drawn = picture_of(view)
    assert drawn.pixelColor(2, HEIGHT - 2) == QColor(theme.AMBER)
    assert theme.INK in colours(drawn, top=HEIGHT // 2)
    view.show_frame(Preview(gray(), ()))
    assert theme.AMBER not in colours(picture_of(view))


@pytest.mark.usefixtures("english")
def test_each_hint_has_words_of_its_own_in_english(view: CameraView) -> None:
    told = [view._advice(hint) for hint in Hint]
    assert told[0] == ""
    assert len(set(told)) == len(Hint)
    assert all(words.isascii() for words in told)


def test_the_words_of_the_longest_hint_fit_into_a_narrow_view(view: CameraView) -> None:
    view.resize(200, HEIGHT)
    view.show_frame(Preview(gray(), (), Hint.FROZEN))
    drawn = picture_of(view)
    assert drawn.pixelColor(2, 10) != QColor(theme.AMBER)
    assert drawn.pixelColor(2, HEIGHT - 2) == QColor(theme.AMBER)


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize("stage", [Stage.OFF, Stage.LOST])
def test_why_there_is_no_picture_is_not_cut_in_a_narrow_view(view: CameraView, stage: Stage) -> None:
    view.resize(200, HEIGHT)
    view.show_state(State(stage, "camera 0"))
    drawn = picture_of(view)
    assert len(colours(drawn, 8, 192)) > 1
    assert len(colours(drawn, 0, 6)) == len(colours(drawn, 194, 200)) == 1


def test_four_corners_tell_where_to_hold_things_and_leave_the_middle_free(view: CameraView) -> None:
    view.show_frame(Preview(gray(), ()))
    drawn = picture_of(view)
    lit = [(x, y) for x in range(WIDTH) for y in range(HEIGHT) if drawn.pixelColor(x, y).red() > 120]
    quarters = {(x < WIDTH / 2, y < HEIGHT / 2) for x, y in lit}
    assert len(quarters) == 4
    assert all(abs(x - WIDTH / 2) > WIDTH / 5 and abs(y - HEIGHT / 2) > HEIGHT / 5 for x, y in lit)


def test_there_is_no_guide_without_a_picture(view: CameraView) -> None:
    view.show_state(State(Stage.LOST, "camera 0"))
    drawn = picture_of(view)
    assert drawn.pixelColor(round(WIDTH * 0.16), round(HEIGHT * 0.16)) == QColor("#1E2635")


def test_a_mirror_changes_sides_of_the_picture_and_of_its_marks(view: CameraView) -> None:
    frame = gray()
    frame[:, : WIDTH // 4] = 0
    mark = Mark(((20, 60), (60, 60), (60, 120), (20, 120)), is_counted=True)
    for is_mirrored in (False, True):
        view.is_mirrored = is_mirrored
        view.show_frame(Preview(frame, (mark,)))
        drawn = picture_of(view)
        is_left_black = drawn.pixelColor(4, 4) == QColor(0, 0, 0)
        is_mark_left = "#3BE28F" in colours(drawn, right=WIDTH // 2)
        assert (is_left_black, is_mark_left) == (not is_mirrored, not is_mirrored)
        assert ("#3BE28F" in colours(drawn, left=WIDTH // 2)) is is_mirrored

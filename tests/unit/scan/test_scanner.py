"""The scanner's threads: starting, stopping, changing, losing and finding again."""

import ctypes.util
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import zxingcpp

from pos.domain.errors import CameraLost, DecoderMissing
from pos.scan import watch
from pos.scan.camera import CameraSource, FramesSource, Source, VideoSource
from pos.scan.frame import Frame
from pos.scan.opencv import load
from pos.scan.report import Preview, Stage, State
from pos.scan.scanner import Scanner
from pos.scan.seen import Reading

PATIENCE_S = 20
TEA, COLA = "6901234567892", "4006381333931"


def counter_with(text: str, width: int = 1280, height: int = 720) -> Frame:
    """A frame of a counter, with a printed EAN-13 on it where a text is given."""
    frame = np.full((height, width, 3), 170, np.uint8)
    if text:
        drawn = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.EAN13).to_image(scale=2)
        label = np.asarray(drawn).reshape(*np.asarray(drawn).shape[:2], -1)[..., :1]
        frame[200 : 200 + label.shape[0], 300 : 300 + label.shape[1]] = label
    return frame


def lying(text: str, frames: int = 30, fps: float = 60) -> Source:
    """A product that lies there for so many frames."""
    frame = counter_with(text)
    return FramesSource(f"film of {text}", lambda: (frame.copy() for _ in range(frames)), fps=fps)


class Till:
    """Somebody who listens to a scanner and can wait for it."""

    def __init__(self) -> None:
        self.heard: list[str | State | Preview | DecoderMissing] = []
        self._changed = threading.Condition()

    def hear(self, what: Reading | State | Preview | DecoderMissing) -> None:
        """Write down what the scanner tells."""
        with self._changed:
            self.heard.append(what.text if isinstance(what, Reading) else what)
            self._changed.notify_all()

    @property
    def codes(self) -> list[str]:
        """The texts that counted."""
        return [each for each in self.heard if isinstance(each, str)]

    @property
    def states(self) -> list[State]:
        """What the scanner said of itself."""
        return [each for each in self.heard if isinstance(each, State)]

    @property
    def previews(self) -> list[Preview]:
        """The pictures it showed."""
        return [each for each in self.heard if isinstance(each, Preview)]

    @property
    def findings(self) -> list[DecoderMissing]:
        """The libraries it missed."""
        return [each for each in self.heard if isinstance(each, DecoderMissing)]

    def wait_for(self, claim: Callable[[], bool]) -> None:
        """Wait until what was heard makes a claim true."""
        with self._changed:
            assert self._changed.wait_for(claim, PATIENCE_S), (self.codes, self.states, len(self.previews))

    @property
    def stages(self) -> list[Stage]:
        """The stages it went through."""
        return [state.stage for state in self.states]


@pytest.fixture
def till() -> Till:
    """Somebody who hears the scanner."""
    return Till()


@pytest.fixture
def make(till: Till) -> Iterator[Callable[[Source | None], Scanner]]:
    """Makes scanners that are stopped when the test is over."""
    made: list[Scanner] = []

    def make_scanner(source: Source | None) -> Scanner:
        hear = till.hear
        made.append(Scanner(source, on_code=hear, on_frame=hear, on_state=hear, on_finding=hear))
        return made[-1]

    before = threading.active_count()
    yield make_scanner
    for scanner in made:
        scanner.stop()
    assert threading.active_count() == before


Make = Callable[[Source | None], Scanner]


def test_a_film_is_opened_live_and_ended_and_its_product_counts_once(make: Make, till: Till) -> None:
    scanner = make(lying(TEA))
    assert scanner.state.stage is Stage.OFF
    scanner.start()
    till.wait_for(lambda: Stage.ENDED in till.stages)
    scanner.stop()
    assert till.stages == [Stage.OPENING, Stage.LIVE, Stage.ENDED, Stage.OFF]
    assert till.codes == [TEA]


def test_codes_come_before_the_end_of_the_film_is_told(till: Till) -> None:
    def hear_slowly(reading: Reading) -> None:
        threading.Event().wait(0.8)
        till.hear(reading)

    scanner = Scanner(lying(TEA, frames=20), on_code=hear_slowly, on_state=till.hear)
    scanner.start()
    till.wait_for(lambda: Stage.ENDED in till.stages)
    scanner.stop()
    opening, live, code, ended, off = till.heard
    assert code == TEA
    assert [opening, live, ended, off] == till.states


def test_the_preview_is_small_contiguous_and_marks_the_code(make: Make, till: Till) -> None:
    make(lying(TEA, frames=60)).start()
    till.wait_for(lambda: any(mark.is_counted for preview in till.previews for mark in preview.marks))
    preview = till.previews[-1]
    assert preview.pixels.shape == (360, 640, 3)
    assert preview.pixels.dtype == np.uint8
    assert preview.pixels.flags.c_contiguous
    (mark,) = preview.marks
    xs, ys = zip(*mark.corners, strict=True)
    # The label was laid at 300, 200 of 1280 x 720, so at 150, 100 of the preview, 95 bars of 1 pixel.
    assert max(xs) - min(xs) == pytest.approx(95, abs=5)
    assert 150 <= min(xs) <= 165
    assert 95 <= min(ys) <= 110


def test_a_tall_frame_is_previewed_no_wider_than_a_screen_column(make: Make, till: Till) -> None:
    make(FramesSource("tall", lambda: iter([np.zeros((1280, 720, 3), np.uint8)] * 3))).start()
    till.wait_for(lambda: bool(till.previews))
    assert till.previews[0].pixels.shape[1] <= 640


def test_the_preview_comes_thirty_times_a_second_at_most(make: Make, till: Till) -> None:
    make(lying("", frames=120, fps=120)).start()
    till.wait_for(lambda: Stage.ENDED in till.stages)
    assert 20 <= len(till.previews) <= 34


def test_stopping_takes_less_than_two_seconds_and_then_nobody_is_called(make: Make, till: Till) -> None:
    scanner = make(lying(TEA, frames=10**9))
    scanner.start()
    till.wait_for(lambda: len(till.previews) > 3)
    began = time.monotonic()
    scanner.stop()
    assert time.monotonic() - began < 2
    assert not {"camera", "reading"} & {thread.name for thread in threading.enumerate()}
    assert till.stages[-1] is Stage.OFF


def test_a_scanner_may_be_started_again(make: Make, till: Till) -> None:
    scanner = make(lying(TEA, frames=600))
    for round_ in range(3):
        scanner.start()
        scanner.start()
        till.wait_for(lambda: till.stages.count(Stage.LIVE) == round_ + 1)  # noqa: B023  (waited for at once)
        scanner.stop()
        scanner.stop()
    assert till.stages == [Stage.OPENING, Stage.LIVE, Stage.OFF] * 3


def test_another_source_may_be_opened_while_one_is_running(make: Make, till: Till) -> None:
    scanner = make(lying(TEA, frames=6000))
    scanner.start()
    till.wait_for(lambda: till.codes == [TEA])
    scanner.open(lying(COLA, frames=6000))
    till.wait_for(lambda: till.codes == [TEA, COLA])
    scanner.open(lying(COLA, frames=6000))
    till.wait_for(lambda: till.codes == [TEA, COLA, COLA])
    assert {state.source for state in till.states} == {f"film of {TEA}", f"film of {COLA}"}


def test_a_scanner_without_a_source_waits_for_one(make: Make, till: Till) -> None:
    scanner = make(None)
    scanner.start()
    assert till.states == []
    scanner.open(lying(TEA))
    till.wait_for(lambda: till.codes == [TEA])


class Unsteady:
    """A camera whose plug is pulled and put back."""

    name = "unsteady"
    fps = 60.0

    def __init__(self) -> None:
        self.is_in = threading.Event()
        self.is_out_for_long = threading.Event()
        self._opened = 0

    def open(self) -> None:
        """Open, unless the plug is out."""
        self._opened += 1
        if self._opened == 4:
            self.is_out_for_long.set()
        if not self.is_in.is_set():
            raise CameraLost(source=self.name, reason="no such device")

    def read(self) -> Frame | None:
        """Give a frame, unless the plug is out."""
        if not self.is_in.is_set():
            raise CameraLost(source=self.name, reason="gives no frames")
        return counter_with(TEA)

    def close(self) -> None:
        """Nothing is held."""


def test_a_lost_camera_is_told_once_tried_again_and_found(
    make: Make, till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "PAUSES_S", (0.01, 0.02))
    source = Unsteady()
    make(source).start()
    assert source.is_out_for_long.wait(PATIENCE_S)
    for _ in range(2):
        source.is_in.set()
        lives = till.stages.count(Stage.LIVE)
        till.wait_for(lambda: till.stages.count(Stage.LIVE) > lives)  # noqa: B023  (waited for at once)
        losses = till.stages.count(Stage.LOST)
        till.wait_for(lambda: bool(till.codes))
        source.is_in.clear()
        till.wait_for(lambda: till.stages.count(Stage.LOST) > losses)  # noqa: B023  (waited for at once)
    assert till.stages == [Stage.OPENING, *[Stage.LOST, Stage.LIVE] * 2, Stage.LOST]
    error = till.states[-1].error
    assert isinstance(error, CameraLost)
    assert error.facts["reason"] == "gives no frames"
    # What lay there while the camera was away has not left, so it did not count twice.
    assert till.codes == [TEA]


def test_the_waits_for_a_lost_camera_grow_to_eight_seconds() -> None:
    assert list(watch.PAUSES_S) == sorted(watch.PAUSES_S)
    assert watch.PAUSES_S[-1] == 8


def test_stopping_while_a_camera_is_lost_takes_no_time(make: Make, till: Till) -> None:
    scanner = make(CameraSource(93))
    scanner.start()
    till.wait_for(lambda: Stage.LOST in till.stages)
    began = time.monotonic()
    scanner.stop()
    assert time.monotonic() - began < 1


def test_a_file_that_comes_later_is_found(
    make: Make, till: Till, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "PAUSES_S", (0.05,))
    make(VideoSource(tmp_path / "film.avi")).start()
    till.wait_for(lambda: Stage.LOST in till.stages)
    cv2 = load()
    writer = cv2.VideoWriter(str(tmp_path / "new.avi"), cv2.VideoWriter.fourcc(*"MJPG"), 30, (1280, 720))
    for _ in range(15):
        writer.write(counter_with(TEA))
    writer.release()
    (tmp_path / "new.avi").rename(tmp_path / "film.avi")
    till.wait_for(lambda: Stage.ENDED in till.stages)
    assert till.stages == [Stage.OPENING, Stage.LOST, Stage.LIVE, Stage.ENDED]
    assert till.codes == [TEA]


def test_frames_that_are_no_pictures_are_passed_over(make: Make, till: Till) -> None:
    odd: list[object] = [None, np.zeros((0, 0), np.uint8), "x", np.zeros((4, 4, 2), np.uint8)]
    four_channels = np.dstack([counter_with(TEA), counter_with("")[..., :1]])
    good = [counter_with(TEA), four_channels] * 10
    make(FramesSource("odd", lambda: iter([*odd * 3, *good]), fps=60)).start()
    till.wait_for(lambda: Stage.ENDED in till.stages)
    assert till.codes == [TEA]


def test_a_missing_zbar_is_told_once_and_reading_goes_on(
    make: Make, till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.split(".")[0] == "pyzbar"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(ctypes.util, "find_library", lambda _: None)
    scanner = make(lying(TEA))
    scanner.start()
    till.wait_for(lambda: till.codes == [TEA])
    scanner.open(lying(COLA))
    till.wait_for(lambda: till.codes == [TEA, COLA])
    assert [missing.facts["library"] for missing in till.findings] == ["zbar"]


def test_without_any_library_the_preview_still_runs(make: Make, till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "zxingcpp", None)
    monkeypatch.setitem(sys.modules, "pyzbar.pyzbar", None)
    make(lying(TEA)).start()
    till.wait_for(lambda: Stage.ENDED in till.stages)
    assert till.previews
    assert till.codes == []
    assert len(till.findings) == 1


class Stuck:
    """A driver that hangs in a read."""

    name = "stuck"
    fps = 0.0

    def __init__(self) -> None:
        self.freed = threading.Event()

    def open(self) -> None:
        """Nothing hangs yet."""

    def read(self) -> Frame | None:
        """Hang until somebody frees it."""
        self.freed.wait()
        return counter_with(TEA)

    def close(self) -> None:
        """Nothing is held."""


def test_a_driver_that_hangs_cannot_hold_up_the_till(
    make: Make, till: Till, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(watch, "STOP_WITHIN_S", 0.2)
    source = Stuck()
    scanner = make(source)
    scanner.start()
    scanner.stop()
    assert "did not stop in time" in caplog.text
    told = len(till.states)
    source.freed.set()
    for thread in threading.enumerate():
        if thread.name in {"camera", "reading"}:
            thread.join(PATIENCE_S)
    assert (till.previews, till.codes, len(till.states)) == ([], [], told)

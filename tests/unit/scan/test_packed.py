"""Gray straight from the camera's JPEG, where the driver hands it over; pixels where it does not."""

import sys

import numpy as np
import pytest
import zxingcpp
from numpy.typing import NDArray

from pos.domain.errors import CameraLost
from pos.scan import camera
from pos.scan.camera import CameraSource
from pos.scan.devices import Device
from pos.scan.frame import Frame, Shot
from pos.scan.opencv import load
from pos.scan.packed import Jpeg, Pixels, as_jpeg, colour_of, gray_of
from pos.scan.report import Hooks, Preview
from pos.scan.scanner import Scanner
from pos.scan.watch import Watch, _marks_of
from tests.fake_time import FakeClock

TEA = "6901234567892"
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only V4L2 hands its JPEG over")


def counter(width: int = 1280, height: int = 720) -> Frame:
    """A frame in colour with a label on it."""
    drawn = np.asarray(zxingcpp.create_barcode(TEA, zxingcpp.BarcodeFormat.EAN13).to_image(scale=2))
    label = drawn.reshape(*drawn.shape[:2], -1)[..., :1]
    frame = np.full((height, width, 3), (40, 120, 200), np.uint8)
    frame[200 : 200 + label.shape[0], 300 : 300 + label.shape[1]] = label
    return frame


def jpeg_of(frame: Frame) -> Pixels:
    """The frame as a camera packs it."""
    return np.asarray(load().imencode(".jpg", frame)[1], np.uint8).reshape(-1)


class V4l2:
    """A capture as OpenCV gives it on Linux: told not to convert, it hands over 1 x N bytes as they came by USB."""

    def __init__(self, frame: Frame, *, unpacks_always: bool = False, packs: bool = True) -> None:
        self.frame, self._unpacks_always, self._packs = frame, unpacks_always, packs
        self.converts = True
        self.is_torn = False

    def set(self, wish: int, value: float) -> bool:
        """Take the one wish that matters here: whether frames come unpacked."""
        if wish == load().CAP_PROP_CONVERT_RGB:
            self.converts = bool(value) or self._unpacks_always
        return True

    def read(self) -> tuple[bool, NDArray[np.uint8]]:
        """A frame, packed or not as was wished."""
        if self.converts:
            return True, self.frame.copy()
        if not self._packs:  # YUYV: two bytes a pixel
            return True, np.ascontiguousarray(self.frame[..., :2])
        raw = jpeg_of(self.frame)
        # Drivers hand over the whole buffer, whatever lies behind the picture.
        rest = np.full(999, 7, np.uint8)
        return True, np.concatenate([raw[2:] if self.is_torn else raw, rest]).reshape(1, -1)

    def release(self) -> None:
        """Nothing is held."""


def opened(capture: V4l2, monkeypatch: pytest.MonkeyPatch) -> CameraSource:
    """The camera, opened on a driver of ours."""
    monkeypatch.setattr(camera, "find_camera", lambda _: Device(0, "USB Camera"))
    monkeypatch.setattr(camera, "_open_capture", lambda *_: capture)
    source = CameraSource(0)
    source.open()
    return source


def test_the_cameras_own_jpeg_is_kept_packed_until_somebody_needs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    packed = opened(V4l2(counter()), monkeypatch).read()
    assert isinstance(packed, Jpeg)
    assert packed.shape == (720, 1280, 3)
    gray, colour = gray_of(packed), colour_of(packed)
    assert gray is not None
    assert colour is not None
    assert (gray.shape, colour.shape) == ((720, 1280), (360, 640, 3))
    assert abs(int(gray[600, 100]) - 135) <= 3  # 0.114 x 40 + 0.587 x 120 + 0.299 x 200
    assert np.abs(colour[300, 50].astype(int) - (40, 120, 200)).max() <= 6


@pytest.mark.parametrize(
    "capture",
    [
        V4l2(counter(), unpacks_always=True),
        V4l2(counter(), packs=False),
        V4l2(counter(2560, 1440)),
    ],
    ids=["a driver that unpacks", "YUYV", "larger than is read"],
)
def test_where_there_is_no_jpeg_that_fits_pixels_are_read_as_ever(
    capture: V4l2, monkeypatch: pytest.MonkeyPatch
) -> None:
    frame = opened(capture, monkeypatch).read()
    assert isinstance(frame, np.ndarray)
    assert frame.shape in {(720, 1280, 3), (1080, 1920, 3)}
    assert capture.converts


def test_a_picture_torn_on_its_way_is_missed_and_five_are_a_lost_camera(monkeypatch: pytest.MonkeyPatch) -> None:
    capture = V4l2(counter())
    source = opened(capture, monkeypatch)
    capture.is_torn = True
    assert [source.read() for _ in range(4)] == [None] * 4
    with pytest.raises(CameraLost, match="gives no frames"):
        source.read()


def test_a_packed_frame_is_read_and_shown_with_its_mark_in_place(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[Preview] = []
    hooks = Hooks(print, shown.append, print, print)
    eye = Scanner(None, on_code=print)._eye
    assert eye.wake()
    source, clock = opened(V4l2(counter()), monkeypatch), FakeClock()
    watch = Watch(source, eye, hooks, clock)
    texts = []
    for _ in range(6):
        frame = source.read()
        assert frame is not None
        clock.advance(1 / 30)
        seen, counted = eye.look(Shot(frame, clock.monotonic()), clock.monotonic)
        watch._marks = clock.monotonic(), _marks_of(seen, eye.steady)
        texts += [reading.text for reading in counted]
        watch._show(frame, clock.monotonic())
    assert texts == [TEA]
    assert shown[0].pixels.shape == (360, 640, 3)
    across = [x for x, _ in shown[-1].marks[0].corners]
    assert 150 <= min(across) < max(across) <= 150 + 113  # drawn at 300, 113 modules of 2 pixels; half of that


def test_a_jpeg_that_cannot_be_unpacked_is_passed_over() -> None:
    torn = as_jpeg(np.frombuffer(b"\xff\xd8" + b"\0" * 60, np.uint8), (720, 1280, 3))
    assert torn is not None
    assert gray_of(torn) is None
    assert colour_of(torn) is None
    shown: list[Preview] = []
    hooks = Hooks(print, shown.append, print, print)
    eye = Scanner(None, on_code=print)._eye
    assert eye.wake()
    assert eye.look(Shot(torn, 1.0), lambda: 1.0) == ([], [])
    clock = FakeClock()
    Watch(CameraSource(0), eye, hooks, clock)._show(torn, clock.monotonic())
    assert shown == []


@pytest.mark.parametrize("raw", [None, "x", np.zeros(0, np.uint8), np.zeros((1, 9), np.uint8), np.zeros(9)], ids=str)
def test_what_is_no_jpeg_is_none(raw: object) -> None:
    assert as_jpeg(raw, ()) is None

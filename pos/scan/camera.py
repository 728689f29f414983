"""Where frames come from: a camera, a video file, a folder of pictures, or an iterator handed in.

A source belongs to one thread. It knows nothing of being lost and found again; the scanner does.
"""

import logging
import math
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from pos.domain.errors import CameraLost
from pos.scan.devices import find_camera, list_cameras
from pos.scan.frame import Frame
from pos.scan.opencv import load
from pos.scan.packed import Picture, as_jpeg
from pos.settings import CameraSettings

MAX_SIDE = 1920
"""Larger pictures are reduced to this many pixels on the longer side."""
MAX_FPS = 120.0
DEFAULT_FPS = 30.0
WANTED = (1920, 1080)
"""Asked of a camera: below 1080p an EAN-13 at arm's length has too few pixels a bar for any library."""
MAX_FRAMES, WHOLE = 1e7, 0.9
"""A video that gives less than this share of the pictures it tells of is torn. Some only guess, some tell nonsense."""
MISSES_BEFORE_LOST = 5
"""Frames a camera may fail to give in a row; each costs up to a second."""
PICTURE_SHOWN_S = 1.0
"""How long each picture of a folder is shown."""

FILMS = {".avi", ".m4v", ".mjpeg", ".mjpg", ".mkv", ".mov", ".mp4", ".mpeg", ".mpg", ".webm", ".wmv"}
"""What is named so is a video, also when it is not there; any other single word is a camera."""
V4L2_MANUAL, V4L2_AUTO = 1, 3
"""Of the control ``V4L2_CID_EXPOSURE_AUTO``: manual, and aperture priority, the automatic of USB cameras."""
PICTURES = {".bmp", ".gif", ".jpeg", ".jpg", ".png", ".tif", ".tiff", ".webp"}

_log = logging.getLogger(__name__)


class Source(Protocol):
    """A source of frames, used by one thread at a time.

    Attributes:
        name: what a person calls it.
        fps: frames a second to play it at, once open; 0 when the device itself sets the pace.
    """

    name: str
    fps: float

    def open(self) -> None:
        """Begin from the start; raises CameraLost."""

    def read(self) -> Picture | None:
        """Return the next frame, or None when there is none this time.

        Raises:
            EOFError: there are no more.
            CameraLost: it stopped though it should not have.
        """

    def close(self) -> None:
        """Let go of the device or file; may be called twice."""


class CameraSource:
    """A camera of this machine, asked for 1080p MJPG at 30 frames a second.

    It is looked for each time it is opened, so one that comes back under another number is found.
    """

    fps = 0.0

    def __init__(self, wanted: int | str = "", settings: CameraSettings | None = None) -> None:
        """Take the camera's number or part of its name, empty for the first there is; and how to set it."""
        self.wanted = str(wanted)
        self.name = f"camera {self.wanted}".strip()
        self._settings = settings or CameraSettings()
        self._capture: Any = None
        self._shape: tuple[int, ...] | None = None
        self._misses = 0

    def open(self) -> None:
        """Open the device; raises CameraLost."""
        # OpenCV writes eight lines to the terminal about a device that is not there.
        device = find_camera(self.wanted)
        if device is None:
            raise CameraLost(source=self.name, reason="no such device")
        self.name = device.name
        self._capture = _open_capture(device.index, _device_backend(), self.name)
        self._misses = 0
        for wish, value in (_WISHES | _locks(self._settings)).items():
            if not self._capture.set(getattr(load(), f"CAP_PROP_{wish}"), value):
                _log.info("%s does not set %s to %s", self.name, wish, value)
        self._shape = self._ask_for_jpeg() if sys.platform == "linux" else None

    def _ask_for_jpeg(self) -> tuple[int, ...] | None:
        """Ask the driver not to unpack its pictures, and return their shape; None, and unpacked, if it has no JPEG."""
        whether = load().CAP_PROP_CONVERT_RGB
        self._capture.set(whether, 0)
        first = as_jpeg(_read_capture(self._capture, self.name), ())
        gray = first.gray() if first else None
        if gray is not None and max(gray.shape) <= MAX_SIDE:
            return *gray.shape, 3
        self._capture.set(whether, 1)
        return None

    def read(self) -> Picture | None:
        """Wait up to a second for the next frame; it stays packed where the driver allows."""
        raw = _read_capture(self._capture, self.name)
        frame = as_jpeg(raw, self._shape) if self._shape else as_frame(raw)
        self._misses = 0 if frame is not None else self._misses + 1
        if self._misses >= MISSES_BEFORE_LOST:
            raise CameraLost(source=self.name, reason="gives no frames")
        return frame

    def close(self) -> None:
        """Let go of the device."""
        if self._capture is not None:
            self._capture.release()
            self._capture = None


_WISHES = {
    # The format first: most cameras offer 1080p at 30 as MJPG only.
    "FOURCC": int.from_bytes(b"MJPG", "little"),
    "FRAME_WIDTH": WANTED[0],
    "FRAME_HEIGHT": WANTED[1],
    "FPS": DEFAULT_FPS,
    "BUFFERSIZE": 1,
}


def _locks(settings: CameraSettings) -> dict[str, float]:
    """What locks focus and exposure, or frees them on a camera that another program has locked; V4L2 only."""
    if sys.platform != "linux":
        return {}
    focus, exposure = settings.focus, settings.exposure
    locks: dict[str, float] = {"AUTOFOCUS": focus == "auto"}
    locks |= {} if focus == "auto" else {"FOCUS": int(focus)}
    locks["AUTO_EXPOSURE"] = V4L2_AUTO if exposure == "auto" else V4L2_MANUAL
    return locks if exposure == "auto" else locks | {"EXPOSURE": int(exposure)}


class VideoSource:
    """A video file, played once or over and over."""

    def __init__(self, path: Path, *, loops: bool = False) -> None:
        """Take the file; it is opened later."""
        self.path = path
        self.name = path.name
        self.fps = DEFAULT_FPS
        self._loops = loops
        self._capture: Any = None
        self._given, self._told = 0, 0.0

    def open(self) -> None:
        """Open the file; raises CameraLost when it is missing or no video."""
        if not self.path.is_file():
            raise CameraLost(source=self.name, reason="no such file")
        self._capture = _open_capture(str(self.path), _film_backend(), self.name)
        self._given = 0
        fps = float(self._capture.get(load().CAP_PROP_FPS))
        self.fps = fps if math.isfinite(fps) and 0 < fps <= MAX_FPS else DEFAULT_FPS
        self._told = float(self._capture.get(load().CAP_PROP_FRAME_COUNT))

    def read(self) -> Frame | None:
        """Return the next frame; a torn file ends where it is torn, in CameraLost unless it loops."""
        raw = _read_capture(self._capture, self.name)
        if raw is None:
            self._rewind()
            return None
        self._given += 1
        return as_frame(raw)

    def _rewind(self) -> None:
        if not self._given:
            raise CameraLost(source=self.name, reason="no pictures in it")
        if not self._loops and self._given < WHOLE * self._told < MAX_FRAMES:
            raise CameraLost(source=self.name, reason=f"torn after {self._given} of {self._told:.0f} pictures")
        if not self._loops:
            raise EOFError(self.name)
        self.close()
        self.open()

    def close(self) -> None:
        """Let go of the file."""
        if self._capture is not None:
            self._capture.release()
            self._capture = None


class FramesSource:
    """Frames made by our own code, such as the drawn counter of the demo."""

    def __init__(self, name: str, make: Callable[[], Iterable[object]], *, fps: float = DEFAULT_FPS) -> None:
        """Take what makes a fresh iterator each time the source is opened."""
        self.name = name
        self.fps = fps
        self._make = make
        self._frames: Iterator[object] = iter(())

    def open(self) -> None:
        """Start the iterator."""
        self._frames = iter(self._make())

    def read(self) -> Frame | None:
        """Return the next frame."""
        try:
            return as_frame(next(self._frames))
        except StopIteration:
            raise EOFError(self.name) from None

    def close(self) -> None:
        """Drop the iterator."""
        self._frames = iter(())


class FolderSource(FramesSource):
    """A folder of pictures in the order of their names, each shown for a second.

    One look at a still is never believed, so each is shown at slightly different sizes, as a hand would.
    """

    def __init__(self, path: Path, *, loops: bool = False) -> None:
        """Take the folder; it is listed when opened."""
        super().__init__(path.name, self._show, fps=10.0)
        self.path = path
        self._loops = loops

    def open(self) -> None:
        """List the folder; raises CameraLost when it holds no pictures."""
        if not self._list():
            raise CameraLost(source=self.name, reason="no pictures in it")
        super().open()

    def _list(self) -> list[Path]:
        if not self.path.is_dir():
            raise CameraLost(source=self.name, reason="no such folder")
        return sorted(each for each in self.path.iterdir() if each.suffix.lower() in PICTURES)

    def _show(self) -> Iterator[object]:
        is_first_round = True
        while is_first_round or self._loops:
            is_first_round = False
            is_empty = True
            for path in self._list():
                picture = read_picture(path)
                is_empty = is_empty and picture is None
                yield from _held_in_hand(picture, round(PICTURE_SHOWN_S * self.fps))
            if is_empty:
                raise CameraLost(source=self.name, reason="no picture in it can be read")


def find_source(setting: str, camera: CameraSettings | None = None) -> Source | None:
    """Return the source a setting names, unopened; None when it names none or nothing is plugged in.

    Args:
        setting: ``auto`` (the first camera), ``none``, a camera's number or part of its name, or the path of a video or
            a folder; ``synthetic`` is the caller's to make.
        camera: how to set a camera.
    """
    if setting in {"none", "synthetic"}:
        return None
    if setting == "auto":
        return CameraSource(settings=camera) if list_cameras() else None
    path = Path(setting)
    if path.is_dir():
        return FolderSource(path, loops=True)
    if path.is_file() or path.suffix.lower() in FILMS or path.name != setting:
        return VideoSource(path, loops=True)
    return CameraSource(setting, camera)


def read_picture(path: Path) -> Frame | None:
    """Return a picture file as a frame; None when it cannot be read as one."""
    cv2 = load()
    try:
        raw = np.frombuffer(path.read_bytes(), dtype=np.uint8)
        return as_frame(cv2.imdecode(raw, cv2.IMREAD_COLOR)) if raw.size else None
    except (OSError, cv2.error):
        return None


def as_frame(raw: object) -> Frame | None:
    """Return any picture as a frame of whole bytes in blue, green, red, at most MAX_SIDE long; None if it is none.

    Takes gray, 16-bit and 4-channel pictures.
    """
    if not isinstance(raw, np.ndarray) or not raw.size or raw.ndim not in {2, 3}:
        return None
    if raw.dtype == np.uint16:
        raw = (raw >> 8).astype(np.uint8)
    if raw.dtype != np.uint8:
        return None
    channels = 1 if raw.ndim == 2 else raw.shape[2]
    cv2 = load()
    turns = {1: cv2.COLOR_GRAY2BGR, 4: cv2.COLOR_BGRA2BGR}
    if channels != 3 and channels not in turns:
        return None
    frame = reduced(np.ascontiguousarray(raw), MAX_SIDE)
    return frame if channels == 3 else np.ascontiguousarray(cv2.cvtColor(frame, turns[channels]))


def reduced(frame: Frame, longest: int) -> Frame:
    """Return a picture with its longer side at most ``longest`` pixels; the same one if it is already."""
    height, width = frame.shape[:2]
    scale = longest / max(height, width)
    if scale >= 1:
        return frame
    cv2 = load()
    size = max(round(width * scale), 1), max(round(height * scale), 1)
    return np.ascontiguousarray(cv2.resize(frame, size, interpolation=cv2.INTER_AREA))


def _held_in_hand(picture: Frame | None, count: int) -> Iterator[Frame]:
    if picture is None:
        return
    cv2 = load()
    height, width = picture.shape[:2]
    for turn in range(count):
        scale = 1 - 0.02 * (turn % 5)
        moved = cv2.getRotationMatrix2D((width / 2, height / 2), 0, scale)
        yield cv2.warpAffine(picture, moved, (width, height), borderMode=cv2.BORDER_REPLICATE)


def _open_capture(what: int | str, backend: int, name: str) -> Any:  # noqa: ANN401  (cv2 is loaded lazily)
    cv2 = load()
    try:
        capture = cv2.VideoCapture(what, backend)
        is_open = capture.isOpened()
    except cv2.error as reason:
        raise CameraLost(source=name, reason=str(reason)) from reason
    if not is_open:
        raise CameraLost(source=name, reason="cannot be opened")
    return capture


def _read_capture(capture: Any, name: str) -> object | None:  # noqa: ANN401  (cv2 is loaded lazily)
    cv2 = load()
    try:
        is_there, raw = capture.read()
    except cv2.error as reason:
        raise CameraLost(source=name, reason=str(reason)) from reason
    return raw if is_there else None


def _device_backend() -> int:
    cv2 = load()
    known = {"linux": cv2.CAP_V4L2, "win32": cv2.CAP_DSHOW}
    return int(known.get(sys.platform, cv2.CAP_ANY))


def _film_backend() -> int:
    """FFmpeg where it is built in, as in all wheels: the others write to the terminal about a torn file."""
    cv2 = load()
    has_ffmpeg = cv2.CAP_FFMPEG in cv2.videoio_registry.getStreamBackends()
    return int(cv2.CAP_FFMPEG if has_ffmpeg else cv2.CAP_ANY)

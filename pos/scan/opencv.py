"""The one door to OpenCV.

opencv-python carries a Qt 5 of its own and points two environment variables at it when it is
imported. A till draws with Qt 6, so the variables go at once and no window function of cv2 is
ever called.
"""

import os
from functools import cache
from types import ModuleType

from pos.domain.errors import DecoderMissing

_SETTINGS = {
    "OPENCV_LOG_LEVEL": "SILENT",
    # FFmpeg's AV_LOG_SETTINGS: a torn video is told by our own state, not on the cashier's terminal.
    "OPENCV_FFMPEG_LOGLEVEL": "-8",
    "OPENCV_FFMPEG_THREADS": "1",
    # A camera pulled out blocks a read for 10 s by default; the scanner promises to stop within 2 s.
    "OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT": "1",
}
_QT_5 = ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR")


@cache
def load() -> ModuleType:
    """Return cv2, imported on first use (0.2 to 0.7 s), on one thread, without its Qt 5 in our way.

    Raises:
        DecoderMissing: the library or something it needs is not on this machine (``reason``).
    """
    for name, value in _SETTINGS.items():
        os.environ.setdefault(name, value)
    kept = {name: os.environ.get(name) for name in _QT_5}
    try:
        import cv2  # noqa: PLC0415  (the import is slow and changes the environment)
    except ImportError as reason:
        raise DecoderMissing(library="opencv", reason=str(reason)) from reason
    finally:
        _restore(kept)
    # Decoding is spread over our own threads; OpenCV's pool would take both cores for one frame.
    cv2.setNumThreads(1)
    return cv2


def _restore(kept: dict[str, str | None]) -> None:
    for name, value in kept.items():
        if value is None or _is_of_cv2(value):
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


def _is_of_cv2(path: str) -> bool:
    return "/cv2/qt" in path.replace("\\", "/")

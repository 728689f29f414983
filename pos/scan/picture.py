"""Picture: a file as the gray picture that is read."""

from pathlib import Path

import numpy as np

from pos.scan.camera import MAX_SIDE, as_frame, reduced
from pos.scan.frame import Gray
from pos.scan.opencv import load


def read_gray(path: Path) -> tuple[Gray, float] | None:
    """Return a picture file in gray, at most ``MAX_SIDE`` pixels long, and how many times longer it is itself.

    None when it cannot be read as a picture. What is transparent is white, as on paper.
    """
    cv2 = load()
    try:
        raw = np.frombuffer(path.read_bytes(), dtype=np.uint8)
        picture = cv2.imdecode(raw, cv2.IMREAD_UNCHANGED) if raw.size else None
    except (OSError, ValueError, cv2.error):
        return None
    longest = max(picture.shape[:2]) if picture is not None else 0
    if picture is not None and picture.ndim == 3 and picture.shape[2] == 4 and picture.dtype == np.uint8:
        picture = _on_white(picture)
    frame = as_frame(picture)
    if frame is None:
        return None
    return np.ascontiguousarray(cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY)), longest / max(frame.shape[:2])


def _on_white(picture: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> Gray:
    small = reduced(picture, MAX_SIDE).astype(np.float32)
    cover = small[..., 3:] / 255
    return (small[..., :3] * cover + 255 * (1 - cover)).astype(np.uint8)

"""What counts when each frame is a look, on a clock of our own."""

from collections.abc import Iterable, Iterator

from pos.scan.eye import Eye
from pos.scan.frame import Frame, Shot


def looked_at(shots: Iterable[Frame], every_s: float) -> Iterator[str]:
    """What counts when each frame is a look, on a clock of our own, with all the time there is for each."""
    eye = open_eye()
    for number, shot in enumerate(shots):
        _, readings = eye.look(Shot(shot, number * every_s), lambda: 0.0)
        yield from (reading.text for reading in readings)


def open_eye() -> Eye:
    """An eye with its libraries."""
    eye = Eye()
    assert eye.wake()
    return eye

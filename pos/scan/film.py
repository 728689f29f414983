"""Film: frames in their own time, as if a camera gave them; what else runs on the machine does not count."""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Generic, TypeVar

from pos.scan.camera import Source
from pos.scan.packed import Picture

UNPACKED_S = 0.005
"""What a frame costs before anybody looks at it."""

Each = TypeVar("Each")
What = TypeVar("What")


@dataclass(frozen=True, slots=True)
class Look(Generic[What]):
    """A look at one frame.

    Attributes:
        until: when it was done, in seconds of the film.
        took_s: how long the processor was busy with it.
    """

    until: float
    took_s: float
    what: What


def played(
    look: Callable[[Each, float], What], frames: Iterable[tuple[int, Each]], fps: float,
    busy: Callable[[], float] = time.thread_time,
) -> Iterator[Look[What]]:  # fmt: skip
    """Let frames pass before somebody who takes the newest one whenever the last look is done.

    Args:
        look: takes a frame and its time in seconds of the film.
        frames: with their numbers in the film, from 0.
        busy: tells how long this thread has been at work, in seconds.
    """
    now = 0.0
    for number, frame in frames:
        if number < int(now * fps):
            continue
        began = busy()
        what = look(frame, number / fps)
        took_s = busy() - began
        now = max(now, number / fps) + took_s + UNPACKED_S
        yield Look(now, took_s, what)


def frames_of(source: Source) -> Iterator[tuple[int, Picture]]:
    """Give the frames of an open source with their numbers until it ends; raises CameraLost where it is torn."""
    for number in count():
        try:
            frame = source.read()
        except EOFError:
            return
        if frame is not None:
            yield number, frame

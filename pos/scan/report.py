"""What a scanner tells: its state, a preview to draw, and whom it calls."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from pos.domain.errors import DecoderMissing, DeviceError
from pos.scan.seen import Corners, Reading

if TYPE_CHECKING:
    from pos.scan.frame import Frame


class Stage(StrEnum):
    """What a scanner is doing."""

    OFF = "off"
    OPENING = "opening"
    LIVE = "live"
    LOST = "lost"
    ENDED = "ended"


class Hint(StrEnum):
    """What would help."""

    NONE = ""
    MORE_LIGHT = "more light"
    CLEAN_LENS = "clean the lens"
    FROZEN = "frozen"


@dataclass(frozen=True, slots=True)
class State:
    """What a scanner is doing, and with which source.

    Attributes:
        error: why the source is lost; it is tried again by itself.
    """

    stage: Stage
    source: str = ""
    error: DeviceError | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a code is on the preview.

    Attributes:
        is_counted: whether it has been handed over; else it is still being looked at.
    """

    corners: Corners
    is_counted: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """A small picture to draw and forget: at most 640 pixels wide, with the codes lately seen in it.

    Attributes:
        hint: what would help the camera to see better.
    """

    pixels: "Frame"
    marks: tuple[Mark, ...]
    hint: Hint = Hint.NONE


@dataclass(frozen=True, slots=True)
class Hooks:
    """Whom a scanner calls, on its own threads; a hook hops to its own thread and never blocks.

    Attributes:
        on_code: each text that counts, once.
        on_frame: the preview, at most 30 times a second.
        on_state: each change of state; OFF comes on the thread that called ``stop``.
        on_finding: a reading library that is missing, once; the others go on.
    """

    on_code: Callable[[Reading], None]
    on_frame: Callable[[Preview], None]
    on_state: Callable[[State], None]
    on_finding: Callable[[DecoderMissing], None]

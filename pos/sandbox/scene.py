"""A counter under a camera, drawn: goods and a phone slide in, lie a moment and are taken away.

It stands in for a camera in the demo and in tests, so that no video need be kept in the repository.
"""

import math
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from pos.domain.code import is_checked
from pos.domain.errors import VideoNotWritten
from pos.sandbox.canvas import Picture
from pos.sandbox.pictures import draw_phone, draw_product
from pos.scan.frame import Frame
from pos.scan.opencv import load

Size = tuple[int, int]
"""Width and height in pixels."""

HD: Size = (1280, 720)
SLIDE_S = 0.35
"""How long a thing takes to come to rest, and to be taken away; a third of its time at most."""
MODULE_PX = (2.2, 2.9)
"""Narrowest bar at 720 lines, as a camera of that size sees goods at arm's length."""
TURN_DEGREES = 14.0
"""Things lie up to this much askew, either way."""
NOISE = 5
"""Spread of a sensor's noise, in steps of 255."""
SHUTTER = 0.25
"""Share of a frame's time the shutter is open: what moves is smeared by it."""
_ROOM = 64


@dataclass(frozen=True, slots=True)
class Act:
    """One thing on the counter for a while, coming and going included.

    Attributes:
        gtin13: the goods shown, or empty.
        code: the payment code shown on a phone, or empty.
        name: printed on the goods, Latin letters only.
    """

    seconds: float
    gtin13: str = ""
    code: str = ""
    name: str = ""

    def __repr__(self) -> str:
        return f"Act({self.seconds} s, {self.gtin13 or ('a phone' if self.code else 'nothing')})"


@dataclass(frozen=True, slots=True)
class Scene:
    """Acts, one after the other."""

    acts: Sequence[Act]

    @property
    def seconds(self) -> float:
        """How long it plays."""
        return sum(act.seconds for act in self.acts)


def show_product(gtin13: str, seconds: float, name: str = "") -> Act:
    """Return goods on the counter; ``gtin13`` has a right check digit."""
    assert len(gtin13) == 13, gtin13
    assert is_checked(gtin13), gtin13
    return Act(seconds, gtin13=gtin13, name=name)


def show_phone(code: str, seconds: float) -> Act:
    """Return a customer's phone with a payment code on it."""
    return Act(seconds, code=code)


def empty(seconds: float) -> Act:
    """Return an empty counter."""
    return Act(seconds)


def frames(scene: Scene, fps: float = 30, size: Size = HD, seed: int = 0) -> Iterator[Frame]:
    """Draw a scene, one new frame at a time; the same seed gives the same frames."""
    chance = random.Random(seed)
    ground = _ground(size)
    grain = _Grain(size, chance)
    for act in scene.acts:
        thing = _Thing.of(act, size, chance)
        for turn in range(round(act.seconds * fps)):
            frame = ground.copy()
            if thing is not None:
                thing.put_on(frame, (turn + 0.5) / fps, 1 / fps)
            yield grain.over(frame)


def write_video(path: Path, frames: Iterable[Frame], fps: float = 30) -> None:
    """Write frames of one size to an .avi file of JPEG pictures.

    Raises:
        VideoNotWritten: the path cannot be written to.
    """
    cv2 = load()
    writer = None
    try:
        for frame in frames:
            if writer is None:
                height, width = frame.shape[:2]
                writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), fps, (width, height))
                if not writer.isOpened():
                    raise VideoNotWritten(path=path)
            writer.write(frame)
    finally:
        if writer is not None:
            writer.release()


@dataclass(frozen=True, slots=True)
class _Thing:
    """A picture on its way over the counter."""

    picture: Picture
    rest: tuple[float, float]
    degrees: float
    from_left: bool
    seconds: float
    drift: float

    @classmethod
    def of(cls, act: Act, size: Size, chance: random.Random) -> "_Thing | None":
        width, height = size
        lines = height / 720
        if act.gtin13:
            picture = draw_product(act.gtin13, act.name, chance.uniform(*MODULE_PX) * lines)
        elif act.code:
            picture = draw_phone(act.code, round(640 * lines))
        else:
            return None
        rest = width * chance.uniform(0.42, 0.58), height * chance.uniform(0.48, 0.52)
        degrees = chance.uniform(-TURN_DEGREES, TURN_DEGREES) * (0.4 if act.code else 1)
        return cls(picture, rest, degrees, chance.random() < 0.5, act.seconds, chance.uniform(0, math.tau))

    def put_on(self, frame: Frame, at: float, step: float) -> None:
        """Draw it as it is ``at`` seconds after it began to come."""
        across, down, degrees = self._place(at, frame.shape[1])
        speed = abs(self._place(at + step, frame.shape[1])[0] - across)
        height, width = self.picture.shape.shape
        reach = math.hypot(width, height) / 2 + 8
        left, top = max(int(across - reach), 0), max(int(down - reach), 0)
        right, bottom = min(int(across + reach), frame.shape[1]), min(int(down + reach), frame.shape[0])
        if right - left < 8 or bottom - top < 8:
            return
        part = frame[top:bottom, left:right]
        part[:] = self._over(part, (across - left, down - top), degrees, speed)

    def _over(self, part: Frame, middle: tuple[float, float], degrees: float, speed: float) -> Frame:
        cv2 = load()
        height, width = self.picture.shape.shape
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
        turn[:, 2] += middle[0] - width / 2, middle[1] - height / 2
        size = part.shape[1], part.shape[0]
        pixels = cv2.warpAffine(self.picture.pixels, turn, size, flags=cv2.INTER_LINEAR)
        shape = cv2.warpAffine(self.picture.shape, turn, size, flags=cv2.INTER_NEAREST)
        turn[:, 2] += 7, 9
        shadow = cv2.warpAffine(self.picture.shape, turn, size, flags=cv2.INTER_NEAREST)
        part = cv2.copyTo(cv2.convertScaleAbs(part, alpha=0.72), shadow, part.copy())
        part = cv2.copyTo(pixels, shape, part)
        smear = min(round(speed * SHUTTER), 31)
        lens: Frame = cv2.GaussianBlur(part, (3, 3), 0.5)
        return cv2.blur(lens, (smear, 1)) if smear > 1 else lens

    def _place(self, at: float, width: int) -> tuple[float, float, float]:
        slide = min(SLIDE_S, self.seconds / 3)
        away = max(1 - at / slide, 0.0) ** 2 + max(1 - (self.seconds - at) / slide, 0.0) ** 2
        side = -1 if self.from_left else 1
        sway = math.sin(at * 2.1 + self.drift)
        across = self.rest[0] + side * away * width * 0.85 + sway * 1.2
        return across, self.rest[1] + sway * 0.8, self.degrees + sway * 0.3 + away * 6


class _Grain:
    """A sensor's noise: one large field of it, laid on each frame at another place."""

    def __init__(self, size: Size, chance: random.Random) -> None:
        width, height = size
        field = np.random.default_rng(chance.randrange(2**32)).normal(0, NOISE, (height + _ROOM, width + _ROOM, 3))
        self._more = np.clip(field, 0, 255).astype(np.uint8)
        self._less = np.clip(-field, 0, 255).astype(np.uint8)
        self._size = size
        self._chance = chance

    def over(self, frame: Frame) -> Frame:
        cv2 = load()
        width, height = self._size
        down, across = self._chance.randrange(_ROOM), self._chance.randrange(_ROOM)
        cut = slice(down, down + height), slice(across, across + width)
        grained: Frame = cv2.subtract(cv2.add(frame, self._more[cut]), self._less[cut])
        return grained


@lru_cache(maxsize=4)
def _ground(size: Size) -> Frame:
    """A gray-green mat in a wooden counter, brighter under the lamp."""
    width, height = size
    cv2 = load()
    wood = np.full((height, width, 3), (96, 130, 160), np.uint8)
    rings = np.random.default_rng(3).normal(0, 9, (height, 1, 1)) + np.zeros((1, width, 1))
    wood = np.clip(wood + cv2.GaussianBlur(rings, (0, 0), 3)[..., None] * 2, 0, 255).astype(np.uint8)
    border = height // 12
    cv2.rectangle(wood, (border, border), (width - border, height - border), (104, 112, 100), -1)
    across = np.linspace(-1, 1, width)[None, :, None]
    down = np.linspace(-1, 1, height)[:, None, None]
    lamp = 1.12 - 0.3 * (across**2 + down**2) / 2
    ground: Frame = np.clip(wood * lamp, 0, 255).astype(np.uint8)
    return ground

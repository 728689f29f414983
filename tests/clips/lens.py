"""Lens: what a camera over a counter makes of a symbol: place, tilt, poor light, a shaky hand, a sensor's noise."""

import random
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from pos.scan.frame import Gray
from pos.scan.opencv import load
from tests.clips.symbols import Symbol

Floats = NDArray[np.float32]
Size = tuple[int, int]
"""Width and height in pixels."""

FULL_HD: Size = (1920, 1080)
HD: Size = (1280, 720)
DISTANCE = 6.0
"""From the camera to the label, in lengths of the label: it decides how strongly a tilt shows."""
FINER = 3
"""Times finer a symbol is drawn before it is brought to pixels."""
CELL = 8
GRAIN_ROOM = 64


@dataclass(frozen=True, slots=True)
class Pose:
    """Where a symbol is and how it is held; ``module`` in pixels, angles in degrees."""

    middle: tuple[float, float]
    module: float
    degrees: float = 0.0
    yaw: float = 0.0
    pitch: float = 0.0


@dataclass(frozen=True, slots=True)
class Look:
    """How a symbol appears.

    Attributes:
        contrast: share of the full span from ink to paper.
        blur: sigma of the focus, in pixels.
        smear: pixels it moves from left to right while the shutter is open.
        grid: pixels of a phone's screen in one module; 0 for paper.
        is_dark: light modules on a dark ground.
        glare: share of its width under a lamp's hot spot.
        curve: half the angle a can shows of itself, in radians.
    """

    contrast: float = 1.0
    blur: float = 0.7
    smear: float = 0.0
    grid: float = 0.0
    is_dark: bool = False
    glare: float = 0.0
    curve: float = 0.0


def put(frame: Floats, symbol: Symbol, pose: Pose, look: Look) -> None:
    """Draw a symbol into a gray frame from 0 to 255."""
    cv2 = load()
    cells = _surface(symbol, look)
    onto = _onto_frame(cells.shape, pose)
    left, top, right, bottom = _box(cells.shape, onto, frame.shape, margin=6 + 3 * look.blur + look.smear)
    if right - left < 8 or bottom - top < 8:
        return
    finer = np.array([[FINER, 0, (FINER - 1) / 2 - FINER * left], [0, FINER, (FINER - 1) / 2 - FINER * top], [0, 0, 1]])
    size = (right - left) * FINER, (bottom - top) * FINER
    drawn = cv2.warpPerspective(cells, finer @ onto, size, flags=cv2.INTER_LINEAR)
    share = cv2.warpPerspective(np.ones_like(cells), finer @ onto, size, flags=cv2.INTER_LINEAR)
    whole = (right - left, bottom - top)
    drawn = cv2.resize(drawn, whole, interpolation=cv2.INTER_AREA)
    share = cv2.resize(share, whole, interpolation=cv2.INTER_AREA)
    ink, paper = 130 - 100 * look.contrast, 130 + 100 * look.contrast
    part = frame[top:bottom, left:right]
    lit = part * (1 - share) + ink * share + drawn * (paper - ink)
    if look.glare:
        lit += _hot_spot(lit.shape, (pose.middle[0] - left, pose.middle[1] - top), look.glare * pose.module * 113)
    if look.smear > 1:
        lit = cv2.filter2D(lit, -1, _stroke(look.smear))
    part[:] = cv2.GaussianBlur(lit, (0, 0), look.blur) if look.blur else lit


def exposed(frame: Floats, noise: float, chance: random.Random) -> Gray:
    """Return what the sensor gives: whole numbers, with noise of a sigma."""
    height, width = frame.shape
    down, across = chance.randrange(GRAIN_ROOM), chance.randrange(GRAIN_ROOM)
    grain = _grain((width, height))[down : down + height, across : across + width]
    return np.asarray(np.clip(frame + noise * grain, 0, 255), dtype=np.uint8)


def banded(frame: Floats, number: int) -> Floats:
    """Return a frame with the bands a dimmed screen leaves on a sensor that is read row by row."""
    rows = np.arange(frame.shape[0], dtype=np.float32)[:, None] / frame.shape[0]
    return np.asarray(frame * (1 + 0.12 * np.sin((6 * rows + 0.11 * number) * 2 * np.pi)), dtype=np.float32)


@lru_cache(maxsize=8)
def ground(size: Size, seed: int) -> Floats:
    """Return a counter full of what is no code: print, stripes, boxes, wood; do not draw on it, copy it."""
    cv2 = load()
    width, height = size
    chance = random.Random(seed)
    across = np.linspace(chance.uniform(-25, 25), chance.uniform(-25, 25), width)[None, :]
    frame = np.ascontiguousarray(np.full(size[::-1], chance.uniform(110, 190)) + across, dtype=np.uint8)
    for _ in range(14):
        corner = chance.randrange(width), chance.randrange(height)
        other = corner[0] + chance.randrange(40, width // 3), corner[1] + chance.randrange(30, height // 3)
        cv2.rectangle(frame, corner, other, chance.uniform(40, 235), -1)
    for _ in range(20):
        where = chance.randrange(width), chance.randrange(height)
        words, font = "".join(chance.choices("ABEHKMNilt1|  ", k=18)), chance.choice([0, 2, 3])
        cv2.putText(frame, words, where, font, chance.uniform(0.4, 2.2), chance.uniform(0, 90), 1)
    for _ in range(3):
        _stripe(frame, chance)
    return np.asarray(cv2.GaussianBlur(frame, (0, 0), 0.8), dtype=np.float32)


def _stripe(frame: Gray, chance: random.Random) -> None:
    """Bars without a code: a fence, a grille, a knitted sleeve."""
    height, width = frame.shape
    left, top = chance.randrange(width - 300), chance.randrange(height - 120)
    tall, at = chance.randrange(30, 110), float(left)
    while at < left + 280:
        thick = chance.choice([2, 3, 4, 6, 8])
        frame[top : top + tall, int(at) : int(at + thick)] = chance.randrange(20, 80)
        at += thick + chance.choice([2, 3, 4, 6, 9])


def _surface(symbol: Symbol, look: Look) -> Floats:
    cells = (255 - symbol.cells if look.is_dark else symbol.cells).astype(np.float32) / 255
    surface: Floats = np.repeat(np.repeat(cells, CELL, axis=0), CELL, axis=1)
    if look.grid:
        down, across = (np.arange(side, dtype=np.float32) / CELL * look.grid % 1 > 0.12 for side in surface.shape)
        surface[~(down[:, None] & across[None])] *= 0.25
    return _on_can(surface, look.curve) if look.curve else surface


def _on_can(surface: Floats, curve: float) -> Floats:
    height, width = surface.shape
    share = (np.arange(width) / width - 0.5) * 2
    turned = np.arcsin(np.clip(share * np.sin(curve), -1, 1)) / curve
    across = np.repeat(((turned / 2 + 0.5) * width).astype(np.float32)[None], height, axis=0)
    down = np.repeat(np.arange(height, dtype=np.float32)[:, None], width, axis=1)
    return np.asarray(load().remap(surface, across, down, load().INTER_LINEAR), dtype=np.float32)


def _onto_frame(shape: tuple[int, ...], pose: Pose) -> NDArray[np.float64]:
    """Return the homography from the drawn surface onto the frame, of a pinhole camera straight above."""
    height, width = shape[0] / CELL, shape[1] / CELL
    far = DISTANCE * max(width, height)
    roll, yaw, pitch = np.radians([pose.degrees, pose.yaw, pose.pitch])
    turn = _about(2, roll) @ _about(1, yaw) @ _about(0, pitch)
    camera = np.array([[pose.module * far, 0, pose.middle[0]], [0, pose.module * far, pose.middle[1]], [0, 0, 1.0]])
    plane = np.column_stack([turn[:, 0], turn[:, 1], [0, 0, far]])
    centred = np.array([[1 / CELL, 0, -width / 2], [0, 1 / CELL, -height / 2], [0, 0, 1.0]])
    return np.asarray(camera @ plane @ centred, dtype=np.float64)


def _about(axis: int, angle: float) -> NDArray[np.float64]:
    cos, sin = np.cos(angle), np.sin(angle)
    one, other = (each for each in range(3) if each != axis)
    turn = np.eye(3)
    turn[one, one] = turn[other, other] = cos
    turn[one, other], turn[other, one] = -sin, sin
    return turn


def _box(
    shape: tuple[int, ...], onto: NDArray[np.float64], frame: tuple[int, ...], margin: float
) -> tuple[int, int, int, int]:
    height, width = shape
    corners = onto @ np.array([[0, 0, 1], [width, 0, 1], [width, height, 1], [0, height, 1]]).T
    xs, ys = corners[0] / corners[2], corners[1] / corners[2]
    left, top = max(int(xs.min() - margin), 0), max(int(ys.min() - margin), 0)
    return left, top, min(int(xs.max() + margin), frame[1]), min(int(ys.max() + margin), frame[0])


def _hot_spot(shape: tuple[int, ...], middle: tuple[float, float], wide: float) -> Floats:
    down, across = np.mgrid[0 : shape[0], 0 : shape[1]].astype(np.float32)
    away = ((across - middle[0]) / (wide / 2)) ** 2 + ((down - middle[1]) / wide) ** 2
    return np.asarray(320 * np.exp(-away), dtype=np.float32)


def _stroke(length: float) -> Floats:
    """Return a box filter of a length that need not be whole."""
    reach = int(np.ceil((length - 1) / 2))
    stroke = np.ones(2 * reach + 1, np.float32)
    stroke[0] = stroke[-1] = 1 - (len(stroke) - length) / 2
    return np.asarray(stroke[None] / stroke.sum(), dtype=np.float32)


@lru_cache(maxsize=2)
def _grain(size: Size) -> Floats:
    width, height = size
    field = np.random.default_rng(7).standard_normal((height + GRAIN_ROOM, width + GRAIN_ROOM), dtype=np.float32)
    return np.asarray(field, dtype=np.float32)

"""Films: ten classes of goods and phones that are brought before the camera, eight clips of each."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from pos.scan.frame import Gray
from pos.scan.seen import Symbology
from tests.clips.lens import FULL_HD, Floats, Look, Pose, banded, exposed, ground, put
from tests.clips.symbols import Symbol, draw_symbol

FRAMES = 36
FPS = 30
EACH = 8
"""Clips of a class."""
LEAD = 15
"""Frames of the counter before anything is brought, as a camera over it sees it all day."""
ARRIVED = 14
"""Frames from then on until the hand holds still and the focus has followed."""


@dataclass(frozen=True, slots=True)
class Film:
    """How one thing is brought before the camera.

    Attributes:
        blur: sigma of the focus at first and at the end, in pixels.
        speed: pixels a frame at first, and at the end.
        shutter: share of a frame's time it is open.
        light: share of the full span from black to white that is left of the whole picture.
    """

    name: str
    symbol: Symbol
    pose: Pose
    look: Look = field(default_factory=Look)
    blur: tuple[float, float] = (2.2, 0.7)
    speed: tuple[float, float] = (110.0, 1.5)
    shutter: float = 0.4
    noise: float = 4.0
    light: float = 1.0
    is_screen: bool = False
    seed: int = 0


def films(classes: str = "ABCDEFGHIJ", each: int = EACH) -> Iterator[Film]:
    """Give the clips of these classes; the same ones every time."""
    for letter in classes:
        for number in range(each):
            yield _film(letter, number)


def frames(film: Film) -> Iterator[Gray]:
    """Draw a film, frame by frame, at 1080p."""
    across, stops_at = 200.0 if film.speed[0] > film.speed[1] else 60.0, film.pose.middle[0]
    scene = ground(FULL_HD, film.seed % 8)
    for number in range(LEAD):
        yield _taken(film, scene, number - LEAD, random.Random(f"{film.name}/{number - LEAD}"))
    for number in range(FRAMES):
        chance = random.Random(f"{film.name}/{number}")
        last = film.speed[1] * (chance.uniform(0.2, 1.6) if film.speed[0] > film.speed[1] else 1.0)
        speed = max(last, min(film.speed[0], (stops_at - across) * 0.25))
        across += speed
        share = min(1.0, number / ARRIVED)
        look = replace(film.look, smear=speed * film.shutter, blur=film.blur[0] + (film.blur[1] - film.blur[0]) * share)
        pose = replace(
            film.pose, middle=(across, film.pose.middle[1] + chance.gauss(0, 1)),
            degrees=film.pose.degrees + chance.gauss(0, 0.4),
        )  # fmt: skip
        frame = scene.copy()
        put(frame, film.symbol, pose, look)
        yield _taken(film, frame, number, chance)


def _taken(film: Film, frame: Floats, number: int, chance: random.Random) -> Gray:
    lit = banded(frame, number) if film.is_screen else 130 + (frame - 130) * film.light
    return exposed(lit, film.noise, chance)


def _film(letter: str, number: int) -> Film:
    chance = random.Random(f"{letter}{number}")
    name, symbology, change = CLASSES[letter]
    pose = Pose(
        (chance.uniform(800, 1100), 540 + chance.uniform(-120, 120)), module=2.2, degrees=chance.uniform(-12, 12),
        yaw=chance.uniform(-15, 15), pitch=chance.uniform(-15, 15),
    )  # fmt: skip
    film = Film(f"{letter}{number} {name}", draw_symbol(symbology, chance), pose, seed=chance.randrange(1 << 30))
    return change(film, chance)


Change = Callable[[Film, random.Random], Film]


def _small(film: Film, chance: random.Random) -> Film:
    return replace(film, pose=replace(film.pose, module=chance.uniform(1.2, 1.4)))


def _defocused(film: Film, chance: random.Random) -> Film:
    return replace(film, pose=replace(film.pose, module=2.0), blur=(2.4, chance.uniform(1.4, 1.8)))


def _dim(film: Film, _chance: random.Random) -> Film:
    return replace(film, light=0.3, noise=12.0, shutter=0.9)


def _glaring_can(film: Film, _chance: random.Random) -> Film:
    return replace(film, pose=replace(film.pose, module=2.4), look=Look(glare=0.3, curve=1.0))


def _askew(film: Film, chance: random.Random) -> Film:
    degrees = chance.choice([-1, 1]) * chance.uniform(30, 60)
    return replace(film, pose=replace(film.pose, degrees=degrees, yaw=chance.uniform(25, 45)))


def _swiped(film: Film, chance: random.Random) -> Film:
    speed = chance.uniform(45, 60)
    return replace(film, speed=(speed, speed), shutter=0.15, blur=(0.8, 0.8))


def _phone_qr(film: Film, chance: random.Random) -> Film:
    pose = replace(film.pose, module=chance.uniform(4, 7))
    look = Look(contrast=1.1, grid=chance.uniform(3, 5))
    return replace(film, pose=pose, look=look, blur=(2.5, 0.9), noise=6.0, is_screen=True)


def _phone_bars(film: Film, chance: random.Random) -> Film:
    pose = replace(film.pose, module=chance.uniform(1.8, 2.4))
    look = Look(contrast=1.1, grid=chance.uniform(2, 3))
    return replace(film, pose=pose, look=look, blur=(2.0, 0.8), noise=6.0, is_screen=True)


def _dark_phone(film: Film, _chance: random.Random) -> Film:
    look = Look(contrast=0.45, grid=4.0, is_dark=True)
    return replace(
        film, pose=replace(film.pose, module=5.0), look=look, blur=(2.0, 0.9), noise=8.0, is_screen=True
    )  # fmt: skip


CLASSES: dict[str, tuple[str, Symbology, Change]] = {
    "A": ("goods held well", Symbology.EAN13, lambda film, _chance: film),
    "B": ("small, 1.2 to 1.4 px a module", Symbology.EAN13, _small),
    "C": ("out of focus", Symbology.EAN13, _defocused),
    "D": ("low light", Symbology.EAN13, _dim),
    "E": ("can under a lamp", Symbology.EAN13, _glaring_can),
    "F": ("askew and tilted", Symbology.EAN13, _askew),
    "G": ("swiped, never still", Symbology.EAN13, _swiped),
    "H": ("QR on a phone", Symbology.QR, _phone_qr),
    "I": ("bars on a phone", Symbology.CODE128, _phone_bars),
    "J": ("QR on a dimmed phone, dark mode", Symbology.QR, _dark_phone),
}
"""Name, symbology, and what makes it hard."""

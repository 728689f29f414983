"""Baskets: two to six EAN-13 on one counter, every second one out of focus, as high and low goods are to one camera.

``python -m tests.clips.baskets BASKETS`` shows so many for three seconds each and prints what was read when.
"""

import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from pos.scan.film import played
from pos.scan.frame import Frame
from pos.scan.measure import canonical
from pos.scan.opencv import load
from pos.scan.seen import Symbology
from tests.clips.films import FPS
from tests.clips.lens import FULL_HD, Look, Pose, exposed, ground, put
from tests.clips.play import Code, OurReader
from tests.clips.symbols import Symbol, draw_symbol

LEAD, LIES = 6, 90
"""Frames of the empty counter, and of the basket."""
PLACES = [(x, y) for y in (300, 780) for x in (360, 960, 1560)]
SHARP_PX, OUT_OF_FOCUS = 0.7, (0.6, 0.9)
"""Sigma of the focus in pixels; of what is out of focus in modules."""


@dataclass(frozen=True, slots=True)
class Lain:
    """One label of a basket.

    Attributes:
        is_sharp: it is in focus.
        seconds: from when it lay there until it counted; None for never.
    """

    is_sharp: bool
    seconds: float | None


def show(seed: int) -> tuple[list[Lain], Counter[str]]:
    """Show one basket, and return its labels and how often something was "wrong" or counted "twice"."""
    load().setNumThreads(1)
    chance = random.Random(seed)
    things = dict(_things(chance))
    reader, counted, slips = OurReader(), dict[Code, float](), Counter[str]()
    for look in played(reader.look, enumerate(_frames(things, seed, chance)), FPS):
        for code in look.what:
            slips["wrong"] += code not in things
            slips["twice"] += code in counted
            counted.setdefault(code, look.until - LEAD / FPS)
    return [Lain(focus.blur == SHARP_PX, counted.get(code)) for code, (_, _, focus) in things.items()], slips


def _things(chance: random.Random) -> Iterator[tuple[Code, tuple[Symbol, Pose, Look]]]:
    places = chance.sample(PLACES, chance.choice([2, 3, 4, 6]))
    for number, (x, y) in enumerate(places):
        symbol, module = draw_symbol(Symbology.EAN13, chance), chance.uniform(2.0, 2.8)
        pose = Pose((x + chance.uniform(-30, 30), y + chance.uniform(-30, 30)), module, chance.uniform(-25, 25))
        blur = chance.uniform(*OUT_OF_FOCUS) * module if number % 2 else SHARP_PX
        code = canonical(symbol.symbology, symbol.text)
        yield code, (symbol, pose, Look(contrast=chance.uniform(0.5, 1), blur=blur))


def _frames(things: dict[Code, tuple[Symbol, Pose, Look]], seed: int, chance: random.Random) -> Iterator[Frame]:
    """Give the frames: every second basket lies on a counter full of what is no code, the others on a plain one."""
    width, height = FULL_HD
    empty = ground(FULL_HD, 500 + seed) if seed % 2 else np.full((height, width), 150, np.float32)
    full = empty.copy()
    for thing in things.values():
        put(full, *thing)
    noise = chance.uniform(2, 6)
    shots = [np.asarray(load().cvtColor(exposed(full, noise, chance), load().COLOR_GRAY2BGR)) for _ in range(8)]
    nothing = np.asarray(load().cvtColor(exposed(empty, noise, chance), load().COLOR_GRAY2BGR))
    yield from [nothing] * LEAD
    yield from (shots[number % len(shots)] for number in range(LIES))


def main() -> int:
    """Show the baskets asked for, and return 0 only when nothing wrong and nothing twice counted."""
    labels, slips = list[Lain](), Counter[str]()
    for seed in range(int(sys.argv[1])):
        some, wrong = show(seed)
        labels += some
        slips += wrong
    for name, is_sharp in (("in focus", True), ("out of focus", False)):
        times = sorted(each.seconds for each in labels if each.is_sharp is is_sharp and each.seconds is not None)
        count, soon = sum(each.is_sharp is is_sharp for each in labels), sum(each < 0.5 for each in times)
        sys.stdout.write(f"{name}: {count} labels, {len(times)} read, {soon} of them within half a second\n")
    sys.stdout.write(f"{slips['wrong']} wrong, {slips['twice']} twice\n")
    return 1 if slips.total() else 0


if __name__ == "__main__":
    sys.exit(main())

"""Endless: a counter for as many frames as wanted: empty, with one code, with two; every text that counts is judged.

``python -m tests.clips.endless FRAMES [PROCESSES]`` shows so many and prints what came of it, part after part.
"""

import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field

from pos.scan.eye import Eye
from pos.scan.frame import Shot
from pos.scan.measure import canonical
from pos.scan.opencv import load
from pos.scan.seen import Reading, Symbology
from tests.clips.lens import HD, Look, Pose, exposed, ground, put
from tests.clips.symbols import Symbol, draw_symbol

FPS = 30
ACT = 24
"""Frames each thing lies there."""
GONE = 36
"""Frames with nothing after it, or half as many."""
PAIRS_EVERY, EMPTY_SHARE = 4, 0.4
PART = 2_000
"""Frames of one counter; the next part is another counter."""
KINDS = (
    *(Symbology.EAN13,) * 5, Symbology.UPCA, Symbology.EAN8, Symbology.UPCE, Symbology.CODE128, Symbology.CODE39,
    Symbology.ITF, Symbology.QR, Symbology.DATA_MATRIX, Symbology.DATABAR, Symbology.DATABAR_EXPANDED,
)  # fmt: skip


@dataclass(slots=True)
class Judged:
    """What came of it.

    Attributes:
        frames: by how many codes were in view: 0, 1, 2.
        shown: symbols that were shown.
        read: of them.
        again: those that counted more than once.
        wrong: texts that counted and were not in view, of kinds that count by themselves.
        let_pass: the same of weak kinds, which the till takes only when its catalogue knows them.
    """

    frames: Counter[int] = field(default_factory=Counter)
    shown: int = 0
    read: int = 0
    again: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    let_pass: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.frames.total()} frames, {self.frames[0]} empty, {self.frames[2]} with two codes; {self.shown} codes"
            f" shown, {self.read} read, {len(self.again)} twice {self.again}; {len(self.wrong)} wrong {self.wrong},"
            f" {len(self.let_pass)} weak and unknown {self.let_pass}"
        )

    def add(self, other: "Judged") -> None:
        """Take in what came of another part."""
        self.frames.update(other.frames)
        self.shown += other.shown
        self.read += other.read
        self.again += other.again
        self.wrong += other.wrong
        self.let_pass += other.let_pass


@dataclass(slots=True)
class _Act:
    frames: int
    things: list[tuple[Symbol, Pose, Look]] = field(default_factory=list)
    counted: Counter[str] = field(default_factory=Counter)

    @property
    def right(self) -> set[str]:
        """Family and text of each code that is shown."""
        return {canonical(symbol.symbology, symbol.text) for symbol, _, _ in self.things}


def parts(frames: int, processes: int) -> Iterator[Judged]:
    """Show so many frames in parts, and give what has come of all so far after each."""
    judged, seeds = Judged(), range(-(-frames // PART))
    with ProcessPoolExecutor(processes) as pool:
        for part in pool.map(judge, [PART] * len(seeds), seeds):
            judged.add(part)
            yield judged


def judge(frames: int, seed: int) -> Judged:
    """Look at so many frames of 720p and more until the act ends; the same seed gives the same frames."""
    load().setNumThreads(1)
    eye, judged, number = Eye(), Judged(), 0
    assert eye.wake()
    chance = random.Random(seed)
    before: set[str] = set()
    for act in _acts(chance):
        if number >= frames:
            break
        scene = ground(HD, seed * 1000 + number // 500)
        noise = chance.uniform(2, 10)
        for _ in range(act.frames):
            frame = scene.copy()
            for symbol, pose, look in act.things:
                put(frame, symbol, _shaken(pose, chance), look)
            picture = load().cvtColor(exposed(frame, noise, chance), load().COLOR_GRAY2BGR)
            _, readings = eye.look(Shot(picture, number / FPS), time.thread_time)
            _judge(judged, act, before, readings)
            number += 1
        judged.frames[len(act.things)] += act.frames
        judged.shown += len(act.things)
        judged.read += sum(act.counted[code] > 0 for code in act.right)
        judged.again += [code for code in act.right if act.counted[code] > 1]
        before = act.right
    return judged


def _judge(judged: Judged, act: _Act, before: set[str], readings: list[Reading]) -> None:
    for reading in readings:
        code = canonical(reading.symbology, reading.text)
        act.counted[code] += 1
        if code not in act.right | before:
            (judged.let_pass if reading.is_weak else judged.wrong).append(code)


def _acts(chance: random.Random) -> Iterator[_Act]:
    """Give one thing, then nothing, for ever; every fourth time two, now and then long nothing."""
    number = 0
    while True:
        number += 1
        pair = number % PAIRS_EVERY == 0
        middles = [(380.0, 360.0), (900.0, 360.0)] if pair else [(chance.uniform(400, 880), chance.uniform(280, 440))]
        yield _Act(ACT, [_thing(middle, chance, is_pair=pair) for middle in middles])
        yield _Act(GONE if chance.random() < EMPTY_SHARE else GONE // 2)


def _thing(middle: tuple[float, float], chance: random.Random, *, is_pair: bool) -> tuple[Symbol, Pose, Look]:
    symbology = chance.choice(KINDS)
    symbol = draw_symbol(symbology, chance)
    room = 420 if is_pair else 620
    module = min(
        room / max(symbol.cells.shape), chance.uniform(3, 7) if symbology.is_square else chance.uniform(1.2, 3)
    )
    degrees = chance.choice([chance.uniform(-15, 15), chance.uniform(0, 360)])
    pose = Pose(middle, module, degrees, yaw=chance.uniform(-30, 30), pitch=chance.uniform(-30, 30))
    look = Look(
        contrast=chance.uniform(0.4, 1.0), blur=chance.uniform(0.4, 0.55 * module), smear=chance.uniform(0, module),
        is_dark=symbology is Symbology.QR and chance.random() < 0.3,
    )  # fmt: skip
    return symbol, pose, look


def _shaken(pose: Pose, chance: random.Random) -> Pose:
    across, down = pose.middle
    middle = (across + chance.gauss(0, 0.8), down + chance.gauss(0, 0.8))
    return Pose(middle, pose.module, pose.degrees + chance.gauss(0, 0.3), pose.yaw, pose.pitch)


def main() -> int:
    """Show the frames asked for, and return 0 only when nothing wrong counted."""
    frames, *processes = (int(word) for word in sys.argv[1:])
    judged = Judged()
    for judged in parts(frames, *(processes or [1])):
        sys.stdout.write(f"{judged}\n")
        sys.stdout.flush()
    return 1 if judged.wrong else 0


if __name__ == "__main__":
    sys.exit(main())

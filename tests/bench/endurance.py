"""``python -m tests.bench.endurance FRAMES``: a camera's frames through the whole watch, as fast as they go.

The camera's clock goes on by a frame with each, so every one of them is shown; the reading thread looks at as many as
it can. Memory on the way is printed as JSON.
"""

import json
import os
import sys
import threading
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

from pos.sandbox.scene import Scene, empty, frames, show_phone, show_product
from pos.scan.opencv import load
from pos.scan.packed import Jpeg, Picture, as_jpeg
from pos.scan.report import Preview, Stage, State
from pos.scan.scanner import Scanner
from pos.scan.seen import Reading
from tests.fake_time import FakeClock

FPS = 30
MARKS = 11
"""Times memory is looked at, evenly spread; the first tenth is for what is built on first use."""
GOODS = ("6901028075831", "6902083886455", "6921168509256")


class Belt:
    """A camera that gives packed pictures of goods and a phone, over and over."""

    name, fps = "belt", 0.0

    def __init__(self, wanted: int, clock: FakeClock) -> None:
        """Draw the pictures once; they stay packed."""
        self.given, self.memory_kb = 0, [0] * MARKS
        self._wanted, self._clock = wanted, clock
        self._pictures: Iterator[Jpeg] = cycle(_pictures())

    def open(self) -> None:
        """Nothing to open."""

    def read(self) -> Picture:
        """Give the next picture; EOFError after the last."""
        if self.given % (self._wanted // (MARKS - 1)) == 0:
            self.memory_kb[self.given * (MARKS - 1) // self._wanted] = resident_kb()
        if self.given >= self._wanted:
            raise EOFError(self.name)
        self.given += 1
        self._clock.advance(1 / FPS)
        return next(self._pictures)

    def close(self) -> None:
        """Nothing to close."""


def resident_kb() -> int:
    """Return the memory this process has in use, in KB (Linux)."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 1024


def _pictures() -> list[Jpeg]:
    acts = [each for code in GOODS for each in (show_product(code, 1.0), empty(0.5))]
    scene = Scene([*acts, show_phone("287612345678901234", 1.0), empty(1.5)])
    packed = (load().imencode(".jpg", frame)[1] for frame in frames(scene, FPS))
    return [jpeg for raw in packed if (jpeg := as_jpeg(raw, (720, 1280, 3)))]


def main() -> int:
    """Run the belt and print memory."""
    clock, ended = FakeClock(), threading.Event()
    belt = Belt(int(sys.argv[1]), clock)
    counted = {"previews": 0, "readings": 0}

    def on_frame(_preview: Preview) -> None:
        counted["previews"] += 1

    def on_code(_reading: Reading) -> None:
        counted["readings"] += 1

    def on_state(state: State) -> None:
        if state.stage is Stage.ENDED:
            ended.set()

    scanner = Scanner(belt, on_code=on_code, on_frame=on_frame, on_state=on_state, clock=clock)
    scanner.start()
    ended.wait()
    scanner.stop()
    sys.stdout.write(json.dumps({"frames": belt.given, "memory_kb": belt.memory_kb, **counted}))
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Scanning: the window with a film as its camera, memory over 100,000 frames, an endless counter, films in ten classes.

All of it takes two hours on two cores, so nobody gets it unasked, and each part can be had alone.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from pos.sandbox.scene import Scene, empty, frames, show_product, write_video
from pos.scan.opencv import load
from tests.bench.endurance import GOODS
from tests.clips import endless, stage
from tests.clips.lens import FULL_HD
from tests.x_server import x_server

LIVE_S = 60.0
BELT_FRAMES = 100_000
ENDLESS_FRAMES = 52_000
HEADING = (
    "the window (a film of 1080p at 30 fps as its camera), memory, an endless counter, films beside bare libraries"
)


@dataclass(frozen=True, slots=True)
class Measured:
    """A name and its figures."""

    name: str
    figures: dict[str, float]

    def as_row(self) -> dict[str, object]:
        """The figures for a machine to read."""
        return {"name": self.name, **self.figures}

    def __str__(self) -> str:
        return f"{self.name:36} " + ", ".join(f"{value:g} {name}" for name, value in self.figures.items())


Row = Measured | stage.Row


def measure() -> list[Row]:
    """Measure all of it."""
    return [row for _, part in PARTS.values() for row in part()]


def _films() -> list[stage.Row]:
    load().setNumThreads(1)
    return stage.rows(stage.show())


def _endless() -> list[Measured]:
    *_, judged = endless.parts(ENDLESS_FRAMES, os.cpu_count() or 1)
    return [Measured("a counter without end", {
        "frames": judged.frames.total(), "without a code": judged.frames[0], "with two": judged.frames[2],
        "codes shown": judged.shown, "read": judged.read, "twice": len(judged.again), "wrong": len(judged.wrong),
        "weak and unknown": len(judged.let_pass),
    })]  # fmt: skip


def _live() -> list[Measured]:
    """Return the window with a film as its camera, and without a camera, on an X server of its own."""
    with tempfile.TemporaryDirectory() as folder, x_server() as screen:
        film = Path(folder, "goods.avi")
        acts = [act for code in GOODS for act in (show_product(code, 1.2), empty(0.6))]
        write_video(film, frames(Scene(acts), 30, FULL_HD))
        return [
            _window("window, scanning", screen, Path(folder, "scanning"), str(film)),
            _window("window, without a camera", screen, Path(folder, "still")),
        ]


def _window(name: str, screen: dict[str, str], folder: Path, *film: str) -> Measured:
    said = _run("tests.bench.live", str(folder), str(LIVE_S), *film, env=screen)
    assert said["platform"] == "xcb"
    assert said["stage"] == "sell"
    waited = sorted(said["waited_ms"])
    return Measured(name, {
        "pictures a second": round(said["pictures"], 1), "paints a second": round(said["paints"], 1),
        "ms an event waits": round(median(waited), 2), "ms p99": round(waited[int(0.99 * (len(waited) - 1))], 2),
        "readings": said["readings"],
    })  # fmt: skip


def _belt() -> list[Measured]:
    said = _run("tests.bench.endurance", str(BELT_FRAMES))
    first, *_, last = said["memory_kb"][1:]
    return [Measured("memory while scanning", {
        "frames": said["frames"], "previews": said["previews"], "readings": said["readings"],
        "KB after a tenth": first, "KB at the end": last, "KB at most": max(said["memory_kb"]),
    })]  # fmt: skip


def _run(module: str, *arguments: str, env: dict[str, str] | None = None) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments], env=os.environ | (env or {}), capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    said: dict[str, Any] = json.loads(done.stdout)
    return said


PARTS: dict[str, tuple[str, Callable[[], Sequence[Row]]]] = {
    "window": ("the window, a film of 1080p at 30 fps as its camera", _live),
    "memory": ("memory, packed frames of 720p through the whole watch", _belt),
    "endless": ("every text that counts over a counter without end is judged", _endless),
    "films": (stage.HEADING, _films),
}
"""Heading and measurement by the name each part can be asked for."""

"""Stage: every film onto disk and before every reader; figures by class."""

import os
import tempfile
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from pos.sandbox.scene import write_video
from pos.scan.opencv import load
from tests.clips.films import CLASSES, FPS, Film, films, frames
from tests.clips.play import Played, filmed, play, readable_from, readers


@dataclass(frozen=True, slots=True)
class Shown:
    """One film, from which frame on it can be read by anybody, and what each reader made of it."""

    film: Film
    readable: int | None
    played: Sequence[Played]


@dataclass(frozen=True, slots=True)
class Row:
    """What a reader made of some films.

    Attributes:
        read: films whose text counted.
        wrong: films in which any other text counted.
        twice: films whose text counted more than once.
        latency_ms: from the first frame anybody can read until the text counted, for each film read.
        look_ms: what the processor was busy with each look.
    """

    name: str
    reader: str
    films: int
    readable: int
    read: int
    wrong: int
    twice: int
    latency_ms: list[float]
    look_ms: list[float]

    def as_row(self) -> dict[str, object]:
        """The figures for a machine to read."""
        return {
            "name": self.name, "reader": self.reader, "films": self.films, "readable": self.readable,
            "read": self.read, "wrong": self.wrong, "twice": self.twice,
            "latency_ms_p50": _round(self.latency_ms, 0.5), "latency_ms_p95": _round(self.latency_ms, 0.95),
            "look_ms_p50": _round(self.look_ms, 0.5), "look_ms_p95": _round(self.look_ms, 0.95),
        }  # fmt: skip

    def __str__(self) -> str:
        row = self.as_row()
        latency = f"{row['latency_ms_p50'] or '-':>8} {row['latency_ms_p95'] or '-':>6}"
        looks = f"{row['look_ms_p50']:>8} {row['look_ms_p95']:>6}"
        return (
            f"{self.name:36} {self.reader:8} {self.read:4} of {self.readable:2} readable of {self.films:2}"
            f" {self.wrong:6} {latency} {looks}"
        )


HEADING = f"{'films':36} {'reader':8} {'read':>26} {'wrong':>6} {'ms until':>8} {'p95':>6} {'ms a look':>8} {'p95':>6}"


def show(classes: str = "ABCDEFGHIJ", each: int = 8) -> list[Shown]:
    """Write the films, see from where on each can be read, and play them one at a time to every reader."""
    cast = list(films(classes, each))
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, f"{number}.avi") for number in range(len(cast))]
        with ProcessPoolExecutor(os.cpu_count()) as pool:
            readable = list(pool.map(_shoot, cast, paths))
        return [
            Shown(film, first, _play_all(film, path)) for film, first, path in zip(cast, readable, paths, strict=True)
        ]


def rows(shown: Sequence[Shown]) -> list[Row]:
    """Return the figures of each class, then of all, for each reader."""
    by_class = {letter: [each for each in shown if each.film.name[0] == letter] for letter in CLASSES}
    named = {f"{letter} {CLASSES[letter][0]}": some for letter, some in by_class.items() if some}
    return [
        _row(name, reader, some)
        for name, some in {**named, "all": list(shown)}.items()
        for reader in readers()
    ]  # fmt: skip


def _shoot(film: Film, path: Path) -> int | None:
    cv2 = load()
    cv2.setNumThreads(1)
    write_video(path, (cv2.cvtColor(frame, cv2.COLOR_GRAY2BGR) for frame in frames(film)), FPS)
    return readable_from(film, filmed(path))


def _play_all(film: Film, path: Path) -> list[Played]:
    shots = filmed(path)
    return [play(film, shots, name, make()) for name, make in readers().items()]


def _row(name: str, reader: str, shown: Sequence[Shown]) -> Row:
    played = [(each, one) for each in shown for one in each.played if one.reader == reader]
    latency = [
        1000 * (one.read_at - each.readable / FPS)
        for each, one in played
        if one.read_at is not None and each.readable is not None
    ]
    return Row(
        name, reader, len(played), sum(each.readable is not None for each, _ in played),
        sum(one.read_at is not None for _, one in played), sum(bool(one.wrong) for _, one in played),
        sum(one.times > 1 for _, one in played), latency, [ms for _, one in played for ms in one.look_ms],
    )  # fmt: skip


def _round(values: Sequence[float], share: float) -> int | None:
    if not values:
        return None
    return round(median(values) if share == 0.5 else sorted(values)[int(share * (len(values) - 1))])

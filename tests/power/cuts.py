"""Power cuts: after every operation of every scene, images of what may be left, each judged.

``python -m tests.power.cuts SEED SCENE CUT NUMBER`` makes one image again and judges it.
"""

import os
import pickle
import subprocess
import sys
import time
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import count
from multiprocessing import get_context
from pathlib import Path
from random import Random

from tests.fakes import quick_folder
from tests.power.judge import Judge
from tests.power.tape import Disk, Files, Recording

ROOT = Path(__file__).parents[2]
MODES = ("none", "all", "some", "prefix", *["some"] * 8)
"""How images of one moment differ; where little is unsafe there are fewer of them."""

Image = tuple[int, int]
"""After how many operations, and which of its images."""


@dataclass(slots=True)
class Tally:
    """What many images came to.

    Attributes:
        images: different ones; the same files with the same promises count once.
        repeats: made again by chance and not judged again.
        by_scene: images by scene.
        audits: how often books were folded and audited anew.
        failed: what went wrong, by what makes the image again.
    """

    images: int = 0
    repeats: int = 0
    audits: int = 0
    operations: int = 0
    cpu_s: float = 0.0
    by_scene: Counter[str] = field(default_factory=Counter)
    failed: dict[str, str] = field(default_factory=dict)

    def merge(self, other: "Tally") -> None:
        """Count what another process counted."""
        self.images, self.repeats = self.images + other.images, self.repeats + other.repeats
        self.audits, self.operations = self.audits + other.audits, self.operations + other.operations
        self.cpu_s += other.cpu_s
        self.by_scene.update(other.by_scene)
        self.failed |= other.failed

    def __str__(self) -> str:
        scenes = ", ".join(f"{name} {count}" for name, count in sorted(self.by_scene.items()))
        return (
            f"{self.images} images of {self.operations} operations ({scenes}), {len(self.failed)} failed;"
            f" {self.audits} folds and audits, {self.repeats} repeats left out, {self.cpu_s:.0f} s of one core"
        )


def record(seed: int, scenes: Sequence[str]) -> list[Recording]:
    """Play scenes in a process whose disk is watched."""
    command = [sys.executable, "-m", "tests.power.record", str(seed), *scenes]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    recordings: list[Recording] = pickle.loads(done.stdout)
    return recordings


def images(recording: Recording) -> Iterator[tuple[Image, Files]]:
    """Give images of a power cut after every operation; many where much is unsafe, one where nothing is."""
    disk = Disk(recording.base)
    for cut, op in enumerate(recording.ops, 1):
        disk.play([op])
        for number in range(min(len(MODES), 1 + 2 * disk.unsafe)):
            yield (cut, number), _image(disk, recording, cut, number)


def judge_all(recording: Recording) -> Tally:
    """Judge images of a power cut after every operation of a scene."""
    began, tally, seen = time.process_time(), Tally(operations=len(recording.ops)), set[int]()
    with quick_folder() as folder:
        judge = Judge(folder)
        for (cut, number), files in images(recording):
            played = recording.ops[:cut]
            key = hash((*sorted(files.items()), sum(op.kind in {"commit", "said"} for op in played)))
            if key in seen:
                tally.repeats += 1
                continue
            seen.add(key)
            try:
                judge.judge(recording, played, files)
            except Exception as reason:  # noqa: BLE001  (whatever it is, it is this image's)
                tally.failed[f'{recording.seed} "{recording.scene}" {cut} {number}'] = repr(reason)
    tally.images, tally.audits = judge.images, judge.audits
    tally.by_scene[recording.scene] = judge.images
    tally.cpu_s = time.process_time() - began
    return tally


def run_many(seed: int, scenes: Sequence[str], wanted: int) -> Tally:
    """Judge at least so many images on all cores: of every scene under this seed, then under the next, and so on."""
    tally, cores = Tally(), os.cpu_count() or 1
    recordings = (each for number in count(seed) for each in record(number, scenes))
    with ProcessPoolExecutor(cores, mp_context=get_context("spawn")) as pool:
        waiting: deque[Future[Tally]] = deque()
        while waiting or tally.images < wanted:
            if tally.images < wanted and len(waiting) <= cores:
                waiting.append(pool.submit(judge_all, next(recordings)))
            else:
                tally.merge(waiting.popleft().result())
    return tally


def again(seed: int, scene: str, cut: int, number: int) -> None:
    """Make one image again and judge it.

    Raises:
        AssertionError, PosError: as it failed before.
    """
    (recording,) = record(seed, [scene])
    disk = Disk(recording.base)
    disk.play(recording.ops[:cut])
    with quick_folder() as folder:
        Judge(folder).judge(recording, recording.ops[:cut], _image(disk, recording, cut, number))


def _image(disk: Disk, recording: Recording, cut: int, number: int) -> Files:
    return disk.image(Random(f"{recording.seed} {recording.scene} {cut} {number}"), MODES[number])


if __name__ == "__main__":
    again(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))

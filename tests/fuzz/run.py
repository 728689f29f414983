"""All six fuzzers, two at a time, each for the same time, and what each of them did."""

import re
import subprocess
import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.fuzz import api, install

PARSERS = ("code", "settings", "entry", "replies", "bill")
HUB = "hub"
SIDE_BY_SIDE = 2
_PLAIN = re.compile(r"^plain execs: (\d+)", re.MULTILINE)
_GUIDED = re.compile(r"^stat::number_of_executed_units: (\d+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Found:
    """What one fuzzer came to.

    Attributes:
        plain, guided: inputs by the plain mutator and by Atheris; requests, for the hub, are plain.
        trouble: what it said when it found something, or could not run; empty otherwise.
    """

    name: str
    plain: int
    guided: int
    trouble: str
    note: str = ""

    def __str__(self) -> str:
        guided = f" + {self.guided} guided by coverage" if self.guided else ""
        return f"{self.name:8} {self.plain}{guided} {'FOUND' if self.trouble else 'nothing found'} {self.note}".rstrip()


def fuzz_all(seconds: float, seed: int, folder: Path, names: Iterable[str] = (HUB, *PARSERS)) -> dict[str, Found]:
    """Run every fuzzer for so many seconds."""
    if not install.is_ready():
        install.install()
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        found = pool.map(partial(_fuzz, seconds, seed, folder), names)
        return {each.name: each for each in found}


def _fuzz(seconds: float, seed: int, folder: Path, name: str) -> Found:
    return _ask_hub(seconds, seed, folder / name) if name == HUB else _fuzz_parser(seconds, seed, folder / name)


def _fuzz_parser(seconds: float, seed: int, folder: Path) -> Found:
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "tests.fuzz.one", folder.name, str(seconds), str(seed), str(folder)]
    done = subprocess.run(
        command, env=install.environment(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        errors="replace", check=False,
    )  # fmt: skip
    plain, guided = _number(_PLAIN, done.stderr), _number(_GUIDED, done.stderr)
    return Found(folder.name, plain, guided, done.stderr[-4000:] if done.returncode or not plain else "")


def _number(pattern: re.Pattern[str], said: str) -> int:
    found = pattern.search(said)
    return int(found[1]) if found else 0


def _ask_hub(seconds: float, seed: int, folder: Path) -> Found:
    asked = api.ask(int(seconds), seed, folder)
    count = asked.calls.total()
    note = " ".join(f"{status}:{times}" for status, times in sorted(asked.statuses.items()))
    return Found(HUB, count, 0, asked.said[-8000:] if asked.status or not count else "", note)

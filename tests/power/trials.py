"""Runs ``tests.power.faults`` on all cores, and adds up what it prints."""

import json
import os
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field

from tests.power.cuts import ROOT


@dataclass(slots=True)
class Tally:
    """What failing disks came to.

    Attributes:
        runs: one verb with one fault each.
        images: looked at after the power went as well.
        said: what the verbs said, by name.
        named: short reads that changed something and were named, at once or at the next start.
        unnoticed: short reads of the catalogue that changed a price or a product, and were not.
        operations: of the disk, by verb.
    """

    runs: int = 0
    images: int = 0
    named: int = 0
    unnoticed: int = 0
    said: Counter[str] = field(default_factory=Counter)
    operations: dict[str, int] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.runs} faults over {sum(self.operations.values())} operations of {len(self.operations)} verbs,"
            f" {self.images} images, {len(self.failed)} failed; said: {dict(self.said)};"
            f" {self.named} short reads named, {self.unnoticed} of prices not"
        )


def try_all(*, is_full: bool = False) -> Tally:
    """Let every operation of every verb fail; ``is_full``: faults that last and short reads as well."""
    cores = os.cpu_count() or 1
    command = [sys.executable, "-m", "tests.power.faults"]
    started = [
        subprocess.Popen([*command, str(part), str(cores), *(["full"] if is_full else [])], cwd=ROOT,
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for part in range(cores)
    ]  # fmt: skip
    tally = Tally()
    for program in started:
        with program:
            output, errors = program.communicate()
        assert program.returncode == 0, errors.decode()
        _add(tally, json.loads(output))
    return tally


def _add(tally: Tally, told: dict[str, object]) -> None:
    for name, value in told.items():
        if name == "said":
            tally.said.update(value)  # type: ignore[call-overload]
        elif name == "operations":
            tally.operations = value  # type: ignore[assignment]
        else:
            setattr(tally, name, getattr(tally, name) + value)

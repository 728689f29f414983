"""A figure: how long a thing takes, beside the barest thing of its kind."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median, quantiles

HEADING = f"{'figure':44} {'median':>9} {'p95':>9} {'baseline':>9} {'ratio':>6}  against"


@dataclass(frozen=True, slots=True)
class Figure:
    """Milliseconds of the thing and of its baseline, taken in turns."""

    name: str
    against: str
    ms: list[float]
    baseline_ms: list[float]

    @property
    def ratio(self) -> float:
        """Median over median."""
        return median(self.ms) / median(self.baseline_ms)

    @property
    def p95(self) -> float:
        """95 of 100 are faster."""
        return quantiles(self.ms, n=20)[18]

    def as_row(self) -> dict[str, object]:
        """The figure for a machine to read."""
        return {
            "name": self.name, "median_ms": round(median(self.ms), 4), "p95_ms": round(self.p95, 4),
            "baseline_ms": round(median(self.baseline_ms), 4), "ratio": round(self.ratio, 2), "against": self.against,
        }  # fmt: skip

    def __str__(self) -> str:
        return (
            f"{self.name:44} {median(self.ms):9.3f} {self.p95:9.3f} {median(self.baseline_ms):9.3f}"
            f" {self.ratio:6.2f}  {self.against}"
        )


@dataclass(frozen=True, slots=True)
class Amount:
    """Something measured once, beside what it is held against: a limit others publish, or what it was before."""

    name: str
    found: float
    unit: str
    against: str
    baseline: float

    def as_row(self) -> dict[str, object]:
        """The amount for a machine to read."""
        return {"name": self.name, "found": round(self.found, 4), "unit": self.unit,
                "baseline": round(self.baseline, 4), "ratio": round(self.found / self.baseline, 4),
                "against": self.against}  # fmt: skip

    def __str__(self) -> str:
        return (
            f"{self.name:44} {self.found:9.3f} {'':9} {self.baseline:9.3f} {self.found / self.baseline:6.2f}"
            f"  {self.against} ({self.unit})"
        )


def in_turns(name: str, thing: Callable[[], object], against: str, bare: Callable[[], object],
             *, times: int = 200, clock: Callable[[], float] = time.perf_counter) -> Figure:  # fmt: skip
    """Time both in turns, so that a noisy machine is noisy to both; ``clock`` gives seconds."""
    ours: list[float] = []
    theirs: list[float] = []
    for _ in range(times):
        ours.append(_ms(thing, clock))
        theirs.append(_ms(bare, clock))
    return Figure(name, against, ours, theirs)


def _ms(call: Callable[[], object], clock: Callable[[], float]) -> float:
    began = clock()
    call()
    return (clock() - began) * 1000

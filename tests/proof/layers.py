"""Layers of proof: what is run, for how much of the time, and each in a process of its own."""

import json
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

Figure = int | float | str


@dataclass(frozen=True, slots=True)
class Layer:
    """One way to look for a broken promise.

    Attributes:
        module: has ``prove(seconds, seed)``, which returns its figures and raises when a promise is broken.
        share: of the whole time; 0 takes as long as it takes.
    """

    name_zh: str
    name_en: str
    module: str
    share: float


LAYERS = (
    Layer("模拟", "Simulation: the real till, hub and Alipay's rules under seeds", "tests.simulation.prove", 0.30),
    Layer("植入的错误", "Planted bugs, each to be found by the simulation", "tests.simulation.mutation", 0),
    Layer("断电", "Power cuts, failing disks, flipped bits", "tests.power.prove", 0.16),
    Layer("坏线路", "Tills in storms of bad lines, the hub killed", "tests.faults.proxy_proof", 0.12),
    Layer("长跑", "50,000 sales of two tills, books matched each day", "tests.faults.soak_proof", 0),
    Layer("坏输入", "Bad input to every parser and to the hub", "tests.fuzz.prove", 0.12),
    Layer("恶意请求", "Mischief against a hub, by strangers and a stolen key", "tests.faults.hostile_proof", 0.06),
    Layer("重建", "Damaged tills rebuilt from hub and second copy", "tests.faults.rebuild_proof", 0.08),
    Layer("强杀", "The real app killed at random", "tests.faults.kill_proof", 0.14),
    Layer("全店断线", "600 tills with 120 entries each come back to one hub at once", "tests.faults.herd_proof", 0),
    Layer("演示日强杀", "The demo's day, killed twenty times", "tests.faults.demo_proof", 0),
)
"""In the order they are run."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one layer came to.

    Attributes:
        figures: counted by the layer itself; empty when it broke.
        trouble: why it broke; empty when every promise held.
    """

    layer: Layer
    seconds: float
    figures: dict[str, Figure] = field(default_factory=dict)
    trouble: str = ""


def run_layer(layer: Layer, seconds: float, seed: int, folder: Path) -> Outcome:
    """Run a layer in a process of its own; what it prints is kept in the folder.

    A layer that is missing, ends badly or gives no figures is broken, never skipped.
    """
    began, name = time.monotonic(), layer.module.rpartition("tests.")[2]
    figures, log = folder / f"{name}.json", folder / f"{name}.log"
    figures.unlink(missing_ok=True)
    command = [sys.executable, "-m", "tests.proof.one", layer.module, str(seconds), str(seed), str(figures)]
    with log.open("w", encoding="utf-8") as out:
        status = subprocess.run(command, stdout=out, stderr=subprocess.STDOUT, check=False).returncode
    took = time.monotonic() - began
    if status or not figures.exists():
        said = log.read_text("utf-8", errors="replace").strip().splitlines()
        return Outcome(layer, took, trouble=f"status {status}: {said[-1] if said else 'it said nothing'} ({log.name})")
    told = json.loads(figures.read_text("utf-8"))
    return Outcome(layer, took, told) if told else Outcome(layer, took, trouble="it counted nothing")

"""``./till test``: every test, folder by folder; nothing missing passes.

Before: foreign clients of Alipay and fuzzers are installed once, Qt must start and zbar must load. After: each
folder must have run tests, and the ui ones windows. With arguments it is pytest with those and
nothing more.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from tests.foreign import install
from tests.fuzz import install as fuzzers

PROBES = {
    "Qt starts": "from PySide6.QtWidgets import QApplication; QApplication([])",
    "zbar loads": "import pyzbar.pyzbar",
}
OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen"}
X11 = {"QT_QPA_PLATFORM": "xcb"}

WORKERS = ["-n", str(os.cpu_count() or 1)]
"""One pytest worker a core."""

Part = tuple[str, list[str], Mapping[str, str]]
"""A name, what pytest is told, and the Qt platform."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What one pytest process did."""

    name: str
    status: int
    tests: int
    bad: int
    windows: int
    seconds: float

    @property
    def is_good(self) -> bool:
        """Whether tests ran and all of them passed."""
        return self.status == 0 and self.tests > 0 and self.bad == 0

    def __str__(self) -> str:
        windows = f", {self.windows} with a window" if self.windows else ""
        bad = f", {self.bad} FAILED" if self.bad else ""
        return f"{self.name:12} {self.tests:5} tests{windows}{bad}, {self.seconds:.1f} s"


def main(arguments: list[str]) -> int:
    """Run what is asked for and return 0 only when all of it ran and passed."""
    has_clients = install.main() == 0 and fuzzers.main() == 0
    if arguments:
        return _pytest(arguments, {"QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")})
    probed = [_probe(name, code) for name, code in PROBES.items()]
    if not has_clients or not all(probed):
        return 1
    tallies = [_run(*part) for part in _parts()]
    print(f"\n{sys.version.split()[0]} on {sys.platform}")
    print(*tallies, sep="\n")
    faults = _faults(tallies)
    print(*[f"FAILED: {fault}" for fault in faults], sep="\n")
    print(f"{sum(tally.tests for tally in tallies)} tests, {'FAILED' if faults else 'all passed'}")
    return 1 if faults else 0


FOLDERS = ("unit", "ui", "flow", "simulation", "power", "faults", "fuzz")
"""In the order they are run; one that is not there fails like one without tests."""
ALONE = ("simulation", "fuzz")
"""Folders whose tests run one after the other: they use every core themselves."""


def _parts() -> list[Part]:
    parts: list[Part] = [(name, [f"tests/{name}", *([] if name in ALONE else WORKERS)], OFFSCREEN) for name in FOLDERS]
    if sys.platform == "linux":
        parts.append(("x11", ["-m", "x11", "tests/ui", "tests/flow"], X11))
    return parts


def _faults(tallies: list[Tally]) -> list[str]:
    ran = {tally.name: tally for tally in tallies}
    missing = [f"no {name} test ran" for name in FOLDERS if name not in ran or not ran[name].tests]
    if "ui" in ran and not ran["ui"].windows:
        missing.append("no test opened a window")
    return missing + [f"{tally.name}, status {tally.status}" for tally in tallies if not tally.is_good]


def _run(name: str, arguments: list[str], platform: Mapping[str, str]) -> Tally:
    print(f"\n--- {name}", flush=True)
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        record = Path(folder, "record.xml")
        status = _pytest(["-q", f"--junit-xml={record}", *arguments], platform)
        cases = list(ET.parse(record).iter("testcase")) if record.exists() else []
    bad = sum(case.find("failure") is not None or case.find("error") is not None for case in cases)
    windows = sum(case.find("properties/property[@value='window']") is not None for case in cases)
    return Tally(name, status, len(cases), bad, windows, time.monotonic() - began)


def _pytest(arguments: list[str], platform: Mapping[str, str]) -> int:
    command = [sys.executable, "-m", "pytest", *arguments]
    return subprocess.run(command, env={**os.environ, **platform}, check=False).returncode


def _probe(name: str, code: str) -> bool:
    command = [sys.executable, "-c", code]
    tried = subprocess.run(command, env={**os.environ, **OFFSCREEN}, capture_output=True, text=True, check=False)
    if tried.returncode:
        print(f"FAILED: {name}: status {tried.returncode}\n{tried.stderr}")
    return tried.returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

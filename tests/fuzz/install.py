"""Puts the fuzzers where ``./till test`` finds them: the folder ``fuzz`` of the .venv.

Atheris is for Linux on x86-64 only; elsewhere ``mutator.py`` drives the same targets. Schemathesis is for every system.
"""

import hashlib
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path

LOCK = Path(__file__).with_name("requirements.lock")
HOME = Path(sys.prefix) / "fuzz"
"""What is installed; ``python`` is in there, and ``made`` once it is whole."""


def is_ready() -> bool:
    """Whether all of it was installed from this list by this Python."""
    made = HOME / "made"
    return made.exists() and made.read_text() == _stamp()


def install() -> None:
    """Install all of it beside the old, then put it in its place.

    Raises:
        subprocess.CalledProcessError: pip failed; ``output`` holds its words.
    """
    HOME.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="fuzz-", dir=HOME.parent) as folder:
        fresh = Path(folder, "new")
        pip = [sys.executable, "-m", "pip", "install", "--disable-pip-version-check", "--no-warn-conflicts"]
        pip += ["--require-hashes", "--no-deps", "--no-compile", "--only-binary", ":all:"]
        command = [*pip, "--target", str(fresh / "python"), "-r", str(LOCK)]
        subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        (fresh / "made").write_text(_stamp())
        if HOME.exists():
            HOME.rename(Path(folder, "old"))
        fresh.rename(HOME)


def environment() -> dict[str, str]:
    """Return the environment of a process that sees the fuzzers before everything else."""
    root = Path(__file__).parents[2]  # told, because ./till does not let Python look where it stands
    return {**os.environ, "PYTHONPATH": os.pathsep.join((str(HOME / "python"), str(root)))}


def main() -> int:
    """Install what is not there yet, tell the seconds, and return 0 only when all of it is there."""
    if is_ready():
        return 0
    began = time.monotonic()
    print("fuzzers, for tests (80 MB the first time) ...", file=sys.stderr, flush=True)
    try:
        install()
    except subprocess.CalledProcessError as failed:
        print(f"{failed.output}\nFAILED: fuzzers: pip: status {failed.returncode}", file=sys.stderr)
        return 1
    print(f"  done in {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    return 0


def _stamp() -> str:
    return f"{hashlib.sha256(LOCK.read_bytes()).hexdigest()} {platform.python_version()} {platform.machine()}"


if __name__ == "__main__":
    sys.exit(main())

"""Child programs of the demo: the hub and the gateway simulator, as real processes on loopback."""

import json
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

from pos.domain.errors import ChildFailed


def run_to_end(command: list[str], log: Path) -> list[str]:
    """Run ``python -m pos`` with a command that ends by itself, and return the lines it said.

    Raises:
        ChildFailed: it could not do it.
    """
    with log.open("a", encoding="utf-8") as words:
        done = subprocess.run(  # noqa: S603  (our own program)
            [sys.executable, "-m", "pos", *command],
            stdout=subprocess.PIPE,
            stderr=words,
            text=True,
            check=False,
            cwd=Path(__file__).parents[2],
        )
    if done.returncode:
        raise ChildFailed(command=" ".join(command), log=log)
    return done.stdout.splitlines()


class Child:
    """One child; it ends when we do, because it watches the pipe that only we hold.

    Args:
        command: what follows ``python -m pos``; ``--port`` is added.
        log: where its words go.
    """

    def __init__(self, command: list[str], log: Path) -> None:
        self._command, self._log = command, log
        self._process: subprocess.Popen[str] | None = None
        self.address = ""

    def start(self) -> None:
        """Start it, on the port it had before if there was one, and go on without waiting for it."""
        port = urlsplit(self.address).port if self.address else 0
        with self._log.open("a", encoding="utf-8") as log:
            self._process = subprocess.Popen(  # noqa: S603  (our own program)
                [sys.executable, "-m", "pos", *self._command, "--port", str(port or 0), "--with-parent"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                cwd=Path(__file__).parents[2],
            )

    def wait(self) -> str:
        """Wait until it listens, and return its address.

        Raises:
            ChildFailed: it ended before it listened.
        """
        assert self._process is not None
        assert self._process.stdout is not None
        first = self._process.stdout.readline()
        if not first:
            raise ChildFailed(command=" ".join(self._command), log=self._log)
        self.address = json.loads(first)["listening"]
        return self.address

    def kill(self) -> None:
        """End it as a power cut would."""
        if self._process is None:
            return
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            pipe.close()
        self._process = None

"""An X server of our own, so that no window opens on somebody's screen."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager


def start_x_server(size: str = "1366x768x24") -> "tuple[subprocess.Popen[bytes], str]":
    """Start Xvfb and return it with the name of its display, empty when it did not start."""
    reader, writer = os.pipe()
    command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", size, "-nolisten", "tcp", "-noreset"]
    server = subprocess.Popen(command, pass_fds=[writer], stderr=subprocess.DEVNULL)
    os.close(writer)
    with os.fdopen(reader) as answer:
        number = answer.readline().strip()
    return server, f":{number}" if number else ""


@contextmanager
def x_server(size: str = "1366x768x24") -> Iterator[dict[str, str]]:
    """Give what a process must find in its environment to open a window there."""
    server, display = start_x_server(size)
    try:
        assert display, "Xvfb did not start"
        yield {"QT_QPA_PLATFORM": "xcb", "DISPLAY": display}
    finally:
        server.terminate()
        server.wait(10)

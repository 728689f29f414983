"""Devices on a serial line, simulated: real pseudo-terminals behind a name that stays when they are plugged in anew."""

import os
import tty
from pathlib import Path
from threading import Thread


class PluggedIn:
    """The far end of a serial line; ``port`` is what the till opens."""

    def __init__(self, port: Path) -> None:
        self.port = port
        self._master = -1
        self.plug_in()

    def plug_in(self) -> None:
        """Stand behind the port, as a new device does."""
        self._master, slave = os.openpty()
        tty.setraw(slave)
        self.port.unlink(missing_ok=True)
        self.port.symlink_to(os.ttyname(slave))
        self._slave = slave

    def pull_out(self) -> None:
        """Go, and take the port along."""
        self.port.unlink()
        os.close(self._master)
        os.close(self._slave)
        self._master = -1

    def say(self, raw: bytes) -> None:
        """Send bytes to the till."""
        os.write(self._master, raw)

    def hear(self, size: int) -> bytes:
        """Return the next bytes from the till, however long they take."""
        heard = b""
        while len(heard) < size:
            heard += os.read(self._master, size - len(heard))
        return heard

    def hear_until(self, last: bytes) -> bytes:
        """Return what comes from the till, up to these bytes."""
        heard = b""
        while not heard.endswith(last):
            heard += self.hear(1)
        return heard

    def close(self) -> None:
        """Go for good."""
        if self._master >= 0:
            self.pull_out()


class AskedScale(PluggedIn):
    """A scale that answers to ``W``, and to nothing else."""

    def __init__(self, port: Path) -> None:
        super().__init__(port)
        self.answer = b"\x020.000\r"
        self._thread = Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        try:
            while True:
                if self.hear(1) == b"W":
                    self.say(self.answer)
        except OSError:
            return  # it was pulled out

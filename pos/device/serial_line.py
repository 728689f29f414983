"""Serial line: the wire to a scale or a pole display, by pyserial."""

from pathlib import Path
from typing import Protocol

READ_WITHIN_S = 0.2
"""A read waits no longer, so that a thread that reads can be stopped."""
LOOK_AGAIN_S = 1.0
"""A line that was lost is looked for this often."""


class SerialLine(Protocol):
    """An open line; it raises OSError when it is lost."""

    @property
    def in_waiting(self) -> int:
        """How many bytes can be read at once."""

    def read(self, size: int) -> bytes:
        """Return what came, within ``READ_WITHIN_S``; nothing when nothing did."""

    def write(self, raw: bytes) -> object:
        """Send."""

    def close(self) -> None:
        """Let go of it."""


class Writing(Protocol):
    """What can only be written to."""

    def write(self, raw: bytes) -> object:
        """Send."""

    def close(self) -> None:
        """Let go of it."""


def open_line(port: str, baud: int, *, is_seven_even: bool = False) -> SerialLine:
    """Open a serial port, for this program alone.

    Args:
        is_seven_even: seven bits and even parity in place of eight bits and none.

    Raises:
        OSError: it is not there, or somebody else has it.
    """
    import serial  # noqa: PLC0415  (only a till with such a device needs it)

    try:
        line: SerialLine = serial.Serial(
            port,
            baud,
            bytesize=serial.SEVENBITS if is_seven_even else serial.EIGHTBITS,
            parity=serial.PARITY_EVEN if is_seven_even else serial.PARITY_NONE,
            timeout=READ_WITHIN_S,
            write_timeout=1.0,
            exclusive=True,
        )
    except ValueError as reason:
        raise OSError(str(reason)) from reason
    return line


def open_writing(port: str, baud: int) -> Writing:
    """Open a serial port, or a plain file, to write to.

    Raises:
        OSError: it is not there, or somebody else has it.
    """
    return Path(port).open("ab", buffering=0) if Path(port).is_file() else open_line(port, baud)

"""Printer: slips in, paper out; says before it prints whether it can, and afterwards whether it did.

Asked by ``DLE EOT`` (cover, paper, faults), which printers answer at once, and by ``GS r``, which they answer when all
that came before is on paper. One that cannot be asked, such as ``/dev/usb/lp0``, is believed.
"""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from pos.device.escpos import KICK_AT_ONCE, kick_bytes, library, slip_bytes
from pos.domain.errors import PrintDoubtful, PrinterLost
from pos.domain.paper import AsFile, OnNetwork, OnSerial, OnUsb, PrinterAddress
from pos.domain.print_job import PrinterState, trouble_of
from pos.domain.slip import Slip

CONNECT_S, ANSWER_S = 3.0, 1.0
"""How long a printer may take to be there, and to say how it is."""
PRINT_S = 12.0
"""How long a printer may take to make room for bytes, and how long a slip to be printed: a metre on a slow one."""

_ONLINE, _OFFLINE_CAUSE, _PAPER = b"\x10\x04\x01", b"\x10\x04\x02", b"\x10\x04\x04"
_DONE = b"\x1dr\x01"
_FIXED_BITS, _FIXED = 0b1001_0011, 0b0001_0010
"""What every answer to ``DLE EOT`` has."""
_OF_DLE_EOT = 0b0001_0000
"""The bit that an answer to ``DLE EOT`` has and one to ``GS r`` has not."""


class Printer:
    """The printer at an address; it is opened for each slip, so one that was switched off is found again."""

    def __init__(self, address: PrinterAddress) -> None:
        self._address = address
        self._says_when_done = True

    def print(self, slip: Slip, width: int) -> PrinterState | None:
        """Print as ``Printing`` says."""
        raw = slip_bytes(slip, width)
        with self._opened() as line:
            before = self._asked(line)
            if error := trouble_of(before, self._name):
                raise error
            try:
                line.send(raw)
                after = self._wait_until_done(line) if before else None
            except OSError as reason:
                raise PrintDoubtful(address=self._name, reason=str(reason)) from reason
        return after

    def open_drawer(self) -> None:
        """Open the drawer as ``Printing`` says; a printer that has stopped opens it at once or not at all."""
        with self._opened() as line:
            has_stopped = trouble_of(self._asked(line), self._name)
            try:
                line.send(KICK_AT_ONCE if has_stopped else kick_bytes())
            except OSError as reason:
                raise PrinterLost(address=self._name, reason=str(reason)) from reason

    def state(self) -> PrinterState | None:
        """Ask as ``Printing`` says."""
        with self._opened() as line:
            return self._asked(line)

    @property
    def _name(self) -> str:
        address = self._address
        if isinstance(address, OnNetwork):
            return f"{address.host}:{address.port}"
        if isinstance(address, OnUsb):
            return f"{address.vendor:04x}:{address.product:04x}"
        return address.port if isinstance(address, OnSerial) else address.path

    @contextmanager
    def _opened(self) -> Iterator["_Line"]:
        line = _Line(self._address)
        try:
            try:
                line.open()
            except OSError as reason:
                raise PrinterLost(address=self._name, reason=str(reason)) from reason
            yield line
        finally:
            line.close()

    def _asked(self, line: "_Line") -> PrinterState | None:
        try:
            return _read_state(line)
        except OSError as reason:
            raise PrinterLost(address=self._name, reason=str(reason)) from reason

    def _wait_until_done(self, line: "_Line") -> PrinterState | None:
        """Wait for the answer to ``GS r``; a printer that has none is well at the end, and is not waited for again."""
        line.send(_DONE)
        for _ in range(round(PRINT_S / ANSWER_S) if self._says_when_done else 1):
            line.listen()
            state = _read_state(line)
            if line.is_done:
                return state
            if error := trouble_of(state, self._name):
                raise PrintDoubtful(address=self._name, reason=error.code)
        self._says_when_done = False
        return state


def _read_state(line: "_Line") -> PrinterState | None:
    online = line.ask(_ONLINE)
    if online is None:
        return None
    cause, paper = line.ask(_OFFLINE_CAUSE) or 0, line.ask(_PAPER) or 0
    return PrinterState(
        is_cover_open=bool(cause & 0x04),
        is_paper_out=bool(cause & 0x20 or paper & 0x60),
        is_paper_low=bool(paper & 0x0C),
        is_faulty=bool(cause & 0x40),
    )


class _Line:
    """The wire to a printer; raises OSError when it is lost."""

    def __init__(self, address: PrinterAddress) -> None:
        self._address = address
        self._printer: Any = None  # python-escpos has no types that hold
        self.is_done = False

    def open(self) -> None:
        """Open it.

        Raises:
            OSError: it is not there, or somebody else has it.
        """
        from escpos.exceptions import Error  # noqa: PLC0415

        try:
            self._printer = _OPENERS[type(self._address)](self._address)
        except (Error, ValueError) as reason:  # a ValueError where the system has no way to speak USB
            raise OSError(str(reason).partition("\n")[0]) from reason

    def send(self, raw: bytes) -> None:
        """Send bytes, however long the printer takes to make room for them."""
        self._wait_up_to(PRINT_S)
        self._printer._raw(raw)  # noqa: SLF001  (its way to send bytes)
        self._wait_up_to(ANSWER_S)

    def _wait_up_to(self, seconds: float) -> None:
        if isinstance(self._address, OnNetwork):
            self._printer.device.settimeout(seconds)
        elif isinstance(self._address, OnUsb):
            self._printer.timeout = round(seconds * 1000)

    def ask(self, question: bytes) -> int | None:
        """Return the byte that answers ``DLE EOT``; None when none comes."""
        if isinstance(self._address, AsFile):
            return None
        self.send(question)
        told = [each for each in self.listen() if each & _FIXED_BITS == _FIXED]
        return told[-1] if told else None

    def listen(self) -> bytes:
        """Return what the printer says within ``ANSWER_S``; nothing when it says nothing.

        Raises:
            OSError: it hung up.
        """
        try:
            told = bytes(self._printer._read())  # noqa: SLF001
        except OSError as reason:
            if _is_silence(reason):
                return b""
            raise
        if not told and isinstance(self._address, OnNetwork):
            raise ConnectionResetError("the printer hung up")
        self.is_done = self.is_done or any(not each & _OF_DLE_EOT for each in told)
        return told

    def close(self) -> None:
        """Let go of it."""
        if self._printer is not None:
            self._printer.close()


def _open_network(to: OnNetwork) -> Any:  # noqa: ANN401
    # The library would leave a socket open for each time that nobody answers.
    line = socket.create_connection((to.host, to.port), CONNECT_S)
    line.settimeout(ANSWER_S)
    made = library().Network(to.host, to.port)
    made.device = line
    return made


def _is_silence(reason: OSError) -> bool:
    """Whether nothing was said in time; pyusb's own error of that is no TimeoutError."""
    return isinstance(reason, TimeoutError) or type(reason).__name__ == "USBTimeoutError"


def _open_usb(to: OnUsb) -> Any:  # noqa: ANN401
    """Open a USB printer, and find its ways in and out: their numbers differ from maker to maker."""
    made = library().Usb(to.vendor, to.product, timeout=round(ANSWER_S * 1000))
    made.open()
    for endpoint in made.device.get_active_configuration()[(0, 0)]:
        if endpoint.bEndpointAddress & 0x80:
            made.in_ep = endpoint.bEndpointAddress
        else:
            made.out_ep = endpoint.bEndpointAddress
    return made


def _open_serial(to: OnSerial) -> Any:  # noqa: ANN401
    made = library().Serial(to.port, to.baud, timeout=ANSWER_S)
    made.open()
    return made


def _open_file(to: AsFile) -> Any:  # noqa: ANN401
    made = library().File(to.path)
    made.open()
    return made


_OPENERS: dict[type[PrinterAddress], Callable[[Any], Any]] = {
    OnNetwork: _open_network,
    OnUsb: _open_usb,
    OnSerial: _open_serial,
    AsFile: _open_file,
}

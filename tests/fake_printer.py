"""A receipt printer that keeps the rules of ESC/POS: what it does not know, or cannot print, is a fault of the till's.

It is told by the same bytes as a real one, on a socket. ``DLE EOT`` is answered at once, even without paper;
everything else waits in its buffer while the cover is open or the paper is out, ``GS r`` included.
"""

import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Paper:
    """What came out, and what the printer was like."""

    columns: int = 48
    has_paper: bool = True
    is_low: bool = False
    is_cover_open: bool = False
    is_silent: bool = False
    answers_when_done: bool = True
    out_after_rows: int = 0
    slips: list[list[str]] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    pictures: list[tuple[int, int]] = field(default_factory=list)
    kicks: int = 0
    faults: list[str] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)

    @property
    def is_stopped(self) -> bool:
        return self.is_cover_open or not self.has_paper


_PARAMETERS: dict[bytes, int] = {
    b"\x1b@": 0, b"\x1ba": 1, b"\x1bE": 1, b"\x1bd": 1, b"\x1bJ": 1, b"\x1bp": 3, b"\x1d!": 1, b"\x1dV": 1, b"\x1dr": 1,
    b"\x1c&": 0, b"\x1c.": 0,
}  # fmt: skip


class Interpreter:
    """One connection's bytes, turned into what they do to the paper."""

    def __init__(self, paper: Paper, answer: Callable[[bytes], object]) -> None:
        self.paper, self._answer = paper, answer
        self._buffer, self._line = b"", b""
        self._is_kanji, self._width = False, 1
        self._code = b""

    def feed(self, raw: bytes) -> None:
        """Take bytes in: status requests at once, the rest in order."""
        self._buffer += self._answer_at_once(raw)
        self.run()

    def run(self) -> None:
        """Print for as long as there is something that can be printed."""
        while self._buffer and not self.paper.is_stopped and (taken := self._step(self._buffer)):
            self._buffer = self._buffer[taken:]

    def _answer_at_once(self, raw: bytes) -> bytes:
        rest = b""
        while raw:
            if raw[:2] == b"\x10\x04":
                if not self.paper.is_silent:
                    self._answer(bytes([self._status(raw[2])]))
                raw = raw[3:]
            elif raw[:3] == b"\x10\x14\x01":
                self.paper.kicks += 1
                raw = raw[5:]
            else:
                rest, raw = rest + raw[:1], raw[1:]
        return rest

    def _status(self, which: int) -> int:
        paper = self.paper
        if which == 1:
            return 0x12 | (0x08 if paper.is_stopped else 0)
        if which == 2:
            return 0x12 | (0x04 if paper.is_cover_open else 0) | (0 if paper.has_paper else 0x20)
        return 0x12 | (0 if paper.has_paper else 0x60) | (0x0C if paper.is_low or not paper.has_paper else 0)

    def _step(self, raw: bytes) -> int:
        """Take one command or character; return how many bytes it was, 0 when more must come."""
        if raw[:1] == b"\n":
            self._end_line()
            return 1
        if raw[0] < 0x20:
            return self._command(raw)
        if raw[0] >= 0x80 and not self._is_kanji:
            self.paper.faults.append(f"a Chinese character outside kanji mode: {raw[:4].hex()}")
        size = 1 if raw[0] < 0x80 else 4 if len(raw) > 1 and 0x30 <= raw[1] <= 0x39 else 2
        if len(raw) < size:
            return 0
        self._line += raw[:size]
        return size

    def _command(self, raw: bytes) -> int:
        if len(raw) < 3:
            return 0
        if raw[:3] in {b"\x1d(k", b"\x1dv0"}:
            return self._sized(raw)
        known = _PARAMETERS.get(raw[:2])
        if known is None:
            self.paper.faults.append(f"unknown command {raw[:3].hex()}")
            return 1
        if len(raw) < 2 + known:
            return 0
        self._do(raw[:2], raw[2 : 2 + known])
        return 2 + known

    def _do(self, command: bytes, told: bytes) -> None:
        paper = self.paper
        if command == b"\x1b@":
            self._is_kanji, self._width = False, 1
        elif command in {b"\x1c&", b"\x1c."}:
            self._is_kanji = command == b"\x1c&"
        elif command == b"\x1d!":
            self._width = (told[0] >> 4) + 1
        elif command == b"\x1bp":
            paper.kicks += 1
        elif command == b"\x1dr" and paper.answers_when_done:
            self._answer(b"\x00")
        elif command == b"\x1dV":
            paper.slips.append(paper.rows)
            paper.rows = []

    def _sized(self, raw: bytes) -> int:
        if raw[:3] == b"\x1dv0":
            wide, high = (int.from_bytes(raw[at : at + 2], "little") for at in (4, 6))
            size = 8 + wide * high
            if len(raw) >= size:
                self.paper.pictures.append((wide * 8, high))
        else:
            size = 5 + int.from_bytes(raw[3:5], "little")
            if len(raw) >= size:
                self._two_dimensional(raw[6], raw[7:size])
        return size if len(raw) >= size else 0

    def _two_dimensional(self, function: int, told: bytes) -> None:
        if function == 80:
            self._code = told[1:]
        elif function == 81:
            self.paper.codes.append(self._code.decode())

    def _end_line(self) -> None:
        paper, line = self.paper, self._line.decode("gb18030")
        wide = sum(1 if each.isascii() else 2 for each in line) * self._width
        if wide > paper.columns:
            paper.faults.append(f"{wide} columns: {line}")
        paper.rows.append(line)
        self._line = b""
        if paper.out_after_rows and len(paper.rows) == paper.out_after_rows:
            paper.has_paper, paper.out_after_rows = False, 0


class FakePrinter:
    """A printer on the network; ``address`` is what the till is told."""

    def __init__(self, columns: int = 48) -> None:
        self.paper = Paper(columns)
        self._is_hanging_up = False
        self.changed = threading.Condition()
        self._talking: list[socket.socket] = []
        self.port = 0
        self.switch_on()

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def wait_for(self, is_so: Callable[[Paper], bool]) -> None:
        """Come back when something is so; what is sent without asking takes a moment to arrive."""
        with self.changed:
            assert self.changed.wait_for(lambda: is_so(self.paper), timeout=10)

    def switch_on(self) -> None:
        """Be there, where it was before."""
        self._listener = socket.create_server(("127.0.0.1", self.port))
        self.port = int(self._listener.getsockname()[1])
        threading.Thread(target=self._serve, args=(self._listener,), daemon=True).start()

    def switch_off(self) -> None:
        """Be gone, as when somebody pulls the plug."""
        if self._listener.fileno() >= 0:
            self._listener.shutdown(socket.SHUT_RDWR)  # closing alone would leave it listening for one more
            self._listener.close()
        for each in self._talking:
            each.close()

    def hang_up_on_data(self) -> None:
        """Answer how it is, and hang up when something is to be printed."""
        self._is_hanging_up = True

    def _serve(self, listener: socket.socket) -> None:
        while True:
            try:
                talking, _ = listener.accept()
            except OSError:
                return  # it was switched off
            self._talking.append(talking)
            threading.Thread(target=self._listen, args=(talking,), daemon=True).start()

    def _listen(self, talking: socket.socket) -> None:
        interpreter = Interpreter(self.paper, talking.sendall)
        try:
            while raw := talking.recv(4096):
                if self._is_hanging_up and len(raw) > 3:
                    return
                interpreter.feed(raw)
                with self.changed:
                    self.changed.notify_all()
        except OSError:
            return
        finally:
            talking.close()

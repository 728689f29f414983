"""A disk under apsw that writes down what is done to it, and fails when it is told to."""

import os
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import apsw

from tests.power.tape import Op

Fault = Callable[[int, str], int]
"""Given the number of an operation, from 1, and its kind, returns SQLite's code to fail with; 0 for none."""

SYSTEM = apsw.vfs_names()[0]
"""The disk underneath, by SQLite's name for it."""
SHORT_READ = apsw.SQLITE_IOERR_SHORT_READ


class Recorder(apsw.VFS):
    """The default disk of this process.

    Attributes:
        ops: what was done so far.
        fault: decides about each operation on a database, its log or journal; none fails without one.
        count: operations asked for so far, reads as well.
        chance: what SQLite draws its own numbers from, such as those that tell an old log's pages from a new one's.
    """

    def __init__(self) -> None:
        self.ops: list[Op] = []
        self.fault: Fault | None = None
        self.count = 0
        self.chance = Random(0)
        self._sync_of_the_system = os.fsync
        super().__init__("recorder", SYSTEM, makedefault=True)
        os.fsync = self._sync_folder  # type: ignore[assignment]

    def xOpen(self, name: Any, flags: Any) -> "File":  # noqa: N802, ANN401  (apsw's words)
        path = name.filename() if isinstance(name, apsw.URIFilename) else name or ""
        return File(self, name, flags, Path(path).name)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802, FBT001
        self.ask("delete")
        super().xDelete(filename, syncdir)
        self.ops.append(Op("delete", Path(filename).name, int(syncdir)))

    def xRandomness(self, numbytes: int) -> bytes:  # noqa: N802
        return self.chance.randbytes(numbytes)

    def draw_from(self, seed: str) -> None:
        """Let SQLite begin again to draw its numbers, from a seed."""
        self.chance = Random(seed)
        apsw.randomness(0)

    def ask(self, kind: str) -> int:
        """Count an operation and let it fail when its time has come; a short read is told by its code."""
        self.count += 1
        code = self.fault(self.count, kind) if self.fault else 0
        if code and code != SHORT_READ:
            raise apsw.exception_for(code)
        return code

    def _sync_folder(self, handle: int) -> None:
        """What the till does itself for a new file's name, the one thing it asks of a disk that is not SQLite's."""
        self._sync_of_the_system(handle)
        self.ops.append(Op("folder sync"))


class File(apsw.VFSFile):
    """A file whose operations are written down."""

    def __init__(self, disk: Recorder, name: Any, flags: Any, short: str) -> None:  # noqa: ANN401
        self._disk, self._short = disk, short
        super().__init__(SYSTEM, name, flags)
        self._note(Op("open", short))

    def xRead(self, amount: int, offset: int) -> bytes:  # noqa: N802
        code = self._disk.ask("read")
        data = super().xRead(amount, offset)
        return data[: amount // 2] if code else data

    def xWrite(self, data: Any, offset: int) -> None:  # noqa: N802, ANN401
        self._disk.ask("write")
        self._note(Op("write", self._short, offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, newsize: int) -> None:  # noqa: N802
        self._disk.ask("truncate")
        self._note(Op("truncate", self._short, newsize))
        super().xTruncate(newsize)

    def xSync(self, flags: int) -> None:  # noqa: N802, ARG002
        """Write down that it is safe; nothing is lost here but on the images, which are made from what is written."""
        try:
            self._disk.ask("sync")
        except apsw.Error:
            self._note(Op("failed sync", self._short))
            raise
        self._note(Op("sync", self._short))

    def _note(self, op: Op) -> None:
        """Write an operation down; SQLite's own temporary files have no name, and nothing of them outlives a cut."""
        if op.name:
            self._disk.ops.append(op)

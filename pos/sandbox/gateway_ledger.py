"""Ledger: what the gateway simulator must still know after it was killed, one JSON line a change."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import FileIO
from pathlib import Path
from typing import Protocol

import msgspec

from pos.domain.errors import DatabaseDamaged, DatabaseInUse, StorageError
from pos.sandbox.gateway_values import Change


class Ledger(Protocol):
    """Where changes are kept."""

    def changes(self) -> Iterator[Change]:
        """Return what is kept, in order."""

    def keep(self, change: Change) -> None:
        """Keep a change; when this returns, it is safe."""


class MemoryLedger:
    """A ledger for simulations in one process."""

    def __init__(self) -> None:
        self._changes: list[Change] = []

    def changes(self) -> Iterator[Change]:
        """Return what is kept, in order."""
        return iter(tuple(self._changes))

    def keep(self, change: Change) -> None:
        """Keep a change."""
        self._changes.append(change)


class FileLedger:
    """A file that is only ever added to; each line is on the disk before ``keep`` returns."""

    def __init__(self, path: Path, file: FileIO) -> None:
        self._path, self._file = path, file

    def changes(self) -> Iterator[Change]:
        """Return what is kept, in order.

        Raises:
            DatabaseDamaged: a line cannot be read.
        """
        for number, line in enumerate(self._path.read_bytes().splitlines(), 1):
            try:
                yield msgspec.json.decode(line, type=Change)
            except msgspec.DecodeError as reason:
                raise DatabaseDamaged(path=self._path, reason=f"line {number}: {reason}") from reason

    def keep(self, change: Change) -> None:
        """Keep a change; when the disk refuses (OSError), nothing of it stays behind."""
        end, line = self._file.seek(0, os.SEEK_END), msgspec.json.encode(change) + b"\n"
        try:
            self._write(line)
        except OSError:
            self._file.truncate(end)
            raise

    def _write(self, line: bytes) -> None:
        if self._file.write(line) != len(line):
            raise OSError(errno.ENOSPC, "no room for a whole line")
        os.fsync(self._file.fileno())


@contextmanager
def open_ledger(path: Path) -> Iterator[FileLedger]:
    """Open a ledger for one program, without the half line that a kill may have left at its end.

    Raises:
        DatabaseInUse: another simulator works on it.
        StorageError: the file cannot be opened.
    """
    try:
        opened = FileIO(path, "a+")
    except OSError as reason:
        raise StorageError(path=path, reason=reason) from reason
    with opened as file:
        if not _try_lock(file):
            raise DatabaseInUse(path=path)
        file.truncate(path.read_bytes().rfind(b"\n") + 1)
        yield FileLedger(path, file)


def _try_lock(file: FileIO) -> bool:
    try:
        if os.name == "nt":
            import msvcrt  # noqa: PLC0415  (exists on Windows only)

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl  # noqa: PLC0415  (exists on POSIX only)

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True

"""Spool: a second copy of the journal on another volume, one line of text for each entry, only ever appended to.

A line is a frame: ``LENGTH CRC HASH ENTRY``: the bytes of ENTRY (8 hex digits), CRC-32 of HASH and ENTRY (8), the
entry's chain hash (64), and the entry as canonical JSON, which holds no line feed. So a torn tail is what comes after
the last line feed, and a line that was damaged hides none of those behind it. A file takes 10,000 numbers of an epoch:
``0017-03.1.0000000001.spool``.
"""

import json
import os
import re
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pos.domain.chain import is_true
from pos.domain.entry import JournalEntry, canonical

ENTRIES_A_FILE = 10_000
_LINE_MAX = 2 * 1024 * 1024
_FRAME = re.compile(rb"([0-9a-f]{8}) ([0-9a-f]{8}) ([0-9a-f]{64}) ", re.ASCII)
_HEAD_BYTES = 83
_FIELDS = ("till", "epoch", "seq", "id", "at", "kind", "version", "prev")


@dataclass(frozen=True, slots=True)
class BadFrame:
    """A line that is no frame of ours any more; ``line`` counts from 1."""

    file: Path
    line: int


def frame(entry: JournalEntry) -> bytes:
    """Return an entry as the spool keeps it."""
    told = {name: getattr(entry, name) for name in _FIELDS} | {"body": entry.body.decode()}
    content = canonical(told)
    digest = entry.hash.encode()
    return b"%08x %08x %s %s\n" % (len(content), zlib.crc32(digest + content), digest, content)


def read_frame(line: bytes) -> JournalEntry | None:
    """Return the entry of a line without its line feed; None when the line was damaged."""
    head = _FRAME.match(line)
    content = line[_HEAD_BYTES:]
    if not head or len(content) != int(head[1], 16) or zlib.crc32(head[3] + content) != int(head[2], 16):
        return None
    try:
        told = json.loads(content)
        entry = JournalEntry(
            told["till"], told["epoch"], told["seq"], told["id"], told["at"], told["kind"], told["version"],
            told["body"].encode(), told["prev"], head[3].decode(),
        )  # fmt: skip
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return entry if is_true(entry) else None


def files(folder: Path, till: str) -> list[Path]:
    """Return the spool's files of a till in order."""
    found = [path for path in folder.glob(f"{till}.*.spool") if _place(path)]
    return sorted(found, key=lambda path: _place(path) or (0, 0))


def last_entry(folder: Path, till: str) -> JournalEntry | None:
    """Return the entry with the highest number of the latest epoch; None when there is none.

    Raises:
        OSError: the volume is not there or cannot be read.
    """
    next(folder.iterdir(), None)  # a glob in a folder that is not there would be empty in silence
    for path in reversed(files(folder, till)):
        found = [each for each in _read_file(path, till) if isinstance(each, JournalEntry)]
        if found:
            return max(found, key=lambda entry: entry.seq)
    return None


def read(folder: Path, till: str, epoch: int | None = None) -> Iterator[JournalEntry | BadFrame]:
    """Give everything the spool keeps of a till, or of one epoch; a torn tail is passed over.

    Raises:
        OSError: the volume cannot be read.
    """
    for path in files(folder, till):
        if epoch is None or (_place(path) or (0, 0))[0] == epoch:
            yield from _read_file(path, till)


def _read_file(path: Path, till: str) -> Iterator[JournalEntry | BadFrame]:
    with path.open("rb") as file:
        number = 0
        while line := file.readline(_LINE_MAX):
            if not line.endswith(b"\n") and len(line) < _LINE_MAX:
                return
            number += 1
            entry = read_frame(line[:-1])
            if entry is None or entry.till != till:
                yield BadFrame(path, number)
            else:
                yield entry


def append(folder: Path, entries: Sequence[JournalEntry]) -> None:
    """Put entries of one till behind what is there, and return when the volume says that they are on it.

    What a write that failed has left behind the last whole line is cut off first. The folder is never made: where the
    volume is not there, another disk would be taken for it.

    Raises:
        OSError: they are not, or not all, on the volume.
    """
    for path, part in _by_file(folder, entries):
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0)
        handle = os.open(path, flags, 0o600)
        try:
            end = _end_of_lines(handle)
            os.ftruncate(handle, end)
            os.lseek(handle, end, os.SEEK_SET)
            _write(handle, b"".join(frame(entry) for entry in part))
            os.fsync(handle)
        finally:
            os.close(handle)


def _by_file(folder: Path, entries: Sequence[JournalEntry]) -> list[tuple[Path, list[JournalEntry]]]:
    parts: dict[Path, list[JournalEntry]] = {}
    for entry in entries:
        first = (entry.seq - 1) // ENTRIES_A_FILE * ENTRIES_A_FILE + 1
        parts.setdefault(folder / f"{entry.till}.{entry.epoch}.{first:010d}.spool", []).append(entry)
    return list(parts.items())


def _place(path: Path) -> tuple[int, int] | None:
    """Return the epoch and the first seq a file is for."""
    with suppress(ValueError):
        _, epoch, first, _ = path.name.rsplit(".", 3)
        return int(epoch), int(first)
    return None


def _end_of_lines(handle: int) -> int:
    """Return where the last whole line ends."""
    end = os.lseek(handle, 0, os.SEEK_END)
    while end:
        start = max(0, end - 65_536)
        os.lseek(handle, start, os.SEEK_SET)
        found = os.read(handle, end - start).rfind(b"\n")
        if found >= 0:
            return start + found + 1
        end = start
    return 0


def _write(handle: int, content: bytes) -> None:
    view = memoryview(content)
    while view:
        view = view[os.write(handle, view) :]

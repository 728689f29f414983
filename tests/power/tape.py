"""What a program did to a disk, in order, and the disk as a power cut leaves it. No SQLite in here.

The model is strict POSIX, and harsher than common file systems: a write or a truncation is safe only when a later sync
of that file returned; a new name, or its removal, only when its folder was synced, which SQLite does with the first
sync of a new log or journal, with some removals, and the till itself once for a new file. Until then any part of the
writes may be there, in any order, each torn at 512 bytes; names come and go in order. A sync that failed leaves its
writes in the hands of chance for ever: a later sync that succeeds does not bring them back (what Linux does to dirty
pages after an error).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any, NamedTuple

SECTOR = 512
"""The least that a disk writes whole, in bytes."""


class Op(NamedTuple):
    """One thing done to the disk, or said to the world (``said``).

    Attributes:
        kind: ``open``, ``write``, ``truncate``, ``sync``, ``failed sync``, ``delete``, ``folder sync``; ``commit`` and
            ``said`` are what the program was promised and what it then promised to people.
    """

    kind: str
    name: str = ""
    at: int = 0
    data: bytes = b""
    fact: Any = None


Files = dict[str, bytes]


@dataclass(slots=True)
class Recording:
    """A scene as it was played.

    Attributes:
        base: the files before it, all of them safe.
        states: a digest of everything in the database: before the scene, then after each commit.
        opened: how many commits opening itself made; an image that ends before them is brought there by opening it.
    """

    scene: str
    seed: int
    database: str
    base: Files
    ops: list[Op]
    states: list[str]
    opened: int = 0


@dataclass(slots=True)
class _Inode:
    safe: bytearray
    pending: list[Op] = field(default_factory=list)
    is_new_log: bool = False


class Disk:
    """A disk that plays ops, and can lose its power after any."""

    def __init__(self, base: Mapping[str, bytes]) -> None:
        self._inodes = [_Inode(bytearray(data)) for data in base.values()]
        self._names = {name: number for number, name in enumerate(base)}
        self._safe_names = dict(self._names)
        self._moves: list[tuple[str, int | None]] = []
        self._chance = Random(0)

    def play(self, ops: Iterable[Op], chance: Random | None = None) -> None:
        """Do these too; ``chance`` is asked what a failed sync left behind."""
        self._chance = chance or self._chance
        for op in ops:
            getattr(self, "_" + op.kind.replace(" ", "_"))(op)

    @property
    def unsafe(self) -> int:
        """How many writes, truncations and names a power cut may take now."""
        return sum(len(inode.pending) for inode in self._inodes) + len(self._moves)

    def image(self, chance: Random, mode: str) -> Files:
        """Return the files after a power cut: of the unsafe ``none``, ``all``, a ``prefix`` or ``some`` is left."""
        names = dict(self._safe_names)
        kept = {"none": 0, "all": len(self._moves)}.get(mode, chance.randint(0, len(self._moves)))
        for name, number in self._moves[:kept]:
            if number is None:
                names.pop(name, None)
            else:
                names[name] = number
        likely = chance.choice((0.1, 0.5, 0.9))
        return {name: _left(self._inodes[number], chance, mode, likely) for name, number in names.items()}

    def _open(self, op: Op) -> None:
        if op.name not in self._names:
            self._names[op.name] = len(self._inodes)
            self._inodes.append(_Inode(bytearray(), is_new_log=op.name.endswith(("-wal", "-journal"))))
            self._moves.append((op.name, self._names[op.name]))

    def _write(self, op: Op) -> None:
        self._inode(op).pending.append(op)

    _truncate = _write

    def _sync(self, op: Op) -> None:
        inode = self._inode(op)
        for each in inode.pending:
            _apply(inode.safe, each)
        inode.pending.clear()
        if inode.is_new_log:
            inode.is_new_log = False
            self._folder_sync(op)

    def _failed_sync(self, op: Op) -> None:
        inode = self._inode(op)
        for each in inode.pending:
            if self._chance.random() < 0.5:
                _apply(inode.safe, each)
        inode.pending.clear()

    def _delete(self, op: Op) -> None:
        if self._names.pop(op.name, None) is not None:
            self._moves.append((op.name, None))
        if op.at:
            self._folder_sync(op)

    def _folder_sync(self, _op: Op) -> None:
        self._safe_names = dict(self._names)
        self._moves.clear()

    def _commit(self, _op: Op) -> None:
        """A promise changes no disk."""

    _said = _commit

    def _inode(self, op: Op) -> _Inode:
        return self._inodes[self._names[op.name]]


def _left(inode: _Inode, chance: Random, mode: str, likely: float) -> bytes:
    data = bytearray(inode.safe)
    kept = {"none": 0, "prefix": chance.randint(0, len(inode.pending))}.get(mode, len(inode.pending))
    for op in inode.pending[:kept]:
        fate = chance.random()
        if mode != "some" or fate < likely:
            _apply(data, op)
        elif fate < likely + 0.1 and op.kind == "write":
            _tear(data, op, chance)
    return bytes(data)


def _tear(data: bytearray, op: Op, chance: Random) -> None:
    likely = chance.random()
    for start in range(0, len(op.data), SECTOR):
        if chance.random() < likely:
            _apply(data, Op("write", op.name, op.at + start, op.data[start : start + SECTOR]))


def _apply(data: bytearray, op: Op) -> None:
    if op.kind == "truncate":
        del data[op.at :]
        return
    if len(data) < op.at:
        data.extend(bytes(op.at - len(data)))
    data[op.at : op.at + len(op.data)] = op.data

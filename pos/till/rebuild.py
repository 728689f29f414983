"""Rebuild: a till's database made again from the hub's copy, the second copy and what is left of the old file.

The new file is complete on disk before the old one is touched, and the old one is set aside, never deleted. A rebuilt
till begins a new epoch, so that no number of the old life is given out again.
"""

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pos.clock import Clock, Ids
from pos.domain.chain import HubCopy, Merged, merge
from pos.domain.entry import JournalEntry
from pos.domain.errors import RebuildImpossible, StorageError, WrongTill
from pos.domain.signing import UNSIGNED, entry_fault
from pos.settings import Settings
from pos.storage import catalogue, payments, spool
from pos.storage.database import open_reader, sync_folder, told_as_ours
from pos.storage.journal import Identity
from pos.storage.migrations import TILL_FILE, till_steps
from pos.storage.remake import Remade, Remains, remake
from pos.storage.salvage import FILES, Salvaged, read_file
from pos.till.finding import Finding, Word, finding
from pos.till.till import catalogue_file, till_file, usable_device

_MARK = b"a rebuild is under way; what was here is in "


@dataclass(slots=True)
class Copies:
    """Where a journal is to be had from.

    Attributes:
        hub: None when it was not asked; what does not bear this till's signature is not among its entries.
        unproven: the hub's entries that bear none, where nothing here says otherwise.
        doubts: what the hub gave and was not taken.
        spooled: what the second copy holds; ``bad_frames`` could not be read.
        files: the old file, and a backup when one was named.
    """

    hub: HubCopy | None = None
    unproven: Sequence[JournalEntry] = ()
    doubts: Sequence[Finding] = ()
    spooled: Sequence[JournalEntry] = ()
    bad_frames: Sequence[spool.BadFrame] = ()
    files: Sequence[Salvaged] = ()


@dataclass(slots=True)
class Rebuilt:
    """What came of it.

    Attributes:
        recovered: entries put back as they were.
        adopted: entries off the chains that were told again in the new epoch.
        missing: by epoch, the numbers that a copy proves and no copy holds, as (first, last).
        left: entries that could not be told again, and why.
        unsold: out_trade_no of payments whose money came and whose sale is not there.
        set_aside: where the old files are.
    """

    epoch: int
    recovered: int
    adopted: int
    missing: dict[int, list[tuple[int, int]]]
    left: list[tuple[JournalEntry, str]]
    unsold: list[str]
    has_staff: bool
    is_tail_known: bool
    set_aside: Path


def gather(settings: Settings, hub: HubCopy | None, backup: Path | None = None) -> Copies:
    """Read whatever there is on this machine beside what the hub gave; nothing is changed.

    Raises:
        WrongTill: the old file or the backup is another till's.
        StorageError: the second copy is set up and cannot be read.
    """
    name = f"{settings.till.store}-{settings.till.till}"
    files = [read_file(path, name) for path in [_old_file(settings), *([backup] if backup else [])]]
    for found, path in zip(files, [till_file(settings), backup], strict=False):
        if found.owner and found.owner != (settings.till.store, settings.till.till):
            raise WrongTill(path=path, found="-".join(found.owner))
    copies = Copies(hub, files=files)
    if settings.till.second_copy:
        folder = Path(settings.till.second_copy)
        with told_as_ours(folder):
            next(folder.iterdir(), None)  # a glob in a folder that is not there would be empty in silence
            frames = list(spool.read(folder, name))
        copies.spooled = [each for each in frames if isinstance(each, JournalEntry)]
        copies.bad_frames = [each for each in frames if isinstance(each, spool.BadFrame)]
    _sift(copies, settings)
    return copies


def _sift(copies: Copies, settings: Settings) -> None:
    """Take from the hub what this till signed; what bears no signature only where nothing here says otherwise."""
    device = usable_device(settings)
    if device is None or copies.hub is None:
        return
    own: dict[tuple[int, int], set[str]] = {}
    for entry in _local(copies):
        own.setdefault((entry.epoch, entry.seq), set()).add(entry.hash)
    signed, unproven, doubts = [], [], []
    for entry in copies.hub.entries:
        here = own.get((entry.epoch, entry.seq), set())
        fault = entry_fault(entry.signature, entry.hash, device.keys)
        if not fault:
            signed.append(entry)
        elif entry.hash not in here and (here or fault != UNSIGNED):
            doubts.append(finding(f"hub entry {entry.epoch}/{entry.seq}", Word.WRONGLY_SIGNED, reason=fault))
        elif not here:
            unproven.append(entry)
    copies.hub, copies.unproven, copies.doubts = replace(copies.hub, entries=signed), unproven, doubts


def _local(copies: Copies) -> list[JournalEntry]:
    return [*copies.spooled, *(entry for file in copies.files for entry in file.entries)]


def rebuild(settings: Settings, copies: Copies, clock: Clock, ids: Ids) -> Rebuilt:
    """Make the till's file again, in a new epoch, and put it in the old one's place.

    The caller holds the folder's lock (``only_one``).

    Raises:
        RebuildImpossible: there is nothing to make it from, or the entries contradict each other.
        StorageError: the disk fails; the old file is as it was.
    """
    merged = _merge(copies)
    target = till_file(settings)
    if not merged.entries and not merged.loose and not any(each.owner for each in copies.files):
        raise RebuildImpossible(path=target, reason="no copy holds anything of this till")
    identity = Identity(settings.till.store, settings.till.till, _last_epoch(copies, merged) + 1)
    now = clock.now()
    half = target.with_name(target.name + ".new")
    _remove(half)
    tables = _unfolded(copies.files)
    remade = remake(half, identity, Remains(merged, copies.hub, tables), now, ids)
    unsold = _unsold(half)
    aside = target.with_name(f"set-aside-{now:%Y%m%dT%H%M%S%f}-{identity.epoch}")
    with told_as_ours(target):
        _put_in_place(half, target, aside)
        _check_prices(settings, aside)
    return _told(identity, copies, merged, remade, (unsold, bool(tables.get("staff")), aside))


def _merge(copies: Copies) -> Merged:
    return merge(copies.hub.entries if copies.hub else (), [*_local(copies), *copies.unproven])


def _last_epoch(copies: Copies, merged: Merged) -> int:
    told = [file.epoch for file in copies.files] + [entry.epoch for entry in merged.loose] + list(merged.epochs)
    return max([copies.hub.latest_epoch if copies.hub else 0, *told], default=0)


def _unfolded(files: Sequence[Salvaged]) -> dict[str, Sequence[Mapping[str, Any]]]:
    """The first file that has rows of a table has the latest."""
    tables: dict[str, Sequence[Mapping[str, Any]]] = {}
    for file in files:
        for table, rows in file.tables.items():
            if rows and not tables.get(table):
                tables[table] = rows
    return tables


def _unsold(path: Path) -> list[str]:
    db = open_reader(path, till_steps, application_id=TILL_FILE)
    try:
        return [attempt.out_trade_no for attempt in payments.list_paid_without_sale(db)]
    finally:
        db.conn.close()


def _told(
    identity: Identity, copies: Copies, merged: Merged, remade: Remade, more: tuple[list[str], bool, Path]
) -> Rebuilt:
    unsold, has_staff, aside = more
    return Rebuilt(
        epoch=identity.epoch,
        recovered=len(merged.entries),
        adopted=remade.adopted,
        missing=missing(copies, merged),
        left=remade.left,
        unsold=unsold,
        has_staff=has_staff,
        is_tail_known=copies.files[0].is_whole or bool(copies.spooled),
        set_aside=aside,
    )


def missing(copies: Copies, merged: Merged) -> dict[int, list[tuple[int, int]]]:
    """Return by epoch the spans of numbers that must have been given out, since later ones were, and are in no copy."""
    held: dict[int, set[int]] = {epoch: {entry.seq for entry in chain} for epoch, chain in merged.epochs.items()}
    for entry in merged.loose:
        held.setdefault(entry.epoch, set()).add(entry.seq)
    tops = {epoch: max(seqs, default=0) for epoch, seqs in held.items()}
    for epoch, (seq, _) in copies.hub.heads.items() if copies.hub else ():
        tops[epoch] = max(seq, tops.get(epoch, 0))
    return {epoch: spans for epoch, top in tops.items() if (spans := list(_spans(held.get(epoch, set()), top)))}


def _spans(held: set[int], top: int) -> Iterator[tuple[int, int]]:
    before = 0
    for seq in [*sorted(each for each in held if each <= top), top + 1]:
        if seq > before + 1:
            yield before + 1, seq - 1
        before = seq


def _old_file(settings: Settings) -> Path:
    """Return where the old file is: in its place, or where a rebuild that was cut off has set it aside."""
    target = till_file(settings)
    with suppress(OSError), target.open("rb") as file:
        words = file.read(200)
        if words.startswith(_MARK):
            return target.with_name(words[len(_MARK) :].decode().strip()) / target.name
    return target


def _put_in_place(half: Path, target: Path, aside: Path) -> None:
    """Copy the old files aside, then mark their place as under repair, then put the new file there.

    A till that starts between any two of these steps refuses the place by its mark; a log of the old file is never
    beside a new one, where SQLite might take it for its own.
    """
    if not _is_marked(target):
        aside.mkdir()
        for suffix in FILES:
            beside = target.with_name(target.name + suffix)
            if beside.exists():
                _copy_durably(beside, aside / beside.name)
        sync_folder(aside)
        mark = target.with_name(target.name + ".mark")
        mark.write_bytes(_MARK + aside.name.encode() + b"\n")
        _sync(mark)
        mark.replace(target)
        sync_folder(target.parent)
    for suffix in FILES[1:]:
        target.with_name(target.name + suffix).unlink(missing_ok=True)
    sync_folder(target.parent)
    half.replace(target)
    _remove(half)  # what a reader of it has left beside it
    sync_folder(target.parent)


def _is_marked(target: Path) -> bool:
    with suppress(OSError):
        return target.read_bytes()[: len(_MARK)] == _MARK if target.stat().st_size < 1_000 else False
    return False


def _copy_durably(source: Path, to: Path) -> None:
    shutil.copyfile(source, to)
    _sync(to)


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _remove(path: Path) -> None:
    for suffix in FILES:
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _check_prices(settings: Settings, aside: Path) -> None:
    """Set a catalogue aside that cannot be read: the hub gives it again."""
    path = catalogue_file(settings)
    try:
        catalogue.open_catalogue(path).conn.close()
    except StorageError:
        aside.mkdir(exist_ok=True)
        for suffix in FILES:
            beside = path.with_name(path.name + suffix)
            if beside.exists():
                beside.replace(aside / beside.name)

"""Parcels: journals that came on a stick, taken as if they had come over the line: each entry once, in order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Engine

from pos.clock import SystemClock
from pos.domain.entry import JournalEntry, utc_text
from pos.domain.errors import ParcelUnreadable
from pos.domain.parcel import NotForUs, Parcel, address_of, parcel_key, unseal
from pos.hub import devices, intake, signatures
from pos.hub.database import open_engine, reading
from pos.hub.wire import ENTRIES_MAX
from pos.keyfile import open_hub_key


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a parcel: how many entries it had, how many were new, and how far each epoch is kept now."""

    till: str
    entries: int
    fresh: int
    kept: tuple[intake.Kept | intake.Gap | intake.Fork, ...]

    @property
    def is_whole(self) -> bool:
        """Whether all of it is kept."""
        return all(isinstance(each, intake.Kept) for each in self.kept)

    def __str__(self) -> str:
        return f"{self.till}: {self.entries} entries, {self.fresh} of them new; {'; '.join(map(str, self.kept))}"


def address(key_file: Path) -> str:
    """Return whom a store without a line seals its parcels to."""
    return address_of(parcel_key(open_hub_key(key_file)).public_key())


def import_all(database_url: str, key_file: Path, files: Sequence[Path]) -> list[Imported]:
    """Take parcels, as ``import_parcel`` takes one."""
    engine, key, at = open_engine(database_url), open_hub_key(key_file), utc_text(SystemClock().now())
    return [import_parcel(engine, key, file, at) for file in files]


def import_parcel(engine: Engine, key: Ed25519PrivateKey, path: Path, at: str) -> Imported:
    """Take a parcel; a second time it changes nothing.

    Args:
        at: now, in journal UTC text.

    Raises:
        ParcelUnreadable: it cannot be read, is for another hub, or its till did not sign all of it; nothing was taken.
    """
    try:
        parcel = unseal(path.read_bytes(), parcel_key(key))
        _check(engine, parcel)
    except (OSError, NotForUs) as reason:
        raise ParcelUnreadable(path=path, reason=reason) from reason
    found: dict[int, intake.Kept | intake.Gap | intake.Fork] = {}
    before = _kept_of(engine, parcel.till)
    for batch in _batches(parcel.entries):
        if isinstance(found.get(batch[0].epoch), intake.Gap | intake.Fork):
            continue
        found[batch[0].epoch] = intake.take(engine, batch, at, {})
    fresh = sum(_kept_of(engine, parcel.till).values()) - sum(before.values())
    return Imported(parcel.till, len(parcel.entries), fresh, tuple(found.values()))


def _check(engine: Engine, parcel: Parcel) -> None:
    """Let nothing in that its till did not sign: over a line the till's signed request would vouch for it."""
    with reading(engine) as connection:
        keys = devices.keys_of(connection, parcel.till)
        may_speak = devices.may_speak(connection, parcel.till)
    if keys and not may_speak:
        raise NotForUs(f"the device of {parcel.till} was revoked")
    if not keys:
        raise NotForUs(f"no key of {parcel.till} is known here")
    if intake.first_untrue(parcel.entries) is not None or intake.first_too_large(parcel.entries) is not None:
        raise NotForUs("an entry's hash is not its content's")
    if any(a.epoch == b.epoch and a.seq + 1 != b.seq for a, b in pairwise(parcel.entries)):
        raise NotForUs("entries are missing in between")
    if faults := signatures.faults_of(parcel.entries, keys):
        raise NotForUs(f"entry {next(iter(faults))}: {next(iter(faults.values()))}")


def _batches(entries: Sequence[JournalEntry]) -> Iterator[Sequence[JournalEntry]]:
    for _, group in groupby(entries, key=lambda entry: entry.epoch):
        whole = list(group)
        for start in range(0, len(whole), ENTRIES_MAX):
            yield whole[start : start + ENTRIES_MAX]


def _kept_of(engine: Engine, till: str) -> dict[int, int]:
    with reading(engine) as connection:
        return intake.kept_of(connection, intake.TillName.parse(till))

"""The device's signatures of journal entries, beside the journal, whose own rows are never changed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlite_utils import Database

from pos.domain.device import Device
from pos.domain.entry import JournalEntry
from pos.domain.signing import entry_fault
from pos.storage import journal
from pos.storage.database import transaction

_AT_ONCE = 500
"""Entries signed in one transaction, so that nobody waits long for the disk."""


def keep(db: Database, entry: JournalEntry, device: Device) -> None:
    """Sign an entry and keep the signature; only inside a transaction."""
    assert db.conn.in_transaction
    db.execute(
        "INSERT INTO signatures (epoch, seq, signature) VALUES (?,?,?)",
        [entry.epoch, entry.seq, device.sign(entry.hash)],
    )


def sign_unsigned(db: Database, till: str, device: Device, *, but_not: Collection[str] = (),
                  is_unsent: bool = False) -> int:  # fmt: skip
    """Sign every entry that was made before there was a key, and return how many.

    Each must be its own content's hash; one that is not stays unsigned, for ``journal.verify`` to name.

    Args:
        but_not: hashes of entries that only somebody else had, and that bore no signature: never ours to give.
        is_unsent: only what the hub has not acknowledged; what came from there unsigned stays so.
    """
    count = 0
    while found := _unsigned(db, till, but_not, _UNSENT if is_unsent else ""):
        with transaction(db):
            for entry in found:
                keep(db, entry, device)
        count += len(found)
    return count


@dataclass(frozen=True, slots=True)
class Signatures:
    """How the journal's signatures stand.

    Attributes:
        good: entries whose signature holds.
        faults: what is wrong with the others, by (epoch, seq), in order.
    """

    good: int
    faults: Mapping[tuple[int, int], str]


def verify_signatures(
    db: Database, till: str, epoch: int, keys: Mapping[str, Ed25519PublicKey], *, after: int = 0
) -> Signatures:
    """Check the signature of each entry of an epoch behind a seq.

    Args:
        keys: every key the till ever had, by ``key_id``: ``Device.keys``.
    """
    good, faults = 0, {}
    for entry in journal.entries(db, till, epoch, after=after):
        if fault := entry_fault(entry.signature, entry.content_hash(), keys):
            faults[entry.epoch, entry.seq] = fault
        else:
            good += 1
    return Signatures(good, faults)


_UNSENT = " AND j.seq > coalesce((SELECT a.seq FROM acknowledged a WHERE a.epoch = j.epoch), 0)"


def _unsigned(db: Database, till: str, but_not: Collection[str], only: str) -> list[JournalEntry]:
    columns = "j.epoch, j.seq, j.id, j.at, j.kind, j.version, j.body, j.prev, j.hash"
    rows = db.execute(
        f"SELECT {columns} FROM journal j LEFT JOIN signatures s ON s.epoch = j.epoch AND s.seq = j.seq"  # noqa: S608
        f" WHERE s.seq IS NULL{only} ORDER BY j.epoch, j.seq"
    )
    found: list[JournalEntry] = []
    for row in rows:
        entry = JournalEntry(till, *row)
        if entry.hash == entry.content_hash() and entry.hash not in but_not:
            found.append(entry)
        if len(found) == _AT_ONCE:
            break
    return found

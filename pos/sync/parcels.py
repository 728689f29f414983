"""Parcels: what the hub does not have yet of a till's journal, into a file for a stick."""

from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from pos.domain import parcel
from pos.domain.device import Device
from pos.domain.entry import JournalEntry
from pos.domain.errors import BadParcelAddress, ExportNotWritten
from pos.storage import journal, signatures
from pos.storage.database import Database
from pos.storage.journal import Identity


def sign_rest(db: Database, identity: Identity, device: Device | None) -> None:
    """Sign what was written before the till had its key: head office takes nothing else."""
    if device:
        signatures.sign_unsigned(db, identity.name, device, is_unsent=True)


def write_parcel(db: Database, identity: Identity, address: str, path: Path) -> int:
    """Write everything that is not acknowledged and is signed, and return how many entries that is; it only reads.

    They stay unsent until a line or the hub's own word says otherwise: the next parcel has them again.

    Args:
        address: whom it is for, as the hub's operator told it.

    Raises:
        BadParcelAddress: it is none.
        ExportNotWritten: the file is there already, or cannot be written.
    """
    try:
        to = parcel.read_address(address)
    except ValueError:
        raise BadParcelAddress(text=address[:60]) from None
    entries = list(_unsent(db, identity))
    raw = parcel.seal(identity.name, entries, to, X25519PrivateKey.generate())
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as out:
            out.write(raw)
    except OSError as reason:
        raise ExportNotWritten(path=path, reason=reason.strerror) from reason
    return len(entries)


def _unsent(db: Database, identity: Identity) -> Iterator[JournalEntry]:
    for epoch in journal.epochs(db):
        yield from journal.entries(db, identity.name, epoch, after=journal.acknowledged_seq(db, epoch))

"""Take a batch of journal entries: each true one exactly once, in order, before anything is made of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Self

from sqlalchemy import Connection, Engine, bindparam, select, update

from pos.domain.entry import GENESIS, MAX_BODY_BYTES, JournalEntry
from pos.hub import projections, signatures
from pos.hub.database import Row, insert_all, insert_new, writing
from pos.hub.schema import entries as kept
from pos.hub.schema import forks, till_heads


@dataclass(frozen=True, slots=True)
class TillName:
    """A till by its store and its number within the store."""

    store: str
    number: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``0017-03``."""
        store, _, number = text.partition("-")
        return cls(store, number)

    def __str__(self) -> str:
        return f"{self.store}-{self.number}"

    @property
    def key(self) -> Row:
        """The first columns of each of its rows."""
        return {"store": self.store, "till": self.number}


@dataclass(frozen=True, slots=True)
class Kept:
    """Everything of the epoch up to ``seq``, whose hash is ``hash``, is on disk."""

    epoch: int
    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Gap:
    """The batch starts beyond what is kept; nothing of it was taken."""

    epoch: int
    send_from: int


@dataclass(frozen=True, slots=True)
class Fork:
    """The entry ``seq`` contradicts what is kept; it and what followed were put beside it."""

    epoch: int
    seq: int


def first_too_large(batch: Sequence[JournalEntry]) -> int | None:
    """Return the seq of the first entry whose body is longer than a journal keeps, None when none is."""
    return next((entry.seq for entry in batch if len(entry.body) > MAX_BODY_BYTES), None)


def first_untrue(batch: Sequence[JournalEntry]) -> int | None:
    """Return the seq of the first entry whose hash is not its content's, None when all are true."""
    return next((entry.seq for entry in batch if entry.hash != entry.content_hash()), None)


def first_out_of_order(batch: Sequence[JournalEntry]) -> int | None:
    """Return the seq of the first entry that is not the next one of the same epoch, None when all are."""
    for before, entry in pairwise(batch):
        if (entry.epoch, entry.seq) != (before.epoch, before.seq + 1):
            return entry.seq
    return None


def take(
    engine: Engine, batch: Sequence[JournalEntry], received_at: str, faults: Mapping[int, str] | None = None
) -> Kept | Gap | Fork:
    """Keep what is new of a batch and project it, in one transaction.

    Args:
        batch: true, consecutive entries of one epoch of one till, at least one.
        received_at: now, in journal UTC text.
        faults: what is wrong with signatures, by seq: these entries are kept and parked. None when nobody looked.
    """
    assert batch
    till, epoch = TillName.parse(batch[0].till), batch[0].epoch
    with writing(engine) as connection:
        head = _locked_head(connection, till, epoch, received_at, may_start=batch[0].seq == 1)
        if batch[0].seq > head.seq + 1:
            return Gap(epoch, head.seq + 1)
        fits = _how_many_fit(batch, head, _kept_hashes(connection, till, batch, head))
        fresh = [entry for entry in batch[:fits] if entry.seq > head.seq]
        if fresh:
            _keep(connection, till, fresh, received_at)
            if faults is not None:
                signatures.keep_signatures(connection, till.key, fresh, faults)
            projections.project(connection, till.key, fresh, received_at, faults or {})
            head = Kept(epoch, fresh[-1].seq, fresh[-1].hash)
        if fits < len(batch):
            insert_new(connection, forks, [_row(till, entry, received_at) for entry in batch[fits:]])
            return Fork(epoch, batch[fits].seq)
    return head


def kept_of(connection: Connection, till: TillName) -> dict[int, int]:
    """Return how far each epoch of a till is kept."""
    rows = connection.execute(select(till_heads.c.epoch, till_heads.c.seq).filter_by(**till.key)).all()
    return {row.epoch: row.seq for row in rows}


def head_of(connection: Connection, till: TillName, epoch: int | None) -> Kept:
    """Return what is kept of an epoch, or of the latest one; nothing kept is seq 0 and GENESIS."""
    query = _LATEST_HEAD if epoch is None else _HEAD_OF_EPOCH
    row = connection.execute(query, till.key | ({} if epoch is None else {"epoch": epoch})).first()
    return Kept(*row) if row else Kept(epoch or 1, 0, GENESIS)


# Written once, because making a statement takes SQLAlchemy longer than running it.
_HEAD = select(till_heads.c.epoch, till_heads.c.seq, till_heads.c.hash).where(
    till_heads.c.store == bindparam("store"), till_heads.c.till == bindparam("till")
)
_HEAD_OF_EPOCH = _HEAD.where(till_heads.c.epoch == bindparam("epoch"))
_LATEST_HEAD = _HEAD.order_by(till_heads.c.epoch.desc()).limit(1)
_HEAD_LOCKED = _HEAD_OF_EPOCH.with_for_update()
_HASHES = select(kept.c.seq, kept.c.hash).where(
    kept.c.store == bindparam("store"),
    kept.c.till == bindparam("till"),
    kept.c.epoch == bindparam("epoch"),
    kept.c.seq.between(bindparam("first"), bindparam("last")),
)
_ADVANCE = (
    update(till_heads)
    .where(
        till_heads.c.store == bindparam("of_store"),
        till_heads.c.till == bindparam("of_till"),
        till_heads.c.epoch == bindparam("of_epoch"),
    )
    .values(seq=bindparam("seq"), hash=bindparam("hash"), received_at=bindparam("received_at"))
)


def _locked_head(connection: Connection, till: TillName, epoch: int, at: str, *, may_start: bool) -> Kept:
    key = till.key | {"epoch": epoch}
    row = connection.execute(_HEAD_LOCKED, key).first()
    if row is None and may_start:
        # Two first batches at once: the second waits here for the first and then finds its head.
        insert_new(connection, till_heads, [{**key, "seq": 0, "hash": GENESIS, "received_at": at}])
        row = connection.execute(_HEAD_LOCKED, key).first()
    return Kept(*row) if row else Kept(epoch, 0, GENESIS)


def _kept_hashes(
    connection: Connection, till: TillName, batch: Sequence[JournalEntry], head: Kept
) -> Mapping[int, str]:
    if batch[0].seq > head.seq:
        return {}
    key = till.key | {"epoch": head.epoch, "first": batch[0].seq, "last": batch[-1].seq}
    return dict(connection.execute(_HASHES, key).all())


def _how_many_fit(batch: Sequence[JournalEntry], head: Kept, hashes: Mapping[int, str]) -> int:
    prev = head.hash
    for index, entry in enumerate(batch):
        if entry.seq <= head.seq:
            if hashes.get(entry.seq) != entry.hash:
                return index
        elif entry.prev != prev:
            return index
        else:
            prev = entry.hash
    return len(batch)


def _keep(connection: Connection, till: TillName, fresh: Sequence[JournalEntry], received_at: str) -> None:
    insert_all(connection, kept, [_row(till, entry, received_at) for entry in fresh])
    last = fresh[-1]
    of = {"of_store": till.store, "of_till": till.number, "of_epoch": last.epoch}
    connection.execute(_ADVANCE, of | {"seq": last.seq, "hash": last.hash, "received_at": received_at})


def _row(till: TillName, entry: JournalEntry, received_at: str) -> dict[str, Any]:
    return {
        **till.key, "epoch": entry.epoch, "seq": entry.seq, "id": entry.id, "at": entry.at, "kind": entry.kind,
        "version": entry.version, "body": entry.body, "prev": entry.prev, "hash": entry.hash,
        "received_at": received_at,
    }  # fmt: skip

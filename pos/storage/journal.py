"""The journal: append, read, verify, acknowledge."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from pos.domain.entry import GENESIS, JournalEntry, Json, utc_text
from pos.domain.errors import JournalBroken

_COLUMNS = "epoch, seq, id, at, kind, version, body, prev, hash"


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose journal it is; ``epoch`` grows when a till is restored from a backup."""

    store: str
    till: str
    epoch: int = 1

    @property
    def name(self) -> str:
        """The till as the hub knows it: ``0017-03``."""
        return f"{self.store}-{self.till}"


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happened, before it is an entry; ``body`` is canonical-JSON material."""

    kind: str
    id: str
    at: datetime
    body: Mapping[str, Json]
    version: int = 1


def find_identity(db: Database) -> Identity | None:
    """Return whose journal it is; None while it is nobody's."""
    row = db.execute("SELECT store, till, epoch FROM identity").fetchone()
    return Identity(*row) if row else None


def keep_identity(db: Database, identity: Identity) -> None:
    """Say whose journal it is, unless somebody's it is already; only inside a transaction."""
    assert db.conn.in_transaction
    db.execute(
        "INSERT INTO identity (one, store, till, epoch) VALUES (1, ?, ?, ?) ON CONFLICT (one) DO NOTHING",
        [identity.store, identity.till, identity.epoch],
    )


def append(db: Database, identity: Identity, fact: Fact) -> JournalEntry:
    """Add a fact to the end of the chain; only inside a transaction."""
    assert db.conn.in_transaction
    seq, prev = head(db, identity.epoch)
    entry = JournalEntry.make(
        till=identity.name,
        epoch=identity.epoch,
        seq=seq + 1,
        id=fact.id,
        at=fact.at,
        kind=fact.kind,
        version=fact.version,
        body=fact.body,
        prev=prev,
    )
    put_back(db, entry)
    return entry


def put_back(db: Database, entry: JournalEntry) -> None:
    """Write an entry as it is, for a journal that is made again from its copies; only inside a transaction."""
    assert db.conn.in_transaction
    db.execute(
        f"INSERT INTO journal ({_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?)",  # noqa: S608  (a constant)
        [entry.epoch, entry.seq, entry.id, entry.at, entry.kind, entry.version, entry.body, entry.prev, entry.hash],
    )


def epochs(db: Database) -> list[int]:
    """Return the epochs that have entries, in order."""
    return [row[0] for row in db.execute("SELECT DISTINCT epoch FROM journal ORDER BY epoch")]


def breaks(db: Database, till: str) -> Iterator[tuple[int, int, str]]:
    """Give (epoch, seq, ``missing`` or ``changed``) wherever the chain of any epoch does not hold."""
    for epoch in epochs(db):
        expected, prev = 1, GENESIS
        for entry in entries(db, till, epoch):
            if entry.seq != expected:
                yield epoch, expected, "missing"
            elif not _is_whole(entry, prev):
                yield epoch, entry.seq, "changed"
            expected, prev = entry.seq + 1, entry.hash


def find_receipt(db: Database, till: str, receipt_no: str) -> list[JournalEntry]:
    """Return the entries of sales that a receipt with this number may have been printed for, by reading them all."""
    rows = db.execute(f"SELECT {_COLUMNS} FROM journal WHERE kind = 'sale.completed' ORDER BY epoch, seq")  # noqa: S608
    found = [JournalEntry(till, *row) for row in rows if receipt_no.encode() in row[6]]
    names = ("receipt_no", "printed_receipt_no")
    return [each for each in found if receipt_no in [each.facts.get(name) for name in names]]


def acknowledgements(db: Database) -> list[tuple[int, int, str]]:
    """Return what the hub is believed to keep, as (epoch, seq, hash)."""
    return [tuple(row) for row in db.execute("SELECT epoch, seq, hash FROM acknowledged ORDER BY epoch")]


def head(db: Database, epoch: int) -> tuple[int, str]:
    """Return the last (seq, hash) of an epoch; (0, GENESIS) when it is empty."""
    row = db.execute("SELECT seq, hash FROM journal WHERE epoch = ? ORDER BY seq DESC LIMIT 1", [epoch]).fetchone()
    return (row[0], row[1]) if row else (0, GENESIS)


def last_at(db: Database, epoch: int) -> str:
    """Return when the last entry of an epoch was made, as UTC text; empty when there is none."""
    row = db.execute("SELECT at FROM journal WHERE epoch = ? ORDER BY seq DESC LIMIT 1", [epoch]).fetchone()
    return str(row[0]) if row else ""


def entries(db: Database, till: str, epoch: int, *, after: int = 0, limit: int = -1) -> Iterator[JournalEntry]:
    """Give the entries of an epoch in order, those after a seq, all when ``limit`` is -1."""
    rows = db.execute(
        f"SELECT {_COLUMNS}, coalesce(signature, '') FROM journal LEFT JOIN signatures USING (epoch, seq)"  # noqa: S608
        " WHERE epoch = ? AND seq > ? ORDER BY seq LIMIT ?",
        [epoch, after, limit],
    )
    for row in rows:
        yield JournalEntry(till, *row)


def told_once(db: Database, entries: Iterable[JournalEntry]) -> Iterator[JournalEntry]:
    """Leave out what tells again, in a later epoch, a happening that the journal holds already; for all who fold it.

    A rebuild tells again (``adopted``) what lay off the chains; a later one may find that on a chain after all.
    """
    again: set[tuple[int, int]] | None = None
    for entry in entries:
        if entry.epoch > 1 and _ADOPTED in entry.body:
            again = _told_again(db) if again is None else again
            if (entry.epoch, entry.seq) in again:
                continue
        yield entry


_ADOPTED = b'"adopted":'
_TOLD_AGAIN = """
WITH told AS MATERIALIZED (
    SELECT epoch, seq, json_extract(CAST(body AS TEXT), '$.adopted') AS origin FROM journal
    WHERE epoch > 1 AND instr(body, ?) AND json_valid(CAST(body AS TEXT))
)
SELECT epoch, seq FROM (SELECT *, row_number() OVER (PARTITION BY origin ORDER BY epoch, seq) AS place FROM told)
WHERE origin IS NOT NULL
    AND (place > 1 OR origin IN (SELECT hash FROM journal WHERE hash IN (SELECT origin FROM told)))
"""


def _told_again(db: Database) -> set[tuple[int, int]]:
    return {(epoch, seq) for epoch, seq in db.execute(_TOLD_AGAIN, [_ADOPTED]).fetchall()}


def history(db: Database, till: str) -> Iterator[JournalEntry]:
    """Give what happened, over all epochs in order, each happening once."""
    return told_once(db, (entry for epoch in epochs(db) for entry in entries(db, till, epoch)))


def verify(db: Database, identity: Identity, *, last: int | None = None) -> int:
    """Check the chain of an epoch, or its ``last`` entries, and return how many were checked.

    Raises:
        JournalBroken: at the first seq that is missing, changed or out of order.
    """
    top, _ = head(db, identity.epoch)
    after = max(0, top - last) if last is not None else 0
    prev = hash_at(db, identity.epoch, after) if after else GENESIS
    if prev is None:
        raise JournalBroken(epoch=identity.epoch, seq=after, reason="missing")
    checked = 0
    for entry in entries(db, identity.name, identity.epoch, after=after):
        expected = after + checked + 1
        if entry.seq != expected:
            raise JournalBroken(epoch=identity.epoch, seq=expected, reason="missing")
        if not _is_whole(entry, prev):
            raise JournalBroken(epoch=identity.epoch, seq=entry.seq, reason="changed")
        prev = entry.hash
        checked += 1
    return checked


def _is_whole(entry: JournalEntry, prev: str) -> bool:
    try:
        return entry.follows(prev)
    except ValueError:  # it holds what no entry of ours ever did, such as a number beyond 2^53
        return False


def hash_at(db: Database, epoch: int, seq: int) -> str | None:
    """Return the hash of our own entry, None when there is none."""
    row = db.execute("SELECT hash FROM journal WHERE epoch = ? AND seq = ?", [epoch, seq]).fetchone()
    return row[0] if row else None


def acknowledged_seq(db: Database, epoch: int) -> int:
    """Return the last seq that the hub has said it keeps."""
    row = db.execute("SELECT seq FROM acknowledged WHERE epoch = ?", [epoch]).fetchone()
    return row[0] if row else 0


def acknowledge(db: Database, epoch: int, seq: int, at: datetime) -> None:
    """Note that the hub keeps everything up to ``seq``; lower when it lost some and asks again."""
    assert db.conn.in_transaction
    db.execute(
        "INSERT INTO acknowledged (epoch, seq, hash, at) VALUES (?,?,?,?)"
        " ON CONFLICT (epoch) DO UPDATE SET seq = excluded.seq, hash = excluded.hash, at = excluded.at",
        [epoch, seq, hash_at(db, epoch, seq) or GENESIS, utc_text(at)],
    )


def forget_acknowledged(db: Database, epoch: int, seq: int) -> None:
    """Note that the hub lost ``seq`` and what follows, and when it last acknowledged something stays."""
    assert db.conn.in_transaction
    db.execute(
        "UPDATE acknowledged SET seq = ?, hash = ? WHERE epoch = ? AND seq >= ?",
        [seq - 1, hash_at(db, epoch, seq - 1) or GENESIS, epoch, seq],
    )


@dataclass(frozen=True, slots=True)
class Unsent:
    """What the hub does not have yet; times are UTC text, empty when there is none."""

    count: int
    oldest_at: str
    last_acknowledged_at: str


def unsent(db: Database, epoch: int) -> Unsent:
    """Say how much of the journal the hub does not have yet, over all epochs up to this one."""
    parts = [_unsent_of(db, each) for each in range(1, epoch + 1)]
    oldest = next((part.oldest_at for part in parts if part.oldest_at), "")
    return Unsent(sum(part.count for part in parts), oldest, max(part.last_acknowledged_at for part in parts))


def _unsent_of(db: Database, epoch: int) -> Unsent:
    acked = acknowledged_seq(db, epoch)
    top, _ = head(db, epoch)
    oldest = db.execute("SELECT at FROM journal WHERE epoch = ? AND seq = ?", [epoch, acked + 1]).fetchone()
    last = db.execute("SELECT at FROM acknowledged WHERE epoch = ?", [epoch]).fetchone()
    return Unsent(top - acked, oldest[0] if oldest else "", last[0] if last else "")

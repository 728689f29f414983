"""Remake: a till's file made again from the entries that copies of its journal still hold, in a new epoch.

The entries on the chains go back as they were. Those off the chains, behind a hole or on the other branch of a fork,
happened as well: they are told again in the new epoch, each once, with ``adopted``, the hash of the entry that told it
first. When that is found on a chain later, both stay in the journal and the first is folded (``journal.told_once``).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from pos.clock import Ids
from pos.domain import facts
from pos.domain.approval import APPROVAL_GIVEN
from pos.domain.cash import CashKind
from pos.domain.chain import HubCopy, Merged
from pos.domain.correction import TENDER_CORRECTED
from pos.domain.entry import JournalEntry, Json, parse_utc, utc_text
from pos.domain.errors import RebuildImpossible
from pos.domain.return_facts import RETURN_COMPLETED
from pos.domain.returns import return_number
from pos.domain.sale import receipt_number
from pos.storage import figures, journal, projections, returns, sales, shifts
from pos.storage.database import closed_if_it_fails, open_database, told_as_ours, transaction
from pos.storage.journal import Fact, Identity
from pos.storage.migrations import TILL_FILE, till_steps

_STEPS: Mapping[str, tuple[str, int]] = {
    facts.SHIFT_OPENED: ("shift_id", 0),
    facts.SHIFT_CLOSED: ("shift_id", 1),
    facts.DAY_CLOSED: ("business_day", 0),
    facts.PAYMENT_STARTED: ("attempt_id", 0),
    facts.PAYMENT_SETTLED: ("attempt_id", 1),
    facts.PAYMENT_CANCELLING: ("attempt_id", 2),
    facts.PAYMENT_DEAD: ("attempt_id", 3),
    facts.REFUND_STARTED: ("refund_id", 0),
    facts.REFUND_REFUSED: ("refund_id", 1),
    facts.REFUND_DONE: ("refund_id", 1),
    facts.REFUND_IN_CASH: ("refund_id", 2),
    **dict.fromkeys(CashKind, ("cash_id", 0)),
    APPROVAL_GIVEN: ("approval_id", 0),
    TENDER_CORRECTED: ("correction_id", 0),
}
"""Of what a fact is a step, and how far on: a step is told again only when none as far on was told already."""

Left = tuple[JournalEntry, str]


@dataclass(slots=True)
class Remade:
    """What went into the new file: how many entries were told again, which could not be and why."""

    adopted: int = 0
    left: list[Left] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Remains:
    """What a new file is made of.

    Attributes:
        hub: what it has is not sent again.
        unfolded: rows of the tables that are no fold of the journal.
    """

    merged: Merged
    hub: HubCopy | None
    unfolded: Mapping[str, Sequence[Mapping[str, Any]]]


def remake(path: Path, identity: Identity, remains: Remains, now: datetime, ids: Ids) -> Remade:
    """Write a new file of a till whose current epoch is the identity's, and say what became of what was off the chains.

    Raises:
        RebuildImpossible: the entries contradict each other in the tables.
        StorageError: there is no room, or the disk fails.
    """
    db = open_database(path, till_steps, application_id=TILL_FILE)
    with closed_if_it_fails(db), told_as_ours(path):
        with transaction(db):
            journal.keep_identity(db, identity)
            _put_back(db, path, identity, remains.merged.entries)
            _begin(db, identity, remains, Fact(facts.EPOCH_BEGUN, ids.new(now), now, {}))
            remade = _Adoption(db, identity, ids).adopt(remains.merged)
            _put_unfolded(db, remains.unfolded)
            _acknowledge(db, remains, now)
        db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    db.conn.close()
    return remade


def _put_back(db: Database, path: Path, identity: Identity, entries: Iterable[JournalEntry]) -> None:
    entry: JournalEntry | None = None
    try:
        for entry in entries:
            journal.put_back(db, entry)
        for entry in journal.history(db, identity.name):
            projections.project(db, entry)
    except projections.NOT_FOLDABLE as reason:
        told = f"entry {entry.epoch}/{entry.seq} ({entry.kind}): {reason}" if entry else f"{reason}"
        raise RebuildImpossible(path=path, reason=told) from reason


def _begin(db: Database, identity: Identity, remains: Remains, fact: Fact) -> None:
    chains = remains.merged.epochs
    heads: list[Json] = [
        {"epoch": epoch, "seq": len(chain), "hash": chain[-1].hash} for epoch, chain in chains.items() if chain
    ]
    body: dict[str, Json] = {
        "epochs": heads,
        "hub_heard": 0 if remains.hub is None else 1,
        "begun_at": utc_text(fact.at),
    }
    projections.record(db, identity, Fact(fact.kind, fact.id, fact.at, body))


def _put_unfolded(db: Database, tables: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
    for table, rows in tables.items():
        known = {column.name for column in db.table(table).columns}
        for row in rows:
            db.table(table).insert({key: value for key, value in row.items() if key in known}, ignore=True)
    db.execute("DELETE FROM drafts WHERE json_extract(body, '$.sale_id') IN (SELECT id FROM sales)")


def _acknowledge(db: Database, remains: Remains, now: datetime) -> None:
    for epoch, (seq, head) in remains.hub.heads.items() if remains.hub else ():
        if seq and journal.hash_at(db, epoch, seq) == head:
            journal.acknowledge(db, epoch, seq, now)


def _origin(entry: JournalEntry) -> str:
    """Return the hash of the entry that told it first, however often it was told again."""
    return str(entry.facts.get("adopted", entry.hash))


class _Adoption:
    """Tells again what was off the chains, as new entries of the new epoch."""

    def __init__(self, db: Database, identity: Identity, ids: Ids) -> None:
        self._db, self._identity, self._ids = db, identity, ids
        self._steps: dict[tuple[str, str], int] = {}
        self._told: set[str] = set()

    def adopt(self, merged: Merged) -> Remade:
        """Adopt what is new of the loose entries, in order."""
        remade = Remade()
        self._note(merged.entries)
        for entry in merged.loose:
            if _origin(entry) in self._told:
                continue
            try:
                remade.adopted += self._adopt_one(entry)
            except projections.NOT_FOLDABLE as reason:
                remade.left.append((entry, f"{type(reason).__name__} {reason}"))
        return remade

    def _note(self, entries: Iterable[JournalEntry]) -> None:
        for entry in entries:
            body = entry.facts
            self._told.add(_origin(entry))
            if entry.kind in _STEPS:
                key, step = _STEPS[entry.kind]
                name = key, str(body.get(key))
                self._steps[name] = max(step, self._steps.get(name, -1))

    def _adopt_one(self, entry: JournalEntry) -> bool:
        body = self._told_again(entry)
        if body is None:
            return False
        at = parse_utc(entry.at)
        fact = Fact(entry.kind, self._ids.new(at), at, body | {"adopted": _origin(entry)}, entry.version)
        self._db.execute("SAVEPOINT adopt")
        try:
            made = projections.record(self._db, self._identity, fact)
        except BaseException:
            self._db.execute("ROLLBACK TO adopt")
            raise
        finally:
            self._db.execute("RELEASE adopt")
        self._note([made])
        return True

    def _told_again(self, entry: JournalEntry) -> dict[str, Any] | None:
        """Return the body to tell again; None when it was told already."""
        body = dict(entry.facts)
        if entry.kind == facts.EPOCH_BEGUN:
            return None
        if entry.kind == facts.SALE_COMPLETED:
            return self._sale_again(body)
        if entry.kind == RETURN_COMPLETED:
            return self._return_again(body)
        key, step = _STEPS.get(entry.kind, ("", 0))
        if step <= self._steps.get((key, str(body.get(key))), -1):
            return None
        if "z_no" in body:
            body |= {"printed_z_no": body["z_no"], "z_no": shifts.next_z_no(self._db, self._identity.epoch)}
        if "day_no" in body:
            body |= {"printed_day_no": body["day_no"], "day_no": figures.next_day_no(self._db)}
        return body

    def _return_again(self, body: dict[str, Any]) -> dict[str, Any] | None:
        """Both branches may have given out the same number."""
        if returns.find_return(self._db, body["return_id"]):
            return None
        if returns.has_number(self._db, body["return_no"]):
            day = datetime.fromisoformat(body["business_day"]).date()
            identity = self._identity
            body["printed_return_no"] = body["return_no"]
            body["counter"] = returns.next_counter(self._db, day, identity.epoch)
            body["return_no"] = return_number(identity.store, identity.till, day, body["counter"], identity.epoch)
        return body

    def _sale_again(self, body: dict[str, Any]) -> dict[str, Any] | None:
        """A cart that was restored on both branches may have been sold twice, to two customers."""
        there = sales.find_sale(self._db, body["sale_id"])
        if there and utc_text(there.completed_at) == body["completed_at"]:
            return None
        if there:
            body["sale_id"] = self._ids.new(parse_utc(body["completed_at"]))
        if sales.find_by_receipt(self._db, body["receipt_no"]):
            day = datetime.fromisoformat(body["business_day"]).date()
            identity = self._identity
            body["printed_receipt_no"] = body["receipt_no"]
            body["counter"] = sales.next_counter(self._db, day, identity.epoch)
            body["receipt_no"] = receipt_number(identity.store, identity.till, day, body["counter"], identity.epoch)
        return body

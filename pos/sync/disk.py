"""The till's disk as the sync loop sees it: the journal is the outbox, the catalogue the feed's sink."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from pos.domain.device import Device
from pos.domain.entry import JournalEntry
from pos.storage import catalogue, journal, signatures
from pos.storage.database import Database, checkpoint, transaction
from pos.storage.journal import Identity
from pos.sync.ports import Backlog


class JournalOutbox:
    """What the hub does not have yet of a till's journal, on a connection of the sync thread."""

    def __init__(self, db: Database, identity: Identity, device: Device | None = None) -> None:
        """Look at a journal.

        Args:
            device: signs what was written while there was no key, before it is sent.
        """
        self._db, self._identity, self._device = db, identity, device

    @property
    def till(self) -> str:
        """The till as the hub knows it."""
        return self._identity.name

    @property
    def epoch(self) -> int:
        """The epoch that new entries belong to."""
        return self._identity.epoch

    def unsent(self, limit: int) -> Sequence[JournalEntry]:
        """Give the oldest entries that are not acknowledged, in order, all of one epoch."""
        for epoch in range(1, self.epoch + 1):
            after = self.acknowledged(epoch)
            found = list(journal.entries(self._db, self.till, epoch, after=after, limit=limit))
            if self._device and not all(entry.signature for entry in found):
                signatures.sign_unsigned(self._db, self.till, self._device, is_unsent=True)
                found = list(journal.entries(self._db, self.till, epoch, after=after, limit=limit))
            if found:
                return found
        return []

    def entry_hash(self, epoch: int, seq: int) -> str | None:
        """Return the hash of our own entry, None when there is none."""
        return journal.hash_at(self._db, epoch, seq)

    def acknowledged(self, epoch: int) -> int:
        """Return the last seq the hub is believed to keep; 0 when none."""
        return journal.acknowledged_seq(self._db, epoch)

    def acknowledge(self, epoch: int, seq: int, at: datetime) -> None:
        """Note that the hub keeps everything up to ``seq``."""
        with transaction(self._db):
            journal.acknowledge(self._db, epoch, seq, at)

    def rewind(self, epoch: int, seq: int) -> None:
        """Note that the hub no longer has ``seq`` and what follows."""
        with transaction(self._db):
            journal.forget_acknowledged(self._db, epoch, seq)

    def backlog(self) -> Backlog:
        """Say how much is not acknowledged."""
        unsent = journal.unsent(self._db, self.epoch)
        return Backlog(unsent.count, unsent.oldest_at, unsent.last_acknowledged_at)

    def close(self) -> None:
        """Let go of the connection."""
        self._db.close()


class CatalogueFile:
    """The till's catalogue as where the feed goes."""

    def __init__(self, prices: Database) -> None:
        self._prices = prices

    def cursor(self) -> str:
        """Return how far the feed has been applied; empty at the start."""
        return catalogue.feed_cursor(self._prices)

    def apply(self, changed: Sequence[Mapping[str, Any]], removed: Sequence[str], cursor: str) -> None:
        """Take one page of the feed and its cursor, whole or not at all."""
        catalogue.apply_feed(self._prices, changed, removed, cursor)
        checkpoint(self._prices)  # a first catalogue of a million products would be all log

    def rules_version(self) -> str:
        """Return which rule document is kept; empty for none."""
        return catalogue.rules_version(self._prices)

    def keep_rules(self, version: str, document: Mapping[str, Any]) -> None:
        """Put a rule document in the place of the one before, whole or not at all."""
        catalogue.keep_rules(self._prices, version, document)

    def close(self) -> None:
        """Let go of the connection."""
        self._prices.close()

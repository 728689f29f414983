"""What the sync loop needs of the till's disk.

The loop runs on a thread of its own, so whoever gives it these opens a connection of its own on that thread
(see ``SyncRunner``, which takes a function that opens them).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from pos.domain.entry import JournalEntry


@dataclass(frozen=True, slots=True)
class Backlog:
    """What the hub does not have yet; times are journal UTC text, empty when there is none.

    Attributes:
        count: entries not acknowledged.
        oldest_at: when the oldest of them was made.
        acknowledged_at: when the hub last acknowledged something.
    """

    count: int
    oldest_at: str
    acknowledged_at: str


class Outbox(Protocol):
    """The journal, seen as what is still to be sent."""

    @property
    def till(self) -> str:
        """The till as the hub knows it: ``0017-03``."""

    @property
    def epoch(self) -> int:
        """The epoch that new entries belong to."""

    def unsent(self, limit: int) -> Sequence[JournalEntry]:
        """Give the oldest entries that are not acknowledged, in order, ``limit`` at most, all of one epoch."""

    def entry_hash(self, epoch: int, seq: int) -> str | None:
        """Return the hash of our own entry, None when there is none."""

    def acknowledged(self, epoch: int) -> int:
        """Return the last seq the hub is believed to keep; 0 when none."""

    def acknowledge(self, epoch: int, seq: int, at: datetime) -> None:
        """Note on disk that the hub keeps everything up to ``seq``; ``at`` is now, in UTC."""

    def rewind(self, epoch: int, seq: int) -> None:
        """Note on disk that the hub no longer has ``seq`` and what follows: ``unsent`` gives them again."""

    def backlog(self) -> Backlog:
        """Say how much is not acknowledged, over all epochs."""

    def close(self) -> None:
        """Let go of the disk."""


class CatalogueSink(Protocol):
    """The till's copy of the catalogue, seen as where the feed goes."""

    def cursor(self) -> str:
        """Return how far the feed has been applied; empty at the start."""

    def apply(self, changed: Sequence[Mapping[str, Any]], removed: Sequence[str], cursor: str) -> None:
        """Take one page of the feed and its cursor, whole or not at all.

        Args:
            changed: products as the protocol writes them: sku, name, name_en, price_fen, unit, tax_code,
                tax_permille, pinyin, category, barcodes and packs (lists).
            removed: numbers (sku) no longer on sale; unknown ones are no error.
        """

    def rules_version(self) -> str:
        """Return which rule document is kept; empty for none."""

    def keep_rules(self, version: str, document: Mapping[str, Any]) -> None:
        """Put a rule document in the place of the one before, whole or not at all."""

    def close(self) -> None:
        """Let go of the disk."""
